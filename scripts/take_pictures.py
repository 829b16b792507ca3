"""Take the pictures of the pages that stand in ``docs/pictures``.

    .venv/bin/python scripts/take_pictures.py [--office FOLDER] [--only map-th]

Without ``--office`` it writes and builds the sample office in a folder that goes away again. The
pages are served to this machine alone, and the browser is asked for nothing else. The same office
gives the same names; a picture that is no longer taken is left for whoever takes it out of the
README.
"""

import argparse
import io
import os
import shutil
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PIL import Image, ImageOps
from playwright.sync_api import Browser, Page, sync_playwright
from waitress import create_server

from gisapp.cli.common import now
from gisapp.core.profile_rows import Photo
from gisapp.core.rounds import Round
from gisapp.pipeline import build_round
from gisapp.pipeline.coverage import compute_coverage
from gisapp.sample.office import write_sample
from gisapp.settings import Settings
from gisapp.store.published import layer_file, read_rows, rounds_built
from gisapp.store.rounds import list_rounds
from gisapp.web import create_app

TARGET = Path(__file__).resolve().parent.parent / "docs" / "pictures"

#: Names of a browser that speaks the protocol we use, on the usual systems.
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")

#: Our own pages on this machine need no fence, and a machine without a graphics card no try at one.
ARGUMENTS = ["--no-sandbox", "--disable-gpu"]

#: Window -> (width, height, pixels of the picture for each of the page's).
WINDOWS = {1440: (1440, 900, 1.0), 390: (390, 844, 2.0)}

#: A4 less the margins of our print style, at the 96 dots per inch of CSS; and the margin.
PAPER, MARGIN = (718, 1047), 38

#: Quality of WebP, 0..100: text stays sharp, and all pictures together below 1.5 MB.
QUALITY = 72


@dataclass(frozen=True)
class Shot:
    """One picture: of which page, and how it is looked at."""

    name: str
    path: str
    width: int
    scheme: Literal["light", "dark"] = "light"
    printed: bool = False


def shots(code: str) -> Iterator[Shot]:
    """Yield every picture that is taken; `code` is the school that is opened."""
    pages = {
        "map": f"/?school={code}&",
        "list": "/schools?",
        "profile": f"/schools/{code}?",
        "overview": "/overview?",
        "coverage": "/coverage?",
    }
    for language in ("th", "en"):
        for width in WINDOWS:
            for page, path in pages.items():
                yield Shot(f"{page}-{language}-{width}", f"{path}lang={language}", width)
    yield Shot("map-th-1440-dark", f"{pages['map']}lang=th", 1440, "dark")
    yield Shot("map-th-390-dark", f"{pages['map']}lang=th", 390, "dark")
    yield Shot("coverage-th-1440-dark", f"{pages['coverage']}lang=th", 1440, "dark")
    yield Shot("profile-th-print", f"{pages['profile']}lang=th", PAPER[0], printed=True)


def main() -> None:
    """Take the pictures that are asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument(
        "--office", type=Path, help="a built office; else the sample office is made"
    )
    parser.add_argument("--only", default="", help="only pictures whose name begins so")
    parser.add_argument("--out", type=Path, default=TARGET, help="folder of the pictures")
    wanted = parser.parse_args()
    wanted.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        settings = Settings.load(wanted.office or sample(Path(scratch) / "office"))
        browser = playwright.chromium.launch(executable_path=browser_path(), args=ARGUMENTS)
        with served(settings) as address:
            for shot in shots(school_with_most_pictures(settings)):
                if shot.name.startswith(wanted.only):
                    keep(taken(browser, address, shot), wanted.out / f"{shot.name}.webp")
        browser.close()


def sample(folder: Path) -> Path:
    """Write and build the sample office; return its folder."""
    write_sample(folder, 68, lambda part: None)
    settings = Settings.load(folder)
    for data_round in sorted(list_rounds(settings), key=lambda one: Round.parse(one.name)):
        if not build_round(settings, data_round, now()).blocks:
            compute_coverage(settings, data_round, now())
    return folder


def school_with_most_pictures(settings: Settings) -> str:
    """Return the school of the newest round that shows most; the first code among equals."""
    file = layer_file(settings, rounds_built(settings)[-1].name)
    counted = Counter(photo.smis_code for photo in read_rows(file, "photos", Photo))
    return min(counted, key=lambda code: (-counted[code], code))


@contextmanager
def served(settings: Settings) -> Iterator[str]:
    """Serve an office to this machine; its address. It ends with the script."""
    server = create_server(create_app(settings), host="127.0.0.1", port=0, threads=8)
    threading.Thread(target=server.run, daemon=True).start()
    yield f"http://127.0.0.1:{server.effective_port}"


def browser_path() -> str | None:
    """Return the browser that was named or found; None lets Playwright take its own."""
    named = os.environ.get("GISAPP_BROWSER")
    return named or next((path for name in BROWSERS if (path := shutil.which(name))), None)


def taken(browser: Browser, address: str, shot: Shot) -> Image.Image:
    """Open a page, wait until it rests, and take its picture."""
    width, height, scale = (*PAPER, 1.5) if shot.printed else WINDOWS[shot.width]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=scale,
        color_scheme=shot.scheme,
        has_touch=shot.width == min(WINDOWS),
    )
    page = context.new_page()
    page.goto(address + shot.path, wait_until="networkidle")
    rest(page)
    if shot.printed:
        # The small map waits below the window; the page's print button asks for it too.
        page.evaluate("gisapp.later()")
        rest(page)
        # As a printer does: the page is there already when its print style comes.
        page.emulate_media(media="print")
        rest(page)
    picture = Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    context.close()
    return ImageOps.expand(picture, int(MARGIN * scale), "white") if shot.printed else picture


def rest(page: Page) -> None:
    """Wait until points, card, fonts and pictures are there and have been painted."""
    if page.locator("#main .map .folium-map").count():
        page.wait_for_selector("html[data-points][data-ground]", state="attached")
        page.evaluate("gisapp.loaded()")
    if "school=" in page.url:
        page.wait_for_selector("#card:not([hidden]) h2")
    page.wait_for_load_state("networkidle")
    page.evaluate(
        """async () => {
            await document.fonts.ready;
            const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
            for (let n = 0; n < 5; n += 1) await frame();
        }"""
    )


def keep(picture: Image.Image, path: Path) -> None:
    """Write a picture and say how large it is."""
    picture.save(path, "WEBP", quality=QUALITY, method=6)
    print(f"{path.name}  {picture.width} × {picture.height}  {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
