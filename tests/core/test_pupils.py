import pandas as pd
import pytest

from gisapp.core.enrolment import read_enrolment
from gisapp.core.match import SchoolKeys, wrong_code
from gisapp.core.pupils import give_to_schools

REGISTER = pd.DataFrame(
    {
        "smis_code": ["58010001", "58010002"],
        "ministry_code": ["1058080005", "1058080006"],
        "percode": ["080005", "080006"],
        "school_name_th": ["บ้านก", "โรงเรียนบ้านข"],
    }
)
KEYS = SchoolKeys.of(REGISTER)
HEAD = ["รหัสโรงเรียน", "ชื่อโรงเรียน", "ป.1 ชาย", "ป.1 หญิง", "ป.1 ห้อง", "ป.2 ชาย", "ป.2 หญิง", "ป.2 ห้อง"]
A = ["58010001", "บ้านก", 3, 4, 1, 1, 0, 1]
B = ["58010002", "บ้านข", 2, 2, 1, 5, 5, 1]


@pytest.fixture
def give(read_table):
    def give(*rows, head=HEAD):
        enrolment, found = read_enrolment([read_table(head, *rows)], "58010000")
        assert not found
        return *give_to_schools(enrolment, KEYS, r"\d{8}(-\d{1,2})?"), enrolment

    return give


def test_every_row_finds_its_school_by_any_of_its_codes(give):
    for code in ("58010001", 58010001, 58010001.0, "1058080005", "080005"):
        grades, problems, _ = give([code, "บ้านก", 3, 4, 1, 1, 0, 1])
        assert problems == []
        assert set(grades["smis_code"]) == {"58010001"}


def test_a_code_outside_the_register_blocks_with_its_pupils(give):
    grades, (problem,), _ = give(A, ["58019999", "ใหม่", 5, 6, 1, 0, 0, 0])
    assert (problem.kind, problem.severity, problem.cell) == ("unmatched_code", "block", "A3")
    assert problem.pupils == 11
    assert "11" in problem.message("th")
    assert grades["students"].sum() == 8


@pytest.mark.parametrize("code", ["1.02E+09", "5801001", "ABC"])
def test_a_code_that_can_be_none_is_named_as_such(give, code):
    _, (problem,), _ = give([code, "บ้านก", 3, 4, 1, 1, 0, 1])
    assert (problem.kind, problem.pupils, problem.value) == ("bad_code", 8, code)


def test_a_damaged_code_is_never_restored():
    assert "Excel" in wrong_code("1.058E+09", r"\d{8}")["expected_th"]
    assert wrong_code("58010001", r"\d{8}") == {}


def test_pupils_without_a_code_block(give):
    _, (problem,), _ = give(A, ["", "บ้านก", 1, 1, 1, 0, 0, 0])
    assert (problem.kind, problem.pupils) == ("row_without_code", 2)


def test_a_school_in_two_rows_with_other_figures_blocks_and_only_the_first_counts(give):
    grades, (problem,), _ = give(A, B, ["58010001", "บ้านก", 9, 9, 1, 1, 0, 1])
    assert (problem.kind, problem.severity, problem.pupils) == ("school_twice", "block", 19)
    assert "A2" in problem.message("en")
    assert "A4" in problem.message("en")
    assert grades["students"].sum() == 22


def test_the_same_row_again_is_a_note_and_counts_once(give):
    grades, (problem,), _ = give(A, A)
    assert (problem.kind, problem.severity, problem.pupils) == ("repeated_row", "note", 8)
    assert grades["students"].sum() == 8


def test_another_name_than_the_registered_one_is_doubted(give):
    _, (problem,), _ = give(["58010001", "บ้านค", 3, 4, 1, 1, 0, 1])
    assert (problem.kind, problem.value) == ("name_differs", "บ้านค")
    assert "บ้านก" in problem.message("th")


def test_the_word_school_and_blanks_make_no_other_name(give):
    assert give(["58010002", " บ้าน ข ", 3, 4, 1, 1, 0, 1])[1] == []


def test_pupils_without_a_room_are_named_by_grade(give):
    _, (problem,), _ = give(["58010001", "บ้านก", 3, 4, 0, 1, 0, None])
    assert (problem.kind, problem.value, problem.cell) == ("pupils_without_room", "ป.1 ป.2", "E2")


def test_no_pupil_is_lost_whatever_is_wrong(give):
    rows = [A, B, A, ["58019999", "x", 5, 6, 1, 0, 0, 0], ["", "", 1, 1, 1, 0, 0, 0],
            ["1E+09", "", 7, 0, 1, 0, 0, 0], ["58010002", "", 1, 2, 1, 3, 4, 1]]  # fmt: skip
    grades, problems, enrolment = give(*rows)
    in_sheet = sum(row[2] + row[3] + row[5] + row[6] for row in rows)
    assert enrolment.rows["pupils"].sum() == in_sheet
    assert grades["students"].sum() + sum(p.pupils for p in problems) == in_sheet


def test_a_cross_check_code_that_two_schools_carry_finds_none():
    twice = REGISTER.assign(percode=["080005", "080005"])
    codes = pd.DataFrame({"smis_code": [""], "ministry_code": [""], "percode": ["080005"]})
    assert SchoolKeys.of(twice).find(codes).tolist() == [""]
    assert KEYS.find(codes).tolist() == ["58010001"]
