"""Real inputs. They are not ours to ship: without them these tests say so and are left out."""

import shutil

import geopandas as gpd
import pytest

from tests.office import ROUND, Office, run

#: Landmarks in UTM metres without a CRS, schools among them.
MARKS = "nakhonpathom/L080300_LANDMARK_raw_utm47_nocrs.geojson"


@pytest.fixture(scope="session")
def real_data(checkout):
    """The folder of real inputs beside the checkout."""
    folder = checkout.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the real inputs ../shared/data are not on this machine")
    return folder


@pytest.fixture(scope="session")
def maehongson(real_data, tmp_path_factory):
    """Make the office of Mae Hong Son 1 with `gisapp init` and copied files.

    The argument says which rounds get the school register; the pupils' sheets lie in theirs.
    """
    source = real_data / "maehongson1"

    def make(*register_in, rounds=("2567-1", "2568-1", "2569-1")):
        office = tmp_path_factory.mktemp("office") / "maehongson1"
        made = run("init", str(office), "--area-code", "58010000", "--name", "สพป.แม่ฮ่องสอน เขต 1")
        assert made.exit_code == 0, made.output
        for data_round in rounds:
            folder = office / "data" / "rounds" / data_round
            folder.mkdir(parents=True)
            (sheet,) = source.glob(f"enrolment_{data_round}.*")
            shutil.copy(sheet, folder)
            if data_round in register_in:
                shutil.copy(source / "register.xlsx", folder)
        for boundary in ("subdistricts.gpkg", "villages.csv"):
            shutil.copy(source / boundary, office / "data" / "boundaries")
        return office

    return make


@pytest.fixture(scope="session")
def nakhonpathom(real_data, tmp_path_factory):
    """The office with its keys accepted, and then its points, by commands alone."""
    folder = tmp_path_factory.mktemp("nakhonpathom") / "office"
    made = run("init", str(folder), "--area-code", "73010000", "--name", "นครปฐม")
    assert made.exit_code == 0, made.output
    office = Office(folder)
    office.sheet("").mkdir(parents=True)
    shutil.copy(real_data / "nakhonpathom" / "school_register.csv", office.sheet("register.csv"))
    shutil.copy(real_data / MARKS, office.sheet("landmarks.geojson"))
    shutil.copy(real_data / "nakhonpathom" / "tambon.gpkg", folder / "data" / "boundaries")
    assert office.run("check", ROUND).exit_code == 1  # no school has a key yet
    proposed = folder / "layers" / f"{ROUND}-school_keys.csv"
    shutil.copy(proposed, folder / "data" / "columns" / "school_keys.csv")
    assert office.run("check", ROUND).exit_code == 0
    before = gpd.read_file(folder / "layers" / f"{ROUND}-check.gpkg", layer="problems")
    accepted = office.run("accept", ROUND, "--kind", "point_proposed", "--by", "ผู้ตรวจ")
    assert accepted.exit_code == 0, accepted.output
    built = office.run("build", ROUND)
    assert built.exit_code == 0, built.output
    return office, before
