"""The villages of a pocket: those whose point lies in it, else the nearest one."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gisapp.core.coverage.reaching.nearest import nearest_points
from gisapp.core.coverage.reaching.pocket_cells import HeldCells
from gisapp.core.datum import Metres

Rows = NDArray[np.int64]


@dataclass(frozen=True)
class VillagesOnCells:
    """Villages with a point, in the order of their codes.

    Attributes:
        name: Name of each, or its code where it has none.
        x_m, y_m: Where each stands.
        cell: Row of `HeldCells` that it stands in; -1 where nobody lives there.
    """

    name: NDArray[np.object_]
    x_m: Metres
    y_m: Metres
    cell: Rows


def villages_on_cells(villages: pd.DataFrame, cells: HeldCells) -> VillagesOnCells:
    """Find the cell of each village.

    Args:
        villages: `village_code`, `village_th`, `x_m`, `y_m` (NaN without a point).
        cells: Cells that hold children.
    """
    known = villages[villages["x_m"].notna() & villages["y_m"].notna()].sort_values("village_code")
    x_m, y_m = (known[name].to_numpy(dtype=np.float64) for name in ("x_m", "y_m"))
    name = known["village_th"].where(known["village_th"].fillna("") != "", known["village_code"])
    found = pd.Index(cells.number).get_indexer(cells.grid.cells_at(x_m, y_m))
    return VillagesOnCells(name.to_numpy(dtype=object), x_m, y_m, found.astype(np.int64))


def village_names(
    villages: VillagesOnCells, of_cell: Rows, pockets: int, x_m: Metres, y_m: Metres
) -> NDArray[np.object_]:
    """Name the villages that stand in each pocket, else the one nearest to its children.

    Args:
        villages: All that have a point.
        of_cell: Pocket of each cell of `HeldCells`, -1 for none.
        pockets: How many pockets there are.
        x_m, y_m: Where most of each pocket's children live.

    Returns:
        Names joined by ", "; None where no village has a point.
    """
    found = np.full(pockets, None, dtype=object)
    stands = np.append(of_cell, -1)[villages.cell]
    names = pd.Series(villages.name[stands >= 0]).groupby(stands[stands >= 0]).agg(", ".join)
    found[names.index.to_numpy(dtype=np.int64)] = names.to_numpy(dtype=object)
    lone = np.flatnonzero(pd.isna(found))
    if len(lone) and len(villages.name):
        points = np.column_stack([villages.x_m, villages.y_m])
        found[lone] = villages.name[nearest_points(x_m[lone], y_m[lone], points)[1]]
    return found
