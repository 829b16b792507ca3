"""Three real rounds compared; every difference is counted again from the sheets themselves."""

import itertools
import json

import openpyxl
import pytest

from tests.office import run
from tests.real.test_maehongson import ROUNDS, pupils_by_hand

PAIRS = tuple(itertools.pairwise(ROUNDS))


@pytest.fixture(scope="module")
def office(maehongson):
    """The office with its register in the first round, every round built."""
    made = maehongson(ROUNDS[0])
    for data_round in ROUNDS:
        assert run("--office", str(made), "build", data_round).exit_code == 0
    return made


def compared(office, before, after):
    done = run("--office", str(office), "compare", before, after, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def by_school(real_data, data_round):
    """Code -> (boys, girls, rooms) of a sheet, past every reader of ours."""
    found = {}
    for (code, _), figures in pupils_by_hand(real_data, data_round).items():
        sums = found.get(code, (0, 0, 0))
        found[code] = tuple(a + b for a, b in zip(sums, figures, strict=True))
    return found


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_the_summary_is_the_difference_of_the_sheets(office, real_data, before, after):
    left, right = by_school(real_data, before), by_school(real_data, after)
    found = compared(office, before, after)
    assert (found["schools_before"], found["schools_after"]) == (len(left), len(right))
    assert found["students_before"] == sum(boys + girls for boys, girls, _ in left.values())
    assert found["students_after"] == sum(boys + girls for boys, girls, _ in right.values())
    assert found["students_change"] == found["students_after"] - found["students_before"]
    assert found["schools_uncompared"] == 0
    assert found["new"] == len(right.keys() - left.keys())
    assert found["closed"] == len(left.keys() - right.keys())
    assert {row["taken_from"] for row in found["taken_over"]} == {ROUNDS[0]}


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_every_school_of_the_workbook_changed_as_its_rows_did(office, real_data, before, after):
    left, right = by_school(real_data, before), by_school(real_data, after)
    book = openpyxl.load_workbook(compared(office, before, after)["workbook"])
    head, *rows = book["โรงเรียน"].iter_rows(min_row=3, values_only=True)
    found = {row[0]: dict(zip(head, row, strict=True)) for row in rows}
    assert found.keys() == left.keys() | right.keys()
    for code, row in found.items():
        by_hand = [b - a for a, b in zip(left[code], right[code], strict=True)]
        assert [row["ชาย ต่าง"], row["หญิง ต่าง"], row["ห้อง ต่าง"]] == by_hand, code
        assert row["นักเรียน ต่าง"] == by_hand[0] + by_hand[1], code


def test_the_grades_of_the_workbook_are_those_that_differ(office, real_data):
    before, after = PAIRS[0]  # both sheets head their grades alike
    left, right = pupils_by_hand(real_data, before), pupils_by_hand(real_data, after)
    differing = {
        key: [
            b - a for a, b in zip(left.get(key, (0, 0, 0)), right.get(key, (0, 0, 0)), strict=True)
        ]
        for key in left.keys() | right.keys()
    }
    by_hand = sorted((code, change) for (code, _), change in differing.items() if any(change))
    book = openpyxl.load_workbook(compared(office, before, after)["workbook"])
    head, *rows = book["รายชั้น"].iter_rows(min_row=3, values_only=True)
    columns = [head.index(name) for name in ("ชาย ต่าง", "หญิง ต่าง", "ห้อง ต่าง")]
    assert sorted((row[0], [row[place] for place in columns]) for row in rows) == by_hand
