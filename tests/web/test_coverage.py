"""The page of coverage without scripts: question, counters, table, legend, and what is refused."""

import html
import re

import numpy as np
import pytest

from gisapp.store.published_coverage import UnitFigures
from gisapp.web import create_app
from gisapp.web.coverage.units import answer
from gisapp.web.coverage.words import unsure_word
from tests.coverage_layers import MIDDLE, WEST, write_others
from tests.office import ROUND
from tests.web.conftest import EVIL
from tests.web.coverage_office import by_hand, client_of, counters, part, rows, words_of


@pytest.fixture(scope="module")
def settings(web_office, tmp_path_factory):
    return by_hand(web_office, tmp_path_factory.mktemp("coverage") / "office")


@pytest.fixture(scope="module")
def client(settings):
    return client_of(settings)


def test_the_counters_are_those_of_the_office_by_hand(client):
    found = counters(client.get("/coverage").text)
    # 200 × 0.75 + 40 × 0.5 + 10 × 0.2 of 250 children; 210 + 20 pupils.
    assert found["population"][0] == "250"
    assert found["covered"] == ("172", "68.8%")
    assert found["uncovered"] == ("78", "31.2%")
    assert found["enrolled"][0] == "230"
    assert found["ger"][0] == "92.0%"
    # Exactly half is not less than half.
    assert found["below"] == ("0", "จาก 2")


def test_the_usual_question_is_primary_at_the_offices_own_reach_and_schools(client):
    page = client.get("/coverage").text
    asked = "/coverage?level=primary&reach=3&unit=zone&measure=rate"
    assert counters(page) == counters(client.get(asked).text)
    assert rows(page) == rows(client.get(asked).text)
    assert "ค่าของเขต" in part(page, "<output", "</output>")


def test_another_reach_counts_other_children(client):
    found = counters(client.get("/coverage?reach=6").text)
    assert found["covered"] == ("238", "95.2%")  # 192 + 40 + 6
    assert "ค่าของเขต" not in part(client.get("/coverage?reach=6").text, "<output", "</output>")


def test_schools_of_other_affiliations_bring_more_children_within_reach(client):
    found = counters(client.get("/coverage?affiliations=all").text)
    assert found["covered"] == ("197", "78.8%")  # 200 × 0.85 + 40 × 0.6 + 10 × 0.3


def test_every_affiliation_counts_where_the_round_knows_any_other_school(web_office, tmp_path):
    settings = by_hand(web_office, tmp_path / "office")
    write_others(settings.layer_file(ROUND))
    page = client_of(settings).get("/coverage").text
    assert counters(page)["covered"][0] == "197"
    assert re.search(r'name="affiliations" value="all" checked>', page)
    # Without a script the box that is not ticked sends what stands after it.
    for sent, covered in (
        ("affiliations=all&affiliations=own", "197"),
        ("affiliations=own", "172"),
    ):
        found = counters(client_of(settings).get(f"/coverage?{sent}").text)
        assert found["covered"][0] == covered


def test_where_no_other_school_is_known_the_box_says_why_it_is_off(client):
    page = client.get("/coverage").text
    assert re.search(
        r'name="affiliations" value="all" disabled aria-describedby="no-others">', page
    )
    assert part(page, 'id="no-others"', "</p>").endswith("รอบนี้ไม่มีรายชื่อโรงเรียนสังกัดอื่น")


def test_an_unknown_distance_is_said_and_never_zero(client):
    page = client.get("/coverage?reach=2").text
    assert counters(page)["covered"] == ("25.0–75.0%", "ไม่ทราบระยะ 1 โรงเรียน")
    assert counters(page)["uncovered"] == ("62–188", "25.0–75.0%")
    assert rows(page)[MIDDLE][2:4] == ["10–30", "25.0–75.0% ยังไม่ทราบแน่"]
    assert rows(page)[WEST][3] == "45.0%"
    assert counters(page)["below"][0] == "1"
    assert part(page, 'data-class="nodata"', "</div>").endswith("ไม่ทราบระยะ 1")


