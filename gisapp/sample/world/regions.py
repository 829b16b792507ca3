"""The office's ground shared out: catchments grow into 25 subdistricts of 5 districts."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage as ndi
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from gisapp.sample.world.flow import Flow
from gisapp.sample.world.terrain import Heights, noise

Labels = NDArray[np.int64]
Mask = NDArray[np.bool_]

DISTRICTS, SUBDISTRICTS = 5, 25
#: Catchment of the smallest piece that is never divided, km².
PIECE_KM2 = 3.0
#: Half axes of the office: down and across, metres; crooked by the share WOBBLE.
HALF_DOWN_M, HALF_ACROSS_M, WOBBLE = 41_000.0, 46_000.0, 0.11
#: Metres of climb between two pieces that keep people apart like a kilometre of way.
CLIMB_PER_KM = 45.0
#: Fewest kilometres of way between two district towns.
TOWN_SPACING_M = 24_000.0


@dataclass(frozen=True)
class Pieces:
    """Small catchments inside the office, numbered from 0, and the ways between neighbours.

    Attributes:
        label: Piece of each cell, -1 outside the office, [row, column].
        way: Square matrix; way[i, j] > 0 where pieces touch: kilometres, climbs counted in.
        centre: Mean (row, column) of each piece.
        worth: Habitable ground of each piece, cells.
    """

    label: Labels
    way: csr_array
    centre: NDArray[np.float64]
    worth: NDArray[np.float64]


@dataclass(frozen=True)
class Shares:
    """Who owns which ground.

    Attributes:
        region: Subdistrict 0..24 of each shown cell, -1 outside the office.
        district: District 0..4 of each subdistrict; the first subdistrict of each has its town.
        town_regions: Subdistrict of each district's town.
        town_cells: (row, column) about which each town lies, shape (5, 2).
    """

    region: Labels
    district: Labels
    town_regions: list[int]
    town_cells: NDArray[np.float64]


def share_office(
    seed: int, flow: Flow, rim: int, cell_m: float, z: Heights, habitable: Heights, lake: Mask
) -> Shares:
    """Outline the office and divide it; arguments as for `make_pieces`."""
    pieces = make_pieces(seed, flow, rim, cell_m, z, habitable, lake)
    towns = _in_order(choose_towns(pieces, cell_m), pieces, z)
    subdistrict, district = share_out(pieces, towns)
    region = smooth_regions(np.where(pieces.label >= 0, subdistrict[pieces.label], -1))
    return Shares(region, district, subdistrict[towns].tolist(), pieces.centre[towns])


def share_out(pieces: Pieces, towns: NDArray[np.int64]) -> tuple[Labels, Labels]:
    """Give every piece a subdistrict (0..24) and every subdistrict a district (0..4).

    Subdistricts are numbered district by district; the first of each district holds its town.
    Each is one connected whole: a piece follows the neighbour on its shortest way.
    """
    district_of_piece = _nearest(pieces.way, towns)
    worth = np.bincount(district_of_piece, weights=pieces.worth, minlength=DISTRICTS)
    counts = _counts(worth.astype(np.float64))
    subdistrict_of_piece = np.full(len(pieces.worth), -1)
    district: list[int] = []
    for number in range(DISTRICTS):
        inside = np.flatnonzero(district_of_piece == number)
        way = pieces.way[inside][:, inside]
        start = int(np.searchsorted(inside, towns[number]))
        local = _balanced(way, pieces.worth[inside], start, counts[number])
        subdistrict_of_piece[inside] = len(district) + local
        district += [number] * counts[number]
    return subdistrict_of_piece, np.array(district)


def make_pieces(
    seed: int, flow: Flow, rim: int, cell_m: float, z: Heights, habitable: Heights, lake: Mask
) -> Pieces:
    """Cut the shown ground into catchments and keep those that lie in the office's outline.

    `z`: Shown heights (rim off), the lake filled.
    `habitable`: 0 to 1 for each shown cell.
    `lake`: Water and island; with all catchments that reach it, one piece.
    """
    link = _links(flow, PIECE_KM2 * 1e6 / cell_m**2)[rim:-rim, rim:-rim]
    about_lake = np.unique(link[lake])
    link = np.where(np.isin(link, about_lake), about_lake[:1], link)
    outline = _outline(np.random.default_rng((seed, 2)), z.shape, cell_m)
    cells = np.bincount(link.ravel())
    share = np.bincount(link.ravel(), weights=outline.ravel()) / np.maximum(cells, 1)
    parts, _ = ndi.label((share > 0.5)[link])
    largest = parts == 1 + np.argmax(np.bincount(parts.ravel())[1:])
    whole = ndi.binary_fill_holes(largest)
    # A catchment can be cut in two by the edge of what is shown or by a hole: number the parts.
    numbers, label = np.unique(np.where(whole, link, -1), return_inverse=True)
    label = label.reshape(z.shape) - 1
    way, centre = _ways(label, z, cell_m)
    inside = label >= 0
    worth = np.bincount(label[inside], weights=habitable[inside], minlength=numbers.size - 1)
    return Pieces(label, way, centre, worth.astype(np.float64))


def choose_towns(pieces: Pieces, cell_m: float) -> NDArray[np.int64]:
    """Return the piece of each district's town: much habitable ground about, far from each other.

    The first, richest one is the province's town.
    """
    near = dijkstra(pieces.way, directed=False)
    about = np.exp(-((near / 7.0) ** 2)) @ pieces.worth
    border = ndi.distance_transform_edt(pieces.label >= 0, sampling=cell_m)
    row, column = np.rint(pieces.centre).astype(int).T
    about = about * np.clip(border[row, column] / 14_000, 0.01, 1)
    towns: list[int] = []
    for _ in range(DISTRICTS):
        apart = np.ones(len(about))
        for town in towns:
            metres = cell_m * np.hypot(*(pieces.centre - pieces.centre[town]).T)
            apart *= 1 / (1 + np.exp(-(metres - TOWN_SPACING_M) / 1_500))
        towns.append(int(np.argmax(about * apart)))
    return np.array(towns)


def _in_order(towns: NDArray[np.int64], pieces: Pieces, z: Heights) -> NDArray[np.int64]:
    """Order towns as their districts are named: the provincial one, west, highest, middle, east."""
    height = ndi.gaussian_filter(z, 60)
    row, column = np.rint(pieces.centre[towns]).astype(int).T
    others = list(range(1, len(towns)))
    highest = max(others, key=lambda n: float(height[row[n], column[n]]))
    others.remove(highest)
    west, middle, east = sorted(others, key=lambda n: int(column[n]))
    return towns[[0, west, highest, middle, east]]


def smooth_regions(region: Labels) -> Labels:
    """Round the borders of regions (-1 outside), each one whole and without stray cells."""
    count = int(region.max()) + 2
    best = np.full(region.shape, -1.0)
    winner = np.zeros(region.shape, dtype=np.int64)
    for number in range(count):
        weight = ndi.gaussian_filter((region == number - 1).astype(np.float32), 2.2)
        more = weight > best
        best[more], winner[more] = weight[more], number
    whole = np.full(region.shape, -1)
    for number in range(count):
        parts, found = ndi.label(winner == number)
        if found:
            whole[parts == 1 + np.argmax(np.bincount(parts.ravel())[1:])] = number
    row, column = ndi.distance_transform_edt(whole < 0, return_distances=False, return_indices=True)
    return np.asarray(whole[row, column] - 1)


def _links(flow: Flow, least_cells: float) -> Labels:
    """Give a number to the catchment of every river reach between two confluences."""
    size = flow.gathered(np.ones(flow.receiver.size))
    cell = np.arange(flow.receiver.size)
    channel = size >= least_cells
    feeds = channel & (flow.receiver != cell)
    inflows = np.bincount(flow.receiver[feeds], minlength=cell.size)
    begins = (flow.receiver == cell) | (channel & (inflows != 1))
    # A reach is numbered from its lower end: the cell whose receiver is a confluence.
    ends = (flow.receiver == cell) | (channel & begins[flow.receiver])
    link = np.where(ends, np.cumsum(ends) - 1, -1)
    for cells in flow.levels[1:]:
        follow = cells[link[cells] < 0]
        link[follow] = link[flow.receiver[follow]]
    return link.reshape(flow.shape)


def _outline(rng: np.random.Generator, shape: tuple[int, int], cell_m: float) -> NDArray[np.bool_]:
    rows, columns = shape
    down, right = np.mgrid[0:rows, 0:columns].astype(float)
    # A little south-east of the middle, where the widest plain is.
    down = (down - 0.53 * rows) * cell_m / HALF_DOWN_M
    right = (right - 0.53 * columns) * cell_m / HALF_ACROSS_M
    crooked = ndi.gaussian_filter(noise(rng, shape, 3.0), 12)
    return np.asarray(np.hypot(down, right) < 1 + WOBBLE * crooked / crooked.std())


def _ways(label: Labels, z: Heights, cell_m: float) -> tuple[csr_array, NDArray[np.float64]]:
    count = int(label.max()) + 1
    inside = label >= 0
    row, column = np.nonzero(inside)
    cells = np.bincount(label[inside])
    centre = np.stack(
        [np.bincount(label[inside], weights=axis) / cells for axis in (row, column)], axis=1
    )
    floor = ndi.percentile_filter(z, 20, size=9)
    low = ndi.mean(floor, label, np.arange(count))
    pairs, saddle = _saddles(label, z, count)
    one, other = np.divmod(pairs, count)
    km = np.hypot(*(centre[one] - centre[other]).T) * cell_m / 1000
    climb = np.maximum(saddle - np.minimum(low[one], low[other]), 0)
    way = csr_array((km + climb / CLIMB_PER_KM, (one, other)), shape=(count, count))
    return way + way.T, centre


def _saddles(
    label: Labels, z: Heights, count: int
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return pairs of touching pieces (low * count + high) and the lowest ground between them."""
    keys, heights = [], []
    for here, there in (
        (np.s_[:, :-1], np.s_[:, 1:]),
        (np.s_[:-1, :], np.s_[1:, :]),
    ):
        a, b = label[here], label[there]
        differs = (a != b) & (a >= 0) & (b >= 0)
        low, high = np.minimum(a, b)[differs], np.maximum(a, b)[differs]
        keys.append(low * count + high)
        heights.append(np.maximum(z[here], z[there])[differs])
    key, height = np.concatenate(keys), np.concatenate(heights)
    order = np.lexsort((height, key))
    pairs, first = np.unique(key[order], return_index=True)
    return pairs, height[order][first]


