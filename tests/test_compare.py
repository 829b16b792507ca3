"""`gisapp compare` the whole way: sheets of two rounds, two builds, words, JSON, workbook."""

import json
import shutil
from dataclasses import replace

import openpyxl
import pytest

from tests.office import (
    AREA_CODE,
    GRADES,
    ROUND,
    SCHOOLS,
    SHORT,
    STUDENTS,
    Office,
    School,
    register_rows,
    small_office,
    wide_rows,
    write_book,
    write_wide,
)

LATER = "2569-1"
#: One school renamed and moved 0.01° east, one gone, one new, two boys fewer in P1.
RENAMED = School("99020001", "บ้านห้วยเมฆใหม่", "ห้วยเมฆ", "19.050", "98.060", dict(SCHOOLS[0].pupils))
RENAMED.pupils["p1"] = (SCHOOLS[0].pupils["p1"][0] - 2, *SCHOOLS[0].pupils["p1"][1:])
NEW = School("99020004", "บ้านแสงดาว", "ทุ่งดาว", "19.020", "98.160", {"p1": (4, 5, 1)})
AFTER = (RENAMED, SCHOOLS[1], NEW)


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """An office that has published two rounds."""
    office = small_office(tmp_path_factory.mktemp("template") / "office")
    write_book(office.sheet("register.xlsx", LATER), {"ข้อมูลโรงเรียน": register_rows(AFTER)})
    rows = wide_rows(AFTER)
    rows[0] = [rows[0][0].replace("2568", "2569"), *rows[0][1:]]
    write_wide(office.sheet("enrolment.xlsx", LATER), rows)
    for data_round in (ROUND, LATER):
        built = office.run("build", data_round)
        assert built.exit_code == 0, built.output
    return office


@pytest.fixture
def office(template, tmp_path):
    """A copy of that office."""
    return Office(shutil.copytree(template.folder, tmp_path / "office"))


def answer(office, *arguments):
    done = office.run("compare", *arguments, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_two_rounds_are_compared_into_one_json_object(office):
    found = answer(office, ROUND, LATER)
    gone = SCHOOLS[2].students
    assert (found["schools_before"], found["schools_after"]) == (3, 3)
    assert (found["new"], found["closed"], found["renamed"], found["moved"]) == (1, 1, 1, 1)
    assert found["students_before"] == STUDENTS
    assert found["students_change"] == -2 - gone + NEW.students
    assert found["students_after"] == STUDENTS - 2 - gone + NEW.students
    assert (found["schools_uncompared"], found["students_uncompared"]) == (0, 0)
    assert found["taken_over"] == [{"data_round": LATER, "form": "buildings", "taken_from": ROUND}]


def test_the_earlier_round_comes_first_whoever_is_named_first(office):
    assert answer(office, LATER, ROUND) == answer(office, ROUND, LATER)


def test_people_read_a_line_and_find_the_workbook(office):
    done = office.run("compare", ROUND, LATER)
    assert done.exit_code == 0, done.output
    assert f"รอบ {ROUND} → {LATER}" in done.stdout
    assert "เพิ่มใหม่ 1 · เลิก 1" in done.stdout
    path = office.folder / "layers" / f"{ROUND}-{LATER}-compare.xlsx"
    assert str(path) in done.stdout
    sheet = openpyxl.load_workbook(path)["โรงเรียน"]
    found = {row[0]: row for row in sheet.iter_rows(min_row=4, values_only=True)}
    assert set(found) == {"99020001", "99020002", "99020003", "99020004"}
    assert found["99020001"][6] == "ชื่อโรงเรียน, ย้ายจุด"


def test_an_office_that_reads_english_is_told_in_english(office):
    toml = office.folder / "office.toml"
    toml.write_text(toml.read_text(encoding="utf-8") + 'language = "en"\n', encoding="utf-8")
    done = office.run("compare", ROUND, LATER)
    assert "new 1 · closed 1" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((ROUND, "2570-1"), "gisapp build 2570-1"),
        ((ROUND,), "two different rounds"),
        ((ROUND, ROUND), "two different rounds"),
        ((ROUND, LATER, "2570-1"), "two different rounds"),
        ((ROUND, LATER, "--national"), "two different rounds"),
        ((ROUND, "2025-1"), "2568-1"),
        ((ROUND, "--national"), "no national figures"),
        (("2570-1", "--national"), "gisapp build 2570-1"),
    ],
)
def test_wrong_input_gets_one_clear_sentence(office, arguments, said):
    done = office.run("compare", *arguments)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert said in done.stderr
    assert not list((office.folder / "layers").glob("*-compare.xlsx"))


def test_a_damaged_layer_file_is_said_and_nothing_is_written(office):
    (office.folder / "layers" / f"{LATER}.gpkg").write_bytes(b"no database at all" * 100)
    done = office.run("compare", ROUND, LATER)
    assert done.exit_code == 2
    assert f"gisapp build {LATER}" in done.stderr
    assert not list((office.folder / "layers").glob("*-compare.xlsx"))


def national_rows(schools):
    """The national DMC workbook: codes of 10 digits under โรงเรียน, grades by sex, no rooms."""
    grades = [(grade, f"{SHORT[grade[0]]}{grade[1:]}") for grade in GRADES]
    head = ["areacode", "โรงเรียน", "ชื่อโรงเรียน"]
    for _, label in grades:
        head += [f"{label}ชาย", f"{label}หญิง"]
    rows = [[*head, "เกณฑ์7ขนาด"]]
    for school in schools:
        figures = [school.pupils.get(grade, (0, 0, 0))[:2] for grade, _ in grades]
        flat = [number for pair in figures for number in pair]
        rows.append([AREA_CODE, f"109902{school.code[-4:]}", school.name, *flat, 1])
    return rows


def test_the_nations_figures_of_a_round_are_compared_with_the_offices(office):
    # The nation counts two boys fewer in one grade of the first school, and not the third.
    write_book(
        office.sheet("DMC681.xlsx"),
        {"DMC": national_rows([replace(RENAMED, name=SCHOOLS[0].name), SCHOOLS[1]])},
    )
    built = office.run("build", ROUND)
    assert built.exit_code == 0, built.output
    done = office.run("compare", ROUND, "--national", "--json")
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    (source,) = found["sources"]
    assert source["source_file"] == "DMC681.xlsx"
    assert source["students_before"] == STUDENTS
    assert source["students_after"] == STUDENTS - 2 - SCHOOLS[2].students
    assert source["students_change"] == -2
    assert (source["schools_differing"], source["grades_differing"]) == (1, 1)
    assert (source["only_published"], source["only_other"]) == (1, 0)
    sheet = openpyxl.load_workbook(found["workbook"])["รายชั้น"]
    (row,) = (
        row
        for row in sheet.iter_rows(min_row=4, values_only=True)
        if row[0] == "99020001" and row[2] == "ป.1"
    )
    boys, girls, _ = SCHOOLS[0].pupils["p1"]
    assert row[3:6] == (boys + girls, boys + girls - 2, -2)
    assert "DMC681.xlsx" in office.run("compare", ROUND, "--national").stdout


def test_comparing_changes_no_published_file(office):
    before = office.digest()
    answer(office, ROUND, LATER)
    assert office.digest() == before
    assert not [path for path in (office.folder / "layers").iterdir() if ".part" in path.name]
