"""Places next to one another whose children are out of reach of every school."""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from gisapp.core.coverage.counting.children import PERSONS
from gisapp.core.coverage.criteria import AFFILIATIONS, CoverageLimits
from gisapp.core.coverage.reaching.edge import Border
from gisapp.core.coverage.reaching.nearest import Nearest
from gisapp.core.coverage.reaching.pocket_cells import HeldCells, cell_shapes, held_cells
from gisapp.core.coverage.reaching.pocket_villages import (
    VillagesOnCells,
    village_names,
    villages_on_cells,
)
from gisapp.core.coverage.reaching.unlocated import Grounds, doubtful_places, unlocated_of
from gisapp.core.coverage.reckoning.asked import CoverageInputs

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]

#: A pocket with fewer children than this is no pocket: crumbs of children whose village is
#: spread over the whole land would be most of the layer.
LEAST_CHILDREN = 1.0


@dataclass(frozen=True)
class Pockets:
    """Pockets of one level, reach and affiliations, most children first.

    Attributes:
        children: Of each pocket.
        of_cell: Pocket of each cell of `HeldCells`, -1 for none.
        uncovered: Children of each place who are out of reach; 0 for the others.
    """

    children: Floats
    of_cell: Rows
    uncovered: Floats


def uncovered_pockets(inputs: CoverageInputs, grounds: Grounds, border: Border) -> gpd.GeoDataFrame:
    """Find the pockets of every level, reach and affiliations.

    A pocket is a group of cells that touch by a side or corner and hold children out of reach.
    Left out are places whose distance is unknown, because a school without a measurable point may
    stand within reach of them, places with an unknown number of children, and pockets of less
    than one child: what these hold is the office's `uncovered_population`, where that is known,
    less the pockets' children.

    Returns:
        Rows with the dictionary's columns, the most children first, shapes in metres.
    """
    cells = held_cells(inputs.spread)
    draw = cell_shapes(inputs, cells, border)
    villages = villages_on_cells(inputs.villages, cells)
    found = []
    for level in inputs.levels:
        children = inputs.of_level(level)[:, PERSONS][inputs.spread.area] * inputs.spread.weight
        for affiliations in AFFILIATIONS:
            hidden = unlocated_of(inputs.schools, grounds, level.education_level, affiliations)
            nearest = inputs.nearest(level.education_level, affiliations)
            by_kind = {measured.kind: measured for measured in nearest}
            for n, reach in enumerate(inputs.criteria.reaches):
                measured = by_kind[reach.kind]
                out = (measured.cost > reach.value) & (children > 0)
                out &= ~doubtful_places(grounds, hidden, n, out)
                pockets = find_pockets(cells, np.where(out, children, 0.0))
                rows = _rows(inputs, cells, pockets, measured, villages)
                shapes = [draw(held) for held in _members(pockets)]
                found.append(
                    rows.assign(
                        education_level=level.education_level,
                        reach_kind=reach.kind,
                        reach_value=reach.value,
                        affiliations=affiliations,
                        area_km2=shapely.area(shapes) / 1e6,
                        geometry=np.array(shapes, dtype=object),
                    )
                )
    return gpd.GeoDataFrame(
        pd.concat(found, ignore_index=True), geometry="geometry", crs=inputs.metric_crs
    )


def find_pockets(cells: HeldCells, uncovered: Floats) -> Pockets:
    """Group the cells that hold uncovered children; the most children first.

    Of two pockets with as many children the one whose first cell lies farther north comes first.

    Args:
        cells: Cells that hold places.
        uncovered: Children of each place who are out of reach; 0 for the others.
    """
    of_cell = np.bincount(cells.of_place, uncovered, len(cells.number))
    group = cells.groups(of_cell > 0)
    held = group >= 0
    count = int(group.max(initial=-1)) + 1
    children = np.asarray(np.bincount(group[held], of_cell[held], count), dtype=np.float64)
    children = children.round(9)
    order = np.argsort(-children, kind="stable")
    order = order[children[order] >= LEAST_CHILDREN]
    place = np.full(len(children) + 1, -1, dtype=np.int64)
    place[order] = np.arange(len(order))
    return Pockets(children[order], place[group], uncovered)


def rounded_for_all(children: Floats, limits: CoverageLimits) -> Floats:
    """Round children to what everybody may see: to the nearest five, halves up; NaN if few."""
    step = limits.pocket_rounded_to
    return np.where(
        children >= limits.pocket_min_children, np.floor(children / step + 0.5) * step, np.nan
    )


