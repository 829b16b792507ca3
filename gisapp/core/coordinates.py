"""What the coordinate cells of many schools say, and where degrees may lie at all."""

import re
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gisapp.core.angles import COMMA, PLAIN, SEXAGESIMAL, Angle, read_pair
from gisapp.core.datum import LONLAT, Degrees

__all__ = ["LONLAT", "Box", "Written", "plausible_box", "read_cells"]

#: How far beyond its boundaries' box an office outside Thailand may have a school, degrees.
_MARGIN = 2.0
#: So much may official boundaries reach over the country's box, degrees.
_SLACK = 0.1
_PLAIN_NUMBER = re.compile(r"[+-]?\d+(\.\d*)?")
_BLANK = ("", "-")

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Box:
    """Degrees that can be meant, edges included.

    Attributes:
        thai: It is the country's: then old maps may be on Indian 1975.
    """

    west: float
    south: float
    east: float
    north: float
    thai: bool = False

    def holds(self, lon: Degrees, lat: Degrees) -> Mask:
        """Tell which points lie in it; NaN does not."""
        inside = (lon >= self.west) & (lon <= self.east)
        return inside & (lat >= self.south) & (lat <= self.north)


#: Source: EPSG area of use 1231 (epsg.io).
THAILAND = Box(97.34, 5.63, 105.64, 20.46, thai=True)
WORLD = Box(-180.0, -90.0, 180.0, 90.0)


def plausible_box(subdistricts: gpd.GeoDataFrame, area_code: str) -> Box:
    """Return where degrees of this office's schools can lie at all.

    Thailand where the boundaries lie in it; elsewhere the box of the boundaries and 2° around.
    Without boundaries the area code decides: that of a Thai office (8 digits, province
    10 to 96), or the world.
    """
    if not len(subdistricts):
        thai = re.fullmatch(r"\d{8}", area_code) and 10 <= int(area_code[:2]) <= 96
        return THAILAND if thai else WORLD
    west, south, east, north = (float(edge) for edge in subdistricts.total_bounds)
    home = THAILAND
    if (
        west >= home.west - _SLACK
        and south >= home.south - _SLACK
        and east <= home.east + _SLACK
        and north <= home.north + _SLACK
    ):
        return home
    return Box(
        max(west - _MARGIN, -180.0),
        max(south - _MARGIN, -90.0),
        min(east + _MARGIN, 180.0),
        min(north + _MARGIN, 90.0),
    )


@dataclass(frozen=True)
class Written:
    """The cells for latitude (`y`) and longitude (`x`) of many schools, as numbers.

    Attributes:
        y, x: Degrees, or metres where they are too large for degrees; NaN where unreadable.
        step: Worth of the last written digit of the finer of both.
        whole: Either is written without anything after the degree.
        form: ``""`` decimal degrees, ``dms`` or ``comma``: the less usual of both.
        zone: UTM zone written beside the numbers, 0 without one.
        one_cell: Both values stood in one cell, the other was blank.
        crossed: Letters beside the values say that the cells are swapped.
        blank: Neither cell says anything; `half` where only one does, and gives one value.
    """

    y: Degrees
    x: Degrees
    step: Degrees
    whole: Mask
    form: NDArray[np.object_]
    zone: NDArray[np.int64]
    one_cell: Mask
    crossed: Mask
    blank: Mask
    half: Mask


def read_cells(lat: pd.Series, lon: pd.Series) -> Written:
    """Read the latitude and longitude cells of a register; nothing is judged yet.

    Args:
        lat, lon: Text of the cells, "" or "-" where blank.
    """
    count = len(lat)
    texts = [np.array(cells, dtype=object) for cells in (lat, lon)]
    plain = np.array(
        [
            bool(_PLAIN_NUMBER.fullmatch(a) and _PLAIN_NUMBER.fullmatch(b))
            for a, b in zip(*texts, strict=True)
        ],
        dtype=bool,
    )
    none = [np.isin(cells.astype(str), _BLANK) for cells in texts]
    written = Written(
        y=np.full(count, np.nan),
        x=np.full(count, np.nan),
        step=np.full(count, np.nan),
        whole=np.zeros(count, dtype=bool),
        form=np.full(count, PLAIN, dtype=object),
        zone=np.zeros(count, dtype=np.int64),
        one_cell=np.zeros(count, dtype=bool),
        crossed=np.zeros(count, dtype=bool),
        blank=none[0] & none[1],
        half=none[0] ^ none[1],
    )
    y_cells, x_cells = (cells[plain] for cells in texts)
    written.y[plain], written.x[plain] = y_cells.astype(np.float64), x_cells.astype(np.float64)
    steps = [_steps(cells) for cells in (y_cells, x_cells)]
    written.step[plain] = np.minimum(*steps)
    written.whole[plain] = np.maximum(*steps) >= 1
    for place in np.flatnonzero(~plain & ~written.blank):
        _read_one(written, int(place), texts[0][place], texts[1][place])
    return written


def _steps(cells: NDArray[np.object_]) -> Degrees:
    """Worth of the last digit of plain decimal numbers."""
    digits = [len(cell) - 1 - dot if (dot := cell.find(".")) >= 0 else 0 for cell in cells]
    return 10.0 ** -np.array(digits, dtype=np.float64)


def _read_one(written: Written, place: int, lat: str, lon: str) -> None:
    pair = read_pair(lat, lon)
    y, x = pair.y, pair.x
    written.half[place] &= y is not None and x is None
    if y is None or x is None:
        return
    written.y[place], written.x[place] = y.value, x.value
    written.step[place] = min(y.step, x.step)
    written.whole[place] = max(y.step, x.step) >= 1
    written.form[place] = _form(y, x)
    written.zone[place] = pair.zone
    written.one_cell[place] = pair.one_cell
    written.crossed[place] = y.axis == "lon" or x.axis == "lat"


def _form(y: Angle, x: Angle) -> str:
    forms = {y.form, x.form}
    return next((form for form in (COMMA, SEXAGESIMAL) if form in forms), PLAIN)
