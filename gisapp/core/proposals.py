"""Why a reading of a school's cells is likely, in words."""

import numpy as np
from pyproj import Geod

from gisapp.core.ground import Land
from gisapp.core.located import Located
from gisapp.core.place_words import Sought, Words, degrees, kilometres, where_it_falls

_ELLIPSOID = Geod(ellps="WGS84")
#: Readings of degrees that were only written in an unusual way: as found they are the same.
_SAME_DEGREES = ("comma_coordinates", "coordinates_in_one_cell")


def reading_facts(land: Land, located: Located, sought: Sought) -> Words:
    """Return the facts of a problem with a proposed reading: `proposal`, `where_…`, `why_…`."""
    place, likely = sought.place, located.likely
    lon, lat = float(likely.lon[place]), float(likely.lat[place])
    where_th, where_en = where_it_falls(land, sought, lon, lat)
    reasons = [(where_th, where_en)]
    facts = {
        "proposal": f"{degrees(lat)}, {degrees(lon)}",
        "where_th": where_th,
        "where_en": where_en,
    }
    if likely.datum[place]:
        system, other = _system(located, place), _other_datum(located, place)
        reasons += [system, other]
        facts |= {"system_th": f"{system[0]} {other[0]}", "system_en": f"{system[1]}; {other[1]}"}
        facts["system_th"] = facts["system_th"].strip()
        facts["system_en"] = facts["system_en"].removesuffix("; ")
    elif located.kind[place] not in _SAME_DEGREES:
        reasons.append(_as_found(land, located, place))
    return facts | {
        "why_th": " ".join(th for th, _ in reasons if th),
        "why_en": "; ".join(en for _, en in reasons if en),
    }


def _system(located: Located, place: int) -> tuple[str, str]:
    zone, datum = int(located.likely.zone[place]), located.likely.datum[place]
    return f"อ่านเป็น UTM โซน {zone} บน {datum}", f"read as UTM zone {zone} on {datum}"


def _other_datum(located: Located, place: int) -> tuple[str, str]:
    """Say where the same metres lie on the other datum, and how far that is."""
    likely = located.likely
    lon, lat = float(likely.other_lon[place]), float(likely.other_lat[place])
    if not np.isfinite(lon):
        return "", ""
    away_m = _ELLIPSOID.inv(lon, lat, likely.lon[place], likely.lat[place])[2]
    name = "WGS 84" if likely.datum[place] != "WGS 84" else "Indian 1975"
    point = f"{degrees(lat)}, {degrees(lon)}"
    return (
        f"ถ้าเป็น {name} จะห่าง {away_m:,.0f} ม. คือ {point}",
        f"on {name} it would be {away_m:,.0f} m away, {point}",
    )


def _as_found(land: Land, located: Located, place: int) -> tuple[str, str]:
    """Say where the cells would lead as they are."""
    y, x = float(located.written.y[place]), float(located.written.x[place])
    if not (abs(y) <= 180 and abs(x) <= 180):
        return "ค่าที่พบไม่ใช่องศา", "as found they are no degrees"
    if land.box.holds(np.array([x]), np.array([y]))[0]:
        office = kilometres(float(located.standing.to_office[place]))
        return (
            f"ถ้าใช้ตามที่พบ จุดจะอยู่นอกเขตพื้นที่ {office} กม.",
            f"as found the point is {office} km outside the office's area",
        )
    return "ถ้าใช้ตามที่พบ จุดจะอยู่นอกประเทศ", "as found the point is outside the country"
