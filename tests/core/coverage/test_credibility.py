import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from gisapp.core.coverage.expecting.credibility import pulled_ratios

LAWFUL = settings(max_examples=100, deadline=None, derandomize=True)
NAN = float("nan")


def ratios(numerators, denominators):
    return pulled_ratios(np.array(numerators, dtype=float), np.array(denominators, dtype=float))


def test_two_schools_over_two_years_on_paper():
    # Own ratios 1 and 0.5, the office's 0.75. From year to year: (0.4 + 0.4 + 0.1 + 0.1) / 2 = 0.5;
    # between schools: (2.5 - 0.5) / 20 = 0.1; weight 20 / (20 + 0.5 / 0.1) = 0.8.
    found = ratios([[12, 8], [6, 4]], [[10, 10], [10, 10]])
    assert found.office == 0.75
    assert found.weight.tolist() == pytest.approx([0.8, 0.8])
    assert found.school.tolist() == pytest.approx([0.95, 0.55])


def test_with_one_year_the_chance_is_that_of_counted_events():
    # Variance of chance 1, between schools (5 - 1) / 10 = 0.4; weight 10 / (10 + 1 / 0.4) = 0.8.
    found = ratios([[15], [5]], [[10], [10]])
    assert found.school.tolist() == pytest.approx([1.4, 0.6])


def test_schools_that_differ_no_more_than_by_chance_take_the_offices_ratio():
    found = ratios([[12, 8], [8, 12]], [[10, 10], [10, 10]])
    assert found.school.tolist() == [1, 1]


def test_steady_schools_keep_their_own_ratios():
    found = ratios([[12, 24], [5, 10]], [[10, 20], [10, 20]])
    assert found.school.tolist() == pytest.approx([1.2, 0.5])


def test_a_school_with_nothing_behind_it_takes_the_offices_ratio():
    found = ratios([[12, 8], [0, 0], [NAN, NAN]], [[10, 10], [0, 0], [5, 5]])
    assert found.school.tolist() == [1, 1, 1]


def test_pupils_without_children_have_no_ratio():
    found = ratios([[12, 8], [7, 3]], [[10, 10], [0, 0]])
    assert found.school[0] > 0
    assert np.isnan(found.school[1])


def test_a_year_counts_only_where_both_figures_are_known():
    found = ratios([[12, NAN, 50]], [[10, 99, NAN]])
    assert found.office == 1.2


@pytest.mark.parametrize("shape", [(0, 0), (0, 3), (2, 0)])
def test_nothing_known_is_no_ratio(shape):
    found = pulled_ratios(np.empty(shape), np.empty(shape))
    assert np.isnan(found.office)
    assert np.isnan(found.school).all()
    assert len(found.school) == shape[0]


FIGURES = arrays(np.float64, (6, 4), elements=st.integers(0, 60).map(float) | st.just(NAN))


@LAWFUL
@given(FIGURES, FIGURES)
def test_a_pulled_ratio_lies_between_the_schools_own_and_the_offices(tops, below):
    found = pulled_ratios(tops, below)
    known = ~(np.isnan(tops) | np.isnan(below))
    weights = np.where(known, below, 0).sum(axis=1)
    behind = weights > 0
    own = np.where(known, tops, 0).sum(axis=1)[behind] / weights[behind]
    low, high = np.minimum(own, found.office), np.maximum(own, found.office)
    pulled = found.school[behind]
    assert (pulled >= low - 1e-9).all()
    assert (pulled <= high + 1e-9).all()
    assert ((found.weight >= 0) & (found.weight <= 1)).all()
