"""What the map's points need, by columns: small to send and quick to read, 30,000 of them too."""

import functools
import json

from flask import Blueprint, Response, request

from gisapp.core.map_views import View
from gisapp.core.profile_rows import School
from gisapp.core.school_filter import SchoolFilter, has_trait
from gisapp.web.choosing.asking import filter_from
from gisapp.web.choosing.choice import chosen
from gisapp.web.map.symbols import symbol_name
from gisapp.web.map.views import asked_view
from gisapp.web.reader import Reading, language, reading_of
from gisapp.web.tagged import tagged
from gisapp.web.words import school_name

blueprint = Blueprint("points", __name__)

#: Traits that a point shows -> their binary digit in `marks`.
_MARKS = {"standin": 1, "highland": 2, "island": 4}

#: The view whose classes are those traits: a mark would say them twice.
_OF_TRAITS = "special"

#: Decimals of a degree that are sent: 0.1 m, finer than any survey of a school.
_DECIMALS = 6


@blueprint.get("/points/<round_name>.json")
def points(round_name: str) -> Response:
    """Places and classes of the schools asked for; those without a place are left out."""
    now = reading_of(round_name)
    view, asked = asked_view(), filter_from(now, request.args)
    parts = (now.file.stamp, now.access.mark, repr(view))
    return tagged("application/json", parts, lambda: _columns(now, asked, view))


@blueprint.get("/points/<round_name>/names.json")
def names(round_name: str) -> Response:
    """Code -> name and pupils of every school of a round, for what the pointer stands on."""
    now = reading_of(round_name)
    parts = (now.file.stamp, now.access.mark, language())
    return tagged("application/json", parts, lambda: _names(now, language()))


@functools.lru_cache(maxsize=24)
def _columns(now: Reading, asked: SchoolFilter, view: View) -> str:
    """Write the columns of the schools asked for; the same question is written once."""
    choice = chosen(now, asked, view)
    placed = [s for s in choice.shown if s.lon is not None and s.lat is not None]
    order = {name: place for place, name in enumerate(view.classes)}
    return json.dumps(
        {
            "view": view.name,
            "classes": [symbol_name(view, name) for name in view.classes],
            "code": [s.smis_code for s in placed],
            "class": [order[choice.class_of[s.smis_code]] for s in placed],
            "marks": [_marks(s, view) for s in placed],
            "lon": [round(s.lon or 0.0, _DECIMALS) for s in placed],
            "lat": [round(s.lat or 0.0, _DECIMALS) for s in placed],
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def _marks(school: School, view: View) -> int:
    """Return what a point shows beside its class, as binary digits."""
    shown = ("standin",) if view.name == _OF_TRAITS else tuple(_MARKS)
    return sum(_MARKS[trait] for trait in shown if has_trait(school, trait))


@functools.lru_cache(maxsize=8)
def _names(now: Reading, _language: str) -> str:
    """Write the names in the reader's language; each language has its own."""
    found = {school.smis_code: [school_name(school), school.students] for school in now.schools()}
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))
