"""The commands as people and programs meet them: exit codes, words, JSON, and a sudden end."""

import json
import shutil
import sqlite3
import subprocess
import time

import openpyxl
import pytest

import gisapp
from gisapp.core.recognise import recognise
from gisapp.settings import Settings
from gisapp.store.sheets import read_sheets
from gisapp.store.tables import read_headings
from tests.office import (
    AREA_CODE,
    CODE,
    FIRST,
    ROUND,
    SCHOOLS,
    STUDENTS,
    Office,
    run,
    small_office,
    start,
    wide_rows,
    write_book,
    write_wide,
)


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """An office that has published its round once."""
    office = small_office(tmp_path_factory.mktemp("template") / "office")
    assert office.run("build", ROUND).exit_code == 0
    return office


@pytest.fixture
def office(template, tmp_path):
    """A copy of that office."""
    return Office(shutil.copytree(template.folder, tmp_path / "office"))


def block(office):
    """Give the office a row that belongs to no school."""
    rows = wide_rows()
    rows[FIRST][CODE] = "99029999"
    write_wide(office.sheet("enrolment.xlsx"), rows)


def leftovers(office):
    """Unfinished files of a build."""
    return [path.name for path in (office.folder / "layers").iterdir() if ".part" in path.name]


def test_help_names_every_command_of_this_step():
    said = run("--help").stdout
    for command in ("build", "check", "demo", "init", "sample", "serve"):
        assert f"\n  {command} " in said
    assert run("--version").stdout.strip() == f"gisapp, version {gisapp.__version__}"


@pytest.mark.parametrize("arguments", [("build",), ("check",), ("init", "x"), ("nothing",)])
def test_a_command_used_wrongly_ends_with_2(arguments):
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Usage" in result.stderr
    assert result.stdout == ""


def test_build_says_how_many_schools_and_pupils_and_where_the_layers_are(office):
    result = office.run("build", ROUND)
    assert result.exit_code == 0
    assert str(office.published) in result.stdout
    assert f"{len(SCHOOLS)}" in result.stdout
    assert f"{STUDENTS}" in result.stdout
    assert result.stderr == ""


def test_check_publishes_nothing_and_writes_the_problem_workbook(office):
    office.published.unlink()
    result = office.run("check", ROUND)
    assert result.exit_code == 0
    assert not office.published.exists()
    book = openpyxl.load_workbook(office.folder / "layers" / f"{ROUND}-problems.xlsx")
    assert book["เรื่องที่พบ"]["A4"].value == "ระดับ"


@pytest.mark.parametrize("command", ["check", "build"])
def test_blocks_end_with_1_and_leave_the_published_file(office, command):
    before = office.digest()
    block(office)
    assert office.run(command, ROUND).exit_code == 1
    assert office.digest() == before


def test_a_build_that_is_blocked_makes_no_first_file_either(office):
    office.published.unlink()
    block(office)
    assert office.run("build", ROUND).exit_code == 1
    assert not office.published.exists()
    assert leftovers(office) == []


@pytest.mark.parametrize("command", ["check", "build"])
def test_json_is_one_object_and_nothing_else_on_standard_output(office, command):
    good = office.run(command, ROUND, "--json")
    assert good.exit_code == 0
    answer = json.loads(good.stdout)
    assert answer["schools"] == len(SCHOOLS)
    assert answer["students"] == STUDENTS
    assert answer["published"] == (str(office.published) if command == "build" else None)
    assert answer["problems"]["block"] == 0

    block(office)
    bad = office.run(command, ROUND, "--json")
    assert bad.exit_code == 1
    answer = json.loads(bad.stdout)
    assert answer["problems"]["block"] == 1
    assert answer["published"] is None


def test_an_error_with_json_leaves_standard_output_empty(office):
    result = office.run("build", "2568-9", "--json")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert len(result.stderr.strip().splitlines()) == 2


def test_the_office_may_be_named_by_the_environment(office, monkeypatch):
    monkeypatch.setenv("GISAPP_OFFICE", str(office.folder))
    assert run("check", ROUND).exit_code == 0


