"""The map page, and the state of the service for other programs."""

from flask import Blueprint, Response, jsonify, render_template, request

from gisapp import __version__
from gisapp.store.published import columns_of, rounds_built
from gisapp.store.published_geojson import read_bounds
from gisapp.web.i18n import gettext as _
from gisapp.web.maps import MapParts, school_map
from gisapp.web.reader import Reading, language, link, reading, settings
from gisapp.web.school_list import chips, choose
from gisapp.web.words import number

blueprint = Blueprint("pages", __name__)

#: Base layers, bottom up -> columns that drawing needs.
_BASE = {
    "lakes": "",
    "rivers": "flow_class",
    "roads": "road_class",
    "subdistricts": "subdistrict_th,subdistrict_en",
    "districts": "district_th,district_en",
    "office": "",
}

#: What the points need to know; everything else comes with the card.
_POINT_COLUMNS = (
    "smis_code,school_name_th,size_class_4,location_quality,highland_official,island_official"
    ",students"
)


@blueprint.get("/")
def home() -> str:
    """Map of every school of a round."""
    now = reading()
    choice = choose(now, request.args)
    # Unfiltered points may set out before the scripts that will ask for them.
    early = point_config(now)["url"] if choice.asked.is_empty else None
    return render_template(
        "map.html",
        now=now,
        choice=choice,
        chips=chips(choice.asked),
        drawing=full_map(now),
        early=early,
        place="map",
    )


@blueprint.get("/healthz")
def health() -> Response:
    """State of the service: which rounds it serves, which version it is."""
    rounds = [built.name for built in rounds_built(settings())]
    return jsonify(status="ok" if rounds else "empty", rounds=rounds, version=__version__)


def full_map(now: Reading) -> MapParts | None:
    """Return the map of the whole office; None where neither a border nor a school has a place."""
    bounds = read_bounds(now.file)
    return None if bounds is None else school_map(bounds, base_config(now), point_config(now))


def base_config(now: Reading) -> dict[str, object]:
    """Say where the base layers are and which exist and may be shown."""
    bounds = read_bounds(now.file)
    return {
        "layers": [
            {"name": layer, "url": data_url(now, layer, _BASE[layer])}
            for layer in ground_names(now)
        ],
        "home": None if bounds is None else [[bounds[1], bounds[0]], [bounds[3], bounds[2]]],
        "language": language(),
        "words": _words(),
    }


def ground_names(now: Reading) -> list[str]:
    """Return the base layers that exist and may be shown, bottom up."""
    return [
        layer
        for layer in _BASE
        if "geometry" in now.access.of(layer)
        and columns_of(now.file, "districts" if layer == "office" else layer)
    ]


def point_config(now: Reading, selected: str | None = None) -> dict[str, object]:
    """Say where the school points are and how a card is asked for."""
    english = ",school_name_en" if language() == "en" else ""
    return {
        "url": data_url(now, "schools", _POINT_COLUMNS + english),
        "card": link("schools.card", smis_code="0").replace("/0/", "/{code}/"),
        "language": language(),
        "selected": selected or request.args.get("school"),
        "words": _words(),
    }


def data_url(now: Reading, layer: str, columns: str) -> str:
    """Return the address of a layer of the round being read."""
    return link(
        "data.layer_geojson",
        round_name=now.round.name,
        layer=layer,
        columns=columns or None,
        lang=None,
        round=None,
    )


def _words() -> dict[str, str]:
    """Return the few words that the map's scripts show."""
    return {
        "km": _("กม."),
        # Set before Thai names only: English has no such prefix.
        "district": "อ.",
        "subdistrict": "ต.",
        "schools": _("โรงเรียน"),
        "pupils": _("นักเรียน"),
        "unknown": number(None),
        "failed": _("โหลดข้อมูลไม่สำเร็จ ลองใหม่อีกครั้ง"),
        "close": _("ปิด"),
        "in_view": _("โรงเรียนที่เห็นบนแผนที่"),
    }
