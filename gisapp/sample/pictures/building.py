"""Walls, floors, corridors and openings of a drawn school building."""

from gisapp.sample.pictures.camera import Stage, face, faces_viewer, fill, stroke
from gisapp.sample.pictures.forms import Block
from gisapp.sample.pictures.light import Colour, Vector, lit, mix
from gisapp.sample.pictures.openings import (
    FRONT,
    WallPoint,
    draw_openings,
    draw_planks,
    draw_stains,
    draw_window,
)
from gisapp.sample.pictures.roof import draw_roof

_BACK: Vector = (0.0, 1.0, 0.0)
_LEFT: Vector = (-1.0, 0.0, 0.0)
_RIGHT: Vector = (1.0, 0.0, 0.0)
_UP: Vector = (0.0, 0.0, 1.0)
_CONCRETE: Colour = (206, 200, 188)


def draw_building(stage: Stage, block: Block) -> None:
    """Draw a whole structure from its foot to its ridge."""
    form = block.form
    if form.raise_m > 1.5 or form.openings == "none":
        _posts(stage, block)
    for storey in range(form.storeys):
        floor = form.raise_m + storey * form.storey_m
        _floor(stage, block, floor)
        if form.openings != "none":
            _storey(stage, block, floor)
    draw_roof(stage, block)
    if form.openings != "none":
        _steps(stage, block)


def seen_from(stage: Stage, block: Block, normal: Vector) -> bool:
    """Say whether the viewer sees the side whose own outward direction is `normal`."""
    form = block.form
    u = form.length_m if normal[0] > 0 else 0.0
    v = form.depth_m if normal[1] > 0 else 0.0
    return faces_viewer(stage, block.at(u, v, 1.0), block.turned(normal))


def _storey(stage: Stage, block: Block, floor: float) -> None:
    """Draw the walls of one storey that face the viewer, then the corridor before them."""
    form = block.form
    top, length, depth, veranda = floor + form.storey_m, form.length_m, form.depth_m, form.veranda_m
    front = seen_from(stage, block, FRONT)
    if veranda:
        _corridor_back(stage, block, floor)
    if veranda and not front:
        _corridor_front(stage, block, floor, False)
    if front:
        _wall(stage, block, lambda s, w: block.at(s, veranda, w), length, (floor, top), FRONT)
    if seen_from(stage, block, _BACK):
        _wall(
            stage, block, lambda s, w: block.at(length - s, depth, w), length, (floor, top), _BACK
        )
    for u, normal in ((0.0, _LEFT), (length, _RIGHT)):
        if seen_from(stage, block, normal):
            _end_wall(stage, block, u, (floor, top), normal)
    if veranda and front:
        _corridor_front(stage, block, floor, True)


def _wall(
    stage: Stage, block: Block, point: WallPoint, length: float, rows: tuple[float, float],
    normal: Vector,
) -> None:  # fmt: skip
    """Draw one long wall: render, dado, openings, and the shadow of what juts out above it."""
    form, (floor, top) = block.form, rows
    turned = block.turned(normal)
    facing = sum(a * b for a, b in zip(turned, stage.sun, strict=True))
    reach = form.overhang_m + (form.veranda_m if normal == FRONT else 0.0)
    drop = reach * stage.sun[2] / facing if facing > 0.05 else 99.0
    # Sun comes in below the eaves only where the shadow ends above the floor.
    sunny = max(floor, top - drop)
    quad = [point(0, floor), point(length, floor), point(length, top), point(0, top)]
    face(stage, quad, form.paint.wall, turned, 0.25)
    if sunny > floor + 0.1:
        low = [point(0, floor), point(length, floor), point(length, sunny), point(0, sunny)]
        face(stage, low, form.paint.wall, turned)
    dado = mix(form.paint.wall, form.paint.trim, 0.45)
    if form.timber:
        draw_planks(stage, point, length, rows)
    else:
        band = [
            point(0, floor),
            point(length, floor),
            point(length, floor + 0.8),
            point(0, floor + 0.8),
        ]
        face(stage, band, dado, turned, 1.0 if sunny > floor + 0.5 else 0.25)
    bay = length / form.bays
    for k in range(form.bays):
        draw_openings(stage, block, point, (k * bay, bay), floor, k, normal)
    if form.worn > 0.3:
        draw_stains(stage, point, length, rows, form.worn)


