"""Real inputs. They are not ours to ship: without them these tests say so and are left out."""

import shutil

import pytest

from tests.office import run


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
