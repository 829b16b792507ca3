"""What coverage found, told as the officer knows it: by name and place, and nothing twice."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import geopandas as gpd
import pandas as pd

from gisapp.core.problems import VILLAGE_KEY, Problem

#: What the check of the sheets says of shares, and what coverage says of them.
_IN_SHEETS = "share_sum"
_SAME, _MORE = "zone_share_sum", "zone_share_none"

#: Found where a school stands, so that the map can show it.
_AT_SCHOOL = "school_outside_zone"


def tell(
    found: Sequence[Problem],
    sheets: pd.DataFrame,
    schools: gpd.GeoDataFrame,
    villages: pd.DataFrame,
) -> list[Problem]:
    """Leave out what the sheets' check tells, and name places, villages and schools of the rest.

    Args:
        found: What is doubtful about zones, children and raster.
        sheets: Layer `problems`, as the check of the sheets made it.
        schools: Own schools as published, EPSG:4326.
        villages: Layer as published.
    """
    shares = sheets[sheets["kind"] == _IN_SHEETS]
    said = set(zip(shares["key"], shares["value"], strict=True))
    # A sheet's check knows no level: a village may stand there once for each.
    cells = {row["key"]: row for row in shares.to_dict("records")}
    named = _names(villages["village_code"], villages["village_th"])
    schooled = _names(schools["smis_code"], schools["school_name_th"])
    points = {
        code: (point.x, point.y)
        for code, point in zip(schools["smis_code"], schools.geometry, strict=True)
        if point is not None and not point.is_empty
    }
    told = []
    for problem in found:
        key = problem.key.partition(" ")[0]
        if problem.kind == _SAME and (key, problem.value) in said:
            continue
        placed = _in_cell(problem, cells.get(key))
        if problem.kind == _AT_SCHOOL and problem.school in points:
            lon, lat = points[problem.school]
            placed = replace(placed, lon=lon, lat=lat)
        told.append(_by_name(placed, named, schooled))
    return told


def _names(codes: pd.Series, names: pd.Series) -> dict[str, str]:
    """Code -> "name (code)", of those that have a name."""
    known = codes.notna() & names.notna() & (names != "")
    return {
        str(code): f"{name} ({code})" for code, name in zip(codes[known], names[known], strict=True)
    }


def _in_cell(problem: Problem, cell: Mapping[Hashable, Any] | None) -> Problem:
    """Say where shares stand, as far as the sheets' check found them."""
    if cell is None or problem.kind not in (_SAME, _MORE):
        return problem
    file, sheet, column, spot = (
        str(cell[name]) if pd.notna(cell[name]) else ""
        for name in ("file", "sheet", "column", "cell")
    )
    row = int(cell["row"]) if pd.notna(cell["row"]) else None
    return replace(problem, file=file, sheet=sheet, row=row, column=column, cell=spot)


def _by_name(problem: Problem, villages: Mapping[str, str], schools: Mapping[str, str]) -> Problem:
    """Name the village and the school that a problem is about, beside their codes."""
    facts = dict(problem.facts)
    village = facts.get("village")
    if problem.key.startswith(VILLAGE_KEY) and village in villages:
        facts["village"] = villages[str(village)]
    if problem.school in schools:
        facts["school"] = schools[problem.school]
    return replace(problem, facts=facts)
