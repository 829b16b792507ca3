"""The published file, read past our own code: plain sqlite3 against the contract and OGC 12-128."""

import datetime
import hashlib
import os
import re
import sqlite3
import struct
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from contextlib import closing

import geopandas as gpd
import pytest
import shapely

from gisapp.core.columns import ROUND_COLUMNS
from gisapp.core.dictionary import LAYERS
from gisapp.core.rounds import Round
from gisapp.pipeline import build_round, join_sheets
from gisapp.settings import Settings
from gisapp.store.bundled import styles_dir
from gisapp.store.geopackage import replacing, write_layers
from tests.office import (
    ROUND,
    SCHOOLS,
    building_rows,
    small_office,
    subdistrict_squares,
    write_book,
    write_wide,
)

BUILT_ON = datetime.datetime(2025, 7, 1, 9, 30, tzinfo=datetime.UTC)
LAYERS_OF_THIS_OFFICE = {
    "schools",
    "enrolment_by_grade",
    "buildings",
    "service_villages",
    "photos",
    "districts",
    "subdistricts",
    "villages",
    "roads",
    "rivers",
    "lakes",
    "problems",
}

#: Schools at least, as the contract has them (section 4).
CONTRACT_SCHOOLS = [
    "smis_code",
    "ministry_code",
    "percode",
    "school_name_th",
    "school_name_en",
    "affiliation",
    "school_network",
    "district",
    "subdistrict",
    "subdistrict_code",
    "village_no",
    "lowest_grade",
    "highest_grade",
    "students",
    "male",
    "female",
    "class_groups",
    "pre_primary",
    "primary",
    "lower_secondary",
    "upper_secondary",
    "size_class_4",
    "size_class_7",
    "small_band",
    "small_school",
    "expansion_school",
    "highland_official",
    "island_official",
    "elevation_m",
    "slope_deg",
    "highland_score",
    "teachers",
    "pupil_teacher_ratio",
    "pupil_class_ratio",
    "buildings",
    "classrooms",
    "dilapidated_buildings",
    "royal_project",
    "model_school",
    "tambon_quality_school",
    "lab_school",
    "special_area",
    "status",
    "merged_into",
    "electricity",
    "water_source",
    "internet",
    "local_government",
    "distance_to_esao_km",
    "distance_to_district_km",
    "founded_on",
    "photo_count",
    "website",
    "location_quality",
    "problem_count",
]
CONTRACT_COLUMNS = {
    "schools": CONTRACT_SCHOOLS,
    "enrolment_by_grade": ["male", "female", "students", "class_groups", "education_level"],
    "buildings": [
        "sequence",
        "building_type",
        "building_design",
        "design_rooms",
        "actual_rooms",
        "special_rooms",
        "built_year_be",
        "age_years",
        "budget_baht",
        "budget_source",
        "condition",
        "use_status",
    ],
    "service_villages": [
        "village_code",
        "village_no",
        "village_name",
        "subdistrict_code",
        "share",
        "announced_be",
    ],
    "photos": [
        "smis_code",
        "building_sequence",
        "photo_slot",
        "taken_on",
        "file_name",
        "caption_th",
    ],
    "problems": [
        "problem_id",
        "severity",
        "kind",
        "file",
        "sheet",
        "row",
        "column",
        "smis_code",
        "value",
        "message_th",
        "message_en",
        "advice_th",
        "acknowledged_reason",
        "acknowledged_by",
        "acknowledged_on",
    ],
}


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """An office with every kind of base layer, one doubt, and one school without a place."""
    office = small_office(tmp_path_factory.mktemp("gpkg") / "office")
    boundaries = office.folder / "data" / "boundaries"
    lines = [shapely.LineString([(98.0, 19.05), (98.2, 19.06)])]
    road = {"road_class": ["primary"], "surface": ["paved"], "name_th": ["ทล.1"]}
    roads = gpd.GeoDataFrame(road, geometry=lines, crs=4326)
    roads.to_file(boundaries / "roads.gpkg", layer="roads")
    gpd.GeoDataFrame({"name_th": ["น้ำลม"], "flow_class": [1]}, geometry=lines, crs=4326).to_file(
        boundaries / "water.gpkg", layer="rivers"
    )
    gpd.GeoDataFrame(
        {"name_th": ["หนองดาว"]}, geometry=[shapely.box(98.11, 19.01, 98.12, 19.02)], crs=4326
    ).to_file(boundaries / "water.gpkg", layer="lakes")
    (boundaries / "villages.csv").write_text(
        "village_code,village_th,lat,lon\n99020101,บ้านห้วยเมฆ,19.05,98.04\n", encoding="utf-8"
    )
    rows = building_rows()
    rows[1][6] = "สวยงาม"
    write_book(office.sheet("buildings.xlsx"), {"สิ่งก่อสร้าง": rows})
    write_book(
        office.sheet("villages.xlsx"),
        {
            "เขตบริการ": [
                ["รหัสโรงเรียน", "ระดับ", "รหัสหมู่บ้าน", "ชื่อหมู่บ้าน", "สัดส่วน"],
                [SCHOOLS[0].code, "ประถม", "99020101", "บ้านห้วยเมฆ", 1],
                [SCHOOLS[1].code, "ประถม", "99020199", "บ้านหาย", None],
            ]
        },
    )
    build_round(Settings.load(office.folder), Round.parse(ROUND), BUILT_ON)
    return office


