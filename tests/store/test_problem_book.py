"""The problem workbook, as a person finds it."""

import openpyxl
import pandas as pd
import pytest

from gisapp.core.dictionary import LAYERS
from gisapp.store.marked_sheets import row_height
from gisapp.store.problem_book import write_problem_book

SHEETS = ["สรุป", "เรื่องที่พบ", "ตามโรงเรียน", "ตามไฟล์"]
HEAD = 4


def row(number, severity="block", **values):
    return {
        "problem_id": f"id{number}",
        "severity": severity,
        "kind": "bad_code",
        "file": "ก.xlsx",
        "sheet": "แผ่น",
        "row": 4 + number,
        "cell": f"D{4 + number}",
        "smis_code": "99010001",
        "school_name_th": "บ้านหนึ่ง",
        "value": "x",
        "pupils": 0,
        "message_th": f"เรื่องที่ {number}",
        "message_en": f"problem {number}",
        "advice_th": "แก้รหัส",
        "advice_en": "Correct the code",
        **values,
    }


def layer(*rows):
    columns = [column.name for column in LAYERS["problems"].columns]
    return pd.DataFrame(rows, columns=columns).astype({"row": "Int64"})


def book_of(tmp_path, *rows, links=None):
    path = tmp_path / "2568-1-problems.xlsx"
    write_problem_book(layer(*rows), path, "สพป.ทดสอบ", "2568-1", links)
    return openpyxl.load_workbook(path)


def table(sheet):
    heads = [cell.value for cell in sheet[HEAD]]
    return [
        dict(zip(heads, values, strict=True))
        for values in sheet.iter_rows(min_row=HEAD + 1, values_only=True)
    ]


def texts(sheet):
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_a_round_without_problems_has_all_its_sheets(tmp_path):
    book = book_of(tmp_path)
    assert book.sheetnames == SHEETS
    assert book.active.title == "สรุป"
    assert [book["สรุป"].cell(line, 2).value for line in (4, 5, 6, 7)] == [0, 0, 0, 0]


def test_the_summary_counts_by_severity_and_names_what_comes_first(tmp_path):
    settled = row(9, acknowledged_reason="ถามแล้ว", pupils=100)
    book = book_of(
        tmp_path,
        row(1, pupils=41),
        row(2, pupils=1),
        row(3, kind="bad_year", message_th="ปีผิด"),
        settled,
        row(4, "warn"),
        row(5, "note"),
    )
    summary = book["สรุป"]
    assert [summary.cell(line, 2).value for line in (4, 5, 6, 7)] == [3, 1, 1, 1]
    said = texts(summary)
    assert any("42 คน" in text for text in said), "41 + 1; what is acknowledged holds nobody back"
    assert said.index("เรื่องที่ 1") < said.index("ปีผิด") < said.index("เรื่องที่ 4")
    assert "เรื่องที่ 5" not in said, "notes are not where one begins"
    assert any("2568-1-problems" in text and "ช่องที่มีสี" in text for text in said)
    assert any("สพป.ทดสอบ · รอบ 2568-1" in text for text in said)


def test_every_problem_stands_on_each_list_once(tmp_path):
    rows = [row(1), row(2, smis_code="99010002", file="ข.csv"), row(3, "note", smis_code=None)]
    book = book_of(tmp_path, *rows)
    for name in SHEETS[1:]:
        found = [line["รหัสเรื่อง"] for line in table(book[name]) if line["รหัสเรื่อง"]]
        assert sorted(found) == ["id1", "id2", "id3"]


def test_a_school_is_one_block_under_its_name_and_what_is_nobodys_comes_last(tmp_path):
    rows = [
        row(1, smis_code="99010002", school_name_th="บ้านสอง"),
        row(2, smis_code="total", school_name_th=None),
        row(3, "warn", smis_code="99010001 ป.1"),
        row(4, smis_code="99010001"),
    ]
    heads = [
        line["ระดับ"]
        for line in table(book_of(tmp_path, *rows)["ตามโรงเรียน"])
        if not line["รหัสเรื่อง"]
    ]
    assert heads == [
        "99010001 บ้านหนึ่ง · ต้องแก้ 1 · ควรดู 1",
        "99010002 บ้านสอง · ต้องแก้ 1",
        "ไม่ใช่เรื่องของโรงเรียนใด · ต้องแก้ 1",
    ]


