"""Marked copies: what was received, readable as before, with the faulty cells marked."""

import datetime
import math

import openpyxl
import pytest

from gisapp.core.problems import Acknowledgement, Problem
from gisapp.core.recognise import recognise
from gisapp.core.tables import Sheet
from gisapp.core.text import clean_text
from gisapp.errors import FileInUseError
from gisapp.settings import Settings
from gisapp.store.marked_copies import copy_name, write_marked_copies
from gisapp.store.sheets import read_sheets
from gisapp.store.tables import read_headings

HEAD = ["smis", "schoolname", "tambon", "amper", "lat", "lng"]
ROWS = [
    HEAD,
    ["07000001", "บ้านหนึ่ง", "ก", "เมือง", "98.2", "19.1"],
    ["07000002", "บ้านสอง", "ก", "เมือง", "19.2", "98.3"],
]


@pytest.fixture
def headings(tmp_path):
    (tmp_path / "office.toml").write_text(
        'area_code = "99010000"\nname_th = "ก"\nname_en = "K"\n', encoding="utf-8"
    )
    return read_headings(Settings.load(tmp_path))


@pytest.fixture
def register(headings):
    sheet = Sheet("ทะเบียน.csv", "", ROWS)
    [table], _ = recognise(sheet, headings)
    return table


def swapped(**facts):
    return Problem(
        "bad_code",
        file="ทะเบียน.csv",
        row=2,
        cell="E2",
        column="lat",
        key="07000001",
        value="98.2, 19.1",
        facts={
            "expected_th": "…",
            "expected_en": "…",
            "why_th": "จุดตกในตำบล",
            "why_en": "it falls inside",
            **facts,
        },
        proposal={"lat": "19.1", "lon": "98.2"},
    )


def written(tmp_path, sheets, problems, tables=(), **options):
    folder = tmp_path / "2568-1-problems"
    return write_marked_copies(folder, sheets, tables, problems, **options), folder


# --- values ------------------------------------------------------------------------------

VALUES = [
    0.1 + 0.2,
    17.982309999999998,
    1e22,
    5e-324,
    -0.5,
    12.0,
    True,
    False,
    "=1+1",
    "<r><t>a & b</r>",
    "@SUM(A1)",
    "007",
    "1.02E+09",
    "https://a.example/",
    " ขอบ ",
    "สอง\nบรรทัด",
    "\x0b\x01",
    "_x000B_",
    "สระอํา ๒๒๒",
    "x" * 32_767,
    datetime.date(2020, 1, 2),
    datetime.datetime(2020, 1, 2, 3, 4, 5),
    datetime.time(3, 4, 5),
    datetime.timedelta(hours=30),
    None,
]

#: What no workbook can hold, and the text that stands for it.
TEXTS = [
    (10**16 + 1, "10000000000000001"),
    (math.nan, "nan"),
    (math.inf, "inf"),
    (datetime.date(1850, 1, 1), "1850-01-01"),
    (datetime.timedelta(hours=-1), "-1 day, 23:00:00"),
    ("ก\ud800", "ก?"),
]


def read_back(tmp_path, rows, merged=()):
    sheet = Sheet("a.xlsx", "แผ่น", rows, merged)
    problem = Problem("bad_year", file="a.xlsx", sheet="แผ่น", row=1, value="x")
    _, folder = written(tmp_path, [sheet], [problem])
    [back] = read_sheets(folder / "a.xlsx", "")
    assert back.name == "แผ่น"
    return back


@pytest.mark.parametrize("merged", [(), ((0, 2, 0, 3),)], ids=["in order", "merged"])
def test_every_value_is_read_back_as_it_was_received(tmp_path, merged):
    back = read_back(tmp_path, [["first", "a", None, None]] + [[v] for v in VALUES], merged)
    assert [row[0] or None for row in back.rows[1:]] == [v or None for v in VALUES[:-1]]
    assert [type(row[0]) for row in back.rows[1:]] == [type(v) for v in VALUES[:-1]]


