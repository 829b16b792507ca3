"""The office's base layers: subdistricts, districts, villages, roads and water."""

from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
from pyogrio.errors import DataSourceError

from gisapp.core.areas import plain_area_code
from gisapp.core.coordinates import LONLAT
from gisapp.core.headings import Headings
from gisapp.core.layers import dissolve_districts
from gisapp.core.problems import Problem
from gisapp.core.text import arabic_digits, clean_text, heading_key
from gisapp.errors import UnreadableFileError
from gisapp.store.sheets import received_files, shapefile_parts
from gisapp.store.tables import read_rows

_VECTORS = (".gpkg", ".shp", ".geojson", ".json", ".kml", ".fgb")

#: Styles, metadata and notes that lie beside layers.
_BESIDE = (".qml", ".qmd", ".sld", ".xml", ".txt", ".md", ".pdf", ".gpkg-wal", ".gpkg-shm")

#: Columns that tell what a layer is; tried in this order.
_TELLS = (
    ("villages", "village_code"),
    ("subdistricts", "subdistrict_code"),
    ("roads", "road_class"),
    ("rivers", "flow_class"),
)

#: Recognised, and left aside.
DISTRICTS = "districts"

_COLUMNS = {
    "subdistricts": (
        "subdistrict_code",
        "subdistrict_th",
        "subdistrict_en",
        "district_code",
        "district_th",
        "district_en",
        "province_th",
    ),
    "villages": ("village_code", "village_no", "village_th", "village_en", "subdistrict_code"),
    "roads": ("road_class", "surface", "name_th"),
    "rivers": ("name_th", "flow_class"),
    "lakes": ("name_th",),
}


@dataclass(frozen=True)
class Boundaries:
    """Base layers of an office, EPSG:4326; any of them may be empty.

    Codes are text without a country's letters; `districts` are dissolved from `subdistricts`.
    """

    subdistricts: gpd.GeoDataFrame
    districts: gpd.GeoDataFrame
    villages: gpd.GeoDataFrame
    roads: gpd.GeoDataFrame
    rivers: gpd.GeoDataFrame
    lakes: gpd.GeoDataFrame


def read_boundaries(folder: Path, headings: Headings) -> tuple[Boundaries, list[Problem]]:
    """Read what ``data/boundaries`` holds, told apart by columns, not by file names.

    Returns:
        boundaries: The layers that were recognised.
        problems: Files, and layers of files, that were not.

    Raises:
        UnreadableFileError: A file cannot be read, or has no CRS.
    """
    found: dict[str, list[gpd.GeoDataFrame]] = {name: [] for name in _COLUMNS}
    problems: list[Problem] = []
    files = received_files(folder) if folder.is_dir() else []
    parts = shapefile_parts(files)
    for path in files:
        if path in parts or path.suffix.lower() in _BESIDE:
            continue
        read = _read_layers(path, headings)
        for name, kind, layer in read:
            if kind in found:
                found[kind].append(layer)
            elif not kind and any(known for _, known, _ in read):
                problems.append(_not_used(path, name))
        if not any(kind for _, kind, _ in read):
            problems.append(_not_used(path, ""))
    layers = {name: _together(parts_of, _COLUMNS[name]) for name, parts_of in found.items()}
    subdistricts = layers["subdistricts"]
    return Boundaries(districts=dissolve_districts(subdistricts), **layers), problems


def _not_used(path: Path, layer: str) -> Problem:
    return Problem("boundary_file_not_used", file=f"data/boundaries/{path.name}", sheet=layer)


def _read_layers(path: Path, headings: Headings) -> list[tuple[str, str, gpd.GeoDataFrame]]:
    """Name, kind and rows of each layer of a file; the kind is "" where nothing tells it."""
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
        read.append((name, kind, _clean(named, kind, path) if kind else layer))
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
    for kind, column in _TELLS:
        table = headings.forms.get(kind, {})
        names = {
            written: table.get(heading_key(str(written)), str(written)) for written in layer.columns
        }
        if column in names.values():
            firsts: dict[str, str] = {}
            for written, ours in names.items():
                firsts.setdefault(ours, written)
            picked = layer[[firsts[ours] for ours in firsts]]
            return kind, picked.rename(columns={w: o for o, w in firsts.items()})
    # Districts are known but never used: they are the union of their subdistricts.
    written = {headings.column("subdistricts", heading_key(str(name))) for name in layer.columns}
    kind = DISTRICTS if "district_code" in written else name if name == "lakes" else ""
    return kind, layer


