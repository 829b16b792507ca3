"""The compiled loops: exact shares of cells, row by row, from the edges of polygons.

An edge that runs down through part of a row changes how much is covered of everything east of
it. Each edge leaves that change in the cells it crosses; a running sum along the row, from west
to east, is then the covered share of each cell. Parts, holes and neighbours need no special case.

A row of a zone depends on nothing outside that row, and is summed before it is added to the
zone: however the rows are cut into blocks, the figures are the same to the last bit.
"""

from collections.abc import Callable
from math import ceil, floor
from typing import TypeVar, cast

import numpy as np
from numba import njit
from numpy.typing import NDArray

_Function = TypeVar("_Function", bound=Callable[..., object])
_Number = TypeVar("_Number", np.int64, np.float64)

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: A share this near to 0 or 1 is rounding: it is 0, or 1.
NOISE = 1e-12

#: Rows of a zone that are worked on at once: few enough to stay in the processor's cache.
BLOCK = 64


def _compiled(function: _Function) -> _Function:
    """Compile a function at its first call, and keep the code for the next run where possible."""
    try:
        compiled = njit(cache=True, nogil=True)(function)
    except RuntimeError:  # neither the package's folder nor the user's can be written
        compiled = njit(nogil=True)(function)
    # Called as what it was made from.
    return cast("_Function", compiled)


@_compiled
def _add_piece(cover: Floats, left: int, right: int, a: float, b: float, fall: float) -> None:
    """Leave the change of a piece of an edge within one row.

    Args:
        cover: [right - left + 2] changes of the row.
        left, right: First column of the window, and the one after its last.
        a, b: Columns between which the piece runs, in any order.
        fall: How much of the row it runs down; negative upwards.
    """
    west, east = min(a, b), max(a, b)
    if west >= right:
        return
    if east <= left:
        cover[0] += fall
        return
    first, last = floor(west), floor(east)
    if first == last:
        reach = 0.5 * (west + east) - first
        cover[first - left] += fall * (1.0 - reach)
        cover[first - left + 1] += fall * reach
        return
    each = fall / (east - west)
    if west < left:
        cover[0] += each * (left - west)
        west, first = float(left), left
    for column in range(first, min(last, right - 1) + 1):
        start, end = max(west - column, 0.0), min(east - column, 1.0)
        part, reach = each * (end - start), 0.5 * (start + end)
        cover[column - left] += part * (1.0 - reach)
        cover[column - left + 1] += part * reach


@_compiled
def _add_edge(
    cover: Floats, spans: Ints, box: Ints, x0: float, y0: float, x1: float, y1: float, way: float
) -> None:
    """Leave the change of an edge in the rows of a window; (x0, y0) is its northern end."""
    top, bottom, left, right = box[0], box[1], box[2], box[3]
    slope = (x1 - x0) / (y1 - y0)
    lowest, highest = min(x0, x1), max(x0, x1)
    row = max(floor(y0), top)
    y = max(y0, float(row))
    x = x0 if y0 >= row else min(max(x0 + (row - y0) * slope, lowest), highest)
    for at in range(row, min(ceil(y1), bottom)):
        if at + 1 >= y1:
            next_x, next_y = x1, y1
        else:
            # From the edge's own end, not from the row above: the same wherever a block begins.
            next_y = float(at + 1)
            next_x = min(max(x0 + (next_y - y0) * slope, lowest), highest)
        _add_piece(cover[at - top], left, right, x, next_x, way * (next_y - y))
        west = min(max(floor(min(x, next_x)), left), right)
        east = min(max(floor(max(x, next_x)) + 1, left), right)
        spans[at - top, 0] = min(spans[at - top, 0], west)
        spans[at - top, 1] = max(spans[at - top, 1], east)
        x, y = next_x, next_y


@_compiled
def _cover_rows(
    x: Floats,
    y: Floats,
    ring: Ints,
    turn: Floats,
    first: int,
    after: int,
    box: Ints,
    cover: Floats,
    spans: Ints,
) -> float:
    """Fill `cover` with the covered shares of the cells of some rows of one zone.

    Args:
        x, y, ring, turn: As in `Rings`.
        first, after: The zone's first ring, and the one after its last.
        box: First row, row after the last, first column, column after the last.
        cover: [row, column] zeros; afterwards the shares, 0 to 1, within the spans.
        spans: [row, 2] set to the first column with a share, and the one after the last.

    Returns:
        How far the farthest share lay below 0 or above 1 before it was clipped.
    """
    top, bottom, left, right = box[0], box[1], box[2], box[3]
    spans[: bottom - top, 0], spans[: bottom - top, 1] = right, left
    for vertex in range(ring[first], ring[after] - 1):
        if vertex + 1 == ring[first + 1]:  # the ring ends here: no edge leads to the next one
            first += 1
            continue
        x0, y0, x1, y1 = x[vertex], y[vertex], x[vertex + 1], y[vertex + 1]
        # Always from the northern end: neighbours that share an edge add the same, one negative.
        if y0 < y1 and y0 < bottom and y1 > top:
            _add_edge(cover, spans, box, x0, y0, x1, y1, turn[first])
        elif y1 < y0 and y1 < bottom and y0 > top:
            _add_edge(cover, spans, box, x1, y1, x0, y0, -turn[first])
    worst = 0.0
    for row in range(bottom - top):
        share, inside = 0.0, 0.0
        for column in range(spans[row, 0] - left, spans[row, 1] - left):
            change = cover[row, column]
            if change != 0.0:
                share += change
                worst = max(worst, -share, share - 1.0)
                inside = share if share < 1.0 - NOISE else 1.0
                inside = inside if inside > NOISE else 0.0
            cover[row, column] = inside
    return worst