def _nearest(way: csr_array, centres: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the number of each piece's nearest centre, handed on along shortest ways."""
    _, _, source = dijkstra(
        way, directed=False, indices=centres, min_only=True, return_predecessors=True
    )
    number = {int(centre): place for place, centre in enumerate(centres)}
    return np.array([number[int(piece)] for piece in source])


def _counts(worth: NDArray[np.float64]) -> list[int]:
    """Share 25 subdistricts out by habitable ground, at least three each."""
    spare = SUBDISTRICTS - 3 * DISTRICTS
    share = worth / worth.sum() * spare
    counts = np.floor(share).astype(int)
    for number in np.argsort(counts - share, kind="stable")[: spare - counts.sum()]:
        counts[number] += 1
    return [3 + int(count) for count in counts]


def _balanced(
    way: csr_array, worth: NDArray[np.float64], start: int, count: int
) -> NDArray[np.int64]:
    """Split pieces into `count` neighbourhoods of alike worth; the first holds `start`."""
    apart = dijkstra(way, directed=False)
    weight = worth + 0.05 * worth.mean()
    centres = [start]
    for _ in range(count - 1):
        gap = apart[centres].min(axis=0)
        centres.append(int(np.argmax(gap * np.sqrt(weight))))
    for _ in range(8):
        owner = _nearest(way, np.array(centres))
        for number in range(1, count):
            inside = np.flatnonzero(owner == number)
            if inside.size:
                total = apart[np.ix_(inside, inside)] ** 1.5 @ weight[inside]
                centres[number] = int(inside[np.argmin(total)])
    return _nearest(way, np.array(centres))
