import contextlib
import sqlite3

import pytest

from gisapp.store.published import file_now
from gisapp.store.published_sums import GradeSum, read_columns, read_grade_sums

ROWS = [
    ("1", "p1", 4, 6, 10, 1),
    ("1", "p2", 0, 0, 0, 0),
    ("2", "p1", None, None, 7, 1),
    ("3", "p1", None, None, None, None),
    ("3", "k3", None, None, None, None),
]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "2568-1.gpkg"
    columns = "smis_code TEXT, grade TEXT, male INT, female INT, students INT, class_groups INT"
    with contextlib.closing(sqlite3.connect(path)) as database:
        database.execute(f"CREATE TABLE enrolment_by_grade ({columns})")
        database.executemany("INSERT INTO enrolment_by_grade VALUES (?,?,?,?,?,?)", ROWS)
        database.commit()
    return file_now(path)


def by_grade(*arguments):
    return {row.grade: row for row in read_grade_sums(*arguments)}


def test_grades_add_up_what_is_known_and_unknown_stays_unknown(file):
    found = by_grade(file)
    assert found["p1"] == GradeSum("p1", 4, 6, 17, 2)
    assert found["p2"] == GradeSum("p2", 0, 0, 0, 0)
    assert found["k3"] == GradeSum("k3", None, None, None, None)


def test_only_the_schools_asked_for_are_added(file):
    assert by_grade(file, ("2", "3"))["p1"] == GradeSum("p1", None, None, 7, 1)
    assert by_grade(file, ("1",)).keys() == {"p1", "p2"}
    assert by_grade(file, ()) == {}
    assert by_grade(file, ("1' OR '1'='1",)) == {}


def test_schools_one_by_one_add_up_to_all_of_them(file):
    parts = [by_grade(file, (code,)).get("p1") for code in ("1", "2", "3")]
    assert sum(part.students or 0 for part in parts) == by_grade(file)["p1"].students


def test_what_a_reader_may_not_see_is_not_added(file):
    allowed = frozenset({"smis_code", "grade", "students"})
    assert by_grade(file, None, allowed)["p1"] == GradeSum("p1", None, None, 17, None)
    assert by_grade(file, None, frozenset({"smis_code", "grade"})) == {}


def test_a_round_without_the_layer_has_no_grades(tmp_path):
    path = tmp_path / "2567-1.gpkg"
    with contextlib.closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE schools (smis_code TEXT)")
    assert read_grade_sums(file_now(path)) == ()


def test_columns_come_row_by_row_and_what_is_not_there_is_unknown(file):
    found = read_columns(file, "enrolment_by_grade", ("students", "planet"))
    assert sorted(found["students"], key=str) == [0, 10, 7, None, None]
    assert found["planet"] == (None,) * 5
    hidden = read_columns(file, "enrolment_by_grade", ("students",), frozenset({"grade"}))
    assert hidden == {"students": (None,) * 5}
    assert read_columns(file, "planet", ("students",)) == {"students": ()}
