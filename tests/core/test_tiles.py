import math

import numpy as np
import pytest
from pyproj import Transformer

from gisapp.core.tiles import HALF_WORLD_M, MAX_ZOOM, TILE_PX, Tile


def test_the_first_tile_is_the_whole_world():
    assert Tile(0, 0, 0).bounds_m == pytest.approx(
        (-HALF_WORLD_M, -HALF_WORLD_M, HALF_WORLD_M, HALF_WORLD_M)
    )
    assert pytest.approx(20037508.342789244) == HALF_WORLD_M


def test_columns_count_from_the_west_and_rows_from_the_north():
    # Zoom 1 cuts the world into four; (1, 0) is its north-east.
    assert Tile(1, 1, 0).bounds_m == pytest.approx((0, 0, HALF_WORLD_M, HALF_WORLD_M))
    assert Tile(1, 0, 1).bounds_m == pytest.approx((-HALF_WORLD_M, -HALF_WORLD_M, 0, 0))


@pytest.mark.parametrize(("zoom", "x", "y"), [(5, 24, 14), (10, 795, 456), (18, 203601, 116804)])
def test_neighbouring_tiles_share_their_edge(zoom, x, y):
    _, south, east, _ = Tile(zoom, x, y).bounds_m
    assert Tile(zoom, x + 1, y).bounds_m[0] == pytest.approx(east, abs=1e-6)
    assert Tile(zoom, x, y + 1).bounds_m[3] == pytest.approx(south, abs=1e-6)


@pytest.mark.parametrize(
    ("zoom", "x", "y", "there"),
    [
        (0, 0, 0, True),
        (0, 1, 0, False),
        (0, 0, 1, False),
        (18, 2**18 - 1, 2**18 - 1, True),
        (18, 2**18, 0, False),
        (MAX_ZOOM + 1, 0, 0, False),
        (3, -1, 0, False),
        (-1, 0, 0, False),
        (3, 10**30, 0, False),
    ],
)
def test_a_tile_exists_only_within_the_world_and_the_zooms_drawn(zoom, x, y, there):
    assert Tile(zoom, x, y).exists is there


@pytest.mark.parametrize("lat", [0.0, 6.0, 19.3, 47.0, 65.0])
def test_a_pixel_is_as_wide_on_the_ground_as_pyproj_says(lat):
    # Another way: Mercator's own scale factor, at the middle of a tile's first row.
    zoom = 12
    y = int((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * 2**zoom)
    tile = Tile(zoom, 0, y)
    north = tile.bounds_m[3] - tile.pixel_m / 2
    _, row_lat = Transformer.from_crs(3857, 4326, always_xy=True).transform(0.0, north)
    expected = tile.pixel_m * math.cos(math.radians(row_lat))
    assert tile.ground_pixel_m()[0] == pytest.approx(expected, rel=1e-9)
    assert len(tile.ground_pixel_m()) == TILE_PX


def test_pixels_of_a_northern_tile_grow_towards_the_equator():
    assert np.all(np.diff(Tile(5, 24, 10).ground_pixel_m()) > 0)
    assert np.all(np.diff(Tile(5, 24, 20).ground_pixel_m()) < 0)
