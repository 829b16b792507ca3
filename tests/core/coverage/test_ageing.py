"""Children of a register on another day."""

import datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from gisapp.core.coverage.counting.ageing import age_counts, years_between

COUNTS = arrays(np.float64, (2, 24), elements=st.floats(0, 1e6))


def day(text):
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("first", "last", "years"),
    [
        ("2023-12-31", "2024-12-31", 1),
        ("2024-12-31", "2024-12-31", 0),
        ("2025-12-31", "2024-12-31", -1),
        ("2019-12-31", "2024-12-31", 5),
        ("2023-12-31", "2024-06-30", 182 / 366),  # half a leap year
        ("2024-07-02", "2024-12-31", 182 / 365),
        ("2025-06-30", "2024-12-31", -181 / 365),
        ("2024-02-29", "2025-02-28", 1),
        ("2024-02-29", "2028-02-29", 4),
    ],
)
def test_years_are_whole_from_day_to_day_of_the_calendar(first, last, years):
    assert years_between(day(first), day(last)) == pytest.approx(years, abs=1e-12)


@settings(derandomize=True, deadline=None)
@given(st.dates(), st.dates())
def test_later_days_are_more_years(first, last):
    if not 2 < first.year < 9990 or not 2 < last.year < 9990:
        return
    later = last + datetime.timedelta(days=1)
    assert years_between(first, later) > years_between(first, last)
    assert (years_between(first, last) >= 0) == (last >= first)


def test_a_year_later_everybody_is_a_year_older_and_the_newborn_are_unknown():
    aged = age_counts(np.array([[5.0, 7.0, 9.0, 11.0]]), 1, 4)
    np.testing.assert_array_equal(aged, [[np.nan, 5, 7, 9]])


def test_half_a_year_later_half_of_an_age_has_had_its_birthday():
    aged = age_counts(np.array([[4.0, 8.0, 2.0, 0.0]]), 0.5, 4)
    np.testing.assert_array_equal(aged, [[np.nan, 6, 5, 1]])


def test_a_register_from_after_the_day_makes_everybody_younger():
    counts = np.array([[5.0, 7.0, 9.0, 11.0]])
    np.testing.assert_array_equal(age_counts(counts, -1, 3), [[7, 9, 11]])
    np.testing.assert_array_equal(age_counts(counts, -0.5, 3), [[6, 8, 10]])


def test_an_age_that_the_register_lacks_is_unknown_and_not_none():
    counts = np.array([[5.0, np.nan, 9.0, 11.0]])
    np.testing.assert_array_equal(age_counts(counts, 1, 4), [[np.nan, 5, np.nan, 9]])
    np.testing.assert_array_equal(age_counts(counts, -2, 4), [[9, 11, np.nan, np.nan]])


@settings(derandomize=True, deadline=None)
@given(COUNTS)
def test_on_the_very_day_nothing_changes(counts):
    np.testing.assert_array_equal(age_counts(counts, 0, 24), counts)


@settings(derandomize=True, deadline=None)
@given(COUNTS, st.integers(0, 5))
def test_every_cohort_keeps_its_people_over_whole_years(counts, years):
    aged = age_counts(counts, years, 18)
    np.testing.assert_array_equal(aged[:, years:], counts[:, : 18 - years])


@settings(derandomize=True, deadline=None)
@given(COUNTS, st.floats(0, 5))
def test_people_of_neighbouring_cohorts_are_parted_and_none_is_lost(counts, years):
    whole, part = int(years), years % 1
    aged = age_counts(counts, years, 24)
    known = aged[:, whole + 1 : 20]
    inner = counts[:, 1 : 19 - whole].sum(axis=1)
    ends = counts[:, 0] * part + counts[:, 19 - whole] * (1 - part)
    np.testing.assert_allclose(known.sum(axis=1), inner + ends, rtol=1e-9, atol=1e-9)


def test_sexes_age_as_persons_do():
    counts = np.arange(24.0).reshape(1, 8, 3)
    aged = age_counts(counts, 1.25, 6)
    for sex in range(3):
        np.testing.assert_array_equal(aged[:, :, sex], age_counts(counts[:, :, sex], 1.25, 6))
