"""Expected pupils of the first grade of primary: the zone's children times its intake ratio."""

from dataclasses import dataclass

import numpy as np

from gisapp.core.coverage.counting.children import AGES
from gisapp.core.coverage.expecting.credibility import Figures, pulled_ratios
from gisapp.core.coverage.expecting.known_years import KnownYears
from gisapp.core.grades import GRADE, ORDER


@dataclass(frozen=True)
class Entry:
    """The grade that is looked ahead to.

    Attributes:
        grade: Its code, such as ``p1``.
        age: Official age of its pupils on the day that counts, completed years.
        years: How many years are looked ahead.
        most_years_aged: A year without its own count of children takes the nearest count's, at
            most so many years away.
    """

    grade: str
    age: int
    years: int
    most_years_aged: int


@dataclass(frozen=True)
class Expected:
    """What is expected of each school in the years after the last that is known.

    Attributes:
        cohort: [school, years ahead - 1] Who will come: children of the zone, or pupils of the
            grade that they are in now; NaN unknown.
        ratio: [school, years ahead - 1] Pupils of the grade per head of the cohort; NaN unknown.
        draws: [school] Whether more pupils come than the cohort had: from other zones or schools.
    """

    cohort: Figures
    ratio: Figures
    draws: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]

    @property
    def pupils(self) -> Figures:
        """[school, years ahead - 1] Expected pupils, none below 0; NaN unknown."""
        return self.cohort * self.ratio


def expected_intake(known: KnownYears, entry: Entry) -> Expected:
    """Return the expected pupils of a grade that children enter by age.

    The intake ratio is pupils of the grade by zone children of entry age, over all known years in
    which the school teaches the level, pulled to the office's (see `pulled_ratios`). The cohort
    that enters k years on is k years below entry age now; one not born yet is NaN.
    """
    taught = known.teaches(GRADE[entry.grade].education_level)
    pupils = np.where(taught, known.pupils[:, ORDER[entry.grade], :], np.nan)
    ratios = pulled_ratios(pupils, children_at_entry(known, entry))
    ages = entry.age - np.arange(1, entry.years + 1)
    born = (ages >= 0) & (ages < AGES)
    cohort = np.full((len(known.code), entry.years), np.nan)
    cohort[:, born] = known.children[:, ages[born], -1]
    ratio = np.repeat(ratios.school[:, None], entry.years, axis=1)
    return Expected(cohort, ratio, ratios.school > 1)


def children_at_entry(known: KnownYears, entry: Entry) -> Figures:
    """Return [school, year] children of entry age.

    A year in which nobody was counted takes the same cohort from the nearest year that counted,
    of two the later: who is 8 there was 6 two years before.
    """
    counted = np.flatnonzero(~np.isnan(known.children).all(axis=(0, 1)))
    at_entry = np.full((len(known.code), known.years), np.nan)
    for year in range(known.years) if len(counted) else ():
        away = counted - year
        nearest = np.lexsort((-away, np.abs(away)))[0]
        age = entry.age + int(away[nearest])
        if abs(away[nearest]) <= entry.most_years_aged and 0 <= age < AGES:
            at_entry[:, year] = known.children[:, age, counted[nearest]]
    return at_entry
