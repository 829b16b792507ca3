"""Areas as received, and which of them each face of the fabric belongs to."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from gisapp.core.coverage.criteria import CoverageLimits
from gisapp.core.coverage.land.fabric_lines import BEYOND_M, Geometries, holders, only_polygons
from gisapp.core.coverage.land.face_claims import settle
from gisapp.core.coverage.land.face_edges import face_edges, is_narrow, slivers, sums_of
from gisapp.core.problems import AREA_KEY, Problem

#: So many areas are named in one sentence.
_NAMED = 10

#: Kind of area -> what sentences call one, in Thai and in English.
_CALLED = {
    "subdistrict": ("ตำบล", "subdistrict"),
    "population_area": ("พื้นที่นับประชากร", "population area"),
    "announced_zone": ("เขตที่ประกาศ", "announced zone"),
}


@dataclass(frozen=True)
class Areas:
    """Polygons of one layer, valid and on the grid of the fabric.

    Attributes:
        kind: Key of what they are called.
        code: Code of each as text, "" where there is none; several rows may bear one.
        polygons: Empty where a row has none.
        rows: The layer's columns, index 0..n-1, codes as in `code`.
    """

    kind: str
    code: NDArray[np.object_]
    polygons: Geometries
    rows: pd.DataFrame

    def loose_m(self, limits: CoverageLimits) -> float:
        """How far a cut must run on to meet the border: over slivers where neighbours leave any."""
        if shapely.coverage_is_valid(self.polygons, gap_width=limits.sliver_width_m):
            return BEYOND_M
        return limits.sliver_width_m


def area_facts(kind: str) -> dict[str, str]:
    """What an area is called, as facts of a problem."""
    area_th, area_en = _CALLED[kind]
    return {"area_th": area_th, "area_en": area_en}


def areas_of(frame: pd.DataFrame, code: str, kind: str) -> tuple[Areas, list[Problem]]:
    """Take a layer's polygons and codes; mend what can be mended and say so.

    Args:
        frame: Column `geometry` and the code; metres of the office's CRS.
        code: Name of the column of the codes.
        kind: subdistrict, population_area or announced_zone.
    """
    given = np.asarray(frame["geometry"], dtype=object)
    written = frame[code].to_numpy(object)
    codes = np.array([code_text(cell) for cell in written], dtype=object)
    polygons = only_polygons(given)
    rows = pd.DataFrame(frame.drop(columns="geometry")).reset_index(drop=True)
    rows[code] = codes
    facts, problems = area_facts(kind), []
    wrong = ~(shapely.is_valid(given) | shapely.is_missing(given))
    for row in np.flatnonzero(wrong):
        key = f"{AREA_KEY}{codes[row]}"
        more = {**facts, "code": codes[row] or "–"}
        problems.append(Problem("area_mended", key=f"{key} {kind}", facts=more))
    for row in np.flatnonzero(shapely.is_empty(polygons)):
        key = f"{AREA_KEY}{codes[row]}"
        more = {**facts, "code": codes[row] or "–"}
        problems.append(Problem("area_without_polygon", key=f"{key} {kind}", facts=more))
    numbers = [row for row, cell in enumerate(written) if is_number(cell)]
    if numbers:
        shown = f"{written[numbers[0]]}"
        more = {**facts, "number": len(numbers), "column": code}
        key = f"{AREA_KEY} {kind}"
        problems.append(Problem("code_was_number", key=key, value=shown, facts=more))
    return Areas(kind, codes, polygons, rows), problems


def is_number(cell: object) -> bool:
    """Tell whether a code went through a column of numbers: 99010001.0, or no text at all."""
    if isinstance(cell, str):
        whole, dot, rest = cell.strip().partition(".")
        return bool(dot) and whole.isdigit() and rest.strip("0") == ""
    return isinstance(cell, (int, float, np.number)) and not pd.isna(cell)


def code_text(cell: object) -> str:
    """Write a code as text, without the decimals that a column of numbers gave it."""
    if cell is None or cell is pd.NA or (isinstance(cell, float) and np.isnan(cell)):
        return ""
    text = str(cell).strip()
    return text.partition(".")[0] if is_number(cell) else text


def office_faces(
    faces: Geometries, inside: Geometries, layers: Sequence[Areas], limits: CoverageLimits
) -> tuple[NDArray[np.bool_], list[Problem]]:
    """Tell which faces are the office's: in a subdistrict, or a sliver that subdistricts enclose.

    Args:
        faces, inside: All that lines enclose, and a point in each.
        layers: The subdistricts, the population areas and the announced zones; where there are
            no subdistricts, the others are the office.
        limits: Up to `sliver_width_m` a gap is a fault of drawing, not another's land.

    Returns:
        office: Of each face.
        problems: Areas and zones that reach further outside than a sliver.
    """
    held = [holders(inside, areas.polygons) for areas in layers]
    office = np.zeros(len(faces), dtype=np.bool_)
    for face, _ in held[:1] if len(held[0][0]) else held[1:]:
        office[face] = True
    outside = np.where(office, -1, 0)
    edges = face_edges(faces)
    free_m = edges.around_m - sums_of(edges.face, edges.length_m, len(faces))
    office |= slivers(faces, edges, outside, limits.sliver_width_m, free_m)
    away = np.flatnonzero(~office)
    wide = away[~is_narrow(faces[away], limits.sliver_width_m)]
    problems = []
    for areas, (face, row) in zip(layers[1:], held[1:], strict=True):
        beyond = np.isin(face, wide)
        if beyond.any():
            codes = sorted(set(areas.code[row[beyond]]))
            shown = ", ".join(codes[:_NAMED]) + (" …" if len(codes) > _NAMED else "")
            size = _size(faces[np.unique(face[beyond])])
            facts = {**area_facts(areas.kind), "number": len(codes), "codes": shown, **size}
            key, value = f"{AREA_KEY} {areas.kind} outside", " ".join(codes)
            problems.append(Problem("areas_outside", key=key, value=value, facts=facts))
    return office, problems


def owner_of_each(
    faces: Geometries, inside: Geometries, areas: Areas, limits: CoverageLimits
) -> tuple[NDArray[np.object_], list[Problem]]:
    """Find the one area that each face belongs to.

    A sliver that two areas claim, or none, goes to the neighbour with the longest common edge.
    Wider land that several claim goes to the lowest code, wider land of nobody has "".

    Args:
        faces, inside: Of the office, and a point in each.
        areas: Of one layer.
        limits: `sliver_width_m`.
    """
    codes, of_row = np.unique(areas.code.astype(str), return_inverse=True)
    face, row = holders(inside, areas.polygons)
    claims = np.unique(np.column_stack([face, of_row[row]]).astype(np.int64), axis=0)
    settled = settle(faces, face_edges(faces), claims, limits.sliver_width_m)
    owner, narrow = settled.owner, settled.narrow
    facts, problems = area_facts(areas.kind), []
    if narrow.any():
        more = {**facts, "number": int(narrow.sum()), **_size(faces[narrow])}
        problems.append(Problem("area_slivers", key=f"{AREA_KEY} {areas.kind}", facts=more))
    for first, others, wide in settled.overlaps():
        named = [str(codes[row]) for row in others]
        shown = ", ".join(named[:_NAMED]) + (" …" if len(named) > _NAMED else "")
        more = {**facts, "code": str(codes[first]), "others": shown, **_size(faces[wide])}
        key, value = f"{AREA_KEY}{codes[first]} {areas.kind} overlap", " ".join(named)
        problems.append(Problem("areas_overlap", key=key, value=value, facts=more))
    found = np.array([*codes, ""], dtype=object)[owner]
    return found, problems


def _size(faces: Geometries) -> dict[str, str]:
    """Area of some faces, km², as a fact."""
    return {"km2": f"{float(shapely.area(faces).sum()) / 1e6:,.4f}"}
