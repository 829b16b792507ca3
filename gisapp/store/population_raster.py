"""Where people live, from the office's own raster ``data/rasters/population*.tif``, in any CRS."""

import re
import warnings
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pyproj import CRS
from pyproj.exceptions import CRSError as UnknownCrsError
from rasterio.enums import ColorInterp
from rasterio.errors import CRSError, NotGeoreferencedWarning, RasterioError
from rasterio.io import DatasetReader
from rasterio.warp import transform_bounds
from rasterio.windows import Window

from gisapp.core.coverage.counting.people_judging import known_people
from gisapp.core.coverage.spreading.children_grid import children_on_grid
from gisapp.core.coverage.spreading.people_raster import PeopleRaster
from gisapp.core.coverage.spreading.spread import Spread
from gisapp.core.grids import Grid
from gisapp.core.problems import Problem
from gisapp.settings import Settings
from gisapp.store.elevation import opened
from gisapp.store.file_names import shown_name
from gisapp.store.rasters import write_bands

#: West, south, east, north.
Bounds = tuple[float, float, float, float]

#: People of one sex and age only, such as ``population_f_5.tif``: not everybody.
_OF_ONE_AGE = re.compile(r"population[_-](f|m|female|male)[_-]\d+", re.IGNORECASE)

#: Words for persons per km² in a unit, a band's description or a file's name.
_PER_KM2 = re.compile(
    r"km\s?(\^|\*\*)?[2²]|sq\s?\.?\s?km|square kilomet|densit|ppkm", re.IGNORECASE
)

_HEIGHT_UNITS = frozenset({"m", "metre", "metres", "meter", "meters", "ft", "foot", "feet"})

#: "Not known" in 16-bit models of heights, since SRTM; no count of people is kept so.
_NO_HEIGHT = -32768


def read_people_raster(
    settings: Settings, bounds: Bounds | None = None
) -> tuple[PeopleRaster | None, list[Problem]]:
    """Read the first raster of people, by name, that can be used.

    Args:
        settings: The office.
        bounds: Of what is asked about, EPSG:4326: west, south, east, north. Only the cells there
            are read, so that a raster of the whole country does not fill the memory; None and
            NaN, of an office without land, read all of them.

    Returns:
        raster: Unknown cells are NaN, none is negative. None without a raster that can be used.
        problems: What is wrong with the rasters, and which are not used beside the first.
    """
    folder = settings.rasters_dir
    files = [
        path
        for path in (sorted(folder.iterdir()) if folder.is_dir() else [])
        if path.suffix.lower() in (".tif", ".tiff")
        and path.name.lower().startswith("population")
        and not _OF_ONE_AGE.match(path.name)
    ]
    problems = list[Problem]()
    for number, path in enumerate(files):
        raster, found = _look(path, bounds)
        problems += found
        if raster is not None:
            others = ", ".join(shown_name(other) for other in files[number + 1 :])
            if others:
                facts = {"others": others}
                problems.append(Problem("people_raster_several", file=raster.file, facts=facts))
            return raster, problems
    return None, problems


def _look(path: Path, bounds: Bounds | None) -> tuple[PeopleRaster | None, list[Problem]]:
    """Read one file, or say why it holds no people that can be placed."""
    name = shown_name(path)
    try:
        with warnings.catch_warnings():
            # Said below, in the words of the person who reads it.
            warnings.simplefilter("ignore", NotGeoreferencedWarning)
            with opened(str(path)) as source:
                fault = _not_counts(source, name) or _not_placed(source, name)
                if fault:
                    return None, [fault]
                window = _window(source, bounds)
                if window is None:
                    return None, [Problem("people_raster_elsewhere", file=name)]
                return _read(source, window, name)
    except (RasterioError, CRSError):
        return None, [Problem("people_raster_unreadable", file=name)]


