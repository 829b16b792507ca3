"""Tables of web pages: what many web systems hand out under the name of an Excel file."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from gisapp.core.tables import Merged, Sheet
from gisapp.core.text import Cell
from gisapp.errors import UnreadableFileError
from gisapp.store import file_limits
from gisapp.store.text_sheets import read_text, rectangle

#: Rows that one cell may span; the cells below it are blank anyway.
_TALLEST = 10_000


@dataclass
class _Table:
    rows: list[list[Cell]] = field(default_factory=list)
    merged: list[Merged] = field(default_factory=list)
    #: Column -> rows below that a cell still spans.
    spanned: dict[int, int] = field(default_factory=dict)
    #: Text of the open cell; None between cells.
    cell: list[str] | None = None
    span: tuple[int, int] = (1, 1)

    def begin_row(self) -> None:
        self.end_cell()
        self.rows.append([])
        self.spanned = {column: left - 1 for column, left in self.spanned.items() if left > 1}

    def begin_cell(self, rows: int, columns: int) -> None:
        self.end_cell()
        if not self.rows:
            self.rows.append([])
        self.cell, self.span = [], (rows, columns)

    def end_cell(self) -> None:
        if self.cell is None:
            return
        row = self.rows[-1]
        while len(row) in self.spanned:
            row.append(None)
        top, left, (rows, columns) = len(self.rows) - 1, len(row), self.span
        row += [" ".join("".join(self.cell).split()), *[None] * (columns - 1)]
        self.cell = None
        if rows > 1:
            self.spanned |= dict.fromkeys(range(left, left + columns), rows)
        if rows > 1 or columns > 1:
            self.merged.append((top, left, top + rows - 1, left + columns - 1))


class _Tables(HTMLParser):
    """Collects the tables of a page; one inside another is a table of its own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[_Table] = []
        self.open: list[_Table] = []
        self.cells = 0

    def begin(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.open.append(_Table())
            self.found.append(self.open[-1])
        elif self.open and tag == "tr":
            self.open[-1].begin_row()
        elif self.open and tag in ("td", "th"):
            stated = dict(attrs)
            columns = _span(stated.get("colspan"), file_limits.COLUMNS)
            self.open[-1].begin_cell(_span(stated.get("rowspan"), _TALLEST), columns)
            self.cells += columns
            file_limits.check_elements(self.cells)
        elif tag == "br":
            self.letters(" ")

    def end(self, tag: str) -> None:
        if self.open and tag in ("td", "th", "tr", "table"):
            self.open[-1].end_cell()
            if tag == "table":
                self.open.pop()

    def letters(self, data: str) -> None:
        if self.open and self.open[-1].cell is not None:
            self.open[-1].cell.append(data)

    # The names that the library calls them by.
    handle_starttag, handle_endtag, handle_data = begin, end, letters


def read_html(path: Path, round_name: str) -> list[Sheet]:
    """Read the tables of a web page that have two columns or more; every cell is text.

    Raises:
        UnreadableFileError: No such table, an unknown encoding, or beyond a limit.
    """
    file_limits.check_bytes(path.stat().st_size, file_limits.TREE_BYTES)
    page = _Tables()
    page.feed(read_text(path))
    page.close()
    for table in page.open:  # tables that the page does not close
        table.end_cell()
    tables = [table for table in page.found if max(map(len, table.rows), default=0) > 1]
    if not tables:
        raise UnreadableFileError(
            "เป็นหน้าเว็บที่ไม่มีตาราง เปิดใน Excel แล้วบันทึกเป็น .xlsx",
            "it is a web page without a table; open it in Excel and save it as .xlsx",
        )
    names = [f"table {number}" if len(tables) > 1 else "" for number in range(1, len(tables) + 1)]
    return [
        _sheet(table, path.name, name, round_name)
        for table, name in zip(tables, names, strict=True)
    ]


def _sheet(table: _Table, file: str, name: str, round_name: str) -> Sheet:
    rows = rectangle(table.rows)
    height, width = len(rows), len(rows[0])
    merged = tuple(
        (top, left, min(bottom, height - 1), min(right, width - 1))
        for top, left, bottom, right in table.merged
    )
    return Sheet(file, name, rows, merged=merged, round_name=round_name)


def _span(written: str | None, most: int) -> int:
    digits = (written or "").strip()
    return min(max(int(digits), 1), most) if digits.isascii() and digits[:9].isdigit() else 1
