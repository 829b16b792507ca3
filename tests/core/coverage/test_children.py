"""Registered children by area and single age."""

import datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gisapp.core.coverage.counting.children import (
    AGES,
    OWN_AREA,
    PERSONS,
    SUBDISTRICT,
    VILLAGE,
    count_children,
    counting_day,
)
from gisapp.core.coverage.criteria import CoverageLimits
from gisapp.core.rounds import Round

DAY = datetime.date(2024, 12, 31)
TODAY = DAY.isoformat()
VILLAGES = {"99010101": "990101", "99010102": "990101", "99010201": "990102"}
SUBDISTRICTS = ("990101", "990102")


def population(*parts):
    """Rows of the layer `population` in the types that are published."""
    rows = pd.DataFrame([row for part in parts for row in part])
    for column in ("age", "age_to", "male", "female", "persons"):
        rows[column] = pd.array(rows[column], dtype="Int64")
    return rows


def row(code, age, persons, *, to=None, file="a.csv", day=TODAY, name="", sexes=(None, None)):
    """One row; `to` None: a single age, "": open-ended."""
    kind = {8: "village", 6: "subdistrict"}.get(len(code or ""))
    last = age if to is None else (to if to != "" else None)
    return {
        "area_code": code,
        "area_name": name or code,
        "area_kind": kind,
        "age": age,
        "age_to": last,
        "male": sexes[0],
        "female": sexes[1],
        "persons": persons,
        "as_of_date": day,
        "source_file": file,
    }


def ages(code, persons=1, *, until=101, **how):
    """The same number of persons at every single age."""
    return [row(code, age, persons, **how) for age in range(until)]


def count(rows, villages=VILLAGES, subdistricts=SUBDISTRICTS, areas=(), day=DAY):
    return count_children(rows, villages, subdistricts, areas, day, CoverageLimits())


def table(children):
    """Code -> persons by age."""
    return dict(zip(children.code, children.counts[:, :, PERSONS], strict=True))


def kinds(problems):
    return sorted(problem.kind for problem in problems)


def every_village(**how):
    return [found for code in VILLAGES for found in ages(code, until=18, **how)]


def test_the_day_that_counts_is_the_last_of_december_before_the_academic_year():
    assert counting_day(Round(2568, 1), CoverageLimits()) == datetime.date(2024, 12, 31)
    assert counting_day(Round(2568, 3), CoverageLimits()) == datetime.date(2024, 12, 31)
    may = CoverageLimits(cut_off_month=2, cut_off_day=31, cut_off_years_before=0)
    assert counting_day(Round(2567, 1), may) == datetime.date(2024, 2, 29)


def test_villages_count_where_every_known_one_has_counts():
    children, problems = count(population(every_village(), ages("990101", 50)))
    assert children.code.tolist() == sorted(VILLAGES)
    assert set(children.kind) == {VILLAGE}
    assert (children.counts[:, :, PERSONS] == 1).all()
    assert set(children.method) == {"registered"}
    assert problems == []


def test_where_a_village_lacks_counts_its_subdistrict_counts_and_it_is_said():
    rows = population(
        ages("99010101", until=18), ages("99010201", until=18), ages("990101", 50, file="r.txt")
    )
    children, (problem,) = count(rows)
    assert children.code.tolist() == ["990101", "99010201"]
    assert children.kind.tolist() == [SUBDISTRICT, VILLAGE]
    assert (table(children)["990101"] == 50).all()
    assert (problem.kind, problem.facts["villages"]) == ("children_villages_missing", 1)
    assert "990101" in problem.message("th")
    assert children.sources == ("a.csv", "r.txt")


def test_without_a_register_the_villages_that_have_counts_stand_alone_and_the_others_unknown():
    rows = population(ages("99010101", until=18), ages("99010201", until=18))
    children, problems = count(rows)
    assert (table(children)["99010101"] == 1).all()
    assert np.isnan(table(children)["99010102"]).all()
    assert kinds(problems) == ["children_villages_missing"]


