"""The office's land: how far a point lies from where its school is registered."""

from dataclasses import dataclass, field

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from gisapp.core.areas import district_codes, find_districts
from gisapp.core.coordinates import Box, Mask, plausible_box
from gisapp.core.datum import Degrees, Metres, to_metres
from gisapp.core.limits import Limits

Places = NDArray[np.intp]

#: Nearer to an area than this a point is on its border, metres: in km it would be 0.00.
_BORDER_M = 5.0

#: How near a point lies to where its school is registered, best first.
IN_SUBDISTRICT, BESIDE_SUBDISTRICT, IN_DISTRICT, IN_OFFICE, ELSEWHERE = range(5)


@dataclass(frozen=True)
class Ground:
    """The office's land as received.

    Attributes:
        subdistricts: `subdistrict_code` and geometry, EPSG:4326; may be empty.
        villages: `village_code`, `village_no`, `subdistrict_code` and points; may be empty.
        metric_crs: CRS to measure in.
        tolerance_m: How far outside its registered subdistrict a school may stand.
        area_code: Of the office; says in which country an office without boundaries lies.
        datum_operation: EPSG code of the operation Indian 1975 -> WGS 84.
        limits: From which figures on the checks speak.
        announced_zones: `smis_code` and polygons, EPSG:4326: where a school may stand whose
            register names no subdistrict. None without any.
    """

    subdistricts: gpd.GeoDataFrame
    villages: gpd.GeoDataFrame
    metric_crs: str
    tolerance_m: float
    area_code: str = ""
    datum_operation: int = 1304
    limits: Limits = field(default_factory=Limits)
    announced_zones: gpd.GeoDataFrame | None = None


@dataclass(frozen=True)
class Villages:
    """Village points of one subdistrict, metres in the office's CRS."""

    x_m: Metres
    y_m: Metres
    numbers: list[object]
    names: list[str]


@dataclass(frozen=True)
class Land:
    """The office's land made ready for measuring.

    Attributes:
        ground: What it was made from.
        box: Degrees that a school of the office can have at all.
        shapes: Subdistricts in the metric CRS, with their `codes` and `districts`' codes.
        villages: Subdistrict's code -> its villages that have a point.
    """

    ground: Ground
    box: Box
    tree: shapely.STRtree
    shapes: NDArray[np.object_]
    codes: pd.Index
    districts: NDArray[np.object_]
    villages: dict[str, Villages]


@dataclass(frozen=True)
class Registered:
    """Where the register says that schools are.

    Attributes:
        area: Place of the subdistrict in `Land.shapes`, -1 unknown.
        district: Code of the district, "" unknown.
        village_m: Easting and northing of the registered village, NaN unknown.
    """

    area: Places
    district: NDArray[np.object_]
    village_m: Metres

    def of(self, rows: Places) -> "Registered":
        """Return the same of some schools."""
        return Registered(self.area[rows], self.district[rows], self.village_m[rows])


@dataclass(frozen=True)
class Standing:
    """How points lie to where their schools are registered; metres, NaN where unknown.

    Attributes:
        rank: `IN_SUBDISTRICT` … `ELSEWHERE`.
        to_subdistrict, to_district, to_office: 0 inside and on the border, inf where the
            metric CRS ends.
        to_village: Distance to the registered village.
    """

    rank: NDArray[np.int64]
    to_subdistrict: Metres
    to_district: Metres
    to_office: Metres
    to_village: Metres


def make_land(ground: Ground) -> Land:
    """Make the office's land ready for measuring."""
    areas = ground.subdistricts
    shapes = areas.geometry.to_crs(ground.metric_crs).to_numpy() if len(areas) else np.array([])
    shapely.prepare(shapes)
    return Land(
        ground=ground,
        box=plausible_box(areas, ground.area_code),
        tree=shapely.STRtree(shapes),
        shapes=shapes,
        codes=pd.Index(areas["subdistrict_code"], dtype=object),
        districts=district_codes(areas).to_numpy(dtype=object),
        villages=_villages(ground),
    )


def _villages(ground: Ground) -> dict[str, Villages]:
    located = ground.villages
    if not len(located):
        return {}
    located = located[~(located.geometry.isna() | located.geometry.is_empty)]
    x_m, y_m = to_metres(
        located.geometry.x.to_numpy(), located.geometry.y.to_numpy(), ground.metric_crs
    )
    names = located.get("village_th", pd.Series("", index=located.index)).fillna("")
    found = {}
    groups = located.reset_index(drop=True).groupby("subdistrict_code").indices
    for code, rows in groups.items():
        numbers = located["village_no"].to_numpy(dtype=object)[rows]
        found[str(code)] = Villages(
            x_m[rows], y_m[rows], numbers.tolist(), names.to_numpy(dtype=object)[rows].tolist()
        )
    return found


