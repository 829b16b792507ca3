"""Faults of coordinates: one school each, written as hurried hands and old maps write them."""

from collections.abc import Callable, Mapping

import geopandas as gpd

from gisapp.sample.faults.planted import Ledger
from gisapp.sample.schools.make import School
from gisapp.sample.sheets.filled import Filled
from gisapp.sample.world.make import World

#: Straight distance by which a school is moved out of its subdistrict or of the office, metres.
_CLEARLY_OUTSIDE_M = 4_000.0
#: How far a school moved between two rounds, degrees of latitude: about 800 m.
_MOVED_DEGREES = 0.0072
#: How far one school stands from another that it was put beside, degrees: about 60 m.
_BESIDE_DEGREES = 0.00054
#: UTM zone 47N on the datum of old Thai maps, Indian 1975.
_INDIAN_CRS = "EPSG:24047"

Planter = Callable[[Filled, Ledger, Mapping[str, School], World], None]
#: Text of the cells for latitude and longitude of a school.
Writer = Callable[[School, World], tuple[str | None, str | None]]


def _cells(role: str, kind: str, write: Writer) -> Planter:
    """Make a planter that writes both cells of one school."""

    def plant(sheet: Filled, ledger: Ledger, roles: Mapping[str, School], world: World) -> None:
        school = roles[role]
        lat, lon = write(school, world)
        sheet.put(school.smis_code, "lon", lon)
        ledger.put(sheet, school.smis_code, "lat", lat, kind)

    return plant


def degrees(value: float) -> str:
    """Write degrees as the office's own table does."""
    return f"{value:.7f}"


def sexagesimal(value: float, letter: str) -> str:
    """Write degrees, minutes and seconds: ``19°08'29.5"N``."""
    tenths = round(value * 36_000)
    whole, rest = divmod(tenths, 36_000)
    minutes, rest = divmod(rest, 600)
    return f"{whole}°{minutes:02d}'{rest / 10:04.1f}\"{letter}"


def metres(lon: float, lat: float, crs: str) -> tuple[str, str]:
    """Write northing and easting of a point in a metric CRS."""
    there = gpd.GeoSeries.from_xy([lon], [lat], crs="EPSG:4326").to_crs(crs).iloc[0]
    return f"{there.y:.0f}", f"{there.x:.0f}"


def _shared(sheet: Filled, ledger: Ledger, roles: Mapping[str, School], world: World) -> None:
    copied, owner = roles["shared"].smis_code, roles["shared_with"].smis_code
    for column in ("lat", "lon"):
        sheet.put(copied, column, sheet.get(owner, column))
    ledger.mark(sheet, copied, "lat", "shared_point")
    ledger.mark(sheet, owner, "lat", "shared_point")


def _near(sheet: Filled, ledger: Ledger, roles: Mapping[str, School], world: World) -> None:
    """Put a school on the other side of another school's road."""
    beside, owner = roles["near"], roles["near_to"]
    sheet.put(beside.smis_code, "lat", degrees(owner.lat + _BESIDE_DEGREES))
    sheet.put(beside.smis_code, "lon", degrees(owner.lon))
    ledger.mark(sheet, beside.smis_code, "lat", "near_school")
    ledger.mark(sheet, beside.smis_code, "lat", "moved_point")
    ledger.mark(sheet, owner.smis_code, "lat", "near_school")


def _whole(sheet: Filled, ledger: Ledger, roles: Mapping[str, School], world: World) -> None:
    """Keep the degrees only, which is a place far out of the office."""
    school = roles["whole_degrees"]
    sheet.put(school.smis_code, "lon", f"{school.lon:.0f}")
    ledger.put(sheet, school.smis_code, "lat", f"{school.lat:.0f}", "whole_degrees")
    ledger.mark(sheet, school.smis_code, "lat", "outside_office")


