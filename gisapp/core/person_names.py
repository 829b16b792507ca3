"""Names of people in sheets: those of pupils and teachers are refused, those of heads left out.

A list of children or teachers is told by its headings. The name of a school's head often stands
in a register and now and then in a column of numbers; it is of no use here, and is not kept.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from gisapp.core.header import HEADER_WITHIN_ROWS
from gisapp.core.sheet_rows import is_total
from gisapp.core.staff import COUNTS
from gisapp.core.tables import FormTable, Sheet
from gisapp.core.text import Cell, clean_text, heading_key

#: Stands where a head's name stood.
LEFT_OUT = "(ไม่แสดง · not shown)"

#: A heading is no longer than this.
_LONGEST = 60

#: Headings over names of pupils, parents and teachers, as `heading_key` writes them.
#: Source: domain notes C10.
_NAMES = re.compile(
    r"คำนำหน้า(ชื่อ|นาม)?|(นาม)?สกุล(นักเรียน|ผู้เรียน|ครู|บิดา|มารดา|ผู้ปกครอง|เดิม)?"
    r"|.*(?<!ลง)ชื่อ(ตัว|จริง)?[\W_]*(และ)?(ชื่อ)?(นาม)?สกุล(?!เงิน|ไฟล์).*"
    r"|ชื่อ(เด็ก)?(นักเรียน|ผู้เรียน|เด็ก|ครู(ประจำชั้น|ผู้สอน|ที่ปรึกษา)?|อาจารย์|บุคลากร|ข้าราชการครู"
    r"|บิดา|มารดา|พ่อ|แม่|ผู้ปกครอง|เล่น)"
    r"|(student|pupil|child|learner|teacher|father|mother|guardian)?s?"
    r"(first|last|middle|full|family|given|sur|nick)names?"
    r"|(student|pupil|child|learner|teacher|father|mother|guardian)s?names?"
    r"|nameof(the)?(student|pupil|child|learner|teacher|father|mother|guardian)s?"
)

#: Who may be named by office: heads of schools and villages, and who filled in the sheet.
_OFFICES = (
    r"(รอง)?(ผู้อำนวยการ|ผู้บริหาร|ผอ\.?)(โรงเรียน|สถานศึกษา|ร\.?ร\.?)?|ครูใหญ่|อาจารย์ใหญ่|ผู้ใหญ่บ้าน|กำนัน"
    r"|ผู้(ประสาน(งาน)?|รายงาน|กรอก(ข้อมูล)?|ให้ข้อมูล|ติดต่อ|จัดทำ|รับรอง|ตรวจสอบ)|เจ้าหน้าที่"
)
_OF_AN_OFFICE = re.compile(
    rf"({_OFFICES})([\W_]*(ชื่อ).*)?|.*ชื่อ.*({_OFFICES}).*"
    r"|(head(teacher|master|mistress)?|principal|(school)?director|contactperson)(s?name)?"
    r"|nameof(the)?(head(teacher|master|mistress)?|principal|director)"
)

#: A child's title in a cell of its own; over a column of counts it heads boys or girls.
_TITLES = frozenset({"ด.ช.", "ด.ญ.", "ด.ช", "ด.ญ", "เด็กชาย", "เด็กหญิง"})

#: Texts under such a heading that name nobody: remarks, and names of schools.
_NOBODY = re.compile(
    r"(หมายเหตุ|ตัวอย่าง|ที่มา|โรงเรียน|รร\.|ร\.ร\.|สถานศึกษา|บ้าน|วัด|ชุมชน|\*).*"
    r"|.*(school|academy|college|primary|secondary|kindergarten)\b.*"
)
#: What stands where nobody is in office.
_NONE = frozenset({"ไม่มี", "ว่าง", "ไม่ระบุ", "none", "vacant", "na", "n/a", "nan", "null"})


def named_columns(sheet: Sheet, different: set[Cell]) -> set[int]:
    """Places of the columns that hold names of pupils, parents or teachers.

    Args:
        sheet: As received.
        different: Its cells, each once.
    """
    found = set()
    for place, column in _headings(sheet, _NAMES):
        below = (row[column] for row in sheet.rows[place + 1 :])
        if any(_may_be_a_name(cell) for cell in below):
            found.add(column)
    if _TITLES & different:
        found |= _titled(sheet)
    return found


def _headings(sheet: Sheet, words: re.Pattern[str]) -> Iterable[tuple[int, int]]:
    """Row and column of the headings that say this; those of an office's name say no other."""
    for place, row in enumerate(sheet.rows[:HEADER_WITHIN_ROWS]):
        for column, cell in enumerate(row):
            if not isinstance(cell, str) or len(cell) > _LONGEST:
                continue
            key = heading_key(cell)
            bare = re.sub(r"[\s_.\-]", "", key) if key.isascii() else key
            if words.fullmatch(bare) and (
                words is _OF_AN_OFFICE or not _OF_AN_OFFICE.fullmatch(bare)
            ):
                yield place, column


def _may_be_a_name(cell: Cell) -> bool:
    if not isinstance(cell, str):
        return False
    text = clean_text(cell).lower()
    letters = sum(map(str.isalpha, text))
    return (
        2 <= letters <= _LONGEST
        and not any(map(str.isdigit, text))
        and text not in _NONE
        and not _NOBODY.fullmatch(text)
        and not _NAMES.fullmatch(heading_key(text))
        and not is_total(text)
    )


def _titled(sheet: Sheet) -> set[int]:
    """Columns in which a child's title stands below another, with nothing between them."""
    found: set[int] = set()
    above: dict[int, Cell] = {}
    for row in sheet.rows:
        for column, cell in enumerate(row):
            if cell in (None, ""):
                continue
            if cell in _TITLES and above.get(column) in _TITLES:
                found.add(column)
            above[column] = cell
    return found


def without_names(sheet: Sheet, tables: list[FormTable]) -> tuple[Sheet, list[FormTable]]:
    """Leave out the names of heads: `LEFT_OUT` stands in their cells from here on.

    Under a heading such as ``ชื่อผู้อำนวยการ`` every name is left out; in a column that counts
    staff, each text that is no number.

    Returns:
        sheet, tables: The same where there is no such name.
    """
    cells = _names_of_heads(sheet, tables)
    if not cells:
        return sheet, tables
    rows = list(sheet.rows)
    for place, column in sorted(cells):
        if rows[place] is sheet.rows[place]:
            rows[place] = list(rows[place])
        rows[place][column] = LEFT_OUT
    without = replace(sheet, rows=rows)
    return without, [_without(table, without, cells) for table in tables]


def _names_of_heads(sheet: Sheet, tables: list[FormTable]) -> set[tuple[int, int]]:
    header = max((table.header[1] for table in tables), default=0)
    columns = {(max(place, header), column) for place, column in _headings(sheet, _OF_AN_OFFICE)}
    columns |= {
        (table.header[1], place)
        for table in tables
        if table.form == "staff"
        for column, place in table.places.items()
        if column in COUNTS
    }
    return {
        (place, column)
        for top, column in columns
        for place in range(top + 1, len(sheet.rows))
        if _may_be_a_name(sheet.rows[place][column])
    }


def _without(table: FormTable, sheet: Sheet, cells: set[tuple[int, int]]) -> FormTable:
    frame = table.frame.copy()
    names = {place: column for column, place in table.places.items()}
    for place, column in cells:
        if column in names and place in frame.index:
            frame.at[place, names[column]] = LEFT_OUT
    return replace(table, sheet=sheet, frame=frame)
