import codecs
import csv
import io

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from gisapp.store import table_files
from gisapp.store.table_files import (
    About,
    Table,
    TableColumn,
    csv_pieces,
    harmless,
    workbook,
    write_tables,
)

COLUMNS = (
    TableColumn("รหัส"),
    TableColumn("=ชื่อ", width=30),
    TableColumn("นักเรียน", "count"),
    TableColumn("นร./ครู", "ratio"),
    TableColumn("ละติจูด", "degrees"),
    TableColumn("รวมกับ", applies=False),
)
ROWS = (
    ("07010001", "บ้านห้วยเมฆ", 120, 15.1875, 19.41561824, None),
    ("07010002", '=HYPERLINK("http://x","y")', 0, None, None, "07010001"),
    ("07010003", None, None, 1e-3, 7.0, None),
    ("-1", 'มี "คำพูด", จุลภาค\nและบรรทัดใหม่', -3, -0.5, None, None),
    ("07010005", "<r>", 12345678901, 16.0, None, None),
    ("07010006", "ก", 399.6, -0.04, None, None),
)
#: The same in both files, by hand: counts whole, ratios with one decimal, degrees with six.
FIGURES = (
    (120, 15.2, 19.415618),
    (0, None, None),
    (None, 0, 7),
    (-3, -0.5, None),
    (12345678901, 16, None),
    (400, 0, None),
)
ABOUT = About(
    "ที่มา",
    (("รอบข้อมูล", "2568-1"), ("ตัวกรอง", "=ทุกโรงเรียน")),
    "คอลัมน์",
    "ไม่มีข้อมูล",
    "ไม่เกี่ยวข้อง",
)


def table(rows=ROWS):
    return Table("โรงเรียน", COLUMNS, iter(rows))


def read_csv(rows=ROWS):
    data = b"".join(csv_pieces(table(rows)))
    assert data.startswith(codecs.BOM_UTF8)
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_a_csv_reads_back_as_the_rows_it_was_written_from():
    head, *rows = read_csv()
    assert head == ["รหัส", "'=ชื่อ", "นักเรียน", "นร./ครู", "ละติจูด", "รวมกับ"]
    assert rows == [
        ["07010001", "บ้านห้วยเมฆ", "120", "15.2", "19.415618", ""],
        ["07010002", '\'=HYPERLINK("http://x","y")', "0", "", "", "07010001"],
        ["07010003", "", "", "0", "7", ""],
        ["'-1", 'มี "คำพูด", จุลภาค\nและบรรทัดใหม่', "-3", "-0.5", "", ""],
        ["07010005", "<r>", "12345678901", "16", "", ""],
        ["07010006", "ก", "400", "0", "", ""],
    ]


def test_a_csv_of_no_rows_is_its_headings():
    assert read_csv(())[1:] == []
    assert len(read_csv(())) == 1


def test_a_long_csv_leaves_in_pieces_and_loses_no_row():
    pieces = list(csv_pieces(table((f"{n:08}", "ก", n, 0.5, 1.0, None) for n in range(1_234))))
    assert len(pieces) > 2
    rows = list(csv.reader(io.StringIO(b"".join(pieces).decode("utf-8-sig"))))
    assert [int(row[2]) for row in rows[1:]] == list(range(1_234))


@pytest.mark.parametrize("first", [*"=+-@", *"＝＋－＠", "\t", "\r", "\n"])
@pytest.mark.parametrize("before", ["", "  "])
def test_no_text_begins_as_a_formula(first, before):
    if first.isspace() and before:
        return
    assert harmless(f"{before}{first}1+1") == f"'{before}{first}1+1"


@pytest.mark.parametrize("text", ["", "บ้าน=สวน", "1-20", "'=1", "–", "๑"])
def test_other_text_stays_as_it_is(text):
    assert harmless(text) == text


def opened(rows=ROWS):
    return io.BytesIO(workbook(table(rows), ABOUT))


