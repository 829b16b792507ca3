import contextlib
import csv
import html
import io
import re
import shutil
import sqlite3

import geopandas as gpd
import openpyxl
import pytest

from gisapp.web import create_app
from gisapp.web.overview import groups as overview_groups
from gisapp.web.overview import pupils as overview_pupils
from tests.office import NAME
from tests.web.conftest import EVIL_CODE, Client, web_schools

SCHOOLS = web_schools(fewer=1)
PUPILS = sum(school.students for school in SCHOOLS)
GROUPINGS = ("type", "subdistrict", "district", "network", "office", "size")


def text_of(page, part):
    """The words of one section, without markup."""
    cut = page[page.index(f'aria-labelledby="h-{part}"') :]
    cut = cut[: cut.index("</section>")]
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", cut)))


def file_of(client, address):
    """A download as rows of text, without its byte order mark."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    assert answer.data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))


def published(settings, layer="schools"):
    """The layer past our own reader."""
    return gpd.read_file(settings.layer_file("2568-1"), layer=layer)


def test_the_counters_are_those_of_the_map_and_the_list(client):
    cut = re.compile(r'<dl class="counters".*?</dl>', re.DOTALL)
    for asked in ("", "?q=ทุ่งดาว", "?size=small"):
        here, there = (
            cut.search(client.get(f"{place}{asked}").text)[0] for place in ("/overview", "/schools")
        )
        assert here == there
        assert ">โรงเรียน<" in here


def test_a_title_says_the_number_of_small_schools(client):
    words = text_of(client.get("/overview").text, "size")
    small = sum(1 <= school.students <= 120 for school in SCHOOLS)
    assert f"โรงเรียน {small} จาก {len(SCHOOLS)} แห่งเป็นขนาดเล็ก" in words


def test_schools_of_every_size_are_counted_by_hand(client):
    rows = {row[0]: row for row in file_of(client, "/overview/size.csv")}
    medium = sum(121 <= school.students <= 600 for school in SCHOOLS)
    assert rows["เล็ก"][1:3] == ["1–120", str(5 - medium)]
    assert float(rows["เล็ก"][3]) == (5 - medium) * 20
    assert rows["กลาง"][2] == str(medium)
    assert rows["ใหญ่พิเศษ"][2] == "0"
    assert rows["ไม่มีข้อมูล"][2:] == ["0", ""]


def test_pupils_by_grade_and_sex_are_those_of_the_sheets(client):
    rows = {
        row[0]: [int(cell) for cell in row[1:]]
        for row in file_of(client, "/overview/grade.csv")[1:]
    }
    boys = sum(school.pupils.get("p1", (0, 0, 0))[0] for school in SCHOOLS)
    girls = sum(school.pupils.get("p1", (0, 0, 0))[1] for school in SCHOOLS)
    assert rows["ป.1"][:3] == [boys, girls, boys + girls]
    assert rows["รวม"][2] == PUPILS
    for column in range(4):
        assert (
            sum(row[column] for name, row in rows.items() if name != "รวม") == rows["รวม"][column]
        )


def test_grades_follow_the_filter(client):
    rows = {row[0]: row for row in file_of(client, f"/overview/grade.csv?q={EVIL_CODE}")}
    assert rows["ป.1"][1:4] == ["4", "5", "9"]
    assert rows["รวม"][3] == "9"
    assert "ม.1" not in rows


@pytest.mark.parametrize("by", GROUPINGS)
def test_the_rows_of_a_grouping_add_up_to_the_total_and_the_office(client, by):
    head, *rows, total = file_of(client, f"/overview/groups.csv?group={by}")
    assert rows
    assert total[head.index("โรงเรียน (แห่ง)")] == "5"
    assert total[head.index("นักเรียนรวม")] == str(PUPILS)
    for place, name in enumerate(head):
        cells = [row[place] for row in rows]
        if place and "ต่อ" not in name and "ร้อยละ" not in name:
            known = [int(cell) for cell in cells if cell]
            assert (str(sum(known)) if known else "") == total[place], name


def test_subdistricts_are_what_pandas_groups(client, settings):
    head, *rows, _total = file_of(client, "/overview/groups.csv?group=subdistrict")
    expected = published(settings).groupby("subdistrict")
    found = {row[0]: dict(zip(head, row, strict=True)) for row in rows}
    assert set(found) == set(expected.groups)
    for name, schools in expected:
        assert found[name]["โรงเรียน (แห่ง)"] == str(len(schools))
        assert found[name]["นักเรียนรวม"] == str(int(schools["students"].sum()))
        assert found[name]["อาคารทรุดโทรม (หลัง)"] == str(int(schools["dilapidated_buildings"].sum()))
        ratio = schools["students"].sum() / schools["class_groups"].sum()
        assert float(found[name]["นักเรียนต่อห้องเรียน"]) == pytest.approx(ratio, abs=0.05)


def test_a_row_leads_to_its_schools_and_keeps_the_other_filters(client):
    page = client.get("/overview?group=subdistrict&size=small").text
    address = re.search(r'<th scope="row"><a href="([^"]*subdistrict=990202[^"]*)"', page)
    listed = client.get(html.unescape(address[1])).text
    found = re.findall(r'<tr><th scope="row"><a href="/schools/(\d+)', listed)
    assert set(found) == {"99020003", EVIL_CODE}


@pytest.mark.parametrize(
    "asked", ["", "?q=ทุ่งดาว", "?size=small&sort=-students", "?level=lower_secondary"]
)
def test_a_bar_leads_to_as_many_schools_as_it_counts(client, asked):
    page = client.get(f"/overview{asked}").text
    bars = re.findall(
        r'<a class="br" href="(/schools[^"]*)">(.*?)<span class="v num">(\d+)(.*?)</a>', page, re.S
    )
    assert len(bars) > 4
    for url, _words, figure, beside in bars:
        pupils_of = re.search(r"(\d+) โรงเรียน</span>", beside)
        listed = client.get(html.unescape(url))
        assert listed.status_code == 200
        shown = re.search(r'<dt>โรงเรียน</dt><dd class="num">(\d+)', listed.text)
        assert shown[1] == (pupils_of[1] if pupils_of else figure), url


def test_rounds_stand_side_by_side(client):
    head, *rows = file_of(client, "/overview/rounds.csv")
    pupils = head.index("นักเรียน")
    assert [(row[0], row[pupils]) for row in rows] == [
        ("2567", str(sum(school.students for school in web_schools()))),
        ("2568", str(PUPILS)),
    ]
    page = text_of(client.get("/overview").text, "rounds")
    fewer = sum(school.students for school in web_schools()) - PUPILS
    assert f"นักเรียน {PUPILS} คน ลดลง {fewer} จากปี 2567" in page
    assert "โรงเรียน 5 แห่ง เท่ากับปี 2567" in page


def test_the_first_round_has_nothing_to_compare_with(client):
    page = client.get("/overview?round=2567-1").text
    assert "มีรอบเดียว ยังเทียบย้อนหลังไม่ได้" in page
    assert 'class="ch line"' not in page


def test_a_year_between_that_is_not_built_is_a_gap(own_settings):
    newest = own_settings.layer_file("2568-1")
    shutil.copy(newest, own_settings.layer_file("2570-1"))
    client = app_of(own_settings).test_client()
    _head, *rows = file_of(client, "/overview/rounds.csv")
    assert [row[0] for row in rows] == ["2567", "2568", "2569", "2570"]
    assert rows[2][1:] == [""] * (len(rows[2]) - 1)


def change_schools(settings, change, *values, built="2568-1"):
    """Write into the published schools, as another build would have."""
    with contextlib.closing(sqlite3.connect(settings.layer_file(built))) as database:
        # The R-tree's triggers call functions that only a spatial SQLite has.
        database.create_function("ST_IsEmpty", 1, lambda _: 0)
        for name in ("ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"):
            database.create_function(name, 1, lambda _: 0.0)
        database.execute(f"UPDATE schools SET {change}", values)
        database.commit()


def test_a_round_without_teachers_and_buildings_says_so(own_settings):
    change_schools(own_settings, "buildings = NULL, dilapidated_buildings = NULL")
    page = app_of(own_settings).test_client().get("/overview").text
    assert text_of(page, "condition").endswith(" รอบนี้ไม่มีข้อมูลสภาพสิ่งก่อสร้าง ")
    assert "ครู" in text_of(page, "groups")
    row = re.search(r'<tr class="sum">.*?</tr>', page, re.DOTALL)[0]
    assert ">–</td>" in row


UNCOUNTED = ", ".join(
    f'"{name}" = NULL'
    for name in (
        *("students", "male", "female", "size_class_4", "size_class_7", "small_band"),
        *("pre_primary", "primary", "lower_secondary", "upper_secondary"),
    )
)


def test_pupils_that_nobody_counted_are_unknown_and_not_zero(own_settings):
    change_schools(own_settings, UNCOUNTED)
    client = app_of(own_settings).test_client()
    page = client.get("/overview").text
    assert text_of(page, "district").endswith(" รอบนี้ไม่มีข้อมูลนักเรียนรายอำเภอ ")
    for name in ("size", "size7", "band"):
        assert "รอบนี้ไม่มีข้อมูล" in text_of(page, name)
        assert f'class="sec ov-{name}"' not in page
    assert not re.search(r"[ (]0 คน", re.sub("<[^>]+>", "", page))
    head, *rows = file_of(client, "/overview/district.csv")
    assert [row[head.index("นักเรียน")] for row in rows] == [""] * len(rows)
    head, *rows = file_of(client, "/overview/size.csv")
    assert {row[0]: row[2] for row in rows if row[2]} == {"ไม่มีข้อมูล": "5"}


def test_a_district_whose_pupils_nobody_counted_has_a_dash(own_settings):
    change_schools(own_settings, "district = school_name_th")
    change_schools(own_settings, "students = NULL WHERE smis_code = ?", SCHOOLS[0].code)
    client = app_of(own_settings).test_client()
    rows = {row[0]: row for row in file_of(client, "/overview/district.csv")}
    assert sum(row[-2] == "" for row in rows.values()) == 1
    assert re.search(r'<span class="v num">–<', client.get("/overview").text)


def test_a_title_of_networks_says_how_many_schools_state_one(own_settings):
    most = max(SCHOOLS, key=lambda school: school.students)
    change_schools(own_settings, "school_network = ? WHERE smis_code = ?", "ก", most.code)
    client = app_of(own_settings).test_client()
    assert "4 จาก 5 โรงเรียนไม่ระบุเครือข่าย" in text_of(client.get("/overview").text, "network")
    change_schools(own_settings, "school_network = 'ข' WHERE smis_code != ?", most.code)
    words = text_of(client.get("/overview").text, "network")
    assert f"\u2068ก\u2069 มีนักเรียนมากที่สุด {most.students} จาก {PUPILS} คน " in words
    one = next(school for school in SCHOOLS if school != most)
    change_schools(own_settings, "school_network = NULL WHERE smis_code = ?", one.code)
    words = text_of(client.get("/overview").text, "network")
    stated = PUPILS - one.students
    assert f"{most.students} จาก {stated} คน ของ 4 จาก 5 โรงเรียนที่ระบุเครือข่าย" in words


def test_nobody_in_a_network_is_one_sentence(client):
    words = text_of(client.get("/overview").text, "network")
    assert words.endswith(" 5 จาก 5 โรงเรียนไม่ระบุเครือข่าย ")


def test_the_bands_and_what_is_beside_them_add_up_to_all_schools(client):
    _head, *rows = file_of(client, "/overview/band.csv")
    found = {row[0]: int(row[2]) for row in rows}
    assert found["เกินขนาดเล็ก"] == sum(school.students > 120 for school in SCHOOLS)
    assert sum(found.values()) == len(SCHOOLS)
    page = client.get("/overview").text
    small = sum(1 <= school.students <= 120 for school in SCHOOLS)
    assert f"จาก {small} โรงเรียนขนาดเล็ก" in text_of(page, "band")


def test_headings_of_the_table_as_a_file_say_what_is_counted(client):
    head = file_of(client, "/overview/groups.csv")[0]
    assert len(set(head)) == len(head)
    for name in ("นักเรียน ม.ต้น", "โรงเรียนขนาดเล็ก (แห่ง)", "โรงเรียนขนาดเล็ก (ร้อยละ)"):
        assert name in head


def test_a_filter_that_finds_other_schools_each_year_announces_no_change(own_settings):
    before = sum(1 <= school.students <= 120 for school in web_schools())
    change_schools(own_settings, "size_class_4 = 'small'")
    page = app_of(own_settings).test_client().get("/overview?size=small").text
    words = text_of(page, "rounds")
    assert f"นักเรียน {PUPILS} คน ({before} → 5 โรงเรียน)" in words
    assert f"โรงเรียน 5 แห่ง เพิ่มขึ้น {5 - before} จากปี 2567" in words


def test_as_many_but_other_schools_announce_no_change_either(own_settings):
    small = sorted((s for s in SCHOOLS if s.students <= 120), key=lambda s: s.code)
    other = next(s for s in SCHOOLS if s.students > 120)
    change_schools(own_settings, "size_class_4 = 'medium' WHERE smis_code = ?", small[0].code)
    change_schools(own_settings, "size_class_4 = 'small' WHERE smis_code = ?", other.code)
    page = app_of(own_settings).test_client().get("/overview?size=small").text
    assert f"({len(small)} → {len(small)} โรงเรียน)" in text_of(page, "rounds")


def test_a_filter_by_place_announces_its_change(client):
    page = text_of(client.get(f"/overview?q={SCHOOLS[0].code}").text, "rounds")
    assert "ลดลง" in page
    assert "→" not in page


def test_a_ratio_is_lower_in_english_and_not_fewer(own_settings):
    change_schools(own_settings, "teachers = 2", built="2567-1")
    change_schools(own_settings, "teachers = 4")
    page = text_of(app_of(own_settings).test_client().get("/overview?lang=en").text, "rounds")
    assert re.search(r"teacher:? [\d.]+, [\d.]+ lower than in 2567", page)


def test_a_round_without_schools_says_so(own_settings):
    with contextlib.closing(sqlite3.connect(own_settings.layer_file("2568-1"))) as database:
        database.execute("DELETE FROM schools")
        database.commit()
    answer = app_of(own_settings).test_client().get("/overview")
    assert answer.status_code == 200
    assert "รอบนี้ไม่มีโรงเรียน" in answer.text
    assert "ล้างตัวกรอง" not in answer.text[answer.text.index('data-swap="overview"') :]


def test_what_nobody_may_see_is_on_no_chart_and_in_no_file(own_settings):
    table = own_settings.criteria_dir / "access.csv"
    table.parent.mkdir(parents=True, exist_ok=True)
    kept = ["smis_code", "school_name_th", "students", "geometry", "levels_offered"]
    lines = ["layer,column,who,source,verified", *(f"schools,{name},public,x,no" for name in kept)]
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")
    client = app_of(own_settings).test_client()
    page = client.get("/overview").text
    assert 'id="h-level"' in page
    for hidden in ("size", "size7", "band", "condition", "grade", "district", "network"):
        assert f'id="h-{hidden}"' not in page
        assert client.get(f"/overview/{hidden}.csv").status_code == 404
    head = file_of(client, "/overview/groups.csv?group=type")[0]
    assert "นักเรียนรวม" in head
    assert not {"นักเรียนชาย", "ครู", "อาคารทรุดโทรม (หลัง)", "โรงเรียนพื้นที่สูง (แห่ง)"} & set(head)


def app_of(settings):
    app = create_app(settings)
    app.testing = True
    app.test_client_class = Client
    return app


@pytest.mark.parametrize(
    "address", ["/overview?group=planet", "/overview?sort=planet", "/overview?page=x"]
)
def test_an_unknown_choice_is_refused_with_a_way_on(client, address):
    answer = client.get(address)
    assert answer.status_code == 400
    assert 'href="/overview"' in answer.text


@pytest.mark.parametrize("name", ["planet.csv", "size.pdf", "../size.csv", "size"])
def test_a_chart_that_does_not_exist_is_not_found(client, name):
    assert client.get("/overview/size.csv").status_code == 200
    assert client.get(f"/overview/{name}").status_code == 404


def test_no_school_for_a_filter_is_said_with_a_way_on(client):
    answer = client.get("/overview?q=zzzzzz")
    assert answer.status_code == 200
    assert "ไม่พบโรงเรียนตามตัวกรองนี้" in answer.text
    assert 'class="br"' not in answer.text
    assert client.get("/overview/rounds.csv?q=zzzzzz").status_code == 200


def test_the_table_sorts_by_any_column_with_the_unknown_last(client):
    def pupils(sort):
        head, *rows, _total = file_of(client, f"/overview/groups.csv?group=subdistrict&sort={sort}")
        return [int(row[head.index("นักเรียนรวม")]) for row in rows]

    assert pupils("students") == sorted(pupils("students"))
    assert pupils("-students") == sorted(pupils("students"), reverse=True)
    page = client.get("/overview?group=subdistrict&sort=-students").text
    assert 'aria-sort="descending"' in page
    assert page.count("aria-sort") == 1


def test_the_workbook_holds_the_rows_of_the_csv_and_where_they_come_from(client):
    answer = client.get("/overview/groups.xlsx?group=subdistrict&size=small")
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    rows = [
        ["" if cell is None else cell for cell in row]
        for row in book.worksheets[0].iter_rows(values_only=True)
    ]
    expected = file_of(client, "/overview/groups.csv?group=subdistrict&size=small")
    assert [[str(c) for c in row[:3]] for row in rows] == [row[:3] for row in expected]
    about = {row[0]: row[1] for row in book.worksheets[1].iter_rows(values_only=True)}
    assert about["หน่วยงาน"] == NAME
    assert about["ตัวกรอง"].endswith("เล็ก")
    assert "/overview?" in about["ที่อยู่"]


def test_the_english_page_has_english_words(client):
    page = client.get("/overview?lang=en").text
    assert "<h1>Overview</h1>" in page
    assert "View as table" in page
    assert not re.search("[ก-๛]", text_of(page, "size"))
    assert not re.search("[ก-๛]", text_of(page, "rounds"))


def test_a_name_that_is_code_stays_a_name(own_settings):
    evil = "<script>alert(1)</script>"
    change_schools(own_settings, "school_network = ?", evil)
    client = app_of(own_settings).test_client()
    page = client.get("/overview?group=network").text
    assert html.escape(evil) in page
    assert evil not in page
    assert file_of(client, "/overview/network.csv")[1][0] == evil


def test_a_school_without_a_network_is_a_row_of_its_own(client):
    _head, *rows, _total = file_of(client, "/overview/groups.csv?group=network")
    assert [(row[0], row[1]) for row in rows] == [("ไม่ระบุ", "5")]
    assert "1 row ·" in text_of(client.get("/overview?group=network&lang=en").text, "groups")


def test_many_networks_show_the_largest_and_lead_to_all(own_settings, monkeypatch):
    change_schools(own_settings, "school_network = smis_code")
    monkeypatch.setattr(overview_pupils, "MOST_BARS", 2)
    client = app_of(own_settings).test_client()
    page = client.get("/overview").text
    shown = page[page.index('id="h-network"') :]
    shown = shown[: shown.index("</ul>")]
    largest = sorted(SCHOOLS, key=lambda school: -school.students)[:2]
    assert re.findall(r"<bdi>(\d+)</bdi>", shown) == [school.code for school in largest]
    assert "2 จาก 5 กลุ่มที่มีนักเรียนมากที่สุด" in page
    assert len(file_of(client, "/overview/network.csv")) == 6


def test_a_long_table_comes_in_pages_with_the_same_total(client, monkeypatch):
    monkeypatch.setattr(overview_groups, "PAGE_ROWS", 1)
    pages = [client.get(f"/overview?group=subdistrict&page={n}").text for n in (1, 2, 99)]
    rows = [
        re.search(r"<tbody><tr>.*?</tbody>", page[page.index("gt") :], re.S)[0] for page in pages
    ]
    totals = {re.search(r'<tr class="sum">.*?</tr>', page, re.S)[0] for page in pages}
    assert rows[0] != rows[1] == rows[2]
    assert len(totals) == 1
    assert f">{PUPILS:,}</td>" in totals.pop()
    assert len(file_of(client, "/overview/groups.csv?group=subdistrict&page=2")) == 4


def test_the_page_has_no_inline_style(client):
    page = client.get("/overview").text
    assert 'class="sb"' in page
    assert " style=" not in page
    assert "<style" not in page


def test_filters_of_a_rail_lead_back_to_the_overview(client):
    page = client.get("/overview?group=type").text
    assert re.search(r'<form id="filter" method="get" action="/overview"', page)
    assert '<input type="hidden" name="group" value="type">' in page


def test_fewer_pupils_are_told_in_english_too(client):
    page = client.get(f"/overview?lang=en&q={SCHOOLS[0].code}").text
    assert "fewer than in 2567" in text_of(page, "rounds")
