"""30,000 schools on the map page, against the loop of Folium markers that people write."""

import contextlib
import re
import shutil
import threading

import folium
import pytest
from folium.plugins import MarkerCluster
from playwright.sync_api import TimeoutError as TooSlow
from playwright.sync_api import sync_playwright
from werkzeug.exceptions import NotFound
from werkzeug.middleware.shared_data import SharedDataMiddleware
from werkzeug.serving import WSGIRequestHandler, make_server

from gisapp.settings import Settings
from gisapp.store.tables import read_size_classes
from gisapp.web import create_app
from tests.benchmarks.nation import SCHOOLS, make_nation
from tests.benchmarks.test_join import ours
from tests.e2e.conftest import _ARGUMENTS, browser_path
from tests.office import ROUND, bare_office

PROMISED = 0.1
SHELL_BYTES = 10_000

_LOCAL = {
    "leaflet.js": "leaflet/leaflet.js",
    "leaflet.css": "leaflet/leaflet.css",
    "leaflet.markercluster.js": "markercluster/leaflet.markercluster.js",
    "MarkerCluster.css": "markercluster/MarkerCluster.css",
    "MarkerCluster.Default.css": "markercluster/MarkerCluster.Default.css",
    "jquery.js": "jquery.js",
}

#: What Folium's page uses of jQuery: turn text into an element. The real one is slower.
_JQUERY = """
window.$ = window.jQuery = (html) => {
  const box = document.createElement("template");
  box.innerHTML = html.trim();
  return [box.content.firstChild];
};
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """An office as large as the country, published."""
    office = bare_office(tmp_path_factory.mktemp("country") / "office")
    classes = read_size_classes(Settings.load(office.folder))
    ours(make_nation(), classes, office.folder)
    office.published.parent.mkdir()
    (office.folder / "ours.gpkg").rename(office.published)
    return office


@pytest.fixture(scope="module")
def served():
    """Serve an application on this machine for as long as the module runs."""
    started = []

    def serve(application):
        server = make_server("127.0.0.1", 0, application, threaded=True)
        server.RequestHandlerClass = _Quiet
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        started.append((server, thread))
        return f"http://127.0.0.1:{server.server_port}"

    yield serve
    for server, thread in started:
        server.shutdown()
        thread.join()
        server.server_close()


class _Quiet(WSGIRequestHandler):
    def log(self, *_):
        """Say nothing: what is measured should not write."""


@pytest.fixture(scope="module", params=["markers", "markers in clusters"])
def loop_page(request, office, checkout):
    """The page that a Folium marker loop saves: one marker after another, as tutorials have it."""
    schools = office.layer("schools")
    page = folium.Map(location=[13, 101], zoom_start=6, tiles=None, maxZoom=18)
    clustered = request.param != "markers"
    target = MarkerCluster().add_to(page) if clustered else page
    for school in schools.itertuples():
        folium.Marker(
            [school.geometry.y, school.geometry.x],
            popup=f"{school.school_name_th}: {school.students}",
            tooltip=school.school_name_th,
        ).add_to(target)
    folder = office.folder / "loop"
    shutil.copytree(checkout / "gisapp" / "static" / "vendor", folder, dirs_exist_ok=True)
    (folder / "jquery.js").write_text(_JQUERY, encoding="utf-8")
    path = folder / f"{request.param}.html"
    path.write_text(_from_here(page.get_root().render()), encoding="utf-8")
    return path


def _from_here(html):
    """Let a page of Folium load its files from beside it instead of from other hosts."""

    def local(address):
        name = address[0].rsplit("/", 1)[-1]
        return _LOCAL.get("jquery.js" if name.startswith("jquery") else name, "data:,")

    return re.sub(r"https://[^\"']+\.(?:js|css)\b", local, html)


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=browser_path(), args=_ARGUMENTS)
        yield found
        found.close()


def _open(browser):
    """A fresh page with an empty cache, and what it asked of other hosts."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    foreign = []
    page.on(
        "request",
        lambda ask: (
            None if ask.url.startswith(("http://127.0.0.1", "data:")) else foreign.append(ask.url)
        ),
    )
    return page, foreign


_TWO_FRAMES = (
    "() => new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(() => r(true))))"
)

#: A page that has not answered by then counts as if it had.
LONGEST_MS = 60_000


def _drawn(page):
    """Wait until what was asked for has been painted: two frames later the page answers."""
    page.evaluate(_TWO_FRAMES)


def test_the_page_shell_is_small(office, capsys):
    """What travels: every browser asks for gzip."""
    client = create_app(Settings.load(office.folder)).test_client()
    answer = client.get("/", headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    with capsys.disabled():
        print(f"\npage shell: {len(answer.data):,} bytes travel")
    assert len(answer.data) < SHELL_BYTES


def test_the_map_is_ready_in_a_tenth_of_the_time_of_a_marker_loop(
    race, office, served, loop_page, browser
):
    address = served(create_app(Settings.load(office.folder)))
    loop = served(SharedDataMiddleware(NotFound(), {"/": str(loop_page.parent)}))

    def our_map():
        page, foreign = _open(browser)
        page.goto(f"{address}/?round={ROUND}")
        page.wait_for_selector(f"html[data-points='{SCHOOLS}']", state="attached", timeout=120_000)
        _drawn(page)
        page.context.close()
        assert foreign == []

    def marker_loop():
        page, foreign = _open(browser)
        errors = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{loop}/{loop_page.name}", wait_until="load", timeout=600_000)
        # Without a graphics card the browser paints 30,000 separate markers for minutes after
        # the script has ended: nobody can use the page, so nobody waits for the end of it.
        with contextlib.suppress(TooSlow):
            page.wait_for_function(_TWO_FRAMES, timeout=LONGEST_MS)
        page.context.close()
        assert (foreign, errors) == ([], [])  # its script came to its end, all of it from here

    clustered = loop_page.stem != "markers"
    assert loop_page.read_text(encoding="utf-8").count("L.marker(") == SCHOOLS
    ratio = race(
        f"{SCHOOLS:,} schools ready to use (saved page: {loop_page.stat().st_size / 1e6:.0f} MB)",
        ("gisapp", our_map),
        (f"Folium, {loop_page.stem}", marker_loop),
        rounds=3 if clustered else 1,
    )
    # The promise speaks of the plain loop; clusters are there to see how far they carry alone.
    assert ratio < (1 if clustered else PROMISED)
