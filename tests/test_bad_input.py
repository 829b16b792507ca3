"""What an office gets wrong: one clear sentence in two languages, and the published file stays.

Every test starts from an office that has published its round, breaks one thing and builds again.
"""

import datetime
import re
import shutil

import geopandas as gpd
import pytest
import shapely
import xlsxwriter

from tests import office_files
from tests.office import (
    CODE,
    FIRST,
    ROUND,
    SCHOOLS,
    STUDENTS,
    Office,
    block_said,
    building_rows,
    dmc_records,
    grade_column,
    letters,
    long_rows,
    register_rows,
    run,
    small_office,
    subdistrict_squares,
    wide_merges,
    wide_rows,
    write_book,
    write_json,
    write_text,
    write_wide,
)

THAI = re.compile("[\u0e01-\u0e5b]")
SHEET = "จำนวนนักเรียน"


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """An office that has published its round once."""
    office = small_office(tmp_path_factory.mktemp("template") / "office")
    built = office.run("build", ROUND)
    assert built.exit_code == 0, built.output
    return office


@pytest.fixture
def office(template, tmp_path):
    """A copy of that office to break."""
    return Office(shutil.copytree(template.folder, tmp_path / "office"))


def unusable(office, *words, command=("build", ROUND)):
    """Assert exit 2 with one Thai and one English sentence that hold the words."""
    before = office.digest()
    result = office.run(*command)
    assert result.exit_code == 2, result.output
    thai, english = result.stderr.strip().splitlines()
    assert THAI.search(thai)
    assert re.match("[A-Za-z'‘“]", english)
    for word in words:
        assert word in thai, word
        assert word in english, word
    assert office.digest() == before
    return result


def blocked(office, place, *words):
    """Assert exit 1 with a finding at this place in both languages, each with its advice."""
    before = office.digest()
    result = office.run("build", ROUND)
    assert result.exit_code == 1, result.output
    thai, english = block_said(result.stdout, place)
    for sentence in (thai, english):
        said, advice = sentence.split(" → ")
        assert said.strip()
        assert advice.strip()
    assert THAI.search(thai)
    for word in words:
        assert word in thai, thai
        assert word in english, english
    assert office.digest() == before
    return result


def accepted(office, kind="", *, students=STUDENTS):
    """Assert exit 0, every pupil there, and a problem of this kind where one is named."""
    result = office.run("build", ROUND)
    assert result.exit_code == 0, result.output
    assert office.layer("schools")["students"].sum() == students
    if kind:
        assert kind in set(office.layer("problems")["kind"])
    return result


# Folders and names -------------------------------------------------------------------------


def test_a_folder_that_is_no_office_is_named(tmp_path):
    result = run("--office", str(tmp_path / "nowhere"), "build", ROUND)
    assert result.exit_code == 2
    thai, english = result.stderr.strip().splitlines()
    assert "nowhere" in thai
    assert "gisapp init" in english


def test_a_round_without_a_folder_says_which_folder_and_which_rounds_there_are(office):
    unusable(office, "data/rounds/2567-1", ROUND, command=("build", "2567-1"))


def test_a_round_with_only_lock_files_holds_no_sheet(office):
    folder = office.sheet("").parent / "2567-1"
    folder.mkdir()
    for name in ("~$enrolment.xlsx", "Thumbs.db", "desktop.ini", "corrections.csv", ".DS_Store"):
        (folder / name).write_bytes(b"x")
    unusable(office, "2567-1", command=("build", "2567-1"))


@pytest.mark.parametrize(
    "name", ["2025-1", "2568", "2568-4", "2568-0", "../x", "2568-1/..", "๒๕๖๘-๑"]
)
@pytest.mark.parametrize("command", ["build", "check"])
def test_a_name_that_is_no_round_is_refused(office, command, name):
    unusable(office, name, "2568-1", command=(command, name))


