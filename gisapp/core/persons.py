"""Sheets about persons: recognised so that they can be refused, never repeated anywhere."""

import re

from gisapp.core.tables import Sheet, column_letters
from gisapp.core.text import heading_key, parse_code

#: G-code of a pupil without a citizen's number: G, year, province, running number.
#: Source: domain notes B12 (loei1, khonkaen4): ``G644200000001``.
_G_CODE = re.compile(r"[Gg]\d{12}")

_HEADINGS = frozenset(
    map(
        heading_key,
        (
            "เลขประจำตัวประชาชน",
            "เลขบัตรประชาชน",
            "เลขประจำตัว 13 หลัก",
            "หมายเลขประจำตัวประชาชน",
            "วันเกิดนักเรียน",
        ),
    )
)

#: So many personal numbers in one column are no accident.
_ENOUGH = 2


def person_columns(sheet: Sheet) -> list[str]:
    """Letters of the columns that hold citizens' numbers or pupils' G-codes; usually none."""
    width = len(sheet.rows[0]) if sheet.rows else 0
    found = []
    for column in range(width):
        cells = [row[column] for row in sheet.rows if row[column] is not None]
        named = any(heading_key(cell) in _HEADINGS for cell in cells if isinstance(cell, str))
        numbers = (parse_code(cell) for cell in cells if isinstance(cell, (str, int, float)))
        personal = sum(1 for number in numbers if len(number) == 13 and is_personal(number))
        if named or personal >= _ENOUGH:
            found.append(column_letters(column))
    return found


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
