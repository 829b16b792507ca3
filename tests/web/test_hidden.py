"""What a reader may not see is left out of every page, and never told as not known."""

import re

import pytest

from gisapp.core.map_views import NEEDS, VIEWS
from gisapp.store.bundled import criteria_dir
from gisapp.web import create_app

FIRST = "99020001"


@pytest.fixture
def hiding(own_settings):
    """Serve the office to readers who may not see some columns, or layers whole."""

    def without(*hidden):
        text = (criteria_dir() / "access.csv").read_text(encoding="utf-8-sig")
        kept = [
            line
            for line in text.splitlines()
            if not any(line.startswith(f"{each},") for each in hidden)
        ]
        own_settings.criteria_dir.mkdir(parents=True, exist_ok=True)
        (own_settings.criteria_dir / "access.csv").write_text("\n".join(kept), "utf-8")
        return create_app(own_settings).test_client()

    return without


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_of_a_hidden_column_is_neither_offered_nor_drawn(hiding, view):
    client = hiding(f"schools,{NEEDS[view][0]}")
    page = client.get("/").text
    offered = re.findall(r'<option value="(\w*)"', page.split('name="by"')[1])
    gone = {name for name, columns in NEEDS.items() if NEEDS[view][0] in columns}
    # The sizes stand in an address without a name.
    assert set(offered) == {"" if name == "size" else name for name in set(VIEWS) - gone}
    assert client.get(f"/?by={view}").status_code == 400
    assert client.get(f"/points/2568-1.json?by={view}").status_code == 400
    assert client.get("/points/2568-1.json").status_code == 200


@pytest.mark.parametrize(
    ("column", "facet", "value"),
    [
        ("size_class_4", "size", "small"),
        ("levels_offered", "level", "primary"),
        ("levels_offered", "type", "primary"),
        ("dilapidated_buildings", "condition", "nodata"),
        ("district", "district", "เมืองดาว"),
    ],
)
def test_a_filter_of_a_hidden_column_is_neither_offered_nor_taken(hiding, column, facet, value):
    client = hiding(f"schools,{column}")
    for address in ("/", "/schools", "/overview"):
        page = client.get(address)
        assert page.status_code == 200
        assert f'name="{facet}"' not in page.text
    assert client.get("/schools", query_string={facet: value}).status_code == 400


def test_places_that_may_not_be_seen_are_not_said_to_be_missing(hiding):
    client = hiding("schools,geometry")
    assert not re.search(r"ไม่มีพิกัด \d", client.get("/schools").text)
    for address in (f"/schools/{FIRST}", f"/schools/{FIRST}/card"):
        page = client.get(address).text
        for said in ("พิกัดสำรวจแล้ว", "วัดระยะไม่ได้", "ยังไม่อยู่บนแผนที่", "ไม่มีพิกัด"):
            assert said not in page


def test_a_hidden_quality_of_places_is_not_a_warning(hiding):
    client = hiding("schools,location_quality")
    for address in ("/", f"/schools/{FIRST}", f"/schools/{FIRST}/card"):
        page = client.get(address).text
        assert not re.search(r"ไม่มีพิกัด[^<]*</span>", page)
        assert "จุดแทน รอพิกัดจริง" not in page


@pytest.mark.parametrize(
    ("hidden", "said"),
    [
        ("schools,teachers", "รอบนี้ไม่มีข้อมูลครู"),
        ("schools,teachers", "ครูและผู้บริหาร"),
        ("schools,class_groups", "<dt>ห้องเรียน</dt>"),
        ("schools,students", "<dt>นักเรียน</dt>"),
        ("schools,electricity", "<dt>ไฟฟ้า</dt>"),
        ("schools,royal_project", "<dt>โครงการ</dt>"),
        ("buildings", "ไม่มีข้อมูลสิ่งก่อสร้าง"),
        ("enrolment_by_grade", "ไม่มีข้อมูลนักเรียนรายชั้น"),
        ("photos", "ภาพถ่ายรายอาคาร"),
        ("service_villages", "ไม่มีรายชื่อหมู่บ้านในเขตบริการ"),
    ],
)
def test_a_profile_leaves_out_what_may_not_be_seen(hiding, hidden, said):
    client = hiding(hidden)
    for address in (f"/schools/{FIRST}", f"/schools/{FIRST}/card"):
        page = client.get(address)
        assert page.status_code == 200
        assert said not in page.text


@pytest.mark.parametrize(
    ("column", "word"),
    [("students", "นักเรียน"), ("teachers", "ครู"), ("size_class_4", "ขนาดเล็ก (1–120 คน)")],
)
def test_the_counters_leave_out_a_hidden_figure(client, hiding, column, word):
    counter = f"<dt>{word}</dt>"
    assert counter in client.get("/schools").text
    assert counter not in hiding(f"schools,{column}").get("/schools").text


def test_a_reader_who_may_see_next_to_nothing_gets_every_page(hiding):
    client = hiding(
        *(f"schools,{column}" for columns in NEEDS.values() for column in columns),
        "schools,geometry", "schools,district", "schools,subdistrict", "schools,male",
    )  # fmt: skip
    for address in ("/", "/schools", "/overview", f"/schools/{FIRST}", f"/schools/{FIRST}/card"):
        assert client.get(address).status_code == 200
