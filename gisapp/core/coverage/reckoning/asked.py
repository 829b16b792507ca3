"""Everything that a round's coverage is reckoned from, put together."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

from gisapp.core.coverage.counting.children import Children
from gisapp.core.coverage.criteria import CoverageCriteria, LevelAges
from gisapp.core.coverage.land.fabric import Fabric
from gisapp.core.coverage.reaching.nearest import NearestOf
from gisapp.core.coverage.reckoning.plots import Plots, plots_of
from gisapp.core.coverage.schools import CoverageSchools
from gisapp.core.coverage.spreading.spread import Spread
from gisapp.core.coverage.zoning.zones import Zones


@dataclass(frozen=True)
class CoverageInputs:
    """What coverage is reckoned from.

    Attributes:
        fabric, zones, children, spread, schools, criteria: As the steps before left them.
        nearest: How far each place of `spread` is from a school; see `straight_lines`.
        subdistricts: `subdistrict_code`, `subdistrict_th`, `district_code`, `district_th`.
        villages: `village_code`, `village_th`, `x_m`, `y_m` (NaN without a point).
        office_code: Code that the office's row bears.
        metric_crs: What all metres are measured in.
    """

    fabric: Fabric
    zones: Zones
    children: Children
    spread: Spread
    schools: CoverageSchools
    criteria: CoverageCriteria
    nearest: NearestOf
    subdistricts: pd.DataFrame
    villages: pd.DataFrame
    office_code: str
    metric_crs: str

    @property
    def levels(self) -> tuple[LevelAges, ...]:
        """Levels that have zones, in the order of schooling."""
        zoned = set(self.zones.parts["education_level"])
        return tuple(level for level in self.criteria.levels if level.education_level in zoned)

    @cached_property
    def plots(self) -> Plots:
        """What children are added up by."""
        return plots_of(self.spread, len(self.children.code))

    @property
    def unplaced(self) -> NDArray[np.float64]:
        """Children [age, sex] of whom only the office is known: no area, or one on no face."""
        nowhere = self.children.counts[self.spread.nowhere].sum(axis=0)
        return np.asarray(self.children.unplaced + nowhere, dtype=np.float64)

    def places_by(self, row: NDArray[np.int64], rows: int) -> csr_array:
        """Return the share of each area [row, area] that lives in the places of a row.

        A place without anybody is left out: an unknown number of children there is no child.

        Args:
            row: Row of each place; -1 leaves it out.
            rows: How many rows there are.
        """
        spread = self.spread
        kept = (row >= 0) & (spread.weight > 0)
        at = (row[kept], spread.area[kept])
        return coo_array((spread.weight[kept], at), shape=(rows, len(self.children.code))).tocsr()

    def of_level(self, level: LevelAges) -> NDArray[np.float64]:
        """Return the children of each area in a level's official ages [area, sex]."""
        ages = self.children.counts[:, level.first_age : level.last_age + 1]
        return np.asarray(ages.sum(axis=1), dtype=np.float64)
