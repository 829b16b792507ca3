"""Zones, population areas and neighbours' schools as map files give them."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from gisapp.core.given_layers import AREAS, NEIGHBOURS, ZONES, clean_given, is_given
from gisapp.core.headings import make_headings

HEADINGS = make_headings(
    {
        "grades": [
            ("อ.2", "k2"),
            ("ป.1", "p1"),
            ("ป.6", "p6"),
            ("ม.3", "m3"),
            ("ประถมศึกษา", "primary"),
            ("primary", "primary"),
            ("lower_secondary", "lower_secondary"),
        ]
    }
)
SQUARE = shapely.box(0, 0, 1, 1)


def clean(layer, shapes, **columns):
    rows = gpd.GeoDataFrame(columns, geometry=shapes, crs=4326)
    return clean_given(layer, rows, HEADINGS, "data/boundaries/a.gpkg", "")


@pytest.mark.parametrize(
    ("layer", "columns", "shapes"),
    [
        (ZONES, ["smis_code", "education_level"], ["MultiPolygon"]),
        (ZONES, ["subdistrict_code", "smis_code", "announced_be"], ["Polygon"]),
        (AREAS, ["area_code"], ["Polygon"]),
        (NEIGHBOURS, ["smis_code", "levels_offered"], ["Point"]),
        (NEIGHBOURS, ["school_name_th", "highest_grade"], ["Point"]),
    ],
)
def test_columns_and_shapes_tell_a_layer(layer, columns, shapes):
    assert is_given(layer, columns, shapes)
    assert not is_given(layer, columns, ["LineString"])
    assert not is_given(layer, columns[:-1], shapes)


def test_villages_and_subdistricts_are_told_as_such():
    assert not is_given(AREAS, ["area_code", "subdistrict_code"], ["Polygon"])
    assert not is_given(NEIGHBOURS, ["village_code", "school_name_th", "levels_offered"], ["Point"])


def test_a_zone_of_two_levels_is_a_row_for_each():
    rows, problems = clean(
        ZONES,
        [SQUARE] * 3,
        smis_code=["99010001", "99010002", "99010003"],
        education_level=["primary, lower_secondary", "ป.1–ม.3", ""],
        announced_be=[2567, "2024", None],
    )
    assert rows[["smis_code", "education_level"]].values.tolist() == [
        ["99010001", "primary"],
        ["99010001", "lower_secondary"],
        ["99010002", "primary"],
        ["99010002", "lower_secondary"],
        ["99010003", "primary"],
    ]
    assert rows["announced_be"].tolist()[:4] == [2567, 2567, 2567, 2567]
    assert pd.isna(rows["announced_be"].iloc[4])
    assert problems == []


def test_a_level_that_nobody_knows_is_said_and_its_zone_not_guessed():
    rows, (problem,) = clean(
        ZONES, [SQUARE, SQUARE], smis_code=["1", "2"], education_level=["primary", "อะไร"]
    )
    assert rows["smis_code"].tolist() == ["1"]
    assert (problem.kind, problem.value, problem.facts["rows"]) == ("given_level", "อะไร", 1)


def test_codes_that_a_map_keeps_as_numbers_become_text_and_it_is_said():
    rows, (problem,) = clean(
        AREAS, [SQUARE, SQUARE], area_code=[99010001.0, 99010002.0], area_name=["ก", None]
    )
    assert rows["area_code"].tolist() == ["99010001", "99010002"]
    assert rows["area_name"].tolist() == ["ก", ""]
    assert (problem.kind, problem.column) == ("given_codes_are_numbers", "area_code")
    assert problem.severity == "note"


def test_zeros_that_a_code_begins_with_stay():
    rows, problems = clean(AREAS, [SQUARE], area_code=["00123"])
    assert rows["area_code"].tolist() == ["00123"]
    assert problems == []


def test_rows_without_a_code_or_a_shape_are_left_out_and_said():
    rows, problems = clean(
        AREAS,
        [SQUARE, None, shapely.Point(0, 0), SQUARE, shapely.Polygon()],
        area_code=["1", "2", "3", None, "5"],
    )
    assert rows["area_code"].tolist() == ["1"]
    assert [(found.kind, found.facts["rows"]) for found in problems] == [
        ("given_rows_without_shape", 3),
        ("given_rows_without_code", 1),
    ]


def test_a_neighbour_without_a_code_is_called_by_its_name_and_place_where_two_share_it():
    points = [shapely.Point(98, 19), shapely.Point(98.5, 19), shapely.Point(99, 19)]
    rows, problems = clean(
        NEIGHBOURS,
        [*points, shapely.Point(97, 19)],
        smis_code=["50010001", None, None, None],
        school_name_th=["บ้านก", "บ้านข", "บ้านข", None],
        levels_offered=["primary,lower_secondary", "primary", "ประถมศึกษา", "primary"],
    )
    assert rows["smis_code"].tolist() == [
        "50010001",
        "บ้านข (98.50000, 19.00000)",
        "บ้านข (99.00000, 19.00000)",
    ]
    assert rows["levels_offered"].tolist() == ["primary,lower_secondary", "primary", "primary"]
    assert [found.kind for found in problems] == ["given_rows_without_code"]


def test_a_neighbours_levels_may_be_told_by_its_lowest_and_highest_grade():
    rows, problems = clean(
        NEIGHBOURS,
        [shapely.Point(98, 19)] * 2,
        smis_code=["1", "2"],
        lowest_grade=["อ.2", "ป.1"],
        highest_grade=["ม.3", None],
    )
    assert rows["levels_offered"].iloc[0] == "pre_primary,primary,lower_secondary"
    assert pd.isna(rows["levels_offered"].iloc[1])
    assert problems == []


def test_every_problem_can_be_read_in_both_languages():
    _, zones = clean(ZONES, [SQUARE, None], smis_code=[1, 2], education_level=["x", "x"])
    _, schools = clean(NEIGHBOURS, [shapely.Point(0, 0)], smis_code=["1"], levels_offered=["x"])
    kinds = {problem.kind for problem in [*zones, *schools]}
    assert kinds == {
        "given_codes_are_numbers",
        "given_level",
        "given_neighbour_level",
        "given_rows_without_shape",
    }
    for problem in [*zones, *schools]:
        assert problem.message("th") != problem.message("en")
        assert problem.severity in ("warn", "note")
