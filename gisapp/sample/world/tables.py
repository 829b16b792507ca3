"""The world's tables: cells become degrees, sites become villages with codes and names."""

from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from gisapp.sample.world.borders import many_polygons
from gisapp.sample.world.lines import RiverLine, RoadLine
from gisapp.sample.world.names import DISTRICT_NAMES, PROVINCE_TH, Name
from gisapp.sample.world.places import Site
from gisapp.sample.world.roads import CLASSES, PRIMARY, SECONDARY, TERTIARY

#: First four digits of all codes: no province of Thailand has 99.
PROVINCE_CODE = "99"
#: Digits kept of a degree: about 0.1 m.
DIGITS = 6


@dataclass(frozen=True)
class Frame:
    """Where the shown cells lie: x = west + cell_m * column edge, y = north - cell_m * row edge."""

    west: float
    north: float
    cell_m: float
    crs: str

    def degrees(self, shapes: Sequence[shapely.Geometry]) -> gpd.GeoSeries:
        """Turn shapes in cells (x across, y down) into EPSG:4326, each vertex on its own.

        Equal vertices stay equal, so shapes that share borders still do.
        """
        metric = shapely.transform(
            np.array(shapes, dtype=object),
            lambda xy: np.array([self.west, self.north]) + self.cell_m * xy * [1, -1],
        )
        places = gpd.GeoSeries(metric, crs=self.crs).to_crs("EPSG:4326")
        rounded = shapely.transform(places.to_numpy(), lambda lonlat: np.round(lonlat, DIGITS))
        return gpd.GeoSeries(rounded, crs="EPSG:4326")


def district_codes(district: NDArray[np.int64]) -> list[str]:
    """Return the four-digit code of each subdistrict's district."""
    return [f"{PROVINCE_CODE}{number + 1:02d}" for number in district]


def subdistrict_codes(district: NDArray[np.int64]) -> list[str]:
    """Return six-digit codes: numbered from 01 within each district, in order."""
    codes, count = [], dict.fromkeys(range(len(DISTRICT_NAMES)), 0)
    for number in district.tolist():
        count[number] += 1
        codes.append(f"{PROVINCE_CODE}{number + 1:02d}{count[number]:02d}")
    return codes


def subdistrict_table(
    frame: Frame, areas: list[shapely.Geometry], district: NDArray[np.int64], names: list[Name]
) -> gpd.GeoDataFrame:
    """Return one row per subdistrict, ordered by code."""
    table = pd.DataFrame(
        {
            "subdistrict_code": subdistrict_codes(district),
            "subdistrict_th": [name.th for name in names],
            "subdistrict_en": [name.en for name in names],
            "district_code": district_codes(district),
            "district_th": [DISTRICT_NAMES[number][0] for number in district],
            "district_en": [DISTRICT_NAMES[number][1] for number in district],
            "province_th": PROVINCE_TH,
        }
    )
    whole = gpd.GeoDataFrame(table, geometry=frame.degrees(areas).to_numpy(), crs="EPSG:4326")
    return whole.sort_values("subdistrict_code", ignore_index=True)


