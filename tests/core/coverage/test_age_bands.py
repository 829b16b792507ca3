"""Bands of ages -> single ages."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from gisapp.core.coverage.counting.age_bands import MONOTONE, SPRAGUE, single_ages
from gisapp.core.coverage.counting.sprague import sprague_matrix

INF = np.inf
FIVE = [(age, age + 4) for age in range(0, 40, 5)]


def bands(pairs, *areas):
    """Split persons of some areas; their sexes are unknown."""
    first, last = (np.array(ends, dtype=float) for ends in zip(*pairs, strict=True))
    counts = np.full((len(areas), len(pairs), 3), np.nan)
    counts[:, :, 2] = areas
    return single_ages(first, last, counts, 24)


def test_ages_that_are_single_stay_as_they_are():
    made = bands([(0, 0), (1, 1), (3, 3)], [4, 5, 6])
    np.testing.assert_array_equal(made.counts[0, :4, 2], [4, 5, np.nan, 6])
    assert made.split.tolist() == [""]
    assert np.isnan(made.counts[0, :, :2]).all()


@pytest.mark.parametrize("number", [5, 6, 8, 16])
def test_every_band_gives_its_own_ages_all_its_people_and_the_others_none(number):
    matrix = sprague_matrix(number)
    kept = matrix.reshape(number, 5, number).sum(axis=1)
    np.testing.assert_allclose(kept, np.eye(number), atol=1e-12)


def test_people_on_a_straight_line_are_split_along_it():
    # 10, 11, 12, ... people by single age: five of them make 60, 85, 110, ...
    single = 10.0 + np.arange(40)
    made = bands(FIVE, single.reshape(8, 5).sum(axis=1))
    np.testing.assert_allclose(made.counts[0, :, 2], single[:24], rtol=1e-12)
    assert made.split.tolist() == [SPRAGUE]


def test_the_first_age_of_the_first_band_by_hand():
    made = bands(FIVE, [1000, 800, 600, 500, 400, 300, 200, 100])
    expected = 0.3616 * 1000 - 0.2768 * 800 + 0.1488 * 600 - 0.0336 * 500
    assert made.counts[0, 0, 2] == pytest.approx(expected, abs=1e-9)


def test_where_multipliers_make_less_than_nobody_a_monotone_curve_splits():
    wild = [100, 0, 0, 0, 0, 0, 0, 0]
    made = bands(FIVE, wild, [10] * 8)
    assert (sprague_matrix(8) @ wild < 0).any()
    assert made.split.tolist() == [MONOTONE, SPRAGUE]
    assert (made.counts[0, :, 2] >= 0).all()
    assert made.counts[0, :5, 2].sum() == pytest.approx(100, abs=1e-9)
    assert (made.counts[0, 5:, 2] == 0).all()


@pytest.mark.parametrize("beyond", [(40, 59), (40, 99), (40, 120), (45, INF), (41, 44)])
def test_a_band_of_another_width_after_five_year_bands_does_not_change_how_they_are_split(beyond):
    people = [1000, 800, 600, 500, 400, 300, 200, 100]
    alone, beside = bands(FIVE, people), bands([*FIVE, beyond], [*people, 700])
    np.testing.assert_array_equal(beside.counts, alone.counts)
    assert beside.split.tolist() == [SPRAGUE]


def test_wider_bands_among_the_ages_that_are_wanted_are_split_by_the_curve_alone():
    people = [100, 90, 80, 70, 60]
    first, last = np.array([0.0, 5, 10, 15, 20, 25, 35]), np.array([4.0, 9, 14, 19, 24, 34, 49])
    counts = np.repeat(np.array([*people, 100, 30.0])[None, :, None], 3, axis=2)
    made = single_ages(first, last, counts, 50).counts[0, :, 2]
    np.testing.assert_allclose(made[:25], sprague_matrix(5) @ people, rtol=1e-12)
    assert made[25:35].sum() == pytest.approx(100)
    assert made[35:].sum() == pytest.approx(30)


def test_four_bands_of_five_years_are_too_few_for_multipliers():
    made = bands([*FIVE[:4], (20, 39)], [100, 90, 80, 70, 240])
    assert made.split.tolist() == [MONOTONE]
    np.testing.assert_allclose(made.counts[0, :20, 2].reshape(4, 5).sum(axis=1), [100, 90, 80, 70])


def test_the_newborn_and_ages_1_to_4_are_one_band_for_the_multipliers_and_keep_their_counts():
    people = [1000, 800, 600, 500, 400, 300, 200, 100]
    joined = bands(FIVE, people).counts[0, :, 2]
    made = bands([(0, 0), (1, 4), *FIVE[1:]], [260, 740, *people[1:]])
    assert made.split.tolist() == [SPRAGUE]
    assert made.counts[0, 0, 2] == 260
    # Ages 1 to 4 keep the shape that the multipliers give them.
    shape = joined[1:5] / joined[1:5].sum()
    np.testing.assert_allclose(made.counts[0, 1:5, 2], 740 * shape, rtol=1e-12)
    np.testing.assert_allclose(made.counts[0, 5:, 2], joined[5:], rtol=1e-12)


def test_both_sexes_make_the_persons_where_the_newborn_stand_apart():
    people = np.array([[30, 200, 90, 80, 70, 60, 50], [50, 180, 99, 70, 60, 65, 40]], dtype=float).T
    first, last = np.array([0.0, 1, 5, 10, 15, 20, 25]), np.array([0.0, 4, 9, 14, 19, 24, 29])
    counts = np.column_stack([people, people.sum(axis=1)])[None]
    made = single_ages(first, last, counts, 24)
    assert made.split.tolist() == [SPRAGUE]
    np.testing.assert_allclose(made.counts[0, :, :2].sum(axis=1), made.counts[0, :, 2], rtol=1e-12)
    np.testing.assert_allclose(made.counts[0, 1:5].sum(axis=0), [200, 180, 380], rtol=1e-12)


def test_where_multipliers_leave_a_part_of_five_years_less_than_nobody_the_curve_splits():
    # Of 0-4 they give age 0 alone 0.3616 x 10 - 0.2768 x 100 < 0.
    made = bands([(0, 1), (2, 4), *FIVE[1:]], [4, 6, 100, 0, 0, 0, 0, 0, 0])
    assert made.split.tolist() == [MONOTONE]
    assert made.counts[0, :2, 2].sum() == pytest.approx(4)
    assert made.counts[0, 2:5, 2].sum() == pytest.approx(6)
    assert (made.counts[0, :, 2] >= 0).all()


def test_a_single_band_is_parted_evenly():
    made = bands([(6, 11)], [12])
    np.testing.assert_allclose(made.counts[0, 6:12, 2], 2)
    assert np.isnan(made.counts[0, [5, 12], 2]).all()
    assert made.split.tolist() == [MONOTONE]


def test_bands_that_do_not_touch_do_not_shape_one_another():
    apart = bands([(0, 2), (6, 11)], [9, 12])
    np.testing.assert_allclose(apart.counts[0, :3, 2], 3)
    np.testing.assert_allclose(apart.counts[0, 6:12, 2], 2)


def test_an_open_last_band_is_not_split():
    made = bands([(0, 4), (5, 9), (10, INF)], [5, 5, 500])
    assert np.isnan(made.counts[0, 10:, 2]).all()
    assert made.counts[0, :10, 2].sum() == pytest.approx(10)
    assert made.whole[0, 2] == 510


def test_the_whole_population_is_known_only_without_a_gap():
    assert np.isnan(bands([(0, 4), (6, INF)], [5, 5]).whole[0, 2])
    assert np.isnan(bands([(1, INF)], [5]).whole[0, 2])
    assert np.isnan(bands([(0, 17)], [5]).whole[0, 2])
    assert bands([(0, 17), (18, 120)], [5, 7]).whole[0, 2] == 12


def test_a_subtotal_beside_its_ages_counts_once():
    made = bands([(0, 0), (1, 1), (2, 2), (0, 2), (0, INF), (3, INF)], [1, 2, 3, 6, 100, 94])
    np.testing.assert_array_equal(made.counts[0, :3, 2], [1, 2, 3])
    assert made.whole[0, 2] == 100
    assert not made.overlaps[0]


def test_bands_that_cut_one_another_are_told_and_the_narrower_counts():
    made = bands([(0, 4), (3, 12)], [10, 100])
    assert made.overlaps.tolist() == [True]
    np.testing.assert_allclose(made.counts[0, :5, 2], 2)
    assert np.isnan(made.counts[0, 5:, 2]).all()


def test_both_sexes_make_the_persons_at_every_age():
    counts = np.zeros((1, 3, 3))
    counts[0, :, 0], counts[0, :, 1] = [30, 0, 9], [0, 12, 9]
    counts[0, :, 2] = counts[0, :, 0] + counts[0, :, 1]
    first, last = np.array([0.0, 3, 9]), np.array([2.0, 8, 17])
    made = single_ages(first, last, counts, 18)
    np.testing.assert_allclose(made.counts[0, :, :2].sum(axis=1), made.counts[0, :, 2])
    assert made.counts[0, :3, 2].sum() == pytest.approx(30)


def test_an_area_may_have_other_bands_than_the_next():
    made = bands([(0, 0), (0, 4), (1, 1)], [7, np.nan, 8], [np.nan, 10, np.nan])
    np.testing.assert_array_equal(made.counts[0, :2, 2], [7, 8])
    np.testing.assert_allclose(made.counts[1, :5, 2], 2)
    assert made.split.tolist() == ["", MONOTONE]


def test_nothing_at_all_stays_unknown():
    made = bands([(0, 4)], [np.nan])
    assert np.isnan(made.counts).all()
    assert made.split.tolist() == [""]


@settings(derandomize=True, deadline=None)
@given(arrays(np.float64, (3, 8), elements=st.integers(0, 10**7)))
def test_five_year_bands_keep_their_sums_and_nobody_is_less_than_none(people):
    made = bands(FIVE, *people).counts[:, :20, 2]
    assert (made >= 0).all()
    sums = made.reshape(3, 4, 5).sum(axis=2)
    np.testing.assert_allclose(sums, people[:, :4], rtol=1e-9, atol=1e-6)


@settings(derandomize=True, deadline=None)
@given(st.lists(st.integers(1, 7), min_size=1, max_size=6), st.data())
def test_bands_of_any_width_keep_their_sums(widths, data):
    ends = np.cumsum(widths)
    first = ends - widths
    people = data.draw(arrays(np.float64, len(widths), elements=st.integers(0, 10**6)))
    made = single_ages(
        first.astype(float), ends - 1.0, np.stack([people, people, 2 * people], axis=1)[None], 50
    )
    for begin, end, expected in zip(first, ends, people, strict=True):
        found = made.counts[0, begin:end]
        np.testing.assert_allclose(found[:, 0].sum(), expected, rtol=1e-9, atol=1e-9)
        np.testing.assert_allclose(found[:, 2].sum(), 2 * expected, rtol=1e-9, atol=1e-9)
        assert (found >= 0).all()
