"""Straight lines to the nearest school."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from gisapp.core.coverage.reaching.nearest import nearest_straight, straight_lines
from gisapp.core.coverage.schools import NEIGHBOUR_SCHOOL, OTHER_SCHOOL
from tests.core.coverage.chequer import KM, school, schools


def measured(x_km, y_km, of_schools, affiliations="own"):
    x_m, y_m = (np.array(values, dtype=float) * KM for values in (x_km, y_km))
    return nearest_straight(x_m, y_m, of_schools, "primary", affiliations)


def test_distances_are_kilometres_rounded_to_the_millimetre():
    found = measured([3.0, 0.0004e-3, 0.0006e-3], [4.0, 0.0, 0.0], schools(school("1", 0, 0)))
    assert found.kind == "straight_km"
    assert found.cost.tolist() == [5.0, 0.0, 1e-6]


def test_of_two_schools_at_the_same_millimetre_the_lower_code_is_nearest():
    both = schools(school("2", 0.0, 0.0), school("1", 2.0000001, 0.0))
    assert measured([1.0], [0.0], both).school.tolist() == [0]
    assert measured([0.999], [0.0], both).school.tolist() == [1]


def test_of_many_schools_around_a_place_the_lowest_code_is_nearest():
    turns = np.linspace(0, 2 * np.pi, 23)[:-1]
    ring = [school(f"{90 - n}", np.cos(turn), np.sin(turn)) for n, turn in enumerate(turns)]
    found = measured([0.0], [0.0], schools(*ring, school("01", 5.0, 5.0)))
    assert found.cost.tolist() == [1.0]
    assert found.school.tolist() == [1]


def test_schools_on_one_point_are_one_place_of_the_lowest_code():
    found = measured([1.0], [0.0], schools(*(school(f"{n}", 0, 0) for n in range(9))))
    assert (found.school.tolist(), found.cost.tolist()) == ([0], [1.0])


def test_without_a_school_nothing_is_within_any_reach():
    for none in (schools(), schools(school("1")), schools(school("1", 0, 0, levels=()))):
        found = measured([1.0, 2.0], [0.0, 0.0], none)
        assert np.isinf(found.cost).all()
        assert found.school.tolist() == [-1, -1]
    assert not len(measured([], [], schools(school("1", 0, 0))).cost)


def test_neighbours_count_always_and_other_affiliations_only_for_all():
    three = schools(
        school("1", 9, 0),
        school("2", 1, 0, whose=OTHER_SCHOOL),
        school("3", 2, 0, whose=NEIGHBOUR_SCHOOL),
    )
    assert measured([0.0], [0.0], three).school.tolist() == [2]
    assert measured([0.0], [0.0], three, "all").school.tolist() == [1]


def test_levels_that_the_same_schools_teach_are_measured_once():
    both = schools(
        school("1", 0, 0, levels=("primary", "pre_primary")),
        school("2", 1, 0, levels=("primary", "pre_primary", "lower_secondary")),
    )
    nearest = straight_lines(np.zeros(1), np.zeros(1), both)
    assert nearest("primary", "own")[0] is nearest("pre_primary", "all")[0]
    assert nearest("lower_secondary", "own")[0].cost.tolist() == [1.0]


#: Places on a coarse net: many schools share points and distances.
_NET = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=1, max_size=30)


@settings(derandomize=True, max_examples=100, deadline=None)
@given(_NET, _NET)
def test_the_nearest_is_the_one_that_trying_every_school_finds(places, stands):
    given_schools = schools(*(school(f"{n:02}", x, y) for n, (x, y) in enumerate(stands)))
    found = measured(*zip(*places, strict=True), given_schools)
    for place, (x, y) in enumerate(places):
        away = [round(np.hypot(x - u, y - v), 6) for u, v in stands]
        assert found.cost[place] == min(away)
        assert found.school[place] == away.index(min(away))
