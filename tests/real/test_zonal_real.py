"""People of the grid of Bangkok in its 50 districts, as exactextract counts them."""

import numpy as np
from exactextract import exact_extract

from gisapp.pipeline.nation import sum_zones
from gisapp.store.raster_rows import describe_raster
from gisapp.store.zone_tables import read_zones


def test_the_people_of_bangkok_by_district_are_those_of_exactextract(real_data):
    path = real_data / "bangkok" / "bangkok_worldpop2020_200m.tif"
    raster = describe_raster(path)
    zones, _ = read_zones(real_data / "bangkok" / "bangkok_districts.geojson", raster.crs)
    sums = sum_zones(raster, zones.geometry.to_numpy())
    told = exact_extract(str(path), zones, ["sum", "count"], output="pandas")
    assert len(zones) == 50
    # Its shares of cells are float32.
    np.testing.assert_allclose(sums.total[:, 0], told["sum"], rtol=1e-6)
    np.testing.assert_allclose(sums.known[:, 0], told["count"], rtol=1e-6)
    assert round(sums.total.sum() / 1e6, 2) == 10.13  # ../shared/data/README.md
