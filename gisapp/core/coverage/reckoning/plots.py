"""Plots: the children of one area on one face, the smallest group that units share out."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gisapp.core.coverage.spreading.spread import Spread


@dataclass(frozen=True)
class Plots:
    """Every pair of a face and an area whose children live there, in the order of both.

    Land alone does not say who serves a child: where villages share land by their number, each
    village's children still go to the school that lists it.

    Attributes:
        face: Face of each plot.
        area: Row of `Children` of each plot.
        of_place: Plot of each place of the spread.
    """

    face: NDArray[np.int64]
    area: NDArray[np.int64]
    of_place: NDArray[np.int64]

    def __len__(self) -> int:
        """How many plots there are."""
        return len(self.face)


def plots_of(spread: Spread, areas: int) -> Plots:
    """Find the plots of a spread over some number of areas."""
    pairs, of_place = np.unique(spread.face * areas + spread.area, return_inverse=True)
    face, area = np.divmod(pairs, max(areas, 1))
    return Plots(face, area, of_place.ravel().astype(np.int64))
