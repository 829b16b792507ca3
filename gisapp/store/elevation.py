"""Heights of the ground from the office's own rasters, ``data/rasters/dem*.tif``, in any CRS.

A raster is opened for one question and closed again, so that an officer can replace it at any
moment, on Windows too.
"""

import functools
import hashlib
import threading
import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rasterio
from rasterio.enums import ColorInterp
from rasterio.errors import CRSError, NotGeoreferencedWarning, RasterioError
from rasterio.io import DatasetReader
from rasterio.warp import transform_bounds
from rasterio.windows import Window

from gisapp.settings import Settings
from gisapp.store.file_names import shown_name

#: West, south, east, north.
Bounds = tuple[float, float, float, float]

#: Land lies between these heights, metres; anything else is a mark for "not known".
LOWEST_M, HIGHEST_M = -500.0, 9000.0

#: Metres of one unit of height, by what the file calls it; any other word, or none, is metres.
_UNIT_M = {"ft": 0.3048, "foot": 0.3048, "feet": 0.3048, "us survey foot": 1200 / 3937}

#: Side of the windows in which a raster's corners are looked at, cells.
_CORNER = 64

#: Held while rasters are looked at: threads that ask for the same wait for the first.
_LOOKING = threading.Lock()


@dataclass(frozen=True)
class HeightRaster:
    """A raster of heights as it stood at one moment.

    Attributes:
        path: The file.
        changed_ns: When it was changed, nanoseconds.
        name: The file's name as people read it.
        bounds_m: What it covers, in EPSG:3857.
        cell_m: Side of a cell, metres of EPSG:3857.
        nodata: The value that means "not known"; None where every cell is known.
        unit_m, offset: Height in metres = (value + offset) x unit_m.
    """

    path: Path
    changed_ns: int
    name: str
    bounds_m: Bounds
    cell_m: float
    nodata: float | None
    unit_m: float
    offset: float


@dataclass(frozen=True)
class RefusedRaster:
    """A file that is named like heights and holds none.

    Attributes:
        name: The file's name as people read it.
        th, en: What it is instead.
    """

    name: str
    th: str
    en: str


@dataclass(frozen=True)
class Elevation:
    """Every raster of heights of an office.

    Attributes:
        rasters: Those that can be used, the finest first.
        refused: Those that cannot.
        stamp: Short text that differs after every change of the files.
    """

    rasters: tuple[HeightRaster, ...]
    refused: tuple[RefusedRaster, ...]
    stamp: str

    @property
    def bounds(self) -> Bounds | None:
        """What the heights cover: west, south, east, north, degrees; None without heights."""
        if not self.rasters:
            return None
        sides = list(zip(*(raster.bounds_m for raster in self.rasters), strict=True))
        around = (min(sides[0]), min(sides[1]), max(sides[2]), max(sides[3]))
        west, south, east, north = transform_bounds("EPSG:3857", "EPSG:4326", *around)
        return west, south, east, north


def elevation(settings: Settings) -> Elevation:
    """Return the office's rasters of heights as they stand now."""
    folder = settings.rasters_dir
    found = sorted(folder.iterdir()) if folder.is_dir() else []
    files = []
    for path in found:
        name = path.name.lower()
        if name.startswith("dem") and name.endswith((".tif", ".tiff")) and path.is_file():
            status = path.stat()
            files.append((path, status.st_mtime_ns, status.st_size))
    with _LOOKING:
        return _looked_at(tuple(files))


@functools.lru_cache(maxsize=8)
def _looked_at(files: tuple[tuple[Path, int, int], ...]) -> Elevation:
    """Look at some files (path, time, size)."""
    rasters, refused = [], []
    for path, changed_ns, _size in files:
        seen = _look(path, changed_ns)
        if isinstance(seen, HeightRaster):
            rasters.append(seen)
        else:
            refused.append(seen)
    told = "\x1f".join(f"{path.name}|{changed}|{size}" for path, changed, size in files)
    stamp = hashlib.sha256(told.encode("utf-8", "surrogateescape")).hexdigest()[:10]
    finest_first = sorted(rasters, key=lambda raster: (raster.cell_m, raster.name))
    return Elevation(tuple(finest_first), tuple(refused), stamp)


