"""One look at a map in a browser of its own: when it answers a click, what it took to get there."""

import contextlib
import dataclasses
import math
import pathlib
import time

from playwright.sync_api import Error
from playwright.sync_api import TimeoutError as TooSlow

from tests.e2e.conftest import _ARGUMENTS, browser_path

#: A page that has not answered by then counts as if it had.
LONGEST_MS = 60_000

WINDOW = {"width": 1440, "height": 900}

TWO_FRAMES = (
    "() => new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(() => r(true))))"
)

#: "open" where a school has been opened, "coming" where its card is on the way, else how far the
#: map has been zoomed in.
_ANSWER = """() => {
  if (document.querySelector("#card.loading")) return "coming";
  if (document.querySelector(".leaflet-popup, #card:not([hidden]) h2")) return "open";
  const own = typeof map_schools !== "undefined" ? map_schools : window.map || null;
  return own && own._loaded ? own.getZoom() : 0;
}"""

_CHANGED = f"(old) => ![old, 'coming'].includes(({_ANSWER})())"

#: Where schools stand by themselves, else where the named ones stand: px, the middle ones first.
_SPOTS = """(places) => {
  const maps = Object.keys(window).filter((n) => n.startsWith("map")).map((n) => window[n]);
  const drawn = maps.find((one) => one && one.latLngToContainerPoint);
  const box = drawn.getContainer().getBoundingClientRect(), size = drawn.getSize();
  const alone = window.gisapp && gisapp.pointBoxes ? gisapp.pointBoxes() : [];
  const all = alone.length ? alone : places.map(([lon, lat]) => {
    const at = drawn.latLngToContainerPoint([lat, lon]);
    return [at.x, at.y];
  });
  const far = ([x, y]) => Math.hypot(x - size.x / 2, y - size.y / 2);
  return all.sort((a, b) => far(a) - far(b)).slice(0, 60).map(([x, y]) => [box.x + x, box.y + y]);
}"""


@dataclasses.dataclass(frozen=True)
class Spot:
    """Where a page answers a click, and by what: "open", or the zoom it goes to."""

    x: float
    y: float
    answer: str | float


@dataclasses.dataclass(frozen=True)
class Look:
    """What one first visit and one second took; NaN is what was not reached or not told."""

    ready_s: float
    heap_mb: float
    rss_mb: float
    first_bytes: int
    again_bytes: float
    tile_bytes: tuple[int, ...]
    foreign: tuple[str, ...]

    def __str__(self):
        return (
            f"answers a click after {self.ready_s:6.2f} s, {self.first_bytes / 1000:7,.0f} kB"
            f" travel ({self.again_bytes / 1000:,.1f} kB the second time), script memory"
            f" {self.heap_mb:5.0f} MB, process {self.rss_mb:5.0f} MB"
        )


class Traffic:
    """Bytes that came over the wire to a page, headers included, tiles of the ground apart."""

    def __init__(self, page, address):
        self.urls, self.bytes, self.tiles, self.foreign = {}, 0, [], []
        self.address = address
        listening = page.context.new_cdp_session(page)
        listening.send("Network.enable")
        listening.on("Network.requestWillBeSent", self._ask)
        listening.on("Network.loadingFinished", self._come)

    def _ask(self, event):
        url = event["request"]["url"]
        self.urls[event["requestId"]] = url
        if not url.startswith((self.address, "data:", "blob:")):
            self.foreign.append(url)

    def _come(self, event):
        if "/tiles/" in self.urls.get(event["requestId"], ""):
            self.tiles.append(int(event["encodedDataLength"]))
        else:
            self.bytes += int(event["encodedDataLength"])


@contextlib.contextmanager
def _window(playwright):
    browser = playwright.chromium.launch(executable_path=browser_path(), args=_ARGUMENTS)
    try:
        yield browser, browser.new_context(viewport=WINDOW)
    finally:
        browser.close()


def find_spot(playwright, address, places, *, slow=False):
    """Find where a map answers a click, once it is there; None where it never is."""
    with _window(playwright) as (_, context):
        page = context.new_page()
        if not _arrived(page, address, slow):
            return None
        before = page.evaluate(_ANSWER)
        for x, y in page.evaluate(_SPOTS, places):
            page.mouse.click(x, y)
            with contextlib.suppress(TooSlow):
                page.wait_for_function(_CHANGED, arg=before, timeout=700)
                return Spot(x, y, page.evaluate(_ANSWER))
    return None


def look(playwright, address, spot, *, slow=False):
    """Click on a map until it answers; then visit it with an empty cache, and again -> `Look`."""
    with _window(playwright) as (browser, context):
        page = context.new_page()
        start = time.perf_counter()
        if spot is None or (slow and not _arrived(page, address, slow)):
            ready = heap = rss = math.nan
        else:
            if not slow:
                page.goto(address, wait_until="commit")
            _click(page, spot)
            ready = time.perf_counter() - start
            heap, rss = _memory(browser, page)
        context.close()
        first, again = _visits(browser, address, slow, 1 if math.isnan(ready) else 2)
        return Look(
            ready_s=LONGEST_MS / 1000 if math.isnan(ready) else ready,
            heap_mb=heap,
            rss_mb=rss,
            first_bytes=first.bytes,
            again_bytes=math.nan if math.isnan(ready) else again.bytes,
            tile_bytes=tuple(first.tiles),
            foreign=tuple(first.foreign),
        )


def _visits(browser, address, slow, times):
    """What came over the wire at the first visit and at the last one; nothing is clicked."""
    context = browser.new_context(viewport=WINDOW)
    seen = []
    for _ in range(times):
        page = context.new_page()
        seen.append(Traffic(page, address))
        _arrived(page, address, slow)
        page.close()
    return seen[0], seen[-1]


def _arrived(page, address, slow):
    """Open a page and wait until it rests and paints; False where it does not within the limit."""
    page.goto(address, wait_until="load" if slow else "networkidle", timeout=10 * LONGEST_MS)
    try:
        page.wait_for_function(TWO_FRAMES, timeout=LONGEST_MS)
    except TooSlow:
        return False
    return True


def _click(page, spot):
    """Click until the page answers as it is known to."""
    answer, wanted, end = 0, spot.answer, time.monotonic() + LONGEST_MS / 1000
    while time.monotonic() < end:
        try:
            if answer != "coming":
                page.mouse.click(spot.x, spot.y)
            answer = page.evaluate(_ANSWER)
        except Error as error:
            if "context was destroyed" not in str(error):
                raise
            continue  # the blank page before ours has just gone
        if answer == "open":
            return
        if answer != "coming" and wanted != "open" and answer > wanted - 0.01:
            return
    raise AssertionError(f"no answer to a click on {page.url}")


def _memory(browser, page):
    """(script memory after a collection, the page's process), MB."""
    page.wait_for_load_state("networkidle")
    asked = page.context.new_cdp_session(page)
    asked.send("HeapProfiler.collectGarbage")
    asked.send("Performance.enable")
    metrics = {one["name"]: one["value"] for one in asked.send("Performance.getMetrics")["metrics"]}
    running = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    sizes = [_resident_mb(one["id"]) for one in running if one["type"] == "renderer"]
    return metrics["JSHeapUsedSize"] / 1e6, max(sizes, default=math.nan)


def _resident_mb(pid):
    """Memory that a process holds, MB; NaN on systems without /proc."""
    status = pathlib.Path(f"/proc/{pid}/status")
    if not status.is_file():
        return math.nan
    line = next((one for one in status.read_text().splitlines() if one.startswith("VmRSS")), "")
    return int(line.split()[1]) / 1024 if line else math.nan
