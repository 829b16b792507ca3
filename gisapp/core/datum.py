"""Metres and degrees of other systems -> degrees of WGS 84, every step of it chosen by us.

A library left to itself picks an operation by what is installed. Old Thai maps are on
Indian 1975, and the operations that lead from it to WGS 84 land up to 190 m apart: the office
names one (``datum_operation``), and without it nothing is converted.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError

from gisapp.errors import DatumOperationError

LONLAT = "EPSG:4326"  # degrees, in (lon, lat) order everywhere in this package

Degrees = NDArray[np.float64]
Metres = NDArray[np.float64]

#: UTM zone -> its CRS on Indian 1975. Source: EPSG 24047, 24048 (epsg.io).
INDIAN_UTM = {47: "EPSG:24047", 48: "EPSG:24048"}

_INDIAN_1975, _INDIAN_DATUM = "EPSG:4240", "Indian 1975"
_FROM_TO = "Indian 1975 to WGS 84"


def to_degrees(x: Metres, y: Metres, crs: str, operation: int) -> tuple[Degrees, Degrees]:
    """Return (lon, lat) on WGS 84; NaN where the CRS has no such place.

    Args:
        x, y: Coordinates of `crs`, in (easting, northing) or (lon, lat) order.
        crs: Any CRS; one on Indian 1975 goes through the named operation and no other.
        operation: EPSG code of the operation Indian 1975 -> WGS 84.

    Raises:
        DatumOperationError: The operation is needed, and is not one from Indian 1975 to WGS 84.
    """
    if is_indian(crs):
        lon, lat = _transformer(crs, _INDIAN_1975).transform(x, y)
        # EPSG operations between geographic systems take latitude first.
        lat, lon = indian_operation(operation).transform(lat, lon)
    else:
        lon, lat = _transformer(crs, LONLAT).transform(x, y)
    return _finite(lon), _finite(lat)


def to_metres(lon: Degrees, lat: Degrees, metric_crs: str) -> tuple[Metres, Metres]:
    """Return (easting, northing) in the office's CRS; NaN where it has no such place."""
    x, y = _transformer(LONLAT, metric_crs).transform(lon, lat)
    return _finite(x), _finite(y)


@cache
def indian_operation(operation: int) -> Transformer:
    """Return the operation with this EPSG code; it takes and gives (lat, lon) degrees.

    Raises:
        DatumOperationError: Unknown, not installed, or not from Indian 1975 to WGS 84.
    """
    try:
        found = Transformer.from_pipeline(f"urn:ogc:def:coordinateOperation:EPSG::{operation}")
    except (CRSError, ProjError) as error:
        raise _refused(operation, "ไม่มีในระบบ", "it is not installed") from error
    if not found.description.startswith(_FROM_TO):
        raise _refused(operation, f"คือ {found.description}", f"it is '{found.description}'")
    return found


def operation_title(operation: int) -> str:
    """Name an operation for the metadata: code, title and the accuracy that it states, metres.

    Raises:
        DatumOperationError: As in `indian_operation`.
    """
    found = indian_operation(operation)
    return f"EPSG:{operation} {found.description}, {found.accuracy:g} m"


def utm_zone(metric_crs: str) -> tuple[int, str] | None:
    """Return zone number and hemisphere (``N`` or ``S``); None where a CRS is no UTM zone."""
    zone = CRS.from_user_input(metric_crs).utm_zone
    return (int(zone[:-1]), zone[-1]) if zone else None


def utm_crs(zone: int, hemisphere: str) -> str:
    """Name the CRS of a UTM zone on WGS 84."""
    return f"EPSG:{326 if hemisphere == 'N' else 327}{zone:02d}"


def datum_name(crs: str) -> str:
    """Name of the datum that a CRS is on; "" where it has none, as a plan of a building."""
    geographic = CRS.from_user_input(crs).geodetic_crs
    return geographic.datum.name if geographic is not None and geographic.datum else ""


@cache
def is_indian(crs: str) -> bool:
    """Tell whether a CRS is on Indian 1975."""
    # By the datum's name: the projection file of a Shapefile carries no EPSG code.
    return datum_name(crs).replace("_", " ").startswith(_INDIAN_DATUM)


@cache
def _transformer(source: str, target: str) -> Transformer:
    return Transformer.from_crs(source, target, always_xy=True)


def _finite(values: Degrees) -> Degrees:
    values = np.asarray(values, dtype=np.float64)
    return np.where(np.isfinite(values), values, np.nan)


def _refused(operation: int, th: str, en: str) -> DatumOperationError:
    return DatumOperationError(
        f"datum_operation = {operation} ใช้แปลงจาก Indian 1975 เป็น WGS 84 ไม่ได้ ({th}) "
        "แก้ใน office.toml เป็นรหัส EPSG เช่น 1304",
        f"datum_operation = {operation} does not lead from Indian 1975 to WGS 84 ({en}); "
        "name an EPSG operation such as 1304 in office.toml",
    )
