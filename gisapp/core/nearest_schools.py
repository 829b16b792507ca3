"""The schools nearest to a school that teach the same levels, in a straight line."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gisapp.core.datum import Metres, to_metres
from gisapp.core.grades import LEVELS
from gisapp.core.profile_rows import School

#: Qualities of a place that may be measured from and to; a stand-in point is neither.
MEASURABLE = ("surveyed", "village")


@dataclass(frozen=True)
class MeasuredSchools:
    """Schools whose place may be measured from, in the order of their codes.

    Attributes:
        codes: Code of each.
        x_m, y_m: Where each stands, metres of the office's CRS, finite.
        levels: What each teaches, one bit per level of `LEVELS`; 0 where nobody says.
        open: Whether pupils can go there: it teaches something and is not merged into another.
    """

    codes: tuple[str, ...]
    x_m: Metres
    y_m: Metres
    levels: NDArray[np.uint8]
    open: NDArray[np.bool_]


@dataclass(frozen=True)
class NearSchool:
    """Another school and how far away it is, metres in a straight line."""

    smis_code: str
    distance_m: float


def measured_schools(schools: Sequence[School], metric_crs: str) -> MeasuredSchools:
    """Keep the schools whose place may be measured from, and measure in the office's CRS."""
    known = sorted(
        (s for s in schools if s.location_quality in MEASURABLE and s.lon is not None),
        key=lambda school: school.smis_code,
    )
    lonlat = np.array([(s.lon, s.lat) for s in known], dtype=np.float64).reshape(-1, 2)
    x_m, y_m = to_metres(lonlat[:, 0], lonlat[:, 1], metric_crs)
    inside = np.isfinite(x_m) & np.isfinite(y_m)
    levels = np.array([_bits(school) for school in known], dtype=np.uint8)
    empty = np.array([bool(s.merged_into) or s.students == 0 for s in known], dtype=bool)
    return MeasuredSchools(
        codes=tuple(s.smis_code for s, kept in zip(known, inside, strict=True) if kept),
        x_m=x_m[inside],
        y_m=y_m[inside],
        levels=levels[inside],
        open=(levels != 0)[inside] & ~empty[inside],
    )


def nearest_schools(
    among: MeasuredSchools, smis_code: str, count: int
) -> tuple[NearSchool, ...] | None:
    """Return the nearest open schools that teach every level which a school teaches.

    A school that teaches nothing is given the nearest of any level. Of two at the same distance,
    rounded to 1 mm, the one of the lower code comes first.

    Args:
        among: Every school that may be measured to.
        smis_code: The school that is asked about; never among its own neighbours.
        count: How many at most.

    Returns:
        Nearest first; None where the school itself has no place that may be measured from.
    """
    if smis_code not in among.codes:
        return None
    own = among.codes.index(smis_code)
    wanted = among.levels[own]
    fits = among.open & ((among.levels & wanted) == wanted)
    fits[own] = False
    rows = np.flatnonzero(fits)
    away_m = np.hypot(among.x_m[rows] - among.x_m[own], among.y_m[rows] - among.y_m[own])
    # A stable sort keeps the order of the codes where distances are equal.
    order = np.argsort(np.round(away_m, 3), kind="stable")[:count]
    return tuple(NearSchool(among.codes[rows[n]], float(away_m[n])) for n in order)


def _bits(school: School) -> int:
    """Write the levels of a school as bits; a level that is none of ours counts for nothing."""
    return sum(1 << place for place, level in enumerate(LEVELS) if level in school.levels)
