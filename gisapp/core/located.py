"""What a register's coordinates come to: plain points, and readings of those that are none."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gisapp.core.angles import COMMA
from gisapp.core.coordinates import Mask, Written, read_cells
from gisapp.core.datum import Degrees, Metres, to_metres
from gisapp.core.ground import ELSEWHERE, Land, Registered, Standing, registered_places, stand
from gisapp.core.likely import Likely, choose_readings
from gisapp.core.near import Neighbours, find_neighbours
from gisapp.core.readings import possible_readings

#: One degree of latitude, metres. Source: WGS 84, mean of the meridian quadrant / 90.
DEGREE_M = 111_133.0
#: A whole second of arc is fine enough for a school: 31 m.
_SECOND = 1 / 3600


@dataclass(frozen=True)
class Located:
    """The coordinates of a register, read and measured.

    Attributes:
        kind: "" where the cells are plain degrees, else the problem that they are.
        plain: Schools whose cells are plain degrees.
        lon, lat: Plain points; NaN elsewhere.
        standing: How the plain points lie to where the schools are registered.
        likely: Readings of cells that are no plain degrees.
        same, near: Schools on the same point, and near it; only plain points.
        coarse: Fewer decimals than the limit; `unusable` where rounding hides more than the
            tolerance.
        accepted: An officer has accepted the point.
    """

    written: Written
    registered: Registered
    kind: NDArray[np.object_]
    plain: Mask
    lon: Degrees
    lat: Degrees
    standing: Standing
    likely: Likely
    same: Neighbours
    near: Neighbours
    coarse: Mask
    unusable: Mask
    accepted: Mask


def locate(register: pd.DataFrame, land: Land, accepted: Collection[str]) -> Located:
    """Read the cells of a register, measure the points and find likely readings of the rest.

    Args:
        register: Clean register with `lat`, `lon` as text.
        land: The office's land.
        accepted: Codes of schools whose point an officer has accepted.
    """
    written = read_cells(register["lat"], register["lon"])
    registered = registered_places(register, land)
    taken = register["smis_code"].isin(list(accepted)).to_numpy(dtype=bool)
    plain = _plain(written, land, taken)
    lon, lat = np.where(plain, written.x, np.nan), np.where(plain, written.y, np.nan)
    standing = stand(land, registered, lon, lat)
    far = plain & ~taken & (standing.to_office > land.ground.tolerance_m)
    # An unreadable cell is NaN, which no reading takes.
    readings = possible_readings(written, ~plain | far, land)
    tables = register["table"].to_numpy(dtype=np.intp)
    likely = choose_readings(readings, land, registered, tables)
    # A plain point far out stays as it is unless another reading brings the school home.
    moved = far & (likely.rank < ELSEWHERE)
    kind = np.where(plain, likely.kind, _kinds(written, likely))
    plain &= ~moved
    kind[plain] = ""
    lon, lat = np.where(plain, lon, np.nan), np.where(plain, lat, np.nan)
    coarse, unusable = _coarse(written, land)
    limits = land.ground.limits
    return Located(
        written=written,
        registered=registered,
        kind=kind,
        plain=plain,
        lon=lon,
        lat=lat,
        standing=standing,
        likely=likely,
        same=_neighbours(lon, lat, land, limits.same_point_m),
        near=_neighbours(lon, lat, land, limits.near_school_m),
        coarse=coarse & ~taken,
        unusable=unusable & ~taken,
        accepted=taken & plain,
    )


def _plain(written: Written, land: Land, accepted: Mask) -> Mask:
    """Degrees in the usual order, one to a cell; what an officer accepted need only be degrees."""
    degrees = (np.abs(written.y) <= 90) & (np.abs(written.x) <= 180) & ~written.crossed
    usual = (written.form != COMMA) & ~written.one_cell & land.box.holds(written.x, written.y)
    zero = (written.y == 0) & (written.x == 0)
    plain: Mask = degrees & (usual | accepted) & ~zero
    return plain


def _kinds(written: Written, likely: Likely) -> NDArray[np.object_]:
    """The problem of each school whose cells are no plain degrees."""
    kind = np.full(len(written.y), "bad_coordinates", dtype=object)
    kind[(np.abs(written.y) <= 90) & (np.abs(written.x) <= 180)] = "outside_country"
    found = likely.kind != ""
    kind[found] = likely.kind[found]
    kind[(written.y == 0) & (written.x == 0)] = "zero_coordinates"
    kind[written.half] = "half_coordinates"
    kind[written.blank] = "no_coordinates"
    return kind


def _coarse(written: Written, land: Land) -> tuple[Mask, Mask]:
    """Tell which points are written too coarsely, and which so much that they are no place.

    The finer of both cells counts: a spreadsheet drops the zeros at the end of a number. Whole
    degrees are never a place. Otherwise a point can be used while half of its last digit, the
    most that rounding hides, stays within the tolerance in both directions together.
    """
    least = 10.0**-land.ground.limits.least_decimals
    limit = np.where(written.form == "dms", _SECOND, least)
    coarse = (written.step > limit * 1.001) | written.whole
    hidden_m = written.step / 2 * DEGREE_M * np.sqrt(2)
    return coarse, written.whole | (hidden_m > land.ground.tolerance_m)


def _neighbours(lon: Degrees, lat: Degrees, land: Land, limit_m: float) -> Neighbours:
    """Other plain points near each plain point; nobody is near a school without one."""
    x_m, y_m = to_metres(lon, lat, land.ground.metric_crs)
    rows = np.flatnonzero(np.isfinite(x_m))
    found = find_neighbours(x_m[rows], y_m[rows], limit_m)
    names = found.others.shape[1]
    others = np.full((len(lon), names), -1, dtype=np.intp)
    distance_m: Metres = np.full((len(lon), names), np.inf)
    count = np.zeros(len(lon), dtype=np.int64)
    others[rows] = np.where(found.others >= 0, rows[found.others] if len(rows) else -1, -1)
    distance_m[rows], count[rows] = found.distance_m, found.count
    return Neighbours(others, distance_m, count)
