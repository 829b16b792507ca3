"""Files that pages load: ours and the vendored ones, with an address that changes with them."""

import functools
import hashlib
from collections.abc import Iterable
from pathlib import Path

from flask import Response, request, url_for

from gisapp.web.per_request import once_per_request

#: Folder of everything that is served as it is.
STATIC_DIR = Path(__file__).resolve().parent.parent / "static"

#: What folium asks a content network for, by folium's name for it -> our copy; None: not needed.
FOLIUM_ASSETS: dict[str, str | None] = {
    "leaflet": "vendor/leaflet/leaflet.js",
    "leaflet_css": "vendor/leaflet/leaflet.css",
    # Bootstrap's style is on every page already; its script, jQuery and icon fonts are unused.
    "bootstrap_css": None,
    "bootstrap": None,
    "jquery": None,
    "awesome_markers": None,
    "awesome_markers_css": None,
    "awesome_markers_font_css": None,
    "awesome_rotate_css": None,
    "glyphicons_css": None,
}

_YEAR_S = 31_536_000

#: For what has another address whenever it is another thing.
KEPT_FOR_GOOD = f"public, max-age={_YEAR_S}, immutable"


@once_per_request
def asset(name: str) -> str:
    """Return the address of a file below `static`, with a mark of its content."""
    return url_for("static", filename=name, v=mark_of((name,)))


def mark_of(names: Iterable[str]) -> str:
    """Return eight letters that stand for what is in some files."""
    paths = [STATIC_DIR / name for name in names]
    marks = [_mark(path, path.stat().st_mtime_ns) for path in paths]
    return marks[0] if len(marks) == 1 else hashlib.sha256("".join(marks).encode()).hexdigest()[:8]


@functools.lru_cache(maxsize=256)
def _mark(path: Path, changed_ns: int) -> str:
    """Return eight letters that stand for a file's content; the time only ends their use."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:8]


def keep_static(response: Response) -> Response:
    """Let browsers keep a marked file for good, and ask again for any other."""
    if request.endpoint == "static" and response.status_code == 200:
        response.headers["Cache-Control"] = KEPT_FOR_GOOD if "v" in request.args else "no-cache"
    return response