def test_a_christian_year_is_answered_with_the_buddhist_one(office):
    unusable(office, "2568-2", command=("build", "2025-2"))


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("area_code = 58010000", "area_code"),
        ('area_code = "58/01"', "area_code"),
        ('area_code = "99020000', "office.toml"),
        ('area_code = "99020000"\nkey_pattern = "("', "key_pattern"),
        ('area_code = "99020000"\nmetric_crs = "EPSG:99999"', "metric_crs"),
        ('area_code = "99020000"\nmetric_crs = "EPSG:4326"', "metric_crs"),
        ('area_code = "99020000"\nplace_tolerance_m = "2 km"', "place_tolerance_m"),
        ('area_code = "99020000"\nplace_tolerence_m = 10', "place_tolerence_m"),
    ],
)
def test_settings_that_cannot_be_meant_name_their_line(office, line, word):
    text = f'{line}\nname_th = "ก"\nname_en = "a"\n'
    (office.folder / "office.toml").write_text(text, encoding="utf-8")
    unusable(office, word)


# Files that cannot be opened ---------------------------------------------------------------


def test_a_workbook_that_is_no_zip_blocks(office):
    office.sheet("enrolment.xlsx").write_bytes(b"this is no workbook")
    blocked(office, "enrolment.xlsx", ".xlsx")


def test_a_workbook_cut_short_blocks(office):
    path = office.sheet("enrolment.xlsx")
    path.write_bytes(path.read_bytes()[:3000])
    blocked(office, "enrolment.xlsx")


def test_a_workbook_with_a_damaged_sheet_blocks(office):
    path = office.sheet("enrolment.xlsx")
    content = bytearray(path.read_bytes())
    at = content.index(b"xl/worksheets/sheet1.xml") + 200
    content[at : at + 400] = b"\0" * 400
    path.write_bytes(content)
    blocked(office, "enrolment.xlsx")


def test_an_empty_file_blocks(office):
    office.sheet("enrolment.xlsx").write_bytes(b"")
    blocked(office, "enrolment.xlsx")


def test_a_workbook_locked_by_a_password_says_so(office):
    office_files.write_locked(office.sheet("enrolment.xlsx"))
    result = blocked(office, "enrolment.xlsx")
    assert "รหัสผ่าน" in result.stdout
    assert "locked by a password" in result.stdout


@pytest.mark.parametrize("name", ["letter.pdf", "photo.jpg", "table.docx", "noending"])
def test_a_file_that_holds_no_sheet_is_named(office, name):
    office.sheet(name).write_bytes(b"%PDF-1.7 or anything")
    blocked(office, name)


def test_json_that_is_cut_short_names_its_line(office):
    office.sheet("enrolment.xlsx").unlink()
    office.sheet("dmc.json").write_text('[{"รหัสโรงเรียน": "99020001",\n', encoding="utf-8")
    blocked(office, "dmc.json", "2")


@pytest.mark.parametrize("content", ["[]", "{}", "[1, 2]", '"word"', "null"])
def test_json_without_rows_blocks(office, content):
    office.sheet("dmc.json").write_text(content, encoding="utf-8")
    blocked(office, "dmc.json")


def test_a_csv_in_letters_nobody_knows_blocks(office):
    office.sheet("list.csv").write_bytes("รหัสโรงเรียน,ชั้น".encode("utf-16-le"))
    blocked(office, "list.csv", "UTF-8")


def test_a_csv_with_a_quote_that_never_ends_blocks(office):
    rows = long_rows()
    text = "\r\n".join(",".join(map(str, row)) for row in rows)
    office.sheet("list.csv").write_text(text + '\r\n"' + "ก" * 200_000, encoding="utf-8")
    blocked(office, "list.csv")


def test_a_csv_with_old_mac_line_ends_is_read_or_refused(office):
    """Carriage returns alone: whatever is done with it, no traceback and no lost pupil."""
    office.sheet("enrolment.xlsx").unlink()
    text = "\r".join(",".join(map(str, row)) for row in long_rows())
    office.sheet("list.csv").write_bytes(text.encode("utf-8"))
    accepted(office)


# Sheets that are empty or no form ----------------------------------------------------------


def test_an_empty_workbook_blocks(office):
    write_book(office.sheet("empty.xlsx"), {"แผ่น1": []})
    blocked(office, "empty.xlsx · แผ่น1")


def test_a_csv_of_blank_lines_blocks(office):
    office.sheet("empty.csv").write_text("\r\n,,,\r\n", encoding="utf-8")
    blocked(office, "empty.csv")


