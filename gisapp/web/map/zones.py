"""Service zones on the map of schools: lines of all zones of a level, or of one school's."""

import functools

from flask import Blueprint, Response, request

from gisapp.core.grades import PRIMARY
from gisapp.core.line_steps import FINE, joined_steps
from gisapp.errors import LayerNotFoundError
from gisapp.store.published_zones import (
    ZONES,
    Areas,
    read_school_zones,
    read_zones,
    zone_levels,
)
from gisapp.web.i18n import gettext as _
from gisapp.web.reader import Reading, language, link, reading_of
from gisapp.web.tagged import tagged
from gisapp.web.words import level_short

blueprint = Blueprint("zones", __name__)

_NEEDED = {"smis_code", "education_level", "geometry"}


@blueprint.get("/data/<round_name>/zones.steps.json")
def zones(round_name: str) -> Response:
    """Zones of the level that the menu offers; `school` names the one whose zones are wanted."""
    now, school = reading_of(round_name), request.args.get("school")
    level = menu_level(now)
    if level is None:
        raise LayerNotFoundError("ไม่มีเขตบริการที่วาดได้", "there are no service zones to be drawn")
    parts = (now.file.stamp, now.access.mark, language())
    if school is None:
        return tagged("application/json", parts, lambda: _of_level(now, level))
    return tagged("application/json", parts, lambda: _of_school(now, school, language()))


def menu_level(now: Reading) -> str | None:
    """Return the level whose zones the map can show all at once: primary, else the first.

    None where the round has no zones, or this reader may not see them.
    """
    if not now.access.of(ZONES) >= _NEEDED:
        return None
    levels = zone_levels(now.file)
    return PRIMARY if PRIMARY in levels else next(iter(levels), None)


def zone_addresses(now: Reading) -> dict[str, str]:
    """Say where the zones of the round are."""
    where = {"round_name": now.round.name, "lang": language(), "round": None}
    one = link("zones.zones", school="0", **where).replace("school=0", "school={code}")
    return {"url": link("zones.zones", **where), "one": one}


@functools.lru_cache(maxsize=8)
def _of_level(now: Reading, level: str) -> str:
    """Write all zones of a level, each with its school's code."""
    found = read_zones(now.file, level, now.access.of(ZONES))
    return joined_steps(found.shapes, [{"smis_code": name} for name in found.names], FINE)


@functools.lru_cache(maxsize=64)
def _of_school(now: Reading, school: str, _language: str) -> str:
    """Write a school's zones; levels that have the very same zone are told together."""
    found = read_school_zones(now.file, school, now.access.of(ZONES))
    alike: dict[bytes, list[int]] = {}
    for place, shape in enumerate(found.shapes):
        alike.setdefault(shape.wkb, []).append(place)
    told = [
        {"name": _("เขตบริการ %(levels)s", levels=", ".join(_level(found, n) for n in places))}
        for places in alike.values()
    ]
    return joined_steps(found.shapes[[places[0] for places in alike.values()]], told, FINE)


def _level(zones_found: Areas, place: int) -> str:
    """Name the level of a school's zone."""
    return level_short(str(zones_found.names[place]))
