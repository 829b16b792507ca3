"""Schools that teach a level but whose place is unknown: the distance to them is unknown too.

It is unknown only where it matters: to children whom no school of known place reaches.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

from gisapp.core.coverage.counting.children import PERSONS
from gisapp.core.coverage.criteria import ALL, LevelAges
from gisapp.core.coverage.land.fabric_lines import join_faces
from gisapp.core.coverage.reaching.nearest import Nearest
from gisapp.core.coverage.reckoning.asked import CoverageInputs
from gisapp.core.coverage.reckoning.enrolled import PUPILS_OF
from gisapp.core.coverage.reckoning.units import Units
from gisapp.core.coverage.schools import CoverageSchools

Rows = NDArray[np.int64]

#: Distances are rounded to 1 mm: half of it is still within reach.
_HALF_MM = 0.0005

#: Fewer children in doubt than this are none: they are what sums of fractions leave.
_NOBODY = 1e-9


@dataclass(frozen=True)
class Grounds:
    """Ground on which a school without a measurable point may stand: a subdistrict or district.

    Attributes:
        of_school: Row of `shapes` of each row of `CoverageSchools.rows`; -1 where a school has a
            point, or may stand anywhere.
        near: One matrix [ground, place] per reach of the criteria: whether a school that stands
            somewhere on the ground may be within that reach of the place.
    """

    of_school: Rows
    near: tuple[csr_array, ...]


@dataclass(frozen=True)
class Unlocated:
    """The schools of a level without a measurable point.

    Attributes:
        grounds: Rows of `Grounds` that some of them may stand on, ascending.
        schools: How many of them each of these has.
        anywhere: How many of them may stand in every unit.
    """

    grounds: Rows
    schools: Rows
    anywhere: int


@dataclass(frozen=True)
class Doubts:
    """Children of a level whom a school without a point may reach, and no other school does.

    Attributes:
        unlocated: The schools without a point.
        children: [plot].
        of_ground: [plot, row of `unlocated.grounds`] those within reach of each ground.
    """

    unlocated: Unlocated
    children: NDArray[np.float64]
    of_ground: csr_array


def unlocated_grounds(inputs: CoverageInputs) -> Grounds:
    """Find where schools without a measurable point may stand, and what lies near.

    A school stands in its subdistrict; where that is not known, in its district; else anywhere.
    Neighbour offices' schools without a point are as unknown as those that nobody named.
    """
    fabric, schools, named = inputs.fabric, inputs.schools, inputs.subdistricts
    hidden = ~schools.measurable & schools.rows["whose"].isin(PUPILS_OF[ALL]).to_numpy()
    in_subdistrict = pd.Index(fabric.subdistrict, dtype=object)
    district = named.set_index("subdistrict_code")["district_th"]
    in_district = pd.Index(in_subdistrict.map(district), dtype=object)
    faces: list[Rows] = []
    of_school = np.full(len(hidden), -1, dtype=np.int64)
    for column, of_face in (("subdistrict_code", in_subdistrict), ("district", in_district)):
        told = schools.rows[column].where(hidden & (of_school < 0), "")
        names = sorted(set(told) & set(of_face) - {""})
        found = pd.Index(names, dtype=object).get_indexer(pd.Index(told, dtype=object))
        of_school[found >= 0] = len(faces) + found[found >= 0]
        faces += _faces_by_name(of_face, names)
    ground = np.repeat(np.arange(len(faces)), [len(held) for held in faces])
    held = np.concatenate([*faces, np.empty(0, dtype=np.int64)])
    shapes = join_faces(fabric.faces[held], ground, len(faces))
    return Grounds(of_school, _near_straight(inputs, shapes))


def unlocated_of(
    schools: CoverageSchools, grounds: Grounds, education_level: str, affiliations: str
) -> Unlocated:
    """Count the schools of a level without a measurable point by the ground they may stand on."""
    teaching = schools.teaching(education_level, PUPILS_OF[affiliations]).index.to_numpy()
    hidden = grounds.of_school[teaching[~schools.measurable[teaching]]]
    known, count = np.unique(hidden[hidden >= 0], return_counts=True)
    return Unlocated(known, count.astype(np.int64), int((hidden < 0).sum()))


def doubtful_places(
    grounds: Grounds, unlocated: Unlocated, reach: int, out: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Mark the places that a school without a point may reach, of those that no other school does.

    Args:
        grounds: Of the round.
        unlocated: Of the level.
        reach: Which of the criteria's reaches.
        out: Whether each place is out of the reach of every school whose place is known.
    """
    if unlocated.anywhere:
        return out.copy()
    found = np.zeros(len(out), dtype=np.bool_)
    found[grounds.near[reach][unlocated.grounds].indices] = True
    return found & out


