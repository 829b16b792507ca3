"""Rivers of the sample: where they run, how they are drawn, and their beds in the ground."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage as ndi

from gisapp.sample.world.flow import Flow
from gisapp.sample.world.terrain import Heights, Relief

#: Catchment from which water is drawn at all, from which it is a stream, a river; km².
BROOK_KM2, STREAM_KM2, RIVER_KM2 = 8.0, 60.0, 500.0

#: A bed is this much wider than its line, in cells both ways: a line that only just touches the
#: corner of a cell must not find a bank there, on whichever side rounding puts it.
BANKS = np.array([[[0, 0]], [[1, 1]], [[1, -1]], [[-1, 1]], [[-1, -1]]]) * 0.02


@dataclass(frozen=True)
class Stem:
    """One water from its head to its mouth; the larger branch keeps the name at each confluence.

    Attributes:
        row_column: Line in cells of the relief (rim included, centre of a cell = whole number),
            shape (n, 2), downstream.
        z: Height of the bed at each vertex, metres, never rising.
        catchment_km2: At each vertex, never falling.
    """

    row_column: NDArray[np.float64]
    z: NDArray[np.float64]
    catchment_km2: NDArray[np.float64]


def river_stems(relief: Relief, flow: Flow) -> list[Stem]:
    """Trace every water of at least BROOK_KM2, largest first, bends rounded.

    A tributary ends on the drawn line of the water it joins, not on a cell's centre.
    """
    cells_km2 = relief.cell_m**2 / 1e6
    catchment = flow.gathered(np.full(relief.z.size, cells_km2))
    z = flow.carved(relief.z.ravel())
    drawn = np.stack(np.unravel_index(np.arange(z.size), relief.z.shape), axis=1).astype(float)
    stems = []
    for cells in stem_cells(flow, catchment, BROOK_KM2):
        own = cells[:-1]  # the last cell is the joined water's, already drawn
        drawn[own] = _rounded(drawn[cells])[:-1]
        size = np.append(catchment[own], catchment[own[-1]])
        stems.append(Stem(drawn[cells], z[cells], size))
    return stems


def stem_cells(flow: Flow, catchment: NDArray[np.float64], least: float) -> list[NDArray[np.int64]]:
    """Split all cells whose catchment is at least `least` into stems, largest mouth first.

    Each stem lists its cells downstream and ends with a cell of the stem that it joins, or with an
    outlet.
    """
    wet = np.flatnonzero(catchment >= least)
    inner = wet[flow.receiver[wet] != wet]
    # Of the cells that drain into one, the last written, the largest, is its main branch.
    upward = inner[np.argsort(catchment[inner], kind="stable")]
    main = np.full(catchment.size, -1)
    main[flow.receiver[upward]] = upward
    mouths = inner[main[flow.receiver[inner]] != inner]
    outlets = wet[flow.receiver[wet] == wet]
    firsts = np.concatenate([main[outlets][main[outlets] >= 0], mouths])
    firsts = firsts[np.lexsort((firsts, -catchment[firsts]))]
    stems = []
    for first in firsts:
        path = [int(flow.receiver[first])]
        cell = int(first)
        while cell >= 0:
            path.append(cell)
            cell = int(main[cell])
        if len(path) > 4:
            stems.append(np.array(path[::-1]))
    return stems


def _rounded(line: NDArray[np.float64]) -> NDArray[np.float64]:
    """Round the corners of a line of neighbouring cells; its ends stay."""
    padded = np.concatenate([2 * line[:1] - line[4:0:-1], line, 2 * line[-1:] - line[-2:-6:-1]])
    smooth = ndi.gaussian_filter1d(padded, 1.3, axis=0, truncate=3)[4:-4]
    smooth[0], smooth[-1] = line[0], line[-1]
    return np.asarray(smooth)


def with_beds(z: Heights, stems: list[Stem]) -> Heights:
    """Cut each water's bed into the ground under its drawn line, so that nowhere it rises.

    A cell that two waters share has the lower bed; what follows it on the higher one is lowered
    too, until nothing changes.
    """
    cut = z.copy()
    ways = []
    for stem in reversed(stems):
        place, bed = dense(stem.row_column, stem.z, 40)
        row, column = np.rint(place[None] + BANKS).astype(int).transpose(2, 0, 1)
        np.minimum.at(cut, (row, column), bed)
        ways.append((row[0], column[0]))
    changed = True
    while changed:
        changed = False
        for row, column in ways:
            bed = cut[row, column]
            lowered = np.minimum.accumulate(bed)
            if (lowered < bed).any():
                np.minimum.at(cut, (row, column), lowered)
                changed = True
    return cut


def dense(
    line: NDArray[np.float64], z: NDArray[np.float64], parts: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return a line and its heights with every step divided into equal parts."""
    at = np.linspace(0, len(line) - 1, (len(line) - 1) * parts + 1)
    index = np.arange(len(line))
    place = np.stack([np.interp(at, index, line[:, axis]) for axis in (0, 1)], axis=1)
    return place, np.interp(at, index, z)
