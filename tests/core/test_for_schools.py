"""What a school is told: nothing of other schools, of the office's sheets, or for the office."""

import string

import pytest

from gisapp.core.findings import FINDINGS
from gisapp.core.findings.for_schools import FOR_SCHOOLS
from gisapp.core.marks import remark_to_school
from gisapp.core.problems import Many, Problem

#: Words that every problem fills by itself.
OWN = {"key", "school", "value", "column"}
#: Words that name other schools, other files, or cells of the office's sheet.
NOT_THE_SCHOOLS = {
    "other",
    "other_en",
    "other_file",
    "point_file",
    "schools",
    "first",
    "cell",
    "founded_in",
    "stated_in",
    "registered",
}
NOT_FOR_A_SCHOOL = ("data/columns", "office.toml", "corrections.csv", "ถามโรงเรียน", "ให้โรงเรียน",
                    "ขอข้อมูลจาก", "Ask the school", "Ask both", "Ask each")  # fmt: skip


def words(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def told(kind):
    """The four texts that a school is told: its own, else the officer's."""
    own, finding = FOR_SCHOOLS[kind], FINDINGS[kind]
    return (
        own.th or finding.th,
        own.en or finding.en,
        own.advice_th or finding.advice_th,
        own.advice_en or finding.advice_en,
    )


@pytest.mark.parametrize("kind", FOR_SCHOOLS)
def test_a_school_is_told_nothing_of_others_and_asked_nothing_that_is_the_offices(kind):
    for text in told(kind):
        assert not words(text) & NOT_THE_SCHOOLS
        assert not any(said in text for said in NOT_FOR_A_SCHOOL)


@pytest.mark.parametrize("kind", FOR_SCHOOLS)
def test_a_schools_words_are_words_of_the_problem_in_both_languages(kind):
    own, finding = FOR_SCHOOLS[kind], FINDINGS[kind]
    thai = words(finding.th) | words(finding.advice_th) | OWN
    english = words(finding.en) | words(finding.advice_en) | OWN
    assert words(own.th) | words(own.advice_th) <= thai
    assert words(own.en) | words(own.advice_en) <= english
    assert bool(own.th) == bool(own.en)
    assert bool(own.advice_th) == bool(own.advice_en)


@pytest.mark.parametrize(
    "kind", ["heading_near", "no_enrolment", "sources_differ", "bad_code", "register_differs"]
)
def test_headings_registers_codes_and_sources_are_for_the_office_alone(kind):
    assert Problem(kind, key="99010001").to_school("th") is None
    assert remark_to_school(Problem(kind, key="99010001")) is None


def test_a_problem_of_no_school_is_told_to_none():
    assert Problem("not_a_number", key="99010001 ป.1", value="x").to_school("en")
    assert Problem("not_a_number", key="", value="x").to_school("en") is None


def test_what_stands_all_over_a_column_is_told_to_no_single_school():
    many = Many(200, "D3, D4 …", ("99010001", "99010002"), "0")
    problem = Problem("not_a_number", key="99010001", value="x", many=many)
    assert "D4" in problem.message("th")
    assert problem.to_school("th") is None


def test_a_school_reads_that_its_point_is_anothers_but_not_whose():
    facts = {
        "other": "บ้านสอง 99010002",
        "other_en": "Two",
        "distance_m": 12,
        "stand_th": "",
        "stand_en": "",
    }
    for kind in ("shared_point", "near_school"):
        problem = Problem(kind, key="99010001", value="19.1, 98.2", facts=facts)
        assert "บ้านสอง" in problem.message("th")
        remark = remark_to_school(problem)
        assert "บ้านสอง" not in remark.message + remark.advice
        assert "โรงเรียนอื่น" in remark.message
        assert "Two" not in "".join(problem.to_school("en"))


def test_where_the_officers_words_will_do_the_school_reads_the_same():
    problem = Problem("not_a_number", key="99010001", value="สอง")
    assert problem.to_school("th") == (problem.message("th"), problem.advice("th"))
