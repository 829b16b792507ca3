"""The workbook, read back with openpyxl as a person's program would."""

import openpyxl
import pytest

from gisapp.core.compare_sources import compare_sources
from gisapp.store import compare_book
from gisapp.store.compare_book import write_compare_book, write_source_book
from tests.core.test_compare import compare, other, published, school

SIZES = {"small": "เล็ก", "medium": "กลาง"}


def grades(students):
    return [("99020001", "p1", students, 3, 1), ("99020002", "k2", 4, 4, 1)]


@pytest.fixture
def compared():
    before = [
        school("99020001", school_name_th="=1+1", size_class_4="small"),
        school("99020002"),
        school("99020004", school_name_th="บ้านเดียวกัน"),
        school("99020006"),
    ]
    after = [
        school("99020001", school_name_th="บ้านใหม่", size_class_4="medium", point=(98.06, 19.05)),
        school("99020002", merged_into="99020001"),
        school("99020005", school_name_th="บ้านเดียวกัน"),
        school("99020006"),
    ]
    return compare(
        published("2567-1", before, [*grades(9), ("99020006", "p1", 1, 1, 1)]),
        published("2568-1", after, [("99020001", "p1", 4, 5, 1)]),
    )


@pytest.fixture
def book(compared, tmp_path):
    path = tmp_path / "compare.xlsx"
    write_compare_book(compared, path, "สพป.ทดสอบ", SIZES)
    return openpyxl.load_workbook(path)


def rows(sheet):
    """Rows below the headings as dicts by heading."""
    head, *body = sheet.iter_rows(min_row=3, values_only=True)
    return [dict(zip(head, row, strict=True)) for row in body]


def test_the_sheets_are_what_an_officer_asks_for(book):
    assert book.sheetnames == [
        "สรุป",
        "โรงเรียน",
        "เพิ่ม เลิก รวม",
        "ข้อมูลที่เปลี่ยน",
        "ย้ายจุด",
        "รายระดับ",
        "รายชั้น",
        "รวมตามพื้นที่",
    ]


def test_every_sheet_prints_on_a4_across_with_its_headings_and_can_be_filtered(book):
    for sheet in book:
        assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert "2567-1" in sheet["A1"].value
        assert "2568-1" in sheet["A1"].value
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes == "C4"
        assert sheet.print_title_rows == "$1:$3"
        assert sheet.auto_filter.ref.startswith("A3:")


def test_a_school_stands_in_one_row_with_its_code_as_text_and_signed_changes(book):
    sheet = book["โรงเรียน"]
    found = {row["รหัสโรงเรียน"]: row for row in rows(sheet)}
    assert list(found) == ["99020001", "99020002", "99020004", "99020005", "99020006"]
    assert found["99020001"]["นักเรียน ต่าง"] == -3
    assert found["99020001"]["สิ่งที่เปลี่ยน"].split(", ")[-1] == "ย้ายจุด"
    assert found["99020002"]["สถานะ"] == "รวม"
    head = [cell.value for cell in sheet[3]]
    change = sheet.cell(4, head.index("นักเรียน ต่าง") + 1)
    assert change.number_format.startswith("+#,##0;-#,##0")
    gain = sheet.cell(4, head.index("หญิง ต่าง") + 1)
    assert gain.value == 2
    assert change.font.color.rgb != gain.font.color.rgb


def test_an_unknown_figure_is_a_dash_and_not_0(book):
    found = {row["รหัสโรงเรียน"]: row for row in rows(book["โรงเรียน"])}
    assert found["99020006"]["นักเรียน 2567-1"] == 2
    assert found["99020006"]["นักเรียน 2568-1"] == "–"
    assert found["99020006"]["นักเรียน ต่าง"] == "–"
    assert "99020006" in {row["รหัสโรงเรียน"] for row in rows(book["รายชั้น"])}


def test_a_name_that_is_a_formula_stays_a_name(book):
    found = rows(book["ข้อมูลที่เปลี่ยน"])
    named = next(row for row in found if row["เรื่อง"] == "ชื่อโรงเรียน")
    assert (named["2567-1"], named["2568-1"]) == ("=1+1", "บ้านใหม่")
    cells = [cell for row in book["ข้อมูลที่เปลี่ยน"].iter_rows() for cell in row]
    assert "f" not in {cell.data_type for cell in cells}
    assert ("เล็ก", "กลาง") in {(row["2567-1"], row["2568-1"]) for row in found}


