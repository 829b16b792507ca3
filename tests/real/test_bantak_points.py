"""A rural district: a list of names, and points that carry names alone."""

import csv
import shutil

import geopandas as gpd
import pytest
import shapely

from tests.office import ROUND, Office, run


@pytest.fixture(scope="module")
def bantak(real_data, tmp_path_factory):
    """The office after its proposed keys were accepted; the findings of its check."""
    folder = tmp_path_factory.mktemp("bantak") / "office"
    assert run("init", str(folder), "--area-code", "63010000", "--name", "ตาก").exit_code == 0
    office = Office(folder)
    office.sheet("").mkdir(parents=True)
    for name in ("school_register_34.csv", "school_points_24.csv"):
        shutil.copy(real_data / "bantak" / name, office.sheet(name))
    shutil.copy(real_data / "bantak" / "tambon.gpkg", folder / "data" / "boundaries")
    assert office.run("check", ROUND).exit_code == 1
    proposed = folder / "layers" / f"{ROUND}-school_keys.csv"
    shutil.copy(proposed, folder / "data" / "columns" / "school_keys.csv")
    checked = office.run("check", ROUND)
    assert checked.exit_code == 0, checked.output
    return office


def rows_of(path):
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))


def test_each_point_whose_name_a_registered_school_has_is_proposed_to_it(bantak, real_data):
    schools = rows_of(real_data / "bantak" / "school_register_34.csv")
    points = {
        row["name"].replace("โรงเรียน ", "โรงเรียน"): shapely.Point(
            float(row["lng"]), float(row["lat"])
        )
        for row in rows_of(real_data / "bantak" / "school_points_24.csv")
    }
    areas = gpd.read_file(real_data / "bantak" / "tambon.gpkg").set_index("adm3_pcode").geometry
    matched = [school for school in schools if school["name"] in points]
    found = bantak.problems("point_proposed", "point_elsewhere")
    assert len(found) == len(matched) == 23
    inside = sum(areas[school["adm3_pcode"]].covers(points[school["name"]]) for school in matched)
    assert inside == 21
    said = sum("ตกใน ต." in problem["message_th"] for problem in found)
    assert said == inside


def test_the_point_that_is_nobodys_is_noted(bantak, real_data):
    points = rows_of(real_data / "bantak" / "school_points_24.csv")
    (note,) = bantak.problems("points_without_school")
    assert note["severity"] == "note"
    assert f"จุด 1 จาก {len(points)} จุด" in note["message_th"]
