"""A school's own file: its rows alone go out, what it changes comes back as corrections."""

import dataclasses
import datetime

import openpyxl
import pandas as pd
import pytest

from gisapp.core.areas import AreaNames
from gisapp.core.marks import remark_to_school
from gisapp.core.problems import Problem
from gisapp.core.recognise import recognise
from gisapp.core.school_keys import KeyBook, give_keys
from gisapp.core.school_rows import part_by_school
from gisapp.core.tables import Sheet
from gisapp.errors import PersonDataError, UnreadableFileError
from gisapp.settings import Settings
from gisapp.store.mended_files import REASON, read_mended
from gisapp.store.school_files import Office, write_school_file, write_school_files
from gisapp.store.tables import read_headings
from tests.office import subdistrict_squares

ONE, TWO = "07000001", "07000002"
REGISTER = [
    ["ทะเบียน", None, None, None, None, None, None],
    ["smis", "schoolname", "tambon", "amper", "lat", "lng", "แปลก"],
    [ONE, "บ้านหนึ่ง", "ก", "เมือง", "98.2", "19.1", "p"],
    [TWO, "บ้านสอง", "ก", "เมือง", "19.2", "98.3", "q"],
]
LONG = [
    ["รหัสโรงเรียน", "ชั้น", "ชาย", "หญิง"],
    [TWO, "ป.1", 5, 6],
    [ONE, "ป.1", 1, "สอง"],
    [ONE, "ป.2", 3, 4],
    [None, "ป.3", 7, 8],
]
SCHOOLS = pd.DataFrame(
    {
        "smis_code": [ONE, TWO],
        "ministry_code": [None, None],
        "percode": [None, None],
        "school_name_th": ["บ้านหนึ่ง", "บ้านสอง"],
    }
)
OFFICE = Office("สพป.ทดสอบ", "2568-1")
ON = datetime.date(2025, 6, 20)


@pytest.fixture
def headings(tmp_path):
    (tmp_path / "office.toml").write_text(
        'area_code = "99010000"\nname_th = "ก"\nname_en = "K"\n', encoding="utf-8"
    )
    return read_headings(Settings.load(tmp_path))


PLACE = Problem(
    "swapped_coordinates",
    file="ทะเบียน.xlsx",
    sheet="ข้อมูล",
    row=3,
    cell="E3",
    key=ONE,
    value="98.2, 19.1",
    facts=dict.fromkeys(("proposal", "where_th", "where_en", "stand_th", "stand_en"), "…"),
    proposal={"lat": "19.1", "lon": "98.2"},
)
WORD = Problem(
    "not_a_number",
    file="นักเรียน.csv",
    row=3,
    cell="D3",
    column="หญิง",
    key=f"{ONE} ป.1",
    value="สอง",
)
DOUBT = Problem("not_a_number", file="นักเรียน.csv", row=2, cell="C2", key=TWO, value="?")
OFFICES = Problem(
    "no_enrolment", file="ทะเบียน.xlsx", sheet="ข้อมูล", row=3, cell="A3", key=ONE, value=ONE
)
NOBODY = Problem("bad_year", file="นักเรียน.csv", row=5, cell="B5", key=ONE, value="?")


def parted(headings, *problems, register=REGISTER, long=LONG):
    sheets = [Sheet("ทะเบียน.xlsx", "ข้อมูล", register), Sheet("นักเรียน.csv", "", long)]
    tables = [table for sheet in sheets for table in recognise(sheet, headings)[0]]
    told = [remark for p in problems if (remark := remark_to_school(p))]
    return part_by_school(sheets, tables, told, SCHOOLS)


@pytest.fixture
def sent(tmp_path, headings):
    """A file that was sent to school one."""
    path = tmp_path / f"{ONE}.xlsx"
    write_school_file(path, ONE, parted(headings, PLACE, WORD), OFFICE)
    return path


def typed(path, **cells):
    """Type values into cells, ``ข้อมูล_E3=…``, as a person at the school would."""
    book = openpyxl.load_workbook(path)
    for place, value in cells.items():
        sheet, _, cell = place.rpartition("_")
        book[sheet][cell].value = value
    book.save(path)


def mended(path, parts):
    return read_mended(path, parts, "2568-1", "เจ้าหน้าที่ ก", ON)


# --- what goes out -----------------------------------------------------------------------


