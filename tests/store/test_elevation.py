"""Heights from rasters of all kinds: placed right, joined, refused where they are none."""

import math
import os
import threading

import numpy as np
import pytest
import rasterio
from pyproj import Transformer
from rasterio.transform import from_origin

from gisapp.core.tiles import TILE_PX, Tile
from gisapp.errors import UnreadableFileError
from gisapp.settings import Settings
from gisapp.store.elevation import elevation
from gisapp.store.elevation_tiles import read_heights

TO_DEGREES = Transformer.from_crs(3857, 4326, always_xy=True)


@pytest.fixture
def office(tmp_path):
    (tmp_path / "data" / "rasters").mkdir(parents=True)
    return Settings(tmp_path, "99020000", "", "")


def write(office, name, values, crs="EPSG:4326", west=98.0, north=20.0, cell=0.01, **more):
    """Write a raster into the office's folder; `values` is [row, column] or [band, row, column]."""
    bands = values if values.ndim == 3 else values[np.newaxis]
    path = office.rasters_dir / name
    made = {"driver": "GTiff", "dtype": bands.dtype.name, "count": len(bands), "crs": crs}
    made |= {"height": bands.shape[1], "width": bands.shape[2]}
    made |= {"transform": from_origin(west, north, cell, cell)}
    extra = {name: more.pop(name) for name in ("colormap", "unit", "scale") if name in more}
    with rasterio.open(path, "w", **made, **more) as target:
        target.write(bands)
        if "colormap" in extra:
            target.write_colormap(1, extra["colormap"])
        if "unit" in extra:
            target.set_band_unit(1, extra["unit"])
        if "scale" in extra:
            target.scales = (extra["scale"],)
    return path


def tile_at(lon, lat, zoom):
    """The tile that holds a place."""
    x = (lon + 180) / 360 * 2**zoom
    y = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * 2**zoom
    return Tile(zoom, int(x), int(y))


def slope(rows, columns, hills=40):
    """A smooth surface with wide hills and, on them, small ones of `hills` metres."""
    y, x = np.mgrid[0:rows, 0:columns]
    wide = 400 + 200 * np.sin(x / 37) * np.cos(y / 29)
    return (wide + hills * np.sin(x / 5 + y / 7)).astype("float32")


@pytest.mark.parametrize("lat", [18.2, 19.0, 19.8])
def test_a_raster_in_degrees_is_placed_right_over_two_degrees(office, lat):
    # Height = 1000 x latitude: each row of a tile must say its own latitude, by pyproj.
    rows = 20.0 - 0.01 * (np.arange(200) + 0.5)
    write(office, "dem.tif", np.repeat(1000 * (rows - 15), 50).reshape(200, 50).astype("float32"))
    tile = tile_at(98.2, lat, 12)
    found = read_heights(elevation(office), tile, 0)
    west, _, _, north = tile.bounds_m
    middles = north - (np.arange(TILE_PX) + 0.5) * tile.pixel_m
    _, lats = TO_DEGREES.transform(np.full(TILE_PX, west), middles)
    off_m = np.abs(found[:, 128] / 1000 + 15 - lats) * 111_000
    assert off_m.max() < 2  # stretched like a degree picture it would be off by up to 335 m


def test_a_raster_in_metres_is_placed_right(office):
    # Height = metres east of the raster's corner, which pyproj knows for every pixel.
    east = np.tile((np.arange(300) + 0.5) * 100 / 10, (300, 1)).astype("float32")
    write(office, "dem.tif", east, "EPSG:32647", 480_000, 2_130_000, 100)
    tile = tile_at(98.95, 19.13, 12)
    found = read_heights(elevation(office), tile, 0)
    west, _, _, north = tile.bounds_m
    x = west + (np.arange(TILE_PX) + 0.5) * tile.pixel_m
    to_utm = Transformer.from_crs(3857, 32647, always_xy=True)
    there, _ = to_utm.transform(x, np.full(TILE_PX, north - 100.5 * tile.pixel_m))
    assert np.abs(found[100] * 10 - (there - 480_000)).max() < 2


@pytest.mark.parametrize("zoom", [8, 9, 10, 11, 12, 13])
@pytest.mark.parametrize("finer", [1, 5])  # fewer cells than pixels at zoom 8, and more
@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:32647"])
def test_neighbouring_tiles_agree_where_they_overlap(office, zoom, finer, crs):
    place = {"west": 98.0, "north": 20.0, "cell": 0.01}
    if crs == "EPSG:32647":
        place = {"west": 395_000, "north": 2_212_000, "cell": 1000}
    place["cell"] /= finer
    write(office, "dem.tif", slope(220 * finer, 300 * finer), crs, **place)
    heights, margin = elevation(office), 12
    first = tile_at(98.6, 19.4, zoom)
    here = read_heights(heights, first, margin)
    east = read_heights(heights, Tile(zoom, first.x + 1, first.y), margin)
    south = read_heights(heights, Tile(zoom, first.x, first.y + 1), margin)
    both = 2 * margin
    pairs = [(here[:, -both:], east[:, :both]), (here[-both:], south[:both])]
    for one, other in pairs:
        assert np.array_equal(np.isnan(one), np.isnan(other))
        apart = np.abs(one - other)[~np.isnan(one)]
        assert apart.max(initial=0) < 0.2
    assert np.isfinite(here).any()


