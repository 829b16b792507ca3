"""The sample office: check and build of its fullest round. The seconds are told, not tested."""

import datetime
import statistics
import time

import pytest

from gisapp.core.rounds import Round
from gisapp.pipeline import check_round
from gisapp.sample.office import write_sample
from gisapp.settings import Settings
from tests.office import run

CHECKED_ON = datetime.datetime(2025, 7, 1, tzinfo=datetime.UTC)


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample") / "office"
    start = time.perf_counter()
    write_sample(folder)
    print(f"\nsample office written: {time.perf_counter() - start:.1f} s")
    return folder


def test_the_sample_office_is_checked_and_built_while_one_looks_on(sample, capsys):
    settings = Settings.load(sample)
    checks, builds = [], []
    for _ in range(3):
        start = time.perf_counter()
        check_round(settings, Round.parse("2568-1"), CHECKED_ON)
        checks.append(time.perf_counter() - start)
        start = time.perf_counter()
        built = run("--office", str(sample), "build", "2568-1")
        builds.append(time.perf_counter() - start)
        assert built.exit_code == 0, built.output
    with capsys.disabled():
        print(
            f"\nsample office 2568-1: check {statistics.median(checks):.2f} s, "
            f"check + build {statistics.median(builds):.2f} s"
        )
