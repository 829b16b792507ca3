"""Which places lie nearer to the office's border than so far."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from gisapp.core.coverage.reaching.edge import border_of
from tests.core.coverage.chequer import fabric

#: A ring of eight faces around an enclave that is no part of the office.
RING = fabric(["AAA", "A A", "AAA"])
RING = type(RING)(
    *(np.delete(getattr(RING, name), 4) for name in ("faces", "subdistrict", "village")),
    np.delete(RING.population_area, 4),
    {},
    {},
)


def nearer(x_m, y_m, km, land=RING):
    return border_of(land, np.array(x_m), np.array(y_m)).nearer_than(np.array(km)).tolist()


def test_a_place_at_exactly_the_distance_is_not_nearer():
    assert nearer([500.0] * 3, [500.0] * 3, [0.5, 0.500001, 0.499999]) == [False, True, False]


def test_an_enclave_has_a_border_too():
    # 300 m from the enclave, 700 m from the outside.
    assert nearer([1500.0], [700.0], [0.4]) == [True]
    whole = fabric(["AAA"] * 3)
    assert nearer([1500.0], [700.0], [0.4], whole) == [False]


def test_no_school_is_farther_than_any_border():
    assert nearer([500.0], [500.0], [np.inf]) == [True]


@pytest.mark.parametrize("km", [0.0, 5.0, np.inf])
def test_without_land_there_is_no_border(km):
    assert nearer([500.0], [500.0], [km], fabric([])) == [False]


@settings(derandomize=True, max_examples=50, deadline=None)
@given(
    st.integers(1, 2999).map(float),
    st.integers(1, 2999).map(float),
    st.sampled_from([0.0, 0.001, 0.002, 1.0, 40.0, 70.0, -0.001, -0.002, -1.0, -40.0, -70.0]),
)
def test_the_answer_is_the_one_that_measuring_gives(x_m, y_m, more_m):
    line = shapely.boundary(shapely.union_all(RING.faces))
    away_m = round(float(shapely.distance(line, shapely.Point(x_m, y_m))), 3)
    assert nearer([x_m], [y_m], [(away_m + more_m) / 1000]) == [round(more_m, 3) > 0]
