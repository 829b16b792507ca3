"""Every face is given to the schools that serve it, level by level."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gisapp.core.coverage.criteria import CoverageCriteria
from gisapp.core.coverage.land.fabric import Fabric
from gisapp.core.coverage.land.face_edges import face_edges
from gisapp.core.coverage.schools import OWN_SCHOOL, CoverageSchools
from gisapp.core.coverage.zoning.zone_areas import (
    ANNOUNCED_AREA,
    NEAREST_AREA,
    SUBDISTRICT_AREA,
    VILLAGE_AREA,
    ServedAreas,
    no_areas,
    of_villages,
)
from gisapp.core.coverage.zoning.zone_polygons import of_announced, of_nearest
from gisapp.core.coverage.zoning.zone_rules import broken_rules
from gisapp.core.coverage.zoning.zone_sources import (
    Source,
    known_codes,
    known_villages,
    level_sources,
    listed_villages,
)
from gisapp.core.coverage.zoning.zones import (
    DIGITISED,
    LISTED,
    SCHOOL_VORONOI,
    TAMBON_DISSOLVE,
    UNASSIGNED,
    VILLAGE_VORONOI,
    ZONE_METHODS,
    Zones,
)
from gisapp.core.problems import Problem, ProblemList

#: Kind of area -> the way in which zones are made of it.
_METHOD = {
    ANNOUNCED_AREA: DIGITISED,
    VILLAGE_AREA: VILLAGE_VORONOI,
    SUBDISTRICT_AREA: TAMBON_DISSOLVE,
    NEAREST_AREA: SCHOOL_VORONOI,
}

#: A rest of a share below this is rounding, not land of nobody.
_NOTHING = 1e-12

_PART_COLUMNS = (
    "education_level",
    "smis_code",
    "share",
    "zone_method",
    "area_kind",
    "area_code",
    "subdistrict_code",
    "villages",
    "announced_be",
)


def make_zones(
    fabric: Fabric,
    schools: CoverageSchools,
    service_villages: pd.DataFrame,
    villages: pd.DataFrame,
    criteria: CoverageCriteria,
) -> tuple[Zones, list[Problem]]:
    """Give every face to the schools that serve it, level by level, by the best that is known.

    Announced zones come first, then the list of villages; where a level has neither, the nearest
    school. A level without its own goes by another's, as the criteria say. What no own school that
    teaches the level serves is unassigned.

    Args:
        fabric: The office's land; for levels that nearest schools serve cut by
            `zone_sources.school_sites`.
        schools: Every school that may be gone to.
        service_villages, villages: Layers as published; may be empty.
        criteria: Levels, and how wide a sliver is.

    Returns:
        zones: Parts that tile the office.
        problems: What was doubtful, and the four rules: every school of a level has a zone, each
            village is served once, codes are text, a school lies in its own zone.
    """
    problems = ProblemList()
    fabric = problems.keep(known_codes(fabric, schools))
    listed = problems.keep(listed_villages(service_villages, villages))
    known = known_villages(listed, villages)
    edges = face_edges(fabric.faces)
    sources = level_sources(schools, service_villages, fabric.announced_rows, criteria)
    made: list[tuple[str, ServedAreas]] = []
    lists = _own_lists(sources, schools, listed)
    for source in sources:
        level = source.education_level
        own = pd.Index(schools.teaching(level, (OWN_SCHOOL,))["smis_code"])
        areas = no_areas(len(fabric))
        if not source.listed_level and len(own):
            areas = problems.keep(of_nearest(fabric, level, schools))
        if source.has_zones:
            areas, found = of_announced(fabric, edges, source.listed_level, own, criteria.limits)
            # What is wrong with another level's zones is told of that level.
            problems += found if source.listed_level == level else []
        if source.has_list:
            taught = lists[lists["education_level"] == level]
            areas = areas.above(of_villages(fabric, taught, known))
        made.append((level, areas))
    zones = _laid_together(fabric, made, lists[[*LISTED]])
    problems += broken_rules(fabric, zones, sources, schools, listed, known, criteria.limits)
    return zones, problems


def _own_lists(
    sources: Sequence[Source], schools: CoverageSchools, listed: pd.DataFrame
) -> pd.DataFrame:
    """Return the list that each level goes by, of the own schools that teach the level."""
    lists = [listed.iloc[:0]]
    for source in sources:
        own = schools.teaching(source.education_level, (OWN_SCHOOL,))["smis_code"]
        of_level = listed["education_level"] == source.listed_level
        taught = listed[of_level & listed["smis_code"].isin(own)]
        lists.append(taught.assign(education_level=source.education_level))
    return pd.concat(lists, ignore_index=True)


def _laid_together(
    fabric: Fabric, made: Sequence[tuple[str, ServedAreas]], listed: pd.DataFrame
) -> Zones:
    """Lay the levels' parts one below the other."""
    levels = [_of_level(level, areas, fabric) for level, areas in made]
    if not levels:
        nothing = np.empty(0, dtype=np.int64)
        return Zones(pd.DataFrame(columns=[*_PART_COLUMNS]), nothing, nothing, listed)
    starts = np.cumsum([0, *(len(parts) for parts, _ in levels)])
    pairs = [
        pairs.assign(part=pairs["part"] + start)
        for start, (_, pairs) in zip(starts[:-1], levels, strict=True)
    ]
    together = pd.concat(pairs, ignore_index=True)
    parts = pd.concat([parts for parts, _ in levels], ignore_index=True)
    part, face = together["part"].to_numpy(np.int64), together["face"].to_numpy(np.int64)
    within = _one_subdistrict(fabric, part, face, len(parts))
    return Zones(parts.assign(subdistrict_code=within), part, face, listed)


