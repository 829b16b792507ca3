"""What zones of a level are made from, and who serves each village of the list."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from gisapp.core.coverage.criteria import CoverageCriteria, LevelAges
from gisapp.core.coverage.land.fabric import Fabric
from gisapp.core.coverage.land.fabric_areas import code_text
from gisapp.core.coverage.schools import (
    NEIGHBOUR_SCHOOL,
    OTHER_SCHOOL,
    OWN_SCHOOL,
    CoverageSchools,
)
from gisapp.core.grades import level_facts
from gisapp.core.problems import VILLAGE_KEY, Problem

#: So many villages or schools are named in one sentence.
NAMED = 10

#: Every school that a child may go to.
EVERY_SCHOOL = (OWN_SCHOOL, OTHER_SCHOOL, NEIGHBOUR_SCHOOL)


@dataclass(frozen=True)
class Source:
    """Where the zones of a level come from.

    Attributes:
        education_level: The level.
        listed_level: Level whose announced zones and villages are used; "" where there are none
            at all, so that the nearest school serves.
        has_zones, has_list: What there is of that level.
    """

    education_level: str
    listed_level: str
    has_zones: bool
    has_list: bool


def level_sources(
    schools: CoverageSchools,
    service_villages: pd.DataFrame,
    announced: pd.DataFrame,
    criteria: CoverageCriteria,
) -> list[Source]:
    """Say for every level where its zones come from.

    A level stands where any school teaches it, be it another's, or a list or announced zone names
    it: its children are the office's even where no own school serves them.

    Args:
        schools: Their levels.
        service_villages, announced: `education_level` is looked at.
        criteria: Levels in the order of schooling, and whose zones each goes by.
    """
    zoned = {str(level) for level in announced["education_level"].dropna()}
    listed = {str(level) for level in service_villages["education_level"].dropna()}
    return [
        _source(level, zoned, listed)
        for level in criteria.levels
        if level.education_level in zoned | listed
        or len(schools.teaching(level.education_level, EVERY_SCHOOL))
    ]


def _source(level: LevelAges, zoned: set[str], listed: set[str]) -> Source:
    for candidate in (level.education_level, level.zones_of):
        if candidate and candidate in zoned | listed:
            return Source(level.education_level, candidate, candidate in zoned, candidate in listed)
    return Source(level.education_level, "", False, False)


def school_sites(
    schools: CoverageSchools,
    service_villages: pd.DataFrame,
    announced: pd.DataFrame,
    criteria: CoverageCriteria,
) -> dict[str, pd.DataFrame]:
    """Return the schools that part the land of the levels without any list or announced zone.

    Returns:
        Level -> `x_m`, `y_m` of every school that teaches it and may be measured from, whoever
        runs it, indexed as `schools.rows`; for `make_fabric`. Without a level that no own school
        teaches: all of its land is nobody's.
    """
    sources = level_sources(schools, service_villages, announced, criteria)
    measured = schools.rows[schools.measurable]
    sites = {}
    for source in sources:
        own = schools.teaching(source.education_level, (OWN_SCHOOL,))
        if not source.listed_level and len(own):
            teaching = schools.teaching(source.education_level, EVERY_SCHOOL).index
            rows = measured.loc[measured.index.isin(teaching), ["x_m", "y_m"]]
            sites[source.education_level] = rows.astype(np.float64)
    return sites


def unlocated(schools: CoverageSchools, education_level: str) -> pd.DataFrame:
    """Return the schools in the office's area that teach a level and have no measurable point."""
    teaching = schools.teaching(education_level, (OWN_SCHOOL, OTHER_SCHOOL))
    return teaching[~teaching.index.isin(np.flatnonzero(schools.measurable))]


