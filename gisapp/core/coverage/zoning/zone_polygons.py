"""Zones as announced on a map, and zones of the nearest school."""

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from gisapp.core.coverage.criteria import CoverageLimits
from gisapp.core.coverage.land.fabric import Fabric
from gisapp.core.coverage.land.face_claims import Settled, settle
from gisapp.core.coverage.land.face_edges import FaceEdges
from gisapp.core.coverage.schools import OWN_SCHOOL, CoverageSchools
from gisapp.core.coverage.zoning.zone_areas import (
    ANNOUNCED_AREA,
    NEAREST_AREA,
    ServedAreas,
    as_claims,
    group_code,
    no_areas,
    of_schools,
)
from gisapp.core.coverage.zoning.zone_sources import EVERY_SCHOOL, NAMED, unlocated
from gisapp.core.grades import level_facts
from gisapp.core.problems import AREA_KEY, Problem


def of_announced(
    fabric: Fabric,
    edges: FaceEdges,
    listed_level: str,
    teaching: pd.Index,
    limits: CoverageLimits,
) -> tuple[ServedAreas, list[Problem]]:
    """Give announced zones to their schools; land of several zones has equal parts.

    Slivers between zones, or that two zones hold, go to the one with the longest common edge.

    Args:
        fabric, edges: Faces and what lies beside what.
        listed_level: Level whose announced zones are used.
        teaching: Codes of the own schools that teach the level.
        limits: `sliver_width_m`.
    """
    rows = fabric.announced_rows
    of_level = rows[rows["education_level"] == listed_level]
    codes = sorted(set(of_level["smis_code"]))
    place = {code: row for row, code in enumerate(codes)}
    holder = {row: place[code] for row, code in of_level["smis_code"].items()}
    pairs = {
        (face, holder[zone])
        for face, zones in enumerate(fabric.announced.get(listed_level, ()))
        for zone in zones
    }
    claims = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)
    settled = settle(fabric.faces, edges, claims, limits.sliver_width_m)
    groups: list[tuple[str, ...]] = [(code,) for code in codes]
    groups += [tuple(codes[row] for row in group) for group in settled.claimants]
    area = settled.owner.copy()
    several = (settled.doubtful > 0) & ~settled.narrow
    area[several] = len(codes) + settled.doubtful[several] - 1
    named = np.array([*map(group_code, groups), ""], dtype=object)
    years = pd.to_numeric(of_level["announced_be"], errors="coerce")
    years = years.groupby(of_level["smis_code"]).max()
    serving = pd.DataFrame({"announced_be": years.reindex(teaching)}, index=teaching)
    areas = ServedAreas(
        np.where(area >= 0, ANNOUNCED_AREA, "").astype(object),
        named[area],
        of_schools(ANNOUNCED_AREA, groups, serving),
    )
    return areas, _drawn_faults(fabric, settled, codes, listed_level)


def _drawn_faults(fabric: Fabric, settled: Settled, codes: list[str], level: str) -> list[Problem]:
    """Zones that overlap, and slivers that were given away."""
    problems = []
    for first, others, wide in settled.overlaps():
        named = [codes[row] or "–" for row in (first, *others)]
        shown = ", ".join(named[1 : NAMED + 1]) + (" …" if len(others) > NAMED else "")
        facts = {"others": shown, **_size(fabric, wide), **level_facts(level)}
        key = f"{named[0]} {level} overlap"
        value = " ".join(named[1:])
        problems.append(Problem("zones_overlap", key=key, value=value, facts=facts))
    if settled.narrow.any():
        number = {"number": int(settled.narrow.sum())}
        more = {**number, **_size(fabric, settled.narrow), **level_facts(level)}
        problems.append(Problem("zone_slivers", key=f"{AREA_KEY} {level}", facts=more))
    return problems


def _size(fabric: Fabric, faces: NDArray[np.bool_]) -> dict[str, str]:
    return {"km2": f"{float(shapely.area(fabric.faces[faces]).sum()) / 1e6:,.4f}"}


def of_nearest(
    fabric: Fabric, level: str, schools: CoverageSchools
) -> tuple[ServedAreas, list[Problem]]:
    """Give land to the nearest school that teaches a level, as far as that can be told.

    Land in a subdistrict with a school of the level without a point that may be measured from, or
    in one that touches it, is nobody's: that school may be the nearest.

    Args:
        fabric: Cut by the schools that teach the level: see `zone_sources.school_sites`.
        level: Education level.
        schools: Every school; those of one point share its land equally.
    """
    rows, nearest = schools.rows, fabric.nearest_school[level]
    doubtful, problems = _doubtful_land(fabric, level, schools)
    told = (nearest >= 0) & ~doubtful
    if not told.any():
        return no_areas(len(fabric)), problems
    teaching = schools.teaching(level, EVERY_SCHOOL)
    measured = teaching[teaching.index.isin(np.flatnonzero(schools.measurable))]
    groups = measured.groupby(["x_m", "y_m"], sort=True)["smis_code"].agg(tuple).tolist()
    group_of = {code: group_code(group) for group in groups for code in group}
    code_of = np.array([group_of.get(code, "") for code in rows["smis_code"]], dtype=object)
    own = schools.teaching(level, (OWN_SCHOOL,))
    serving = pd.DataFrame({"announced_be": np.nan}, index=pd.Index(own["smis_code"]))
    claims = of_schools(NEAREST_AREA, groups, serving) if groups else as_claims({})
    kind = np.where(told, NEAREST_AREA, "").astype(object)
    return ServedAreas(kind, np.where(told, code_of[nearest], ""), claims), problems


def _doubtful_land(
    fabric: Fabric, level: str, schools: CoverageSchools
) -> tuple[NDArray[np.bool_], list[Problem]]:
    """Faces for which a school without a point may be the nearest, and what to say of them."""
    lost = unlocated(schools, level)
    known = set(fabric.subdistrict) - {""}
    doubtful = np.zeros(len(fabric), dtype=np.bool_)
    if not set(lost["subdistrict_code"]) <= known:
        doubtful[:] = True  # it may stand anywhere
    elif len(lost):
        doubtful = np.isin(fabric.subdistrict.astype(str), sorted(_with_around(fabric, lost)))
    if not len(lost):
        return doubtful, []
    codes = lost["smis_code"].tolist()
    shown = ", ".join(codes[:NAMED]) + (" …" if len(codes) > NAMED else "")
    km2 = float(shapely.area(fabric.faces[doubtful]).sum()) / 1e6
    facts = {"number": len(codes), "schools": shown, "km2": f"{km2:,.1f}", **level_facts(level)}
    key = f"{AREA_KEY} {level} nearest"
    return doubtful, [Problem("nearest_unlocated", key=key, value=" ".join(codes), facts=facts)]


def _with_around(fabric: Fabric, lost: pd.DataFrame) -> set[str]:
    """Subdistricts of some schools, and those that touch them, be it in a point."""
    within = np.isin(fabric.subdistrict.astype(str), sorted(set(lost["subdistrict_code"])))
    tree = shapely.STRtree(fabric.faces)
    touching = tree.query(fabric.faces[within], predicate="intersects")[1]
    return set(fabric.subdistrict[touching]) - {""}
