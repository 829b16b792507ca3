"""Planting: sprites of trees scaled, tinted by the air and set into a picture.

A sprite is lit from the left; a picture whose sun is on the right shows it mirrored.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from PIL import Image, ImageDraw

from gisapp.sample.pictures.camera import Stage
from gisapp.sample.pictures.light import mix
from gisapp.sample.pictures.trees import (
    BANANA,
    BUSH,
    FOREST_TREE,
    HIGHLAND_TREES,
    LOWLAND_TREES,
    SPRITE,
    Species,
)

#: Different sprites of each species, and of each kind of grove.
_VARIANTS = 4
#: A strip of trees seen from afar, pixels.
GROVE = (900, 130)


@dataclass(frozen=True)
class Sprite:
    """A painted plant: colours and, apart from them, how much of each pixel it covers."""

    paint: Image.Image
    cover: Image.Image


def draw_tree(
    stage: Stage, species: Species, place: tuple[float, float], height_m: float, variant: int
) -> None:
    """Plant a tree with its foot at `place` (x, y)."""
    right, up, ahead = stage.camera.see((*place, 0.0))
    if ahead < 4:
        return
    column, row = stage.camera.pixel((right, up, ahead))
    height = round(height_m * stage.camera.focal_px / ahead * stage.scale)
    if not 6 < height < 1400:
        return
    width = max(2, round(height * SPRITE[0] / SPRITE[1]))
    mirrored = stage.camera.see((*_towards_sun(stage, place), 0.0))[0] > right
    box = (column * stage.scale - width / 2, row * stage.scale - height + 1, width, height)
    _paste(stage, species, variant % _VARIANTS, box, ahead, mirrored)


def draw_groves(stage: Stage, highland: bool, ahead_m: float, height_m: float) -> None:
    """Close the view with strips of far trees along the horizon."""
    camera, rng = stage.camera, stage.rng
    row = (camera.horizon_px + camera.focal_px * camera.eye_m / ahead_m) * stage.scale
    height = max(8, round(height_m * camera.focal_px / ahead_m * stage.scale))
    width = round(height * GROVE[0] / GROVE[1])
    at = -rng.uniform(0, width)
    while at < stage.image.width:
        variant = int(rng.integers(_VARIANTS)) + (_VARIANTS if highland else 0)
        _paste(
            stage,
            None,
            variant,
            (at, row - height, width, height),
            ahead_m,
            bool(rng.random() < 0.5),
        )
        at += width * rng.uniform(0.80, 1.10)


def tree_shadow(stage: Stage, place: tuple[float, float], height_m: float, wide_m: float) -> None:
    """Draw the crown's shadow on a mask: an ellipse on the ground, off to the lee of the sun."""
    slant = height_m * 0.62 / max(stage.sun[2], 0.25)
    cx, cy = place[0] - stage.sun[0] * slant, place[1] - stage.sun[1] * slant
    ring = [
        (cx + wide_m * math.cos(a), cy + wide_m * 0.8 * math.sin(a), 0.0)
        for a in np.linspace(0, 2 * math.pi, 16, endpoint=False)
    ]
    pixels = [stage.camera.see(point) for point in ring]
    if min(point[2] for point in pixels) < 2:
        return
    flat = [tuple(v * stage.scale for v in stage.camera.pixel(point)) for point in pixels]
    stage.pen.polygon(flat, fill=235)


@lru_cache(maxsize=128)
def _painted(species: Species, variant: int) -> Image.Image:
    """Paint one plant, RGBA; the same for the same species and variant."""
    rng = np.random.default_rng([sum(species.name.encode()), variant])
    image = Image.new("RGBA", SPRITE, (*species.leaf, 0))
    species.grow(ImageDraw.Draw(image), rng, species)
    return image


@lru_cache(maxsize=8)
def _planted(highland: bool, variant: int) -> Image.Image:
    """Paint a far strip of many trees over undergrowth, RGBA."""
    rng = np.random.default_rng([77, highland, variant])
    image = Image.new("RGBA", GROVE, (62, 96, 60, 0))
    kinds = HIGHLAND_TREES if highland else LOWLAND_TREES
    for k in range(90):
        species = BUSH if k > 58 else kinds[rng.integers(len(kinds))]
        if species.blossom and rng.random() < 0.8:
            species = FOREST_TREE
        share = 0.36 if species in (BUSH, BANANA) else 1.0
        height = round(rng.uniform(66, 126) * share)
        size = (round(height * SPRITE[0] / SPRITE[1]), height)
        tree = _painted(species, int(rng.integers(_VARIANTS))).resize(size, Image.Resampling.BOX)
        at = int(rng.uniform(-20, GROVE[0] - 20))
        image.alpha_composite(tree.crop((max(0, -at), 0, *size)), (max(0, at), GROVE[1] - height))
    return image


@lru_cache(maxsize=512)
def _scaled(species: Species | None, variant: int, step: int) -> Sprite:
    """Return a plant (None: a lowland grove, then highland ones) at 1 / 2**step of its size."""
    image = (
        _planted(variant >= _VARIANTS, variant % _VARIANTS)
        if species is None
        else _painted(species, variant)
    )
    small = image.reduce(2**step) if step else image
    return Sprite(small.convert("RGB"), small.getchannel("A"))


def _paste(
    stage: Stage, species: Species | None, variant: int, box: tuple[float, float, int, int],
    ahead_m: float, mirrored: bool,
) -> None:  # fmt: skip
    """Set a plant into box (left, top, width, height), paler the farther it stands."""
    left, top, width, height = box
    full = SPRITE if species else GROVE
    step = 0
    while step < 4 and full[1] >> (step + 1) >= height:
        step += 1
    sprite = _scaled(species, variant, step)
    # On the sheet, halving it later smooths enough; far groves are set straight into the land.
    way = Image.Resampling.NEAREST if stage.scale == 1.0 else Image.Resampling.BILINEAR
    paint = sprite.paint.resize((width, height), way)
    cover = sprite.cover.resize((width, height), way)
    if mirrored:
        paint = paint.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        cover = cover.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    weather = stage.weather
    air = 1 - math.exp(-ahead_m / weather.haze_m)
    veil = 1 - (1 - weather.leaf_lean) * (1 - air)
    tone = mix(weather.leaf_tint, weather.haze, air / veil)
    paint = Image.blend(paint, Image.new("RGB", paint.size, tone), veil)
    stage.image.paste(paint, (round(left), round(top)), cover)


def _towards_sun(stage: Stage, place: tuple[float, float]) -> tuple[float, float]:
    """Return a point one metre from `place` in the sun's direction."""
    return place[0] + stage.sun[0], place[1] + stage.sun[1]