def test_between_the_cells_of_a_coarse_raster_the_ground_is_smooth(office):
    step = np.zeros((40, 40), dtype="int16")
    step[:, 20:] = 100
    write(office, "dem.tif", step)
    found = read_heights(elevation(office), tile_at(98.2, 19.8, 13), 0)
    # A cell is 58 pixels wide: as blocks, a step would be the whole 100 m.
    assert np.ptp(found) > 50
    assert np.abs(np.diff(found, axis=1)).max() < 3


def test_declared_nodata_and_the_ground_outside_are_unknown(office):
    values = slope(60, 60)
    values[:, 30:] = -99
    write(office, "dem.tif", values, nodata=-99)
    found = read_heights(elevation(office), tile_at(98.1, 19.7, 8), 0)
    assert np.isnan(found).any()
    assert np.nanmin(found) > 100  # nothing of -99 has leaked in
    assert read_heights(elevation(office), tile_at(60, 10, 8), 0) is None


@pytest.mark.parametrize(
    ("kind", "mark"),
    [("int16", -32768), ("float32", -9999.0), ("float32", 3.4e38), ("uint16", 65535)],
)
def test_a_mark_for_unknown_that_nobody_declared_is_not_a_height(office, kind, mark):
    values = slope(200, 200).astype(kind)
    values[150:] = mark
    write(office, "dem.tif", values)
    found = read_heights(elevation(office), tile_at(99.0, 18.7, 8), 0)
    assert np.nanmin(found) > 100
    assert np.nanmax(found) < 700


def test_land_below_the_sea_and_the_highest_mountain_are_heights(office):
    values = np.full((100, 100), -430, dtype="int16")
    values[:, 50:] = 8849
    write(office, "dem.tif", values)
    found = read_heights(elevation(office), tile_at(98.5, 19.5, 7), 0)
    assert np.nanmin(found) == pytest.approx(-430, abs=1)
    assert np.nanmax(found) == pytest.approx(8849, abs=1)


@pytest.mark.parametrize(
    ("more", "metres"), [({"unit": "ft"}, 304.8), ({"unit": "metre"}, 1000), ({"scale": 0.1}, 100)]
)
def test_feet_and_scaled_numbers_become_metres(office, more, metres):
    write(office, "dem.tif", np.full((50, 50), 1000, dtype="int16"), **more)
    found = read_heights(elevation(office), tile_at(98.2, 19.8, 11), 0)
    assert found == pytest.approx(metres)


def test_several_rasters_make_one_ground_and_the_finer_one_wins(office):
    write(office, "dem_west.tif", np.full((100, 50), 100, dtype="int16"))
    write(office, "dem_east.tif", np.full((100, 50), 200, dtype="int16"), west=98.5)
    write(
        office,
        "DEM_fine.TIFF",
        np.full((100, 100), 300, "int16"),
        west=98.1,
        north=19.9,
        cell=0.001,
    )
    heights = elevation(office)
    assert [raster.name for raster in heights.rasters] == [
        "DEM_fine.TIFF", "dem_east.tif", "dem_west.tif",
    ]  # fmt: skip
    west, south, east, north = heights.bounds
    assert (west, south, east, north) == pytest.approx((98.0, 19.0, 99.0, 20.0), abs=1e-6)
    for lon, lat, height in ((98.05, 19.5, 100), (98.95, 19.5, 200), (98.15, 19.85, 300)):
        tile = tile_at(lon, lat, 15)
        assert np.nanmedian(read_heights(heights, tile, 0)) == pytest.approx(height, abs=0.5)


def test_a_raster_much_finer_than_the_picture_is_read_through_a_copy_that_says_the_same(office):
    values = slope(2400, 2400, hills=0)
    write(office, "dem.tif", values, cell=0.0005)
    tile = tile_at(98.6, 19.4, 8)
    found = read_heights(elevation(office), tile, 0)
    # Another way: the mean of the cells whose middles each pixel covers. In Mercator x follows from
    # the longitude alone, y from the latitude.
    middles = 0.0005 * (np.arange(2400) + 0.5)
    to_map = Transformer.from_crs(4326, 3857, always_xy=True)
    x, _ = to_map.transform(98 + middles, np.zeros(2400))
    _, y = to_map.transform(np.zeros(2400), 20 - middles)
    x, y = (side.ravel() for side in np.meshgrid(x, y))
    west, _, _, north = tile.bounds_m
    column, row = (x - west) // tile.pixel_m, (north - y) // tile.pixel_m
    inside = (column >= 0) & (column < TILE_PX) & (row >= 0) & (row < TILE_PX)
    place = (row * TILE_PX + column)[inside].astype(int)
    total = np.bincount(place, values.ravel()[inside], TILE_PX**2)
    count = np.bincount(place, minlength=TILE_PX**2)
    known = np.isfinite(found.ravel()) & (count > 20)
    mean = total[known] / count[known]
    assert known.sum() > 5_000
    # Hills of 200 m; the spline rounds their tops a little.
    assert np.abs(found.ravel()[known] - mean).mean() < 6


