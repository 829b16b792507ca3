"""How a map's declared coordinates became degrees of WGS 84, to be said and to be recorded."""

from dataclasses import dataclass

import numpy as np
from pyproj import CRS, Geod, Transformer

from gisapp.core.datum import (
    INDIAN_UTM,
    LONLAT,
    Degrees,
    Metres,
    datum_name,
    is_indian,
    operation_title,
    to_degrees,
    utm_crs,
    utm_zone,
)
from gisapp.core.problems import Problem

_ELLIPSOID = Geod(ellps="WGS84")
_WGS84 = ("World Geodetic System 1984", "WGS 1984", "D WGS 1984")
#: EPSG operations Indian 1975 -> WGS 84 that offices meet; they land up to 190 m apart.
_OPERATIONS = (1304, 1812)


@dataclass(frozen=True)
class Conversion:
    """What was done to the coordinates of one file.

    Attributes:
        crs: Name of the declared CRS, with its EPSG code where it has one.
        operation: What led to WGS 84; "" where the CRS is on WGS 84 and only was projected.
        others: (EPSG code of another operation, or ``WGS 84`` where the file's datum would be
            misstated; how far away it lands, metres).
    """

    crs: str
    operation: str = ""
    others: tuple[tuple[str, float], ...] = ()

    @property
    def text(self) -> str:
        """One line for the metadata."""
        return f"{self.crs} to WGS 84" + (f" by {self.operation}" if self.operation else "")


def conversion_of(crs: str, x: Metres, y: Metres, operation: int) -> Conversion | None:
    """Describe how coordinates of a CRS become degrees; None where they are these degrees.

    Args:
        crs: As the file declares it.
        x, y: Its coordinates in (easting, northing) or (lon, lat) order, NaN for none.
        operation: EPSG code of the office's operation Indian 1975 -> WGS 84.

    Raises:
        DatumOperationError: The CRS is on Indian 1975 and the operation cannot be had.
    """
    stated = CRS.from_user_input(crs)
    ours = datum_name(crs).replace("_", " ").startswith(_WGS84)
    if ours and stated.is_geographic:
        return None
    code = stated.to_epsg()
    title = f"EPSG:{code} {stated.name}" if code else stated.name
    if ours:
        return Conversion(title)
    known = np.isfinite(x) & np.isfinite(y)
    x, y = x[known][:1], y[known][:1]
    if not is_indian(crs):
        return Conversion(title, _chosen(crs, x, y))
    return Conversion(title, operation_title(operation), _others(crs, x, y, operation))


def _chosen(crs: str, x: Metres, y: Metres) -> str:
    """Name the operation that the library chose for a datum that no office has pinned."""
    transformer = Transformer.from_crs(crs, LONLAT, always_xy=True)
    transformer.transform(x, y)
    if not len(x):
        return transformer.description
    used = transformer.get_last_used_operation()
    # A negative accuracy is PROJ's word for an unknown one.
    return f"{used.description}" + (f", {used.accuracy:g} m" if used.accuracy >= 0 else "")


def _others(crs: str, x: Metres, y: Metres, operation: int) -> tuple[tuple[str, float], ...]:
    """Where the first point would lie by another operation, and if its datum were misstated."""
    if not len(x):
        return ()
    here = to_degrees(x, y, crs, operation)
    found = [
        (f"EPSG:{other}", _apart_m(here, to_degrees(x, y, crs, other)))
        for other in _OPERATIONS
        if other != operation
    ]
    if CRS.from_user_input(crs).is_geographic:
        found.append(("WGS 84", _apart_m(here, (x, y))))
    elif (zone := utm_zone(crs)) and zone[0] in INDIAN_UTM:
        found.append(("WGS 84", _apart_m(here, to_degrees(x, y, utm_crs(*zone), operation))))
    return tuple(found)


def _apart_m(one: tuple[Degrees, Degrees], other: tuple[Degrees, Degrees]) -> float:
    return float(_ELLIPSOID.inv(*one, *other)[2][0])


def conversion_problem(conversion: Conversion, file: str, layer: str) -> Problem:
    """Say that a file's coordinates were converted: a note, or a doubt where datums differ."""
    facts = {
        "crs": conversion.crs,
        "operation": conversion.operation,
        "others_th": "".join(
            f" ถ้าเป็น {name} จะห่าง {away_m:,.0f} ม." for name, away_m in conversion.others
        ),
        "others_en": "".join(
            f"; by {name} it would lie {away_m:,.0f} m away"
            if name.startswith("EPSG")
            else f"; if the file were on {name} after all, {away_m:,.0f} m away"
            for name, away_m in conversion.others
        ),
    }
    kind = "datum_converted" if conversion.operation else "crs_converted"
    return Problem(kind, file=file, sheet=layer, value=conversion.crs, facts=facts)
