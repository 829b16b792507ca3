"""Roofs of the drawn buildings, and the shadow a whole building throws on the ground."""

from gisapp.sample.pictures.camera import Stage, face, faces_viewer, fill, outline, stroke
from gisapp.sample.pictures.forms import RUST, Block
from gisapp.sample.pictures.light import Colour, Vector, mix

_BOARD: Colour = (240, 236, 226)


def draw_roof(stage: Stage, block: Block) -> None:
    """Draw the roof: undersides, gables, slopes with their tiles, boards along the edges."""
    form = block.form
    _undersides(stage, block)
    if form.hipped:
        _hipped_ends(stage, block)
    else:
        for left in (True, False):
            _gable(stage, block, left)
    for front in (True, False):
        _slope(stage, block, front)
    if form.porch:
        _porch(stage, block)


def building_shadow(stage: Stage, block: Block) -> None:
    """Draw on a mask where the building keeps the sun from the ground."""
    sun = stage.sun
    cast: list[Vector] = []
    for x, y, z in block.corners():
        long = z / max(sun[2], 0.2)
        cast.append((x - sun[0] * long, y - sun[1] * long, 0.0))
    ring = _hull([(x, y) for x, y, _ in cast])
    pixels = outline(stage, [(x, y, 0.0) for x, y in ring])
    if len(pixels) > 2:
        stage.pen.polygon(pixels, fill=235)


def _edges(block: Block) -> tuple[float, float, float, float]:
    """Return overhang, heights of the eaves' edge and the ridge, inset of the ridge's ends."""
    form = block.form
    inset = form.depth_m * 0.45 if form.hipped else -form.overhang_m
    return form.overhang_m, form.eaves_m - form.overhang_m * form.pitch, form.ridge_m, inset


def _undersides(stage: Stage, block: Block) -> None:
    """Draw the dark strips below the overhang on the sides that are seen."""
    form = block.form
    out, low, _, _ = _edges(block)
    if stage.camera.eye_m > low:
        return
    length, depth, top = form.length_m, form.depth_m, form.eaves_m
    eaves = (-out, length + out)
    for normal, edge, wall in (
        ((0.0, -1.0, 0.0), -out, 0.0),
        ((0.0, 1.0, 0.0), depth + out, depth),
    ):
        outer = [block.at(u, edge, low) for u in eaves]
        strip = [*outer, block.at(length, wall, top), block.at(0, wall, top)]
        if faces_viewer(stage, strip[2], block.turned(normal)):
            face(stage, strip, mix(form.paint.wall, (80, 74, 70), 0.55), (0.0, 0.0, -1.0), 0.0)


def _slope(stage: Stage, block: Block, front: bool) -> None:
    """Draw one of the two long slopes if it is seen."""
    form = block.form
    out, low, high, inset = _edges(block)
    edge = -out if front else form.depth_m + out
    run = (1 + form.pitch**2) ** 0.5
    normal = block.turned((0.0, (-1 if front else 1) * form.pitch / run, 1 / run))
    left, right = block.at(-out, edge, low), block.at(form.length_m + out, edge, low)
    upper_left = block.at(inset, form.depth_m / 2, high)
    upper_right = block.at(form.length_m - inset, form.depth_m / 2, high)
    if faces_viewer(stage, left, normal):
        _tiled(stage, block, [left, right, upper_right, upper_left], normal)
    side = block.turned((0.0, -1.0 if front else 1.0, 0.0))
    if faces_viewer(stage, left, side):
        board = [left, right, (*right[:2], right[2] - 0.24), (*left[:2], left[2] - 0.24)]
        face(stage, board, mix(_BOARD, form.paint.roof, 0.12 + 0.3 * form.worn), side)


def _tiled(stage: Stage, block: Block, quad: list[Vector], normal: Vector) -> None:
    """Fill a slope (eaves left, right, ridge right, left) and lay courses, seams and wear on it."""
    form, (a, b, c, d) = block.form, quad
    face(stage, quad, form.paint.roof, normal)

    def on(s: float, t: float) -> Vector:
        return _between(_between(a, b, s), _between(d, c, s), t)

    fill(stage, [on(0, 0.62), on(1, 0.62), c, d], (255, 255, 255, 11))
    fill(stage, [on(0, 0.84), on(1, 0.84), c, d], (255, 255, 255, 13))
    rng = stage.rng
    for _ in range(int(6 + 26 * form.worn)):
        s, t, wide = rng.uniform(0, 0.94), rng.uniform(0, 0.85), rng.uniform(0.015, 0.06)
        ink = (*RUST, 66) if form.worn > 0.5 else (30, 20, 20, 18)
        fill(stage, [on(s, t), on(s + wide, t), on(s + wide, t + 0.13), on(s, t + 0.13)], ink)
    seams = int(form.length_m / (0.62 if form.timber else 0.85))
    for k in range(1, seams):
        stroke(stage, [on(k / seams, 0), on(k / seams, 1)], (24, 16, 18, 42), 0.05)
    for t in (0.2, 0.4, 0.6, 0.8):
        stroke(stage, [on(0, t), on(1, t)], (24, 16, 18, 34), 0.05)
    stroke(stage, [d, c], mix(form.paint.roof, (250, 240, 226), 0.28), 0.22)


