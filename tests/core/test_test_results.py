import numpy as np
import pandas as pd
import pytest

from gisapp.core.headings import make_headings
from gisapp.core.match import SchoolKeys
from gisapp.core.recognise import recognise
from gisapp.core.tables import Sheet
from gisapp.core.test_results import read_test_results
from tests.core.test_pupils import REGISTER

KEYS = SchoolKeys.of(REGISTER)
_SUBJECTS = {
    "ภาษาไทย": "thai",
    "คณิตศาสตร์": "mathematics",
    "ด้านคำนวณ": "numeracy",
    "การอ่านออกเสียง": "reading_aloud",
    "รวม 2 ด้าน": "total",
}
HEADINGS = make_headings(
    {
        "grades": [("ป.1", "p1"), ("ป.3", "p3"), ("ป.6", "p6"), ("ม.3", "m3"),
                   ("ประถมศึกษาปีที่ 6", "p6")],
        "measures": [],
        "test_results": [
            ("รหัสโรงเรียน", "smis_code"),
            ("ปีการศึกษา", "test_year_be"),
            ("การสอบ", "test"),
            ("ชั้น", "grade"),
            ("วิชา", "subject"),
            ("จำนวนผู้เข้าสอบ", "examinees"),
            ("คะแนนเฉลี่ย", "mean_score"),
            ("ระดับคุณภาพ", "quality_level"),
            *((name, f"{code} mean_score") for name, code in _SUBJECTS.items()),
            *((f"{name} ร้อยละ", f"{code} mean_score") for name, code in _SUBJECTS.items()),
            *((f"{name} ระดับคุณภาพ", f"{code} quality_level") for name, code in _SUBJECTS.items()),
        ],
    }
)  # fmt: skip
HEAD = ["รหัสโรงเรียน", "ปีการศึกษา", "การสอบ", "ชั้น", "วิชา", "จำนวนผู้เข้าสอบ", "คะแนนเฉลี่ย"]
A = ["58010001", 2567, "O-NET", "ป.6", "ภาษาไทย", 12, 55.5]
COLUMNS = ["smis_code", "test_year_be", "test", "grade", "subject", "examinees", "mean_score"]
NOBODY = pd.DataFrame({"smis_code": [], "grade": [], "students": []})


def read(*rows, head=HEAD, title=(), grades=NOBODY, least=5, sheet="s"):
    lines = [*([[text, *[None] * (len(head) - 1)] for text in title]), head, *rows]
    tables, problems = recognise(Sheet("nt.xlsx", sheet, lines), HEADINGS)
    assert not problems
    return read_test_results(tables, KEYS, HEADINGS, grades, least)


def changed(column, value):
    return [value if place == column else cell for place, cell in enumerate(A)]


def only(results):
    return results[COLUMNS].iloc[0].tolist()


def test_a_long_sheet_gives_one_row_per_result():
    results, problems = read(A, changed(4, "คณิตศาสตร์"))
    assert problems == []
    assert results["subject"].tolist() == ["mathematics", "thai"]
    assert only(results[results["subject"] == "thai"]) == [
        "58010001", 2567, "onet", "p6", "thai", 12, 55.5
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("column", "value"),
    [(1, 2024), (1, "๒๕๖๗"), (2, "onet"), (2, "โอเน็ต"), (3, "ประถมศึกษาปีที่ 6"), (6, "๕๕.๕")],
)
def test_other_spellings_mean_the_same_result(column, value):
    results, problems = read(changed(column, value))
    assert problems == []
    assert only(results) == ["58010001", 2567, "onet", "p6", "thai", 12, 55.5]


def test_a_sheet_with_a_column_for_each_subject_is_told_by_its_title():
    head = ["รหัสโรงเรียน", "คณิตศาสตร์", "ภาษาไทย", "รวม 2 ด้าน", "จำนวนผู้เข้าสอบ"]
    title = ["ผลการประเมินNT ชั้นประถมศึกษาปีที่ 3 ปีการศึกษา ๒๕๖๖"]
    results, problems = read(["58010001", 40, 50.5, 45.25, 9], head=head, title=title)
    assert problems == []
    found = results.set_index("subject")["mean_score"].to_dict()
    assert found == {"mathematics": 40, "thai": 50.5, "total": 45.25}
    # ประถมศึกษาปีที่ 3 is no heading here: NT itself says the grade.
    assert set(results["grade"]) == {"p3"}
    assert set(results["test_year_be"]) == {2566}
    assert set(results["examinees"]) == {9}


