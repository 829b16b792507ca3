"""Where each school stands on the map, and how far that can be believed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from gisapp.core.coordinates import LONLAT, Readings, read_coordinates
from gisapp.core.counts import cell_problem
from gisapp.core.problems import Problem
from gisapp.core.standins import stand_in_points
from gisapp.core.tables import FormTable

SURVEYED, VILLAGE, SUBDISTRICT, MISSING = "surveyed", "village", "subdistrict", "missing"

#: Two schools nearer than this stand on one point: copied, or rounded to the same place.
SAME_POINT_M = 1.0


@dataclass(frozen=True)
class Ground:
    """The office's land.

    Attributes:
        subdistricts: `subdistrict_code` and geometry, EPSG:4326; may be empty.
        villages: `village_code`, `village_no`, `subdistrict_code` and points; may be empty.
        metric_crs: CRS to measure in.
        tolerance_m: How far outside its registered subdistrict a school may stand.
    """

    subdistricts: gpd.GeoDataFrame
    villages: gpd.GeoDataFrame
    metric_crs: str
    tolerance_m: float


def place_schools(
    register: pd.DataFrame, ground: Ground, tables: Sequence[FormTable]
) -> tuple[gpd.GeoDataFrame, list[Problem]]:
    """Give every school the best point that can be believed.

    A point is `surveyed` when it lies within `tolerance_m` of the registered subdistrict and
    nobody doubts it; else the school stands on its village's point, else on a stand-in point
    of its subdistrict, else nowhere.

    Args:
        register: Clean register with `lat`, `lon` as text, `subdistrict_code` ("" unknown)
            and `village_no`.
        ground: Boundaries and villages.
        tables: Sheets that `register["table"]` points at.

    Returns:
        places: geometry (EPSG:4326) and `location_quality`, index as `register`.
        problems: What is doubtful about a place.
    """
    read = read_coordinates(register["lat"], register["lon"], ground.metric_crs)
    distance_m, outside_m = _distances_m(register, read, ground)
    shared = _shared(read, ground.metric_crs)
    known = (register["subdistrict_code"] != "").to_numpy()
    believed = (read.kind == "") & known & (distance_m <= ground.tolerance_m) & ~shared.any_other
    points, quality = _points(register, read, believed, ground, outside_m)
    problems = [
        problem
        for place in range(len(register))
        if (
            problem := _doubt(
                register, place, read, tables, quality[place], distance_m, outside_m, ground, shared
            )
        )
    ]
    places = gpd.GeoDataFrame(
        {"location_quality": quality}, geometry=points, crs=LONLAT, index=register.index
    )
    return places, problems


@dataclass(frozen=True)
class Shared:
    """Which schools stand on another's point."""

    any_other: NDArray[np.bool_]
    #: Place of one other school on the same point, -1 without one.
    other: NDArray[np.intp]


def _shared(read: Readings, metric_crs: str) -> Shared:
    used = np.flatnonzero(read.kind == "")
    other = np.full(len(read.lon), -1, dtype=np.intp)
    if len(used) > 1:
        points = gpd.GeoSeries.from_xy(read.lon[used], read.lat[used], crs=LONLAT)
        xy_m = points.to_crs(metric_crs).get_coordinates().to_numpy()
        distance_m, nearest = cKDTree(xy_m).query(xy_m, k=2)
        # The nearest of a point is itself, but a twin at 0 m may come first.
        own = np.arange(len(used))
        twin = np.where(nearest[:, 0] == own, nearest[:, 1], nearest[:, 0])
        same = distance_m[:, 1] <= SAME_POINT_M
        other[used[same]] = used[twin[same]]
    return Shared(other >= 0, other)


