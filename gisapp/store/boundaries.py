"""The office's base layers: subdistricts, districts, villages, roads and water."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import geopandas as gpd
import pandas as pd

from gisapp.core.areas import plain_area_code
from gisapp.core.conversions import Conversion, conversion_problem
from gisapp.core.coordinates import LONLAT
from gisapp.core.headings import Headings
from gisapp.core.layers import dissolve_districts
from gisapp.core.problems import Problem
from gisapp.core.text import arabic_digits, clean_text
from gisapp.store.boundary_files import (
    DISTRICTS,
    BoundaryLayer,
    read_boundary_file,
    shown_path,
)
from gisapp.store.file_names import under_shown_name
from gisapp.store.sheets import received_files, shapefile_parts

#: Styles, metadata and notes that lie beside layers.
_BESIDE = (".qml", ".qmd", ".sld", ".xml", ".txt", ".md", ".pdf", ".gpkg-wal", ".gpkg-shm")

_COLUMNS = {
    "subdistricts": (
        "subdistrict_code",
        "subdistrict_th",
        "subdistrict_en",
        "district_code",
        "district_th",
        "district_en",
        "province_th",
        "province_en",
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
    `conversions` says how the files that declare another CRS became degrees.
    """

    subdistricts: gpd.GeoDataFrame
    districts: gpd.GeoDataFrame
    villages: gpd.GeoDataFrame
    roads: gpd.GeoDataFrame
    rivers: gpd.GeoDataFrame
    lakes: gpd.GeoDataFrame
    conversions: Mapping[str, Conversion]


def read_boundaries(
    folder: Path, headings: Headings, datum_operation: int
) -> tuple[Boundaries, list[Problem]]:
    """Read what ``data/boundaries`` holds, told apart by columns, not by file names.

    Args:
        folder: ``data/boundaries``.
        headings: What the columns of its layers are called.
        datum_operation: EPSG code of the operation Indian 1975 -> WGS 84.

    Returns:
        boundaries: The layers that were recognised.
        problems: Files, and layers of files, that were not, or whose names or CRS are doubtful.

    Raises:
        UnreadableFileError: A file cannot be read, or has no CRS.
        DatumOperationError: A file is on Indian 1975 and the operation cannot be had.
    """
    problems: list[Problem] = []
    layers: list[BoundaryLayer] = []
    files = received_files(folder) if folder.is_dir() else []
    parts = shapefile_parts(files)
    for path in files:
        if path in parts or path.suffix.lower() in _BESIDE:
            continue
        with under_shown_name(path) as readable:
            read = read_boundary_file(readable, headings, datum_operation)
        unknown = [layer for layer in read if not layer.kind]
        if len(unknown) < len(read):
            problems += [layer.problem("boundary_file_not_used") for layer in unknown]
        else:
            problems.append(Problem("boundary_file_not_used", file=shown_path(readable)))
        layers += [_cleaned(layer) for layer in read]
    whole = {
        kind: _together([layer.rows for layer in layers if layer.kind == kind], columns)
        for kind, columns in _COLUMNS.items()
    }
    districts = dissolve_districts(whole["subdistricts"])
    conversions = {
        " · ".join(filter(None, (layer.file, layer.name))): layer.conversion
        for layer in layers
        if layer.conversion is not None
    }
    made = Boundaries(districts=districts, **whole, conversions=conversions)
    return made, problems + _doubts(layers)


def _doubts(layers: list[BoundaryLayer]) -> list[Problem]:
    """What is doubtful about layers that are used, and districts that lack their subdistricts."""
    problems = [
        conversion_problem(layer.conversion, layer.file, layer.name)
        for layer in layers
        if layer.conversion is not None
    ]
    areas = [layer for layer in layers if layer.kind == "subdistricts"]
    for layer in areas:
        if not (layer.rows["subdistrict_th"] != "").any():
            found = ", ".join(layer.columns)
            problems.append(layer.problem("boundary_names_unknown", found=found))
    if not areas:
        problems += [layer.problem("only_districts") for layer in layers if layer.kind == DISTRICTS]
    return problems


def _cleaned(read: BoundaryLayer) -> BoundaryLayer:
    """Give a layer that is used the columns that it should have, and clean codes."""
    if read.kind not in _COLUMNS:
        return read
    layer, kind = read.rows, read.kind
    for column in ("subdistrict_code", "district_code", "village_code"):
        if column in layer:
            digits = layer[column].map(lambda cell: arabic_digits(clean_text(cell)))
            layer[column] = digits.map(plain_area_code)
    if kind == "villages":
        layer = _complete_villages(layer)
    if kind == "subdistricts":
        layer = _complete_subdistricts(layer)
    return replace(read, rows=layer)


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