def test_an_age_that_one_village_lacks_is_counted_in_the_subdistrict_and_in_no_village():
    rows = population(
        [
            found
            for found in every_village()
            if (found["area_code"], found["age"]) != ("99010102", 6)
        ],
        ages("990101", 50),
    )
    children, _ = count(rows)
    found = table(children)
    assert found["990101"][6] == 50
    assert found["990101"].sum() == 50
    assert found["99010101"][6] == 0
    assert found["99010102"][6] == 0
    assert found["99010101"].sum() == 17


def test_a_village_that_the_list_lacks_is_counted_with_its_subdistrict():
    children, _ = count(population(every_village(), ages("99010109", 3, until=18)))
    assert (table(children)["99010109"] == 3).all()
    children, _ = count(population(every_village(), ages("88010109", 3, until=18)))
    assert "88010109" not in children.code


def test_rows_of_the_district_the_province_and_the_country_are_not_counted():
    larger = [*ages("9901", 900), *ages("99", 9000), *ages("0", 90000)]
    children, problems = count(population(ages("990101"), ages("990102"), larger))
    assert children.counts[:, :, PERSONS].sum() == 2 * AGES
    assert problems == []


def test_areas_outside_the_office_are_left_out():
    children, _ = count(population(ages("990101"), ages("990102"), ages("880101", 7)))
    assert children.code.tolist() == ["990101", "990102"]


def test_of_two_days_the_nearest_counts_and_neither_is_added():
    rows = population(
        ages("990101", 5, day="2022-12-31", file="a_far.txt"),
        ages("990101", 7, day="2023-12-31", file="b_near.txt"),
        ages("990102", 9),
    )
    children, problems = count(rows)
    assert table(children)["990101"][1] == 7
    assert children.years_aged.tolist() == [1, 0]
    assert children.method.tolist() == ["registered+aged:1", "registered"]
    assert children.sources == ("a.csv", "b_near.txt")
    assert kinds(problems) == ["children_aged"]


def test_of_two_days_as_near_the_earlier_file_name_counts():
    before = ages("990101", 5, day="2023-12-31", file="b.txt")
    after = ages("990101", 7, day="2025-12-31", file="a.txt")
    children, _ = count(population(before, after), {}, ["990101"])
    assert set(table(children)["990101"]) == {7}
    assert children.years_aged.tolist() == [-1]


def test_two_files_of_one_day_complete_one_another():
    young = [row("990101", age, 5, file="b.csv") for age in range(6)]
    old = [row("990101", age, 7, file="a.csv") for age in range(4, 18)]
    children, _ = count(population(young, old), {}, ["990101"])
    assert table(children)["990101"].tolist() == [5] * 4 + [7] * 14
    assert children.sources == ("a.csv", "b.csv")


def test_ages_counted_singly_come_before_ages_split_from_bands():
    band = [row("990101", 0, 180, to=17, file="a.csv")]
    children, _ = count(population(band, ages("990101", 7, file="b.csv")), {}, ["990101"])
    assert (table(children)["990101"] == 7).all()
    assert children.method.tolist() == ["registered"]


def test_a_register_that_lies_too_far_is_refused_and_the_area_unknown():
    rows = population(ages("990101", day="2019-12-30"), ages("990102", day="2019-12-31"))
    children, problems = count(rows, {})
    assert np.isnan(table(children)["990101"]).all()
    assert table(children)["990102"][17] == 1
    assert children.method.tolist() == ["unknown", "registered+aged:5"]
    assert kinds(problems) == ["children_aged", "children_too_old"]
    too_old = next(problem for problem in problems if problem.kind == "children_too_old")
    assert too_old.facts["codes"] == "990101"


