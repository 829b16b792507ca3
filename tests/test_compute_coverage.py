"""scripts/compute_coverage.py: every published round, one workbook."""

import importlib.util
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from tests.office import ROUND, STUDENTS, bare_office, small_office, write_text

SCRIPT = Path(__file__).resolve().parent.parent / "scripts" / "compute_coverage.py"

#: Six children of each age 0 to 17 in the first subdistrict, four in the second.
PER_AGE = {"990201": 6, "990202": 4}


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location(SCRIPT.stem, SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.main


def start(script, *arguments):
    return CliRunner().invoke(script, [*map(str, arguments)], catch_exceptions=False)


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """The tiny office with registered children, built."""
    made = small_office(tmp_path_factory.mktemp("office"))
    lines = [
        (code, age, people / 2, people / 2, people, "2024-12-31")
        for code, people in PER_AGE.items()
        for age in range(18)
    ]
    head = ("area_code", "age", "male", "female", "persons", "as_of_date")
    write_text(made.sheet("population.csv"), [head, *lines])
    built = made.run("build", ROUND)
    assert built.exit_code == 0, built.output
    return made


def rows(path, sheet):
    head, *body = ([cell.value for cell in row] for row in openpyxl.load_workbook(path)[sheet])
    return [dict(zip(head, row, strict=True)) for row in body]


def test_every_round_is_worked_out_and_stands_in_one_workbook(script, office):
    done = start(script, "--office", office.folder)
    assert done.exit_code == 0, done.output
    path = office.folder / "layers" / "coverage.xlsx"
    assert str(path) in done.output
    assert ROUND in done.output
    own = [
        row
        for row in rows(path, "สำนักงาน")
        if row["ระยะ (กม. หรือนาที)"] == 3 and row["สังกัดที่นับ"] == "เฉพาะโรงเรียนของสำนักงาน"
    ]
    assert {row["ระดับ"]: row["เด็กในวัย"] for row in own}["ประถม"] == 6 * 10
    assert sum(row["นักเรียน"] for row in own) == STUDENTS
    ahead = [row for row in rows(path, "คาดการณ์ ป.1 ม.1") if row["โรงเรียน"] == "ทั้งสำนักงาน"]
    assert {row["ปีการศึกษาที่คาด (พ.ศ.)"] for row in ahead} == set(range(2569, 2575))
    # The layers of the round are those of `gisapp coverage`.
    assert len(office.layer("office_coverage")) == len(rows(path, "สำนักงาน"))


def test_the_workbook_is_written_where_it_is_asked_for(script, office, tmp_path):
    done = start(script, "--office", office.folder, "--out", tmp_path / "here.xlsx")
    assert done.exit_code == 0, done.output
    assert (tmp_path / "here.xlsx").is_file()


def test_without_a_published_round_it_says_what_to_do(script, tmp_path):
    done = start(script, "--office", bare_office(tmp_path).folder)
    assert done.exit_code == 2
    assert "gisapp build" in done.output
    assert not (tmp_path / "layers" / "coverage.xlsx").exists()


def test_a_folder_that_is_no_office_is_said_in_a_sentence(script, tmp_path):
    done = start(script, "--office", tmp_path)
    assert done.exit_code == 2
    assert "office.toml" in done.output
