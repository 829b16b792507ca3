"""What is known of each area before its children are spread, and how it is spread therefore."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gisapp.core.coverage.criteria import CoverageLimits
from gisapp.core.coverage.spreading.people_raster import knows_enough

#: Ways in which an area's children are spread: `Spread.method`.
BY_RASTER, EVENLY, ON_POINTS, NOWHERE = "raster", "even", "points", ""


@dataclass(frozen=True)
class AreaSums:
    """Sums over each area of `Children`; sizes are in cells of the grid.

    Attributes:
        size: Of all its land; of its water where it has no land. 0: it has no face.
        known: Part of that which the raster knows.
        people: People whom the raster finds on its land.
        wet_people: People whom the raster finds on its water.
    """

    size: NDArray[np.float64]
    known: NDArray[np.float64]
    people: NDArray[np.float64]
    wet_people: NDArray[np.float64]

    def is_known(self, limits: CoverageLimits) -> NDArray[np.bool_]:
        """Whether the raster knows enough of each area to speak about it."""
        share = np.divide(self.known, self.size, out=np.zeros(len(self.size)), where=self.size > 0)
        return (self.size > 0) & knows_enough(share, limits)


def choose_methods(
    sums: AreaSums, has_point: NDArray[np.bool_], limits: CoverageLimits
) -> NDArray[np.object_]:
    """Return how each area is spread: the raster comes first, then a village's own point."""
    return np.select(
        [sums.is_known(limits) & (sums.people > 0), has_point, sums.size > 0],
        [BY_RASTER, ON_POINTS, EVENLY],
        NOWHERE,
    ).astype(object)
