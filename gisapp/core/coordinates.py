"""What a pair of cells says about a place on the ground."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pyproj import Transformer

from gisapp.core.text import parse_number

LONLAT = "EPSG:4326"  # degrees, in (lon, lat) order everywhere in this package

#: West, south, east, north of Thailand, degrees. Source: EPSG area of use 1231 (epsg.io).
COUNTRY = (97.34, 5.63, 105.64, 20.46)

#: Ranges of easting and northing in the two UTM zones of the country, metres.
_EASTING_M = (100_000.0, 900_000.0)
_NORTHING_M = (600_000.0, 2_300_000.0)

Degrees = NDArray[np.float64]


@dataclass(frozen=True)
class Readings:
    """Coordinates of many schools as their sheets give them.

    Attributes:
        lon, lat: Degrees as they should be used, NaN where they cannot be.
        proposed_lon, proposed_lat: Degrees that another reading would give, NaN without one.
        kind: "" (degrees), ``no_coordinates``, ``bad_coordinates``, ``swapped_coordinates``
            or ``utm_coordinates``; only "" has `lon` and `lat`.
    """

    lon: Degrees
    lat: Degrees
    proposed_lon: Degrees
    proposed_lat: Degrees
    kind: NDArray[np.object_]


def read_coordinates(lat: pd.Series, lon: pd.Series, metric_crs: str) -> Readings:
    """Read the latitude and longitude cells of a register.

    Nothing is put right in silence: swapped and UTM values are recognised and proposed, and
    the point is not used.

    Args:
        lat, lon: Text of the cells, "" where blank.
        metric_crs: Zone that UTM values are taken to be in.
    """
    y, x = _numbers(lat), _numbers(lon)
    blank = ((lat == "") & (lon == "")).to_numpy()
    west, south, east, north = COUNTRY
    plain = (x >= west) & (x <= east) & (y >= south) & (y <= north)
    swapped = (y >= west) & (y <= east) & (x >= south) & (x <= north)
    utm_xy = _within(x, _EASTING_M) & _within(y, _NORTHING_M)
    utm_yx = _within(y, _EASTING_M) & _within(x, _NORTHING_M)
    kind = np.full(len(x), "bad_coordinates", dtype=object)
    kind[blank] = "no_coordinates"
    kind[plain] = ""
    kind[swapped] = "swapped_coordinates"
    kind[utm_xy | utm_yx] = "utm_coordinates"
    proposed_lon = np.where(swapped, y, np.nan)
    proposed_lat = np.where(swapped, x, np.nan)
    utm = utm_xy | utm_yx
    if utm.any():
        to_degrees = Transformer.from_crs(metric_crs, LONLAT, always_xy=True)
        easting, northing = np.where(utm_xy, x, y)[utm], np.where(utm_xy, y, x)[utm]
        proposed_lon[utm], proposed_lat[utm] = to_degrees.transform(easting, northing)
    return Readings(
        np.where(plain, x, np.nan), np.where(plain, y, np.nan), proposed_lon, proposed_lat, kind
    )


def _numbers(cells: pd.Series) -> Degrees:
    found = np.full(len(cells), np.nan)
    for place, cell in enumerate(cells):
        try:
            number = parse_number(cell)
        except ValueError:
            continue
        if number is not None:
            found[place] = number
    return found


def _within(values: Degrees, limits: tuple[float, float]) -> NDArray[np.bool_]:
    return (values >= limits[0]) & (values <= limits[1])
