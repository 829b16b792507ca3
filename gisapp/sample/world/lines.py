"""Rivers and roads as drawn lines, in cells: x across, y down, the grid's corner at 0, 0."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage as ndi

from gisapp.sample.world.places import Site
from gisapp.sample.world.rivers import RIVER_KM2, STREAM_KM2, Stem
from gisapp.sample.world.roads import BLOCK, Edge, Network

Line = NDArray[np.float64]


@dataclass(frozen=True)
class RiverLine:
    """A reach of one class: vertices (x, y) downstream, and which stem it is part of."""

    xy: Line
    flow_class: int
    stem: int


@dataclass(frozen=True)
class RoadLine:
    """A road of one class and route between two junctions: vertices (x, y)."""

    xy: Line
    road_class: int
    route: int


def river_lines(stems: list[Stem], water: NDArray[np.bool_], rim: int) -> list[RiverLine]:
    """Cut stems at the edge of what is shown, at the lake's shore and where the class changes.

    `water`: True in the lake and on its island, shown cells.
    """
    rows, columns = water.shape
    lines = []
    for number, stem in enumerate(stems):
        xy = stem.row_column[:, ::-1] - rim + 0.5
        inside = (xy > 0).all(axis=1) & (xy[:, 0] < columns) & (xy[:, 1] < rows)
        row = np.clip(xy[:, 1].astype(int), 0, rows - 1)
        column = np.clip(xy[:, 0].astype(int), 0, columns - 1)
        flow_class = np.digitize(stem.catchment_km2, (STREAM_KM2, RIVER_KM2))
        drawn = np.where(inside & ~water[row, column], flow_class, -1)
        lines += [
            RiverLine(xy[first:last], kind, number) for first, last, kind in _runs(drawn, inside)
        ]
    return lines


def _runs(drawn: NDArray[np.int64], inside: NDArray[np.bool_]) -> list[tuple[int, int, int]]:
    """Return (first, last + 1, class) of runs of equal class; each reaches into the next one."""
    change = np.flatnonzero(np.diff(drawn)) + 1
    starts, ends = np.r_[0, change], np.r_[change, drawn.size]
    runs = []
    for first, last in zip(starts, ends, strict=True):
        if drawn[first] < 0:
            continue
        # One vertex more on both sides: to the next class, or into the lake.
        reach = last + 1 if last < drawn.size and inside[last] else last
        begin = first - 1 if first > 0 and inside[first - 1] and drawn[first - 1] < 0 else first
        if reach - begin > 1:
            runs.append((int(begin), int(reach), int(drawn[first])))
    return runs


def road_lines(network: Network, sites: list[Site]) -> list[RoadLine]:
    """Join edges to roads between junctions and round their corners; ends meet exactly."""
    place = _node_places(network, sites)
    arms: dict[int, list[Edge]] = defaultdict(list)
    for edge in sorted(network.edges):
        arms[edge[0]].append(edge)
        arms[edge[1]].append(edge)
    kind = {edge: (network.edges[edge], network.route[edge]) for edge in network.edges}
    ends = {
        node for node, edges in arms.items() if len(edges) != 2 or kind[edges[0]] != kind[edges[1]]
    }
    left = set(network.edges)
    lines = []
    for start in [*sorted(ends), *sorted(arms)]:  # the second round finds rings without an end
        for edge in arms[start]:
            if edge in left:
                nodes = _walk(start, edge, arms, ends, left)
                lines.append(RoadLine(_rounded(np.array([place[n] for n in nodes])), *kind[edge]))
    return lines


def _node_places(network: Network, sites: list[Site]) -> dict[int, tuple[float, float]]:
    """Return (x, y) of every node: its village's point, else the middle of its cell."""
    columns = network.shape[1]
    place = {
        int(node): (BLOCK * (node % columns + 0.5), BLOCK * (node // columns + 0.5))
        for node in network.nodes()
    }
    # The first village of a cell is the one the road leads to.
    for node, site in reversed(list(zip(network.node_of_site.tolist(), sites, strict=True))):
        if node in place:
            place[node] = (site.column, site.row)
    return place


def _walk(
    start: int, edge: Edge, arms: dict[int, list[Edge]], ends: set[int], left: set[Edge]
) -> list[int]:
    """Follow a road from a junction to the next; its edges are taken out of `left`."""
    nodes = [start]
    while True:
        left.discard(edge)
        nodes.append(edge[0] if edge[1] == nodes[-1] else edge[1])
        onward = [other for other in arms[nodes[-1]] if other in left]
        if nodes[-1] in ends or not onward:
            return nodes
        edge = onward[0]


def _rounded(line: Line) -> Line:
    """Halve the steps and round the corners; the ends stay."""
    at = np.linspace(0, len(line) - 1, 2 * len(line) - 1)
    fine = np.stack([np.interp(at, np.arange(len(line)), line[:, axis]) for axis in (0, 1)], 1)
    reach = min(6, len(fine) - 1)
    padded = np.concatenate(
        [2 * fine[:1] - fine[reach:0:-1], fine, 2 * fine[-1:] - fine[-2 : -reach - 2 : -1]]
    )
    smooth = ndi.gaussian_filter1d(padded, 1.5, axis=0, truncate=3)[reach:-reach]
    smooth[0], smooth[-1] = fine[0], fine[-1]
    return np.asarray(smooth)
