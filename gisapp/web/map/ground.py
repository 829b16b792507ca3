"""What the map's points stand on: water, roads, borders, and tiles of heights below them."""

import functools
import hashlib
import re
from pathlib import Path

from gisapp import __version__
from gisapp.core.hillshade import Colour, Palette
from gisapp.store.elevation import Elevation, elevation
from gisapp.store.published import columns_of
from gisapp.store.published_geojson import read_bounds
from gisapp.web.assets import STATIC_DIR
from gisapp.web.map.words import map_words
from gisapp.web.reader import Reading, language, link, settings

#: Base layers, bottom up -> columns that drawing needs.
_BASE = {
    "lakes": "",
    "rivers": "flow_class",
    "roads": "road_class",
    "subdistricts": "subdistrict_th,subdistrict_en",
    "districts": "district_th,district_en",
    "office": "",
}

#: Where the dark theme's values begin in the tokens; light ones stand before.
_DARK_FROM = '[data-bs-theme="dark"] {'

THEMES = ("light", "dark")


def base_config(now: Reading) -> dict[str, object]:
    """Say where the base layers are and which exist and may be shown."""
    bounds = read_bounds(now.file)
    return {
        "layers": [
            {
                "name": layer,
                "url": layer_url(now, layer, _BASE[layer], "data.layer_steps"),
                "fine": layer_url(now, layer, _BASE[layer], "data.layer_steps", fine=1),
            }
            for layer in ground_names(now)
        ],
        "ground": tile_config(),
        "home": None if bounds is None else [[bounds[1], bounds[0]], [bounds[3], bounds[2]]],
        "language": language(),
        "words": map_words(),
    }


def ground_names(now: Reading) -> list[str]:
    """Return the base layers that exist and may be shown, bottom up."""
    return [
        layer
        for layer in _BASE
        if "geometry" in now.access.of(layer)
        and columns_of(now.file, "districts" if layer == "office" else layer)
    ]


def layer_url(
    now: Reading,
    layer: str,
    columns: str,
    endpoint: str = "data.layer_geojson",
    fine: int | None = None,
) -> str:
    """Return the address of a layer of the round being read."""
    return link(
        endpoint,
        round_name=now.round.name,
        layer=layer,
        columns=columns or None,
        fine=fine,
        lang=None,
        round=None,
    )


def tile_config() -> dict[str, object]:
    """Say where the tiles under the map are; without heights, or a set address, there are none."""
    found: dict[str, object] = {}
    heights = elevation(settings())
    if heights.bounds is not None:
        west, south, east, north = heights.bounds
        address = link(
            "tiles.hillshade", theme="T", stamp=tile_stamp(heights), zoom=0, x=0, y=0,
            lang=None, round=None,
        )  # fmt: skip
        found["hillshade"] = {
            "url": address.replace("/T/", "/{theme}/").replace("/0/0/0.", "/{z}/{x}/{y}."),
            "bounds": [[south, west], [north, east]],
        }
    if settings().base_map_url:
        found["internet"] = {"url": settings().base_map_url}
    return found


def tile_stamp(heights: Elevation) -> str:
    """Return a short text that differs whenever a tile might look different."""
    looks = [__version__, *(repr(palette(theme)) for theme in THEMES)]
    return hashlib.sha256("\x1f".join([heights.stamp, *looks]).encode()).hexdigest()[:10]


def palette(theme: str) -> Palette:
    """Return the hillshade's colours of a theme, from the tokens that the pages use."""
    path = STATIC_DIR / "tokens.css"
    return _palettes(path, path.stat().st_mtime_ns)[theme]


@functools.lru_cache(maxsize=2)
def _palettes(path: Path, _changed_ns: int) -> dict[str, Palette]:
    """Read the colours of both themes; the time only ends their use."""
    light, dark = path.read_text(encoding="utf-8").split(_DARK_FROM, 1)
    return {"light": _palette(light), "dark": _palette(dark)}


def _palette(css: str) -> Palette:
    """Read the four colours from one theme's part of the tokens."""

    def colour(name: str) -> Colour:
        found = re.search(rf"--map-{name}: #(..)(..)(..);", css)
        if found is None:
            raise KeyError(name)
        red, green, blue = (int(part, 16) for part in found.groups())
        return red, green, blue

    return Palette(colour("low"), colour("high"), colour("shade"), colour("lit"))
