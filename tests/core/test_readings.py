import geopandas as gpd
import numpy as np
import pytest
import shapely
from pyproj import CRS, Geod, Transformer

from gisapp.core.findings import FINDINGS
from gisapp.core.limits import Limits
from tests.core.land import SIDE, SOUTH, WEST, degrees, ground, place, subdistricts, villages

GEOD = Geod(ellps="WGS84")
LON, LAT = degrees(5_000, 5_000)


def one(lat, lon, *, number=None, **options):
    """The only problem of a school of the first subdistrict."""
    places, problems = place(("1", "จองคำ", lat, lon, number), **options)
    ((kind, problem),) = problems["1"].items()
    return kind, problem, places["location_quality"].iloc[0]


def proposed(problem):
    return float(problem.proposal["lon"]), float(problem.proposal["lat"])


def test_swapped_cells_are_recognised_and_proposed_but_not_used():
    kind, problem, quality = one(f"{LON:.7f}", f"{LAT:.7f}")
    assert (kind, quality) == ("swapped_coordinates", "subdistrict")
    assert proposed(problem) == pytest.approx((LON, LAT), abs=1e-7)
    assert problem.why("th").startswith("ตกใน ต.จองคำ ตามทะเบียน")
    assert "นอกประเทศ" in problem.why("th")
    assert "outside the country" in problem.why("en")


def test_the_reason_names_the_registered_village_and_how_near_it_is():
    lon, lat = degrees(3_000, 4_300)
    _, problem, quality = one(f"{lon:.7f}", f"{lat:.7f}", number=3)
    assert "ห่างบ้านดงเปาลี หมู่ 3 ตามทะเบียน 0.3 กม." in problem.why("th")
    assert quality == "village"


def test_without_a_village_number_the_nearest_village_is_named():
    lon, lat = degrees(9_000, 4_040)
    _, problem, _ = one(f"{lon:.7f}", f"{lat:.7f}")
    assert "ห่างบ้านป่าแดด หมู่ 4 ซึ่งใกล้ที่สุด 0.04 กม." in problem.why("th")


@pytest.mark.parametrize("swap", [False, True])
def test_utm_metres_are_recognised_in_either_order_and_proposed_in_degrees(swap):
    pair = (str(WEST + 5_000), str(SOUTH + 5_000))
    kind, problem, quality = one(*(pair if swap else pair[::-1]))
    assert (kind, quality) == ("utm_coordinates", "subdistrict")
    assert proposed(problem) == pytest.approx((LON, LAT), abs=1e-7)


def test_the_other_datum_and_its_distance_are_shown():
    _, problem, _ = one(str(SOUTH + 5_000), str(WEST + 5_000))
    why = problem.why("th")
    assert "UTM โซน 47 บน WGS 84" in why
    away_m = float(why.split("จะห่าง ")[1].split(" ม.")[0].replace(",", ""))
    other = tuple(float(text) for text in why.split("คือ ")[1].split(", "))[::-1]
    assert GEOD.inv(*other, LON, LAT)[2] == pytest.approx(away_m, abs=1.0)
    # UTM of both datums differs by the shift and by the other ellipsoid's northing.
    assert 400 < away_m < 500
    assert f"{away_m:,.0f} ม." in problem.message("th")


def on_indian(x_m, y_m, operation=1304):
    """Metres of Indian 1975 UTM 47N for a place in the office: the operation turned round."""
    lon, lat = degrees(x_m, y_m)
    pinned = Transformer.from_pipeline(f"urn:ogc:def:coordinateOperation:EPSG::{operation}")
    lat, lon = pinned.transform(lat, lon, direction="INVERSE")
    geographic, metric = CRS.from_epsg(4240), CRS.from_epsg(24047)
    return Transformer.from_crs(geographic, metric, always_xy=True).transform(lon, lat)


def test_metres_of_an_old_map_are_read_on_its_datum_where_only_that_brings_the_school_home():
    x_m, y_m = on_indian(SIDE - 20, 5_000)  # 20 m inside the east edge; on WGS 84 it is beyond
    _, problem, _ = one(f"{y_m:.1f}", f"{x_m:.1f}")
    assert proposed(problem) == pytest.approx(degrees(SIDE - 20, 5_000), abs=2e-6)
    assert "บน Indian 1975" in problem.why("th")
    assert "ถ้าเป็น WGS 84 จะห่าง" in problem.why("th")


