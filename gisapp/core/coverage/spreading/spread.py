"""Where inside its area each registered child lives: cells of a grid, or a village's point."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from gisapp.core.coverage.counting.children import OWN_AREA, SUBDISTRICT, VILLAGE, Children
from gisapp.core.coverage.criteria import CoverageLimits
from gisapp.core.coverage.land.fabric import Fabric
from gisapp.core.coverage.spreading.people_raster import (
    PeopleOnCells,
    PeopleRaster,
    people_on_cells,
)
from gisapp.core.coverage.spreading.spread_doubts import spread_doubts
from gisapp.core.coverage.spreading.spread_sums import (
    BY_RASTER,
    NOWHERE,
    ON_POINTS,
    AreaSums,
    choose_methods,
)
from gisapp.core.grids import Grid
from gisapp.core.problems import Problem
from gisapp.core.zonal import cell_fractions


@dataclass(frozen=True)
class Spread:
    """Places that hold children: part of a cell within one face, or a village's point.

    The weights of an area add up to 1, so that its registered children are kept exactly.

    Attributes:
        area: Row of `Children` of each place.
        face: Face of `Fabric` that holds it.
        cell: Cell of `grid` that holds it, row by row from 0.
        x_m, y_m: Where it is measured from: the cell's centre, or the point.
        weight: Share of the area's children who live there, above 0, up to 1.
        grid: Cells of `grid_m`, metres of the office's CRS.
        method: How each area of `Children` was spread: ``raster``, ``even`` or ``points``; ""
            for those that are nowhere.
        nowhere: Rows of `Children` that no face holds: their children can be placed nowhere.
    """

    area: NDArray[np.int64]
    face: NDArray[np.int64]
    cell: NDArray[np.int64]
    x_m: NDArray[np.float64]
    y_m: NDArray[np.float64]
    weight: NDArray[np.float64]
    grid: Grid
    method: NDArray[np.object_]
    nowhere: NDArray[np.int64]


@dataclass(frozen=True)
class Ground:
    """What children are spread over.

    Attributes:
        fabric: Faces of the office.
        grid: Cells over all of them.
        crs: CRS of both, metres.
        water: Where nobody lives; empty without lakes. Metres.
        village_points: Code of a village -> (x, y), metres.
        subdistrict_of_village: Code of a village -> code of its subdistrict.
    """

    fabric: Fabric
    grid: Grid
    crs: str
    water: shapely.Geometry
    village_points: Mapping[str, tuple[float, float]]
    subdistrict_of_village: Mapping[str, str]


@dataclass(frozen=True)
class _Pieces:
    """Every part of a cell within a face of an area.

    Attributes:
        area, face, cell: As in `Spread`.
        size: Share of the cell, 0 to 1.
        habitable: Whether the cell's centre lies on land, or the area has no land at all.
        people: People there by the raster; `size` x the cell's.
        known: Part of `size` that the raster knows.
    """

    area: NDArray[np.int64]
    face: NDArray[np.int64]
    cell: NDArray[np.int64]
    size: NDArray[np.float64]
    habitable: NDArray[np.bool_]
    people: NDArray[np.float64]
    known: NDArray[np.float64]


def spread_children(
    children: Children, ground: Ground, raster: PeopleRaster | None, limits: CoverageLimits
) -> tuple[Spread, list[Problem]]:
    """Say where in its area each registered child lives; no area gains or loses one.

    By the raster where it knows enough of the area and finds anybody there on land; else at the
    village's point; else evenly over the area's land, or its water where it has no land.

    Returns:
        spread: Places in the order of areas, faces and cells.
        problems: Who was moved from water or unknown cells, spread evenly, or placed nowhere.
    """
    own, lent = _faces_of(children, ground)
    pieces = _pieces(pd.concat([own, lent]), ground, raster)
    sums = _sums(pieces, len(children.code))
    points = _points(children, own, ground)
    has_point = np.isin(np.arange(len(children.code)), points["area"])
    method = choose_methods(sums, has_point, limits)
    on_points = points[method[points["area"]] == ON_POINTS]
    places = pd.concat([_on_cells(pieces, method, ground.grid), on_points])
    places = places.sort_values(["area", "face", "cell"], kind="stable")
    spread = Spread(
        area=places["area"].to_numpy(np.int64),
        face=places["face"].to_numpy(np.int64),
        cell=places["cell"].to_numpy(np.int64),
        x_m=places["x_m"].to_numpy(np.float64),
        y_m=places["y_m"].to_numpy(np.float64),
        weight=places["weight"].to_numpy(np.float64),
        grid=ground.grid,
        method=method,
        nowhere=np.flatnonzero(method == NOWHERE),
    )
    return spread, spread_doubts(children, sums, method, raster, ground.crs, limits)


def _faces_of(children: Children, ground: Ground) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return pairs `area`, `face`: of areas with land, and of villages with all their subdistrict.

    Villages on one point have one face together; a village without any land of its own may live
    anywhere in its subdistrict.
    """
    fabric = ground.fabric
    bearer = {code: bears for bears, codes in fabric.on_one_point.items() for code in codes}
    village = np.array([bearer.get(code, code) for code in children.code], dtype=object)
    own = pd.concat(
        [
            _pairs(np.where(children.kind == kind, codes, ""), of_face)
            for kind, codes, of_face in (
                (OWN_AREA, children.code, fabric.population_area),
                (VILLAGE, village, fabric.village),
                (SUBDISTRICT, children.code, fabric.subdistrict),
            )
        ]
    )
    landless = (children.kind == VILLAGE) & ~np.isin(np.arange(len(village)), own["area"])
    around = [ground.subdistrict_of_village.get(code, "") for code in children.code]
    return own, _pairs(np.where(landless, around, ""), fabric.subdistrict)


