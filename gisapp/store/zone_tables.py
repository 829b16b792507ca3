"""Zones of any vector file in the CRS of a raster, and the table of what was summed over them."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from gisapp.core.text import Cell
from gisapp.core.zonal import ZoneSums
from gisapp.store.raster_rows import RowRaster
from gisapp.store.table_files import harmless
from gisapp.store.text_tables import write_csv
from gisapp.store.vectors import read_layer


def read_zones(path: Path, crs: str) -> tuple[gpd.GeoDataFrame, int]:
    """Read the first layer of a file in another CRS: its zones, and how many had to be mended.

    A polygon that crosses itself is mended so that it covers what its rings enclose.

    Raises:
        LayerNotFoundError: No such file.
        UnreadableFileError: No vector layers, or the file does not say its CRS.
    """
    zones = read_layer(path, crs=crs)
    crossed = ~(zones.is_valid | zones.geometry.isna()).to_numpy()
    # What has no finite place cannot be mended; the sums name it.
    crossed &= np.isfinite(zones.bounds).all(axis=1).to_numpy()
    shapes = zones.geometry.to_numpy().copy()
    shapes[crossed] = shapely.make_valid(shapes[crossed], method="structure", keep_collapsed=False)
    return zones.set_geometry(gpd.GeoSeries(shapes, zones.index, crs=zones.crs)), int(crossed.sum())


def write_zone_sums(zones: gpd.GeoDataFrame, raster: RowRaster, sums: ZoneSums, path: Path) -> None:
    """Write a CSV, one row a zone: its own columns, then for each band two more.

    ``sum_<band>`` is empty where no cell of the zone is known; ``known_share_<band>`` is the
    share of the zone's area whose cells are known, 0 to 1. Sums are written so that reading
    them gives the same number to the last bit.

    Args:
        zones: In the raster's CRS.
        raster: What was summed.
        sums: [zone, band].
        path: Where to.
    """
    table = pd.DataFrame(zones.drop(columns=zones.geometry.name)).reset_index(drop=True)
    area = shapely.area(zones.geometry.to_numpy())
    columns = {str(name): [_cell(value) for value in table[name]] for name in table}
    for band, name in enumerate(raster.bands):
        known = sums.known[:, band]
        columns[f"sum_{name}"] = [
            float(value) if any_known else None
            for value, any_known in zip(sums.total[:, band], known > 0, strict=True)
        ]
        with np.errstate(divide="ignore", invalid="ignore"):
            share = np.minimum(known * raster.grid.cell_area / area, 1)
        columns[f"known_share_{name}"] = [
            round(float(value), 9) if np.isfinite(value) else None for value in share
        ]
    rows = [[harmless(name) for name in columns], *zip(*columns.values(), strict=True)]
    write_csv(rows, path)


def _cell(value: object) -> Cell:
    """Return a value of a zone as a cell; what nobody knows is empty, a text runs no formula."""
    if value is None or value is pd.NaT or value != value:
        return None
    return harmless(value) if isinstance(value, str) else value  # type: ignore[return-value]
