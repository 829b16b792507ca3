"""Words about places: where a point falls, how near a village, and what stands for the school."""

import math
from dataclasses import dataclass

import numpy as np

from gisapp.core.datum import to_metres
from gisapp.core.ground import (
    BESIDE_SUBDISTRICT,
    IN_DISTRICT,
    IN_OFFICE,
    IN_SUBDISTRICT,
    Land,
    Standing,
)

SURVEYED, VILLAGE, SUBDISTRICT, MISSING = "surveyed", "village", "subdistrict", "missing"

Words = dict[str, str]

STANDS: dict[str, Words] = {
    SURVEYED: {"stand_th": "", "stand_en": ""},
    VILLAGE: {
        "stand_th": "โรงเรียนแสดงที่จุดหมู่บ้านตามทะเบียน",
        "stand_en": "the school is drawn at its village",
    },
    SUBDISTRICT: {
        "stand_th": "โรงเรียนแสดงเป็นจุดแทนในตำบล",
        "stand_en": "the school is drawn at a stand-in point",
    },
    MISSING: {
        "stand_th": "โรงเรียนไม่ขึ้นบนแผนที่",
        "stand_en": "the school is not on the map",
    },
}

#: Beyond this a distance is not worth a figure, and the office's CRS no longer measures it.
_FAR_KM = 1000.0
#: Decimals that every proposed cell has at least and at most; the fifth is 1 m.
_LEAST, _MOST = 5, 7


@dataclass(frozen=True)
class Sought:
    """The school whose possible point is spoken of.

    Attributes:
        place: Its row in `standing`.
        standing: How the possible points of all schools lie.
        subdistrict, district: Names as registered, "" unknown.
        code: Code of its subdistrict, "" where the office has no such area.
    """

    place: int
    standing: Standing
    subdistrict: str
    district: str
    code: str


def kilometres(distance_m: float) -> str:
    """Write a distance in km with one decimal, metres below 100 m not being lost in a zero."""
    distance_km = distance_m / 1000
    if not distance_km <= _FAR_KM:
        return "1,000+"
    return f"{distance_km:.1f}" if distance_km >= 0.1 else f"{distance_km:.2f}"


def degrees(value: float) -> str:
    """Write degrees as a cell holds them: at least five decimals, no idle zeros after them."""
    text = f"{value:.{_MOST}f}"
    tail = len(text) - _MOST + _LEAST
    return text[:tail] + text[tail:].rstrip("0")


def where_it_falls(land: Land, sought: Sought, lon: float, lat: float) -> tuple[str, str]:
    """Say in Thai and English how a point lies to where the school is registered."""
    standing, place = sought.standing, sought.place
    rank, to_office = int(standing.rank[place]), float(standing.to_office[place])
    away = kilometres(float(standing.to_subdistrict[place]))
    sub, district, known = sought.subdistrict, sought.district, bool(sought.code)
    if rank == IN_SUBDISTRICT:
        th, en = f"ตกใน ต.{sub} ตามทะเบียน", f"inside {sub} as registered"
    elif rank == BESIDE_SUBDISTRICT:
        th, en = f"ห่าง ต.{sub} ตามทะเบียน {away} กม.", f"{away} km from {sub} as registered"
    elif rank == IN_DISTRICT and known:
        th = f"ตกใน อ.{district} ตามทะเบียน แต่ห่าง ต.{sub} {away} กม."
        en = f"inside the district {district} as registered, {away} km from {sub}"
    elif rank == IN_DISTRICT:
        th, en = f"ตกใน อ.{district} ตามทะเบียน", f"inside the district {district} as registered"
    elif rank == IN_OFFICE and known:
        th = f"ตกในเขตพื้นที่ แต่ห่าง ต.{sub} ตามทะเบียน {away} กม."
        en = f"inside the office's area, {away} km from {sub} as registered"
    elif rank == IN_OFFICE:
        th = "ตกในเขตพื้นที่ (ไม่ทราบตำบลจึงตรวจต่อไม่ได้)"
        en = "inside the office's area; no subdistrict confirms it"
    elif math.isnan(to_office):
        th, en = "ยังไม่มีขอบเขตให้ตรวจ", "no boundaries can confirm it"
    else:
        office = kilometres(to_office)
        th, en = f"อยู่นอกเขตพื้นที่ {office} กม.", f"{office} km outside the office's area"
    near_th, near_en = near_village(land, sought, lon, lat)
    return (f"{th} {near_th}".strip(), f"{en}{near_en and ', '}{near_en}")


def near_village(land: Land, sought: Sought, lon: float, lat: float) -> tuple[str, str]:
    """Say how near the registered village is, else the nearest of the registered subdistrict.

    Both empty where the subdistrict has no village with a point.
    """
    villages = land.villages.get(sought.code)
    if villages is None:
        return "", ""
    to_registered = float(sought.standing.to_village[sought.place])
    x_m, y_m = to_metres(np.array([lon]), np.array([lat]), land.ground.metric_crs)
    away_m = np.hypot(villages.x_m - x_m, villages.y_m - y_m)
    if not np.isfinite(away_m).any():
        return "", ""
    if math.isfinite(to_registered):
        # Two villages never share a number, so the registered one is where its distance is.
        nearest = int(np.nanargmin(np.abs(away_m - to_registered)))
        th, en = "ตามทะเบียน ", "the registered village "
    else:
        nearest = int(np.nanargmin(away_m))
        th, en = "ซึ่งใกล้ที่สุด ", "the nearest village "
    number, name = villages.numbers[nearest], villages.names[nearest]
    named = name if name.startswith("บ้าน") or not name else f"บ้าน{name}"
    away = kilometres(float(away_m[nearest]))
    return (
        f"ห่าง{named} หมู่ {number} {th}{away} กม.",
        f"{away} km from {en}{name or f'no. {number}'}",
    )
