"""Where each school stands on the map, and how far that can be believed."""

from collections.abc import Collection, Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from gisapp.core.coordinates import Mask
from gisapp.core.datum import LONLAT, to_degrees
from gisapp.core.ground import Ground, Land, make_land, to_own_zones
from gisapp.core.located import Located, locate
from gisapp.core.moved import find_moved
from gisapp.core.place_doubts import make_sheet, place_problems
from gisapp.core.place_words import MISSING, SUBDISTRICT, SURVEYED, VILLAGE
from gisapp.core.problems import Problem
from gisapp.core.standins import stand_in_points
from gisapp.core.tables import FormTable

__all__ = ["MISSING", "SUBDISTRICT", "SURVEYED", "VILLAGE", "Ground", "place_schools"]

Points = NDArray[np.object_]


def place_schools(
    register: pd.DataFrame,
    ground: Ground,
    tables: Sequence[FormTable],
    accepted: Collection[str] = frozenset(),
    earlier: gpd.GeoDataFrame | None = None,
) -> tuple[gpd.GeoDataFrame, list[Problem]]:
    """Give every school the best point that can be believed.

    A point is `surveyed` when an officer has accepted it, or when it lies within `tolerance_m`
    of the registered subdistrict (of its own announced zone where none is registered), stands on
    no other school's point and is written finely enough; else the school stands on its village's
    point, else on a stand-in point of its subdistrict, else nowhere. A point near another school,
    or away from that of the last round, is doubted and still used.

    Args:
        register: Clean register with `lat`, `lon` as text, `subdistrict_code` ("" unknown)
            and `village_no`.
        ground: Boundaries and villages.
        tables: Sheets that `register["table"]` points at.
        accepted: Codes of schools whose point an officer has accepted: surveyed wherever it
            lies, and not doubted again.
        earlier: Layer `schools` of the newest earlier round, for points that moved.

    Returns:
        places: geometry (EPSG:4326) and `location_quality`, index as `register`.
        problems: What is doubtful about a place.
    """
    land = make_land(ground)
    located = locate(register, land, accepted)
    points, quality = _points(register, located, land)
    moved = find_moved(register, located, quality == SURVEYED, land, earlier)
    sheet = make_sheet(register, tables, land, located, quality)
    places = gpd.GeoDataFrame(
        {"location_quality": quality}, geometry=points, crs=LONLAT, index=register.index
    )
    return places, place_problems(sheet, moved)


def _believed(located: Located, land: Land, codes: pd.Series) -> Mask:
    """Points that are surveyed: accepted, or in their subdistrict and without a grave doubt.

    Where the register names no subdistrict, the school's own announced zone confirms its point.
    """
    away_m = located.standing.to_subdistrict
    to_zone_m = to_own_zones(land, codes, located.lon, located.lat)
    away_m = np.where(np.isnan(away_m), to_zone_m, away_m)
    confirmed = away_m <= land.ground.tolerance_m
    doubted = (located.same.count > 0) | located.unusable
    return located.plain & (located.accepted | (confirmed & ~doubted))


def _points(register: pd.DataFrame, located: Located, land: Land) -> tuple[Points, Points]:
    """The point of each school and its quality, best first."""
    ground = land.ground
    quality = np.full(len(register), MISSING, dtype=object)
    points = np.full(len(register), None, dtype=object)
    believed = _believed(located, land, register["smis_code"])
    points[believed] = shapely.points(located.lon[believed], located.lat[believed])
    quality[believed] = SURVEYED
    village_m = located.registered.village_m
    village = (quality == MISSING) & np.isfinite(village_m[:, 0])
    x_m, y_m = village_m[village].T
    at_village = to_degrees(x_m, y_m, ground.metric_crs, ground.datum_operation)
    points[village] = shapely.points(*at_village)
    quality[village] = VILLAGE
    rest = quality == MISSING
    standing = stand_in_points(
        register["subdistrict_code"].to_numpy()[rest], ground.subdistricts, ground.metric_crs
    )
    points[rest] = standing
    stands = rest.copy()
    stands[rest] = np.array([point is not None for point in standing], dtype=bool)
    # A plain point that no registered subdistrict can confirm is shown hollow, and never
    # measured from.
    claimed = rest & ~stands & located.plain & ~located.unusable
    claimed &= ~(located.standing.to_office > ground.tolerance_m)
    points[claimed] = shapely.points(located.lon[claimed], located.lat[claimed])
    quality[stands | claimed] = SUBDISTRICT
    return points, quality
