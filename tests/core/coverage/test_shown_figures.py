import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from gisapp.core.coverage.reckoning.shown_figures import PEOPLE, whole_people

LAWFUL = settings(max_examples=100, deadline=None, derandomize=True)
NAN = float("nan")


def figures(rows, **others):
    """Units of one table; people not given are unknown."""
    table = pd.DataFrame({"round": "2568-1", **dict.fromkeys(PEOPLE, NAN)}, index=range(len(rows)))
    for name in {name for row in rows for name in row}:
        table[name] = [row.get(name, NAN) for row in rows]
    return table.assign(**others).astype(dict.fromkeys(PEOPLE, "Float64"))


def unit(people, boys, covered, covered_boys, edge):
    """A unit from shares of its people."""
    girls = people * (1 - boys)
    return {
        "population": people,
        "population_male": people - girls,
        "population_female": girls,
        "covered_population": people * covered,
        "covered_male": people * covered * covered_boys,
        "covered_female": people * covered * (1 - covered_boys),
        "uncovered_population": people * (1 - covered),
        "covered_at_least": people * covered,
        "covered_at_most": people * covered,
        "edge_population": people * (1 - covered) * edge,
    }


SHARES = st.floats(0, 1)
UNITS = st.lists(
    st.builds(unit, st.floats(0, 300), SHARES, SHARES, SHARES, SHARES), min_size=1, max_size=20
)


def test_two_zones_on_paper():
    # 10.5 and 9.5 children are shown as 11 and 9 of 20. Of 5.6 uncovered, shown as 6, the second
    # zone has 1.4: with 8.1 covered of the 9 shown it can only show 1, so the first shows 5.
    rows = [unit(10.5, 0.5, 0.6, 0.5, 0), unit(9.5, 0.5, 8.1 / 9.5, 0.5, 0)]
    shown = whole_people(figures(rows), ["round"])
    assert shown["population"].tolist() == [11, 9]
    assert shown["uncovered_population"].tolist() == [5, 1]
    assert shown["covered_population"].tolist() == [6, 8]


def test_what_is_unknown_stays_unknown():
    rows = [{"population": 10.0, "covered_at_least": 4.4}, {"population": 5.0}]
    shown = whole_people(figures(rows), ["round"])
    assert shown["population"].tolist() == [10, 5]
    assert shown["covered_at_least"].tolist()[0] == 4
    for name in ("covered_population", "uncovered_population", "population_male"):
        assert shown[name].isna().all()


def test_rates_are_left_alone():
    shown = whole_people(figures([unit(10.5, 0.5, 0.6, 0.5, 0)], coverage_rate=0.6), ["round"])
    assert shown["coverage_rate"].tolist() == [0.6]


def test_a_table_without_rows_has_none():
    assert len(whole_people(figures([]), ["round"])) == 0


@LAWFUL
@given(UNITS, UNITS)
def test_shown_people_add_up_in_every_row_and_table(first, second):
    table = pd.concat([figures(first), figures(second).assign(round="2567-1")], ignore_index=True)
    shown = whole_people(table, ["round"])
    for name, exact in table.groupby("round")["population"].sum().items():
        of_round = shown[shown["round"].eq(name)]
        assert of_round["population"].sum() == np.floor(round(float(exact), 6) + 0.5)
    assert (shown["covered_population"] + shown["uncovered_population"]).equals(shown["population"])
    assert (shown["population_male"] + shown["population_female"]).equals(shown["population"])
    assert (shown["covered_male"] + shown["covered_female"]).equals(shown["covered_population"])
    assert (shown["edge_population"] <= shown["uncovered_population"]).all()
    for bound in ("covered_at_least", "covered_at_most"):
        assert shown[bound].equals(shown["covered_population"])
    people = ["population", "covered_population", "population_male", "edge_population"]
    assert (shown[people] >= 0).all(axis=None)


@LAWFUL
@given(st.lists(st.tuples(st.floats(0, 300), SHARES, SHARES), min_size=1, max_size=20))
def test_shown_bounds_lie_between_nobody_and_everybody(given_units):
    rows = [
        {
            "population": people,
            "covered_at_least": people * min(bounds),
            "covered_at_most": people * max(bounds),
        }
        for people, *bounds in given_units
    ]
    shown = whole_people(figures(rows), ["round"])
    least, most = shown["covered_at_least"], shown["covered_at_most"]
    assert ((least >= 0) & (least <= most) & (most <= shown["population"])).all()
