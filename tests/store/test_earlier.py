import datetime

import geopandas as gpd
import pandas as pd
import pytest

from gisapp.core.dictionary import LAYERS
from gisapp.core.rounds import Round
from gisapp.errors import RoundNotFoundError, UnreadableFileError
from gisapp.settings import Settings
from gisapp.store.earlier import need_published_round, read_published_round, read_table
from gisapp.store.published import layer_file
from tests.office import ROUND, SCHOOLS, small_office

THIS = Round.parse(ROUND)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    office = small_office(tmp_path_factory.mktemp("built") / "office")
    assert office.run("build", ROUND).exit_code == 0
    return office


@pytest.fixture
def settings(built):
    return Settings.load(built.folder)


def test_a_round_comes_back_as_it_was_published(built, settings):
    published = read_published_round(settings, THIS)
    assert published.data_round == THIS
    assert published.grades_as_of == datetime.date(2025, 6, 10)
    assert published.schools["smis_code"].tolist() == [school.code for school in SCHOOLS]
    assert published.schools["students"].tolist() == [school.students for school in SCHOOLS]
    assert published.schools.crs == "EPSG:4326"
    by_another_way = gpd.read_file(built.published, layer="enrolment_by_grade")
    for column in ("male", "female", "students", "class_groups"):
        assert published.grades[column].tolist() == by_another_way[column].tolist()
    assert len(published.problems) == len(gpd.read_file(built.published, layer="problems"))


def test_every_column_of_the_dictionary_is_there_in_its_type(settings):
    published = read_published_round(settings, THIS)
    for layer, table in (
        ("schools", published.schools),
        ("enrolment_by_grade", published.grades),
        ("problems", published.problems),
    ):
        kinds = {column.name: column.kind for column in LAYERS[layer].columns}
        assert [name for name in table if name != "geometry"] == list(kinds)
        dtypes = {"int": "Int64", "float": "Float64", "flag": "boolean"}
        for name, kind in kinds.items():
            assert table[name].dtype == dtypes.get(kind, "str"), name


def test_what_no_sheet_states_is_null_and_not_0(settings):
    schools = read_published_round(settings, THIS).schools
    assert schools["teachers"].isna().all()
    assert schools["merged_into"].isna().all()


def test_a_round_that_is_not_built_is_none_and_is_named_when_needed(settings):
    assert read_published_round(settings, Round.parse("2567-1")) is None
    with pytest.raises(RoundNotFoundError, match="gisapp build 2567-1"):
        need_published_round(settings, Round.parse("2567-1"))


def test_a_damaged_file_is_said_to_be_damaged(tmp_path):
    settings = Settings(tmp_path, "99020000", "สพป.ทดสอบ", "Test")
    settings.layers_dir.mkdir()
    settings.layer_file(ROUND).write_bytes(b"SQLite format 3\0" + b"broken" * 200)
    with pytest.raises(UnreadableFileError, match=r"2568-1\.gpkg"):
        read_published_round(settings, THIS)


def publish(settings, frame):
    settings.layers_dir.mkdir()
    frame.to_file(settings.layer_file(ROUND), layer="schools", driver="GPKG")


def test_an_older_build_with_fewer_columns_and_layers_is_filled_with_nulls(tmp_path):
    settings = Settings(tmp_path, "99020000", "สพป.ทดสอบ", "Test")
    rows = pd.DataFrame({"smis_code": ["99020001"], "a_column_of_tomorrow": ["x"]})
    publish(
        settings, gpd.GeoDataFrame(rows, geometry=gpd.points_from_xy([98.05], [19.05]), crs=4326)
    )
    published = read_published_round(settings, THIS)
    assert published.schools["smis_code"].tolist() == ["99020001"]
    assert published.schools["students"].isna().all()
    assert "a_column_of_tomorrow" not in published.schools
    assert len(published.grades) == len(published.problems) == 0
    assert published.grades_as_of is None
    assert published.problems.crs == "EPSG:4326"
    assert list(read_table(layer_file(settings, ROUND), "buildings")) == [
        column.name for column in LAYERS["buildings"].columns
    ]
