"""Layers of points that GDAL reads (GeoPackage, Shapefile, FlatGeobuf) as sheets."""

import codecs
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError, FieldError
from pyproj.exceptions import CRSError

from gisapp.core.tables import Sheet
from gisapp.errors import UnreadableFileError
from gisapp.store import file_limits
from gisapp.store.dbf_text import dbf_encoding
from gisapp.store.packages import damaged, open_package, read_part
from gisapp.store.vector_sheets import PlaceReading, in_degrees, no_points, points_sheet

#: Points and attributes; anything else is a map of lines or areas.
_POINTS = ("Point", "Point Z", "Point M", "Point ZM", "2.5D Point")
_POINT, _MULTIPOINT = 0, 4


def read_layers(path: Path, round_name: str, how: PlaceReading) -> list[Sheet]:
    """Read each layer of points, and each table without places, of a GeoPackage or FlatGeobuf.

    Raises:
        MapAmongSheetsError: Nothing but lines, areas or pictures.
        UnreadableFileError: Damaged or beyond a limit.
    """
    return _read_layers(str(path), path, round_name, how, "")


def read_shapefile(path: Path, round_name: str, how: PlaceReading) -> list[Sheet]:
    """Read a Shapefile, or a zip of one, in whatever encoding its attributes are.

    Raises:
        MapAmongSheetsError: Lines or areas.
        UnreadableFileError: A part is missing, damaged, of unknown encoding or beyond a limit.
    """
    if not zipfile.is_zipfile(path):
        parts = {
            beside.suffix.lower(): beside for beside in path.parent.glob(f"{_literal(path)}.*")
        }
        _refuse_missing({suffix.lstrip(".") for suffix in parts})
        file_limits.check_bytes(parts[".dbf"].stat().st_size, file_limits.FILE_BYTES)
        stated = parts[".cpg"].read_bytes() if ".cpg" in parts else b""
        encoding = dbf_encoding(parts[".dbf"].read_bytes(), stated)
        return _read_layers(str(path), path, round_name, how, encoding)
    with open_package(path) as package:
        shapes = [name for name in package.namelist() if name.lower().endswith(".shp")]
        sheets = []
        for shape in shapes:
            stem = shape[:-4].lower()
            inner = {n.lower()[-3:]: n for n in package.namelist() if n.lower()[:-4] == stem}
            _refuse_missing(set(inner))
            stated = read_part(package, inner["cpg"]) if "cpg" in inner else b""
            encoding = dbf_encoding(read_part(package, inner["dbf"]), stated)
            sheets += _read_layers(f"/vsizip/{path}/{shape}", path, round_name, how, encoding)
    return sheets


def _literal(path: Path) -> str:
    """A file's stem for a pattern that takes brackets as what they are."""
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in path.stem)


def _refuse_missing(suffixes: set[str]) -> None:
    missing = [f".{suffix}" for suffix in ("dbf", "shx") if suffix not in suffixes]
    if missing:
        raise UnreadableFileError(
            f"Shapefile ไม่ครบชุด ขาดไฟล์ {', '.join(missing)} วางให้ครบทุกไฟล์ไว้ด้วยกัน",
            f"its Shapefile lacks {', '.join(missing)}; put all of its parts together",
        )


def _read_layers(
    source: str, path: Path, round_name: str, how: PlaceReading, encoding: str
) -> list[Sheet]:
    """Read the layers of a source; `encoding` is that of a Shapefile, else ""."""
    # A field that is cut within a letter would stop GDAL's reader: it gets bytes, we the letters.
    as_bytes = "ISO-8859-1" if encoding else None
    try:
        layers = [(str(name), geometry) for name, geometry in pyogrio.list_layers(source)]
        tables = [name for name, kind in layers if kind is None or kind in (*_POINTS, "Unknown")]
        sheets, before = [], 0
        for name in tables:
            info = pyogrio.read_info(
                source, layer=name, force_feature_count=True, encoding=as_bytes
            )
            size = (int(info["features"]) + 1, len(info["fields"]) + 2)
            before = file_limits.check_cells(*size, before, name)
            frame = pyogrio.read_dataframe(source, layer=name, encoding=as_bytes)
            frame = _in_letters(frame, encoding) if encoding else frame
            title = name if len(layers) > 1 else ""
            sheets.append(_layer_sheet(frame, path, title, round_name, how))
    except (DataSourceError, DataLayerError, FieldError, UnicodeError, CRSError) as error:
        raise damaged() from error
    if not sheets:
        raise no_points()
    return sheets


def _layer_sheet(
    frame: pd.DataFrame, path: Path, name: str, round_name: str, how: PlaceReading
) -> Sheet:
    geometry = frame.get("geometry")
    attributes = frame.drop(columns="geometry") if geometry is not None else frame
    records = [dict(zip(attributes, row, strict=True)) for row in _plain_rows(attributes)]
    if geometry is None:
        return points_sheet(path, name, round_name, records, None, how)
    shapes = geometry.to_numpy()
    kinds = set(shapely.get_type_id(shapes).tolist()) - {-1}
    if not kinds <= {_POINT, _MULTIPOINT}:
        raise no_points()
    single = shapely.get_num_coordinates(shapes) == 1
    places = np.where(single, shapely.centroid(shapes), None)  # a collection of one is its point
    x, y = shapely.get_x(places), shapely.get_y(places)
    crs = geometry.crs.to_wkt() if geometry.crs is not None else ""
    return points_sheet(path, name, round_name, records, in_degrees(x, y, crs, how), how)


def _plain_rows(frame: pd.DataFrame) -> list[tuple[object, ...]]:
    """Cells of a layer's attributes as Python has them; None where there is nothing."""
    columns = []
    for name in frame:
        cells = frame[name].astype(object)
        columns.append(cells.where(cells.notna(), None).tolist())
    return list(zip(*columns, strict=True)) if columns else [()] * len(frame)


def _in_letters(frame: pd.DataFrame, encoding: str) -> pd.DataFrame:
    """Turn bytes kept as letters of Latin-1 into the letters they are, headings too."""

    def letters(value: object) -> object:
        if not isinstance(value, str) or value.isascii():
            return value
        decoder = codecs.getincrementaldecoder(encoding)()
        return decoder.decode(value.encode("latin-1"))  # what is left of a last letter is dropped

    texts = [name for name in frame if name != "geometry" and frame[name].dtype.kind in "OT"]
    decoded = frame.assign(**{name: frame[name].astype(object).map(letters) for name in texts})
    return decoded.rename(columns={name: letters(name) for name in frame})
