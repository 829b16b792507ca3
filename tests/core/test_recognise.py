import pytest

from gisapp.core.headings import make_headings
from gisapp.core.recognise import recognise
from gisapp.core.tables import Sheet, column_letters

TABLES = {
    "grades": [("อ.2", "k2"), ("ป.1", "p1"), ("ประถมศึกษาปีที่ 1", "p1"), ("รวมประถม", "primary"),
               ("รวมทั้งหมด", "total")],
    "measures": [("ชาย", "male"), ("หญิง", "female"), ("รวม", "students"), ("ห้อง", "class_groups")],
    "enrolment": [("ลำดับ", ""), ("รหัสโรงเรียน", "smis_code"), ("ชื่อโรงเรียน", "school_name_th")],
    "enrolment_long": [("รหัสโรงเรียน", "smis_code"), ("ชั้น", "grade"), ("ชาย", "male"),
                       ("หญิง", "female")],
    "register": [("รหัสโรงเรียน", "smis_code"), ("ชื่อโรงเรียน", "school_name_th"),
                 ("ตำบล", "subdistrict"), ("ละติจูด", "lat"), ("ลองจิจูด", "lon")],
    "buildings": [("รหัสโรงเรียน", "smis_code"), ("ประเภท", "building_type"),
                  ("สภาพการใช้งาน", "condition")],
}  # fmt: skip
HEADINGS = make_headings(TABLES)


def read(*rows, merged=(), first_row=1):
    width = max(map(len, rows))
    square = [[*row, *[None] * (width - len(row))] for row in rows]
    return recognise(Sheet("f.xlsx", "s", square, merged, first_row), HEADINGS)


WIDE_TOP = ["ลำดับ", "รหัสโรงเรียน", "ชื่อโรงเรียน", "ประถมศึกษาปีที่ 1", None, None]
WIDE_LOW = [None, None, None, "ชาย", "หญิง", "ห้อง"]
ACROSS = ((2, 3, 2, 5), (2, 0, 3, 0), (2, 1, 3, 1), (2, 2, 3, 2))
WIDE_ROW = [1, 58010001, "บ้านก", 3, 4, 1]


def test_a_header_of_two_merged_rows_below_titles_is_understood():
    (table,), problems = read(
        ["จำนวนนักเรียน ปีการศึกษา 2568"], ["สพป."], WIDE_TOP, WIDE_LOW, WIDE_ROW, merged=ACROSS
    )
    assert not problems
    assert table.form == "enrolment"
    assert list(table.places) == [
        "smis_code", "school_name_th", "p1 male", "p1 female", "p1 class_groups",
    ]  # fmt: skip
    assert table.frame["p1 female"].tolist() == [4]
    assert table.address(4, "p1 female") == "E5"
    assert "ปีการศึกษา 2568" in table.title


def test_the_same_header_without_its_merging_is_understood():
    (table,), problems = read(WIDE_TOP, WIDE_LOW, WIDE_ROW)
    assert not problems
    assert table.frame.iloc[0].tolist() == [58010001, "บ้านก", 3, 4, 1]


def test_a_header_in_one_row_is_understood_in_either_order_of_grade_and_measure():
    (table,), _ = read(["รหัสโรงเรียน", "ป.1 ชาย", "หญิง ป.1", "รวมป.1"], ["1", "2", "3", "5"])
    assert list(table.places) == ["smis_code", "p1 male", "p1 female", "p1 students"]


def test_columns_are_found_by_heading_and_never_by_position():
    (table,), _ = read(["ป.1 หญิง", "รหัสโรงเรียน", "ป.1 ชาย"], [4, "58010001", 3])
    assert table.frame["p1 male"].tolist() == [3]
    assert table.frame["smis_code"].tolist() == ["58010001"]


def test_each_form_is_told_by_its_columns():
    assert read(["รหัสโรงเรียน", "ชั้น", "ชาย"], ["1", "ป.1", 2])[0][0].form == "enrolment_long"
    assert read(["รหัสโรงเรียน", "ประเภท", "สภาพการใช้งาน"], ["1", "x", "ดี"])[0][0].form == "buildings"
    register = read(["รหัสโรงเรียน", "ชื่อโรงเรียน", "ตำบล", "ละติจูด"], ["1", "ก", "ข", "19"])
    assert register[0][0].form == "register"
    without_lat = read(["รหัสโรงเรียน", "ชื่อโรงเรียน", "ตำบล"], ["1", "ก", "ข"])
    assert without_lat[0][0].form == "basic_info"