def registered_places(register: pd.DataFrame, land: Land) -> Registered:
    """Find where the register says that each school is.

    The district is that of the subdistrict; without one, the district's name decides.
    """
    area = land.codes.get_indexer(pd.Index(register["subdistrict_code"], dtype=object))
    district = np.where(area >= 0, np.append(land.districts, "")[area], "")
    unknown = area < 0
    if unknown.any() and len(land.codes) and "district" in register:
        named = find_districts(register["district"][unknown], land.ground.subdistricts)
        district[unknown] = named.to_numpy(dtype=object)
    village_m = np.full((len(register), 2), np.nan)
    points = {
        (code, number): point
        for code, villages in land.villages.items()
        for number, *point in zip(villages.numbers, villages.x_m, villages.y_m, strict=True)
    }
    numbers = register.get("village_no", pd.Series(None, index=register.index))
    for place, pair in enumerate(zip(register["subdistrict_code"], numbers, strict=True)):
        if pair in points:
            village_m[place] = points[pair]
    return Registered(area, district.astype(object), village_m)


def stand(land: Land, registered: Registered, lon: Degrees, lat: Degrees) -> Standing:
    """Measure how points lie to where their schools are registered.

    Args:
        land: The office's land.
        registered: Of the same schools, in the same order.
        lon, lat: Degrees; NaN stands nowhere.
    """
    x_m, y_m = to_metres(lon, lat, land.ground.metric_crs)
    usable = np.isfinite(x_m)
    holder = np.full(len(lon), -1, dtype=np.intp)
    own = np.zeros(len(lon), dtype=bool)
    points = shapely.points(np.where(usable, x_m, 0.0), np.where(usable, y_m, 0.0))
    if len(land.shapes):
        point, area = land.tree.query(points, predicate="intersects")
        holder[point] = area
        own[point[area == registered.area[point]]] = True
        holder[~usable], own[~usable] = -1, False
    to_village = np.hypot(x_m - registered.village_m[:, 0], y_m - registered.village_m[:, 1])
    to_subdistrict = _to_own_areas(land, registered, points, usable, own)
    to_office = _to_office(land, points, usable, holder)
    to_district = _to_districts(land, registered, points, usable, holder)
    for away_m in (to_subdistrict, to_office, to_district):
        away_m[away_m < _BORDER_M] = 0.0
    rank = np.full(len(lon), ELSEWHERE)
    # NaN fails every comparison: what is unknown is in no area.
    rank[to_office == 0] = IN_OFFICE
    rank[to_district == 0] = IN_DISTRICT
    rank[to_subdistrict <= land.ground.tolerance_m] = BESIDE_SUBDISTRICT
    rank[to_subdistrict == 0] = IN_SUBDISTRICT
    return Standing(rank, to_subdistrict, to_district, to_office, to_village)


def _to_own_areas(
    land: Land, registered: Registered, points: NDArray[np.object_], usable: Mask, own: Mask
) -> Metres:
    known = registered.area >= 0
    found = np.where(known, np.inf, np.nan)
    found[own] = 0.0
    rest = np.flatnonzero(known & usable & ~own)
    found[rest] = shapely.distance(points[rest], land.shapes[registered.area[rest]])
    return found


def _to_office(land: Land, points: NDArray[np.object_], usable: Mask, holder: Places) -> Metres:
    if not len(land.shapes):
        return np.full(len(points), np.nan)
    found = np.where(holder >= 0, 0.0, np.inf)
    rest = np.flatnonzero(usable & (holder < 0))
    if len(rest):
        _, found[rest] = land.tree.query_nearest(
            points[rest], return_distance=True, all_matches=False
        )
    return found


def _to_districts(
    land: Land,
    registered: Registered,
    points: NDArray[np.object_],
    usable: Mask,
    holder: Places,
) -> Metres:
    """Metres to the registered district: to the nearest of its subdistricts."""
    known = registered.district != ""
    found = np.where(known, np.inf, np.nan)
    inside = known & (holder >= 0)
    inside[inside] = land.districts[holder[inside]] == registered.district[inside]
    found[inside] = 0.0
    rest = np.flatnonzero(known & usable & ~inside)
    members_of = pd.Series(land.districts).groupby(land.districts).indices
    sought = pd.Series(registered.district[rest], dtype=object)
    for code, places in sought.groupby(sought).indices.items():
        rows, members = rest[places], land.shapes[members_of.get(code, [])]
        if len(members):
            found[rows] = shapely.distance(points[rows][:, None], members[None, :]).min(axis=1)
    return found


def to_own_zones(land: Land, codes: pd.Series, lon: Degrees, lat: Degrees) -> Metres:
    """Measure metres from points to the announced zones of their schools; NaN without a zone.

    Args:
        land: The office's land.
        codes: `smis_code` of each school.
        lon, lat: Degrees; NaN stands nowhere.
    """
    away_m = np.full(len(codes), np.nan)
    zones = land.ground.announced_zones
    if zones is None or not len(zones):
        return away_m
    shapes = zones.geometry.to_crs(land.ground.metric_crs).make_valid().to_numpy()
    row = pd.Index(codes).get_indexer(zones["smis_code"])
    x_m, y_m = (metres[row] for metres in to_metres(lon, lat, land.ground.metric_crs))
    measured = (row >= 0) & np.isfinite(x_m)
    points = shapely.points(x_m[measured], y_m[measured])
    found = shapely.distance(points, shapes[measured])
    np.fmin.at(away_m, row[measured], found)
    return away_m
