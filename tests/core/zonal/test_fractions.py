"""Shares of cells: on paper, against brute force and exactextract, and by law."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from exactextract import exact_extract
from exactextract.raster import NumPyRasterSource
from hypothesis import given, settings
from hypothesis import strategies as st

from gisapp.core.grids import Grid
from gisapp.core.zonal import cell_fractions
from gisapp.core.zonal.kernel import BLOCK
from gisapp.errors import GisappError, ZoneGeometryError
from tests.core.zonal.shapes import (
    GRID,
    as_table,
    brute_force,
    random_zones,
    square_cells,
    tiling,
    zones_of,
)

THREE = square_cells(3, 3)
SEEDS = st.integers(0, 2**32 - 1)


def shares(polygon, grid=THREE):
    """Shares [row, column] of a single polygon."""
    return as_table(cell_fractions(zones_of(polygon), grid), 1, grid).reshape(grid.rows, -1)


# --- on paper


def test_a_square_in_the_middle_of_nine_cells_has_quarters_halves_and_a_whole():
    expected = [[0.25, 0.5, 0.25], [0.5, 1, 0.5], [0.25, 0.5, 0.25]]
    assert shares(shapely.box(0.5, 0.5, 2.5, 2.5)).tolist() == expected


def test_rows_count_from_the_north_and_columns_from_the_west():
    found = cell_fractions(zones_of(shapely.box(2, 2, 3, 3), shapely.box(0, 0, 1, 1)), THREE)
    assert found.zone.tolist() == [0, 1]
    assert found.cell.tolist() == [2, 6]
    assert found.fraction.tolist() == [1, 1]


def test_a_diagonal_halves_the_cells_it_runs_through():
    triangle = shapely.Polygon([(0, 0), (3, 3), (3, 0)])
    assert shares(triangle).tolist() == [[0, 0, 0.5], [0, 0.5, 1], [0.5, 1, 1]]


def test_a_zone_on_the_edges_of_cells_takes_none_of_its_neighbours():
    assert shares(shapely.box(1, 1, 2, 3)).tolist() == [[0, 1, 0], [0, 1, 0], [0, 0, 0]]


def test_a_zone_smaller_than_a_cell_is_its_share_of_it():
    found = shares(shapely.box(1.25, 1.25, 1.5, 1.75))
    assert found[1, 1] == 0.125
    assert found.sum() == 0.125


def test_a_hole_counts_nothing_whichever_way_its_rings_run():
    ring = shapely.box(0, 0, 3, 3).difference(shapely.box(1, 0.5, 2, 2))
    expected = [[1, 1, 1], [1, 0, 1], [1, 0.5, 1]]
    assert shares(ring).tolist() == expected
    assert shares(ring.reverse()).tolist() == expected
    exterior, hole = ring.exterior.coords[::-1], ring.interiors[0].coords
    assert shares(shapely.Polygon(exterior, [hole])).tolist() == expected


def test_the_parts_of_a_multipolygon_add_up_within_a_cell():
    parts = shapely.MultiPolygon([shapely.box(0, 0, 0.25, 1), shapely.box(0.5, 0, 1, 1)])
    assert shares(parts)[2, 0] == 0.75


def test_what_lies_outside_the_grid_counts_nothing():
    assert shares(shapely.box(-9, -9, 9, 9)).tolist() == np.ones((3, 3)).tolist()
    assert shares(shapely.box(2.5, -1e6, 1e6, 1e6)).tolist() == [[0, 0, 0.5]] * 3
    assert shares(shapely.box(-1e6, -1, 0.5, 1)).tolist() == [[0, 0, 0], [0, 0, 0], [0.5, 0, 0]]
    # Beside, above and below, touching the edge or not: nothing of the grid is in it.
    for box in ((3, 0, 4, 3), (-2, 0, 0, 3), (0, 3, 3, 4), (0, -1, 3, 0), (7, 7, 8, 8)):
        assert len(cell_fractions(zones_of(shapely.box(*box)), THREE)) == 0


def test_a_slanted_edge_that_leaves_and_enters_the_grid_is_cut_at_its_border():
    wedge = shapely.Polygon([(-3, -1), (6, 2), (-3, 5)])
    expected = brute_force([wedge], THREE).reshape(3, 3)
    np.testing.assert_allclose(shares(wedge), expected, atol=1e-14)


def test_no_polygon_no_cell():
    nothing = zones_of(None, shapely.Polygon(), shapely.MultiPolygon(), shapely.Point(1, 1))
    for zones in (nothing, zones_of(), zones_of(shapely.LineString([(0, 0), (3, 3)]))):
        found = cell_fractions(zones, THREE)
        assert len(found) == 0
        assert found.zone.dtype == found.cell.dtype == np.int64
        assert found.fraction.dtype == np.float64


def test_zones_keep_their_numbers_beside_empty_ones():
    zones = zones_of(None, shapely.box(0, 0, 1, 1), shapely.Polygon(), shapely.box(2, 2, 3, 3))
    assert cell_fractions(zones, THREE).zone.tolist() == [1, 3]


def test_of_a_collection_only_what_has_an_area_counts():
    inner = shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(2, 2, 3, 3)])
    line = shapely.LineString([(0, 0), (3, 3)])
    mixed = shapely.GeometryCollection([line, shapely.GeometryCollection([inner])])
    assert shares(mixed).tolist() == [[0, 0, 1], [0, 0, 0], [1, 0, 0]]
    alone = shapely.GeometryCollection([shapely.box(1, 1, 2, 2)])
    nothing = shapely.GeometryCollection([line, shapely.Polygon()])
    found = cell_fractions(zones_of(nothing, mixed, line, alone, None, inner), THREE)
    assert found.zone.tolist() == [1, 1, 3, 5, 5]
    assert found.cell.tolist() == [2, 6, 4, 2, 6]


def test_heights_of_vertices_do_not_matter():
    flat = shapely.box(0.5, 0.5, 2, 2)
    assert shares(shapely.force_3d(flat, 7.0)).tolist() == shares(flat).tolist()


def test_rounding_beside_a_whole_cell_is_no_cell_of_its_own():
    grid = Grid(500_000.0, 2_000_300.0, 100.0, 100.0, 3, 3)
    west, east = np.nextafter(500_100.0, 0), np.nextafter(500_200.0, np.inf)
    off_by_rounding = shapely.box(west, 2_000_000, east, 2_000_300)
    found = cell_fractions(zones_of(off_by_rounding), grid)
    assert found.cell.tolist() == [1, 4, 7]
    assert found.fraction.tolist() == [1, 1, 1]


# --- refused


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(shapely.Polygon([(0, 0), (3, 3), (3, 0), (0, 3)]), id="crosses itself"),
        pytest.param(
            shapely.MultiPolygon([shapely.box(0, 0, 2, 2), shapely.box(1, 1, 3, 3)]),
            id="parts overlap",
        ),
        pytest.param(
            shapely.Polygon([(0, 0), (1, 0), (1, 1)], [[(2, 2), (3, 2), (3, 3)]]),
            id="hole outside",
        ),
        pytest.param(shapely.Polygon([(0, 0), (1, 0), (1, np.inf)]), id="infinite"),
    ],
)
def test_a_polygon_without_an_honest_area_is_refused_by_its_number(wrong):
    good = shapely.box(0, 0, 1, 1)
    with pytest.raises(ZoneGeometryError, match=r"polygon no\. 2 ") as refused:
        cell_fractions(zones_of(good, wrong, good), THREE)
    assert refused.value.zones == (1,)
    assert isinstance(refused.value, GisappError)
    assert "2" in refused.value.th


def test_many_wrong_polygons_are_counted_not_listed():
    bow = shapely.Polygon([(0, 0), (3, 3), (3, 0), (0, 3)])
    with pytest.raises(ZoneGeometryError, match=r"1, 2, 3, 4, 5 and 3 more"):
        cell_fractions(zones_of(*[bow] * 8), THREE)


# --- by another way


def test_shares_are_those_of_cutting_every_zone_with_every_cell():
    zones = random_zones(seed=1, count=150)
    found = as_table(cell_fractions(zones, GRID), len(zones), GRID)
    # Both round at 1e-16 of coordinates of size 10.
    assert np.abs(found - brute_force(zones, GRID)).max() < 1e-13


def test_shares_are_those_of_exactextract():
    # exactextract tells a share in float32.
    zones = random_zones(seed=2, count=60)
    west, south, east, north = GRID.bounds
    source = NumPyRasterSource(np.zeros((GRID.rows, GRID.columns)), west, south, east, north)
    frame = gpd.GeoDataFrame(geometry=list(zones))
    told = exact_extract(
        source, [dict(row) for row in frame.iterfeatures()], ["cell_id", "coverage"]
    )
    found = as_table(cell_fractions(zones, GRID), len(zones), GRID)
    theirs = np.zeros_like(found)
    for zone, answer in enumerate(told):
        theirs[zone, answer["properties"]["cell_id"]] = answer["properties"]["coverage"]
    assert theirs.max() == 1
    assert np.abs(found - theirs).max() < 1e-6


# --- by law


@settings(derandomize=True, deadline=None, max_examples=40)
@given(seed=SEEDS, count=st.integers(2, 60))
def test_the_shares_of_a_tiling_add_up_to_one_in_every_cell_inside(seed, count):
    zones = tiling(seed, count, (-2.0, -3.0, 8.0, 8.0))
    found = cell_fractions(zones, GRID)
    held = np.bincount(found.cell, found.fraction, minlength=GRID.rows * GRID.columns)
    np.testing.assert_allclose(held, 1, atol=1e-12)


@settings(derandomize=True, deadline=None, max_examples=40)
@given(seed=SEEDS)
def test_the_shares_of_a_zone_add_up_to_its_area(seed):
    zones = random_zones(seed, 8)
    far = Grid(west=-20.0, north=30.0, cell_x=0.6, cell_y=0.45, rows=120, columns=90)
    found = cell_fractions(zones, far)
    area = np.bincount(found.zone, found.fraction, minlength=len(zones)) * far.cell_area
    np.testing.assert_allclose(area, shapely.area(zones), rtol=1e-11)
    assert ((found.fraction > 0) & (found.fraction <= 1)).all()


@settings(derandomize=True, deadline=None, max_examples=30)
@given(seed=SEEDS)
def test_the_order_of_zones_changes_no_share(seed):
    zones = random_zones(seed, 12)
    order = np.random.default_rng(seed).permutation(len(zones))
    here = as_table(cell_fractions(zones, GRID), len(zones), GRID)
    there = as_table(cell_fractions(zones[order], GRID), len(zones), GRID)
    assert (here[order] == there).all()


@settings(derandomize=True, deadline=None, max_examples=30)
@given(seed=SEEDS)
def test_pairs_come_sorted_by_zone_then_cell_each_once(seed):
    found = cell_fractions(random_zones(seed, 6), GRID)
    key = found.zone * GRID.rows * GRID.columns + found.cell
    assert len(found) > 0
    assert (np.diff(key) > 0).all()


def test_a_zone_taller_than_a_block_of_rows_has_no_seam():
    tall = square_cells(3 * BLOCK + 5, 4)
    slanted = shapely.Polygon([(0.3, 0.2), (3.9, 1.1), (2.2, tall.rows - 0.4)])
    found = shares(slanted, tall)
    assert np.abs(found.ravel() - brute_force([slanted], tall)).max() < 1e-12


def test_more_pairs_than_there_was_room_for_at_first_are_all_kept():
    wide = square_cells(70, 90)
    zones = zones_of(*[shapely.box(0, 0, 90, 70)] * 3)
    found = cell_fractions(zones, wide)
    assert len(found) == 3 * 70 * 90
    assert (found.fraction == 1).all()
    assert found.cell.tolist() == list(range(70 * 90)) * 3