def _end_wall(
    stage: Stage, block: Block, u: float, rows: tuple[float, float], normal: Vector
) -> None:
    """Draw the short wall at one end, with two windows."""
    form, (floor, top) = block.form, rows
    start, depth = form.veranda_m, form.depth_m

    def point(s: float, w: float) -> Vector:
        return block.at(u, start + s, w)

    turned, length = block.turned(normal), depth - start
    quad = [point(0, floor), point(length, floor), point(length, top), point(0, top)]
    face(stage, quad, form.paint.wall, turned)
    if form.timber:
        draw_planks(stage, point, length, rows)
    else:
        band = [
            point(0, floor),
            point(length, floor),
            point(length, floor + 0.8),
            point(0, floor + 0.8),
        ]
        face(stage, band, mix(form.paint.wall, form.paint.trim, 0.45), turned)
    if form.openings == "class" and form.storeys * length > 5:
        for s in (length * 0.22, length * 0.62):
            draw_window(
                stage, block, point, (s, s + length * 0.18), (floor + 0.95, floor + 2.3), False
            )
    if form.worn > 0.3:
        draw_stains(stage, point, length, rows, form.worn)


def _floor(stage: Stage, block: Block, floor: float) -> None:
    """Draw a floor slab: its edge, and its top where the eye is above it."""
    form = block.form
    length, depth, edge = form.length_m, form.depth_m, 0.12
    raised = floor <= form.raise_m and form.raise_m <= 1.5
    bottom = 0.0 if raised else floor - 0.28
    paint = _CONCRETE if not form.timber else form.paint.trim
    paint = mix(paint, (110, 104, 92), 0.4 * form.worn)
    a, b, near, far = -edge, length + edge, -edge, depth + edge
    if stage.camera.eye_m > floor:
        top = block.level((a, b), (near, far), floor)
        face(stage, top, paint, _UP, 0.45)
    ends: tuple[tuple[Vector, tuple[float, float], tuple[float, float]], ...] = (
        (_LEFT, (a, near), (a, far)), (_RIGHT, (b, near), (b, far)),
        (FRONT, (a, near), (b, near)), (_BACK, (a, far), (b, far)),
    )  # fmt: skip
    for normal, one, two in ends:
        if seen_from(stage, block, normal):
            quad = [
                block.at(*one, bottom),
                block.at(*two, bottom),
                block.at(*two, floor),
                block.at(*one, floor),
            ]
            face(stage, quad, paint, block.turned(normal))


def _corridor_back(stage: Stage, block: Block, floor: float) -> None:
    """Draw the corridor's ceiling, which lies in shade."""
    form = block.form
    top = floor + form.storey_m - 0.28
    if stage.camera.eye_m < top:
        ceiling = block.level((0, form.length_m), (0, form.veranda_m), top)
        face(stage, ceiling, mix(form.paint.wall, (90, 90, 96), 0.4), (0.0, 0.0, -1.0), 0.0)


def _corridor_front(stage: Stage, block: Block, floor: float, whole: bool) -> None:
    """Draw columns and railing along the corridor's edge; from behind only the ends are seen."""
    form = block.form
    top, bay = floor + form.storey_m, form.length_m / form.bays
    pillar = form.paint.trim if form.timber else mix(form.paint.wall, (255, 255, 250), 0.35)
    step = 2 if form.bays > 8 else 1
    if whole and floor > 1.5:
        _railing(stage, block, floor)
    for k in range(0, form.bays + 1, step):
        if not whole and k not in (0, form.bays):
            continue
        u = min(max(k * bay, 0.15), form.length_m - 0.15)
        half = 0.09 if form.timber else 0.16
        quad = block.upright((u - half, u + half), 0, (floor, top))
        face(stage, quad, pillar, block.turned(FRONT))
        side = half if stage.camera.see(block.at(u, 0, 0))[0] < 0 else -half
        flank = [block.at(u + side, 0, floor), block.at(u + side, 0.3, floor),
                 block.at(u + side, 0.3, top), block.at(u + side, 0, top)]  # fmt: skip
        face(stage, flank, pillar, block.turned(_RIGHT if side > 0 else _LEFT))