@pytest.fixture
def database(office):
    """The published file, opened read-only."""
    with closing(sqlite3.connect(f"file:{office.published}?mode=ro", uri=True)) as opened:
        yield opened


def names(database, query, *values):
    return {row[0] for row in database.execute(query, values)}


# The contract ------------------------------------------------------------------------------


def test_the_layers_are_those_of_the_contract(database):
    found = names(
        database, "SELECT table_name FROM gpkg_contents WHERE table_name <> 'layer_styles'"
    )
    assert found == LAYERS_OF_THIS_OFFICE


@pytest.mark.parametrize("layer", sorted(CONTRACT_COLUMNS))
def test_a_layer_has_at_least_the_columns_of_the_contract(database, layer):
    found = names(database, "SELECT name FROM pragma_table_info(?)", layer)
    assert set(CONTRACT_COLUMNS[layer]) - found == set()


def test_every_name_is_ascii_and_every_table_states_its_round(database):
    for layer in LAYERS_OF_THIS_OFFICE:
        found = names(database, "SELECT name FROM pragma_table_info(?)", layer)
        assert all(re.fullmatch("[a-z][a-z0-9_]*", name) for name in found)
        assert {"academic_year_be", "data_round", "as_of_date"} <= found
        stated = database.execute(
            f"SELECT DISTINCT academic_year_be, data_round, typeof(as_of_date) FROM {layer}"
        ).fetchall()
        assert stated in ([], [(2568, ROUND, "text")])


def test_buildings_are_of_the_last_30_october_and_pupils_of_10_june(database):
    assert names(database, "SELECT as_of_date FROM buildings") == {"2024-10-30"}
    assert names(database, "SELECT as_of_date FROM enrolment_by_grade") == {"2025-06-10"}


def test_every_grade_states_its_level(database):
    found = set(database.execute("SELECT DISTINCT grade, education_level FROM enrolment_by_grade"))
    levels = {"k": "pre_primary", "p": "primary"}
    assert len(found) == 11
    for grade, level in found:
        assert level == levels.get(grade[0], "lower_secondary"), grade