@_compiled
def _longer(numbers: NDArray[_Number]) -> NDArray[_Number]:
    """Return numbers with as many free places behind them."""
    longer = np.empty(2 * len(numbers), numbers.dtype)
    longer[: len(numbers)] = numbers
    return longer


@_compiled
def list_cells(
    x: Floats,
    y: Floats,
    ring: Ints,
    turn: Floats,
    zone: Ints,
    window: Ints,
    columns: int,
    worst: Floats,
) -> tuple[Ints, Ints, Floats]:
    """Return (zone, cell, share) of every cell that a zone covers in part, in that order.

    Args:
        x, y, ring, turn, zone, window: As in `Rings`.
        columns: Columns of the grid; a cell's number counts row by row.
        worst: [zone] set as `_cover_rows` says it.
    """
    found, room = 0, 1024
    zones, cells, shares = np.empty(room, np.int64), np.empty(room, np.int64), np.empty(room)
    cover = np.zeros((BLOCK, np.max(window[:, 3] - window[:, 2]) + 2))
    spans, box = np.empty((BLOCK, 2), np.int64), np.empty(4, np.int64)
    for z in range(len(window)):
        box[2:] = window[z, 2:]
        for top in range(window[z, 0], window[z, 1], BLOCK):
            box[0], box[1] = top, min(top + BLOCK, window[z, 1])
            worst[z] = max(
                worst[z], _cover_rows(x, y, ring, turn, zone[z], zone[z + 1], box, cover, spans)
            )
            for row in range(box[1] - top):
                while found + spans[row, 1] - spans[row, 0] > room:
                    room *= 2
                    zones, cells = _longer(zones), _longer(cells)
                    shares = _longer(shares)
                for column in range(spans[row, 0], spans[row, 1]):
                    share = cover[row, column - box[2]]
                    if share > 0.0:
                        zones[found], shares[found] = z, share
                        cells[found] = (top + row) * columns + column
                        found += 1
                cover[row, : box[3] - box[2] + 2] = 0.0
    return zones[:found].copy(), cells[:found].copy(), shares[:found].copy()


@_compiled
def _counted(value: float, share: float) -> tuple[float, float]:
    """Return share x value and the share; nothing of a value that is not known."""
    if share > 0.0 and value == value:
        return share * value, share
    return 0.0, 0.0


@_compiled
def _row_sums(line: NDArray[np.floating], shares: Floats) -> tuple[float, float]:
    """Return the sums of share x value and of the shares over a row, NaN left out.

    Four sums run side by side, because each addition waits for the one before it; which cell
    goes to which is fixed by where the zone begins in the row.
    """
    t0 = t1 = t2 = t3 = k0 = k1 = k2 = k3 = 0.0
    even = len(shares) // 4 * 4
    for c in range(0, even, 4):
        v0, s0 = _counted(float(line[c]), shares[c])
        v1, s1 = _counted(float(line[c + 1]), shares[c + 1])
        v2, s2 = _counted(float(line[c + 2]), shares[c + 2])
        v3, s3 = _counted(float(line[c + 3]), shares[c + 3])
        t0, t1, t2, t3 = t0 + v0, t1 + v1, t2 + v2, t3 + v3
        k0, k1, k2, k3 = k0 + s0, k1 + s1, k2 + s2, k3 + s3
    for c in range(even, len(shares)):
        v0, s0 = _counted(float(line[c]), shares[c])
        t0, k0 = t0 + v0, k0 + s0
    return (t0 + t1) + (t2 + t3), (k0 + k1) + (k2 + k3)


@_compiled
def add_sums(
    values: NDArray[np.floating],
    first_row: int,
    first_column: int,
    x: Floats,
    y: Floats,
    ring: Ints,
    turn: Floats,
    zone: Ints,
    window: Ints,
    total: Floats,
    known: Floats,
    worst: Floats,
) -> None:
    """Add a block of whole rows to the sums of the zones; blocks must come from north to south.

    Args:
        values: [band, row, column] of the block, NaN where not known.
        first_row, first_column: Where it begins in the grid; it holds all columns of the zones.
        x, y, ring, turn, zone, window: As in `Rings`.
        total: [zone, band] sums of share x value; added to.
        known: [zone, band] cells, with their shares, whose value is known; added to.
        worst: [zone] as `_cover_rows` says it; raised.
    """
    bands, after = values.shape[0], first_row + values.shape[1]
    cover = np.zeros((BLOCK, np.max(window[:, 3] - window[:, 2]) + 2))
    spans, box = np.empty((BLOCK, 2), np.int64), np.empty(4, np.int64)
    for z in range(len(window)):
        box[2:] = window[z, 2:]
        bottom = min(window[z, 1], after)
        for top in range(max(window[z, 0], first_row), bottom, BLOCK):
            box[0], box[1] = top, min(top + BLOCK, bottom)
            worst[z] = max(
                worst[z], _cover_rows(x, y, ring, turn, zone[z], zone[z + 1], box, cover, spans)
            )
            for row in range(box[1] - top):
                west, east = spans[row, 0], spans[row, 1]
                shares = cover[row, west - box[2] : east - box[2]]
                for band in range(bands):
                    line = values[band, top + row - first_row]
                    line = line[west - first_column : east - first_column]
                    row_total, row_known = _row_sums(line, shares)
                    total[z, band] += row_total
                    known[z, band] += row_known
                cover[row, : box[3] - box[2] + 2] = 0.0
