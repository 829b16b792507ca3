"""How far off the same reckoning was in the past: what the range of an expectation rests on."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gisapp.core.coverage.expecting.credibility import Figures
from gisapp.core.coverage.expecting.intake import Expected
from gisapp.core.coverage.expecting.known_years import KnownYears
from gisapp.core.grades import GRADE, ORDER

#: The range of schools holds what came in 8 of 10 cases that were tried.
LOW, HIGH = 0.1, 0.9

#: A tenth of fewer cases than this is no case at all: (n + 1) / 10 must reach 1.
LEAST_TESTS = 9

#: The largest of fewer errors than this says next to nothing of the next one.
LEAST_YEARS = 3

#: 8 of 10 counts of people who come by chance are no further from the expected number than so
#: many of its roots: the HIGH quantile of the normal distribution.
CHANCE = 1.2816

Reckoning = Callable[[KnownYears], Expected]


@dataclass(frozen=True)
class PastErrors:
    """Actual less expected pupils of a grade, by years ahead.

    Attributes:
        expected, actual: [test, years ahead - 1]; NaN where there was nothing to compare.
    """

    expected: Figures
    actual: Figures

    @property
    def scaled(self) -> Figures:
        """[test, years ahead - 1] actual less expected, by the root of the expected number."""
        return (self.actual - self.expected) / _scale(self.expected)

    @property
    def cases(self) -> NDArray[np.int64]:
        """[years ahead - 1] in how many cases there was something to compare."""
        return np.asarray((~np.isnan(self.scaled)).sum(axis=0), dtype=np.int64)


def past_errors(known: KnownYears, grade: str, years: int, reckon: Reckoning) -> PastErrors:
    """Reckon from every past year with only what was known then, and compare with what came.

    A school is compared where it teaches the level in both years.
    """
    taught = known.teaches(GRADE[grade].education_level)
    came = np.where(taught, known.pupils[:, ORDER[grade], :], np.nan)
    expected, actual = [], []
    for origin in range(known.years - 1):
        then = reckon(known.until(origin + 1)).pupils
        then = np.where(taught[:, origin, None], then, np.nan)
        seen = np.full_like(then, np.nan)
        reach = min(years, known.years - 1 - origin)
        seen[:, :reach] = came[:, origin + 1 : origin + 1 + reach]
        expected.append(then)
        actual.append(seen)
    nothing = np.empty((0, years))
    return PastErrors(np.vstack([nothing, *expected]), np.vstack([nothing, *actual]))


def school_range(errors: PastErrors, expected: Figures) -> tuple[Figures, Figures]:
    """Return low and high of schools' expected pupils, [school, years ahead - 1].

    Errors of all schools are pooled by years ahead, each divided by the root of its expected
    number: the chance in who comes grows so, and a relative error would be far too narrow for
    a school of five and far too wide for one of a hundred. The range holds the middle 8 of 10 of
    them and the expected number itself, ends at 0 below, and is never narrower than that of a
    nearer year. NaN for years ahead with fewer than LEAST_TESTS schools to compare.
    """
    off = errors.scaled
    low, high = np.zeros(off.shape[1]), np.zeros(off.shape[1])
    for ahead in range(off.shape[1]):
        tested = off[~np.isnan(off[:, ahead]), ahead]
        enough = len(tested) >= LEAST_TESTS
        low[ahead], high[ahead] = _quantiles(tested) if enough else (np.nan, np.nan)
    low, high = (
        np.minimum.accumulate(np.minimum(low, 0)),
        np.maximum.accumulate(np.maximum(high, 0)),
    )
    scale = _scale(expected)
    return np.maximum(expected + low * scale, 0.0), expected + high * scale


def office_range(errors: PastErrors, expected: Figures) -> tuple[Figures, Figures]:
    """Return low and high of the office's expected pupils, [1, years ahead - 1].

    The office has one case a year, too few for a share of them. The range is as wide to both
    sides as the largest error so far, of those years ahead or fewer, and never narrower than
    chance alone (CHANCE); errors count by the root of the expected number, as those of schools.
    Of n cases the largest is not passed by a next one of their kind n times in n + 1. NaN for
    years ahead with fewer than LEAST_YEARS cases.
    """
    enough = errors.cases >= LEAST_YEARS
    worst = np.nan_to_num(np.abs(errors.scaled)).max(axis=0, initial=CHANCE)
    worst = np.where(enough, np.maximum.accumulate(worst), np.nan)
    reach = worst * _scale(expected)
    return np.maximum(expected - reach, 0.0), expected + reach


def _quantiles(tested: Figures) -> Figures:
    """LOW and HIGH of some cases, placed so that the next case falls between as often as they say.

    Source: Hyndman and Fan, Sample Quantiles in Statistical Packages (1996), definition 6.
    """
    return np.asarray(np.quantile(tested, (LOW, HIGH), method="weibull"))


def _scale(expected: Figures) -> Figures:
    """Root of the expected number, that of 1 below 1: nobody expected is not nobody possible."""
    return np.asarray(np.sqrt(np.maximum(expected, 1.0)))
