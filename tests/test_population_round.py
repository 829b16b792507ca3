"""Population and announced service areas of a round, from the received file to the layer."""

import geopandas as gpd
import pytest

from tests.office import NAME, ROUND, small_office, write_text


@pytest.fixture
def office(tmp_path):
    office = small_office(tmp_path)
    villages = gpd.GeoDataFrame(
        {
            "village_code": ["99020101", "99020102", "99020201"],
            "village_th": ["ห้วยเมฆ", "ดอยลม", "ทุ่งดาว"],
        },
        geometry=gpd.points_from_xy([98.05, 98.03, 98.15], [19.05, 19.06, 19.05]),
        crs=4326,
    )
    villages.to_file(
        office.folder / "data" / "boundaries" / "villages.gpkg", layer="villages", driver="GPKG"
    )
    return office


def register_line(name, boys, girls):
    """220 fields of people who are all 6 years old."""
    people = [0] * 216
    people[12:14] = boys, girls
    return [name, *people, boys, girls, boys + girls]


LINES = [
    register_line("จังหวัดทดสอบ", 60, 50),
    register_line("อำเภอเมืองทดสอบ", 40, 35),
    register_line("ตำบลห้วยเมฆ", 30, 20),
    register_line("ตำบลทุ่งดาว", 10, 15),
    register_line("เทศบาลเมืองทดสอบ", 20, 15),
    register_line("ตำบลห้วยเมฆ", 20, 15),
]


def test_the_registered_population_is_published_by_subdistrict_and_age(office):
    write_text(office.sheet("stat_pop_6712.txt"), LINES, delimiter="|")
    built = office.run("build", ROUND)
    assert built.exit_code == 0, built.output
    rows = office.layer("population")
    six = rows[rows["age"] == 6].set_index("area_code")
    assert six["persons"].to_dict() == {"990201": 85, "990202": 25}
    assert six["male"].to_dict() == {"990201": 50, "990202": 10}
    assert set(rows["as_of_date"]) == {"2024-12-31"}
    assert len(rows) == 2 * 101


def test_a_lost_municipality_stops_the_round(office):
    write_text(office.sheet("stat_pop_6712.txt"), LINES[:4], delimiter="|")
    assert office.run("build", ROUND).exit_code == 1
    assert not office.published.exists()
    blocks = [row for row in office.problems() if row["severity"] == "block"]
    assert [row["kind"] for row in blocks] == ["population_province_sum"]
    assert "ต่างกัน 35 คน" in blocks[0]["message_th"]


def test_a_later_round_takes_the_population_over_with_its_own_day(office):
    write_text(office.sheet("stat_pop_6612.txt", "2567-1"), LINES, delimiter="|")
    assert office.run("build", ROUND).exit_code == 0
    rows = office.layer("population")
    assert set(rows["as_of_date"]) == {"2023-12-31"}
    assert set(rows["source_file"]) == {"2567-1/stat_pop_6612.txt"}


def test_an_announcement_of_lines_makes_service_villages(office):
    text = [
        f"ประกาศ{NAME} เรื่อง กำหนดเขตพื้นที่บริการ",
        "1. โรงเรียนบ้านห้วยเมฆ (99020001) หมู่บ้านในเขตบริการ 1 หมู่บ้าน: หมู่ที่ ๑ ต.ห้วยเมฆ",
        "2. โรงเรียนวัดทุ่งดาว",
        "บ้านทุ่งดาว หมู่ที่ 1 ตำบลทุ่งดาว",
        "ประกาศ ณ วันที่ 1 มีนาคม พ.ศ. 2568",
    ]
    office.sheet("ประกาศเขตบริการ.txt").write_text("\n".join(text), encoding="utf-8")
    built = office.run("build", ROUND)
    assert built.exit_code == 0, built.output
    rows = office.layer("service_villages")
    assert rows[["smis_code", "village_code", "announced_be"]].to_numpy().tolist() == [
        ["99020001", "99020101", 2568],
        ["99020003", "99020201", 2568],
    ]
    unserved = office.problems("villages_unserved")
    assert [row["value"] for row in unserved] == ["99020102"]
    assert "หมู่ 2 ดอยลม" in unserved[0]["message_th"]
