"""Files of ``data/boundaries``: what is not used is said, and what lies beside layers is not."""

import geopandas as gpd
import pytest
import shapely
from pyproj import Transformer

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
    return read_boundaries(office.boundaries_dir, read_headings(office), office.datum_operation)


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


def cod(language="AM", level=3):
    """Boundaries as the Common Operational Datasets of other countries name their columns."""
    areas = subdistrict_squares().drop(columns=["subdistrict_en", "district_en"])
    columns = {"subdistrict": level, "district": level - 1, "province": level - 2}
    names = {f"{area}_th": f"ADM{number}_{language}" for area, number in columns.items()}
    codes = {f"{area}_code": f"ADM{number}_PCODE" for area, number in columns.items()}
    return areas.rename(columns=names | codes)


@pytest.mark.parametrize("language", ["AM", "FR", "ES", "PT", "SW", "NAME"])
def test_names_in_any_language_of_a_country_are_read(office, language):
    write(cod(language), office, "a.geojson")
    boundaries, problems = read(office)
    assert boundaries.subdistricts["subdistrict_th"].tolist() == ["ห้วยเมฆ", "ทุ่งดาว"]
    assert boundaries.districts["district_th"].tolist() == ["เมืองทดสอบ"]
    assert problems == []


def test_english_names_stand_beside_the_countrys_own(office):
    write(cod().assign(ADM3_EN=["Huai Mek", "Thung Dao"]), office, "a.geojson")
    areas = read(office)[0].subdistricts
    assert areas["subdistrict_th"].tolist() == ["ห้วยเมฆ", "ทุ่งดาว"]
    assert areas["subdistrict_en"].tolist() == ["Huai Mek", "Thung Dao"]


def test_a_second_language_of_the_country_stands_where_there_is_no_english(office):
    write(cod("AR").assign(ADM3_FR=["Un", "Deux"]), office, "a.geojson")
    assert read(office)[0].subdistricts["subdistrict_en"].tolist() == ["Un", "Deux"]


@pytest.mark.parametrize(("code", "name"), [("GID_3", "NAME_3"), ("shapeID", "shapeName")])
def test_other_collections_of_boundaries_are_known(office, code, name):
    areas = subdistrict_squares()[["subdistrict_code", "subdistrict_th", "geometry"]]
    write(areas.set_axis([code, name, "geometry"], axis=1), office, "a.geojson")
    boundaries, problems = read(office)
    assert boundaries.subdistricts["subdistrict_th"].tolist() == ["ห้วยเมฆ", "ทุ่งดาว"]
    assert problems == []


def test_names_under_an_unknown_heading_are_said_with_the_headings(office):
    write(cod("QQ"), office, "a.geojson")
    boundaries, (problem,) = read(office)
    assert len(boundaries.subdistricts) == 2
    assert (problem.kind, problem.severity) == ("boundary_names_unknown", "warn")
    assert "ADM3_QQ" in problem.message("th")
    assert "ADM3_QQ" in problem.message("en")


def test_districts_alone_are_said_and_beside_subdistricts_they_are_nothing_new(office):
    districts = cod("EN", level=2)[["ADM2_PCODE", "ADM2_EN", "geometry"]]
    write(districts, office, "adm2.geojson")
    boundaries, (problem,) = read(office)
    assert not len(boundaries.subdistricts)
    assert (problem.kind, problem.file) == ("only_districts", "data/boundaries/adm2.geojson")
    write(cod(), office, "adm3.geojson")
    assert read(office)[1] == []


def test_boundaries_on_the_old_datum_go_through_the_offices_operation_and_say_so(office):
    """By another way: pyproj's own pipeline of the operation, latitude first."""
    box = shapely.box(400_000, 2_100_000, 410_000, 2_110_000)
    areas = subdistrict_squares().iloc[:1].set_geometry([box]).set_crs(24047, allow_override=True)
    write(areas, office, "old.gpkg")
    boundaries, (problem,) = read(office)
    indian = Transformer.from_crs("EPSG:24047", "EPSG:4240", always_xy=True)
    shift = Transformer.from_pipeline("urn:ogc:def:coordinateOperation:EPSG::1304")
    lon, lat = indian.transform(400_000, 2_100_000)
    expected = shift.transform(lat, lon)[::-1]
    corners = shapely.get_coordinates(boundaries.subdistricts.geometry)
    assert abs(corners - expected).sum(axis=1).min() < 1e-9
    assert (problem.kind, problem.severity) == ("datum_converted", "warn")
    (conversion,) = boundaries.conversions.values()
    assert "EPSG:1304" in conversion.text


def test_boundaries_in_metres_of_wgs_84_are_a_note(office):
    write(subdistrict_squares().to_crs(32647), office, "a.gpkg")
    boundaries, (problem,) = read(office)
    assert (problem.kind, problem.severity) == ("crs_converted", "note")
    assert boundaries.subdistricts.total_bounds == pytest.approx([98.0, 19.0, 98.2, 19.1])
