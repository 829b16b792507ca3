"""People per cell as a raster counts them: where in an area people live, not how many."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pyproj import CRS, Transformer

from gisapp.core.coverage.criteria import CoverageLimits
from gisapp.core.grids import Grid
from gisapp.core.zonal.quads import quad_fractions

#: Cells that are brought onto another grid at once, so that a nation does not fill the memory.
_CELLS_AT_ONCE = 250_000


@dataclass(frozen=True)
class PeopleRaster:
    """People per cell, as a file holds them.

    Attributes:
        values: float64 [row, column], people per cell; NaN unknown. Never negative or infinite.
        grid: Where the cells lie, in the raster's own CRS.
        crs: Text that pyproj reads, such as "EPSG:4326".
        file: The file's name as people read it.
        per_km2: The values are persons per km², or may be: they say where people live, and
            nothing of how many.
        ratio: How many people it counts to one in the register; None where they are not compared.
        people, registered: What was compared: both of the areas whose register is known.
    """

    values: NDArray[np.float64]
    grid: Grid
    crs: str
    file: str
    per_km2: bool = False
    ratio: float | None = None
    people: float | None = None
    registered: float | None = None


@dataclass(frozen=True)
class PeopleOnCells:
    """A raster's people on chosen cells of another grid.

    Attributes:
        people: People on each cell; what the raster does not know counts nobody.
        known: Share of each cell that the raster knows, 0 to 1.
    """

    people: NDArray[np.float64]
    known: NDArray[np.float64]


def people_on_cells(
    raster: PeopleRaster, grid: Grid, crs: str, cell: NDArray[np.int64]
) -> PeopleOnCells:
    """Return a raster's people on cells of a grid, nobody lost and nobody counted twice.

    Each cell is laid into the raster's own CRS, corner by corner, and takes the exact share of
    every raster cell that it covers there. Neighbours share their corners, so cells that tile
    the land share out all of its people.

    Args:
        raster: In any CRS.
        grid, crs: The other grid, metres.
        cell: Cells of `grid`, numbered row by row; each at most once.
    """
    parts = [
        _on_some_cells(raster, grid, crs, cell[first : first + _CELLS_AT_ONCE])
        for first in range(0, max(len(cell), 1), _CELLS_AT_ONCE)
    ]
    return PeopleOnCells(
        np.concatenate([part.people for part in parts]),
        np.concatenate([part.known for part in parts]),
    )


def _on_some_cells(
    raster: PeopleRaster, grid: Grid, crs: str, cell: NDArray[np.int64]
) -> PeopleOnCells:
    corners = _corners(grid, cell, crs, raster.crs)
    covered = quad_fractions(corners, raster.grid)
    values = raster.values.ravel()[covered.cell]
    known = np.isfinite(values)
    zone, fraction = covered.zone[known], covered.fraction[known]
    people = np.bincount(zone, fraction * values[known], len(cell)).astype(np.float64)
    area = np.bincount(zone, fraction, len(cell)) * raster.grid.cell_area
    size = _sizes(corners)
    share = np.divide(area, size, out=np.zeros(len(cell)), where=size > 0)
    return PeopleOnCells(people, np.minimum(share, 1.0))


def _corners(grid: Grid, cell: NDArray[np.int64], crs: str, into: str) -> NDArray[np.float64]:
    """Return the closed rings of cells in another CRS: float64 [cell, 5, x and y]."""
    row, column = np.divmod(cell, grid.columns)
    across = grid.columns + 1
    node = np.stack([row * across + column + step for step in (0, across, across + 1, 1, 0)], 1)
    used, index = np.unique(node, return_inverse=True)
    down, right = np.divmod(used, across)
    x, y = grid.west + right * grid.cell_x, grid.north - down * grid.cell_y
    if CRS.from_user_input(crs) != CRS.from_user_input(into):
        x, y = Transformer.from_crs(crs, into, always_xy=True).transform(x, y)
    placed = np.stack([x, y], axis=1).astype(np.float64)
    placed[~np.isfinite(placed).all(axis=1)] = np.nan
    return np.asarray(placed[index.reshape(node.shape)], dtype=np.float64)


def _sizes(corners: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the area of each ring; NaN where a corner has no finite place."""
    # From the first corner on: coordinates of millions would swallow the small differences.
    x, y = np.moveaxis(corners - corners[:, :1], 2, 0)
    twice = (x[:, :-1] * y[:, 1:] - x[:, 1:] * y[:, :-1]).sum(axis=1)
    return np.asarray(np.abs(twice) / 2, dtype=np.float64)


def knows_enough(share: NDArray[np.float64], limits: CoverageLimits) -> NDArray[np.bool_]:
    """Say whether a raster that knows so much of an area can speak about it.

    The very least share is enough, however its sum was rounded.
    """
    return share >= limits.least_raster_share - 1e-9


def cell_km2(raster: PeopleRaster, crs: str) -> NDArray[np.float64]:
    """Return the size on the ground of a cell of each row, km².

    Taken in the raster's middle column; cells of one row differ little.

    Args:
        raster: In any CRS.
        crs: A CRS in metres that is true to size there.
    """
    grid = raster.grid
    middle = np.arange(grid.rows) * grid.columns + grid.columns // 2
    return _sizes(_corners(grid, middle, raster.crs, crs)) / 1e6
