"""A browser, and a service on this machine for it; both end with the tests."""

import contextlib
import os
import shutil
import threading

import pytest
from playwright.sync_api import Error, sync_playwright
from werkzeug.serving import make_server

from gisapp.settings import Settings
from gisapp.web import create_app
from tests.web.conftest import web_office  # noqa: F401 - the same office as the web tests

#: Names of a browser that speaks the protocol we use, on the usual systems.
_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")

_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def browser_path():
    """The browser that was named or found; None lets Playwright take its own."""
    named = os.environ.get("GISAPP_BROWSER")
    return named or next((path for name in _NAMES if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        try:
            found = playwright.chromium.launch(executable_path=browser_path(), args=_ARGUMENTS)
        except Error as error:
            pytest.skip(f"no browser: {str(error).splitlines()[0]}")
        yield found
        found.close()


@contextlib.contextmanager
def serving(settings, **options):
    """Serve an office on this machine and give the address; it ends with the block."""
    server = make_server("127.0.0.1", 0, create_app(settings, **options), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="session")
def address(web_office):  # noqa: F811 - pytest hands fixtures over by name
    """Address of the office's service."""
    with serving(Settings.load(web_office.folder)) as found:
        yield found


class Watch:
    """What a page said and asked for while a test used it."""

    def __init__(self, page, address):
        self.errors, self.foreign, self.dialogs = [], [], []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda line: line.type == "error" and self.errors.append(line.text))
        page.on("dialog", lambda dialog: (self.dialogs.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: self._ask(request.url, address))

    def _ask(self, url, address):
        if not url.startswith((f"{address}/", "data:")):
            self.foreign.append(url)


@contextlib.contextmanager
def readers(browser, address, permissions=()):
    """Open pages, each in a browser of its own; at the end consoles are clean, the host alone."""
    contexts, watches = [], []

    def new(path="/", **options):
        known = {"viewport": {"width": 1440, "height": 900}, **options}
        context = browser.new_context(**known)
        context.grant_permissions(list(permissions))
        contexts.append(context)
        page = context.new_page()
        watches.append(Watch(page, address))
        page.goto(path if path.startswith("http") else f"{address}{path}")
        if known.get("java_script_enabled", True) and page.locator(".folium-map").count():
            page.wait_for_selector("html[data-points]", state="attached")
        return page

    yield new
    for context in contexts:
        context.close()
    for watch in watches:
        assert (watch.errors, watch.foreign, watch.dialogs) == ([], [], [])


@pytest.fixture
def open_page(browser, address):
    """Open an address of the service by the size and theme of its window."""
    with readers(browser, address) as new:

        def go(path="/", *, width=1440, height=900, scheme="light", touch=False):
            window = {"width": width, "height": height}
            return new(path, viewport=window, color_scheme=scheme, has_touch=touch)

        yield go


def look_at(page, code):
    """Zoom to a school, so that it stands alone."""
    page.evaluate(
        """async (code) => {
            const answer = await fetch('/data/2568-1/schools.geojson?columns=smis_code');
            const all = (await answer.json()).features;
            const found = all.find((f) => f.properties.smis_code === code);
            const [lon, lat] = found.geometry.coordinates;
            map_schools.setView([lat, lon], 15, { animate: false });
            const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
            await frame();
            await frame();
        }""",
        code,
    )