def test_the_registered_village_decides_between_the_datums():
    x_m, y_m = on_indian(3_000, 4_000)
    _, problem, _ = one(f"{y_m:.1f}", f"{x_m:.1f}", number=3)
    assert proposed(problem) == pytest.approx(degrees(3_000, 4_000), abs=2e-6)
    _, problem, _ = one(f"{y_m:.1f}", f"{x_m:.1f}")  # without a village nothing speaks for it
    assert "บน WGS 84" in problem.why("th")


def test_the_offices_own_operation_is_used():
    x_m, y_m = on_indian(3_000, 4_000, operation=1812)
    options = {"number": 3, "on": ground(datum_operation=1812)}
    _, problem, _ = one(f"{y_m:.1f}", f"{x_m:.1f}", **options)
    assert proposed(problem) == pytest.approx(degrees(3_000, 4_000), abs=2e-6)


def test_one_sheet_is_on_one_datum():
    inside = [on_indian(SIDE - x_m, 5_000) for x_m in (20, 150, 280)]
    schools = [
        (str(n), "จองคำ", f"{y:.0f}", f"{x:.0f}")
        for n, (x, y) in enumerate([*inside, on_indian(9e3, 9e3)])
    ]
    _, problems = place(*schools)
    assert all(
        "บน Indian 1975" in p["utm_coordinates"].why("th")
        for k, p in problems.items()
        if k in "0123"
    )
    whole = problems["coordinates"]["file_of_utm_coordinates"]
    assert whole.message("th").startswith("พิกัดทั้งไฟล์เป็น UTM โซน 47 บน Indian 1975 (4 จาก 4 แห่ง)")
    assert "4 แห่ง (ถ้าเป็น WGS 84 1 แห่ง)" in whole.message("th")


def test_the_neighbouring_zone_is_tried_where_the_offices_own_leads_away():
    x_m, y_m = Transformer.from_crs(4326, 32648, always_xy=True).transform(LON, LAT)
    assert x_m < 100_000  # so far west of its zone that no map would use it
    there = degrees(5_000 + 500_000, 5_000)
    x_m, y_m = Transformer.from_crs(4326, 32648, always_xy=True).transform(*there)
    far = subdistricts().to_crs(32647)
    far = far.set_geometry(far.translate(500_000, 0)).to_crs(4326)
    on = ground(subdistricts=far, villages=villages().iloc[:0])
    _, problem, _ = one(f"{y_m:.1f}", f"{x_m:.1f}", on=on)
    assert proposed(problem) == pytest.approx(there, abs=2e-6)
    assert "โซน 48" in problem.why("th")


def test_a_zone_that_is_written_is_believed():
    _, problem, _ = one(f"47Q {WEST + 5_000} {SOUTH + 5_000}", "")
    assert problem.kind == "utm_coordinates"
    assert proposed(problem) == pytest.approx((LON, LAT), abs=1e-6)


@pytest.mark.parametrize(
    ("lat", "lon"),
    [
        (f"{LAT:.7f}".replace(".", ""), f"{LON:.7f}".replace(".", "")),
        (f"{LAT:.5f}".replace(".", ""), f"{LON:.7f}"),
        (f"{LON:.5f}".replace(".", ""), f"{LAT:.5f}".replace(".", "")),
        (f"{LAT:.14f}".replace(".", ""), f"{LON:.14f}".replace(".", "")),
    ],
)
def test_a_lost_decimal_point_is_put_where_the_office_is(lat, lon):
    kind, problem, quality = one(lat, lon)
    assert (kind, quality) == ("lost_decimal_point", "subdistrict")
    assert proposed(problem) == pytest.approx((LON, LAT), abs=1e-5)


def test_a_comma_and_one_cell_for_both_are_doubts_with_a_proposal():
    comma = (f"{LAT:.5f}".replace(".", ","), f"{LON:.5f}".replace(".", ","))
    for cells, expected in (
        (comma, "comma_coordinates"),
        ((f"{LAT:.5f}, {LON:.5f}", ""), "coordinates_in_one_cell"),
        (("", f"{LAT:.5f} {LON:.5f}"), "coordinates_in_one_cell"),
    ):
        kind, problem, quality = one(*cells)
        assert (kind, quality) == (expected, "subdistrict")
        assert proposed(problem) == pytest.approx((LON, LAT), abs=1e-5)


def sexagesimal(value):
    minutes, seconds = divmod(value * 3600, 60)
    whole, minutes = divmod(minutes, 60)
    return f"{whole:.0f}°{minutes:.0f}'{seconds:.2f}\""


def test_clean_degrees_minutes_and_seconds_are_used_and_said():
    kind, problem, quality = one(sexagesimal(LAT), sexagesimal(LON))
    assert (kind, quality, problem.severity) == ("dms_coordinates", "surveyed", "note")
    assert (problem.lon, problem.lat) == pytest.approx((LON, LAT), abs=3e-6)
    assert f"{problem.lat:.5f}" in problem.message("en")


