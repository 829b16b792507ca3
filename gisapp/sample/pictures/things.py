"""What stands about in a school's yard: flag, gate, court, goals, tanks, beds, pupils far off."""

import math
from itertools import pairwise

import numpy as np

from gisapp.sample.pictures.camera import Stage, face, fill, stroke
from gisapp.sample.pictures.forms import Paint
from gisapp.sample.pictures.light import Colour, Vector, lit, mix

Spot = tuple[float, float]

_UP: Vector = (0.0, 0.0, 1.0)
_CONCRETE: Colour = (208, 202, 190)
_RED: Colour = (178, 44, 54)
_WHITE: Colour = (246, 244, 240)
_BLUE: Colour = (40, 48, 92)


def to_viewer(stage: Stage) -> Vector:
    """Return the level unit vector from the scene towards the viewer."""
    heading = stage.camera.heading
    return -math.sin(heading), -math.cos(heading), 0.0


def upright(
    stage: Stage, spot: Spot, box: tuple[float, float, float, float], paint: Colour
) -> None:
    """Draw a plate that faces the viewer: box is (left, low, right, high) about `spot`, metres."""
    right, ahead = _local(stage, spot)
    left, low, end, high = box
    corners = [(left, low), (end, low), (end, high), (left, high)]
    points = [(*stage.camera.ground(right + s, ahead), w) for s, w in corners]
    face(stage, points, paint, to_viewer(stage))


def flat(
    stage: Stage,
    spot: Spot,
    box: tuple[float, float, float, float],
    paint: Colour,
    high: float = 0.0,
) -> None:
    """Draw a level plate: box is (left, near, right, far) about `spot`, seen from the viewer."""
    right, ahead = _local(stage, spot)
    left, near, end, far = box
    corners = [(left, near), (end, near), (end, far), (left, far)]
    face(
        stage, [(*stage.camera.ground(right + s, ahead + a), high) for s, a in corners], paint, _UP
    )


def draw_flag(stage: Stage, spot: Spot, height_m: float) -> None:
    """Draw the pole on its stepped base, and the flag in a light wind."""
    for k, (half, high) in enumerate(((1.5, 0.18), (1.1, 0.36), (0.7, 0.6))):
        low = (0.0, 0.18, 0.36)[k]
        paint = _WHITE if k % 2 else mix(_RED, _WHITE, 0.35)
        upright(stage, spot, (-half, low, half, high), paint)
        flat(stage, spot, (-half, 0, half, half * 1.6), _CONCRETE, high)
    stroke(
        stage,
        [(*spot, 0.6), (*spot, height_m)],
        lit(stage.weather, stage.sun, (236, 236, 234), to_viewer(stage)),
        0.13,
    )
    right, ahead = _local(stage, spot)
    wide, tall = 2.1, 1.4
    phase, wind = stage.rng.uniform(0, 6.28), 1 if stage.sun[0] < 0 else -1
    top = height_m - 0.15
    stripes = ((0, 1, _RED), (1, 2, _WHITE), (2, 4, _BLUE), (4, 5, _WHITE), (5, 6, _RED))
    steps = np.linspace(0, 1, 11)
    for a, b in pairwise(steps):
        wave_a = 0.13 * a * math.sin(phase + a * 7) - 0.25 * a * a
        wave_b = 0.13 * b * math.sin(phase + b * 7) - 0.25 * b * b
        light = 1.0 + 0.16 * math.cos(phase + (a + b) * 3.5)
        for one, two, paint in stripes:
            rows = (top + wave_a - tall * one / 6, top + wave_b - tall * one / 6,
                    top + wave_b - tall * two / 6, top + wave_a - tall * two / 6)  # fmt: skip
            columns = (a, b, b, a)
            points = [
                (*stage.camera.ground(right + wind * wide * c, ahead), w)
                for c, w in zip(columns, rows, strict=True)
            ]
            red, green, blue = (min(255, round(v * light * 0.94)) for v in paint)
            fill(stage, points, (red, green, blue))


def draw_tank(stage: Stage, spot: Spot, count: int, steel: bool) -> None:
    """Draw rain tanks in a row: rendered rings, or steel on a stand."""
    right, ahead = _local(stage, spot)
    paint: Colour = (190, 198, 204) if steel else (198, 190, 174)
    low, high, half = (0.9, 2.6, 0.65) if steel else (0.0, 2.2, 0.85)
    for k in range(count):
        middle = right + k * half * 2.2
        here = stage.camera.ground(middle, ahead)
        if steel:
            for s in (-half * 0.8, half * 0.8):
                upright(stage, here, (s - 0.06, 0, s + 0.06, low), (120, 112, 104))
        slices = 9
        for n in range(slices):
            a = -1 + 2 * n / slices
            b = -1 + 2 * (n + 1) / slices
            tone = mix(
                paint,
                (70, 74, 84),
                0.10 + 0.5 * abs((a + b) / 2 + 0.35 * (1 if stage.sun[0] > 0 else -1)) ** 1.5,
            )
            upright(stage, here, (a * half, low, b * half, high), tone)
        ring = [
            (*stage.camera.ground(middle + half * math.cos(t), ahead + half * math.sin(t)), high)
            for t in np.linspace(0, 2 * math.pi, 14, endpoint=False)
        ]
        face(stage, ring, mix(paint, _WHITE, 0.25), _UP)
        for w in (low + 0.55, low + 1.15, low + 1.7):
            upright(stage, here, (-half, w, half, w + 0.04), mix(paint, (80, 80, 84), 0.4))