def test_titles_are_thai_and_stand_at_every_layer_and_column(database):
    thai = re.compile("[\u0e01-\u0e5b]")
    for name, identifier, description in database.execute(
        "SELECT table_name, identifier, description FROM gpkg_contents "
        "WHERE table_name <> 'layer_styles'"
    ):
        assert thai.search(identifier), name
        assert thai.search(description), name
    for layer in LAYERS_OF_THIS_OFFICE:
        columns = names(database, "SELECT name FROM pragma_table_info(?)", layer) - {"fid", "geom"}
        titled = dict(
            database.execute(
                "SELECT column_name, title FROM gpkg_data_columns WHERE table_name = ?", (layer,)
            )
        )
        assert set(titled) == columns
        assert all(titles for titles in titled.values())


def test_unknown_is_null_and_never_a_zero_or_an_empty_text(database):
    row = database.execute("SELECT elevation_m, teachers, website, status FROM schools").fetchone()
    assert row == (None, None, None, None)
    for layer in LAYERS_OF_THIS_OFFICE - {"problems"}:
        for name, kind in database.execute("SELECT name, type FROM pragma_table_info(?)", (layer,)):
            if kind == "TEXT":
                query = f"SELECT count(*) FROM {layer} WHERE \"{name}\" = ''"
                assert database.execute(query).fetchone() == (0,), (layer, name)


def test_the_metadata_name_every_source_with_its_checksum_the_criteria_and_the_time(
    office, database
):
    (text,) = database.execute("SELECT metadata FROM gpkg_metadata").fetchone()
    items = {item.get("name"): item.text for item in ElementTree.fromstring(text)}  # noqa: S314
    for path in sorted(office.sheet("").iterdir()):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        assert items[f"source {path.name}"] == f"sha256 {digest}"
    assert items["built_on"].startswith("2025-07-01T09:30")
    assert re.fullmatch("sha256 [0-9a-f]{64}", items["criteria size_classes"])
    assert "99020000" in items["office"]


def test_the_metadata_name_the_boundaries_too(office, database):
    (text,) = database.execute("SELECT metadata FROM gpkg_metadata").fetchone()
    for path in sorted((office.folder / "data" / "boundaries").iterdir()):
        assert hashlib.sha256(path.read_bytes()).hexdigest() in text, path.name


def test_every_layer_with_places_has_a_style():
    with_places = {layer.name for layer in LAYERS.values() if layer.geometry}
    assert with_places == {path.stem for path in styles_dir().glob("*.qml")}


def test_styles_name_only_columns_that_their_layer_has():
    asked = re.compile(r'(?:fieldName|attr)="([a-z_0-9]+)"|&quot;([a-z_0-9]+)&quot;')
    for path in styles_dir().glob("*.qml"):
        known = {column.name for column in (*LAYERS[path.stem].columns, *ROUND_COLUMNS)}
        named = {"".join(found) for found in asked.findall(path.read_text(encoding="utf-8"))}
        assert named <= known, path.name


def test_layers_that_have_a_style_bring_it(database):
    styles = {path.stem for path in styles_dir().glob("*.qml")}
    expected = styles & LAYERS_OF_THIS_OFFICE
    assert expected >= {"schools", "districts", "subdistricts"}
    rows = database.execute(
        "SELECT f_table_name, f_geometry_column, useAsDefault, styleQML FROM layer_styles"
    ).fetchall()
    assert {row[0] for row in rows} == expected
    for name, geometry, default, qml in rows:
        assert (geometry, default) == ("geom", 1), name
        assert ElementTree.fromstring(qml).tag == "qgis"  # noqa: S314
    assert names(
        database, "SELECT data_type FROM gpkg_contents WHERE table_name = 'layer_styles'"
    ) == {"attributes"}


def test_readers_need_no_second_file(office):
    content = office.published.read_bytes()
    # Source: SQLite file format 1.3, bytes 18 and 19: 1 is a rollback journal, 2 is WAL.
    assert content[18:20] == b"\x01\x01"
    assert not [path for path in office.published.parent.iterdir() if "-journal" in path.name]
    assert not [path for path in office.published.parent.iterdir() if path.name.endswith("-wal")]


