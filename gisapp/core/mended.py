"""What a school changed in the rows that it was sent, as lines of ``corrections.csv``."""

import datetime
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gisapp.core.corrections import Correction
from gisapp.core.marks import Remark
from gisapp.core.match import CODES
from gisapp.core.sheet_layout import Layout, Spot, faulty_cells
from gisapp.core.tables import FormTable, Sheet, column_letters
from gisapp.core.text import Cell, clean_text, parse_code, parse_number


@dataclass(frozen=True)
class Page:
    """A sheet of a school's file that came back, and the sheet it was taken from.

    Attributes:
        returned: As it came back: the header of `layout`, and behind the last column the
            number that each row has in the received sheet.
        layout: The received sheet.
        tables: What was read from it, with corrections applied.
        sent: Rows that the school was sent, as places in the received sheet.
    """

    returned: Sheet
    layout: Layout
    tables: Sequence[FormTable]
    sent: Sequence[int]


@dataclass(frozen=True)
class Unplaced:
    """A change that no line of ``corrections.csv`` can say; the officer makes it by hand."""

    page: str
    cell: str
    old: str
    new: str
    th: str
    en: str


@dataclass(frozen=True)
class Author:
    """Whose corrections they are, and why and when they were made."""

    reason: str
    by: str
    on: datetime.date


def rows_digest(layout: Layout, rows: Sequence[int]) -> str:
    """Return what tells whether some rows of a sheet are still those that a school was sent."""
    texts = [[clean_text(cell) for cell in layout.sheet.rows[row]] for row in rows]
    return hashlib.sha256(repr((layout.header, texts)).encode("utf-8", "replace")).hexdigest()[:16]


def same_header(page: Page) -> bool:
    """Tell whether the header came back as it went out, each column in its place."""
    top = page.layout.first_row
    sent = page.layout.sheet.rows[:top]
    came = page.returned.rows[:top]
    return len(came) == top and all(
        [clean_text(cell) for cell in before] == [clean_text(cell) for cell in after[: len(before)]]
        for before, after in zip(sent, came, strict=True)
    )


def mended_cells(
    page: Page, remarks: Sequence[Remark], author: Author
) -> tuple[list[Correction], list[Unplaced]]:
    """Turn each cell that differs from the received one into a correction.

    Args:
        page: Its header is as it was sent.
        remarks: On the received sheet; a correction names the one that it answers.
        author: Of the corrections.
    """
    corrections: list[Correction] = []
    unplaced: list[Unplaced] = []
    answered = _answered(page.layout, remarks)
    missing = set(page.sent)
    for line in range(page.layout.first_row, len(page.returned.rows)):
        cells = page.returned.rows[line]
        row = _source_row(page, cells)
        if row is None or row not in missing:
            if any(clean_text(cell) for cell in cells[: page.layout.width]):
                unplaced.append(_row_note(page, line, "เป็นแถวใหม่", "it is a new row"))
            continue
        missing.discard(row)
        for column in range(min(page.layout.width, len(cells))):
            if same_value(page.layout.sheet.rows[row][column], cells[column]):
                continue
            made = _correction(page, row, column, cells[column], author, answered)
            if isinstance(made, Correction):
                corrections.append(made)
            elif made:
                unplaced.append(made)
    unplaced += [
        Unplaced(page.returned.name, str(page.layout.sheet.row_number(row)), "", "", *_REMOVED)
        for row in sorted(missing)
    ]
    return corrections, unplaced


_REMOVED = ("แถวนี้ถูกลบ", "this row was removed")


def same_value(before: Cell, after: Cell) -> bool:
    """Tell whether two cells say the same: ``12``, ``12.0`` and ``"12"`` do, 007 and 7 do not."""
    if clean_text(before) == clean_text(after):
        return True
    if isinstance(before, str) and isinstance(after, str):
        return False
    try:
        one, other = parse_number(_number(before)), parse_number(_number(after))
    except ValueError:
        return False
    return one is not None and one == other


def _number(value: Cell) -> Cell:
    text = clean_text(value)
    return "" if len(text) > 1 and text.startswith("0") and text.isdigit() else value


def _source_row(page: Page, cells: Sequence[Cell]) -> int | None:
    """Place in the received sheet of a row that came back; None for a row that was not sent."""
    text = clean_text(cells[page.layout.width]) if len(cells) > page.layout.width else ""
    return int(text) - page.layout.sheet.first_row if text.isdecimal() else None


def _answered(layout: Layout, remarks: Sequence[Remark]) -> dict[Spot, str]:
    """Cell -> identity of the first problem on it."""
    answered: dict[Spot, str] = {}
    for remark in remarks:
        for spot in faulty_cells(layout, remark):
            answered.setdefault(spot, remark.problem_id)
    return answered


def _correction(
    page: Page,
    row: int,
    column: int,
    value: Cell,
    author: Author,
    answered: Mapping[Spot, str],
) -> Correction | Unplaced | None:
    """The line for one changed cell; None where an earlier line already says the same."""
    layout, new = page.layout, clean_text(value)
    for table in page.tables:
        ours = next((name for name, place in table.places.items() if place == column), None)
        if ours is None or row not in table.frame.index:
            continue
        cells = table.frame.loc[row]
        code = next(
            (found for name in CODES if name in cells and (found := parse_code(cells[name]))), ""
        )
        now = clean_text(table.frame.at[row, ours])
        if now == new:
            return None
        if code:
            return Correction(
                problem_id=answered.get((row, column), ""),
                smis_code=code,
                column=ours,
                old_value=now,
                new_value=new,
                reason=author.reason,
                by=author.by,
                on=author.on,
                line=0,
                file=layout.sheet.file,
                cell=table.address(row, ours),
            )
    old = clean_text(layout.sheet.rows[row][column])
    cell = f"{column_letters(column)}{layout.sheet.row_number(row)}"
    th, en = "แก้ช่องนี้ในไฟล์ของสำนักงานเอง", "mend this cell in the office's own file"
    return Unplaced(page.returned.name, cell, old, new, th, en)


def _row_note(page: Page, line: int, th: str, en: str) -> Unplaced:
    text = " ".join(filter(None, map(clean_text, page.returned.rows[line][: page.layout.width])))
    return Unplaced(page.returned.name, str(line + 1), "", text, th, en)
