"""Files of ``data/boundaries``: what is not used is said, and what lies beside layers is not."""

import geopandas as gpd
import pytest
import shapely

from gisapp.settings import Settings
from gisapp.store.boundaries import read_boundaries
from gisapp.store.tables import read_headings
from tests.office import bare_office, subdistrict_squares


@pytest.fixture
def office(tmp_path):
    office = Settings.load(bare_office(tmp_path / "office").folder)
    for path in office.boundaries_dir.glob("*"):
        path.unlink()
    return office


def read(office):
    return read_boundaries(office.boundaries_dir, read_headings(office))


def unknown():
    return gpd.GeoDataFrame({"x": [1]}, geometry=[shapely.box(98, 19, 99, 20)], crs=4326)


def write(rows, office, name, **options):
    office.boundaries_dir.mkdir(parents=True, exist_ok=True)
    rows.to_file(office.boundaries_dir / name, **options)


def test_known_layers_are_used_and_nothing_is_said(office):
    write(subdistrict_squares(), office, "any.gpkg")
    for name in ("any.qml", "README.md", ".hidden"):
        (office.boundaries_dir / name).write_text("x")
    boundaries, problems = read(office)
    assert len(boundaries.subdistricts) == 2
    assert problems == []


@pytest.mark.parametrize("name", ["unknown.gpkg", "unknown.shp", "unknown.geojson"])
def test_a_layer_that_nothing_tells_is_a_warning_that_names_its_file(office, name):
    write(unknown(), office, name)
    _, (problem,) = read(office)
    assert (problem.kind, problem.severity) == ("boundary_file_not_used", "warn")
    assert problem.file == f"data/boundaries/{name}"
    assert problem.message("th") != problem.message("en")


def test_a_file_of_another_kind_is_a_warning_too(office):
    office.boundaries_dir.mkdir(parents=True, exist_ok=True)
    (office.boundaries_dir / "subdistricts.xlsx").write_bytes(b"x")
    _, (problem,) = read(office)
    assert problem.file.endswith("subdistricts.xlsx")


def test_one_unknown_layer_among_known_ones_is_named(office):
    write(subdistrict_squares(), office, "a.gpkg", layer="ตำบล")
    write(unknown(), office, "a.gpkg", layer="อื่น")
    boundaries, (problem,) = read(office)
    assert len(boundaries.subdistricts) == 2
    assert problem.sheet == "อื่น"


def test_an_office_without_boundaries_is_told_elsewhere(office):
    boundaries, problems = read(office)
    assert not len(boundaries.subdistricts)
    assert problems == []