def test_an_empty_sheet_beside_a_good_one_is_a_note(office):
    rows = wide_rows()
    write_book(office.sheet("enrolment.xlsx"), {SHEET: rows, "แผ่น2": []}, wide_merges(rows))
    accepted(office, "sheet_not_used")


def test_a_cover_sheet_beside_a_good_one_is_a_note(office):
    rows = wide_rows()
    cover = [["คำชี้แจง"], ["ให้กรอกทุกช่อง"]]
    write_book(office.sheet("enrolment.xlsx"), {SHEET: rows, "คำชี้แจง": cover}, wide_merges(rows))
    accepted(office, "sheet_not_used")


def test_a_csv_of_no_known_form_shows_its_headings(office):
    office.sheet("menu.csv").write_text("วัน,อาหาร\r\nจันทร์,ข้าว\r\n", encoding="utf-8")
    blocked(office, "menu.csv", "วัน, อาหาร", "data/columns")


def test_a_form_without_any_row_blocks(office):
    write_wide(office.sheet("enrolment.xlsx"), wide_rows(())[:4])
    result = office.run("build", ROUND)
    assert result.exit_code == 1, result.output
    assert "enrolment.xlsx" in result.stdout


def test_a_hidden_sheet_of_pupils_blocks_and_is_never_counted(office):
    rows = wide_rows()
    last_year = wide_rows(SCHOOLS[:1])
    write_book(
        office.sheet("enrolment.xlsx"),
        {SHEET: rows, "ปีก่อน": last_year},
        wide_merges(rows),
        hidden=("ปีก่อน",),
    )
    blocked(office, "enrolment.xlsx · ปีก่อน")


def test_a_hidden_sheet_of_anything_else_is_passed_over(office):
    rows = wide_rows()
    sheets = {SHEET: rows, "รายการ": [["ใช้", "ไม่ใช้"]]}
    write_book(office.sheet("enrolment.xlsx"), sheets, wide_merges(rows), hidden=("รายการ",))
    accepted(office)


def test_a_second_sheet_of_schools_that_lost_its_header_blocks(office):
    rows = wide_rows()
    write_book(
        office.sheet("enrolment.xlsx"),
        {SHEET: rows, "ต่อ": [[n, 99020010 + n, "บ้านใหม่", 5, 6] for n in range(1, 5)]},
        wide_merges(rows),
    )
    blocked(office, "enrolment.xlsx · ต่อ")


def test_files_in_a_folder_below_the_round_are_not_overlooked(office):
    below = office.sheet("more") / "late.xlsx"
    below.parent.mkdir()
    below.write_bytes(b"x")
    blocked(office, "more")


def test_a_register_without_one_usable_school_is_said(office):
    rows = register_rows()
    for row in rows[1:]:
        row[0] = row[1] = None
    write_book(office.sheet("register.xlsx"), {"ทะเบียน": rows})
    result = office.run("build", ROUND)
    assert result.exit_code == 1, result.output
    assert "no usable school" in result.stdout or "ไม่มีโรงเรียนที่ใช้ได้" in result.stdout


def test_a_sheet_of_another_office_altogether_blocks(office):
    rows = long_rows()
    rows[0].append("รหัสเขต")
    for row in rows[1:]:
        row.append("58010000")
    write_book(office.sheet("register.xlsx"), {"ทะเบียน": _with_area(register_rows(), "58010000")})
    result = office.run("build", ROUND)
    assert result.exit_code == 1, result.output
    assert "99020000" in result.stdout


def _with_area(rows, area):
    return [[*row, "รหัสเขต" if n == 0 else area] for n, row in enumerate(rows)]


# Headings that are nearly right ------------------------------------------------------------


def test_a_misspelt_code_heading_names_the_form_the_heading_and_the_row(office):
    rows = long_rows()
    rows[0][0] = "รหัสโรงเรีนย"
    office.sheet("enrolment.xlsx").unlink()
    write_book(office.sheet("long.xlsx"), {"แผ่น1": rows})
    result = blocked(office, "long.xlsx · แผ่น1 · 1", "รหัสโรงเรีนย")
    assert "จำนวนนักเรียน (แบบยาว)" in result.stdout


