"""The list as files: the same schools, the same order, only what the reader may see."""

import csv
import gzip
import io
import re
from urllib.parse import unquote

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from gisapp.core.dictionary import LAYERS
from gisapp.store.bundled import criteria_dir
from gisapp.store.published import columns_of, layer_file, read_schools
from tests.web.conftest import EVIL, web_schools
from tests.web.test_list import CODE, cells, changed, client_of

TITLES = {column.name: column.title_th for column in LAYERS["schools"].columns}


def csv_rows(client, address="/schools.csv"):
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.data.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline=""))
    return head, rows


def book(client, address="/schools.xlsx"):
    answer = client.get(address)
    assert answer.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(answer.data))


def columns(client, address="/schools.csv"):
    head, rows = csv_rows(client, address)
    return {name: [row[place] for row in rows] for place, name in enumerate(head)}


def test_the_file_is_named_after_the_round_in_letters_that_every_program_reads(client):
    for kind in ("csv", "xlsx"):
        header = client.get(f"/schools.{kind}").headers["Content-Disposition"]
        assert header.startswith(f'attachment; filename="2568-1.{kind}"; ')
        assert unquote(header.partition("filename*=UTF-8''")[2]) == f"โรงเรียน-2568-1.{kind}"
    english = client.get("/schools.csv?lang=en&round=2567-1").headers["Content-Disposition"]
    assert "2567-1.csv" in english
    assert english.isascii()


def test_every_public_column_is_in_the_file_under_its_thai_title(client, settings):
    head, rows = csv_rows(client)
    public = {
        line.split(",")[1]
        for line in (criteria_dir() / "access.csv").read_text(encoding="utf-8-sig").splitlines()
        if line.startswith("schools,") and line.split(",")[2] == "public"
    }
    assert {TITLES[name] for name in public if name in TITLES} <= set(head)
    assert TITLES["problem_count"] not in head
    assert {"ลองจิจูด", "ละติจูด", "ข้อมูล ณ วันที่", "นักเรียน ปี 2567", "นักเรียน ปี 2568"} <= set(head)
    assert len(rows) == 5
    assert len(head) == len(set(head))
    assert {"smis_code", "students"} <= dict(
        columns_of(layer_file(settings, "2568-1"), "schools")
    ).keys()


def test_the_office_sees_its_own_column_too(settings):
    head, _ = csv_rows(client_of(settings, office_pages=True))
    assert TITLES["problem_count"] in head


def test_the_figures_are_those_of_the_layer(client, settings):
    found = columns(client, "/schools.csv?sort=code")
    layer = read_schools(layer_file(settings, "2568-1"))
    for name in ("students", "male", "female", "class_groups", "teachers", "primary", "buildings"):
        values = [getattr(school, name) for school in layer]
        assert found[TITLES[name]] == ["" if value is None else str(value) for value in values], (
            name
        )
    by_hand = {school.code: str(school.students) for school in web_schools(fewer=1)}
    assert dict(zip(found[TITLES["smis_code"]], found["นักเรียน"], strict=True)) == by_hand
    earlier = {school.code: str(school.students) for school in web_schools()}
    assert found["นักเรียน ปี 2567"] == [earlier[code] for code in sorted(earlier)]


def test_codes_of_the_layer_are_written_in_words(client):
    found = columns(client, "/schools.csv?sort=code")
    assert found[TITLES["lowest_grade"]][0] == "อ.2"
    assert found[TITLES["highest_grade"]][1] == "ม.3"
    assert set(found["ข้อมูล ณ วันที่"]) == {"10 มิ.ย. 2568"}
    assert found[TITLES["levels_offered"]][0] == "ก่อนประถมศึกษา, ประถมศึกษา"
    assert set(found[TITLES["small_school"]]) <= {"ใช่", "ไม่ใช่", ""}
    english = columns(client, "/schools.csv?sort=code&lang=en")
    assert english["Lowest grade"][0] == "K2"
    assert english["Size class (4)"][0] in ("Small", "Medium")
    assert set(english["Small school"]) <= {"Yes", "No", ""}


