import datetime
import itertools

import pandas as pd
import pytest

from gisapp.core.cohorts import NEXT_GRADE, EarlierGrades, jumping_cohorts, repeated_round
from gisapp.core.enrolment import EnrolmentRows
from gisapp.core.grades import GRADE
from gisapp.core.limits import Limits
from gisapp.core.rounds import Round
from gisapp.core.tables import FormTable, Sheet

NOW, AGO = Round(2568, 1), Round(2567, 1)
GRADES = ("p1", "p2", "p3", "m1")
LIMITS = Limits(cohort_change=0.5, cohort_pupils=10)


def wide_table(codes, grades=GRADES):
    columns = [f"{grade} students" for grade in grades]
    frame = pd.DataFrame({"smis_code": codes, **dict.fromkeys(columns, 0)})
    places = {column: place for place, column in enumerate(frame.columns)}
    headings = {column: column for column in frame.columns}
    rows = [[*places], *([code] for code in codes)]
    frame.index = pd.RangeIndex(1, len(codes) + 1)
    return FormTable("enrolment", Sheet("now.xlsx", "s", rows), frame, places, headings)


def layer(pupils):
    """Rows from {code: {grade: pupils}}; the source is the school's place."""
    rows = [
        (code, grade, GRADE[grade].education_level, number, 0, number, 1, place)
        for place, (code, grades) in enumerate(pupils.items())
        for grade, number in grades.items()
    ]
    names = ["smis_code", "grade", "education_level", "male", "female", "students",
             "class_groups", "source"]  # fmt: skip
    frame = pd.DataFrame(rows, columns=names)
    return frame.astype(dict.fromkeys(["male", "female", "students", "class_groups"], "Int64"))


def enrolment(pupils):
    codes = list(pupils)
    rows = pd.DataFrame({"smis_code": codes, "row": range(1, len(codes) + 1), "table": 0})
    return EnrolmentRows(rows, pd.DataFrame(), (wide_table(codes),))


def earlier(pupils, data_round=AGO, as_of=None):
    grades = layer(pupils).drop(columns="source")
    return EarlierGrades(data_round, grades, as_of or data_round.cut_off)


def jumps(now, *before, limits=LIMITS):
    found = jumping_cohorts(layer(now), enrolment(now), NOW, before, limits)
    return [(p.key, p.cell, p.value) for p in found]


def test_a_cohort_that_nearly_triples_is_named_at_its_cell():
    now = {"A": {"p1": 10, "p2": 29}}
    (found,) = jumping_cohorts(
        layer(now), enrolment(now), NOW, [earlier({"A": {"p1": 11}})], LIMITS
    )
    assert (found.kind, found.severity, found.cell) == ("cohort_jump", "warn", "C2")
    assert found.value == "11 → 29"
    assert "P1" in found.message("en")
    assert "ป.2" in found.message("th")


@pytest.mark.parametrize(
    ("before", "now", "jumped"),
    [
        (20, 30, False),  # 10 pupils: on the limit
        (20, 31, True),
        (22, 33, False),  # half as many again: on the limit of the share
        (22, 34, True),
        (20, 10, False),
        (20, 9, True),
        (0, 10, False),
        (0, 11, True),
        (12, 0, True),
        (100, 140, False),
    ],
)
def test_both_limits_must_be_passed(before, now, jumped):
    found = jumps({"A": {"p1": 5, "p2": now}}, earlier({"A": {"p1": before, "p2": 5}}))
    assert found == ([("A", "C2", f"{before} → {now}")] if jumped else [])


def test_a_grade_that_a_sheet_no_longer_lists_has_lost_its_cohort():
    assert jumps({"A": {"p1": 20}}, earlier({"A": {"p1": 20, "p2": 20}})) == [
        ("A", "C2", "20 → 0"),
        ("A", "D2", "20 → 0"),
    ]


def test_grades_at_which_children_enter_from_elsewhere_are_never_a_jump():
    entry = {"k1", "k2", "p1", "m1", "m4", "v1"}
    assert set(GRADE) - set(NEXT_GRADE.values()) == entry
    assert all(GRADE[a].education_level == GRADE[b].education_level for a, b in NEXT_GRADE.items())
    assert jumps({"A": {"p1": 90, "m1": 90}}, earlier({"A": {"p1": 90, "p6": 1}})) == [
        ("A", "C2", "90 → 0")
    ]


def test_a_school_without_pupils_in_one_of_the_years_says_nothing():
    before = earlier({"A": {"p1": 0}, "C": {"p1": 30}})
    assert jumps({"A": {"p2": 40}, "B": {"p2": 40}}, before) == []


def test_an_unknown_number_is_no_jump():
    before = earlier({"A": {"p1": 30, "p2": 3}})
    before.grades.loc[0, "students"] = pd.NA
    assert jumps({"A": {"p2": 1, "p3": 3}}, before) == []


def test_only_the_academic_year_before_counts_and_of_it_the_round_of_the_same_number():
    now = {"A": {"p1": 9, "p2": 40}}
    same, later = earlier({"A": {"p1": 40}}), earlier({"A": {"p1": 9}}, Round(2567, 3))
    older = earlier({"A": {"p1": 9}}, Round(2566, 1))
    this_year = earlier({"A": {"p1": 9}}, Round(2568, 1))
    for given in itertools.permutations([same, later, older, this_year]):
        assert jumps(now, *given) == []
    assert jumps(now, later, older) == [("A", "C2", "9 → 40")]
    assert jumps(now, older) == []


def test_a_round_that_took_its_pupils_over_is_not_the_year_before():
    stale = earlier({"A": {"p1": 9}}, as_of=datetime.date(2023, 6, 10))
    assert jumps({"A": {"p2": 40}}, stale) == []


def office(schools, first=1):
    return {
        f"S{n}": {grade: first + n + place for place, grade in enumerate(GRADES)}
        for n in range(schools)
    }


def repeats(now, *before):
    return repeated_round(layer(now), enrolment(now), before)


def test_a_round_with_every_figure_of_an_earlier_one_blocks_and_names_it():
    (found,) = repeats(office(5), earlier(office(5, 2)), earlier(office(5), Round(2566, 2)))
    assert (found.kind, found.severity, found.file) == ("round_repeats", "block", "now.xlsx")
    assert found.value == "2566-2"
    assert "5" in found.message("th")


def test_one_figure_of_one_school_makes_another_round():
    other = office(6)
    other["S3"] = {**other["S3"], "p2": 99}
    assert repeats(office(6), earlier(other)) == []


def test_four_schools_may_repeat_by_chance():
    assert repeats(office(4), earlier(office(4))) == []


def test_new_and_closed_schools_do_not_hide_a_repeated_file():
    now, before = office(6), office(6)
    del now["S0"]
    before.pop("S5")
    assert repeats({**now, "new": {"p1": 3}}, earlier(before)) == []  # four in common
    assert repeats({**office(6), "new": {"p1": 3}}, earlier(office(6)))


def test_empty_grades_and_another_order_of_rows_do_not_hide_it():
    now = {**office(5), "empty": dict.fromkeys(GRADES, 0)}
    before = dict(reversed(office(5).items()))
    before["S1"] = {**before["S1"], "m2": 0}
    assert repeats(now, earlier(before))


def test_without_an_earlier_round_nothing_is_said():
    assert repeats(office(9)) == []
    assert jumps(office(9)) == []
    assert repeated_round(layer({}), enrolment({}), [earlier(office(9))]) == []
