"""What the reader must know of where children were placed."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from pyproj import CRS

from gisapp.core.coverage.counting.children import PERSONS, Children
from gisapp.core.coverage.criteria import CoverageLimits
from gisapp.core.coverage.spreading.people_raster import PeopleRaster
from gisapp.core.coverage.spreading.spread_sums import (
    BY_RASTER,
    EVENLY,
    NOWHERE,
    ON_POINTS,
    AreaSums,
)
from gisapp.core.problems import Problem

#: Areas that a sentence names; how many there are stands beside them.
_NAMED = 5


def spread_doubts(
    children: Children,
    sums: AreaSums,
    method: NDArray[np.object_],
    raster: PeopleRaster | None,
    crs: str,
    limits: CoverageLimits,
) -> list[Problem]:
    """Say who was moved from water and unknown cells, spread without the raster, or placed nowhere.

    Children whose number is unknown are not among those told.

    Args:
        children, sums, method: By area.
        raster: None where the office has none that can be used.
        crs: The office's own.
        limits: From which share on a raster knows an area.
    """
    count = np.nansum(children.counts[:, :, PERSONS], axis=1)
    nowhere = _of_areas("children_nowhere", method == NOWHERE, children, count)
    if raster is None:
        return [*_without_raster(method, count), *nowhere]
    known, elsewhere = sums.is_known(limits), np.isin(method, (ON_POINTS, EVENLY))
    problems = [
        *_of_areas("people_raster_part", elsewhere & ~known, children, count),
        *_of_areas("children_spread_evenly", elsewhere & known, children, count),
        *_moved(sums, method, count),
    ]
    if CRS.from_user_input(raster.crs) != CRS.from_user_input(crs):
        name = CRS.from_user_input(raster.crs).name
        problems.append(Problem("people_raster_reprojected", value=name))
    return [*(replace(problem, file=raster.file) for problem in problems), *nowhere]


def _without_raster(method: NDArray[np.object_], count: NDArray[np.float64]) -> list[Problem]:
    on_points, even = (_whole(count[method == way]) for way in (ON_POINTS, EVENLY))
    if not on_points + even:
        return []
    facts = {
        "on_points": on_points,
        "even": even,
        **_where(
            (on_points, "เด็ก {} คนอยู่ที่จุดหมู่บ้าน", "{} at village points"),
            (even, "เด็ก {} คนกระจายเท่ากันทั้งพื้นที่ของตน", "{} spread evenly over their areas"),
        ),
    }
    return [Problem("children_without_raster", facts=facts)]


def _of_areas(
    kind: str, areas: NDArray[np.bool_], children: Children, count: NDArray[np.float64]
) -> list[Problem]:
    """Name the areas that hold children, where there are any."""
    told = areas & (count > 0)
    if not told.any():
        return []
    codes = children.code[told]
    facts = {"areas": len(codes), "names": named(codes), "children": _whole(count[told])}
    return [Problem(kind, facts=facts)]


def named(codes: NDArray[np.object_]) -> str:
    """Return the first few of some codes as text."""
    return ", ".join([*sorted(codes)[:_NAMED], *(["…"] if len(codes) > _NAMED else [])])


def _moved(
    sums: AreaSums, method: NDArray[np.object_], count: NDArray[np.float64]
) -> list[Problem]:
    """Count the children who would live on water, and in unknown cells if these were as others."""
    by = method == BY_RASTER
    wet = sums.wet_people[by] / (sums.people + sums.wet_people)[by]
    unknown = 1 - sums.known[by] / sums.size[by]
    facts = {"wet": _whole(wet * count[by]), "unknown": _whole(unknown * count[by])}
    if not any(facts.values()):
        return []
    where = _where(
        (facts["wet"], "{} คนจากผิวน้ำ", "{} on water"),
        (facts["unknown"], "{} คนจากเซลล์ที่ไม่มีข้อมูล", "{} in unknown cells"),
    )
    return [Problem("children_moved", facts={**facts, **where})]


def _where(*parts: tuple[int, str, str]) -> dict[str, str]:
    """Say how many children are where; what holds nobody is left out."""
    told = [(th.format(f"{count:,}"), en.format(f"{count:,}")) for count, th, en in parts if count]
    return {
        "where_th": " และ ".join(th for th, _ in told),
        "where_en": " and ".join(en for _, en in told),
    }


def _whole(children: NDArray[np.float64]) -> int:
    return round(float(children.sum()))
