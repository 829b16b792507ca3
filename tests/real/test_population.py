"""The nation's population by age: the broken row is found, and bands are read as they are meant."""

import csv
import shutil

import pytest

from tests.office import ROUND, small_office


@pytest.fixture(scope="module")
def office(real_data, tmp_path_factory):
    office = small_office(tmp_path_factory.mktemp("population") / "office")
    shutil.copy(real_data / "nationwide" / "population_by_age.csv", office.sheet(""))
    built = office.run("build", ROUND)
    assert built.exit_code == 0, built.output
    return office


@pytest.fixture(scope="module")
def rows(real_data):
    path = real_data / "nationwide" / "population_by_age.csv"
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))


def test_the_one_age_that_is_broken_is_doubted_and_no_other(office, rows):
    broken = [row for row in rows if row["year_ce"] == "1993" and row["age_from"] == "0"]
    found = office.problems("population_age_unlikely")
    assert [row["value"] for row in found] == [row["persons"] for row in broken]
    assert found[0]["severity"] == "warn"


def test_single_years_are_single_whether_their_end_is_counted_or_not(office, rows):
    country = [row for row in rows if row["geocode"] == "0"]
    published = office.layer("population")
    own = published[published["area_code"] == "0"]
    assert len(own) == len(country)
    assert own["persons"].sum() == sum(int(row["persons"]) for row in country)
    single = own[own["age"] <= 100]
    assert (single["age"] == single["age_to"]).all()
    assert {row["age_to"] for row in country if row["age_from"] == "5"} == {"5", "6"}
