"""Points of the villages, each of which has the land of its subdistrict that is nearest to it."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy.spatial import KDTree

from gisapp.core.coverage.criteria import CoverageLimits
from gisapp.core.coverage.land.fabric_areas import Areas
from gisapp.core.coverage.land.fabric_lines import GRID_M, Geometries, holders, voronoi_cuts
from gisapp.core.problems import AREA_KEY, VILLAGE_KEY, Problem

#: So many villages are named in one sentence.
_NAMED = 10


@dataclass(frozen=True)
class VillagePoints:
    """Villages with a point, one per point and subdistrict.

    Attributes:
        rows: `village_code`, `subdistrict_code`, `x_m`, `y_m`; sorted by subdistrict, then code.
        on_one_point: Code in `rows` -> every village on that point, only where several.
    """

    rows: pd.DataFrame
    on_one_point: dict[str, tuple[str, ...]]

    def cuts(self, subdistricts: Areas, beyond_m: float) -> list[Geometries]:
        """Return the lines that part each subdistrict by its nearest village."""
        land = pd.Series(range(len(subdistricts.code))).groupby(subdistricts.code).agg(list)
        lines = []
        for code, points in self.rows.groupby("subdistrict_code", sort=True):
            polygons = subdistricts.polygons[land[code]]
            whole = polygons[0] if len(polygons) == 1 else shapely.union_all(polygons)
            x_m, y_m = points["x_m"].to_numpy(), points["y_m"].to_numpy()
            lines.append(voronoi_cuts(x_m, y_m, whole, beyond_m))
        return lines

    def nearest(self, inside: Geometries, subdistrict: NDArray[np.object_]) -> NDArray[np.object_]:
        """Return the code of the nearest village of the same subdistrict for each face."""
        at = shapely.get_coordinates(inside)
        found = np.full(len(inside), "", dtype=object)
        faces = pd.Series(range(len(inside))).groupby(subdistrict).agg(np.asarray)
        for code, points in self.rows.groupby("subdistrict_code", sort=True):
            if code in faces.index:
                of_it = faces[code]
                tree = KDTree(points[["x_m", "y_m"]].to_numpy())
                found[of_it] = points["village_code"].to_numpy(object)[tree.query(at[of_it])[1]]
        return found


def village_points(
    villages: pd.DataFrame, subdistricts: Areas, limits: CoverageLimits
) -> tuple[VillagePoints, list[Problem]]:
    """Take the villages with a point in the office's subdistricts.

    Args:
        villages: `village_code`, `subdistrict_code`, `geometry` (points, metres; may be None).
        subdistricts: Of the office.
        limits: A point up to `sliver_width_m` outside its subdistrict is on its border.

    Returns:
        points: What the land is parted by.
        problems: Points that lie outside their own subdistrict, or bear several villages.
    """
    at = np.asarray(villages["geometry"], dtype=object)
    known = ~(shapely.is_missing(at) | shapely.is_empty(at))
    rows = pd.DataFrame(
        {
            "village_code": villages["village_code"].astype(object).to_numpy()[known],
            "subdistrict_code": villages["subdistrict_code"].astype(object).to_numpy()[known],
        }
    )
    centres = shapely.get_coordinates(shapely.centroid(at[known]))
    rows["x_m"], rows["y_m"] = np.round(centres / GRID_M).T * GRID_M
    rows = rows[rows["subdistrict_code"].isin(subdistricts.code[subdistricts.code != ""])]
    rows = rows.drop_duplicates(["village_code", "subdistrict_code"])
    rows = rows.sort_values(["subdistrict_code", "village_code"], ignore_index=True)
    place = ["subdistrict_code", "x_m", "y_m"]
    together = rows.groupby(place)["village_code"].agg(tuple)
    shared = {codes[0]: codes for codes in together if len(codes) > 1}
    once = rows.drop_duplicates(place, ignore_index=True)
    problems = _outside(rows, subdistricts, limits) + _on_one_point(once, shared)
    return VillagePoints(once, shared), problems


def _on_one_point(rows: pd.DataFrame, shared: dict[str, tuple[str, ...]]) -> list[Problem]:
    """Villages that share a point, and so their land; one problem per subdistrict."""
    problems = []
    of_shared = rows[rows["village_code"].isin(list(shared))]
    for code, points in of_shared.groupby("subdistrict_code", sort=True):
        groups = [shared[village] for village in points["village_code"]]
        codes = [village for group in groups for village in group]
        shown = ", ".join(codes[:_NAMED]) + (" …" if len(codes) > _NAMED else "")
        facts = {
            "subdistrict": code,
            "number": len(codes),
            "villages": shown,
            "points": len(groups),
        }
        key, value = f"{AREA_KEY}{code} one point", " ".join(codes)
        problems.append(Problem("villages_on_one_point", key=key, value=value, facts=facts))
    return problems


def _outside(rows: pd.DataFrame, subdistricts: Areas, limits: CoverageLimits) -> list[Problem]:
    """Villages whose point lies outside their own subdistrict, with the distance."""
    points = np.asarray(shapely.points(rows["x_m"].to_numpy(), rows["y_m"].to_numpy()))
    point, polygon = holders(points, subdistricts.polygons)
    home = rows["subdistrict_code"].to_numpy(object)
    at_home = np.zeros(len(rows), dtype=np.bool_)
    at_home[point[subdistricts.code[polygon] == home[point]]] = True
    problems = []
    for row in np.flatnonzero(~at_home):
        own = subdistricts.polygons[subdistricts.code == home[row]]
        away_m = float(shapely.distance(points[row], own).min())
        if away_m > limits.sliver_width_m:
            code = rows["village_code"].iloc[row]
            facts = {"village": code, "subdistrict": home[row], "km": f"{away_m / 1000:.1f}"}
            key = f"{VILLAGE_KEY}{code} outside"
            problems.append(Problem("village_outside", key=key, facts=facts))
    return problems
