"""Four-sided zones by their corners: the same shares as polygons have."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from gisapp.core.grids import Grid
from gisapp.core.zonal import cell_fractions
from gisapp.core.zonal.quads import quad_fractions

GRID = Grid(0, 3, 1, 1, 3, 3)


def corners(*quads):
    return np.array([[*quad, quad[0]] for quad in quads], dtype=np.float64)


def test_a_square_over_four_cells_has_a_quarter_of_each():
    found = quad_fractions(corners([(0.5, 2.5), (0.5, 1.5), (1.5, 1.5), (1.5, 2.5)]), GRID)
    assert found.cell.tolist() == [0, 1, 3, 4]
    assert found.fraction.tolist() == [0.25] * 4


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.floats(-1, 4), st.floats(-1, 4), st.floats(0.1, 3)), max_size=5),
       st.floats(-0.4, 0.4), st.booleans())  # fmt: skip
def test_shares_are_those_of_the_same_polygons_whichever_way_the_corners_run(
    places, lean, backwards
):
    quads = [
        [(x, y), (x + lean, y - side), (x + lean + side, y - side), (x + side, y + lean)]
        for x, y, side in places
    ]
    zones = corners(*quads).reshape(-1, 5, 2)
    zones = zones[:, ::-1] if backwards else zones
    polygons = np.array([shapely.Polygon(zone) for zone in zones], dtype=object)
    found, expected = quad_fractions(zones, GRID), cell_fractions(polygons, GRID)
    assert found.zone.tolist() == expected.zone.tolist()
    assert found.cell.tolist() == expected.cell.tolist()
    assert found.fraction == pytest.approx(expected.fraction, abs=1e-12)


def test_a_zone_without_a_finite_place_covers_nothing_and_the_others_stay():
    whole = [(0, 3), (0, 2), (1, 2), (1, 3)]
    found = quad_fractions(corners([(np.nan, 3), *whole[1:]], whole), GRID)
    assert (found.zone.tolist(), found.cell.tolist()) == ([1], [0])
    assert found.fraction.tolist() == [1]


def test_no_zones_and_zones_outside_cover_nothing():
    assert len(quad_fractions(np.zeros((0, 5, 2)), GRID)) == 0
    assert len(quad_fractions(corners([(9, 9), (9, 8), (10, 8), (10, 9)]), GRID)) == 0