def test_a_misspelt_grade_blocks_because_its_pupils_would_be_lost(office):
    rows = wide_rows()
    rows[2][grade_column("p1", "ชาย")] = "ประถมศึกษาปีที 1"
    write_wide(office.sheet("enrolment.xlsx"), rows)
    address = f"{letters(grade_column('p1', 'ชาย'))}4"
    blocked(office, f"enrolment.xlsx · {SHEET} · {address}", "ประถมศึกษาปีที 1")


def test_pupils_under_a_grade_that_nobody_knows_block_even_without_any_total(office):
    """A heading far from every known one: its column of pupils must not go in silence."""
    rows = wide_rows(total=False)
    keep = [
        0,
        1,
        2,
        *(grade_column(grade, sex) for grade in ("p1", "p2") for sex in ("ชาย", "หญิง")),
    ]
    rows = [[row[column] for column in keep] for row in rows]
    rows[2][3:7] = ["ประถมศึกษาปีที่ 1", None, "ชั้นเตรียมความพร้อม", None]
    merges = [(2, c, 3, c) for c in range(3)] + [(2, 3, 2, 4), (2, 5, 2, 6)]
    write_book(office.sheet("enrolment.xlsx"), {SHEET: rows}, merges)
    result = office.run("build", ROUND)
    assert result.exit_code == 1, result.output
    assert "ชั้นเตรียมความพร้อม" in result.stdout


def test_two_columns_of_one_heading_with_other_figures_block(office):
    rows = long_rows()
    for row in rows:
        row.append(row[2])
    rows[3][-1] += 1
    office.sheet("enrolment.xlsx").unlink()
    write_book(office.sheet("long.xlsx"), {"แผ่น1": rows})
    blocked(office, "long.xlsx · แผ่น1 · 1", "ชาย", "C, G")


def test_a_column_that_stands_twice_with_the_same_figures_is_read_once(office):
    rows = [[*row, row[2]] for row in long_rows()]
    office.sheet("enrolment.xlsx").unlink()
    write_book(office.sheet("long.xlsx"), {"แผ่น1": rows})
    accepted(office)


def test_a_heading_of_no_use_is_a_note(office):
    rows = register_rows()
    for row, cell in zip(rows, ("สีประจำโรงเรียน", "แดง", "เขียว", "ฟ้า"), strict=True):
        row.append(cell)
    write_book(office.sheet("register.xlsx"), {"ทะเบียน": rows})
    accepted(office, "heading_unknown")


def test_a_header_merged_over_three_rows_is_understood(office):
    rows = wide_rows()
    above = [None] * len(rows[2])
    above[:3] = rows[2][:3]
    above[3], above[15], above[43], above[59] = "ก่อนประถมศึกษา", "ประถมศึกษา", "มัธยมต้น", "รวม"
    rows[2][:3] = [None, None, None]
    rows.insert(2, above)
    merges = [(2, c, 4, c) for c in range(3)]
    merges += [(2, 3, 2, 14), (2, 15, 2, 42), (2, 43, 2, 58), (2, 59, 2, 62)]
    merges += [(3, c, 3, c + 3) for c in range(3, len(above), 4)]
    write_book(office.sheet("enrolment.xlsx"), {SHEET: rows}, merges)
    accepted(office)


def test_a_header_that_lost_its_merging_is_understood(office):
    write_book(office.sheet("enrolment.xlsx"), {SHEET: wide_rows()})
    accepted(office)


# Figures -----------------------------------------------------------------------------------


@pytest.mark.parametrize("measure", ["ชาย", "หญิง", "รวม", "ห้อง"])
def test_a_total_row_that_does_not_add_up_names_the_cell_and_both_numbers(office, measure):
    rows = wide_rows()
    column = grade_column("p2", measure)
    right = rows[-1][column]
    rows[-1][column] = right + 2
    write_wide(office.sheet("enrolment.xlsx"), rows)
    address = f"{letters(column)}{len(rows)}"
    blocked(office, f"enrolment.xlsx · {SHEET} · {address}", str(right), str(right + 2))


def test_a_subtotal_that_does_not_add_up_names_its_cell_alone(office):
    rows = wide_rows()
    column = grade_column("p6", "ห้อง") + 3  # the sum of both sexes over primary school
    rows[FIRST][column] += 10
    write_wide(office.sheet("enrolment.xlsx"), rows)
    result = blocked(office, f"enrolment.xlsx · {SHEET} · {letters(column)}{FIRST + 1}")
    assert result.stdout.count("[ต้องแก้ ") == 1


