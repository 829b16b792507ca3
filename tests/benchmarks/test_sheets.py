"""Reading a large sheet and knowing its form, against pandas reading the same cells."""

import pandas as pd
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from gisapp.core.persons import person_columns
from gisapp.core.recognise import recognise
from gisapp.settings import Settings
from gisapp.store.sheets import read_sheets
from gisapp.store.tables import read_headings
from tests.office import ROUND, bare_office, wide_rows

ROWS = 30_000
#: Reading is shared; its guards, the search for persons and recognising cost half of it again.
ALLOWED = 1.5


@pytest.fixture(scope="module")
def sheet(tmp_path_factory):
    """The wide enrolment sheet with 30,000 schools, 63 columns."""
    folder = tmp_path_factory.mktemp("large")
    head = wide_rows()[:5]
    with xlsxwriter.Workbook(str(folder / "large.xlsx"), {"constant_memory": True}) as book:
        page = book.add_worksheet("จำนวนนักเรียน")
        for number, row in enumerate(head[:4]):
            page.write_row(number, 0, ["" if cell is None else cell for cell in row])
        for number in range(ROWS):
            page.write_row(number + 4, 0, [number, f"{10_000_000 + number}", f"บ้านที่ {number}"])
            page.write_row(number + 4, 3, head[4][3:])
    return folder / "large.xlsx"


@pytest.fixture(scope="module")
def headings(tmp_path_factory):
    office = bare_office(tmp_path_factory.mktemp("headings") / "office")
    return read_headings(Settings.load(office.folder))


def test_a_sheet_of_30000_schools_is_read_about_as_fast_as_pandas_reads_it(race, sheet, headings):
    def ours():
        (page,) = read_sheets(sheet, ROUND)
        assert not person_columns(page)
        (table,), _ = recognise(page, headings)
        return table

    def theirs():
        return pd.read_excel(sheet, engine="calamine", header=None, skiprows=4)

    assert ours().form == "enrolment"
    assert len(ours().frame) == len(theirs()) == ROWS
    ratio = race(
        "30,000 rows × 63 columns read, guarded and recognised",
        ("gisapp", ours),
        ("pandas.read_excel", theirs),
        rounds=3,
    )
    assert ratio <= ALLOWED


def test_the_checks_of_30000_rows_cost_less_than_half_of_reading_them(race, sheet):
    def ours():
        (page,) = read_sheets(sheet, ROUND)
        assert not person_columns(page)
        return page.rows

    def theirs():
        return CalamineWorkbook.from_path(str(sheet)).get_sheet_by_index(0).to_python()

    assert len(ours()) == len(theirs()) == ROWS + 4
    ratio = race(
        "30,000 rows × 63 columns read and checked",
        ("gisapp", ours),
        ("calamine alone", theirs),
    )
    assert ratio <= ALLOWED
