"""A made-up country of 48,000 schools in another script: check and build, against plain pandas."""

import time

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from tests.office import ROUND, Office, run

SCHOOLS, AREAS, GRADES = 48_000, 2_500, 12
#: Letters of Lao, of which names are made.
_LETTERS = "ກຂຄງຈສຊຍດຕຖທນບປຜຝພຟມຢຣລວຫອຮ"


def _names(chance, count, length):
    letters = np.array(list(_LETTERS))
    return ["".join(row) for row in letters[chance.integers(0, len(letters), (count, length))]]


@pytest.fixture(scope="module")
def country(tmp_path_factory):
    """The office's folder with register, enrolment and boundaries in canonical columns."""
    chance = np.random.default_rng(68)
    folder = tmp_path_factory.mktemp("country") / "office"
    assert run("init", str(folder), "--area-code", "LA-00", "--name", "ປະເທດ").exit_code == 0
    toml = folder / "office.toml"
    text = toml.read_text("utf-8").replace("EPSG:32647", "EPSG:32648")
    toml.write_text(f"key_pattern = '[A-Z]{{2}}\\d{{5}}'\n{text}", "utf-8")
    side = int(np.ceil(np.sqrt(AREAS)))
    west, south = 102 + np.arange(AREAS) % side * 0.05, 15 + np.arange(AREAS) // side * 0.05
    codes = [f"LA{n:04}" for n in range(AREAS)]
    areas = gpd.GeoDataFrame(
        {
            "adm3_pcode": codes,
            "adm3_lo": _names(chance, AREAS, 9),
            "adm2_pcode": [code[:4] for code in codes],
            "adm2_lo": [f"ເມືອງ{code[2:4]}" for code in codes],
        },
        geometry=shapely.box(west, south, west + 0.05, south + 0.05),
        crs=4326,
    )
    areas.to_file(folder / "data" / "boundaries" / "areas.gpkg")
    home = chance.integers(0, AREAS, SCHOOLS)
    keys = [f"LA{n:05}" for n in range(SCHOOLS)]
    register = pd.DataFrame(
        {
            "smis_code": keys,
            "school_name_th": _names(chance, SCHOOLS, 12),
            "subdistrict": areas["adm3_lo"].to_numpy()[home],
            "district": areas["adm2_lo"].to_numpy()[home],
            "lat": (south[home] + chance.uniform(0.001, 0.049, SCHOOLS)).round(6),
            "lon": (west[home] + chance.uniform(0.001, 0.049, SCHOOLS)).round(6),
        }
    )
    enrolment = pd.DataFrame(
        {
            "smis_code": np.repeat(keys, GRADES),
            "grade": np.tile([f"Grade {n}" for n in range(1, GRADES + 1)], SCHOOLS),
            "male": chance.integers(5, 25, SCHOOLS * GRADES),
            "female": chance.integers(5, 25, SCHOOLS * GRADES),
            "class_groups": 1,
        }
    )
    office = Office(folder)
    office.sheet("").mkdir(parents=True)
    register.to_csv(office.sheet("register.csv"), index=False, encoding="utf-8-sig")
    enrolment.to_csv(office.sheet("enrolment.csv"), index=False, encoding="utf-8-sig")
    return office, int(enrolment[["male", "female"]].to_numpy().sum())


def _plainly(office):
    """What one would write without gisapp: read the files, add up, join."""
    register = pd.read_csv(office.sheet("register.csv"), dtype=str)
    pupils = (
        pd.read_csv(office.sheet("enrolment.csv")).drop(columns="grade").groupby("smis_code").sum()
    )
    areas = gpd.read_file(office.folder / "data" / "boundaries" / "areas.gpkg")
    points = gpd.GeoDataFrame(
        register.join(pupils, on="smis_code"),
        geometry=gpd.points_from_xy(register["lon"].astype(float), register["lat"].astype(float)),
        crs=4326,
    )
    return points.sjoin(areas)


def test_a_country_of_48_000_schools_is_checked_and_built(country, measured, capsys):
    office, pupils = country
    start = time.perf_counter()
    assert len(_plainly(office)) >= SCHOOLS
    plain_s = time.perf_counter() - start
    ours = measured("-m", "gisapp", "--office", office.folder, "build", ROUND)
    assert ours.code == 0
    with capsys.disabled():
        print(
            f"\ncheck and build {SCHOOLS:,} schools × {GRADES} grades: {ours}; a plain pandas "
            f"read, sum and spatial join of the same files {plain_s:.1f} s: "
            f"{ours.seconds / plain_s:.1f}"
        )
    schools = gpd.read_file(office.published, layer="schools", ignore_geometry=True)
    assert len(schools) == SCHOOLS
    assert schools["students"].sum() == pupils
    assert (schools["location_quality"] == "surveyed").mean() > 0.99
    assert ours.peak_mb < 1_500