def _railing(stage: Stage, block: Block, floor: float) -> None:
    """Draw balusters and handrail, or a solid parapet band on rendered buildings."""
    form, length = block.form, block.form.length_m
    rail = lit(stage.weather, stage.sun, form.paint.trim, block.turned(FRONT))
    gap = 0.42
    for k in range(int(length / gap) + 1):
        if form.worn > 0.6 and stage.rng.random() < 0.3:
            continue
        u = min(k * gap, length)
        stroke(stage, [block.at(u, 0, floor), block.at(u, 0, floor + 0.95)], rail, 0.045)
    for w in (floor + 0.12, floor + 0.98):
        stroke(stage, [block.at(0, 0, w), block.at(length, 0, w)], rail, 0.09)


def _posts(stage: Stage, block: Block) -> None:
    """Draw the space under a building on posts, or under the roof of an open hall."""
    form = block.form
    hall = form.openings == "none"
    bottom, top = (form.raise_m, form.eaves_m) if hall else (0.0, form.raise_m)
    dim = lit(stage.weather, stage.sun, (112, 102, 90) if not hall else (150, 142, 128), _UP, 0.0)
    if not hall:
        fill(
            stage,
            block.level((0, form.length_m), (0, form.depth_m), 0),
            (*mix(dim, (40, 36, 34), 0.45), 150),
        )
    paint = mix(form.paint.trim, (60, 52, 46), 0.3) if form.timber else _CONCRETE
    rows = [form.depth_m, form.depth_m / 2, 0.0]
    if not seen_from(stage, block, FRONT):
        rows.reverse()
    for v in rows:
        for k in range(form.bays + 1):
            u = k * form.length_m / form.bays
            quad = block.upright((u - 0.14, u + 0.14), v, (bottom, top))
            face(stage, quad, paint, block.turned(FRONT), 0.9 if v == rows[-1] else 0.1)
        if hall and v == rows[1]:
            _tables(stage, block)


def _tables(stage: Stage, block: Block) -> None:
    """Set rows of tables and benches into an open hall."""
    form = block.form
    for k in range(form.bays):
        u = (k + 0.5) * form.length_m / form.bays
        for v in (2.2, 4.6):
            for w, paint in ((0.72, (214, 196, 160)), (0.66, (150, 112, 74))):
                board = block.level((u - 1.1, u + 1.1), (v, v - 0.8), form.raise_m + w)
                face(stage, board, paint, _UP, 0.2)
            for s in (u - 0.9, u + 0.9):
                leg = [block.at(s, v - 0.8, form.raise_m + w) for w in (0, 0.7)]
                stroke(stage, leg, (88, 76, 62), 0.07)


def _steps(stage: Stage, block: Block) -> None:
    """Draw the steps up to the front, wooden and steep where the building is on posts."""
    form = block.form
    if not seen_from(stage, block, FRONT):
        return
    count = max(2, round(form.raise_m / 0.2))
    run = 0.28 if form.raise_m > 1.5 else 0.38
    wide = 1.0 if form.raise_m > 1.5 else 1.8
    middle = form.length_m / 2 if form.raise_m <= 1.5 else form.length_m * 0.3
    paint = form.paint.trim if form.timber else _CONCRETE
    for k in range(count):
        high = form.raise_m * (count - k) / count
        out = -0.12 - k * run
        across = (middle - wide, middle + wide)
        top = block.level(across, (out, out - run), high)
        low = high - form.raise_m / count
        riser = block.upright(across, out - run, (low, high))
        face(stage, top, mix(paint, (255, 250, 240), 0.16), _UP)
        face(stage, riser, mix(paint, (40, 36, 34), 0.30), block.turned(FRONT))
