"""The office's land cut into faces: whatever areas are asked about, they are whole faces."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy.spatial import KDTree

from gisapp.core.coverage.criteria import CoverageLimits
from gisapp.core.coverage.land.fabric_areas import (
    Areas,
    areas_of,
    code_text,
    office_faces,
    owner_of_each,
)
from gisapp.core.coverage.land.fabric_lines import (
    Geometries,
    faces_between,
    holders,
    inside_points,
    voronoi_cuts,
)
from gisapp.core.coverage.land.fabric_villages import VillagePoints, village_points
from gisapp.core.problems import Problem, ProblemList

#: Columns of the announced zones that zones are made by.
ZONE_COLUMNS = ("smis_code", "education_level", "announced_be")


@dataclass(frozen=True)
class Fabric:
    """Faces that tile the office: edges match vertex for vertex, none overlap, no gap is left.

    Every polygon that coverage knows (subdistrict, a village's share of its subdistrict,
    announced zone, population area) is a union of faces, so sums over any of them are sums
    over faces.

    Attributes:
        faces: shapely Polygons, metres of the office's CRS, on a grid of 1 mm.
        subdistrict: Code of the subdistrict of each face; "" outside all of them.
        village: Code of the village of the same subdistrict whose point is nearest; "" where the
            subdistrict has no village with a point. Villages on one point share a face, which
            bears the lowest of their codes: see `on_one_point`.
        population_area: Code of the area of the layer `population_areas`; "" without one.
        announced: Education level -> for each face the rows of the announced zones that hold it.
        on_one_point: Code that a face bears -> every village on that point, only where several.
        announced_rows: Columns `ZONE_COLUMNS` of the announced zones, rows as in `announced`.
        nearest_school: Education level -> row of `CoverageSchools` of the nearest school of each
            face, -1 without one; only the levels whose schools the fabric was cut by.
    """

    faces: NDArray[np.object_]
    subdistrict: NDArray[np.object_]
    village: NDArray[np.object_]
    population_area: NDArray[np.object_]
    announced: Mapping[str, tuple[tuple[int, ...], ...]]
    on_one_point: Mapping[str, tuple[str, ...]]
    announced_rows: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=[*ZONE_COLUMNS])
    )
    nearest_school: Mapping[str, NDArray[np.int64]] = field(
        default_factory=lambda: MappingProxyType({})
    )

    def __len__(self) -> int:
        """How many faces there are."""
        return len(self.faces)


def make_fabric(
    subdistricts: gpd.GeoDataFrame,
    villages: gpd.GeoDataFrame,
    announced: gpd.GeoDataFrame,
    population_areas: gpd.GeoDataFrame,
    limits: CoverageLimits,
    school_sites: Mapping[str, pd.DataFrame] = MappingProxyType({}),
) -> tuple[Fabric, list[Problem]]:
    """Cut the office's land along every line that coverage asks about.

    The office is its subdistricts; without any, the population areas and announced zones.

    Args:
        subdistricts: `subdistrict_code`, polygons in metres of the office's CRS; may be empty.
        villages: `village_code`, `subdistrict_code`, points; a geometry may be None.
        announced: `smis_code`, `education_level`, `announced_be`, polygons; may be empty.
        population_areas: `area_code`, polygons; may be empty.
        limits: `sliver_width_m`.
        school_sites: Education level -> `x_m`, `y_m` of schools, indexed as
            `CoverageSchools.rows`: the land is cut by which of them is nearest. See
            `zone_sources.school_sites`.

    Returns:
        fabric: Faces sorted by place, whatever the order of the rows given.
        problems: Polygons that were mended, lie outside, overlap or leave slivers; codes that
            were numbers; villages outside their subdistrict.
    """
    problems = ProblemList()
    own = problems.keep(areas_of(subdistricts, "subdistrict_code", "subdistrict"))
    counted = problems.keep(areas_of(population_areas, "area_code", "population_area"))
    drawn = problems.keep(areas_of(announced, "smis_code", "announced_zone"))
    layers = (own, counted, drawn)
    every = np.concatenate([areas.polygons for areas in layers])
    points = problems.keep(village_points(villages, own, limits))
    faces = faces_between(every, _cuts(own, points, every, school_sites, limits))
    inside = inside_points(faces)
    office = problems.keep(office_faces(faces, inside, layers, limits))
    faces, inside = faces[office], inside[office]
    subdistrict = problems.keep(owner_of_each(faces, inside, own, limits))
    fabric = Fabric(
        faces=faces,
        subdistrict=subdistrict,
        village=points.nearest(inside, subdistrict),
        population_area=problems.keep(owner_of_each(faces, inside, counted, limits)),
        announced=_announced(inside, drawn),
        on_one_point=points.on_one_point,
        announced_rows=drawn.rows[[*ZONE_COLUMNS]],
        nearest_school=_nearest_schools(inside, school_sites),
    )
    return fabric, problems


def _cuts(
    own: Areas,
    points: VillagePoints,
    every: Geometries,
    school_sites: Mapping[str, pd.DataFrame],
    limits: CoverageLimits,
) -> Geometries:
    """Lines between villages of a subdistrict, and between schools over all the land."""
    beyond_m = own.loose_m(limits)
    cuts = points.cuts(own, beyond_m)
    if school_sites:
        land = shapely.union_all(every)
        for sites in school_sites.values():
            x_m, y_m = sites["x_m"].to_numpy(np.float64), sites["y_m"].to_numpy(np.float64)
            cuts.append(voronoi_cuts(x_m, y_m, land, beyond_m))
    return np.concatenate([np.empty(0, dtype=object), *cuts])


def _announced(inside: Geometries, drawn: Areas) -> dict[str, tuple[tuple[int, ...], ...]]:
    """Rows of the announced zones that hold each face, by level."""
    levels = drawn.rows["education_level"].map(code_text).to_numpy(object)
    face, row = holders(inside, drawn.polygons)
    held: dict[str, tuple[tuple[int, ...], ...]] = {}
    for level in sorted(set(levels) - {""}):
        rows: list[tuple[int, ...]] = [()] * len(inside)
        of_level = levels[row] == level
        for place, zone in zip(face[of_level].tolist(), row[of_level].tolist(), strict=True):
            rows[place] = (*rows[place], zone)
        held[str(level)] = tuple(rows)
    return held


def _nearest_schools(
    inside: Geometries, school_sites: Mapping[str, pd.DataFrame]
) -> dict[str, NDArray[np.int64]]:
    """Row of the nearest school of each face by level; of two on one point the lower row."""
    at = shapely.get_coordinates(inside)
    nearest = {}
    for level, sites in school_sites.items():
        found = np.full(len(inside), -1, dtype=np.int64)
        once = sites.sort_index().drop_duplicates(["x_m", "y_m"])
        if len(once):
            place = KDTree(once[["x_m", "y_m"]].to_numpy(np.float64)).query(at)[1]
            found = once.index.to_numpy(np.int64)[place]
        nearest[level] = found
    return nearest