def draw_beds(stage: Stage, spot: Spot, rows: int) -> None:
    """Draw vegetable beds: dark soil with green rows."""
    for k in range(rows):
        near = k * 1.9
        flat(stage, spot, (-4.2, near, 4.2, near + 1.2), (116, 88, 62))
        for n in range(17):
            s = -4.0 + n * 0.5
            leaf = mix((78, 138, 58), (150, 176, 72), float(stage.rng.uniform(0, 1)))
            high = 0.16 + 0.2 * float(stage.rng.uniform(0, 1))
            here = stage.camera.ground(
                _local(stage, spot)[0] + s, _local(stage, spot)[1] + near + 0.5
            )
            upright(stage, here, (-0.22, 0, 0.22, high), leaf)


def draw_goal(stage: Stage, spot: Spot, turn: float) -> None:
    """Draw a small football goal; `turn` 0 faces along +x of the ground."""
    white = lit(stage.weather, stage.sun, _WHITE, to_viewer(stage))
    cos, sin = math.cos(turn), math.sin(turn)

    def at(s: float, back: float, w: float) -> Vector:
        return spot[0] - sin * s + cos * back, spot[1] + cos * s + sin * back, w

    for k in range(9):
        s = -2 + k * 0.5
        stroke(stage, [at(s, 0, 2), at(s, -0.9, 0)], (240, 240, 240, 90), 0.03)
    for w in (0.5, 1.0, 1.5):
        stroke(stage, [at(-2, w / 2 - 0.9, w), at(2, w / 2 - 0.9, w)], (240, 240, 240, 90), 0.03)
    stroke(stage, [at(-2, 0, 0), at(-2, 0, 2), at(2, 0, 2), at(2, 0, 0)], white, 0.12)


def draw_court(stage: Stage, centre: Spot, half: Spot, paint: Colour) -> None:
    """Draw a court with its lines; `half` is half its length and width, metres."""

    def at(s: float, a: float) -> Vector:
        return centre[0] + s, centre[1] + a, 0.0

    x, y = half
    fill(stage, [at(-x - 1, -y - 1), at(x + 1, -y - 1), at(x + 1, y + 1), at(-x - 1, y + 1)], paint)
    ink = (250, 250, 246, 205)
    for line in (
        [(-x, -y), (x, -y), (x, y), (-x, y), (-x, -y)], [(0, -y), (0, y)],
        [(-x, -y * 0.4), (-x * 0.7, -y * 0.4), (-x * 0.7, y * 0.4), (-x, y * 0.4)],
        [(x, -y * 0.4), (x * 0.7, -y * 0.4), (x * 0.7, y * 0.4), (x, y * 0.4)],
        [(y * 0.3 * math.cos(t), y * 0.3 * math.sin(t)) for t in np.linspace(0, 6.2832, 25)],
    ):  # fmt: skip
        stroke(stage, [at(s, a) for s, a in line], ink, 0.12)


def draw_pupils(stage: Stage, spot: Spot, rows: int, files: int) -> None:
    """Draw pupils lined up with their backs to the viewer: far off, and never a face."""
    right, ahead = _local(stage, spot)
    rng = stage.rng
    for row in range(rows - 1, -1, -1):
        for k in range(files):
            block = (k - (files - 1) / 2) * 1.05 + (0.9 if k >= files / 2 else -0.9)
            here = stage.camera.ground(
                right + block + rng.uniform(-0.12, 0.12),
                ahead + row * 1.3 + rng.uniform(-0.12, 0.12),
            )
            girl = k >= files / 2
            _pupil(stage, here, 1.05 + 0.035 * (rows - row) + rng.uniform(-0.05, 0.05), girl)


