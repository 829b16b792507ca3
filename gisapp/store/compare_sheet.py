"""One sheet of a comparison: frozen headings, filters, signed changes, ready for A4 paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import xlsxwriter

#: Row of the headings, counted from 0; title and note stand above.
HEAD_ROW = 2

#: What stands where nobody knows the figure; 0 is zero.
UNKNOWN = "–"

#: Kind of column -> number format; a change carries its sign, so that colour is not needed.
_NUMBER = {"count": "#,##0", "change": "+#,##0;-#,##0;0", "metres": "#,##0", "degrees": "0.000000"}

_LOSS, _GAIN = "#a1260d", "#1a5e35"

_A4 = 9


@dataclass(frozen=True)
class SheetColumn:
    """One column; its kind is ``text`` or one of the numbers of `_NUMBER`."""

    name: str
    kind: str
    width: float
    heading: str


Columns = tuple[SheetColumn, ...]


def columns_of(lines: str, names: Mapping[str, str]) -> Columns:
    """Read ``name kind width | heading`` lines; `names` fill what stands in braces."""
    found = []
    for line in filter(None, map(str.strip, lines.splitlines())):
        left, heading = line.split("|")
        name, kind, width = left.split()
        found.append(SheetColumn(name, kind, float(width), heading.strip().format_map(names)))
    return tuple(found)


def write_summary(
    book: xlsxwriter.Workbook,
    title: str,
    lines: Sequence[str],
    columns: Columns,
    totals: pd.DataFrame,
) -> None:
    """Write the first sheet: what people want to know, and the totals by level below.

    Args:
        book: The workbook.
        title: First line.
        lines: Sentences, one a row.
        columns: Columns of `totals`.
        totals: Rows below the sentences.
    """
    sheet = _new_sheet(book, "สรุป", title)
    for row, line in enumerate(lines, start=1):
        sheet.write_string(row, 0, line)
    _write_table(book, sheet, len(lines) + 2, columns, totals)


def write_rows(
    book: xlsxwriter.Workbook,
    name: str,
    title: str,
    note: str,
    columns: Columns,
    rows: pd.DataFrame,
) -> None:
    """Write a table with frozen headings and filters.

    Args:
        book: The workbook.
        name: The sheet's.
        title: First line, repeated on every printed page.
        note: Second line; how many rows there are stands before it.
        columns: What to show of `rows`.
        rows: The table.
    """
    sheet = _new_sheet(book, name, title)
    counted = f"{len(rows):,} แถว" if len(rows) else "ไม่มีรายการ"
    sheet.write_string(1, 0, " · ".join(filter(None, (counted, note))))
    _write_table(book, sheet, HEAD_ROW, columns, rows)
    sheet.freeze_panes(HEAD_ROW + 1, min(2, len(columns)))
    sheet.repeat_rows(0, HEAD_ROW)
    if len(rows):
        sheet.autofilter(HEAD_ROW, 0, HEAD_ROW + len(rows), len(columns) - 1)


def _new_sheet(book: xlsxwriter.Workbook, name: str, title: str) -> xlsxwriter.worksheet.Worksheet:
    sheet = book.add_worksheet(name)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&L&A&Rหน้า &P / &N")
    sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    return sheet


def _write_table(
    book: xlsxwriter.Workbook,
    sheet: xlsxwriter.worksheet.Worksheet,
    head_row: int,
    columns: Columns,
    rows: pd.DataFrame,
) -> None:
    look = {"bold": True, "bg_color": "#e9edf0", "bottom": 1, "text_wrap": True, "valign": "top"}
    text_head = book.add_format(look | {"align": "left", "indent": 1})
    number_head = book.add_format(look | {"align": "right"})
    sheet.set_row(head_row, 34)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        head = text_head if column.kind == "text" else number_head
        sheet.write_string(head_row, place, column.heading, head)
    styles = [_styles(book, column.kind) for column in columns]
    values = [rows[column.name].astype(object).to_numpy() for column in columns]
    known = [rows[column.name].notna().to_numpy() for column in columns]
    for row in range(len(rows)):
        for place, column in enumerate(columns):
            cell = values[place][row] if known[place][row] else None
            _write(sheet, (head_row + 1 + row, place), column.kind, cell, styles[place])


def _styles(book: xlsxwriter.Workbook, kind: str) -> dict[str, xlsxwriter.format.Format]:
    """Formats of a kind of column, by what a cell says."""
    if kind == "text":
        # A long name is written smaller: cut off it would be another name, wrapped it would run
        # into the row below, whose height no program works out before printing.
        return {"": book.add_format({"num_format": "@", "shrink": True, "indent": 1})}
    number = {"num_format": _NUMBER[kind]}
    return {
        "": book.add_format(number),
        "loss": book.add_format(number | {"font_color": _LOSS, "bold": True}),
        "gain": book.add_format(number | {"font_color": _GAIN}),
        "unknown": book.add_format({"align": "right"}),
    }


def _write(
    sheet: xlsxwriter.worksheet.Worksheet,
    where: tuple[int, int],
    kind: str,
    value: Any,
    styles: dict[str, xlsxwriter.format.Format],
) -> None:
    if kind == "text":
        # write_string: a name such as "=1+1" from a sheet stays text.
        sheet.write_string(*where, "" if value is None else str(value), styles[""])
    elif value is None:
        sheet.write_string(*where, UNKNOWN, styles["unknown"])
    else:
        meaning = "" if kind != "change" or not value else "loss" if value < 0 else "gain"
        sheet.write_number(*where, value, styles[meaning])
