"""Rules of zones: each school has one and lies in it, each village is served once."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import shapely

from gisapp.core.coverage.criteria import CoverageLimits
from gisapp.core.coverage.land.fabric import Fabric
from gisapp.core.coverage.schools import OWN_SCHOOL, CoverageSchools
from gisapp.core.coverage.zoning.zone_areas import with_land, without_land
from gisapp.core.coverage.zoning.zone_sources import EVERY_SCHOOL, NAMED, Source, unlocated
from gisapp.core.coverage.zoning.zones import UNASSIGNED, Zones
from gisapp.core.grades import LEVEL_NAMES, level_facts
from gisapp.core.problems import AREA_KEY, VILLAGE_KEY, Problem


def broken_rules(
    fabric: Fabric,
    zones: Zones,
    sources: Sequence[Source],
    schools: CoverageSchools,
    listed: pd.DataFrame,
    known: pd.DataFrame,
    limits: CoverageLimits,
) -> list[Problem]:
    """Say which schools and villages do not keep the rules.

    Args:
        fabric, zones: As made.
        sources: What the zones of each level were made from.
        schools: Own schools are looked at.
        listed: Who serves which village, of every level.
        known: Every village: `village`, `subdistrict_code`.
        limits: A school up to `sliver_width_m` outside its zone stands on its border.
    """
    served = zones.parts[zones.parts["zone_method"] != UNASSIGNED]
    has_zone = set(zip(served["education_level"], served["smis_code"], strict=True))
    problems = _without_zone(has_zone, sources, schools)
    problems += _outside_own_zone(fabric, zones, sources, schools, limits)
    for source in sources:
        if source.listed_level == source.education_level:
            problems += _not_teaching(fabric, source, schools, listed)
            own = schools.teaching(source.education_level, (OWN_SCHOOL,))
            if source.has_zones and not source.has_list and len(own):
                problems += _not_served(fabric, zones, source.education_level)
    if any(source.has_list for source in sources):
        problems += _without_land(fabric, known)
    return problems + _villages_elsewhere(fabric, listed)


def level_list(levels: Sequence[str]) -> dict[str, str]:
    """Names of one or more levels as facts of a problem."""
    names = [LEVEL_NAMES.get(level, (level, level)) for level in levels]
    return {
        "level_th": _listed([th for th, _ in names], " ", " และ "),
        "level_en": _listed([en for _, en in names], ", ", " and "),
    }


def _listed(words: Sequence[str], between: str, last: str) -> str:
    """Join words as a sentence lists them."""
    return last.join([*([between.join(words[:-1])] if words[1:] else []), *words[-1:]])


def _without_zone(
    has_zone: set[tuple[str, str]], sources: Sequence[Source], schools: CoverageSchools
) -> list[Problem]:
    """Own schools that teach a level but serve no land at it, each once.

    Where schools without a point leave it open whose school is nearest, that alone is told.
    """
    missing: dict[str, list[str]] = {}
    for source in sources:
        level = source.education_level
        if not source.listed_level and len(unlocated(schools, level)):
            continue
        for code in schools.teaching(level, (OWN_SCHOOL,))["smis_code"]:
            if (level, code) not in has_zone:
                missing.setdefault(code, []).append(level)
    return [
        Problem("school_without_zone", key=code, value=" ".join(levels), facts=level_list(levels))
        for code, levels in sorted(missing.items())
    ]


def _outside_own_zone(
    fabric: Fabric,
    zones: Zones,
    sources: Sequence[Source],
    schools: CoverageSchools,
    limits: CoverageLimits,
) -> list[Problem]:
    """Own schools that stand outside their own zone, each once, with the longest distance."""
    own = schools.rows[schools.measurable & (schools.rows["whose"] == OWN_SCHOOL)]
    if not len(own) or not len(fabric):
        return []
    points = np.asarray(shapely.points(own["x_m"].to_numpy(float), own["y_m"].to_numpy(float)))
    near = shapely.STRtree(fabric.faces).query(
        points, predicate="dwithin", distance=limits.sliver_width_m
    )
    point, face = near
    stands = pd.DataFrame({"smis_code": own["smis_code"].to_numpy()[point], "face": face})
    parts = zones.parts[["smis_code", "education_level"]].iloc[zones.part].reset_index(drop=True)
    pairs = parts.assign(face=zones.face)
    pairs = pairs[pairs["smis_code"].isin(set(own["smis_code"]))]
    inside = pairs.merge(stands, on=["smis_code", "face"])
    at_home = set(zip(inside["education_level"], inside["smis_code"], strict=True))
    place = dict(zip(own["smis_code"], points, strict=True))
    outside: dict[str, list[tuple[str, float]]] = {}
    by_zone = pairs.groupby(["education_level", "smis_code"])["face"]
    order = {source.education_level: row for row, source in enumerate(sources)}
    for (level, code), faces in sorted(by_zone, key=lambda zone: order[zone[0][0]]):
        if (level, code) not in at_home:
            away_m = float(shapely.distance(place[code], fabric.faces[faces.to_numpy()]).min())
            outside.setdefault(code, []).append((level, away_m))
    problems = []
    for code, found in sorted(outside.items()):
        levels, km = [level for level, _ in found], max(away for _, away in found) / 1000
        facts = {**level_list(levels), "km": f"{km:.2f}"}
        value = " ".join(levels)
        problems.append(Problem("school_outside_zone", key=code, value=value, facts=facts))
    return problems


def _not_teaching(
    fabric: Fabric, source: Source, schools: CoverageSchools, listed: pd.DataFrame
) -> list[Problem]:
    """Schools with a list or an announced zone of a level that they do not teach."""
    level = source.education_level
    zoned = fabric.announced_rows
    zones = zoned.loc[zoned["education_level"] == level, "smis_code"]
    rows = listed.loc[listed["education_level"] == level, "smis_code"]
    teaching = set(schools.teaching(level, EVERY_SCHOOL)["smis_code"])
    known = set(schools.rows["smis_code"])
    problems = []
    for code in sorted({*zones, *rows} - teaching):
        facts = {
            "villages": int((rows == code).sum()),
            "zones": int((zones == code).sum()),
            **level_facts(level),
        }
        kind = "zone_of_no_level" if code in known else "zone_of_unknown_school"
        problems.append(Problem(kind, key=f"{code} {level}", value=code, facts=facts))
    return problems


def _not_served(fabric: Fabric, zones: Zones, level: str) -> list[Problem]:
    """Villages whose land, all of it, lies in no zone; one problem per subdistrict.

    Where zones come from a list, the villages that are missing there are told when it is read.
    """
    parts = zones.parts
    served = (parts["education_level"] == level) & (parts["zone_method"] != UNASSIGNED)
    faces = np.unique(zones.face[served.to_numpy(bool)[zones.part]])
    land = pd.DataFrame({"village": fabric.village, "subdistrict": fabric.subdistrict})
    land["served"] = np.isin(np.arange(len(fabric)), faces)
    villages = (
        land[land["village"] != ""]
        .groupby("village")
        .agg(subdistrict=("subdistrict", "first"), served=("served", "any"))
    )
    problems = []
    for code, rows in villages.groupby("subdistrict", sort=True):
        lost = list(rows.index[~rows["served"]])
        if lost:
            facts = {**_named(lost, len(rows)), "subdistrict": code, **level_facts(level)}
            key = f"{AREA_KEY}{code} {level}"
            value = " ".join(lost)
            problems.append(Problem("villages_not_served", key=key, value=value, facts=facts))
    return problems


def _without_land(fabric: Fabric, known: pd.DataFrame) -> list[Problem]:
    """Subdistricts that are shared by number, with the villages that have no land."""
    shared = known[known["subdistrict_code"].isin(without_land(fabric, known))]
    placed = with_land(fabric)
    problems = []
    for code, rows in shared.groupby("subdistrict_code", sort=True):
        lost = sorted(set(rows["village"]) - placed)
        facts = {**_named(lost, len(rows)), "subdistrict": code}
        key, value = f"{AREA_KEY}{code} land", " ".join(lost)
        problems.append(Problem("village_without_land", key=key, value=value, facts=facts))
    return problems


def _named(villages: Sequence[str], of: int) -> dict[str, object]:
    """Some villages of a subdistrict, as facts of a problem."""
    shown = ", ".join(villages[:NAMED]) + (" …" if len(villages) > NAMED else "")
    return {"number": len(villages), "of": of, "villages": shown}


def _villages_elsewhere(fabric: Fabric, listed: pd.DataFrame) -> list[Problem]:
    """Villages of the lists that lie in no subdistrict of the office; one problem per level."""
    away = listed[~listed["subdistrict_code"].isin(set(fabric.subdistrict) - {""})]
    problems = []
    for level, rows in away.groupby("education_level", sort=True):
        codes = sorted(set(rows["village"]))
        facts = {**_named(codes, len(codes)), **level_facts(str(level))}
        key = f"{VILLAGE_KEY} {level} elsewhere"
        problems.append(Problem("listed_elsewhere", key=key, value=" ".join(codes), facts=facts))
    return problems
