"""A browser, and a service on this machine for it; both end with the tests."""

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


@pytest.fixture(scope="session")
def address(web_office):  # noqa: F811 - pytest hands fixtures over by name
    """Address of the office's service."""
    server = make_server(
        "127.0.0.1", 0, create_app(Settings.load(web_office.folder)), threaded=True
    )
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


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


@pytest.fixture
def open_page(browser, address):
    """Open an address of the service; at the end the console must be clean, the host alone."""
    contexts, watches = [], []

    def go(path="/", *, width=1440, height=900, scheme="light", touch=False):
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, has_touch=touch
        )
        contexts.append(context)
        page = context.new_page()
        watches.append(Watch(page, address))
        page.goto(f"{address}{path}")
        if page.locator(".folium-map").count():
            page.wait_for_selector("html[data-points]", state="attached")
        return page

    yield go
    for context in contexts:
        context.close()
    for watch in watches:
        assert watch.errors == []
        assert watch.foreign == []
        assert watch.dialogs == []