def listed_villages(
    service_villages: pd.DataFrame, villages: pd.DataFrame
) -> tuple[pd.DataFrame, list[Problem]]:
    """Return who serves which village, the shares of each village and level making 1.

    A blank share is an equal part of what is left. A village without a code counts only where no
    village of its subdistrict is known otherwise: elsewhere it is one that nobody can tell.

    Args:
        service_villages: Layer as published.
        villages: Layer as published: `village_code`, `subdistrict_code`.

    Returns:
        rows: `education_level`, `village`, `subdistrict_code`, `smis_code`, `share`,
            `announced_be`, one row per level, village and school, sorted.
        problems: Shares that do not add up to 1.
    """
    home = dict(
        zip(_texts(villages["village_code"]), _texts(villages["subdistrict_code"]), strict=True)
    )
    rows = pd.DataFrame(
        {
            "education_level": _texts(service_villages["education_level"]),
            "code": _texts(service_villages["village_code"]),
            "smis_code": _texts(service_villages["smis_code"]),
            "share": pd.to_numeric(service_villages["share"], errors="coerce").astype(float),
            "announced_be": pd.to_numeric(service_villages["announced_be"]).astype(float),
        }
    )
    stated = _texts(service_villages["subdistrict_code"])
    within = [home.get(code) or own for code, own in zip(rows["code"], stated, strict=True)]
    rows["subdistrict_code"] = pd.Series(within, rows.index, dtype=object)
    known = {*home.values(), *rows.loc[rows["code"] != "", "subdistrict_code"]}
    number, name = (_texts(service_villages[column]) for column in ("village_no", "village_name"))
    words = rows["subdistrict_code"] + ":" + number + ":" + name
    rows["village"] = rows["code"].where(rows["code"] != "", words)
    rows = rows[(rows["code"] != "") | ~rows["subdistrict_code"].isin(known)]
    each = ["education_level", "village", "smis_code"]
    values = ["subdistrict_code", "share", "announced_be"]
    rows = rows.groupby(each, as_index=False, sort=True)[values].max()
    return _whole(rows)


def _texts(column: pd.Series) -> pd.Series:
    """Codes or words as text, "" where there is none."""
    return pd.Series([code_text(cell) for cell in column], column.index, dtype=object)


def _whole(rows: pd.DataFrame) -> tuple[pd.DataFrame, list[Problem]]:
    """Fill blank shares and make each village's shares 1."""
    each = ["education_level", "village"]
    share = rows["share"].where(np.isfinite(rows["share"]) & (rows["share"] >= 0))
    group = [rows[column] for column in each]
    written = share.groupby(group).transform("sum")
    blanks = share.isna().groupby(group).transform("sum")
    filled = share.fillna((1 - written).clip(lower=0) / blanks.clip(lower=1))
    total = filled.groupby(group).transform("sum")
    wrong = ~((total - 1).abs() <= 1e-9) | (share.isna() & rows["share"].notna())
    problems = []
    for row in (
        rows[wrong]
        .assign(total=written[wrong], made=total[wrong])
        .drop_duplicates(each)
        .itertuples()
    ):
        level = str(row.education_level)
        facts = {"village": row.village, **level_facts(level)}
        key = f"{VILLAGE_KEY}{row.village} {level}"
        kind = "zone_share_sum" if row.made > 0 else "zone_share_none"
        problems.append(Problem(kind, key=key, value=f"{row.total:g}", facts=facts))
    # Nothing is known of a village whose shares are all 0: it stays unassigned.
    return rows.assign(share=(filled / total).where(total > 0, 0.0)), problems


def known_villages(listed: pd.DataFrame, villages: pd.DataFrame) -> pd.DataFrame:
    """Return every village that is on the map or in a list: `village`, `subdistrict_code`."""
    columns = {"village_code": "village", "subdistrict_code": "subdistrict_code"}
    own = pd.DataFrame({ours: _texts(villages[column]) for column, ours in columns.items()})
    every = pd.concat([own, listed[["village", "subdistrict_code"]]], ignore_index=True)
    return every.drop_duplicates("village", ignore_index=True)


def known_codes(fabric: Fabric, schools: CoverageSchools) -> tuple[Fabric, list[Problem]]:
    """Give announced zones the codes of their schools, where a code lost its leading zeros."""
    rows, known = fabric.announced_rows, schools.rows["smis_code"]
    bare = known.str.lstrip("0")
    once = ~bare.duplicated(keep=False) & (bare != known)
    whole = dict(zip(bare[once], known[once], strict=True))
    lost = sorted(set(rows["smis_code"]) & set(whole) - set(known))
    if not lost:
        return fabric, []
    mended = rows["smis_code"].replace({code: whole[code] for code in lost})
    problems = [
        Problem(
            "code_lost_zeros", key=f"{whole[code]} zone", value=code, facts={"code": whole[code]}
        )
        for code in lost
    ]
    return replace(fabric, announced_rows=rows.assign(smis_code=mended)), problems
