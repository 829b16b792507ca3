"""The ground the sample office stands on: relief, water, borders, villages, roads."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray
from scipy import ndimage as ndi

from gisapp.sample.world.around import with_surroundings
from gisapp.sample.world.borders import areas_of
from gisapp.sample.world.flow import drained
from gisapp.sample.world.lake import dam_lake
from gisapp.sample.world.lines import river_lines, road_lines
from gisapp.sample.world.naming import give_names
from gisapp.sample.world.people import BLOCK as PEOPLE_BLOCK
from gisapp.sample.world.people import people_raster
from gisapp.sample.world.places import Ground, habitable_ground, settle
from gisapp.sample.world.regions import share_office
from gisapp.sample.world.rivers import RIVER_KM2, STREAM_KM2, river_stems, with_beds
from gisapp.sample.world.roads import BLOCK as ROAD_BLOCK
from gisapp.sample.world.roads import build_roads, road_km, town_nodes
from gisapp.sample.world.tables import (
    Frame,
    district_table,
    lake_table,
    river_table,
    road_table,
    subdistrict_table,
    village_table,
)
from gisapp.sample.world.terrain import HIGHEST_M, LOWEST_M, make_relief
from gisapp.store.rasters import Raster, write_raster
from gisapp.store.vectors import write_layers

#: Outer corner of the shown ground in CRS, metres; its middle lies near 99.4° E, 19.3° N.
WEST, NORTH, CRS = 475_800.0, 2_193_900.0, "EPSG:32647"


@dataclass(frozen=True)
class World:
    """Everything fictional that is there before the first school.

    Both rasters are north-up, `[row, column]`, row 0 in the north, and share the outer corner
    (`west`, `north`). All tables are in EPSG:4326 with a fresh 0..n-1 index.

    Attributes:
        elevation_m: float32 metres above sea level, whole ones, 30 to 2,500; a lake's level in it.
        cell_m: Side of an elevation cell, metres in `crs`.
        west, north: Outer corner of cell (0, 0), metres in `crs`.
        crs: Metric CRS of the rasters, "EPSG:32647".
        people: float32 persons per cell of `population_cell_m`; 0 where nobody lives, NaN outside
            the office. Adds up to `villages.people`; by subdistrict too, but for border cells.
        population_cell_m: Side of a population cell, a whole multiple of `cell_m`.
        rivers: LineString, downstream: name_th, name_en, flow_class (0 brook, 1 stream, 2 river).
        lakes: MultiPolygon: name_th, name_en. One reservoir; its islands are holes.
        districts: MultiPolygon, 5 rows: district_code ("9901".."9905"), district_th, district_en,
            province_th. Names without "อ.".
        subdistricts: MultiPolygon, 25 rows: subdistrict_code (6), subdistrict_th, subdistrict_en,
            district_code, district_th, district_en, province_th. Names without "ต.".
        villages: Point, ~400 rows: village_code (8), village_no (int, 1..n in its subdistrict; 1 is
            the subdistrict's centre), village_th ("บ้าน…"), village_en ("Ban …"), subdistrict_code,
            district_code, elevation_m (float), people (int), on_island (bool), road_km (float, road
            distance to the district's town; NaN for the island).
        roads: LineString: road_class (primary secondary tertiary track path), surface (paved
            unpaved), name_th ("" for tracks and paths).
        town: district_code -> village_code of the district's town.
        hall: (lon, lat) of the provincial hall, degrees; in the town of district 9901.
    """

    elevation_m: NDArray[np.float32]
    cell_m: float
    west: float
    north: float
    crs: str
    people: NDArray[np.float32]
    population_cell_m: float
    rivers: gpd.GeoDataFrame
    lakes: gpd.GeoDataFrame
    districts: gpd.GeoDataFrame
    subdistricts: gpd.GeoDataFrame
    villages: gpd.GeoDataFrame
    roads: gpd.GeoDataFrame
    town: Mapping[str, str]
    hall: tuple[float, float]


def make_world(seed: int) -> World:
    """Return the sample office's ground; the same seed gives the same ground, bit for bit."""
    relief = make_relief(seed)
    flow = drained(relief.z, relief.outlet)
    stems = river_stems(relief, flow)
    lake = dam_lake(relief, flow)
    shown = np.s_[relief.rim : -relief.rim, relief.rim : -relief.rim]
    water, island = lake.water[shown], lake.island[shown]
    bed = with_beds(lake.z, stems)
    bed = np.where(lake.basin, np.maximum(bed, lake.level_m), bed)
    # The drowned river's bed is neither in the lake nor across its island.
    bed = np.where(lake.water | lake.island, lake.z, bed)[shown]
    elevation_m = np.clip(np.rint(bed), LOWEST_M, HIGHEST_M).astype(np.float32)
    frame = Frame(WEST, NORTH, relief.cell_m, CRS)
    size = flow.gathered(np.full(relief.z.size, relief.cell_m**2 / 1e6)).reshape(flow.shape)[shown]
    habitable = habitable_ground(bed, relief.cell_m, size > STREAM_KM2, water, island)
    shares = share_office(seed, flow, relief.rim, relief.cell_m, bed, habitable, water | island)
    ground = Ground(bed, relief.cell_m, shares.region, habitable, island)
    sites = settle(seed, ground, shares.town_regions, shares.town_cells)
    bridge = np.digitize(np.where(water, 0, size), (STREAM_KM2, RIVER_KM2))
    closed = ndi.binary_dilation(water | island, iterations=3)
    network = build_roads(ground, sites, bridge, closed)
    km = road_km(network, town_nodes(sites, network.node_of_site), relief.cell_m * ROAD_BLOCK)
    names = give_names(seed, stems, relief.rim, ground, sites, shares.district.tolist())
    subdistricts = subdistrict_table(
        frame, areas_of(shares.region), shares.district, names.subdistricts
    )
    villages = village_table(frame, sites, names.villages, shares.district, elevation_m, km)
    # A district's first subdistrict has its town, and a subdistrict's first village is its centre.
    town = {code: f"{code}0101" for code in sorted(set(subdistricts["district_code"]))}
    hall = villages.geometry[villages["village_code"] == town["9901"]]
    return World(
        elevation_m=elevation_m,
        cell_m=relief.cell_m,
        west=WEST,
        north=NORTH,
        crs=CRS,
        people=people_raster(ground, sites),
        population_cell_m=relief.cell_m * PEOPLE_BLOCK,
        rivers=river_table(frame, river_lines(stems, water | island, relief.rim), names.rivers),
        lakes=lake_table(frame, areas_of(np.where(water, 0, -1), 1.0), names.lake),
        districts=district_table(subdistricts),
        subdistricts=subdistricts,
        villages=villages,
        roads=road_table(frame, road_lines(network, sites)),
        town=town,
        hall=(float(hall.x.iloc[0]), float(hall.y.iloc[0])),
    )


def write_world(world: World, office_dir: Path) -> None:
    """Write an office's boundaries and rasters, replacing what is there; same world, same bytes."""
    boundaries = office_dir / "data" / "boundaries"
    rasters = office_dir / "data" / "rasters"
    write_layers({"subdistricts": world.subdistricts}, boundaries / "subdistricts.gpkg")
    write_layers({"districts": world.districts}, boundaries / "districts.gpkg")
    # What an office has of its villages; people and heights are in other files.
    columns = ["village_code", "village_no", "village_th", "village_en", "subdistrict_code"]
    villages = world.villages[[*columns, "geometry"]]
    write_layers({"villages": villages}, boundaries / "villages.gpkg")
    write_layers({"roads": world.roads}, boundaries / "roads.gpkg")
    write_layers({"rivers": world.rivers, "lakes": world.lakes}, boundaries / "water.gpkg")
    heights, north_by, west_by = with_surroundings(world.elevation_m, world.cell_m)
    ground = Raster(
        np.rint(heights).astype(np.int16),
        world.west - west_by * world.cell_m,
        world.north + north_by * world.cell_m,
        world.cell_m,
        world.crs,
    )
    write_raster(ground, rasters / "dem.tif", unit="metre")
    people = Raster(
        np.where(np.isnan(world.people), np.float32(-1), world.people),
        world.west,
        world.north,
        world.population_cell_m,
        world.crs,
        nodata=-1.0,
    )
    write_raster(people, rasters / "population.tif", unit="people per cell")
