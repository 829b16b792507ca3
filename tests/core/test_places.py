import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from gisapp.core.areas import find_districts
from gisapp.core.standins import stand_in_points
from tests.core.land import SIDE, UTM, degrees, ground, place, subdistricts, villages


def five(lon, lat):
    """Degrees as a sheet holds them, latitude first."""
    return f"{lat:.7f}", f"{lon:.7f}"


def test_a_point_in_its_registered_subdistrict_is_believed():
    lon, lat = degrees(5_000, 5_000)
    places, problems = place(("1", "จองคำ", *five(lon, lat)))
    assert problems == {}
    assert places["location_quality"].tolist() == ["surveyed"]
    point = (places.geometry.x.iloc[0], places.geometry.y.iloc[0])
    assert point == pytest.approx((lon, lat), abs=1e-7)


@pytest.mark.parametrize(
    ("beyond_m", "quality", "kind"),
    [
        (1_990, "surveyed", "beside_subdistrict"),
        (2_010, "subdistrict", "outside_subdistrict"),
    ],
)
def test_the_tolerance_decides_beyond_the_edge(beyond_m, quality, kind):
    places, problems = place(("1", "จองคำ", *five(*degrees(SIDE + beyond_m, 5_000))))
    assert places["location_quality"].tolist() == [quality]
    assert list(problems["1"]) == [kind]
    assert problems["1"][kind].facts["distance_km"] == "2.0"


def test_a_point_in_another_subdistrict_is_reported_with_its_distance_and_not_used():
    lon, lat = degrees(SIDE + 5_000, 5_000)
    places, problems = place(("1", "จองคำ", *five(lon, lat)))
    problem = problems["1"]["outside_subdistrict"]
    assert problem.facts["distance_km"] == "5.0"
    assert (problem.lon, problem.lat) == pytest.approx((lon, lat), abs=1e-6)
    assert places["location_quality"].tolist() == ["subdistrict"]
    assert shapely.distance(places.geometry.iloc[0], shapely.Point(lon, lat)) > 0.01


def test_a_point_in_another_district_is_the_graver_word_with_the_distance_to_the_district():
    _, problems = place(("1", "จองคำ", *five(*degrees(2 * SIDE + 7_000, 5_000))))
    assert list(problems["1"]) == ["outside_district"]
    assert problems["1"]["outside_district"].facts["distance_km"] == "7.0"
    assert "เมือง" in problems["1"]["outside_district"].message("th")


def test_the_district_is_checked_where_the_subdistrict_is_unknown():
    there, here = degrees(2 * SIDE + 7_000, 5_000), degrees(SIDE, 5_000)
    schools = (("1", "", *five(*there), None, "อ.เมือง"), ("2", "", *five(*here), None, "เมือง"))
    places, problems = place(*schools)
    assert {key: list(kinds) for key, kinds in problems.items()} == {"1": ["outside_district"]}
    assert places["location_quality"].tolist() == ["subdistrict", "subdistrict"]


def test_a_district_is_found_by_its_name_unless_two_share_it():
    names = pd.Series(["อ.เมือง", "ปาย", "ขุนยวม", ""])
    assert find_districts(names, subdistricts()).tolist() == ["5801", "5802", "", ""]
    twins = subdistricts().assign(district_th="เมือง")
    assert find_districts(names, twins).tolist() == ["", "", "", ""]


def test_a_point_outside_the_office_says_so():
    _, problems = place(("1", "จองคำ", *five(*degrees(-8_000, 5_000))))
    assert list(problems["1"]) == ["outside_office"]
    assert problems["1"]["outside_office"].facts["distance_km"] == "8.0"


def test_a_place_that_an_officer_accepted_is_surveyed_and_not_doubted_again():
    far = five(*degrees(-8_000, 5_000))
    schools = (("1", "จองคำ", *far), ("2", "จองคำ", *far), ("3", "จองคำ", "18", "97.12345"))
    places, problems = place(*schools, accepted={"1", "2", "3"})
    assert problems == {}
    assert places["location_quality"].tolist() == ["surveyed"] * 3
    places, problems = place(*schools, accepted={"1"})
    assert places["location_quality"].tolist()[:2] == ["surveyed", "subdistrict"]
    assert {key: list(kinds) for key, kinds in problems.items()} == {
        "2": ["outside_office", "shared_point"],
        "3": ["outside_country"],
    }


def test_two_schools_on_one_point_are_both_doubted():
    spot = five(*degrees(5_000, 5_000))
    places, problems = place(("1", "จองคำ", *spot), ("2", "จองคำ", *spot))
    assert {key: list(kinds) for key, kinds in problems.items()} == {
        "1": ["shared_point"],
        "2": ["shared_point"],
    }
    assert "บ้าน2" in problems["1"]["shared_point"].message("th")
    assert places["location_quality"].tolist() == ["subdistrict", "subdistrict"]