def test_two_readers_read_the_workbook_as_its_rows():
    book = openpyxl.load_workbook(opened())
    assert book.sheetnames == ["โรงเรียน", "ที่มา"]
    found = [tuple(row) for row in book["โรงเรียน"].iter_rows(values_only=True)]
    assert found[0] == tuple(column.heading for column in COLUMNS)
    rows = [(*row[:2], *figures, row[5]) for row, figures in zip(ROWS, FIGURES, strict=True)]
    assert found[1:] == rows
    other = CalamineWorkbook.from_filelike(opened()).get_sheet_by_name("โรงเรียน").to_python()
    unknown_is_empty = [["" if cell is None else cell for cell in row] for row in rows]
    assert other[1:] == unknown_is_empty


def test_codes_are_text_and_figures_are_numbers():
    sheet = openpyxl.load_workbook(opened())["โรงเรียน"]
    assert [cell.data_type for cell in sheet[2]][:5] == ["s", "s", "n", "n", "n"]
    assert [cell.number_format for cell in sheet[2]][:5] == [
        "@", "@", "#,##0", "#,##0.0", "0.000000",
    ]  # fmt: skip
    assert sheet["B3"].data_type == "s"  # a formula would be "f"


def test_the_head_stays_and_filters_every_row():
    sheet = openpyxl.load_workbook(opened())["โรงเรียน"]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == f"A1:F{len(ROWS) + 1}"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.column_dimensions["B"].width > 2 * sheet.column_dimensions["A"].width


def test_the_second_sheet_says_where_the_rows_are_from_and_what_they_lack():
    sheet = openpyxl.load_workbook(opened())["ที่มา"]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[:2] == [("รอบข้อมูล", "2568-1"), ("ตัวกรอง", "=ทุกโรงเรียน")]
    assert rows[3] == ("คอลัมน์", "ไม่มีข้อมูล")
    assert rows[4:] == [
        ("รหัส", 0),
        ("=ชื่อ", 1),
        ("นักเรียน", 1),
        ("นร./ครู", 1),
        ("ละติจูด", 4),
        ("รวมกับ", "ไม่เกี่ยวข้อง"),
    ]


def test_a_workbook_of_no_rows_opens():
    sheet = openpyxl.load_workbook(opened(()))["โรงเรียน"]
    assert sheet.max_row == 1


def test_the_same_table_is_the_same_file():
    assert workbook(table(), ABOUT) == workbook(table(), ABOUT)


def test_a_workbook_of_several_tables_has_a_sheet_for_each_and_one_that_explains(tmp_path):
    path = tmp_path / "book.xlsx"
    other = Table("อำเภอ", COLUMNS[:1], iter([("9901",)]))
    write_tables(path, "สพป.ทดสอบ", [table(), other], "วิธีคิด", ABOUT.lines)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["โรงเรียน", "อำเภอ", "วิธีคิด"]
    assert [row[2].value for row in book["โรงเรียน"].iter_rows(min_row=2)] == [
        figures[0] for figures in FIGURES
    ]
    assert [[cell.value for cell in row] for row in book["อำเภอ"]] == [["รหัส"], ["9901"]]
    assert [[cell.value for cell in row] for row in book["วิธีคิด"]] == [
        list(line) for line in ABOUT.lines
    ]
    assert book["อำเภอ"].freeze_panes == "B2"


def test_a_table_that_is_too_long_for_a_sheet_goes_on_in_the_next(tmp_path, monkeypatch):
    monkeypatch.setattr(table_files, "SHEET_ROWS", 2)
    path = tmp_path / "book.xlsx"
    codes = [(code,) for code in ("1", "2", "3", "4")]
    long = Table("ก" * 31, COLUMNS[:1], iter(codes))
    write_tables(path, "", [long, Table("ว่าง", COLUMNS[:1], ())], "วิธีคิด", ())
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["ก" * 31, "ก" * 29 + " 2", "ว่าง", "วิธีคิด"]
    assert [row[0].value for row in book.worksheets[0]] == ["รหัส", "1", "2"]
    assert [row[0].value for row in book.worksheets[1]] == ["รหัส", "3", "4"]
    assert [row[0].value for row in book["ว่าง"]] == ["รหัส"]
