"""The sample office's world, schools and rounds, made once for all tests of the sample."""

import datetime
from functools import cache

import pytest

from gisapp.core.rounds import Round
from gisapp.pipeline import build_round
from gisapp.sample.office import write_office_files
from gisapp.sample.rounds import gather_material, make_rounds
from gisapp.sample.world.make import make_world
from gisapp.settings import Settings
from gisapp.store.rounds import list_rounds

SEED = 68
WHEN = datetime.datetime(2026, 1, 15, tzinfo=datetime.UTC)


@pytest.fixture(scope="session")
def material():
    """Schools, pupils and structures of the sample office."""
    return gather_material(make_world(SEED), SEED)


@pytest.fixture(scope="session")
def drafts(material):
    """The eight rounds by name, before they are written."""
    return {draft.round_.name: draft for draft in make_rounds(material)}


@pytest.fixture(scope="session")
def office_dir(material, drafts, tmp_path_factory):
    """The sample office's folder without pictures."""
    folder = tmp_path_factory.mktemp("office")
    write_office_files(folder, material, list(drafts.values()))
    return folder


@pytest.fixture(scope="session")
def checked(office_dir):
    """A function from a round's name to the round as checked and built, once each."""
    settings = Settings.load(office_dir)
    names = sorted((data_round.name for data_round in list_rounds(settings)), key=Round.parse)

    @cache
    def built(name: str):
        # A round is compared with those published before it.
        for earlier in names[: names.index(name)]:
            built(earlier)
        return build_round(settings, Round.parse(name), WHEN)

    return built