@pytest.mark.parametrize(("value", "text"), TEXTS)
def test_a_value_that_no_workbook_holds_becomes_text(tmp_path, value, text):
    assert read_back(tmp_path, [["first"], [value]]).rows[1][0] == text


def test_merged_ranges_stay_and_impossible_ones_are_left_out(tmp_path):
    rows = [["a", None, "hidden below"], [None, None, None], ["b", "c", "d"]]
    merged = ((0, 0, 1, 1), (0, 0, 1, 1), (1, 1, 2, 2), (2, 2, 2, 2), (2, 1, 9_999_999, 99_999))
    back = read_back(tmp_path, rows, merged)
    assert back.merged == ((0, 0, 1, 1), (2, 1, 2, 2))
    assert [[cell or None for cell in row] for row in back.rows] == rows


def test_a_cell_below_a_merged_one_keeps_what_it_hides(tmp_path):
    back = read_back(tmp_path, [["a", "unseen"], ["b", "c"]], ((0, 0, 0, 1),))
    assert back.rows[0] == ["a", "unseen"]


def test_codes_are_text_so_that_a_typed_one_keeps_its_zeros(tmp_path, headings):
    rows = [HEAD, [7000001.0, *ROWS[1][1:]], ROWS[2]]
    sheet = Sheet("ทะเบียน.xlsx", "s", rows)
    tables, _ = recognise(sheet, headings)
    problem = Problem("bad_code", file="ทะเบียน.xlsx", sheet="s", row=2, cell="A2", value="7000001")
    problem = Problem(**{**problem.__dict__, "facts": {"expected_th": "8", "expected_en": "8"}})
    _, folder = written(tmp_path, [sheet], [problem], tables)
    page = openpyxl.load_workbook(folder / "ทะเบียน.xlsx").active
    assert page["A2"].value == "7000001"
    assert page["A2"].number_format == page["A3"].number_format == "@"
    assert page.column_dimensions["A"].number_format == "@"
    assert page["E2"].number_format == "@", "text stays text"
    assert page.freeze_panes == "C2", "code and name stay in sight"


# --- marks -------------------------------------------------------------------------------


def test_both_coordinates_are_coloured_and_commented_with_the_proposed_value(tmp_path, register):
    links, folder = written(tmp_path, [register.sheet], [swapped()], [register])
    page = openpyxl.load_workbook(folder / "ทะเบียน.csv.xlsx").active
    marked = {cell.coordinate for row in page for cell in row if cell.comment}
    assert marked == {"E2", "F2"}
    assert page["E2"].fill.fgColor.rgb == "FFFEEBE6"
    assert page["E3"].fill.fill_type is None
    assert page["E2"].comment.author == "gisapp"
    text = page["E2"].comment.text
    assert swapped().message("th") in text
    assert swapped().advice("th") in text
    assert "ค่าที่เสนอ: 19.1 (เพราะ จุดตกในตำบล)" in text
    assert "ค่าที่เสนอ: 98.2" in page["F2"].comment.text
    assert links == {swapped().problem_id: "2568-1-problems/ทะเบียน.csv.xlsx#'ข้อมูล'!E2"}


def test_comments_speak_the_language_of_the_office(tmp_path, register):
    _, folder = written(tmp_path, [register.sheet], [swapped()], [register], language="en")
    text = openpyxl.load_workbook(folder / "ทะเบียน.csv.xlsx")["data"]["E2"].comment.text
    assert "Proposed: 19.1 (because it falls inside)" in text


def test_the_worst_problem_colours_a_cell_and_all_are_told(tmp_path, register):
    where = {"file": "ทะเบียน.csv", "row": 3, "cell": "B3"}
    doubt = Problem("bad_year", **where, value="25x5")
    block = Problem("unmatched_code", **where, facts={"pupils": 9}, key="07000002")
    _, folder = written(tmp_path, [register.sheet], [doubt, block, doubt], [register])
    cell = openpyxl.load_workbook(folder / "ทะเบียน.csv.xlsx").active["B3"]
    assert cell.fill.fgColor.rgb == "FFFEEBE6"
    first, second = cell.comment.text.split("\n\n")
    assert first.startswith(block.message("th"))
    assert second.startswith(doubt.message("th")), "said once, though found twice"


