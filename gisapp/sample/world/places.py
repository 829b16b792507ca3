"""Where people live: habitable ground, villages in valleys, hamlets on ridges."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage as ndi

from gisapp.sample.world.terrain import Heights

Labels = NDArray[np.int64]
Mask = NDArray[np.bool_]

#: Villages of the office, hamlets above HIGH_M among them.
VILLAGES, HAMLETS, HIGH_M = 400, 34, 1000.0
#: Persons registered in all villages.
PEOPLE = 190_000
#: Fewest villages of a subdistrict.
LEAST_VILLAGES = 7
#: Least distance between villages, metres; relaxed where ground is short.
SPACING_M, TOWN_SPACING_M, HAMLET_SPACING_M = 1_500.0, 650.0, 3_200.0
#: Least distance of a village from the border of its subdistrict, metres.
BORDER_M = 450.0
#: Villages that make up a district's town, the provincial town first.
TOWN_VILLAGES = (8, 4, 4, 4, 4)


@dataclass(frozen=True)
class Site:
    """A village before it has a name.

    Attributes:
        row, column: Place in shown cells, fractions of a cell; a cell's centre ends in .5.
        region: Subdistrict, 0..24.
        kind: town, centre, village, hamlet or island.
        people: Persons registered.
    """

    row: float
    column: float
    region: int
    kind: str
    people: int = 0


@dataclass(frozen=True)
class Ground:
    """What settlers look at; arrays of the shown cells, [row, column].

    Attributes:
        z: Metres. cell_m: Side of a cell.
        region: Subdistrict of each cell, -1 outside the office.
        habitable: 0 (water, cliff) to 1 (level ground by a stream).
        island: True on the island.
    """

    z: Heights
    cell_m: float
    region: Labels
    habitable: Heights
    island: Mask


def habitable_ground(z: Heights, cell_m: float, river: Mask, water: Mask, island: Mask) -> Heights:
    """Rate ground 0 to 1: gentle, low, near a stream but not in it nor on the lake's shore."""
    down, right = np.gradient(z, cell_m)
    gentle = np.clip(1.15 - ndi.gaussian_filter(np.hypot(down, right), 1) / 0.16, 0.02, 1)
    low = np.clip(1.25 - z / 1400, 0.08, 1)
    to_stream = ndi.distance_transform_edt(~(river | water), sampling=cell_m)
    near = 0.25 + 0.75 * np.exp(-((to_stream / 2200) ** 2))
    rated = gentle * low * near
    # Floods keep people off the banks of the large rivers themselves.
    rated[ndi.binary_dilation(water, iterations=5) | river] = 0
    rated[island] = 0.6
    return np.asarray(rated)


def settle(
    seed: int, ground: Ground, town_regions: list[int], town_cells: NDArray[np.float64]
) -> list[Site]:
    """Place 400 villages; each subdistrict's centre comes first in it.

    `town_regions`: Subdistrict of each district's town.
    `town_cells`: (row, column) near which each of them lies.
    """
    rng = np.random.default_rng((seed, 3))
    inner = _inside(ground)
    about = ndi.gaussian_filter(ground.habitable, 6)
    hamlets = _hamlets(rng, ground, inner)
    quota = _quotas(ground, VILLAGES - len(hamlets) - 1 - sum(TOWN_VILLAGES) + len(TOWN_VILLAGES))
    sites: list[Site] = []
    for region in range(len(quota)):
        town = town_regions.index(region) if region in town_regions else None
        near = _mean_place(ground, region) if town is None else town_cells[town]
        centre = _centre(ground, inner, about, region, near)
        sites.append(Site(*centre, region, "centre" if town is None else "town"))
        if town is not None:
            sites += _town_villages(rng, ground, inner, sites[-1], TOWN_VILLAGES[town])
        here = [site for site in sites if site.region == region]
        sites += _villages(rng, ground, inner, here, quota[region] - 1)
    row, column = np.argwhere(ground.island).mean(axis=0).tolist()
    islanders = Site(row + 0.5, column + 0.5, int(ground.region[int(row), int(column)]), "island")
    return _with_people(rng, ground, [*sites, *hamlets, islanders])


def _inside(ground: Ground) -> Mask:
    """Return cells far enough from every border and from the island."""
    edge = np.zeros(ground.region.shape, dtype=bool)
    edge[:, 1:] |= ground.region[:, 1:] != ground.region[:, :-1]
    edge[1:] |= ground.region[1:] != ground.region[:-1]
    far = ndi.distance_transform_edt(~edge, sampling=ground.cell_m) > BORDER_M
    return np.asarray(far & (ground.region >= 0) & ~ground.island)


def _quotas(ground: Ground, total: int) -> list[int]:
    """Share villages out by the square root of habitable ground, plains more than hills."""
    inside = ground.region >= 0
    worth = np.bincount(ground.region[inside], weights=ground.habitable[inside]) ** 0.7
    spare = total - LEAST_VILLAGES * len(worth)
    share = worth / worth.sum() * spare
    quota = np.floor(share).astype(int)
    quota[np.argsort(quota - share, kind="stable")[: spare - quota.sum()]] += 1
    return [LEAST_VILLAGES + int(count) for count in quota]


