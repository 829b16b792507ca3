"""Where water goes: each cell's way out, cell lists ordered by it, and what it gathers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import breadth_first_order, minimum_spanning_tree

#: The eight neighbours as (row, column) steps.
STEPS = ((-1, -1), (-1, 0), (-1, 1), (0, -1), (0, 1), (1, -1), (1, 0), (1, 1))


@dataclass(frozen=True)
class Flow:
    """A forest over the cells of a grid; every cell reaches an outlet.

    Attributes:
        shape: (rows, columns); the arrays below are flat, row by row.
        receiver: Cell that each cell drains into; outlets drain into themselves.
        step: Distance to the receiver in cells: 1 or the square root of 2.
        levels: Cells by number of steps to the outlet: levels[0] are the outlets, a cell's receiver
            always stands one level before it.
    """

    shape: tuple[int, int]
    receiver: NDArray[np.int64]
    step: NDArray[np.float64]
    levels: tuple[NDArray[np.int64], ...]

    def gathered(self, amount: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return each cell's amount plus that of everything upstream, same flat shape."""
        total = amount.astype(np.float64).copy()
        for cells in reversed(self.levels[1:]):
            np.add.at(total, self.receiver[cells], total[cells])
        return total

    def carved(self, z: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return heights (flat) that nowhere rise on the way down: spurs in the way are cut."""
        low = z.copy()
        for cells in reversed(self.levels[1:]):
            np.minimum.at(low, self.receiver[cells], low[cells])
        return low


def drained(z: NDArray[np.float64], outlet: NDArray[np.bool_]) -> Flow:
    """Lead every cell to an outlet: down the steepest step, and out of pits by the lowest pass.

    Args:
        z: Heights, [row, column].
        outlet: True where water leaves the grid, same shape; at least one cell.

    Source: Cordonnier, Bovy & Braun (2019), Earth Surf. Dynam. 7, 549-562 (basin graph, carving).
    """
    receiver = _steepest(z, outlet)
    basin = _roots(receiver)
    pits = np.flatnonzero((receiver == np.arange(z.size)) & ~outlet.ravel())
    if pits.size:
        for pit, inside, outside in _passes(z, basin, pits):
            _turn_path(receiver, pit, inside, outside)
    return Flow(z.shape, receiver, _step_lengths(receiver, z.shape[1]), _levels(receiver))


def _steepest(z: NDArray[np.float64], outlet: NDArray[np.bool_]) -> NDArray[np.int64]:
    rows, columns = z.shape
    padded = np.pad(z, 1, constant_values=np.inf)
    cell = np.arange(z.size).reshape(z.shape)
    steepest = np.zeros(z.shape)
    receiver = cell.copy()
    for down, right in STEPS:
        there = padded[1 + down : 1 + down + rows, 1 + right : 1 + right + columns]
        slope = (z - there) / np.hypot(down, right)
        better = slope > steepest
        steepest[better] = slope[better]
        receiver[better] = cell[better] + down * columns + right
    receiver[outlet] = cell[outlet]
    return receiver.ravel()


def _roots(receiver: NDArray[np.int64]) -> NDArray[np.int64]:
    root = receiver
    while True:
        further = root[root]
        if np.array_equal(further, root):
            return root
        root = further


def _passes(
    z: NDArray[np.float64], basin: NDArray[np.int64], pits: NDArray[np.int64]
) -> list[tuple[int, int, int]]:
    """Return (pit, cell inside, cell outside) of the pass by which each closed basin overflows."""
    number = np.zeros(z.size, dtype=np.int64)  # 0: drains to an outlet
    number[pits] = np.arange(1, pits.size + 1)
    label = number[basin].reshape(z.shape)
    height, one, other = _borders(z, label)
    order = np.lexsort((other, one, height))
    one, other = one[order], other[order]
    names = label.ravel()
    low, high = np.minimum(names[one], names[other]), np.maximum(names[one], names[other])
    pair, first = np.unique(low * (pits.size + 1) + high, return_index=True)
    # Ranks from 1 as weights: no ties, and no weight 0, which a sparse matrix would drop.
    graph = coo_array(
        (first + 1.0, (low[first], high[first])), shape=(pits.size + 1, pits.size + 1)
    )
    reached, parent = breadth_first_order(minimum_spanning_tree(graph.tocsr()), 0, directed=False)
    closed = reached[1:].astype(np.int64)
    onto = parent[closed].astype(np.int64)
    keys = np.minimum(closed, onto) * (pits.size + 1) + np.maximum(closed, onto)
    border = first[np.searchsorted(pair, keys)]
    turned = names[one[border]] != closed
    inside = np.where(turned, other[border], one[border])
    outside = np.where(turned, one[border], other[border])
    return list(zip(pits[closed - 1].tolist(), inside.tolist(), outside.tolist(), strict=True))


def _borders(
    z: NDArray[np.float64], label: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.int64]]:
    """Return height of the step and both cells wherever neighbours differ in label."""
    rows, columns = z.shape
    cell = np.arange(z.size).reshape(z.shape)
    heights, ones, others = [], [], []
    for down, right in ((0, 1), (1, -1), (1, 0), (1, 1)):
        here = (slice(0, rows - down), slice(max(0, -right), columns - max(0, right)))
        there = (slice(down, rows), slice(max(0, right), columns - max(0, -right)))
        differs = label[here] != label[there]
        heights.append(np.maximum(z[here], z[there])[differs])
        ones.append(cell[here][differs])
        others.append(cell[there][differs])
    return np.concatenate(heights), np.concatenate(ones), np.concatenate(others)


def _turn_path(receiver: NDArray[np.int64], pit: int, inside: int, outside: int) -> None:
    """Turn the way from the pass down to the pit round, in place, so that the pit drains out."""
    cell, onto = inside, outside
    while True:
        before = int(receiver[cell])
        receiver[cell] = onto
        if cell == pit:
            return
        cell, onto = before, cell


def _step_lengths(receiver: NDArray[np.int64], columns: int) -> NDArray[np.float64]:
    cell = np.arange(receiver.size)
    down = receiver // columns - cell // columns
    right = receiver % columns - cell % columns
    return np.where(down * right != 0, np.sqrt(2.0), 1.0)


def _levels(receiver: NDArray[np.int64]) -> tuple[NDArray[np.int64], ...]:
    depth = (receiver != np.arange(receiver.size)).astype(np.int64)
    ahead = receiver
    while True:  # each round doubles how far ahead every cell has counted
        deeper = depth + depth[ahead]
        if np.array_equal(deeper, depth):
            break
        depth, ahead = deeper, ahead[ahead]
    order = np.argsort(depth, kind="stable")
    return tuple(np.split(order, np.cumsum(np.bincount(depth))[:-1]))
