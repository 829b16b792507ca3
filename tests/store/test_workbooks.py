import openpyxl
import pytest

from gisapp.core.grades import GRADES
from gisapp.core.recognise import recognise
from gisapp.settings import Settings
from gisapp.store.forms_blank import FORMS, GUIDE, WIDE_FILE, write_blank_forms
from gisapp.store.sheets import read_sheets
from gisapp.store.tables import read_headings
from gisapp.store.text_tables import write_csv, write_lines, write_records
from gisapp.store.workbooks import Page, write_workbook


@pytest.fixture
def page():
    return Page(
        name="ทดสอบ",
        rows=[
            ["ข้อมูล ณ วันที่ 10 มิถุนายน 2568"],
            ["รหัส", "ป.1", None],
            [None, "ชาย", "หญิง"],
            ["070130", 3, 4],
            ["รวม", 3, 4],
        ],
        merged=((1, 0, 2, 0), (1, 1, 1, 2)),
        title_rows=1,
        header_rows=2,
        total_rows=frozenset({4}),
        text_columns=frozenset({0}),
        widths={0: 12.0},
        frozen_columns=1,
    )


@pytest.fixture
def headings(tmp_path):
    (tmp_path / "office.toml").write_text(
        'area_code = "99010000"\nname_th = "ก"\nname_en = "K"\n', encoding="utf-8"
    )
    return read_headings(Settings.load(tmp_path))


# --- workbooks ---------------------------------------------------------------------------


def test_the_same_pages_give_the_same_bytes(page, tmp_path):
    write_workbook([page], tmp_path / "one.xlsx")
    write_workbook([page], tmp_path / "below" / "two.xlsx")
    one = (tmp_path / "one.xlsx").read_bytes()
    assert one == (tmp_path / "below" / "two.xlsx").read_bytes()
    assert one[:2] == b"PK"


