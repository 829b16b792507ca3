import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial import cKDTree

from gisapp.core.datum import to_metres
from gisapp.core.nearest_schools import MeasuredSchools, measured_schools, nearest_schools
from gisapp.core.profile_rows import School

CRS = "EPSG:32647"
BOTH = "pre_primary,primary"


def placed(*rows):
    """Schools on a plane: (code, x, y, bits of levels), all open that teach something."""
    codes, x, y, bits = zip(*rows, strict=True)
    levels = np.array(bits, dtype=np.uint8)
    return MeasuredSchools(
        codes, np.array(x, dtype=float), np.array(y, dtype=float), levels, levels != 0
    )


def school(code, lon=99.0, lat=18.0, levels=BOTH, quality="surveyed", **more):
    return School(code, lon=lon, lat=lat, levels_offered=levels, location_quality=quality, **more)


def found(among, code, count=5):
    return [(near.smis_code, near.distance_m) for near in nearest_schools(among, code, count)]


def test_the_nearest_come_first_and_a_school_is_not_its_own_neighbour():
    among = placed(("1", 0, 0, 3), ("2", 300, 400, 3), ("3", 0, 100, 3))
    assert found(among, "1") == [("3", 100), ("2", 500)]


def test_a_school_that_lacks_a_level_is_passed_over_and_one_with_more_is_not():
    pre, primary, both, all_three = 1, 2, 3, 7
    among = placed(
        ("1", 0, 0, both), ("2", 1, 0, pre), ("3", 2, 0, all_three), ("4", 3, 0, primary)
    )
    assert found(among, "1") == [("3", 2)]
    assert [code for code, _ in found(among, "4")] == ["3", "1"]


def test_a_school_without_pupils_is_given_the_nearest_of_any_level_but_is_nobodys_neighbour():
    among = placed(("1", 0, 0, 0), ("2", 5, 0, 1), ("3", 4, 0, 4), ("4", 1, 0, 0))
    assert found(among, "1") == [("3", 4), ("2", 5)]
    assert found(among, "2") == []


def test_a_school_that_says_what_it_offers_but_has_nobody_is_nobodys_neighbour():
    schools = [school("1"), school("2", lon=99.01, students=0), school("3", lon=99.03)]
    among = measured_schools(schools, "EPSG:32647")
    assert [code for code, _ in found(among, "1")] == ["3"]
    assert [code for code, _ in found(among, "2")] == ["1", "3"]


def test_schools_equally_far_stand_in_the_order_of_their_codes():
    among = placed(("1", 0, 0, 1), ("2", 0, -7, 1), ("3", 7, 0, 1), ("4", -7, 0, 1), ("5", 0, 7, 1))
    assert [code for code, _ in found(among, "1", 3)] == ["2", "3", "4"]


def test_schools_on_one_point_are_zero_metres_apart():
    assert found(placed(("1", 0, 0, 1), ("2", 0, 0, 1)), "1") == [("2", 0)]


def test_a_school_alone_has_no_neighbour_and_that_is_not_the_same_as_no_place():
    among = measured_schools([school("1"), school("2", quality="subdistrict")], CRS)
    assert nearest_schools(among, "1", 5) == ()
    assert nearest_schools(among, "2", 5) is None
    assert nearest_schools(among, "no such", 5) is None


def test_no_school_at_all_is_nothing_to_measure():
    assert nearest_schools(measured_schools([], CRS), "1", 5) is None


@pytest.mark.parametrize(
    "other",
    [
        school("2", quality="subdistrict"),
        school("2", quality="missing", lon=None, lat=None),
        school("2", quality=None),
        school("2", merged_into="1"),
        school("2", levels=None),
        school("2", levels="kindergarten of another country"),
    ],
)
def test_neither_a_stand_in_point_nor_a_closed_school_is_anybodys_neighbour(other):
    assert nearest_schools(measured_schools([school("1"), other], CRS), "1", 5) == ()


def test_a_village_point_may_be_measured_to():
    among = measured_schools([school("1"), school("2", lat=18.01, quality="village")], CRS)
    ((code, distance_m),) = found(among, "1")
    assert code == "2"
    # A hundredth of a degree of latitude at 18° N: 1,106.7 m on the ellipsoid, less 0.04 % of UTM.
    assert distance_m == pytest.approx(1106.7 * 0.9996, abs=0.5)


def test_the_same_as_a_tree_finds():
    random = np.random.default_rng(3)
    rows = [
        school(f"{n:05}", lon=99 + random.random(), lat=18 + random.random()) for n in range(500)
    ]
    among = measured_schools(rows, CRS)
    x, y = to_metres(np.array([r.lon for r in rows]), np.array([r.lat for r in rows]), CRS)
    away, at = cKDTree(np.column_stack([x, y])).query(np.column_stack([x, y]), k=6)
    for n in range(0, 500, 7):
        codes, metres = zip(*found(among, rows[n].smis_code), strict=True)
        assert list(codes) == [rows[m].smis_code for m in at[n][1:]]
        assert metres == pytest.approx(away[n][1:])


points = st.lists(
    st.tuples(st.integers(-50, 50), st.integers(-50, 50), st.integers(0, 15)),
    min_size=3,
    max_size=12,
)


@given(points)
def test_the_way_back_is_as_long_as_the_way_there(rows):
    among = placed(*((f"{n:02}", *row) for n, row in enumerate(rows)))
    away = {
        (code, other): distance
        for code in among.codes
        for other, distance in found(among, code, len(rows))
    }
    assert all(away[b, a] == d for (a, b), d in away.items() if (b, a) in away)


@given(points)
def test_another_school_never_makes_the_nearest_farther(rows):
    rows = [(f"{n:02}", *row) for n, row in enumerate(rows)]
    before, after = found(placed(*rows[:-1]), "00", 1), found(placed(*rows), "00", 1)
    assert not before or after[0][1] <= before[0][1]


def test_the_order_of_the_rows_does_not_matter():
    rows = [school(str(n), lat=18 + n / 100) for n in range(6)]
    assert found(measured_schools(rows, CRS), "2") == found(measured_schools(rows[::-1], CRS), "2")


def test_a_place_that_the_offices_crs_does_not_have_is_left_out():
    far = dataclasses.replace(school("2"), lon=-81.0, lat=0.0)
    among = measured_schools([school("1"), far], CRS)
    assert set(among.codes) <= {"1", "2"}
    assert np.isfinite(among.x_m).all()
