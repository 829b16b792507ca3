"""Zones, population areas and neighbours' schools as map files give them -> clean layers."""

from collections.abc import Collection
from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gisapp.core.areas import plain_area_code
from gisapp.core.grades import GRADE, PRIMARY
from gisapp.core.headings import Headings
from gisapp.core.levels_stated import levels_named
from gisapp.core.offered import levels_between
from gisapp.core.problems import Problem
from gisapp.core.text import clean_text, heading_key, parse_code, parse_year_be

ZONES, AREAS, NEIGHBOURS = "announced_zones", "population_areas", "neighbour_schools"

#: Layer -> columns that it is published with.
COLUMNS = {
    ZONES: ("smis_code", "school_name_th", "education_level", "announced_be"),
    AREAS: ("area_code", "area_name"),
    NEIGHBOURS: ("smis_code", "school_name_th", "levels_offered"),
}

_POLYGONS = ("Polygon", "MultiPolygon")
_POINTS = ("Point",)

#: Layer -> types of its shapes, groups of columns of each of which it has one, and columns that
#: tell another layer.
_TOLD_BY: dict[str, tuple[tuple[str, ...], tuple[set[str], ...], set[str]]] = {
    ZONES: (_POLYGONS, ({"smis_code"}, {"education_level", "announced_be"}), set()),
    AREAS: (_POLYGONS, ({"area_code"},), {"subdistrict_code", "village_code"}),
    NEIGHBOURS: (
        _POINTS,
        ({"smis_code", "school_name_th"}, {"levels_offered", "lowest_grade", "highest_grade"}),
        {"village_code"},
    ),
}


def is_given(layer: str, columns: Collection[str], shapes: Collection[str]) -> bool:
    """Tell whether a map file holds a layer of `COLUMNS`.

    Args:
        layer: Key of `COLUMNS`.
        columns: Of the file, under our names.
        shapes: Types of its geometries.
    """
    types, groups, others = _TOLD_BY[layer]
    own = set(columns)
    told = bool(set(shapes) & set(types)) and not own & others
    return told and all(own & group for group in groups)


def clean_given(
    layer: str, rows: gpd.GeoDataFrame, headings: Headings, file: str, sheet: str
) -> tuple[gpd.GeoDataFrame, list[Problem]]:
    """Give a layer its columns, with codes and levels as text.

    A zone of several levels becomes one row for each; one that names no level is of primary
    school, as the law speaks of it. A neighbour's school without a code is called by its name.

    Args:
        layer: Key of `COLUMNS`.
        rows: As read, under our names, EPSG:4326.
        headings: What levels and grades are called.
        file, sheet: As problems name them.

    Returns:
        rows: Columns `COLUMNS` and geometry.
        problems: Rows that cannot be used, and codes that were numbers.
    """
    where = Problem("", file=file, sheet=sheet)
    codes = "area_code" if layer == AREAS else "smis_code"
    problems = _numbers(rows, codes, where)
    rows = rows.reset_index(drop=True).copy()
    for column in ("smis_code", "area_code"):
        if column in rows:
            rows[column] = [plain_area_code(parse_code(cell)) for cell in rows[column]]
    for column in ("school_name_th", "area_name"):
        rows[column] = [clean_text(cell) for cell in rows[column]] if column in rows else ""
    shaped = np.asarray(rows.geom_type.isin(_TOLD_BY[layer][0]) & ~rows.geometry.is_empty)
    problems += _left_out("given_rows_without_shape", shaped, where, layer)
    rows = rows[shaped]
    if layer == NEIGHBOURS:
        rows, found = _neighbours(rows, headings, where)
    else:
        coded = np.asarray(rows[codes] != "")
        found = _left_out("given_rows_without_code", coded, where, layer)
        rows = rows[coded]
        if layer == ZONES:
            rows, unknown = _zones(rows, headings, where)
            found += unknown
    kept = rows.reset_index(drop=True)[[*COLUMNS[layer], "geometry"]]
    return gpd.GeoDataFrame(kept, crs=rows.crs), problems + found


def _numbers(rows: gpd.GeoDataFrame, column: str, where: Problem) -> list[Problem]:
    """A code that is kept as a number has lost the zeros that it may have begun with."""
    if column not in rows or not pd.api.types.is_numeric_dtype(rows[column]):
        return []
    return [replace(where, kind="given_codes_are_numbers", column=column, value=column)]


def _left_out(kind: str, kept: NDArray[np.bool_], where: Problem, layer: str) -> list[Problem]:
    lost = int((~kept).sum())
    return [replace(where, kind=kind, value=layer, facts={"rows": lost})] if lost else []


def _zones(
    rows: gpd.GeoDataFrame, headings: Headings, where: Problem
) -> tuple[gpd.GeoDataFrame, list[Problem]]:
    """One row per zone and level, and the Buddhist year of its announcement."""
    written = rows.get("education_level", pd.Series("", rows.index)).map(clean_text)
    levels = {text: levels_named(text, headings) for text in written.unique()}
    levels[""] = (PRIMARY,)
    problems = _unread(written, levels, where, "given_level")
    years = rows.get("announced_be", pd.Series(None, rows.index))
    named = rows.assign(
        education_level=[levels[text] or () for text in written],
        announced_be=[_year(cell) for cell in years],
    )
    each = named[named["education_level"].map(len) > 0].explode("education_level")
    return each, problems


def _year(cell: object) -> float:
    """Buddhist year; NaN where the cell holds none."""
    try:
        year = parse_year_be(clean_text(cell))  # type: ignore[arg-type]  # any cell of a map file
    except ValueError:
        return np.nan
    return np.nan if year is None else year


def _unread(
    written: pd.Series, levels: dict[str, tuple[str, ...] | None], where: Problem, kind: str
) -> list[Problem]:
    """One problem for each text whose levels are not understood."""
    counts = written.value_counts()
    return [
        replace(where, kind=kind, value=text, facts={"rows": int(counts[text])})
        for text in sorted(levels)
        if levels[text] is None
    ]


def _neighbours(
    rows: gpd.GeoDataFrame, headings: Headings, where: Problem
) -> tuple[gpd.GeoDataFrame, list[Problem]]:
    """Schools with the levels that they teach; a name that stands twice is told by its place."""
    written = rows.get("levels_offered", pd.Series("", rows.index)).map(clean_text)
    levels = {text: levels_named(text, headings) for text in written.unique()}
    problems = _unread(written, levels, where, "given_neighbour_level")
    offered = pd.Series([",".join(levels[text] or ()) for text in written], rows.index)
    bounds = [_grades(rows, column, headings) for column in ("lowest_grade", "highest_grade")]
    offered = offered.where(offered != "", levels_between(*bounds))
    code = rows.get("smis_code", pd.Series("", rows.index, dtype=object))
    names = rows["school_name_th"]
    places = [f" ({point.x:.5f}, {point.y:.5f})" for point in rows.geometry]
    told = names.where(~names.duplicated(keep=False), names + pd.Series(places, rows.index))
    known = np.asarray((code != "") | (names != ""))
    problems += _left_out("given_rows_without_code", known, where, NEIGHBOURS)
    made = rows.assign(smis_code=code.where(code != "", told), levels_offered=offered)
    return made[known], problems


def _grades(rows: gpd.GeoDataFrame, column: str, headings: Headings) -> pd.Series:
    """Codes of grades; "" where the cell names none."""
    if column not in rows:
        return pd.Series("", rows.index, dtype=object)
    found = rows[column].map(lambda cell: headings.grades.get(heading_key(cell), ""))
    return found.where(found.isin(list(GRADE)), "")
