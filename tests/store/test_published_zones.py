"""Areas of coverage as they are read: each once, in order, and only what a reader may see."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

from gisapp.errors import LayerNotFoundError
from gisapp.store.published import file_now
from gisapp.store.published_zones import (
    read_pocket_areas,
    read_school_zones,
    read_unit_areas,
    read_zones,
    zone_levels,
)
from tests.coverage_layers import MIDDLE, REACHES, WEST, write_coverage, write_layer

WEST_BOX = shapely.box(98.0, 19.0, 98.1, 19.1)
SEEN = frozenset({"smis_code", "education_level", "geometry"})


@pytest.fixture
def file(tmp_path):
    """A GeoPackage with the layers of coverage alone."""
    write_coverage(tmp_path / "2568-1.gpkg")
    return file_now(tmp_path / "2568-1.gpkg")


def test_a_unit_stands_once_however_many_questions_its_rows_answer(file):
    areas = read_unit_areas(file, "zone_coverage", "primary", None)
    assert areas.names == (WEST, MIDDLE, None)
    assert areas.shapes[0].equals(WEST_BOX)
    assert shapely.area(areas.shapes).sum() == pytest.approx(0.2 * 0.1)
    assert read_unit_areas(file, "zone_coverage", "lower_secondary", None).names == (WEST,)
    assert read_unit_areas(file, "district_coverage", "primary", None).names == ("9902",)


def test_a_level_that_a_round_does_not_have_has_no_areas(file):
    areas = read_unit_areas(file, "zone_coverage", "upper_secondary", None)
    assert areas.names == ()
    assert len(areas.shapes) == 0


def test_a_unit_that_lies_nowhere_is_left_out(tmp_path):
    """Schools of no known subdistrict have figures, but no area."""
    rows = [
        {"subdistrict_code": code, "education_level": "primary", "geometry": shape}
        for code, shape in ((None, None), ("990201", WEST_BOX), ("990202", shapely.Polygon()))
    ]
    frame = gpd.GeoDataFrame(rows, geometry="geometry", crs="EPSG:4326")
    frame.to_file(tmp_path / "a.gpkg", layer="subdistrict_coverage", driver="GPKG")
    areas = read_unit_areas(file_now(tmp_path / "a.gpkg"), "subdistrict_coverage", "primary", None)
    assert areas.names == ("990201",)


def test_zones_are_known_by_level_and_by_school(file):
    assert read_zones(file, "primary", SEEN).names == (WEST, MIDDLE)
    assert read_school_zones(file, WEST, SEEN).names == ("primary", "lower_secondary")
    assert read_school_zones(file, "00000000", SEEN).names == ()
    assert zone_levels(file) == ("primary", "lower_secondary")


@pytest.mark.parametrize("hidden", sorted(SEEN))
def test_who_may_not_see_a_column_that_is_needed_sees_no_area(file, hidden):
    with pytest.raises(LayerNotFoundError):
        read_unit_areas(file, "zone_coverage", "primary", SEEN - {hidden})


def test_a_round_without_coverage_has_no_areas(tmp_path):
    rows = [{"a": 1, "geometry": WEST_BOX}]
    write_layer(tmp_path / "2568-1.gpkg", "other", rows)
    file = file_now(tmp_path / "2568-1.gpkg")
    assert zone_levels(file) == ()
    for ask in (
        lambda: read_unit_areas(file, "zone_coverage", "primary", None),
        lambda: read_zones(file, "primary", None),
        lambda: read_pocket_areas(file, "primary", 3.0, "own", small=True),
    ):
        with pytest.raises(LayerNotFoundError):
            ask()


def test_only_who_may_see_small_pockets_sees_them(file):
    numbers = {
        small: [
            read_pocket_areas(file, "primary", reach, "own", small=small).names for reach in REACHES
        ]
        for small in (False, True)
    }
    assert numbers[False] == [(1, 2), (1, 2), (1,), (1,)]
    assert numbers[True] == [(1, 2, 3), (1, 2, 3), (1,), (1,)]
    assert read_pocket_areas(file, "primary", 4.0, "own", small=True).names == ()
    assert read_pocket_areas(file, "primary", np.nan, "own", small=True).names == ()