def _clean(layer: gpd.GeoDataFrame, kind: str, path: Path) -> gpd.GeoDataFrame:
    if layer.crs is None:
        raise UnreadableFileError(
            f"data/boundaries/{path.name} ไม่บอกระบบพิกัด (CRS) ต้องมี .prj หรือบันทึกเป็น GeoPackage",
            f"data/boundaries/{path.name} states no CRS; add its .prj or save it as GeoPackage",
        )
    layer = layer.to_crs(LONLAT)
    for column in ("subdistrict_code", "district_code", "village_code"):
        if column in layer:
            digits = layer[column].map(lambda cell: arabic_digits(clean_text(cell)))
            layer[column] = digits.map(plain_area_code)
    if kind == "villages":
        layer = _complete_villages(layer)
    if kind == "subdistricts":
        layer = _complete_subdistricts(layer)
    return layer


def _complete_villages(villages: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """An 8-digit code is the subdistrict and the village's number: nothing is guessed.

    Rows with shorter codes in a national list are provinces, districts and subdistricts. A
    country with other codes states the subdistrict itself.
    """
    thai = villages["village_code"].str.fullmatch(r"\d{8}").astype(bool)
    if thai.any():
        villages = villages[thai].copy()
        villages["subdistrict_code"] = villages["village_code"].str[:6]
        villages["village_no"] = villages["village_code"].str[6:].astype(int)
    else:
        villages = villages[villages["village_code"] != ""].copy()
        number = pd.to_numeric(villages.get("village_no"), errors="coerce")
        villages["village_no"] = pd.Series(number, villages.index).astype("Int64").astype(object)
    return villages.drop_duplicates("village_code", ignore_index=True)


def _complete_subdistricts(subdistricts: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    for column in ("subdistrict_th", "subdistrict_en", "district_th", "district_en"):
        if column not in subdistricts:
            subdistricts[column] = ""
        subdistricts[column] = subdistricts[column].map(clean_text)
    for area in ("subdistrict", "district"):
        # The only name there is, is the one that people read.
        own = subdistricts[f"{area}_th"]
        subdistricts[f"{area}_th"] = own.where(own != "", subdistricts[f"{area}_en"])
    subdistricts["district_code"] = _districts(subdistricts)
    # structure: a spike is cut off; the other method would keep it as a line beside the area.
    valid = subdistricts.make_valid(method="structure", keep_collapsed=False)
    subdistricts = subdistricts.set_geometry(valid)
    return subdistricts.dissolve("subdistrict_code", as_index=False)


def _districts(subdistricts: gpd.GeoDataFrame) -> pd.Series:
    """Code of each district: as stated; of a 6-digit Thai code its first four; else its name."""
    codes = subdistricts["subdistrict_code"]
    thai = codes.str.fullmatch(r"\d{6}").astype(bool)
    names = subdistricts["district_th"].where(subdistricts["district_th"] != "", codes.str[:4])
    made = codes.str[:4].where(thai, names)
    stated = subdistricts.get("district_code", pd.Series("", index=subdistricts.index))
    return stated.where(stated != "", made)


def _together(parts: list[gpd.GeoDataFrame], columns: tuple[str, ...]) -> gpd.GeoDataFrame:
    """Lay the parts of one layer together, with every column it should have."""
    if not parts:
        return gpd.GeoDataFrame({column: [] for column in columns}, geometry=[], crs=LONLAT)
    whole = pd.concat(parts, ignore_index=True)
    missing = {column: None for column in columns if column not in whole}
    return gpd.GeoDataFrame(whole.assign(**missing)[[*columns, "geometry"]], crs=LONLAT)
