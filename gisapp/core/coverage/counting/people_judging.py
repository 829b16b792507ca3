"""Whether a raster's cells can be counts of people, by themselves and beside the register."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from gisapp.core.coverage.counting.people_sums import Registered, sum_people
from gisapp.core.coverage.criteria import CoverageLimits
from gisapp.core.coverage.land.fabric import Fabric
from gisapp.core.coverage.spreading.people_raster import PeopleRaster, cell_km2, knows_enough
from gisapp.core.problems import Problem

#: A raster and a register that count the same people never differ by this factor.
_SOMETHING_ELSE = 10

#: Marks for "not known" that programs write where a file does not declare them: nines, and the
#: ends of number types, also as floats hold them. What is larger than `_BEYOND_COUNT` is one too.
_MARKS = (9999, 32767, 65535, 99999, 999999, 2**31 - 1, 2**31, 2**32 - 1, 2**32)
_BEYOND_COUNT = 1e30

#: Marks that may also be so many people: only what stands in many cells is one.
_SMALL_MARKS = (127, 255, 999)

#: A mark stands so many times above every count beside it.
_FAR_ABOVE = 10

#: Or it stands in so many cells and in so many times the cells of all counts above half of it,
#: where people thin out; counts that are cut off at a limit pile up less.
_CELLS, _TIMES_THE_CELLS = 10, 3

#: What may be people is a mark from this share of all cells on; a number that no program is known
#: to write only beside so many different counts, which are no classes of land.
_SHARE, _DIFFERENT_COUNTS = 0.002, 100

#: Whether a raster that counts too few people is kept -> what is done with it.
_USED = {
    True: ("ใช้บอกเพียงว่าคนอยู่ที่ใด", "it says only where people live"),
    False: ("จึงไม่ได้ใช้", "it holds something else and is not used"),
}


def known_people(
    people: NDArray[np.float64], declared: NDArray[np.bool_], file: str
) -> tuple[NDArray[np.float64] | None, list[Problem]]:
    """Return people per cell with every cell that cannot be people made unknown.

    One and the same negative number in many cells is a mark for "not known" that the file does
    not declare, and so is a large number that no crowd explains, see `_is_mark`; several
    different negative ones are no counts of people, and refused.

    Args:
        people: [row, column] as the file holds them.
        declared: Where the file itself says that they are unknown.
        file: The file's name.
    """
    boundless, blank = np.isinf(people) & ~declared, np.isnan(people) & ~declared
    below = (people < 0) & ~boundless & ~declared
    marks = np.unique(people[below])
    if len(marks) > 1:
        facts = {"cells": int(below.sum()), "least": f"{marks[0]:,.6g}"}
        return None, [Problem("people_raster_negative", file=file, facts=facts)]
    high = _marks(people[~(declared | below | boundless | blank)])
    problems = [
        Problem("people_raster_cells", file=file, value=value, facts={"cells": int(cells.sum())})
        for value, cells in (
            (f"{marks.sum():.10g}", below),
            *((f"{mark:.10g}", people == mark) for mark in high),
            ("NaN", blank),
            ("inf", boundless),
        )
        if cells.any()
    ]
    above = np.isin(people, high)
    known = np.where(below | above | boundless | declared, np.nan, people)
    if not np.nansum(known) > 0:
        return None, [*problems, Problem("people_raster_empty", file=file)]
    return known, problems


def _marks(counts: NDArray[np.float64]) -> list[float]:
    """Return the numbers that are marks and no counts, the largest first."""
    listed = np.unique(counts[np.isin(counts, (*_MARKS, *_SMALL_MARKS))])
    found = []
    for number in sorted({*listed.tolist(), float(counts.max(initial=0))}, reverse=True):
        if _is_mark(number, counts):
            found.append(number)
            counts = counts[counts != number]
    return found


def _is_mark(number: float, counts: NDArray[np.float64]) -> bool:
    """Whether no crowd explains the cells that hold a number."""
    others = counts[counts != number]
    cells = len(counts) - len(others)
    far_above = number > _FAR_ABOVE * float(others.max(initial=0))
    crowd = int((others > number / 2).sum())
    piled_up = cells >= max(_CELLS, _TIMES_THE_CELLS * crowd)
    often = cells >= _SHARE * len(counts)
    if number in _MARKS or number > _BEYOND_COUNT:
        return far_above or piled_up
    if number in _SMALL_MARKS:
        return piled_up and often
    return piled_up and often and far_above and len(np.unique(others)) >= _DIFFERENT_COUNTS


def judge_people(
    raster: PeopleRaster,
    fabric: Fabric,
    crs: str,
    registered: Registered,
    limits: CoverageLimits,
) -> tuple[PeopleRaster | None, list[Problem]]:
    """Say whether a raster can be counts of people, and how many it has to one registered.

    Args:
        raster: As it was read.
        fabric, crs: The office's land.
        registered: Whom the raster is compared with: everybody, or the children alone where
            nobody knows how many people there are in all.
        limits: What the ground can hold, and which ratio is doubted.

    Returns:
        raster: The same, marked where it holds persons per km²; None where it cannot be used.
        problems: Why, and the ratio.
    """
    judged, problems = _judge_density(raster, crs, limits)
    if judged is None:
        return None, problems
    km2 = float(cell_km2(judged, crs).mean())
    known = _compared(judged, fabric, crs, registered.people, limits)
    if known[2]:
        judged, found = _beside_everybody(judged, km2, limits, *known)
    else:
        known = _compared(judged, fabric, crs, registered.children, limits)
        judged, found = _beside_children(judged, km2, *known)
    return judged, problems + found


def _beside_everybody(
    raster: PeopleRaster,
    km2: float,
    limits: CoverageLimits,
    people: float,
    count: float,
    areas: int,
) -> tuple[PeopleRaster | None, list[Problem]]:
    """Say how many people a raster counts to one registered, and refuse what is far from it."""
    ratio, problems = people / count, []
    if raster.per_km2:
        people, ratio = people * km2, ratio * km2
    elif _within(ratio * km2, limits.raster_ratio) and not _within(ratio, _SOMETHING_ELSE):
        raster = replace(raster, per_km2=True)
        problems.append(Problem("people_raster_per_km2", file=raster.file))
        people, ratio = people * km2, ratio * km2
    kind = "people_raster_no_people"
    if _within(ratio, limits.raster_ratio):
        kind = "people_raster_ratio"
    elif _within(ratio, _SOMETHING_ELSE):
        kind = "people_raster_doubted"
    facts = {
        "people": round(people),
        "registered": round(count),
        "ratio": f"{ratio:,.2f}" if ratio >= 0.01 else f"{ratio:.1g}",
        "areas": areas,
    }
    problems.append(Problem(kind, file=raster.file, facts=facts))
    return None if kind == "people_raster_no_people" else replace(
        raster, ratio=ratio, people=people, registered=count
    ), problems


def _beside_children(
    raster: PeopleRaster, km2: float, people: float, children: float, areas: int
) -> tuple[PeopleRaster | None, list[Problem]]:
    """Doubt a raster that counts fewer people than children, and refuse one far below them."""
    people *= km2 if raster.per_km2 else 1
    if people >= children:
        return raster, []
    kept = people * _SOMETHING_ELSE >= children
    used = dict(zip(("used_th", "used_en"), _USED[kept], strict=True))
    facts = {"people": round(people), "children": round(children), "areas": areas, **used}
    problem = Problem("people_raster_few_people", file=raster.file, facts=facts)
    return (raster if kept else None), [problem]


def _within(ratio: float, factor: float) -> bool:
    return 1 / factor <= ratio <= factor


def _judge_density(
    raster: PeopleRaster, crs: str, limits: CoverageLimits
) -> tuple[PeopleRaster | None, list[Problem]]:
    """Refuse what no ground can hold; what it can hold as persons per km² is taken as such."""
    most = float(np.nanmax(raster.values))
    dense = (
        most if raster.per_km2 else float(np.nanmax(raster.values / cell_km2(raster, crs)[:, None]))
    )
    if dense <= limits.most_people_per_km2:
        return raster, []
    if most <= limits.most_people_per_km2:
        return replace(raster, per_km2=True), [Problem("people_raster_per_km2", file=raster.file)]
    facts = {"most": f"{most:,.6g}", "dense": f"{dense:,.6g}"}
    return None, [Problem("people_raster_too_dense", file=raster.file, facts=facts)]


def _compared(
    raster: PeopleRaster,
    fabric: Fabric,
    crs: str,
    registered: Mapping[str, float],
    limits: CoverageLimits,
) -> tuple[float, float, int]:
    """Return people by the raster and by the register in the areas that both know, and how many."""
    for of_face in (fabric.population_area, fabric.subdistrict):
        sums = sum_people(raster, fabric, of_face, crs)
        count = np.array([registered.get(code, np.nan) for code in sums.code])
        both = (count > 0) & knows_enough(sums.known, limits)
        if both.any():
            return float(sums.people[both].sum()), float(count[both].sum()), int(both.sum())
    return 0.0, 0.0, 0
