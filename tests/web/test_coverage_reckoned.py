"""The page of an office whose coverage the command has reckoned from its sheets."""

import json
import re

import pytest

from tests.office import bare_office
from tests.web.conftest import web_schools
from tests.web.coverage_office import (
    PER_AGE,
    client_of,
    counters,
    part,
    reckoned,
    rows,
    table_file,
    words_of,
)

#: Ages of the levels, as shipped.
AGES = {"pre_primary": 3, "primary": 6, "lower_secondary": 3}


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    return client_of(reckoned(bare_office(tmp_path_factory.mktemp("reckoned") / "office")))


def children(level):
    """Children of a level as the register's rows say."""
    return AGES[level] * sum(boys + girls for boys, girls in PER_AGE.values())


@pytest.mark.parametrize("level", AGES)
def test_children_and_pupils_are_those_of_the_sheets_in_every_unit(client, level):
    pupils = sum(
        boys + girls
        for school in web_schools()
        for grade, (boys, girls, _rooms) in school.pupils.items()
        if {"k": "pre_primary", "p": "primary", "m": "lower_secondary"}[grade[0]] == level
    )
    page = client.get(f"/coverage?level={level}").text
    assert counters(page)["population"][0] == str(children(level))
    assert counters(page)["enrolled"][0] == str(pupils)
    for unit in re.findall(r'data-unit-choice="(\w+)"', page):
        found = table_file(client, f"/coverage.csv?level={level}&unit={unit}&reaches=all")
        for reach in ("1", "2", "3", "6"):
            own = [row for row in found if row["ระยะ (กม.)"] == reach]
            assert sum(int(row["เด็กในวัย"]) for row in own) == children(level), unit
            assert sum(int(row["นักเรียน"]) for row in own) == pupils, unit


def test_a_subdistrict_has_the_children_of_its_register(client):
    shown = rows(client.get("/coverage?unit=subdistrict").text)
    for code, (boys, girls) in PER_AGE.items():
        assert shown[code][1] == str(6 * (boys + girls))


def test_the_page_is_drawn_on_a_map(client):
    page = client.get("/coverage").text
    assert "gisapp.areas(" in page
    config = json.loads(re.search(r'id="coverage-config"[^>]*>(.*?)</script>', page, re.S)[1])
    areas = config["areas"].format(level="primary", unit="zone")
    assert client.get(areas).status_code == 200
    bands = config["bands"].format(level="primary", unit="subdistrict")
    assert json.loads(client.get(bands).text)["unit"] == "subdistrict"
    assert client.get(config["points"]).status_code == 200


def test_the_outlook_is_told_for_the_office(client):
    told = part(client.get("/coverage?tab=outlook").text, 'id="tab-outlook"', "</section>")
    assert "คาดการณ์นักเรียน ป.1" in told
    assert "2574" in told


def test_the_methods_name_the_register_and_where_children_were_set(client):
    told = part(client.get("/coverage").text, "วิธีคิดและที่มา", "</details>")
    assert "จำนวนเด็กตามทะเบียน" in told
    assert "ไม่มีราสเตอร์ประชากร" in told
    assert "population.csv" in told


def zone_section(client, code):
    """The section of a school's page that tells of its zones."""
    page = client.get(f"/schools/{code}").text
    section = page[page.index("เด็กในเขตบริการ") :]
    return section[: section.index("</section>")]


def test_a_schools_page_has_the_figures_of_its_zone(client):
    section = zone_section(client, "99020002")
    for level, word in (("pre_primary", "ก่อนประถม"), ("lower_secondary", "ม.ต้น")):
        shown = rows(client.get(f"/coverage?level={level}&rows=all").text)["99020002"]
        found = re.search(rf'<th scope="row"><a [^>]*>{word}</a></th>(.*?)</tr>', section, re.S)[1]
        cells = [words_of(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", found, re.S)]
        assert cells[0] == shown[1]
        assert f"({shown[3]})" in cells[1]
        assert cells[3] == shown[5]
    assert "ม.1" in words_of(section)
    assert "โรงเรียนที่ใกล้ที่สุด" in words_of(section)


def test_a_school_that_teaches_no_lower_secondary_has_no_such_zone(client):
    section = zone_section(client, "99020001")
    assert ">ก่อนประถม</a></th>" in section
    assert ">ม.ต้น</a></th>" not in section


def test_a_schools_page_leads_to_its_own_zone_at_each_level(client):
    section = zone_section(client, "99020002")
    for level in ("pre_primary", "lower_secondary"):
        assert f"level={level}&amp;reach=3&amp;affiliations=own&amp;unit=zone" in section
    assert section.count("chosen=99020002") >= 3