def doubts_of(
    inputs: CoverageInputs,
    level: LevelAges,
    nearest: tuple[Nearest, ...],
    grounds: Grounds,
    unlocated: Unlocated,
) -> tuple[Doubts, ...]:
    """Add up by plot the children in doubt, and those near each ground; one for each reach.

    Args:
        inputs: Everything.
        level: Whose official ages count.
        nearest: How far each place is from a school of known place.
        grounds: Of the round.
        unlocated: Of the level.
    """
    spread, plot, plots = inputs.spread, inputs.plots.of_place, len(inputs.plots)
    children = inputs.of_level(level)[:, PERSONS][spread.area] * spread.weight
    cost = {measured.kind: measured.cost for measured in nearest}
    found = []
    for n, reach in enumerate(inputs.criteria.reaches):
        out = (cost[reach.kind] > reach.value) & (spread.weight > 0)
        doubtful = np.flatnonzero(doubtful_places(grounds, unlocated, n, out))
        near = grounds.near[n][unlocated.grounds].tocoo()
        ground, place = near.row[out[near.col]], near.col[out[near.col]]
        at = (plot[place], ground)
        of_ground = coo_array((children[place], at), shape=(plots, len(unlocated.grounds)))
        on_plot = np.bincount(plot[doubtful], children[doubtful], plots)
        found.append(Doubts(unlocated, on_plot.astype(np.float64), of_ground.tocsr()))
    return tuple(found)


def unlocated_schools(units: Units, doubts: Doubts) -> Rows:
    """Count the schools without a point that may reach a child of a unit whom no other reaches.

    An unknown number of children may be any number.
    """
    found = np.where(_anybody(units.people @ doubts.children), doubts.unlocated.anywhere, 0)
    by_ground = (units.people @ doubts.of_ground).tocoo()
    held = _anybody(by_ground.data)
    schools = doubts.unlocated.schools[by_ground.col[held]]
    found += np.bincount(by_ground.row[held], schools, len(units)).astype(np.int64)
    return np.asarray(found, dtype=np.int64)


def _anybody(children: NDArray[np.float64]) -> NDArray[np.bool_]:
    return ~(children < _NOBODY)


def _near_straight(inputs: CoverageInputs, shapes: NDArray[np.object_]) -> tuple[csr_array, ...]:
    """Find the places within each reach of some land, in a straight line.

    Another kind of reach gives matrices of its own here.
    """
    spread = inputs.spread
    # Areas that share a cell share the point that it is measured from.
    points, of_place = np.unique(
        np.column_stack([spread.x_m, spread.y_m]), axis=0, return_inverse=True
    )
    tree = shapely.STRtree(shapely.points(points))
    at = _marks(of_place.ravel(), np.arange(len(of_place)), (len(points), len(of_place)))
    near = []
    for reach in inputs.criteria.reaches:
        limit_m = np.full(len(shapes), reach.value * 1000 + _HALF_MM)
        ground, point = tree.query(shapes, predicate="dwithin", distance=limit_m)
        near.append(_marks(ground, point, (len(shapes), len(points))) @ at)
    return tuple(near)


def _faces_by_name(of_face: pd.Index, names: list[str]) -> list[Rows]:
    """Return the faces that bear each name, ascending."""
    found = pd.Index(names, dtype=object).get_indexer(of_face)
    order = np.argsort(found, kind="stable")
    starts = np.searchsorted(found[order], np.arange(len(names) + 1))
    return [order[first:last] for first, last in pairwise(starts)]


def _marks(row: Rows, column: Rows, shape: tuple[int, int]) -> csr_array:
    """Return a matrix with ones at some places."""
    return coo_array((np.ones(len(row), dtype=np.bool_), (row, column)), shape=shape).tocsr()
