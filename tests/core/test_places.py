import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from pyproj import Transformer

from gisapp.core.areas import find_subdistricts, locate_register
from gisapp.core.coordinates import read_coordinates
from gisapp.core.places import Ground, place_schools
from gisapp.core.standins import stand_in_points

UTM = "EPSG:32647"
TO_DEGREES = Transformer.from_crs(UTM, 4326, always_xy=True)

#: Two squares of 20 km side by side, lower left corner at 400 km east, 2,130 km north.
WEST, SOUTH, SIDE = 400_000, 2_130_000, 20_000


def degrees(x_m, y_m):
    return TO_DEGREES.transform(WEST + x_m, SOUTH + y_m)


@pytest.fixture(scope="module")
def subdistricts():
    squares = [
        shapely.box(WEST + n * SIDE, SOUTH, WEST + (n + 1) * SIDE, SOUTH + SIDE) for n in (0, 1)
    ]
    areas = gpd.GeoDataFrame(
        {
            "subdistrict_code": ["580101", "580102"],
            "subdistrict_th": ["จองคำ", "ห้วยโป่ง"],
            "district_th": ["เมือง", "เมือง"],
        },
        geometry=squares,
        crs=UTM,
    )
    return areas.to_crs(4326)


@pytest.fixture(scope="module")
def villages():
    lon, lat = degrees(3_000, 4_000)
    return gpd.GeoDataFrame(
        {"village_code": ["58010103"], "village_no": [3], "subdistrict_code": ["580101"]},
        geometry=[shapely.Point(lon, lat)],
        crs=4326,
    )


@pytest.fixture
def place(read_table, subdistricts, villages):
    """Place schools given as (code, subdistrict, lat, lon, village number)."""

    def place(*schools, areas=subdistricts):
        head = ["รหัสโรงเรียน", "ชื่อโรงเรียน", "ตำบล", "ละติจูด", "ลองจิจูด", "หมู่"]
        rows = [[code, f"บ้าน{code}", name, lat, lon, no] for code, name, lat, lon, no in schools]
        table = read_table(head, *rows)
        register = pd.DataFrame(
            {
                "smis_code": [row[0] for row in rows],
                "school_name_th": [row[1] for row in rows],
                "subdistrict": [row[2] for row in rows],
                "district": "เมือง",
                "subdistrict_code": "",
                "lat": [str(row[3]) for row in rows],
                "lon": [str(row[4]) for row in rows],
                "village_no": [row[5] for row in rows],
                "table": 0,
                "row": table.frame.index,
            }
        )
        register, _ = locate_register(register, areas, [table])
        ground = Ground(areas, villages, UTM, tolerance_m=2_000)
        places, problems = place_schools(register, ground, [table])
        return places, {problem.key: problem for problem in problems}

    return place


def test_a_point_in_its_registered_subdistrict_is_believed(place):
    lon, lat = degrees(5_000, 5_000)
    places, problems = place(("1", "จองคำ", lat, lon, None))
    assert problems == {}
    assert places["location_quality"].tolist() == ["surveyed"]
    assert (places.geometry.x.iloc[0], places.geometry.y.iloc[0]) == pytest.approx((lon, lat))


@pytest.mark.parametrize(("beyond_m", "quality"), [(1_990, "surveyed"), (2_010, "subdistrict")])
def test_the_tolerance_decides_beyond_the_edge(place, beyond_m, quality):
    lon, lat = degrees(SIDE + beyond_m, 5_000)
    places, problems = place(("1", "จองคำ", lat, lon, None))
    assert places["location_quality"].tolist() == [quality]
    assert (problems == {}) is (quality == "surveyed")


def test_a_point_in_another_subdistrict_is_reported_with_its_distance_and_not_used(place):
    lon, lat = degrees(SIDE + 5_000, 5_000)
    places, problems = place(("1", "จองคำ", lat, lon, None))
    assert problems["1"].kind == "outside_subdistrict"
    assert problems["1"].facts["distance_km"] == "5.0"
    assert (problems["1"].lon, problems["1"].lat) == pytest.approx((lon, lat))
    assert places["location_quality"].tolist() == ["subdistrict"]
    assert shapely.distance(places.geometry.iloc[0], shapely.Point(lon, lat)) > 0.01


def test_a_point_outside_the_office_says_so(place):
    lon, lat = degrees(-8_000, 5_000)
    _, problems = place(("1", "จองคำ", lat, lon, None))
    assert (problems["1"].kind, problems["1"].facts["distance_km"]) == ("outside_office", "8.0")


def test_swapped_cells_are_recognised_and_proposed_but_not_used(place):
    lon, lat = degrees(5_000, 5_000)
    places, problems = place(("1", "จองคำ", lon, lat, None))
    assert problems["1"].kind == "swapped_coordinates"
    assert f"{lat:.5f}, {lon:.5f}" in problems["1"].message("th")
    assert "ต.จองคำ" in problems["1"].message("th")
    assert places["location_quality"].tolist() == ["subdistrict"]


