"""What a school changed in the rows that it was sent, as lines of ``corrections.csv``."""

import datetime
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gisapp.core.corrections import Correction
from gisapp.core.counts import row_key
from gisapp.core.marks import Remark
from gisapp.core.match import CODES
from gisapp.core.school_keys import IDENTITY
from gisapp.core.sheet_layout import Layout, Spot, faulty_cells
from gisapp.core.tables import FormTable, Sheet, column_letters
from gisapp.core.text import Cell, clean_text, parse_code, parse_number

#: Why a change is not taken over, and what to do, in two languages.
_REMOVED = (
    "โรงเรียนลบแถวนี้ ถ้าไม่ใช้แถวนี้จริง ให้ลบในไฟล์ของสำนักงาน",
    "the school deleted this row; where it does not count, delete it in the office's own file",
)
_NEW_ROW = (
    "โรงเรียนเพิ่มแถวนี้ ถ้าถูก ให้เติมในไฟล์ของสำนักงาน",
    "the school added this row; where it is right, add it to the office's own file",
)
_NO_PLACE = ("แก้ช่องนี้ในไฟล์ของสำนักงานเอง", "mend this cell in the office's own file")
_KEY = (
    "ไม่รับรหัสหรือชื่อที่บอกว่าแถวเป็นของโรงเรียนใด ถ้าผิดจริง ให้แก้ในไฟล์ของสำนักงานเอง",
    "codes, and names that stand for a code, are not taken from a school; where one is wrong, mend "
    "it in the office's own file",
)
_ERROR = (
    "ช่องนี้เป็นสูตรที่ผิดพลาด ให้โรงเรียนพิมพ์เป็นค่า",
    "the cell holds a formula that failed; the school must type the value",
)

#: What spreadsheets leave where a formula fails.
_FAILED = re.compile(r"#[A-Z][A-Z0-9_]*(/[A-Z0-9]+)?[!?]?|Err:\d+")


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
    """A change that is not taken over.

    Attributes:
        file: Received file that it is about.
        page: Sheet of the school's file in which it was made.
        cell: Cell of the received file; a row number for a whole row.
        old, new: What stood there, and what the school wrote.
        th, en: Why not, and what the officer does about it.
    """

    file: str
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
    source = page.layout.sheet
    missing = set(page.sent)
    for line in range(page.layout.first_row, len(page.returned.rows)):
        cells = page.returned.rows[line]
        row = _source_row(page, cells)
        if row is None or row not in missing:
            if any(clean_text(cell) for cell in cells[: page.layout.width]):
                here = (source.file, page.returned.name, str(line + 1))
                unplaced.append(Unplaced(*here, "", _row_text(page, cells), *_NEW_ROW))
            continue
        missing.discard(row)
        for column in range(min(page.layout.width, len(cells))):
            if same_value(source.rows[row][column], cells[column]):
                continue
            made = _correction(page, row, column, cells[column], author, answered)
            if isinstance(made, Correction):
                corrections.append(made)
            elif made:
                unplaced.append(made)
    for row in sorted(missing):
        here = (source.file, page.returned.name, str(source.row_number(row)))
        unplaced.append(Unplaced(*here, _row_text(page, source.rows[row]), "", *_REMOVED))
    return corrections, unplaced


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
    old = clean_text(layout.sheet.rows[row][column])
    cell = f"{column_letters(column)}{layout.sheet.row_number(row)}"
    here = (layout.sheet.file, page.returned.name, cell, old, new)
    tables = [table for table in page.tables if row in table.frame.index]
    if any(_names_the_row(table, row, column) for table in tables):
        return Unplaced(*here, *_KEY)
    if _FAILED.fullmatch(new):
        return Unplaced(*here, *_ERROR)
    for table in tables:
        ours = next((name for name, place in table.places.items() if place == column), None)
        code = row_key(table.frame.loc[row])
        if ours is None or not code:
            continue
        now = clean_text(table.frame.at[row, ours])
        if now == new:
            return None
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
    return Unplaced(*here, *_NO_PLACE)


def _names_the_row(table: FormTable, row: int, column: int) -> bool:
    """Tell whether a cell says whose the row is: a code, or what an accepted key was given for."""
    names = {name for name, place in table.places.items() if place == column}
    if names & set(CODES):
        return True
    cells = table.sheet.rows[row]
    written = [cells[table.places[name]] for name in CODES if name in table.places]
    return bool(names & set(IDENTITY)) and row_key(table.frame.loc[row]) not in {
        parse_code(cell) for cell in written
    }


def _row_text(page: Page, cells: Sequence[Cell]) -> str:
    return " ".join(filter(None, map(clean_text, cells[: page.layout.width])))
