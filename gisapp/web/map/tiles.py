"""Hillshade as tiles, drawn when asked for and kept in memory: heights change once in years."""

import functools
import io
from http import HTTPStatus

from flask import Blueprint, abort, redirect
from PIL import Image
from werkzeug import Response

from gisapp.core.hillshade import MARGIN, picture
from gisapp.core.tiles import Tile
from gisapp.store.elevation import Elevation, elevation
from gisapp.store.elevation_tiles import read_heights
from gisapp.web.assets import KEPT_FOR_GOOD
from gisapp.web.map.ground import THEMES, palette, tile_stamp
from gisapp.web.reader import link, settings

blueprint = Blueprint("tiles", __name__)

#: Quality and effort of the encoder: a tile of steep mountains takes 7 kB, 2 ms; more effort
#: saves 4 % of that and takes twice as long.
_QUALITY, _EFFORT = 88, 2

#: Tiles that are kept: 8 MB of them, more than everybody's first view in both themes.
_KEPT = 3_000


@blueprint.get("/tiles/hillshade/<theme>/<stamp>/<int:zoom>/<int:x>/<int:y>.webp")
def hillshade(theme: str, stamp: str, zoom: int, x: int, y: int) -> Response:
    """One tile; under an outdated stamp it says where the tile of today is."""
    tile, heights = Tile(zoom, x, y), elevation(settings())
    if theme not in THEMES or not tile.exists or not heights.rasters:
        abort(HTTPStatus.NOT_FOUND)
    today = tile_stamp(heights)
    if stamp != today:
        values = {"theme": theme, "stamp": today, "zoom": zoom, "x": x, "y": y}
        moved = redirect(link("tiles.hillshade", lang=None, round=None, **values))
        moved.headers["Cache-Control"] = "no-cache"
        return moved
    body = _drawn(heights, theme, today, tile)
    return Response(body, mimetype="image/webp", headers={"Cache-Control": KEPT_FOR_GOOD})


@functools.lru_cache(maxsize=_KEPT)
def _drawn(heights: Elevation, theme: str, _stamp: str, tile: Tile) -> bytes:
    """Draw a tile; the stamp only ends its use."""
    heights_m = read_heights(heights, tile, MARGIN)
    if heights_m is None:
        return _nothing()
    pixels = picture(heights_m, tile.ground_pixel_m(), palette(theme))
    opaque = bool(pixels[..., 3].min() == 255)
    return _webp(Image.fromarray(pixels[..., :3] if opaque else pixels))


@functools.lru_cache(maxsize=1)
def _nothing() -> bytes:
    """Return a picture of nothing, as small as one can be."""
    return _webp(Image.new("RGBA", (1, 1)))


def _webp(image: Image.Image) -> bytes:
    content = io.BytesIO()
    image.save(content, "WEBP", quality=_QUALITY, method=_EFFORT)
    return content.getvalue()
