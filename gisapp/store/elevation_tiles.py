"""Heights as the tiles of the map need them: in EPSG:3857, pixel by pixel, at every zoom.

Rasters with many more cells than a tile has pixels are read through coarser copies in memory, as
image viewers do.
"""

import functools
import math
import threading
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rasterio.enums import Resampling
from rasterio.errors import RasterioError
from rasterio.io import MemoryFile
from rasterio.transform import Affine, from_origin
from rasterio.vrt import WarpedVRT

from gisapp.core.tiles import Tile
from gisapp.errors import UnreadableFileError
from gisapp.store.elevation import (
    HIGHEST_M,
    LOWEST_M,
    Bounds,
    Elevation,
    HeightRaster,
    opened,
)

#: The first copy has a cell for 4 by 4 of the raster's, each coarser one for 2 by 2 of the one
#: before it.
_FIRST_STEP, _NEXT_STEP = 4, 2

#: A copy that would have fewer cells on its longer side is not made.
_SMALLEST_COPY = 128

#: How exactly places are computed, pixels: 0.125, the usual, would let neighbouring tiles part.
_EXACT_PX = 0.001

#: Held while copies are made: threads that want the same wait for the first.
_COPYING = threading.Lock()


def read_heights(heights: Elevation, tile: Tile, margin: int) -> NDArray[np.float64] | None:
    """Return heights at the pixels of a tile, metres; None where none of them is known.

    A height depends on its place and the zoom alone, so that neighbouring tiles join: to 0.2 m
    where they show fewer pixels than the raster has cells, else to 0.1 m.

    Args:
        heights: What `elevation` returns.
        tile: The tile.
        margin: Pixels beyond the tile's edge on each side.

    Returns:
        [row, column], row 0 in the north, NaN unknown, `margin` more on each side than a tile.

    Raises:
        UnreadableFileError: A raster has gone or is damaged.
    """
    west, south, east, north = tile.bounds_m
    more = margin * tile.pixel_m
    frame = (west - more, south - more, east + more, north + more)
    answer: NDArray[np.float64] | None = None
    for raster in heights.rasters:
        if not _touch(raster.bounds_m, frame):
            continue
        values = _warped(raster, frame, tile.pixel_m)
        answer = values if answer is None else np.where(np.isnan(answer), values, answer)
        if not np.isnan(answer).any():
            break
    return None if answer is None or np.isnan(answer).all() else answer


def _warped(raster: HeightRaster, frame: Bounds, pixel_m: float) -> NDArray[np.float64]:
    """Read a raster in EPSG:3857, NaN where unknown.

    Raises:
        UnreadableFileError: It has gone or is damaged.
    """
    west, south, east, north = frame
    try:
        with _COPYING:
            copies = _copies(raster)
        # The coarsest that still has a cell for each pixel.
        copy = next((copy for copy in reversed(copies) if copy.cell_m <= pixel_m), copies[0])
        scale = str(copy.cell_m / pixel_m)
        with (
            opened(copy.name) as source,
            WarpedVRT(
                source,
                crs="EPSG:3857",
                transform=from_origin(west, north, pixel_m, pixel_m),
                width=round((east - west) / pixel_m),
                height=round((north - south) / pixel_m),
                resampling=Resampling.cubic_spline,
                src_nodata=copy.nodata,
                nodata=np.nan,
                dtype="float32",
                tolerance=_EXACT_PX,
                # How wide the kernel is, which GDAL would guess anew for each piece it reads.
                XSCALE=scale,
                YSCALE=scale,
            ) as warped,
        ):
            values = warped.read(1).astype(np.float64)
    except RasterioError as error:
        raise UnreadableFileError(
            f"อ่าน {raster.name} ไม่ได้ คัดลอกไฟล์มาใหม่",
            f"cannot read {raster.name}; copy the file again",
        ) from error
    metres = (values + raster.offset) * raster.unit_m
    # Written so that NaN fails.
    return np.where((metres >= LOWEST_M) & (metres <= HIGHEST_M), metres, np.nan)


@dataclass(frozen=True)
class _Copy:
    """The raster itself, or a coarser copy of it in memory.

    Attributes:
        name: What it is opened by.
        cell_m: Side of a cell, metres of EPSG:3857.
        nodata: The value that means "not known".
        memory: What keeps the copy alive; None for the raster itself.
    """

    name: str
    cell_m: float
    nodata: float | None
    memory: MemoryFile | None = None


@functools.lru_cache(maxsize=64)
def _copies(raster: HeightRaster) -> tuple[_Copy, ...]:
    """Return a raster and its coarser copies, the finest first.

    Raises:
        RasterioError: It has gone or is damaged.
    """
    found = [_Copy(str(raster.path), raster.cell_m, raster.nodata)]
    step = _FIRST_STEP
    while True:
        coarser = _coarser(found[-1], step)
        if coarser is None:
            return tuple(found)
        found.append(coarser)
        step = _NEXT_STEP


def _coarser(copy: _Copy, step: int) -> _Copy | None:
    """Average `step` by `step` cells into one; None where hardly any would be left.

    Raises:
        RasterioError: What it is made of has gone or is damaged.
    """
    with opened(copy.name) as source:
        width, height = math.ceil(source.width / step), math.ceil(source.height / step)
        if max(width, height) < _SMALLEST_COPY:
            return None
        place = source.transform * Affine.scale(step)
        with WarpedVRT(
            source,
            crs=source.crs,
            transform=place,
            width=width,
            height=height,
            resampling=Resampling.average,
            src_nodata=copy.nodata,
            nodata=np.nan,
            dtype="float32",
        ) as warped:
            values = warped.read(1)
        memory = MemoryFile(ext=".tif")
        with memory.open(
            driver="GTiff",
            dtype="float32",
            count=1,
            width=width,
            height=height,
            crs=source.crs,
            transform=place,
            nodata=np.nan,
            tiled=True,
        ) as target:
            target.write(values, 1)
    return _Copy(memory.name, copy.cell_m * step, float("nan"), memory)


def _touch(one: Bounds, other: Bounds) -> bool:
    """Whether two frames have ground in common."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
