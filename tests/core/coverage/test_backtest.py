from functools import partial

import numpy as np
import pytest

from gisapp.core.coverage.expecting.backtest import (
    PastErrors,
    office_range,
    past_errors,
    school_range,
)
from gisapp.core.coverage.expecting.intake import Entry, expected_intake
from gisapp.core.coverage.expecting.known_years import KnownYears
from gisapp.core.grades import GRADES, ORDER

NAN = float("nan")
ENTRY = Entry("p1", 6, 3, 5)
RECKON = partial(expected_intake, entry=ENTRY)


def column(*values):
    return np.array(values, dtype=float)[:, None]


def chance_world(schools=400, years=8):
    """Schools of every size whose pupils come by chance alone: Poisson of 0.8 of the children."""
    chance = np.random.default_rng(7)
    children = chance.integers(1, 60, (schools, 1, 1)) + np.zeros((schools, 18, years))
    pupils = np.zeros((schools, len(GRADES), years))
    pupils[:, ORDER["p1"], :] = chance.poisson(0.8 * children[:, 0, :])
    pupils[:, ORDER["p2"], :] = 1  # so that every school teaches the level
    return KnownYears(np.arange(schools).astype(str).astype(object), 2561, pupils, children)


def test_a_range_of_eight_in_ten_holds_eight_in_ten_of_small_and_of_large_schools():
    known = chance_world()
    then = known.until(7)
    expected = RECKON(then).pupils
    low, high = school_range(past_errors(then, "p1", 3, RECKON), expected)
    came = known.pupils[:, ORDER["p1"], 7]
    held = (came >= low[:, 0]) & (came <= high[:, 0])
    size = expected[:, 0]
    assert 0.72 < held[size < 15].mean() < 0.9
    assert 0.72 < held[size > 30].mean() < 0.88


def test_every_past_year_is_reckoned_with_what_was_known_then():
    known = chance_world(schools=5, years=4)
    errors = past_errors(known, "p1", 3, RECKON)
    assert errors.expected.shape == (15, 3)
    for origin in range(3):
        of_then = RECKON(known.until(origin + 1)).pupils
        assert np.array_equal(errors.expected[5 * origin : 5 * origin + 5], of_then)
    later = known.pupils.copy()
    later[:, :, -1] = 999
    changed = past_errors(KnownYears(known.code, 2561, later, known.children), "p1", 3, RECKON)
    assert np.array_equal(changed.expected, errors.expected)
    assert not np.array_equal(changed.actual, errors.actual, equal_nan=True)


def test_a_year_ahead_is_compared_with_the_pupils_of_that_year():
    known = chance_world(schools=2, years=3)
    errors = past_errors(known, "p1", 3, RECKON)
    came = known.pupils[:, ORDER["p1"], :]
    first = errors.actual[:2]
    assert np.array_equal(first[:, :2], came[:, 1:])
    assert np.isnan(first[:, 2]).all()
    assert np.array_equal(errors.actual[2:, 0], came[:, 2])
    assert np.isnan(errors.actual[2:, 1:]).all()


def test_a_school_is_compared_only_where_it_teaches_the_level_in_both_years():
    known = chance_world(schools=3, years=2)
    pupils = known.pupils.copy()
    pupils[0, :, 0] = 0
    pupils[1, :, 1] = 0
    errors = past_errors(KnownYears(known.code, 2561, pupils, known.children), "p1", 3, RECKON)
    compared = ~np.isnan(errors.actual - errors.expected)
    assert compared[:, 0].tolist() == [False, False, True]


@pytest.mark.parametrize("years", [0, 1])
def test_without_a_past_nothing_is_compared(years):
    errors = past_errors(chance_world(schools=3, years=4).until(years), "p1", 3, RECKON)
    assert errors.expected.shape == (0, 3)
    low, high = school_range(errors, np.ones((3, 3)))
    assert np.isnan(low).all()
    assert np.isnan(high).all()
    assert np.isnan(office_range(errors, np.ones((1, 3)))[0]).all()


