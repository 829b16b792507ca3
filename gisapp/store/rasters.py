"""GeoTIFF rasters in and out."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.transform import from_origin

from gisapp.core.grids import Grid
from gisapp.errors import LayerNotFoundError, UnreadableFileError


@dataclass(frozen=True)
class Raster:
    """One band of north-up square cells in a metric CRS.

    Attributes:
        values: [row, column], row 0 in the north.
        west, north: Outer corner of cell (0, 0), metres.
        cell_m: Side of a cell, metres.
        crs: For example "EPSG:32647".
        nodata: The value that means "not known"; None when every cell is known.
    """

    values: NDArray[Any]
    west: float
    north: float
    cell_m: float
    crs: str
    nodata: float | None = None

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Outer edges: west, south, east, north, metres."""
        rows, columns = self.values.shape
        south = self.north - rows * self.cell_m
        return self.west, south, self.west + columns * self.cell_m, self.north

    def known(self) -> NDArray[np.float64]:
        """Return the values as float64, NaN where not known."""
        values = self.values.astype(np.float64)
        return values if self.nodata is None else np.where(values == self.nodata, np.nan, values)

    def at(self, x_m: NDArray[np.float64], y_m: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the value of the cell that holds each point; NaN outside and where not known.

        A point on the line between two cells belongs to the eastern, the southern one.
        """
        rows, columns = self.values.shape
        x, y = np.asarray(x_m, dtype=np.float64), np.asarray(y_m, dtype=np.float64)
        west, south, east, north = self.bounds
        # Written so that a NaN coordinate fails and is outside.
        inside = (x >= west) & (x < east) & (y > south) & (y <= north)
        column = np.where(inside, x - west, 0) // self.cell_m
        row = np.where(inside, north - y, 0) // self.cell_m
        row, column = np.minimum(row, rows - 1), np.minimum(column, columns - 1)
        return np.where(inside, self.known()[row.astype(int), column.astype(int)], np.nan)


def write_raster(raster: Raster, path: Path, *, unit: str) -> None:
    """Write one band as a deflated GeoTIFF in a single step; the same raster gives the same bytes.

    `unit`: What one step of value is, as the band's unit: "metre", "people per cell".
    """
    rows, columns = raster.values.shape
    grid = Grid(raster.west, raster.north, raster.cell_m, raster.cell_m, rows, columns)
    write_bands(raster.values[None], grid, raster.crs, path, units=(unit,), nodata=raster.nodata)


def write_bands(
    values: NDArray[Any],
    grid: Grid,
    crs: str,
    path: Path,
    *,
    units: Sequence[str],
    nodata: float | None,
) -> None:
    """Write bands as a deflated GeoTIFF in a single step; the same values give the same bytes.

    Args:
        values: [band, row, column].
        grid, crs: Where the cells lie.
        path: The file; replaced if it is there.
        units: What one step of value is, of each band.
        nodata: The value that means "not known"; None when every cell is known.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.part")
    with rasterio.open(
        unfinished,
        "w",
        driver="GTiff",
        dtype=values.dtype.name,
        count=len(values),
        height=grid.rows,
        width=grid.columns,
        crs=crs,
        transform=from_origin(grid.west, grid.north, grid.cell_x, grid.cell_y),
        nodata=nodata,
        compress="deflate",
        # Level 9 takes eight times as long to save four parts in a hundred; bands of different
        # things side by side take more room than one after the other.
        zlevel=6,
        interleave="band",
        predictor=3 if values.dtype.kind == "f" else 2,
        tiled=True,
        blockxsize=256,
        blockysize=256,
    ) as target:
        target.write(values)
        target.update_tags(AREA_OR_POINT="Area")
        for band, unit in enumerate(units, start=1):
            target.set_band_unit(band, unit)
    unfinished.replace(path)  # a reader never sees half a file


def read_raster(path: Path) -> Raster:
    """Read the first band of a raster with square, north-up cells in metres.

    Raises:
        LayerNotFoundError: No such file.
        UnreadableFileError: Not a raster, or its cells are not square, north-up and in metres.
    """
    if not path.is_file():
        raise LayerNotFoundError(f"ไม่พบไฟล์ {path}", f"there is no raster {path}")
    try:
        with rasterio.open(path) as source:
            values, place, crs, nodata = (
                source.read(1),
                source.transform,
                source.crs,
                source.nodata,
            )
    except rasterio.errors.RasterioIOError as error:
        raise UnreadableFileError(
            f"เปิดไฟล์ {path.name} ไม่ได้ ต้องเป็นภาพราสเตอร์ เช่น GeoTIFF ให้ส่งออกไฟล์ใหม่",
            f"cannot open {path.name} as a raster; export it again, for example as GeoTIFF",
        ) from error
    square = place.a > 0 and place.a == -place.e and place.b == place.d == 0
    if crs is None or not crs.is_projected or not square:
        raise UnreadableFileError(
            f"{path.name} ต้องมีเซลล์สี่เหลี่ยมจัตุรัส ทิศเหนืออยู่บน และระบบพิกัดเป็นเมตร เช่น EPSG:32647 "
            "ให้แปลงระบบพิกัดก่อน",
            f"{path.name} needs square, north-up cells and a CRS in metres such as EPSG:32647; "
            "reproject it first",
        )
    return Raster(values, place.c, place.f, place.a, crs.to_string(), nodata)