def test_a_comment_tells_four_problems_and_counts_the_others(tmp_path, register):
    found = [
        Problem("bad_year", file="ทะเบียน.csv", row=3, cell="B3", value=str(number))
        for number in range(7)
    ]
    _, folder = written(tmp_path, [register.sheet], found, [register])
    text = openpyxl.load_workbook(folder / "ทะเบียน.csv.xlsx").active["B3"].comment.text
    assert text.count("ควรทำ") == 4
    assert text.endswith("และอีก 3 เรื่อง")


def test_an_acknowledged_problem_is_blue_and_says_why(tmp_path, register):
    seen = Acknowledgement("", "", "ถามโรงเรียนแล้ว", "ก", datetime.date(2025, 6, 20))
    problem = Problem(**{**swapped().__dict__, "acknowledged": seen})
    _, folder = written(tmp_path, [register.sheet], [problem], [register])
    cell = openpyxl.load_workbook(folder / "ทะเบียน.csv.xlsx").active["E2"]
    assert cell.fill.fgColor.rgb == "FFE4F0FB"
    assert "รับทราบแล้ว: ถามโรงเรียนแล้ว" in cell.comment.text


# --- files -------------------------------------------------------------------------------


def test_a_copy_of_json_is_the_same_form_one_row_lower(tmp_path, headings):
    sheet = Sheet("dmc.json", "", ROWS, first_row=0)
    tables, _ = recognise(sheet, headings)
    problem = Problem("bad_year", file="dmc.json", row=2, cell="record 2", column="tambon")
    links, folder = written(tmp_path, [sheet], [problem], tables)
    assert list(links.values()) == ["2568-1-problems/dmc.json.xlsx#'ข้อมูล'!C3"]
    [back] = read_sheets(folder / "dmc.json.xlsx", "")
    [again], _ = recognise(back, headings)
    assert again.form == "register"
    assert again.frame.to_numpy().tolist() == tables[0].frame.to_numpy().tolist()


def test_the_population_file_comes_back_as_itself(tmp_path, headings):
    line = ["6612", "99", "ตัวอย่าง", *["7"] * 217]
    sheet = Sheet("stat.txt", "", [["dopa_220_fields", *[None] * 219], line, line], first_row=0)
    [table], _ = recognise(sheet, headings)
    problem = Problem("bad_year", file="stat.txt", row=2, cell="record 2", value="x")
    _, folder = written(tmp_path, [sheet], [problem], [table])
    [back] = read_sheets(folder / "stat.txt.xlsx", "")
    [again], _ = recognise(back, headings)
    assert again.form == table.form == "population_by_age"
    assert back.rows[1:] == [line, line]


def test_every_sheet_of_a_file_is_copied_and_hidden_ones_stay_hidden(tmp_path):
    sheets = [
        Sheet("a.xlsx", "ซ่อน", [["x"]], hidden=True),
        Sheet("a.xlsx", "ปก", [["รายงาน"]]),
        Sheet("a.xlsx", "ว่าง", []),
        Sheet("a.xlsx", "ข้อมูล", [["h"], ["1"]]),
    ]
    problem = Problem("bad_year", file="a.xlsx", sheet="ข้อมูล", row=2)
    _, folder = written(tmp_path, sheets, [problem])
    book = openpyxl.load_workbook(folder / "a.xlsx")
    assert book.sheetnames == ["ซ่อน", "ปก", "ว่าง", "ข้อมูล"]
    assert [page.sheet_state for page in book] == ["hidden", "visible", "visible", "visible"]
    assert book.active.title == "ปก"
    assert read_sheets(folder / "a.xlsx", "")[0].hidden


