"""What is estimated, aged, missing or not used in the children that were counted."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gisapp.core.coverage.counting.age_bands import PERSONS, SPRAGUE
from gisapp.core.coverage.counting.age_structure import Estimates
from gisapp.core.coverage.counting.lacking import runs_of
from gisapp.core.coverage.counting.population_choice import (
    OWN_AREA,
    SOME_VILLAGES,
    SUBDISTRICT,
    VILLAGE,
    Choice,
    Counted,
    OfficeAreas,
)
from gisapp.core.coverage.counting.registers import AGES, Registers
from gisapp.core.coverage.criteria import CoverageLimits
from gisapp.core.dates_th import date_short
from gisapp.core.problems import AREA_KEY, Problem
from gisapp.core.rounds import BE_OFFSET

#: So many codes are named; what follows is counted only.
_NAMED = 8

_HOW = {
    True: ("Sprague (UNESCO-IIEP)", "Sprague multipliers (UNESCO-IIEP)"),
    False: ("เส้นโค้งทางเดียว (PCHIP)", "a monotone curve (PCHIP)"),
}

#: What counts where some villages lack counts -> how it is said.
_INSTEAD = {
    True: ("จึงใช้ยอดของตำบลแทน", "the subdistrict's own counts are used instead"),
    False: ("เด็กของหมู่บ้านที่ขาดจึงไม่ทราบ", "the children of these villages are unknown"),
}


@dataclass(frozen=True)
class _Day:
    """The day that counts, and how far from it registers may lie."""

    day: datetime.date
    most: float

    def facts(self, as_of: str) -> dict[str, object]:
        """Words for a register's day and the day that counts."""
        then = datetime.date.fromisoformat(as_of)
        days = {f"day_{language}": date_short(then, language) for language in ("th", "en")}
        counts = {f"count_{language}": date_short(self.day, language) for language in ("th", "en")}
        return {**days, **counts, "most": f"{self.most:g}"}


def children_doubts(
    choice: Choice,
    office: OfficeAreas,
    rows: pd.DataFrame,
    day: datetime.date,
    limits: CoverageLimits,
) -> list[Problem]:
    """Say what the reader of the children's figures must know.

    What the check of a round finds in the population files themselves is not said again.

    Args:
        choice: What counts where.
        office: The areas.
        rows: Every row of the population, with `kind` and `years`.
        day, limits: The day that counts, and how far registers may lie from it.
    """
    when = _Day(day, limits.most_years_aged)
    found = _unknown(choice, office, rows, when)
    found += _lacking_villages(choice, office)
    found += _missing_ages(choice, office)
    for part in choice.counted:
        if isinstance(part.source, Estimates):
            found += _estimated(part, part.source, rows)
        else:
            found += _of_register(part, part.source, when)
    if any(part.kind == OWN_AREA for part in choice.counted):
        beside = rows.loc[rows["kind"].isin([VILLAGE, SUBDISTRICT]), "area"].nunique()
        if beside:
            found.append(Problem("children_own_areas", facts={"areas": beside}))
    return found


def _unknown(choice: Choice, office: OfficeAreas, rows: pd.DataFrame, when: _Day) -> list[Problem]:
    """Areas without any children's figures, by what might have given them one."""
    codes = [
        part.code[np.isnan(part.counts[:, :, PERSONS]).all(axis=1)]
        for part in choice.counted
        # Villages are named with their subdistrict.
        if part.kind != VILLAGE
    ]
    lost = pd.Index(np.sort(np.concatenate([*codes, np.array([], dtype=object)])))
    if not len(lost):
        return []
    old = _within_office(rows[rows["years"].abs() > when.most], office)
    old = old[old["area"].isin(lost)].assign(apart=old["years"].abs())
    nearest = old.sort_values(["area", "apart", "source_file", "as_of_date"])
    nearest = nearest.drop_duplicates("area")
    problems = []
    for (file, as_of), there in nearest.groupby(["source_file", "as_of_date"], sort=True):
        facts = when.facts(as_of) | _areas(there["area"])
        facts["years"] = f"{round(float(there['apart'].iloc[0]), 2):g}"
        problems.append(Problem("children_too_old", file=file, value=as_of, facts=facts))
    lost = lost.difference(nearest["area"])
    totals = rows[rows["area"].isin(lost) & rows["age"].isna()].drop_duplicates("area")
    for file, there in totals.groupby("source_file", sort=True):
        problems.append(
            Problem("children_no_structure", file=str(file), facts=_areas(there["area"]))
        )
    lost = lost.difference(totals["area"])
    if len(lost):
        problems.append(Problem("children_unknown", value=_named(lost), facts=_areas(lost)))
    return problems


def _within_office(rows: pd.DataFrame, office: OfficeAreas) -> pd.DataFrame:
    """Rows with the subdistrict of each village in place of the village."""
    of_village = rows["kind"] == VILLAGE
    within = {
        village: office.subdistricts[row]
        for village, row in office.rows_of(rows.loc[of_village, "area"].unique()).items()
    }
    return rows.assign(area=rows["area"].where(~of_village, rows["area"].map(within)))


