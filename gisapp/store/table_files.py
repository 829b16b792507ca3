"""A table of the pages as a file: the same rows as CSV and as a workbook."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path

from xlsxwriter.worksheet import Worksheet

from gisapp.store.geopackage import replacing
from gisapp.store.marked_sheets import MOST_LETTERS, open_book
from gisapp.store.plain_books import PlainBook
from gisapp.store.workbooks import FONT

Value = str | int | float | None

#: Kind of column -> number format of a workbook; "text" also keeps leading zeros.
KINDS = {
    "text": "@",
    "count": "#,##0",
    "ratio": "#,##0.0",
    "plain": "General",
    "degrees": "0.000000",
}

#: Kind of column -> decimals to which its figures are rounded, as the pages show them.
DECIMALS = {"count": 0, "ratio": 1, "plain": 3, "degrees": 6}

#: A spreadsheet takes a cell of a CSV that begins so for a formula; the wide ones are read alike.
#: Source: OWASP, CSV injection.
_FORMULA = tuple("=+-@＝＋－＠")
_CONTROL = ("\t", "\r", "\n")

#: Rows that are sent at a time.
_PIECE_ROWS = 500

_A4 = 9

#: A sheet of a workbook holds so many rows below its headings.
SHEET_ROWS = 1_048_575

#: More columns than these are too small to read on the width of one page.
_PAPER_COLUMNS = 16


@dataclass(frozen=True)
class TableColumn:
    """One column.

    Attributes:
        heading: What stands above it.
        kind: Key of `KINDS`.
        width: Characters.
        applies: Whether every row has something there; else an empty cell is nothing unknown.
    """

    heading: str
    kind: str = "text"
    width: float = 12.0
    applies: bool = True


@dataclass(frozen=True)
class Table:
    """A table to be written once.

    Attributes:
        name: What it is called; a sheet's name holds 31 characters.
        columns: Its columns.
        rows: A value for each column, None where nothing is known; read once, row by row.
    """

    name: str
    columns: tuple[TableColumn, ...]
    rows: Iterable[Sequence[Value]]


@dataclass(frozen=True)
class About:
    """What a workbook says about its table, on a second sheet.

    Attributes:
        name: Name of the sheet.
        lines: (what, what is said about it).
        column: Heading above the names of the columns.
        unknown: Heading above the number of rows that lack each.
        inapplicable: Said instead of that number where an empty cell is nothing unknown.
    """

    name: str
    lines: tuple[tuple[str, str], ...]
    column: str
    unknown: str
    inapplicable: str


def csv_pieces(table: Table) -> Iterator[bytes]:
    """Yield a table as CSV, piece by piece: UTF-8 with a byte order mark, numbers with a point.

    A text that a spreadsheet would run as a formula gets an apostrophe in front.
    """
    piece = io.StringIO(newline="")
    writer = csv.writer(piece)
    texts = [place for place, column in enumerate(table.columns) if column.kind == "text"]
    piece.write("\ufeff")
    writer.writerow([harmless(column.heading) for column in table.columns])
    for number, cells in enumerate(_rounded(table), 1):
        for place in texts:
            text = cells[place]
            if text:
                cells[place] = harmless(str(text))
        writer.writerow(cells)
        if number % _PIECE_ROWS == 0:
            yield _taken(piece)
    yield _taken(piece)


def harmless(text: str) -> str:
    """Return a text as a cell of a CSV that no spreadsheet runs."""
    if text.startswith(_CONTROL) or text.lstrip().startswith(_FORMULA):
        return f"'{text}"
    return text


def _rounded(table: Table) -> Iterator[list[Value]]:
    """Yield the rows as both files have them: figures rounded, whole ones without a decimal."""
    figures = [
        (place, DECIMALS[column.kind])
        for place, column in enumerate(table.columns)
        if column.kind in DECIMALS
    ]
    for row in table.rows:
        cells = list(row)
        for place, decimals in figures:
            value = cells[place]
            if isinstance(value, float):
                value = round(value, decimals)
                cells[place] = int(value) if value.is_integer() else value
        yield cells


def workbook(table: Table, about: About) -> bytes:
    """Return a workbook of two sheets: the table, and what it is made of.

    Rows pass through a temporary file, so that a country's schools do not stay in memory.
    """
    target = io.BytesIO()
    with open_book(target, in_order=True, title=table.name) as book:
        missing = _write_table(book, book.add_worksheet(table.name[:31]), table)
        _write_about(book, book.add_worksheet(about.name[:31]), table, about, missing)
    return target.getvalue()


def write_tables(
    path: Path, title: str, tables: Iterable[Table], about: str, lines: Sequence[tuple[str, str]]
) -> None:
    """Write a workbook of several tables, a sheet for each, and one that says how they were made.

    A table with more rows than a sheet holds goes on in the next, which bears a number.

    Args:
        path: Replaced in one step.
        title: What the workbook says of itself.
        tables: Read one after the other; a sheet bears the name of its table.
        about: Name of the last sheet.
        lines: (what, what is said about it), in bold on its left.
    """
    with replacing(path) as part, open_book(part, in_order=True, title=title) as book:
        for table in tables:
            for number, sheet in enumerate(_by_sheet(table), 1):
                ending = f" {number}" if number > 1 else ""
                _write_table(
                    book, book.add_worksheet(table.name[: 31 - len(ending)] + ending), sheet
                )
        sheet = book.add_worksheet(about[:31])
        _lay_out(sheet, 2)
        _write_lines(book, sheet, lines)


def _by_sheet(table: Table) -> Iterator[Table]:
    """Yield a table in pieces that a sheet can hold, each to be read before the next."""
    rows = iter(table.rows)
    first = next(rows, None)
    if first is None:
        yield replace(table, rows=())
    while first is not None:
        yield replace(table, rows=chain([first], islice(rows, SHEET_ROWS - 1)))
        first = next(rows, None)


def _write_table(book: PlainBook, sheet: Worksheet, table: Table) -> list[int]:
    """Write the table with frozen headings and filters; return how many rows lack each column."""
    _lay_out(sheet, len(table.columns))
    head = {"font_name": FONT, "font_size": 14, "bold": True, "bg_color": "#E9EDF0"}
    heads = {
        kind: book.add_format(
            {**head, "text_wrap": True, "valign": "top", "bottom": 1, "align": _side(kind)}
        )
        for kind in KINDS
    }
    looks = [
        book.add_format({"font_name": FONT, "font_size": 14, "num_format": KINDS[column.kind]})
        for column in table.columns
    ]
    sheet.set_row(0, 42)
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, column.width, looks[place])
        sheet.write_string(0, place, column.heading, heads[column.kind])
    missing, row = [0] * len(table.columns), 0
    for row, values in enumerate(_rounded(table), 1):
        for place, value in enumerate(values):
            if value is None or value == "":
                missing[place] += 1
            elif isinstance(value, str):
                sheet.write_string(row, place, value[:MOST_LETTERS], looks[place])
            else:
                sheet.write_number(row, place, value, looks[place])
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    sheet.autofilter(0, 0, max(row, 1), len(table.columns) - 1)
    return missing


def _write_about(
    book: PlainBook, sheet: Worksheet, table: Table, about: About, missing: Sequence[int]
) -> None:
    _lay_out(sheet, 2)
    base = {"font_name": FONT, "font_size": 14, "valign": "top", "num_format": "@"}
    bold = book.add_format({**base, "bold": True})
    text = book.add_format({**base, "text_wrap": True})
    count = book.add_format({**base, "num_format": KINDS["count"], "align": "left"})
    row = _write_lines(book, sheet, about.lines) + 1
    sheet.write_string(row, 0, about.column, bold)
    sheet.write_string(row, 1, about.unknown, bold)
    for number, (column, unknown) in enumerate(zip(table.columns, missing, strict=True), row + 1):
        sheet.write_string(number, 0, column.heading, text)
        if column.applies:
            sheet.write_number(number, 1, unknown, count)
        else:
            sheet.write_string(number, 1, about.inapplicable, text)


def _write_lines(book: PlainBook, sheet: Worksheet, lines: Sequence[tuple[str, str]]) -> int:
    """Write what is said about a workbook from the first row on; return how many rows it took."""
    base = {"font_name": FONT, "font_size": 14, "valign": "top", "num_format": "@"}
    bold = book.add_format({**base, "bold": True})
    text = book.add_format({**base, "text_wrap": True})
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 90)
    for row, (what, said) in enumerate(lines):
        sheet.write_string(row, 0, what, bold)
        sheet.write_string(row, 1, said[:MOST_LETTERS], text)
    return len(lines)


def _lay_out(sheet: Worksheet, columns: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&L&A&R&P / &N")
    wide = -(-columns // _PAPER_COLUMNS)
    sheet.fit_to_pages(wide, 0)
    if wide > 1:  # On every page stands whose row it is.
        sheet.repeat_columns(0, 1)


def _side(kind: str) -> str:
    return "left" if kind == "text" else "right"


def _taken(piece: io.StringIO) -> bytes:
    """Return what has been written since the last piece."""
    text = piece.getvalue()
    piece.seek(0)
    piece.truncate()
    return text.encode("utf-8", "replace")
