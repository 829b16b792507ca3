"""What points by name say of the register's schools: proposals, disagreements, and what is left."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
import pandas as pd

from gisapp.core.counts import cell_problem
from gisapp.core.ground import Ground, Land, Standing, make_land, registered_places, stand
from gisapp.core.located import locate
from gisapp.core.place_files import file_problems, whole_files
from gisapp.core.place_words import SURVEYED, Sought, degrees, kilometres, where_it_falls
from gisapp.core.problems import Problem
from gisapp.core.school_points import (
    BEGINNING,
    REMARK,
    SAME,
    PointMatches,
    believable,
    distances_m,
    match_points,
)
from gisapp.core.tables import FormTable

_LIKENESS = {
    SAME: ("ชื่อตรงกัน", "the name is the same"),
    REMARK: ("ชื่อตรงกันยกเว้นคำในวงเล็บ", "the name is the same but for a remark in brackets"),
    BEGINNING: ("ชื่อที่ถูกตัดตรงกับโรงเรียนเดียว", "the cut name begins only this school's"),
}


@dataclass(frozen=True)
class PlacedSchools:
    """The register with the places that it has by itself.

    Attributes:
        register: Clean, located register, index 0 … n-1.
        tables: Sheets that `register["table"]` points at.
        places: geometry (EPSG:4326) and `location_quality`, index as `register`.
        accepted: Schools whose place an officer has decided: nobody proposes another.
    """

    register: pd.DataFrame
    tables: Sequence[FormTable]
    places: gpd.GeoDataFrame
    accepted: frozenset[str] = frozenset()


def propose_points(
    schools: PlacedSchools, points: Sequence[FormTable], ground: Ground, problems: Sequence[Problem]
) -> list[Problem]:
    """Propose the points that match by name, and say which sources disagree.

    Args:
        schools: The register; its own points stay what they are.
        points: Tables of the form ``school_points``.
        ground: The office's land.
        problems: What is doubtful about the schools' own places; a school that lacks
            coordinates has one problem, which then proposes some.

    Returns:
        problems: The given ones and the new.
    """
    if not points or not len(schools.register):
        return _fold_bare_lists(problems, schools.tables)
    land = make_land(ground)
    matches = match_points(points, schools.register, land)
    found = _of_schools(schools, matches, points, land)
    answered = {p.key for p in found if p.kind in ("point_proposed", "point_elsewhere")}
    kept = [p for p in problems if p.kind != "no_coordinates" or p.key not in answered]
    kept = _fold_bare_lists(kept, schools.tables)
    return kept + found + _of_files(schools.register, matches, points, land)


def _fold_bare_lists(problems: Sequence[Problem], tables: Sequence[FormTable]) -> list[Problem]:
    """Say once of a list without columns for coordinates what is true of all its schools."""
    bare = {(t.sheet.file, t.sheet.name) for t in tables if not {"lat", "lon"} & set(t.places)}
    kept, counts = [], Counter[tuple[str, str]]()
    for problem in problems:
        where = (problem.file, problem.sheet)
        if problem.kind == "no_coordinates" and where in bare:
            counts[where] += 1
        else:
            kept.append(problem)
    return kept + [
        Problem("list_without_coordinates", file, sheet, facts={"rows": rows})
        for (file, sheet), rows in counts.items()
    ]


def _of_schools(
    schools: PlacedSchools, matches: PointMatches, points: Sequence[FormTable], land: Land
) -> list[Problem]:
    """One problem per school whose point is missing, or lies elsewhere than its own."""
    pairs, register = matches.pairs, schools.register
    rows = register.iloc[pairs["school"].to_numpy(dtype=np.intp)].reset_index(drop=True)
    lon = pairs["lon"].to_numpy(dtype=np.float64)
    lat = pairs["lat"].to_numpy(dtype=np.float64)
    standing = stand(land, registered_places(rows, land), lon, lat)
    blank = ((rows["lat"] == "") & (rows["lon"] == "")).to_numpy()
    inside = believable(pairs)
    quality = schools.places["location_quality"].to_numpy()[pairs["school"].to_numpy(dtype=np.intp)]
    away_m = distances_m(pairs, schools.places, land)
    surveyed = quality == SURVEYED
    far = surveyed & inside & (away_m > land.ground.limits.moved_m)
    doubted = ~surveyed & ~blank & inside
    problems = []
    decided = rows["smis_code"].isin(list(schools.accepted)).to_numpy()
    for place in np.flatnonzero((far | blank | doubted) & ~decided):
        kind = "points_differ" if far[place] else "point_instead"
        if blank[place]:
            kind = "point_proposed" if inside[place] else "point_elsewhere"
        pair = pairs.iloc[place]
        found = _doubt(kind, rows, int(place), schools.tables, land, standing, pair)
        table = points[pair["table"]]
        facts = {
            **found.facts,
            "point_name": table.frame.at[pair["row"], "school_name_th"],
            "point_file": table.sheet.file,
            "point_cell": table.address(int(pair["row"]), "lat"),
            "distance_km": kilometres(float(away_m[place])),
        }
        proposal: dict[str, str] = {}
        if kind in ("point_proposed", "point_instead"):
            proposal = {"lat": pair["lat_text"], "lon": pair["lon_text"]}
        problems.append(replace(found, facts=facts, proposal=proposal))
    return problems


def _doubt(
    kind: str,
    rows: pd.DataFrame,
    place: int,
    tables: Sequence[FormTable],
    land: Land,
    standing: Standing,
    pair: pd.Series,
) -> Problem:
    row = rows.iloc[place]
    lon, lat = float(pair["lon"]), float(pair["lat"])
    sought = Sought(place, standing, row["subdistrict"], row["district"], row["subdistrict_code"])
    where_th, where_en = where_it_falls(land, sought, lon, lat)
    like_th, like_en = _LIKENESS[pair["likeness"]]
    read_th = read_en = ""
    if pair["zone"]:
        read_th = f" (แปลงจาก UTM โซน {pair['zone']} บน {pair['datum']})"
        read_en = f" (converted from UTM zone {pair['zone']} on {pair['datum']})"
    table = tables[row["table"]]
    column = next(
        (c for c in ("lat", "smis_code", "school_name_th") if c in table.places), "smis_code"
    )
    found = cell_problem(
        kind,
        table,
        int(row["row"]),
        column,
        key=row["smis_code"],
        where_th=where_th,
        where_en=where_en,
        shown=f"{degrees(lat)}, {degrees(lon)}",
        why_th=f"{like_th}และจุด{where_th}{read_th}",
        why_en=f"{like_en} and the point lies {where_en}{read_en}",
    )
    value = ", ".join(text for text in (row["lat"], row["lon"]) if text)
    return replace(found, value=value, lon=lon, lat=lat)


def _of_files(
    register: pd.DataFrame, matches: PointMatches, points: Sequence[FormTable], land: Land
) -> list[Problem]:
    """Say of each file how many points are nobody's, and in which system it is written."""
    problems = []
    for place, table in enumerate(points):
        lost, open_ = matches.unmatched[place], matches.undecided[place]
        if lost or open_:
            facts = {"rows": len(table.frame), "unmatched": lost, "undecided": open_}
            problems.append(
                Problem("points_without_school", table.sheet.file, table.sheet.name, facts=facts)
            )
    pairs = matches.pairs
    rows = register.iloc[pairs["school"].to_numpy(dtype=np.intp)].reset_index(drop=True)
    written = [
        [points[t].frame.at[r, column] for t, r in zip(pairs["table"], pairs["row"], strict=True)]
        for column in ("lat", "lon")
    ]
    rows = rows.assign(
        lat=[str(cell) for cell in written[0]],
        lon=[str(cell) for cell in written[1]],
        table=pairs["table"].to_numpy(dtype=np.intp),
    )
    located = locate(rows, land, frozenset())
    likely = stand(land, located.registered, located.likely.lon, located.likely.lat)
    files = whole_files(rows["table"].to_numpy(dtype=object), located)
    return problems + file_problems(files, points, located, likely)
