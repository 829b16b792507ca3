"""The district of 127 schools by a second source, against the register of the same office.

Every figure is found a second time here, with csv and openpyxl alone.
"""

import csv
import shutil

import geopandas as gpd
import openpyxl
import pytest

from tests.office import run

ROUND = "2568-1"


@pytest.fixture(scope="module")
def second(real_data):
    path = real_data / "maehongson1" / "district_from_test_list.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def register(real_data):
    sheet = openpyxl.load_workbook(real_data / "maehongson1" / "register.xlsx").active
    heads, *rows = sheet.iter_rows(values_only=True)
    return {str(row[0]): dict(zip(heads, row, strict=True)) for row in rows}


@pytest.fixture(scope="module")
def layers(maehongson, real_data):
    """The round's layers, built with the second source lying beside the register."""
    office = maehongson(ROUND, rounds=(ROUND,))
    source = real_data / "maehongson1" / "district_from_test_list.csv"
    shutil.copy(source, office / "data" / "rounds" / ROUND)
    built = run("--office", str(office), "build", ROUND)
    assert built.exit_code == 0, built.output
    path = office / "layers" / f"{ROUND}.gpkg"
    return {name: gpd.read_file(path, layer=name) for name in ("schools", "problems")}


def test_codes_that_match_no_school_are_named_one_by_one(layers, second, register):
    orphans = [row["school_id"] for row in second if row["school_id"] not in register]
    assert len(orphans) == 38  # ../shared/data/README.md
    problems = layers["problems"]
    found = problems[problems["kind"] == "basic_info_unmatched"]
    assert sorted(found["smis_code"]) == sorted(orphans)
    assert set(found["severity"]) == {"warn"}


def test_districts_that_disagree_are_named_with_both_values_at_their_cell(layers, second, register):
    matched = [row for row in second if row["school_id"] in register]
    differing = {
        row["school_id"]: (line, row["amphoe_nt"])
        for line, row in enumerate(second, start=2)
        if row in matched and row["amphoe_nt"] != register[row["school_id"]]["amper"]
    }
    assert (len(differing), len(matched)) == (25, 89)  # ../shared/data/README.md
    problems = layers["problems"]
    found = problems[problems["kind"] == "sources_disagree"].set_index("smis_code")
    assert {code: (row.row, row.value) for code, row in found.iterrows()} == differing
    for code, row in found.iterrows():
        assert f"“{register[code]['amper'] or '–'}”" in row["message_th"]


def test_most_of_its_names_are_other_schools_so_that_nothing_is_filled_from_it(
    layers, second, register
):
    def plain(name):
        return "".join(name.split()).removeprefix("โรงเรียน").replace(".", "")

    matched = [row for row in second if row["school_id"] in register]
    other = [
        row
        for row in matched
        if plain(row["nt_name"]) != plain(register[row["school_id"]]["schoolname"])
    ]
    assert len(other) > len(matched) / 2
    problems = layers["problems"]
    (found,) = problems.loc[problems["kind"] == "codes_of_other_list", "message_en"]
    assert f"{len(other)} of {len(matched)} rows" in found
    assert "name_differs" not in set(problems["kind"])

    schools = layers["schools"].set_index("smis_code")
    blank = {code for code, row in register.items() if not row["amper"] and code in schools.index}
    assert blank & {row["school_id"] for row in matched}
    assert schools.loc[sorted(blank), "district"].isna().all()
