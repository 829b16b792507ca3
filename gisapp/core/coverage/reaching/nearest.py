"""The nearest school that teaches a level, from every place that holds children."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from gisapp.core.coverage.criteria import ALL, OWN, STRAIGHT_KM
from gisapp.core.coverage.schools import NEIGHBOUR_SCHOOL, OTHER_SCHOOL, OWN_SCHOOL, CoverageSchools
from gisapp.core.datum import Metres

#: Whose schools are near enough, by the affiliations that count. A child of the border goes to
#: the neighbour office's school whichever affiliations are asked about.
WITHIN_REACH_OF = {
    OWN: (OWN_SCHOOL, NEIGHBOUR_SCHOOL),
    ALL: (OWN_SCHOOL, OTHER_SCHOOL, NEIGHBOUR_SCHOOL),
}


@dataclass(frozen=True)
class Nearest:
    """How far it is from each place to the nearest of some schools.

    Straight lines give it here; a travel model may give minutes in the same shape.

    Attributes:
        kind: Kind of reach that the cost is compared with: ``straight_km``.
        cost: Of each place in the unit of the reach (km), rounded to 1 mm; inf without a school.
        school: Row of `CoverageSchools.rows`; -1 without one. Of two at the same cost the one of
            the lower code.
    """

    kind: str
    cost: NDArray[np.float64]
    school: NDArray[np.int64]


#: (education level, affiliations) -> how far it is from each place, once per kind of reach, the
#: straight line first: the office's border is compared with that one.
NearestOf = Callable[[str, str], tuple[Nearest, ...]]


def nearest_straight(
    x_m: Metres, y_m: Metres, schools: CoverageSchools, education_level: str, affiliations: str
) -> Nearest:
    """Measure the straight line from each place to the nearest school that teaches a level.

    Time grows as n log m for n places and m schools.

    Args:
        x_m, y_m: Places, metres of the office's CRS, finite.
        schools: Those without a point that may be measured from are never the nearest.
        education_level: Column of `schools.rows`.
        affiliations: `OWN` or `ALL`; see `WITHIN_REACH_OF`.
    """
    return _nearest_of(x_m, y_m, schools, _rows(schools, education_level, affiliations))


def straight_lines(x_m: Metres, y_m: Metres, schools: CoverageSchools) -> NearestOf:
    """Return what measures straight lines from some places, each set of schools only once.

    Levels that the same schools teach, as pre-primary and primary often are, share one answer.
    """
    known: dict[bytes, Nearest] = {}

    def nearest(education_level: str, affiliations: str) -> tuple[Nearest, ...]:
        rows = _rows(schools, education_level, affiliations)
        if rows.tobytes() not in known:
            known[rows.tobytes()] = _nearest_of(x_m, y_m, schools, rows)
        return (known[rows.tobytes()],)

    return nearest


def nearest_points(
    x_m: Metres, y_m: Metres, points: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return whole millimetres from each place to the nearest point, and the row of that point.

    Of points at the same millimetre the first one.

    Args:
        x_m, y_m: Places, metres, finite.
        points: [point, x and y], at least one, metres, finite.
    """
    # Points on one spot are one point, which bears the lowest of their rows.
    spots, first = np.unique(points, axis=0, return_index=True)
    places = np.column_stack([x_m, y_m])
    return _first_of_nearest(cKDTree(spots), places, first.astype(np.int64), k=2)


def _rows(schools: CoverageSchools, education_level: str, affiliations: str) -> NDArray[np.int64]:
    """Rows of the schools that may be reached, in the order of their codes."""
    teaching = schools.teaching(education_level, WITHIN_REACH_OF[affiliations])
    rows = teaching.index.to_numpy()
    return np.asarray(rows[schools.measurable[rows]], dtype=np.int64)


def _nearest_of(
    x_m: Metres, y_m: Metres, schools: CoverageSchools, rows: NDArray[np.int64]
) -> Nearest:
    """Measure to the schools of some rows."""
    if not len(rows) or not len(x_m):
        count = len(x_m)
        return Nearest(STRAIGHT_KM, np.full(count, np.inf), np.full(count, -1, dtype=np.int64))
    stands = schools.rows.loc[rows, ["x_m", "y_m"]].to_numpy(dtype=np.float64)
    away_mm, first = nearest_points(x_m, y_m, stands)
    return Nearest(STRAIGHT_KM, away_mm / 1e6, rows[first])


def _first_of_nearest(
    tree: cKDTree, places: NDArray[np.float64], rows: NDArray[np.int64], k: int
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return whole millimetres to the nearest point, and the lowest row of the equally near.

    The places whose k nearest points are all equally near are asked for again with more points.
    """
    k = min(k, len(rows))
    away_m, found = tree.query(places, k=[*range(1, k + 1)])
    away_mm = np.rint(away_m * 1000)
    equal = away_mm == away_mm[:, :1]
    lowest = np.where(equal, rows[found], rows.max()).min(axis=1)
    more = np.flatnonzero(equal[:, -1]) if k < len(rows) else np.empty(0, dtype=np.int64)
    if len(more):
        lowest[more] = _first_of_nearest(tree, places[more], rows, 4 * k)[1]
    return away_mm[:, 0], lowest
