import pytest

from gisapp.core.figures import KnownSchools, read_figures, read_pupils
from gisapp.core.headings import make_headings
from gisapp.core.limits import Limits
from gisapp.core.match import SchoolKeys
from gisapp.core.national import is_national, part_sources
from gisapp.core.recognise import recognise
from gisapp.core.rounds import Round
from gisapp.core.tables import Sheet
from tests.core.test_pupils import REGISTER

HEADINGS = make_headings(
    {
        "grades": [("ป.1", "p1"), ("ป.2", "p2"), ("รวม", "total"), ("นักเรียนทั้งหมด", "total")],
        "measures": [("ชาย", "male"), ("หญิง", "female"), ("รวม", "students"),
                     ("ห้อง", "class_groups")],
        "enrolment": [
            ("areacode", "area_code"),
            ("smis", "smis_code"),
            ("โรงเรียน", "ministry_code"),
            ("ชื่อโรงเรียน", "school_name_th"),
            ("รวมห้อง", "total class_groups"),
            ("เกณฑ์7ขนาด", "dmc_size_class"),
        ],
        "enrolment_long": [("smis", "smis_code"), ("ชั้น", "grade"), ("ชาย", "male"),
                           ("หญิง", "female")],
        "buildings": [("smis", "smis_code")],
    }
)  # fmt: skip
OFFICE = ["smis", "ชื่อโรงเรียน", "ป.1 ชาย", "ป.1 หญิง", "ป.1 ห้อง", "ป.2 ชาย", "ป.2 หญิง", "ป.2 ห้อง"]
NATION = ["areacode", "smis", "โรงเรียน", "ชื่อโรงเรียน", "ป.1", "ป.1 ชาย", "ป.1 หญิง", "ป.2", "ป.2 ชาย",
          "ป.2 หญิง", "รวมห้อง", "นักเรียนทั้งหมด", "เกณฑ์7ขนาด"]  # fmt: skip
A = ["58010001", "บ้านก", 3, 4, 1, 1, 0, 1]
B = ["58010002", "บ้านข", 2, 2, 1, 5, 5, 1]


def nation(code, ministry, name, boys1, girls1, boys2, girls2, rooms=2, area="58010000"):
    one, two = boys1 + girls1, boys2 + girls2
    return [area, code, ministry, name, str(one), boys1, girls1, two, boys2, girls2, rooms,
            one + two, 1]  # fmt: skip


NATION_A = nation("58010001", "1058080005", "บ้านก", 3, 4, 1, 0)
NATION_B = nation("58010002", "1058080006", "บ้านข", 2, 2, 5, 5)


def table(file, *rows):
    (found, *_), problems = recognise(Sheet(file, "s", [list(row) for row in rows]), HEADINGS)
    assert not problems
    return found


def office_file(*rows):
    return table("office.xlsx", OFFICE, *rows)


def national_file(*rows):
    return table("DMC681.xlsx", NATION, *rows)


def figures(*tables):
    def of(*forms):
        return [found for found in tables if found.form in forms]

    pupils, problems = read_pupils(of, HEADINGS, "58010000")
    keys = SchoolKeys.of(REGISTER)
    known = KnownSchools(REGISTER, [], keys, HEADINGS, "58010000", r"\d{8}")
    read, found = read_figures(of, pupils, known, Round(2568, 1), Limits())
    return read, problems + found


def test_the_national_workbook_is_told_by_its_own_columns():
    assert is_national(national_file(NATION_A))
    assert not is_national(office_file(A))


@pytest.mark.parametrize("order", [1, -1])
def test_the_office_is_the_master_and_the_national_figure_stands_beside_it(order):
    both = [office_file(A, B), national_file(NATION_A, NATION_B)][::order]
    read, problems = figures(*both)
    assert problems == []
    assert read.grades["students"].sum() == 7 + 1 + 4 + 10
    assert read.layers["enrolment_other_source"]["students"].sum() == 22
    assert set(read.other_grades["source_file"]) == {"DMC681.xlsx"}


