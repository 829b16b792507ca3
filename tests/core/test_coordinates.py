import numpy as np
import pandas as pd
import pytest

from gisapp.core.angles import read_angle, read_pair
from gisapp.core.coordinates import THAILAND, WORLD, plausible_box, read_cells
from tests.core.land import subdistricts

#: 19° 17' 42.8" by hand: 19 + 17/60 + 42.8/3600.
SIGN = 19 + 17 / 60 + 42.8 / 3600


@pytest.mark.parametrize(
    "text",
    [
        "19°17'42.8\"N",
        "19° 17' 42.8\" N",
        "N 19°17′42.8″",
        "19 17 42.8",
        "19-17-42.8",
        "19:17:42.8",
        "19d17'42.8\"",
        "19º17’42.8”",
        "19°17'42.8''",
        "๑๙° ๑๗′ ๔๒.๘″ เหนือ",
        "19\u0e4d 17' 42.8\"",
        "19 องศา 17 ลิปดา 42.8 ฟิลิปดา เหนือ",
        "ละติจูด 19 องศา 17 ลิปดา 42.8 พิลิปดา",
        "Lat: 19 deg 17 min 42.8 sec",
    ],
)
def test_degrees_minutes_and_seconds_are_read_however_they_are_written(text):
    angle = read_angle(text)
    assert angle is not None
    assert angle.value == pytest.approx(SIGN, abs=1e-12)
    assert angle.form == "dms"
    assert angle.step == pytest.approx(0.1 / 3600)


@pytest.mark.parametrize(
    ("text", "value", "axis", "form"),
    [
        ("19.3", 19.3, "", ""),
        (" ๑๙.๓ ", 19.3, "", ""),
        ("19.3°", 19.3, "", ""),
        ("19.3° N", 19.3, "lat", ""),
        ("E98.05", 98.05, "lon", ""),
        ("98.05 ตะวันออก", 98.05, "lon", ""),
        ("19,30412", 19.30412, "", "comma"),
        ("-0.1", -0.1, "", ""),
        ("0.1 W", -0.1, "lon", ""),
        ("51°30'S", -51.5, "lat", "dms"),
        ("19°17.713'", 19 + 17.713 / 60, "", "dms"),
        ("๑๙° ๑๗′", 19 + 17 / 60, "", "dms"),
        ("19°59'59.9\"", 19 + 59 / 60 + 59.9 / 3600, "", "dms"),
        ("546120 mE", 546120, "lon", ""),
    ],
)
def test_other_ways_of_writing_an_angle(text, value, axis, form):
    angle = read_angle(text)
    assert angle is not None
    assert angle.value == pytest.approx(value, abs=1e-12)
    assert (angle.axis, angle.form) == (axis, form)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "nan",
        "1e5",
        "1_000",
        "19 60 00",
        "19 17 60",
        "ไม่ทราบ",
        "19N E",
        "19°17.5'42\"",
        "°",
    ],
)
def test_what_is_no_angle_is_none(text):
    assert read_angle(text) is None


@pytest.mark.parametrize(
    ("lat", "lon", "y", "x"),
    [
        ("19.3, 98.1", "", 19.3, 98.1),
        ("", "19.3 98.1", 19.3, 98.1),
        ("19.30412/98.05123", "-", 19.30412, 98.05123),
        ("E 98.1, N 19.3", "", 19.3, 98.1),
        ("19,3045 98,1234", "", 19.3045, 98.1234),
        ("19°17'42.8\"N98°5'3\"E", "", SIGN, 98 + 5 / 60 + 3 / 3600),
        ("N19 17 42.8 E98 05 03", "", SIGN, 98 + 5 / 60 + 3 / 3600),
        ("19 17 42.8 98 05 03", "", SIGN, 98 + 5 / 60 + 3 / 3600),
        ("47Q 546120 2135480", "", 546_120, 2_135_480),
        ("546120 mE 2135480 mN", "", 2_135_480, 546_120),
    ],
)
def test_both_values_in_one_cell_are_taken_apart(lat, lon, y, x):
    pair = read_pair(lat, lon)
    assert pair.one_cell
    assert (pair.y.value, pair.x.value) == pytest.approx((y, x), abs=1e-9)


@pytest.mark.parametrize(
    "text",
    [
        "https://www.google.com/maps?q=19.0622,98.0333",
        "https://www.google.com/maps?q=19.0622%2C98.0333&z=17",
        "https://www.google.co.th/maps/@19.0622,98.0333,17z",
        "https://www.google.com/maps/place/x/@18.1,97.1,17z/data=!3d19.0622!4d98.0333",
        "https://www.google.com/maps/search/19.0622,+98.0333",
        "https://www.google.com/maps/search/?api=1&query=19.0622,98.0333",
        "https://maps.google.com/?ll=19.0622,98.0333",
        "https://www.openstreetmap.org/?mlat=19.0622&mlon=98.0333#map=15/18.1/97.1",
        "https://www.openstreetmap.org/#map=15/19.0622/98.0333",
        "geo:19.0622,98.0333",
        "POINT(98.0333 19.0622)",
        "SRID=4326;POINT Z (98.0333 19.0622 310)",
    ],
)
@pytest.mark.parametrize("way", ["lat", "lon", "both"])
def test_what_a_map_wrote_into_one_cell_are_both_values(text, way):
    pair = read_pair(*{"lat": (text, ""), "lon": ("-", text), "both": (text, text)}[way])
    assert pair.one_cell
    assert (pair.y.value, pair.x.value) == (19.0622, 98.0333)


