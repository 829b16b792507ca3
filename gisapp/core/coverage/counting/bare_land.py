"""Land that no population area holds: nobody knows how many children live there."""

from dataclasses import replace

import numpy as np
import shapely
from numpy.typing import NDArray

from gisapp.core.coverage.counting.children import OWN_AREA, Children
from gisapp.core.coverage.criteria import CoverageLimits
from gisapp.core.coverage.land.fabric import Fabric
from gisapp.core.problems import AREA_KEY, Problem

#: Code of the area that stands for land of unknown people; no area of an office is called so.
BARE = "–"


def mark_bare_land(
    fabric: Fabric, children: Children, limits: CoverageLimits
) -> tuple[tuple[Fabric, Children], list[Problem]]:
    """Make children unknown on land that the areas, which alone count here, leave out.

    Only where subdistricts are left out by more than half, announced zones where there are no
    subdistricts: the water before a town needs no population area. `least_raster_share` says
    how much is enough.

    Args:
        fabric: The office's land.
        children: As they were counted; nothing is done where none stand in population areas.
        limits: From which share on areas speak for all of a subdistrict.

    Returns:
        fabric: Its `population_area` is `BARE` on that land.
        children: With the area `BARE` of unknown children, where there is such land.
        problems: How much land no area holds, whether or not its children are unknown.
    """
    bare = fabric.population_area == ""
    if not (children.kind == OWN_AREA).any() or not bare.any():
        return (fabric, children), []
    unknown = bare & _mostly_bare(fabric, bare, limits)
    size = shapely.area(fabric.faces) / 1e6
    facts = {"km2": f"{size[bare].sum():.4f}", "unknown": f"{size[unknown].sum():.4f}"}
    codes = sorted(set(fabric.subdistrict[bare]) - {""})
    key, value = f"{AREA_KEY} population_area bare", " ".join(codes)
    problems = [Problem("population_areas_part", key=key, value=value, facts=facts)]
    if not unknown.any():
        return (fabric, children), problems
    marked = replace(fabric, population_area=np.where(unknown, BARE, fabric.population_area))
    return (marked, _with_unknown(children)), problems


def _mostly_bare(
    fabric: Fabric, bare: NDArray[np.bool_], limits: CoverageLimits
) -> NDArray[np.bool_]:
    """Tell which faces lie in a subdistrict, else in an announced zone, that areas leave out."""
    size = shapely.area(fabric.faces)
    held: list[tuple[NDArray[np.int64], NDArray[np.int64]]] = []
    if (fabric.subdistrict != "").any():
        _, unit = np.unique(fabric.subdistrict.astype(str), return_inverse=True)
        held.append((np.arange(len(fabric)), unit.ravel().astype(np.int64)))
    else:
        for rows in fabric.announced.values():
            face = np.repeat(np.arange(len(rows)), [len(zones) for zones in rows])
            zone = np.array([zone for zones in rows for zone in zones], dtype=np.int64)
            held.append((face, zone))
    left = np.zeros(len(fabric), dtype=np.bool_)
    for face, unit in held:
        whole = np.bincount(unit, size[face])
        counted = np.bincount(unit, size[face] * ~bare[face], len(whole))
        lacking = counted < limits.least_raster_share * whole
        left[face[lacking[unit]]] = True
    return left


def _with_unknown(children: Children) -> Children:
    """Add the area `BARE`, whose children nobody knows."""
    nobody = np.full((1, *children.counts.shape[1:]), np.nan)
    return replace(
        children,
        code=np.append(children.code, BARE),
        kind=np.append(children.kind, OWN_AREA),
        counts=np.concatenate([children.counts, nobody]),
        method=np.append(children.method, "unknown"),
        years_aged=np.append(children.years_aged, 0.0),
    )