@pytest.mark.parametrize(
    "value",
    ["สิบ", -3, "-3", 3.5, "3 หลัง", True, datetime.date(2025, 1, 3), "๓.๕"],
)
def test_a_pupil_cell_that_is_no_number_names_its_cell(office, value):
    rows = wide_rows()
    column = grade_column("p3", "ชาย")
    rows[FIRST + 1][column] = value
    write_wide(office.sheet("enrolment.xlsx"), rows)
    blocked(office, f"enrolment.xlsx · {SHEET} · {letters(column)}{FIRST + 2}")


@pytest.mark.parametrize("error", ["#REF!", "#DIV/0!", "#N/A"])
def test_an_error_that_excel_left_in_a_cell_is_never_taken_for_nobody(office, error):
    rows = [[*row[:4], *row[5:]] for row in long_rows()]  # no sums that could give it away
    rows[2][2] = error
    office.sheet("enrolment.xlsx").unlink()
    write_book(office.sheet("long.xlsx"), {"แผ่น1": rows})
    blocked(office, "long.xlsx · แผ่น1 · C3", error)


@pytest.mark.parametrize("wrong", ["สิบ", -3, 3.5])
def test_one_unreadable_cell_is_one_finding_and_no_flood_of_totals(office, wrong):
    rows = wide_rows()
    rows[FIRST][grade_column("p3", "หญิง")] = wrong
    write_wide(office.sheet("enrolment.xlsx"), rows)
    result = office.run("build", ROUND)
    assert result.exit_code == 1
    assert result.stdout.count("[ต้องแก้ ") == 1


@pytest.mark.parametrize(
    "spell",
    [
        lambda n: str(n),
        lambda n: float(n),
        lambda n: f" {n}\u200b ",
        lambda n: str(n).translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")),
        lambda n: f"{n:,}",
    ],
    ids=["text", "float", "blanks", "thai digits", "thousands"],
)
def test_numbers_are_read_however_people_write_them(office, spell):
    big = SCHOOLS[0]
    many = type(big)(
        big.code, big.name, big.subdistrict, big.lat, big.lon, {"p1": (1500, 1600, 40)}
    )
    schools = (many, *SCHOOLS[1:])
    rows = wide_rows(schools)
    for row in rows[FIRST:]:
        row[3:] = [spell(cell) for cell in row[3:]]
    write_wide(office.sheet("enrolment.xlsx"), rows)
    accepted(office, students=sum(school.students for school in schools))


# Codes -------------------------------------------------------------------------------------


def test_a_code_that_the_register_lacks_names_pupils_row_and_what_to_do(office):
    rows = wide_rows()
    rows[FIRST][CODE] = "99029999"
    write_wide(office.sheet("enrolment.xlsx"), rows)
    pupils = str(SCHOOLS[0].students)
    blocked(office, f"enrolment.xlsx · {SHEET} · B{FIRST + 1}", "99029999", pupils)


def test_a_code_in_powers_of_ten_blocks(office):
    rows = wide_rows()
    rows[FIRST][CODE] = "1.02E+09"
    write_wide(office.sheet("enrolment.xlsx"), rows)
    blocked(office, f"enrolment.xlsx · {SHEET} · B{FIRST + 1}", "1.02E+09")


def test_a_code_in_powers_of_ten_blocks_without_a_register_too(office):
    office.sheet("register.xlsx").unlink()
    rows = wide_rows()
    rows[FIRST][CODE] = "9.9E+07"
    write_wide(office.sheet("enrolment.xlsx"), rows)
    blocked(office, f"enrolment.xlsx · {SHEET} · B{FIRST + 1}", "9.9E+07")


def test_a_damaged_code_in_the_register_blocks(office):
    rows = register_rows()
    rows[1][0] = "9.9E+07"
    write_book(office.sheet("register.xlsx"), {"ทะเบียน": rows})
    blocked(office, "register.xlsx · ทะเบียน · A2", "9.9E+07")


