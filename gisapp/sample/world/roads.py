"""Roads of the sample: the cheapest ways that join towns, subdistrict centres and villages."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from gisapp.sample.world.graph import RoadGround, road_ground, way_back
from gisapp.sample.world.places import HIGH_M, Ground, Site

#: Best first; an edge used for several ends has the best class of them.
CLASSES = ("primary", "secondary", "tertiary", "track", "path")
PRIMARY, SECONDARY, TERTIARY, TRACK, PATH = range(5)
#: Ground cells in one node of the road graph, each way.
BLOCK = 2
#: Links between subdistrict centres whose way is much longer than the straight line.
LINKS = 7
#: Villages joined between two looks at the whole ground.
BATCH = 70

Edge = tuple[int, int]


@dataclass(frozen=True)
class Network:
    """Which edges of the road graph are built.

    Attributes:
        shape: (rows, columns) of nodes; a node's centre lies BLOCK * (row + 0.5) cells down.
        edges: (low node, high node) -> index in CLASSES.
        route: The same edges -> number of the way they were first built for, 0, 1, …
        node_of_site: Node of each site; -1 for the island, which has none.
    """

    shape: tuple[int, int]
    edges: dict[Edge, int]
    route: dict[Edge, int]
    node_of_site: NDArray[np.int64]

    def nodes(self) -> NDArray[np.int64]:
        """Return every node on a road, ascending."""
        return np.unique(np.array(sorted(self.edges)))

    def joined(self, edges: list[Edge], road_class: int) -> "Network":
        """Return the network with more edges; the better class wins."""
        more, route = dict(self.edges), dict(self.route)
        number = 1 + max(route.values(), default=-1)
        for edge in edges:
            more[edge] = min(road_class, more.get(edge, PATH))
            route.setdefault(edge, number)
        return Network(self.shape, more, route, self.node_of_site)

    def metres(self, edge: Edge, node_m: float) -> float:
        """Return the length of an edge; a node's side is `node_m`."""
        (a, b), (c, d) = divmod(edge[0], self.shape[1]), divmod(edge[1], self.shape[1])
        return float(np.hypot(a - c, b - d)) * node_m


def build_roads(
    ground: Ground, sites: list[Site], bridge: NDArray[np.int64], closed: NDArray[np.bool_]
) -> Network:
    """Join all sites but the island: towns first, then centres, villages and hamlets.

    `bridge`: 0 dry, 1 stream, 2 river, for each ground cell.
    `closed`: Ground cells without any road: the reservoir, its shore and its island.
    """
    land = _road_ground(ground, bridge, closed)
    node = _nodes_of(sites, land.shape[1])
    towns = town_nodes(sites, node)
    network = _main_roads(land, Network(land.shape, {}, {}, node), towns)
    centres = [int(n) for n, site in zip(node, sites, strict=True) if site.kind == "centre"]
    network = _joined_nearest_first(land, network, centres, SECONDARY)
    network = _links(land, network, towns + centres)
    return _with_villages(land, network, sites, ground)


def road_km(network: Network, towns: list[int], node_m: float) -> NDArray[np.float64]:
    """Return road kilometres from each town's node (row) to each site (column).

    NaN for the site without a road.
    """
    nodes = network.nodes()
    edges = sorted(network.edges)
    one, other = np.searchsorted(nodes, np.array(edges).T)
    metres = [network.metres(edge, node_m) for edge in edges]
    graph = coo_array((metres, (one, other)), shape=(nodes.size, nodes.size)).tocsr()
    far = dijkstra(graph, directed=False, indices=np.searchsorted(nodes, towns)) / 1000
    place = np.searchsorted(nodes, np.maximum(network.node_of_site, nodes[0]))
    return np.where(network.node_of_site >= 0, far[:, place], np.nan)


def _road_ground(
    ground: Ground, bridge: NDArray[np.int64], closed: NDArray[np.bool_]
) -> RoadGround:
    down, right = np.gradient(ground.z, ground.cell_m)
    return road_ground(
        _blocks(ground.z).mean(axis=(1, 3)),
        _blocks(np.hypot(down, right)).mean(axis=(1, 3)),
        _blocks(bridge).max(axis=(1, 3)),
        _blocks(closed).max(axis=(1, 3)),
        ground.cell_m * BLOCK,
    )


