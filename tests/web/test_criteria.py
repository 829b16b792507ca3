"""Classes are those that a round was built with, and a table that lies is refused."""

import random
import re
import sqlite3

import pytest

from gisapp.store.bundled import criteria_dir
from gisapp.web import create_app
from tests.office import Office
from tests.web.conftest import web_schools

ROUND = "2568-1"


def legend(page):
    """(name, limits, schools) of each line of the legend's classes."""
    return re.findall(
        r'<span>([^<]+)<span class="r num">([^<]*)</span></span><span class="c num">([^<]+)<',
        page.split('data-swap="legend"')[1].split("</fieldset>")[0],
    )


def named(page):
    return [row[:2] for row in legend(page)]


def write_table(settings, name, *changes):
    """Write the office's own table: the one that ships, some of its text replaced."""
    text = (criteria_dir() / f"{name}.csv").read_text(encoding="utf-8-sig")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    settings.criteria_dir.mkdir(parents=True, exist_ok=True)
    (settings.criteria_dir / f"{name}.csv").write_text(text, encoding="utf-8")


SMALL_IS_99 = (
    (",small,เล็ก,Small,1,120,", ",small,จิ๋ว,Tiny,1,99,"),
    (",medium,กลาง,Medium,121,", ",medium,กลาง,Medium,100,"),
)
AS_SHIPPED = [
    ("ใหญ่พิเศษ", "1,501 ขึ้นไป"),
    ("ใหญ่", "601–1,500"),
    ("กลาง", "121–600"),
    ("เล็ก", "1–120"),
    ("ไม่มีนักเรียน", "0"),
    ("ไม่มีข้อมูล", ""),
]


def test_the_legend_states_the_limits_that_the_round_was_classed_by(own_settings):
    client = create_app(own_settings).test_client()
    before = client.get("/").text
    assert named(before) == AS_SHIPPED
    assert "ตารางเกณฑ์เปลี่ยนแล้ว" not in before
    assert client.get("/healthz").json["rounds_of_other_criteria"] == []
    write_table(own_settings, "size_classes", *SMALL_IS_99)
    page = client.get("/").text
    assert legend(page) == legend(before)
    assert "<dt>ขนาดเล็ก (1–120 คน)</dt>" in page
    assert page.count("ตามที่ใช้เมื่อสร้างรอบนี้ (ตารางเกณฑ์เปลี่ยนแล้ว)") == 2
    assert client.get("/healthz").json["rounds_of_other_criteria"] == ["2567-1", ROUND]


def test_a_round_built_anew_follows_the_offices_table(own_settings):
    write_table(own_settings, "size_classes", *SMALL_IS_99)
    assert Office(own_settings.office_dir).run("build", ROUND).exit_code == 0
    client = create_app(own_settings).test_client()
    page = client.get("/").text
    assert ("จิ๋ว", "1–99") in named(page)
    assert ("กลาง", "100–600") in named(page)
    assert "<dt>ขนาดจิ๋ว (1–99 คน)</dt>" in page
    assert "ตารางเกณฑ์เปลี่ยนแล้ว" not in page
    english = client.get("/?lang=en").text
    assert ("Tiny", "1–99") in named(english)
    assert "<dt>Tiny (1–99 pupils)</dt>" in english
    assert client.get("/healthz").json["rounds_of_other_criteria"] == ["2567-1"]
    assert named(client.get("/?round=2567-1").text) == AS_SHIPPED


def test_another_name_for_the_same_limits_needs_no_new_build(own_settings):
    write_table(own_settings, "size_classes", (",small,เล็ก,Small,", ",small,จิ๋ว,Tiny,"))
    page = create_app(own_settings).test_client().get("/").text
    assert ("จิ๋ว", "1–120") in named(page)
    assert "ตารางเกณฑ์เปลี่ยนแล้ว" not in page


@pytest.mark.parametrize("seed", range(2))
def test_by_law_every_legend_adds_up_under_any_table_of_sizes(own_settings, seed):
    rng = random.Random(seed)  # noqa: S311 - not a secret
    lines = ["scheme,class,label_th,label_en,least,most"]
    for scheme, first in (("size_class_4", "small"), ("size_class_7", "a"), ("small_band", "b")):
        ends = sorted(rng.sample(range(200), rng.randint(1, 4)))
        for place, least in enumerate([0, *(end + 1 for end in ends)]):
            name = f"{scheme}-{place}" if place else first
            lines.append(f"{scheme},{name},,,{least},{[*ends, ''][place]}")
    own_settings.criteria_dir.mkdir(parents=True, exist_ok=True)
    (own_settings.criteria_dir / "size_classes.csv").write_text("\n".join(lines), "utf-8")
    client = create_app(own_settings).test_client()
    for view in ("size", "size7", "band"):
        rows = legend(client.get(f"/?by={view}").text)
        assert sum(int(row[2]) for row in rows) == len(web_schools())
    assert Office(own_settings.office_dir).run("build", ROUND).exit_code == 0
    for view in ("size", "size7", "band"):
        rows = legend(client.get(f"/?by={view}").text)
        assert sum(int(row[2]) for row in rows) == len(web_schools())
        assert rows[-1][2] == "0"


@pytest.mark.parametrize("missing", ["teachers", "completeness"])
def test_a_view_without_classes_is_not_offered_and_asked_for_a_400(own_settings, missing):
    text = (criteria_dir() / "map_classes.csv").read_text(encoding="utf-8-sig")
    kept = [line for line in text.splitlines() if not line.startswith(f"{missing},")]
    own_settings.criteria_dir.mkdir(parents=True, exist_ok=True)
    (own_settings.criteria_dir / "map_classes.csv").write_text("\n".join(kept), "utf-8")
    client = create_app(own_settings).test_client()
    page = client.get("/")
    assert page.status_code == 200
    assert f'value="{missing}"' not in page.text
    assert client.get(f"/?by={missing}").status_code == 400
    assert client.get("/?by=rooms").status_code == 200


@pytest.mark.parametrize(
    ("table", "change", "line"),
    [
        ("map_classes", ("teachers,2,10,15", "teachers,2,12,15"), 3),
        ("map_classes", ("elevation,3,1000,,", "elevation,3,1000,2000,"), 23),
        ("map_classes", ("teachers,2,10,15", "teachers,2,ten,15"), 3),
        ("size_classes", (",medium,กลาง,Medium,121,", ",medium,กลาง,Medium,130,"), 4),
        ("size_classes", (",medium,กลาง,Medium,121,", ",medium,กลาง,Medium,x,"), 4),
    ],
)
def test_a_table_with_a_gap_is_refused_by_its_line(own_settings, table, change, line):
    write_table(own_settings, table, change)
    answer = create_app(own_settings).test_client().get("/")
    assert answer.status_code >= 400
    assert f"{table}.csv บรรทัด {line}" in answer.text
    assert "literal" not in answer.text
    if table == "size_classes":
        built = Office(own_settings.office_dir).run("build", ROUND)
        assert built.exit_code != 0
        assert f"{table}.csv line {line}" in built.output + built.stderr


def test_a_round_that_does_not_state_its_classes_is_told_by_the_table(own_settings):
    with sqlite3.connect(own_settings.layer_file(ROUND)) as opened:
        opened.execute("UPDATE gpkg_metadata SET metadata = '<gisapp></gisapp>'")
    opened.close()
    write_table(own_settings, "size_classes", *SMALL_IS_99)
    assert ("จิ๋ว", "1–99") in named(create_app(own_settings).test_client().get("/").text)
