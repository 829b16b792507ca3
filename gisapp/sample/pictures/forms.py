"""Forms of school structures: measures and paint of what the pictures show."""

import math
from dataclasses import dataclass, replace

import numpy as np

from gisapp.sample.pictures.light import Colour, Vector, mix

_ROOFS: tuple[Colour, ...] = (
    (158, 66, 46), (176, 84, 56), (132, 58, 50), (48, 92, 146), (62, 108, 160), (46, 112, 98),
    (70, 122, 86), (146, 74, 52), (122, 124, 128), (168, 98, 70),
)  # fmt: skip
_WALLS: tuple[Colour, ...] = (
    (240, 230, 206), (246, 241, 230), (244, 226, 176), (226, 234, 214), (240, 214, 196),
    (216, 228, 236), (236, 220, 186), (240, 236, 220), (222, 214, 232),
)  # fmt: skip
_TRIMS: tuple[Colour, ...] = (
    (58, 104, 142), (124, 70, 46), (64, 116, 86), (150, 66, 52), (92, 96, 104), (196, 142, 58),
    (70, 84, 130), (110, 88, 66),
)  # fmt: skip
_TIMBER: tuple[Colour, ...] = ((142, 104, 70), (120, 86, 60), (156, 122, 84), (128, 112, 94))
_ZINC: Colour = (150, 148, 144)
RUST: Colour = (146, 92, 62)


@dataclass(frozen=True)
class Paint:
    """Colours of a structure."""

    wall: Colour
    trim: Colour
    roof: Colour
    door: Colour


@dataclass(frozen=True)
class Form:
    """Measures of a structure, metres. The front is the long side with the doors."""

    length_m: float
    depth_m: float
    storeys: int
    storey_m: float
    #: Height of the lowest floor: a plinth, or posts where it is above 1.5 m.
    raise_m: float
    #: Depth of the open corridor along the front; 0 for none.
    veranda_m: float
    bays: int
    paint: Paint
    hipped: bool = False
    #: Rise of the roof per metre.
    pitch: float = 0.5
    overhang_m: float = 1.1
    #: ``class`` (doors and windows), ``vents`` (toilets), ``house``, ``none`` (open hall).
    openings: str = "class"
    timber: bool = False
    #: 0 new … 1 dilapidated.
    worn: float = 0.0
    #: A gabled porch over the middle of the front.
    porch: bool = False

    @property
    def eaves_m(self) -> float:
        """Height of the wall's top."""
        return self.raise_m + self.storeys * self.storey_m

    @property
    def ridge_m(self) -> float:
        """Height of the ridge."""
        return self.eaves_m + self.depth_m / 2 * self.pitch


@dataclass(frozen=True)
class Block:
    """A structure on its place: its middle at x, y, its front turned by `turn` radians from -y."""

    form: Form
    x: float = 0.0
    y: float = 0.0
    turn: float = 0.0

    def at(self, u: float, v: float, w: float) -> Vector:
        """Return the place of (along the front from its left end, in from the front, up)."""
        du, dv = u - self.form.length_m / 2, v - self.form.depth_m / 2
        sin, cos = math.sin(self.turn), math.cos(self.turn)
        return self.x + du * cos - dv * sin, self.y + du * sin + dv * cos, w

    def upright(self, us: tuple[float, float], v: float, ws: tuple[float, float]) -> list[Vector]:
        """Return the corners of a standing rectangle along the front."""
        return [
            self.at(u, v, w)
            for u, w in zip((*us, *us[::-1]), (ws[0],) * 2 + (ws[1],) * 2, strict=True)
        ]

    def level(self, us: tuple[float, float], vs: tuple[float, float], w: float) -> list[Vector]:
        """Return the corners of a level rectangle."""
        return [
            self.at(u, v, w)
            for u, v in zip((*us, *us[::-1]), (vs[0],) * 2 + (vs[1],) * 2, strict=True)
        ]

    def turned(self, normal: Vector) -> Vector:
        """Return a direction of the structure's own frame in that of the ground."""
        sin, cos = math.sin(self.turn), math.cos(self.turn)
        return normal[0] * cos - normal[1] * sin, normal[0] * sin + normal[1] * cos, normal[2]

    def corners(self) -> list[Vector]:
        """Return the points that bound it: eaves, ridge ends, foot."""
        form = self.form
        low, high = form.eaves_m - form.overhang_m * form.pitch, form.ridge_m
        out, length, depth = form.overhang_m, form.length_m, form.depth_m
        end = depth * 0.45 if form.hipped else -out
        foot = [self.at(u, v, 0) for u in (0, length) for v in (0, depth)]
        eaves = [self.at(u, v, low) for u in (-out, length + out) for v in (-out, depth + out)]
        return [
            *foot,
            *eaves,
            self.at(end, depth / 2, high),
            self.at(length - end, depth / 2, high),
        ]


