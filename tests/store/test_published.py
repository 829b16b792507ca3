import sqlite3
from contextlib import closing
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import shapely

from gisapp.core.columns import ROUND_COLUMNS
from gisapp.core.dictionary import LAYERS
from gisapp.core.profile_rows import (
    Building,
    District,
    GradeRow,
    Photo,
    School,
    ServiceVillage,
    Subdistrict,
)
from gisapp.errors import (
    LayerNotFoundError,
    RoundNameError,
    RoundNotFoundError,
    UnreadableFileError,
)
from gisapp.settings import Settings
from gisapp.store.published import (
    as_of,
    columns_of,
    feature_layers,
    geometry_from,
    layer_file,
    read_pupils,
    read_rows,
    read_school,
    read_schools,
    rounds_built,
)
from gisapp.store.published_geojson import read_bounds, read_geojson, read_outline

ROUND = "2568-1"


def schools(**changes):
    rows = pd.DataFrame(
        {
            "smis_code": ["99020002", "99020001"],
            "school_name_th": ["ข", "ก"],
            "students": pd.array([None, 7], dtype="Int64"),
            "highland_official": pd.array([None, True], dtype="boolean"),
            "pupil_teacher_ratio": [None, 3.5],
            "problem_count": [1, 0],
            "as_of_date": ["2025-06-10", "2025-06-10"],
            "a_column_of_tomorrow": ["x", "y"],
        }
        | changes
    )
    points = [None, shapely.Point(98.123456789, 19.5)]
    return gpd.GeoDataFrame(rows, geometry=points, crs="EPSG:4326")


@pytest.fixture
def settings(tmp_path):
    (tmp_path / "layers").mkdir()
    return Settings(tmp_path, "99020000", "สพป.ทดสอบ", "Test")


def publish(settings, name=ROUND, *, frame=None):
    path = settings.layer_file(name)
    part = path.with_name(f".{name}.part.gpkg")
    pyogrio.write_dataframe(
        schools() if frame is None else frame, part, layer="schools", geometry_type="Point"
    )
    grades = pd.DataFrame(
        {"smis_code": ["99020001"], "grade": ["p1"], "male": [3.0], "students": [7]}
    )
    pyogrio.write_dataframe(grades, part, layer="enrolment_by_grade")
    part.replace(path)
    return layer_file(settings, name)


def test_rounds_are_found_by_name_oldest_first_and_nothing_else_is_one(settings):
    for name in ("2568-1", "2567-3", "2567-1", "backup", "2568-1 (copy)"):
        settings.layer_file(name).write_bytes(b"")
    assert [built.name for built in rounds_built(settings)] == ["2567-1", "2567-3", "2568-1"]


def test_an_office_without_layers_has_no_round(tmp_path):
    assert rounds_built(Settings(tmp_path, "99020000", "ก", "A")) == ()


def test_a_school_comes_back_as_it_was_written(settings):
    first, second = read_schools(publish(settings))
    assert (first.smis_code, first.school_name_th, first.students) == ("99020001", "ก", 7)
    assert first.highland_official is True
    assert first.pupil_teacher_ratio == 3.5
    assert (first.lon, first.lat) == (98.123456789, 19.5)
    assert (second.students, second.highland_official, second.lon, second.lat) == (
        None,
        None,
        None,
        None,
    )


def test_a_whole_number_that_the_file_keeps_as_3_0_is_read_as_3(settings):
    (row,) = read_rows(publish(settings), "enrolment_by_grade", GradeRow)
    assert row.male == 3
    assert isinstance(row.male, int)
    assert row.female is None


def test_a_column_that_the_reader_may_not_see_is_never_read(settings):
    file = publish(settings)
    shown = read_schools(file, frozenset({"smis_code", "students"}))[0]
    assert (shown.students, shown.problem_count, shown.school_name_th, shown.lon) == (
        7,
        None,
        None,
        None,
    )
    assert read_schools(file)[0].problem_count == 0
    assert read_schools(file, frozenset({"students"})) == ()


def test_one_school_is_found_by_its_code_and_a_code_that_is_sql_finds_none(settings):
    file = publish(settings)
    assert read_school(file, "99020002").school_name_th == "ข"
    for code in ("99029999", "' OR 1=1 --", ""):
        with pytest.raises(LayerNotFoundError):
            read_school(file, code)


def test_a_layer_that_a_round_lacks_gives_no_rows(settings):
    file = publish(settings)
    assert read_rows(file, "buildings", Building) == ()
    assert as_of(file, "buildings") is None
    assert as_of(file, "schools") == "2025-06-10"
    assert feature_layers(file) == ("enrolment_by_grade", "schools")


def test_pupils_of_a_round_are_not_read_for_those_who_may_not_see_them(settings):
    file = publish(settings)
    assert read_pupils(file) == {"99020001": 7, "99020002": None}
    assert read_pupils(file, frozenset({"smis_code"})) == {}


def test_a_rebuilt_file_is_read_anew_and_the_old_answer_is_not_lost_before(settings):
    before = publish(settings)
    assert read_schools(before)[0].students == 7
    after = publish(settings, frame=schools(students=pd.array([1, 2], dtype="Int64")))
    assert after.stamp != before.stamp
    assert read_schools(after)[0].students == 2


