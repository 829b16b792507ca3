"""Trees and shrubs of the drawn pictures: what each species is painted like, lit from the left."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import ImageDraw

from gisapp.sample.pictures.light import Colour, mix

#: Width and height of a sprite, pixels. The trunk's foot is at the middle of the lower edge.
SPRITE = (360, 400)
_BARK: Colour = (96, 78, 62)


@dataclass(frozen=True)
class Species:
    """What a tree is painted like."""

    name: str
    #: Height of a grown tree, metres.
    height_m: float
    leaf: Colour
    blossom: Colour | None
    grow: Callable[[ImageDraw.ImageDraw, np.random.Generator, "Species"], None]


Blob = tuple[float, float, float]


def _foliage(
    pen: ImageDraw.ImageDraw, rng: np.random.Generator, blobs: Sequence[Blob], species: Species
) -> None:
    """Paint a crown: dark masses first, then strokes of leaves that brighten towards the light."""
    dark = mix(species.leaf, (14, 36, 38), 0.55)
    light = mix(species.leaf, (236, 232, 138), 0.42)
    for x, y, r in blobs:
        pen.ellipse((x - r, y - r * 0.92, x + r, y + r * 0.92), fill=dark)
    for x, y, r in sorted(blobs, key=lambda blob: -blob[1]):
        count = int(9 + r * 0.9)
        angle, out = rng.uniform(0, 2 * math.pi, count), np.sqrt(rng.uniform(0, 1, count)) * 1.06
        dx, dy = out * np.cos(angle), out * np.sin(angle) * 0.92
        bright = 0.48 - 0.40 * dx - 0.52 * dy + rng.normal(0, 0.13, count)
        size = r * rng.uniform(0.14, 0.26, count) + 1.5
        for k in np.argsort(bright):
            tone = mix(dark, light, float(np.clip(bright[k], 0.08, 1)))
            if species.blossom and rng.random() < 0.42 and bright[k] > 0.3:
                tone = mix(species.blossom, (255, 255, 235), max(0.0, float(bright[k]) - 0.7))
            cx, cy, s = x + dx[k] * r, y + dy[k] * r, size[k]
            pen.ellipse((cx - s * 1.2, cy - s * 0.8, cx + s * 1.2, cy + s * 0.8), fill=tone)


def _trunk(pen: ImageDraw.ImageDraw, top: float, width: float, bend: float = 0.0) -> None:
    """Paint a trunk from the foot to row `top`, darker on its right."""
    x, y = SPRITE[0] / 2, SPRITE[1]
    left, right = x - width, x + width
    upper = x + bend
    half = width * 0.5
    pen.polygon([(left, y), (upper - half, top), (upper + half, top), (right, y)], fill=_BARK)
    pen.polygon([(x + width * 0.2, y), (upper + width * 0.1, top), (upper + width * 0.5, top),
                 (right, y)], fill=mix(_BARK, (30, 26, 34), 0.45))  # fmt: skip


def _spread(rng: np.random.Generator, count: int, box: tuple[float, float, float, float],
            radius: tuple[float, float]) -> list[Blob]:  # fmt: skip
    """Return blobs within an ellipse given as centre x, y and half axes."""
    cx, cy, half_x, half_y = box
    blobs = []
    for _ in range(count):
        angle, out = rng.uniform(0, 2 * math.pi), math.sqrt(rng.uniform(0, 1))
        r = rng.uniform(*radius)
        blobs.append((
            cx + math.cos(angle) * out * max(half_x - r, 1),
            cy + math.sin(angle) * out * max(half_y - r * 0.9, 1),
            r,
        ))  # fmt: skip
    return blobs


def _umbrella(pen: ImageDraw.ImageDraw, rng: np.random.Generator, species: Species) -> None:
    """Rain tree, flame tree: forked trunk, wide flat crown."""
    x, foot = SPRITE[0] / 2, SPRITE[1]
    _trunk(pen, foot - 120, 11)
    for side in (-1, -0.4, 0.45, 1):
        end = (x + side * 105 + rng.uniform(-12, 12), foot - 225)
        pen.line([(x, foot - 105), (x + side * 42, foot - 165), end], fill=_BARK, width=8)
    blobs = _spread(rng, 24, (x, foot - 245, 172, 72), (26, 44))
    blobs += _spread(rng, 8, (x, foot - 290, 100, 48), (24, 36))
    _foliage(pen, rng, blobs, species)


def _dome(pen: ImageDraw.ImageDraw, rng: np.random.Generator, species: Species) -> None:
    """Mango, tamarind, frangipani: short trunk, dense round crown."""
    x, foot = SPRITE[0] / 2, SPRITE[1]
    _trunk(pen, foot - 130, 12, rng.uniform(-10, 10))
    blobs = _spread(rng, 20, (x, foot - 200, 138, 118), (30, 50))
    blobs += _spread(rng, 7, (x + rng.uniform(-20, 20), foot - 285, 78, 60), (24, 38))
    _foliage(pen, rng, blobs, species)


def _tall(pen: ImageDraw.ImageDraw, rng: np.random.Generator, species: Species) -> None:
    """Teak, dipterocarp: tall trunk, loose storeys of leaves."""
    x, foot = SPRITE[0] / 2, SPRITE[1]
    _trunk(pen, foot - 330, 9, rng.uniform(-14, 14))
    blobs: list[Blob] = []
    for level in range(5):
        y = foot - 150 - level * 48
        half = 92 - abs(level - 1.6) * 17
        blobs += _spread(rng, 6, (x + rng.uniform(-16, 16), y, half, 36), (20, 32))
    _foliage(pen, rng, blobs, species)


def _column(pen: ImageDraw.ImageDraw, rng: np.random.Generator, species: Species) -> None:
    """Mast tree, planted in rows at many Thai schools: a slim green column."""
    x, foot = SPRITE[0] / 2, SPRITE[1]
    _trunk(pen, foot - 60, 6)
    blobs: list[Blob] = []
    for level in range(24):
        t = level / 23
        half = 34 * math.sin(math.pi * min(0.25 + t * 0.75, 1)) + 5
        blobs.append((x + rng.uniform(-6, 6), foot - 42 - t * 330, half * 0.86))
    _foliage(pen, rng, blobs, species)


def _pine(pen: ImageDraw.ImageDraw, rng: np.random.Generator, species: Species) -> None:
    """Khasi pine of the hills: bare reddish trunk, flat tufts on the upper half."""
    x, foot = SPRITE[0] / 2, SPRITE[1]
    _trunk(pen, foot - 370, 8, rng.uniform(-8, 8))
    blobs: list[Blob] = []
    for level in range(9):
        y = foot - 150 - level * 27
        half = (84 - level * 7) * rng.uniform(0.75, 1.1)
        for side in np.linspace(-1, 1, 8):
            droop = 16 * side * side
            blobs.append((x + side * half, y + droop + rng.uniform(-4, 4), rng.uniform(10, 16)))
    blobs.append((x, foot - 382, 14))
    _foliage(pen, rng, blobs, species)


def _palm(pen: ImageDraw.ImageDraw, rng: np.random.Generator, species: Species) -> None:
    """Coconut or betel palm: a curved trunk and drooping fronds."""
    x, foot = SPRITE[0] / 2, SPRITE[1]
    bend = rng.uniform(-26, 26)
    _trunk(pen, foot - 292, 6.5, bend)
    heart = (x + bend, foot - 292)
    dark, light = mix(species.leaf, (14, 36, 38), 0.4), mix(species.leaf, (232, 226, 130), 0.4)
    for k, angle in enumerate(np.linspace(-0.35, math.pi + 0.35, 13)):
        reach, lift = 118 * rng.uniform(0.85, 1.1), math.sin(angle)
        tip = (heart[0] + math.cos(angle) * reach, heart[1] - lift * reach * 0.62 + 46)
        top = (heart[0] + math.cos(angle) * reach * 0.52, heart[1] - 22 - lift * reach * 0.62)
        upper, lower = [], []
        for step in range(9):
            t = step / 8
            px = (1 - t) ** 2 * heart[0] + 2 * t * (1 - t) * top[0] + t * t * tip[0]
            py = (1 - t) ** 2 * heart[1] + 2 * t * (1 - t) * top[1] + t * t * tip[1]
            wide = 15 * math.sin(math.pi * min(t + 0.08, 1)) + 1
            upper.append((px, py - wide * 0.35))
            lower.append((px, py + wide + (6 if step % 2 else 0)))
        tone = mix(
            light, dark, 0.15 + 0.7 * (k % 3) / 2 if math.cos(angle) < 0 else 0.4 + 0.3 * (k % 3)
        )
        pen.polygon(upper + lower[::-1], fill=tone)


def _banana(pen: ImageDraw.ImageDraw, rng: np.random.Generator, species: Species) -> None:
    """A clump of banana: broad torn leaves from the ground."""
    foot = SPRITE[1]
    for stem in range(4):
        x = SPRITE[0] / 2 + (stem - 1.5) * 46 + rng.uniform(-10, 10)
        top = foot - rng.uniform(90, 170)
        pen.polygon([(x - 9, foot), (x - 6, top), (x + 6, top), (x + 9, foot)], fill=(128, 140, 84))
        for angle in rng.permutation(np.linspace(0.05, math.pi - 0.05, 8)):
            cos, sin, reach = math.cos(angle), math.sin(angle), rng.uniform(130, 175)
            rib = [
                (x + cos * reach * 0.8 * s, top - sin * reach * s + (60 + 70 * abs(cos)) * s**2.4)
                for s in np.linspace(0, 1, 8)
            ]
            t = rng.uniform(0, 1) * 0.6 + (0.0 if cos < 0 else 0.4)
            tone = mix(
                mix(species.leaf, (224, 228, 120), 0.35), mix(species.leaf, (14, 44, 34), 0.4), t
            )
            wide = [22 * math.sin(math.pi * min(1, 0.12 + 0.88 * s)) for s in np.linspace(0, 1, 8)]
            across = (sin, cos)
            over = [
                (px + across[0] * w, py + across[1] * w)
                for (px, py), w in zip(rib, wide, strict=True)
            ]
            under = [
                (px - across[0] * w, py - across[1] * w)
                for (px, py), w in zip(rib, wide, strict=True)
            ]
            pen.polygon(over + under[::-1], fill=tone)
            pen.line(rib, fill=mix(tone, (240, 240, 190), 0.35), width=3)


def _bamboo(pen: ImageDraw.ImageDraw, rng: np.random.Generator, species: Species) -> None:
    """A clump of bamboo: culms that arch outwards under their leaves."""
    x, foot = SPRITE[0] / 2, SPRITE[1]
    blobs: list[Blob] = []
    for _ in range(22):
        lean = rng.normal(0, 0.42)
        high = rng.uniform(240, 370)
        arc = [
            (x + lean * 30 + lean * 130 * t**2, foot - high * (t - 0.16 * abs(lean) * t**3))
            for t in np.linspace(0, 1, 7)
        ]
        pen.line(arc, fill=mix((150, 160, 84), (92, 112, 60), float(rng.uniform(0, 1))), width=4)
        for px, py in arc[3:]:
            blobs.append((px + rng.uniform(-12, 12), py, rng.uniform(13, 24)))
    _foliage(pen, rng, blobs, species)


def _bush(pen: ImageDraw.ImageDraw, rng: np.random.Generator, species: Species) -> None:
    """A shrub as wide as it is high, full down to the ground."""
    x, foot = SPRITE[0] / 2, SPRITE[1]
    blobs: list[Blob] = []
    for side in np.linspace(-1, 1, 7):
        r = 48 + rng.uniform(-6, 8)
        heap = 150 * (1 - side * side) * rng.uniform(0.7, 1.1)
        blobs.append((x + side * 122, foot - r * 0.75, r))
        blobs.append((x + side * 108 + rng.uniform(-9, 9), foot - r * 0.75 - heap * 0.5, r))
        blobs.append((x + side * 84 + rng.uniform(-9, 9), foot - r * 0.75 - heap, r))
    _foliage(pen, rng, blobs, species)


RAIN_TREE = Species("rain_tree", 12, (84, 122, 58), None, _umbrella)
FLAME_TREE = Species("flame_tree", 8, (96, 130, 56), (222, 78, 42), _umbrella)
MANGO = Species("mango", 7, (66, 108, 56), None, _dome)
GOLDEN_SHOWER = Species("golden_shower", 7.5, (110, 136, 54), (244, 200, 50), _dome)
PINK_SHOWER = Species("pink_shower", 7.5, (108, 134, 70), (236, 160, 178), _dome)
TEAK = Species("teak", 12, (102, 134, 66), None, _tall)
FOREST_TREE = Species("forest_tree", 14, (62, 102, 60), None, _tall)
MAST_TREE = Species("mast_tree", 8, (58, 104, 54), None, _column)
PINE = Species("pine", 14, (58, 96, 66), None, _pine)
PALM = Species("palm", 10, (82, 124, 58), None, _palm)
BANANA = Species("banana", 3.6, (104, 150, 62), None, _banana)
BAMBOO = Species("bamboo", 9, (122, 146, 66), None, _bamboo)
BUSH = Species("bush", 1.0, (76, 120, 58), None, _bush)
IXORA = Species("ixora", 0.9, (74, 116, 56), (224, 74, 56), _bush)
BOUGAINVILLEA = Species("bougainvillea", 1.5, (86, 122, 62), (214, 72, 140), _bush)
MARIGOLD = Species("marigold", 0.6, (92, 126, 56), (246, 178, 40), _bush)

LOWLAND_TREES = (
    RAIN_TREE,
    MANGO,
    MANGO,
    TEAK,
    FOREST_TREE,
    PALM,
    GOLDEN_SHOWER,
    FLAME_TREE,
    BAMBOO,
)
HIGHLAND_TREES = (PINE, PINE, FOREST_TREE, BAMBOO, PINK_SHOWER, MANGO, TEAK, BANANA)
SHRUBS = (BUSH, IXORA, BOUGAINVILLEA, MARIGOLD)
