"""The office's base layers: subdistricts, districts, villages, roads, water and given zones."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from gisapp.core.areas import plain_area_code
from gisapp.core.boundary_shapes import mended, on_earth, villages_once
from gisapp.core.conversions import Conversion, conversion_problem
from gisapp.core.coordinates import LONLAT
from gisapp.core.given_layers import COLUMNS as GIVEN
from gisapp.core.given_layers import clean_given
from gisapp.core.headings import Headings
from gisapp.core.layers import dissolve_districts
from gisapp.core.problems import Problem, ProblemList
from gisapp.core.registered_totals import registered_totals
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
    **GIVEN,
}


@dataclass(frozen=True)
class Boundaries:
    """Base layers of an office, EPSG:4326; any of them may be empty.

    Codes are text without a country's letters; `districts` are dissolved from `subdistricts`.
    `announced_zones`, `population_areas` and `neighbour_schools` are as `given_layers` cleans
    them; `totals` is the whole population of subdistricts where their files state it, in columns
    of the layer `population`. `conversions` says how the files that declare another CRS became
    degrees.
    """

    subdistricts: gpd.GeoDataFrame
    districts: gpd.GeoDataFrame
    villages: gpd.GeoDataFrame
    roads: gpd.GeoDataFrame
    rivers: gpd.GeoDataFrame
    lakes: gpd.GeoDataFrame
    announced_zones: gpd.GeoDataFrame
    population_areas: gpd.GeoDataFrame
    neighbour_schools: gpd.GeoDataFrame
    totals: pd.DataFrame
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
    problems = ProblemList()
    read = problems.keep(_read_layers(folder, headings, datum_operation))
    totals = [
        problems.keep(_totals(layer, headings)) for layer in read if layer.kind == "subdistricts"
    ]
    layers = [problems.keep(_cleaned(layer, headings)) for layer in read]
    layers = problems.keep(_each_village_once(layers))
    whole = {
        kind: _together([layer.rows for layer in layers if layer.kind == kind], columns)
        for kind, columns in _COLUMNS.items()
    }
    stated = [rows for rows in totals if len(rows)]
    made = Boundaries(
        districts=dissolve_districts(whole["subdistricts"]),
        **whole,
        totals=pd.concat(stated, ignore_index=True) if stated else pd.DataFrame(),
        conversions={
            " · ".join(filter(None, (layer.file, layer.name))): layer.conversion
            for layer in layers
            if layer.conversion is not None
        },
    )
    return made, problems + _doubts(layers)


def _read_layers(
    folder: Path, headings: Headings, datum_operation: int
) -> tuple[list[BoundaryLayer], list[Problem]]:
    """Every layer of the folder's files, and those that nothing tells."""
    layers, problems = list[BoundaryLayer](), list[Problem]()
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
        layers += read
    return layers, problems


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


def _cleaned(read: BoundaryLayer, headings: Headings) -> tuple[BoundaryLayer, list[Problem]]:
    """Give a layer that is used the columns that it should have, and clean codes."""
    if read.kind not in _COLUMNS:
        return read, []
    problems = ProblemList()
    layer, kind = problems.keep(on_earth(read.rows, read.problem(""))), read.kind
    if kind in GIVEN:
        layer = problems.keep(clean_given(kind, layer, headings, read.file, read.name))
        return replace(read, rows=layer), problems
    for column in ("subdistrict_code", "district_code", "village_code"):
        if column in layer:
            layer[column] = _codes(layer[column])
    if kind == "villages":
        layer = _complete_villages(layer)
    if kind == "subdistricts":
        layer = _complete_subdistricts(problems.keep(mended(layer, read.problem(""))))
    return replace(read, rows=layer), problems


def _each_village_once(layers: list[BoundaryLayer]) -> tuple[list[BoundaryLayer], list[Problem]]:
    """Keep one row of each village, whichever file it stands in."""
    lists = [layer for layer in layers if layer.kind == "villages"]
    if not lists:
        return layers, []
    kept, problems = villages_once(
        [layer.rows for layer in lists], [layer.problem("") for layer in lists]
    )
    once = [replace(layer, rows=rows) for layer, rows in zip(lists, kept, strict=True)]
    return [layer for layer in layers if layer.kind != "villages"] + once, problems


def _codes(written: pd.Series) -> pd.Series:
    """Codes of areas as text, without a country's letters."""
    return written.map(lambda cell: plain_area_code(arabic_digits(clean_text(cell))))


def _totals(layer: BoundaryLayer, headings: Headings) -> tuple[pd.DataFrame, list[Problem]]:
    """The people of subdistricts that the file states, before shapes of one code are joined."""
    rows = layer.rows.assign(subdistrict_code=_codes(layer.rows["subdistrict_code"]))
    return registered_totals(rows, headings, layer.file, layer.name)


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
    return villages.reset_index(drop=True)


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
    return _one_per_code(subdistricts)


def _one_per_code(subdistricts: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Join the shapes of each code; one without any keeps its row."""
    joined = subdistricts.dissolve("subdistrict_code", as_index=False)
    shapeless = joined.geometry.isna() | joined.geometry.is_empty
    return joined.set_geometry(joined.geometry.where(~shapeless, shapely.MultiPolygon()))


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
    if "subdistrict_code" in columns[:1] and whole["subdistrict_code"].duplicated().any():
        whole = _one_per_code(whole)
    missing = {column: None for column in columns if column not in whole}
    return gpd.GeoDataFrame(whole.assign(**missing)[[*columns, "geometry"]], crs=LONLAT)
