"""A file is what it holds: names, encodings and senders' programs do not count."""

import json
import zipfile

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from gisapp.errors import UnreadableFileError
from gisapp.store.sheets import read_sheets
from tests import office_files
from tests.bad_files import write_xlsx
from tests.office import ROUND, long_rows, wide_rows, write_book, write_text

THAI_ROWS = [["รหัสโรงเรียน", "ชั้น", "ชาย"], ["99020001", "ป.1", "3"], ["99020002", "อ.2", "ไม่มี"]]
SUFFIXES = [
    *(".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".txt", ".json", ".geojson"),
    *(".gpkg", ".shp", ".kml", ".kmz", ".fgb", ".zip", ".dbf", ".tif"),
]


def only(path):
    (sheet,) = read_sheets(path, ROUND)
    return sheet


def refused(path, words="."):
    with pytest.raises(UnreadableFileError, match=words) as caught:
        read_sheets(path, ROUND)
    assert any("\u0e01" <= letter <= "\u0e5b" for letter in caught.value.th)


def plain(rows):
    return [[None if cell in ("", None) else cell for cell in row] for row in rows]


# Contents over names -------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", ["xls", "xlsm", "ods", "csv", "txt", "xlsb", "zip"])
def test_an_xlsx_is_read_under_any_name(tmp_path, suffix):
    path = write_book(tmp_path / "a.xlsx", {"แผ่น": wide_rows()}).rename(tmp_path / f"a.{suffix}")
    assert plain(only(path).rows) == wide_rows()


@pytest.mark.parametrize("suffix", ["xlsx", "ods", "csv"])
def test_an_old_workbook_is_read_under_any_name(tmp_path, suffix):
    path = office_files.write_xls(tmp_path / f"a.{suffix}", "แผ่น", wide_rows())
    assert plain(only(path).rows) == wide_rows()


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "csv"])
def test_an_open_document_is_read_under_any_name(tmp_path, suffix):
    path = office_files.write_ods(tmp_path / f"a.{suffix}", "แผ่น", wide_rows())
    assert plain(only(path).rows) == wide_rows()


@pytest.mark.parametrize("suffix", ["xls", "xlsx", "txt", "tsv"])
@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_text_that_a_system_calls_a_workbook_is_read(tmp_path, suffix, delimiter):
    path = write_text(tmp_path / f"a.{suffix}", THAI_ROWS, encoding="cp874", delimiter=delimiter)
    assert only(path).rows == THAI_ROWS


def test_records_are_read_under_the_name_of_a_text(tmp_path):
    (tmp_path / "a.txt").write_text(json.dumps([{"ก": 1}]), encoding="utf-8")
    assert only(tmp_path / "a.txt").rows == [["ก"], [1]]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7 \0", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"Rar!\x1a\x07", "unpack"),
        (
            b'<?xml?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            "XML",
        ),
        (b"<html><p>\xe0\xb8\x81</p></html>", "web page"),
        (b"", "empty"),
        (b"\0" * 600, "neither UTF-8"),
        (b"PK\x03\x04 cut", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 cut", "damaged"),
    ],
)
def test_what_else_comes_as_a_workbook_is_named(tmp_path, content, words):
    (tmp_path / "a.xlsx").write_bytes(content)
    refused(tmp_path / "a.xlsx", words)


def test_a_binary_workbook_says_how_to_save_it(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.xlsb", "w") as package:
        package.writestr("xl/workbook.bin", b"x")
    refused(tmp_path / "a.xlsb", "save it as .xlsx")


def test_a_word_document_is_named(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as package:
        package.writestr("word/document.xml", b"x")
    refused(tmp_path / "a.docx", "Word")


def test_macros_are_kept_out_and_the_sheets_read(tmp_path):
    (tmp_path / "vba").write_bytes(office_files.compound_file({"dir": b"x"}))
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsm")) as book:
        book.add_worksheet("แผ่น").write_row(0, 0, ["รหัส", "ชื่อ"])
        book.add_vba_project(str(tmp_path / "vba"))
    assert only(tmp_path / "a.xlsm").rows == [["รหัส", "ชื่อ"]]


def test_a_chart_that_fills_a_sheet_is_no_table(tmp_path):
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        book.add_worksheet("แผ่น").write(0, 0, 1)
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "=แผ่น!$A$1:$A$1"})
        book.add_chartsheet("แผนภูมิ").set_chart(chart)
    assert only(tmp_path / "a.xlsx").rows == [[1]]