def district_table(subdistricts: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Join subdistricts into districts; only inner borders vanish, no vertex moves."""
    columns = ["district_code", "district_th", "district_en", "province_th"]
    rows = subdistricts[columns].drop_duplicates(ignore_index=True)
    areas = [
        many_polygons(shapely.coverage_union_all(list(group)))
        for _, group in subdistricts.geometry.groupby(subdistricts["district_code"])
    ]
    return gpd.GeoDataFrame(rows, geometry=areas, crs="EPSG:4326")


def village_table(
    frame: Frame,
    sites: list[Site],
    names: list[Name],
    district: NDArray[np.int64],
    elevation_m: NDArray[np.float32],
    road_km: NDArray[np.float64],
) -> gpd.GeoDataFrame:
    """Return one row per village: the centre is number 1, then by distance from it.

    `road_km`: Kilometres from each district's town (row) to each site (column).
    """
    codes = subdistrict_codes(district)
    rows = []
    for region in range(len(codes)):
        here = [number for number, site in enumerate(sites) if site.region == region]
        centre = sites[here[0]]
        here.sort(key=lambda n: _apart(sites[n], centre))
        for village_no, number in enumerate(here, start=1):
            site = sites[number]
            rows.append(
                {
                    "village_code": f"{codes[region]}{village_no:02d}",
                    "village_no": village_no,
                    "village_th": names[number].th,
                    "village_en": names[number].en,
                    "subdistrict_code": codes[region],
                    "district_code": codes[region][:4],
                    "elevation_m": float(elevation_m[int(site.row), int(site.column)]),
                    "people": site.people,
                    "on_island": site.kind == "island",
                    "road_km": round(float(road_km[district[region], number]), 1),
                    "geometry": shapely.Point(site.column, site.row),
                }
            )
    table = pd.DataFrame(rows).sort_values("village_code", ignore_index=True)
    points = frame.degrees(table.pop("geometry").to_list())
    return gpd.GeoDataFrame(table, geometry=points.to_numpy(), crs="EPSG:4326")


def _apart(one: Site, other: Site) -> float:
    return float(np.hypot(one.row - other.row, one.column - other.column))


def river_table(frame: Frame, lines: list[RiverLine], names: list[Name]) -> gpd.GeoDataFrame:
    """Return one row per reach, large rivers last so that they are drawn on top."""
    order = sorted(range(len(lines)), key=lambda n: (lines[n].flow_class, lines[n].stem, n))
    table = pd.DataFrame(
        {
            "name_th": [names[lines[n].stem].th for n in order],
            "name_en": [names[lines[n].stem].en for n in order],
            "flow_class": [lines[n].flow_class for n in order],
        }
    )
    shapes = [shapely.LineString(lines[n].xy) for n in order]
    return gpd.GeoDataFrame(table, geometry=frame.degrees(shapes).to_numpy(), crs="EPSG:4326")


def lake_table(frame: Frame, areas: list[shapely.Geometry], name: Name) -> gpd.GeoDataFrame:
    """Return the reservoir."""
    table = pd.DataFrame({"name_th": [name.th], "name_en": [name.en]})
    return gpd.GeoDataFrame(table, geometry=frame.degrees(areas).to_numpy(), crs="EPSG:4326")


def road_table(frame: Frame, lines: list[RoadLine]) -> gpd.GeoDataFrame:
    """Return one row per road between junctions, small ones first so that large ones lie on top."""
    order = sorted(range(len(lines)), key=lambda n: (-lines[n].road_class, lines[n].route, n))
    chosen = [lines[n] for n in order]
    table = pd.DataFrame(
        {
            "road_class": [CLASSES[line.road_class] for line in chosen],
            "surface": [_surface(line) for line in chosen],
            "name_th": [_road_name(line) for line in chosen],
        }
    )
    # 0.1 cells: far below what a map of a district shows.
    shapes = [shapely.LineString(line.xy).simplify(0.1) for line in chosen]
    return gpd.GeoDataFrame(table, geometry=frame.degrees(shapes).to_numpy(), crs="EPSG:4326")


def _surface(line: RoadLine) -> str:
    if line.road_class in (PRIMARY, SECONDARY):
        return "paved"
    # Two of three local roads have been paved so far; tracks and paths never.
    return "paved" if line.road_class == TERTIARY and line.route % 3 else "unpaved"


def _road_name(line: RoadLine) -> str:
    """Return a number that no road of Thailand has: regions there are 1 to 4."""
    if line.road_class == PRIMARY:
        return f"ทางหลวงหมายเลข {901 + line.route}"
    if line.road_class == SECONDARY:
        return f"ทางหลวงหมายเลข {9010 + line.route}"
    return f"ทางหลวงชนบท ตย.{3000 + line.route}" if line.road_class == TERTIARY else ""
