"""Where the sample's schools stand: which villages have one, and of what rank."""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from gisapp.sample.world.make import World

#: How many schools of each rank; they add up to 120. `unreported` sends no pupils in 2568-1.
COUNTS = {"xlarge": 1, "large": 5, "medium": 36, "small": 75, "zero": 2, "unreported": 1}
BRANCHES = 3
HIGHLAND = 14

#: A branch classroom belongs to a school no farther away than this.
_BRANCH_REACH_M = 9_000.0
#: A school draws from farther when it is larger: its distance is divided by this.
PULL = {"xlarge": 2.1, "large": 1.8, "medium": 1.5, "small": 1.0, "unreported": 1.0, "zero": 1.0}


@dataclass(frozen=True)
class Site:
    """A school's place and rank, before it has a name.

    Attributes:
        village: Row of `World.villages`.
        rank: Key of `COUNTS`.
        highland: Announced as a highland school.
        branch_of: Row in the list of sites of the main school; None for a school of its own.
    """

    village: int
    rank: str
    highland: bool = False
    branch_of: int | None = None


def metric_points(world: World) -> NDArray[np.float64]:
    """Return the villages' places as rows of (x, y), metres in the world's CRS."""
    points: gpd.GeoSeries = world.villages.geometry.to_crs(world.crs)
    return np.column_stack([points.x.to_numpy(), points.y.to_numpy()])


def choose_sites(world: World) -> list[Site]:
    """Choose 120 villages with a school: towns, subdistrict centres, then where it is far.

    No random number is drawn: the same world has the same sites. A village has at most one
    school, but the towns, where the large ones are.
    """
    xy = metric_points(world)
    villages = world.villages
    row_of = {code: row for row, code in enumerate(villages["village_code"])}
    towns = [row_of[world.town[code]] for code in sorted(world.town)]
    sites = [(towns[0], "xlarge"), *((town, "large") for town in towns[1:])]
    centres = [row for row, no in enumerate(villages["village_no"]) if no == 1 and row not in towns]
    people = villages["people"].to_numpy(float)
    sites.append((max(centres, key=lambda row: float(people[row])), "large"))
    taken = {row for row, _ in sites}
    sites += [(row, "medium") for row in centres if row not in taken]
    _add_spread(sites, "medium", people, xy, weight_reach_m=12_000)
    sites += [(int(row), "small") for row in _must_have(world, {row for row, _ in sites})]
    _add_spread(sites, "small", people**0.35, xy, weight_reach_m=9_000)
    _add_near(sites, "zero", people, xy)
    _add_spread(sites, "unreported", people**0.35, xy, weight_reach_m=9_000)
    return _with_traits(sites, world, xy)


def _must_have(world: World, taken: set[int]) -> list[int]:
    """Rows of the island village and of the highest villages, which get a small school."""
    villages = world.villages
    on_island = villages["on_island"].to_numpy(bool)
    island = [int(row) for row in np.flatnonzero(on_island) if row not in taken][:1]
    height = villages["elevation_m"].to_numpy(float)
    high = [int(row) for row in np.argsort(-height, kind="stable") if row not in taken]
    return [*island, *[row for row in high[: HIGHLAND + 2] if row not in island]]


def _add_spread(
    sites: list[tuple[int, str]],
    rank: str,
    weight: NDArray[np.float64],
    xy: NDArray[np.float64],
    weight_reach_m: float,
) -> None:
    """Fill `rank` up to its count with villages that weigh much and are far from any school."""
    away = np.full(len(xy), np.inf)
    for row, _ in sites:
        away = np.minimum(away, np.hypot(*(xy - xy[row]).T))
    while sum(held == rank for _, held in sites) < COUNTS[rank]:
        row = int(np.argmax(weight * np.minimum(away, weight_reach_m)))
        sites.append((row, rank))
        away = np.minimum(away, np.hypot(*(xy - xy[row]).T))


def _add_near(
    sites: list[tuple[int, str]], rank: str, people: NDArray[np.float64], xy: NDArray[np.float64]
) -> None:
    """Put the emptied schools into the smallest villages near a medium school."""
    taken = {row for row, _ in sites}
    medium = np.array([row for row, held in sites if held == "medium"])
    gap = np.hypot(*(xy[:, None, :] - xy[None, medium, :]).transpose(2, 0, 1))
    near = [row for row in np.flatnonzero(gap.min(axis=1) < 5_000) if row not in taken]
    near.sort(key=lambda row: (people[row], row))
    sites += [(int(row), rank) for row in near[: COUNTS[rank]]]


def _with_traits(sites: list[tuple[int, str]], world: World, xy: NDArray[np.float64]) -> list[Site]:
    """Mark the highland schools and the branches of a nearby school."""
    height = world.villages["elevation_m"].to_numpy(float)
    island = world.villages["on_island"].to_numpy(bool)
    own = [
        place
        for place, (row, rank) in enumerate(sites)
        if rank in ("small", "medium") and not island[row]
    ]
    own.sort(key=lambda place: (-height[sites[place][0]], place))
    branch_of: dict[int, int] = {}
    for place in own:
        if len(branch_of) == BRANCHES:
            break
        if sites[place][1] != "small" or place in branch_of.values():
            continue
        main = _main_school(place, sites, xy, set(branch_of) | set(branch_of.values()))
        if main is not None:
            branch_of[place] = main
    highland = set([place for place in own if place not in branch_of][:HIGHLAND])
    return [
        Site(row, rank, place in highland, branch_of.get(place))
        for place, (row, rank) in enumerate(sites)
    ]


def _main_school(
    place: int, sites: list[tuple[int, str]], xy: NDArray[np.float64], used: set[int]
) -> int | None:
    """Nearest medium or small school within reach that has no branch yet."""
    here = xy[sites[place][0]]
    gaps = [
        (float(np.hypot(*(xy[row] - here))), other)
        for other, (row, rank) in enumerate(sites)
        if other != place and other not in used and rank in ("medium", "small")
    ]
    gap, other = min(gaps)
    return other if gap <= _BRANCH_REACH_M else None