def _pupil(stage: Stage, spot: Spot, tall: float, girl: bool) -> None:
    """Draw one pupil from behind: white shirt, dark hair, skirt or khaki shorts."""
    skin: Colour = (186, 142, 110)
    cloth: Colour = (44, 54, 96) if girl else (168, 138, 92)
    for s in (-0.09, 0.04):
        upright(stage, spot, (s, 0.0, s + 0.07, tall * 0.34), skin)
        upright(
            stage,
            spot,
            (s - 0.01, 0.0, s + 0.08, tall * 0.1),
            (238, 238, 236) if girl else (120, 84, 60),
        )
    if girl:
        upright(stage, spot, (-0.19, tall * 0.24, 0.19, tall * 0.52), cloth)
    else:
        upright(stage, spot, (-0.16, tall * 0.30, 0.16, tall * 0.52), cloth)
    upright(stage, spot, (-0.17, tall * 0.5, 0.17, tall * 0.82), (244, 244, 240))
    for s in (-0.24, 0.17):
        upright(
            stage, spot, (s, tall * 0.46, s + 0.07, tall * 0.8), mix((244, 244, 240), skin, 0.35)
        )
    right, ahead = _local(stage, spot)
    radius = tall * 0.095
    head = [
        (
            *stage.camera.ground(right + radius * math.cos(t), ahead),
            tall * 0.9 + radius * 1.1 * math.sin(t),
        )
        for t in np.linspace(0, 2 * math.pi, 12, endpoint=False)
    ]
    fill(stage, head, (44, 36, 34))


def draw_gate(stage: Stage, spot: Spot, paint: Paint, wide_m: float) -> None:
    """Draw the wall with its blank name board on the left and the open gate on the right."""
    stone = mix(paint.wall, (196, 186, 168), 0.4)
    left, high = -wide_m, 2.5
    upright(stage, spot, (left - 0.5, 0, 0.5, 0.55), mix(stone, (120, 110, 98), 0.35))
    flat(stage, spot, (left - 0.5, 0, 0.5, 0.6), stone, 0.55)
    upright(stage, spot, (left, 0.55, 0.0, high), stone)
    for s in (left - 0.35, 0.0):
        upright(stage, spot, (s, 0.0, s + 0.45, high + 0.35), mix(stone, _WHITE, 0.35))
        upright(stage, spot, (s - 0.1, high + 0.35, s + 0.55, high + 0.52), paint.roof)
    board = ((34, 66, 112), (28, 92, 84), (122, 40, 46), (52, 56, 104))[sum(paint.roof) % 4]
    upright(stage, spot, (left + 0.5, 0.85, -0.4, high - 0.2), (226, 184, 84))
    upright(stage, spot, (left + 0.57, 0.92, -0.47, high - 0.27), board)
    upright(stage, spot, (left + 0.57, high - 0.75, -0.47, high - 0.27), mix(board, _WHITE, 0.09))
    for s in (1.0, 6.6):
        upright(stage, spot, (s, 0, s + 0.6, 2.7), mix(stone, _WHITE, 0.2))
        upright(stage, spot, (s, 0, s + 0.6, 0.5), paint.trim)
        upright(stage, spot, (s - 0.1, 2.7, s + 0.7, 2.9), paint.roof)
        upright(stage, spot, (s + 0.15, 2.9, s + 0.45, 3.3), (250, 244, 220))
    _fence(stage, spot, 7.2, 26.0, paint)
    _fence(stage, spot, left - 22.0, left - 0.5, paint)


def _fence(stage: Stage, spot: Spot, start: float, end: float, paint: Paint) -> None:
    """Draw a low wall with bars and posts beside the gate."""
    upright(stage, spot, (start, 0, end, 0.45), mix(paint.wall, (150, 140, 124), 0.3))
    bar = mix(paint.trim, (70, 72, 78), 0.3)
    for w in (0.7, 1.35):
        upright(stage, spot, (start, w, end, w + 0.06), bar)
    for k in range(int((end - start) / 0.4)):
        s = start + k * 0.4
        upright(stage, spot, (s, 0.45, s + 0.05, 1.5), bar)
    for k in range(int((end - start) / 3.2) + 1):
        s = start + k * 3.2
        upright(stage, spot, (s, 0, s + 0.3, 1.65), mix(paint.wall, _WHITE, 0.2))


def draw_tufts(stage: Stage, count: int) -> None:
    """Scatter blades of grass over the near lawn."""
    weather = stage.weather
    rng = stage.rng
    for _ in range(count):
        ahead = 5 + 26 * float(rng.uniform(0, 1)) ** 1.5
        x, y = stage.camera.ground(float(rng.uniform(-0.6, 0.6)) * ahead * 1.1, ahead)
        dark = rng.random() < 0.55
        ink = mix(
            weather.grass_near,
            (38, 66, 34) if dark else (226, 222, 140),
            float(rng.uniform(0.15, 0.45)),
        )
        for _ in range(2):
            lean = float(rng.uniform(-0.14, 0.14))
            stroke(
                stage,
                [(x + lean * 0.4, y, 0.0), (x + lean * 1.6, y, float(rng.uniform(0.12, 0.3)))],
                ink,
                0.03,
            )


def _local(stage: Stage, spot: Spot) -> Spot:
    """Return a place as metres to the right of the view and ahead."""
    right, _, ahead = stage.camera.see((*spot, 0.0))
    return right, ahead
