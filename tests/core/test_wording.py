"""Sentences of findings: their figures as people write them."""

import pytest

from gisapp.core.problems import Problem
from gisapp.core.wording import fill_in


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (0, "0 rows, 0 people"),
        (1, "1 row, 1 person"),
        (2, "2 rows, 2 people"),
        (11, "11 rows, 11 people"),
        (2440, "2,440 rows, 2,440 people"),
    ],
)
def test_one_is_one_and_thousands_are_parted(rows, said):
    assert fill_in("{rows} rows, {persons} people", {"rows": rows, "persons": rows}) == said


def test_words_of_the_sheet_stay_as_they_are():
    words = {"value": "1 rows", "line": 1234, "built": 2571, "name": "99010012"}
    text = fill_in("{value} / {line} / {built} / {name}", words)
    assert text == "1 rows / 1234 / 2571 / 99010012"


def test_a_value_is_written_like_the_number_that_it_is_compared_with():
    words = {"value": "1031", "expected": 1034}
    assert fill_in("{value} / {expected}", words) == "1,031 / 1,034"
    assert fill_in("{value} / {expected}", {"value": "1031", "expected": "x"}) == "1031 / x"


def test_pupils_of_thousands_are_parted_in_both_languages():
    facts = {"rows": 4, "pupils": 2440, "area_code": "99010000"}
    problem = Problem("only_other_offices", facts=facts)
    assert "2,440 คน" in problem.message("th")
    assert "4 rows, 2,440 pupils" in problem.message("en")
    assert "99010000" in problem.message("en")


@pytest.mark.parametrize(
    ("key", "school", "named"),
    [
        ("99010112", "99010112", "99010112"),
        ("99010112 ป.1", "99010112", "99010112 ป.1"),
        ("village:99010112", "", "99010112"),
        ("area:990101 primary", "", "990101 primary"),
        ("", "", ""),
    ],
)
def test_a_village_of_a_schools_code_is_no_school(key, school, named):
    problem = Problem("share_sum", key=key, value="1.2")
    assert problem.school == school
    assert f"หมู่บ้าน {named} รวม" in problem.message("th")