def test_a_row_with_pupils_but_no_code_names_its_row(office):
    rows = wide_rows()
    rows[FIRST + 2][CODE] = None
    write_wide(office.sheet("enrolment.xlsx"), rows)
    pupils = str(SCHOOLS[2].students)
    blocked(office, f"enrolment.xlsx · {SHEET} · B{FIRST + 3}", pupils)


@pytest.mark.parametrize("name", ["รวมมิตรวิทยา", "โรงเรียนรวมมิตรวิทยา", "รวมไทยพัฒนา 3"])
def test_a_school_whose_name_begins_like_a_total_is_no_total(office, name):
    rows = wide_rows()
    place = FIRST + 1
    rows[place][0], rows[place][CODE], rows[place][2] = None, None, name
    write_wide(office.sheet("enrolment.xlsx"), rows)
    pupils = str(SCHOOLS[1].students)
    blocked(office, f"enrolment.xlsx · {SHEET} · B{place + 1}", pupils)


@pytest.mark.parametrize(
    "spell",
    [
        int,
        float,
        lambda code: f"  {code} ",
        lambda code: f"{code}\u200b",
        lambda code: f"\ufeff{code}\u00a0",
        lambda code: code.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")),
        lambda code: f"{code[:4]} {code[4:]}",
    ],
    ids=["int", "float", "blanks", "zero width", "no-break", "thai digits", "blank inside"],
)
def test_a_code_is_found_however_it_is_written(office, spell):
    write_wide(office.sheet("enrolment.xlsx"), wide_rows(codes_as=spell))
    accepted(office)


def test_a_school_twice_with_other_figures_names_both_rows(office):
    rows = wide_rows((*SCHOOLS, SCHOOLS[0]))
    last = len(rows) - 2
    column = grade_column("p1", "ชาย")
    for place in (column, column + 2, 3 + 4 * 3 + 4 * 6, 3 + 4 * 3 + 4 * 6 + 2):
        rows[last][place] += 1
    for place in (-4, -2):
        rows[last][place] += 1
    for place in range(3, len(rows[0])):
        rows[-1][place] = sum(row[place] for row in rows[FIRST:-1])
    write_wide(office.sheet("enrolment.xlsx"), rows)
    result = blocked(office, f"enrolment.xlsx · {SHEET} · B{last + 1}", SCHOOLS[0].code)
    assert f"B{FIRST + 1}" in result.stdout


def test_a_row_that_stands_twice_with_the_same_figures_is_counted_once(office):
    write_wide(office.sheet("enrolment.xlsx"), wide_rows((*SCHOOLS, SCHOOLS[0])))
    accepted(office, "repeated_row")


def test_a_row_whose_two_codes_mean_two_schools_is_doubted(office):
    """The ministry code is a cross-check: it must not be left unread where the other is known."""
    rows = long_rows()
    ministry = {row[0]: row[1] for row in register_rows()[1:]}
    other = ministry[SCHOOLS[1].code]
    rows[0].append("รหัสกระทรวง")
    for row in rows[1:]:
        row.append(ministry[row[0]])
    rows[1][-1] = other
    office.sheet("enrolment.xlsx").unlink()
    write_book(office.sheet("long.xlsx"), {"แผ่น1": rows})
    accepted(office, "ministry_code_mismatch")


def test_footnotes_and_blank_rows_under_a_table_lose_nobody_and_block_nothing(office):
    rows = wide_rows()
    blank = [None] * len(rows[0])
    rows.append(blank)
    rows.append(["หมายเหตุ: โรงเรียนขยายโอกาส 1 แห่ง", *blank[1:]])
    rows.append([None, "ผู้รายงาน: กลุ่มนโยบายและแผน", *blank[2:]])
    write_wide(office.sheet("enrolment.xlsx"), rows)
    accepted(office)


# The same sheet in every kind of file ------------------------------------------------------


def _as_xls(office):
    office_files.write_xls(office.sheet("enrolment.xls"), SHEET, wide_rows())


def _as_ods(office):
    office_files.write_ods(office.sheet("enrolment.ods"), SHEET, wide_rows())


def _as_cp874(office):
    write_text(office.sheet("long.csv"), long_rows(), encoding="cp874")


def _as_semicolons(office):
    write_text(office.sheet("long.csv"), long_rows(), delimiter=";")


