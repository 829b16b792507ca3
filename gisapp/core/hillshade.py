"""Hillshade: light from three sides on a surface of heights, as the quiet ground of a map.

One light leaves slopes that face it, or face away from it, without a form; two weaker ones beside
it give them one. Source: Imhof, Cartographic Relief Presentation (1982), chapter 9, for light from
the north-west with adapted directions; the figures are the visual system's, section 5.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

Numbers = NDArray[np.float64]

#: (azimuth from north clockwise, height above the horizon, share of all light): degrees, 0 to 1.
LIGHTS = ((315.0, 40.0, 0.5), (275.0, 40.0, 0.25), (355.0, 45.0, 0.25))

#: Heights are drawn this many times too high: true hills are hardly seen from above.
EXAGGERATION = 2.3

#: Heights are smoothed over this many cells (one standard deviation): the brooks' small valleys,
#: drawn at the scale of an office, only crumple the sheet.
_SMOOTH_CELLS = 2.0

#: How far the smoothing looks, in standard deviations.
_SMOOTH_REACH = 3.0

#: Cells over which the picture fades where heights end: a cut edge would look like a cliff.
FADE_CELLS = 12

#: Heights wanted beyond the picture's edge, cells, so that pictures side by side join.
MARGIN = max(FADE_CELLS, int(_SMOOTH_CELLS * _SMOOTH_REACH) + 1)

#: How soon shade turns dark: below 1 gentle hills are seen, and steep ones stay within the limits.
_TONE = 0.75

#: Height that is drawn in the tint of the highest ground, metres; the lowest is at the sea.
_HIGH_M = 2500.0

Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Palette:
    """Colours of one theme, red, green, blue, 0 to 255.

    Attributes:
        low, high: Flat ground at the sea, and at the height of the highest mountains.
        shade: A slope that no light reaches.
        lit: A slope that faces all light.
    """

    low: Colour
    high: Colour
    shade: Colour
    lit: Colour


def picture(heights_m: Numbers, cell_m: Numbers | float, palette: Palette) -> NDArray[np.uint8]:
    """Return hillshade as [row, column, red green blue alpha], 0 to 255.

    Args:
        heights_m: [row, column], row 0 in the north, NaN unknown, with `MARGIN` cells more on each
            side than the answer has.
        cell_m: Side of a cell in metres on the ground; an array has one value per row of the
            answer.
        palette: Colours of the theme.
    """
    smooth = smoothed(heights_m)
    lit = relief(_cut(smooth, MARGIN - 1), cell_m)
    colours = paint(lit, _cut(smooth, MARGIN), palette)
    return np.dstack((colours, opacity(_cut(heights_m, MARGIN - FADE_CELLS))))


def smoothed(heights_m: Numbers) -> Numbers:
    """Return heights without their smallest folds; what is unknown stays so, and lends nothing."""
    known = np.isfinite(heights_m)

    def blurred(values: Numbers) -> Numbers:
        return np.asarray(
            ndimage.gaussian_filter(values, _SMOOTH_CELLS, truncate=_SMOOTH_REACH, mode="nearest")
        )

    if known.all():
        return blurred(heights_m)
    weight = blurred(known.astype(np.float64))
    total = blurred(np.where(known, heights_m, 0))
    return np.asarray(np.where(known, total / np.where(known, weight, 1), np.nan))


def relief(heights_m: Numbers, cell_m: Numbers | float) -> Numbers:
    """Return how each cell is lit: 0 as flat ground, to 1 where all light falls, to -1 where none.

    Where only one neighbour is known, half the slope is drawn; an unknown cell is NaN.

    Args:
        heights_m: [row, column], row 0 in the north, NaN unknown, with one cell more on each side
            than the answer has.
        cell_m: Side of a cell in metres on the ground; an array has one value per row of the
            answer.
    """
    middle = heights_m[1:-1, 1:-1]
    east = _slope(heights_m[1:-1, 2:], heights_m[1:-1, :-2], middle, cell_m)
    north = _slope(heights_m[:-2, 1:-1], heights_m[2:, 1:-1], middle, cell_m)
    steep = np.sqrt(east**2 + north**2 + 1)
    light = np.zeros_like(middle)
    for azimuth, height, share in LIGHTS:
        turned, raised = np.radians(azimuth), np.radians(height)
        level = np.cos(raised)
        facing = np.sin(raised) - level * (np.sin(turned) * east + np.cos(turned) * north)
        light += share * np.maximum(facing / steep, 0)
    flat = sum(share * np.sin(np.radians(height)) for _, height, share in LIGHTS)
    lit = np.where(light < flat, light / flat - 1, (light - flat) / (1 - flat))
    return np.asarray(np.where(np.isnan(middle), np.nan, lit))


def paint(lit: Numbers, heights_m: Numbers, palette: Palette) -> NDArray[np.uint8]:
    """Return relief as colours, [row, column, red green blue], 0 to 255.

    Args:
        lit: What `relief` returns; NaN is drawn as flat ground.
        heights_m: Heights of the same cells; NaN is drawn as the lowest ground.
        palette: Colours of the theme.
    """
    known = np.nan_to_num(lit)
    strength = (np.abs(known) ** _TONE)[..., np.newaxis]
    tint = np.clip(np.nan_to_num(heights_m) / _HIGH_M, 0, 1)[..., np.newaxis]
    low, high, shade, bright = (
        np.array(colour, dtype=np.float64)
        for colour in (palette.low, palette.high, palette.shade, palette.lit)
    )
    ground = low + (high - low) * tint
    towards = np.where(known[..., np.newaxis] < 0, shade, bright)
    return np.rint(ground + (towards - ground) * strength).astype(np.uint8)


def opacity(heights_m: Numbers) -> NDArray[np.uint8]:
    """Return 255 where heights are known, 0 where not, and a fade over `FADE_CELLS` between them.

    The answer lacks `FADE_CELLS` cells on each side, so that what lies just outside counts too.
    """
    known = np.isfinite(heights_m)
    if known.all():
        return np.full(_cut(heights_m, FADE_CELLS).shape, 255, dtype=np.uint8)
    inwards = _cut(ndimage.distance_transform_edt(known), FADE_CELLS) / FADE_CELLS
    share = np.clip(inwards, 0, 1)
    return np.rint(255 * share**2 * (3 - 2 * share)).astype(np.uint8)


def _cut(values: Numbers, cells: int) -> Numbers:
    """Take some cells off each side."""
    return values[cells : values.shape[0] - cells, cells : values.shape[1] - cells]


def _slope(ahead: Numbers, behind: Numbers, middle: Numbers, cell_m: Numbers | float) -> Numbers:
    """Return the exaggerated rise per metre between two neighbours of each cell."""
    ahead, behind = (np.where(np.isnan(side), middle, side) for side in (ahead, behind))
    side_m = np.reshape(cell_m, (-1, 1))
    return np.asarray(EXAGGERATION * (ahead - behind) / (2 * side_m))
