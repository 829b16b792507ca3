"""Whole offices checked from the command line, against a plain pandas read of the same files.

The seconds are told, not tested: they are those of the machine. Memory is tested where the
office was promised to fit.
"""

import shutil

import numpy as np
import pandas as pd
import pytest

from gisapp.core.near import find_neighbours
from gisapp.core.school_lists import similar_names
from tests.benchmarks.large_office import BEFORE, NOW, SCHOOLS, write_large_office
from tests.office import ROUND, Office, run

#: Reads files without gisapp; the first argument is the engine for workbooks.
PLAIN = """
import sys
from pathlib import Path
import pandas as pd
for path in map(Path, sys.argv[2:]):
    if path.suffix == ".xlsx":
        pd.read_excel(path, sheet_name=None, header=None, engine=sys.argv[1])
    elif path.suffix == ".json":
        pd.read_json(path, dtype=False)
    elif path.suffix in (".csv", ".txt"):
        pd.read_csv(path, sep="|" if path.suffix == ".txt" else ",", header=None, dtype=str)
    else:
        import geopandas
        geopandas.read_file(path)
"""
NATION_MB = 1_500


@pytest.fixture
def told(capsys):
    """Print a check beside the plain reads of its files."""

    def tell(title, ours, **plain):
        with capsys.disabled():
            print(f"\n{title}: gisapp check {ours}")
            for name, theirs in plain.items():
                ratio = ours.cpu_s / theirs.cpu_s
                print(f"    {ratio:.1f} times {name}, {theirs} (by seconds of one core)")

    return tell


def checked(measured, office, name):
    """Check a round as a process; one that blocks ends with 1, which is no failure here."""
    whole = measured("-m", "gisapp", "--office", office.folder, "check", name)
    assert whole.code in (0, 1)
    return whole


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """500 schools, every form, an earlier round that is published."""
    office = Office(tmp_path_factory.mktemp("large") / "office")
    write_large_office(office.folder)
    built = office.run("build", BEFORE.name)
    assert built.exit_code == 0, built.output
    return office


def test_an_office_of_500_schools_is_checked_with_every_form(measured, told, large):
    ours = checked(measured, large, NOW.name)
    files = sorted((large.folder / "data" / "rounds" / NOW.name).iterdir())
    engines = ("calamine", "openpyxl")
    plain = {f"pandas with {engine}": measured("-c", PLAIN, engine, *files) for engine in engines}
    told(f"{SCHOOLS} schools, {len(files)} files", ours, **plain)
    found = pd.Series([row["kind"] for row in large.problems(data_round=NOW.name)])
    planted = {"swapped_coordinates": 30, "lost_decimal_point": 30, "not_a_number": 60,
               "total_mismatch": 40, "bad_year": 40}  # fmt: skip
    assert found.value_counts()[[*planted]].to_dict() == planted
    assert all(reading.code == 0 for reading in plain.values())


@pytest.fixture(scope="module")
def nation(checkout, tmp_path_factory):
    """36,249 schools by name and subdistrict, 75,274 villages, 7,425 subdistricts."""
    source = checkout.parent / "shared" / "data" / "nationwide"
    if not source.is_dir():
        pytest.skip("the real inputs ../shared/data are not on this machine")
    office = Office(tmp_path_factory.mktemp("nation") / "office")
    made = run("init", str(office.folder), "--area-code", "10000000", "--name", "ทั้งประเทศ")
    assert made.exit_code == 0, made.output
    for name in ("tambon_cod2019_dopa2021.gpkg", "muban_geocode_75274.csv"):
        shutil.copy(source / name, office.folder / "data" / "boundaries")
    office.sheet("").mkdir(parents=True, exist_ok=True)
    shutil.copy(source / "school_register_wikipedia_raw.csv", office.sheet("register.csv"))
    return office


def test_the_schools_of_a_nation_are_checked_without_and_with_keys(measured, told, nation):
    files = [nation.sheet("register.csv"), *(nation.folder / "data" / "boundaries").iterdir()]
    plain = measured("-c", PLAIN, "calamine", *files)
    without = checked(measured, nation, ROUND)
    told("36,249 schools without keys", without, **{"pandas and geopandas": plain})
    proposed = nation.folder / "layers" / f"{ROUND}-school_keys.csv"
    keys = len(pd.read_csv(proposed))
    shutil.copy(proposed, nation.folder / "data" / "columns" / "school_keys.csv")
    accepted = checked(measured, nation, ROUND)
    told(f"{keys:,} schools with keys", accepted, **{"pandas and geopandas": plain})
    assert keys > 35_000
    assert max(without.peak_mb, accepted.peak_mb) < NATION_MB


def measured_growth(seconds_of, sizes, timed):
    """Seconds at each size, the least of three."""
    return {size: min(timed(seconds_of(size)) for _ in range(3)) for size in sizes}


def test_near_schools_are_found_in_n_log_n(capsys, timed):
    def spread(count):
        # As many neighbours to each, however many there are.
        x_m, y_m = np.random.default_rng(68).uniform(0, 1_000 * count**0.5, (2, count))
        return lambda: find_neighbours(x_m, y_m, 100.0)

    def on_one_point(count):
        return lambda: find_neighbours(np.zeros(count), np.zeros(count), 100.0)

    def names(count):
        place = np.arange(count)
        schools = pd.DataFrame(
            {
                "school_name_th": [f"บ้านโคกสูงเหนือ {n // 8}" for n in place],
                "subdistrict_code": [f"{n % 8:06d}" for n in place],
                "smis_code": [f"{n:08d}" for n in place],
                "table": 0,
                "row": place,
            }
        )
        return lambda: similar_names(schools, [])

    sizes = (12_000, 24_000, 48_000)
    ways = {"spread": spread, "on one point": on_one_point, "names, 8 subdistricts": names}
    for title, way in ways.items():
        took = measured_growth(way, sizes, timed)
        with capsys.disabled():
            print(f"\nnear duplicates, {title}: " + ", ".join(
                f"{size:,} in {seconds:.2f} s" for size, seconds in took.items()
            ))  # fmt: skip
        # Four times as many: n log n makes it 4.6 times, each with each 16 times.
        assert took[48_000] / took[12_000] < 8
