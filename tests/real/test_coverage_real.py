"""Coverage of a real office: 24 subdistricts, 131 schools, few of them with a point.

Every figure is found a second time here, with openpyxl, csv and geopandas alone.
"""

import csv
import shutil

import geopandas as gpd
import openpyxl
import pytest

from tests.office import ROUND, Office

STUDENTS = 14_386
GRADES = {"pre_primary": "อนุบาล", "primary": "ประถมศึกษาปีที่", "lower_secondary": "มัธยมศึกษาปีที่"}
AGES = {"pre_primary": range(3, 6), "primary": range(6, 12), "lower_secondary": range(12, 15)}


@pytest.fixture(scope="module")
def office(maehongson, real_data):
    """Two rounds, the register in the first, the nation's ages in both; coverage of the second."""
    made = Office(maehongson("2567-1", rounds=("2567-1", ROUND)))
    for data_round in ("2567-1", ROUND):
        ages = real_data / "nationwide" / "population_by_age.csv"
        shutil.copy(ages, made.sheet("", data_round))
        built = made.run("build", data_round)
        assert built.exit_code == 0, built.output
    covered = made.run("coverage", ROUND)
    assert covered.exit_code == 0, covered.output
    return made


@pytest.fixture(scope="module")
def subdistricts(office):
    """Figures at the office's own reach, its own schools counted."""
    found = office.layer("subdistrict_coverage")
    return found[found["reach_value"].eq(3) & found["affiliations"].eq("own")]


@pytest.fixture(scope="module")
def pupils(real_data):
    """(code, level) -> pupils, as the sheet writes them."""
    book = openpyxl.load_workbook(real_data / "maehongson1" / "enrolment_2568-1.xlsx")
    sheet = book.active
    groups = {cell.column: cell.value for cell in sheet[3] if cell.value}
    found = {}
    for row in sheet.iter_rows(min_row=5):
        if row[1].value:
            for column, heading in groups.items():
                for level, word in GRADES.items():
                    if str(heading).startswith(word):
                        key = str(row[1].value), level
                        found[key] = found.get(key, 0) + int(row[column + 1].value or 0)
    return found


@pytest.fixture(scope="module")
def subdistrict_of(real_data):
    """Code of a school -> (district, subdistrict) as the register writes them."""
    book = openpyxl.load_workbook(real_data / "maehongson1" / "register.xlsx")
    head, *rows = book.active.iter_rows(values_only=True)
    table = [dict(zip(head, row, strict=True)) for row in rows]
    return {row["smis"]: (row["amper"], row["tambon"]) for row in table if row["smis"]}


def test_24_subdistricts_and_the_row_without_one_add_up_to_every_pupil(
    subdistricts, pupils, subdistrict_of
):
    assert sum(pupils.values()) == STUDENTS
    for level in GRADES:
        rows = subdistricts[subdistricts["education_level"].eq(level)]
        assert rows["subdistrict_code"].nunique() == 24
        assert rows["subdistrict_code"].isna().sum() == 1
        stated = sum(n for (_code, own), n in pupils.items() if own == level)
        assert rows["enrolled"].sum() == stated
    assert subdistricts["enrolled"].sum() == STUDENTS
    without = [code for code, (_district, tambon) in subdistrict_of.items() if not tambon]
    assert len(without) == 2
    nowhere = subdistricts[subdistricts["subdistrict_code"].isna()].set_index("education_level")
    for level in GRADES:
        assert nowhere.loc[level, "enrolled"] == sum(pupils[code, level] for code in without)


def test_pupils_of_a_subdistrict_are_those_of_the_schools_registered_there(
    subdistricts, pupils, subdistrict_of
):
    named = subdistricts[subdistricts["subdistrict_code"].notna()]
    by_name = named.groupby(["subdistrict_th", "district_th"])["enrolled"].sum()
    by_hand = dict.fromkeys(by_name.index, 0)
    for (code, _level), number in pupils.items():
        district, tambon = subdistrict_of[code]
        if tambon:
            by_hand[tambon, district] += number
    assert by_name.to_dict() == by_hand


def test_children_are_the_registered_total_by_the_nations_ages_and_labelled_so(
    subdistricts, real_data
):
    path = real_data / "nationwide" / "population_by_age.csv"
    rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    nation = {
        int(row["age_from"]): int(row["persons"])
        for row in rows
        if (row["year_ce"], row["geocode"]) == ("2017", "0")
    }
    areas = gpd.read_file(real_data / "maehongson1" / "subdistricts.gpkg")
    total = dict(
        zip(areas["adm3_pcode"].str.removeprefix("TH"), areas["dopa2021_total"], strict=True)
    )
    for row in subdistricts.dropna(subset=["subdistrict_code"]).itertuples():
        ages = AGES.get(row.education_level)
        if ages is None:
            continue
        share = sum(nation[age] for age in ages) / sum(nation.values())
        assert row.population == pytest.approx(total[row.subdistrict_code] * share, rel=1e-9)
        assert row.gross_enrolment_ratio == pytest.approx(row.enrolled / row.population * 100)
        assert row.population_method == "total_by_structure:2021:2017"


def test_a_subdistrict_whose_schools_have_no_point_has_no_rate_and_not_nobody(subdistricts, office):
    schools = office.layer("schools")
    unmeasurable = schools["location_quality"].isin(["subdistrict", "missing"])
    teaches = schools["primary"] > 0
    codes = set(schools.loc[unmeasurable & teaches, "subdistrict_code"].dropna())
    assert codes
    rows = subdistricts[
        subdistricts["education_level"].eq("primary") & subdistricts["subdistrict_code"].isin(codes)
    ]
    assert len(rows) == len(codes)
    assert (rows["unlocated_schools"] > 0).all()
    assert (
        rows[["coverage_rate", "covered_population", "uncovered_population"]].isna().all(axis=None)
    )
    assert rows["covered_at_least"].notna().all()


def test_the_office_is_the_sum_of_its_subdistricts(subdistricts, office):
    found = office.layer("office_coverage")
    found = found[found["reach_value"].eq(3) & found["affiliations"].eq("own")]
    summed = subdistricts.groupby("education_level")[["population", "enrolled"]].sum()
    for row in found.itertuples():
        assert row.enrolled == summed.loc[row.education_level, "enrolled"]
        assert row.population == pytest.approx(summed.loc[row.education_level, "population"])


def test_the_outlook_of_secondary_rests_on_the_cohorts_and_one_pair_of_years(office, pupils):
    outlook = office.layer("outlook")
    m1 = outlook[outlook["grade"].eq("m1") & outlook["smis_code"].isna()].sort_values("years_ahead")
    grades = office.layer("enrolment_by_grade").groupby("grade")["students"].sum()
    assert grades.sum() == sum(pupils.values())
    path = office.folder / "layers" / "2567-1.gpkg"
    before = gpd.read_file(path, layer="enrolment_by_grade").groupby("grade")["students"].sum()
    step = grades["m1"] / before["p6"]
    expected = [grades["p6"] * step]
    for grade in ("p5", "p4", "p3", "p2", "p1"):
        after = f"p{int(grade[1]) + 1}"
        step *= grades[after] / before[grade]
        expected.append(grades[grade] * step)
    assert m1["expected"].tolist() == pytest.approx(expected)
    assert m1["expected_low"].isna().all()
    assert m1["outlook_method"].str.endswith("range_untested").all()
