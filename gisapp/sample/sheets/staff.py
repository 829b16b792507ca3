"""Staffing (C11): who is there, and how many the old criteria allow. Numbers only."""

import math

import numpy as np
from numpy.typing import NDArray

from gisapp.core.text import Cell
from gisapp.sample.schools.cohorts import GRADE_CODES, Enrolment
from gisapp.sample.schools.make import OFFICE_TH, Schools
from gisapp.sample.sheets.filled import Filled, fill

_STAGE = 601
TOTAL = "total"
_HEADINGS = (
    ("number", "ที่", 6.0),
    ("smis_code", "รหัสโรงเรียน", 13.0),
    ("school_name_th", "ชื่อโรงเรียน", 32.0),
    ("students", "จำนวนนักเรียน", 10.0),
    ("directors", "ผู้อำนวยการ", 10.0),
    ("deputies", "รองผู้อำนวยการ", 11.0),
    ("teachers", "ครู", 8.0),
    ("government_employees", "พนักงานราชการ", 11.0),
    ("permanent_employees", "ลูกจ้างประจำ", 11.0),
    ("temporary_employees", "ลูกจ้างชั่วคราว", 11.0),
    ("teachers_required", "ครูตามเกณฑ์", 10.0),
    ("teacher_balance", "ขาด/เกิน", 9.0),
)
#: Columns of which the total row is the sum.
SUMMED = tuple(name for name, _, _ in _HEADINGS[3:])


def staff_sheet(file: str, schools: Schools, enrolment: Enrolment, as_of: str, seed: int) -> Filled:
    """Lay out the staff of every school but branch classrooms, with a total row.

    A school keeps its surplus or shortage from round to round: draws depend on the school only.
    """
    records: dict[str, dict[str, Cell]] = {}
    for place, school in enumerate(schools.schools):
        pupils, rooms = enrolment.pupils[place].sum(axis=1), enrolment.rooms[place]
        whole = int(pupils.sum())
        if school.branch_of or not whole:
            continue
        rng = np.random.default_rng([seed, _STAGE, place])
        required = teachers_required(pupils, rooms)
        draw = rng.choice([-2, -1, 0, 0, 1], p=[0.12, 0.33, 0.2, 0.2, 0.15])
        teachers = max(1, required + int(draw) - int(whole > 600) * int(rng.integers(0, 3)))
        records[school.smis_code] = {
            "number": len(records) + 1,
            "smis_code": school.smis_code,
            "school_name_th": school.name_th,
            "students": whole,
            "directors": int(whole > 40 or rng.random() < 0.55),
            "deputies": _deputies(whole),
            "teachers": teachers,
            "government_employees": int(rng.integers(0, 2 + (whole > 200))),
            "permanent_employees": int(rng.random() < 0.35),
            "temporary_employees": int(rng.integers(1, 3 + (whole > 300))),
            "teachers_required": required,
            "teacher_balance": teachers - required,
        }
    sums = {
        name: sum(cell for record in records.values() if isinstance(cell := record[name], int))
        for name in SUMMED
    }
    records[TOTAL] = {"number": "รวม", **sums}
    titles = ("อัตรากำลังข้าราชการครูและลูกจ้าง (เกณฑ์ ก.ค. เดิม)", f"{OFFICE_TH}  ข้อมูล ณ วันที่ {as_of}")
    return fill(
        file,
        "staff",
        _HEADINGS,
        records,
        sheet="อัตรากำลัง",
        titles=titles,
        text=frozenset({"smis_code"}),
    )


def teachers_required(pupils: NDArray[np.int64], rooms: NDArray[np.int64]) -> int:
    """Teachers, head and deputies left out, by the old criteria of the teachers' commission.

    Up to 120 pupils one for every 20 begun; above, by level from class groups and pupils.

    Args:
        pupils, rooms: `[grade]`, grades as in GRADE_CODES.

    Source: domain notes B8 (four agreeing copies of the old ก.ค. criteria).
    """
    whole = int(pupils.sum())
    if whole <= 120:
        return max(1, math.ceil(whole / 20))
    needed = 0.0
    for stage, per_room in (("k", 30), ("p", 40)):
        chosen = [g for g, code in enumerate(GRADE_CODES) if code[0] == stage]
        groups, children = int(rooms[chosen].sum()), int(pupils[chosen].sum())
        needed += math.floor(((groups * per_room / 25) + children / 25) / 2 + 0.5)
    secondary = [g for g, code in enumerate(GRADE_CODES) if code[0] == "m"]
    return int(needed) + int(rooms[secondary].sum()) * 40 // 20


def _deputies(pupils: int) -> int:
    """Deputy heads. Source: domain notes B8."""
    return sum(pupils >= limit for limit in (360, 720, 1080, 1680))
