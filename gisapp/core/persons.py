"""Sheets about persons: recognised so that they can be refused, never repeated anywhere."""

import re

from gisapp.core.tables import Sheet, column_letters
from gisapp.core.text import Cell, clean_text, heading_key, parse_code

#: G-code of a pupil without a citizen's number: G, year, province, running number.
#: Source: domain notes B12 (loei1, khonkaen4): ``G644200000001``.
_G_CODE = re.compile(r"[Gg]\d{12}")

#: Parts of a heading over personal numbers or birthdays.
_HEADINGS = (
    "เลขประจำตัวประชาชน",
    "เลขบัตรประชาชน",
    "เลขบัตรประจำตัว",
    "เลขประจำตัวนักเรียน",
    "เลขประจำตัว13หลัก",
    "วันเกิด",
    "วันเดือนปีเกิด",
)

#: How a child's name begins.
_CHILD = re.compile(r"(เด็กชาย|เด็กหญิง|ด\.ช\.|ด\.ญ\.)")


def person_columns(sheet: Sheet) -> list[str]:
    """Letters of the columns that hold personal numbers or children's names; usually none."""
    width = len(sheet.rows[0]) if sheet.rows else 0
    return [
        column_letters(column)
        for column in range(width)
        if any(_is_about_a_person(row[column]) for row in sheet.rows)
    ]


def _is_about_a_person(cell: Cell) -> bool:
    if isinstance(cell, str):
        text = clean_text(cell)
        key = heading_key(text)
        if _CHILD.match(text) or any(word in key for word in _HEADINGS):
            return True
    elif not isinstance(cell, (int, float)):
        return False
    number = parse_code(cell).replace("-", "")
    return len(number) == 13 and is_personal(number)


def is_personal(number: str) -> bool:
    """Tell whether 13 characters are a Thai citizen's number or a G-code.

    Source: Department of Provincial Administration: the 13th digit is 11 less the sum of the
    first twelve weighted 13 … 2, modulo 11, of which the last digit counts.
    """
    if _G_CODE.fullmatch(number):
        return True
    if not (number.isascii() and number.isdigit()):
        return False
    weighted = sum(
        int(digit) * weight for digit, weight in zip(number[:12], range(13, 1, -1), strict=True)
    )
    return (11 - weighted % 11) % 10 == int(number[12])
