"""Data about persons, the whole way: refused or left out, and repeated nowhere."""

import zipfile

import pytest

from gisapp.core.corrections import Correction
from gisapp.core.person_names import LEFT_OUT
from gisapp.core.rounds import Round
from gisapp.errors import PersonDataError
from gisapp.settings import Settings
from gisapp.store.corrections import add_corrections
from tests.core.test_persons import MADE
from tests.office import NAME, ROUND, SCHOOLS, register_rows, small_office, write_book, write_text

FIRST, LAST = "สมหญิง", "ไม่มีตัวตน"
SOMEBODY = f"{FIRST} {LAST}"


@pytest.fixture
def office(tmp_path):
    return small_office(tmp_path / "office")


def beside_counts(heading, cell):
    """A long enrolment sheet with one more column."""
    head = ["รหัสโรงเรียน", "ชั้น", "ชาย", "หญิง", "รวม", "ห้อง", heading]
    return [head, *[[school.code, "ป.1", 1, 1, 2, 1, cell] for school in SCHOOLS]]


def kept_bytes(office):
    """Everything outside the round's folder, packed files unpacked."""
    for path in office.folder.rglob("*"):
        if not path.is_file() or "rounds" in path.parts:
            continue
        yield path.name.encode()
        yield path.read_bytes()
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as package:
                yield from map(package.read, package.namelist())


def said_nowhere(office, result, *secrets):
    contents = [result.output.encode(), *kept_bytes(office)]
    return not any(secret.encode() in content for secret in secrets for content in contents)


@pytest.mark.parametrize(
    "rows",
    [
        beside_counts("ชื่อ-นามสกุล", SOMEBODY),
        beside_counts("ชื่อนักเรียน", f"นางสาว{SOMEBODY}"),
        [
            ["ที่", "คำนำหน้า", "ชื่อ", "นามสกุล", "เพศ", "อายุ", "ชื่อบิดา"],
            [1, "ด.ญ.", FIRST, LAST, "หญิง", 7, "นายเอ บี"],
        ],
        [["a", "b"], [1, "ด.ญ."], [2, "ด.ช."]],
        [["smis_code", "grade", "Full Name"], ["99020001", "p1", SOMEBODY]],
    ],
    ids=["beside", "title", "list", "titles", "english"],
)
@pytest.mark.parametrize("hidden", [(), ("s",)], ids=["shown", "hidden"])
def test_names_of_pupils_are_refused(office, rows, hidden):
    write_book(office.sheet("x.xlsx"), {"a": [["x"]], "s": rows}, hidden=hidden)
    result = office.run("check", ROUND)
    assert result.exit_code == 2, result.output
    assert "x.xlsx" in result.output
    assert said_nowhere(office, result, FIRST, LAST)


def test_names_are_refused_before_the_form_that_they_stand_in_is_read(office):
    rows = register_rows()
    write_book(
        office.sheet("register.xlsx"),
        {"s": [[*row, cell] for row, cell in zip(rows, ["ชื่อ-สกุล", *[SOMEBODY] * 9], strict=False)]},
    )
    result = office.run("build", ROUND)
    assert result.exit_code == 2
    assert not office.published.exists()
    assert said_nowhere(office, result, FIRST)


@pytest.mark.parametrize(
    "heading", ["ชื่อผู้อำนวยการ", "ผู้อำนวยการโรงเรียน", "ผู้อำนวยการ", "director_name"]
)
def test_the_heads_of_a_register_are_known_unused_and_in_no_output(office, heading):
    rows = [[*row, f"นาย{SOMEBODY}"] for row in register_rows()]
    rows[0][-1] = heading
    rows[2][6] = "1.2"  # marked, so that the sheet is copied
    write_book(office.sheet("register.xlsx"), {"s": rows})
    result = office.run("check", ROUND, "--school-files")
    assert result.exit_code in (0, 1), result.output
    assert said_nowhere(office, result, FIRST, LAST)
    assert list((office.folder / "layers").rglob("*register.xlsx"))
    assert not [p for p in office.problems() if p["kind"].startswith("heading_")]


def test_a_name_in_a_column_that_counts_staff_is_told_without_the_name(office):
    head = ["รหัสโรงเรียน", "ผู้อำนวยการ", "รองผู้อำนวยการ", "ครู"]
    write_book(office.sheet("staff.xlsx"), {"s": [head, ["99020001", f"นาย{SOMEBODY}", 0, 3]]})
    result = office.run("check", ROUND, "--school-files")
    assert [p["value"] for p in office.problems("number_ignored")] == [LEFT_OUT]
    assert said_nowhere(office, result, FIRST, LAST)
    assert office.run("build", ROUND).exit_code == 0
    assert said_nowhere(office, result, FIRST, LAST)


def test_a_file_named_after_a_person_is_named_by_its_place(office):
    write_book(office.sheet(f"กก {MADE[0]}.xlsx"), {"a": [["x", "y"], [1, 2]]})
    result = office.run("check", ROUND)
    assert result.exit_code == 2
    assert "ไฟล์ที่ 4 " in result.output
    assert "file 4 " in result.output
    assert said_nowhere(office, result, MADE[0])


