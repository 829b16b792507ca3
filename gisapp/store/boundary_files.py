"""One file of ``data/boundaries``: its layers told apart by their columns, in degrees."""

from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely
from numpy.typing import NDArray
from pyogrio.errors import DataSourceError

from gisapp.core.conversions import Conversion, conversion_of
from gisapp.core.datum import LONLAT, to_degrees
from gisapp.core.given_layers import COLUMNS as GIVEN
from gisapp.core.given_layers import is_given
from gisapp.core.headings import Headings
from gisapp.core.problems import Problem
from gisapp.core.text import heading_key
from gisapp.errors import UnreadableFileError
from gisapp.store.tables import read_rows

_VECTORS = (".gpkg", ".shp", ".geojson", ".json", ".kml", ".fgb")

#: Columns that tell what a layer is; tried in this order.
_TELLS = (
    ("villages", "village_code"),
    ("subdistricts", "subdistrict_code"),
    ("roads", "road_class"),
    ("rivers", "flow_class"),
)

#: Recognised, and left aside.
DISTRICTS = "districts"


@dataclass(frozen=True)
class BoundaryLayer:
    """One layer of a file.

    Attributes:
        file: As people call it, below the office's folder.
        name: Of the layer, "" where the file has only one.
        kind: Base layer that it is, `DISTRICTS`, or "" where nothing tells it.
        rows: In EPSG:4326 with our column names, where the kind is one that is used.
        columns: As written.
        conversion: How its coordinates became degrees, where it declares another CRS.
    """

    file: str
    name: str
    kind: str
    rows: gpd.GeoDataFrame
    columns: tuple[str, ...] = ()
    conversion: Conversion | None = None

    def problem(self, kind: str, **facts: object) -> Problem:
        """Make a problem about this layer."""
        return Problem(kind, file=self.file, sheet=self.name, facts=facts)


def shown_path(path: Path) -> str:
    """A file of the office's boundaries as people call it."""
    return f"data/boundaries/{path.name}"


def read_boundary_file(path: Path, headings: Headings, datum_operation: int) -> list[BoundaryLayer]:
    """Read every layer of a file; none where it is of a kind that holds none.

    Args:
        path: The file.
        headings: What the columns of layers are called.
        datum_operation: EPSG code of the operation Indian 1975 -> WGS 84.

    Raises:
        UnreadableFileError: It cannot be read, or has no CRS.
        DatumOperationError: It is on Indian 1975 and the operation cannot be had.
    """
    suffix = path.suffix.lower()
    if suffix == ".csv":
        layers = [("", _read_table(path))]
    elif suffix in _VECTORS:
        layers = _read_vectors(path)
    else:
        return []
    read = []
    for name, layer in layers:
        kind, named = _tell(name, layer, headings)
        columns = tuple(str(column) for column in layer if column != "geometry")
        conversion = None
        if kind and kind != DISTRICTS:
            named, conversion = _in_degrees(named, path, datum_operation)
        title = name if len(layers) > 1 else ""
        read.append(BoundaryLayer(shown_path(path), title, kind, named, columns, conversion))
    return read


def _read_vectors(path: Path) -> list[tuple[str, gpd.GeoDataFrame]]:
    try:
        names = [name for name, geometry in pyogrio.list_layers(path) if geometry]
        return [(name, gpd.read_file(path, layer=name)) for name in names]
    except DataSourceError as error:
        raise UnreadableFileError(
            f"เปิด data/boundaries/{path.name} ไม่ได้: ไฟล์เสียหายหรือไม่ครบชุด",
            f"cannot open data/boundaries/{path.name}: it is damaged or incomplete",
        ) from error


def _read_table(path: Path) -> gpd.GeoDataFrame:
    """A CSV of villages: with `lat` and `lon` columns it has points, else names alone."""
    rows = read_rows(path)
    head = rows[0] if rows else []
    square = [[*row, *[""] * len(head)][: len(head)] for row in rows[1:]]
    frame = pd.DataFrame(square, columns=head)
    lowered = {column: str(column).lower() for column in frame}
    frame = frame.rename(columns=lowered)
    if {"lat", "lon"} <= set(frame):
        lon, lat = (pd.to_numeric(frame[name], errors="coerce") for name in ("lon", "lat"))
        points = gpd.GeoSeries.from_xy(lon, lat, crs=LONLAT).where(lon.notna() & lat.notna())
        return gpd.GeoDataFrame(frame, geometry=points)
    return gpd.GeoDataFrame(frame, geometry=[None] * len(frame), crs=LONLAT)


def _tell(name: str, layer: gpd.GeoDataFrame, headings: Headings) -> tuple[str, gpd.GeoDataFrame]:
    """Say which base layer this is, with its columns under our names; "" for none of them."""
    shapes = layer.geom_type.dropna().unique()
    for kind in GIVEN:
        names = _our_names(layer, kind, headings)
        if is_given(kind, names.values(), shapes):
            return kind, _renamed(layer, names)
    for kind, column in _TELLS:
        names = _our_names(layer, kind, headings)
        if column in names.values():
            return kind, _renamed(layer, names)
    # Districts are known but never used: they are the union of their subdistricts.
    written = {headings.column("subdistricts", heading_key(str(name))) for name in layer.columns}
    kind = DISTRICTS if "district_code" in written else name if name == "lakes" else ""
    return kind, layer


def _our_names(layer: gpd.GeoDataFrame, kind: str, headings: Headings) -> dict[str, str]:
    """Column as written -> ours for that kind of layer; what is none of ours stays as it is."""
    table = headings.forms.get(kind, {})
    return {
        written: table.get(heading_key(str(written)), str(written)) for written in layer.columns
    }


def _renamed(layer: gpd.GeoDataFrame, names: dict[str, str]) -> gpd.GeoDataFrame:
    firsts = _first_columns(names)
    picked = layer[[firsts[ours] for ours in firsts]]
    return picked.rename(columns={written: ours for ours, written in firsts.items()})


def _first_columns(names: dict[str, str]) -> dict[str, str]:
    """Our column -> the first that is written for it.

    A name in a second language of the country stands for the English one where there is none.
    """
    firsts: dict[str, str] = {}
    seconds: dict[str, str] = {}
    for written, ours in names.items():
        if firsts.setdefault(ours, written) != written and ours.endswith("_th"):
            seconds.setdefault(f"{ours.removesuffix('_th')}_en", written)
    return seconds | firsts


def _in_degrees(
    layer: gpd.GeoDataFrame, path: Path, datum_operation: int
) -> tuple[gpd.GeoDataFrame, Conversion | None]:
    """Degrees of WGS 84, from Indian 1975 by the office's operation and no other."""
    if layer.crs is None:
        raise UnreadableFileError(
            f"data/boundaries/{path.name} ไม่บอกระบบพิกัด (CRS) ต้องมี .prj หรือบันทึกเป็น GeoPackage",
            f"data/boundaries/{path.name} states no CRS; add its .prj or save it as GeoPackage",
        )
    crs, shapes = layer.crs.to_wkt(), layer.geometry.to_numpy()
    x, y = np.hsplit(shapely.get_coordinates(shapes), 2)
    conversion = conversion_of(crs, x.ravel(), y.ravel(), datum_operation)
    if conversion is None:
        return layer.set_crs(LONLAT, allow_override=True), None

    def turn(places: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(to_degrees(places[:, 0], places[:, 1], crs, datum_operation))

    turned = gpd.GeoSeries(shapely.transform(shapes, turn), index=layer.index, crs=LONLAT)
    return layer.set_geometry(turned), conversion
