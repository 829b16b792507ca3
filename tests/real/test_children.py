"""Children of real registers: the worked example of UNESCO-IIEP, and 24 real subdistricts."""

import csv
import datetime
import shutil

import geopandas as gpd
import numpy as np
import openpyxl
import pandas as pd
import pytest

from gisapp.core.coverage.counting.age_bands import SPRAGUE, single_ages
from gisapp.core.coverage.counting.children import AGES, FEMALE, MALE, PERSONS, count_children
from gisapp.core.coverage.counting.sprague import sprague_matrix
from gisapp.core.coverage.criteria import CoverageLimits
from tests.office import ROUND, Office

DAY = datetime.date(2024, 12, 31)


@pytest.fixture(scope="module")
def example(real_data):
    path = real_data / "office_samples" / "iiep_sprague_didactic_example.xlsx"
    return openpyxl.load_workbook(path, data_only=True)["Estimating population"]


def numbers(sheet, cells):
    return np.array([[cell.value for cell in row] for row in sheet[cells]], dtype=float)


def test_the_worked_example_is_reproduced_to_its_last_digit(example):
    bands, expected = numbers(example, "B5:B21")[:, 0], numbers(example, "J5:J85")[:, 0]
    first = np.arange(17) * 5.0
    last = np.append(first[:-1] + 4, np.inf)
    counts = np.full((1, 17, 3), np.nan)
    counts[0, :, PERSONS] = bands
    made = single_ages(first, last, counts, 80)
    np.testing.assert_allclose(made.counts[0, :, PERSONS], expected[:80], rtol=0, atol=1e-8)
    assert bands[-1] == expected[80]  # 80 and over is not split
    assert made.split.tolist() == [SPRAGUE]


def test_every_multiplier_is_the_one_that_is_printed(example):
    matrix = sprague_matrix(16)
    panels = {0: "M4:Q8", 1: "M11:Q15", 7: "M18:Q22", 14: "M25:Q29", 15: "M32:Q36"}
    for band, cells in panels.items():
        printed = numbers(example, cells)
        start = {0: 0, 1: 0, 7: 5, 14: 12, 15: 12}[band]
        width = min(5, 16 - start)
        here = matrix[band * 5 : band * 5 + 5, start : start + width]
        np.testing.assert_allclose(here, printed[:, :width], rtol=0, atol=1e-15)
        assert not printed[:, width:].any()


@pytest.fixture(scope="module")
def structure(real_data):
    """Age -> persons of the country in 2017, as the file writes them."""
    path = real_data / "nationwide" / "population_by_age.csv"
    rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    own = [row for row in rows if (row["year_ce"], row["geocode"]) == ("2017", "0")]
    return {int(row["age_from"]): int(row["persons"]) for row in own}


@pytest.fixture(scope="module")
def published(maehongson, real_data):
    office = Office(maehongson("2568-1", rounds=(ROUND,)))
    shutil.copy(real_data / "nationwide" / "population_by_age.csv", office.sheet(""))
    built = office.run("build", ROUND)
    assert built.exit_code == 0, built.output
    return office


def test_children_of_24_subdistricts_are_their_total_by_the_nations_ages(
    published, real_data, structure
):
    areas = gpd.read_file(real_data / "maehongson1" / "subdistricts.gpkg")
    codes = areas["adm3_pcode"].str.removeprefix("TH")
    population = published.layer("population")
    children, (problem,) = count_children(population, {}, codes.tolist(), [], DAY, CoverageLimits())
    assert children.code.tolist() == sorted(codes)
    share = np.array([structure[age] for age in range(AGES)]) / sum(structure.values())
    for sex, column in ((MALE, "male"), (FEMALE, "female"), (PERSONS, "total")):
        people = areas.set_index(codes)[f"dopa2021_{column}"].reindex(children.code).to_numpy()
        np.testing.assert_allclose(children.counts[:, :, sex], np.outer(people, share), rtol=1e-12)
    assert areas["dopa2021_total"].sum() == 148_143
    assert set(children.method) == {"total_by_structure:2021:2017"}
    assert problem.kind == "children_by_structure"


def test_the_broken_row_of_1993_does_not_matter(published, structure):
    population = published.layer("population")
    mended = population[~(population["as_of_date"].str[:4] == "1993")]
    assert len(mended) < len(population)
    codes = sorted(population.loc[population["area_kind"] == "subdistrict", "area_code"])
    every, fewer = (
        count_children(rows, {}, codes, [], DAY, CoverageLimits())[0].counts
        for rows in (population, mended)
    )
    np.testing.assert_array_equal(every, fewer)


def test_the_whole_country_is_counted_but_for_two_areas_without_a_total(real_data):
    areas = gpd.read_file(real_data / "nationwide" / "tambon_cod2019_dopa2021.gpkg")
    codes = areas["adm3_pcode"].str.removeprefix("TH")
    ages = pd.DataFrame({"age": [*range(100), 100], "age_to": [*range(100), None], "persons": 1})
    totals = pd.DataFrame({"area_code": codes, "persons": areas["dopa2021_total"]})
    population = pd.concat(
        [
            ages.assign(area_code="0", as_of_date="2021-12-31", source_file="ages.csv"),
            totals.assign(as_of_date="2021-12-31", source_file="areas.gpkg"),
        ]
    )
    blank = {"area_name": None, "area_kind": None, "male": np.nan, "female": np.nan}
    population = population.assign(**blank)
    children, problems = count_children(population, {}, codes, [], DAY, CoverageLimits())
    assert len(children.code) == 7425
    known = np.isfinite(children.counts[:, 0, PERSONS])
    assert (~known).sum() == areas["dopa2021_total"].isna().sum()
    np.testing.assert_allclose(
        children.counts[known, :, PERSONS].sum(), areas["dopa2021_total"].sum() * 18 / 101
    )
    assert {problem.kind for problem in problems} == {"children_by_structure", "children_unknown"}
