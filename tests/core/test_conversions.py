import numpy as np
import pytest
from pyproj import CRS, Geod, Transformer

from gisapp.core.conversions import Conversion, conversion_of, conversion_problem
from gisapp.core.datum import to_degrees

X, Y = np.array([400_000.0]), np.array([2_100_000.0])
GEOD = Geod(ellps="WGS84")


@pytest.mark.parametrize("crs", ["EPSG:4326", "OGC:CRS84", "EPSG:4979"])
def test_degrees_of_wgs_84_are_what_they_are(crs):
    assert conversion_of(crs, np.array([98.0]), np.array([19.0]), 1304) is None


def test_the_projection_file_of_a_shapefile_says_degrees_too():
    esri = CRS.from_epsg(4326).to_wkt("WKT1_ESRI")
    assert conversion_of(esri, np.array([98.0]), np.array([19.0]), 1304) is None


def test_metres_on_wgs_84_are_only_a_note():
    found = conversion_of("EPSG:32647", X, Y, 1304)
    assert found == Conversion("EPSG:32647 WGS 84 / UTM zone 47N")
    problem = conversion_problem(found, "a.gpkg", "")
    assert (problem.kind, problem.severity) == ("crs_converted", "note")
    assert "UTM zone 47N" in problem.message("th")


@pytest.mark.parametrize("way", ["WKT2_2019", "WKT1_ESRI"])
@pytest.mark.parametrize("code", [24047, 24048])
def test_an_old_map_names_the_pinned_operation_and_how_far_the_others_land(code, way):
    crs = CRS.from_epsg(code).to_wkt(way)
    found = conversion_of(crs, X, Y, 1304)
    assert found.operation == "EPSG:1304 Indian 1975 to WGS 84 (2), 5 m"
    away = dict(found.others)
    here = [values[0] for values in to_degrees(X, Y, f"EPSG:{code}", 1304)]
    # By another way: PROJ's own UTM of the other datum.
    plain = Transformer.from_crs(code + 8_600, 4326, always_xy=True).transform(X[0], Y[0])
    assert away["WGS 84"] == pytest.approx(GEOD.inv(*here, *plain)[2], abs=0.01)
    assert away["EPSG:1812"] == pytest.approx(188, abs=5)
    problem = conversion_problem(found, "a.shp", "")
    assert (problem.kind, problem.severity) == ("datum_converted", "warn")
    for language in ("th", "en"):
        assert "EPSG:1304" in problem.message(language)
        assert "EPSG:1812" in problem.message(language)
        assert f"{away['WGS 84']:,.0f}" in problem.message(language)


def test_degrees_on_the_old_datum_are_a_doubt_too():
    found = conversion_of("EPSG:4240", np.array([99.2]), np.array([19.3]), 1812)
    assert [name for name, _ in found.others] == ["EPSG:1304", "WGS 84"]


def test_a_layer_without_points_has_no_distance_to_state():
    nothing = np.array([np.nan])
    assert conversion_of("EPSG:24047", nothing, nothing, 1304).others == ()
    assert conversion_of("EPSG:20137", nothing, nothing, 1304).crs.startswith("EPSG:20137")


def test_another_datum_names_the_operation_that_was_chosen():
    found = conversion_of("EPSG:20137", X, np.array([1_000_000.0]), 1304)
    assert "Adindan to WGS 84" in found.operation
    assert conversion_problem(found, "a.shp", "").kind == "datum_converted"