@pytest.mark.parametrize(
    ("lat", "lon", "kind"),
    [
        ("", "", "no_coordinates"),
        ("-", "", "no_coordinates"),
        ("0", "0", "zero_coordinates"),
        ("0.0000", "๐", "zero_coordinates"),
        ("19.3", "", "half_coordinates"),
        ("", "97.9", "half_coordinates"),
        ("193512345678901234567", "979", "bad_coordinates"),
        ("เหนือ", "97.9", "bad_coordinates"),
        ("nan", "97.9", "bad_coordinates"),
        ("19.3.1", "97.9", "bad_coordinates"),
        ("51.5", "-0.1", "outside_country"),
        ("-21.00001", "99.00001", "outside_country"),
        ("21.00001", "99.00001", "outside_country"),
    ],
)
def test_what_is_no_place_in_the_country_is_one_problem_without_a_proposal(lat, lon, kind):
    found, problem, quality = one(lat, lon)
    assert (found, quality) == (kind, "subdistrict")
    assert not problem.proposal
    assert FINDINGS[kind].severity == "warn"


@pytest.mark.parametrize(
    ("decimals", "kind", "quality"),
    [
        (5, None, "surveyed"),
        (4, None, "surveyed"),
        (3, "few_decimals", "surveyed"),
        (2, "few_decimals", "surveyed"),
        (1, "few_decimals", "subdistrict"),
    ],
)
def test_a_coarse_point_is_doubted_and_used_while_rounding_hides_less_than_the_tolerance(
    decimals, kind, quality
):
    lon, lat = degrees(9_876, 9_876)
    places, problems = place(("1", "จองคำ", f"{lat:.{decimals}f}", f"{lon:.{decimals}f}"))
    assert list(problems.get("1", {})) == ([] if kind is None else [kind])
    assert places["location_quality"].tolist() == [quality]


def test_a_number_that_lost_its_zeros_is_not_coarse_beside_a_fine_one():
    lon, lat = degrees(9_876, 9_876)
    _, problems = place(("1", "จองคำ", f"{lat:.2f}", f"{lon:.5f}"))
    assert problems == {}


def test_whole_degrees_are_no_place_even_inside_the_subdistrict():
    box = shapely.box(98.0, 18.9, 98.3, 19.3)
    areas = subdistricts().iloc[:1].set_geometry(gpd.GeoSeries([box], crs=4326))
    kind, problem, quality = one("19", "98.12345", on=ground(subdistricts=areas))
    assert (kind, quality) == ("whole_degrees", "subdistrict")
    assert not problem.proposal


def test_the_limits_of_the_office_are_used():
    lon, lat = degrees(9_876, 9_876)
    strict = ground(limits=Limits(least_decimals=6))
    kind, _, _ = one(f"{lat:.5f}", f"{lon:.5f}", on=strict)
    assert kind == "few_decimals"


def last_round(x_m, y_m, quality="surveyed"):
    return gpd.GeoDataFrame(
        {"smis_code": ["1"], "location_quality": [quality]},
        geometry=[shapely.Point(*degrees(x_m, y_m))],
        crs=4326,
    )


@pytest.mark.parametrize(("away_m", "moved"), [(499, False), (501, True)])
def test_a_school_has_moved_beyond_the_limit(away_m, moved):
    earlier = last_round(5_000 + away_m, 5_000)
    places, problems = place(("1", "จองคำ", f"{LAT:.7f}", f"{LON:.7f}"), earlier=earlier)
    assert list(problems.get("1", {})) == (["moved_point"] if moved else [])
    assert places["location_quality"].tolist() == ["surveyed"]


def test_the_earlier_point_is_proposed_where_it_was_nearer_to_the_village():
    cells = (f"{LAT:.7f}", f"{LON:.7f}")
    for x_m, nearer in ((3_100, True), (9_000, False)):
        _, problem, _ = one(*cells, number=3, earlier=last_round(x_m, 4_000))
        assert problem.kind == "moved_point"
        assert bool(problem.proposal) is nearer
    assert problem.facts["distance_km"] == f"{np.hypot(4_000, 1_000) / 1_000:.1f}"


@pytest.mark.parametrize("quality", ["village", "subdistrict", "missing"])
def test_only_a_surveyed_place_can_have_moved(quality):
    earlier = last_round(15_000, 5_000, quality)
    _, problems = place(("1", "จองคำ", f"{LAT:.7f}", f"{LON:.7f}"), earlier=earlier)
    assert problems == {}


