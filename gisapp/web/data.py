"""Layers by address: the public ones, in GeoJSON, as the map and other programs read them."""

import functools

from flask import Blueprint, Response, request

from gisapp.core.line_steps import COARSE, FINE, as_steps
from gisapp.errors import LayerNotFoundError
from gisapp.store.published_geojson import features, read_geojson, read_outline
from gisapp.web.choosing.choice import choose
from gisapp.web.reader import Reading, reading_of
from gisapp.web.tagged import tagged

blueprint = Blueprint("data", __name__)


@blueprint.get("/data/<round_name>/<layer>.geojson")
def layer_geojson(round_name: str, layer: str) -> Response:
    """One public layer of a round; `columns` names the wanted ones, schools take the filters."""
    now = reading_of(round_name)
    if not now.access.of(layer):
        raise LayerNotFoundError(f"ไม่มีชั้นข้อมูล {layer}", f"there is no layer {layer}")
    parts = (now.file.stamp, now.access.mark)
    return tagged("application/geo+json", parts, lambda: _body(now, layer))


@blueprint.get("/data/<round_name>/<layer>.steps.json")
def layer_steps(round_name: str, layer: str) -> Response:
    """Lines or areas of one public layer as steps, as the map draws them; `columns` as above.

    With `fine` they are good at any zoom, without it as far as zoom 12, at half the size.
    """
    now = reading_of(round_name)
    if "geometry" not in now.access.of(layer):
        raise LayerNotFoundError(f"ไม่มีชั้นข้อมูล {layer}", f"there is no layer {layer}")
    parts = (now.file.stamp, now.access.mark)
    return tagged(
        "application/json", parts, lambda: _steps(now, layer, _columns(), "fine" in request.args)
    )


@functools.lru_cache(maxsize=32)
def _steps(now: Reading, layer: str, wanted: tuple[str, ...] | None, fine: bool) -> str:
    """Return a layer as steps; the same question about the same file is worked out once."""
    form = FINE if fine else COARSE
    if layer == "office":
        return as_steps(read_outline(now.file), form)
    return as_steps(read_geojson(now.file, layer, now.access.of(layer), wanted), form)


def _columns() -> tuple[str, ...] | None:
    """Return the columns asked for; None is every one."""
    return tuple(request.args["columns"].split(",")) if request.args.get("columns") else None


def _body(now: Reading, layer: str) -> str:
    """Return the layer as text; the outline is made from the districts."""
    if layer == "office":
        return read_outline(now.file)
    allowed = now.access.of(layer)
    wanted = _columns()
    if layer != "schools" or choose(now, request.args).asked.is_empty:
        return read_geojson(now.file, layer, allowed, wanted)
    shown = {school.smis_code for school in choose(now, request.args).shown}
    texts = (text for code, text in features(now.file, layer, allowed, wanted) if code in shown)
    return '{"type":"FeatureCollection","features":[' + ",".join(texts) + "]}"
