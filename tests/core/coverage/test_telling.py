"""What coverage found is told once, by name and place."""

import geopandas as gpd
import pandas as pd
import pytest
from shapely import Point

from gisapp.core.coverage.reaching.telling import tell
from gisapp.core.problems import Problem

SCHOOLS = gpd.GeoDataFrame(
    {
        "smis_code": ["58010001", "58010002"],
        "school_name_th": ["บ้านหนึ่ง", "บ้านสอง"],
        "geometry": [Point(98.5, 19.25), None],
    },
    crs="EPSG:4326",
)
VILLAGES = pd.DataFrame({"village_code": ["58010101"], "village_th": ["ห้วยเม็ก"]})
COLUMNS = ["kind", "key", "value", "file", "sheet", "row", "column", "cell"]
SHARES = ["share_sum", "village:58010101", "1.2", "เขต.xlsx", "แผ่น", 11, "สัดส่วน", "J11"]


def told(found, *sheets):
    return tell([found], pd.DataFrame(sheets, columns=COLUMNS), SCHOOLS, VILLAGES)


def shares(kind="zone_share_sum", value="1.2"):
    facts = {"village": "58010101", "level_th": "ประถม", "level_en": "primary"}
    return Problem(kind, key="village:58010101 primary", value=value, facts=facts)


def test_shares_that_the_check_of_the_sheets_tells_are_not_told_again():
    assert told(shares(), SHARES) == []


def test_shares_that_the_sheets_do_not_tell_are_told_with_the_villages_name():
    (found,) = told(shares())
    assert "ห้วยเม็ก (58010101)" in found.message("th")
    assert found.file == ""


@pytest.mark.parametrize("found", [shares(value="0.8"), shares("zone_share_none", "0")])
def test_another_fault_of_the_same_shares_says_in_which_cell_they_stand(found):
    (said,) = told(found, SHARES)
    assert said.place == "เขต.xlsx · แผ่น · J11"
    assert (said.row, said.column) == (11, "สัดส่วน")


@pytest.mark.parametrize(
    ("code", "named", "place"),
    [
        ("58010001", "บ้านหนึ่ง (58010001)", (98.5, 19.25)),
        ("58010002", "บ้านสอง (58010002)", (None, None)),
        ("58010003", "58010003", (None, None)),
    ],
)
def test_a_school_outside_its_zone_is_named_and_put_on_the_map_where_it_stands(code, named, place):
    facts = {"level_th": "ประถม", "level_en": "primary", "km": "6.09"}
    (said,) = told(Problem("school_outside_zone", key=code, value="primary", facts=facts))
    assert f"โรงเรียน {named} ตั้งอยู่" in said.message("th")
    assert (said.lon, said.lat) == place
    assert said.problem_id == Problem("school_outside_zone", key=code, value="primary").problem_id


def test_without_a_problem_nothing_is_told():
    assert tell([], pd.DataFrame(columns=COLUMNS), SCHOOLS, VILLAGES) == []
