"""Sheets about persons: recognised so that they can be refused, never repeated anywhere."""

import re
from collections.abc import Callable
from itertools import chain
from typing import NamedTuple

from gisapp.core.header import HEADER_WITHIN_ROWS
from gisapp.core.person_names import named_columns
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
#: A text that begins so, or has this before the words, says that there are no such numbers.
_NONE, _WITHOUT = ("ไม่", "ห้าม"), "ไม่มี"
#: A heading that begins with the words may add so much guidance; another text that holds them
#: is a heading only where it is short.
_LONGEST, _SHORT = 90, 60

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
_SIGN = re.compile(r"[Gg\d](?:[^\w|]*\d){12}|เด็ก|ด\.|[\u200b-\u200d\u2060\ufeff\u00ad\u0e4d]")
_SUSPECT = re.compile(f"{_SIGN.pattern}|เลข|เกิด")
_LEAST_NUMBER = 10**12

_THIRTEEN = re.compile(r"[Gg]\d{12}|\d{13}", re.ASCII)


#: Tells whether a text in a column, by its place, is a code of a school or an area.
IsCode = Callable[[int, str], bool]
#: Place of a text that stands in no column, such as the name of a sheet.
NO_COLUMN = -1


def person_columns(sheet: Sheet, is_code: IsCode | None = None) -> list[str]:
    """Letters of the columns that hold personal numbers or people's names; usually none.

    A heading over such a column is enough: its numbers may have been masked or taken out.
    One number in ten passes the check digit by chance: a column is one of personal numbers
    where half of its different numbers of 13 digits pass, be it one of one.

    Args:
        sheet: As received.
        is_code: Tells codes of schools that look like personal numbers; asked only then.
    """
    different = set(chain.from_iterable(sheet.rows))
    found = named_columns(sheet, different)
    if _may_hold(different):
        found |= _headed(sheet) | _numbered(sheet, different, is_code)
    return [column_letters(column) for column in sorted(found)]


def names_a_person(text: str, is_code: IsCode | None = None) -> bool:
    """Tell whether a text outside of a sheet's cells holds a personal number or child's name.

    Args:
        text: Such as the name of a file.
        is_code: As for `person_columns`; it is asked about `NO_COLUMN`.
    """
    signs = _signs(text.replace("_", " "))
    numbers = (n for n in signs.numbers if not (is_code and is_code(NO_COLUMN, n)))
    return signs.certain or any(map(is_personal, numbers))


def _numbered(sheet: Sheet, different: set[Cell], is_code: IsCode | None) -> set[int]:
    """Columns with a child's name, a G-code, an identity card's number, or many numbers."""
    suspects = filter(_is_suspect, different)
    signs = {cell: found for cell in suspects if any(found := _signs(cell))}
    if not any(found.certain or any(map(is_personal, found.numbers)) for found in signs.values()):
        return set()
    in_columns: dict[int, set[Cell]] = {}
    for row in sheet.rows:
        for column, cell in enumerate(row):
            if cell in signs:
                in_columns.setdefault(column, set()).add(cell)
    columns = set()
    for column, cells in in_columns.items():
        numbers = {number for cell in cells for number in signs[cell].numbers}
        others = [number for number in numbers if not (is_code and is_code(column, number))]
        passing = sum(map(is_personal, others))
        coded = any(map(_G_CODE.fullmatch, others))
        if coded or any(signs[cell].certain for cell in cells) or 0 < len(others) <= 2 * passing:
            columns.add(column)
    return columns


def _headed(sheet: Sheet) -> set[int]:
    """Columns under a heading that asks for personal numbers or birthdays.

    A note that speaks of them stands alone in its row and above nothing.
    """
    found = set()
    for place, row in enumerate(sheet.rows[:HEADER_WITHIN_ROWS]):
        for column, cell in enumerate(row):
            if isinstance(cell, str) and _asks_for_persons(cell):
                beside = sum(1 for other in row if clean_text(other)) > 1
                if beside or any(clean_text(below[column]) for below in sheet.rows[place + 1 :]):
                    found.add(column)
    return found


def _asks_for_persons(cell: str) -> bool:
    """Tell whether a text is the heading of a column about persons, and no sentence."""
    key = heading_key(cell)
    places = [place for word in _HEADINGS if (place := key.find(word)) >= 0]
    if not places:
        return False
    before = key[: min(places)]
    if before.startswith(_NONE) or before.endswith(_WITHOUT):
        return False
    return len(key) <= (_SHORT if before else _LONGEST)


def _may_hold(cells: set[Cell]) -> bool:
    texts = "|".join(cell for cell in cells if isinstance(cell, str))
    return bool(_SUSPECT.search(texts)) or any(
        not isinstance(cell, str) and _is_suspect(cell) for cell in cells
    )


def _is_suspect(cell: Cell) -> bool:
    if isinstance(cell, str):
        return bool(_SIGN.search(cell))
    return type(cell) in (int, float) and cell >= _LEAST_NUMBER  # type: ignore[operator]


class _Signs(NamedTuple):
    """What a cell tells of a person: surely, or by numbers that may be one's."""

    certain: bool
    numbers: tuple[str, ...]


def _signs(cell: Cell) -> _Signs:
    text = arabic_digits(clean_text(cell))
    within = [found[1] for found in _WITHIN.finditer(text)] if isinstance(cell, str) else []
    cards = [_BETWEEN.sub("", number) for number in within if not number.isalnum()]
    numbers = {_BETWEEN.sub("", text), *(number for number in within if number.isalnum())}
    return _Signs(
        bool(_CHILD.match(text)) or any(map(is_personal, cards)),
        tuple(number for number in numbers if _THIRTEEN.fullmatch(number)),
    )


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