def test_figures_are_rounded_as_on_the_page_in_both_files(own_settings):
    client = changed(
        own_settings,
        (
            "UPDATE schools SET pupil_teacher_ratio = ?, pupil_class_ratio = ?, elevation_m = ?,"
            " distance_to_esao_km = ? WHERE smis_code = '99020001'",
            (16.0, 13.272727272727273, 423.61, 55.05),
        ),
    )
    by_hand = {"pupil_teacher_ratio": 16, "pupil_class_ratio": 13.3, "elevation_m": 424,
               "distance_to_esao_km": 55.0}  # fmt: skip
    found = columns(client, "/schools.csv?sort=code")
    sheet = book(client, "/schools.xlsx?sort=code")["โรงเรียน"]
    in_book = {head.value: cell for head, cell in zip(sheet[1], sheet[2], strict=True)}
    chosen = columns(client, "/schools.csv?sort=code&cols=ratio,per_class,elevation,distance")
    for column, value in by_hand.items():
        # 55.05 is a little less than it looks: the page writes 55.0, the files a whole 55.
        assert found[TITLES[column]][0] == chosen[TITLES[column]][0] == f"{value:g}"
        assert in_book[TITLES[column]].value == value
    assert in_book[TITLES["elevation_m"]].number_format == "#,##0"
    assert in_book[TITLES["pupil_class_ratio"]].number_format == "#,##0.0"
    shown = cells(client.get("/schools?cols=per_class,elevation,distance,ratio&sort=code").text)
    assert shown["99020001"] == ["424", "55.0", "13.3", "16.0"]


def test_a_stand_in_point_is_no_coordinate(client):
    found = columns(client, "/schools.csv?sort=code")
    assert found[TITLES["location_quality"]][4] == "จุดแทน"
    assert (found["ลองจิจูด"][4], found["ละติจูด"][4]) == ("", "")
    assert (found["ลองจิจูด"][0], found["ละติจูด"][0]) == ("98.05", "19.05")


@pytest.mark.parametrize(
    "asked",
    ["", "sort=-students", "sort=name", "size=small", "q=ทุ่งดาว", "district=เมืองทดสอบ&sort=-code"],
)
def test_files_hold_the_schools_of_the_list_in_its_order(client, asked):
    listed = CODE.findall(client.get(f"/schools?page=all&{asked}").text)
    assert listed
    assert [row[0] for row in csv_rows(client, f"/schools.csv?{asked}")[1]] == listed
    sheet = book(client, f"/schools.xlsx?{asked}")["โรงเรียน"]
    assert [cell.value for cell in sheet["A"][1:]] == listed


def test_chosen_columns_are_those_of_the_list_row_by_row(client):
    asked = "cols=subdistrict,size,students,ratio,electricity,location&sort=code"
    shown = cells(client.get(f"/schools?{asked}").text)
    head, rows = csv_rows(client, f"/schools.csv?{asked}")
    assert head == ["ชื่อโรงเรียน", "รหัสโรงเรียน 8 หลัก", "ตำบล", "ขนาดโรงเรียน 4 กลุ่ม", "นักเรียน",
                    "นักเรียนต่อครู", "ไฟฟ้า", "คุณภาพของพิกัด"]  # fmt: skip
    for name, code, *values in rows:
        as_shown = [
            f"{float(value):,.{decimals}f}" if value and decimals is not None else value or "–"
            for value, decimals in zip(values, (None, None, 0, 1, None, None), strict=True)
        ]
        assert as_shown == shown[code], name
    sheet = book(client, f"/schools.xlsx?{asked}")["โรงเรียน"]
    values = [
        ["" if v is None else str(v) for v in row] for row in sheet.iter_rows(values_only=True)
    ]
    assert values == [head, *rows]


def test_two_readers_read_the_same_workbook(client):
    data = client.get("/schools.xlsx?sort=code").data
    other = (
        CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name("โรงเรียน").to_python()
    )
    sheet = openpyxl.load_workbook(io.BytesIO(data))["โรงเรียน"]
    mine = [["" if v is None else v for v in row] for row in sheet.iter_rows(values_only=True)]
    assert mine == other
    code = sheet["A2"]
    assert (code.value, code.data_type, code.number_format) == ("99020001", "s", "@")


