"""The reservoir: where a dam pays, what it floods, and the island that stays dry."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage as ndi

from gisapp.sample.world.flow import Flow
from gisapp.sample.world.terrain import Heights, Relief

Mask = NDArray[np.bool_]

#: Catchments worth a dam, km².
LEAST_KM2, MOST_KM2 = 90.0, 600.0
#: Water at the dam, metres deep.
DEPTHS_M = (26, 32, 38, 46, 54, 64)
#: Surface that the dam should make, and size of an island that holds a village, km².
LAKE_KM2, ISLAND_KM2 = 20.0, 0.8


@dataclass(frozen=True)
class Lake:
    """A dammed valley.

    Attributes:
        level_m: Height of the water, whole metres.
        water: True where flooded, grid of the relief.
        basin: True where rain runs into the lake; nothing there lies below its level.
        island: True on the island that holds the village; land, inside the water.
        dam: (row, column) of the dam's cell on the river.
        z: The relief with the water's level in the lake (and the island, if it had to be raised).
    """

    level_m: float
    water: Mask
    basin: Mask
    island: Mask
    dam: tuple[int, int]
    z: Heights


@dataclass(frozen=True)
class _Site:
    score: float
    dam: int
    level_m: float


def dam_lake(relief: Relief, flow: Flow) -> Lake:
    """Flood the best valley in the middle of the shown ground.

    A site is good when it floods about LAKE_KM2, a short dam holds it, and an island stays dry.
    """
    catchment = flow.gathered(np.full(relief.z.size, relief.cell_m**2 / 1e6))
    low = flow.carved(relief.z.ravel())
    after, first, count = _by_catchment(flow)
    best: _Site | None = None
    for dam in _candidates(relief, catchment, low):
        cells = after[first[dam] : first[dam] + count[dam]]
        for depth in DEPTHS_M:
            level = float(np.ceil(low[dam]) + depth)
            site = _judged(relief, dam, cells[low[cells] < level], level)
            if best is None or site.score > best.score:
                best = site
    if best is None:
        raise ValueError("the relief has no valley of the size that a dam needs")
    cells = after[first[best.dam] : first[best.dam] + count[best.dam]]
    water = np.zeros(relief.z.shape, dtype=bool)
    water.ravel()[cells[low[cells] < best.level_m]] = True
    basin = np.zeros(relief.z.shape, dtype=bool)
    basin.ravel()[cells] = True
    return _filled(relief, water, basin, best)


def _by_catchment(
    flow: Flow,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Order cells so that each catchment is one run: cells, place of each, length of its run."""
    count = flow.gathered(np.ones(flow.receiver.size)).astype(np.int64)
    first = np.zeros(flow.receiver.size, dtype=np.int64)
    roots = flow.levels[0]
    first[roots] = np.cumsum(count[roots]) - count[roots]
    for cells in flow.levels[1:]:
        onto = flow.receiver[cells]
        order = np.argsort(onto, kind="stable")
        cells, onto = cells[order], onto[order]
        before = np.cumsum(count[cells]) - count[cells]
        starts = np.flatnonzero(np.r_[True, onto[1:] != onto[:-1]])
        group = np.cumsum(np.r_[True, onto[1:] != onto[:-1]]) - 1
        first[cells] = first[onto] + 1 + before - before[starts][group]
    after = np.empty_like(first)
    after[first] = np.arange(first.size)
    return after, first, count


