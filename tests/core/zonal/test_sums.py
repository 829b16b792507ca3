"""Sums over zones: on paper, against exactextract, rasterstats and brute force, and by law."""

import geopandas as gpd
import numpy as np
import pytest
import rasterstats
import shapely
from exactextract import exact_extract
from exactextract.raster import NumPyRasterSource
from hypothesis import given, settings
from hypothesis import strategies as st
from rasterio.transform import from_origin

from gisapp.core.zonal import RunningSums, cell_fractions, zone_sums
from gisapp.core.zonal.rings import rings_of
from gisapp.errors import ZoneGeometryError
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
PEOPLE = np.arange(9.0).reshape(3, 3)
MIDDLE = shapely.box(0.5, 0.5, 2.5, 2.5)
SEEDS = st.integers(0, 2**32 - 1)


def values_of(seed, shape=(GRID.rows, GRID.columns), unknown=0.0):
    chance = np.random.default_rng(seed)
    values = chance.uniform(0, 100, shape)
    values[chance.random(shape) < unknown] = np.nan
    return values


# --- on paper


def test_nine_cells_are_summed_by_their_shares():
    # 1/4 of 0, 2, 6, 8; 1/2 of 1, 3, 5, 7; all of 4.
    sums = zone_sums(PEOPLE, zones_of(MIDDLE), THREE)
    assert sums.total.tolist() == [[16]]
    assert sums.known.tolist() == [[4]]


def test_a_cell_that_nobody_knows_counts_nothing_and_is_not_known():
    values = PEOPLE.copy()
    values[1, 1] = np.nan
    sums = zone_sums(values, zones_of(MIDDLE), THREE)
    assert sums.total.tolist() == [[12]]
    assert sums.known.tolist() == [[3]]


def test_where_no_cell_is_known_the_area_that_is_known_is_nothing():
    outside = shapely.box(10, 10, 11, 11)
    sums = zone_sums(np.full((3, 3), np.nan), zones_of(MIDDLE, outside, None), THREE)
    assert sums.known.tolist() == [[0], [0], [0]]
    assert sums.total.tolist() == [[0], [0], [0]]


def test_an_unknown_cell_outside_the_zone_does_not_spoil_its_sum():
    values = PEOPLE.copy()
    values[0, 0], values[2, 2] = np.nan, np.inf
    cross = shapely.box(1, 0, 2, 3).union(shapely.box(0, 1, 3, 2))
    assert zone_sums(values, zones_of(cross), THREE).total.tolist() == [[1 + 3 + 4 + 5 + 7]]


def test_each_band_is_summed_by_itself():
    bands = np.stack([PEOPLE, PEOPLE * 0, np.where(PEOPLE > 3, np.nan, 1.0)])
    sums = zone_sums(bands, zones_of(shapely.box(0, 0, 3, 3), MIDDLE), THREE)
    assert sums.total.tolist() == [[36, 0, 4], [16, 0, 1.5]]
    assert sums.known.tolist() == [[9, 9, 4], [4, 4, 1.5]]


@pytest.mark.parametrize("kind", ["uint8", "int16", "int64", "float32", "float64"])
def test_any_numbers_give_the_same_sums(kind):
    values = PEOPLE.astype(kind)
    values.setflags(write=False)  # such as a file mapped into memory
    assert zone_sums(values, zones_of(MIDDLE), THREE).total.tolist() == [[16]]
    crosswise = np.asfortranarray(values)
    assert zone_sums(crosswise, zones_of(MIDDLE), THREE).total.tolist() == [[16]]


def test_float32_is_summed_in_float64():
    grid = square_cells(1, 3)
    values = np.array([[2.0**24, 1.0, 1.0]], dtype=np.float32)
    assert zone_sums(values, zones_of(shapely.box(0, 0, 3, 1)), grid).total[0, 0] == 2**24 + 2


def test_no_zone_gives_no_row():
    assert zone_sums(PEOPLE, zones_of(), THREE).total.shape == (0, 1)


def test_a_polygon_that_crosses_itself_is_refused():
    bow = shapely.Polygon([(0, 0), (3, 3), (3, 0), (0, 3)])
    with pytest.raises(ZoneGeometryError, match=r"no\. 2 "):
        zone_sums(PEOPLE, zones_of(MIDDLE, bow), THREE)


# --- by another way


def test_sums_are_those_of_the_shares_by_brute_force():
    zones, values = random_zones(3, 100), values_of(3, unknown=0.2)
    sums = zone_sums(values, zones, GRID)
    share, known = brute_force(zones, GRID), ~np.isnan(values).ravel()
    expected = share[:, known] @ values.ravel()[known]
    np.testing.assert_allclose(sums.total[:, 0], expected, rtol=1e-12)
    np.testing.assert_allclose(sums.known[:, 0], share[:, known].sum(axis=1), rtol=1e-12)