def _rows(
    inputs: CoverageInputs,
    cells: HeldCells,
    pockets: Pockets,
    nearest: Nearest,
    villages: VillagesOnCells,
) -> pd.DataFrame:
    """Return the columns of pockets that hang on where their children live.

    The nearest school and the distance are those of the children's heaviest cell: a mean over a
    wide pocket would be nobody's way to school.
    """
    count = len(pockets.children)
    at = _heaviest_places(cells, pockets, nearest)
    school, cost = nearest.school[at], nearest.cost[at]
    known = inputs.schools.rows
    subdistrict, spans = _subdistricts(inputs, cells, pockets)
    names = inputs.subdistricts.set_index("subdistrict_code")["subdistrict_th"]
    return pd.DataFrame(
        {
            "pocket_no": np.arange(1, count + 1),
            "children": pockets.children,
            "children_rounded": rounded_for_all(pockets.children, inputs.criteria.limits),
            "subdistrict_code": subdistrict.to_numpy(dtype=object),
            "subdistrict_th": subdistrict.map(names).to_numpy(dtype=object),
            "subdistricts": spans,
            "nearest_smis_code": _named(known["smis_code"], school),
            "nearest_school_th": _named(known["school_name_th"], school),
            "nearest_km": np.where(np.isfinite(cost), cost, np.nan),
            "villages": village_names(
                villages, pockets.of_cell, count, inputs.spread.x_m[at], inputs.spread.y_m[at]
            ),
        }
    )


def _heaviest_places(cells: HeldCells, pockets: Pockets, nearest: Nearest) -> Rows:
    """Return the place where most children of each pocket's heaviest cell live.

    Of equals the nearer to a school, then the one that stands first.
    """
    held = np.flatnonzero(pockets.of_cell >= 0)
    weight = np.round(np.bincount(cells.of_place, pockets.uncovered, len(cells.number))[held], 9)
    pocket = pockets.of_cell[held]
    most = np.zeros(len(pockets.children))
    np.maximum.at(most, pocket, weight)
    top = np.flatnonzero(weight == most[pocket])
    heaviest = np.zeros(len(cells.number), dtype=np.bool_)
    heaviest[held[top[np.unique(pocket[top], return_index=True)[1]]]] = True
    place = np.flatnonzero(heaviest[cells.of_place] & (pockets.uncovered > 0))
    at = pockets.of_cell[cells.of_place[place]]
    children = np.round(pockets.uncovered[place], 9)
    order = np.lexsort((nearest.cost[place], -children, at))
    return place[order[np.unique(at[order], return_index=True)[1]]]


def _subdistricts(
    inputs: CoverageInputs, cells: HeldCells, pockets: Pockets
) -> tuple[pd.Series, Rows]:
    """Return where most children of each pocket live, and in how many subdistricts any do.

    Of subdistricts with as many children it is the lower code; land of none is not counted.
    """
    codes, of_face = np.unique(inputs.fabric.subdistrict.astype(str), return_inverse=True)
    pocket = pockets.of_cell[cells.of_place]
    place = np.flatnonzero((pockets.uncovered > 0) & (pocket >= 0))
    both = pocket[place] * len(codes) + of_face[inputs.spread.face[place]]
    people = pd.Series(pockets.uncovered[place]).groupby(both).sum().round(9)
    at, code = np.divmod(people.index.to_numpy(dtype=np.int64), len(codes))
    order = np.lexsort((code, -people.to_numpy(), at))
    most = codes[code[order[np.unique(at[order], return_index=True)[1]]]]
    spans = np.bincount(at[codes[code] != ""], minlength=len(pockets.children))
    return pd.Series(most, dtype=object), spans.astype(np.int64)


def _members(pockets: Pockets) -> list[Rows]:
    """Return the cells of each pocket, ascending."""
    held = np.flatnonzero(pockets.of_cell >= 0)
    order = held[np.argsort(pockets.of_cell[held], kind="stable")]
    ends = np.cumsum(np.bincount(pockets.of_cell[held], minlength=len(pockets.children)))
    return list(np.split(order, ends[:-1])) if len(ends) else []


def _named(values: pd.Series, row: Rows) -> NDArray[np.object_]:
    """Return the values of some rows; None for row -1."""
    found = np.full(len(row), None, dtype=object)
    found[row >= 0] = values.to_numpy(dtype=object)[row[row >= 0]]
    return found
