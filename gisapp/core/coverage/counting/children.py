"""Registered children by area and single age, on the day that the round counts."""

import calendar
import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gisapp.core.coverage.counting.age_bands import FEMALE, MALE, PERSONS
from gisapp.core.coverage.counting.age_structure import Estimates, estimate_children
from gisapp.core.coverage.counting.children_doubts import children_doubts
from gisapp.core.coverage.counting.population_choice import (
    LARGER,
    OWN_AREA,
    SUBDISTRICT,
    VILLAGE,
    Choice,
    Counted,
    OfficeAreas,
    choose_own_areas,
    choose_sources,
)
from gisapp.core.coverage.counting.registers import (
    AGES,
    Registers,
    nearest_days,
    population_rows,
    read_registers,
    years_to,
)
from gisapp.core.coverage.criteria import CoverageLimits
from gisapp.core.problems import Problem
from gisapp.core.rounds import BE_OFFSET, Round

__all__ = [
    "AGES",
    "FEMALE",
    "MALE",
    "METHODS",
    "OWN_AREA",
    "PERSONS",
    "SUBDISTRICT",
    "UNKNOWN",
    "VILLAGE",
    "Children",
    "count_children",
    "counting_day",
]

REGISTERED, AGED, BY_STRUCTURE = "registered", "aged", "total_by_structure"
BY_RASTER_ALONE, UNKNOWN = "raster_estimate", "unknown"

#: Words of `Children.method`, joined by "+"; what belongs to a word stands behind colons:
#: ``registered`` counted singly or in bands, ``sprague`` and ``monotone`` bands split so,
#: ``aged:1.5`` aged by so many years, ``total_by_structure:2021:2017`` the whole population of
#: one year × the age structure of another (CE), ``raster_estimate:2017`` a raster's people × such
#: a structure, see `raster_children`, and ``unknown``.
METHODS = (REGISTERED, "sprague", "monotone", AGED, BY_STRUCTURE, BY_RASTER_ALONE, UNKNOWN)


@dataclass(frozen=True)
class Children:
    """How many children each area has, as registered; no child stands in two areas.

    Attributes:
        code: Code of each area: a village, a subdistrict, or an area of the layer
            `population_areas`. Sorted. A subdistrict may stand beside its villages, where the
            one counts ages that the others do not: those ages are 0 here and counted there.
        kind: VILLAGE, SUBDISTRICT or OWN_AREA of each.
        counts: float64 [area, age 0..AGES-1, sex: MALE, FEMALE, PERSONS]; NaN unknown. PERSONS is
            stated or the sum of both sexes.
        unplaced: float64 [age, sex]: children who are registered with the office in no area.
        method: How each area's children were counted: words of `METHODS` joined by "+".
        years_aged: Years between each area's register and the day that counts, signed; 0 without.
        sources: Names of the files used, sorted.
    """

    code: NDArray[np.object_]
    kind: NDArray[np.object_]
    counts: NDArray[np.float64]
    unplaced: NDArray[np.float64]
    method: NDArray[np.object_]
    years_aged: NDArray[np.float64]
    sources: tuple[str, ...]


def counting_day(data_round: Round, limits: CoverageLimits) -> datetime.date:
    """Return the day on which the round's children are counted, 31 December of the year before.

    A day that the month does not have is its last.

    Source: domain notes B10: population at 31 December, pupils at 10 June.
    """
    year = data_round.academic_year_be - BE_OFFSET - int(limits.cut_off_years_before)
    month = int(limits.cut_off_month)
    last = calendar.monthrange(year, month)[1]
    return datetime.date(year, month, min(int(limits.cut_off_day), last))


