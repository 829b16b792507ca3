"""How much of each cell lies in each polygon, exactly."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gisapp.core.grids import Grid
from gisapp.core.zonal.kernel import list_cells
from gisapp.core.zonal.rings import Rings, rings_of
from gisapp.core.zonal.sums import refuse_crossed


@dataclass(frozen=True)
class CellFractions:
    """Every pair of a zone and a cell that share area, sorted by zone, then cell.

    Attributes:
        zone: Number of the polygon, from 0.
        cell: Number of the cell, row by row from 0, as `Grid.centres` takes it.
        fraction: Share of the cell's area that lies in the zone, above 0, at most 1.
    """

    zone: NDArray[np.int64]
    cell: NDArray[np.int64]
    fraction: NDArray[np.float64]

    def __len__(self) -> int:
        """How many pairs there are."""
        return len(self.zone)


def cell_fractions(polygons: NDArray[np.object_], grid: Grid) -> CellFractions:
    """Return the share of each cell that lies in each polygon, by area.

    What lies outside the grid counts nothing. None and empty geometry have no cell. A share
    below 1e-12 is rounding and left out; one that near to 1 is 1.

    Args:
        polygons: [zone] shapely geometry in the CRS of the grid.
        grid: The cells.

    Raises:
        ZoneGeometryError: A polygon crosses or overlaps itself, or has no finite place.
    """
    return ring_fractions(rings_of(polygons, grid), grid)


def ring_fractions(rings: Rings, grid: Grid) -> CellFractions:
    """Return what `cell_fractions` does, of zones that are rings already.

    Raises:
        ZoneGeometryError: A zone crosses or overlaps itself.
    """
    worst = np.zeros(len(rings))
    if not rings.window.any():
        return CellFractions(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0))
    zone, cell, fraction = list_cells(
        rings.x, rings.y, rings.ring, rings.turn, rings.zone, rings.window, grid.columns, worst
    )
    refuse_crossed(worst)
    return CellFractions(zone, cell, fraction)
