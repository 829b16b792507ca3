"""Zone sums against exactextract, rasterstats and strips of rasterize + bincount."""

import statistics

import geopandas as gpd
import numpy as np
import pyogrio
import pytest
import rasterio
import rasterstats
import shapely
from exactextract import exact_extract
from exactextract.raster import NumPyRasterSource
from pyproj import CRS
from rasterio.features import rasterize
from rasterio.transform import from_origin
from rasterio.windows import Window

from gisapp.core.zonal import zone_sums
from gisapp.pipeline.nation import sum_zones
from gisapp.store.raster_rows import describe_raster
from tests.benchmarks.plots import draw_costs
from tests.core.zonal.shapes import random_zones, square_cells, tiling

AS_EXACTEXTRACT, AS_RASTERSTATS, AS_STRIPS, PEAK_MB = 1.0, 1 / 6, 1.2, 1000

#: The largest size may cost this many times more per cell or zone than the smallest.
LINEAR = 1.5

#: North-western and south-eastern corner, degrees: Thailand and a little around it.
WEST, NORTH, EAST, SOUTH = 97.34, 20.48, 105.65, 5.60
ROWS, COLUMNS = 16_500, 9_000


# --- 12 bands, 200 zones, 2000 x 2000 cells


@pytest.fixture(scope="module")
def land():
    """200 zones that tile the grid, with an edge every five cells, and 12 bands of people."""
    zones = shapely.segmentize(tiling(68, 200, (0, 0, 2000, 2000)), 5.0)
    bands = np.random.default_rng(68).random((12, 2000, 2000), dtype=np.float32)
    return zones, bands, square_cells(2000, 2000)


def by_exactextract(zones, bands, grid, strategy):
    """One call for all bands and zones, everything in memory."""
    crs = CRS("EPSG:32647").to_wkt()
    sources = [
        NumPyRasterSource(band, *grid.bounds, name=f"b{n}", srs_wkt=crs)
        for n, band in enumerate(bands)
    ]
    frame = gpd.GeoDataFrame(geometry=list(zones), crs="EPSG:32647")
    return exact_extract(
        sources, frame, ["sum"], strategy=strategy, output="pandas", max_cells_in_memory=10**8
    ).to_numpy()


def by_rasterstats(zones, bands, grid):
    """A call for each band: it knows no other way."""
    place = from_origin(grid.west, grid.north, grid.cell_x, grid.cell_y)
    told = [
        rasterstats.zonal_stats(list(zones), band, affine=place, stats=["sum"], nodata=-1)
        for band in bands
    ]
    return np.array([[zone["sum"] for zone in band] for band in told]).T


@pytest.mark.parametrize("strategy", ["feature-sequential", "raster-sequential"])
def test_twelve_bands_over_200_zones_are_summed_as_fast_as_exactextract_sums_them(
    race, land, strategy
):
    zones, bands, grid = land
    theirs = by_exactextract(zones, bands, grid, strategy)
    np.testing.assert_allclose(zone_sums(bands, zones, grid).total, theirs, rtol=1e-6)
    ratio = race(
        f"12 bands x 200 zones x 2000 x 2000 cells ({strategy})",
        ("gisapp", lambda: zone_sums(bands, zones, grid)),
        ("exactextract", lambda: by_exactextract(zones, bands, grid, strategy)),
    )
    assert ratio <= AS_EXACTEXTRACT


def test_twelve_bands_over_200_zones_are_summed_six_times_as_fast_as_rasterstats(race, land):
    zones, bands, grid = land
    theirs = by_rasterstats(zones, bands, grid)
    # Whole cells by their centres: near, not equal.
    np.testing.assert_allclose(zone_sums(bands, zones, grid).total, theirs, rtol=0.01)
    ratio = race(
        "12 bands x 200 zones x 2000 x 2000 cells",
        ("gisapp", lambda: zone_sums(bands, zones, grid)),
        ("rasterstats", lambda: by_rasterstats(zones, bands, grid)),
        rounds=3,
    )
    assert ratio <= AS_RASTERSTATS


# --- the country


@pytest.fixture(scope="module")
def subdistricts(checkout):
    """The file of 7,425 real subdistricts."""
    path = checkout.parent / "shared" / "data" / "nationwide" / "tambon_cod2019_dopa2021.gpkg"
    if not path.is_file():
        pytest.skip("the real subdistricts of the country are not on this machine")
    return path