def test_a_school_gets_its_problems_its_rows_and_nobody_elses(sent):
    book = openpyxl.load_workbook(sent)
    assert book.sheetnames == ["เรื่องที่พบ", "ข้อมูล", "ข้อมูล 2", "gisapp"]
    assert [page.sheet_state for page in book] == [*["visible"] * 3, "veryHidden"]
    values = {cell.value for page in book for row in page.iter_rows() for cell in row}
    assert {ONE, "บ้านหนึ่ง", "สอง", PLACE.message("th"), WORD.advice("th")} <= values
    assert not values & {TWO, "บ้านสอง", "19.2", "q", 5, 7}
    rows = [[cell.value for cell in row] for row in book["ข้อมูล 2"].iter_rows()]
    assert rows == [[*LONG[0], "แถวเดิม"], [*LONG[2], 3], [*LONG[3], 4]]
    assert book["ข้อมูล 2"].column_dimensions["E"].hidden


def test_its_faulty_cells_are_marked_and_the_list_leads_to_them(sent):
    book = openpyxl.load_workbook(sent)
    marked = {
        (page.title, cell.coordinate)
        for page in book
        for row in page.iter_rows()
        for cell in row
        if cell.comment
    }
    assert marked == {("ข้อมูล", "E3"), ("ข้อมูล", "F3"), ("ข้อมูล 2", "D2")}
    links = [row[5].hyperlink.location for row in book["เรื่องที่พบ"].iter_rows(min_row=5)]
    assert links == ["'ข้อมูล'!E3", "'ข้อมูล 2'!D2"]


def test_a_row_without_a_code_goes_to_the_school_that_its_problem_names(headings):
    rows = parted(headings, NOBODY).rows[ONE]
    assert rows["นักเรียน.csv", ""] == [2, 3, 4]
    assert parted(headings).rows[ONE]["นักเรียน.csv", ""] == [2, 3]


def test_a_problem_of_one_school_on_the_row_of_another_does_not_hand_it_over(headings):
    wrong = Problem("bad_year", file="นักเรียน.csv", row=2, cell="B2", key=ONE, value="?")
    assert parted(headings, wrong).rows[ONE]["นักเรียน.csv", ""] == [2, 3]


def test_files_are_written_for_schools_with_more_than_notes(tmp_path, headings):
    note = Problem("no_buildings", key=TWO)
    stranger = Problem(
        "not_a_number", file="นักเรียน.csv", row=5, cell="C5", key="07000009", value="?"
    )
    folder = tmp_path / "schools"
    folder.mkdir()
    (folder / "07000005.xlsx").touch()
    paths = write_school_files(folder, parted(headings, PLACE, note, stranger), OFFICE)
    assert [path.name for path in paths] == [f"{ONE}.xlsx"]
    assert [path.name for path in folder.iterdir()] == [f"{ONE}.xlsx"]
    nowhere = Problem("no_coordinates", key=ONE, facts={"stand_th": "", "stand_en": ""})
    paths = write_school_files(folder, parted(headings, DOUBT, OFFICES, nowhere), OFFICE)
    assert [path.name for path in folder.iterdir()] == [f"{TWO}.xlsx"] == [paths[0].name]


def test_what_only_the_office_can_mend_does_not_stand_in_a_school_file(tmp_path, headings):
    path = tmp_path / "x.xlsx"
    write_school_file(path, ONE, parted(headings, OFFICES, WORD), OFFICE)
    page = openpyxl.load_workbook(path)["เรื่องที่พบ"]
    assert [row[1].value for row in page.iter_rows(min_row=5)] == [WORD.message("th")]


def test_a_row_that_bears_another_schools_name_is_sent_to_nobody(headings):
    register = [*REGISTER, [ONE, "โรงเรียนบ้านสอง", "ก", "เมือง", "1", "2", "r"]]
    there = Problem("no_subdistrict", file="ทะเบียน.xlsx", sheet="ข้อมูล", row=5, cell="C5", key=ONE)
    parts = parted(headings, there, register=register)
    assert parts.rows[ONE]["ทะเบียน.xlsx", "ข้อมูล"] == [2]
    assert parts.rows[TWO]["ทะเบียน.xlsx", "ข้อมูล"] == [3]
    assert ONE not in parts.remarks


def test_a_sheet_of_an_earlier_round_is_sent_where_something_is_wrong_in_it(tmp_path, headings):
    sheets = [
        Sheet("2567-1/ทะเบียน.xlsx", "ข้อมูล", REGISTER),
        Sheet("2567-1/นักเรียน.csv", "", LONG),
    ]
    tables = [table for sheet in sheets for table in recognise(sheet, headings)[0]]
    there = dataclasses.replace(PLACE, file="2567-1/ทะเบียน.xlsx")
    parts = part_by_school(sheets, tables, [remark_to_school(there)], SCHOOLS)
    path = tmp_path / f"{ONE}.xlsx"
    assert write_school_files(tmp_path, parts, OFFICE) == [path]
    assert openpyxl.load_workbook(path).sheetnames == ["เรื่องที่พบ", "ข้อมูล", "gisapp"]
    typed(path, ข้อมูล_E3=19.1)
    [line] = mended(path, parts).corrections
    assert (line.file, line.cell) == ("2567-1/ทะเบียน.xlsx", "E3")