def count_children(
    population: pd.DataFrame,
    subdistrict_of_village: Mapping[str, str],
    subdistrict_codes: Sequence[str],
    population_area_codes: Sequence[str],
    day: datetime.date,
    limits: CoverageLimits,
) -> tuple[Children, list[Problem]]:
    """Count the office's children by area and age, from the best that is known of each area.

    Areas of the layer `population_areas` count alone where the population names any of them. Else
    see `choose_sources`. Each area's register is the one nearest to the day, aged to it; one that
    lies too far is not used. A row about a district, the province or the country is only used as
    an age structure.

    Args:
        population: The published layer `population`; may have no rows.
        subdistrict_of_village: Code of every village that the office knows -> its subdistrict.
        subdistrict_codes: The office's subdistricts.
        population_area_codes: Areas of the layer `population_areas`; may be empty.
        day: The day that counts, see `counting_day`.
        limits: How far a register may lie from it.

    Returns:
        children: Every subdistrict is there, itself or by its villages, NaN where unknown.
        problems: What is estimated, aged, missing or not used.
    """
    office = OfficeAreas.of(subdistrict_of_village, subdistrict_codes, population_area_codes)
    rows = population_rows(population)
    rows["kind"] = office.kinds(rows)
    rows["years"] = years_to(rows, day)
    near = rows[rows["years"].abs() <= limits.most_years_aged]
    aged = near[near["age"].notna()]

    def of(kind: str) -> Registers:
        return read_registers(aged[aged["kind"] == kind], day, limits.most_years_aged)

    own = of(OWN_AREA)
    if len(own):
        choice = choose_own_areas(office, own)
    else:
        totals = near[near["age"].isna() & (near["kind"] == SUBDISTRICT)]
        larger = rows[rows["age"].notna() & (rows["kind"] == LARGER)]
        estimates = estimate_children(totals, larger, day)
        choice = choose_sources(office, of(VILLAGE), of(SUBDISTRICT), estimates)
    unplaced, files = _unplaced(aged, _sources(choice), day, limits)
    children = _laid_together(choice, unplaced, files)
    return children, children_doubts(choice, office, rows, day, limits)


def _laid_together(choice: Choice, unplaced: NDArray[np.float64], files: set[str]) -> Children:
    """The areas of all kinds in the order of their codes."""
    parts = choice.counted
    code = np.concatenate([part.code for part in parts])
    kind = np.repeat(
        np.array([part.kind for part in parts], dtype=object), [len(part.code) for part in parts]
    )
    counts = np.concatenate([part.counts for part in parts])
    words = [_method(part) for part in parts]
    method = np.concatenate([word for word, _ in words])
    years = np.concatenate([aged for _, aged in words])
    order = np.lexsort((kind.astype(str), code.astype(str)))
    return Children(
        code[order],
        kind[order],
        counts[order],
        unplaced,
        method[order],
        years[order],
        tuple(sorted(files)),
    )


def _method(part: Counted) -> tuple[NDArray[np.object_], NDArray[np.float64]]:
    """Words and years of the areas of one kind and source."""
    source, known = part.source, np.flatnonzero(part.row >= 0)
    method = np.full(len(part.code), UNKNOWN, dtype=object)
    years = np.zeros(len(part.code))
    if isinstance(source, Estimates):
        pairs = zip(source.total_year, source.structure_year, strict=True)
        words = [f"{BY_STRUCTURE}:{total}:{structure}" for total, structure in pairs]
    else:
        words = [
            "+".join([REGISTERED, *filter(None, (split, aged_word(apart)))])
            for split, apart in zip(source.split, source.years_aged, strict=True)
        ]
        years[known] = source.years_aged[part.row[known]]
    method[known] = np.array(words, dtype=object)[part.row[known]]
    return method, years


def aged_word(years: float) -> str:
    """Word of `METHODS` for so many years; "" where a register is of the very day."""
    return f"{AGED}:{round(years, 2):g}" if years else ""


def _sources(choice: Choice) -> set[str]:
    """Names of the files that any area's counts come from."""
    files: set[str] = set()
    for part in choice.counted:
        source, rows = part.source, part.row[part.row >= 0]
        if isinstance(source, Estimates):
            files |= {*source.file[rows], *source.structure_file[rows]}
        else:
            files |= {file for row in rows for file in source.files[row]}
    return files


def _unplaced(
    aged: pd.DataFrame, used: set[str], day: datetime.date, limits: CoverageLimits
) -> tuple[NDArray[np.float64], set[str]]:
    """Add up the people without an area in the files that count; in all, where none counts.

    Those of a file that does not count stand in the areas of one that does.
    """
    lost = aged[aged["kind"] == ""]
    lost = lost[lost["source_file"].isin(used)] if used else lost
    # The day is the file's, not each line's: a name may stand in an old year alone.
    lost = nearest_days(lost.assign(area=lost["source_file"]), day)
    people = read_registers(lost.assign(area=lost["area_name"]), day, limits.most_years_aged)
    files = {file for files in people.files for file in files}
    return people.counts.sum(axis=0), used | files
