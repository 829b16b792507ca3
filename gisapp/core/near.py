"""Schools that stand so near to one another that one of the points is doubted."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from gisapp.core.datum import Metres

#: So many others are named in a message; further ones are counted.
_NAMED = 3


@dataclass(frozen=True)
class Neighbours:
    """Other points near each point.

    Attributes:
        others: One row per point: places of the nearest others, nearest first, -1 where
            there are no more.
        distance_m: To each of them; inf where there is none.
        count: How many others stand within the limit.
    """

    others: NDArray[np.intp]
    distance_m: Metres
    count: NDArray[np.int64]


def find_neighbours(x_m: Metres, y_m: Metres, limit_m: float) -> Neighbours:
    """Find the other points within a limit of each point, the limit included.

    Time grows as n log n even where a whole register stands on one point: equal points are
    searched for once, and who is farther down than the named ones is only counted.

    Args:
        x_m, y_m: Finite metres.
        limit_m: Metres; 1 mm is forgiven, as rounding of degrees gives.
    """
    count = len(x_m)
    others = np.full((count, _NAMED), -1, dtype=np.intp)
    distance_m = np.full((count, _NAMED), np.inf)
    if count < 2:
        return Neighbours(others, distance_m, np.zeros(count, dtype=np.int64))
    xy_m = np.column_stack([x_m, y_m])
    within_m = limit_m + 1e-3
    near = cKDTree(xy_m).query_ball_point(xy_m, within_m, return_length=True) - 1
    places, group = np.unique(xy_m, axis=0, return_inverse=True)
    members = np.argsort(group, kind="stable")
    first = np.searchsorted(group[members], np.arange(len(places) + 1))
    # One more than is named, since the nearest of a point is itself.
    away_m, found = cKDTree(places).query(places, k=_NAMED + 1, distance_upper_bound=within_m)
    for place in np.flatnonzero(near):
        row = 0
        for at, away in zip(found[group[place]], away_m[group[place]], strict=True):
            if not np.isfinite(away):
                break
            for other in members[first[at] : first[at + 1]][: _NAMED + 1]:
                if other != place and row < _NAMED:
                    others[place, row], distance_m[place, row] = other, away
                    row += 1
    return Neighbours(others, distance_m, near)
