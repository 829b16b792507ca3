"""Which of several readings is likely: the one that lands where the school is registered."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gisapp.core.coordinates import Mask
from gisapp.core.datum import Degrees, Metres
from gisapp.core.ground import ELSEWHERE, IN_SUBDISTRICT, Land, Places, Registered, Standing, stand
from gisapp.core.readings import INDIAN_1975, WGS84, WRONG_SIGN, Reading

#: A rank counts for more than any distance, a datum that its file speaks against for more still.
_RANK, _AGAINST = 1e8, 1e12
#: So much nearer to the registered villages must a file be on Indian 1975 to be read so.
_CLEARLY_NEARER = 0.5


@dataclass(frozen=True)
class Likely:
    """The likeliest reading of each school, and the same metres on the other datum.

    Attributes:
        kind: Problem that the school has, "" where no reading is possible.
        lon, lat: Degrees, NaN without a reading.
        rank: Where that lands: `IN_SUBDISTRICT` … `ELSEWHERE`.
        datum, zone: Of UTM metres, "" and 0 for other readings.
        other_lon, other_lat, other_rank: On the other datum; NaN where there is none.
    """

    kind: NDArray[np.object_]
    lon: Degrees
    lat: Degrees
    rank: NDArray[np.int64]
    datum: NDArray[np.object_]
    zone: NDArray[np.int64]
    other_lon: Degrees
    other_lat: Degrees
    other_rank: NDArray[np.int64]


@dataclass(frozen=True)
class _Best:
    """The best reading so far of each school; `key` is inf without one."""

    key: Metres
    lon: Degrees
    lat: Degrees
    rank: NDArray[np.int64]
    reading: Places


def choose_readings(
    readings: Sequence[Reading], land: Land, registered: Registered, tables: Places
) -> Likely:
    """Choose for each school the reading that lands nearest to where it is registered.

    Inside the registered subdistrict beats beside it, then district, office, country; among
    equals the nearest to the registered village, then the order of the readings. Metres of
    one sheet are on one datum: the one that puts more of its schools into their subdistricts,
    or clearly nearer to their villages; else WGS 84.

    Args:
        readings: Likeliest kind first.
        land, registered: The office's land, and where its schools are registered.
        tables: Sheet that each school comes from.
    """
    count = len(tables)
    standings = [stand(land, registered.of(r.rows), r.lon, r.lat) for r in readings]
    by_datum = {datum: _empty(count) for datum in (WGS84, INDIAN_1975)}
    for place, (reading, standing) in enumerate(zip(readings, standings, strict=True)):
        if reading.datum:
            _take(by_datum[reading.datum], place, reading, standing)
    indian = _sheets_on_indian(by_datum, registered, land, tables)
    best = _empty(count)
    for place, (reading, standing) in enumerate(zip(readings, standings, strict=True)):
        against = np.zeros(len(reading.rows))
        if reading.kind == WRONG_SIGN:  # nothing but where it lands speaks for it
            against[standing.rank == ELSEWHERE] = np.inf
        if reading.datum:
            against[indian[reading.rows] != (reading.datum == INDIAN_1975)] = _AGAINST
        _take(best, place, reading, standing, against)
    return _likely(best, readings, by_datum)


def _take(
    best: _Best,
    place: int,
    reading: Reading,
    standing: Standing,
    against: Metres | float = 0.0,
) -> None:
    """Put a reading in the place of worse ones."""
    away_m = standing.to_village
    for farther in (standing.to_subdistrict, standing.to_office):
        away_m = np.where(np.isfinite(away_m), away_m, farther)
    away_m = np.where(np.isfinite(away_m), away_m, 0.0)
    key = standing.rank * _RANK + np.minimum(away_m, _RANK / 2) + against
    better = key < best.key[reading.rows]
    rows = reading.rows[better]
    best.key[rows] = key[better]
    best.lon[rows], best.lat[rows] = reading.lon[better], reading.lat[better]
    best.rank[rows], best.reading[rows] = standing.rank[better], place


def _sheets_on_indian(
    by_datum: dict[str, _Best], registered: Registered, land: Land, tables: Places
) -> Mask:
    """Tell for each school whether the metres of its sheet are likely on Indian 1975."""
    found = np.zeros(len(tables), dtype=bool)
    ours, theirs = by_datum[WGS84], by_datum[INDIAN_1975]
    both = np.isfinite(ours.key) & np.isfinite(theirs.key)
    for table in np.unique(tables[both]):
        rows = np.flatnonzero(both & (tables == table))
        inside = [int((best.rank[rows] == IN_SUBDISTRICT).sum()) for best in (ours, theirs)]
        if inside[0] == inside[1]:
            away_m = [_to_villages(best, rows, registered, land) for best in (ours, theirs)]
            found[tables == table] = away_m[1] < _CLEARLY_NEARER * away_m[0]
        else:
            found[tables == table] = inside[1] > inside[0]
    return found


def _to_villages(best: _Best, rows: Places, registered: Registered, land: Land) -> float:
    """Sum of metres to the registered villages; 0 where none is known."""
    standing = stand(land, registered.of(rows), best.lon[rows], best.lat[rows])
    return float(np.nansum(standing.to_village))


def _likely(best: _Best, readings: Sequence[Reading], by_datum: dict[str, _Best]) -> Likely:
    kinds = np.array([*(reading.kind for reading in readings), ""], dtype=object)
    datums = np.array([*(reading.datum for reading in readings), ""], dtype=object)
    zones = np.array([*(reading.zone for reading in readings), 0], dtype=np.int64)
    datum = datums[best.reading]
    other = _empty(len(best.key))
    for ours, theirs in ((WGS84, INDIAN_1975), (INDIAN_1975, WGS84)):
        rows, twin = datum == ours, by_datum[theirs]
        other.lon[rows], other.lat[rows] = twin.lon[rows], twin.lat[rows]
        other.rank[rows] = twin.rank[rows]
    return Likely(
        kind=kinds[best.reading],
        lon=best.lon,
        lat=best.lat,
        rank=best.rank,
        datum=datum,
        zone=zones[best.reading],
        other_lon=other.lon,
        other_lat=other.lat,
        other_rank=other.rank,
    )


def _empty(count: int) -> _Best:
    return _Best(
        key=np.full(count, np.inf),
        lon=np.full(count, np.nan),
        lat=np.full(count, np.nan),
        rank=np.full(count, ELSEWHERE),
        reading=np.full(count, -1, dtype=np.intp),
    )