def _hipped_ends(stage: Stage, block: Block) -> None:
    """Draw the two short slopes of a hipped roof."""
    form = block.form
    out, low, high, inset = _edges(block)
    rise, run = high - low, inset + out
    size = (rise**2 + run**2) ** 0.5
    for left in (True, False):
        u, ridge = (-out, inset) if left else (form.length_m + out, form.length_m - inset)
        normal = block.turned(((-1 if left else 1) * rise / size, 0.0, run / size))
        one, two = block.at(u, -out, low), block.at(u, form.depth_m + out, low)
        peak = block.at(ridge, form.depth_m / 2, high)
        if not faces_viewer(stage, one, normal):
            continue
        face(stage, [one, two, peak], form.paint.roof, normal)
        for k in range(1, 9):
            foot = _between(one, two, k / 9)
            stroke(stage, [foot, _between(foot, peak, 0.96)], (24, 16, 18, 34), 0.05)
        board = [one, two, (*two[:2], low - 0.24), (*one[:2], low - 0.24)]
        face(
            stage,
            board,
            mix(_BOARD, form.paint.roof, 0.12),
            block.turned((-1.0 if left else 1.0, 0, 0)),
        )
        for end in (one, two):
            stroke(stage, [end, peak], mix(form.paint.roof, (250, 240, 226), 0.22), 0.18)


def _gable(stage: Stage, block: Block, left: bool) -> None:
    """Draw the triangle of one end and the boards along its rafters."""
    form = block.form
    out, low, high, _ = _edges(block)
    u = 0.0 if left else form.length_m
    end = -out if left else form.length_m + out
    normal = block.turned((-1.0 if left else 1.0, 0.0, 0.0))
    if not faces_viewer(stage, block.at(u, 0, 1.0), normal):
        return
    triangle = [block.at(u, 0, form.eaves_m), block.at(u, form.depth_m, form.eaves_m),
                block.at(u, form.depth_m / 2, high)]  # fmt: skip
    face(
        stage,
        triangle,
        mix(form.paint.wall, form.paint.trim, 0.30 if form.timber else 0.12),
        normal,
        0.55,
    )
    middle, top = form.depth_m / 2, form.eaves_m + (high - form.eaves_m) * 0.3
    vent = [
        block.at(u, middle - 0.7, top),
        block.at(u, middle + 0.7, top),
        block.at(u, middle, top + 0.9),
    ]
    fill(stage, vent, (44, 44, 50, 120))
    for edge in (-out, form.depth_m + out):
        foot, peak = block.at(end, edge, low), block.at(end, middle, high)
        inner = block.at(u, 0.0 if edge < 0 else form.depth_m, form.eaves_m)
        ridge = block.at(u, middle, high)
        under = (mix(form.paint.roof, (40, 34, 36), 0.6), (0.0, 0.0, -1.0))
        face(stage, [foot, peak, ridge, inner], *under, 0.0)
        board = [foot, peak, (*peak[:2], high - 0.28), (*foot[:2], low - 0.28)]
        face(stage, board, mix(_BOARD, form.paint.roof, 0.12 + 0.3 * form.worn), normal)


def _porch(stage: Stage, block: Block) -> None:
    """Draw a gable over the middle of the front, with a plain roundel."""
    form = block.form
    if not faces_viewer(stage, block.at(0, 0, 1.0), block.turned((0.0, -1.0, 0.0))):
        return
    out, low, _, _ = _edges(block)
    middle, half, front = form.length_m / 2, 3.0, -out - 0.5
    peak = low + half * 0.72
    # Where the porch's ridge meets the main slope.
    meet = -out + (peak - low) / form.pitch
    tip, root = block.at(middle, front, peak), block.at(middle, meet, peak)
    for side in (-1, 1):
        foot, back = (
            block.at(middle + side * half, front, low),
            block.at(middle + side * half, -out, low),
        )
        size = (1 + 0.72**2) ** 0.5
        normal = block.turned((side * 0.72 / size, 0.0, 1 / size))
        if faces_viewer(stage, foot, normal):
            face(stage, [foot, back, root, tip], form.paint.roof, normal)
    ahead = block.turned((0.0, -1.0, 0.0))
    inner = half - 0.35
    board = [block.at(middle + s, front, low - 0.1) for s in (-half, half)]
    face(stage, [*board, tip], mix(_BOARD, form.paint.roof, 0.12), ahead)
    face(stage, [block.at(middle - inner, front, low), block.at(middle + inner, front, low),
                 block.at(middle, front, peak - 0.3)], form.paint.wall, ahead)  # fmt: skip
    disc = [block.at(middle + dx * 0.5, front, low + 0.75 + dz * 0.5) for dx, dz in _RING]
    face(stage, disc, (232, 184, 74), ahead)
    for side in (-1, 1):
        u = middle + side * (half - 0.4)
        post = block.upright((u - 0.16, u + 0.16), front + 0.3, (0, low))
        face(stage, post, mix(form.paint.wall, (255, 255, 250), 0.35), ahead)


_RING = ((1, 0), (0.7, 0.7), (0, 1), (-0.7, 0.7), (-1, 0), (-0.7, -0.7), (0, -1), (0.7, -0.7))


def _between(a: Vector, b: Vector, t: float) -> Vector:
    """Return the point `t` of the way from `a` to `b`."""
    return a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t


def _hull(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the convex hull (Andrew's monotone chain)."""
    ordered = sorted(set(points))

    def chain(run: list[tuple[float, float]]) -> list[tuple[float, float]]:
        kept: list[tuple[float, float]] = []
        for p in run:
            while len(kept) > 1 and _turns_right(kept[-2], kept[-1], p):
                kept.pop()
            kept.append(p)
        return kept[:-1]

    return chain(ordered) + chain(ordered[::-1])


def _turns_right(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> bool:
    """Say whether the way from a over b to c turns right or goes straight on."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) <= 0
