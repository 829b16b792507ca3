"""What a file may cost: large and hostile ones are refused by what they hold, not by their name."""

import struct
import subprocess
import sys
import zipfile

import pytest

from gisapp.errors import UnreadableFileError
from gisapp.store import file_limits
from gisapp.store.sheets import read_sheets
from tests import office_files
from tests.bad_files import blank_rows, lie_about_length, write_bomb, write_ods_of, write_xlsx
from tests.office import ROUND, write_book, write_text

ONE = b'<row r="1"><c r="A1"><v>1</v></c></row>'
#: What reading any file that is refused may take, over what the program itself takes.
REFUSED_BYTES = 150_000_000

MEASURE = """
import resource, sys, pathlib
from gisapp.store.sheets import read_sheets
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    print(len(read_sheets(pathlib.Path(sys.argv[1]), "")[0].rows))
except ValueError as error:
    print(error)
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024)
"""


def measured(path):
    """What reading a file says, and how many bytes the process grew by."""
    ran = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path)], capture_output=True, text=True, timeout=60,
        check=True,
    )  # fmt: skip
    said, grown = ran.stdout.strip().splitlines()
    return said, int(grown)


def refused(path, words):
    with pytest.raises(UnreadableFileError, match=words) as caught:
        read_sheets(path, ROUND)
    assert any("\u0e01" <= letter <= "\u0e5b" for letter in caught.value.th)


def only(path):
    (sheet,) = read_sheets(path, ROUND)
    return sheet


# Packed files --------------------------------------------------------------------------------


def test_a_gigabyte_of_zeros_in_a_megabyte_is_refused_at_once(tmp_path):
    path = write_bomb(tmp_path / "bomb.xlsx", megabytes=1000)
    assert path.stat().st_size < 2_000_000
    said, grown = measured(path)
    assert "200 times" in said
    assert grown < REFUSED_BYTES


@pytest.mark.parametrize("name", ["xl/worksheets/sheet2.xml", "xl/media/image1.xml"])
def test_a_bomb_is_told_wherever_it_lies(tmp_path, name):
    refused(write_bomb(tmp_path / "bomb.xlsx", name), "200 times")


def test_a_part_that_is_longer_than_it_says_is_damage(tmp_path):
    path = write_bomb(tmp_path / "bomb.xlsx")
    refused(lie_about_length(path, "xl/sharedStrings.xml", 1000), "damaged")


def test_many_parts_and_much_to_unpack_are_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as package:
        for number in range(file_limits.PARTS + 1):
            package.writestr(f"xl/{number}", b"")
    refused(tmp_path / "a.xlsx", "more than 10,000 parts")


def test_an_archive_in_an_archive_is_not_opened(tmp_path):
    write_bomb(tmp_path / "inner.xlsx")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as package:
        package.write(tmp_path / "inner.xlsx", "inner.xlsx")
    refused(tmp_path / "a.zip", "unpack it")


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_ways_of_packing_that_no_office_program_uses_are_refused(tmp_path, method):
    write_xlsx(tmp_path / "a.xlsx", ONE)
    with zipfile.ZipFile(tmp_path / "a.xlsx", "a", method) as package:
        package.writestr("xl/styles.xml", b"<styleSheet/>" * 100)
    refused(tmp_path / "a.xlsx", "damaged")


def test_a_file_beyond_the_size_limit_is_refused_unread(tmp_path):
    with (tmp_path / "a.csv").open("wb") as file:
        file.truncate(file_limits.FILE_BYTES + 1_000_000)  # sparse: no byte is written
    refused(tmp_path / "a.csv", "301 MB, and 300 MB is the limit")


# Used ranges ---------------------------------------------------------------------------------


def test_a_cell_in_the_last_corner_is_refused_and_costs_nothing(tmp_path):
    far = b'<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    said, grown = measured(write_xlsx(tmp_path / "a.xlsx", ONE, far))
    assert "reaches column 16,384" in said
    assert grown < REFUSED_BYTES


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        ("A1048577", "reaches row 1,048,577"),
        ("ALM1", "reaches column 1,001"),
        ("ALL10001", "10,010,000|10,001,000"),
        ("A99999999999", "too large|damaged"),
        ("ZZZZZZZZ1", "too large|damaged"),
    ],
)
def test_one_far_cell_is_told_by_its_row_or_column(tmp_path, reference, words):
    cell = f'<row r="2"><c r="{reference}"><v>2</v></c></row>'.encode()
    refused(write_xlsx(tmp_path / "a.xlsx", ONE, cell), words)


def test_the_last_allowed_cell_is_read(tmp_path):
    cell = b'<row r="100"><c r="ALL100"><v>2</v></c></row>'
    sheet = only(write_xlsx(tmp_path / "a.xlsx", ONE, cell))
    assert (len(sheet.rows), len(sheet.rows[0])) == (100, file_limits.COLUMNS)
    assert sheet.rows[99][999] == 2


def test_formats_on_a_million_blank_rows_hide_no_sheet(tmp_path):
    """A used range of 1,048,576 rows: the sheet is small, the file is long."""
    written = write_xlsx(tmp_path / "a.xlsx", ONE, *blank_rows(2, 1_048_576, 5))
    said, grown = measured(written)
    assert said == "1"
    assert grown < REFUSED_BYTES