def test_sums_are_those_of_the_shares_that_cell_fractions_tells():
    zones, values = random_zones(4, 100), values_of(4)
    table = as_table(cell_fractions(zones, GRID), len(zones), GRID)
    sums = zone_sums(values, zones, GRID)
    np.testing.assert_allclose(sums.total[:, 0], table @ values.ravel(), rtol=1e-13)


def test_sums_are_those_of_exactextract():
    # Its shares are float32, so a sum is right to about one in ten million.
    zones, values = random_zones(5, 80), values_of(5, unknown=0.1)
    west, south, east, north = GRID.bounds
    source = NumPyRasterSource(values, west, south, east, north)
    features = [dict(row) for row in gpd.GeoDataFrame(geometry=list(zones)).iterfeatures()]
    told = exact_extract(source, features, ["sum", "count"])
    sums = zone_sums(values, zones, GRID)
    for ours, name in ((sums.total, "sum"), (sums.known, "count")):
        theirs = [answer["properties"][name] for answer in told]
        np.testing.assert_allclose(ours[:, 0], theirs, rtol=1e-6)


def test_sums_are_those_of_rasterstats_but_for_the_cells_on_the_boundary():
    # rasterstats takes a cell wholly when its centre is inside: ours may differ by no more than
    # what the cells on the boundary hold.
    grid, values = square_cells(200, 200, 0.05), values_of(6, (200, 200))
    zones = random_zones(6, 25, centre=(5.0, 5.0), reach=2.0)
    place = from_origin(grid.west, grid.north, grid.cell_x, grid.cell_y)
    told = rasterstats.zonal_stats(list(zones), values, affine=place, stats=["sum"], nodata=-1)
    found = cell_fractions(zones, grid)
    partly = found.fraction < 1
    edge = np.bincount(found.zone[partly], values.ravel()[found.cell[partly]], minlength=len(zones))
    theirs = np.array([answer["sum"] for answer in told])
    ours = zone_sums(values, zones, grid).total[:, 0]
    assert (np.abs(ours - theirs) <= edge).all()
    np.testing.assert_allclose(ours, theirs, rtol=0.05)


# --- by law


@settings(derandomize=True, deadline=None, max_examples=40)
@given(seed=SEEDS, count=st.integers(1, 50), unknown=st.sampled_from([0.0, 0.3]))
def test_the_sums_of_a_tiling_are_the_total_of_the_raster(seed, count, unknown):
    values = values_of(seed, unknown=unknown)
    sums = zone_sums(values, tiling(seed, count, (-2.0, -3.0, 8.0, 8.0)), GRID)
    np.testing.assert_allclose(sums.total.sum(), np.nansum(values), rtol=1e-12)
    np.testing.assert_allclose(sums.known.sum(), np.isfinite(values).sum(), rtol=1e-12)


@settings(derandomize=True, deadline=None, max_examples=30)
@given(seed=SEEDS)
def test_the_order_of_zones_changes_no_bit(seed):
    zones, values = random_zones(seed, 12), values_of(seed)
    order = np.random.default_rng(seed).permutation(len(zones))
    here, there = zone_sums(values, zones, GRID), zone_sums(values, zones[order], GRID)
    assert here.total[order].tobytes() == there.total.tobytes()


@settings(derandomize=True, deadline=None, max_examples=40)
@given(seed=SEEDS, heights=st.lists(st.integers(1, 90), min_size=1, max_size=12))
def test_blocks_of_any_height_give_the_same_bits(seed, heights):
    grid = square_cells(200, 40, 0.05)
    zones = random_zones(seed, 9, centre=(1.0, 5.0), reach=3.0)
    values = values_of(seed, (2, 200, 40), unknown=0.1)
    running = RunningSums(rings_of(zones, grid), bands=2)
    row = 0
    while row < grid.rows:
        height = heights[row % len(heights)]
        running.add(values[:, row : row + height], row, 0)
        row += height
    whole, blocks = zone_sums(values, zones, grid), running.result()
    assert whole.total.any()
    assert blocks.total.tobytes() == whole.total.tobytes()
    assert blocks.known.tobytes() == whole.known.tobytes()


@settings(derandomize=True, deadline=None, max_examples=30)
@given(seed=SEEDS)
def test_only_the_columns_around_the_zones_are_needed(seed):
    zones, values = random_zones(seed, 5, reach=1.0), values_of(seed)
    rings = rings_of(zones, GRID)
    top, bottom, left, right = rings.around
    running = RunningSums(rings, bands=1)
    running.add(values[None, top:bottom, left:right], top, left)
    assert running.result().total.tobytes() == zone_sums(values, zones, GRID).total.tobytes()
