"""Cells of a grid that hold children, which of them touch, and the land that they cover."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from gisapp.core.coverage.reaching.cell_outlines import cell_outline
from gisapp.core.coverage.reaching.edge import Border
from gisapp.core.coverage.reckoning.asked import CoverageInputs
from gisapp.core.coverage.spreading.spread import Spread
from gisapp.core.grids import Grid


@dataclass(frozen=True)
class HeldCells:
    """Cells that hold places, and which of them touch.

    Attributes:
        number: Number of each cell in `grid`, ascending.
        of_place: Row of `number` of each place.
        one, other: Pairs of rows of `number` that touch, by a side or a corner, once each.
        grid: Where the cells lie.
    """

    number: NDArray[np.int64]
    of_place: NDArray[np.int64]
    one: NDArray[np.int64]
    other: NDArray[np.int64]
    grid: Grid

    def groups(self, held: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Number the groups of touching cells among some; -1 for the other cells.

        From 0 in the order of their first cells.
        """
        both = held[self.one] & held[self.other]
        pairs = (np.ones(int(both.sum()), dtype=np.int8), (self.one[both], self.other[both]))
        size = len(self.number)
        _count, label = connected_components(coo_array(pairs, shape=(size, size)), directed=False)
        _labels, first, group = np.unique(label[held], return_index=True, return_inverse=True)
        found = np.full(size, -1, dtype=np.int64)
        found[held] = np.argsort(np.argsort(first))[group]
        return found


def held_cells(spread: Spread) -> HeldCells:
    """Find the cells that hold places, and the pairs of them that touch."""
    number, of_place = np.unique(spread.cell, return_inverse=True)
    columns = spread.grid.columns
    column = number % columns
    one, other = [], []
    # The other four of the eight neighbours find their pair from the far side.
    for down, right in ((0, 1), (1, -1), (1, 0), (1, 1)):
        wanted = number + down * columns + right
        inside = (column + right >= 0) & (column + right < columns)
        at = np.searchsorted(number, wanted)
        at[at == len(number)] = 0  # the last cell has nothing behind it, and is no pair of cell 0
        met = np.flatnonzero(inside & (number[at] == wanted))
        one.append(met)
        other.append(at[met])
    return HeldCells(
        number, of_place.astype(np.int64), np.concatenate(one), np.concatenate(other), spread.grid
    )


def cell_shapes(
    inputs: CoverageInputs, cells: HeldCells, border: Border
) -> Callable[[NDArray[np.int64]], shapely.MultiPolygon]:
    """Return what draws rows of `cells`: their squares as far as they lie in the office.

    The same cells, as two levels often ask for, are drawn once.

    Args:
        inputs: Its fabric is the office's land.
        cells: Of the spread.
        border: Of the office, and the places' distance from it.
    """
    grid = cells.grid
    office = shapely.coverage_union_all(inputs.fabric.faces)
    # A place that is farther from the border than its cell is wide has its whole cell inside.
    far = border.at_least_m > np.hypot(grid.cell_x, grid.cell_y)
    inside = np.zeros(len(cells.number), dtype=bool)
    inside[cells.of_place[far]] = True
    drawn: dict[bytes, shapely.MultiPolygon] = {}

    def draw(rows: NDArray[np.int64]) -> shapely.MultiPolygon:
        if rows.tobytes() not in drawn:
            shape: shapely.Geometry = cell_outline(grid, cells.number[rows])
            if not inside[rows].all():
                shape = shapely.intersection(shape, office)
            drawn[rows.tobytes()] = _polygons(shape)
        return drawn[rows.tobytes()]

    return draw


def _polygons(shape: shapely.Geometry) -> shapely.MultiPolygon:
    """Keep the polygons of a shape; cells that only touch the border leave lines and points."""
    parts = shapely.get_parts(shape)
    return shapely.multipolygons(parts[shapely.get_dimensions(parts) == 2])