def test_three_schools_make_a_file_and_two_do_not():
    spots = [degrees(5_000 + n * 500, 5_000) for n in range(3)]
    schools = [(str(n), "จองคำ", f"{lon:.7f}", f"{lat:.7f}") for n, (lon, lat) in enumerate(spots)]
    _, problems = place(*schools)
    whole = problems["coordinates"]["file_of_swapped_coordinates"]
    assert (whole.facts["rows"], whole.facts["in_subdistrict"]) == ("3", "3")
    assert all("swapped_coordinates" in problems[n] for n in "012")
    assert "coordinates" not in place(*schools[:2])[1]


def test_a_file_of_degrees_minutes_and_seconds_is_said_once():
    spots = [degrees(5_000 + n * 500, 5_000) for n in range(3)]
    blank = ("9", "จองคำ", "", "")
    schools = [
        (str(n), "จองคำ", sexagesimal(lat), sexagesimal(lon)) for n, (lon, lat) in enumerate(spots)
    ]
    _, problems = place(blank, *schools)
    assert {key: list(kinds) for key, kinds in problems.items()} == {
        "9": ["no_coordinates"],
        "coordinates": ["file_of_dms_coordinates"],
    }
    assert problems["coordinates"]["file_of_dms_coordinates"].facts["in_subdistrict"] == "3"


def abroad():
    """The same office 50° further west and far south: lat and lon could be either."""
    areas = subdistricts()
    areas = areas.set_geometry(areas.translate(-62.0, 12.0))
    return ground(
        subdistricts=areas,
        villages=villages().iloc[:0],
        metric_crs="EPSG:32636",
        area_code="3600",
    )


def test_in_another_country_the_box_is_that_of_its_boundaries():
    on = abroad()
    lon, lat = LON - 62.0, LAT + 12.0
    places, problems = place(("1", "จองคำ", f"{lat:.6f}", f"{lon:.6f}"), on=on)
    assert (problems, places["location_quality"].tolist()) == ({}, ["surveyed"])
    kind, problem, _ = one(f"{lon:.6f}", f"{lat:.6f}", on=on)
    assert kind == "swapped_coordinates"
    assert proposed(problem) == pytest.approx((lon, lat), abs=1e-6)
    kind, problem, _ = one("13.7", "100.5", on=on)
    assert kind == "outside_country"
    assert "Thai" not in problem.message("en")
    assert "ไทย" not in problem.message("th")


def test_in_another_country_metres_are_only_read_in_its_own_zone_and_never_on_a_thai_datum():
    on = abroad()
    lon, lat = LON - 62.0, LAT + 12.0
    x_m, y_m = Transformer.from_crs(4326, 32636, always_xy=True).transform(lon, lat)
    kind, problem, _ = one(f"{y_m:.2f}", f"{x_m:.2f}", on=on)
    assert kind == "utm_coordinates"
    assert proposed(problem) == pytest.approx((lon, lat), abs=1e-6)
    assert "Indian" not in problem.message("en")


def test_where_the_office_does_not_measure_in_utm_metres_are_no_reading():
    on = ground(metric_crs="EPSG:3857")
    kind, problem, _ = one(str(SOUTH + 5_000), str(WEST + 5_000), on=on)
    assert (kind, dict(problem.proposal)) == ("bad_coordinates", {})


def test_swapped_degrees_that_are_degrees_either_way_are_seen_by_where_they_lead():
    """Where latitude and longitude are alike, only the office tells which is which."""
    areas = subdistricts().iloc[:1]
    square = areas.set_geometry(gpd.GeoSeries([shapely.box(30.0, 31.2, 30.4, 31.6)], crs=4326))
    on = ground(subdistricts=square, villages=villages().iloc[:0], metric_crs="EPSG:32636")
    kind, problem, _ = one("30.21234", "31.41234", on=on)
    assert kind == "swapped_coordinates"
    assert "as found the point is" in problem.why("en")
    assert proposed(problem) == pytest.approx((30.21234, 31.41234))


def test_a_neighbour_in_the_same_zones_is_not_read_on_the_thai_datum():
    areas = subdistricts()
    areas = areas.set_geometry(areas.translate(6.0, 2.5))  # north of the country, zone 48
    on = ground(subdistricts=areas, villages=villages().iloc[:0], metric_crs="EPSG:32648")
    x_m, y_m = Transformer.from_crs(4326, 32648, always_xy=True).transform(LON + 6.0, LAT + 2.5)
    kind, problem, _ = one(f"{y_m:.2f}", f"{x_m:.2f}", on=on)
    assert kind == "utm_coordinates"
    assert "Indian" not in problem.message("en")