def _distances_m(
    register: pd.DataFrame, read: Readings, ground: Ground
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Metres from each point to its registered subdistrict and to the office; NaN unknown."""
    count = len(register)
    to_subdistrict, to_office = np.full(count, np.nan), np.full(count, np.nan)
    if not len(ground.subdistricts):
        return to_subdistrict, to_office
    areas = ground.subdistricts.to_crs(ground.metric_crs)
    used = np.flatnonzero(read.kind == "")
    points = gpd.GeoSeries.from_xy(read.lon[used], read.lat[used], crs=LONLAT)
    points = points.to_crs(ground.metric_crs)
    tree = areas.sindex
    _, to_office[used] = _nearest(tree, points)
    shapes = areas.set_index("subdistrict_code").geometry
    registered = shapes.reindex(register["subdistrict_code"].iloc[used])
    to_subdistrict[used] = shapely.distance(points.to_numpy(), registered.to_numpy())
    return to_subdistrict, to_office


def _nearest(
    tree: "gpd.sindex.SpatialIndex", points: gpd.GeoSeries
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    pairs, distance_m = tree.nearest(points, return_all=False, return_distance=True)
    return pairs[1], distance_m


def _points(
    register: pd.DataFrame,
    read: Readings,
    believed: NDArray[np.bool_],
    ground: Ground,
    outside_m: NDArray[np.float64],
) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
    """The point of each school and its quality, best first."""
    quality = np.full(len(register), MISSING, dtype=object)
    points = np.full(len(register), None, dtype=object)
    points[believed] = shapely.points(read.lon[believed], read.lat[believed])
    quality[believed] = SURVEYED
    at_village = _village_points(register, ground)
    village = (quality == MISSING) & np.array(
        [point is not None for point in at_village], dtype=bool
    )
    points[village] = at_village[village]
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
    claimed = rest & ~stands & (read.kind == "") & ~(outside_m > ground.tolerance_m)
    points[claimed] = shapely.points(read.lon[claimed], read.lat[claimed])
    quality[stands | claimed] = SUBDISTRICT
    return points, quality


def _village_points(register: pd.DataFrame, ground: Ground) -> NDArray[np.object_]:
    villages = ground.villages
    found = np.full(len(register), None, dtype=object)
    if not len(villages):
        return found
    located = villages[~villages.geometry.isna()]
    point = dict(
        zip(
            zip(located["subdistrict_code"], located["village_no"], strict=True),
            located.geometry,
            strict=True,
        )
    )
    numbers = register.get("village_no", pd.Series(None, index=register.index))
    for place, pair in enumerate(zip(register["subdistrict_code"], numbers, strict=True)):
        found[place] = point.get(pair)
    return found


def _doubt(
    register: pd.DataFrame,
    place: int,
    read: Readings,
    tables: Sequence[FormTable],
    quality: str,
    distance_m: NDArray[np.float64],
    outside_m: NDArray[np.float64],
    ground: Ground,
    shared: Shared,
) -> Problem | None:
    """The one thing that most stands against a school's point."""
    kind, row = str(read.kind[place]), register.iloc[place]
    facts: dict[str, object] = dict(_STANDS[quality])
    lon, lat = read.lon[place], read.lat[place]
    if kind in ("swapped_coordinates", "utm_coordinates"):
        lon, lat = read.proposed_lon[place], read.proposed_lat[place]
        facts["proposal"] = f"{lat:.5f}, {lon:.5f}"
        facts |= _where(register, place, lon, lat, ground)
    elif not kind:
        if outside_m[place] > ground.tolerance_m:
            kind, facts["distance_km"] = "outside_office", f"{outside_m[place] / 1000:.1f}"
        elif distance_m[place] > ground.tolerance_m:
            kind, facts["distance_km"] = "outside_subdistrict", f"{distance_m[place] / 1000:.1f}"
            facts["subdistrict"] = row["subdistrict"]
        elif shared.any_other[place]:
            other = register.iloc[shared.other[place]]
            kind = "shared_point"
            facts["other"] = f"{other['school_name_th']} ({other['smis_code']})"
        else:
            return None
    table = tables[row["table"]]
    column = "lat" if "lat" in table.places else "smis_code"
    value = ", ".join(text for text in (row["lat"], row["lon"]) if text)
    found = cell_problem(kind, table, int(row["row"]), column, key=row["smis_code"], **facts)
    point = (None, None) if np.isnan(lon) or np.isnan(lat) else (float(lon), float(lat))
    return replace(found, value=value, lon=point[0], lat=point[1])


def _where(
    register: pd.DataFrame, place: int, lon: float, lat: float, ground: Ground
) -> dict[str, str]:
    """Say whether a proposed reading falls where the school is registered."""
    code = register["subdistrict_code"].iloc[place]
    area = ground.subdistricts[ground.subdistricts["subdistrict_code"] == code]
    if not len(area):
        return {"where_th": "(ไม่ทราบตำบลจึงตรวจไม่ได้)", "where_en": "which no subdistrict confirms"}
    inside = bool(area.geometry.iloc[0].covers(shapely.Point(lon, lat)))
    name = register["subdistrict"].iloc[place]
    if inside:
        return {
            "where_th": f"ซึ่งตกใน ต.{name} ตามทะเบียน",
            "where_en": f"inside {name} as registered",
        }
    return {"where_th": f"ซึ่งไม่ตกใน ต.{name}", "where_en": f"which is not inside {name}"}


_STANDS = {
    SURVEYED: {"stand_th": "", "stand_en": ""},
    VILLAGE: {
        "stand_th": "โรงเรียนแสดงที่จุดหมู่บ้านตามทะเบียน",
        "stand_en": "the school is drawn at its village",
    },
    SUBDISTRICT: {
        "stand_th": "โรงเรียนแสดงเป็นจุดแทนในตำบล",
        "stand_en": "the school is drawn at a stand-in point",
    },
    MISSING: {
        "stand_th": "โรงเรียนไม่ขึ้นบนแผนที่",
        "stand_en": "the school is not on the map",
    },
}