def test_a_problem_is_told_with_proposal_reason_and_acknowledgement(tmp_path):
    told = row(
        1,
        proposal='{"lat":["98.2","19.1"],"lon":["19.1","98.2"]}',
        why_th="จุดตกในตำบล",
        why_en="it falls inside",
        acknowledged_reason="ถามแล้ว",
        acknowledged_by="ก",
        acknowledged_on="2025-06-20",
    )
    [line] = table(book_of(tmp_path, told)["เรื่องที่พบ"])
    assert line["ค่าที่เสนอ"] == "19.1, 98.2"
    assert line["เหตุผลของค่าที่เสนอ"] == "จุดตกในตำบล"
    assert (line["เหตุผลที่รับทราบ"], line["ผู้รับทราบ"]) == ("ถามแล้ว", "ก")
    assert list(line)[-3:] == ["เรื่อง (อังกฤษ)", "ควรทำ (อังกฤษ)", "เหตุผลของค่าที่เสนอ (อังกฤษ)"]
    assert line["เรื่อง (อังกฤษ)"] == "problem 1"


def test_a_problem_of_a_row_names_the_row_and_one_of_a_file_nothing(tmp_path):
    rows = [row(1, cell=None), row(2, cell=None, row=None)]
    cells = [line["เซลล์"] for line in table(book_of(tmp_path, *rows)["เรื่องที่พบ"])]
    assert cells == ["แถว 5", None]


def test_links_lie_beside_the_workbook_and_show_the_cell(tmp_path):
    links = {"id1": "2568-1-problems/ก.xlsx#'แผ่น'!D5", "id2": "x" * 300 + "!D6"}
    lines = table(book_of(tmp_path, row(1), row(2), row(3), links=links)["เรื่องที่พบ"])
    assert [line["เปิดช่องนี้"] for line in lines] == [
        '=HYPERLINK("2568-1-problems/ก.xlsx#\'แผ่น\'!D5","D5")',
        "D6",
        None,
    ]


@pytest.mark.parametrize("value", ["=1+1", "@SUM(A1)", "https://a.example/", "007", "{=1}"])
def test_what_stands_in_a_sheet_stays_text(tmp_path, value):
    book = book_of(tmp_path, row(1, value=value))
    for name in SHEETS[1:]:
        [cell] = [c for line in book[name].iter_rows() for c in line if c.value == value]
        assert cell.data_type == "s"
        assert cell.hyperlink is None


@pytest.mark.parametrize(("value", "kept"), [("ก\ud800", "ก?"), ("x" * 40_000, "x" * 32_767)])
def test_a_value_that_no_cell_can_hold_is_shown_as_far_as_it_can(tmp_path, value, kept):
    [line] = table(book_of(tmp_path, row(1, value=value))["เรื่องที่พบ"])
    assert line["ค่าที่พบ"] == kept


def test_lists_are_filtered_frozen_and_printed_on_a4_with_their_headings(tmp_path):
    book = book_of(tmp_path, row(1), row(2, "warn"))
    sheet = book["เรื่องที่พบ"]
    assert sheet.auto_filter.ref == "A4:T6"
    assert sheet.freeze_panes == "C5"
    for name in SHEETS[1:]:
        page = book[name]
        assert page.print_title_rows == "$4:$4"
        assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
        assert page["B6"].alignment.wrap_text
    assert sheet.print_area.endswith("$A$1:$J$6"), "English columns are read on a screen"


def test_severities_have_the_colours_of_the_page(tmp_path):
    sheet = book_of(tmp_path, row(1), row(2, "warn"), row(3, "note"))["เรื่องที่พบ"]
    colours = [sheet.cell(line, 1).fill.fgColor.rgb for line in (5, 6, 7)]
    assert colours == ["FFFEEBE6", "FFFDF3D9", "FFE4F0FB"]


def test_a_row_is_as_high_as_its_longest_text_up_to_a_limit():
    one = row_height([("สั้น", 10), (None, 1)])
    assert row_height([("x" * 25, 10)]) == 3 * one, "25 letters in lines of 10"
    assert row_height([("a\nb", 10)]) == 2 * one
    assert row_height([("x" * 10_000, 10)]) == 12 * one
    assert row_height([]) == one


def test_the_same_problems_give_the_same_bytes(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    for name in "ab":
        book_of(tmp_path / name, row(1))
    one, two = ((tmp_path / n / "2568-1-problems.xlsx").read_bytes() for n in "ab")
    assert one == two
