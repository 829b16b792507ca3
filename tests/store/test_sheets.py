"""Received files as they stand: every cell, every row number, whatever program wrote them."""

import datetime
import json

import openpyxl
import pytest
import xlsxwriter

from gisapp.errors import MapAmongSheetsError, UnreadableFileError
from gisapp.store.sheets import read_sheets, received_files
from tests import office_files
from tests.office import ROUND, wide_merges, wide_rows, write_book, write_text, write_wide

WRITERS = {
    "xlsx": lambda path, rows: write_book(path, {"แผ่น": rows}),
    "xls": lambda path, rows: office_files.write_xls(path, "แผ่น", rows),
    "ods": lambda path, rows: office_files.write_ods(path, "แผ่น", rows),
}


def only(path):
    """The one sheet of a file."""
    (sheet,) = read_sheets(path, ROUND)
    return sheet


def plain(rows):
    """Cells as text and numbers; blank is None however a program keeps it."""
    return [[None if cell in ("", None) else cell for cell in row] for row in rows]


@pytest.mark.parametrize("suffix", list(WRITERS))
def test_every_kind_of_workbook_gives_the_same_cells(tmp_path, suffix):
    rows = wide_rows()
    path = tmp_path / f"a.{suffix}"
    WRITERS[suffix](path, rows)
    sheet = only(path)
    assert (sheet.file, sheet.name, sheet.round_name) == (f"a.{suffix}", "แผ่น", ROUND)
    assert plain(sheet.rows) == rows


def test_rows_and_columns_keep_their_numbers_when_a_sheet_begins_lower_down(tmp_path):
    book = openpyxl.Workbook()
    book.active["C5"] = "ที่นี่"
    book.save(tmp_path / "a.xlsx")
    sheet = only(tmp_path / "a.xlsx")
    assert sheet.rows[4][2] == "ที่นี่"
    assert sheet.address(4, 2) == "C5"
    assert sheet.row_number(4) == 5


def test_merged_ranges_are_counted_from_0_with_both_ends_inside(tmp_path):
    rows = wide_rows()
    sheet = only(write_wide(tmp_path / "a.xlsx", rows))
    assert sorted(sheet.merged) == sorted(wide_merges(rows))


def test_codes_written_as_text_keep_their_leading_zeros(tmp_path):
    path = write_book(tmp_path / "a.xlsx", {"แผ่น": [["080005", "00100001"]]})
    assert only(path).rows == [["080005", "00100001"]]


def test_a_date_stays_a_date_and_a_truth_stays_a_truth(tmp_path):
    path = write_book(tmp_path / "a.xlsx", {"แผ่น": [[datetime.date(2025, 6, 10), True, 1.5]]})
    assert only(path).rows == [[datetime.date(2025, 6, 10), True, 1.5]]


def test_sheets_come_in_their_order_and_hidden_ones_are_marked(tmp_path):
    sheets = {"ก": [["1"]], "ข": [["2"]], "ค": [["3"]]}
    path = write_book(tmp_path / "a.xlsx", sheets, hidden=("ข",))
    found = [(sheet.name, sheet.hidden) for sheet in read_sheets(path, ROUND)]
    assert found == [("ก", False), ("ข", True), ("ค", False)]


