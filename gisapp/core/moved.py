"""Schools that stand elsewhere than in the last round."""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd

from gisapp.core.coordinates import Mask
from gisapp.core.datum import Degrees, Metres, to_metres
from gisapp.core.ground import Land, stand
from gisapp.core.located import Located
from gisapp.core.place_words import SURVEYED


@dataclass(frozen=True)
class Moved:
    """How far each school is from its place of an earlier round.

    Attributes:
        distance_m: NaN where either place is not surveyed.
        lon, lat: The earlier place, degrees.
        old_is_nearer: The earlier place is nearer to where the school is registered.
    """

    distance_m: Metres
    lon: Degrees
    lat: Degrees
    old_is_nearer: Mask


def find_moved(
    register: pd.DataFrame,
    located: Located,
    surveyed: Mask,
    land: Land,
    earlier: gpd.GeoDataFrame | None,
) -> Moved:
    """Compare surveyed places with those of an earlier round.

    Args:
        register, located, surveyed: Schools of this round, and which of them are surveyed.
        land: The office's land.
        earlier: `smis_code`, `location_quality` and points; None or empty without a round.
    """
    lon, lat = np.full(len(register), np.nan), np.full(len(register), np.nan)
    if earlier is not None and len(earlier):
        usable = (earlier["location_quality"] == SURVEYED) & ~earlier.geometry.isna()
        known = earlier[usable.to_numpy(dtype=bool)].drop_duplicates("smis_code")
        place = pd.Index(known["smis_code"].astype(str)).get_indexer(
            register["smis_code"].astype(str)
        )
        both = surveyed & (place >= 0)
        lon[both] = known.geometry.x.to_numpy()[place[both]]
        lat[both] = known.geometry.y.to_numpy()[place[both]]
    crs = land.ground.metric_crs
    x_m, y_m = to_metres(lon, lat, crs)
    now_x_m, now_y_m = to_metres(located.lon, located.lat, crs)
    old, new = stand(land, located.registered, lon, lat), located.standing
    # Farther from the village counts; where no village is known, farther from the subdistrict.
    nearer = np.where(
        np.isfinite(old.to_village),
        old.to_village < new.to_village,
        old.to_subdistrict < new.to_subdistrict,
    )
    return Moved(np.hypot(x_m - now_x_m, y_m - now_y_m), lon, lat, nearer.astype(bool))
