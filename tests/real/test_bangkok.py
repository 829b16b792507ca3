"""Bangkok: WorldPop's people of 50 districts, as another program sums them, and the register's."""

import datetime
import shutil

import geopandas as gpd
import numpy as np
import pytest
import rasterio
import shapely
from exactextract import exact_extract

from gisapp.core.coverage.counting.children import AGES, SUBDISTRICT, Children
from gisapp.core.coverage.counting.people_judging import judge_people
from gisapp.core.coverage.counting.people_sums import Registered, sum_people
from gisapp.core.coverage.criteria import CoverageLimits
from gisapp.core.coverage.land.fabric import Fabric
from gisapp.core.coverage.spreading.spread import Ground, spread_children
from gisapp.core.grids import Grid
from gisapp.settings import Settings
from gisapp.store.population_raster import read_people_raster

UTM = "EPSG:32647"
DAY = datetime.date(2020, 12, 31)


@pytest.fixture(scope="module")
def bangkok(real_data):
    """The folder with WorldPop and the districts."""
    return real_data / "bangkok"


@pytest.fixture(scope="module")
def people(bangkok, tmp_path_factory):
    """WorldPop as an office of Bangkok reads it."""
    office = Settings(tmp_path_factory.mktemp("bangkok"), "10010000", "กรุงเทพ", "Bangkok")
    office.rasters_dir.mkdir(parents=True)
    shutil.copy(
        bangkok / "bangkok_worldpop2020_200m.tif", office.rasters_dir / "population_2020.tif"
    )
    raster, problems = read_people_raster(office)
    assert problems == []
    return raster


@pytest.fixture(scope="module")
def districts(bangkok):
    """The 50 districts, EPSG:4326, in the order of their names."""
    table = gpd.read_file(bangkok / "bangkok_districts.geojson")
    return table.sort_values("District", ignore_index=True)


def as_fabric(table):
    codes, blank = table["District"].to_numpy(dtype=object), np.full(len(table), "", dtype=object)
    return Fabric(table.geometry.to_numpy(), codes, blank, blank, {}, {})


def registered_in_bangkok(real_data):
    """Everybody registered in the city's khwaeng; two of them are null."""
    nation = gpd.read_file(
        real_data / "nationwide" / "tambon_cod2019_dopa2021.gpkg", ignore_geometry=True
    )
    codes = next(
        name for name in nation.columns if nation[name].astype(str).str.match("TH10").any()
    )
    totals = next(name for name in nation.columns if name.endswith("_total"))
    return nation.loc[nation[codes].astype(str).str.startswith("TH10"), totals]


def test_the_box_and_the_fifty_districts_hold_what_another_program_counts(
    people, districts, bangkok
):
    assert np.nansum(people.values) == pytest.approx(15_568_903.35, abs=1)
    sums = sum_people(
        people, as_fabric(districts), districts["District"].to_numpy(object), people.crs
    )
    with rasterio.open(bangkok / "bangkok_worldpop2020_200m.tif") as source:
        other = exact_extract(source, districts, "sum", include_cols=["District"], output="pandas")
    assert sums.code.tolist() == other["District"].tolist()
    assert len(sums.code) == 50
    # It keeps shares of cells in 32 bits; the next test says whose figures are the nearer ones.
    assert sums.people == pytest.approx(other["sum"].to_numpy(), rel=2e-9)
    assert sums.people.sum() == pytest.approx(10.13e6, rel=1e-3)


@pytest.mark.parametrize("district", [0, 11, 21])
def test_a_district_holds_what_cutting_every_cell_out_of_it_holds(people, districts, district):
    grid, area = people.grid, districts.geometry[district]
    row, column = np.divmod(np.arange(people.values.size), grid.columns)
    west, south = grid.west + column * grid.cell_x, grid.north - (row + 1) * grid.cell_y
    cells = shapely.box(west, south, west + grid.cell_x, south + grid.cell_y)
    shares = shapely.area(shapely.intersection(cells, area)) / grid.cell_area
    sums = sum_people(
        people, as_fabric(districts), districts["District"].to_numpy(object), people.crs
    )
    assert sums.people[district] == pytest.approx((shares * people.values.ravel()).sum(), rel=1e-11)


def test_the_page_can_say_how_many_more_people_the_grid_counts_than_the_register(
    people, districts, real_data
):
    totals = registered_in_bangkok(real_data)
    assert (totals.isna().sum(), totals.sum()) == (2, 5_095_982)
    whole = gpd.GeoDataFrame(
        {"District": ["10"]}, geometry=[districts.union_all()], crs=districts.crs
    ).to_crs(UTM)
    used, problems = judge_people(
        people, as_fabric(whole), UTM, Registered({"10": float(totals.sum())}, {}), CoverageLimits()
    )
    assert used.values is people.values
    (said,) = problems
    assert said.kind == "people_raster_ratio"
    assert said.facts["registered"] == 5_095_982
    assert said.facts["people"] == pytest.approx(10.13e6, rel=1e-3)
    assert said.facts["ratio"] == "1.99"
    assert "10,1" in said.message("th")


def test_spreading_keeps_every_district_and_loses_nobody_on_the_way_to_metres(people, districts):
    metric = districts.to_crs(UTM)
    count = np.arange(1.0, 51)
    counts = np.zeros((50, AGES, 3))
    counts[:, 6, 2] = count
    children = Children(
        districts["District"].to_numpy(dtype=object),
        np.full(50, SUBDISTRICT, dtype=object),
        counts,
        np.zeros((AGES, 3)),
        np.full(50, "registered", dtype=object),
        np.zeros(50),
        (),
    )
    fabric = as_fabric(metric)
    grid = Grid.over(tuple(metric.total_bounds), 100)
    nowhere = gpd.GeoSeries([], crs=UTM).union_all()
    spread, problems = spread_children(
        children, Ground(fabric, grid, UTM, nowhere, {}, {}), people, CoverageLimits()
    )
    assert set(spread.method) == {"raster"}
    assert [problem.kind for problem in problems] == ["people_raster_reprojected"]
    held = np.bincount(spread.area, spread.weight * count[spread.area])
    assert held == pytest.approx(count, rel=1e-9)
