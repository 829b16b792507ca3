"""Expected pupils of the first grade of secondary: today's cohorts times how cohorts move on."""

import numpy as np

from gisapp.core.cohorts import NEXT_GRADE
from gisapp.core.coverage.expecting.credibility import Figures, pulled_ratios
from gisapp.core.coverage.expecting.intake import Entry, Expected
from gisapp.core.coverage.expecting.known_years import KnownYears
from gisapp.core.grades import GRADE, GRADES, ORDER, PRE_PRIMARY
from gisapp.core.limits import Limits


def expected_cohorts(known: KnownYears, entry: Entry, limits: Limits) -> Expected:
    """Return the expected pupils of a grade that the school's own cohorts move up to.

    The cohort that arrives k years on sits k grades below now. Its ratio is the product of the k
    steps between, each pupils of a grade by pupils of the grade below a year before, pulled to
    the office's. Where the grade also takes pupils from other schools its step is above 1 and
    kept. Beyond the lowest grade of primary there is no cohort yet: NaN.
    """
    schools = len(known.code)
    cohort = np.full((schools, entry.years), np.nan)
    ratio = np.full((schools, entry.years), np.nan)
    product, draws = np.ones(schools), np.zeros(schools, dtype=np.bool_)
    place = ORDER[entry.grade]
    for ahead in range(min(entry.years, place)):
        below = GRADES[place - ahead - 1]
        if below.education_level == PRE_PRIMARY:
            break
        step = step_ratios(known, GRADES[place - ahead].code, below.code, limits)
        product = product * step
        draws = draws if ahead else step > 1
        cohort[:, ahead] = known.pupils[:, ORDER[below.code], -1]
        ratio[:, ahead] = product
    return Expected(cohort, ratio, draws)


def step_ratios(known: KnownYears, grade: str, below: str, limits: Limits) -> Figures:
    """Return [school] pupils of a grade by pupils of the grade below a year before.

    Only pairs of neighbouring years count, in which the school teaches the grade's level in the
    later one. A cohort that jumps (`cohorts.jumping_cohorts`: a merger, a doubtful sheet) says
    nothing about other years and is left out.
    """
    taught = known.teaches(GRADE[grade].education_level)[:, 1:]
    before = known.pupils[:, ORDER[below], :-1]
    after = np.where(taught, known.pupils[:, ORDER[grade], 1:], np.nan)
    if NEXT_GRADE.get(below) == grade:
        change = np.abs(after - before)
        jumps = (change > limits.cohort_pupils) & (change > limits.cohort_change * before)
        after = np.where(jumps, np.nan, after)
    return pulled_ratios(after, before).school