def test_a_formula_that_was_never_computed_is_refused_by_its_cell(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "แผ่น1"
    for row in (["รหัสโรงเรียน", "ป.1 ชาย"], ["99020001", "=1+2"]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(UnreadableFileError, match="cell B2 of sheet แผ่น1"):
        read_sheets(tmp_path / "a.xlsx", ROUND)


def test_rows_that_are_hidden_by_a_filter_are_read(tmp_path):
    """A filter hides schools from the eye; they are pupils all the same."""
    book = openpyxl.Workbook()
    for row in (["รหัสโรงเรียน", "ป.1 ชาย"], ["99020001", 3], ["99020002", 4]):
        book.active.append(row)
    book.active.row_dimensions[2].hidden = True
    book.active.column_dimensions["B"].hidden = True
    book.save(tmp_path / "a.xlsx")
    assert [row[1] for row in only(tmp_path / "a.xlsx").rows] == ["ป.1 ชาย", 3, 4]


def test_a_formula_is_the_value_that_was_kept_beside_it(tmp_path):
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        book.add_worksheet("แผ่น").write_formula(0, 0, "=6*7", None, 42)
    assert only(tmp_path / "a.xlsx").rows == [[42]]


@pytest.mark.parametrize("cell", ["A1", "C2", "E9"])
def test_an_error_cell_is_there_wherever_it_stands(tmp_path, cell):
    book = openpyxl.Workbook()
    book.active["B2"] = "กลาง"
    book.active["C5"] = 1
    book.active[cell] = "#REF!"
    book.active.merge_cells("B6:C6")
    book.save(tmp_path / "a.xlsx")
    sheet = only(tmp_path / "a.xlsx")
    found = [
        sheet.address(r, c)
        for r, row in enumerate(sheet.rows)
        for c, value in enumerate(row)
        if value == "#REF!"
    ]
    assert found == [cell]
    assert sheet.rows[1][1] == "กลาง"


def test_a_text_that_looks_like_an_error_is_a_text(tmp_path):
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        book.add_worksheet("แผ่น").write_string(0, 0, "#REF! หมายเหตุ")
    assert only(tmp_path / "a.xlsx").rows == [["#REF! หมายเหตุ"]]


# Text ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_text_table_is_read_in_every_encoding_and_with_every_separator(
    tmp_path, encoding, delimiter
):
    rows = [["รหัสโรงเรียน", "ชั้น", "ชาย"], ["99020001", "ป.1", "3"]]
    path = write_text(tmp_path / "a.csv", rows, encoding=encoding, delimiter=delimiter)
    assert only(path).rows == rows


def test_a_no_break_blank_of_windows_874_is_a_blank(tmp_path):
    """tis_620 fails on it; real files have it."""
    (tmp_path / "a.csv").write_bytes("บ้าน\u00a0ใหม่,1\r\n".encode("cp874"))
    assert only(tmp_path / "a.csv").rows == [["บ้าน\u00a0ใหม่", "1"]]


def test_commas_quotes_and_line_ends_inside_a_cell_belong_to_it(tmp_path):
    (tmp_path / "a.csv").write_text('"ก, ข","ค ""ง""","จ\nฉ"\nช,ซ,ฌ\n', encoding="utf-8")
    assert only(tmp_path / "a.csv").rows == [["ก, ข", 'ค "ง"', "จ\nฉ"], ["ช", "ซ", "ฌ"]]


def test_rows_of_other_lengths_are_filled_up(tmp_path):
    (tmp_path / "a.csv").write_text("ก,ข,ค\nง\n", encoding="utf-8")
    assert only(tmp_path / "a.csv").rows == [["ก", "ข", "ค"], ["ง", None, None]]


def test_blank_lines_above_the_header_keep_the_row_numbers(tmp_path):
    (tmp_path / "a.csv").write_text("\n\nก,ข\n1,2\n", encoding="utf-8")
    sheet = only(tmp_path / "a.csv")
    assert sheet.rows[2] == ["ก", "ข"]
    assert sheet.row_number(3) == 4


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\r\n\r\n"])
def test_an_empty_text_has_no_cell(tmp_path, content):
    (tmp_path / "a.csv").write_bytes(content)
    assert not any(cell for row in only(tmp_path / "a.csv").rows for cell in row)


def test_a_quote_that_never_ends_names_its_line(tmp_path):
    (tmp_path / "a.csv").write_text('ก,ข\n1,2\n"3,4\n5,6\n', encoding="utf-8")
    with pytest.raises(UnreadableFileError, match="quotation"):
        read_sheets(tmp_path / "a.csv", ROUND)


@pytest.mark.parametrize("separator", ["|", ",", ";", "\t"])
@pytest.mark.parametrize("numbers", [219, 218])
def test_the_population_file_without_headings_is_told_by_its_220_fields(
    tmp_path, separator, numbers
):
    line = separator.join(["จังหวัดตัวอย่าง", *["58"] * numbers])
    (tmp_path / "pop.txt").write_bytes(f"{line}\r\n{line}\r\n".encode("cp874"))
    sheet = only(tmp_path / "pop.txt")
    assert sheet.rows[0][0] == "dopa_220_fields"
    assert sheet.row_number(1) == 1  # the first line of the file is line 1
    assert len(sheet.rows) == 3


def test_the_population_file_saved_by_a_spreadsheet_is_told_too(tmp_path):
    line = ["จังหวัดตัวอย่าง", *[58] * 219]
    sheet = only(write_book(tmp_path / "pop.xlsx", {"pop": [line, line]}))
    assert sheet.rows[0][0] == "dopa_220_fields"
    assert sheet.rows[1:] == [line, line]
    assert sheet.row_number(1) == 1


@pytest.mark.parametrize("cells", [["ก"] * 220, [*["ก"] * 21, *[5] * 199], [5] * 221])
def test_other_wide_sheets_are_no_population_file(tmp_path, cells):
    sheet = only(write_book(tmp_path / "a.xlsx", {"a": [cells, cells]}))
    assert sheet.rows == [cells, cells]


# JSON ---------------------------------------------------------------------------------------


def test_records_are_rows_and_their_keys_headings(tmp_path):
    records = [{"ก": "1", "ข": None}, {"ข": 2, "ค": [1]}]
    (tmp_path / "a.json").write_text(json.dumps(records), encoding="utf-8")
    sheet = only(tmp_path / "a.json")
    assert sheet.rows == [["ก", "ข", "ค"], ["1", None, None], [None, 2, "[1]"]]
    assert sheet.address(2, 1) == "record 2"


@pytest.mark.parametrize(
    "text",
    [
        '{"count": 2, "errors": [], "data": [{"ก": "1"}, {"ก": "2"}]}',
        '{"ก": "1"}\n\n{"ก": "2"}\n',
    ],
)
@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_records_within_an_object_or_one_to_a_line_are_rows(tmp_path, name, text):
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert only(tmp_path / name).rows == [["ก"], ["1"], ["2"]]


@pytest.mark.parametrize(
    "text", ['{"a": [{"ก": 1}], "b": [{"ก": 2}]}', '{"ก": 1}\n[2]\n', '{"ก": 1}']
)
def test_json_of_two_lists_or_of_lines_that_are_no_objects_is_refused(tmp_path, text):
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableFileError):
        read_sheets(tmp_path / "a.json", ROUND)


