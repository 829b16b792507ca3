"""Children of an office without a register, estimated from a raster of people and its ages."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gisapp.core.coverage.counting.age_structure import Estimates, estimate_children
from gisapp.core.coverage.counting.children import (
    BY_RASTER_ALONE,
    OWN_AREA,
    PERSONS,
    SUBDISTRICT,
    Children,
)
from gisapp.core.coverage.counting.people_sums import sum_people
from gisapp.core.coverage.counting.registers import population_rows
from gisapp.core.coverage.criteria import CoverageLimits, LevelAges
from gisapp.core.coverage.land.fabric import Fabric
from gisapp.core.coverage.spreading.people_raster import PeopleRaster, knows_enough
from gisapp.core.coverage.spreading.spread_doubts import named
from gisapp.core.problems import Problem


@dataclass(frozen=True)
class Known:
    """What an office without a register knows of its children.

    Attributes:
        population: The published layer `population`: age structures of larger areas.
        pupils: Pupils by school and grade, see `CoverageSchools.pupils`.
        levels: Official ages.
        day: The day that counts.
    """

    population: pd.DataFrame
    pupils: pd.DataFrame
    levels: Sequence[LevelAges]
    day: datetime.date


def estimate_without_register(
    children: Children,
    raster: PeopleRaster | None,
    fabric: Fabric,
    crs: str,
    known: Known,
    limits: CoverageLimits,
) -> tuple[Children, list[Problem]]:
    """Return children as they are, or estimated where the register knows of none at all.

    Registered children who could not be placed in any area are no reason to estimate: they would
    be counted twice.

    An estimate is the raster's people in each subdistrict, in each population area where the
    office has no subdistricts, × the share of every age in the structure of a larger area.

    Args:
        children: As the register counts them.
        raster: As it was judged; None without one.
        fabric, crs: The office's land.
        known: What the estimate is made with, and compared with.
        limits: From which share on the raster knows an area.

    Returns:
        children: Areas that the raster hardly knows stay unknown.
        problems: That and why they are estimated, or cannot be.
    """
    counted = np.isfinite(children.counts[:, :, PERSONS]).any()
    if raster is None or counted or (children.unplaced > 0).any():
        return children, []
    if raster.per_km2:
        return children, [_refused(raster, "เป็นคนต่อตารางกิโลเมตร", "it holds persons per km²")]
    of_face, kind = fabric.subdistrict, SUBDISTRICT
    if not (of_face != "").any():
        of_face, kind = fabric.population_area, OWN_AREA
    sums = sum_people(raster, fabric, of_face, crs)
    people = np.where(knows_enough(sums.known, limits), sums.people, np.nan)
    rows = population_rows(known.population)
    totals = _totals(sums.code, people, raster, known.day)
    found = estimate_children(totals, rows[rows["age"].notna()], known.day)
    if not (found.structure_year > 0).any():
        return children, [_refused(raster, "ไม่มีโครงสร้างอายุ", "there is no age structure")]
    estimated = _laid_out(children.unplaced, sums.code, kind, found)
    return estimated, _doubts(estimated, sums.code, people, raster, known)


def _refused(raster: PeopleRaster, why_th: str, why_en: str) -> Problem:
    facts = {"why_th": why_th, "why_en": why_en}
    return Problem("children_not_estimated", file=raster.file, facts=facts)


def _totals(
    code: NDArray[np.object_],
    people: NDArray[np.float64],
    raster: PeopleRaster,
    day: datetime.date,
) -> pd.DataFrame:
    """Return the raster's people as rows about whole populations; nobody knows their sexes."""
    rows = pd.DataFrame({"area": code, "male": np.nan, "female": np.nan, "persons": people})
    return rows.assign(as_of_date=day.isoformat(), source_file=raster.file)


def _laid_out(
    unplaced: NDArray[np.float64], code: NDArray[np.object_], kind: str, found: Estimates
) -> Children:
    row = found.rows_of(code)
    counts = found.counts[row]
    known = np.isfinite(counts[:, 0, PERSONS])
    words = [f"{BY_RASTER_ALONE}:{year}" for year in found.structure_year[row]]
    files = {*found.file[row], *found.structure_file[row]} - {""}
    return Children(
        code=code,
        kind=np.full(len(code), kind, dtype=object),
        counts=counts,
        unplaced=unplaced,
        method=np.where(known, np.array(words, dtype=object), "unknown"),
        years_aged=np.zeros(len(code)),
        sources=tuple(sorted(files)),
    )


def _doubts(
    children: Children,
    code: NDArray[np.object_],
    people: NDArray[np.float64],
    raster: PeopleRaster,
    known: Known,
) -> list[Problem]:
    """Set the estimate beside the pupils, and name the areas that stay unknown."""
    pupils = known.pupils.groupby("education_level")["students"].sum()
    taught = [level for level in known.levels if pupils.get(level.education_level, 0) > 0]
    ages = np.unique([age for level in taught for age in level.ages]).astype(np.int64)
    facts = {
        "areas": int(np.isfinite(people).sum()),
        "people": round(float(np.nansum(people))),
        "children": round(float(np.nansum(children.counts[:, ages, PERSONS]))),
        "pupils": round(float(sum(pupils[level.education_level] for level in taught))),
    }
    problems = [Problem("children_estimated", file=raster.file, facts=facts)]
    lacking = code[np.isnan(children.counts[:, :, PERSONS]).all(axis=1)]
    if len(lacking):
        where = {"areas": len(lacking), "names": named(lacking)}
        problems.append(Problem("children_unknown_areas", file=raster.file, facts=where))
    return problems