def _away_from(areas: gpd.GeoDataFrame, column: str, code: str, world: World) -> tuple[str, str]:
    """A place beside a village that lies well away from one of the areas."""
    home = areas.set_index(column).geometry.to_crs(world.crs)[code]
    away = world.villages.geometry.to_crs(world.crs).distance(home)
    point = world.villages.geometry.iloc[int(away[away > _CLEARLY_OUTSIDE_M].idxmin())]
    # Beside the village, so that it does not fall on a school that stands there.
    return degrees(point.y + 0.0043), degrees(point.x + 0.0061)


def _out_of_office(school: School, world: World) -> tuple[str, str]:
    west, _, _, north = (float(edge) for edge in world.districts.total_bounds)
    lat = min(north + 0.15, 20.40)
    return degrees(lat), degrees(west - 0.15 if lat <= north else school.lon)


def _moved(school: School, world: World) -> tuple[str, str]:
    """Move a school within its subdistrict: north, else south."""
    home = world.subdistricts.set_index("subdistrict_code").geometry[school.subdistrict_code]
    for lat in (school.lat + _MOVED_DEGREES, school.lat - _MOVED_DEGREES):
        point = gpd.GeoSeries.from_xy([school.lon], [lat]).iloc[0]
        if home.contains(point):
            return degrees(lat), degrees(school.lon)
    raise ValueError(f"no place for {school.smis_code} within its subdistrict")


def _pointless(value: float) -> str:
    """Lose the decimal point, as typing on a phone does."""
    return degrees(value).replace(".", "")


PLANTERS: dict[str, Planter] = {
    "shared": _shared,
    "near": _near,
    **{
        f"blank{number}": _cells(
            f"blank{number}", "no_coordinates", lambda school, world: (None, None)
        )
        for number in range(1, 7)
    },
    "half": _cells("half", "half_coordinates", lambda school, world: (degrees(school.lat), None)),
    "zero": _cells("zero", "zero_coordinates", lambda school, world: ("0", "0")),
    "bad_point": _cells("bad_point", "bad_coordinates", lambda school, world: ("รอตรวจ", "รอตรวจ")),
    "lost_point": _cells(
        "lost_point",
        "lost_decimal_point",
        lambda school, world: (_pointless(school.lat), _pointless(school.lon)),
    ),
    "comma": _cells(
        "comma",
        "comma_coordinates",
        lambda school, world: (
            degrees(school.lat).replace(".", ","),
            degrees(school.lon).replace(".", ","),
        ),
    ),
    "one_cell": _cells(
        "one_cell",
        "coordinates_in_one_cell",
        lambda school, world: (f"{degrees(school.lat)}, {degrees(school.lon)}", None),
    ),
    "dms": _cells(
        "dms",
        "dms_coordinates",
        lambda school, world: (sexagesimal(school.lat, "N"), sexagesimal(school.lon, "E")),
    ),
    "swapped": _cells(
        "swapped",
        "swapped_coordinates",
        lambda school, world: (degrees(school.lon), degrees(school.lat)),
    ),
    "utm": _cells(
        "utm", "utm_coordinates", lambda school, world: metres(school.lon, school.lat, world.crs)
    ),
    "indian": _cells(
        "indian",
        "utm_coordinates",
        lambda school, world: metres(school.lon, school.lat, _INDIAN_CRS),
    ),
    "few_decimals": _cells(
        "few_decimals",
        "few_decimals",
        lambda school, world: (f"{school.lat:.3f}", f"{school.lon:.3f}"),
    ),
    "whole_degrees": _whole,
    "outside_subdistrict": _cells(
        "outside_subdistrict",
        "outside_subdistrict",
        lambda school, world: _away_from(
            world.subdistricts, "subdistrict_code", school.subdistrict_code, world
        ),
    ),
    "outside_district": _cells(
        "outside_district",
        "outside_district",
        lambda school, world: _away_from(
            world.districts, "district_code", school.district_code, world
        ),
    ),
    "outside_office": _cells("outside_office", "outside_office", _out_of_office),
    "outside_country": _cells(
        "outside_country", "outside_country", lambda school, world: ("21.4500000", "99.1200000")
    ),
    "moved": _cells("moved", "moved_point", _moved),
}