def test_a_register_of_villages_that_lies_too_far_is_said_of_their_subdistricts():
    # 99010299 stands on no list of villages; its code tells its subdistrict.
    old = [*every_village(day="2018-12-31"), *ages("99010299", day="2018-12-31")]
    children, problems = count(population(old))
    assert np.isnan(children.counts).all()
    (problem,) = problems
    assert (problem.kind, problem.file, problem.value) == (
        "children_too_old",
        "a.csv",
        "2018-12-31",
    )
    assert problem.facts["codes"] == "990101, 990102"
    assert (problem.facts["years"], problem.facts["most"]) == ("6", "5")
    assert "2561" in problem.message("th")


def test_of_a_subdistrict_and_its_villages_the_register_nearest_to_the_day_is_said_to_be_too_old():
    rows = population(
        ages("990101", day="2015-12-31", file="s.csv"),
        ages("99010101", day="2018-12-31", file="v.csv"),
        ages("99010201", day="2015-12-31", file="v.csv"),
        ages("990102", day="2018-12-31", file="s.csv"),
        ages("88010101", day="2019-06-30", file="v.csv"),
    )
    _, problems = count(rows, villages={})
    said = {(problem.file, problem.value): problem.facts["codes"] for problem in problems}
    assert kinds(problems) == ["children_too_old"] * 2
    assert said == {("v.csv", "2018-12-31"): "990101", ("s.csv", "2018-12-31"): "990102"}


def test_subdistricts_without_any_register_stay_apart_from_those_with_an_old_one():
    _, problems = count(population(ages("99010101", day="2018-12-31")))
    codes = {problem.kind: problem.facts["codes"] for problem in problems}
    assert codes == {"children_too_old": "990101", "children_unknown": "990102"}


def test_a_register_from_after_the_day_is_aged_back():
    rising = [row("990101", age, age) for age in range(30)]
    children, _ = count(
        population([{**found, "as_of_date": "2026-12-31"} for found in rising]), {}, ["990101"]
    )
    assert table(children)["990101"].tolist() == list(range(2, 20))


def test_an_office_without_population_is_unknown_and_not_empty():
    empty = pd.DataFrame(columns=list(row("990101", 0, 1)), dtype=object)
    children, problems = count(empty, {})
    assert children.code.tolist() == ["990101", "990102"]
    assert np.isnan(children.counts).all()
    assert not children.unplaced.any()
    assert kinds(problems) == ["children_unknown"]


def test_an_office_without_anything_has_no_area():
    empty = pd.DataFrame(columns=list(row("990101", 0, 1)), dtype=object)
    children, problems = count(empty, {}, ())
    assert children.counts.shape == (0, AGES, 3)
    assert problems == []


def test_people_in_no_area_stand_apart():
    lost = ages(None, 3, name="ทม.ทดสอบ") + ages(None, 4, name="ทต.ทดสอบ")
    children, _ = count(population(ages("990101"), ages("990102"), lost))
    assert (children.unplaced[:, PERSONS] == 7).all()
    assert children.counts[:, :, PERSONS].sum() == 2 * AGES


def test_people_in_no_area_of_a_file_that_does_not_count_are_not_added():
    lost = ages(None, 3, name="ทม.ทดสอบ", file="r.txt")
    rows = population(every_village(), ages("990101", 50, file="r.txt"), lost)
    children, _ = count(rows)
    assert not children.unplaced.any()
    assert children.sources == ("a.csv",)


def test_where_no_name_matches_everybody_is_in_no_area():
    children, _ = count(population(ages(None, 3, name="x"), ages(None, 4, name="y")), {})
    assert (children.unplaced[:, PERSONS] == 7).all()
    assert np.isnan(children.counts).all()


def test_people_in_no_area_are_aged_with_their_file():
    rows = population(ages("990101", day="2023-12-31"), ages(None, 4, name="x", day="2023-12-31"))
    children, _ = count(rows, {}, ["990101"])
    assert np.isnan(children.unplaced[0, PERSONS])
    assert (children.unplaced[1:, PERSONS] == 4).all()


