"""GeoTIFFs that are never wholly in memory: read from north to south, some rows at a time."""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.enums import ColorInterp, MaskFlags
from rasterio.errors import CRSError, NotGeoreferencedWarning, RasterioError
from rasterio.io import DatasetReader
from rasterio.windows import Window

from gisapp.core.grids import Grid
from gisapp.errors import LayerNotFoundError, UnreadableFileError
from gisapp.store.elevation import opened

#: Values that are held at once, all bands together: 32 MB of float64.
_HELD = 1 << 22

#: Bytes that GDAL may keep of what it has read; each row is wanted once.
_CACHE = 32 << 20


@dataclass(frozen=True)
class RowRaster:
    """A raster of numbers as its file describes it.

    Attributes:
        path: The file.
        grid: Its cells, units of its CRS.
        crs: Its CRS, as WKT.
        bands: What each band is called, no two alike; ``band_1`` where the file does not say.
        step: Rows that the file keeps together; a block is a multiple of it.
        exact: Type that holds every value: float32 or float64.
    """

    path: Path
    grid: Grid
    crs: str
    bands: tuple[str, ...]
    step: int
    exact: str


def describe_raster(path: Path) -> RowRaster:
    """Return what a GeoTIFF says of itself, once it is sure that its cells can be placed.

    Raises:
        LayerNotFoundError: No such file.
        UnreadableFileError: No GeoTIFF, no CRS, rotated or upside down, or no numbers.
    """
    if not path.is_file():
        raise LayerNotFoundError(f"ไม่พบไฟล์ {path}", f"there is no raster {path}")
    try:
        with warnings.catch_warnings():
            # Said by `_fault`, in the words of the person who reads it.
            warnings.simplefilter("ignore", NotGeoreferencedWarning)
            with opened(str(path)) as source:
                fault = _fault(source)
                if fault is not None:
                    th, en = fault
                    raise UnreadableFileError(f"{path.name} {th}", f"{path.name} {en}")
                return _described(source, path)
    except (RasterioError, CRSError) as error:
        raise _damaged(path) from error


def read_row_blocks(
    raster: RowRaster, window: tuple[int, int, int, int], rows: int | None = None
) -> Iterator[tuple[int, NDArray[np.floating]]]:
    """Yield (first row, values) of a window of the raster, from north to south.

    The values are [band, row, column] of all columns of the window, NaN where the file says that
    nothing is known, with the file's own scale and offset. The array may be used again for the
    next block: keep a copy of what is needed longer.

    Args:
        raster: As `describe_raster` found it.
        window: First row, row after the last, first column, column after the last.
        rows: Rows of a block; None takes what fits into 32 MB.

    Raises:
        UnreadableFileError: The file ends too early, or has changed.
    """
    top, bottom, left, right = window
    if top >= bottom or left >= right:
        return
    bands = len(raster.bands)
    fitting = _HELD // (bands * (right - left)) // raster.step * raster.step
    height = min(rows or max(fitting, raster.step), bottom - top)
    held = np.empty((bands, height, right - left), dtype=raster.exact)
    try:
        with rasterio.Env(GDAL_CACHEMAX=_CACHE), opened(str(raster.path)) as source:
            for row in range(top, bottom, height):
                count = min(height, bottom - row)
                values = held if count == height else np.empty_like(held[:, :count])
                place = Window(left, row, right - left, count)
                source.read(out=values, window=place)
                _forget(source, values, place)
                yield row, values
    except RasterioError as error:
        raise _damaged(raster.path) from error


def _forget(source: DatasetReader, values: NDArray[np.floating], place: Window) -> None:
    """Make NaN of what is not known, and numbers of the unit of what is."""
    for band, (flags, nodata) in enumerate(
        zip(source.mask_flag_enums, source.nodatavals, strict=True)
    ):
        if MaskFlags.per_dataset in flags or MaskFlags.alpha in flags:
            values[band][source.read_masks(band + 1, window=place) == 0] = np.nan
        elif nodata is not None and not np.isnan(nodata):
            values[band][values[band] == values.dtype.type(nodata)] = np.nan
        scale, offset = source.scales[band], source.offsets[band]
        if (scale, offset) != (1.0, 0.0):
            values[band] *= scale
            values[band] += offset


def _fault(source: DatasetReader) -> tuple[str, str] | None:
    """Say why no sum can be made of a raster; None where one can."""
    place = source.transform
    if ColorInterp.palette in source.colorinterp or ColorInterp.red in source.colorinterp:
        return "เป็นภาพสี ไม่ใช่ตัวเลข", "is a coloured picture, not numbers"
    if any(np.dtype(kind).kind not in "iuf" for kind in source.dtypes):
        return "ไม่ใช่ตัวเลขที่รวมกันได้", "holds no numbers that can be added up"
    if source.crs is None or not (source.crs.is_projected or source.crs.is_geographic):
        return (
            "ไม่มีระบบพิกัด จึงไม่ทราบว่าอยู่ที่ใด ให้กำหนดระบบพิกัดใน QGIS แล้วบันทึกใหม่",
            "has no CRS, so nobody knows where it lies; set it in QGIS and save again",
        )
    if place.b or place.d or place.a <= 0 or place.e >= 0:
        return (
            "ถูกหมุนหรือกลับหัว ต้องมีทิศเหนืออยู่บน ให้ใช้ Warp ใน QGIS แล้วบันทึกใหม่",
            "is rotated or upside down; north must be up: warp it in QGIS and save again",
        )
    return None


def _described(source: DatasetReader, path: Path) -> RowRaster:
    """Describe a raster without a fault."""
    place = source.transform
    numbered = [f"band_{number}" for number in source.indexes]
    names = [str(name or own) for name, own in zip(source.descriptions, numbered, strict=True)]
    short = all(kind in ("uint8", "int8", "int16", "uint16", "float32") for kind in source.dtypes)
    return RowRaster(
        path=path,
        grid=Grid(place.c, place.f, place.a, -place.e, source.height, source.width),
        crs=source.crs.to_wkt(),
        bands=tuple(names if len(set(names)) == len(names) else numbered),
        step=max(shape[0] for shape in source.block_shapes),
        exact="float32" if short else "float64",
    )


def _damaged(path: Path) -> UnreadableFileError:
    return UnreadableFileError(
        f"เปิดไฟล์ {path.name} ไม่ได้ ต้องเป็น GeoTIFF ที่สมบูรณ์ ให้ส่งออกไฟล์ใหม่",
        f"cannot open {path.name}; it must be a whole GeoTIFF: export it again",
    )
