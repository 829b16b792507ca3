"""Shapes of boundary files: on the earth, closed, and each village once."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from gisapp.core.problems import Problem

#: So many codes are named in one sentence.
_NAMED = 8

#: Two points of a village this near are the same, degrees: a decimetre or so.
_SAME_DEG = 1e-6

#: Columns that name a row, the first that a layer has.
_CODES = ("village_code", "subdistrict_code", "area_code", "smis_code")


def on_earth(rows: gpd.GeoDataFrame, where: Problem) -> tuple[gpd.GeoDataFrame, list[Problem]]:
    """Take away the shapes that reach beyond the earth, as where lat and lon are swapped.

    Args:
        rows: EPSG:4326; a geometry may be None.
        where: Names the file; its kind is replaced.
    """
    bounds = rows.geometry.bounds.to_numpy().reshape(-1, 4)
    given = ~(rows.geometry.isna() | rows.geometry.is_empty).to_numpy()
    off = given & ~(np.abs(bounds) <= (180, 90, 180, 90)).all(axis=1)
    if not off.any():
        return rows, []
    left = rows.set_geometry(rows.geometry.where(~off))
    return left, [_about(where, "boundary_off_earth", rows[off])]


def mended(rows: gpd.GeoDataFrame, where: Problem) -> tuple[gpd.GeoDataFrame, list[Problem]]:
    """Close polygons that cross themselves; a spike is cut off."""
    crossed = ~(rows.geometry.is_valid | rows.geometry.isna()).to_numpy()
    if not crossed.any():
        return rows, []
    # structure: the other method would keep a spike as a line beside the area.
    valid = rows.geometry.make_valid(method="structure", keep_collapsed=False)
    return rows.set_geometry(valid), [_about(where, "boundary_mended", rows[crossed])]


def villages_once(
    parts: list[gpd.GeoDataFrame], places: list[Problem]
) -> tuple[list[gpd.GeoDataFrame], list[Problem]]:
    """Keep one row of each village: the first that has a point, else the first.

    Args:
        parts: Layers of villages with `village_code`, EPSG:4326.
        places: Name the file of each; their kinds are replaced.

    Returns:
        parts: Without the rows that stand again.
        problems: Files in which a village stands again, on another point.
    """
    rows = pd.concat(
        [
            pd.DataFrame({"code": part["village_code"], "shape": part.geometry, "part": number})
            for number, part in enumerate(parts)
        ]
    ).reset_index(names="row")
    shapes = rows["shape"].to_numpy(object)
    rows["bare"] = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    rows = rows.sort_values("bare", kind="stable")
    again = rows["code"].duplicated()
    first = rows[~again].set_index("code")["shape"]
    away = shapely.distance(rows["shape"].to_numpy(), rows["code"].map(first).to_numpy())
    moved = again & (away > _SAME_DEG)
    problems = [
        _about(places[number], "village_twice", parts[number].loc[there["row"]])
        for number, there in rows[moved].groupby("part")
    ]
    lost = {number: there["row"] for number, there in rows[again].groupby("part")}
    kept = [part.drop(index=lost.get(number, [])) for number, part in enumerate(parts)]
    return kept, problems


def _about(where: Problem, kind: str, rows: pd.DataFrame) -> Problem:
    """Name the rows that a problem is about, and count them."""
    column = next((column for column in _CODES if column in rows), None)
    codes = sorted({str(code) for code in rows[column] if code}) if column else []
    shown = ", ".join(codes[:_NAMED]) + (" …" if len(codes) > _NAMED else "")
    facts = {"rows": len(rows), "codes": shown or "–"}
    return Problem(kind, file=where.file, sheet=where.sheet, value=" ".join(codes), facts=facts)