def test_a_formula_whose_result_is_no_text_has_been_computed(tmp_path):
    cells = b'<c r="A1" t="str"><f>IF(B1="","","x")</f><v></v></c><c r="B1"><v>2</v></c>'
    path = write_xlsx(tmp_path / "a.xlsx", b'<row r="1">' + cells + b"</row>")
    assert plain(only(path).rows) == [[None, 2]]


@pytest.mark.parametrize("formula", [b"<f>1+1</f>", b'<f t="shared" si="0"/>', b"<f>1</f><v></v>"])
def test_a_formula_without_a_result_is_named_by_its_cell(tmp_path, formula):
    cells = b'<row r="7"><c r="AB7">' + formula + b"</c></row>"
    refused(write_xlsx(tmp_path / "a.xlsx", cells), "cell AB7 of sheet แผ่น")


def test_a_formula_of_a_list_of_choices_is_no_cell(tmp_path):
    choices = (
        b'<extLst><ext><x14:dataValidations xmlns:x14="a" xmlns:xm="b"><x14:dataValidation>'
        b"<x14:formula1><xm:f>Sheet2!A1:A9</xm:f></x14:formula1>"
        b"</x14:dataValidation></x14:dataValidations></ext></extLst>"
    )
    row = b'<row r="1"><c r="A1"><v>1</v></c></row>'
    assert only(write_xlsx(tmp_path / "a.xlsx", row, after=choices)).rows == [[1]]


# Web pages -----------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874", "utf-16"])
def test_a_web_page_that_is_called_a_workbook_gives_its_table(tmp_path, encoding):
    body = "".join(
        f"<tr>{''.join(f'<td> {cell}</td>' for cell in row)}</tr>\n" for row in THAI_ROWS
    )
    page = (
        f'<html><head><meta charset="x"></head><body><table border=1>{body}</table></body></html>'
    )
    (tmp_path / "a.xls").write_bytes(page.encode(encoding))
    assert only(tmp_path / "a.xls").rows == THAI_ROWS


def test_headings_that_span_columns_and_rows_are_merged(tmp_path):
    (tmp_path / "a.xls").write_text(
        "<table><tr><th rowspan=2>รหัส<th colspan='2'>ป.1<tr><th>ชาย<th>ห&#3597;ิง"
        "<tr><td>99020001<td>1<br>2<td>&nbsp;4 </table>",
        encoding="utf-8",
    )
    sheet = only(tmp_path / "a.xls")
    assert sheet.rows == [
        ["รหัส", "ป.1", None],
        [None, "ชาย", "หญิง"],
        ["99020001", "1 2", "4"],
    ]
    assert sheet.merged == ((0, 0, 1, 0), (0, 1, 0, 2))


def test_a_table_in_a_table_is_one_of_its_own(tmp_path):
    table = "<table><tr><td>{}<td>ข</table>"
    (tmp_path / "a.xls").write_text(table.format(table.format("ก")), encoding="utf-8")
    sheets = read_sheets(tmp_path / "a.xls", ROUND)
    assert [sheet.name for sheet in sheets] == ["table 1", "table 2"]
    assert sheets[1].rows == [["ก", "ข"]]


def test_a_cell_that_spans_millions_spans_no_more_than_a_sheet(tmp_path):
    (tmp_path / "a.xls").write_text(
        "<table><tr><td rowspan=999999999 colspan=999999999>ก<td>ข", "utf-8"
    )
    refused(tmp_path / "a.xls", "column 1,001")


# Encodings -----------------------------------------------------------------------------------