def test_a_test_with_subjects_of_its_own_needs_no_name():
    results, problems = read(
        ["58010001", 70, 2567, 8], head=["รหัสโรงเรียน", "การอ่านออกเสียง", "ปีการศึกษา", "จำนวนผู้เข้าสอบ"]
    )
    assert problems == []
    assert only(results) == ["58010001", 2567, "rt", "p1", "reading_aloud", 8, 70]
    results, _ = read(["58010001", 70, 2560], head=["รหัสโรงเรียน", "ด้านคำนวณ", "ปีการศึกษา"])
    assert results[["test", "grade"]].iloc[0].tolist() == ["nt", "p3"]


def test_quality_levels_stand_beside_the_score_of_their_subject():
    head = ["รหัสโรงเรียน", "คณิตศาสตร์ ร้อยละ", "คณิตศาสตร์ ระดับคุณภาพ", "จำนวนผู้เข้าสอบ"]
    title = ["NT ปีการศึกษา 2567"]
    rows = ["58010001", 40, "ดีมาก", 9], ["58010002", 40, "เยี่ยม", 9]
    results, (problem,) = read(*rows, head=head, title=title)
    assert results["quality_level"].tolist() == ["excellent", ""]
    assert (problem.kind, problem.severity, problem.cell) == ("unknown_quality", "warn", "C4")


@pytest.mark.parametrize(("examinees", "shown"), [(5, True), (4, False), (0, False)])
def test_the_mean_of_fewer_than_five_is_not_shown(examinees, shown):
    results, problems = read(changed(5, examinees))
    assert results["mean_score"].notna().tolist() == [shown]
    assert results["examinees"].tolist() == [examinees]
    assert [(p.kind, p.severity) for p in problems] == [("score_suppressed", "note")] * (not shown)


@pytest.mark.parametrize(
    ("pupils", "shown"), [(5, True), (4, False), (pd.NA, False), (None, False)]
)
def test_where_nobody_says_how_many_sat_it_the_pupils_of_the_grade_stand_in(pupils, shown):
    grades = pd.DataFrame({"smis_code": ["58010001"], "grade": ["p6"], "students": [pupils]})
    results, problems = read(changed(5, None), grades=grades.astype({"students": "Int64"}))
    assert results["mean_score"].notna().tolist() == [shown]
    assert np.isnan(results["examinees"].iloc[0])
    assert len(problems) == (not shown)
    if not shown:
        assert "1" in problems[0].message("th")


def test_a_quality_level_of_few_is_hidden_with_its_mean():
    results, _ = read([*changed(5, 2), "ดี"], head=[*HEAD, "ระดับคุณภาพ"])
    assert results["quality_level"].tolist() == [""]


@pytest.mark.parametrize("score", [-1, 100.1, "ดี", "5๑,๐๐๐", float("inf")])
def test_a_score_beyond_a_hundred_is_not_used(score):
    results, (problem,) = read(changed(6, score))
    assert (problem.kind, problem.severity, problem.cell) == ("bad_score", "warn", "G2")
    assert results["mean_score"].isna().all()


@pytest.mark.parametrize("score", [0, 100, "100.00", "๐"])
def test_the_ends_of_the_scale_are_scores(score):
    assert read(changed(6, score))[1] == []


@pytest.mark.parametrize(
    ("column", "value", "kind"),
    [
        (0, "58019999", "test_unmatched"),
        (1, None, "test_not_named"),
        (1, "ปีนี้", "bad_year"),
        (2, "สอบปลายภาค", "test_not_named"),
        (3, "ห้องคิง", "test_not_named"),
        (4, "ดาราศาสตร์", "test_not_named"),
        (5, "สิบ", "number_ignored"),
    ],
)
def test_each_doubtful_cell_is_named_and_the_other_results_stay(column, value, kind):
    results, problems = read(changed(column, value), changed(4, "คณิตศาสตร์"))
    assert kind in {problem.kind for problem in problems}
    assert {problem.severity for problem in problems} <= {"warn", "note"}
    assert "mathematics" in results["subject"].tolist()


def test_a_result_that_stands_twice_counts_once_and_the_first_is_named():
    results, (problem,) = read(A, changed(6, 60))
    assert (problem.kind, problem.key, problem.cell) == ("test_twice", "58010001", "G3")
    assert "G2" in problem.message("en")
    assert results["mean_score"].tolist() == [55.5]


def test_blank_results_are_no_results_and_no_sheet_is_an_empty_table():
    blank = [*A[:5], None, None]
    results, problems = read(A, [*blank[:4], "คณิตศาสตร์", None, None])
    assert (len(results), problems) == (1, [])
    results, problems = read_test_results([], KEYS, HEADINGS, NOBODY, 5)
    assert (len(results), problems) == (0, [])
