"""The join and the GeoPackage of a whole country, against pandas and pyogrio doing the same."""

import datetime

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest

from gisapp.core import layers
from gisapp.core.columns import ROUND_COLUMNS
from gisapp.core.dictionary import LAYERS
from gisapp.core.rounds import Round
from gisapp.settings import Settings
from gisapp.store.geopackage import write_layers
from gisapp.store.photos import read_photo_list
from gisapp.store.tables import read_size_classes
from tests.benchmarks.nation import SCHOOLS, make_nation
from tests.office import bare_office

PROMISED = 1.5
ROUND = Round(2568, 1)
BUILT_ON = datetime.datetime(2025, 7, 1, tzinfo=datetime.UTC)


@pytest.fixture(scope="module")
def nation():
    return make_nation()


@pytest.fixture(scope="module")
def classes(tmp_path_factory):
    office = bare_office(tmp_path_factory.mktemp("classes") / "office")
    return read_size_classes(Settings.load(office.folder))


def ours(nation, classes, folder):
    """The pipeline's own steps from clean tables to the published file."""
    photos = read_photo_list(folder / "none")
    teachers = pd.Series(dtype="float64")
    schools = layers.join_schools(
        nation.register,
        nation.places,
        nation.grades,
        nation.buildings,
        teachers,
        photos,
        classes,
        rooms=pd.Series(dtype="float64"),
    )
    tables = {
        "schools": layers.finish_schools(schools, []),
        "enrolment_by_grade": nation.grades,
        "buildings": nation.buildings,
    }
    day = ROUND.cut_off
    published = {
        name: layers.as_published(table, name, ROUND, day) for name, table in tables.items()
    }
    write_layers(published, folder / "ours.gpkg", {}, BUILT_ON)
    return published["schools"]


def plainly(nation, folder, *, use_arrow):
    """The same rows as an analyst would write them: no titles, no styles, no checks, no index."""
    path = folder / "plain.gpkg"
    path.unlink(missing_ok=True)
    grades = nation.grades
    counted = ["students", "male", "female", "class_groups"]
    sums = grades.groupby("smis_code")[counted].sum()
    levels = grades.groupby(["smis_code", "education_level"])["students"].sum().unstack()
    buildings = nation.buildings
    bad = buildings["condition"].eq("dilapidated")
    rooms = buildings["actual_rooms"].where(buildings["building_type"].eq("อาคารเรียน"))
    held = buildings.assign(bad=bad, rooms=rooms).groupby("smis_code")
    structures = held.agg(buildings=("sequence", "size"), classrooms=("rooms", "sum"),
                          dilapidated_buildings=("bad", "sum"))  # fmt: skip
    schools = (
        nation.register.drop(columns=["table", "row", "lat", "lon"])
        .merge(sums, on="smis_code", how="left")
        .merge(levels, on="smis_code", how="left")
        .merge(structures, on="smis_code", how="left")
    )
    schools["size_class_4"] = pd.cut(
        schools["students"].astype(float),
        [-np.inf, 0, 120, 600, 1500, np.inf],
        labels=["no_students", "small", "medium", "large", "xlarge"],
    ).astype(object)
    schools["pupil_class_ratio"] = schools["students"] / schools["class_groups"]
    stated = {"academic_year_be": 2568, "data_round": "2568-1", "as_of_date": "2025-06-10"}
    schools = gpd.GeoDataFrame(
        schools.assign(location_quality=nation.places["location_quality"].to_numpy(), **stated),
        geometry=nation.places.geometry.to_numpy(),
        crs=4326,
    )
    schools["village_no"] = schools["village_no"].astype("Int64")
    # The same rows are the same columns too: those that nobody knows are null on both sides.
    wanted = [column.name for column in (*LAYERS["schools"].columns, *ROUND_COLUMNS)]
    unknown = {name: None for name in wanted if name not in schools}
    schools = schools.assign(**unknown)[[*wanted, "geometry"]]
    for name, frame in (
        ("schools", schools),
        ("enrolment_by_grade", grades.assign(**stated)),
        ("buildings", buildings.assign(**stated)),
    ):
        pyogrio.write_dataframe(frame, path, layer=name, driver="GPKG", use_arrow=use_arrow)
    return schools


@pytest.mark.parametrize("use_arrow", [False, True], ids=["plain", "arrow"])
def test_the_country_is_joined_and_written_within_half_again_of_plain_pandas(
    race, nation, classes, tmp_path, use_arrow
):
    if use_arrow:
        pytest.importorskip("pyarrow", reason="pyarrow is not installed: nothing to compare with")
    mine = ours(nation, classes, tmp_path)
    theirs = plainly(nation, tmp_path, use_arrow=use_arrow)
    for column in ("students", "primary", "buildings", "class_groups", "dilapidated_buildings"):
        assert mine[column].sum() == theirs[column].sum(), column  # the same work was done
    assert len(gpd.read_file(tmp_path / "ours.gpkg", layer="schools")) == SCHOOLS
    ratio = race(
        "30,000 schools joined and written",
        ("gisapp", lambda: ours(nation, classes, tmp_path)),
        ("pandas + pyogrio", lambda: plainly(nation, tmp_path, use_arrow=use_arrow)),
        rounds=3,
    )
    assert ratio <= PROMISED
