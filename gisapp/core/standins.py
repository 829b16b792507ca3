"""Stand-in points: where a school is drawn when nobody knows where it stands."""

import math

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

#: Distance between two stand-ins of one subdistrict, so that each can be clicked, metres.
SPACING_M = 500.0

_GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))


def stand_in_points(
    subdistrict_codes: NDArray[np.object_], subdistricts: gpd.GeoDataFrame, metric_crs: str
) -> NDArray[np.object_]:
    """Return a point inside its subdistrict for each code, None for a code without an area.

    Several schools of one subdistrict fan out around its middle like sunflower seeds; the
    same codes always give the same points. Not to be measured from.

    Args:
        subdistrict_codes: One code per school.
        subdistricts: `subdistrict_code` and polygons, EPSG:4326.
        metric_crs: CRS in which the points are spread.

    Returns:
        Points in EPSG:4326, or None, in the order of the codes.
    """
    found = np.full(len(subdistrict_codes), None, dtype=object)
    if not len(subdistricts) or not len(subdistrict_codes):
        return found
    wanted = subdistricts[subdistricts["subdistrict_code"].isin(subdistrict_codes)]
    wanted = wanted[~(wanted.geometry.isna() | wanted.geometry.is_empty)]
    areas = dict(zip(wanted["subdistrict_code"], wanted.geometry.to_crs(metric_crs), strict=True))
    for code, places in pd.Series(subdistrict_codes).groupby(subdistrict_codes).indices.items():
        if code in areas:
            found[places] = _seeds(areas[code], len(places))
    placed = np.flatnonzero([point is not None for point in found])
    degrees = gpd.GeoSeries(found[placed], crs=metric_crs).to_crs(subdistricts.crs)
    found[placed] = degrees.to_numpy()
    return found


def _seeds(area: shapely.Geometry, count: int) -> list[shapely.Point]:
    """Spread `count` points inside an area around its innermost point, metres."""
    radius = shapely.maximum_inscribed_circle(area)
    middle, radius_m = radius.coords[0], radius.length
    spacing_m = min(SPACING_M, 0.9 * radius_m / math.sqrt(max(count - 1, 1)))
    points = []
    for seed in range(count):
        away_m, angle = spacing_m * math.sqrt(seed), seed * _GOLDEN_ANGLE
        points.append(
            shapely.Point(
                middle[0] + away_m * math.cos(angle), middle[1] + away_m * math.sin(angle)
            )
        )
    return points
