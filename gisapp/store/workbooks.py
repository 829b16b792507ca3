"""Workbooks that gisapp writes: forms and sample sheets. The same pages give the same bytes."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from gisapp.core.tables import Merged
from gisapp.core.text import Cell
from gisapp.store.plain_books import new_book

#: A workbook states when it was made; a fixed day keeps its bytes the same.
MADE_ON = datetime.datetime(2025, 6, 10, 9, 0, 0, tzinfo=datetime.UTC)  # 10 มิ.ย. 2568
FONT = "TH Sarabun New"
#: Rows of an empty form that carry the formats, so that typed codes keep their zeros.
_FORM_ROWS = 500


@dataclass(frozen=True)
class Page:
    """One sheet of a workbook. Rows and columns count from 0.

    Attributes:
        name: Sheet name, at most 31 characters.
        rows: Cells; rows may be of different length; None is an empty cell.
        merged: Merged ranges; the top left cell holds the value.
        title_rows: How many rows above the header are titles.
        header_rows: How many rows the header has; 0 for a page of text.
        total_rows: Rows drawn as totals.
        text_columns: Columns whose cells are text, so that codes keep leading zeros.
        widths: Column -> width in characters.
        frozen_columns: Columns that stay when scrolling; the header always stays.
        wrapped: Long lines wrap, as on a page of guidance.
        notes: Column -> comment on its lowest header cell.
        choices: Column -> words that its cells choose from.
        is_form: Format empty rows below the header for typing.
        hidden: Not shown until somebody unhides it; never the first page.
    """

    name: str
    rows: Sequence[Sequence[Cell]]
    merged: Sequence[Merged] = ()
    title_rows: int = 0
    header_rows: int = 1
    total_rows: frozenset[int] = frozenset()
    text_columns: frozenset[int] = frozenset()
    widths: dict[int, float] = field(default_factory=dict)
    frozen_columns: int = 0
    wrapped: bool = False
    notes: dict[int, str] = field(default_factory=dict)
    choices: dict[int, tuple[str, ...]] = field(default_factory=dict)
    is_form: bool = False
    hidden: bool = False


def write_workbook(pages: Sequence[Page], path: Path) -> None:
    """Write pages as one ``.xlsx`` file; an existing file is replaced.

    Text is written as text and numbers as numbers, never one for the other; text that
    begins with ``=`` or looks like an address stays text.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with new_book(path, in_order=False) as book:
        book.set_properties({"created": MADE_ON})
        formats = _formats(book)
        for page in pages:
            sheet = book.add_worksheet(page.name)
            _write_page(sheet, page, formats)
            if page.hidden:
                sheet.hide()


def _formats(book: xlsxwriter.Workbook) -> dict[str, Format]:
    base = {"font_name": FONT, "font_size": 14, "valign": "vcenter"}
    grid = {**base, "border": 1, "border_color": "#9AA5AD"}
    looks = {
        "title": {**base, "bold": True, "font_size": 16},
        "header": {
            **grid,
            "bold": True,
            "align": "center",
            "text_wrap": True,
            "bg_color": "#E9EDF0",
        },
        "cell": grid,
        "text": {**grid, "num_format": "@"},
        "total": {**grid, "bold": True, "bg_color": "#F3F6F7"},
        "prose": {**base, "text_wrap": True, "valign": "top"},
        "typed": {**base, "num_format": "@"},
    }
    return {name: book.add_format(look) for name, look in looks.items()}


def _write_page(sheet: Worksheet, page: Page, formats: dict[str, Format]) -> None:
    first_row = page.title_rows + page.header_rows
    for column, width in page.widths.items():
        typed = formats["typed"] if page.is_form and column in page.text_columns else None
        sheet.set_column(column, column, width, typed)
    for number, row in enumerate(page.rows):
        for column, value in enumerate(row):
            look = _look(page, number, column)
            # An empty title cell would only stop the title from running over it.
            if value is not None or look not in ("title", "prose"):
                _write_cell(sheet, number, column, value, formats[look])
    for top, left, bottom, right in page.merged:
        value = page.rows[top][left]
        look = formats[_look(page, top, left)]
        sheet.merge_range(top, left, bottom, right, value, look)
    if page.header_rows:
        sheet.freeze_panes(first_row, page.frozen_columns)
        sheet.repeat_rows(page.title_rows, first_row - 1)
    _add_guidance(sheet, page, first_row)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)


def _look(page: Page, row: int, column: int) -> str:
    if page.wrapped and row >= page.title_rows:
        return "prose"
    if row < page.title_rows:
        return "title"
    if row < page.title_rows + page.header_rows:
        return "header"
    if row in page.total_rows:
        return "total"
    return "text" if column in page.text_columns else "cell"


def _write_cell(sheet: Worksheet, row: int, column: int, value: Cell, look: Format) -> None:
    if value is None or value == "":
        sheet.write_blank(row, column, None, look)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, look)
    elif isinstance(value, (int, float)):
        sheet.write_number(row, column, value, look)
    else:
        raise TypeError(f"a page holds text and numbers, not {value!r}")


def _add_guidance(sheet: Worksheet, page: Page, first_row: int) -> None:
    """Add comments on headings and lists of allowed words to an empty form."""
    for column, note in page.notes.items():
        sheet.write_comment(first_row - 1, column, note, {"author": "gisapp", "x_scale": 2})
    for column, words in page.choices.items():
        last_row = first_row + _FORM_ROWS
        sheet.data_validation(
            first_row,
            column,
            last_row,
            column,
            {"validate": "list", "source": list(words), "error_type": "warning"},
        )
