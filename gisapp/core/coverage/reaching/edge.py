"""Children who live nearer to the office's border than to any school that is known."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from gisapp.core.coverage.land.fabric import Fabric
from gisapp.core.datum import Metres

#: Points are set on the border at most so far apart, metres. They tell quickly of nearly every
#: place on which side of a distance it lies; the others are measured.
_STEP_M = 100.0

_MM = 0.001


@dataclass(frozen=True)
class Border:
    """The office's border, also around an enclave that is no part of it, and places near it.

    Attributes:
        line: The border, metres; empty without land.
        x_m, y_m: The places.
        at_most_m: No place is farther from the border than this; inf without one.
    """

    line: shapely.Geometry
    x_m: Metres
    y_m: Metres
    at_most_m: Metres

    @property
    def at_least_m(self) -> Metres:
        """No place is nearer to the border than this."""
        return np.maximum(self.at_most_m - _STEP_M / 2, 0.0)

    def nearer_than(self, km: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Mark the places whose distance to the border, rounded to 1 mm, is below a limit.

        Args:
            km: Limit of each place, kilometres; inf is farther than any border.
        """
        limit_m = km * 1000
        near = self.at_most_m < limit_m - _MM
        unsure = np.flatnonzero(~near & (self.at_least_m < limit_m + _MM))
        points = shapely.points(self.x_m[unsure], self.y_m[unsure])
        near[unsure] = np.rint(shapely.distance(self.line, points) * 1000) / 1e6 < km[unsure]
        return near


def border_of(fabric: Fabric, x_m: Metres, y_m: Metres) -> Border:
    """Find the border of the office and how far the places are from it.

    Args:
        fabric: The office's land.
        x_m, y_m: Places, metres of the office's CRS.
    """
    line = shapely.boundary(shapely.coverage_union_all(fabric.faces))
    points = shapely.get_coordinates(shapely.segmentize(line, _STEP_M))
    if not len(points):
        return Border(line, x_m, y_m, np.full(len(x_m), np.inf))
    # Large leaves: points on a line are told apart poorly by halving the land, a third is saved.
    away_m, _ = cKDTree(points, leafsize=64).query(np.column_stack([x_m, y_m]))
    shapely.prepare(line)
    return Border(line, x_m, y_m, np.asarray(away_m, dtype=np.float64))