@pytest.mark.parametrize("swap", [False, True])
def test_utm_metres_are_recognised_in_either_order_and_proposed_in_degrees(place, swap):
    pair = (WEST + 5_000, SOUTH + 5_000)
    y, x = pair if swap else pair[::-1]
    places, problems = place(("1", "จองคำ", y, x, None))
    lon, lat = degrees(5_000, 5_000)
    assert problems["1"].kind == "utm_coordinates"
    assert (problems["1"].lon, problems["1"].lat) == pytest.approx((lon, lat), abs=1e-9)
    assert places["location_quality"].tolist() == ["subdistrict"]


@pytest.mark.parametrize(
    ("lat", "lon", "kind"),
    [
        ("", "", "no_coordinates"),
        ("0", "0", "bad_coordinates"),
        ("19.3", "", "bad_coordinates"),
        ("1935", "979", "bad_coordinates"),
        ("เหนือ", "97.9", "bad_coordinates"),
        ("51.5", "-0.1", "bad_coordinates"),
        ("nan", "97.9", "bad_coordinates"),
    ],
)
def test_what_is_no_place_in_the_country_is_one_problem(place, lat, lon, kind):
    places, problems = place(("1", "จองคำ", lat, lon, None))
    assert problems["1"].kind == kind
    assert places["location_quality"].tolist() == ["subdistrict"]


def test_two_schools_on_one_point_are_both_doubted(place):
    lon, lat = degrees(5_000, 5_000)
    places, problems = place(("1", "จองคำ", lat, lon, None), ("2", "จองคำ", lat, lon, None))
    assert {problem.kind for problem in problems.values()} == {"shared_point"}
    assert "บ้าน2" in problems["1"].message("th")
    assert places["location_quality"].tolist() == ["subdistrict", "subdistrict"]


@pytest.mark.parametrize(("apart_m", "doubted"), [(0.9, True), (1.1, False)])
def test_one_point_ends_a_metre_away(place, apart_m, doubted):
    one, two = degrees(5_000, 5_000), degrees(5_000 + apart_m, 5_000)
    schools = (("1", "จองคำ", one[1], one[0], None), ("2", "จองคำ", two[1], two[0], None))
    places, problems = place(*schools)
    assert {p.kind for p in problems.values()} == ({"shared_point"} if doubted else set())
    assert set(places["location_quality"]) == {"subdistrict" if doubted else "surveyed"}


def test_schools_a_short_walk_apart_are_not_on_one_point(place):
    one, two = degrees(5_000, 5_000), degrees(5_020, 5_000)
    _, problems = place(("1", "จองคำ", one[1], one[0], None), ("2", "จองคำ", two[1], two[0], None))
    assert problems == {}


def test_a_school_without_a_point_stands_at_its_village(place, villages):
    places, problems = place(("1", "จองคำ", "", "", 3))
    assert places["location_quality"].tolist() == ["village"]
    assert places.geometry.iloc[0].equals(villages.geometry.iloc[0])
    assert problems["1"].kind == "no_coordinates"


def test_a_school_without_point_and_subdistrict_stands_nowhere(place):
    places, problems = place(("1", "", "", "", None))
    assert places["location_quality"].tolist() == ["missing"]
    assert places.geometry.iloc[0] is None
    assert problems["1"].kind == "no_coordinates"


def test_a_good_point_without_a_registered_subdistrict_is_shown_but_never_called_surveyed(place):
    lon, lat = degrees(5_000, 5_000)
    places, problems = place(("1", "", lat, lon, None), ("2", "", *degrees(-9_000, 0)[::-1], None))
    assert places["location_quality"].tolist() == ["subdistrict", "missing"]
    assert places.geometry.x.iloc[0] == pytest.approx(lon)
    assert problems["2"].kind == "outside_office"


def test_without_boundaries_a_plain_point_is_shown_but_never_called_surveyed(place, subdistricts):
    lon, lat = degrees(5_000, 5_000)
    places, _ = place(("1", "จองคำ", lat, lon, None), areas=subdistricts.iloc[:0])
    assert places["location_quality"].tolist() == ["subdistrict"]
    assert places.geometry.x.iloc[0] == pytest.approx(lon)


def test_stand_ins_lie_inside_their_subdistrict_apart_and_always_the_same(subdistricts):
    codes = np.array(["580101"] * 40 + ["580102", "999999"], dtype=object)
    points = stand_in_points(codes, subdistricts, UTM)
    again = stand_in_points(codes, subdistricts, UTM)
    assert points[-1] is None
    inside = subdistricts.set_index("subdistrict_code").geometry
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


def test_the_district_decides_between_subdistricts_of_one_name(subdistricts):
    twins = subdistricts.assign(subdistrict_th="ห้วยโป่ง", district_th=["เมือง", "ปาย"])
    names = pd.Series(["ต.ห้วยโป่ง", "ห้วยโป่ง", "ห้วยโป่ง", "ห้วยโป่ง"])
    districts = pd.Series(["อ.เมือง", "อำเภอปาย", "", "ขุนยวม"])
    assert find_subdistricts(names, districts, twins).tolist() == ["580101", "580102", "", ""]


def test_degrees_are_read_from_text_with_blanks_and_thai_digits():
    read = read_coordinates(pd.Series([" ๑๙.๓ "]), pd.Series(["97.9"]), UTM)
    assert (read.lat[0], read.lon[0], read.kind[0]) == (19.3, 97.9, "")