def _lacking_villages(choice: Choice, office: OfficeAreas) -> list[Problem]:
    """Subdistricts in which some villages alone have counts, by what counts instead."""
    problems = []
    alone = np.isin(choice.source, [SOME_VILLAGES]).any(axis=1)
    for instead in (True, False):
        here = np.flatnonzero((choice.lacking > 0) & (alone != instead))
        if len(here):
            codes = office.subdistricts[here]
            facts = _areas(codes) | {"villages": int(choice.lacking[here].sum())}
            facts |= dict(zip(("used_th", "used_en"), _INSTEAD[instead], strict=True))
            value = _named(codes)
            problems.append(Problem("children_villages_missing", value=value, facts=facts))
    return problems


def _missing_ages(choice: Choice, office: OfficeAreas) -> list[Problem]:
    """Ages that are unknown where others are known; who was not yet born is not missing."""
    lists: dict[str, list[str]] = {}
    for codes, known, aged in _known_ages(choice, office):
        born = np.arange(AGES) >= np.ceil(np.maximum(aged, 0))[:, None]
        missing = ~known & born & known.any(axis=1, keepdims=True)
        patterns, which = np.unique(missing, axis=0, return_inverse=True)
        for number, pattern in enumerate(patterns):
            if pattern.any():
                here = codes[which.ravel() == number].tolist()
                lists.setdefault(runs_of(np.flatnonzero(pattern).tolist()), []).extend(here)
    return [
        Problem("children_ages_missing", value=ages, facts=_areas(codes))
        for ages, codes in sorted(lists.items())
    ]


def _known_ages(
    choice: Choice, office: OfficeAreas
) -> Iterable[tuple[NDArray[np.object_], NDArray[np.bool_], NDArray[np.float64]]]:
    """Codes, [area, age] known, and years aged: of subdistricts, or of the office's own areas."""
    aged = np.zeros(len(office.subdistricts))
    for part in choice.counted:
        years = _years(part)
        if part.kind == OWN_AREA:
            yield part.code, np.isfinite(part.counts[:, :, PERSONS]), years
        elif part.kind == VILLAGE:
            np.maximum.at(aged, np.array([*office.rows_of(part.code).values()], dtype=int), years)
        else:
            here = np.searchsorted(office.subdistricts, part.code)
            aged[here] = np.maximum(aged[here], years)
    if len(choice.source):
        yield office.subdistricts, choice.source > 0, aged


def _years(part: Counted) -> NDArray[np.float64]:
    years = np.zeros(len(part.code))
    if isinstance(part.source, Registers):
        known = part.row >= 0
        years[known] = part.source.years_aged[part.row[known]]
    return years


def _estimated(part: Counted, made: Estimates, rows: pd.DataFrame) -> list[Problem]:
    """One problem for each pair of a file of totals and an age structure."""
    used = pd.DataFrame(
        {
            "code": part.code,
            "file": made.file[part.row],
            "total": made.total_year[part.row],
            "other": made.structure_file[part.row],
            "structure": made.structure_year[part.row],
            "area": made.structure_area[part.row],
        }
    )
    problems = []
    for names, there in used.groupby(["file", "total", "other", "structure", "area"], sort=True):
        file, total, other, structure, area = names
        facts = _areas(there["code"]) | {
            "total_th": str(total + BE_OFFSET),
            "total_en": str(total),
            "structure_th": str(structure + BE_OFFSET),
            "structure_en": str(structure),
            "other": other,
            "of": next(filter(None, rows.loc[rows["area"] == area, "area_name"]), area),
        }
        problems.append(Problem("children_by_structure", file=file, value=area, facts=facts))
    return problems


def _of_register(part: Counted, register: Registers, when: _Day) -> list[Problem]:
    """What was done to the registers of areas: aged, split, and bands that overlap."""
    row = part.row[part.row >= 0]
    used = pd.DataFrame(
        {
            "code": part.code[part.row >= 0],
            "file": [register.files[place][0] for place in row],
            "as_of": register.as_of[row],
            "years": register.years_aged[row],
            "split": register.split[row],
            "overlaps": register.overlaps[row],
        }
    )
    problems = []
    aged = used[used["years"].abs() > 0]
    for (file, as_of), there in aged.groupby(["file", "as_of"], sort=True):
        facts = when.facts(as_of) | _areas(there["code"])
        facts["years"] = f"{round(abs(float(there['years'].iloc[0])), 2):g}"
        problems.append(Problem("children_aged", file=file, value=as_of, facts=facts))
    split = used[used["split"] != ""]
    for (file, how), there in split.groupby(["file", "split"], sort=True):
        said = dict(zip(("how_th", "how_en"), _HOW[how == SPRAGUE], strict=True))
        facts = _areas(there["code"]) | said
        problems.append(Problem("children_split", file=file, value=how, facts=facts))
    for file, there in used[used["overlaps"]].groupby("file", sort=True):
        found = Problem("children_bands_overlap", file=str(file), facts=_areas(there["code"]))
        problems.append(replace(found, key=f"{AREA_KEY}{there['code'].min()}"))
    return problems


def _areas(codes: Iterable[str]) -> dict[str, object]:
    """Words for some areas: how many, and which."""
    every = sorted(set(codes))
    return {"areas": len(every), "codes": _named(every)}


def _named(codes: Iterable[str]) -> str:
    every = sorted(set(codes))
    return ", ".join(every[:_NAMED]) + (" …" if len(every) > _NAMED else "")