def test_areas_drawn_by_the_office_count_alone():
    rows = population(ages("B1", 3), ages("B2", 4), ages("990101", 50))
    children, problems = count(rows, areas=["B1", "B2", "B3"])
    assert children.code.tolist() == ["B1", "B2", "B3"]
    assert set(children.kind) == {OWN_AREA}
    assert table(children)["B2"][6] == 4
    assert np.isnan(table(children)["B3"]).all()
    assert kinds(problems) == ["children_own_areas", "children_unknown"]


def test_areas_drawn_without_any_count_change_nothing():
    children, _ = count(population(ages("990101"), ages("990102")), areas=["B1"])
    assert children.code.tolist() == ["990101", "990102"]


def test_sexes_are_known_only_where_they_are_written():
    rows = population(ages("990101", 5, sexes=(2, 3)), ages("990102", 7))
    children, _ = count(rows, {})
    assert children.counts[0, 6].tolist() == [2, 3, 5]
    assert np.isnan(children.counts[1, 6, :2]).all()
    assert children.counts[1, 6, PERSONS] == 7


def test_persons_are_both_sexes_where_they_are_not_written():
    rows = population(ages("990101", None, sexes=(2, 3)))
    children, _ = count(rows, {}, ["990101"])
    assert children.counts[0, 6].tolist() == [2, 3, 5]


def total(code, persons, day="2021-12-31", sexes=(None, None), file="sub.gpkg"):
    return [{**row(code, 0, persons, day=day, file=file, sexes=sexes), "age": None, "age_to": None}]


def structure(code, day="2017-12-31", file="n.csv"):
    """Ages 0 to 99 of one person each, and 100 people of 100 and over: each age is 0.5 %."""
    return [
        *[row(code, age, 1, day=day, file=file) for age in range(100)],
        row(code, 100, 100, to="", day=day, file=file),
    ]


def test_a_total_is_parted_by_the_ages_of_a_larger_area_and_not_aged():
    rows = population(total("990101", 1000, sexes=(400, 600)), structure("0"))
    children, problems = count(rows, {}, ["990101"])
    assert children.counts[0, 6].tolist() == pytest.approx([2, 3, 5])
    assert children.method.tolist() == ["total_by_structure:2021:2017"]
    assert children.years_aged.tolist() == [0]
    assert children.sources == ("n.csv", "sub.gpkg")
    (problem,) = problems
    assert problem.kind == "children_by_structure"
    assert "2564" in problem.message("th")
    assert "2560" in problem.message("th")


def test_the_smallest_area_that_holds_the_subdistrict_gives_the_ages_then_the_nearest_year():
    young = [row("99", 0, 100, to=17), row("99", 18, 0, to="")]
    rows = population(total("990101", 1800), structure("0"), young)
    children, _ = count(rows, {}, ["990101"])
    assert children.counts[0, :, PERSONS] == pytest.approx([100] * 18)
    district = [row("9901", 0, 50, to=17), row("9901", 18, 50, to="")]
    rows = population(total("990101", 1800), structure("0"), young, district)
    assert count(rows, {}, ["990101"])[0].counts[0, :, PERSONS] == pytest.approx([50] * 18)
    broken = [{**found, "persons": 1000} for found in structure("0", day="1993-12-31")[:1]]
    rows = population(total("990101", 1000), structure("0"), broken)
    assert count(rows, {}, ["990101"])[0].counts[0, 0, PERSONS] == pytest.approx(5)


def test_a_structure_that_leaves_ages_out_is_not_used():
    holed = [found for found in structure("0") if found["age"] != 50]
    children, problems = count(population(total("990101", 1000), holed), {}, ["990101"])
    assert np.isnan(children.counts).all()
    assert kinds(problems) == ["children_no_structure"]


def test_a_total_that_lies_too_far_is_refused():
    rows = population(total("990101", 1000, day="2019-12-30"), structure("0"))
    children, problems = count(rows, {}, ["990101"])
    assert np.isnan(children.counts).all()
    assert kinds(problems) == ["children_too_old"]


def test_registered_ages_come_before_an_estimate():
    rows = population(total("990101", 1000), structure("0"), ages("990101", 9))
    children, problems = count(rows, {}, ["990101"])
    assert (table(children)["990101"] == 9).all()
    assert problems == []


