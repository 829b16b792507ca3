import datetime

import pytest

from gisapp.core.rounds import Round
from gisapp.errors import RoundNameError


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2568-1", datetime.date(2025, 6, 10)),
        ("2568-2", datetime.date(2025, 11, 10)),
        ("2568-3", datetime.date(2026, 3, 31)),
    ],
)
def test_each_round_states_its_day(name, day):
    assert Round.parse(name).cut_off == day


def test_rounds_sort_by_time():
    names = ["2568-2", "2567-3", "2568-1", "2567-1"]
    ordered = sorted(map(Round.parse, names))
    assert [str(one) for one in ordered] == ["2567-1", "2567-3", "2568-1", "2568-2"]
    assert [one.cut_off for one in ordered] == sorted(one.cut_off for one in ordered)


@pytest.mark.parametrize(
    ("name", "day"), [("2568-1", "2024-10-30"), ("2568-2", "2025-10-30"), ("2568-3", "2025-10-30")]
)
def test_buildings_are_of_the_last_30_october(name, day):
    assert Round.parse(name).buildings_cut_off.isoformat() == day


@pytest.mark.parametrize("name", ["2568", "2568-4", "2568-0", "../2568-1", "2568-1 ", "abcd-1", ""])
def test_other_names_are_no_rounds(name):
    with pytest.raises(RoundNameError) as refused:
        Round.parse(name)
    assert "2568-1" in str(refused.value)
    assert "รอบข้อมูล" in refused.value.th


def test_a_christian_year_is_answered_with_the_buddhist_one():
    with pytest.raises(RoundNameError, match="2568-1"):
        Round.parse("2025-1")
