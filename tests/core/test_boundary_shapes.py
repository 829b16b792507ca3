"""Shapes of boundary files: on the earth, closed, each village once."""

import geopandas as gpd
import pytest
import shapely

from gisapp.core.boundary_shapes import mended, on_earth, villages_once
from gisapp.core.problems import Problem

FILE = Problem("", file="data/boundaries/a.gpkg", sheet="a")
SQUARE = shapely.box(98, 19, 99, 20)
BOW = shapely.Polygon([(98, 19), (99, 20), (99, 19), (98, 20)])


def rows(shapes, **columns):
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=4326)


def villages(*places):
    """(code, lon, lat) each; without a place the village has no point."""
    shapes = [shapely.Point(*place[1:]) if len(place) > 1 else None for place in places]
    return rows(shapes, village_code=[place[0] for place in places])


def once(*parts):
    """Codes and points that are kept, and what is told."""
    kept, problems = villages_once([*parts], [FILE] * len(parts))
    found = [
        (row.village_code, row.geometry and (row.geometry.x, row.geometry.y))
        for part in kept
        for row in part.itertuples()
    ]
    return found, [(problem.kind, problem.value) for problem in problems]


def test_a_shape_with_lat_and_lon_swapped_is_taken_away_and_named():
    swapped = shapely.transform(SQUARE, lambda places: places[:, ::-1])
    left, (problem,) = on_earth(rows([swapped, SQUARE], area_code=["1", "2"]), FILE)
    assert left.geometry.isna().tolist() == [True, False]
    assert (problem.kind, problem.file, problem.sheet) == ("boundary_off_earth", FILE.file, "a")
    assert problem.facts == {"rows": 1, "codes": "1"}


@pytest.mark.parametrize("shape", [None, shapely.Polygon(), shapely.box(-180, -90, 180, 90)])
def test_no_shape_and_one_on_the_very_limit_are_left_alone(shape):
    left, problems = on_earth(rows([shape]), FILE)
    assert left.geometry.tolist() == [shape]
    assert problems == []


def test_a_layer_without_rows_stays_so():
    assert on_earth(rows([]), FILE)[1] == mended(rows([]), FILE)[1] == []


def test_a_polygon_that_crosses_itself_is_closed_and_named():
    whole, (problem,) = mended(rows([BOW, SQUARE, None], subdistrict_code=["b", "c", "d"]), FILE)
    assert whole.geometry.iloc[:2].is_valid.all()
    assert whole.geometry.iloc[0].area == pytest.approx(0.5)
    assert (problem.kind, problem.value) == ("boundary_mended", "b")


def test_many_rows_are_counted_and_the_first_named():
    _, (problem,) = mended(rows([BOW] * 10, area_code=[f"{n:02}" for n in range(10)]), FILE)
    assert problem.facts == {"rows": 10, "codes": "00, 01, 02, 03, 04, 05, 06, 07 …"}


def test_of_two_points_of_a_village_the_first_counts_and_the_other_is_told():
    found, told = once(villages(("1", 98.1, 19), ("2", 98.2, 19), ("1", 98.3, 19)))
    assert found == [("1", (98.1, 19)), ("2", (98.2, 19))]
    assert told == [("village_twice", "1")]


def test_a_village_again_on_its_point_is_no_fault():
    found, told = once(villages(("1", 98.1, 19)), villages(("1", 98.1000000001, 19)))
    assert (found, told) == ([("1", (98.1, 19))], [])


def test_a_list_of_names_never_hides_the_points_of_another_file():
    found, told = once(villages(("1",), ("2",)), villages(("1", 98.1, 19)))
    assert (found, told) == ([("2", None), ("1", (98.1, 19))], [])


def test_a_village_that_stands_twice_without_a_point_is_kept_once():
    assert once(villages(("1",), ("1",))) == ([("1", None)], [])