@pytest.mark.parametrize(
    ("name", "values", "more", "said"),
    [
        ("dem_map.tif", np.zeros((9, 9), "uint8"), {"colormap": {0: (9, 9, 9, 255)}}, "เป็นภาพสี"),
        ("dem_rgb.tif", np.zeros((3, 9, 9), "uint8"), {"photometric": "RGB"}, "เป็นภาพสี"),
        ("dem_two.tif", np.zeros((2, 9, 9), "int16"), {}, "มี 2 แถบ"),
        ("dem_nowhere.tif", np.zeros((9, 9), "int16"), {"crs": None}, "ไม่มีระบบพิกัด"),
        ("dem_complex.tif", np.zeros((9, 9), "complex64"), {}, "ไม่ใช่ตัวเลขความสูง"),
    ],
)
def test_what_is_no_raster_of_heights_is_refused_and_says_why(office, name, values, more, said):
    write(office, name, values, **more)
    heights = elevation(office)
    assert (heights.rasters, heights.bounds) == ((), None)
    (refused,) = heights.refused
    assert refused.name == name
    assert said in refused.th
    assert refused.en


def test_a_file_that_is_no_geotiff_is_refused_and_leads_to_no_other_file(office, tmp_path):
    (office.rasters_dir / "dem.tif").write_bytes(b"not a picture")
    secret = write(office, "other.tif", slope(20, 20))
    band = f"<SimpleSource><SourceFilename>{secret}</SourceFilename></SimpleSource>"
    vrt = (
        '<VRTDataset rasterXSize="20" rasterYSize="20"><SRS>EPSG:4326</SRS>'
        "<GeoTransform>98,0.01,0,20,0,-0.01</GeoTransform>"
        f'<VRTRasterBand dataType="Float32" band="1">{band}</VRTRasterBand></VRTDataset>'
    )
    (office.rasters_dir / "dem_vrt.tif").write_text(vrt, encoding="utf-8")
    heights = elevation(office)
    assert heights.rasters == ()
    assert [refused.name for refused in heights.refused] == ["dem.tif", "dem_vrt.tif"]
    assert all("เปิดไม่ได้" in refused.th for refused in heights.refused)


def test_a_file_copied_half_way_is_refused(office):
    path = write(office, "dem.tif", slope(400, 400))
    path.write_bytes(path.read_bytes()[:200_000])
    heights = elevation(office)
    assert heights.rasters == ()
    assert "เปิดไม่ได้" in heights.refused[0].th


def test_a_good_raster_serves_beside_a_bad_one(office):
    write(office, "dem_good.tif", slope(50, 50))
    write(office, "dem_bad.tif", np.zeros((3, 9, 9), "uint8"))
    heights = elevation(office)
    assert [raster.name for raster in heights.rasters] == ["dem_good.tif"]
    assert [refused.name for refused in heights.refused] == ["dem_bad.tif"]


def test_an_office_without_rasters_has_no_heights(office):
    write(office, "population.tif", slope(9, 9))
    assert elevation(office).bounds is None
    office.rasters_dir.joinpath("population.tif").unlink()
    office.rasters_dir.rmdir()
    assert (elevation(office).rasters, elevation(office).refused) == ((), ())


def test_another_file_or_another_time_is_another_stamp(office):
    path = write(office, "dem.tif", slope(20, 20))
    first = elevation(office).stamp
    assert elevation(office).stamp == first
    os.utime(path, ns=(1, 1))
    second = elevation(office).stamp
    write(office, "dem2.tif", slope(20, 20))
    assert len({first, second, elevation(office).stamp}) == 3


def test_a_raster_that_goes_while_it_is_used_says_so(office):
    path = write(office, "dem.tif", slope(50, 50))
    heights = elevation(office)
    path.unlink()
    with pytest.raises(UnreadableFileError, match=r"dem\.tif"):
        read_heights(heights, tile_at(98.2, 19.8, 10), 0)


def test_threads_that_ask_at_once_get_the_same_heights(office):
    write(office, "dem.tif", slope(1200, 1200), cell=0.001)
    heights, found = elevation(office), []
    tile = tile_at(98.6, 19.4, 8)
    threads = [
        threading.Thread(target=lambda: found.append(read_heights(heights, tile, 4)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert all(np.array_equal(one, found[0], equal_nan=True) for one in found)