def test_the_second_sheet_says_what_was_asked_for_and_what_is_unknown(client):
    rows = list(
        book(client, "/schools.xlsx?q=ทุ่งดาว&size=small&sort=-students")["ที่มา"].iter_rows(
            values_only=True
        )
    )
    heads = rows.index(("คอลัมน์", "ไม่มีข้อมูล (โรงเรียน)"))
    said, unknown = dict(rows[:heads]), dict(rows[heads + 1 :])
    assert said["รอบข้อมูล"] == "ปีการศึกษา 2568 รอบที่ 1"
    assert said["ตัวกรอง"] == "“ทุ่งดาว” · ขนาด: เล็ก"
    assert said["เรียงตาม"] == "นักเรียน จากมากไปน้อย"
    assert said["จำนวนโรงเรียน"] == "2 จาก 5"
    assert "เล็ก 1–120" in said["เกณฑ์ขนาด"]
    assert said["โรงเรียน"] == "ข้อมูล ณ 10 มิ.ย. 2568"
    assert (
        unquote(said["ที่อยู่"])
        == "http://localhost/schools?q=ทุ่งดาว&size=small&sort=-students&round=2568-1"
    )
    assert unknown["รหัสโรงเรียน 8 หลัก"] == 0
    assert unknown["ครูและผู้บริหาร"] == 2
    for column in ("small_band", "merged_into", "photo_id", "corrected"):
        assert unknown[TITLES[column]] == "ว่างคือไม่เกี่ยวข้อง"
    assert "ปัดเป็นทศนิยม 1 ตำแหน่ง" in said["ตัวเลข"]
    assert book(client)["ที่มา"]["B1"].value == "สพป.ทดสอบ เขต 2"


def test_a_name_that_is_a_formula_stays_a_name(own_settings):
    client = changed(
        own_settings,
        (
            "UPDATE schools SET school_name_th = ?, website = ? WHERE smis_code = '99020001'",
            ("=1+1", "@x"),
        ),
    )
    found = columns(client, "/schools.csv?sort=code")
    assert found[TITLES["school_name_th"]][0] == "'=1+1"
    assert found[TITLES["website"]][0] == "'@x"
    assert found[TITLES["school_name_th"]][3] == EVIL
    sheet = book(client, "/schools.xlsx?sort=code")["โรงเรียน"]
    cell = next(cell for cell in sheet[2] if cell.value == "=1+1")
    assert cell.data_type == "s"


def test_a_file_of_no_school_is_its_headings(client):
    head, rows = csv_rows(client, "/schools.csv?q=zzzz")
    assert rows == []
    assert head[0] == TITLES["smis_code"]
    assert book(client, "/schools.xlsx?q=zzzz")["โรงเรียน"].max_row == 1


@pytest.mark.parametrize(
    "asked", ["cols=problems", "sort=nonsense", "district=nowhere", "round=2500-1"]
)
def test_a_question_without_an_answer_gives_no_file(client, asked):
    for kind in ("csv", "xlsx"):
        answer = client.get(f"/schools.{kind}?{asked}")
        assert answer.status_code in (400, 404)
        assert "Content-Disposition" not in answer.headers
    assert client.get("/schools.pdf").status_code == 404


def test_a_csv_travels_compressed_and_is_the_same_inside(client):
    plain = client.get("/schools.csv", headers={"Accept-Encoding": "identity"})
    packed = client.get("/schools.csv", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) < len(plain.data) / 2


def test_the_list_leads_to_its_files_with_all_that_was_asked_for(client):
    page = client.get("/schools?q=ทุ่งดาว&cols=male,female&sort=-male&page=1&lang=en").text
    for kind in ("csv", "xlsx"):
        found = re.search(rf'href="(/schools\.{kind}[^"]*)" download', page)
        asked = unquote(found[1]).replace("&amp;", "&")
        for part in ("q=ทุ่งดาว", "cols=male,female", "sort=-male", "lang=en"):
            assert part in asked
        assert "page=" not in asked
        assert client.get(asked).status_code == 200