def test_the_sure_part_of_a_bar_is_filled_and_the_possible_part_hatched(client):
    row = re.search(rf'<tr data-id="{MIDDLE}".*?</tr>', client.get("/coverage?reach=2").text, re.S)[
        0
    ]
    sure, possible = re.findall(r"<rect[^>]*>", row)
    assert 'width="25.0%"' in sure
    assert 'x="25.0%" width="50.0%" fill="url(#hatch)"' in possible


@pytest.mark.parametrize(
    ("unlocated", "thai"),
    [(None, "ยังไม่ทราบแน่"), (0.0, "ยังไม่ทราบแน่"), (1.0, "ไม่ทราบระยะ 1 โรงเรียน"),
     (1200.0, "ไม่ทราบระยะ 1,200 โรงเรียน")],
)  # fmt: skip
def test_it_is_said_how_many_schools_leave_a_share_unknown(settings, unlocated, thai):
    with create_app(settings).test_request_context("/coverage"):
        assert unsure_word(unlocated) == thai


def test_bounds_are_never_rounded_towards_each_other():
    figures = {"population": 3.0, "covered_at_least": 1.0, "covered_at_most": 2.0}
    cubes = {name: np.full((1, 1, 1), value) for name, value in figures.items()}
    found = answer(UnitFigures(("x",), {}, (3.0,), ("own",), cubes), "own", 3.0)
    assert (found.at_least.tolist(), found.at_most.tolist()) == ([33.3], [66.7])


def test_a_bound_that_is_not_shown_leaves_none():
    figures = {"population": 3.0, "covered_at_least": 1.0}
    cubes = {name: np.full((1, 1, 1), value) for name, value in figures.items()}
    found = answer(UnitFigures(("x",), {}, (3.0,), ("own",), cubes), "own", 3.0)
    assert np.isnan([*found.at_least, *found.at_most]).all()


def test_more_pupils_than_children_are_shown_and_explained(client):
    page = client.get("/coverage").text
    assert rows(page)[WEST][4:] == ["210", "105.0%"]
    assert "เกิน 100% ได้ เพราะมีเด็กนอกเขต" in words_of(page)


def test_of_a_range_the_end_that_is_sure_sorts_the_rows(client):
    assert list(rows(client.get("/coverage").text)) == [MIDDLE, WEST, ""]
    assert list(rows(client.get("/coverage?sort=-rate").text)) == [WEST, MIDDLE, ""]
    # At 2 km 45 % of the west, of the middle 25 to 75 %; at 1 km 10 %, and again 25 to 75 %.
    for reach, rising, falling in ((2, WEST, WEST), (1, WEST, MIDDLE)):
        page = client.get(f"/coverage?reach={reach}").text
        assert next(iter(rows(page))) == rising
        page = client.get(f"/coverage?reach={reach}&sort=-rate").text
        assert next(iter(rows(page))) == falling
    assert list(rows(client.get("/coverage?sort=-population").text)) == [WEST, MIDDLE, ""]
    assert list(rows(client.get("/coverage?sort=population").text)) == [MIDDLE, WEST, ""]


def test_land_of_no_school_has_its_row_and_is_no_unit(client):
    page = client.get("/coverage").text
    assert rows(page)[""][:4] == ["นอกเขตบริการทุกโรงเรียน", "10", "8", "20.0%"]
    assert 'data-class="unassigned"' in page
    counts = re.findall(r'data-class="\d".*?<span class="c num">(\d+)', page, re.S)
    assert sum(map(int, counts)) == 2


def test_the_rows_add_up_to_the_counters(client):
    for reach in (3, 6):
        page = client.get(f"/coverage?reach={reach}").text
        sums = [sum(int(row[place]) for row in rows(page).values()) for place in (1, 2)]
        assert [str(value) for value in sums] == [
            counters(page)[name][0] for name in ("population", "uncovered")
        ]


@pytest.mark.parametrize("measure", ["rate", "uncovered", "ger", "gir", "population", "enrolled"])
def test_each_measure_has_its_legend_and_every_unit_is_in_it_once(client, measure):
    page = client.get(f"/coverage?measure={measure}").text
    legend = re.findall(
        r'<div class="lg" data-class="(\w+)">.*?<span class="c num">(\d*)</span>', page, re.S
    )
    assert [name for name, _count in legend][:-2] == ["5", "4", "3", "2", "1"]
    assert sum(int(count) for _name, count in legend if count) == 2
    assert f'<option value="{measure}" selected>' in page