def test_a_folder_named_after_a_person_is_named_by_its_place(office):
    write_book(office.sheet(f"{MADE[0]}/a.xlsx"), {"a": [["x"]]})
    result = office.run("check", ROUND)
    assert result.exit_code == 2
    assert "folder 1 " in result.output
    assert said_nowhere(office, result, MADE[0])


@pytest.mark.parametrize("name", [MADE[0], f"ด.ญ.{SOMEBODY}"])
def test_a_sheet_named_after_a_person_is_named_by_its_place(office, name):
    write_book(office.sheet("y.xlsx"), {"a": [["x"]], name: [["x", "y"], [1, 2]]})
    result = office.run("check", ROUND)
    assert result.exit_code == 2
    assert "y.xlsx: sheet 2" in result.output
    assert said_nowhere(office, result, name, FIRST)


@pytest.mark.parametrize(
    "line",
    [
        ("99020001", "lat", "19.05", MADE[0]),
        (MADE[0], "lat", "1", "2"),
        ("1", "lat", "1", f"เลข {MADE[0]}"),
    ],
)
def test_a_line_of_corrections_about_a_person_is_refused_by_its_number(office, line):
    office.corrections(("99020001", "lat", "19.0500", "19.0501"), line)
    result = office.run("check", ROUND)
    assert result.exit_code == 2
    assert "corrections.csv line 3" in result.output
    assert said_nowhere(office, result, MADE[0])


def country(office, pattern, keys):
    """Make the small office another country's, whose schools have these keys."""
    (office.folder / "office.toml").write_text(
        f"area_code = 'X1'\nname_th = '{NAME}'\nname_en = 'X'\nkey_pattern = '{pattern}'\n",
        encoding="utf-8",
    )
    for name in ("register.xlsx", "enrolment.xlsx", "buildings.xlsx"):
        office.sheet(name).unlink()
    head, *rows = register_rows()
    place = head.index("smis")
    named = [[*row[:place], key, *row[place + 1 :]] for row, key in zip(rows, keys, strict=True)]
    write_book(office.sheet("register.xlsx"), {"s": [head, *named]})
    grades = [[key, "p1", 5, 6, 11, 1] for key in keys]
    pupils = [["smis_code", "grade", "male", "female", "students", "class_groups"], *grades]
    write_text(office.sheet("enrolment.csv"), pupils)
    return office


@pytest.mark.parametrize(
    ("pattern", "keys"),
    [(r"\d{13}", MADE), (r"G\d{12}", ["G680000000001", "G680000000002", "G680000000003"])],
)
def test_codes_of_another_countrys_schools_are_no_persons(office, pattern, keys):
    country(office, pattern, keys)
    result = office.run("build", ROUND)
    assert result.exit_code == 0, result.output
    assert sorted(office.layer("schools")["smis_code"]) == sorted(keys)
    office.corrections((keys[0], "school_name_th", register_rows()[1][3], "x"))
    assert office.run("check", ROUND).exit_code in (0, 1)


def test_personal_numbers_beside_such_codes_are_refused_still(office):
    country(office, r"\d{13}", MADE)
    rows = [["smis_code", "note"], [MADE[0], MADE[1]]]
    write_book(office.sheet("x.xlsx"), {"s": rows})
    result = office.run("check", ROUND)
    assert result.exit_code == 2
    assert "column B " in result.output


def test_codes_that_are_not_written_as_the_office_writes_them_are_refused(office):
    rows = [["smis_code", "note"], *[[number, 1] for number in MADE]]
    write_book(office.sheet("x.xlsx"), {"s": rows})
    assert office.run("check", ROUND).exit_code == 2


def test_a_school_of_another_country_sends_its_file_back(office):
    country(office, r"\d{13}", MADE)
    pupils = [["smis_code", "grade", "male", "female", "students", "class_groups"]]
    pupils += [[key, "p1", 5, 6, 12 if key == MADE[0] else 11, 1] for key in MADE]
    write_text(office.sheet("enrolment.csv"), pupils)
    assert office.run("check", ROUND, "--school-files").exit_code == 1
    [sent] = (office.folder / "layers").rglob(f"{MADE[0]}*.xlsx")
    result = office.run("mended", ROUND, str(sent), "--by", "ก")
    assert result.exit_code == 0, result.output


def test_a_file_and_a_sheet_may_bear_the_code_of_another_countrys_school(office):
    country(office, r"\d{13}", MADE)
    office.sheet("enrolment.csv").rename(office.sheet(f"{MADE[0]}.csv"))
    write_book(office.sheet("x.xlsx"), {MADE[1]: [["x"]]})
    assert office.run("check", ROUND).exit_code in (0, 1)


def test_no_line_about_a_person_is_ever_added(office):
    line = Correction("", "99020001", "lat", "19.0500", "19.0501", f"ถาม {MADE[0]}", "ก", None, 0)
    with pytest.raises(PersonDataError):
        add_corrections(Settings.load(office.folder), Round.parse(ROUND), [line])
    assert not list(office.sheet("").glob("*corrections*"))
