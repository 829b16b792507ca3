"""Children of a register on another day: everybody grows older, nobody comes or goes."""

import calendar
import datetime
from math import floor

import numpy as np
from numpy.typing import NDArray


def years_between(first: datetime.date, last: datetime.date) -> float:
    """Return the years from one day to another; negative where the second lies before.

    Whole years count from day to day of the calendar, what is left over as a share of the year
    that it lies in: from 31 December to 31 December is exactly one. A birthday on 29 February
    falls on the 28th in common years.
    """
    years = last.year - first.year
    if _years_later(first, years) > last:
        years -= 1
    before, after = _years_later(first, years), _years_later(first, years + 1)
    return years + (last - before).days / (after - before).days


def _years_later(day: datetime.date, years: int) -> datetime.date:
    year = day.year + years
    return day.replace(year=year, day=min(day.day, calendar.monthrange(year, day.month)[1]))


def age_counts(counts: NDArray[np.float64], years: float, ages: int) -> NDArray[np.float64]:
    """Return the people of each single age so many years after they were counted.

    Whole years shift the ages: who is six today was five a year ago. A part of a year mixes two
    neighbouring ages, as if birthdays were spread evenly over the year. Deaths and moves are left
    out. Children who were not yet born are unknown.

    Args:
        counts: [area, age 0.., …]; ages that a register from after the day needs must be there.
        years: From the register's day to the day that counts; may be negative or no whole number.
        ages: How many ages are wanted, from 0.

    Returns:
        float64 [area, age 0..ages-1, …]; NaN unknown or not yet born.
    """
    whole = floor(years)
    part = years - whole
    then = np.arange(ages) - whole
    aged = _at(counts, then) * (1 - part)
    return aged + _at(counts, then - 1) * part if part else aged


def _at(counts: NDArray[np.float64], ages: NDArray[np.int64]) -> NDArray[np.float64]:
    """The counts of some ages; NaN for ages that nobody was counted at."""
    known = (ages >= 0) & (ages < counts.shape[1])
    found = np.full((counts.shape[0], len(ages), *counts.shape[2:]), np.nan)
    found[:, known] = counts[:, ages[known]]
    return found
