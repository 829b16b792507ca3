"""How much of each cell lies in each of very many small four-sided zones."""

import numpy as np
from numpy.typing import NDArray

from gisapp.core.grids import Grid
from gisapp.core.zonal.fractions import CellFractions, ring_fractions
from gisapp.core.zonal.rings import Rings


def quad_fractions(corners: NDArray[np.float64], grid: Grid) -> CellFractions:
    """Return what `cell_fractions` does, of four-sided zones given by their corners.

    The cells of another grid are such: half a million of them take a fraction of a second,
    while making polygons of them takes seconds.

    Args:
        corners: [zone, 5, x and y] in the CRS of the grid, the first corner again at the end. A
            zone with a corner that is not finite covers no cell.
        grid: The cells.

    Raises:
        ZoneGeometryError: The sides of a zone cross.
    """
    placed = np.asarray(np.isfinite(corners).all(axis=(1, 2)))
    x = np.where(placed[:, None], (corners[:, :, 0] - grid.west) / grid.cell_x, 0.0)
    y = np.where(placed[:, None], (grid.north - corners[:, :, 1]) / grid.cell_y, 0.0)
    twice = (x[:, :-1] * y[:, 1:] - x[:, 1:] * y[:, :-1]).sum(axis=1)
    window = np.stack(
        [
            np.clip(edge, 0, cells)
            for along, cells in ((y, grid.rows), (x, grid.columns))
            for edge in (np.floor(along.min(axis=1)), np.ceil(along.max(axis=1)))
        ],
        axis=1,
    ).astype(np.int64)
    window[(window[:, 0] >= window[:, 1]) | (window[:, 2] >= window[:, 3])] = 0
    ring = np.arange(len(corners) + 1)
    turn = np.where(twice > 0, -1.0, 1.0)
    begins = ring * x.shape[1]
    return ring_fractions(Rings(x.ravel(), y.ravel(), begins, turn, ring, window), grid)