def _not_counts(source: DatasetReader, name: str) -> Problem | None:
    """Say what a file holds instead of people; None where it may be people."""
    unit = (source.units[0] or "").strip().lower()
    kind, nodata = np.dtype(source.dtypes[0]), source.nodata
    if ColorInterp.palette in source.colorinterp or ColorInterp.red in source.colorinterp:
        said = "เป็นภาพสี", "is a coloured picture"
    elif source.count != 1:
        said = f"มี {source.count} แถบข้อมูล", f"has {source.count} bands"
    elif kind.kind not in "iuf":
        said = "ไม่ใช่ตัวเลข", "holds no numbers"
    elif unit in _HEIGHT_UNITS or (kind == np.int16 and nodata == _NO_HEIGHT):
        said = "เป็นความสูงของพื้นดิน", "holds heights of the ground"
    else:
        return None
    facts = {"what_th": said[0], "what_en": said[1]}
    return Problem("people_raster_not_counts", file=name, facts=facts)


def _not_placed(source: DatasetReader, name: str) -> Problem | None:
    """Say why nobody knows where a raster's cells lie; None where they can be placed."""
    try:
        crs = source.crs and CRS.from_user_input(source.crs)
    except UnknownCrsError:
        crs = None
    if not crs or not (crs.is_projected or crs.is_geographic):
        return Problem("people_raster_no_crs", file=name)
    place = source.transform
    if place.b or place.d or place.a <= 0 or not place.e:
        return Problem("people_raster_rotated", file=name)
    return None


def _window(source: DatasetReader, bounds: Bounds | None) -> Window | None:
    """Return the cells within bounds, one more on each side; None where there are none."""
    if bounds is None or not np.isfinite(bounds).all():
        return Window(0, 0, source.width, source.height)
    west, south, east, north = transform_bounds("EPSG:4326", source.crs, *bounds)
    place = source.transform
    columns = sorted((x - place.c) / place.a for x in (west, east))
    rows = sorted((y - place.f) / place.e for y in (south, north))
    first, last = np.floor([columns[0], rows[0]]) - 1, np.ceil([columns[1], rows[1]]) + 1
    if not np.isfinite([first, last]).all():
        return None
    (left, top), (right, bottom) = (
        np.clip(corner, 0, [source.width, source.height]).astype(int) for corner in (first, last)
    )
    if left >= right or top >= bottom:
        return None
    return Window(left, top, right - left, bottom - top)


def _read(
    source: DatasetReader, window: Window, name: str
) -> tuple[PeopleRaster | None, list[Problem]]:
    """Read the cells of a window.

    Raises:
        RasterioError: They are damaged.
    """
    stored = source.read(1, window=window, masked=True)
    people = stored.data.astype(np.float64) * source.scales[0] + source.offsets[0]
    declared = np.ma.getmaskarray(stored)
    place = source.window_transform(window)
    rows, columns = people.shape
    north = max(place.f, place.f + rows * place.e)
    if place.e > 0:  # some programs write the southern row first
        people, declared = people[::-1], declared[::-1]
    values, problems = known_people(people, declared, name)
    if values is None:
        return None, problems
    grid = Grid(place.c, north, place.a, abs(place.e), rows, columns)
    told = " ".join(filter(None, (source.units[0], source.descriptions[0], name)))
    per_km2 = _PER_KM2.search(told) is not None
    if per_km2:
        problems.append(Problem("people_raster_per_km2", file=name))
    return PeopleRaster(values, grid, source.crs.to_string(), name, per_km2), problems


def write_children_grid(
    spread: Spread, children: NDArray[np.float64], km: NDArray[np.float64], crs: str, path: Path
) -> None:
    """Write children per cell, and the distance to the nearest school, as a GeoTIFF of two bands.

    Args:
        spread: Where the children live.
        children: Of each area of `spread`; NaN unknown.
        km: From each place of `spread` to the nearest school; inf without one.
        crs: Of the spread's grid.
        path: The file; replaced in a single step, the same figures give the same bytes.
    """
    bands = children_on_grid(spread, children, km).astype(np.float32)
    units = ("children per cell", "km to the nearest school")
    write_bands(bands, spread.grid, crs, path, units=units, nodata=float("nan"))
