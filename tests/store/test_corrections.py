"""corrections.csv as Excel and people leave it: separators, and texts that look like formulas."""

import csv
import datetime
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gisapp.core.corrections import Correction
from gisapp.core.rounds import Round
from gisapp.settings import Settings
from gisapp.store.corrections import add_corrections, corrections_file, read_corrections
from tests.office import ROUND, bare_office, write_text

HEAD = ["problem_id", "smis_code", "column", "old_value", "new_value", "reason", "by", "on"]
LINE = ["", "99020001", "schoolname", "ก", "ข", "ถามแล้ว", "เจ้าหน้าที่ ก", "2568-06-20"]


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    return Settings.load(bare_office(tmp_path_factory.mktemp("office") / "o").folder)


def line(old="ก", new="ข", reason="ถามแล้ว"):
    return Correction(
        "", "99020001", "schoolname", old, new, reason, "ก", datetime.date(2025, 6, 20), 0
    )


def put(settings, *lines):
    """Write lines anew and read them back."""
    corrections_file(settings, Round.parse(ROUND)).unlink(missing_ok=True)
    add_corrections(settings, Round.parse(ROUND), lines)
    return read_corrections(settings, Round.parse(ROUND))


def cells(settings):
    """Cells of the file as a spreadsheet would open them, below the header."""
    text = corrections_file(settings, Round.parse(ROUND)).read_text(encoding="utf-8-sig")
    return [cell for row in list(csv.reader(io.StringIO(text)))[1:] for cell in row]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp874"])
def test_whatever_separator_excel_saved_with_is_understood(settings, separator, encoding):
    path = corrections_file(settings, Round.parse(ROUND))
    write_text(path, [HEAD, LINE], encoding=encoding, delimiter=separator)
    (read,) = read_corrections(settings, Round.parse(ROUND))
    assert (read.smis_code, read.old_value, read.new_value) == ("99020001", "ก", "ข")
    assert read.on == datetime.date(2025, 6, 20)


def test_a_line_added_to_a_file_with_semicolons_loses_none_of_the_others(settings):
    path = corrections_file(settings, Round.parse(ROUND))
    write_text(path, [HEAD, LINE], delimiter=";")
    add_corrections(settings, Round.parse(ROUND), [line(new="ค")])
    read = read_corrections(settings, Round.parse(ROUND))
    assert [each.new_value for each in read] == ["ข", "ค"]


DANGEROUS = [
    '=HYPERLINK("http://example.org";"x")',
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "-1e5",
    "+66 81 234",
    "=",
]


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_spreadsheet_runs_a_text_of_a_school_and_it_is_read_back_as_it_was(settings, text):
    (read,) = put(settings, line(old=text, new=text, reason=text))
    assert (read.old_value, read.new_value, read.reason) == (text, text, text)
    assert not [cell for cell in cells(settings) if cell.startswith(("=", "+", "-", "@", "\t"))]


@pytest.mark.parametrize("text", ["-5", "+7", "-0.25", "-1,234", "19.05", "-"])
def test_numbers_and_dashes_stay_as_they_are(settings, text):
    (read,) = put(settings, line(old=text))
    assert read.old_value == text
    assert text in cells(settings)


@given(st.text(st.sampled_from("'=+-@1กx,;\" \t"), max_size=6).map(str.strip))
def test_any_text_comes_back_and_no_cell_begins_a_formula(settings, text):
    (read,) = put(settings, line(old=text))
    assert read.old_value == text
    written = cells(settings)[3]
    assert not written.startswith(("=", "@", "\t"))
    (again,) = put(settings, read)
    assert again.old_value == text