def test_nought_nought_is_no_place_even_where_the_whole_world_is_possible():
    bare = ground(
        subdistricts=subdistricts().iloc[:0], villages=villages().iloc[:0], area_code="KE"
    )
    places, problems = place(("1", "", "0", "0"), ("2", "", "-1.28333", "36.81667"), on=bare)
    assert {key: list(kinds) for key, kinds in problems.items()} == {"1": ["zero_coordinates"]}
    assert places["location_quality"].tolist() == ["missing", "subdistrict"]


def test_a_far_point_is_not_swapped_where_that_brings_it_no_nearer():
    square = (
        subdistricts()
        .iloc[:1]
        .set_geometry(gpd.GeoSeries([shapely.box(30.0, 31.2, 30.4, 31.6)], crs=4326))
    )
    on = ground(subdistricts=square, villages=villages().iloc[:0], metric_crs="EPSG:32636")
    kind, problem, _ = one("32.51234", "31.51234", on=on)
    assert (kind, dict(problem.proposal)) == ("outside_office", {})


def chile():
    """The same squares in the south and west of the world, where both signs are minus."""
    areas = subdistricts()
    areas = areas.set_geometry(areas.translate(-168.6, -53.0))
    return ground(
        subdistricts=areas,
        villages=villages().iloc[:0],
        metric_crs="EPSG:32719",
        area_code="CL-13",
    )


@pytest.mark.parametrize("signs", [(-1, 1), (1, -1), (-1, -1)])
def test_a_lost_minus_sign_is_proposed_where_it_brings_the_school_home(signs):
    on = chile()
    lon, lat = LON - 168.6, LAT - 53.0
    kind, problem, quality = one(f"{signs[0] * lat:.6f}", f"{signs[1] * lon:.6f}", on=on)
    assert (kind, quality) == ("wrong_sign", "subdistrict")
    assert proposed(problem) == pytest.approx((lon, lat), abs=1e-6)
    assert "จองคำ ตามทะเบียน" in problem.message("th")


def test_a_minus_too_many_is_proposed_away():
    kind, problem, _ = one(f"-{LAT:.6f}", f"{LON:.6f}")
    assert kind == "wrong_sign"
    assert proposed(problem) == pytest.approx((LON, LAT), abs=1e-6)


def test_a_sign_is_not_turned_where_that_leads_nowhere_or_nothing_can_tell():
    # 15° north is in the country, and far from the office.
    assert one("-15.00001", "99.00001")[0] == "outside_country"
    bare = ground(subdistricts=subdistricts().iloc[:0], villages=villages().iloc[:0])
    kind, problem, _ = one(f"-{LAT:.6f}", f"{LON:.6f}", on=bare)
    assert (kind, dict(problem.proposal)) == ("outside_country", {})


def test_a_file_without_its_minus_signs_is_said_once():
    spots = [degrees(5_000 + n * 500, 5_000) for n in range(3)]
    schools = [
        (str(n), "จองคำ", f"{53.0 - lat:.6f}", f"{lon - 168.6:.6f}")
        for n, (lon, lat) in enumerate(spots)
    ]
    _, problems = place(*schools, on=chile())
    whole = problems["coordinates"]["file_of_wrong_signs"]
    assert (whole.facts["rows"], whole.facts["in_subdistrict"]) == ("3", "3")


def fiji():
    """Two areas on either side of the line where the day changes."""
    boxes = [shapely.box(179.8, -17.1, 180.0, -16.8), shapely.box(-180.0, -17.1, -179.8, -16.8)]
    areas = subdistricts().iloc[:2].set_geometry(gpd.GeoSeries(boxes, crs=4326))
    return ground(
        subdistricts=areas, villages=villages().iloc[:0], metric_crs="EPSG:3460", area_code="FJ"
    )


@pytest.mark.parametrize(("subdistrict", "lon"), [("จองคำ", 179.9012345), ("ห้วยโป่ง", -179.9012345)])
def test_a_lost_decimal_point_is_found_on_both_sides_of_the_day_line(subdistrict, lon):
    cells = ("-16922809", f"{lon:.7f}".replace(".", ""))
    _, problems = place(("1", subdistrict, *cells), on=fiji())
    (problem,) = problems["1"].values()
    assert problem.kind == "lost_decimal_point"
    assert proposed(problem) == pytest.approx((lon, -16.922809))


def test_a_reading_that_lands_nowhere_near_is_no_proposal():
    _, problems = place(("1", "จองคำ", "-16922809", "-33123456"), on=fiji())
    (problem,) = problems["1"].values()
    assert (problem.kind, dict(problem.proposal)) == ("bad_coordinates", {})
