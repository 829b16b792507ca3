"""The desk's list without a page: states, references, filters, counts."""

from dataclasses import replace

import pytest

from gisapp.core.findings import FINDINGS
from gisapp.core.problem_filter import (
    DONE,
    OPEN,
    SENT,
    ProblemFilter,
    ProblemRow,
    count_problems,
    in_order,
    kind_title,
    pick_problems,
    put_on_desk,
)

BLOCK = ProblemRow("a1", "total_mismatch", "block", fingerprint="fa", file="ข.xlsx", row=9)
WARN = ProblemRow("b2", "unknown_village", "warn", fingerprint="fb", file="ก.csv", row=2)
NOTE = ProblemRow("c3", "form_absent", "note", fingerprint="fc")


def desk(*rows, districts=None, states=None):
    return put_on_desk(rows or (BLOCK, WARN, NOTE), districts or {}, states or {})


def test_problems_are_read_worst_first_then_kind_by_kind_then_by_file_and_row():
    later = replace(WARN, problem_id="b3", row=10)
    same_row = replace(WARN, problem_id="b4", kind="of_an_older_version")
    assert in_order([NOTE, same_row, later, WARN, BLOCK]) == (BLOCK, WARN, later, same_row, NOTE)
    assert in_order([]) == ()


def test_rows_that_share_an_identity_have_references_of_their_own():
    assert [item.ref for item in desk(BLOCK, BLOCK, WARN, BLOCK)] == ["a1", "a1.2", "b2", "a1.3"]


def test_an_acknowledged_problem_is_done_until_that_is_recalled():
    row = replace(BLOCK, acknowledged_on="2025-07-02")
    assert desk(row)[0].state == DONE
    assert desk(row, states={"fb": OPEN})[0].state == DONE
    assert desk(row, states={"fa": OPEN})[0].state == OPEN


@pytest.mark.parametrize(("state", "left", "done"), [(OPEN, 3, 0), (SENT, 3, 0), (DONE, 2, 1)])
def test_what_was_sent_back_is_still_to_do_and_what_was_decided_is_not(state, left, done):
    items = desk(states={"fb": state})
    counts = count_problems(items, ProblemFilter(), corrected=0)
    assert (counts.by_severity.total(), counts.done) == (left, done)
    assert len(pick_problems(items, ProblemFilter())) == left
    assert len(pick_problems(items, ProblemFilter(state=DONE))) == done
    assert len(pick_problems(items, ProblemFilter(state="all"))) == 3


def test_corrected_problems_that_are_gone_count_as_done():
    assert count_problems(desk(), ProblemFilter(), corrected=4).done == 4


def test_a_key_that_says_more_than_a_code_still_finds_the_school():
    row = replace(BLOCK, smis_code="99020001 p1")
    (item,) = desk(row, districts={"99020001": "เมืองทดสอบ"})
    assert item.district == "เมืองทดสอบ"
    assert row.school == "99020001"


@pytest.mark.parametrize(
    ("key", "name", "named"),
    [
        ("99010888", None, True),
        ("LA-01/7", None, True),
        ("total", None, False),
        ("990101 primary", None, False),
        ("", None, False),
        ("99020001 p1", "บ้านเอ", True),
    ],
)
def test_only_a_school_or_a_code_is_named_as_one(key, name, named):
    assert replace(BLOCK, smis_code=key, school_name_th=name).names_school is named


def test_a_text_is_found_whatever_its_case_in_words_of_either_language():
    row = replace(WARN, message_th="ไม่พบหมู่บ้าน", message_en="The Village is unknown", value="๑๒")
    items = desk(row)
    for text in ("หมู่บ้าน", "the VILLAGE", "๑๒", "ก.CSV"):
        assert pick_problems(items, ProblemFilter(text=text)) == items
    assert pick_problems(items, ProblemFilter(text="12")) == ()


def test_every_kind_has_a_title_without_braces():
    for kind in FINDINGS:
        for language in ("th", "en"):
            title = kind_title(kind, language)
            assert title
            assert "{" not in title
    assert kind_title("of_an_older_version", "th") == "of_an_older_version"
