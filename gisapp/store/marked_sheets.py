"""Received sheets written anew as xlsx, their faulty cells coloured and commented.

What is written reads back as the same form with the same values: numbers stay numbers, text
stays text, also where it begins with ``=``, dates stay dates; nothing is added that a reader
could take for data. Formulas have become their values.
"""

import datetime
import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from gisapp.core.marks import Mark
from gisapp.core.sheet_layout import Layout, Spot
from gisapp.core.tables import Merged, Sheet
from gisapp.core.text import Cell, clean_text
from gisapp.store.plain_books import new_book
from gisapp.store.workbooks import FONT, MADE_ON

#: Colours of the design's findings, so that a sheet looks like the page: fill and edge.
FILL = {"block": "#feebe6", "warn": "#fdf3d9", "note": "#e4f0fb"}
_EDGE = {"block": "#9d2e1c", "warn": "#84550f", "note": "#2a5885"}

_KINDS: dict[str, dict[str, object]] = {
    "title": {"bold": True, "font_size": 16},
    "header": {"bold": True, "text_wrap": True, "align": "center", "bg_color": "#E9EDF0"},
    "text": {"num_format": "@"},
    "date": {"num_format": "yyyy-mm-dd"},
    "moment": {"num_format": "yyyy-mm-dd hh:mm:ss"},
    "time": {"num_format": "hh:mm:ss"},
    "span": {"num_format": "[h]:mm:ss"},
    "cell": {},
}
_GRID: dict[str, object] = {"border": 1, "border_color": "#9AA5AD"}

#: Signs that stand above or below a letter, to be left out.
_NO_ROOM = dict.fromkeys(
    code for code in range(0x300, 0x10000) if unicodedata.category(chr(code)) == "Mn"
)

#: Height of one line of text, points.
LINE_PT = 23.0

#: A row shows so many lines of a text; the rest is read in the cell.
MOST_LINES = 12

#: Limits of xlsx. A whole number with more digits than 15 loses its last ones.
_MOST_ROWS, _MOST_COLUMNS, MOST_LETTERS, _MOST_DIGITS = 1_048_576, 16_384, 32_767, 15
_NAME_LETTERS = 31
_FIRST_DAY = datetime.date(1900, 3, 1)  # before it Excel counts one day too many


@dataclass(frozen=True)
class Look:
    """The formats of one workbook, made when they are first needed."""

    book: xlsxwriter.Workbook
    made: dict[tuple[str, str], Format] = field(default_factory=dict)

    def of(self, kind: str, severity: str = "") -> Format:
        """Format of a kind of cell; marked with the colour of a severity."""
        if (kind, severity) not in self.made:
            base = {"font_name": FONT, "font_size": 14, "valign": "vcenter"}
            properties = {**base, **(_GRID if kind != "title" else {}), **_KINDS[kind]}
            if severity:
                edge = {"border": 2, "border_color": _EDGE[severity]}
                properties |= {"bg_color": FILL[severity], **edge}
            self.made[kind, severity] = self.book.add_format(properties)
        return self.made[kind, severity]


class _Exact(float):
    """A number that is written with all its digits; xlsxwriter would round to sixteen."""

    def __format__(self, spec: str) -> str:
        return repr(float(self))


def fits(sheet: Sheet) -> bool:
    """Tell whether a sheet can stand in a workbook without losing a row or a letter."""
    if len(sheet.rows) > _MOST_ROWS or (sheet.rows and len(sheet.rows[0]) > _MOST_COLUMNS):
        return False
    return all(len(c) <= MOST_LETTERS for row in sheet.rows for c in row if type(c) is str)


def open_book(
    target: Path | BinaryIO, *, in_order: bool, title: str = "", legend: str = ""
) -> xlsxwriter.Workbook:
    """Start a workbook whose text is never taken for formulas, addresses or markup.

    Args:
        target: Where it is written when it is closed: a file's path, or memory.
        in_order: Every sheet is written row by row, so that few of them stay in memory.
        title, legend: What the workbook says of itself.
    """
    book = new_book(target, in_order=in_order)
    about = {"title": title, "comments": legend, "author": "gisapp", "created": MADE_ON}
    book.set_properties(about)
    return book


def sheet_names(sheets: Sequence[Sheet], unnamed: str) -> list[str]:
    """Names under which a workbook takes sheets: their own wherever that is allowed."""
    names: list[str] = []
    for sheet in sheets:
        name = re.sub(r"[\[\]:*?/\\\x00-\x1f]", "_", sheet.name).strip("'") or unnamed
        name = name[:_NAME_LETTERS]
        taken, number = {known.lower() for known in names}, 2
        start = name
        while name.lower() in taken:
            ending = f" {number}"
            name, number = start[: _NAME_LETTERS - len(ending)] + ending, number + 1
        names.append(name)
    return names