def _blocks(values: NDArray[np.generic]) -> NDArray[np.generic]:
    rows, columns = values.shape
    return values.reshape(rows // BLOCK, BLOCK, columns // BLOCK, BLOCK)


def _nodes_of(sites: list[Site], columns: int) -> NDArray[np.int64]:
    return np.array(
        [
            -1
            if site.kind == "island"
            else int(site.row / BLOCK) * columns + int(site.column / BLOCK)
            for site in sites
        ]
    )


def town_nodes(sites: list[Site], node: NDArray[np.int64]) -> list[int]:
    """Return the node of each town's first site, in the order of the sites."""
    first: dict[int, int] = {}
    for number, site in enumerate(sites):
        if site.kind == "town":
            first.setdefault(site.region, int(node[number]))
    return list(first.values())


def _main_roads(land: RoadGround, network: Network, towns: list[int]) -> Network:
    """Join the towns, nearest next, and lead roads out of the map in four directions."""
    _, before = land.from_network(np.array(towns[:1]))
    network = network.joined(way_back(before, towns[1]), PRIMARY)
    network = _joined_nearest_first(land, network, towns[2:], PRIMARY)
    cost, before = land.from_network(network.nodes())
    at = np.arange(cost.size).reshape(land.shape)
    for edge in (at[-1], at[0], at[:, 0], at[:, -1]):
        out = int(edge[np.argmin(cost[edge])])
        road_class = SECONDARY if edge is at[0] else PRIMARY
        network = network.joined(way_back(before, out), road_class)
    return network


def _joined_nearest_first(
    land: RoadGround, network: Network, places: list[int], road_class: int
) -> Network:
    """Join places one by one, so that a later one uses the road built for an earlier one."""
    waiting = list(places)
    while waiting:
        cost, before = land.from_network(network.nodes())
        costs = cost[waiting]
        nearest = waiting.pop(int(np.argmin(costs)))
        network = network.joined(way_back(before, nearest), road_class)
    return network


def _with_villages(
    land: RoadGround, network: Network, sites: list[Site], ground: Ground
) -> Network:
    """Join the villages, nearest first, BATCH at a time: a later batch uses earlier roads."""
    node = network.node_of_site
    waiting = np.flatnonzero(node >= 0)
    while waiting.size:
        cost, before = land.from_network(network.nodes())
        waiting = waiting[np.argsort(cost[node[waiting]], kind="stable")]
        for number in waiting[:BATCH]:
            way = way_back(before, int(node[number]))
            kind = _class_of(sites[number], ground, float(cost[node[number]]))
            network = network.joined(way, kind)
        waiting = waiting[BATCH:]
    return network


def _links(land: RoadGround, network: Network, places: list[int]) -> Network:
    """Add roads between neighbours that are far apart by road though near in cost."""
    row, column = np.divmod(np.array(places), land.shape[1])
    straight = np.hypot(row[:, None] - row, column[:, None] - column)
    for _ in range(LINKS):
        there = Network(land.shape, network.edges, network.route, np.array(places))
        by_road = road_km(there, places, 1000.0)
        detour = np.where((straight > 15) & (straight < 105), by_road / np.maximum(straight, 1), 0)
        one, other = np.unravel_index(np.argmax(detour), detour.shape)
        cheap = land.cheaper_along(set(network.edges))
        _, before = cheap.from_network(np.array([places[one]]))
        network = network.joined(way_back(before, places[other]), SECONDARY)
    return network


def _class_of(site: Site, ground: Ground, cost: float) -> int:
    """Return the road class that a village's own stretch gets."""
    if site.kind in ("town", "centre"):
        return TERTIARY
    height = ground.z[int(site.row), int(site.column)]
    if height > HIGH_M:
        return PATH if cost > 9_000 else TRACK
    return TRACK if site.people < 330 or cost > 12_000 else TERTIARY
