"""Who serves which village, as lines that the map draws from each village to its school."""

import functools
import json
from dataclasses import dataclass

from flask import Blueprint, Response, request

from gisapp.core.school_filter import has_trait
from gisapp.errors import LayerNotFoundError
from gisapp.store.published import read_rows
from gisapp.store.published_geojson import has_places
from gisapp.web.reader import Reading, reading_of
from gisapp.web.tagged import tagged

blueprint = Blueprint("served", __name__)

LAYER = "service_villages"

#: Columns without which no line can be drawn.
_NEEDED = {"smis_code", "geometry"}

#: Decimals of a degree that are sent: 1 m, finer than a line is wide.
_DECIMALS = 5


@dataclass(frozen=True)
class ServedPlace:
    """A village that a school serves, and where it lies; degrees."""

    smis_code: str
    village_name: str | None = None
    lon: float | None = None
    lat: float | None = None


@blueprint.get("/data/<round_name>/served.json")
def served(round_name: str) -> Response:
    """Lines of a round; `school` names the one whose lines are wanted."""
    now, school = reading_of(round_name), request.args.get("school")
    if not can_be_drawn(now):
        raise LayerNotFoundError("ไม่มีเขตบริการที่วาดได้", "there are no service areas to be drawn")
    parts = (now.file.stamp, now.access.mark)
    return tagged("application/json", parts, lambda: _lines(now, school))


def can_be_drawn(now: Reading) -> bool:
    """Whether the round has the villages that schools serve, and this reader may see where."""
    seen = now.access.of(LAYER) >= _NEEDED and now.access.of("schools") >= _NEEDED
    return seen and has_places(now.file, LAYER)


@functools.lru_cache(maxsize=64)
def _lines(now: Reading, school: str | None) -> str:
    """Write [village lon, lat, school lon, lat, 1 for a stand-in, school code, village name].

    A village is written once for each school, whatever its levels; without a place it is left
    out, as is what a school without a place serves. Names are sent for one school only: on a map
    of every line nobody reads them.
    """
    places = read_rows(now.file, LAYER, ServedPlace, now.access.of(LAYER), school)
    ends = {
        s.smis_code: (round(s.lon, _DECIMALS), round(s.lat, _DECIMALS), has_trait(s, "standin"))
        for s in now.schools()
        if s.lon is not None and s.lat is not None
    }
    rows = {
        (
            round(place.lon, _DECIMALS),
            round(place.lat, _DECIMALS),
            *ends[place.smis_code][:2],
            int(ends[place.smis_code][2]),
            place.smis_code,
            *((place.village_name or "",) if school else ()),
        ): None
        for place in places
        if place.smis_code in ends and place.lon is not None and place.lat is not None
    }
    return json.dumps(list(rows), ensure_ascii=False, separators=(",", ":"))
