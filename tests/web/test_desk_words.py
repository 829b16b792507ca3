"""Words of the problem desk: no fact gets lost between the list and the detail."""

import pytest

from gisapp.core.findings import FINDINGS
from gisapp.core.problem_filter import ProblemRow
from gisapp.core.problems import Problem
from gisapp.settings import Settings
from gisapp.web import create_app
from gisapp.web.desk import words as desk_words
from tests.office import small_office

FACTS = {
    "line": 2,
    "name": "อำเภอเมืองตัวอย่าง",
    "what_th": "รวม",
    "what_en": "all",
    "stated": "52,903",
    "made": "52,893",
    "apart": "10",
}


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    office = small_office(tmp_path_factory.mktemp("words") / "office")
    return create_app(Settings.load(office.folder), office_pages=True)


class Any(dict):
    """Words for every sentence, long enough that it does not fit two lines."""

    def __missing__(self, name):
        return f"[{name} {'x' * 30}]"


def row_of(kind, message_th, message_en, proposal=None):
    return ProblemRow(
        "1", kind, "warn", message_th=message_th, message_en=message_en, proposal=proposal
    )


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("proposal", [None, "{}"])
@pytest.mark.parametrize("kind", FINDINGS)
def test_headline_and_remainder_are_the_whole_message(app, kind, proposal, language):
    finding = FINDINGS[kind]
    row = row_of(kind, finding.th.format_map(Any()), finding.en.format_map(Any()), proposal)
    with app.test_request_context(f"/check?lang={language}"):
        head, rest = desk_words.headline(row), desk_words.remainder(row)
        assert (f"{head}: {rest}" if rest else head) == desk_words.message(row)
        assert len(head) > 10


@pytest.mark.parametrize(("language", "fact"), [("th", "52,903"), ("en", "52,903")])
def test_the_line_of_a_file_is_no_headline_without_the_fact(app, language, fact):
    found = Problem("population_line_sum", facts=FACTS)
    row = row_of(found.kind, found.message("th"), found.message("en"))
    with app.test_request_context(f"/check?lang={language}"):
        assert fact in desk_words.headline(row)


def test_a_sentence_that_names_the_fault_before_its_colon_is_cut_there(app):
    facts = {"found": ", ".join(["เมนูอาหารกลางวัน"] * 6)}
    found = Problem("unknown_form", facts=facts)
    row = row_of(found.kind, found.message("th"), found.message("en"))
    with app.test_request_context("/check"):
        assert desk_words.headline(row) == "ไม่รู้จักแบบฟอร์มนี้ หัวตารางที่พบ"
        assert desk_words.remainder(row) == facts["found"]


@pytest.mark.parametrize(
    ("kind", "value", "language", "shown"),
    [
        ("school_outside_zone", "pre_primary primary", "th", "ก่อนประถมศึกษา · ประถมศึกษา"),
        ("school_outside_zone", "primary", "en", "Primary"),
        ("zone_share_sum", "1.2", "th", "1.2"),
        ("unmatched_code", "primary", "th", "primary"),  # as the sheet has it
        ("children_moved", None, "th", ""),
    ],
)
def test_levels_in_the_column_of_values_are_words(app, kind, value, language, shown):
    with app.test_request_context(f"/?lang={language}"):
        assert desk_words.value_word(ProblemRow("1", kind, "warn", value=value)) == shown