def test_sheet_names_that_excel_refuses_are_changed_and_stay_apart(tmp_path):
    names = ["a/b?", "A_B_", "ย" * 40, "ย" * 45, "'q'", ""]
    sheets = [Sheet("a.ods", name, [["h"], ["1"]]) for name in names]
    problem = Problem("bad_year", file="a.ods", sheet="'q'", row=2)
    links, folder = written(tmp_path, sheets, [problem])
    book = openpyxl.load_workbook(folder / "a.ods.xlsx")
    assert book.sheetnames == ["a_b_", "A_B_ 2", "ย" * 31, "ย" * 29 + " 2", "q", "ข้อมูล"]
    assert list(links.values()) == ["2568-1-problems/a.ods.xlsx#'q'!A2"]


@pytest.mark.parametrize(
    ("file", "copy"),
    [
        ("a.xlsx", "a.xlsx"),
        ("A.XLSX", "A.XLSX"),
        ("a.xlsm", "a.xlsm.xlsx"),
        ("a.csv", "a.csv.xlsx"),
        ("a#1 50%.ods", "a_1 50_.ods.xlsx"),
        ("ปี 68/ก.csv", "ปี 68_ก.csv.xlsx"),
    ],
)
def test_a_copy_is_named_after_its_file(file, copy):
    assert copy_name(file) == copy


def test_a_file_without_a_faulty_cell_and_one_of_an_earlier_round_get_no_copy(tmp_path, register):
    found = [
        Problem("no_boundaries"),
        Problem("empty_file", file="ทะเบียน.csv"),
        Problem("bad_year", file="2567-1/ทะเบียน.csv", row=2),
    ]
    links, folder = written(tmp_path, [register.sheet], found, [register])
    assert links == {}
    assert not folder.exists()


def test_copies_of_an_earlier_check_are_removed_and_other_things_are_left(tmp_path, register):
    _, folder = written(tmp_path, [register.sheet], [swapped()], [register])
    (folder / "~$ทะเบียน.csv.xlsx").touch()
    (folder / "จดไว้.txt").touch()
    write_marked_copies(folder, [register.sheet], [register], [])
    assert sorted(path.name for path in folder.iterdir()) == ["~$ทะเบียน.csv.xlsx", "จดไว้.txt"]
    (folder / "~$ทะเบียน.csv.xlsx").unlink()
    (folder / "จดไว้.txt").unlink()
    write_marked_copies(folder, [register.sheet], [register], [])
    assert not folder.exists()


def test_a_copy_that_cannot_be_removed_is_named(tmp_path, register):
    folder = tmp_path / "2568-1-problems"
    (folder / "old.xlsx").mkdir(parents=True)
    with pytest.raises(FileInUseError, match=r"old\.xlsx"):
        write_marked_copies(folder, [register.sheet], [register], [])


def test_a_text_too_long_for_any_workbook_gives_no_copy_rather_than_a_cut_one(tmp_path):
    sheet = Sheet("a.csv", "", [["h"], ["x" * 32_768]])
    links, folder = written(tmp_path, [sheet], [Problem("bad_year", file="a.csv", row=2)])
    assert links == {}
    assert not folder.exists()


def test_the_same_sheets_give_the_same_bytes(tmp_path, register):
    _, one = written(tmp_path / "a", [register.sheet], [swapped()], [register])
    _, two = written(tmp_path / "b", [register.sheet], [swapped()], [register])
    name = "ทะเบียน.csv.xlsx"
    assert (one / name).read_bytes() == (two / name).read_bytes()


def test_widths_follow_the_letters_that_take_room(tmp_path):
    thai = "ที่นี่มีน้ำ"
    sheet = Sheet("a.csv", "", [["h", "h", "h"], [thai, "x" * 99, "1"]])
    _, folder = written(tmp_path, [sheet], [Problem("bad_year", file="a.csv", row=2)])
    page = openpyxl.load_workbook(folder / "a.csv.xlsx").active
    widths = [page.column_dimensions[letter].width for letter in "ABC"]
    assert len(clean_text(thai)) > 10
    assert 7 <= widths[0] <= 8, "five letters, six signs above or below"
    assert 42 <= widths[1] <= 44
    assert 7 <= widths[2] <= 8
