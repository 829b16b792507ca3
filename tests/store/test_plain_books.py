import zipfile

import openpyxl
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from gisapp.store.plain_books import new_book

TEXTS = (
    "<r>",
    "<r></r>",
    "<r><t>a & b</r>",
    "<r><t>a</t></r>",
    "&amp; <b>",
    "=1+1",
    "  ก่อน",
    "หลัง ",
    "บรรทัด\nใหม่",
    "_x0041_",
    "\x01",
    "ราชประชานุเคราะห์ ๓๑",
    "",
)
NUMBERS = (0, -3, 2568, 98.05123456789, 1e300, 99010001)


def fill(book):
    """Write every text and number, with a format and without, and blanks."""
    look = book.add_format({"bold": True})
    sheet = book.add_worksheet("ก")
    for line, value in enumerate((*TEXTS, *NUMBERS)):
        write = sheet.write_string if isinstance(value, str) else sheet.write_number
        write(line, 0, value)
        write(line, 1, value, look)
        sheet.write_blank(line, 2, None, look)
    book.close()


@pytest.mark.parametrize("in_order", [True, False])
def test_every_text_and_number_reads_back_as_it_was_written(tmp_path, in_order):
    fill(new_book(tmp_path / "a.xlsx", in_order=in_order))
    rows = CalamineWorkbook.from_path(tmp_path / "a.xlsx").get_sheet_by_name("ก").to_python()
    assert rows == [[value, value] for value in (*TEXTS, *NUMBERS)]
    other = openpyxl.load_workbook(tmp_path / "a.xlsx")["ก"]
    assert [other.cell(1 + n, 1 + n % 2).value for n in range(4)] == [*TEXTS[:4]]


@pytest.mark.parametrize("in_order", [True, False])
def test_the_cells_are_those_that_xlsxwriter_writes(tmp_path, monkeypatch, in_order):
    monkeypatch.setattr(f"{__name__}.TEXTS", [t for t in TEXTS if not t.startswith("<r>")])
    fill(new_book(tmp_path / "ours.xlsx", in_order=in_order))
    fill(xlsxwriter.Workbook(str(tmp_path / "theirs.xlsx"), {"constant_memory": in_order}))
    ours, theirs = (
        zipfile.ZipFile(tmp_path / name).read("xl/worksheets/sheet1.xml")
        for name in ("ours.xlsx", "theirs.xlsx")
    )
    assert ours == theirs
    assert ours.count(b"<c r=") == 3 * (len(TEXTS) + len(NUMBERS))
