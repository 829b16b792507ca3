import pytest

from gisapp.core.headings import make_headings
from gisapp.core.person_names import LEFT_OUT, without_names
from gisapp.core.persons import names_a_person, person_columns
from gisapp.core.recognise import recognise
from gisapp.core.tables import Sheet
from tests.core.test_persons import DASHED, MADE
from tests.core.test_persons import with_check_digit as made

SOMEBODY = "สมหญิง ไม่มีตัวตน"


def under(heading, *cells):
    rows = [["รหัสโรงเรียน", heading], *[["99020001", cell] for cell in cells]]
    return Sheet("f.xlsx", "s", rows)


@pytest.mark.parametrize(
    "heading",
    [
        "ชื่อ-นามสกุล",
        "ชื่อ - สกุล",
        "ชื่อ สกุล",
        "ชื่อ\u2013สกุล",
        "ชื่อ และนามสกุล",
        "ชื่อตัว-ชื่อสกุล",
        "คำนำหน้าชื่อ-สกุล",
        "ชื่อ-สกุล นักเรียน",
        "ชื่อนักเรียน",
        "ชื่อเด็ก",
        "ชื่อครู",
        "นามสกุล",
        "สกุล",
        "คำนำหน้า",
        "คำนำหน้าชื่อ",
        "ชื่อบิดา",
        "ชื่อมารดา",
        "ชื่อผู้ปกครอง",
        "First Name",
        "last_name",
        "Surname",
        "Full name",
        "student name",
        "pupil_name",
        "Name of the child",
    ],
)
def test_a_heading_over_names_is_enough(heading):
    assert person_columns(under(heading, None, SOMEBODY)) == ["B"]


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("ชื่อโรงเรียน", "บ้านห้วยเมฆ"),
        ("ชื่อ", "บ้านห้วยเมฆ"),
        ("ชื่อหมู่บ้าน", "ห้วยเมฆ"),
        ("ชื่อแม่น้ำ", "ปิง"),
        ("ชื่อศูนย์พัฒนาเด็กเล็ก", "ห้วยเมฆ"),
        ("ชื่อสกุลเงิน", "บาท"),
        ("school_name", "Huai Mek"),
        ("full_name", "Huai Mek School"),
        ("ชื่อ-นามสกุล", None),
        ("ชื่อ-นามสกุล", "หมายเหตุ กรอกเฉพาะจำนวน"),
        ("ชื่อ-นามสกุล", "รวม"),
        ("จำนวนครู", "สิบ"),
        ("ลงชื่อ-สกุล", "ผู้รายงาน"),
        ("ชื่อ-สกุล ผู้รายงาน", SOMEBODY),
        ("ชื่อผู้อำนวยการ", SOMEBODY),
    ],
)
def test_names_of_places_and_blank_columns_are_nobody(heading, cell):
    assert person_columns(under(heading, cell)) == []


def test_a_list_of_children_is_told_by_titles_in_cells_of_their_own():
    rows = [["ที่", "ก", "ข"], [1, "ด.ญ.", "หนึ่ง"], [2, "ด.ช.", "สอง"]]
    assert person_columns(Sheet("f.xlsx", "s", rows)) == ["B"]


def test_titles_that_head_counts_are_nobody_even_twice_in_a_sheet():
    rows = [["ป.1", "ป.1"], ["ด.ช.", "ด.ญ."], [3, 4], ["ด.ช.", "ด.ญ."], [5, 6]]
    assert person_columns(Sheet("f.xlsx", "s", rows)) == []


STAFF = [
    ["รหัสโรงเรียน", "ชื่อโรงเรียน", "ผู้อำนวยการ", "ครู"],
    ["99020001", "บ้านห้วยเมฆ", f"นาย{SOMEBODY}", 3],
    ["99020002", "บ้านทุ่งดาว", 1, "2 คน"],
    ["99020003", "บ้านดอยลม", "ว่าง", SOMEBODY],
]


STAFF_HEADINGS = make_headings(
    {
        "staff": [
            ("รหัสโรงเรียน", "smis_code"),
            ("ชื่อโรงเรียน", "school_name_th"),
            ("ผู้อำนวยการ", "directors"),
            ("ครู", "teachers"),
        ]
    }
)


