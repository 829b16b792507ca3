"""Offices of any size with known children, published as `gisapp build` leaves them."""

import datetime

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from gisapp.core.grades import SCOPES
from gisapp.core.layers import as_published
from gisapp.core.rounds import Round
from gisapp.settings import Settings
from gisapp.store.geopackage import write_layers
from gisapp.store.rasters import Raster, write_raster
from tests.office import bare_office

NOW = Round(2568, 1)
CRS, EAST, NORTH = "EPSG:32647", 500_000.0, 2_000_000.0

#: Level -> ages of the criteria that ship.
AGES = {"primary": (6, 11), "lower_secondary": (12, 14), "upper_secondary": (15, 17)}

#: Side of the square around each school of `write_countryside`, metres, and its villages.
SIDE_M, VILLAGES = 2000.0, 4


def write_countryside(folder, across, down):
    """Schools on a lattice, four villages at random around each, four schools a subdistrict.

    Every village is on the list of its school at primary, of the first school of its subdistrict
    at lower secondary; people live all over, more in some cells than in others.
    """
    rng = np.random.default_rng(across * 1000 + down)
    column, row = (each.ravel() for each in np.meshgrid(np.arange(across), np.arange(down)))
    code = np.array([f"S{r:03d}{c:03d}" for r, c in zip(row, column, strict=True)], dtype=object)
    block = row // 2 * across + column // 2
    subdistrict = np.array([f"D{number:06d}" for number in block], dtype=object)
    first = pd.Series(code).groupby(block).transform("min").to_numpy()
    corner = np.stack([EAST + column * SIDE_M, NORTH + row * SIDE_M], 1)
    at = corner + SIDE_M / 2
    school = np.repeat(np.arange(len(code)), VILLAGES)
    homes = corner[school] + rng.uniform(50, SIDE_M - 50, (len(school), 2))
    village = np.array([f"V{number:06d}" for number in range(len(school))], dtype=object)
    listed = {
        "smis_code": np.concatenate([code[school], first[school]]),
        "education_level": np.repeat(["primary", "lower_secondary"], len(school)),
        "village_code": np.tile(village, 2),
        "subdistrict_code": np.tile(subdistrict[school], 2),
        "announced_be": 2567,
    }
    blocks, member = np.unique(block, return_inverse=True)
    low, high = np.full((2, len(blocks), 2), np.inf)
    high = -high
    np.minimum.at(low, member, corner)
    np.maximum.at(high, member, corner + SIDE_M)
    levels = np.where(code == first, "primary,lower_secondary", "primary")
    people = _people(village, "village", rng.poisson(4, (len(village), 18, 2)))
    nowhere = _shapes({"data": listed["village_code"]}, [None] * (2 * len(school)))
    tables = {
        "schools": _schools(code, levels, at),
        "enrolment_by_grade": _pupils(code, levels, rng),
        "service_villages": nowhere.assign(**listed),
        "villages": _shapes(
            {"village_code": village, "village_th": village,
             "subdistrict_code": subdistrict[school]},
            shapely.points(homes),
        ),
        "subdistricts": _shapes(
            {"subdistrict_code": [f"D{number:06d}" for number in blocks], "district_code": "D"},
            shapely.box(low[:, 0], low[:, 1], high[:, 0], high[:, 1]),
        ),
        "population": people,
    }  # fmt: skip
    settings = _publish(folder, tables)
    values = rng.random((int(down * SIDE_M / 200), int(across * SIDE_M / 200)))
    raster = Raster(np.float32(values), EAST, NORTH + down * SIDE_M, 200.0, CRS)
    settings.rasters_dir.mkdir(parents=True)
    write_raster(raster, settings.rasters_dir / "population.tif", unit="people per cell")
    return settings