def test_a_page_is_read_back_as_it_was_written(page, tmp_path):
    write_workbook([page], tmp_path / "book.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "book.xlsx")["ทดสอบ"]
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert rows == [list(row) + [None] * (3 - len(row)) for row in page.rows]
    assert {str(area) for area in sheet.merged_cells.ranges} == {"A2:A3", "B2:C2"}
    assert sheet.freeze_panes == "B4"


def test_our_own_reader_sees_the_same_page(page, tmp_path):
    write_workbook([page], tmp_path / "book.xlsx")
    [sheet] = read_sheets(tmp_path / "book.xlsx", "2568-1")
    assert set(sheet.merged) == {(1, 0, 2, 0), (1, 1, 1, 2)}
    assert sheet.rows[3] == ["070130", 3, 4]


@pytest.mark.parametrize(
    "text", ["=1+1", "@sum", "https://a.example/", "007", "1e5", "+66", "{=1}"]
)
def test_text_stays_text_whatever_it_looks_like(text, tmp_path):
    write_workbook([Page("x", [["heading"], [text]])], tmp_path / "book.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "book.xlsx").active["A2"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.hyperlink is None


def test_a_code_column_has_the_text_format(page, tmp_path):
    write_workbook([page], tmp_path / "book.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "book.xlsx").active
    assert (sheet["A4"].value, sheet["A4"].number_format) == ("070130", "@")
    assert sheet["B4"].number_format == "General"


def test_what_is_neither_text_nor_number_is_refused(tmp_path):
    with pytest.raises(TypeError, match="text and numbers"):
        write_workbook([Page("x", [["heading"], [[1]]])], tmp_path / "book.xlsx")


# --- text files --------------------------------------------------------------------------


def test_a_csv_for_thai_windows_is_cp874_with_windows_line_ends(tmp_path):
    write_csv([["ชื่อ", "รวม"], ["บ้าน, ใต้", None]], tmp_path / "a.csv", "cp874")
    raw = (tmp_path / "a.csv").read_bytes()
    assert raw.decode("cp874") == 'ชื่อ,รวม\r\n"บ้าน, ใต้",\r\n'


def test_a_letter_that_the_encoding_lacks_is_not_lost_in_silence(tmp_path):
    with pytest.raises(UnicodeEncodeError):
        write_csv([["ü"]], tmp_path / "a.csv", "cp874")
    assert not (tmp_path / "a.csv").exists()


def test_csv_and_lines_begin_with_the_mark_that_excel_looks_for(tmp_path):
    write_csv([["ก"]], tmp_path / "a.csv")
    write_lines(["ก"], tmp_path / "b.txt")
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.txt").read_bytes()
    assert (tmp_path / "b.txt").read_bytes() == b"\xef\xbb\xbf" + "ก\r\n".encode()


def test_records_are_read_back_by_our_reader(tmp_path):
    write_records([{"รหัสโรงเรียน": "99010001", "ป.1 ชาย": "4"}], tmp_path / "a.json")
    [sheet] = read_sheets(tmp_path / "a.json", "2568-1")
    assert sheet.rows == [["รหัสโรงเรียน", "ป.1 ชาย"], ["99010001", "4"]]


# --- blank forms -------------------------------------------------------------------------


def test_every_blank_form_is_recognised_as_itself(tmp_path, headings):
    forms = {WIDE_FILE: "enrolment"} | {form.file: form.name for form in FORMS}
    written = write_blank_forms(tmp_path / "templates")
    assert [path.name for path in written] == list(forms)
    for path in written:
        sheet = read_sheets(path, "")[0]
        tables, problems = recognise(sheet, headings)
        assert [table.form for table in tables] == [forms[path.name]]
        assert problems == []
        assert len(tables[0].frame) == 0


def test_every_column_of_a_blank_form_finds_its_own_name(tmp_path, headings):
    for path, form in zip(write_blank_forms(tmp_path)[1:], FORMS, strict=True):
        [table], _ = recognise(read_sheets(path, "")[0], headings)
        names = [column.name for column in form.columns if column.name != "note"]
        assert list(table.places) == names


def test_the_wide_form_asks_for_every_grade_by_sex_and_room(tmp_path, headings):
    path = write_blank_forms(tmp_path)[0]
    [table], _ = recognise(read_sheets(path, "")[0], headings)
    for grade in GRADES:
        if not grade.code.startswith("v"):
            for measure in ("male", "female", "class_groups"):
                assert f"{grade.code} {measure}" in table.places


def test_every_form_has_a_guide_in_both_languages(tmp_path):
    for path in write_blank_forms(tmp_path):
        book = openpyxl.load_workbook(path)
        assert book.sheetnames[1] == GUIDE
        lines = [row for row in book[GUIDE].iter_rows(values_only=True) if row[0]]
        assert len(lines) >= 8
        for thai, english in lines:
            assert any("ก" <= letter <= "๙" for letter in thai)
            assert any(letter.isascii() and letter.isalpha() for letter in english)


def test_codes_typed_into_a_form_keep_their_zeros(tmp_path):
    for path in write_blank_forms(tmp_path):
        sheet = openpyxl.load_workbook(path).worksheets[0]
        assert sheet.freeze_panes is not None
        code = next(cell for cell in sheet[1] if str(cell.value) in CODES)
        assert sheet.column_dimensions[code.column_letter].number_format == "@"


CODES = ("smis", "รหัสsmis", "รหัสโรงเรียน", "รหัสหมู่บ้าน", "รหัส")


def test_a_condition_is_chosen_from_the_three_words(tmp_path):
    path = next(p for p in write_blank_forms(tmp_path) if "สิ่งก่อสร้าง" in p.name)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    [rule] = sheet.data_validations.dataValidation
    assert rule.formula1 == '"ดี,พอใช้,ทรุดโทรม"'
    assert str(rule.sqref).startswith("L2:")


def test_the_blank_forms_are_the_same_bytes_each_time(tmp_path):
    one, two = write_blank_forms(tmp_path / "a"), write_blank_forms(tmp_path / "b")
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]
