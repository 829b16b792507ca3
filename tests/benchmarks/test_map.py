"""The map page in a real browser, against the maps that people write with the same libraries.

Measured is what a reader waits for: from an empty cache to the click that opens a school, or a
cluster where schools stand in clusters. Nothing is asserted about seconds.
"""

import os
import statistics
import threading
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright
from waitress import create_server

from gisapp.settings import Settings
from gisapp.store.tables import read_size_classes
from gisapp.web import create_app
from gisapp.web.assets import STATIC_DIR
from tests.benchmarks import alternatives
from tests.benchmarks.browsing import find_spot, look
from tests.benchmarks.nation import SCHOOLS, make_nation
from tests.benchmarks.test_join import ours
from tests.office import ROUND, bare_office

VENDOR = Path(STATIC_DIR) / "vendor"

#: First view of the sample office without the tiles of its ground, and one tile: bytes.
FIRST_VIEW, TILE = 300_000, 15_000

#: What travels the second time, as a share of the first.
SECOND_VISIT = 0.1

#: At 30,000 schools, ours over theirs: seconds until a click is answered.
PROMISED = {"marker loop": 0.1, "embedded": 1.0, "bare canvas": 1.2, "clustered canvas": 1.2}

#: Pages that are saved whole; a loop of 30,000 markers is waited for once only.
SAVED = {"marker loop": 1, "embedded": 3}

SHELL_BYTES = 10_000


@pytest.fixture(scope="module")
def country(tmp_path_factory):
    """An office as large as the country, published."""
    office = bare_office(tmp_path_factory.mktemp("country") / "office")
    classes = read_size_classes(Settings.load(office.folder))
    ours(make_nation(), classes, office.folder)
    office.published.parent.mkdir()
    (office.folder / "ours.gpkg").rename(office.published)
    return office


@pytest.fixture(scope="module")
def served():
    """Serve an alternative on this machine: address. It ends with the tests."""

    def serve(application):
        server = create_server(application, host="127.0.0.1", port=0, threads=8)
        threading.Thread(target=server.run, daemon=True).start()
        return f"http://127.0.0.1:{server.effective_port}/"

    return serve


@pytest.fixture(scope="module")
def playwright():
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def clusters(tmp_path_factory):
    """Files of Leaflet.markercluster."""
    return alternatives.fetched_clusters(tmp_path_factory.mktemp("clusters"))


def with_places(office):
    """Schools that stand somewhere."""
    schools = office.layer("schools")
    return schools[schools.geometry.notna() & ~schools.geometry.is_empty]


def sites(schools, clusters):
    """Name -> files of each alternative."""
    return {
        "marker loop": alternatives.marker_loop(schools, VENDOR),
        "embedded": alternatives.embedded(schools, VENDOR),
        "bare canvas": alternatives.bare_canvas(schools, VENDOR),
        "clustered canvas": alternatives.clustered_canvas(schools, VENDOR, clusters),
    }


def compared(playwright, serving, served, office, clusters, rounds):
    """Look at our map and at each alternative in turns -> name: looks."""
    schools = with_places(office)
    places = [[point.x, point.y] for point in schools.geometry]
    pages = {"gisapp": serving(office)}
    pages |= {
        name: served(alternatives.as_site(files))
        for name, files in sites(schools, clusters).items()
    }
    spots = {
        name: find_spot(playwright, address, places, slow=name in SAVED)
        for name, address in pages.items()
    }
    looks = {name: [] for name in pages}
    for turn in range(rounds):
        for name, address in pages.items():
            if turn < SAVED.get(name, rounds):
                looks[name].append(look(playwright, address, spots[name], slow=name in SAVED))
    return looks


def told(title, looks, capsys):
    """Print the middle look of each page; return the name -> seconds."""
    seconds = {name: statistics.median(one.ready_s for one in all_) for name, all_ in looks.items()}
    with capsys.disabled():
        print(f"\n{title} (load {os.getloadavg()[0]:.1f})")
        for name, all_ in looks.items():
            middle = sorted(all_, key=lambda one: one.ready_s)[len(all_) // 2]
            ratio = seconds["gisapp"] / seconds[name]
            print(f"  {name:17} {middle}, of {len(all_)}; gisapp takes {ratio:.2f} of it")
    return seconds


def test_the_page_shell_is_small(country, capsys):
    """What travels: every browser asks for gzip."""
    client = create_app(Settings.load(country.folder)).test_client()
    answer = client.get("/", headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    with capsys.disabled():
        print(f"\npage shell: {len(answer.data):,} bytes travel")
    assert len(answer.data) < SHELL_BYTES


def test_the_sample_office_travels_light_and_once(
    playwright, serving, served, sample_office, clusters, capsys
):
    looks = compared(playwright, serving, served, sample_office, clusters, rounds=5)
    told(f"the sample office, {len(with_places(sample_office))} schools", looks, capsys)
    mine = looks["gisapp"]
    assert max(one.first_bytes for one in mine) < FIRST_VIEW
    assert max(one.again_bytes / one.first_bytes for one in mine) < SECOND_VISIT
    assert max((size for one in mine for size in one.tile_bytes), default=0) <= TILE
    assert [address for one in mine for address in one.foreign] == []


def test_a_whole_country_answers_a_click_as_soon_as_a_bare_map_does(
    playwright, serving, served, country, clusters, capsys
):
    looks = compared(playwright, serving, served, country, clusters, rounds=5)
    seconds = told(f"{SCHOOLS:,} schools, round {ROUND}", looks, capsys)
    ratios = {name: seconds["gisapp"] / seconds[name] for name in PROMISED}
    assert all(ratios[name] <= most for name, most in PROMISED.items()), ratios
    heaviest = max(one.rss_mb for one in looks["gisapp"])
    assert not heaviest > max(one.rss_mb for one in looks["embedded"])
