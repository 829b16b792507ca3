"""Faults of registers: coordinates, subdistricts, codes."""

from collections.abc import Callable, Iterable, Mapping

import geopandas as gpd

from gisapp.sample.faults.planted import Ledger
from gisapp.sample.schools.make import School
from gisapp.sample.sheets.filled import Filled
from gisapp.sample.world.make import World

#: Straight distance by which a school is moved out of its subdistrict or of the office, metres.
_CLEARLY_OUTSIDE_M = 4_000.0

Planter = Callable[[Filled, Ledger, Mapping[str, School], World], None]


def plant_register(
    sheet: Filled, ledger: Ledger, roles: Mapping[str, School], world: World, faults: Iterable[str]
) -> None:
    """Plant the named faults, each at the school that plays its role.

    Schools of a doubtful place whose village number is blank too can only stand in the middle
    of their subdistrict; the others stand at their village.
    """
    for fault in faults:
        if fault.startswith("blank"):
            _blank(sheet, ledger, roles[fault])
        else:
            _PLANTERS[fault](sheet, ledger, roles, world)


def forget_village(sheet: Filled, roles: Mapping[str, School], names: Iterable[str]) -> None:
    """Leave the village number of some schools blank, which is no fault by itself."""
    for name in names:
        for column in ("village_no", "village_name"):
            sheet.put(roles[name].smis_code, column, None)


def _blank(sheet: Filled, ledger: Ledger, school: School) -> None:
    sheet.put(school.smis_code, "lon", None)
    ledger.put(sheet, school.smis_code, "lat", None, "no_coordinates")


def _swapped(sheet: Filled, ledger: Ledger, roles: Mapping[str, School], world: World) -> None:
    code = roles["swapped"].smis_code
    lat, lon = sheet.get(code, "lat"), sheet.get(code, "lon")
    sheet.put(code, "lon", lat)
    ledger.put(sheet, code, "lat", lon, "swapped_coordinates")


def _utm(sheet: Filled, ledger: Ledger, roles: Mapping[str, School], world: World) -> None:
    school = roles["utm"]
    point = (
        gpd.GeoSeries.from_xy([school.lon], [school.lat], crs="EPSG:4326").to_crs(world.crs).iloc[0]
    )
    sheet.put(school.smis_code, "lon", f"{point.x:.0f}")
    ledger.put(sheet, school.smis_code, "lat", f"{point.y:.0f}", "utm_coordinates")


def _shared(sheet: Filled, ledger: Ledger, roles: Mapping[str, School], world: World) -> None:
    copied, owner = roles["shared"].smis_code, roles["shared_with"].smis_code
    for column in ("lat", "lon"):
        sheet.put(copied, column, sheet.get(owner, column))
    ledger.mark(sheet, copied, "lat", "shared_point")
    ledger.mark(sheet, owner, "lat", "shared_point")


def _outside_subdistrict(
    sheet: Filled, ledger: Ledger, roles: Mapping[str, School], world: World
) -> None:
    """Put the school at a village without a school in a subdistrict well away from its own."""
    school = roles["outside_subdistrict"]
    home = world.subdistricts.set_index("subdistrict_code").geometry.to_crs(world.crs)
    villages = world.villages.geometry.to_crs(world.crs)
    away = villages.distance(home[school.subdistrict_code])
    place = away[away > _CLEARLY_OUTSIDE_M].idxmin()
    point = world.villages.geometry.iloc[int(place)]
    # Beside the village, so that it does not fall on a school that stands there.
    sheet.put(school.smis_code, "lon", f"{point.x + 0.0061:.7f}")
    ledger.put(sheet, school.smis_code, "lat", f"{point.y + 0.0043:.7f}", "outside_subdistrict")


def _outside_office(
    sheet: Filled, ledger: Ledger, roles: Mapping[str, School], world: World
) -> None:
    school = roles["outside_office"]
    west, _, _, north = (float(edge) for edge in world.districts.total_bounds)
    lat = min(north + 0.15, 20.40)
    lon = west - 0.15 if lat <= north else school.lon
    sheet.put(school.smis_code, "lon", f"{lon:.7f}")
    ledger.put(sheet, school.smis_code, "lat", f"{lat:.7f}", "outside_office")


def _bad_point(sheet: Filled, ledger: Ledger, roles: Mapping[str, School], world: World) -> None:
    """Lose the decimal points, as typing on a phone does."""
    school = roles["bad_point"]
    sheet.put(school.smis_code, "lon", f"{school.lon:.7f}".replace(".", ""))
    ledger.put(
        sheet, school.smis_code, "lat", f"{school.lat:.7f}".replace(".", ""), "bad_coordinates"
    )


def _cell(role: str, column: str, kind: str, wrong: Callable[[School], str | None]) -> Planter:
    """Make a planter that writes over one cell."""

    def plant(sheet: Filled, ledger: Ledger, roles: Mapping[str, School], world: World) -> None:
        school = roles[role]
        ledger.put(sheet, school.smis_code, column, wrong(school), kind)

    return plant


def _turned(percode: str) -> str:
    """Swap the last two different digits, as typing does."""
    for place in range(5, 0, -1):
        if percode[place] != percode[place - 1]:
            return percode[: place - 1] + percode[place] + percode[place - 1] + percode[place + 1 :]
    return f"{(int(percode) + 1) % 1_000_000:06d}"


_PLANTERS: dict[str, Planter] = {
    "swapped": _swapped,
    "utm": _utm,
    "shared": _shared,
    "outside_subdistrict": _outside_subdistrict,
    "outside_office": _outside_office,
    "bad_point": _bad_point,
    "no_subdistrict": _cell("no_subdistrict", "subdistrict", "no_subdistrict", lambda school: None),
    "unknown_subdistrict": _cell(
        "unknown_subdistrict",
        "subdistrict",
        "unknown_subdistrict",
        lambda school: f"{school.subdistrict_th}พัฒนา",
    ),
    "percode": _cell(
        "percode", "percode", "percode_mismatch", lambda school: _turned(school.percode)
    ),
    "ministry_code": _cell(
        "ministry_code",
        "ministry_code",
        "ministry_code_mismatch",
        lambda school: f"1089{school.percode}",
    ),
    "distance": _cell("distance", "distance_to_esao_km", "number_ignored", lambda school: "ไม่ทราบ"),
    "website": _cell("website", "website", "website_ignored", lambda school: "เพจของโรงเรียน"),
    "expansion": _cell("expansion", "expansion_school", "expansion_differs", lambda school: "ไม่ใช่"),
}