JAPANESE = "学校コード,学年,男子,女子\n12345678,小学校一年,12,15\n山田小学校,東京都,3,4\n"
CHINESE = "学校代码,年级,男生,女生\n12345678,小学一年级,12,15\n北京小学,海淀区,3,4\n"
FRENCH = "école,élèves,garçons\nChâteau-d'Œx,préélémentaire,3\nlycée Étienne,mère,é\n"
KOREAN = "학교코드,학년,남자\n12345678,초등학교,12\n서울초등학교,종로구,3\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (CHINESE, "gb18030"),
        (CHINESE, "big5"),
        (KOREAN, "euc_kr"),
        (FRENCH, "cp1252"),
        ("รหัส,ชื่อ\n1,บ้าน\n", "utf-16-le"),
    ],
)
def test_a_third_encoding_is_told_and_never_read_as_thai(tmp_path, text, encoding):
    raw = text.replace("代", "大").encode(encoding, "replace")
    (tmp_path / "a.csv").write_bytes(raw)
    refused(tmp_path / "a.csv", "neither UTF-8 nor Windows-874")


@pytest.mark.parametrize("text", [JAPANESE, CHINESE, KOREAN, FRENCH])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_other_scripts_are_read_in_unicode(tmp_path, text, encoding):
    (tmp_path / "a.csv").write_bytes(text.encode(encoding))
    assert only(tmp_path / "a.csv").rows == [line.split(",") for line in text.splitlines()]


WORDS = [
    *("เกาะลันตา", "ห้วยน้ำอุ่น", "ใหม่พัฒนา", "๓", "พ.ศ. ๒๕๖๘", "แพร่", "โรงเรียน", "ฤทธิ์", "ฤๅษี", "ฎีกา"),
    *("ไม้ป่า", "เพราะ", "เก่าๆ", "ฯลฯ", "สิ้นสุด", "ณ", "ศิษย์เก่า", "ปู่ย่า", "ญาติ", "ขี้เหล็ก", "ตึ๊กตั๊ก"),
    *("เอ๋อ", "฿", "“”", "–", "abc", "12", "บ้าน\u00a0ใหม่"),
]


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=40))
def test_thai_in_its_code_page_is_known_as_thai_however_short(tmp_path_factory, words):
    path = tmp_path_factory.getbasetemp() / "thai.csv"
    path.write_bytes("\n".join(words).encode("cp874"))
    assert [row[0] for row in only(path).rows] == words


# Anything at all -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("any")


STARTS = (
    b"",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"SQLite format 3\0",
    b"fgb\x03fgb\0",
    b"\0\0\x27\x0a",
    b"<html><table><tr><td>",
    b"<kml>",
    b"{",
    b"[",
    b"\xff\xfe",
)


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=60, deadline=None)
@given(start=st.sampled_from(STARTS), content=st.binary(max_size=2000))
def test_no_bytes_under_no_name_break_anything(folder, suffix, start, content):
    path = folder / f"a{suffix}"
    path.write_bytes(start + content)
    try:
        sheets = read_sheets(path, ROUND)
    except UnreadableFileError as error:
        assert error.th != error.en
    else:
        assert all(len(row) == len(sheet.rows[0]) for sheet in sheets for row in sheet.rows)


WRITERS = {
    "xlsx": lambda path: write_book(path, {"แผ่น": long_rows()}),
    "ods": lambda path: office_files.write_ods(path, "แผ่น", long_rows()),
    "xls": lambda path: office_files.write_xls(path, "แผ่น", long_rows()),
}


@pytest.mark.parametrize("kind", list(WRITERS))
@settings(max_examples=80, deadline=None)
@given(cut=st.floats(0, 1, exclude_max=True))
def test_a_file_that_breaks_off_is_damage_wherever_it_does(folder, kind, cut):
    whole = folder / f"whole.{kind}"
    if not whole.exists():
        WRITERS[kind](whole)
    content = whole.read_bytes()
    path = folder / f"cut.{kind}"
    path.write_bytes(content[: int(len(content) * cut)])
    if kind == "xls" and cut > 0.5:  # its end is padding
        try:
            read_sheets(path, ROUND)
        except UnreadableFileError:
            return
    else:
        refused(path)


@pytest.mark.parametrize("kind", list(WRITERS))
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_workbook_with_changed_bytes_is_read_or_refused(folder, kind, data):
    whole = folder / f"whole.{kind}"
    if not whole.exists():
        WRITERS[kind](whole)
    content = bytearray(whole.read_bytes())
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))
    path = folder / f"changed.{kind}"
    path.write_bytes(content)
    try:
        read_sheets(path, ROUND)
    except UnreadableFileError as error:
        assert error.th
