"""Doors, windows, boards and stains on the walls of a drawn building."""

from collections.abc import Callable

from gisapp.sample.pictures.camera import Stage, fill, stroke
from gisapp.sample.pictures.forms import Block
from gisapp.sample.pictures.light import Colour, Vector, lit, mix

#: Place on a wall: metres along it, metres above the ground.
WallPoint = Callable[[float, float], Vector]

#: Outward direction of the front in a building's own frame.
FRONT: Vector = (0.0, -1.0, 0.0)
_UP: Vector = (0.0, 0.0, 1.0)
_GLASS: Colour = (66, 84, 100)


def draw_openings(
    stage: Stage, block: Block, point: WallPoint, span: tuple[float, float], floor: float, k: int,
    normal: Vector,
) -> None:  # fmt: skip
    """Draw the doors and windows of one bay."""
    form, (start, bay) = block.form, span
    head = floor + min(2.5, form.storey_m - 0.5)
    shut = form.worn > 0.5 and stage.rng.random() < 0.3
    if form.openings == "vents":
        if normal == FRONT:
            draw_door(
                stage, block, point, (start + bay * 0.22, start + bay * 0.78), (floor, floor + 2.0)
            )
        else:
            draw_window(
                stage,
                block,
                point,
                (start + 0.35, start + bay - 0.35),
                (floor + 1.8, floor + 2.2),
                False,
            )
        return
    if normal == FRONT and (k % 2 == 1 or (form.openings == "house" and k == 0)):
        draw_door(
            stage, block, point, (start + bay * 0.54, start + bay * 0.86), (floor, head - 0.2)
        )
        draw_window(
            stage, block, point, (start + bay * 0.12, start + bay * 0.40), (floor + 1.0, head), shut
        )
        return
    draw_window(
        stage, block, point, (start + bay * 0.20, start + bay * 0.80), (floor + 1.0, head), shut
    )


def draw_window(
    stage: Stage, block: Block, point: WallPoint, cols: tuple[float, float],
    rows: tuple[float, float], shut: bool,
) -> None:  # fmt: skip
    """Draw a window: frame, panes with a piece of sky in them, bars; or its closed shutters."""
    (a, b), (low, high), paint = cols, rows, block.form.paint
    frame = mix(paint.trim, (250, 250, 245), 0.0 if block.form.timber else 0.72)
    fill(stage, [point(a - 0.07, low - 0.07), point(b + 0.07, low - 0.07),
                 point(b + 0.07, high + 0.07), point(a - 0.07, high + 0.07)],
         lit(stage.weather, stage.sun, frame, _UP, 0.1))  # fmt: skip
    if shut or (block.form.timber and stage.rng.random() < 0.55):
        inner: Colour = mix(paint.trim, paint.wall, 0.25)
    elif stage.rng.random() < 0.12:
        inner = (34, 40, 48)
    else:
        inner = mix(_GLASS, stage.weather.zenith, 0.16)
    quad = [point(a, low), point(b, low), point(b, high), point(a, high)]
    fill(stage, quad, inner)
    if inner[2] > inner[0]:
        middle = low + (high - low) * 0.45
        fill(
            stage,
            [point(a, high), point(b, high), point(b, middle), point(a, middle)],
            (*stage.weather.low, 40),
        )
    count = max(2, round((b - a) / 0.62))
    for k in range(1, count):
        s = a + (b - a) * k / count
        stroke(
            stage,
            [point(s, low), point(s, high)],
            lit(stage.weather, stage.sun, frame, _UP, 0.1),
            0.06,
        )


def draw_door(
    stage: Stage,
    block: Block,
    point: WallPoint,
    cols: tuple[float, float],
    rows: tuple[float, float],
) -> None:
    """Draw a door; now and then it stands open."""
    (a, b), (low, high) = cols, rows
    paint: Colour = block.form.paint.door
    if stage.rng.random() < 0.16:
        paint = (40, 42, 46)
    tone = lit(stage.weather, stage.sun, paint, _UP, 0.0)
    fill(stage, [point(a, low), point(b, low), point(b, high), point(a, high)], tone)
    s = (a + b) / 2
    stroke(stage, [point(s, low), point(s, high)], mix(tone, (20, 20, 24), 0.4), 0.05)


def draw_planks(stage: Stage, point: WallPoint, length: float, rows: tuple[float, float]) -> None:
    """Draw the boards of a wooden wall, some darker than others."""
    low, high = rows
    count = round((high - low) / 0.24)
    for k in range(count):
        w = low + (high - low) * k / count
        if stage.rng.random() < 0.35:
            a = stage.rng.uniform(0, length * 0.8)
            b = min(length, a + stage.rng.uniform(1.5, 6))
            fill(stage, [point(a, w), point(b, w), point(b, w + 0.24), point(a, w + 0.24)],
                 (40, 28, 18, int(stage.rng.integers(18, 52))))  # fmt: skip
        stroke(stage, [point(0, w), point(length, w)], (30, 20, 14, 66), 0.03)


def draw_stains(
    stage: Stage, point: WallPoint, length: float, rows: tuple[float, float], worn: float
) -> None:
    """Draw streaks of damp below the eaves and above the foot."""
    low, high = rows
    for _ in range(int(length * 0.5 * worn)):
        s, wide = stage.rng.uniform(0, length - 1), stage.rng.uniform(0.2, 1.1)
        deep = stage.rng.uniform(0.3, 1.3)
        ink = (52, 46, 36, int(stage.rng.integers(22, 54)))
        if stage.rng.random() < 0.5:
            fill(
                stage,
                [point(s, high), point(s + wide, high), point(s + wide * 0.6, high - deep)],
                ink,
            )
        else:
            fill(
                stage,
                [point(s, low), point(s + wide, low), point(s + wide * 0.5, low + deep * 0.7)],
                ink,
            )
