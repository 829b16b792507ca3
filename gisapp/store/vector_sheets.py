"""Maps of points as sheets: each feature a row, its place in two more columns.

GeoJSON is read as the JSON it is and KML as XML, so that codes keep their zeros and no file can
name another one to be opened.
"""

import math
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pyproj import CRS
from pyproj.exceptions import CRSError

from gisapp.core.conversions import Conversion, conversion_of
from gisapp.core.datum import LONLAT, to_degrees
from gisapp.core.tables import Sheet
from gisapp.core.text import Cell, heading_key
from gisapp.errors import MapAmongSheetsError
from gisapp.store import file_limits
from gisapp.store.kml import read_placemarks
from gisapp.store.packages import damaged, open_package, read_part
from gisapp.store.text_sheets import plain_cell

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class PlaceReading:
    """How places of maps become cells.

    Attributes:
        datum_operation: EPSG code of the office's operation Indian 1975 -> WGS 84.
        headings: Keys of all headings that mean a latitude or longitude: where the attributes
            have one, the two columns are called ``geometry_lat`` and ``geometry_lon``.
    """

    datum_operation: int = 1304
    headings: frozenset[str] = frozenset({"lat", "lon"})


@dataclass(frozen=True)
class MapPlaces:
    """Places of a map's features as they are written into cells.

    Attributes:
        x, y: Longitude and latitude in degrees; numbers that are none stay as they are.
        conversion: How they became degrees, where the map declares another CRS.
    """

    x: Numbers
    y: Numbers
    conversion: Conversion | None = None


def read_geojson(path: Path, collection: object, round_name: str, how: PlaceReading) -> Sheet:
    """Read a FeatureCollection of points; numbers that are no degrees stay as they are.

    Raises:
        MapAmongSheetsError: Lines or areas.
        UnreadableFileError: Not what GeoJSON looks like, or beyond a limit.
    """
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list):
        raise damaged()
    records, places = [], []
    for feature in features:
        if not isinstance(feature, dict) or not isinstance(feature.get("properties") or {}, dict):
            raise damaged()
        records.append(feature.get("properties") or {})
        places.append(_json_point(feature.get("geometry")))
    x, y = _columns(places)
    crs = _json_crs(collection)
    return points_sheet(path, "", round_name, records, in_degrees(x, y, crs, how), how)


def read_kml(path: Path, round_name: str, how: PlaceReading) -> Sheet:
    """Read the placemarks of a KML or KMZ.

    Raises:
        MapAmongSheetsError: Lines or areas.
        UnreadableFileError: Damaged or beyond a limit.
    """
    if zipfile.is_zipfile(path):
        with open_package(path) as package:
            names = [name for name in package.namelist() if name.lower().endswith(".kml")]
            if not names:
                raise damaged()
            file_limits.check_bytes(package.getinfo(names[0]).file_size, file_limits.TREE_BYTES)
            content = read_part(package, names[0])
    else:
        file_limits.check_bytes(path.stat().st_size, file_limits.TREE_BYTES)
        content = path.read_bytes()
    records, places = read_placemarks(content)
    return points_sheet(path, "", round_name, records, MapPlaces(*_columns(places)), how)


def points_sheet(
    path: Path,
    name: str,
    round_name: str,
    records: Sequence[Mapping[str, object]],
    places: MapPlaces | None,
    how: PlaceReading,
) -> Sheet:
    """Lay features out as rows: attributes, then latitude and longitude.

    Args:
        path, name, round_name: The file, its layer, and the round.
        records: Attributes of each feature.
        places: Of each feature; None for a table without places.
        how: Which headings mean a place.

    Raises:
        UnreadableFileError: Beyond a limit.
    """
    keys = list(dict.fromkeys(key for record in records for key in record))
    file_limits.check_cells(len(records) + 1, len(keys) + 2, 0, name)
    if not records:
        return Sheet(path.name, name, [], first_row=0, round_name=round_name)
    head: list[Cell] = [plain_cell(key) for key in keys]
    rows = [[plain_cell(_day(record.get(key))) for key in keys] for record in records]
    if places is not None:
        taken = how.headings & {heading_key(key) for key in keys}
        head += ["geometry_lat", "geometry_lon"] if taken else ["lat", "lon"]
        for row, x, y in zip(rows, places.x.tolist(), places.y.tolist(), strict=True):
            row += [y, x] if math.isfinite(x) and math.isfinite(y) else [None, None]
    conversion = places.conversion if places is not None else None
    return Sheet(
        path.name,
        name,
        [head, *rows],
        first_row=0,
        round_name=round_name,
        conversion=conversion,
    )


def _day(value: object) -> object:
    """A date of a layer as ISO text, and bytes as nothing: pictures are no cells."""
    if isinstance(value, bytes):
        return None
    return value.isoformat() if hasattr(value, "isoformat") else value


def _json_point(geometry: object) -> tuple[float, float] | None:
    """Longitude and latitude of a GeoJSON point; None where there is none.

    Raises:
        MapAmongSheetsError: A line or an area.
        UnreadableFileError: No geometry at all.
    """
    if geometry is None:
        return None
    if not isinstance(geometry, dict):
        raise damaged()
    if geometry.get("type") not in ("Point", "MultiPoint"):
        raise no_points()
    numbers = geometry.get("coordinates")
    if geometry["type"] == "MultiPoint" and isinstance(numbers, list) and len(numbers) == 1:
        (numbers,) = numbers
    if not isinstance(numbers, list) or len(numbers) < 2:
        return None
    x, y = numbers[:2]
    plain = all(type(number) in (int, float) and abs(number) < 1e9 for number in (x, y))
    return (float(x), float(y)) if plain else None


def _json_crs(collection: object) -> str:
    """The CRS that an old GeoJSON names; degrees where it names none, as the standard says.

    Source: RFC 7946, 4; the older "crs" member: GeoJSON 2008, 3.
    """
    stated = collection.get("crs") if isinstance(collection, dict) else None
    properties = stated.get("properties") if isinstance(stated, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    try:
        return CRS.from_user_input(name).to_wkt() if isinstance(name, str) else LONLAT
    except CRSError:
        return LONLAT


def in_degrees(x: Numbers, y: Numbers, crs: str, how: PlaceReading) -> MapPlaces:
    """Coordinates in degrees where a CRS is known; else the numbers as they stand.

    A file that says degrees and holds metres says nothing: its numbers are left to be
    recognised among those of sheets.
    """
    if not crs or not len(x):
        return MapPlaces(x, y)
    degrees = np.all((np.abs(x) <= 180) & (np.abs(y) <= 90) | np.isnan(x))
    geographic = CRS.from_user_input(crs).is_geographic
    if geographic and not degrees:
        return MapPlaces(x, y)
    lon, lat = to_degrees(x, y, crs, how.datum_operation)
    if not geographic:  # a centimetre; beyond it stands only what the arithmetic left
        lon, lat = np.round(lon, 7), np.round(lat, 7)
    nowhere = np.isnan(lon) | np.isnan(lat)
    conversion = conversion_of(crs, x, y, how.datum_operation)
    return MapPlaces(np.where(nowhere, x, lon), np.where(nowhere, y, lat), conversion)


def _columns(places: Sequence[tuple[float, float] | None]) -> tuple[Numbers, Numbers]:
    pairs = np.array([place or (math.nan, math.nan) for place in places], dtype=np.float64)
    pairs = pairs.reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]


def no_points() -> MapAmongSheetsError:
    """An error for a map that holds anything but points."""
    return MapAmongSheetsError("เป็นแผนที่ของเส้นหรือพื้นที่", "it is a map of lines or areas")
