"""Blank forms and what gisapp wrote among the received files; files changed after a decision."""

import shutil

import openpyxl
import pytest

from gisapp.core.findings import FINDINGS
from tests.office import (
    FIRST,
    ROUND,
    SCHOOLS,
    STUDENTS,
    Office,
    building_rows,
    grade_column,
    long_rows,
    register_rows,
    run,
    small_office,
    wide_rows,
    write_book,
    write_text,
    write_wide,
)

CODE = SCHOOLS[0].code


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    office = small_office(tmp_path_factory.mktemp("template") / "office")
    assert office.run("build", ROUND).exit_code == 0
    return office


@pytest.fixture
def office(template, tmp_path):
    return Office(shutil.copytree(template.folder, tmp_path / "office"))


def shown(office, *kinds):
    return [(row["kind"], row["file"]) for row in office.problems(*kinds)]


def kinds(office):
    return {row["kind"] for row in office.problems()}


# Blank forms -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    """An office as `gisapp init` leaves it, with the sheets of a small round."""
    folder = tmp_path_factory.mktemp("fresh") / "office"
    made = run("init", str(folder), "--area-code", "99020000", "--name", "สพป.ทดสอบ เขต 2")
    assert made.exit_code == 0, made.output
    return folder


def blank_forms(folder):
    return sorted((folder / "templates").glob("*.xlsx"))


def test_no_blank_form_is_taken_for_data_of_persons(fresh, office):
    forms = blank_forms(fresh)
    assert len(forms) == 10
    for form in forms:
        shutil.copy(form, office.sheet(form.name))
    done = office.run("check", ROUND)
    assert done.exit_code == 1, done.output  # blank, and said so
    of_forms = [p for p in shown(office) if p[1] in {form.name for form in forms}]
    assert sorted(p for p in of_forms if p[0] != "sheet_not_used") == sorted(
        ("empty_file", form.name) for form in forms
    )


def test_a_filled_form_with_its_guidance_is_read(fresh, office):
    for form in blank_forms(fresh):
        book = openpyxl.load_workbook(form)
        sheet = book.worksheets[0]
        width = sheet.max_column
        sheet.append([CODE, *[None] * (width - 2), 1 if width > 2 else None])
        book.save(office.sheet(form.name))
        done = office.run("check", ROUND)
        assert done.exit_code in (0, 1), f"{form.name}: {done.output}"
        assert form.name not in {row["file"] for row in office.problems("empty_file")}
        office.sheet(form.name).unlink()


def test_a_footnote_about_numbers_of_persons_is_no_list_of_them(office):
    rows = wide_rows()
    note = "หมายเหตุ ไม่รวมนักเรียนที่ไม่มีเลขประจำตัวประชาชน (เด็ก G)"
    notes = [[text, *[None] * (len(rows[0]) - 1)] for text in (note, "ที่มา ระบบ DMC")]
    write_wide(office.sheet("enrolment.xlsx"), [*rows, *notes])
    done = office.run("build", ROUND)
    assert done.exit_code == 0, done.output
    assert office.layer("schools")["students"].sum() == STUDENTS


# Decisions about whole files -----------------------------------------------------------------


def hide_pupils(office, change):
    rows = long_rows()
    rows[1][2] += change
    rows[1][4] += change
    write_book(office.sheet("z.xlsx"), {"a": register_rows(), "s": rows}, hidden=("s",))


def broken_file(office, change):
    office.sheet("z.xlsx").write_bytes(b"PK\x03\x04broken" + bytes([change]))


def strange_form(office, change):
    write_text(office.sheet("z.csv"), [["วัน", "อาหาร"], ["จันทร์", change]])


def folder_below(office, change):
    office.sheet("เก่า").mkdir(exist_ok=True)
    write_text(office.sheet("เก่า") / "z.csv", [*long_rows(), [CODE, "ป.1", change]])


def lost_code_heading(office, change):
    rows = long_rows()
    rows[0][0] = "รหัสโรง"
    rows[1][2] += change
    write_text(office.sheet("z.csv"), rows)


def misspelt_grade(office, change):
    rows = wide_rows(total=False)
    rows[2][grade_column("p1", "ชาย")] = "ประถมศึกษาปีที 1"
    rows[FIRST][grade_column("p1", "ชาย")] += change
    write_wide(office.sheet("enrolment.xlsx"), rows)


WHOLE = {
    "hidden_pupils": hide_pupils,
    "unreadable_file": broken_file,
    "unknown_form": strange_form,
    "folder_not_read": folder_below,
    "header_incomplete": lost_code_heading,
    "grade_heading_near": misspelt_grade,
}


