"""What counts as a change, and what a remark says wherever it comes from."""

import dataclasses
import datetime

import pytest

from gisapp.core.layers import problem_rows
from gisapp.core.marks import proposed_text, remark_of, remark_of_row
from gisapp.core.mended import rows_digest, same_value
from gisapp.core.problems import Acknowledgement, Problem
from gisapp.core.sheet_layout import Layout
from gisapp.core.tables import Sheet

SAME = [
    (None, ""),
    (12, "12"),
    (12.0, "12"),
    ("12", 12.0),
    ("๑๒", 12),
    ("3,100", 3100.0),
    (" ก ", "ก"),
    ("19.050", 19.05),
    (True, True),
]
DIFFERENT = [
    (None, 0),
    ("-", 0),
    ("007", 7),
    ("007", "7"),
    ("19.050", "19.05"),
    ("12", 13),
    ("ก", "ข"),
    ("ก", 1),
    (12, None),
]


@pytest.mark.parametrize(("before", "after"), SAME)
def test_a_value_typed_anew_in_another_way_is_no_change(before, after):
    assert same_value(before, after)


@pytest.mark.parametrize(("before", "after"), DIFFERENT)
def test_another_value_is_a_change(before, after):
    assert not same_value(before, after)


def test_the_digest_of_rows_changes_with_any_of_their_cells_and_no_other():
    rows = [["h", "i"], ["a", "b"], ["c", "d"]]
    layout = Layout(Sheet("f", "s", rows), header=(0, 0))
    before = rows_digest(layout, [1])
    rows[2][0] = "x"
    assert rows_digest(layout, [1]) == before
    assert rows_digest(layout, [2]) != before
    rows[1][1] = "x"
    assert rows_digest(layout, [1]) != before


PROBLEM = Problem(
    "bad_code",
    file="f.xlsx",
    sheet="s",
    row=4,
    column="ละติจูด",
    cell="D4",
    key="99010001 ป.1",
    value="98.2, 19.1",
    facts={"expected_th": "8", "expected_en": "8", "why_th": "เพราะ", "why_en": "because"},
    proposal={"lat": "19.1", "lon": "98.2"},
    received={"lat": "98.2", "lon": "19.1"},
)
WHOLE_FILE = Problem("no_boundaries")
SETTLED = dataclasses.replace(
    PROBLEM, acknowledged=Acknowledgement("", "", "ถามแล้ว", "ก", datetime.date(2025, 6, 20))
)


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("problem", [PROBLEM, WHOLE_FILE, SETTLED])
def test_a_remark_says_the_same_from_the_problem_and_from_its_published_row(problem, language):
    [row] = problem_rows([problem], {"99010001": "ก"}, [""]).to_dict("records")
    assert remark_of_row(row, language) == remark_of(problem, language)


def test_an_acknowledged_problem_is_only_worth_a_note():
    assert remark_of(PROBLEM).severity == "block"
    assert remark_of(SETTLED).severity == "note"
    assert remark_of(PROBLEM).school == "99010001"


def test_a_proposal_is_written_as_people_write_it():
    assert proposed_text({}) == ""
    assert proposed_text({"smis_code": "99010001"}) == "99010001"
    assert proposed_text({"lon": "98.2", "lat": "19.1"}) == "19.1, 98.2"
    assert proposed_text({"lat": "19.1", "village_no": "4"}) == "lat: 19.1 · village_no: 4"