def test_a_school_file_speaks_english_where_the_office_does(tmp_path, headings):
    path = tmp_path / "x.xlsx"
    office = Office("Office", "2568-1", "en")
    write_school_file(path, ONE, parted(headings, PLACE), office)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames[0] == "Problems"
    assert book["Problems"]["A4"].value == "Level"


def test_hidden_sheets_and_sheets_of_no_form_are_not_sent(headings):
    sheets = [
        Sheet("a.xlsx", "ลับ", REGISTER, hidden=True),
        Sheet("a.xlsx", "ปก", [["ปก", ONE]]),
    ]
    tables = recognise(sheets[0], headings)[0]
    assert part_by_school(sheets, tables, [], SCHOOLS).rows == {}


# --- what comes back ---------------------------------------------------------------------


def test_a_file_that_nobody_changed_corrects_nothing(sent, headings):
    back = mended(sent, parted(headings, PLACE, WORD))
    assert back.school == ONE
    assert (back.corrections, back.unplaced) == ((), ())


def test_each_changed_cell_becomes_a_correction_of_its_problem(sent, headings):
    typed(sent, **{"ข้อมูล_E3": 19.1, "ข้อมูล_F3": "98.2", "ข้อมูล 2_D2": 2, "ข้อมูล 2_C3": "๓"})
    back = mended(sent, parted(headings, PLACE, WORD))
    lines = [
        (c.problem_id, c.smis_code, c.column, c.old_value, c.new_value, c.file, c.cell)
        for c in back.corrections
    ]
    assert lines == [
        (PLACE.problem_id, ONE, "lat", "98.2", "19.1", "ทะเบียน.xlsx", "E3"),
        (PLACE.problem_id, ONE, "lon", "19.1", "98.2", "ทะเบียน.xlsx", "F3"),
        (WORD.problem_id, ONE, "female", "สอง", "2", "นักเรียน.csv", "D3"),
    ]
    assert {(c.reason, c.by, c.on) for c in back.corrections} == {(REASON, "เจ้าหน้าที่ ก", ON)}
    assert back.unplaced == ()


def test_rows_may_be_sorted_and_are_found_by_their_number(sent, headings):
    book = openpyxl.load_workbook(sent)
    page = book["ข้อมูล 2"]
    first, second = ([cell.value for cell in page[line]] for line in (2, 3))
    for column, (one, other) in enumerate(zip(first, second, strict=True), start=1):
        page.cell(2, column).value, page.cell(3, column).value = other, one
    page["C2"].value = 30
    book.save(sent)
    [line] = mended(sent, parted(headings)).corrections
    assert (line.cell, line.old_value, line.new_value) == ("C4", "3", "30")


def test_a_new_row_a_removed_row_and_a_column_of_no_form_are_told_and_not_taken(sent, headings):
    book = openpyxl.load_workbook(sent)
    book["ข้อมูล"]["G3"].value = "r"
    page = book["ข้อมูล 2"]
    for column, value in enumerate((ONE, "ป.3", 9, 9, None), start=1):
        page.cell(3, column).value = value
    book.save(sent)
    back = mended(sent, parted(headings))
    assert back.corrections == ()
    assert [(u.page, u.cell, u.old, u.new) for u in back.unplaced] == [
        ("ข้อมูล", "G3", "p", "r"),
        ("ข้อมูล 2", "3", "", f"{ONE} ป.3 9 9"),
        ("ข้อมูล 2", "4", f"{ONE} ป.2 3 4", ""),
    ]
    assert {u.file for u in back.unplaced[1:]} == {"นักเรียน.csv"}
    assert "ลบ" in back.unplaced[2].th
    assert "delete" in back.unplaced[2].en


@pytest.mark.parametrize("cell", ["ข้อมูล_A3", "ข้อมูล 2_A2"])
def test_a_school_cannot_make_its_row_another_schools(sent, headings, cell):
    typed(sent, **{cell: TWO, "ข้อมูล 2_D2": 2})
    back = mended(sent, parted(headings))
    assert [line.new_value for line in back.corrections] == ["2"]
    [refused] = back.unplaced
    assert (refused.old, refused.new) == (ONE, TWO)
    assert "รหัส" in refused.th


