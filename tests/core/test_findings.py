import string

import pytest

from gisapp.core.findings import FINDINGS
from gisapp.core.problems import SEVERITIES, Problem

#: Words that every problem fills by itself.
OWN = {"key", "school", "value", "column"}


@pytest.mark.parametrize("kind", FINDINGS)
def test_both_languages_of_a_finding_ask_for_the_same_words(kind):
    finding = FINDINGS[kind]
    assert finding.severity in SEVERITIES
    thai, english = _words(finding.th), _words(finding.en)
    assert {word.removesuffix("_th") for word in thai} == {
        word.removesuffix("_en") for word in english
    }


@pytest.mark.parametrize("kind", FINDINGS)
def test_every_finding_says_what_to_do(kind):
    finding = FINDINGS[kind]
    assert len(finding.advice_th) > 5
    assert len(finding.advice_en) > 5
    assert any("\u0e00" <= letter <= "\u0e7f" for letter in finding.th)
    assert not any("\u0e00" <= letter <= "\u0e7f" for letter in _without_quotes(finding.en))


def test_a_problem_is_the_same_one_when_rows_move_and_another_when_its_value_changes():
    first = Problem("bad_code", file="a.xlsx", sheet="s", row=5, key="1", column="smis", value="x")
    moved = Problem("bad_code", file="a.xlsx", sheet="s", row=9, key="1", column="smis", value="x")
    changed = Problem(
        "bad_code", file="a.xlsx", sheet="s", row=5, key="1", column="smis", value="y"
    )
    assert first.problem_id == moved.problem_id
    assert first.problem_id != changed.problem_id
    assert len(first.problem_id) == 12


def test_a_problem_names_its_place_as_an_officer_would_look_for_it():
    assert (
        Problem("bad_code", file="a.xlsx", sheet="s", row=5, cell="B5").place == "a.xlsx · s · B5"
    )
    assert Problem("bad_code", file="a.csv", row=5).place == "a.csv · 5"


def _words(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name} - OWN


def _without_quotes(text):
    return text
