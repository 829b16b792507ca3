"""Layers by address: the public ones, in GeoJSON, as the map and other programs read them."""

import hashlib
from http import HTTPStatus

from flask import Blueprint, Response, abort, jsonify, request

from gisapp.core.profile_rows import School
from gisapp.core.rounds import Round
from gisapp.core.school_filter import pick
from gisapp.errors import LayerNotFoundError
from gisapp.store.published import layer_file
from gisapp.store.published_geojson import features, read_geojson, read_outline
from gisapp.web.reader import Reading, access, link, reading, settings, village_words
from gisapp.web.school_list import filter_from
from gisapp.web.words import district_word, school_name, subdistrict_word

blueprint = Blueprint("data", __name__)

#: Suggestions shown under the search box.
_SUGGESTIONS = 8


@blueprint.get("/data/<round_name>/<layer>.geojson")
def layer_geojson(round_name: str, layer: str) -> Response:
    """One public layer of a round; `columns` names the wanted ones, schools take the filters."""
    chosen = Round.parse(round_name)
    now = Reading(chosen, (), layer_file(settings(), chosen.name), access())
    if not now.access.of(layer):
        raise LayerNotFoundError(f"ไม่มีชั้นข้อมูล {layer}", f"there is no layer {layer}")
    tag = _tag(now, layer)
    answer = Response(mimetype="application/geo+json", headers={"Cache-Control": "no-cache"})
    answer.set_etag(tag)
    if request.if_none_match.contains_weak(tag):
        answer.status_code = HTTPStatus.NOT_MODIFIED
    else:
        answer.set_data(_body(now, layer))
    return answer


@blueprint.get("/search")
def search() -> Response:
    """Schools whose name, code or place holds the text `q`: a few, for suggestions."""
    now = reading()
    asked = filter_from(request.args)
    if not asked.text:
        abort(HTTPStatus.BAD_REQUEST)
    found = pick(now.schools(), asked, village_words(now))
    return jsonify(total=len(found), schools=[_suggestion(s) for s in found[:_SUGGESTIONS]])


def _suggestion(school: School) -> dict[str, object]:
    """Return what the search box shows of a school, and where it stands."""
    return {
        "code": school.smis_code,
        "name": school_name(school),
        "place": f"{subdistrict_word(school)} · {district_word(school.district)}",
        "lon": school.lon,
        "lat": school.lat,
        "url": link("schools.profile", smis_code=school.smis_code),
    }


def _tag(now: Reading, layer: str) -> str:
    """Return a mark of the answer: another file, question or permission gives another."""
    parts = (now.file.stamp, layer, request.query_string.decode(), *sorted(now.access.of(layer)))
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:20]


def _body(now: Reading, layer: str) -> str:
    """Return the layer as text; the outline is made from the districts."""
    if layer == "office":
        return read_outline(now.file)
    allowed = now.access.of(layer)
    wanted = tuple(request.args["columns"].split(",")) if request.args.get("columns") else None
    asked = filter_from(request.args)
    if layer != "schools" or asked.is_empty:
        return read_geojson(now.file, layer, allowed, wanted)
    villages = village_words(now) if asked.text else {}
    shown = {school.smis_code for school in pick(now.schools(), asked, villages)}
    texts = (text for code, text in features(now.file, layer, allowed, wanted) if code in shown)
    return '{"type":"FeatureCollection","features":[' + ",".join(texts) + "]}"