def open_blocks(office, kind):
    office.run("check", ROUND)
    return [row for row in office.problems(kind) if row["acknowledged_on"] is None]


@pytest.mark.parametrize("kind", list(WHOLE))
def test_a_decision_about_a_whole_file_ends_when_anything_in_it_changes(office, kind):
    break_it = WHOLE[kind]
    break_it(office, 0)
    found = open_blocks(office, kind)
    assert found
    for row in found:
        done = office.run("acknowledge", ROUND, row["problem_id"], "--reason", "ดูแล้ว", "--by", "ก")
        assert done.exit_code in (0, 1), done.output
    assert open_blocks(office, kind) == []
    break_it(office, 1)
    assert [row["problem_id"] for row in open_blocks(office, kind)] == [
        row["problem_id"] for row in found
    ]


def test_a_decision_about_one_cell_outlives_a_change_elsewhere_in_the_file(office):
    rows = wide_rows(total=False)
    rows[FIRST][grade_column("p1", "รวม")] = 999
    write_wide(office.sheet("enrolment.xlsx"), rows)
    (found,) = open_blocks(office, "total_mismatch")
    office.run("acknowledge", ROUND, found["problem_id"], "--reason", "ดูแล้ว", "--by", "ก")
    rows[FIRST + 1][2] = "ชื่ออื่น"
    write_wide(office.sheet("enrolment.xlsx"), rows)
    assert open_blocks(office, "total_mismatch") == []


# Our own workbooks ---------------------------------------------------------------------------


def school_file(office):
    """The file that is sent to the first school, as it comes back."""
    rows = register_rows()
    rows[1][6], rows[1][7] = rows[1][7], rows[1][6]
    write_book(office.sheet("register.xlsx"), {"ข้อมูลโรงเรียน": rows})
    assert office.run("check", ROUND, "--school-files").exit_code == 0
    (path,) = (office.folder / "layers").rglob(f"{CODE}.xlsx")
    return path


def test_a_school_s_file_in_the_round_s_folder_is_one_finding_that_says_the_command(office):
    path = school_file(office)
    before = kinds(office)
    shutil.copy(path, office.sheet("จากโรงเรียน.xlsx"))
    done = office.run("check", ROUND)
    assert done.exit_code == 1
    (found,) = [row for row in office.problems() if row["file"] == "จากโรงเรียน.xlsx"]
    assert found["kind"] == "school_file_among_sheets"
    for advice in (found["advice_th"], found["advice_en"]):
        assert f"gisapp mended {ROUND}" in advice
        assert "จากโรงเรียน.xlsx" in advice
    assert CODE in found["message_th"]
    assert kinds(office) == before | {"school_file_among_sheets"}
    moved = shutil.move(office.sheet("จากโรงเรียน.xlsx"), office.folder / "จากโรงเรียน.xlsx")
    assert office.run("mended", ROUND, str(moved), "--by", "ก").exit_code == 0
    assert kinds(office) == before


def test_the_problem_workbook_in_the_round_s_folder_is_one_finding(office):
    book = office.folder / "layers" / f"{ROUND}-problems.xlsx"
    shutil.copy(book, office.sheet(book.name))
    done = office.run("build", ROUND)
    assert done.exit_code == 0, done.output
    assert [row["kind"] for row in office.problems() if row["file"] == book.name] == [
        "problem_book_among_sheets"
    ]


def test_a_marked_copy_beside_its_original_is_one_finding_and_no_row_is_read_twice(office):
    rows = building_rows()
    rows[1][4] = "สี่"
    office.sheet("buildings.xlsx").unlink()
    write_text(office.sheet("buildings.csv"), rows)
    office.run("check", ROUND)
    before = sorted(shown(office))
    (copy,) = (office.folder / "layers" / f"{ROUND}-problems").glob("buildings.csv.xlsx")
    shutil.copy(copy, office.sheet(copy.name))
    assert office.run("check", ROUND).exit_code == 1
    assert sorted([*before, ("marked_copy_beside", copy.name)]) == sorted(shown(office))
    (found,) = office.problems("marked_copy_beside")
    assert "buildings.csv" in found["message_th"].replace(copy.name, "")
    office.sheet("buildings.csv").unlink()
    office.run("check", ROUND)
    assert office.problems("marked_copy_beside") == []
    assert copy.name in {row["file"] for row in office.problems()}


def test_what_is_our_own_says_so_in_both_languages():
    for kind in ("school_file_among_sheets", "problem_book_among_sheets", "marked_copy_beside"):
        assert FINDINGS[kind].advice_th
        assert FINDINGS[kind].advice_en