def _mean_place(ground: Ground, region: int) -> NDArray[np.float64]:
    weight = np.where(ground.region == region, ground.habitable, 0)
    return np.array(ndi.center_of_mass(weight))


def _centre(
    ground: Ground, inner: Mask, about: Heights, region: int, near: NDArray[np.float64]
) -> tuple[float, float]:
    """Return the best place for a subdistrict's centre: good ground `about` it, near `near`."""
    row, column = np.nonzero(inner & (ground.region == region) & (ground.habitable > 0))
    about = about[row, column]
    away = np.hypot(row - near[0], column - near[1]) * ground.cell_m
    best = np.argmax(about * np.sqrt(ground.habitable[row, column]) * np.exp(-away / 4_000))
    return float(row[best]) + 0.5, float(column[best]) + 0.5


def _town_villages(
    rng: np.random.Generator, ground: Ground, inner: Mask, town: Site, count: int
) -> list[Site]:
    rows, columns = np.ogrid[0 : ground.z.shape[0], 0 : ground.z.shape[1]]
    away = np.hypot(rows + 0.5 - town.row, columns + 0.5 - town.column) * ground.cell_m
    weight = np.where(inner & (away < 4_000), ground.habitable, 0) * np.exp(-away / 900)
    return _spread(rng, ground, weight, [town], count - 1, TOWN_SPACING_M, "town")


def _villages(
    rng: np.random.Generator, ground: Ground, inner: Mask, here: list[Site], count: int
) -> list[Site]:
    low = inner & (ground.region == here[0].region) & (ground.z < HIGH_M)
    weight = np.where(low, ground.habitable**1.5, 0)
    return _spread(rng, ground, weight, here, count, SPACING_M, "village")


def _hamlets(rng: np.random.Generator, ground: Ground, inner: Mask) -> list[Site]:
    """Place hamlets on shoulders of ridges above HIGH_M."""
    down, right = np.gradient(ndi.gaussian_filter(ground.z, 1), ground.cell_m)
    stands_out = ground.z - ndi.gaussian_filter(ground.z, 1_200 / ground.cell_m)
    high = inner & (ground.z > HIGH_M + 15) & (ground.z < 1_750) & (stands_out > 0)
    weight = np.where(high, np.clip(1 - np.hypot(down, right) / 0.3, 0.01, 1) ** 2, 0)
    return _spread(rng, ground, weight, [], HAMLETS, HAMLET_SPACING_M, "hamlet")


def _spread(
    rng: np.random.Generator,
    ground: Ground,
    weight: Heights,
    near: list[Site],
    count: int,
    spacing_m: float,
    kind: str,
) -> list[Site]:
    """Draw `count` places by weight, none closer to another or to `near` than the spacing.

    The spacing shrinks where the ground does not hold as many.
    """
    row, column = np.nonzero(weight > 0)
    # Weighted order without replacement. Source: Efraimidis & Spirakis (2006), IPL 97, 181-185.
    order = np.argsort(rng.exponential(size=row.size) / weight[row, column], kind="stable")[:4_000]
    shift = rng.uniform(0.15, 0.85, size=(row.size, 2))[order]
    place = np.stack([row[order], column[order]], axis=1) + shift
    taken = [(site.row, site.column) for site in near]
    found: list[Site] = []
    free = np.ones(len(place), dtype=bool)
    spacing = spacing_m / ground.cell_m
    while len(found) < count and spacing > 1.5:
        gap = np.full(len(place), np.inf)
        for other in taken:
            gap = np.minimum(gap, np.hypot(*(place - other).T))
        for at in range(len(place)):
            if len(found) == count or not free[at] or gap[at] < spacing:
                continue
            free[at] = False
            taken.append((float(place[at, 0]), float(place[at, 1])))
            gap = np.minimum(gap, np.hypot(*(place - place[at]).T))
            cell = int(place[at, 0]), int(place[at, 1])
            region = int(ground.region[cell])
            found.append(Site(float(place[at, 0]), float(place[at, 1]), region, kind))
        spacing *= 0.8
    return found


def _with_people(rng: np.random.Generator, ground: Ground, sites: list[Site]) -> list[Site]:
    """Give every village its people; together exactly PEOPLE."""
    median = {"town": 1500.0, "centre": 900.0, "village": 430.0, "hamlet": 190.0, "island": 160.0}
    size = np.array([median[site.kind] for site in sites])
    size *= np.exp(0.38 * rng.standard_normal(len(sites)))
    height = np.array([ground.z[int(site.row), int(site.column)] for site in sites])
    size *= np.clip(1.15 - height / 2_500, 0.5, 1.1)
    first = next(at for at, site in enumerate(sites) if site.kind == "town")
    size[first : first + TOWN_VILLAGES[0]] *= 2.0  # the provincial town
    exact = size / size.sum() * PEOPLE
    people = np.floor(exact).astype(int)
    people[np.argsort(people - exact, kind="stable")[: PEOPLE - people.sum()]] += 1
    return [
        Site(site.row, site.column, site.region, site.kind, int(count))
        for site, count in zip(sites, people, strict=True)
    ]