def test_nine_schools_give_a_range_and_eight_do_not():
    # Errors of -4 to 4 tens at 100 expected: the tenth of nine is the first, the last the ninth.
    nine = PastErrors(column(*[100] * 9), column(*range(60, 150, 10)))
    low, high = school_range(nine, np.array([[25.0]]))
    assert (low.item(), high.item()) == pytest.approx((25 - 4 * 5, 25 + 4 * 5))
    eight = PastErrors(nine.expected[1:], nine.actual[1:])
    assert np.isnan(school_range(eight, np.array([[25.0]]))[0]).all()


def test_a_range_ends_at_nobody_and_a_school_of_nobody_has_one():
    errors = PastErrors(column(*[0] * 9), column(*[0] * 7, 1, 2))
    low, high = school_range(errors, np.array([[0.0]]))
    assert (low.item(), high.item()) == (0, 2)


def test_a_further_year_is_never_surer_than_a_nearer_one():
    expected = np.full((9, 2), 100.0)
    actual = np.column_stack([np.arange(60, 150, 10), np.full(9, 100)]).astype(float)
    low, high = school_range(PastErrors(expected, actual), np.array([[100.0, 100.0]]))
    assert low.tolist() == [[60, 60]]
    assert high.tolist() == [[140, 140]]


def test_the_office_is_as_unsure_as_it_was_at_worst():
    # Missed by 1, 3 and 2 roots of the expected number one year ahead; twice two years ahead.
    expected = np.array([[100.0, 100.0], [400.0, 400.0], [100.0, NAN]])
    actual = np.array([[90.0, 101.0], [460.0, 401.0], [120.0, NAN]])
    low, high = office_range(PastErrors(expected, actual), np.array([[25.0, 25.0]]))
    assert (low[0, 0], high[0, 0]) == pytest.approx((25 - 3 * 5, 25 + 3 * 5))
    assert np.isnan([low[0, 1], high[0, 1]]).all()


def test_the_office_is_never_surer_than_chance_nor_of_a_further_year_than_of_a_nearer():
    exact = np.full((3, 2), 424.0)
    low, high = office_range(PastErrors(exact, exact), np.array([[424.0, 424.0]]))
    # 8 of 10 Poisson counts of 424 lie 26 from it or nearer.
    assert (high - 424).tolist() == [pytest.approx([26.39, 26.39], abs=0.01)]
    assert (424 - low).tolist() == [pytest.approx([26.39, 26.39], abs=0.01)]
    missed = np.column_stack([np.full(3, 324.0), np.full(3, 424.0)])
    _low, high = office_range(PastErrors(exact, missed), np.array([[424.0, 424.0]]))
    assert high[0].tolist() == pytest.approx([524, 524])


@pytest.mark.parametrize("cases", [1, 2])
def test_one_or_two_past_years_give_the_office_no_range(cases):
    errors = PastErrors(column(*[100] * cases), column(*[90] * cases))
    assert np.isnan(office_range(errors, np.array([[100.0]]))[0]).all()
    assert errors.cases.tolist() == [cases]


@pytest.mark.parametrize(("drift", "least"), [(0.0, 0.8), (0.03, 0.75), (0.2, 0.73)])
def test_three_past_years_hold_the_next_one_as_often_as_is_said(drift, least):
    # Who comes is chance, and in each year of its own the ratio is off by some percent: of four
    # such errors the last is the largest once in four, so three times in four it is held.
    chance = np.random.default_rng(11)
    size = 400 * (1 + drift * chance.standard_normal((3000, 4)))
    came = chance.poisson(np.maximum(size, 0)).astype(float)
    held = [
        low.item() <= last <= high.item()
        for *past, last in came
        for low, high in [
            office_range(PastErrors(column(*[400] * 3), column(*past)), np.array([[400.0]]))
        ]
    ]
    assert np.mean(held) > least