def test_the_office_is_the_current_folder_when_nobody_names_one(office, monkeypatch):
    monkeypatch.delenv("GISAPP_OFFICE", raising=False)
    monkeypatch.chdir(office.folder)
    assert run("check", ROUND).exit_code == 0


def test_init_makes_an_office_with_its_folders_criteria_and_blank_forms(tmp_path):
    folder = tmp_path / "สำนักงาน ใหม่"
    name = 'สพป."ใน" \\ทดสอบ\\ เขต 2'
    made = run("init", str(folder), "--area-code", AREA_CODE, "--name", name)
    assert made.exit_code == 0, made.output
    office = Office(folder)
    for below in ("data/rounds", "data/boundaries", "layers", "photos/shown"):
        assert (folder / below).is_dir()
    assert list((folder / "data" / "criteria").glob("*.csv"))
    assert list((folder / "templates").glob("*.xlsx"))
    # A name with quotes and backslashes comes back as it was typed.
    shutil.copytree(small_office(tmp_path / "other").sheet("").parent, folder / "data" / "rounds",
                    dirs_exist_ok=True)  # fmt: skip
    checked = office.run("check", ROUND)
    assert checked.exit_code == 0, checked.output
    assert name in checked.stdout


def test_init_never_touches_an_office_that_is_there(office):
    before = (office.folder / "office.toml").read_bytes()
    again = run("init", str(office.folder), "--area-code", "99030000", "--name", "อื่น")
    assert again.exit_code == 2
    assert len(again.stderr.strip().splitlines()) == 2
    assert (office.folder / "office.toml").read_bytes() == before


@pytest.mark.parametrize("code", ["58/01", "๕๘๐๑๐๐๐๐", "", "58 10000", "x" * 21, "LA_01"])
def test_init_refuses_a_code_that_is_none_and_makes_no_folder(tmp_path, code):
    result = run("init", str(tmp_path / "new"), "--area-code", code, "--name", "ชื่อ")
    assert result.exit_code == 2
    assert not (tmp_path / "new").exists()


def test_a_blank_form_of_init_is_recognised_as_the_form_it_is(tmp_path):
    """Nobody may fill in a form that the reader then refuses."""
    assert run("init", str(tmp_path / "o"), "--area-code", AREA_CODE, "--name", "ก").exit_code == 0
    headings = read_headings(Settings.load(tmp_path / "o"))
    blanks = sorted((tmp_path / "o" / "templates").glob("*.xlsx"))
    assert len(blanks) >= 7
    found = set()
    for blank in blanks:
        tables = [recognise(sheet, headings)[0] for sheet in read_sheets(blank, ROUND)]
        forms = {table.form for several in tables for table in several}
        assert forms, f"{blank.name} is no form that the reader knows"
        found |= forms
    assert found >= {"register", "enrolment", "enrolment_long", "buildings", "service_villages"}


def test_office_pages_are_refused_on_any_other_host(office):
    result = office.run("serve", "--office-pages", "--host", "0.0.0.0")  # noqa: S104
    assert result.exit_code == 2
    assert "127.0.0.1" in result.stderr


def test_values_of_a_sheet_stay_text_in_the_problem_workbook(office):
    rows = wide_rows()
    rows[FIRST][3] = "@SUM(1+1)"
    write_wide(office.sheet("enrolment.xlsx"), rows)
    assert office.run("check", ROUND).exit_code == 1
    book = openpyxl.load_workbook(office.folder / "layers" / f"{ROUND}-problems.xlsx")
    rows = book["เรื่องที่พบ"].iter_rows()
    cells = [cell for row in rows for cell in row if cell.value == "@SUM(1+1)"]
    assert cells
    assert {cell.data_type for cell in cells} == {"s"}


