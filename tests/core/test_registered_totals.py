"""Registered people of subdistricts as files of boundaries carry them."""

import pandas as pd
import pytest

from gisapp.core.headings import make_headings
from gisapp.core.registered_totals import registered_totals

HEADINGS = make_headings(
    {
        "subdistricts": [
            ("dopa{year}_total", "persons"),
            ("dopa{year}_male", "male"),
            ("dopa{year}_female", "female"),
            ("ประชากรปี {year}", "persons"),
        ]
    }
)


def read(**columns):
    frame = pd.DataFrame({"subdistrict_code": ["990101", "990102"], **columns})
    return registered_totals(frame, HEADINGS, "data/boundaries/a.gpkg", "")


def test_the_year_of_a_total_stands_in_its_heading_and_its_day_is_the_last_of_december():
    totals, problems = read(
        dopa2021_total=[10.0, 20.0], dopa2021_male=[4.0, 8.0], dopa2021_female=[6.0, 12.0]
    )
    assert totals["area_code"].tolist() == ["990101", "990102"]
    assert totals["persons"].tolist() == [10, 20]
    assert totals["male"].tolist() == [4, 8]
    assert set(totals["as_of_date"]) == {"2021-12-31"}
    assert totals[["age", "age_to"]].isna().all(axis=None)
    assert set(totals["source_file"]) == {"data/boundaries/a.gpkg"}
    assert problems == []


def test_a_thai_heading_has_a_buddhist_year():
    totals, _ = read(**{"ประชากรปี ๒๕๖๔": [10, 20]})
    assert set(totals["as_of_date"]) == {"2021-12-31"}


def test_several_years_stand_beside_one_another():
    totals, _ = read(dopa2021_total=[10, 20], dopa2019_total=[9, 19])
    assert totals["as_of_date"].tolist() == ["2019-12-31"] * 2 + ["2021-12-31"] * 2


def test_persons_are_both_sexes_where_they_are_not_written():
    totals, _ = read(dopa2021_male=[4, 8], dopa2021_female=[6, None])
    assert totals[["area_code", "persons"]].values.tolist() == [["990101", 10]]


def test_a_blank_is_unknown_and_nought_is_nobody():
    totals, problems = read(dopa2021_total=[None, 0])
    assert totals[["area_code", "persons"]].values.tolist() == [["990102", 0]]
    assert problems == []


@pytest.mark.parametrize("wrong", [-5, 3.5, "many"])
def test_what_is_no_number_of_people_is_left_out_and_said(wrong):
    totals, (problem,) = read(dopa2021_total=[10, wrong])
    assert totals["area_code"].tolist() == ["990101"]
    assert (problem.kind, problem.severity) == ("totals_not_people", "warn")
    assert "990102" in problem.message("th")


def test_sexes_that_do_not_make_the_total_are_left_out_and_said():
    totals, (problem,) = read(
        dopa2021_total=[10, 20], dopa2021_male=[4, 8], dopa2021_female=[6, 13]
    )
    assert totals["persons"].tolist() == [10, 20]
    assert totals["male"].isna().tolist() == [False, True]
    assert problem.kind == "totals_sexes"


def test_a_code_with_two_totals_has_none_and_one_repeated_counts_once():
    frame = pd.DataFrame({"subdistrict_code": ["1", "1", "2", "2"], "dopa2021_total": [5, 6, 7, 7]})
    totals, (problem,) = registered_totals(frame, HEADINGS, "a.gpkg", "")
    assert totals[["area_code", "persons"]].values.tolist() == [["2", 7]]
    assert (problem.kind, problem.facts["codes"]) == ("totals_twice", "1")


def test_a_heading_without_a_year_or_of_another_kind_is_no_total():
    totals, problems = read(dopa_total=[1, 2], dopa2021_households=[3, 4], area2021=[5, 6])
    assert not len(totals)
    assert problems == []
