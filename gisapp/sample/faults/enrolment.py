"""Faults of enrolment sheets: in the rows before they are laid out, and in single cells after."""

from collections.abc import Mapping, Sequence

import numpy as np

from gisapp.sample.faults.files import DAMAGED_CODE
from gisapp.sample.faults.planted import Ledger
from gisapp.sample.schools.cohorts import GRADE_CODES
from gisapp.sample.schools.make import School
from gisapp.sample.sheets.enrolment import TOTAL, Line
from gisapp.sample.sheets.filled import Filled

#: Rows of 2568-2 that no school of the register can own.
STRANGER, NAMELESS, AGAIN = "99010888", "row without code", "second row"
DAMAGED = "damaged code"


def take_rooms(
    lines: Sequence[Line], roles: Mapping[str, School], names: Sequence[str]
) -> list[tuple[str, str]]:
    """Let one class of each named school sit in no room; return (row, grade) of each."""
    bare = []
    for place, name in enumerate(names):
        line = line_of(lines, roles[name].smis_code)
        taught = [g for g in range(len(GRADE_CODES)) if line.pupils[g].sum() > 0]
        chosen = taught[(3 + place) % len(taught)]
        line.rooms[chosen] = 0
        bare.append((line.key, GRADE_CODES[chosen]))
    return bare


def swell(lines: Sequence[Line], school: School) -> str:
    """Write more pupils in ป.4 than were in ป.3 a year ago, by far; return the row."""
    line = line_of(lines, school.smis_code)
    line.pupils[GRADE_CODES.index("p4")] += 6 + line.pupils[GRADE_CODES.index("p3")].sum() * 3 // 10
    return line.key


def rename(lines: Sequence[Line], school: School) -> str:
    """Write a school's former name; return its row."""
    line = line_of(lines, school.smis_code)
    line.name = f"{school.name_th}สามัคคี"
    return line.key


def line_of(lines: Sequence[Line], key: str) -> Line:
    """Return the row of that name."""
    return next(line for line in lines if line.key == key)


def add_block_rows(lines: list[Line], roles: Mapping[str, School]) -> None:
    """Add what 2568-2 has too much: an unknown code, a school twice, a row without code.

    The sheet's totals add up over these rows too, as a spreadsheet's own sums would.
    """
    like = line_of(lines, roles["wrong_sum"].smis_code)
    again = line_of(lines, roles["twice"].smis_code)
    word = line_of(lines, roles["word"].smis_code)
    # The spreadsheet's own sums take a word for nothing.
    word.pupils[GRADE_CODES.index("p2"), 0] = 0
    grades = like.grades
    lines.append(
        Line(STRANGER, STRANGER, "บ้านสันป่าซาง", like.pupils.copy(), like.rooms.copy(), "", grades)
    )
    lines.append(
        Line(
            NAMELESS, "", "ห้องเรียนเคลื่อนที่ดอยลาดหมอก", like.pupils[:, ::-1].copy(), like.rooms.copy()
        )
    )
    lines.append(
        Line(DAMAGED, DAMAGED_CODE, "ห้องเรียนเคลื่อนที่ริมธาร", like.pupils // 2, like.rooms.copy())
    )
    other = np.where(again.pupils > 0, again.pupils + 1, 0)
    place = lines.index(again) + 1
    lines.insert(
        place, Line(AGAIN, again.code, again.name, other, again.rooms.copy(), "", again.grades)
    )


def plant_block_cells(sheet: Filled, ledger: Ledger, roles: Mapping[str, School]) -> None:
    """Write the wrong sums and the word of 2568-2, and note its rows too many."""
    wrong = roles["wrong_sum"].smis_code
    ledger.put(sheet, wrong, "p3 students", _more(sheet, wrong, "p3 students", 2), "total_mismatch")
    ledger.put(sheet, TOTAL, "p5 female", _more(sheet, TOTAL, "p5 female", -3), "total_mismatch")
    ledger.put(sheet, roles["word"].smis_code, "p2 male", "ไม่แน่ใจ", "not_a_number")
    ledger.mark(sheet, STRANGER, "smis_code", "unmatched_code")
    ledger.mark(sheet, AGAIN, "smis_code", "school_twice")
    ledger.mark(sheet, DAMAGED, "smis_code", "bad_code")
    ledger.mark(sheet, NAMELESS, "smis_code", "row_without_code")


def _more(sheet: Filled, key: str, column: str, by: int) -> int:
    value = sheet.get(key, column)
    if not isinstance(value, int):
        raise TypeError(f"{sheet.address(key, column)} holds no number: {value!r}")
    return value + by
