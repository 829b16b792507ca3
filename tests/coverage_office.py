"""The tiny office with everything that coverage is worked out from, each figure set by hand.

Three villages, each at or near its school; five children of each age in the first, four in the
second and the third. Villages one and two lie in the west subdistrict, village three in the east.
"""

import contextlib
import sqlite3

import geopandas as gpd
import numpy as np
import rasterio
from pyproj import Transformer

from tests.office import ROUND, Office, small_office, write_text

WEST, EAST = "990201", "990202"
HUAI_MEK, DOI_LOM, THUNG_DAO = "99020101", "99020102", "99020201"
SCHOOLS = ("99020001", "99020002", "99020003")
DAY = "2024-12-31"
CRS = "EPSG:32647"

#: Village -> name, lon, lat. The first two stand at their schools, the third 4.43 km north of its.
VILLAGES = {
    HUAI_MEK: ("ห้วยเมฆ", 98.05, 19.05),
    DOI_LOM: ("ดอยลม", 98.03, 19.06),
    THUNG_DAO: ("ทุ่งดาว", 98.15, 19.09),
}
#: Village -> boys and girls of each age 0 to 17.
CHILDREN = {HUAI_MEK: (3, 2), DOI_LOM: (2, 2), THUNG_DAO: (1, 3)}
AGES = range(18)
SUBDISTRICT_OF = {HUAI_MEK: WEST, DOI_LOM: WEST, THUNG_DAO: EAST}

POPULATION_HEAD = ("area_code", "age", "male", "female", "persons", "as_of_date")
LIST_HEAD = ("smis_code", "education_level", "village_code", "share", "announced_be")

#: Who serves which village; nobody of the office the third at lower secondary.
LIST = [
    ("99020001", "primary", HUAI_MEK, "", 2567),
    ("99020002", "primary", DOI_LOM, "", 2567),
    ("99020003", "primary", THUNG_DAO, "", 2567),
    ("99020002", "lower_secondary", HUAI_MEK, "", 2567),
    ("99020002", "lower_secondary", DOI_LOM, "", 2567),
]


def village_lines(children=CHILDREN, *, day=DAY, ages=AGES):
    """Rows of a population by village."""
    return [
        [village, age, boys, girls, boys + girls, day]
        for village, (boys, girls) in children.items()
        for age in ages
    ]


def subdistrict_lines(*, day=DAY, ages=AGES):
    """The same children by subdistrict."""
    sums = {code: np.zeros(2, dtype=int) for code in (WEST, EAST)}
    for village, sexes in CHILDREN.items():
        sums[SUBDISTRICT_OF[village]] += sexes
    of_area = {code: tuple(sexes.tolist()) for code, sexes in sums.items()}
    return village_lines(of_area, day=day, ages=ages)


def write_population(office, lines, name="population.csv"):
    """Write a population by age among the round's sheets."""
    return write_text(office.sheet(name), [POPULATION_HEAD, *lines])


def write_list(office, lines=LIST):
    """Write the announced villages of the schools."""
    return write_text(office.sheet("service_villages.csv"), [LIST_HEAD, *lines])


def write_villages(office, villages=VILLAGES):
    """Write the villages' points among the boundaries."""
    names, lon, lat = zip(*villages.values(), strict=True)
    points = gpd.GeoDataFrame(
        {"village_code": [*villages], "village_th": names},
        geometry=gpd.points_from_xy(lon, lat),
        crs=4326,
    )
    points.to_file(office.folder / "data" / "boundaries" / "villages.gpkg")


def land_grid(side_m=500.0):
    """West, north, rows and columns of a grid over both subdistricts, metres."""
    turn = Transformer.from_crs(4326, CRS, always_xy=True)
    west, south, east, north = turn.transform_bounds(97.99, 18.99, 98.21, 19.11)
    return west, north, int((north - south) / side_m), int((east - west) / side_m)


def people(side_m=500.0, each=1.0):
    """Return the same people in every cell of the grid over both subdistricts."""
    _, _, rows, columns = land_grid(side_m)
    return np.full((rows, columns), each)


def write_raster(
    office, values, *, side_m=500.0, crs=CRS, transform=None, name="population.tif", **told
):
    """Write people per cell as the office's raster; `told` is its nodata and the like."""
    west, north, _, _ = land_grid(side_m)
    place = transform or rasterio.transform.from_origin(west, north, side_m, side_m)
    path = office.folder / "data" / "rasters" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    values = np.asarray(values)
    shape = {"height": values.shape[-2], "width": values.shape[-1]}
    with rasterio.open(
        path, "w", driver="GTiff", count=1, dtype=values.dtype.name, crs=crs, transform=place,
        **shape, **told,
    ) as file:  # fmt: skip
        file.write(values, 1)
    return path


def coverage_office(folder, *, population=None) -> Office:
    """An office whose children are counted by village, or by these lines; not yet built."""
    office = small_office(folder)
    write_villages(office)
    write_list(office)
    write_population(office, village_lines() if population is None else population)
    return office


def criteria(office, name, text):
    """Write a table of criteria of the office's own."""
    path = office.folder / "data" / "criteria" / f"{name}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def build_and_cover(office):
    """Build the round and work out its coverage; return what the second command printed."""
    built = office.run("build", ROUND)
    assert built.exit_code == 0, built.output
    return cover(office)


def cover(office):
    """Work out the coverage of the round; return what the command printed."""
    done = office.run("coverage", ROUND)
    assert done.exit_code == 0, done.output
    return done.output


def found(office, *kinds):
    """Problems of coverage that the round was published with, as dicts by column."""
    with contextlib.closing(sqlite3.connect(office.published)) as database:
        database.row_factory = sqlite3.Row
        rows = database.execute("SELECT * FROM problems").fetchall()
    return [dict(row) for row in rows if not kinds or row["kind"] in kinds]