@pytest.mark.parametrize("layer", ["schools", "enrolment_by_grade", "buildings", "problems"])
def test_a_school_is_looked_up_by_an_index(database, layer):
    plan = database.execute(
        f"EXPLAIN QUERY PLAN SELECT * FROM {layer} WHERE smis_code = '99020001'"
    ).fetchall()
    assert len(plan) == 1
    assert f"USING INDEX {layer}_smis_code" in plan[0][3]


def test_the_rows_of_a_level_are_looked_up_by_an_index(database):
    plan = database.execute(
        "EXPLAIN QUERY PLAN SELECT * FROM enrolment_by_grade WHERE education_level = 'primary'"
    ).fetchall()
    assert "USING INDEX enrolment_by_grade_education_level" in plan[0][3]


# OGC GeoPackage 1.3 (12-128r18); the numbers are its requirements ------------------------------


def test_it_says_that_it_is_a_geopackage_1_3(database):
    assert database.execute("PRAGMA application_id").fetchone() == (0x47504B47,)  # R2: "GPKG"
    assert database.execute("PRAGMA user_version").fetchone() == (10300,)


def test_sqlite_finds_no_fault(database):
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)  # R6
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []  # R7


def test_it_names_its_reference_systems(database):
    known = names(database, "SELECT srs_id FROM gpkg_spatial_ref_sys")
    assert {-1, 0, 4326} <= known  # R11
    assert names(database, "SELECT srs_id FROM gpkg_contents WHERE srs_id IS NOT NULL") <= known
    wgs84 = database.execute(
        "SELECT organization, organization_coordsys_id FROM gpkg_spatial_ref_sys "
        "WHERE srs_id = 4326"
    ).fetchone()
    assert (wgs84[0].upper(), wgs84[1]) == ("EPSG", 4326)


def test_contents_are_features_in_degrees_and_tables_without_places(database):
    with_place = {name for name in LAYERS_OF_THIS_OFFICE if LAYERS[name].geometry}
    rows = database.execute(
        "SELECT table_name, data_type, identifier, last_change, srs_id FROM gpkg_contents"
    ).fetchall()
    assert len({row[2] for row in rows}) == len(rows)  # R13: unique
    for name, kind, _, changed, srs in rows:
        assert kind == ("features" if name in with_place else "attributes"), name
        assert srs == (4326 if name in with_place else 0), name
        assert changed == "2025-07-01T09:30:00.000Z", name  # R15 and equal input, equal bytes


def test_every_feature_table_has_its_geometry_column_key_and_spatial_index(database):
    rows = database.execute(
        "SELECT table_name, column_name, geometry_type_name, srs_id, z, m "
        "FROM gpkg_geometry_columns"
    ).fetchall()
    assert {row[0] for row in rows} == {n for n in LAYERS_OF_THIS_OFFICE if LAYERS[n].geometry}
    for name, column, kind, srs, z, m in rows:
        assert (column, srs, z, m) == ("geom", 4326, 0, 0)
        assert kind == str(LAYERS[name].geometry).upper()
        keys = database.execute(
            "SELECT name, type FROM pragma_table_info(?) WHERE pk = 1", (name,)
        ).fetchall()
        assert keys == [("fid", "INTEGER")]  # R29
        placed = database.execute(f"SELECT count(*) FROM {name} WHERE geom IS NOT NULL").fetchone()
        indexed = database.execute(f"SELECT count(*) FROM rtree_{name}_geom").fetchone()
        assert placed == indexed, name
        found = names(
            database, "SELECT extension_name FROM gpkg_extensions WHERE table_name = ?", name
        )
        assert found == {"gpkg_rtree_index"}


#: WKB number of each type. Source: OGC 06-103r4, table 7.
_WKB = {"POINT": 1, "LINESTRING": 2, "MULTIPOLYGON": 6}


