"""What the pages say where the office's tables differ, or where nobody knows."""

import re
import sqlite3

import pytest

import gisapp
from gisapp.core.profile_rows import School
from gisapp.core.school_filter import known_traits
from gisapp.web import create_app
from tests.web.conftest import web_schools


def change_layers(settings, *statements):
    """Change the built round as if its sheets had said so."""
    with sqlite3.connect(settings.layer_file("2568-1")) as opened:
        names = opened.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in names:
            opened.execute(f'DROP TRIGGER "{name}"')
        for statement in statements:
            opened.execute(statement)
    opened.close()


def test_a_trait_that_no_school_states_is_not_shown_as_zero(own_settings):
    client = create_app(own_settings).test_client()
    change_layers(own_settings, "UPDATE schools SET highland_official = NULL")
    assert "พื้นที่สูงตามประกาศ" not in client.get("/").text
    asked = client.get("/?trait=highland").text
    assert '<span><bdi>พื้นที่สูงตามประกาศ</bdi></span><span class="c num">–</span>' in asked
    change_layers(own_settings, "UPDATE schools SET highland_official = 0")
    stated = client.get("/").text
    assert '<span>พื้นที่สูงตามประกาศ</span><span class="c num">0</span>' in stated


def test_a_trait_is_known_as_soon_as_one_school_says_yes_or_no():
    silent, denies = School("1"), School("2", highland_official=False)
    assert known_traits([silent]) == set()
    assert known_traits([silent, denies]) == {"highland"}
    assert known_traits([silent, School("3", location_quality="surveyed")]) == {"standin"}


def test_health_says_the_version_of_the_code_that_answers(client):
    assert client.get("/healthz").json["version"] == gisapp.__version__


@pytest.mark.parametrize("emptied", ["DELETE FROM {}", "UPDATE {} SET geom = NULL"])
def test_an_office_without_any_place_says_so_and_leads_to_the_list(own_settings, emptied):
    with sqlite3.connect(own_settings.layer_file("2568-1")) as opened:
        layers = dict(
            opened.execute("SELECT table_name, column_name FROM gpkg_geometry_columns").fetchall()
        )
    opened.close()
    change_layers(
        own_settings,
        f"UPDATE schools SET {layers.pop('schools')} = NULL",
        *(emptied.replace("geom", place).format(layer) for layer, place in layers.items()),
    )
    page = create_app(own_settings).test_client().get("/").text
    assert "ยังไม่มีขอบเขตและพิกัดโรงเรียน จึงยังวาดแผนที่ไม่ได้" in page
    assert re.search(r'class="noplace hatch">.*?href="/schools"', page, re.DOTALL)
    assert "L.map(" not in page
    assert "data-map=" not in page
    assert 'data-goto="page"' in page


def test_a_school_without_an_english_name_is_named_once(own_settings):
    client = create_app(own_settings).test_client()
    name = web_schools(fewer=1)[0].name
    change_layers(
        own_settings, "UPDATE schools SET school_name_en = NULL WHERE smis_code = '99020001'"
    )
    page = client.get("/schools/99020001?lang=en").text
    shown = page[page.index("<h1>") : page.index("</p>", page.index("<h1>"))]
    assert shown.count(name) == 1


def test_the_heading_of_buildings_says_how_many_of_the_rows_are_in_use(own_settings):
    client = create_app(own_settings).test_client()
    page = client.get("/schools/99020001").text
    whole = int(re.search(r"<h2>สิ่งก่อสร้าง (\d+) หลัง</h2>", page)[1])
    change_layers(
        own_settings,
        "UPDATE buildings SET use_status = 'รื้อถอนแล้ว' WHERE smis_code = '99020001'"
        " AND sequence = 1",
    )
    words = f"สิ่งก่อสร้าง ใช้งาน {whole - 1} จาก {whole} หลัง"
    for address in ("/schools/99020001", "/schools/99020001/card"):
        assert words in create_app(own_settings).test_client().get(address).text


def test_a_distance_has_one_form_on_a_page(own_settings):
    change_layers(own_settings, "UPDATE schools SET elevation_m = NULL, distance_to_esao_km = 0")
    page = create_app(own_settings).test_client().get("/schools/99020001").text
    assert page.count("0.0 กม.") == 2
    assert ">0 กม." not in page


def test_a_subdistrict_that_is_stated_is_not_said_to_be_unknown(own_settings):
    change_layers(own_settings, "UPDATE schools SET location_quality = 'missing', geom = NULL")
    page = create_app(own_settings).test_client().get("/schools/99020001").text
    assert "ยังไม่มีพิกัด จึงยังไม่อยู่บนแผนที่" in page
    assert "ไม่ทราบตำบล" not in page
    change_layers(own_settings, "UPDATE schools SET subdistrict = NULL, district = NULL")
    page = create_app(own_settings).test_client().get("/schools/99020001").text
    assert "ยังไม่มีพิกัด และไม่ทราบตำบล จึงยังไม่อยู่บนแผนที่" in page
    shown = page[page.index("<h1>") : page.index("</p>", page.index("<h1>"))]
    assert "ต.–" not in shown
    assert "อ.–" not in shown
    card = create_app(own_settings).test_client().get("/schools/99020001/card").text
    assert "ต.–" not in card
    assert "อ.–" not in card