def test_no_file_stays_open_after_a_question(settings):
    file = publish(settings)
    read_schools(file)
    read_geojson(file, "schools", None)
    held = Path("/proc/self/fd")
    if not held.is_dir():
        pytest.skip("this system does not list open files")
    names = []
    for number in held.iterdir():
        try:
            names.append(number.readlink().name)
        except OSError:
            continue  # closed while we looked
    assert names
    assert not [name for name in names if name.endswith(".gpkg")]


def test_reading_leaves_the_file_as_it_was(settings):
    file = publish(settings)
    before = file.path.read_bytes()
    read_schools(file)
    read_geojson(file, "schools", None)
    assert file.path.read_bytes() == before
    assert sorted(path.name for path in settings.layers_dir.iterdir()) == [f"{ROUND}.gpkg"]


def test_a_round_that_is_not_built_names_the_command(settings):
    with pytest.raises(RoundNotFoundError, match="gisapp build 2568-1"):
        layer_file(settings, ROUND)
    for name in ("../secret", "2025-1", "2568-4", ""):
        with pytest.raises(RoundNameError):
            layer_file(settings, name)


def test_a_file_that_went_away_or_is_damaged_says_so(settings):
    file = publish(settings)
    file.path.unlink()
    with pytest.raises(RoundNotFoundError, match="gisapp build 2568-1"):
        columns_of(file, "schools")
    settings.layer_file(ROUND).write_bytes(b"this is not a database" * 200)
    with pytest.raises(UnreadableFileError, match="gisapp build 2568-1"):
        columns_of(layer_file(settings, ROUND), "schools")


def test_a_folder_with_strange_letters_is_no_obstacle(tmp_path):
    folder = tmp_path / "สำนักงาน #1 ?mode=rw%20"
    (folder / "layers").mkdir(parents=True)
    settings = Settings(folder, "99020000", "ก", "A")
    assert len(read_schools(publish(settings))) == 2


def test_a_file_without_schools_is_no_round_to_show(settings):
    path = settings.layer_file(ROUND)
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE other (x)")
    with pytest.raises(LayerNotFoundError, match="gisapp build"):
        read_schools(layer_file(settings, ROUND))


def test_geojson_is_what_geopandas_reads_from_the_same_layer(settings, tmp_path):
    file = publish(settings)
    text = read_geojson(file, "schools", None)
    (tmp_path / "x.geojson").write_text(text, encoding="utf-8")
    ours = gpd.read_file(tmp_path / "x.geojson").set_index("smis_code").sort_index()
    theirs = gpd.read_file(file.path, layer="schools").set_index("smis_code").sort_index()
    assert list(ours.index) == list(theirs.index)
    assert ours["school_name_th"].tolist() == theirs["school_name_th"].tolist()
    assert ours.geometry.iloc[1] is None
    assert ours.geometry.iloc[0].distance(theirs.geometry.iloc[0]) < 1e-6
    assert '"highland_official":true' in text


def test_geojson_without_the_geometry_column_is_nowhere(settings):
    text = read_geojson(publish(settings), "schools", frozenset({"smis_code"}))
    assert text.count('"geometry":null') == 2
    assert "98.1" not in text
    with pytest.raises(LayerNotFoundError):
        read_geojson(publish(settings), "nothing", None)


def test_every_envelope_of_a_geopackage_geometry_is_stepped_over():
    wkb = shapely.to_wkb(shapely.Point(98, 19))
    for flags, size in ((0b0001, 0), (0b0011, 32), (0b0101, 48), (0b0111, 48), (0b1001, 64)):
        blob = b"GP\0" + bytes([flags]) + b"\xe6\x10\0\0" + b"\0" * size + wkb
        assert geometry_from(blob) == wkb
    assert geometry_from(None) is None
    assert geometry_from(b"") is None
    assert geometry_from(b"not a geometry") is None


def test_outline_and_bounds_come_from_borders_else_from_schools(settings):
    file = publish(settings)
    assert read_outline(file) == '{"type":"FeatureCollection","features":[]}'
    assert read_bounds(file) == (98.123456789, 19.5, 98.123456789, 19.5)
    squares = gpd.GeoDataFrame(
        {"district_code": ["a", "b"]},
        geometry=[shapely.box(98, 19, 98.5, 20), shapely.box(98.5, 19, 99, 20)],
        crs="EPSG:4326",
    )
    squares.to_file(file.path, layer="districts", driver="GPKG")
    file = layer_file(settings, ROUND)
    assert shapely.area(shapely.from_geojson(read_outline(file))) == pytest.approx(1)
    assert read_bounds(file) == (98, 19, 99, 20)


@pytest.mark.parametrize(
    ("row_type", "layer"),
    [
        (School, "schools"),
        (GradeRow, "enrolment_by_grade"),
        (Building, "buildings"),
        (ServiceVillage, "service_villages"),
        (Photo, "photos"),
        (District, "districts"),
        (Subdistrict, "subdistricts"),
    ],
)
def test_every_field_of_a_row_is_a_column_of_its_layer(row_type, layer):
    """A misspelt field would be null for ever, and nobody would see it."""
    known = {column.name for column in (*LAYERS[layer].columns, *ROUND_COLUMNS)}
    fields = set(row_type.__dataclass_fields__) - {"lon", "lat"}
    assert fields <= known
