"""Excerpts: the sheet's own cells around a problem."""

import dataclasses

import pytest

from gisapp.core import excerpts
from gisapp.core.excerpts import Excerpt, make_excerpts
from gisapp.core.forms import DOPA_HEADING
from gisapp.core.headings import make_headings
from gisapp.core.problems import Problem
from gisapp.core.recognise import recognise
from gisapp.core.tables import Sheet

HEAD = ("สถานะ", "รหัสโรงเรียน", "ชื่อโรงเรียน", "ตำบล", "อำเภอ", "หมู่", "ละติจูด", "ลองจิจูด")


def row(number, lat="19.1", lon="98.2"):
    return (number, f"9901000{number}", f"บ้าน {number}", "ก", "เมือง", number, lat, lon)


@pytest.fixture
def table(read_table):
    return read_table(HEAD, *(row(number) for number in range(1, 6)))


def cut(table, *problems):
    sheet = table.sheet
    return make_excerpts(problems, {(sheet.file, sheet.name): sheet}, [table])


def problem(**where):
    return Problem("bad_code", file="f.xlsx", sheet="s", **where)


def test_a_pair_of_coordinates_is_shown_with_code_and_name(table):
    [text] = cut(table, problem(row=4, cell="G4", value="19.1, 98.2"))
    shown = Excerpt.from_json(text)
    assert shown.columns == ("B", "C", "E", "F", "G", "H")
    assert [(r.number, r.header) for r in shown.rows] == [
        (1, True), (3, False), (4, False), (5, False),
    ]  # fmt: skip
    assert shown.rows[0].cells == ("รหัสโรงเรียน", "ชื่อโรงเรียน", "อำเภอ", "หมู่", "ละติจูด", "ลองจิจูด")
    assert shown.rows[2].cells == ("99010003", "บ้าน 3", "เมือง", "3", "19.1", "98.2")
    assert [r.marked for r in shown.rows if any(r.marked)] == [(False,) * 4 + (True, True)]


def test_the_first_row_has_none_before_it_and_the_last_none_after(table):
    first, last = (Excerpt.from_json(t) for t in cut(table, problem(row=2), problem(row=6)))
    assert [r.number for r in first.rows] == [1, 2, 3]
    assert [r.number for r in last.rows] == [1, 5, 6]


def test_a_whole_row_marks_its_code(table):
    [text] = cut(table, problem(row=3))
    shown = Excerpt.from_json(text)
    assert [r.number for r in shown.rows if any(r.marked)] == [3]
    assert shown.rows[2].marked[shown.columns.index("B")]


def test_a_whole_file_a_stranger_and_an_earlier_round_have_no_excerpt(table):
    other = dataclasses.replace(problem(row=3), file="2567-1/f.xlsx")
    assert cut(table, problem(), other, Problem("no_register")) == ["", "", ""]


def test_a_faulty_heading_is_marked_in_the_header(table):
    [text] = cut(table, problem(row=1, cell="D1"))
    shown = Excerpt.from_json(text)
    assert shown.rows[0].header
    assert shown.rows[0].marked == tuple(letter == "D" for letter in shown.columns)


def test_merged_headings_are_read_as_merging_means_them(headings):
    rows = [
        ["จำนวนนักเรียน", None, None, None, None],
        ["รหัสโรงเรียน", "ชื่อโรงเรียน", "ป.1", None, None],
        [None, None, "ชาย", "หญิง", "รวม"],
        ["99010001", "บ้านหนึ่ง", 3, 4, 9],
    ]
    merged = ((1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 1, 4))
    sheet = Sheet("f.xlsx", "ชั้น", rows, merged)
    tables, _ = recognise(sheet, headings)
    found = Problem("total_mismatch", file="f.xlsx", sheet="ชั้น", row=4, cell="E4")
    [text] = make_excerpts([found], {("f.xlsx", "ชั้น"): sheet}, tables)
    shown = Excerpt.from_json(text)
    assert [r.cells for r in shown.rows] == [
        ("", "", "ป.1", "ป.1", "ป.1"),
        ("รหัสโรงเรียน", "ชื่อโรงเรียน", "ชาย", "หญิง", "รวม"),
        ("99010001", "บ้านหนึ่ง", "3", "4", "9"),
    ]
    assert [r.number for r in shown.rows] == [2, 3, 4]


def test_records_of_json_have_numbers_but_no_letters(read_table):
    table = read_table(HEAD, row(1), row(2), file="f.json", first_row=0)
    found = Problem("bad_code", file="f.json", sheet="s", row=1, cell="record 1", column="ตำบล")
    shown = Excerpt.from_json(cut(table, found)[0])
    assert set(shown.columns) == {""}
    assert [r.number for r in shown.rows] == [0, 1, 2]
    assert [cell for cell, m in zip(shown.rows[1].cells, shown.rows[1].marked, strict=True) if m]


def test_an_excerpt_survives_its_text(table):
    [text] = cut(table, problem(row=3))
    assert "\n" not in text
    assert Excerpt.from_json(text).to_json() == text


def test_only_so_many_excerpts_are_cut(table, monkeypatch):
    monkeypatch.setattr(excerpts, "MOST_EXCERPTS", 2)
    texts = cut(table, problem(), problem(row=2), problem(row=3), problem(row=4))
    assert [bool(text) for text in texts] == [False, True, True, False]


def test_a_sheet_of_two_columns_is_shown_whole():
    sheet = Sheet("f.xlsx", "s", [["a", "b"], ["c", "d"]])
    [text] = make_excerpts([problem(row=2)], {("f.xlsx", "s"): sheet}, [])
    assert Excerpt.from_json(text).columns == ("A", "B")


def test_a_file_without_headings_shows_the_numbers_of_its_fields_and_no_invented_row():
    headings = make_headings(
        {"grades": [], "measures": [], "population_by_age": [(DOPA_HEADING, DOPA_HEADING)]}
    )
    lines = [[name, *([1, 1] * 108), 108, 108, 216] for name in ("จังหวัดก", "อำเภอข", "ตำบลค")]
    sheet = Sheet("stat_pop_6712.txt", "", [[DOPA_HEADING, *[None] * 219], *lines], first_row=0)
    tables, problems = recognise(sheet, headings)
    assert problems == []
    found = Problem("population_line_sum", file=sheet.file, row=1)
    shown = Excerpt.from_json(make_excerpts([found], {(sheet.file, ""): sheet}, tables)[0])
    assert shown.columns == ("1", "2", "3", "4", "5", "6")
    assert [(r.number, r.header) for r in shown.rows] == [(1, False), (2, False)]
    assert shown.rows[0].cells[0] == "จังหวัดก"
