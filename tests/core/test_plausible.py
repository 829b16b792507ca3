import pytest

from gisapp.core.enrolment import read_enrolment
from gisapp.core.limits import Limits
from gisapp.core.match import SchoolKeys
from gisapp.core.plausible import too_many_pupils
from gisapp.core.pupils import give_to_schools
from tests.core.test_pupils import REGISTER

HEAD = ["รหัสโรงเรียน", "ป.1 ชาย", "ป.1 หญิง", "ป.1 ห้อง", "ป.2 ชาย", "ป.2 หญิง", "ป.2 ห้อง"]


@pytest.fixture
def doubted(read_table):
    def doubted(*cells, head=HEAD):
        enrolment, _ = read_enrolment([read_table(head, ["58010001", *cells])], "58010000")
        grades, _ = give_to_schools(enrolment, SchoolKeys.of(REGISTER), r"\d{8}")
        return too_many_pupils(grades, enrolment, Limits())

    return doubted


@pytest.mark.parametrize(
    ("boys", "rooms", "found"), [(499, 1, 0), (500, 1, 1), (999, 2, 0), (1000, 2, 1)]
)
def test_more_than_500_pupils_in_a_class_group_are_doubted_and_500_are_not(
    doubted, boys, rooms, found
):
    assert len(doubted(boys, 1, rooms, 1, 1, 1)) == found


def test_the_doubt_names_grade_pupils_rooms_and_cell(doubted):
    (problem,) = doubted(1, 1, 1, 1200, 1, 2)
    assert (problem.kind, problem.severity, problem.key, problem.cell) == (
        "too_many_pupils", "warn", "58010001 ป.2", "E2",
    )  # fmt: skip
    assert problem.message("th") == "ป.2 มีนักเรียน 1,201 คน 2 ห้อง มากผิดปกติ"
    assert problem.message("en") == "P2 has 1,201 pupils in 2 class groups, unusually many"


def test_without_rooms_only_more_than_10000_in_a_grade_are_doubted(doubted):
    head = ["รหัสโรงเรียน", "ป.1 ชาย", "ป.1 หญิง"]
    assert doubted(9999, 1, head=head) == []
    (problem,) = doubted(10000, 1, head=head)
    assert problem.message("en") == "P1 has 10,001 pupils, unusually many"


def test_no_pupils_and_unknown_pupils_are_not_doubted(doubted):
    assert doubted(0, 0, 1, None, None, 1) == []
