"""The grounds of a drawn school: paving, shade, and everything that stands in the yard."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from zlib import crc32

from gisapp.sample.pictures import forms, nursery, things, trees
from gisapp.sample.pictures.building import draw_building
from gisapp.sample.pictures.camera import Stage, fill
from gisapp.sample.pictures.forms import Block, Paint
from gisapp.sample.pictures.light import Colour, Vector, lit, mix
from gisapp.sample.pictures.roof import building_shadow
from gisapp.sample.pictures.spec import PictureSpec

_SAND: Colour = (214, 198, 164)
_UP: Vector = (0.0, 0.0, 1.0)


@dataclass(frozen=True)
class Thing:
    """Something that stands in the scene: how it is drawn, and the shadow it casts on a mask."""

    spot: tuple[float, float]
    draw: Callable[[Stage], None]
    cast: Callable[[Stage], None] | None = None


def draw_paving(spec: PictureSpec, land: Stage, block: Block) -> None:
    """Lay apron, path, yard or court on the ground."""
    form = block.form
    sand = lit(land.weather, land.sun, mix(_SAND, land.weather.grass_far, 0.12), _UP)
    middle = form.length_m / 2 if form.raise_m <= 1.5 else form.length_m * 0.3
    apron = [
        (-1.2, -1.6),
        (form.length_m + 1.2, -1.6),
        (form.length_m + 1.2, form.depth_m + 1),
        (-1.2, form.depth_m + 1),
    ]
    fill(land, [block.at(u, v, 0) for u, v in apron], (*mix(sand, (190, 186, 178), 0.5), 210))
    if spec.scene == "assembly":
        yard = [(-3, -36), (form.length_m + 3, -36), (form.length_m + 3, -1), (-3, -1)]
        fill(land, [block.at(u, v, 0) for u, v in yard], mix(sand, (206, 202, 194), 0.5))
    elif spec.scene == "field":
        clay: Colour = (196, 142, 102) if spec.sequence % 2 else (108, 142, 120)
        things.draw_court(
            land, (block.x, block.y - 24), (17.0, 10.0), lit(land.weather, land.sun, clay, _UP)
        )
    elif spec.scene == "gate":
        right, _, ahead = land.camera.see((*gate_spot(block), 0.0))
        road = [(1.7, -90.0), (6.5, -90.0), (6.5, 1.0), (5.0, 34.0), (3.2, 34.0), (1.7, 1.0)]
        fill(land, [(*land.camera.ground(right + s, ahead + a), 0) for s, a in road], sand)
    elif spec.slot != "back":
        bend = middle + (2.5 if crc32(spec.smis_code.encode()) % 2 else -2.5)
        near = [(bend + 1.9, -14.0), (bend + 1.9, -60.0), (bend - 1.9, -60.0), (bend - 1.9, -14.0)]
        path = [(middle - 1.3, -1.6), (middle + 1.3, -1.6), *near]
        fill(land, [block.at(u, v, 0) for u, v in path], sand)


def near_shade(mask: Stage) -> None:
    """Let a tree beside the viewer throw its shade into a lower corner: it gives the lawn depth."""
    rng = mask.rng
    side = 1 if rng.random() < 0.5 else -1
    for _ in range(26):
        ahead = 6.5 + abs(float(rng.normal(0, 2.6)))
        spot = mask.camera.ground(side * (5.2 + float(rng.normal(0, 2.3))), ahead)
        nursery.tree_shadow(mask, spot, 0.0, float(rng.uniform(0.35, 1.1)))


def yard_of(spec: PictureSpec, stage: Stage, block: Block, paint: Paint) -> list[Thing]:
    """Return what stands about: flag, pupils, goals, tanks, beds, a second building."""
    form, rng = block.form, stage.rng
    found: list[Thing] = []

    def place(u: float, v: float) -> tuple[float, float]:
        return block.at(u, v, 0)[:2]

    if spec.scene == "assembly":
        pole = place(form.length_m / 2, -6)
        ranks = place(form.length_m / 2, -17)
        found.append(Thing(pole, lambda s: things.draw_flag(s, pole, 9.5)))
        rows, files = int(rng.integers(5, 8)), int(rng.choice([10, 12, 14]))
        found.append(Thing(ranks, lambda s: things.draw_pupils(s, ranks, rows, files)))
    elif spec.scene == "field":
        for x, turn in ((-17.0, 0.0), (17.0, math.pi)):
            spot = (block.x + x, block.y - 24)
            found.append(Thing(spot, partial(things.draw_goal, spot=spot, turn=turn)))
    elif spec.slot == "back":
        spot, bed = place(-2.6, form.depth_m + 1.4), place(form.length_m * 0.5, form.depth_m + 9)
        count, steel = int(rng.integers(2, 4)), bool(rng.random() < 0.4)
        found.append(Thing(spot, lambda s: things.draw_tank(s, spot, count, steel)))
        if rng.random() < 0.7:
            found.append(Thing(bed, lambda s: things.draw_beds(s, bed, 3)))
    elif spec.scene in ("classroom", "timber") and rng.random() < 0.85:
        side = 0.16 if rng.random() < 0.5 else 0.84
        pole = place(form.length_m * side, -9.0)
        found.append(Thing(pole, lambda s: things.draw_flag(s, pole, 8.6)))
    if spec.slot in ("front", "back", "activity") and rng.random() < 0.6:
        found.append(_second(spec, stage, block, paint))
    return found


def gate_spot(block: Block) -> tuple[float, float]:
    """Return where the name board ends and the gate begins, in front of the building."""
    return block.x - 0.8, block.y - 42


def gate_of(stage: Stage, paint: Paint, block: Block) -> list[Thing]:
    """Return the gate near the viewer and the school behind it."""
    spot = gate_spot(block)
    beds = []
    for k in range(9):
        x = spot[0] - 8.2 + k * 1.0
        kind = (trees.IXORA, trees.MARIGOLD, trees.BUSH)[int(stage.rng.integers(3))]
        beds.append(
            _tree(
                stage,
                kind,
                (x, spot[1] - 0.8),
                float(stage.rng.uniform(0.7, 1.0)) / kind.height_m * 0.8,
            )
        )
    house = Thing(
        (block.x, block.y), lambda s: draw_building(s, block), lambda s: building_shadow(s, block)
    )
    return [house, Thing(spot, lambda s: things.draw_gate(s, spot, paint, 7.0)), *beds]


def planting_of(spec: PictureSpec, stage: Stage, block: Block) -> list[Thing]:
    """Return trees behind and beside the building, and a hedge along its front."""
    rng, form, camera = stage.rng, block.form, stage.camera
    kinds = trees.HIGHLAND_TREES if spec.highland else trees.LOWLAND_TREES
    right, _, ahead = camera.see((block.x, block.y, 0.0))
    found = []
    for _ in range(int(rng.integers(5, 8))):  # trees stand in company, mostly of their kind
        depth = ahead + float(rng.uniform(14, 46))
        aside, kind = float(rng.uniform(-0.75, 0.75)) * depth, kinds[rng.integers(len(kinds))]
        for k in range(int(rng.integers(1, 4))):
            spot = camera.ground(right + aside + float(rng.normal(0, 4.5)), depth + 2.5 * k)
            other = kind if rng.random() < 0.7 else kinds[rng.integers(len(kinds))]
            found.append(_tree(stage, other, spot, float(rng.uniform(0.75, 1.2))))
    half = form.length_m / 2 + 3
    for side in (-1, 1):
        for _ in range(int(rng.integers(1, 4))):
            spot = camera.ground(
                right + side * (half + float(rng.uniform(2, 14))),
                ahead + float(rng.uniform(-8, 10)),
            )
            found.append(
                _tree(stage, kinds[rng.integers(len(kinds))], spot, float(rng.uniform(0.6, 0.95)))
            )
    if spec.scene in ("classroom", "timber") and spec.slot != "back":
        found += _ornamental(stage, block)
    if (
        spec.scene in ("classroom", "dormitory", "small", "house")
        and not spec.dilapidated
        and spec.slot != "back"
    ):
        found += _hedge(stage, block)
    return found


def _second(spec: PictureSpec, stage: Stage, block: Block, paint: Paint) -> Thing:
    """Return another building of the school, behind and to one side."""
    rng = stage.rng
    right, _, ahead = stage.camera.see((block.x, block.y, 0.0))
    side = 1 if rng.random() < 0.5 else -1
    reach = block.form.length_m / 2 + float(rng.uniform(9, 16))
    x, y = stage.camera.ground(right + side * reach, ahead + float(rng.uniform(16, 30)))
    storeys, rooms = spec.others[0] if spec.others else (1, 3)
    form = forms.classroom_form(paint, storeys, min(rooms, storeys * 4), 0.1, rng)
    other = Block(form, x, y, -stage.camera.heading + side * 0.5)
    return Thing((x, y), lambda s: draw_building(s, other), lambda s: building_shadow(s, other))


def _tree(stage: Stage, kind: trees.Species, spot: tuple[float, float], size: float) -> Thing:
    """Return one tree or shrub; `size` is a share of the species' height."""
    high, variant = kind.height_m * size, int(stage.rng.integers(97))
    wide = high * (0.42 if kind.height_m > 4 else 0.5)
    return Thing(
        spot,
        lambda s: nursery.draw_tree(s, kind, spot, high, variant),
        lambda s: nursery.tree_shadow(s, spot, high, wide),
    )