def test_every_geometry_is_what_its_table_says(database):
    seen = 0
    for name, kind in database.execute(
        "SELECT table_name, geometry_type_name FROM gpkg_geometry_columns"
    ).fetchall():
        for (blob,) in database.execute(f"SELECT geom FROM {name} WHERE geom IS NOT NULL"):
            magic, version, flags, srs = struct.unpack_from("<2sBBi", blob)  # R19
            assert (magic, version, srs) == (b"GP", 0, 4326)
            assert not flags & 0b00110000, f"{name}: empty or extended"
            envelope = {0: 0, 1: 32}[flags >> 1 & 7]
            assert struct.unpack_from("<BI", blob, 8 + envelope) == (1, _WKB[kind])
            seen += 1
    assert seen > 8


def test_the_stated_bounds_hold_every_geometry(office, database):
    for name, *stated in database.execute(
        "SELECT table_name, min_x, min_y, max_x, max_y FROM gpkg_contents "
        "WHERE data_type = 'features'"
    ).fetchall():
        rows = gpd.read_file(office.published, layer=name)
        if rows.geometry.notna().any():
            assert stated == pytest.approx(list(rows.total_bounds), abs=1e-9), name


def test_the_extensions_that_are_used_are_declared(database):
    declared = set(
        database.execute("SELECT table_name, extension_name FROM gpkg_extensions").fetchall()
    )
    assert {  # R58
        ("gpkg_data_columns", "gpkg_schema"),
        ("gpkg_data_column_constraints", "gpkg_schema"),
        ("gpkg_metadata", "gpkg_metadata"),
        ("gpkg_metadata_reference", "gpkg_metadata"),
    } <= declared
    scopes = names(database, "SELECT scope FROM gpkg_extensions")
    assert scopes <= {"read-write", "write-only"}
    references = database.execute(
        "SELECT reference_scope, table_name, md_file_id IN (SELECT id FROM gpkg_metadata) "
        "FROM gpkg_metadata_reference"
    ).fetchall()
    assert references == [("geopackage", None, 1)]


def test_titles_speak_of_columns_that_exist(database):
    for table, column in database.execute(
        "SELECT table_name, column_name FROM gpkg_data_columns"
    ).fetchall():
        assert column in names(database, "SELECT name FROM pragma_table_info(?)", table)


# What goes in comes out --------------------------------------------------------------------


def test_what_was_joined_is_what_a_reader_finds(office):
    checked = join_sheets(Settings.load(office.folder), Round.parse(ROUND))
    assert set(checked.layers) == LAYERS_OF_THIS_OFFICE
    for name, rows in checked.layers.items():
        found = gpd.read_file(office.published, layer=name)
        assert len(found) == len(rows), name
        for column in (*LAYERS[name].columns, *ROUND_COLUMNS):
            known = rows[column.name].astype(object).where(rows[column.name].notna())
            wanted = [None if value is None or value != value else value for value in known]
            read = [None if value is None or value != value else value
                    for value in found[column.name].astype(object)]  # fmt: skip
            assert read == wanted, (name, column.name)


def test_a_subdistrict_with_an_island_stands_beside_one_without(tmp_path):
    office = small_office(tmp_path / "office")
    path = office.folder / "data" / "boundaries" / "subdistricts.gpkg"
    squares = subdistrict_squares()
    island = shapely.box(98.3, 19.0, 98.31, 19.01)
    squares.loc[1, "geometry"] = shapely.MultiPolygon([squares.geometry[1], island])
    path.unlink()
    squares.to_file(path, layer="subdistricts", driver="GPKG")
    assert office.run("build", ROUND).exit_code == 0
    written = office.layer("subdistricts").set_index("subdistrict_code").geometry
    assert set(written.geom_type) == {"MultiPolygon"}
    assert shapely.get_num_geometries(written.to_numpy()).tolist() == [1, 2]
    assert written.loc["990202"].covers(island)