def _as_tabs(office):
    write_text(office.sheet("long.txt"), long_rows(), delimiter="\t", encoding="utf-8")


def _as_dmc(office):
    write_json(office.sheet("dmc.json"), dmc_records())


def _as_wide_csv(office):
    write_text(office.sheet("wide.csv"), wide_rows())


@pytest.mark.parametrize(
    "write",
    [_as_xls, _as_ods, _as_cp874, _as_semicolons, _as_tabs, _as_dmc, _as_wide_csv],
    ids=lambda write: write.__name__.removeprefix("_as_"),
)
def test_the_same_sheet_gives_the_same_pupils_in_every_kind_of_file(office, write):
    before = office.layer("enrolment_by_grade")
    before = before[before["students"] > 0].reset_index(drop=True)
    office.sheet("enrolment.xlsx").unlink()
    write(office)
    accepted(office)
    after = office.layer("enrolment_by_grade")
    after = after[after["students"] > 0].reset_index(drop=True)
    assert after.equals(before)


def test_formulas_count_with_the_value_that_excel_kept(office):
    """xlsxwriter keeps a value beside a formula, as Excel does."""
    rows = wide_rows()
    with xlsxwriter.Workbook(str(office.sheet("enrolment.xlsx"))) as book:
        sheet = book.add_worksheet(SHEET)
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                if r >= FIRST and c >= 3 and isinstance(cell, int):
                    sheet.write_formula(r, c, f"={cell}+0", None, cell)
                elif cell is not None:
                    sheet.write(r, c, cell)
    accepted(office)


def test_files_that_programs_leave_behind_are_not_sheets(office):
    for name in ("~$enrolment.xlsx", "Thumbs.db", "desktop.ini", ".~lock.x#"):
        office.sheet(name).write_bytes(b"\0\1\2 no sheet")
    (office.sheet("") / "old").mkdir()
    accepted(office)


# Titles and rounds -------------------------------------------------------------------------


def test_a_sheet_of_another_year_is_refused(office):
    rows = wide_rows()
    rows[0][0] = rows[0][0].replace("2568", "2566")
    write_wide(office.sheet("enrolment.xlsx"), rows)
    blocked(office, f"enrolment.xlsx · {SHEET} · A1", "2566", ROUND)


def test_a_title_with_a_day_that_does_not_exist_is_no_crash(office):
    rows = wide_rows()
    rows[0][0] = rows[0][0].replace("10 มิถุนายน", "31 มิถุนายน")
    write_wide(office.sheet("enrolment.xlsx"), rows)
    accepted(office)


def test_an_empty_folder_of_an_earlier_round_is_passed_over(office):
    (office.folder / "data" / "rounds" / "2567-1").mkdir()
    accepted(office)


def test_an_unreadable_file_of_an_earlier_round_does_not_stop_this_one(office):
    earlier = office.folder / "data" / "rounds" / "2567-1"
    earlier.mkdir()
    (earlier / "broken.xlsx").write_bytes(b"no workbook")
    accepted(office)


# Other sheets ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "value", "kind"),
    [
        (5, "ปีมะโรง", "bad_year"),
        (5, 99999, "bad_year"),
        (6, "สวยงาม", "unknown_condition"),
        (4, "หลายห้อง", "number_ignored"),
        (0, "99029999", "building_unmatched"),
    ],
)
def test_a_doubtful_building_is_a_warning_and_pupils_stay(office, column, value, kind):
    rows = building_rows()
    rows[1][column] = value
    write_book(office.sheet("buildings.xlsx"), {"สิ่งก่อสร้าง": rows})
    accepted(office, kind)


