"""Enrolment as offices get it: C3 sheet, C2 JSON or sheet, long CSV, C4 pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gisapp.core.grades import GRADE, LEVELS
from gisapp.core.rounds import Round
from gisapp.core.text import Cell
from gisapp.sample.schools.cohorts import GRADE_CODES, Enrolment
from gisapp.sample.schools.make import AREA_CODE, OFFICE_TH, Schools
from gisapp.sample.sheets.filled import Filled, fill, plain_date
from gisapp.store.workbooks import Page

MEASURES = ("male", "female", "students", "class_groups")
_MEASURE_TH = ("ชาย", "หญิง", "รวม", "ห้อง")
_LEVEL_TH = dict(zip(LEVELS, ("รวมก่อนประถม", "รวมประถม", "รวมมัธยมต้น", "รวมมัธยมปลาย"), strict=True))
STAGE_TH = {"k": "อนุบาล ", "p": "ประถมศึกษาปีที่ ", "m": "มัธยมศึกษาปีที่ "}
#: Row with the sums of a sheet.
TOTAL = "total"


@dataclass
class Line:
    """One row of an enrolment sheet: a school as it stands there, right or wrong.

    Attributes:
        key: Name of the row in the sheet, its school's code if it has one.
        code, name: As written.
        pupils: int `[grade, sex]`; rooms: int `[grade]`; grades as in GRADE_CODES.
        ministry_code: For layouts that print it.
        highest: Highest grade that the school teaches.
    """

    key: str
    code: str
    name: str
    pupils: NDArray[np.int64]
    rooms: NDArray[np.int64]
    ministry_code: str = ""
    grades: tuple[str, str] = ("k1", "p6")


def school_lines(
    schools: Schools, enrolment: Enrolment, without: frozenset[str] = frozenset()
) -> list[Line]:
    """Return a line for every school but those in `without`, in code order."""
    return [
        Line(
            school.smis_code,
            school.smis_code,
            school.name_th,
            enrolment.pupils[place].copy(),
            enrolment.rooms[place].copy(),
            school.ministry_code,
            school.grades,
        )
        for place, school in enumerate(schools.schools)
        if school.smis_code not in without
    ]


def wide_sheet(
    file: str,
    round_: Round,
    lines: Sequence[Line],
    *,
    codes_as_text: bool,
    side_pages: tuple[Page, ...] = (),
) -> Filled:
    """Lay out the sheet C3: two merged header rows, sums by level, a total row."""
    groups = _groups()
    rows: list[list[Cell]] = [
        [f"จำนวนนักเรียนรายโรงเรียน แยกชั้น เพศ และห้องเรียน ปีการศึกษา {round_.academic_year_be}"],
        [f"{OFFICE_TH}  ข้อมูล ณ วันที่ {plain_date(round_.cut_off)}"],
        ["ลำดับ", "รหัสsmis", "ชื่อสถานศึกษา"],
        [None, None, None],
    ]
    column_at = {"smis_code": 1, "school_name_th": 2}
    merged = [(2, column, 3, column) for column in range(3)]
    for scope, heading, _ in groups:
        left = len(rows[2])
        merged.append((2, left, 2, left + 3))
        rows[2] += [heading, None, None, None]
        rows[3] += list(_MEASURE_TH)
        column_at |= {f"{scope} {measure}": left + place for place, measure in enumerate(MEASURES)}
    row_at = {}
    for number, line in enumerate(lines, 1):
        row_at[line.key] = len(rows)
        rows.append(
            [number, _code(line.code, codes_as_text), line.name, *_figures(line.pupils, line.rooms)]
        )
    row_at[TOTAL] = len(rows)
    pupils = np.sum([line.pupils for line in lines], axis=0)
    rooms = np.sum([line.rooms for line in lines], axis=0)
    rows.append(["รวมทั้งสิ้น", None, None, *_figures(pupils, rooms)])
    widths = {0: 6.0, 1: 12.0, 2: 32.0} | dict.fromkeys(range(3, len(rows[2])), 5.5)
    return Filled(
        file=file,
        form="enrolment",
        rows=rows,
        row_at=row_at,
        column_at=column_at,
        sheet="จำนวนนักเรียน",
        merged=tuple(merged),
        title_rows=2,
        header_rows=2,
        total_rows=frozenset({row_at[TOTAL]}),
        text_columns=frozenset({1} if codes_as_text else ()),
        widths=widths,
        side_pages=side_pages,
    )


def dmc_table(file: str, lines: Sequence[Line]) -> Filled:
    """Lay out the DMC download C2, as JSON or as a sheet; the last row is the total."""
    headings = [("area_code", "รหัสเขต", 11.0), ("smis_code", "รหัสโรงเรียน", 12.0)]
    codes = [code for code in GRADE_CODES if code[0] != "k"] + ["k1", "k2", "k3"]
    for code in codes:
        label = GRADE[code].label_th
        headings += [
            (f"{code} {measure}", f"{label} {word}", 8.0)
            for measure, word in (("male", "ชาย"), ("female", "หญิง"), ("class_groups", "ห้อง"))
        ]
    whole = Line(
        TOTAL,
        "",
        "",
        np.sum([line.pupils for line in lines], axis=0),
        np.sum([line.rooms for line in lines], axis=0),
    )
    records: dict[str, dict[str, Cell]] = {}
    for line in [*lines, whole]:
        record: dict[str, Cell] = {"area_code": AREA_CODE, "smis_code": line.code}
        for g, code in enumerate(GRADE_CODES):
            for measure, value in zip(MEASURES, _measures(line, g), strict=True):
                record[f"{code} {measure}"] = value
        records[line.key] = record
    text = frozenset({"area_code", "smis_code"})
    sheet = "ห้องเรียน_เพศ_ชั้น" if file.endswith(".xlsx") else ""
    return fill(file, "enrolment", headings, records, sheet=sheet, text=text)


def long_csv(file: str, round_: Round, lines: Sequence[Line], encoding: str) -> Filled:
    """Lay out the long form: one row per school and grade taught. Rows are ``code grade``."""
    headings = [
        ("smis_code", "รหัสโรงเรียน", 12.0),
        ("academic_year_be", "ปีการศึกษา", 10.0),
        ("data_round", "รอบข้อมูล", 10.0),
        ("grade", "ชั้น", 8.0),
        ("male", "ชาย", 8.0),
        ("female", "หญิง", 8.0),
        ("students", "รวม", 8.0),
        ("class_groups", "ห้อง", 8.0),
    ]
    records: dict[str, dict[str, Cell]] = {}
    for line in lines:
        for g in _taught(line):
            code = GRADE_CODES[g]
            records[f"{line.key} {code}"] = {
                "smis_code": line.code,
                "academic_year_be": round_.academic_year_be,
                "data_round": round_.number,
                "grade": GRADE[code].label_th,
                **dict(zip(MEASURES, _measures(line, g), strict=True)),
            }
    return fill(file, "enrolment_long", headings, records, encoding=encoding)


def emis_page(file: str, lines: Sequence[Line]) -> Filled:
    """Lay out EMIS pages C4 one under the other: grades, sums by level, the whole school."""
    headings = [
        ("ministry_code", "school_id", 14.0),
        ("grade", "ชั้น/เพศ", 16.0),
        ("male", "ชาย", 8.0),
        ("female", "หญิง", 8.0),
        ("students", "รวม", 8.0),
        ("class_groups", "ห้องเรียน", 10.0),
    ]
    level_words = dict(
        zip(LEVELS, ("รวม อบ.", "รวมประถม", "รวมมัธยมต้น", "รวมมัธยมปลายและเทียบเท่า"), strict=True)
    )
    records: dict[str, dict[str, Cell]] = {}
    for line in lines:
        for scope, _, grades in _groups():
            if len(grades) == 1:
                label = GRADE[scope].label_th.replace("อ.", "อบ.")
            else:
                label = level_words.get(scope, "รวมทั้งหมด")
            records[f"{line.key} {scope}"] = {
                "ministry_code": line.ministry_code,
                "grade": label,
                **dict(zip(MEASURES, _sum(line.pupils, line.rooms, grades), strict=True)),
            }
    return fill(file, "enrolment_long", headings, records)


def _groups() -> list[tuple[str, str, list[int]]]:
    """(scope, heading, grades added up) of each group of four columns, from the left."""
    groups: list[tuple[str, str, list[int]]] = []
    for level in LEVELS:
        grades = [g for g, code in enumerate(GRADE_CODES) if GRADE[code].education_level == level]
        for g in grades:
            code = GRADE_CODES[g]
            groups.append((code, f"{STAGE_TH[code[0]]}{code[1]}", [g]))
        groups.append((level, _LEVEL_TH[level], grades))
    return [*groups, ("total", "รวมทั้งหมด", list(range(len(GRADE_CODES))))]


def _figures(pupils: NDArray[np.int64], rooms: NDArray[np.int64]) -> list[Cell]:
    figures: list[Cell] = []
    for _, _, grades in _groups():
        figures += _sum(pupils, rooms, grades)
    return figures


def _sum(pupils: NDArray[np.int64], rooms: NDArray[np.int64], grades: Iterable[int]) -> list[Cell]:
    chosen = list(grades)
    male, female = (int(number) for number in pupils[chosen].sum(axis=0))
    return [male, female, male + female, int(rooms[chosen].sum())]


def _measures(line: Line, grade: int) -> list[Cell]:
    return _sum(line.pupils, line.rooms, [grade])


def _taught(line: Line) -> list[int]:
    first, last = (GRADE_CODES.index(code) for code in line.grades)
    return list(range(first, last + 1))


def _code(code: str, as_text: bool) -> Cell:
    """A code as the sheet stores it; one with a dash, and an empty one, can only be text."""
    return code if as_text or not code.isdigit() else int(code)
