"""Where the tiles of a web map lie: square pictures of the world in EPSG:3857.

Zoom z cuts the world into 2**z by 2**z tiles; x counts from the west, y from the north.
Source: OGC 17-083r4, WebMercatorQuad.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

#: Radius of the sphere that EPSG:3857 is drawn on, metres.
_RADIUS_M = 6378137.0

#: The map's frame reaches this far from its middle in each direction, map metres.
HALF_WORLD_M = np.pi * _RADIUS_M

#: Side of a tile, pixels.
TILE_PX = 256

#: The deepest zoom that is drawn: 0.6 m to a pixel at the equator.
MAX_ZOOM = 18


@dataclass(frozen=True)
class Tile:
    """One tile of the world.

    Attributes:
        zoom: 0 shows the whole world.
        x, y: Column from the west, row from the north.
    """

    zoom: int
    x: int
    y: int

    @property
    def exists(self) -> bool:
        """Whether the world has this tile at a zoom that is drawn."""
        return (
            0 <= self.zoom <= MAX_ZOOM
            and 0 <= min(self.x, self.y) <= max(self.x, self.y) < 2**self.zoom
        )

    @property
    def pixel_m(self) -> float:
        """Side of a pixel, map metres: more than metres on the ground, except at the equator."""
        return float(2 * HALF_WORLD_M / TILE_PX / 2**self.zoom)

    @property
    def bounds_m(self) -> tuple[float, float, float, float]:
        """Outer edges: west, south, east, north, map metres."""
        side = self.pixel_m * TILE_PX
        west, north = self.x * side - HALF_WORLD_M, HALF_WORLD_M - self.y * side
        return float(west), float(north - side), float(west + side), float(north)

    def ground_pixel_m(self) -> NDArray[np.float64]:
        """Return the side of a pixel in metres on the ground, one per row of pixels.

        Mercator draws everything 1 / cos(latitude) too large, in both directions alike.
        """
        north = self.bounds_m[3]
        middle = north - (np.arange(TILE_PX) + 0.5) * self.pixel_m
        return np.asarray(self.pixel_m / np.cosh(middle / _RADIUS_M))