def _ornamental(stage: Stage, block: Block) -> list[Thing]:
    """Return a few small trees on the front lawn, clear of the path and of the flag."""
    rng, length = stage.rng, block.form.length_m
    kinds = (trees.MAST_TREE, trees.GOLDEN_SHOWER, trees.PINK_SHOWER, trees.FLAME_TREE, trees.MANGO)
    kind = kinds[rng.integers(len(kinds))]
    found = []
    for share in (0.02, 0.30, 0.70, 0.98):
        if rng.random() < 0.55:
            spot = block.at(
                length * share + float(rng.uniform(-0.8, 0.8)), -float(rng.uniform(4.5, 7.0)), 0
            )[:2]
            found.append(_tree(stage, kind, spot, float(rng.uniform(0.36, 0.52))))
    return found


def _hedge(stage: Stage, block: Block) -> list[Thing]:
    """Return low shrubs along the front, open where the path comes in."""
    rng, length = stage.rng, block.form.length_m
    kind = trees.SHRUBS[rng.integers(len(trees.SHRUBS))]
    found = []
    for k in range(int(length / 1.5) + 1):
        u = k * 1.5
        if abs(u - length / 2) < 2.8 or rng.random() < 0.12:
            continue
        species = kind if rng.random() < 0.7 else trees.BUSH
        found.append(_tree(stage, species, block.at(u, -2.3, 0)[:2], float(rng.uniform(0.9, 1.3))))
    return found
