"""GeoPackage layers in and out; the same tables always give the same bytes."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import geopandas as gpd
import pyogrio

from gisapp.errors import LayerNotFoundError, UnreadableFileError

#: Boundaries say nothing of when they were written: two runs must give equal files.
WRITTEN_AT = "2025-06-10T00:00:00.000Z"


def write_layers(
    layers: Mapping[str, gpd.GeoDataFrame], path: Path, *, written_at: str = WRITTEN_AT
) -> None:
    """Write a GeoPackage with the layers in their order, replacing an old file in a single step.

    `layers`: Layer name -> rows.
    `path`: Ends in ``.gpkg``.
    `written_at`: ISO time with milliseconds and Z that the file states as its last change.

    Raises:
        UnreadableFileError: A layer does not say its CRS.
    """
    for name, rows in layers.items():
        if rows.crs is None:
            raise _no_crs(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.stem}.part.gpkg")
    unfinished.unlink(missing_ok=True)
    with _time_stated(written_at):
        for name, rows in layers.items():
            pyogrio.write_dataframe(
                rows,
                unfinished,
                layer=name,
                driver="GPKG",
                append=unfinished.exists(),
                # QGIS 3.22 and older checkers balk at 1.4.
                dataset_options={} if unfinished.exists() else {"VERSION": "1.3"},
            )
    unfinished.replace(path)  # a reader never sees half a file


def layer_names(path: Path) -> list[str]:
    """Return the names of a file's layers in their order.

    Raises:
        LayerNotFoundError: No such file.
        UnreadableFileError: Not a file of vector layers.
    """
    if not path.is_file():
        raise LayerNotFoundError(f"ไม่พบไฟล์ {path}", f"there is no file {path}")
    try:
        return [str(name) for name in pyogrio.list_layers(path)[:, 0]]
    except pyogrio.errors.DataSourceError as error:
        raise _unreadable(path) from error


def read_layer(
    path: Path, layer: str | None = None, *, crs: str | None = "EPSG:4326"
) -> gpd.GeoDataFrame:
    """Read one layer, rows in the order of the file.

    `layer`: Name; None reads the file's first layer.
    `crs`: What to read it in; None leaves the file's own.

    Raises:
        LayerNotFoundError: No such file, or no such layer in it.
        UnreadableFileError: Not a file of vector layers, or it does not say its CRS.
    """
    names = layer_names(path)
    if not names or (layer is not None and layer not in names):
        raise LayerNotFoundError(
            f"ไฟล์ {path.name} ไม่มีชั้นข้อมูล {layer or ''} มีเพียง {', '.join(names)}",
            f"{path.name} has no layer {layer or ''}; it has {', '.join(names)}",
        )
    rows: gpd.GeoDataFrame = pyogrio.read_dataframe(path, layer=layer or names[0])
    if not isinstance(rows, gpd.GeoDataFrame) or rows.crs is None:
        raise _no_crs(path.name)
    return rows if crs is None else rows.to_crs(crs)


@contextmanager
def _time_stated(written_at: str) -> Iterator[None]:
    """Make GDAL state this time instead of now; an option of the whole process, so set back."""
    before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": written_at})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": before})


def _no_crs(name: str) -> UnreadableFileError:
    return UnreadableFileError(
        f"ไม่ทราบระบบพิกัดของ {name} ให้กำหนดระบบพิกัดใน QGIS แล้วบันทึกใหม่",
        f"the CRS of {name} is not known; set it in QGIS and save again",
    )


def _unreadable(path: Path) -> UnreadableFileError:
    return UnreadableFileError(
        f"เปิดไฟล์ {path.name} ไม่ได้ ต้องเป็นชั้นข้อมูลแผนที่ เช่น GeoPackage ให้ส่งออกไฟล์ใหม่",
        f"cannot open {path.name} as map layers; export it again, for example as GeoPackage",
    )
