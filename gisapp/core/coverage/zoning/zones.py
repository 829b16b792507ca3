"""Which school serves which face of the office's land, by level."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

#: Ways in which a zone was made, best first.
DIGITISED = "digitised"
VILLAGE_VORONOI = "village_voronoi"
TAMBON_DISSOLVE = "tambon_dissolve"
SCHOOL_VORONOI = "school_voronoi"
UNASSIGNED = "unassigned"
#: Ways in which the list of villages says who serves land.
OF_LIST = (VILLAGE_VORONOI, TAMBON_DISSOLVE)
ZONE_METHODS = (DIGITISED, VILLAGE_VORONOI, TAMBON_DISSOLVE, SCHOOL_VORONOI, UNASSIGNED)

#: Columns of `Zones.listed`.
LISTED = ("education_level", "village", "smis_code", "share")


@dataclass(frozen=True)
class Zones:
    """Parts of zones and the faces that each is made of.

    For every level the shares of all parts that hold a face add up to 1 (within 1e-12): no face is
    left out, none is counted twice.

    Attributes:
        parts: One row per part, index 0..n-1: `education_level`, `smis_code` (None: unassigned),
            `share` (0 to 1), `zone_method`, `area_kind` (village, subdistrict, announced, nearest
            or None), `area_code`, `subdistrict_code` ("" where several), `villages` (how many of
            the school's villages it holds, NaN unknown), `announced_be`. A level has one
            unassigned row per share that nobody serves, at least the one of share 1, perhaps
            without a face: sum them by level.
        part, face: Pairs: face `face[i]` belongs to part `part[i]`.
        listed: Columns `LISTED`: who serves the children of each village wherever its land goes by
            the list. A village's shares make 1, or less where others serve the rest. They say more
            than the parts: villages may share land by their number, each keeps its own children.
    """

    parts: pd.DataFrame
    part: NDArray[np.int64]
    face: NDArray[np.int64]
    listed: pd.DataFrame