def test_schools_that_come_and_go_are_listed_with_their_likely_other_code(book):
    found = {row["รหัสโรงเรียน"]: row for row in rows(book["เพิ่ม เลิก รวม"])}
    assert {code: row["สถานะ"] for code, row in found.items()} == {
        "99020002": "รวม",
        "99020004": "เลิก",
        "99020005": "เพิ่มใหม่",
    }
    assert found["99020002"]["รวมกับ"] == "99020001"
    likely = "อาจเป็นโรงเรียนเดียวกัน (ต้องตรวจ)"
    assert found["99020004"][likely] == "รหัสใหม่ 99020005 (ชื่อและตำบลเดียวกัน)"
    assert found["99020005"][likely] == "รหัสเดิม 99020004 (ชื่อและตำบลเดียวกัน)"


def test_a_moved_school_has_both_points_and_the_distance(book):
    (row,) = rows(book["ย้ายจุด"])
    # 0.01° of longitude at 19.05° N: 111,320 m × cos 19.05° × 0.01.
    assert row["ระยะ (ม.)"] == pytest.approx(1052, abs=3)
    assert (row["ลองจิจูด 2567-1"], row["ลองจิจูด 2568-1"]) == (98.05, 98.06)


def test_the_totals_stand_on_the_first_sheet_and_add_up(book, compared):
    body = list(book["สรุป"].iter_rows(values_only=True))
    (head,) = (row for row in body if "ระดับ" in row)
    office = dict(zip(head, body[body.index(head) + 1], strict=True))
    assert office["นักเรียน ต่าง"] == compared.schools["students_change"].sum()
    assert body[1][0].startswith("รอบ 2567-1 → 2568-1 · โรงเรียน 4 → 4")


def test_grades_that_are_the_same_are_not_listed(tmp_path):
    same = published("2567-1", [school("99020001")], grades(9)[:1])
    later = published("2568-1", [school("99020001")], grades(9)[:1])
    write_compare_book(compare(same, later), tmp_path / "same.xlsx", "สพป.ทดสอบ", SIZES)
    sheet = openpyxl.load_workbook(tmp_path / "same.xlsx")["รายชั้น"]
    assert rows(sheet) == []
    assert sheet["A2"].value.startswith("ไม่มีรายการ")


def test_the_largest_changes_are_kept_and_the_sheet_says_what_it_leaves_out(tmp_path, monkeypatch):
    monkeypatch.setattr(compare_book, "MOST_GRADES", 1)
    before = published("2567-1", [school("1")], [("1", "p1", 9, 0, 1), ("1", "p2", 9, 0, 1)])
    after = published("2568-1", [school("1")], [("1", "p1", 8, 0, 1), ("1", "p2", 1, 0, 1)])
    write_compare_book(compare(before, after), tmp_path / "x.xlsx", "สพป.ทดสอบ", SIZES)
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx")["รายชั้น"]
    assert [(row["ชั้น"], row["นักเรียน ต่าง"]) for row in rows(sheet)] == [("ป.2", -8)]
    assert "มี 2 แถว แสดง 1 แถว" in sheet["A2"].value


def test_the_nations_figures_have_their_own_workbook(tmp_path):
    ours = published("2568-1", [school("99020001")], [("99020001", "p1", 5, 4, 1)])
    compared = compare_sources(
        ours, other([("99020001", "p1", 5, 1, 1), ("99020002", "p1", 7, 0, 1)])
    )
    write_source_book(compared, tmp_path / "national.xlsx", "สพป.ทดสอบ")
    book = openpyxl.load_workbook(tmp_path / "national.xlsx")
    assert book.sheetnames == ["สรุป", "โรงเรียน", "รายชั้น"]
    first, second = rows(book["โรงเรียน"])
    assert (first["นักเรียน สำนักงาน"], first["นักเรียน ระดับประเทศ"], first["นักเรียน ต่าง"]) == (9, 6, -3)
    assert (second["มีใน"], second["นักเรียน สำนักงาน"]) == ("เฉพาะไฟล์ระดับประเทศ", "–")
    assert "DMC.xlsx" in book["สรุป"]["A2"].value


def test_a_comparison_of_nothing_is_written_too(tmp_path):
    compared = compare(published("2567-1", [], []), published("2568-1", [], []))
    write_compare_book(compared, tmp_path / "empty.xlsx", "สพป.ทดสอบ", {})
    book = openpyxl.load_workbook(tmp_path / "empty.xlsx")
    assert [sheet["A2"].value[:10] for sheet in book.worksheets[1:6]] == ["ไม่มีรายการ"[:10]] * 5
