"""The land that some cells of a grid cover, drawn along their outline only."""

import numpy as np
import shapely
from numpy.typing import NDArray

from gisapp.core.grids import Grid

Bools = NDArray[np.bool_]
Rows = NDArray[np.int64]


def cell_outline(grid: Grid, cell: Rows) -> shapely.MultiPolygon:
    """Return the union of cells, with a vertex only where its outline turns.

    Cells that touch by a corner only are polygons that touch there. Time grows with the length
    of the outline and the box around the cells, not with the land inside.

    Args:
        grid: Where the cells lie.
        cell: Cells of the grid, row by row from 0, each at most once.
    """
    if not len(cell):
        return shapely.MultiPolygon()
    row, column = np.divmod(cell, grid.columns)
    top, left = row.min() - 1, column.min() - 1
    held = np.zeros((row.max() - top + 2, column.max() - left + 2), dtype=np.bool_)
    held[row - top, column - left] = True
    # Sides between what is held and what is not: [line of the grid, step along it].
    across, down = held[1:] != held[:-1], (held[:, 1:] != held[:, :-1]).T
    # Four sides meet where two cells touch by a corner: the outline turns there.
    corner = np.zeros((len(held) + 1, held.shape[1] + 1), dtype=np.bool_)
    corner[1:-1, 1:-1] = across[:, :-1] & across[:, 1:] & down.T[:-1] & down.T[1:]
    line, first, last = _runs(across, corner[1:-1])
    upright, upper, lower = _runs(down, corner.T[1:-1])
    right = np.concatenate([np.stack([first, last], 1), np.stack([upright, upright], 1) + 1])
    below = np.concatenate([np.stack([line, line], 1) + 1, np.stack([upper, lower], 1)])
    x, y = grid.west + (left + right) * grid.cell_x, grid.north - (top + below) * grid.cell_y
    faces = shapely.get_parts(shapely.polygonize(shapely.linestrings(np.stack([x, y], axis=2))))
    at = shapely.get_coordinates(shapely.point_on_surface(faces))
    # What lies in a hole is a face too.
    return shapely.multipolygons(faces[np.isin(grid.cells_at(at[:, 0], at[:, 1]), cell)])


def _runs(side: Bools, corner: Bools) -> tuple[Rows, Rows, Rows]:
    """Join sides that follow one another on a line.

    Args:
        side: [line, step].
        corner: [line, node], node n before step n: a run ends here and another begins.

    Returns:
        line, first, last: Of each run its line and its two nodes.
    """
    line, step = np.nonzero(side)
    goes_on = np.zeros(len(line), dtype=np.bool_)
    goes_on[1:] = (line[1:] == line[:-1]) & (step[1:] == step[:-1] + 1)
    goes_on &= ~corner[line, step]
    first = np.flatnonzero(~goes_on)
    last = np.append(first[1:], len(line)) - 1
    return line[first], step[first], step[last] + 1
