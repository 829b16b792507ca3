import datetime
from dataclasses import replace

import pytest

from gisapp.core.corrections import (
    Correction,
    Decided,
    accepted_places,
    apply_corrections,
    corrected_columns,
    proposed_lines,
    with_received,
)
from gisapp.core.counts import cell_problem

HEADER = ["รหัสโรงเรียน", "ชื่อโรงเรียน", "ตำบล", "ละติจูด", "ลองจิจูด"]
ROWS = [
    ["58010001", "บ้านหนึ่ง", "ปางหมู", "98.10", "19.30"],
    ["58010002", "บ้านสอง", "ปางหมู", "19.31", "98.11"],
]
ON = datetime.date(2025, 6, 20)


def line(code, column, old, new, **more):
    return Correction("", code, column, old, new, "ถามแล้ว", "เจ้าหน้าที่ ก", ON, 2, **more)


@pytest.fixture
def register(read_table):
    return read_table(HEADER, *ROWS, file="register.xlsx", form="register")


def cells(tables, column):
    return list(tables[0].frame[column])


def test_a_line_changes_exactly_its_cell(register):
    (tables, applied), problems = apply_corrections(
        [register], [line("58010001", "lat", "98.10", "19.30")]
    )
    assert cells(tables, "lat") == ["19.30", "19.31"]
    assert cells([register], "lat") == ["98.10", "19.31"]  # what was received stays
    assert problems == []
    assert applied.iloc[0].to_dict() == {
        "problem_id": "",
        "smis_code": "58010001",
        "file": "register.xlsx",
        "sheet": "s",
        "cell": "D2",
        "column": "lat",
        "old_value": "98.10",
        "new_value": "19.30",
        "reason": "ถามแล้ว",
        "corrected_by": "เจ้าหน้าที่ ก",
        "corrected_on": "2025-06-20",
    }


def test_a_heading_as_written_names_the_column_too(register):
    (tables, _), problems = apply_corrections(
        [register], [line("58010001", " ละติจูด", "98.10", "19.30")]
    )
    assert cells(tables, "lat")[0] == "19.30"
    assert problems == []


@pytest.mark.parametrize(
    ("correction", "kind"),
    [
        (line("58010001", "lat", "97.00", "19.30"), "correction_stale"),
        (line("58010002", "lat", "98.11", "19.31"), "correction_done"),
        (line("58019999", "lat", "98.10", "19.30"), "correction_unmatched"),
        (line("58010001", "วงรี", "98.10", "19.30"), "correction_unmatched"),
        (line("58010001", "lat", "98.10", "19.30", file="other.xlsx"), "correction_unmatched"),
        (line("58010001", "lat", "98.10", "19.30", cell="D3"), "correction_unmatched"),
    ],
)
def test_a_line_that_does_not_fit_changes_nothing_and_says_why(register, correction, kind):
    (tables, applied), problems = apply_corrections([register], [correction])
    assert cells(tables, "lat") == ["98.10", "19.31"]
    assert len(applied) == 0
    assert [problem.kind for problem in problems] == [kind]
    assert problems[0].message("th") and problems[0].message("en")


def test_of_two_cells_that_fit_none_is_changed_until_the_cell_is_named(read_table):
    table = read_table(HEADER, ROWS[0], ROWS[0], file="register.xlsx", form="register")
    wanted = line("58010001", "lat", "98.10", "19.30")
    (tables, _), problems = apply_corrections([table], [wanted])
    assert cells(tables, "lat") == ["98.10", "98.10"]
    assert [problem.kind for problem in problems] == ["correction_ambiguous"]
    named = line("58010001", "lat", "98.10", "19.30", file="register.xlsx", cell="D3")
    (tables, _), problems = apply_corrections([table], [named])
    assert cells(tables, "lat") == ["98.10", "19.30"]
    assert problems == []


def test_a_later_line_sees_what_an_earlier_one_changed(register):
    lines = [line("58010001", "lat", "98.10", "19.30"), line("58010001", "lat", "19.30", "19.35")]
    (tables, applied), problems = apply_corrections([register], lines)
    assert cells(tables, "lat")[0] == "19.35"
    assert (len(applied), problems) == (2, [])


def test_a_line_that_leaves_the_value_confirms_it(register):
    (tables, applied), problems = apply_corrections(
        [register], [line("58010002", "lat", "19.31", "19.31")]
    )
    assert cells(tables, "lat")[1] == "19.31"
    assert accepted_places(applied) == {"58010002"}
    assert problems == []


def test_coordinates_can_be_given_to_a_school_whose_sheet_has_no_column_for_them(read_table):
    table = read_table(
        ["รหัสโรงเรียน", "ชื่อโรงเรียน", "ตำบล"],
        ["58010001", "บ้านหนึ่ง", "ปางหมู"],
        form="basic_info",
    )
    lines = [line("58010001", "lat", "", "19.30"), line("58010001", "lon", "", "98.10")]
    (tables, applied), problems = apply_corrections([table], lines)
    assert (cells(tables, "lat"), cells(tables, "lon")) == (["19.30"], ["98.10"])
    assert (list(applied["cell"]), problems) == (["", ""], [])


def test_columns_put_right_are_named_once_per_school(register):
    lines = [
        line("58010001", "lat", "98.10", "19.30"),
        line("58010001", "lon", "19.30", "98.10"),
        line("58010001", "lat", "19.30", "19.31"),
    ]
    (_, applied), _ = apply_corrections([register], lines)
    assert corrected_columns(applied).to_dict() == {"58010001": "lat,lon"}
    assert len(corrected_columns(applied.iloc[:0])) == 0


def test_nothing_to_correct_leaves_the_very_tables(register):
    (tables, applied), problems = apply_corrections([register], [])
    assert tables == [register]
    assert (len(applied), problems) == (0, [])


def test_a_proposal_becomes_one_line_a_cell_and_then_applies(register):
    found = cell_problem("swapped_coordinates", register, 1, "lat", key="58010001")
    proposed = [replace(found, proposal={"lat": "19.30", "lon": "98.10"})]
    (known,) = with_received(proposed, [register])
    assert known.received == {"lat": "98.10", "lon": "19.30"}
    changes = {name: (known.received[name], new) for name, new in known.proposal.items()}
    lines = proposed_lines(
        known.problem_id, known.key, known.file, changes, Decided("ใช่", "เจ้าหน้าที่ ก", ON)
    )
    (tables, applied), problems = apply_corrections([register], lines)
    assert (cells(tables, "lat")[0], cells(tables, "lon")[0]) == ("19.30", "98.10")
    assert list(applied["problem_id"]) == [known.problem_id] * 2
    assert problems == []