@pytest.mark.parametrize(
    ("lat", "lon", "kind"),
    [
        ("98.050", "19.050", "swapped_coordinates"),
        ("2106500", "400100", "utm_coordinates"),
        ("0", "0", "zero_coordinates"),
        ("สิบเก้า", "เก้าสิบแปด", "bad_coordinates"),
        ("19.050", None, "half_coordinates"),
        ("inf", "nan", "bad_coordinates"),
        ("1905000", "9805000", "lost_decimal_point"),
        ("19,0500", "98,0500", "comma_coordinates"),
        ("19.0500, 98.0500", None, "coordinates_in_one_cell"),
        ("51.5000", "-0.1000", "outside_country"),
        ("19", "98.05", "whole_degrees"),
        (None, None, "no_coordinates"),
        ("19.060", "98.030", "shared_point"),
        ("19.050", "98.180", "outside_subdistrict"),
        ("18.050", "98.050", "outside_office"),
    ],
)
def test_a_doubtful_place_is_a_warning_and_the_school_stands_on_a_stand_in(office, lat, lon, kind):
    rows = register_rows()
    rows[1][-2:] = [lat, lon]
    write_book(office.sheet("register.xlsx"), {"ทะเบียน": rows})
    accepted(office, kind)
    school = office.layer("schools").set_index("smis_code").loc[SCHOOLS[0].code]
    assert school["location_quality"] == "subdistrict"
    assert 98.0 < school.geometry.x < 98.1


# Boundaries and tables ---------------------------------------------------------------------


def test_a_boundary_file_that_is_none_is_named(office):
    (office.folder / "data" / "boundaries" / "subdistricts.gpkg").write_bytes(b"no layers")
    unusable(office, "subdistricts.gpkg")


def test_a_boundary_file_without_a_crs_is_named(office):
    path = office.folder / "data" / "boundaries" / "subdistricts.gpkg"
    path.unlink()
    squares = subdistrict_squares()[["subdistrict_code", "geometry"]]
    squares = squares.rename(columns={"subdistrict_code": "tam_code"})
    squares.to_file(path.with_suffix(".shp"))
    path.with_suffix(".prj").unlink()  # as people do who send only three of the files
    unusable(office, "subdistricts.shp", "CRS")


def test_a_village_table_with_a_comma_too_many_is_no_crash(office):
    path = office.folder / "data" / "boundaries" / "villages.csv"
    path.write_text(
        "village_code,village_th\n99020101,บ้านห้วยเมฆ\n99020102,บ้านใหม่,เกิน\n", encoding="utf-8"
    )
    result = office.run("build", ROUND)
    assert result.exit_code in (0, 2), result.output
    if result.exit_code == 2:
        assert "villages.csv" in result.stderr


def test_a_boundary_that_crosses_itself_is_mended_and_stays_a_polygon(office):
    path = office.folder / "data" / "boundaries" / "subdistricts.gpkg"
    squares = gpd.read_file(path)
    # A spike that runs out and back: mending it leaves a line beside the area.
    spike = [(98.05, 19.1), (98.05, 19.2), (98.05, 19.1)]
    ring = [(98.0, 19.0), (98.1, 19.0), (98.1, 19.1), *spike, (98.0, 19.1)]
    squares.loc[0, "geometry"] = shapely.Polygon(ring)
    path.unlink()
    squares.to_file(path, layer="subdistricts", driver="GPKG")
    accepted(office)
    assert set(office.layer("subdistricts").geom_type) == {"MultiPolygon"}
    assert set(office.layer("districts").geom_type) == {"MultiPolygon"}


def test_a_heading_table_that_excel_saved_in_its_own_letters_is_named(office):
    folder = office.folder / "data" / "columns"
    folder.mkdir()
    (folder / "register.csv").write_bytes(
        "heading,column\r\nชื่อเต็ม,school_name_th\r\n".encode("cp874")
    )
    unusable(office, "register.csv", "UTF-8")


def test_size_classes_that_are_no_numbers_name_their_line(office):
    folder = office.folder / "data" / "criteria"
    folder.mkdir()
    (folder / "size_classes.csv").write_text(
        "scheme,class,least,most\nsize_class_4,small,หนึ่ง,120\n", encoding="utf-8"
    )
    unusable(office, "size_classes.csv", "2")


def test_an_office_teaches_a_heading_and_is_understood(office):
    rows = wide_rows()
    rows[2][1] = "เลขประจำโรงเรียน"
    write_wide(office.sheet("enrolment.xlsx"), rows)
    blocked(office, f"enrolment.xlsx · {SHEET} · 4")
    folder = office.folder / "data" / "columns"
    folder.mkdir()
    (folder / "enrolment.csv").write_text(
        "heading,column\nเลขประจำโรงเรียน,smis_code\n", encoding="utf-8-sig"
    )
    accepted(office)
