"""Sums of a raster's cells over zones, each cell by its share of area."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gisapp.core.grids import Grid
from gisapp.core.zonal.kernel import add_sums
from gisapp.core.zonal.rings import Rings, rings_of
from gisapp.errors import ZoneGeometryError

#: A cell that is covered more than whole, or less than not at all, by more than rounding.
_CROSSED = 1e-6


@dataclass(frozen=True)
class ZoneSums:
    """Sums over zones.

    Attributes:
        total: [zone, band] sum of share x value over the cells whose value is known; 0 where a
            zone has no such cell: look at `known` before believing it.
        known: [zone, band] cells whose value is known, each by its share. Times
            `Grid.cell_area` it is an area, to compare with the zone's own.
    """

    total: NDArray[np.float64]
    known: NDArray[np.float64]


class RunningSums:
    """Sums of a raster that comes in blocks of whole rows, from north to south.

    The result is the same to the last bit whatever the height of the blocks.
    """

    def __init__(self, rings: Rings, bands: int) -> None:
        """Begin at the northern edge.

        Args:
            rings: The zones, in units of the raster's cells.
            bands: How many values a cell has.
        """
        self._rings = rings
        self._total = np.zeros((len(rings), bands))
        self._known = np.zeros((len(rings), bands))
        self._worst = np.zeros(len(rings))

    def add(self, values: NDArray[np.floating], row: int, column: int) -> None:
        """Add a block.

        Args:
            values: [band, row, column], NaN where not known; all columns that a zone touches.
            row, column: Cell of the grid that is its first. Each row must come once, in order.
        """
        kind = np.float32 if values.dtype == np.float32 else np.float64
        block = np.require(values, dtype=kind, requirements=["C", "W"])
        rings = self._rings
        if not rings.window.any():
            return
        add_sums(
            block,
            row,
            column,
            rings.x,
            rings.y,
            rings.ring,
            rings.turn,
            rings.zone,
            rings.window,
            self._total,
            self._known,
            self._worst,
        )

    def result(self) -> ZoneSums:
        """Return the sums so far.

        Raises:
            ZoneGeometryError: A polygon crosses or overlaps itself.
        """
        refuse_crossed(self._worst)
        return ZoneSums(self._total.copy(), self._known.copy())


def zone_sums(values: NDArray[np.floating], polygons: NDArray[np.object_], grid: Grid) -> ZoneSums:
    """Return the sums of a grid's values over polygons, each cell by its exact share of area.

    Args:
        values: [row, column] or [band, row, column], NaN where not known: such a cell counts
            nothing. Sums are made in float64.
        polygons: [zone] shapely geometry in the CRS of the grid.
        grid: The cells of `values`.

    Raises:
        ZoneGeometryError: A polygon crosses or overlaps itself, or has no finite place.
    """
    bands = values.reshape(-1, *values.shape[-2:])
    sums = RunningSums(rings_of(polygons, grid), len(bands))
    sums.add(bands, 0, 0)
    return sums.result()


def refuse_crossed(worst: NDArray[np.float64]) -> None:
    """Refuse polygons that cover a cell more than whole, or less than not at all.

    Args:
        worst: [zone] how far a share lay outside 0 to 1.

    Raises:
        ZoneGeometryError: One did.
    """
    crossed = np.flatnonzero(~(worst <= _CROSSED))
    if len(crossed):
        raise ZoneGeometryError(crossed)