@pytest.mark.parametrize(
    ("apart_m", "kind", "quality"),
    [
        (0.9, "shared_point", "subdistrict"),
        (1.1, "near_school", "surveyed"),
        (99.9, "near_school", "surveyed"),
        (100.1, None, "surveyed"),
    ],
)
def test_one_point_ends_a_metre_away_and_nearness_at_a_hundred(apart_m, kind, quality):
    one, two = degrees(5_000, 5_000), degrees(5_000 + apart_m, 5_000)
    schools = [(n, "จองคำ", f"{at[1]:.9f}", f"{at[0]:.9f}") for n, at in (("1", one), ("2", two))]
    places, problems = place(*schools)
    expected = {} if kind is None else {"1": [kind], "2": [kind]}
    assert {key: list(kinds) for key, kinds in problems.items()} == expected
    assert set(places["location_quality"]) == {quality}


def test_a_school_without_a_point_stands_at_its_village():
    places, problems = place(("1", "จองคำ", "", "", 3))
    assert places["location_quality"].tolist() == ["village"]
    assert places.geometry.iloc[0].distance(villages().geometry.iloc[0]) < 1e-9
    assert list(problems["1"]) == ["no_coordinates"]


def test_a_school_without_point_and_subdistrict_stands_nowhere():
    places, problems = place(("1", "", "", "-"))
    assert places["location_quality"].tolist() == ["missing"]
    assert places.geometry.iloc[0] is None
    assert list(problems["1"]) == ["no_coordinates"]


def test_a_good_point_without_a_registered_subdistrict_is_shown_but_never_called_surveyed():
    here, away = degrees(5_000, 5_000), degrees(-9_000, 500)
    places, problems = place(("1", "", *five(*here)), ("2", "", *five(*away)))
    assert places["location_quality"].tolist() == ["subdistrict", "missing"]
    assert places.geometry.x.iloc[0] == pytest.approx(here[0], abs=1e-7)
    assert {key: list(kinds) for key, kinds in problems.items()} == {"2": ["outside_office"]}


def test_without_boundaries_a_plain_point_is_shown_but_never_called_surveyed():
    lon, lat = degrees(5_000, 5_000)
    bare = ground(subdistricts=subdistricts().iloc[:0], villages=villages().iloc[:0])
    places, problems = place(("1", "จองคำ", *five(lon, lat)), on=bare)
    assert problems == {}
    assert places["location_quality"].tolist() == ["subdistrict"]
    assert places.geometry.x.iloc[0] == pytest.approx(lon, abs=1e-7)


@pytest.mark.parametrize(
    ("beyond_m", "quality"), [(-100, "surveyed"), (1_990, "surveyed"), (2_010, "subdistrict")]
)
def test_without_boundaries_the_announced_zone_of_a_school_confirms_its_point(beyond_m, quality):
    zones = subdistricts().iloc[:1].assign(smis_code="1")
    bare = ground(subdistricts=subdistricts().iloc[:0], announced_zones=zones)
    point = five(*degrees(SIDE + beyond_m, 5_000))
    places, _ = place(("1", "", *point), ("3", "", *five(*degrees(900, 900))), on=bare)
    assert places["location_quality"].tolist() == [quality, "subdistrict"]


def test_an_office_without_schools_has_no_places():
    places, problems = place()
    assert (len(places), problems) == (0, {})


def test_stand_ins_lie_inside_their_subdistrict_apart_and_always_the_same():
    codes = np.array(["580101"] * 40 + ["580102", "999999"], dtype=object)
    areas = subdistricts()
    points = stand_in_points(codes, areas, UTM)
    again = stand_in_points(codes, areas, UTM)
    assert points[-1] is None
    inside = areas.set_index("subdistrict_code").geometry
    assert all(inside[c].contains(p) for c, p in zip(codes[:-1], points[:-1], strict=True))
    assert all(a.equals(b) for a, b in zip(points[:-1], again[:-1], strict=True))
    metres = gpd.GeoSeries(points[:40], crs=4326).to_crs(UTM)
    nearest = [metres.drop(n).distance(metres.iloc[n]).min() for n in range(40)]
    assert min(nearest) > 300


def test_many_stand_ins_fit_into_a_small_subdistrict():
    small = gpd.GeoDataFrame(
        {"subdistrict_code": ["1"]}, geometry=[shapely.box(0, 0, 900, 700)], crs=UTM
    )
    points = stand_in_points(np.array(["1"] * 60, dtype=object), small, UTM)
    assert all(small.geometry.iloc[0].contains(point) for point in points)
    assert len({point.wkt for point in points}) == 60


def test_a_subdistrict_without_a_shape_has_no_stand_in():
    shapes = [None, shapely.MultiPolygon(), shapely.box(98, 19, 98.1, 19.1)]
    areas = gpd.GeoDataFrame({"subdistrict_code": ["1", "2", "3"]}, geometry=shapes, crs=4326)
    points = stand_in_points(np.array(["1", "2", "3"], dtype=object), areas, UTM)
    assert [point is None for point in points] == [True, True, False]