def test_a_problem_workbook_that_cannot_be_replaced_is_named(office):
    """As on Windows, where Excel holds the file that is open in it."""
    book = office.folder / "layers" / f"{ROUND}-problems.xlsx"
    book.unlink()
    book.mkdir()
    (book / "in the way").touch()
    before = office.digest()
    result = office.run("build", ROUND)
    assert result.exit_code == 2
    assert book.name in result.stderr
    assert len(result.stderr.strip().splitlines()) == 2
    assert office.digest() == before


def test_layers_that_cannot_be_replaced_are_named(office):
    office.published.unlink()
    office.published.mkdir()
    (office.published / "in the way").touch()
    result = office.run("build", ROUND)
    assert result.exit_code == 2
    assert office.published.name in result.stderr
    assert leftovers(office) == []


@pytest.mark.parametrize("room", [60_000, 120_000, 250_000])
def test_a_full_disk_is_said_and_leaves_the_published_file(office, room):
    resource = pytest.importorskip("resource", reason="only Unix can bound the size of a file")
    before = office.digest()
    building = start(
        "--office", str(office.folder), "build", ROUND,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8",
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
    )  # fmt: skip
    _, said = building.communicate(timeout=120)
    assert "Traceback" not in said
    assert building.returncode == 2
    assert office.published.stem in said  # the check file is the first to be written
    assert len(said.strip().splitlines()) == 2
    assert office.digest() == before
    assert leftovers(office) == []


# A sudden end ------------------------------------------------------------------------------


def many_schools(office, count=3000):
    """Make the office large enough that writing its layers takes a while."""
    one = SCHOOLS[1]
    schools = [
        type(one)(
            f"9902{n:04d}", f"โรงเรียน {n}", one.subdistrict, one.lat, f"98.{n:05d}", one.pupils
        )
        for n in range(1, count + 1)
    ]
    register = [["smis", "schoolname", "tambon", "amper", "lat", "lng"]]
    register += [[s.code, s.name, s.subdistrict, "เมืองทดสอบ", s.lat, s.lon] for s in schools]
    write_book(office.sheet("register.xlsx"), {"ทะเบียน": register})
    write_wide(office.sheet("enrolment.xlsx"), wide_rows(schools))
    return schools


def unfinished_gpkg(office):
    """The file that a build writes before it takes its place."""
    found = [name for name in leftovers(office) if name.endswith(".part.gpkg")]
    return found[0] if found else None


def test_a_build_that_is_killed_half_way_leaves_the_old_file_and_the_next_one_cleans_up(office):
    many_schools(office)
    before = office.digest()
    arguments = ("--office", str(office.folder), "build", ROUND)
    building = start(*arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 120
    while not unfinished_gpkg(office):
        assert building.poll() is None, "it ended before it began to write"
        assert time.monotonic() < until, "it never began to write"
    building.kill()  # SIGKILL: nothing of ours runs any more
    assert building.wait(timeout=30) != 0
    assert unfinished_gpkg(office), "it was killed too late to say anything"

    assert office.digest() == before
    with sqlite3.connect(office.published) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("SELECT count(*) FROM schools").fetchone() == (len(SCHOOLS),)

    again = office.run("build", ROUND)
    assert again.exit_code == 0, again.output
    assert leftovers(office) == []
    assert len(office.layer("schools")) == 3000


def test_two_builds_at_once_both_leave_a_whole_file(office):
    """Somebody presses the button twice: no layer may be missing from what is published."""
    many_schools(office, 1500)
    arguments = ("--office", str(office.folder), "build", ROUND)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "encoding": "utf-8"}
    both = [start(*arguments, **quiet) for _ in range(2)]
    ends = [(process.communicate(timeout=300)[1], process.returncode) for process in both]
    for said, code in ends:
        assert "Traceback" not in said, said
        assert code in (0, 2), said
    assert 0 in [code for _, code in ends]
    with sqlite3.connect(office.published) as database:
        names = {name for (name,) in database.execute("SELECT table_name FROM gpkg_contents")}
        assert database.execute("SELECT count(*) FROM schools").fetchone() == (1500,)
    assert {"schools", "enrolment_by_grade", "buildings", "problems", "districts"} <= names
    assert leftovers(office) == []
