"""Which cells of a sheet a problem is about."""

import dataclasses

import pytest

from gisapp.core.problems import Problem
from gisapp.core.sheet_layout import faulty_cells, lay_out
from gisapp.core.tables import Sheet

HEAD = ("รหัสโรงเรียน", "ชื่อโรงเรียน", "ตำบล", "ละติจูด", "ลองจิจูด")
ROW = ("99010001", "บ้านหนึ่ง", "ก", "98.2", "19.1")


@pytest.fixture
def layout(read_table):
    table = read_table(HEAD, ROW, (None, "บ้านสอง", "ข", "19.2", None))
    return lay_out([table.sheet], [table])[table.sheet.file, table.sheet.name]


def problem(**where):
    return Problem("bad_code", file="f.xlsx", **where)


def test_an_address_is_one_cell(layout):
    assert faulty_cells(layout, problem(row=2, cell="C2", value="ก")) == ((1, 2),)


def test_a_heading_and_a_row_are_one_cell(layout):
    assert faulty_cells(layout, problem(row=3, column="ตำบล")) == ((2, 2),)


def test_a_row_alone_is_its_code(layout):
    assert faulty_cells(layout, problem(row=3)) == ((2, 0),)


def test_a_row_without_a_column_of_codes_is_its_first_filled_cell():
    sheet = Sheet("f.xlsx", "", [[None, "x"], [None, "y"]])
    layout = lay_out([sheet], [])["f.xlsx", ""]
    assert faulty_cells(layout, problem(row=2)) == ((1, 1),)


def test_a_value_of_two_coordinates_is_both_cells(layout):
    found = problem(row=2, cell="D2", value="98.2, 19.1")
    assert faulty_cells(layout, found) == ((1, 3), (1, 4))


def test_a_pair_of_addresses_is_both_cells(layout):
    assert faulty_cells(layout, problem(row=2, cell="D2:E2")) == ((1, 3), (1, 4))
    assert faulty_cells(layout, problem(row=2, cell="D2, E2")) == ((1, 3), (1, 4))


def test_one_coordinate_that_is_blank_marks_both(layout):
    assert faulty_cells(layout, problem(row=3, cell="D3", value="19.2")) == ((2, 3), (2, 4))


def test_the_columns_of_a_proposal_are_faulty_too(layout):
    found = dataclasses.replace(
        problem(row=2, cell="A2"), proposal={"smis_code": "x", "subdistrict": "ค", "unknown": "?"}
    )
    assert faulty_cells(layout, found) == ((1, 0), (1, 2))


@pytest.mark.parametrize(
    "where",
    [
        {},
        {"row": 99},
        {"row": 0},
        {"row": 2, "cell": "ZZ2"},
        {"row": 99, "cell": "A99"},
        {"row": -5, "column": "ตำบล"},
    ],
)
def test_a_problem_of_the_whole_file_or_of_a_cell_that_is_not_there_marks_no_wrong_cell(
    layout, where
):
    found = faulty_cells(layout, problem(**where))
    assert set(found) <= {(1, 0)}, "at most the row that exists"
    assert where.get("row") == 2 or not found


def test_a_record_of_json_is_counted_from_its_keys(read_table):
    table = read_table(HEAD, ROW, file="f.json", first_row=0)
    layout = lay_out([table.sheet], [table])["f.json", "s"]
    found = problem(row=1, cell="record 1", column="ตำบล")
    assert faulty_cells(layout, found) == ((1, 2),)
    assert faulty_cells(layout, problem(row=1, cell="record 1")) == ((1, 0),)


def test_a_heading_that_is_none_of_ours_is_found_in_the_header():
    rows = [["รหัส", "แปลก"], ["1", "2"]]
    sheet = Sheet("f.json", "", rows, first_row=0)
    layout = dataclasses.replace(lay_out([sheet], [])["f.json", ""], header=(0, 0))
    assert faulty_cells(layout, problem(row=0, cell="record 0", column="แปลก")) == ((0, 1),)
    assert faulty_cells(layout, problem(row=0, cell="record 0", column="ไม่มี")) == ((0, 0),)


def test_a_range_as_large_as_a_sheet_is_cut(layout):
    found = faulty_cells(layout, problem(row=1, cell="A1:XFD1048576"))
    assert 0 < len(found) <= 60


def test_two_forms_on_one_sheet_share_one_layout(read_table):
    table = read_table(HEAD, ROW)
    other = dataclasses.replace(table, form="basic_info", places={"district": 2}, headings={})
    layout = lay_out([table.sheet], [table, other])[table.sheet.file, table.sheet.name]
    assert layout.columns["district"] == 2
    assert layout.columns["smis_code"] == 0
    assert layout.header == (0, 0)
    assert layout.code_columns == {0}
    assert layout.naming_columns == (0, 1)