def test_blank_cells_with_an_end_tag_are_blank_too(tmp_path):
    blank = b'<row r="1048576"><c r="XFD1048576" s="1"></c><c r="XFC1048576" s="1"/></row>'
    assert only(write_xlsx(tmp_path / "a.xlsx", ONE, blank)).rows == [[1]]


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_cells_without_references_are_counted_in_their_order(tmp_path, prefix):
    row = f"<{prefix}row><{prefix}c><{prefix}v>3</{prefix}v></{prefix}c></{prefix}row>".encode()
    path = write_xlsx(tmp_path / "a.xlsx", row * 3)
    if prefix:  # the prefix must be declared
        with zipfile.ZipFile(path) as package:
            parts = {name: package.read(name) for name in package.namelist()}
        main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        parts["xl/worksheets/sheet1.xml"] = (
            b'<x:worksheet xmlns:x="' + main + b'"><x:sheetData>' + row * 3
            + b"</x:sheetData></x:worksheet>"
        )  # fmt: skip
        with zipfile.ZipFile(path, "w") as package:
            for name, content in parts.items():
                package.writestr(name, content)
    assert only(path).rows == [[3], [3], [3]]


def test_blank_rows_without_numbers_lead_no_cell_beyond_the_limit(tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", b"<row/>" * 10_000_000, b"<row><c><v>1</v></c></row>")
    refused(path, "too large")


def test_a_merged_column_ends_with_the_cells(tmp_path):
    merged = (
        b'<mergeCells count="2"><mergeCell ref="A1:A1048576"/><mergeCell ref="C9:D9"/></mergeCells>'
    )
    sheet = only(write_xlsx(tmp_path / "a.xlsx", ONE, after=merged))
    assert sheet.merged == ((0, 0, 0, 0),)


def test_merged_ranges_without_number_are_refused(tmp_path):
    merged = b'<mergeCell ref="A1:B2"/>' * (file_limits.MERGED + 1)
    refused(write_xlsx(tmp_path / "a.xlsx", ONE, after=merged), "merged ranges")


def test_sheets_count_together(tmp_path, monkeypatch):
    monkeypatch.setattr(file_limits, "CELLS", 9)
    assert len(read_sheets(write_book(tmp_path / "a.xlsx", {"a": [[1] * 9]}), ROUND)) == 1
    refused(write_book(tmp_path / "b.xlsx", {"a": [[1] * 5], "b": [[1] * 5]}), "10 cells")


CELL = '<table:table-cell office:value-type="float" office:value="1"/>'
BLANK = '<table:table-cell table:number-columns-repeated="16384"/>'


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (
            f'<table:table-row table:number-rows-repeated="100000000">{CELL}</table:table-row>',
            "row",
        ),
        (f"<table:table-row>{BLANK}{CELL}</table:table-row>", "column 16,385"),
    ],
)
def test_a_row_that_stands_for_millions_is_refused(tmp_path, rows, words):
    refused(write_ods_of(tmp_path / "a.ods", rows), f"reaches {words}")


def test_blank_rows_that_stand_for_millions_are_read(tmp_path):
    rows = f"<table:table-row>{CELL}{BLANK}</table:table-row>"
    rows += f'<table:table-row table:number-rows-repeated="1048575">{BLANK}</table:table-row>'
    assert only(write_ods_of(tmp_path / "a.ods", rows)).rows == [[1]]


def write_records(path, *records):
    """Write an xls whose sheet holds these records, with its size as our own writer has it."""
    office_files.write_xls(path, "s", [["x" * 40] * 60] * 2)
    content = path.read_bytes()
    end = content.rfind(struct.pack("<HH", 0x000A, 0))
    new = b"".join(struct.pack("<HH", kind, len(body)) + body for kind, body in records)
    first = content.find(struct.pack("<HHHHH", 0x0204, 6 + 3 + 80, 0, 0, 0))
    assert first > 0
    assert end - first > len(new)
    return path.write_bytes(content[:first] + new.ljust(end - first, b"\0") + content[end:])


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (0x0203, struct.pack("<HHHd", 65_535, 65_535, 0, 1.0)),
        (0x0200, struct.pack("<IIHH", 0, 0xFFFFFFF0, 0, 0xFFFF)),
        (0x00FC, struct.pack("<II", 0x7FFFFFFF, 0x7FFFFFFF)),
    ],
)
def test_an_old_workbook_cannot_name_places_that_its_format_has_not(tmp_path, kind, body):
    write_records(tmp_path / "a.xls", (kind, body))
    refused(tmp_path / "a.xls", "damaged|too large")


def test_sectors_that_go_round_in_a_circle_are_damage(tmp_path):
    path = office_files.write_xls(tmp_path / "a.xls", "s", [["x"]])
    content = bytearray(path.read_bytes())
    table = len(content) - 512
    content[table : table + 4] = (0).to_bytes(4, "little")  # the first sector follows itself
    path.write_bytes(content)
    refused(path, "damaged")


def test_text_of_too_many_cells_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(file_limits, "CELLS", 10)
    rows = [["a", "b"]] * 5
    assert len(only(write_text(tmp_path / "a.csv", rows)).rows) == 5
    refused(write_text(tmp_path / "a.csv", [*rows, ["a", "b"]]), "more than 10 cells")
    refused(write_text(tmp_path / "a.csv", [["a"]] * 4 + [["a"] * 3]), "15 cells")


def test_a_wide_text_is_refused(tmp_path):
    refused(write_text(tmp_path / "a.csv", [["a"] * 1001]), "column 1,001")


def test_what_is_allowed_is_read_within_two_gigabytes(tmp_path):
    """The largest sheet there may be, of numbers, text and blanks."""
    row = "".join(f'<c r="{chr(65 + n)}%d"><v>{n}.5</v></c>' for n in range(10))
    pieces = (
        "".join(
            f'<row r="{r}">{row.replace("%d", str(r))}</row>' for r in range(s, s + 1000)
        ).encode()
        for s in range(1, 200_001, 1000)
    )
    said, grown = measured(write_xlsx(tmp_path / "a.xlsx", *pieces))
    assert said == "200000"
    assert grown < 2_000_000_000 * 2_000_000 / file_limits.CELLS
