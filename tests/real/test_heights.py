"""Rasters that came as heights: one is a coloured picture, one covers half of its frame."""

import shutil

import numpy as np
import pytest

from gisapp.core.tiles import Tile
from gisapp.settings import Settings
from gisapp.store.elevation import elevation
from gisapp.store.elevation_tiles import read_heights


@pytest.fixture
def office(real_data, tmp_path):
    """An office that got both files."""
    rasters = tmp_path / "data" / "rasters"
    rasters.mkdir(parents=True)
    shutil.copy(real_data / "terrain" / "chiangmai-dem1km.tif", rasters / "dem_chiangmai.tif")
    shutil.copy(real_data / "terrain" / "khlongtoei_dem.tif", rasters / "dem_khlongtoei.tif")
    return Settings(tmp_path, "99020000", "", "")


def test_the_coloured_picture_is_refused_and_the_heights_are_not(office):
    heights = elevation(office)
    assert [raster.name for raster in heights.rasters] == ["dem_khlongtoei.tif"]
    (refused,) = heights.refused
    assert (refused.name, refused.th) == ("dem_chiangmai.tif", "เป็นภาพสี ไม่ใช่ค่าความสูง")


def test_half_of_the_frame_is_unknown_and_stays_so(office):
    # Zoom 13: these four tiles hold the whole raster, whose cells are 1.6 pixels.
    tiles = [Tile(13, 6384 + dx, 3780 + dy) for dx in (0, 1) for dy in (0, 1)]
    found = [read_heights(elevation(office), tile, 0) for tile in tiles]
    known = np.concatenate([part[np.isfinite(part)] for part in found if part is not None])
    cells_m2 = known.size * Tile(13, 6384, 3781).ground_pixel_m()[128] ** 2
    # By another way: 48 % of 164 x 182 cells of 1/3600 degree at 13.72 degrees north.
    one = (111_320 / 3600) ** 2 * np.cos(np.radians(13.72))
    assert cells_m2 == pytest.approx(0.48 * 164 * 182 * one, rel=0.03)
    assert known.min() > -10
    assert known.max() < 60
