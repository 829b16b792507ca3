"""Pupils and children of every year that is known, as arrays: what the outlook looks back on."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gisapp.core.coverage.counting.children import AGES
from gisapp.core.grades import ORDER, PRIMARY, SCOPES
from gisapp.core.rounds import Round

Figures = NDArray[np.float64]


@dataclass(frozen=True)
class RoundHistory:
    """What one published round says of pupils and of children.

    Attributes:
        data_round: The round.
        grades: The office's own schools: `smis_code`, `grade` (code, such as ``p1``),
            `students`; NaN is unknown. A grade that a listed school does not list has nobody.
        zone_children: Layer `zone_children` (`smis_code`, null without a zone; `education_level`,
            `age`, `persons`); None where nobody was counted.
        grades_as_of: Day of the pupils. Pupils of another day than the round's own cut-off were
            taken over from an older round, and the round is left out. None: of the cut-off.
    """

    data_round: Round
    grades: pd.DataFrame
    zone_children: pd.DataFrame | None
    grades_as_of: datetime.date | None = None


@dataclass(frozen=True)
class KnownYears:
    """Pupils and zone children of consecutive academic years; a year without a round is NaN.

    Attributes:
        code: School of each row, sorted.
        first_be: Academic year of the first column.
        pupils: [school, grade in the order of `grades.GRADES`, year]; NaN unknown, or no school.
        children: [school, single age 0..AGES-1, year]: children of its zone of primary school.
    """

    code: NDArray[np.object_]
    first_be: int
    pupils: Figures
    children: Figures

    @property
    def years(self) -> int:
        """How many years there are."""
        return int(self.pupils.shape[2])

    def until(self, years: int) -> "KnownYears":
        """Return the first so many years: all that was known at the end of them."""
        return replace(self, pupils=self.pupils[:, :, :years], children=self.children[:, :, :years])

    def teaches(self, education_level: str) -> NDArray[np.bool_]:
        """Return [school, year]: whether the school has pupils in any grade of a level."""
        grades = [ORDER[grade] for grade in SCOPES[education_level]]
        return np.asarray(np.nansum(self.pupils[:, grades, :], axis=1) > 0)


def known_years(
    history: Sequence[RoundHistory], data_round: Round
) -> tuple[KnownYears, KnownYears]:
    """Lay out what was known when a round was published: by school, and the office as one row.

    Pupils are those of the first round of each year, children those of the newest round of the
    year that counted them. Nothing of a later round is looked at. The office's row also holds
    the children without a zone; one unknown figure makes its sum unknown.
    """
    rounds = sorted(
        (known for known in history if known.data_round <= data_round),
        key=lambda known: known.data_round,
    )
    pupils = {
        known.data_round.academic_year_be: known.grades
        for known in rounds
        if known.data_round.number == 1
        and known.grades_as_of in (None, known.data_round.cut_off)
        and len(known.grades)
    }
    children = {
        known.data_round.academic_year_be: of_primary
        for known in rounds
        if (of_primary := zone_children_of(known.zone_children, PRIMARY)) is not None
    }
    last = data_round.academic_year_be
    first = min([last, *pupils, *children])
    codes = {str(code) for grades in pupils.values() for code in grades["smis_code"].unique()}
    code = np.array(sorted(codes), dtype=object)
    of_pupils = np.full((len(code), len(ORDER), last - first + 1), np.nan)
    of_children = np.full((len(code), AGES, last - first + 1), np.nan)
    office_pupils = np.full((1, len(ORDER), last - first + 1), np.nan)
    office_children = np.full((1, AGES, last - first + 1), np.nan)
    for year, grades in pupils.items():
        table = pupils_by_grade(grades, code)
        of_pupils[:, :, year - first] = table
        listed = pd.Index(code).isin(grades["smis_code"])
        office_pupils[0, :, year - first] = table[listed].sum(axis=0)
    for year, counted in children.items():
        of_children[:, :, year - first] = children_by_age(counted, code)
        office_children[0, :, year - first] = children_of_all(counted)
    office = np.array([None], dtype=object)
    return (
        KnownYears(code, first, of_pupils, of_children),
        KnownYears(office, first, office_pupils, office_children),
    )


def pupils_by_grade(grades: pd.DataFrame, code: NDArray[np.object_]) -> Figures:
    """Return [school, grade]; NaN where a number is unknown or the school is not listed."""
    row = pd.Index(code).get_indexer(pd.Index(grades["smis_code"].astype(object)))
    names = pd.Index(list(ORDER), dtype=object)
    column = names.get_indexer(pd.Index(grades["grade"].astype(object)))
    students = grades["students"].to_numpy(dtype=np.float64, na_value=np.nan)
    table = np.full((len(code), len(ORDER)), np.nan)
    table[row[row >= 0]] = 0.0
    kept = (row >= 0) & (column >= 0)
    np.add.at(table, (row[kept], column[kept]), students[kept])
    return table


def zone_children_of(children: pd.DataFrame | None, education_level: str) -> pd.DataFrame | None:
    """Return the zone children of a level; None where none of them is known."""
    if children is None:
        return None
    of_level = children[children["education_level"].eq(education_level)]
    return of_level if of_level["persons"].notna().any() else None


def children_by_age(children: pd.DataFrame, code: NDArray[np.object_]) -> Figures:
    """Return [school, age] of zone children of one level; NaN where unknown or without a zone."""
    row = pd.Index(code).get_indexer(pd.Index(children["smis_code"].astype(object)))
    age = children["age"].to_numpy(dtype=np.int64)
    kept = (row >= 0) & (age >= 0) & (age < AGES)
    table = np.full((len(code), AGES), np.nan)
    table[row[kept], age[kept]] = 0.0
    persons = children["persons"].to_numpy(dtype=np.float64, na_value=np.nan)
    np.add.at(table, (row[kept], age[kept]), persons[kept])
    return table


def children_of_all(children: pd.DataFrame) -> Figures:
    """Return [age] of all zones and of those without one; NaN where any of them is unknown."""
    age = children["age"].to_numpy(dtype=np.int64)
    persons = children["persons"].to_numpy(dtype=np.float64, na_value=np.nan)
    kept = (age >= 0) & (age < AGES)
    total = np.bincount(age[kept], weights=persons[kept], minlength=AGES)
    stated = np.bincount(age[kept], minlength=AGES) > 0
    return np.where(stated, total, np.nan)