@pytest.mark.parametrize("text", ["{", "[1]", "{}", "nothing", "[" * 100_000, f"[{'9' * 5000}]"])
def test_json_that_is_no_table_is_refused(tmp_path, text):
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableFileError):
        read_sheets(tmp_path / "a.json", ROUND)


# What is refused, and what is passed over -----------------------------------------------------


@pytest.mark.parametrize("suffix", [".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"])
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut", b"<html>a page</html>", bytes(600)])
def test_what_is_no_workbook_is_refused_whatever_it_holds(tmp_path, suffix, content):
    path = tmp_path / f"a{suffix}"
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError) as caught:
        read_sheets(path, ROUND)
    assert caught.value.th
    assert str(caught.value)


@pytest.mark.parametrize("suffix", [".xlsx", ".xls"])
def test_a_password_is_told_from_damage(tmp_path, suffix):
    path = office_files.write_locked(tmp_path / f"a{suffix}")
    with pytest.raises(UnreadableFileError, match="password"):
        read_sheets(path, ROUND)


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a", "a.zip"])
def test_other_kinds_of_file_are_refused(tmp_path, name):
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(UnreadableFileError):
        read_sheets(tmp_path / name, ROUND)


@pytest.mark.parametrize("name", ["a.gpkg", "a.TIF", "a.shp", "a.kml", "a.kmz", "a.fgb"])
def test_a_broken_map_is_damaged(tmp_path, name):
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(UnreadableFileError, match="damaged"):
        read_sheets(tmp_path / name, ROUND)


def test_a_picture_of_heights_is_a_map(tmp_path):
    (tmp_path / "a.tif").write_bytes(b"II*\0" + bytes(99))
    with pytest.raises(MapAmongSheetsError):
        read_sheets(tmp_path / "a.tif", ROUND)


def test_files_come_in_a_fixed_order_without_what_programs_leave_behind(tmp_path):
    for name in ("ข.xlsx", "ก.csv", "~$ก.csv", ".hidden", "Thumbs.db", "DESKTOP.INI",
                 "corrections.csv", "b.json"):  # fmt: skip
        (tmp_path / name).touch()
    (tmp_path / "folder.xlsx").mkdir()
    assert [path.name for path in received_files(tmp_path)] == ["b.json", "ก.csv", "ข.xlsx"]


@pytest.mark.parametrize("suffix", ["XLSX", "Xlsx"])
def test_the_case_of_a_suffix_does_not_count(tmp_path, suffix):
    path = write_book(tmp_path / "a.xlsx", {"แผ่น": [["ก"]]}).rename(tmp_path / f"a.{suffix}")
    assert only(path).rows == [["ก"]]
