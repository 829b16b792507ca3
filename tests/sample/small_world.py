"""A world of squares in a grid: quick to make, for tests that need a world but not a pretty one.

Run as a program it writes the sample's sheets over this world into a folder, so that a test
can do so in two processes and compare.
"""

import sys
from pathlib import Path

import geopandas as gpd
import numpy as np
from shapely.geometry import Point, box

from gisapp.sample.office import write_office_files
from gisapp.sample.rounds import gather_material, make_rounds
from gisapp.sample.world.make import World

CRS = "EPSG:32647"
WEST, NORTH, SIDE_M = 420_000.0, 2_140_000.0, 18_000.0
VILLAGES_EACH = 16
DISTRICTS = (
    ("เมืองทดสอบ", "Mueang Thotsop"),
    ("แดนหนึ่ง", "Daen Nueng"),
    ("แดนสอง", "Daen Song"),
    ("แดนสาม", "Daen Sam"),
    ("แดนสี่", "Daen Si"),
)


def make_small_world(seed: int) -> World:
    """Five districts, one a row of five square subdistricts, each with 16 villages."""
    rng = np.random.default_rng(seed)
    areas, villages = [], []
    for number in range(25):
        d, s = divmod(number, 5)
        x, y = WEST + s * SIDE_M, NORTH - (d + 1) * SIDE_M
        name = {
            "subdistrict_code": f"990{d + 1}{s + 1:02d}",
            "district_code": f"990{d + 1}",
            "district_th": DISTRICTS[d][0],
        }
        areas.append(
            {
                **name,
                "subdistrict_th": f"ทุ่งทดสอบ {number + 1}",
                "subdistrict_en": f"Thung {number + 1}",
                "district_en": DISTRICTS[d][1],
                "province_th": "ตัวอย่าง",
                "geometry": box(x, y, x + SIDE_M, y + SIDE_M),
            }
        )
        villages += _villages(name, x, y, number == 12, rng)
    subdistricts = gpd.GeoDataFrame(areas, crs=CRS).to_crs("EPSG:4326")
    points = gpd.GeoDataFrame(villages, crs=CRS).to_crs("EPSG:4326")
    town = {f"990{d}": f"990{d}0101" for d in range(1, 6)}
    hall = points.set_index("village_code").geometry[town["9901"]]
    lines = gpd.GeoDataFrame({"name_th": [], "name_en": []}, geometry=[], crs="EPSG:4326")
    cells = round(5 * SIDE_M / 1000)
    return World(
        elevation_m=np.full((2 * cells, 2 * cells), 400, np.float32),
        cell_m=500.0,
        west=WEST,
        north=NORTH,
        crs=CRS,
        people=np.ones((cells, cells), np.float32),
        population_cell_m=1000.0,
        rivers=lines.assign(flow_class=[]),
        lakes=lines,
        districts=_districts(subdistricts),
        subdistricts=subdistricts,
        villages=points,
        roads=gpd.GeoDataFrame(
            {"road_class": [], "surface": [], "name_th": []}, geometry=[], crs="EPSG:4326"
        ),
        town=town,
        hall=(hall.x, hall.y),
    )


def _villages(name: dict, x: float, y: float, has_island: bool, rng: np.random.Generator) -> list:
    rows = []
    for no in range(1, VILLAGES_EACH + 1):
        island = has_island and no == VILLAGES_EACH
        is_town = no == 1 and name["subdistrict_code"].endswith("01")
        rows.append(
            {
                "village_code": f"{name['subdistrict_code']}{no:02d}",
                "village_no": no,
                "village_th": f"บ้านนา{name['subdistrict_code']}-{no}",
                "village_en": f"Ban Na {name['subdistrict_code']}-{no}",
                "subdistrict_code": name["subdistrict_code"],
                "district_code": name["district_code"],
                "elevation_m": float(rng.gamma(2, 250) + 100),
                "people": int((rng.gamma(2.2, 200) + 60) * (5 if is_town else 1)),
                "on_island": island,
                "road_km": np.nan if island else float(rng.uniform(1, 30)),
                "geometry": Point(x + rng.uniform(500, 17_500), y + rng.uniform(500, 17_500)),
            }
        )
    return rows


def _districts(subdistricts: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    columns = ["district_code", "district_th", "district_en", "province_th", "geometry"]
    return subdistricts.dissolve("district_code", as_index=False)[columns]


if __name__ == "__main__":
    made = gather_material(make_small_world(5), 5)
    write_office_files(Path(sys.argv[-1]), made, make_rounds(made))
