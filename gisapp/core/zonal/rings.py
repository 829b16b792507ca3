"""Polygons as plain arrays in units of cells, which is what the kernel walks along."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from gisapp.core.grids import Grid
from gisapp.errors import ZoneGeometryError

_POLYGON, _FIRST_OF_PARTS, _MULTIPOLYGON, _COLLECTION = 3, 4, 6, 7

_NO_AREA = shapely.Polygon()


@dataclass(frozen=True)
class Rings:
    """Closed rings of all zones, whichever way round they were drawn.

    Attributes:
        x: Columns east of the grid's western edge, with their parts, of each vertex.
        y: Rows south of its northern edge.
        ring: [rings + 1] where each ring's vertices begin, and the last one's end.
        turn: [ring] 1 or -1, which makes an exterior cover and a hole uncover what it holds.
        zone: [zones + 1] where each zone's rings begin, and the last one's end.
        window: [zone, 4] first row, row after the last, first column, column after the last that
            the zone can touch inside the grid; four zeros where it touches none.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    ring: NDArray[np.int64]
    turn: NDArray[np.float64]
    zone: NDArray[np.int64]
    window: NDArray[np.int64]

    def __len__(self) -> int:
        """How many zones there are."""
        return len(self.window)

    @property
    def around(self) -> tuple[int, int, int, int]:
        """The window that holds those of all zones; four zeros where no zone touches the grid."""
        touched = self.window[self.window[:, 1] > 0]
        if not len(touched):
            return 0, 0, 0, 0
        top, _, left, _ = touched.min(axis=0).tolist()
        _, bottom, _, right = touched.max(axis=0).tolist()
        return top, bottom, left, right


def rings_of(polygons: NDArray[np.object_], grid: Grid) -> Rings:
    """Return the rings of polygons in units of the grid's cells.

    Multipolygons are all of their parts; of collections only what has an area counts. None and
    empty geometry have no ring.

    Args:
        polygons: shapely geometry in the CRS of the grid.
        grid: The cells.

    Raises:
        ZoneGeometryError: A vertex is not a finite number.
    """
    zones = _only_areas(np.asarray(polygons, dtype=object))
    # An empty one more, because nothing at all has no type.
    kind, vertices, offsets = shapely.to_ragged_array([*zones, _NO_AREA], include_z=False)
    ring, polygon = offsets[0].astype(np.int64), offsets[1].astype(np.int64)
    zone = polygon[offsets[2]] if kind == shapely.GeometryType.MULTIPOLYGON else polygon
    zone = zone[:-1]
    unknown = ~np.isfinite(vertices).all(axis=1)
    if unknown.any():
        ends = ring[zone[1:]]
        raise ZoneGeometryError(np.unique(np.searchsorted(ends, np.flatnonzero(unknown), "right")))
    x = (vertices[:, 0] - grid.west) / grid.cell_x
    y = (grid.north - vertices[:, 1]) / grid.cell_y
    turn = _turns(x, y, ring, polygon)
    return Rings(x, y, ring, turn, zone, _windows(x, y, ring[zone], grid))


def _only_areas(geometry: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return geometry as polygons and multipolygons; what has no area is empty."""
    kind = shapely.get_type_id(geometry)
    areas = np.where((kind == _POLYGON) | (kind == _MULTIPOLYGON), geometry, _NO_AREA)
    mixed = np.flatnonzero(kind == _COLLECTION)
    parts, owner = shapely.get_parts(geometry[mixed], return_index=True)
    while (kind := shapely.get_type_id(parts)).max(initial=0) >= _FIRST_OF_PARTS:
        parts, inner = shapely.get_parts(parts, return_index=True)
        owner = owner[inner]
    held = kind == _POLYGON
    which, number = np.unique(owner[held], return_inverse=True)
    areas[mixed[which]] = shapely.multipolygons(parts[held], indices=number)
    return areas


def _turns(
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    ring: NDArray[np.int64],
    polygon: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Return 1 for each ring that runs the way its polygon needs it, -1 for the others.

    An exterior must run south along its western side, where what it covers begins; a hole north.

    Args:
        x, y, ring: As in `Rings`.
        polygon: [polygons + 1] where each polygon's rings begin; its first is the exterior.
    """
    if len(ring) == 1:
        return np.empty(0)
    start, size = ring[:-1], np.diff(ring)
    # From the ring's own first vertex: far from the grid's corner the products would be rounded.
    across, down = x - np.repeat(x[start], size), y - np.repeat(y[start], size)
    # The last vertex of a ring is its first, zero, and so makes nothing with the next ring's.
    twice = across * np.roll(down, -1) - down * np.roll(across, -1)
    area = np.add.reduceat(twice, start)
    hole = np.ones(len(start), dtype=bool)
    hole[polygon[:-1][np.diff(polygon) > 0]] = False
    # With rows that run south, a ring that turns clockwise on the map has an area above 0.
    return np.where((area > 0) == hole, 1.0, -1.0)


def _windows(
    x: NDArray[np.float64], y: NDArray[np.float64], vertex: NDArray[np.int64], grid: Grid
) -> NDArray[np.int64]:
    """Return the cells that each zone can touch; `vertex`: [zones + 1] where its own begin."""
    window = np.zeros((len(vertex) - 1, 4), dtype=np.int64)
    drawn = np.flatnonzero(np.diff(vertex) > 0)
    if not len(drawn):
        return window
    start = vertex[drawn]
    for place, along, cells in ((0, y, grid.rows), (2, x, grid.columns)):
        first = np.floor(np.minimum.reduceat(along, start))
        after = np.ceil(np.maximum.reduceat(along, start))
        # Clipped while still float: a far vertex need not fit into a whole number.
        window[drawn, place] = np.clip(first, 0, cells)
        window[drawn, place + 1] = np.clip(after, 0, cells)
    outside = (window[:, 0] >= window[:, 1]) | (window[:, 2] >= window[:, 3])
    window[outside] = 0
    return window