def test_an_estimate_does_not_stand_in_for_the_ages_that_a_register_lacks():
    register = ages("990101", 9, day="2023-12-31")
    children, _ = count(population(total("990101", 1000), structure("0"), register), {}, ["990101"])
    assert np.isnan(table(children)["990101"][0])
    assert children.method.tolist() == ["registered+aged:1"]


def test_ages_that_nobody_counts_are_said_and_the_unborn_are_not():
    rows = population([row("990101", age, 1, day="2023-12-31") for age in range(3, 17)])
    children, problems = count(rows, {}, ["990101"])
    assert np.isnan(table(children)["990101"][:4]).all()
    missing = next(problem for problem in problems if problem.kind == "children_ages_missing")
    assert missing.value == "1–3"


def test_bands_are_split_and_it_is_said():
    rows = population([row("990101", age, 50, to=age + 4) for age in range(0, 40, 5)])
    children, (problem,) = count(rows, {}, ["990101"])
    assert children.counts[0, :, PERSONS] == pytest.approx([10] * AGES)
    assert children.method.tolist() == ["registered+sprague"]
    assert (problem.kind, problem.value) == ("children_split", "sprague")


def test_a_row_that_stands_twice_with_other_figures_is_unknown():
    twice = [row("990101", 6, 5), row("990101", 6, 7), row("990101", 7, 5), row("990101", 7, 5)]
    children, _ = count(population(twice), {}, ["990101"])
    assert np.isnan(table(children)["990101"][6])
    assert table(children)["990101"][7] == 5


def test_every_problem_can_be_read_in_both_languages():
    rows = population(
        ages("99010101", until=10, day="2023-12-31"),
        [row("990102", 0, 10, to=4), row("990102", 3, 10, to=9)],
        total("990103", 1000),
        structure("0"),
        total("990104", 1000, day="2010-12-31"),
    )
    codes = ["990101", "990102", "990103", "990104", "990105"]
    _, problems = count(rows, VILLAGES, codes)
    assert len(set(kinds(problems))) >= 7
    for problem in problems:
        assert problem.message("th") != problem.message("en")
        assert problem.advice("th")
        assert problem.severity in ("warn", "note")


@settings(derandomize=True, deadline=None, max_examples=40)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([*VILLAGES, *SUBDISTRICTS, "0", "9901", None, "880101"]),
            st.integers(0, 20),
            st.integers(0, 50),
            st.sampled_from(["2024-12-31", "2023-06-30", "2010-12-31"]),
            st.sampled_from(["a.csv", "b.csv"]),
        ),
        max_size=60,
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_of_rows_changes_nothing(cells, order):
    rows = [row(code, age, n, day=day, file=file) for code, age, n, day, file in cells]
    rows = rows or ages("990101")
    mixed = list(rows)
    order.shuffle(mixed)
    (one, first), (two, second) = count(population(rows)), count(population(mixed))
    np.testing.assert_array_equal(one.counts, two.counts)
    np.testing.assert_array_equal(one.unplaced, two.unplaced)
    assert one.code.tolist() == two.code.tolist()
    assert one.method.tolist() == two.method.tolist()
    assert one.sources == two.sources
    assert kinds(first) == kinds(second)


@settings(derandomize=True, deadline=None, max_examples=40)
@given(st.lists(st.integers(0, 10**6), min_size=18, max_size=18), st.integers(0, 3))
def test_what_is_registered_is_kept_exactly(people, lacking):
    """A subdistrict's children are the register's or its villages', whatever else is there."""
    register = [row("990102", age, n) for age, n in enumerate(people)]
    villages = [found for found in every_village() if found["age"] >= lacking]
    children, _ = count(population(register, villages))
    inside = [code in ("990102", "99010201") for code in children.code]
    found = children.counts[inside, :, PERSONS].sum(axis=0)
    assert found.tolist() == [*people[:lacking], *[1.0] * (18 - lacking)]