def test_names_in_columns_that_count_staff_are_left_out():
    sheet = Sheet("f.xlsx", "s", STAFF)
    kept, [table] = without_names(sheet, recognise(sheet, STAFF_HEADINGS)[0])
    assert kept.rows == [
        STAFF[0],
        [*STAFF[1][:2], LEFT_OUT, 3],
        STAFF[2],
        [*STAFF[3][:3], LEFT_OUT],
    ]
    assert table.sheet is kept
    assert table.frame["directors"].tolist() == [LEFT_OUT, 1, "ว่าง"]
    assert table.frame["teachers"].tolist() == [3, "2 คน", LEFT_OUT]
    assert sheet.rows[1][2] == f"นาย{SOMEBODY}"


@pytest.mark.parametrize(
    "heading",
    ["ชื่อผู้อำนวยการ", "ชื่อ-สกุล ผู้บริหาร", "ผู้อำนวยการโรงเรียน", "ผอ.", "director_name", "Principal"],
)
def test_a_column_of_heads_is_left_out(heading):
    rows = [["smis", heading], ["99020001", SOMEBODY], ["99020002", None], ["99020003", 5]]
    kept, _ = without_names(Sheet("f.xlsx", "s", rows), [])
    assert [row[1] for row in kept.rows] == [heading, LEFT_OUT, None, 5]


def test_a_table_that_does_not_use_the_column_shares_the_sheet_without_names():
    rows = [[*STAFF[0], "ชื่อผู้อำนวยการ"], [*STAFF[2], SOMEBODY]]
    sheet = Sheet("f.xlsx", "s", rows)
    kept, [table] = without_names(sheet, recognise(sheet, STAFF_HEADINGS)[0])
    assert table.sheet is kept
    assert kept.rows[1] == [*STAFF[2], LEFT_OUT]
    assert table.frame["directors"].tolist() == [1]


def test_a_sheet_without_names_stays_the_very_same():
    sheet = Sheet("f.xlsx", "s", [STAFF[0], STAFF[2]])
    tables = recognise(sheet, STAFF_HEADINGS)[0]
    assert tables
    assert without_names(sheet, tables) == (sheet, tables)


@pytest.mark.parametrize(
    "name", [f"รายชื่อ {MADE[0]}.xlsx", f"list_{MADE[0]}_x.csv", f"{DASHED}.pdf", "ด.ญ.ก ข", MADE[0]]
)
def test_the_name_of_a_file_may_hold_a_person(name):
    assert names_a_person(name)


@pytest.mark.parametrize("name", ["stat_pop_6712.txt", "ทะเบียน 2568-1.xlsx", "", f"{MADE[0]}0.csv"])
def test_most_names_of_files_hold_nobody(name):
    assert not names_a_person(name)


def numbers(right, wrong):
    passing = [made(f"{n:012d}") for n in range(1, right + 1)]
    failing = [made(f"{n:012d}")[:-1] + str((int(made(f"{n:012d}")[-1]) + 1) % 10)
               for n in range(501, 501 + wrong)]  # fmt: skip
    return [*passing, *failing]


@pytest.mark.parametrize(("right", "wrong"), [(1, 0), (1, 1), (2, 2), (3, 1), (60, 40)])
def test_numbers_of_which_half_pass_are_personal(right, wrong):
    assert person_columns(under("เลข", *numbers(right, wrong))) == ["B"]


@pytest.mark.parametrize(("right", "wrong"), [(0, 9), (1, 2), (10, 90), (49, 51)])
def test_numbers_of_which_few_pass_are_no_personal_numbers(right, wrong):
    assert person_columns(under("เลข", *numbers(right, wrong))) == []


def test_one_number_repeated_in_every_row_counts_once():
    assert person_columns(under("เลข", MADE[0], *numbers(0, 2), *[MADE[0]] * 5)) == []


@pytest.mark.parametrize("sure", [DASHED, "G680000000001", "ด.ช. ก"])
def test_a_sure_sign_among_many_numbers_is_enough(sure):
    assert person_columns(under("เลข", *numbers(0, 20), sure)) == ["B"]


def test_codes_of_schools_that_look_like_personal_numbers_are_not_theirs():
    sheet = under("รหัส", *MADE, "G680000000001")
    assert person_columns(sheet, lambda column, text: column == 1) == []
    assert person_columns(sheet, lambda column, text: column == 1 and text != MADE[0]) == ["B"]
    assert person_columns(under("รหัส", "ด.ช. ก"), lambda column, text: True) == ["B"]