@pytest.mark.parametrize(
    ("lat", "lon"),
    [
        ("https://maps.app.goo.gl/abc19.0622", ""),
        ("https://www.google.com/maps?q=19.0622,98.0333", "98.1"),
        ("https://www.google.com/maps?q=โรงเรียน", ""),
        ("LINESTRING(98.0 19.0, 98.1 19.1)", ""),
        ("19 1742", "98 0312"),
        ("19 60 00", "98 05 03"),
    ],
)
def test_what_may_mean_several_things_is_not_read(lat, lon):
    pair = read_pair(lat, lon)
    assert pair.y is None or pair.x is None


@pytest.mark.parametrize(
    ("lat", "lon", "y", "x"),
    [
        ("19.08511", "98. 08511", 19.08511, 98.08511),
        ("19 .08511", "98.0866,", 19.08511, 98.0866),
        ("1.90899E+01", "9.80922e+01", 19.0899, 98.0922),
        ("21 07950", "3 99300", 2_107_950, 399_300),
        ("2 107 950", "399 300.5", 2_107_950, 399_300.5),
        ("١٩٫٠٨٥١", "٩٨٫٠٨٥١", 19.0851, 98.0851),
    ],
)
def test_a_slip_of_the_keyboard_hides_no_value(lat, lon, y, x):
    pair = read_pair(lat, lon)
    assert (pair.y.value, pair.x.value) == (y, x)
    assert not pair.one_cell


def test_a_power_of_ten_is_as_fine_as_its_digits():
    assert read_angle("1.90899E+01").step == pytest.approx(1e-4)
    assert read_angle("2.10795E+06") is None


def test_one_value_alone_is_not_taken_for_two():
    assert read_pair("19.3", "").x is None
    read = read_cells(pd.Series(["19.3", "", "ไม่มี"]), pd.Series(["", "98.1", ""]))
    assert read.half.tolist() == [True, True, False]


@pytest.mark.parametrize(
    ("lat", "lon", "y", "x"),
    [
        ("2,135,480", "546,120", 2_135_480, 546_120),
        ("2,135,480", "160,500", 2_135_480, 160_500),
        ("2,135,480", "546,120.5", 2_135_480, 546_120.5),
        ("19,304", "98,123", 19.304, 98.123),
    ],
)
def test_a_comma_groups_metres_and_divides_degrees(lat, lon, y, x):
    pair = read_pair(lat, lon)
    assert (pair.y.value, pair.x.value) == (y, x)


@pytest.mark.parametrize("lat", ["47Q 546120", "โซน 47 546120", "zone 47 546120"])
def test_a_zone_beside_the_metres_is_kept(lat):
    read = read_cells(pd.Series([lat]), pd.Series(["2135480"]))
    assert (read.zone[0], read.y[0], read.x[0]) == (47, 546_120, 2_135_480)


def test_a_column_is_read_as_its_cells_one_by_one():
    lat = ["19.30412", "19.3", "19", "19 17 42.8", "", "เหนือ", "๑๙.๓", "19,5"]
    lon = ["98.1", "98.10", "98.12345", "98 05 03", "-", "98.1", "98.1", "98,25"]
    read = read_cells(pd.Series(lat), pd.Series(lon))
    assert read.y == pytest.approx(
        [19.30412, 19.3, 19, SIGN, np.nan, np.nan, 19.3, 19.5], nan_ok=True
    )
    # The finer of both cells counts, and a whole degree in either is told.
    fine = [1e-5, 1e-2, 1e-5, 0.1 / 3600, np.nan, np.nan, 1e-1, 1e-2]
    assert read.step == pytest.approx(fine, nan_ok=True)
    assert read.whole.tolist() == [False, False, True, *[False] * 5]
    assert read.form.tolist() == ["", "", "", "dms", "", "", "", "comma"]
    assert read.blank.tolist() == [False] * 4 + [True] + [False] * 3


def test_letters_that_contradict_the_columns_say_swapped():
    read = read_cells(pd.Series(["98.1 E", "19.3 N"]), pd.Series(["19.3 N", "98.1 E"]))
    assert read.crossed.tolist() == [True, False]


def test_an_office_in_thailand_has_the_countrys_box():
    assert plausible_box(subdistricts(), "00000000") == THAILAND
    corners = THAILAND.holds(np.array([97.34, 105.65, np.nan]), np.array([5.63, 12.0, 12.0]))
    assert corners.tolist() == [True, False, False]


def test_an_office_elsewhere_has_the_box_of_its_boundaries_and_two_degrees():
    nepal = subdistricts()
    nepal = nepal.set_geometry(nepal.translate(-14.0, 9.0))
    west, south, east, north = nepal.total_bounds
    box = plausible_box(nepal, "58010000")
    assert (box.west, box.south) == pytest.approx((west - 2, south - 2))
    assert (box.east, box.north) == pytest.approx((east + 2, north + 2))
    assert not box.thai


@pytest.mark.parametrize(
    ("area_code", "box"),
    [
        ("10010000", THAILAND),
        ("96010000", THAILAND),
        ("97010000", WORLD),
        ("09010000", WORLD),
        ("KE001", WORLD),
        ("", WORLD),
    ],
)
def test_without_boundaries_the_area_code_says_where_the_office_is(area_code, box):
    assert plausible_box(subdistricts().iloc[:0], area_code) == box