@pytest.fixture(scope="module")
def country(tmp_path_factory):
    """A raster of the whole country, some of it unknown, always the same."""
    path = tmp_path_factory.mktemp("country") / "people.tif"
    place = from_origin(WEST, NORTH, (EAST - WEST) / COLUMNS, (NORTH - SOUTH) / ROWS)
    shape = {"height": ROWS, "width": COLUMNS, "count": 1, "dtype": "float32", "nodata": -1}
    with rasterio.open(
        path, "w", driver="GTiff", crs="EPSG:4326", transform=place, **shape
    ) as file:
        x = np.arange(COLUMNS)
        for top in range(0, ROWS, 500):
            y = np.arange(top, top + 500)[:, None]
            people = ((x * 7919 + y * 104_729) % 1013).astype(np.float32) / 64
            people[(x // 37 + y // 41) % 29 == 0] = -1
            file.write(people, 1, window=Window(0, top, COLUMNS, 500))
    return path


def by_strips(path, zones, height):
    """Strips of whole rows: each cell belongs to the zone that holds its centre."""
    total = np.zeros(len(zones) + 1)
    _, south, _, north = shapely.bounds(zones).T
    shapes = [(zone.__geo_interface__, number) for number, zone in enumerate(zones, 1)]
    with rasterio.open(path) as source:
        for top in range(0, source.height, height):
            window = Window(0, top, source.width, min(height, source.height - top))
            place = source.window_transform(window)
            values = source.read(1, window=window)
            lower = place.f + place.e * window.height
            here = np.flatnonzero((north >= lower) & (south <= place.f))
            if len(here):
                held = [shapes[number] for number in here]
                zone = rasterize(held, out_shape=values.shape, transform=place, dtype="int16")
                counted = (zone > 0) & (values != source.nodata)
                total += np.bincount(zone[counted], values[counted], len(total))
    return total[1:]


def test_the_country_is_summed_within_a_fifth_of_strips_that_know_no_part_of_a_cell(
    race, timed, country, subdistricts
):
    zones = np.array(pyogrio.read_dataframe(subdistricts).geometry, dtype=object)
    raster = describe_raster(country)
    ours, theirs = sum_zones(raster, zones).total[:, 0], by_strips(country, zones, 500)
    # The same work, but for the cells on boundaries; there exactextract has the last word.
    large = shapely.area(zones) > 10_000 * raster.grid.cell_area
    assert large.sum() > 1000
    np.testing.assert_allclose(ours[large], theirs[large], rtol=0.02)
    some = gpd.GeoDataFrame(geometry=zones[::250], crs="EPSG:4326")
    told = exact_extract(str(country), some, ["sum"], output="pandas")["sum"]
    np.testing.assert_allclose(ours[::250], told, rtol=1e-6)
    best = min((250, 500, 1000), key=lambda rows: timed(lambda: by_strips(country, zones, rows)))
    ratio = race(
        f"{len(zones):,} zones x {ROWS:,} x {COLUMNS:,} cells",
        ("gisapp, exact parts of cells", lambda: sum_zones(raster, zones)),
        (f"rasterize + bincount, {best} rows", lambda: by_strips(country, zones, best)),
    )
    assert ratio <= AS_STRIPS


def test_the_country_needs_less_than_a_gigabyte(
    measured, checkout, country, subdistricts, tmp_path, monkeypatch, capsys
):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "compiled"))
    script, out = checkout / "scripts" / "sum_zones.py", tmp_path / "out.csv"
    first, second = (measured(script, country, subdistricts, out) for _ in range(2))
    with capsys.disabled():
        print(f"\nthe country by scripts/sum_zones.py: {second}")
        print(f"the first time, when the loops are compiled: {first}")
    assert (first.code, second.code) == (0, 0)
    assert len(out.read_bytes().splitlines()) == 7425 + 1
    assert max(first.peak_mb, second.peak_mb) < PEAK_MB


# --- cost against size


def costs(timed, actions, rounds=9):
    """Median seconds of each of some actions, taken in turns: [(size, seconds)]."""
    taken = {size: [] for size in actions}
    for number in range(rounds + 1):
        for size, action in actions.items():
            seconds = timed(action)
            if number:  # the first only fills caches
                taken[size].append(seconds)
    return [(size, statistics.median(seconds)) for size, seconds in taken.items()]


def finer_and_finer(side):
    """200 zones over ever more cells of the same land."""
    grid = square_cells(side, side, 2000 / side)
    values = np.random.default_rng(side).random((side, side))
    zones = tiling(5, 200, (0, 0, 2000, 2000))
    return lambda: zone_sums(values, zones, grid)


def more_and_more(counts):
    """Ever more zones of one size over the same cells."""
    grid, values = square_cells(2000, 2000), np.random.default_rng(1).random((2000, 2000))
    stars = random_zones(6, max(counts), centre=(0, 0), reach=20.0)
    place = np.random.default_rng(7).uniform(100, 1900, (len(stars), 2))
    for number, to in enumerate(place):
        stars[number] = shapely.transform(stars[number], lambda xy, to=to: xy + to)
    return {n: lambda zones=stars[:n]: zone_sums(values, zones, grid) for n in counts}


def test_cost_grows_no_faster_than_cells_and_zones(timed, checkout, capsys):
    sides = {side * side: finer_and_finer(side) for side in (500, 1000, 2000, 4000)}
    by_cells, by_zones = costs(timed, sides), costs(timed, more_and_more((2000, 8000, 32_000)))
    picture = checkout / ".benchmarks" / "zonal.svg"
    finer, more = "200 zones, finer and finer cells", "2000 x 2000 cells, more and more zones"
    draw_costs([(finer, "cells", by_cells), (more, "zones", by_zones)], picture)
    each = [[seconds / size for size, seconds in points] for points in (by_cells, by_zones)]
    growth = [first_to_last[-1] / first_to_last[0] for first_to_last in each]
    with capsys.disabled():
        print(
            f"\n64 times the cells: {growth[0]:.2f} times the cost per cell; 16 times the zones: "
            f"{growth[1]:.2f} times the cost per zone; drawn in {picture}"
        )
    assert max(growth) <= LINEAR