def school_paint(rng: np.random.Generator) -> Paint:
    """Choose a school's colours."""
    wall = _WALLS[rng.integers(len(_WALLS))]
    trim = _TRIMS[rng.integers(len(_TRIMS))]
    roof = _ROOFS[rng.integers(len(_ROOFS))]
    return Paint(wall, trim, roof, mix(trim, (70, 50, 40), 0.25))


def weathered(paint: Paint, worn: float) -> Paint:
    """Return colours bleached and dirtied by age."""
    grime: Colour = (128, 118, 100)
    return Paint(
        mix(paint.wall, grime, 0.38 * worn), mix(paint.trim, grime, 0.35 * worn),
        mix(paint.roof, (112, 92, 80), 0.55 * worn), mix(paint.door, grime, 0.3 * worn),
    )  # fmt: skip


def classroom_form(
    paint: Paint, storeys: int, rooms: int, worn: float, rng: np.random.Generator
) -> Form:
    """Return the long building with a corridor along its front, two bays to a room."""
    across = min(8, max(2, math.ceil(rooms / storeys)))
    bay = 3.4 if across < 7 else 3.0
    return Form(
        length_m=across * 2 * bay, depth_m=8.6, storeys=storeys, storey_m=3.3,
        raise_m=float(rng.choice([0.3, 0.45, 0.75])), veranda_m=2.2, bays=across * 2,
        paint=weathered(paint, worn), hipped=bool(rng.random() < 0.35),
        pitch=float(rng.uniform(0.42, 0.62)), worn=worn,
        porch=bool(storeys > 1 and across > 2 and rng.random() < 0.45),
    )  # fmt: skip


def timber_form(paint: Paint, rooms: int, worn: float, rng: np.random.Generator) -> Form:
    """Return the old wooden school on posts."""
    across = min(6, max(2, rooms))
    wood = _TIMBER[rng.integers(len(_TIMBER))]
    roof = mix(_ZINC, RUST, 0.2 + 0.5 * worn) if rng.random() < 0.7 else paint.roof
    old = Paint(mix(wood, (124, 116, 106), 0.5 * worn), mix(wood, (60, 44, 34), 0.45),
                mix(roof, (118, 100, 88), 0.3 * worn), mix(wood, (66, 46, 36), 0.3))  # fmt: skip
    return Form(
        length_m=across * 6.0, depth_m=8.4, storeys=1, storey_m=3.0, raise_m=2.2, veranda_m=2.0,
        bays=across * 2, paint=old, hipped=bool(rng.random() < 0.4), pitch=0.68, overhang_m=1.2,
        timber=True, worn=worn,
    )  # fmt: skip


def hall_form(paint: Paint, worn: float, rng: np.random.Generator) -> Form:
    """Return the open hall that serves as canteen and meeting place."""
    return Form(
        length_m=float(rng.choice([14.0, 16.0, 20.0])), depth_m=9.0, storeys=1, storey_m=3.6,
        raise_m=0.25, veranda_m=0.0, bays=5, paint=weathered(paint, worn), pitch=0.46,
        overhang_m=1.4, openings="none", worn=worn,
    )  # fmt: skip


def toilet_form(paint: Paint, worn: float) -> Form:
    """Return the row of cubicles of a toilet block."""
    return Form(
        length_m=8.4, depth_m=3.4, storeys=1, storey_m=2.7, raise_m=0.3, veranda_m=1.0, bays=6,
        paint=weathered(paint, worn), pitch=0.4, overhang_m=0.6, openings="vents", worn=worn,
    )  # fmt: skip


def house_form(paint: Paint, worn: float, rng: np.random.Generator) -> Form:
    """Return a teacher's house: small, wooden or rendered, on posts."""
    timber = bool(rng.random() < 0.6)
    coat = weathered(paint, worn)
    if timber:
        wood = _TIMBER[rng.integers(len(_TIMBER))]
        coat = replace(
            coat, wall=wood, trim=mix(wood, (60, 44, 34), 0.4), door=mix(wood, (50, 36, 30), 0.4)
        )
    return Form(
        length_m=8.0, depth_m=6.4, storeys=1, storey_m=2.8, raise_m=2.0 if timber else 0.6,
        veranda_m=1.8, bays=3, paint=coat, pitch=0.74, hipped=bool(rng.random() < 0.3),
        overhang_m=0.9, openings="house", timber=timber, worn=worn,
    )  # fmt: skip


def small_form(paint: Paint, worn: float, rng: np.random.Generator) -> Form:
    """Return a one-storey building of two rooms: library, kindergarten, workshop."""
    return replace(classroom_form(paint, 1, 2, worn, rng), depth_m=7.0, veranda_m=1.6)