def test_a_school_that_differs_is_one_warning_at_the_offices_cell_with_both_numbers():
    other = nation("58010002", "1058080006", "บ้านข", 2, 2, 5, 7)
    read, (problem,) = figures(office_file(A, B), national_file(NATION_A, other))
    assert (problem.kind, problem.severity) == ("sources_differ", "warn")
    assert (problem.file, problem.cell, problem.key) == ("office.xlsx", "F3", "58010002")
    assert problem.value == "14 / 16"
    assert "ป.2 10/12" in problem.message("th")
    assert "P2 10/12" in problem.message("en")
    assert "DMC681.xlsx" in problem.message("en")
    assert read.grades["students"].sum() == 22


def test_boys_and_girls_exchanged_differ_though_the_sums_are_the_same():
    other = nation("58010001", "1058080005", "บ้านก", 4, 3, 1, 0)
    _, (problem,) = figures(office_file(A, B), national_file(other, NATION_B))
    assert problem.value == "8 / 8"
    assert "P1 3/4" in problem.message("en")


def test_pupils_that_the_office_does_not_know_are_not_0_beside_the_nations():
    _, problems = figures(office_file(A), national_file(NATION_A, NATION_B))
    assert problems == []


def test_a_grade_that_only_the_nation_counts_differs_at_the_national_cell():
    one = [*OFFICE[:2], *(head for head in OFFICE[2:] if "ป.1" in head)]
    row = [cell for head, cell in zip(OFFICE, B, strict=True) if head in one]
    _, (problem,) = figures(table("office.xlsx", one, row), national_file(NATION_B))
    assert (problem.kind, problem.file, problem.value) == (
        "sources_differ",
        "DMC681.xlsx",
        "4 / 14",
    )


def test_the_national_workbook_alone_is_the_enrolment_with_its_rooms_in_all():
    read, problems = figures(national_file(NATION_A, NATION_B))
    assert problems == []
    assert read.grades["students"].sum() == 22
    assert read.rooms.to_dict() == {"58010001": 2, "58010002": 2}
    assert len(read.other_grades) == 0
    assert "enrolment_other_source" not in read.layers


def test_a_long_sheet_of_the_office_is_its_own_figure_too():
    rows = [["smis", "ชั้น", "ชาย", "หญิง"], ["58010001", "ป.1", 3, 4]]
    read, problems = figures(table("long.csv", *rows), national_file(NATION_A))
    assert read.grades["students"].tolist() == [7]
    assert [problem.value for problem in problems] == ["7 / 8"]


def test_two_sheets_of_the_office_that_disagree_still_block():
    _, problems = figures(office_file(A), table("again.xlsx", OFFICE, [*A[:2], 9, *A[3:]]))
    assert [(problem.kind, problem.severity) for problem in problems] == [("school_twice", "block")]


def test_nothing_that_is_wrong_in_the_national_file_blocks_the_office_or_counts_pupils_as_lost():
    unknown = nation("58019999", "1058089999", "ใหม่", 1, 1, 1, 1)
    bad_sum = [*NATION_A[:11], 99, 1]
    word = [*NATION_B[:5], "สอง", *NATION_B[6:]]
    neighbour = nation("58020001", "1058080009", "อื่น", 1, 1, 1, 1, area="58020000")
    _, problems = figures(office_file(A, B), national_file(bad_sum, word, unknown, neighbour))
    kinds = {problem.kind: problem for problem in problems}
    assert set(kinds) == {
        "other_source_fault",
        "other_source_unmatched",
        "rows_of_other_offices",
    }
    assert not [problem for problem in problems if problem.severity == "block"]
    assert kinds["other_source_unmatched"].pupils == 0
    assert "4 pupils" in kinds["other_source_unmatched"].message("en")
    assert kinds["rows_of_other_offices"].severity == "note"


def test_a_figure_that_one_source_does_not_state_differs_from_nothing():
    head = ["smis", "ชื่อโรงเรียน", "ป.1 รวม", "ป.2 รวม"]
    sums = table("sums.xlsx", head, ["58010001", "บ้านก", 7, 1])
    assert figures(sums, national_file(NATION_A))[1] == []


def test_no_sheet_at_all_parts_into_nothing():
    assert part_sources([], []) == ([], [])
    assert figures()[1] == []