def test_the_name_that_a_key_was_accepted_for_is_not_taken_from_a_school(tmp_path, headings):
    rows = [
        ["ที่", "ชื่อโรงเรียน", "ตำบล", "อำเภอ", "จังหวัด", "ละติจูด", "ลองจิจูด"],
        [1, "บ้านหนึ่ง", "ก", "เมือง", "ข", None, None],
    ]
    sheet = Sheet("รายชื่อ.xlsx", "ข้อมูล", rows)
    [table] = recognise(sheet, headings)[0]
    book = KeyBook(AreaNames.of(subdistrict_squares(), {}), {})
    [table] = give_keys([table], book)
    table.frame.loc[1, "smis_code"] = ONE  # as an accepted line of school_keys.csv leaves it
    place = Problem(
        "no_coordinates",
        file=sheet.file,
        sheet=sheet.name,
        row=2,
        cell="F2",
        key=ONE,
        facts={"stand_th": "", "stand_en": ""},
    )
    parts = part_by_school([sheet], [table], [remark_to_school(place)], SCHOOLS)
    path = tmp_path / "x.xlsx"
    write_school_file(path, ONE, parts, OFFICE)
    typed(path, ข้อมูล_B2="บ้านสอง", ข้อมูล_C2="ค", ข้อมูล_F2="19.1")
    back = mended(path, parts)
    assert [(line.column, line.new_value) for line in back.corrections] == [("lat", "19.1")]
    assert [(u.cell, u.new) for u in back.unplaced] == [("B2", "บ้านสอง"), ("C2", "ค")]


@pytest.mark.parametrize(
    "failed", ["#VALUE!", "#REF!", "#N/A", "#DIV/0!", "#NAME?", "#NUM!", "#SPILL!", "Err:502"]
)
def test_the_word_that_a_failed_formula_leaves_is_not_taken(sent, headings, failed):
    typed(sent, **{"ข้อมูล 2_D2": failed})
    back = mended(sent, parted(headings, WORD))
    assert back.corrections == ()
    [refused] = back.unplaced
    assert (refused.cell, refused.old) == ("D3", "สอง")
    assert "สูตร" in refused.th
    assert "formula" in refused.en


def test_a_text_that_only_begins_like_a_failed_formula_is_taken(sent, headings):
    typed(sent, **{"ข้อมูล_C3": "#1 ก"})
    [line] = mended(sent, parted(headings)).corrections
    assert line.new_value == "#1 ก"


def test_a_cell_that_was_corrected_already_is_not_corrected_again(sent, headings):
    typed(sent, **{"ข้อมูล_E3": "19.1"})
    parts = parted(headings, PLACE)
    [table] = parts.tables["ทะเบียน.xlsx", "ข้อมูล"]
    table.frame.at[2, "lat"] = "19.1"  # as a line of corrections.csv leaves it
    assert mended(sent, parts).corrections == ()


def test_a_cleared_cell_is_a_correction_to_nothing(sent, headings):
    typed(sent, **{"ข้อมูล 2_D2": None})
    [line] = mended(sent, parted(headings)).corrections
    assert (line.old_value, line.new_value) == ("สอง", "")


def test_a_changed_header_is_refused(sent, headings):
    typed(sent, **{"ข้อมูล_E2": "ละติจูด"})
    with pytest.raises(UnreadableFileError, match="header"):
        mended(sent, parted(headings))


def test_an_inserted_column_is_refused(sent, headings):
    book = openpyxl.load_workbook(sent)
    book["ข้อมูล"].insert_cols(3)
    book.save(sent)
    with pytest.raises(UnreadableFileError, match="header"):
        mended(sent, parted(headings))


def test_a_file_is_refused_when_the_schools_rows_have_changed_since(sent, headings):
    changed = [list(row) for row in LONG]
    changed[3][2] = 33
    with pytest.raises(UnreadableFileError, match="changed since"):
        mended(sent, parted(headings, long=changed))


def test_a_change_of_another_school_does_not_matter(sent, headings):
    changed = [list(row) for row in LONG]
    changed[1][2] = 55
    typed(sent, **{"ข้อมูล 2_D2": 2})
    assert len(mended(sent, parted(headings, long=changed)).corrections) == 1


def test_another_workbook_another_round_and_a_lost_sheet_are_refused(sent, headings, tmp_path):
    other = tmp_path / "other.xlsx"
    openpyxl.Workbook().save(other)
    parts = parted(headings)
    with pytest.raises(UnreadableFileError, match="not a file of round"):
        mended(other, parts)
    with pytest.raises(UnreadableFileError, match="2568-2"):
        read_mended(sent, parts, "2568-2", "ก", ON)
    book = openpyxl.load_workbook(sent)
    del book["ข้อมูล 2"]
    book.save(sent)
    with pytest.raises(UnreadableFileError, match="is missing"):
        mended(sent, parts)


def test_numbers_of_persons_typed_into_it_are_refused(sent, headings):
    typed(sent, **{"ข้อมูล_G3": "G644200000001"})
    with pytest.raises(PersonDataError) as refused:
        mended(sent, parted(headings))
    assert "G6442" not in str(refused.value)
