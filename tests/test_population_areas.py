"""Areas, zones, neighbours and totals that lie among the boundaries are published with a round."""

import geopandas as gpd
import pytest
import shapely

from tests.office import ROUND, small_office, subdistrict_squares, write_text


@pytest.fixture
def office(tmp_path):
    return small_office(tmp_path / "office")


def draw(office, name, shapes, **columns):
    rows = gpd.GeoDataFrame(columns, geometry=shapes, crs=4326)
    rows.to_file(office.folder / "data" / "boundaries" / name)


def halves():
    west, south, east, north = subdistrict_squares().total_bounds
    middle = (west + east) / 2
    return [shapely.box(west, south, middle, north), shapely.box(middle, south, east, north)]


def test_people_of_areas_that_the_office_draws_are_published_under_their_codes(office):
    draw(
        office, "blocks.gpkg", halves(), area_code=["7701", "7702"], area_name=["ตะวันตก", "ตะวันออก"]
    )
    write_text(
        office.sheet("population.csv"),
        [["area_code", "age", "persons"], ["7701", 6, 30], ["7702", 6, 20], ["880101", 6, 5]],
    )
    built = office.run("build", ROUND)
    assert built.exit_code == 0, built.output
    rows = office.layer("population").set_index("area_code")
    assert rows["area_kind"].to_dict() == {"7701": "area", "7702": "area"}
    assert rows["area_name"].to_dict() == {"7701": "ตะวันตก", "7702": "ตะวันออก"}
    assert office.layer("population_areas")["area_code"].tolist() == ["7701", "7702"]


def test_announced_zones_keep_their_levels_and_codes_as_text(office):
    draw(
        office,
        "เขตบริการ.gpkg",
        halves(),
        รหัสโรงเรียน=["99010001", "99010002"],
        ระดับ=["ประถมศึกษา", "ป.1-ม.3"],
        ปีที่ประกาศ=[2567, 2567],
    )
    built = office.run("build", ROUND)
    assert built.exit_code == 0, built.output
    zones = office.layer("announced_zones")
    assert sorted(zip(zones["smis_code"], zones["education_level"], strict=True)) == [
        ("99010001", "primary"),
        ("99010002", "lower_secondary"),
        ("99010002", "primary"),
    ]
    assert set(zones["announced_be"]) == {2567}
    assert zones.geometry.is_valid.all()


def test_a_shapefile_that_cuts_headings_at_ten_letters_is_read(office):
    rows = gpd.GeoDataFrame(
        {"smis_code": ["1", "2"], "education_": ["primary", "primary"], "announced_": [2567, 2567]},
        geometry=halves(),
        crs=4326,
    )
    rows.to_file(office.folder / "data" / "boundaries" / "zones.shp", encoding="utf-8")
    built = office.run("build", ROUND)
    assert built.exit_code == 0, built.output
    assert office.layer("announced_zones")["announced_be"].tolist() == [2567, 2567]


def test_neighbours_schools_may_come_as_a_table_with_places(office):
    text = "smis_code,school_name_th,levels,lat,lon\n08010001,บ้านไกล,primary,19.5,98.5\n"
    path = office.folder / "data" / "boundaries" / "neighbours.csv"
    path.write_text(text, encoding="utf-8-sig")
    built = office.run("build", ROUND)
    assert built.exit_code == 0, built.output
    (school,) = office.layer("neighbour_schools").itertuples()
    assert (school.smis_code, school.levels_offered) == ("08010001", "primary")
    assert (school.geometry.x, school.geometry.y) == (98.5, 19.5)


def test_totals_of_boundaries_stand_in_the_population_without_an_age(office):
    folder = office.folder / "data" / "boundaries"
    for path in folder.glob("*"):
        path.unlink()
    areas = subdistrict_squares().assign(dopa2021_total=[1000.0, 2000.0])
    areas.to_file(folder / "subdistricts.gpkg")
    built = office.run("build", ROUND)
    assert built.exit_code == 0, built.output
    rows = office.layer("population")
    assert rows["persons"].tolist() == [1000, 2000]
    assert rows["age"].isna().all()
    assert set(rows["as_of_date"]) == {"2021-12-31"}
    assert set(rows["source_file"]) == {"data/boundaries/subdistricts.gpkg"}