def write_rows(
    sheet: Worksheet,
    look: Look,
    layout: Layout,
    marks: Mapping[Spot, Mark],
    rows: Sequence[int],
) -> None:
    """Write rows of a received sheet one below the other, with marks, widths and frozen header.

    Args:
        sheet: An empty sheet of a workbook.
        look: Formats of that workbook.
        layout: The received sheet.
        marks: Cells to mark, as places in the received sheet.
        rows: Which rows, in order; the header's first.
    """
    widths = _widths(layout, rows)
    sheet.set_default_row(LINE_PT)
    for column, width in enumerate(widths):
        typed = look.of("text") if column in layout.code_columns else None
        sheet.set_column(column, column, width, typed)
    if layout.header and layout.first_row <= len(rows):
        left = max(layout.naming_columns, default=-1) + 1
        sheet.freeze_panes(layout.first_row, left if left <= 4 else 0)
        sheet.repeat_rows(layout.header[0], layout.header[1])
    for top, left, bottom, right in _written_merges(layout, rows):
        # The blanks that this writes are overwritten below by what the cells hold.
        sheet.merge_range(top, left, bottom, right, None, look.of(_kind(layout, top, None)))
    for line, row in enumerate(rows):
        if layout.header and row == layout.header[1]:
            headings = zip(layout.sheet.rows[row], widths, strict=True)
            sheet.set_row(line, max(row_height(headings), 2 * LINE_PT))
        for column, value in enumerate(layout.sheet.rows[row]):
            mark = marks.get((row, column))
            if mark or not (value is None or value == ""):
                _write_cell(sheet, look, layout, (line, column), row, value, mark)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)


def _write_cell(
    sheet: Worksheet,
    look: Look,
    layout: Layout,
    spot: Spot,
    row: int,
    value: Cell,
    mark: Mark | None,
) -> None:
    if row >= layout.first_row and spot[1] in layout.code_columns:
        value = clean_text(value) if isinstance(value, float) else value
    value = as_written(value)
    style = look.of(_kind(layout, row, value), mark.severity if mark else "")
    if value is None or value == "":
        sheet.write_blank(*spot, None, style)
    elif isinstance(value, str):
        sheet.write_string(*spot, value, style)
    elif isinstance(value, bool):
        sheet.write_boolean(*spot, value, style)
    elif isinstance(value, (int, float)):
        sheet.write_number(*spot, value, style)
    else:
        sheet.write_datetime(*spot, value, style)
    if mark:
        _write_comment(sheet, spot, mark.comment)


def as_written(value: Cell) -> Cell:
    """Return a value as a workbook can hold it; what it cannot hold becomes text."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode() if not value.isascii() else value
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, float):
        return _Exact(value) if math.isfinite(value) else str(value)
    if isinstance(value, int):
        return value if len(str(abs(value))) <= _MOST_DIGITS else str(value)
    if isinstance(value, datetime.date):
        day = value.date() if isinstance(value, datetime.datetime) else value
        return value if day >= _FIRST_DAY else value.isoformat()
    if isinstance(value, datetime.timedelta):
        return value if value >= datetime.timedelta() else str(value)
    return value


def _kind(layout: Layout, row: int, value: Cell) -> str:
    """What a cell looks like: by its place in the sheet and by its value."""
    if row < layout.first_row:
        return "title" if layout.header and row < layout.header[0] else "header"
    if isinstance(value, str):
        return "text"
    if isinstance(value, datetime.datetime):
        return "moment"
    if isinstance(value, datetime.date):
        return "date"
    if isinstance(value, datetime.time):
        return "time"
    return "span" if isinstance(value, datetime.timedelta) else "cell"


def _written_merges(layout: Layout, rows: Sequence[int]) -> list[Merged]:
    """Merged ranges among the written rows, cut at the sheet's edge, none over another.

    A damaged workbook may merge a million empty cells, or one cell twice.
    """
    lines = {row: line for line, row in enumerate(rows)}
    taken: set[Spot] = set()
    ranges = []
    for top, left, bottom, right in layout.sheet.merged:
        bottom, right = min(bottom, len(layout.sheet.rows) - 1), min(right, layout.width - 1)
        first, last = lines.get(top, -1), lines.get(bottom, -1)
        if first < 0 or last - first != bottom - top or right < left:
            continue
        cells = {(line, c) for line in range(first, last + 1) for c in range(left, right + 1)}
        if len(cells) > 1 and not cells & taken:
            taken |= cells
            ranges.append((first, left, last, right))
    return ranges


def _widths(layout: Layout, rows: Sequence[int]) -> list[float]:
    """Widths in characters after the longest text of each column; long headings wrap."""
    widths = [7.0] * layout.width
    for row in rows[: layout.first_row + 300]:
        if layout.header and row < layout.header[0]:
            continue  # a title runs over its neighbours
        most = 14.0 if row < layout.first_row else 42.0
        for column, value in enumerate(layout.sheet.rows[row]):
            if value is not None:
                widths[column] = max(widths[column], min(letters_wide(str(value)) + 2.0, most))
    return widths


def letters_wide(text: str) -> int:
    """Count the letters of a text that take room; Thai vowels and tones above and below do not."""
    return len(text) if text.isascii() else len(text.translate(_NO_ROOM))


def row_height(texts: Iterable[tuple[object, float]]) -> float:
    """Return the height, in points, of a row whose texts wrap.

    Written down, because not every spreadsheet measures the rows of a file that it opens.

    Args:
        texts: Each text of the row with the width of its column in characters.
    """
    lines = (
        sum(-(-letters_wide(part) // int(width)) or 1 for part in str(text).split("\n"))
        for text, width in texts
        if text is not None
    )
    return LINE_PT * min(max(lines, default=1), MOST_LINES)


def _write_comment(sheet: Worksheet, spot: Spot, text: str) -> None:
    lines = sum(1 + letters_wide(line) // 44 for line in text.split("\n"))
    size = {"width": 340, "height": 20 + 20 * lines}
    font = {"font_name": FONT, "font_size": 12}
    sheet.write_comment(*spot, text, {"author": "gisapp", **size, **font})