def test_equal_input_and_time_give_equal_bytes_in_another_process_too(office, tmp_path):
    settings = Settings.load(office.folder)
    build_round(settings, Round.parse(ROUND), BUILT_ON)
    here = office.digest()
    code = (
        "import datetime, sys; from pathlib import Path; from gisapp.pipeline import build_round;"
        "from gisapp.core.rounds import Round; from gisapp.settings import Settings;"
        f"build_round(Settings.load(Path(sys.argv[1])), Round.parse('{ROUND}'),"
        " datetime.datetime(2025, 7, 1, 9, 30, tzinfo=datetime.UTC))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Bangkok"}
    subprocess.run([sys.executable, "-c", code, str(office.folder)], check=True, env=environment)
    assert office.digest() == here


def test_another_time_changes_only_what_states_the_time(office, tmp_path):
    checked = join_sheets(Settings.load(office.folder), Round.parse(ROUND))
    paths = [tmp_path / "a.gpkg", tmp_path / "b.gpkg"]
    times = [BUILT_ON, BUILT_ON + datetime.timedelta(days=1)]
    for path, built_on in zip(paths, times, strict=True):
        write_layers(checked.layers, path, {}, built_on)
    assert paths[0].read_bytes() != paths[1].read_bytes()
    for name in checked.layers:
        first, second = (gpd.read_file(path, layer=name) for path in paths)
        assert first.equals(second), name


def test_a_layer_without_rows_is_there_with_all_its_columns(tmp_path):
    office = small_office(tmp_path / "office")
    office.sheet("buildings.xlsx").unlink()
    assert office.run("build", ROUND).exit_code == 0
    empty = office.layer("buildings")
    assert len(empty) == 0
    assert set(CONTRACT_COLUMNS["buildings"]) <= set(empty.columns)


def test_a_quote_or_a_tag_in_a_file_name_is_text_in_the_metadata(tmp_path):
    office = small_office(tmp_path / "office")
    name = "นักเรียน & <b> 'x'.xlsx"
    office.sheet("enrolment.xlsx").unlink()
    write_wide(office.sheet(name))
    assert office.run("build", ROUND).exit_code == 0
    with closing(sqlite3.connect(office.published)) as database:
        (text,) = database.execute("SELECT metadata FROM gpkg_metadata").fetchone()
    items = {item.get("name") for item in ElementTree.fromstring(text)}  # noqa: S314
    assert f"source {name}" in items


# Taking the old file's place -----------------------------------------------------------------


def test_a_file_takes_its_place_only_when_all_went_well(tmp_path):
    path = tmp_path / "a.gpkg"
    path.write_text("old")
    with pytest.raises(ZeroDivisionError), replacing(path) as part:
        part.write_text("half")
        raise ZeroDivisionError
    assert path.read_text() == "old"
    assert [found.name for found in tmp_path.iterdir()] == ["a.gpkg"]
    with replacing(path) as part:
        part.write_text("new")
        assert path.read_text() == "old"
    assert path.read_text() == "new"
    assert [found.name for found in tmp_path.iterdir()] == ["a.gpkg"]


def test_what_a_killed_build_left_is_cleared_away_and_other_rounds_are_not(tmp_path):
    old = tmp_path / ".2568-1.part.gpkg"
    other = tmp_path / ".2568-2.part.gpkg"
    journal = tmp_path / ".2568-1.part.gpkg-journal"
    for path in (old, other, journal):
        path.touch()
    with replacing(tmp_path / "2568-1.gpkg") as part:
        part.write_text("new")
    assert not old.exists()
    assert not journal.exists()
    assert other.exists()


def test_a_reader_that_holds_the_old_file_keeps_reading_it(office):
    with closing(sqlite3.connect(f"file:{office.published}?mode=ro", uri=True)) as reader:
        before = reader.execute("SELECT count(*) FROM schools").fetchone()
        build_round(Settings.load(office.folder), Round.parse(ROUND), BUILT_ON)
        assert reader.execute("SELECT count(*) FROM schools").fetchone() == before
