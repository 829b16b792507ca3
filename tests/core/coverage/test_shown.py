import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from gisapp.core.coverage.reckoning.shown import shown_number, shown_of, shown_parts

LAWFUL = settings(max_examples=200, deadline=None, derandomize=True)
PEOPLE = st.lists(
    st.floats(0, 500) | st.integers(0, 500).map(float) | st.just(float("nan")), max_size=30
)


def test_the_largest_remainders_are_rounded_up():
    # 10.5 + 3.25 + 2.25 = 16: floors add up to 15, so one is missing.
    assert shown_parts([10.5, 3.25, 2.25]).tolist() == [11, 3, 2]


def test_of_equal_remainders_the_earlier_is_rounded_up():
    assert shown_parts([0.5, 0.5, 1.0]).tolist() == [1, 0, 1]


def test_parts_add_up_to_a_total_that_is_shown_already():
    assert shown_parts([1.4, 1.4, 1.4], total=5).tolist() == [2, 2, 1]


def test_a_total_out_of_reach_gives_the_nearest():
    assert shown_parts([1.4, 1.4], total=9).tolist() == [2, 2]
    assert shown_parts([1.4, 1.4], total=0).tolist() == [1, 1]


def test_the_unknown_stays_unknown_and_counts_for_nothing():
    shown = shown_parts([1.5, np.nan, 1.5])
    assert np.isnan(shown[1])
    assert shown[[0, 2]].tolist() == [2, 1]


def test_nothing_is_nothing():
    assert shown_parts([]).tolist() == []
    assert shown_of([], [], []).tolist() == []


def test_the_last_bits_of_a_sum_do_not_make_a_child():
    assert shown_parts([0.1 + 0.2 - 0.3, 3 - 1e-12]).tolist() == [0, 3]
    assert shown_parts([3 + 1e-12, 3 - 1e-12], total=9).tolist() == [3, 3]


def test_a_half_is_shown_as_the_next_whole_number():
    assert shown_number(2.5) == 3
    assert shown_number(124.49) == 124
    assert np.isnan(shown_number(float("nan")))


def test_part_and_rest_fit_the_whole_that_is_shown():
    # 10.4 children are shown as 10; 10.4 of them covered cannot be shown as 11.
    assert shown_of([10.4, 0.3], [10.4, 0.6], [10, 1]).tolist() == [10, 1]


def test_a_part_of_an_unknown_whole_is_unknown():
    shown = shown_of([1.0, np.nan, 1.0], [np.nan, 2.0, 2.0], [np.nan, 2.0, 2.0])
    assert np.isnan(shown[:2]).all()
    assert shown[2] == 1


@LAWFUL
@given(PEOPLE)
def test_shown_parts_add_up_and_no_part_moves_by_a_whole_child(values):
    shown = shown_parts(values)
    known = ~np.isnan(values)
    assert shown[known].sum() == shown_number(float(np.round(np.sum(np.array(values)[known]), 6)))
    assert (np.abs(shown - values)[known] < 1).all()


@LAWFUL
@given(st.lists(st.tuples(st.floats(0, 500), st.floats(0, 1)), max_size=30))
def test_part_and_rest_are_floor_or_ceiling_and_add_up(rows):
    whole = np.array([people for people, _ in rows])
    part = np.array([people * share for people, share in rows])
    whole_shown = shown_parts(whole)
    shown = shown_of(part, whole, whole_shown)
    rest = whole_shown - shown
    assert (shown >= 0).all()
    assert (rest >= 0).all()
    assert (np.abs(shown - part) < 1).all()
    assert (np.abs(rest - (whole - part)) < 1 + 1e-9).all()
