"""Exact shares of cells in polygons, and sums of rasters over them."""

from gisapp.core.zonal.fractions import CellFractions, cell_fractions
from gisapp.core.zonal.sums import RunningSums, ZoneSums, zone_sums

__all__ = ["CellFractions", "RunningSums", "ZoneSums", "cell_fractions", "zone_sums"]
