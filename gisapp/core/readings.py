"""Readings of a pair of numbers that are no plain degrees: each one that could be meant."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely

from gisapp.core.angles import COMMA, PLAIN
from gisapp.core.coordinates import Box, Mask, Written
from gisapp.core.datum import INDIAN_UTM, Degrees, Metres, to_degrees, utm_crs, utm_zone
from gisapp.core.ground import Land, Places

WGS84, INDIAN_1975 = "WGS 84", "Indian 1975"
#: Degrees of the other side of the equator or of Greenwich.
WRONG_SIGN = "wrong_sign"

#: Eastings and northings that UTM has, metres; the northing of a place north of the equator.
_EASTING_M = (100_000.0, 900_000.0)
_NORTHING_M = (0.0, 10_000_000.0)
#: A number that lost its decimal point lost at least two decimals.
_LEAST_LOST = 1_000.0
#: Longest number a cell can lose its point from: 99.23174012345678.
_MOST_DIGITS = 17
#: Degrees of longitude to the line where the day changes.
_HALF = 180.0
#: How far from the office's box a lost point is still sought, degrees.
_NEAR_OFFICE = 0.5


@dataclass(frozen=True)
class Reading:
    """One way to read the cells of some schools.

    Attributes:
        kind: Problem that the school has if this is what was meant.
        rows: Schools that it is possible for.
        lon, lat: Degrees that it gives, one per row of `rows`.
        datum, zone: Of UTM metres; "" and 0 for all others.
    """

    kind: str
    rows: Places
    lon: Degrees
    lat: Degrees
    datum: str = ""
    zone: int = 0


def possible_readings(written: Written, rows: Mask, land: Land) -> list[Reading]:
    """Return every reading that lands where the office's degrees can lie, likeliest kind first.

    Args:
        written: What the cells say.
        rows: Schools whose cells are no plain degrees, or whose point lies far out.
        land: The office's land.

    Raises:
        DatumOperationError: The office's operation from Indian 1975 cannot be had.
    """
    found = []
    for reading in _all(written, rows, land):
        meant = land.box.holds(reading.lon, reading.lat)
        if meant.any():
            rows_m = reading.rows[meant]
            found.append(
                Reading(
                    reading.kind,
                    rows_m,
                    reading.lon[meant],
                    reading.lat[meant],
                    reading.datum,
                    reading.zone,
                )
            )
    return found


def _all(written: Written, rows: Mask, land: Land) -> Iterator[Reading]:
    y, x = written.y, written.x
    small = (np.abs(y) <= 180) & (np.abs(x) <= 180)
    as_found = rows & small & ~written.crossed
    comma = np.flatnonzero(as_found & (written.form == COMMA))
    yield Reading("comma_coordinates", comma, x[comma], y[comma])
    one_cell = np.flatnonzero(as_found & (written.form != COMMA) & written.one_cell)
    yield Reading("coordinates_in_one_cell", one_cell, x[one_cell], y[one_cell])
    swapped = np.flatnonzero(rows & small)
    yield Reading("swapped_coordinates", swapped, y[swapped], x[swapped])
    yield from _utm(written, rows, land)
    yield from _lost_points(written, rows, land)
    # Whether this was meant, only the office's land can say.
    for lon_sign, lat_sign in ((1, -1), (-1, 1), (-1, -1)) if len(land.shapes) else ():
        yield Reading(WRONG_SIGN, swapped, lon_sign * x[swapped], lat_sign * y[swapped])


def _utm(written: Written, rows: Mask, land: Land) -> Iterator[Reading]:
    """Metres of the office's UTM zone, then of its neighbours, on either datum and in either order.

    A zone that stands beside the numbers is believed.
    """
    home = utm_zone(land.ground.metric_crs)
    if home is None:
        return
    number, hemisphere = home
    stated = {int(zone) for zone in np.unique(written.zone[rows]) if 1 <= zone <= 60}
    neighbours = [zone for zone in (number - 1, number + 1) if 1 <= zone <= 60]
    for easting, northing in ((written.x, written.y), (written.y, written.x)):
        metres = rows & _within(easting, _EASTING_M) & _within(northing, _NORTHING_M)
        for zone in [number, *neighbours, *sorted(stated - {number, *neighbours})]:
            meant = written.zone == zone
            if zone in (number, *neighbours):
                meant |= written.zone == 0
            chosen = np.flatnonzero(metres & meant)
            systems = [(WGS84, utm_crs(zone, hemisphere))]
            if land.box.thai and zone in INDIAN_UTM:
                systems.append((INDIAN_1975, INDIAN_UTM[zone]))
            for datum, crs in systems if len(chosen) else []:
                lon, lat = to_degrees(
                    easting[chosen], northing[chosen], crs, land.ground.datum_operation
                )
                yield Reading("utm_coordinates", chosen, lon, lat, datum, zone)


def _lost_points(written: Written, rows: Mask, land: Land) -> Iterator[Reading]:
    """Degrees whose decimal point is gone, in either order; the other cell may have its own."""
    near = _near_office(land)
    middle = ((near.west + near.east) / 2, (near.south + near.north) / 2)
    whole = rows & (written.form == PLAIN) & ~written.crossed
    for lon, lat in ((written.x, written.y), (written.y, written.x)):
        meant = np.flatnonzero(
            whole & ((np.abs(lon) >= _LEAST_LOST) | (np.abs(lat) >= _LEAST_LOST))
        )
        yield Reading(
            "lost_decimal_point",
            meant,
            _restored(lon[meant], near.west, near.east, middle[0]),
            _restored(lat[meant], near.south, near.north, middle[1]),
        )


def _restored(values: Metres, low: float, high: float, middle: float) -> Degrees:
    """Put the decimal point where the number falls between the limits, nearest to the middle."""
    turned = np.where((values < 0) & (high > _HALF), values + 2 * _HALF, values)
    found = np.where((turned >= low) & (turned <= high), turned, np.nan)
    lost = (np.abs(values) >= _LEAST_LOST) & (values == np.trunc(values))
    for digits in range(1, _MOST_DIGITS):
        tried = np.where(lost, values / 10.0**digits, np.nan)
        tried = np.where((tried < 0) & (high > _HALF), tried + 2 * _HALF, tried)
        fits = (tried >= low) & (tried <= high)
        nearer = fits & ~(np.abs(found - middle) <= np.abs(tried - middle))
        found = np.where(nearer, tried, found)
    return np.where(found > _HALF, found - 2 * _HALF, found)


def _near_office(land: Land) -> Box:
    """The office's box and half a degree around; east of 180° where it lies on both sides."""
    box = land.box
    if not len(land.shapes):
        return box
    west, south, east, north = land.ground.subdistricts.total_bounds
    if east - west > _HALF:
        lon = shapely.get_coordinates(land.ground.subdistricts.geometry)[:, 0] % (2 * _HALF)
        west, east = lon.min(), lon.max()
    return Box(west - _NEAR_OFFICE, south - _NEAR_OFFICE, east + _NEAR_OFFICE, north + _NEAR_OFFICE)


def _within(values: Metres, limits: tuple[float, float]) -> Mask:
    return (values >= limits[0]) & (values <= limits[1])
