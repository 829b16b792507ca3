import pandas as pd
import pytest

from gisapp.core.gone import gone_schools

COLUMNS = ["smis_code", "school_name_th", "students", "status", "merged_into"]


def earlier(*rows):
    frame = pd.DataFrame(rows, columns=COLUMNS)
    return frame.astype({"students": "Int64"})


def test_a_school_that_no_sheet_names_any_more_is_told_with_its_pupils():
    before = earlier(("1", "ก", 12, None, None), ("2", "ข", 1500, None, None))
    (found,) = gone_schools({"1", "3"}, before, "2567-1")
    assert (found.kind, found.severity, found.key, found.pupils) == ("school_gone", "warn", "2", 0)
    for language in ("th", "en"):
        assert "2567-1" in found.message(language)
        assert "1,500" in found.message(language)


def test_unknown_pupils_of_a_gone_school_are_said_to_be_unknown():
    (found,) = gone_schools((), earlier(("1", None, None, None, None)), "2567-1")
    assert "pupils unknown" in found.message("en")


@pytest.mark.parametrize(
    ("status", "merged_into", "words"),
    [
        ("เลิกสถานศึกษา", None, "เลิกสถานศึกษา"),
        (None, "99020001", "99020001"),
        ("Closed", "", "Closed"),
    ],
)
def test_a_school_known_to_be_closed_or_merged_is_a_note(status, merged_into, words):
    (found,) = gone_schools((), earlier(("1", "ก", 0, status, merged_into)), "2567-1")
    assert (found.kind, found.severity) == ("closed_school_gone", "note")
    assert words in found.message("th")


def test_the_first_round_of_an_office_misses_nobody():
    assert gone_schools({"1"}, None, "") == []
    assert gone_schools((), earlier(), "2567-1") == []
