import sqlite3
from contextlib import closing

import geopandas as gpd
import pyogrio
import pytest
import shapely

from gisapp.errors import LayerNotFoundError, UnreadableFileError
from gisapp.store.vectors import layer_names, read_layer, write_layers

POINTS = gpd.GeoDataFrame(
    {"village_code": ["01010101", "01010102"], "village_th": ["บ้านหนองฟ้า", "บ้าน<b>"]},
    geometry=[shapely.Point(99.1, 19.2), shapely.Point(99.2, 19.3)],
    crs="EPSG:4326",
)
LINES = gpd.GeoDataFrame(
    {"flow_class": [2]}, geometry=[shapely.LineString([(99, 19), (99.5, 19.5)])], crs="EPSG:4326"
)


def test_layers_come_back_in_their_order_with_codes_as_text(tmp_path):
    path = tmp_path / "new" / "water.gpkg"
    write_layers({"villages": POINTS, "rivers": LINES}, path)
    assert layer_names(path) == ["villages", "rivers"]
    back = read_layer(path, "villages")
    assert back["village_code"].tolist() == ["01010101", "01010102"]
    assert back["village_th"].tolist() == ["บ้านหนองฟ้า", "บ้าน<b>"]
    assert back.geometry.geom_equals(POINTS.geometry).all()
    assert read_layer(path, "rivers")["flow_class"].tolist() == [2]


def test_without_a_name_the_first_layer_is_read(tmp_path):
    path = tmp_path / "villages.gpkg"
    write_layers({"villages": POINTS, "rivers": LINES}, path)
    assert len(read_layer(path)) == 2


def test_the_same_layers_give_the_same_bytes(tmp_path):
    for name in ("a.gpkg", "b.gpkg"):
        write_layers({"villages": POINTS, "rivers": LINES}, tmp_path / name)
    assert (tmp_path / "a.gpkg").read_bytes() == (tmp_path / "b.gpkg").read_bytes()


def test_the_file_states_the_given_time_and_an_old_version_of_the_format(tmp_path):
    path = tmp_path / "villages.gpkg"
    write_layers({"villages": POINTS}, path, written_at="2020-02-03T04:05:06.000Z")
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("SELECT last_change FROM gpkg_contents").fetchall() == [
            ("2020-02-03T04:05:06.000Z",)
        ]
        assert file.execute("PRAGMA user_version").fetchone() == (10300,)


def test_writing_again_replaces_the_whole_file_and_leaves_nothing_beside_it(tmp_path):
    path = tmp_path / "villages.gpkg"
    write_layers({"villages": POINTS, "rivers": LINES}, path)
    write_layers({"villages": POINTS.head(1)}, path)
    assert layer_names(path) == ["villages"]
    assert len(read_layer(path)) == 1
    assert [found.name for found in tmp_path.iterdir()] == ["villages.gpkg"]


def test_the_stated_time_does_not_stay_behind_for_other_writers(tmp_path):
    before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    write_layers({"villages": POINTS}, tmp_path / "villages.gpkg")
    assert pyogrio.get_gdal_config_option("OGR_CURRENT_DATE") == before


def test_metric_layers_are_read_in_degrees(tmp_path):
    path = tmp_path / "villages.gpkg"
    write_layers({"villages": POINTS.to_crs("EPSG:32647")}, path)
    back = read_layer(path)
    assert back.crs == "EPSG:4326"
    assert back.geometry.x.tolist() == pytest.approx([99.1, 99.2], abs=1e-9)
    assert back.geometry.y.tolist() == pytest.approx([19.2, 19.3], abs=1e-9)


def test_a_layer_of_unknown_crs_is_not_written_and_the_old_file_stays(tmp_path):
    path = tmp_path / "villages.gpkg"
    write_layers({"villages": POINTS}, path)
    before = path.read_bytes()
    with pytest.raises(UnreadableFileError, match="CRS of villages"):
        write_layers({"villages": POINTS.set_crs(None, allow_override=True)}, path)
    assert path.read_bytes() == before


def test_a_layer_that_is_not_there_is_named_with_those_that_are(tmp_path):
    path = tmp_path / "water.gpkg"
    write_layers({"rivers": LINES}, path)
    with pytest.raises(LayerNotFoundError, match="no layer lakes; it has rivers"):
        read_layer(path, "lakes")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(LayerNotFoundError, match=r"nowhere\.gpkg"):
        read_layer(tmp_path / "nowhere.gpkg")


def test_a_file_that_is_no_layer_is_refused_in_two_languages(tmp_path):
    path = tmp_path / "villages.gpkg"
    path.write_text("PK not a GeoPackage")
    with pytest.raises(UnreadableFileError, match=r"villages\.gpkg") as caught:
        read_layer(path)
    assert "villages.gpkg" in caught.value.th


def test_a_table_without_places_is_refused(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(UnreadableFileError, match=r"CRS of list\.csv"):
        read_layer(path)


def test_an_empty_layer_stays_a_layer(tmp_path):
    path = tmp_path / "villages.gpkg"
    write_layers({"villages": POINTS.head(0)}, path)
    assert len(read_layer(path, "villages")) == 0