def _pairs(of_area: NDArray[np.object_], of_face: NDArray[np.object_]) -> pd.DataFrame:
    areas = pd.DataFrame({"area": np.arange(len(of_area)), "code": of_area})
    faces = pd.DataFrame({"face": np.arange(len(of_face)), "code": of_face})
    pairs = areas[areas["code"] != ""].merge(faces, on="code")
    return pairs[["area", "face"]].astype(np.int64)


def _pieces(pairs: pd.DataFrame, ground: Ground, raster: PeopleRaster | None) -> _Pieces:
    """Cut the faces of areas along the cells of the grid."""
    cut = cell_fractions(ground.fabric.faces, ground.grid)
    pairs = pairs.sort_values(["area", "face"])
    first = np.searchsorted(cut.zone, pairs["face"])
    count = np.searchsorted(cut.zone, pairs["face"], side="right") - first
    # Every piece of the first pair's face, then of the second's, ...
    start = np.repeat(first - np.cumsum(count) + count, count)
    piece = start + np.arange(count.sum())
    used, index = np.unique(cut.cell[piece], return_inverse=True)
    on_cells = (
        PeopleOnCells(np.zeros(len(used)), np.zeros(len(used)))
        if raster is None
        else people_on_cells(raster, ground.grid, ground.crs, used)
    )
    x, y = ground.grid.centres(used)
    shapely.prepare(ground.water)
    area, size = np.repeat(pairs["area"].to_numpy(), count), cut.fraction[piece]
    dry = ~shapely.contains_xy(ground.water, x, y)[index]
    land = np.bincount(area, dry) > 0
    return _Pieces(
        area=area,
        face=np.repeat(pairs["face"].to_numpy(), count),
        cell=used[index],
        size=size,
        habitable=dry | ~land[area],
        people=size * on_cells.people[index],
        known=size * on_cells.known[index],
    )


def _points(children: Children, own: pd.DataFrame, ground: Ground) -> pd.DataFrame:
    """Return the villages whose point lies on their own land, as places with the weight 1."""
    pairs = own[children.kind[own["area"]] == VILLAGE]
    found = [ground.village_points.get(code) for code in children.code[pairs["area"]]]
    x, y = np.array([point or (np.nan, np.nan) for point in found]).reshape(-1, 2).T
    inside = shapely.intersects_xy(ground.fabric.faces[pairs["face"]], x, y)
    places = pairs.assign(x_m=x, y_m=y, weight=1.0)[inside]
    # On the border between two faces of its own it stands in the first.
    places = places.sort_values(["area", "face"]).drop_duplicates("area")
    return places.assign(cell=ground.grid.cells_at(places["x_m"], places["y_m"]))


def _sums(pieces: _Pieces, areas: int) -> AreaSums:
    def of(values: NDArray[np.float64], where: NDArray[np.bool_]) -> NDArray[np.float64]:
        return np.bincount(pieces.area[where], values[where], areas).astype(np.float64)

    return AreaSums(
        size=of(pieces.size, pieces.habitable),
        known=of(pieces.known, pieces.habitable),
        people=of(pieces.people, pieces.habitable),
        wet_people=of(pieces.people, ~pieces.habitable),
    )


def _on_cells(pieces: _Pieces, method: NDArray[np.object_], grid: Grid) -> pd.DataFrame:
    """Return the places of the areas that are spread over cells, weights adding up to 1."""
    weight = np.where(method[pieces.area] == BY_RASTER, pieces.people, pieces.size)
    held = pieces.habitable & (weight > 0) & (method[pieces.area] != ON_POINTS)
    area, cell, weight = pieces.area[held], pieces.cell[held], weight[held]
    x, y = grid.centres(cell)
    return pd.DataFrame(
        {
            "area": area,
            "face": pieces.face[held],
            "cell": cell,
            "x_m": x,
            "y_m": y,
            "weight": weight / np.bincount(area, weight)[area],
        }
    )
