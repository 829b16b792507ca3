"""The ground as a graph for road builders: nodes are square cells, steps cost money."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import dijkstra

from gisapp.sample.world.terrain import Heights

#: Half of the sixteen directions, (rows, columns); each is built both ways.
_STEPS = ((0, 1), (1, 0), (1, 1), (1, -1), (1, 2), (2, 1), (1, -2), (2, -1))
#: Slope along the road that doubles the cost of a metre, rise over run.
GRADE = 0.055
#: A bridge costs as much as this many metres of road: over a stream, over a river.
STREAM_BRIDGE_M, RIVER_BRIDGE_M = 350.0, 1_400.0


@dataclass(frozen=True)
class RoadGround:
    """What a road builder sees.

    Attributes:
        shape: (rows, columns) of nodes.
        cost: Sparse square matrix, metres of easy road between neighbouring nodes.
    """

    shape: tuple[int, int]
    cost: csr_array

    def from_network(
        self, network: NDArray[np.int64]
    ) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """Return cost to the nearest node of a network, and the node before on that way."""
        cost, before, _ = dijkstra(
            self.cost, indices=np.sort(network), min_only=True, return_predecessors=True
        )
        return cost, before

    def cheaper_along(self, edges: set[tuple[int, int]]) -> "RoadGround":
        """Return the ground with a road already built along some edges: 0.45 of the cost."""
        one, other = np.array(sorted(edges)).T
        built = coo_array((np.ones(len(one)), (one, other)), shape=self.cost.shape).tocsr()
        saved = self.cost.multiply(built + built.T) * 0.55
        return RoadGround(self.shape, (self.cost - saved).tocsr())


def road_ground(
    z: Heights, rough: Heights, bridge: NDArray[np.int64], closed: NDArray[np.bool_], cell_m: float
) -> RoadGround:
    """Build the graph.

    `z`: Metres, [row, column] of nodes.
    `rough`: Mean slope of the ground in each node's cell, rise over run.
    `bridge`: 0 dry, 1 stream, 2 river.
    `closed`: Nodes that no road may enter.
    """
    node = np.arange(z.size).reshape(z.shape)
    rows, columns = z.shape
    toll = np.array([0.0, STREAM_BRIDGE_M, RIVER_BRIDGE_M])[bridge] / 2
    costs, ones, others = [], [], []
    for down, right in _STEPS:
        here = np.s_[: rows - down, max(0, -right) : columns - max(0, right)]
        there = np.s_[down:, max(0, right) : columns - max(0, -right)]
        metres = cell_m * float(np.hypot(down, right))
        grade = np.abs(z[here] - z[there]) / metres
        side = 1 + 2.5 * (rough[here] + rough[there])
        cost = metres * (1 + (grade / GRADE) ** 2) * side + toll[here] + toll[there]
        free = ~(closed[here] | closed[there])
        costs.append(cost[free])
        ones.append(node[here][free])
        others.append(node[there][free])
    one, other, cost = np.concatenate(ones), np.concatenate(others), np.concatenate(costs)
    half = coo_array((cost, (one, other)), shape=(z.size, z.size)).tocsr()
    return RoadGround(z.shape, (half + half.T).tocsr())


def way_back(before: NDArray[np.int64], node: int) -> list[tuple[int, int]]:
    """Return the edges from a node back to the network, each as (low, high)."""
    edges = []
    while before[node] >= 0:
        onto = int(before[node])
        edges.append((min(node, onto), max(node, onto)))
        node = onto
    return edges
