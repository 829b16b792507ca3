import pandas as pd
import pytest

from gisapp.core.building_checks import check_buildings
from gisapp.core.buildings import read_buildings
from gisapp.core.match import SchoolKeys
from gisapp.core.rounds import Round
from gisapp.core.tables import FormTable, Sheet
from tests.core.test_buildings import HEAD, A, changed

REGISTER = pd.DataFrame(
    {
        "smis_code": ["58010001", "58010002"],
        "ministry_code": "",
        "percode": "",
        "school_name_th": ["ก", "ข"],
        "founded_on": ["1960-05-16", None],
        "table": 0,
        "row": [1, 2],
    }
)
REGISTER_TABLE = FormTable(
    "register", Sheet("register.xlsx", "s", []), pd.DataFrame(), {"founded_on": 0}, {}
)


@pytest.fixture
def check(read_table):
    def check(*rows, years=1.0, schools=REGISTER, data_round="2568-1"):
        tables = [read_table(HEAD, *rows, file="b.xlsx")]
        buildings, problems = read_buildings(tables, SchoolKeys.of(REGISTER), 2568)
        assert problems == []
        stated = Round.parse(data_round)
        return check_buildings(buildings, tables, schools, [REGISTER_TABLE], stated, years)

    return check


def test_a_building_older_than_its_school_is_named_with_both_years(check):
    (problem,) = check(changed(A, 5, 2481))
    assert (problem.kind, problem.severity, problem.cell) == (
        "building_before_school",
        "warn",
        "F2",
    )
    assert problem.value == "2481 / 2503"
    assert "register.xlsx" in problem.advice("en")


@pytest.mark.parametrize(("year", "doubted"), [(2501, True), (2502, False), (2503, False)])
def test_a_building_may_be_finished_a_year_before_its_school(check, year, doubted):
    assert bool(check(changed(A, 5, year))) is doubted


def test_a_christian_year_is_compared_as_the_same_year(check):
    assert [p.value for p in check(changed(A, 5, 1938))] == ["2481 / 2503"]


def test_without_a_year_or_a_founding_date_nothing_is_said(check):
    assert check(changed(A, 5, None)) == []
    assert check(changed(changed(A, 0, "58010002"), 5, 2400)) == []
    assert check(changed(A, 5, 2400), schools=REGISTER.drop(columns="founded_on")) == []


@pytest.mark.parametrize(
    ("year", "data_round", "doubted"),
    [(2568, "2568-1", False), (2569, "2568-1", True), (2569, "2568-3", False)],
)
def test_nothing_is_built_after_the_year_of_the_cut_off(check, year, data_round, doubted):
    found = check(changed(A, 5, year), data_round=data_round)
    assert [p.kind for p in found] == ["built_in_future"] * doubted


def test_two_buildings_of_one_school_and_year_are_two_problems(check):
    found = check(changed(A, 5, 2481), changed(changed(A, 5, 2481), 1, 2))
    assert [p.cell for p in found] == ["F2", "F3"]
    assert len({p.problem_id for p in found}) == 2


def test_a_structure_in_two_rows_is_named_with_the_first_of_them(check):
    (problem,) = check(A, changed(A, 1, 2), A)
    assert (problem.kind, problem.severity, problem.cell) == ("building_twice", "warn", "B4")
    assert "row 2" in problem.message("en")


@pytest.mark.parametrize(
    ("column", "value"), [(1, 2), (3, "สปช.102/26"), (5, 2539), (0, "58010002")]
)
def test_another_number_design_year_or_school_is_another_structure(check, column, value):
    assert check(A, changed(A, column, value)) == []


def test_a_list_without_numbers_or_designs_names_no_structure_twice(read_table):
    head = [name for name in HEAD if name != "ลำดับที่"]
    row = [cell for place, cell in enumerate(A) if place != 1]
    tables = [read_table(head, row, row)]
    buildings, _ = read_buildings(tables, SchoolKeys.of(REGISTER), 2568)
    assert check_buildings(buildings, tables, REGISTER, [], Round(2568, 1), 1.0) == []


def test_classroom_buildings_without_rooms_are_one_note_per_school_with_their_rows(check):
    toilet = changed(changed(A, 2, "ส้วม"), 1, 3)
    second = changed(changed(A, 4, None), 1, 2)
    third = changed(changed(A, 4, "-"), 1, 4)
    other = changed(changed(A, 4, None), 0, "58010002")
    found = check(A, second, changed(toilet, 4, None), third, other)
    assert [(p.kind, p.severity, p.key, p.cell, p.facts["rows"]) for p in found] == [
        ("rooms_blank", "note", "58010001", "E3", "3, 5"),
        ("rooms_blank", "note", "58010002", "E6", "6"),
    ]


def test_many_schools_without_rooms_are_one_note(read_table):
    codes = [f"580100{n:02d}" for n in range(21)]
    register = REGISTER.reindex([0] * 21).assign(smis_code=codes)
    tables = [read_table(HEAD, *[changed(changed(A, 4, None), 0, code) for code in codes])]
    buildings, _ = read_buildings(tables, SchoolKeys.of(register), 2568)
    (found,) = check_buildings(buildings, tables, register, [], Round(2568, 1), 1.0)
    assert (found.kind, found.facts["schools"], found.key) == ("rooms_blank_many", 21, "")


def test_a_list_without_a_column_of_rooms_says_nothing(read_table):
    head = [name for name in HEAD if name != "ห้องจริง"]
    tables = [read_table(head, [cell for place, cell in enumerate(A) if place != 4])]
    buildings, _ = read_buildings(tables, SchoolKeys.of(REGISTER), 2568)
    assert check_buildings(buildings, tables, REGISTER, [], Round(2568, 1), 1.0) == []


def test_no_building_at_all_says_nothing():
    buildings, _ = read_buildings([], SchoolKeys.of(REGISTER), 2568)
    assert check_buildings(buildings, [], REGISTER, [REGISTER_TABLE], Round(2568, 1), 1.0) == []
