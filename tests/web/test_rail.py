"""The rail: what its legend counts and names, what its chips say, which classes an address has."""

import html
import json
import re

import pytest

from gisapp.core.map_views import VIEWS
from gisapp.web import create_app
from tests.web.conftest import web_schools
from tests.web.test_honest import change_layers

EVERYBODY = len(web_schools())


def chips(client, address):
    """Labels of what a page was asked for, with the addresses that take them back."""
    text = client.get(address).text
    found = re.findall(r'<a class="chip on" href="([^"]*)"[^>]*aria-label="เลิกกรอง ([^"]*)"', text)
    return {html.unescape(label): html.unescape(way) for way, label in found}


def part(page, name):
    """A part of a page that filters change, as text."""
    found = page.split(f'data-swap="{name}"')[1].split("</footer>")[0].split("</fieldset>")[0]
    return " ".join(re.sub("<[^>]*>", " ", found).split())


def classes(page):
    """What the legend's rows send."""
    legend = page.split('data-swap="legend"')[1].split("</fieldset>")[0]
    return re.findall(r'name="(\w+)" value="([^"]*)"', legend)


def test_no_two_views_share_the_name_of_a_class(client):
    named = [classes(client.get(f"/?by={view}").text) for view in VIEWS]
    sent = [pair for legend in named for pair in legend]
    assert len(sent) == len(set(sent))


def test_all_classes_of_the_old_view_ask_for_nothing_in_the_new_one(client):
    """Without scripts a form sends the legend it was written with."""
    old = ",".join(value for _name, value in classes(client.get("/?by=teachers").text))
    for view in ("size7", "size"):
        page = client.get(f"/?by={view}&class={old}")
        assert page.status_code == 200
        assert not chips(client, f"/?by={view}&class={old}")
    some = old.split(",")[0]
    assert client.get(f"/?by=size7&class={some}").status_code == 400


def test_the_list_keeps_the_classes_of_the_map_when_another_filter_is_chosen(client):
    page = client.get("/schools?by=rooms&class=rooms:1&class=rooms:nodata").text
    assert '<input type="hidden" name="class" value="rooms:1,rooms:nodata">' in page
    assert '<input type="hidden" name="by" value="rooms">' in page


@pytest.mark.parametrize(
    ("asked", "labels"),
    [
        ("size=small", ["ขนาด: เล็ก"]),
        ("size=small,nodata", ["ขนาด: เล็ก", "ขนาด: ไม่มีข้อมูล"]),
        ("size=none", ["ขนาด: ไม่แสดงกลุ่มใด"]),
        ("size=xlarge,large,medium,no_students,nodata", ["ขนาด: ยกเว้น เล็ก"]),
        ("size=xlarge,large,medium,nodata", ["ขนาด: ยกเว้น เล็ก, ไม่มีนักเรียน"]),
        # Three of six: as many are missing as chosen, so each is named.
        ("size=xlarge,large,medium", ["ขนาด: ใหญ่พิเศษ", "ขนาด: ใหญ่", "ขนาด: กลาง"]),
        ("type=nodata", ["ประเภทโรงเรียน: ไม่มีข้อมูล"]),
        ("condition=nodata", ["สภาพสิ่งก่อสร้าง: ไม่มีข้อมูล"]),
        ("by=teachers&class=teachers:1", ["นักเรียนต่อครู: น้อยกว่า 10"]),
    ],
)
def test_a_chip_says_what_it_is_about_and_goes_alone(client, asked, labels):
    found = chips(client, f"/?{asked}")
    assert list(found) == labels
    for label, way in found.items():
        assert list(chips(client, way)) == [other for other in labels if other != label]


@pytest.mark.parametrize("size", ["", "none", "small"])
def test_no_data_is_counted_among_those_that_other_filters_leave(client, own_settings, size):
    change_layers(
        own_settings,
        "UPDATE schools SET students = NULL, size_class_4 = NULL WHERE smis_code = '99020001'",
    )
    page = create_app(own_settings).test_client().get(f"/?size={size}").text
    assert f"ไม่มีข้อมูล 1 จาก {EVERYBODY} โรงเรียน" in part(page, "legend")
    assert f"ไม่มีข้อมูล 1 จาก {EVERYBODY} โรงเรียน" in part(page, "collar")
    whole = client.get(f"/?size={size}").text
    assert f"ไม่มีข้อมูล 0 จาก {EVERYBODY} โรงเรียน" in part(whole, "legend")
    assert f"ไม่มีข้อมูล 0 จาก {EVERYBODY} โรงเรียน" in part(whole, "collar")


@pytest.mark.parametrize("view", VIEWS)
def test_collar_and_legend_name_the_same_sources(client, view):
    page = client.get(f"/?by={view}").text
    named = re.search(r"ที่มา ([^<·]*)", page.split('class="lgft"')[1].split("</p>")[0])
    assert f"ที่มา {named[1].strip()}<" in page.split('class="collar"')[1]


def test_where_the_classes_are_the_announced_areas_no_mark_says_them_twice(own_settings):
    change_layers(own_settings, "UPDATE schools SET highland_official = 1, island_official = 1")
    client = create_app(own_settings).test_client()
    shown, announced = client.get("/").text, client.get("/?by=special").text
    for word in ("พื้นที่สูงตามประกาศ", "พื้นที่เกาะตามประกาศ"):
        assert word in part(shown, "legend")
        assert word not in part(announced, "legend")

    def marks(view):
        return set(json.loads(client.get(f"/points/2568-1.json?by={view}").data)["marks"])

    assert {mark & ~1 for mark in marks("size")} == {2 | 4}
    assert {mark & ~1 for mark in marks("special")} == {0}


def test_a_round_without_schools_blames_no_filter(own_settings):
    change_layers(own_settings, "DELETE FROM schools")
    client = create_app(own_settings).test_client()
    for address in ("/", "/?size=small"):
        points = client.get(address).text.split('"card": ')[1]
        said = re.search(r'"nothing": ("[^"]*")', points)
        assert json.loads(said[1]) == "รอบนี้ไม่มีโรงเรียน"


def test_the_drawer_ends_in_the_number_of_schools_it_leads_to(client):
    page = client.get("/?size=small").text
    small = sum(0 < school.students <= 120 for school in web_schools(fewer=1))
    assert f'data-swap="done">ดู {small} โรงเรียน<' in page