def test_a_national_workbook_is_a_register_and_an_enrolment_sheet_at_once():
    tables, _ = read(
        ["รหัสโรงเรียน", "ชื่อโรงเรียน", "ตำบล", "ละติจูด", "ป.1 ชาย", "ป.1 หญิง"],
        ["1", "ก", "ข", "19", 2, 3],
    )
    assert [table.form for table in tables] == ["enrolment", "register"]


def test_a_heading_that_is_nearly_right_is_reported_with_the_known_one_and_not_used():
    tables, problems = read(["รหัสโรงเรียน", "ชื่อโรงเรียน", "ละติจูด", "ลองจิจูต"], ["1", "ก", "19", "99"])
    (problem,) = problems
    assert problem.kind == "heading_near"
    assert "ลองจิจูด" in problem.message("th")
    assert problem.cell == "D1"
    assert "lon" not in tables[0].places


def test_a_grade_heading_that_is_nearly_right_blocks_because_pupils_would_be_lost():
    _, problems = read(["รหัสโรงเรียน", "ป.1 ชาย", "ป.1 หญิง", "ประถมศึกษปีที่ 1 ชาย"], ["1", 1, 2, 3])
    assert [(problem.kind, problem.severity) for problem in problems] == [
        ("grade_heading_near", "block")
    ]


def test_a_form_that_lacks_one_column_is_named_with_the_missing_heading():
    tables, (problem,) = read(["รหสโรงเรียน", "ชื่อโรงเรียน", "ตำบล", "ละติจูด"], ["1", "ก", "ข", "19"])
    assert not tables
    assert problem.kind == "header_incomplete"
    assert "รหัสโรงเรียน" in problem.message("th")
    assert "รหสโรงเรียน" in problem.message("th")
    assert problem.row == 1


def test_a_sheet_of_no_form_says_what_was_found():
    tables, (problem,) = read(["วันที่", "รายการ", "จำนวนเงิน"], ["1", "2", "3"])
    assert not tables
    assert problem.kind == "unknown_form"
    assert "รายการ" in problem.message("en")


@pytest.mark.parametrize("heading", ["ป.1 ไม่ระบุ", "ประถมศึกษาปีที่ 1 เด็กพิเศษ", "เตรียม หญิง"])
def test_a_heading_that_may_hold_pupils_blocks(heading):
    _, (problem,) = read(["รหัสโรงเรียน", "ป.1 ชาย", "ป.1 หญิง", heading], ["1", 1, 2, 3])
    assert (problem.kind, problem.severity) == ("grade_heading_unknown", "block")


def test_a_number_in_a_first_row_that_is_no_header_is_not_repeated():
    _, (problem,) = read(["1", "โทร 08-1234-5678", "เหนือ"], ["2", "3", "4"])
    assert "1234" not in problem.message("th")
    assert "เหนือ" in problem.message("th")


def test_a_code_merged_over_the_grades_of_a_school_counts_for_each():
    rows = ["รหัสโรงเรียน", "ชั้น", "ชาย"], ["99", "อ.2", 1], [None, "ป.1", 2]
    (table,), _ = read(*rows, merged=((1, 0, 2, 0),))
    assert table.frame["smis_code"].tolist() == ["99", "99"]


def test_an_empty_sheet_is_said_to_be_empty():
    assert [p.kind for p in read([None, ""], ["", "\u200b"])[1]] == ["empty_file"]


def test_a_heading_over_two_different_columns_blocks():
    rows = ["รหัสโรงเรียน", "ป.1 ชาย", "ป.1 ชาย"]
    assert [p.kind for p in read(rows, ["1", 2, 3])[1]] == ["heading_twice"]
    assert read(rows, ["1", 2, 2])[1] == []


def test_an_office_teaches_a_new_heading_by_a_line_in_a_table():
    rows = ["รหัสใหม่", "ป.1 ชาย", "ป.1 หญิง"], ["58010001", 1, 2]
    assert read(*rows)[0] == []
    taught = dict(TABLES)
    taught["enrolment"] = [("รหัสใหม่", "smis_code"), *TABLES["enrolment"]]
    sheet = Sheet("f.xlsx", "s", [list(row) for row in rows])
    (table,), _ = recognise(sheet, make_headings(taught))
    assert table.frame["smis_code"].tolist() == ["58010001"]


@pytest.mark.parametrize(
    ("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")]
)
def test_columns_are_named_as_spreadsheets_do(column, letters):
    assert column_letters(column) == letters


def test_a_record_of_json_is_named_by_its_number():
    (table,), _ = read(["รหัสโรงเรียน", "ป.1 ชาย"], ["1", "2"], ["3", "4"], first_row=0)
    assert table.address(2, "p1 male") == "record 2"
