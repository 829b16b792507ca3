import pytest

from gisapp.core.enrolment_long import read_enrolment_long
from gisapp.core.match import SchoolKeys
from gisapp.core.pupils import give_to_schools
from tests.core.test_pupils import REGISTER

HEAD = ["รหัสโรงเรียน", "ชื่อโรงเรียน", "ชั้น", "ชาย", "หญิง"]


@pytest.fixture
def give(read_table, headings):
    def give(*rows):
        enrolment, _ = read_enrolment_long([read_table(HEAD, *rows)], headings)
        grades, problems = give_to_schools(enrolment, SchoolKeys.of(REGISTER), r"\d{8}")
        return grades["students"].sum(), problems

    return give


def test_codes_in_first_rows_alone_are_one_finding_with_all_pupils(give):
    students, (found,) = give(
        ["58010001", "", "ป.1", 3, 4],
        ["", "", "ป.2", 1, 0],
        ["", "", "ม.1", 2, 0],
        ["58010002", "", "ป.1", 2, 2],
        ["", "", "ป.2", 5, 5],
    )
    assert (found.kind, found.severity, found.pupils) == ("codes_only_in_first_rows", "block", 13)
    assert (found.facts["rows"], found.facts["schools"], found.cell) == (3, 2, "A3")
    assert students + found.pupils == 24


def test_of_one_school_the_finding_is_that_schools(give):
    _, (found,) = give(["58010001", "", "ป.1", 3, 4], ["", "", "ป.2", 1, 0])
    assert found.school == "58010001"
    assert "58010001" in found.advice("th")


@pytest.mark.parametrize(
    "rows",
    [
        [["58010001", "", "ป.1", 3, 4], ["", "", "ป.1", 1, 0]],  # the same grade again
        [["58010001", "บ้านก", "ป.1", 3, 4], ["", "บ้านใหม่", "ป.2", 1, 0]],  # another name
        [["", "", "ป.1", 1, 0], ["58010001", "", "ป.1", 3, 4]],  # nobody above
    ],
)
def test_a_row_that_may_be_another_schools_stays_a_row_without_code(give, rows):
    assert [p.kind for p in give(*rows)[1]] == ["row_without_code"]


def test_below_a_row_of_somebody_unknown_nothing_is_filled_down(give):
    _, found = give(
        ["58010001", "", "ป.1", 3, 4],
        ["", "", "ป.1", 1, 0],
        ["", "", "ป.2", 1, 0],
    )
    assert [p.kind for p in found] == ["row_without_code"] * 2


def test_a_blank_grade_row_without_pupils_is_nobodys(give):
    assert give(["58010001", "", "ป.1", 3, 4], ["", "", "ป.2", None, None]) == (7, [])