def _candidates(
    relief: Relief, catchment: NDArray[np.float64], low: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Return cells on rivers of a fitting size in the middle of the shown ground."""
    rows, columns = relief.z.shape
    row, column = np.divmod(np.arange(relief.z.size), columns)
    offset = np.hypot((row / rows - 0.5) / 0.22, (column / columns - 0.5) / 0.24)
    fits = (catchment > LEAST_KM2) & (catchment < MOST_KM2) & (offset < 1) & (low > 90)
    return np.flatnonzero(fits)


def _judged(relief: Relief, dam: int, flooded: NDArray[np.int64], level: float) -> _Site:
    """Score a site: surface near the wish, short dam, island of a village's size."""
    cell_km2 = relief.cell_m**2 / 1e6
    surface = flooded.size * cell_km2
    misfit = abs(float(np.log(surface / LAKE_KM2)))
    if misfit > 1:
        return _Site(-10 * misfit, dam, level)
    row, column = np.unravel_index(flooded, relief.z.shape)
    top, left = row.min() - 2, column.min() - 2
    water = np.zeros((np.ptp(row) + 5, np.ptp(column) + 5), dtype=bool)
    water[row - top, column - left] = True
    z = relief.z[top : top + water.shape[0], left : left + water.shape[1]]
    crest = ndi.binary_dilation(water) & ~water & (z < level) & _open_side(water)
    island_km2 = _islands(water).sum() * cell_km2
    return _Site(
        -misfit - 0.06 * max(int(crest.sum()) - 5, 0) + 0.7 * min(island_km2 / ISLAND_KM2, 1.0),
        dam,
        level,
    )


def _open_side(water: Mask) -> Mask:
    """Return land that is not enclosed by water."""
    return np.asarray(~ndi.binary_fill_holes(water))


def _islands(water: Mask) -> Mask:
    """Return the largest island, at least two cells from the mainland; all False without one."""
    holes, count = ndi.label(ndi.binary_fill_holes(water) & ~water)
    if not count:
        return np.zeros_like(water)
    return np.asarray(holes == 1 + np.argmax(np.bincount(holes.ravel())[1:]))


def _filled(relief: Relief, water: Mask, basin: Mask, site: _Site) -> Lake:
    """Set the level, and raise an island where nature gave none that is large enough."""
    z, level = relief.z.copy(), site.level_m
    lakes, _ = ndi.label(ndi.binary_opening(water) | _core(water))
    water = lakes == 1 + np.argmax(np.bincount(lakes.ravel())[1:])
    if _islands(water).sum() * relief.cell_m**2 / 1e6 < ISLAND_KM2:
        raised = _raised(relief, water)
        z = np.where(raised > 0, level + raised, z)
        water &= ~(raised > 0)
    water |= ndi.binary_fill_holes(water) & ~_islands(water)
    z[water] = level
    row, column = divmod(site.dam, water.shape[1])
    # What the water nearly reaches is shore, never ground below its level; but not at the dam.
    shore = ndi.binary_dilation(water, iterations=2) & ~water & (z < level + 1)
    shore[row - 4 : row + 5, column - 4 : column + 5] = False
    z[shore] = level + 1
    return Lake(level, water, basin, _islands(water), (row, column), z)


def _core(water: Mask) -> Mask:
    """Return water with water on all four sides."""
    return np.asarray(ndi.binary_erosion(water))


def _raised(relief: Relief, water: Mask) -> Heights:
    """Return metres above the water of a hill in the widest part of the lake; 0 elsewhere.

    Its shore follows the drowned ground, so that it is no circle.
    """
    width = ndi.distance_transform_edt(water, sampling=relief.cell_m)
    middle = np.unravel_index(np.argmax(width), water.shape)
    radius = min(640.0, 0.55 * float(width.max()))
    rows, columns = np.ogrid[0 : water.shape[0], 0 : water.shape[1]]
    away = relief.cell_m * np.hypot((rows - middle[0]) * 1.2, (columns - middle[1]) * 0.85)
    bumps = relief.z - ndi.gaussian_filter(relief.z, 3)
    shape = 1 - (away / radius) ** 2 + np.clip(bumps / 40, -0.35, 0.35)
    hill = np.where((away < 1.5 * radius) & (shape > 0) & (width > 1.5 * relief.cell_m), shape, 0)
    parts, _ = ndi.label(hill > 0)
    return np.asarray(np.where(parts == parts[middle], 3 + 40 * hill, 0) * (hill > 0))
