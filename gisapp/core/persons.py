"""Sheets about persons: recognised so that they can be refused, never repeated anywhere."""

import re
from itertools import chain

from gisapp.core.tables import Sheet, column_letters
from gisapp.core.text import Cell, arabic_digits, clean_text, heading_key

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

#: How a child's name begins: "เด็กชาย" alone heads a column of boys.
_CHILD = re.compile(r"(เด็กชาย|เด็กหญิง|ด\.ช\.|ด\.ญ\.)\s*[ก-ฮเ-ไ]")

#: Marks that people write between the digits of a number.
_BETWEEN = re.compile(r"[\s\-\u2010-\u2015\u2212\u200b-\u200d\u2060\ufeff\u00ad]")
#: Thirteen characters in a longer text, in one run or in the groups of an identity card.
_WITHIN = re.compile(
    r"(?<![\w/=.])([Gg]\d{12}|\d{13}|\d([- ])\d{4}\2\d{5}\2\d{2}\2\d)(?![\w/])", re.ASCII
)

#: What any of these may look like, far and wide: most sheets hold nothing of the kind, and are
#: asked only once as a whole.
_SUSPECT = re.compile(
    r"[Gg\d](?:[^\w|]*\d){12}|เด็ก|ด\.|เลข|เกิด|[\u200b-\u200d\u2060\ufeff\u00ad\u0e4d]"
)
_LEAST_NUMBER = 10**12


def person_columns(sheet: Sheet) -> list[str]:
    """Letters of the columns that hold personal numbers or children's names; usually none."""
    different = set(chain.from_iterable(sheet.rows))
    if not _may_hold(different):
        return []
    personal = {cell for cell in different if _is_about_a_person(cell)}
    if not personal:
        return []
    found = (column for row in sheet.rows for column, cell in enumerate(row) if cell in personal)
    return [column_letters(column) for column in sorted(set(found))]


def _may_hold(cells: set[Cell]) -> bool:
    texts = "|".join(cell for cell in cells if isinstance(cell, str))
    if _SUSPECT.search(texts):
        return True
    return any(
        type(cell) in (int, float) and cell >= _LEAST_NUMBER  # type: ignore[operator]
        for cell in cells
    )


def _is_about_a_person(cell: Cell) -> bool:
    if isinstance(cell, bool) or not isinstance(cell, (str, int, float)):
        return False
    text = arabic_digits(clean_text(cell))
    if isinstance(cell, str):
        key = heading_key(text)
        if _CHILD.match(text) or any(word in key for word in _HEADINGS):
            return True
        if any(is_personal(_BETWEEN.sub("", found[1])) for found in _WITHIN.finditer(text)):
            return True
    number = _BETWEEN.sub("", text)
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
