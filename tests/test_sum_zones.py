"""scripts/sum_zones.py: a raster of any size over zones, alone or over workers, bit for bit."""

import csv
import pickle
import subprocess
import sys

import geopandas as gpd
import numpy as np
import pytest
import rasterio
import shapely
from rasterio.transform import from_origin

from gisapp.core.zonal import zone_sums
from gisapp.errors import SchedulerError, UnknownChoiceError, ZoneGeometryError
from gisapp.pipeline.nation import sum_block, sum_zones
from gisapp.store.raster_rows import describe_raster
from gisapp.store.zone_tables import read_zones
from tests.core.zonal.shapes import random_zones, zones_of

CRS = "EPSG:32647"
WEST, NORTH, SIDE = 500_000.0, 2_000_000.0, 100.0


@pytest.fixture
def raster_file(tmp_path):
    """Two bands of 300 x 200 cells, a tenth of them unknown."""
    chance = np.random.default_rng(68)
    values = chance.uniform(0, 50, (2, 300, 200)).astype(np.float32)
    values[chance.random(values.shape) < 0.1] = -1
    path = tmp_path / "people.tif"
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        count=2,
        height=300,
        width=200,
        dtype="float32",
        nodata=-1,
        crs=CRS,
        transform=from_origin(WEST, NORTH, SIDE, SIDE),
    ) as target:
        target.write(values)
        target.descriptions = ("male", "female")
    return path


@pytest.fixture
def zones():
    """Stars all over the raster and beyond its edge, an empty one and none among them."""
    stars = random_zones(9, 60, centre=(WEST + 10_000, NORTH - 15_000), reach=9_000.0)
    return zones_of(*stars[:30], None, shapely.Polygon(), *stars[30:])


def same_bits(one, other):
    return one.total.tobytes() == other.total.tobytes() and (
        one.known.tobytes() == other.known.tobytes()
    )


