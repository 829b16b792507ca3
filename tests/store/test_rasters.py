import numpy as np
import pytest
import rasterio
from rasterio.transform import from_origin

from gisapp.errors import LayerNotFoundError, UnreadableFileError
from gisapp.store.rasters import Raster, read_raster, write_raster

# 2 rows x 3 columns of 100 m; the north-west corner is (500000, 2100000).
VALUES = np.array([[1, 2, 3], [4, 5, -9]], dtype=np.int16)
RASTER = Raster(VALUES, 500_000.0, 2_100_000.0, 100.0, "EPSG:32647", nodata=-9)


def test_a_raster_comes_back_as_it_was_written(tmp_path):
    path = tmp_path / "new" / "dem.tif"
    write_raster(RASTER, path, unit="metre")
    back = read_raster(path)
    assert np.array_equal(back.values, VALUES)
    assert back.values.dtype == np.int16
    assert (back.west, back.north, back.cell_m, back.crs) == (5e5, 2.1e6, 100.0, "EPSG:32647")
    assert back.nodata == -9


def test_another_program_finds_unit_and_area_in_the_file(tmp_path):
    path = tmp_path / "dem.tif"
    write_raster(RASTER, path, unit="metre")
    with rasterio.open(path) as source:
        assert source.tags()["AREA_OR_POINT"] == "Area"
        assert source.units == ("metre",)
        assert source.compression.name == "deflate"
        assert tuple(source.bounds) == RASTER.bounds == (500_000, 2_099_800, 500_300, 2_100_000)


@pytest.mark.parametrize("kind", ["int16", "float32"])
def test_the_same_raster_gives_the_same_bytes(tmp_path, kind):
    raster = Raster(VALUES.astype(kind), 0.0, 200.0, 100.0, "EPSG:32647")
    write_raster(raster, tmp_path / "a.tif", unit="metre")
    write_raster(raster, tmp_path / "b.tif", unit="metre")
    assert (tmp_path / "a.tif").read_bytes() == (tmp_path / "b.tif").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.tif", "b.tif"]


def test_a_point_takes_the_value_of_the_cell_that_holds_it():
    x = np.array([500_050.0, 500_299.0, 500_150.0])
    y = np.array([2_099_950.0, 2_099_999.0, 2_099_801.0])
    assert RASTER.at(x, y).tolist() == [1, 3, 5]


def test_a_point_on_a_line_between_cells_belongs_to_the_south_eastern_one():
    assert RASTER.at(np.array([500_100.0]), np.array([2_099_900.0])).tolist() == [5]


def test_a_corner_of_the_raster_is_inside_in_the_north_west_only():
    west, south, east, north = RASTER.bounds
    x, y = np.array([west, east, west]), np.array([north, north, south])
    assert np.isnan(RASTER.at(x, y)).tolist() == [False, True, True]


def test_points_outside_and_points_that_are_nan_and_nodata_have_no_value():
    x = np.array([499_999.0, np.nan, 500_250.0, np.inf])
    y = np.array([2_099_950.0, 2_099_950.0, 2_099_850.0, 2_099_950.0])
    assert np.isnan(RASTER.at(x, y)).all()


def test_a_raster_without_nodata_knows_every_cell():
    plain = Raster(VALUES, 0.0, 200.0, 100.0, "EPSG:32647")
    assert plain.known().tolist() == [[1, 2, 3], [4, 5, -9]]
    assert np.isnan(RASTER.known()[1, 2])


def test_nodata_that_is_nan_is_not_known():
    raster = Raster(np.array([[np.nan, 1.0]]), 0.0, 1.0, 1.0, "EPSG:32647", nodata=np.nan)
    assert np.isnan(raster.known()).tolist() == [[True, False]]


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(LayerNotFoundError, match=r"nowhere\.tif"):
        read_raster(tmp_path / "nowhere.tif")


def test_a_file_that_is_no_raster_is_refused_in_two_languages(tmp_path):
    path = tmp_path / "dem.tif"
    path.write_text("not a raster")
    with pytest.raises(UnreadableFileError, match=r"dem\.tif") as caught:
        read_raster(path)
    assert "dem.tif" in caught.value.th


@pytest.mark.parametrize(
    ("crs", "transform"),
    [
        (None, from_origin(0, 0, 100, 100)),
        ("EPSG:4326", from_origin(99, 19, 0.001, 0.001)),
        ("EPSG:32647", from_origin(0, 0, 100, 50)),
    ],
)
def test_degrees_oblong_cells_and_an_unknown_crs_are_refused(tmp_path, crs, transform):
    path = tmp_path / "dem.tif"
    with rasterio.open(
        path, "w", driver="GTiff", dtype="int16", count=1, height=2, width=3, crs=crs,
        transform=transform,
    ) as target:  # fmt: skip
        target.write(VALUES, 1)
    with pytest.raises(UnreadableFileError, match="EPSG:32647"):
        read_raster(path)


def test_an_unfinished_write_leaves_the_old_raster(tmp_path):
    path = tmp_path / "dem.tif"
    write_raster(RASTER, path, unit="metre")
    before = path.read_bytes()
    broken = Raster(VALUES, 0.0, 0.0, 100.0, "EPSG:0", nodata=-9)
    with pytest.raises(rasterio.errors.CRSError):
        write_raster(broken, path, unit="metre")
    assert path.read_bytes() == before
