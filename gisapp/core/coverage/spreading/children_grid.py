"""Children per cell of the office's grid, beside the distance to their nearest school."""

import numpy as np
from numpy.typing import NDArray

from gisapp.core.coverage.spreading.spread import Spread


def children_on_grid(
    spread: Spread, children: NDArray[np.float64], km: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return [band, row, column]: children per cell, and km from it to the nearest school.

    A cell without any place of `spread` is NaN; so are the children of a cell that is shared by
    an area whose children are unknown. A cell with several places has the least distance of
    them, and NaN where no school can be reached at all.

    Args:
        spread: Where the children live.
        children: Of each area of `spread`; NaN unknown.
        km: From each place of `spread`; inf without a school.
    """
    grid = spread.grid
    cells = grid.rows * grid.columns
    held = np.bincount(spread.cell, minlength=cells) > 0
    count = np.bincount(spread.cell, spread.weight * children[spread.area], cells)
    nearest = np.full(cells, np.inf)
    np.minimum.at(nearest, spread.cell, km)
    bands = np.stack([np.where(held, count, np.nan), np.where(np.isinf(nearest), np.nan, nearest)])
    return bands.reshape(2, grid.rows, grid.columns)