def read_csv(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def run_script(checkout, *arguments):
    script = checkout / "scripts" / "sum_zones.py"
    return subprocess.run(
        [sys.executable, script, *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


# --- how the work is shared


def test_neither_rows_nor_zones_of_a_block_change_a_bit(raster_file, zones):
    raster = describe_raster(raster_file)
    with rasterio.open(raster_file) as source:
        values = source.read().astype(np.float64)
    whole = zone_sums(np.where(values == -1, np.nan, values), zones, raster.grid)
    assert whole.total[:30].all()
    for rows in (1, 7, 64, 1000):
        assert same_bits(sum_block(raster, zones, rows), whole)
    for block_zones in (1, 5, 61, 1000, None):
        assert same_bits(sum_zones(raster, zones, block_zones=block_zones), whole)


@pytest.mark.parametrize("workers", [1, 2])
def test_workers_give_the_same_bits_as_one_process(raster_file, zones, workers):
    distributed = pytest.importorskip("distributed", reason="dask is not installed")
    raster = describe_raster(raster_file)
    alone = sum_zones(raster, zones)
    wrong = zones.copy()
    wrong[7] = shapely.Polygon([(WEST, NORTH), (WEST + 999, NORTH - 999),
                                (WEST + 999, NORTH), (WEST, NORTH - 999)])  # fmt: skip
    with distributed.LocalCluster(
        n_workers=workers, threads_per_worker=1, dashboard_address=None
    ) as cluster:
        address = cluster.scheduler_address
        spread = sum_zones(raster, zones, scheduler=address, block_zones=6)
        assert same_bits(spread, alone)
        assert same_bits(sum_zones(raster, zones, scheduler=address), alone)
        with pytest.raises(ZoneGeometryError, match=r"polygon no\. 8 "):
            sum_zones(raster, wrong, scheduler=address, block_zones=6)


def test_a_wrong_zone_bears_its_number_among_all_zones_whatever_its_block(raster_file, zones):
    wrong = zones.copy()
    wrong[45] = shapely.Polygon([(WEST, NORTH), (WEST + 999, NORTH - 999),
                                 (WEST + 999, NORTH), (WEST, NORTH - 999)])  # fmt: skip
    for block_zones in (1, 4, None):
        with pytest.raises(ZoneGeometryError) as refused:
            sum_zones(describe_raster(raster_file), wrong, block_zones=block_zones)
        assert refused.value.zones == (45,)


def test_no_zones_no_rows(raster_file):
    assert sum_zones(describe_raster(raster_file), zones_of()).total.shape == (0, 2)


def test_where_no_scheduler_answers_a_sentence_says_so(raster_file, zones, monkeypatch):
    pytest.importorskip("distributed", reason="dask is not installed")
    monkeypatch.setattr("gisapp.pipeline.nation._PATIENCE_S", 0.5)
    for address in ("tcp://127.0.0.1:1", "nonsense://here"):
        with pytest.raises(SchedulerError, match="no dask scheduler answers"):
            sum_zones(describe_raster(raster_file), zones, scheduler=address)


def test_without_dask_a_sentence_says_what_to_install(raster_file, zones, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(SchedulerError, match=r"gisapp\[large\]"):
        sum_zones(describe_raster(raster_file), zones, scheduler="tcp://127.0.0.1:1")


@pytest.mark.parametrize(
    "error",
    [ZoneGeometryError([3, 4]), UnknownChoiceError("level", "x"), SchedulerError("ก", "a")],
)
def test_an_error_comes_back_from_a_worker_whole(error):
    back = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert type(back) is type(error)
    assert (str(back), back.th, vars(back)) == (str(error), error.th, vars(error))


# --- the script


def test_the_script_writes_the_sums_beside_the_columns_of_the_zones(
    checkout, tmp_path, raster_file
):
    frame = gpd.GeoDataFrame(
        {"code": ["001", "=1+1", None], "homes": [7, 8, 9]},
        geometry=[
            shapely.box(WEST, NORTH - 250, WEST + 150, NORTH),
            shapely.box(WEST - 500, NORTH - 100, WEST + 500, NORTH),
            shapely.box(WEST - 900, NORTH, WEST - 500, NORTH + 100),
        ],
        crs=CRS,
    )
    frame.to_file(tmp_path / "zones.gpkg")
    done = run_script(checkout, raster_file, tmp_path / "zones.gpkg", tmp_path / "out.csv")
    assert (done.returncode, done.stderr) == (0, "")
    rows = read_csv(tmp_path / "out.csv")
    assert [row["code"] for row in rows] == ["001", "'=1+1", ""]
    assert [row["homes"] for row in rows] == ["7", "8", "9"]
    with rasterio.open(raster_file) as source:
        male = source.read(1).astype(np.float64)
    share = np.outer([1, 1, 0.5], [1, 0.5])
    known = male[:3, :2] != -1
    assert float(rows[0]["sum_male"]) == pytest.approx((share * male[:3, :2])[known].sum())
    assert float(rows[0]["known_share_male"]) == pytest.approx(share[known].sum() / 3.75)
    # Half of the second zone lies west of the raster; all of the third does.
    assert float(rows[1]["known_share_male"]) <= 0.5
    assert (rows[2]["sum_female"], rows[2]["known_share_female"]) == ("", "0.0")


def test_zones_in_another_crs_are_brought_to_the_raster(checkout, tmp_path, raster_file, zones):
    drawn = zones[:30]
    frame = gpd.GeoDataFrame({"n": range(30)}, geometry=list(drawn), crs=CRS)
    frame.to_crs("EPSG:4326").to_file(tmp_path / "degrees.geojson")
    out = tmp_path / "out.csv"
    done = run_script(checkout, raster_file, tmp_path / "degrees.geojson", out, "--block-zones", 7)
    assert done.returncode == 0, done.stderr
    told = [float(row["sum_female"]) for row in read_csv(out)]
    expected = sum_zones(describe_raster(raster_file), drawn).total[:, 1]
    np.testing.assert_allclose(told, expected, rtol=1e-6)


def test_a_zone_that_crosses_itself_is_mended_and_counted(checkout, tmp_path, raster_file):
    bow = [(0, 0), (300, -300), (300, 0), (0, -300)]
    bow = shapely.Polygon([(WEST + x, NORTH + y) for x, y in bow])
    gpd.GeoDataFrame({"n": [1, 2]}, geometry=[bow, None], crs=CRS).to_file(tmp_path / "z.gpkg")
    zones, mended = read_zones(tmp_path / "z.gpkg", CRS)
    assert mended == 1
    assert zones.area[0] == pytest.approx(2 * 300 * 150 / 2)
    done = run_script(checkout, raster_file, tmp_path / "z.gpkg", tmp_path / "out.csv")
    assert done.returncode == 0
    assert "mended 1 zones" in done.stderr
    rows = read_csv(tmp_path / "out.csv")
    assert 0 < float(rows[0]["sum_male"]) < 9 * 50
    assert (rows[1]["sum_male"], rows[1]["known_share_male"]) == ("", "")


def test_the_script_says_in_a_sentence_what_it_cannot_use(checkout, tmp_path, raster_file):
    frame = gpd.GeoDataFrame({"n": [1]}, geometry=[shapely.box(0, 0, 1, 1)], crs=CRS)
    frame.to_file(tmp_path / "no.shp")
    (tmp_path / "no.prj").unlink()
    for zones in ("no.shp", "missing.gpkg"):
        done = run_script(checkout, raster_file, tmp_path / zones, tmp_path / "out.csv")
        assert done.returncode == 2
        assert zones in done.stderr
        assert "Traceback" not in done.stderr
    assert not (tmp_path / "out.csv").exists()
