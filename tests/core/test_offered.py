import numpy as np
import pandas as pd
import pytest

from gisapp.core.enrolment import read_enrolment
from gisapp.core.headings import make_headings
from gisapp.core.levels_stated import read_levels
from gisapp.core.offered import levels_offered, rooms_and_pupils
from gisapp.core.pupils import give_to_schools
from gisapp.core.tables import FormTable, Sheet
from tests.core.test_pupils import HEAD, KEYS

HEADINGS = make_headings(
    {
        "grades": [
            *((f"อ.{n}", f"k{n}") for n in (1, 2, 3)),
            *((f"ป.{n}", f"p{n}") for n in range(1, 7)),
            *((f"ม.{n}", f"m{n}") for n in range(1, 7)),
            ("อนุบาล 2", "k2"),
            ("ประถมศึกษา", "primary"),
            ("มัธยมศึกษาตอนต้น", "lower_secondary"),
            ("รวม", "total"),
        ],
        "measures": [],
    }
)


def stated(*texts):
    frame = pd.DataFrame({"levels_stated": texts}, index=range(1, len(texts) + 1), dtype=object)
    sheet = Sheet("emis.xlsx", "s", [["ระดับ"], *([text] for text in texts)])
    return FormTable("basic_info", sheet, frame, {"levels_stated": 0}, {"levels_stated": "ระดับ"})


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("อนุบาล-ประถมศึกษา", "k1", "p6"),
        ("อนุบาล – มัธยมศึกษาตอนต้น", "k1", "m3"),
        ("อนุบาล 2 ถึง ป.6", "k2", "p6"),
        ("อ.๒-ม.๓", "k2", "m3"),
        ("ประถมศึกษา", "p1", "p6"),
        ("ม.1, ม.3", "m1", "m3"),
        ("ประถมศึกษา/อนุบาล", "k1", "p6"),
        ("มัธยม", "m1", "v3"),
        ("", "", ""),
        ("-", "", ""),
        (None, "", ""),
    ],
)
def test_levels_are_read_in_every_way_that_offices_write_them(text, first, last):
    offered, problems = read_levels(stated(text), HEADINGS)
    assert offered.iloc[0].tolist() == [first, last]
    assert problems == []


def test_a_word_that_is_no_level_is_a_note_and_the_range_stays_unknown():
    offered, (problem,) = read_levels(stated("อนุบาล-ประถมศึกษา", "อนุบาล-ปริญญา"), HEADINGS)
    assert offered["offered_to"].tolist() == ["p6", ""]
    assert (problem.kind, problem.severity, problem.cell) == ("levels_not_read", "note", "A3")


def register(**columns):
    return pd.DataFrame(
        {"smis_code": ["58010001", "58010002"], "table": 0, "row": [1, 2], **columns}
    )


REGISTER_TABLE = FormTable(
    "register",
    Sheet("register.xlsx", "s", [["code", "low", "high"], ["58010001"], ["58010002"]]),
    pd.DataFrame(
        {"smis_code": ["58010001", "58010002"], "lowest_grade": "", "highest_grade": ""},
        index=[1, 2],
    ),
    {"smis_code": 0, "lowest_grade": 1, "highest_grade": 2},
    {"smis_code": "code", "lowest_grade": "low", "highest_grade": "high"},
)


@pytest.fixture
def check(read_table):
    def check(schools, *rows, head=HEAD):
        enrolment, _ = read_enrolment([read_table(head, *rows)], "58010000")
        grades, _ = give_to_schools(enrolment, KEYS, r"\d{8}")
        found = levels_offered(schools, [REGISTER_TABLE], grades, enrolment)
        return found, rooms_and_pupils(grades, enrolment)

    return check


def test_pupils_above_the_highest_grade_are_named_at_their_cell(check):
    schools = register(lowest_grade=["p1", "p1"], highest_grade=["p1", "p6"])
    found, _ = check(
        schools, ["58010001", "", 3, 4, 1, 1, 0, 1], ["58010002", "", 2, 2, 1, 5, 5, 1]
    )
    (problem,) = found
    assert (problem.kind, problem.severity, problem.cell) == ("level_not_offered", "warn", "F2")
    assert (problem.key, problem.value) == ("58010001", "ป.2 1")
    assert "register.xlsx" in problem.message("th")
    assert "P1–P1" in problem.message("en")


def test_a_range_of_words_counts_where_no_grades_are_stated(check):
    schools = register(
        lowest_grade=["", "p1"],
        highest_grade=["", "p6"],
        offered_from=["k1", "k1"],
        offered_to=["k3", "k3"],
    )
    found, _ = check(
        schools, ["58010001", "", 3, 4, 1, 1, 0, 1], ["58010002", "", 2, 2, 1, 5, 5, 1]
    )
    assert [(p.kind, p.key, p.value) for p in found] == [
        ("level_not_offered", "58010001", "ป.1 7, ป.2 1"),
        ("level_empty", "58010001", "pre_primary"),
    ]


@pytest.mark.parametrize(
    "ends", [{}, {"lowest_grade": ["", ""], "highest_grade": ["p1", ""]},
             {"lowest_grade": ["p6", "p6"], "highest_grade": ["p1", "p1"]},
             {"lowest_grade": [None, np.nan], "highest_grade": [None, np.nan]}],
)  # fmt: skip
def test_a_school_that_states_no_range_is_not_doubted(check, ends):
    assert check(register(**ends), ["58010001", "", 3, 4, 1, 1, 0, 1])[0] == []


def test_a_level_within_the_range_without_any_pupil_is_a_note(check):
    schools = register(lowest_grade=["k2", "p1"], highest_grade=["p6", "p6"])
    (problem,), _ = check(schools, ["58010001", "", 3, 4, 1, 1, 0, 1])
    assert (problem.kind, problem.severity, problem.value) == ("level_empty", "note", "pre_primary")
    assert problem.file == "register.xlsx"


def test_a_grade_with_more_rooms_than_pupils_is_a_note_and_one_pupil_alone_is_not(check):
    schools = register()
    (problem,) = check(
        schools, ["58010001", "", 1, 0, 1, 2, 0, 3], ["58010002", "", 0, 0, 1, 5, 5, 1]
    )[1]
    assert (problem.kind, problem.severity) == ("rooms_exceed_pupils", "note")
    assert (problem.cell, problem.value) == ("H2", "ป.2 3/2")


def test_an_empty_register_and_no_pupils_say_nothing(check):
    nobody = ["58010001", "", 0, 0, 0, 0, 0, 0]
    assert check(register(lowest_grade="p1", highest_grade="p2"), nobody) == ([], [])
    assert check(register().iloc[:0], ["58010001", "", 3, 4, 1, 1, 0, 1])[0] == []