def test_districts_are_units_too(client):
    page = client.get("/coverage?unit=district").text
    assert rows(page) == {"9902": ["ดอยเมฆ", "250", "78", "68.8%", "230", "92.0%"]}
    assert counters(page)["below"] == ("0", "จาก 1")


@pytest.mark.parametrize(
    "asked",
    [
        *("level=university", "level=pre_primary", "reach=4", "reach=nan", "reach=3.0"),
        *("affiliations=none", "unit=subdistrict", "unit=country", "measure=luck", "tab=all"),
        *("sort=luck", "sort=--rate", "rows=some"),
    ],
)
def test_what_the_round_does_not_have_is_refused_with_a_way_on(client, asked):
    for address in ("/coverage", "/coverage.csv"):
        answer = client.get(f"{address}?{asked}")
        assert answer.status_code == 400, asked
        value = asked.partition("=")[2]
        assert f"“{value}”" in html.unescape(answer.text)
    assert client.get(f"/coverage/2568-1.json?{asked}").status_code == 400


def test_a_name_that_is_code_stays_text(client):
    page = client.get("/coverage").text
    assert "<img src=x" not in page
    assert rows(page)[MIDDLE][0] == EVIL
    script = re.search(r'<script type="application/json"[^>]*>(.*?)</script>', page, re.S)[1]
    assert "<" not in script


def test_the_page_is_offered_only_where_a_round_has_coverage(client):
    assert ">ความครอบคลุม</a>" in client.get("/schools").text
    assert ">ความครอบคลุม</a>" not in client.get("/schools?round=2567-1").text


def test_a_round_without_coverage_says_what_to_run_and_which_rounds_have_it(client):
    answer = client.get("/coverage?round=2567-1")
    assert answer.status_code == 404
    assert "gisapp coverage 2567-1" in answer.text
    assert "round=2568-1" in answer.text
    assert client.get("/coverage/2567-1.json").status_code == 404
    assert client.get("/coverage.csv?round=2567-1").status_code == 404


def test_forms_and_links_ask_without_a_script(client):
    page = client.get("/coverage?unit=district&sort=-ger&round=2568-1&lang=th").text
    form = page[page.index('<form id="cov"') :]
    form = form[: form.index("</form>")]
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    assert hidden == {"lang": "th", "round": "2568-1", "unit": "district", "sort": "-ger"}
    assert set(re.findall(r'name="(\w+)"', form)) >= {
        "level", "reach", "affiliations", "measure",
    }  # fmt: skip
    links = re.findall(r'href="(/coverage[^"]*)"', page)
    assert len(links) > 10
    for address in links:
        if "round=2567" in address:
            continue
        assert client.get(html.unescape(address)).status_code == 200, address


def test_the_methods_are_said(client):
    told = part(client.get("/coverage").text, "วิธีคิดและที่มา", "</details>")
    assert "2 เขต จากรายชื่อหมู่บ้านในประกาศและที่ตั้งหมู่บ้าน" in told
    assert "ประกาศล่าสุดปี 2566" in told
    assert "อายุ 6–11 ปี ปีเต็ม ณ 31 ธ.ค. 2567" in told
    assert "เส้นตรงจากที่อยู่ถึงโรงเรียนใกล้สุดที่สอนประถม ไม่เกิน 3 กม." in told


def test_the_page_reads_in_english(client):
    page = client.get("/coverage?lang=en&reach=2").text
    shown = words_of(re.sub(r"<script.*?</script>", "", page, flags=re.S))
    assert "25.0–75.0% distance unknown for 1 school" in shown
    assert "25.0–75.0% not certain" in shown
    assert "Coverage, primary" in shown.replace("Primary", "primary")


def test_one_round_has_no_trend(client):
    page = client.get("/coverage?tab=outlook").text
    assert "มีรอบเดียว ยังเทียบย้อนหลังไม่ได้" in page
    assert 'id="tab-outlook" role="tabpanel" aria-labelledby="to-outlook">' in page
    assert 'id="tab-zones" role="tabpanel" aria-labelledby="to-zones" hidden>' in page