def _of_level(level: str, areas: ServedAreas, fabric: Fabric) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Parts of a level, and pairs (part, face)."""
    area = ["area_kind", "area_code"]
    faces = pd.DataFrame(
        {"face": np.arange(len(fabric)), "area_kind": areas.kind, "area_code": areas.code}
    )
    served = areas.claims[areas.claims["share"] > _NOTHING]
    held = served.merge(faces[area].drop_duplicates(), on=area)
    claimed = faces.merge(held.groupby(area, as_index=False)["share"].sum(), "left", on=area)
    rest = (1 - claimed["share"].fillna(0)).round(12)
    nobodys = claimed.assign(share=rest)[rest > _NOTHING]
    shares = sorted({1.0, *nobodys["share"]}, reverse=True)
    unassigned = pd.DataFrame({"share": shares, "zone_method": UNASSIGNED, "area_code": ""})
    order = {method: place for place, method in enumerate(ZONE_METHODS)}
    held = held.assign(zone_method=held["area_kind"].map(_METHOD))
    held = held.assign(place=held["zone_method"].map(order))
    held = held.sort_values(["smis_code", "place", "area_code"], ignore_index=True)
    pairs = [
        held.assign(part=held.index)[[*area, "part"]].merge(faces, on=area)[["part", "face"]],
        nobodys.assign(part=len(held) + nobodys["share"].map(shares.index))[["part", "face"]],
    ]
    parts = pd.concat([held, unassigned], ignore_index=True).assign(education_level=level)
    parts = parts.reindex(columns=[*_PART_COLUMNS]).astype({"smis_code": object})
    parts["smis_code"] = parts["smis_code"].where(parts["smis_code"].notna(), None)
    parts["area_kind"] = parts["area_kind"].astype(object).where(parts["area_kind"].notna(), None)
    return parts, pd.concat(pairs, ignore_index=True).sort_values(["part", "face"])


def _one_subdistrict(
    fabric: Fabric, part: NDArray[np.int64], face: NDArray[np.int64], parts: int
) -> NDArray[np.object_]:
    """Code of the subdistrict that holds all of a part; "" where several do."""
    pairs = pd.DataFrame({"part": part, "code": fabric.subdistrict[face]})
    codes = pairs.groupby("part")["code"].agg(["min", "max"])
    one = codes["min"].where(codes["min"] == codes["max"], "")
    return np.asarray(one.reindex(range(parts), fill_value=""), dtype=object)