def write_city(folder, across, down, zones, *, side_m=180.0):
    """Blocks of uneven shape; zones of three levels that are each some blocks together.

    Args:
        folder: Where the office shall be.
        across, down: How many blocks there are.
        zones: Level -> how many schools have a zone of it.
        side_m: A block's mean side.

    Returns:
        settings: The office.
        children: (level, school) -> the children of its zone, added up from the blocks.
    """
    rng = np.random.default_rng(across * 1000 + down)
    blocks = _blocks(rng, across, down, side_m)
    area = np.array([f"B{number:06d}" for number in range(len(blocks))], dtype=object)
    counts = rng.poisson(3, (len(blocks), 18, 2))
    counts[rng.random(len(blocks)) < 0.1] = 0
    middle = shapely.get_coordinates(shapely.centroid(blocks))
    children, drawn, schools = {}, [], []
    for level, count in zones.items():
        low, high = AGES[level]
        seeds = middle.min(axis=0) + rng.random((count, 2)) * np.ptp(middle, axis=0)
        holder = shapely.STRtree(shapely.points(seeds)).nearest(shapely.points(middle))
        for number in np.unique(holder):
            held = holder == number
            code = f"{level[0].upper()}{number:05d}"
            shape = shapely.coverage_union_all(blocks[held])
            drawn.append((code, level, shape))
            schools.append((code, level, shapely.get_coordinates(shape.point_on_surface())[0]))
            children[level, code] = int(counts[held, low : high + 1].sum())
    code, level, shape = (list(each) for each in zip(*drawn, strict=True))
    at = np.array([place for _, _, place in schools])
    tables = {
        "schools": _schools(np.array(code, dtype=object), level, at),
        "enrolment_by_grade": _pupils(code, level, rng),
        "announced_zones": _shapes(
            {"smis_code": code, "education_level": level, "announced_be": 2567}, shape
        ),
        "population_areas": _shapes({"area_code": area}, blocks),
        "population": _people(area, "area", counts),
    }
    return _publish(folder, tables), children


def _blocks(rng, across, down, side_m):
    """Quadrilaterals that share their corners, which stand somewhat out of line."""
    place = np.stack(np.meshgrid(np.arange(across + 1), np.arange(down + 1)), 2) * side_m
    place[1:-1, 1:-1] += rng.uniform(-0.25, 0.25, (down - 1, across - 1, 2)) * side_m
    place += (EAST, NORTH)
    ring = [place[:-1, :-1], place[:-1, 1:], place[1:, 1:], place[1:, :-1]]
    return shapely.polygons(np.stack(ring, 2).reshape(-1, 4, 2))


def _schools(code, levels, at):
    told = {"smis_code": code, "school_name_th": code, "levels_offered": levels}
    return _shapes({**told, "location_quality": "surveyed"}, shapely.points(at))


def _pupils(code, levels, rng):
    rows = [
        (school, grade, level)
        for school, told in zip(code, levels, strict=True)
        for level in told.split(",")
        for grade in SCOPES[level]
    ]
    frame = pd.DataFrame(rows, columns=["smis_code", "grade", "education_level"])
    frame["male"], frame["female"] = rng.poisson(8, (2, len(frame)))
    return frame.assign(students=frame["male"] + frame["female"])


def _people(area, kind, counts):
    """Rows of `population`: counts [area, age, sex]."""
    ages = counts.shape[1]
    age = np.tile(np.arange(ages), len(area))
    sexes = {"male": counts[..., 0].ravel(), "female": counts[..., 1].ravel()}
    return pd.DataFrame(
        {"area_code": np.repeat(area, ages), "area_kind": kind, "age": age, "age_to": age, **sexes,
         "persons": counts.sum(axis=2).ravel(), "source_file": "population.csv",
         "as_of_date": "2024-12-31"}
    )  # fmt: skip


def _shapes(columns, shapes):
    return gpd.GeoDataFrame(columns, geometry=list(shapes), crs=CRS).to_crs(4326)


def _publish(folder, tables):
    """Write the office and its round; return its settings."""
    settings = Settings.load(bare_office(folder).folder)
    day = datetime.date(2025, 6, 10)
    layers = {name: as_published(table, name, NOW, day) for name, table in tables.items()}
    told = datetime.datetime(2025, 7, 1, tzinfo=datetime.UTC)
    write_layers(layers, settings.layer_file(NOW.name), {}, told)
    return settings