def _look(path: Path, changed_ns: int) -> HeightRaster | RefusedRaster:
    """Say what one file holds."""
    name = shown_name(path)
    try:
        with warnings.catch_warnings():
            # Said below, in the words of the person who reads it.
            warnings.simplefilter("ignore", NotGeoreferencedWarning)
            with opened(str(path)) as source:
                fault = _fault(source)
                return (
                    RefusedRaster(name, *fault) if fault else _described(source, path, changed_ns)
                )
    except (RasterioError, CRSError):
        return RefusedRaster(
            name, "เปิดไม่ได้ ต้องเป็น GeoTIFF ที่สมบูรณ์", "cannot be opened; it must be a whole GeoTIFF"
        )


def _fault(source: DatasetReader) -> tuple[str, str] | None:
    """Say why a raster holds no heights that can be placed; None where it does."""
    kinds = source.colorinterp
    if ColorInterp.palette in kinds or ColorInterp.red in kinds:
        return "เป็นภาพสี ไม่ใช่ค่าความสูง", "is a coloured picture, not heights"
    if source.count != 1:
        return (
            f"มี {source.count} แถบข้อมูล ต้องมีแถบเดียวที่เป็นค่าความสูง",
            f"has {source.count} bands; it needs one, of heights",
        )
    if np.dtype(source.dtypes[0]).kind not in "iuf":
        return "ไม่ใช่ตัวเลขความสูง", "holds no numbers that can be heights"
    if source.crs is None:
        return "ไม่มีระบบพิกัด จึงไม่ทราบว่าอยู่ที่ใด", "has no CRS, so nobody knows where it lies"
    return None


def _described(source: DatasetReader, path: Path, changed_ns: int) -> HeightRaster | RefusedRaster:
    """Describe a raster of heights.

    Raises:
        RasterioError: It is damaged.
    """
    name = shown_name(path)
    bounds_m = transform_bounds(source.crs, "EPSG:3857", *source.bounds)
    west, south, east, north = bounds_m
    if not np.isfinite(bounds_m).all() or not (west < east and south < north):
        return RefusedRaster(
            name, "พิกัดไม่อยู่บนแผนที่โลก", "lies where its CRS has no place on a map of the world"
        )
    unit = (source.units[0] or "").strip().lower()
    scale, offset = source.scales[0] or 1.0, source.offsets[0]
    return HeightRaster(
        path=path,
        changed_ns=changed_ns,
        name=name,
        bounds_m=(west, south, east, north),
        cell_m=min((east - west) / source.width, (north - south) / source.height),
        nodata=_nodata(source),
        unit_m=scale * _UNIT_M.get(unit, 1.0),
        offset=offset / scale,
    )


def _nodata(source: DatasetReader) -> float | None:
    """Return the value for "not known": the file's own, else one that no land has, at a corner.

    Raises:
        RasterioError: A corner cannot be read: the file was not copied to its end.
    """
    seen = [
        source.read(1, window=Window(column, row, _CORNER, _CORNER), boundless=False)
        for column in (0, max(0, source.width - _CORNER))
        for row in (0, max(0, source.height - _CORNER))
    ]
    if source.nodata is not None:
        return float(source.nodata)
    for value in (min(float(part.min()) for part in seen), max(float(part.max()) for part in seen)):
        if not LOWEST_M <= value <= HIGHEST_M:
            return value
    return None


def opened(name: str) -> DatasetReader:
    """Open a GeoTIFF; nothing else, whatever its name says: other kinds can name other files."""
    return rasterio.open(name, driver="GTiff")
