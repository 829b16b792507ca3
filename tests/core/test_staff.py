import numpy as np
import pandas as pd
import pytest

from gisapp.core.headings import make_headings
from gisapp.core.match import SchoolKeys
from gisapp.core.recognise import recognise
from gisapp.core.staff import COUNTS, read_staff, staff_against_pupils, teachers_of
from gisapp.core.tables import Sheet
from tests.core.test_pupils import REGISTER

KEYS = SchoolKeys.of(REGISTER)
_CODES = [("ที่", ""), ("รหัสโรงเรียน", "smis_code"), ("ชื่อโรงเรียน", "school_name_th")]
_POSTS = [("ผอ.", "directors"), ("รอง", "deputies"), ("ครู", "teachers"),
          ("พนักงานราชการ", "government_employees"), ("รวม", "staff_total"),
          ("ขาด/เกิน", "teacher_balance")]  # fmt: skip
HEADINGS = make_headings(
    {
        "grades": [],
        "measures": [],
        "staff": [
            *_CODES,
            *_POSTS,
            *((f"จำนวนที่มี {heading}", column) for heading, column in _POSTS),
            ("ขาด/เกินตามเกณฑ์ ครู", "teacher_balance"),
            ("ขาด/เกินตามเกณฑ์ ร้อยละ", "balance_percent"),
        ],
    }
)
HEAD = ["ที่", "รหัสโรงเรียน", "ผอ.", "รอง", "ครู", "พนักงานราชการ", "รวม", "ขาด/เกิน"]
A = [1, "58010001", 1, 0, 6, 2, 7, -1]
B = [2, "58010002", 1, 1, 9, 0, 11, 2]


def tables(*rows, head=HEAD, file="staff.xlsx", merged=()):
    sheet = Sheet(file, "s", [head, *rows], merged)
    found, problems = recognise(sheet, HEADINGS)
    assert not problems
    return found


def read(*rows, **options):
    return read_staff(tables(*rows, **options), KEYS)


def changed(row, column, value):
    return [value if place == column else cell for place, cell in enumerate(row)]


def test_posts_are_kept_as_received_and_teachers_and_heads_are_added_up():
    staff, problems = read(A, B)
    assert problems == []
    row = staff.iloc[0]
    assert (row["directors"], row["teachers"], row["teacher_balance"]) == (1, 6, -1)
    assert np.isnan(row["permanent_employees"])
    assert teachers_of(staff).to_dict() == {"58010001": 9, "58010002": 11}


def test_a_report_under_two_header_rows_is_read_like_a_flat_one():
    rows = [
        ["ที่", "รหัสโรงเรียน", "ชื่อโรงเรียน", "จำนวนที่มี", None, None, None, "ขาด/เกินตามเกณฑ์", None],
        [None, None, None, "ผอ.", "รอง", "ครู", "รวม", "ครู", "ร้อยละ"],
        [1, "58010001", "บ้านก", 1, 0, 6, 7, "-๒", "-25.5"],
    ]
    merged = ((0, 3, 0, 6), (0, 7, 0, 8), (0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 1, 2))
    (table,), problems = recognise(Sheet("amss.xls", "s", rows, merged), HEADINGS)
    assert problems == []
    staff, problems = read_staff([table], KEYS)
    assert problems == []
    row = staff.iloc[0]
    assert (row["directors"], row["teachers"], row["staff_total"]) == (1, 6, 7)
    assert (row["teacher_balance"], row["balance_percent"]) == (-2, -25.5)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (7, 11),  # heads and teachers
        (9, 11),  # government employees too
    ],
)
def test_a_total_may_leave_government_employees_out(first, second):
    assert read(changed(A, 6, first), changed(B, 6, second))[1] == []


def test_a_total_that_no_sum_of_posts_makes_is_named():
    _, (problem,) = read(changed(A, 6, 8), B)
    assert (problem.kind, problem.severity, problem.cell) == ("staff_total", "warn", "G2")
    assert "7" in problem.message("th")


def test_totals_of_something_else_are_not_doubted_row_by_row():
    assert read(changed(A, 6, 20), changed(B, 6, 30))[1] == []


def test_a_sum_over_a_cell_that_could_not_be_read_is_not_doubted():
    total = ["รวม", None, 2, 1, 15, 2, 18, 1]
    _, problems = read(changed(A, 4, "หก"), B, total)
    assert [problem.kind for problem in problems] == ["number_ignored"]


def test_the_total_row_is_compared_with_the_schools_and_never_read_as_one():
    total = ["รวม", None, 2, 1, 15, 2, 18, 1]
    staff, problems = read(A, B, total)
    assert (len(staff), problems) == (2, [])
    _, (problem,) = read(A, B, changed(total, 4, 16))
    assert (problem.kind, problem.cell) == ("staff_total", "E4")
    assert "15" in problem.message("en")


@pytest.mark.parametrize(
    ("column", "value", "kind"),
    [
        (1, "58019999", "staff_unmatched"),
        (4, "หก", "number_ignored"),
        (4, -1, "number_ignored"),
        (7, "ขาด", "number_ignored"),
    ],
)
def test_each_doubtful_cell_is_one_warning(column, value, kind):
    _, (problem,) = read(changed(A, column, value), B)
    assert (problem.kind, problem.severity) == (kind, "warn")


@pytest.mark.parametrize("again", ["58010001", "1058080005"])
def test_a_school_in_two_rows_counts_by_the_first(again):
    staff, (problem,) = read(A, [*changed(changed(A, 1, again), 4, 7)[:6], 8, 0])
    assert (problem.kind, problem.key) == ("staff_twice", "58010001")
    assert "B2" in problem.message("en")
    assert staff["teachers"].tolist() == [6]


def test_blank_posts_are_unknown_and_zeros_are_zeros():
    staff, _ = read([1, "58010001", *[None] * 6], [2, "58010002", 0, 0, 0, 0, 0, 0])
    teachers = teachers_of(staff)
    assert np.isnan(teachers["58010001"])
    assert teachers["58010002"] == 0


def against(students, *rows):
    found = tables(*rows)
    staff, _ = read_staff(found, KEYS)
    return staff_against_pupils(staff, found, pd.Series(students, dtype="Int64"))


def test_pupils_without_a_teacher_and_teachers_without_a_pupil_are_doubted():
    nobody = [2, "58010002", 0, 0, 0, 0, 0, 0]
    found = against({"58010001": 0, "58010002": 14}, A, nobody)
    assert [(p.kind, p.severity, p.cell, p.key) for p in found] == [
        ("no_teachers", "warn", "E3", "58010002"),
        ("teachers_without_pupils", "warn", "E2", "58010001"),
    ]
    assert "14" in found[0].message("th")


def test_what_one_of_the_sheets_does_not_state_is_not_doubted():
    unknown = [2, "58010002", *[None] * 6]
    assert against({"58010002": 14}, A, unknown) == []
    assert against({"58010001": pd.NA}, A) == []
    assert against({"58010001": 8, "58010002": 0}, A, [2, "58010002", *[0] * 6]) == []


def test_no_sheet_is_an_empty_table():
    staff, problems = read_staff([], KEYS)
    assert (len(staff), problems) == (0, [])
    assert set(COUNTS) < set(staff)
    assert len(teachers_of(staff)) == 0
