"""Land of 100 m cells to spread children on, small enough to reckon on paper.

Areas are given as {code: polygon}; x runs east from 0, y north from 0, metres of UTM 47N far
from anywhere real. Cell 0 is the north-western one.
"""

import numpy as np
import shapely

from gisapp.core.coverage.counting.children import AGES, SUBDISTRICT, VILLAGE, Children
from gisapp.core.coverage.criteria import CoverageLimits
from gisapp.core.coverage.land.fabric import Fabric
from gisapp.core.coverage.spreading.people_raster import PeopleRaster
from gisapp.core.coverage.spreading.spread import Ground, spread_children
from gisapp.core.grids import Grid

UTM = "EPSG:32647"
CELL = 100.0
#: Where the land begins: metres that are a real place of the zone.
EAST, NORTH = 500_000.0, 2_000_000.0


def box(west, south, east, north):
    """A rectangle in cells from the south-western corner of the land."""
    x = np.array([west, east]) * CELL + EAST
    y = np.array([south, north]) * CELL + NORTH
    return shapely.box(x[0], y[0], x[1], y[1])


def point(column, row):
    """A point in cells from the south-western corner."""
    return column * CELL + EAST, row * CELL + NORTH


def raster(rows, cell=CELL, **more):
    """People on a grid whose south-western corner is that of the land; rows from the north."""
    values = np.array(rows, dtype=np.float64)
    grid = Grid(EAST, NORTH + len(values) * cell, cell, cell, *values.shape)
    return PeopleRaster(values, grid, more.pop("crs", UTM), "population.tif", **more)


def grid(columns=3, rows=3):
    return Grid(EAST, NORTH + rows * CELL, CELL, CELL, rows, columns)


def fabric(faces, on_one_point=None):
    """Faces from (polygon, subdistrict, village) each."""
    shapes = np.array([face[0] for face in faces], dtype=object)
    subdistrict, village = (
        np.array([face[place] for face in faces], dtype=object) for place in (1, 2)
    )
    blank = np.full(len(faces), "", dtype=object)
    return Fabric(shapes, subdistrict, village, blank, {}, on_one_point or {})


def children(kind=SUBDISTRICT, **areas):
    """Children by code: so many of age 6, as many again of age 7."""
    counts = np.zeros((len(areas), AGES, 3))
    for row, code in enumerate(areas):
        counts[row, 6:8, 2] = areas[code] / 2
    nothing = np.full(len(areas), "registered", dtype=object)
    return Children(
        np.array(list(areas), dtype=object),
        np.array([kind] * len(areas), dtype=object),
        counts,
        np.zeros((AGES, 3)),
        nothing,
        np.zeros(len(areas)),
        ("register.csv",),
    )


def villages(**areas):
    return children(kind=VILLAGE, **areas)


def ground(faces, cells=None, water=None, points=None, within=None, on_one_point=None):
    return Ground(
        fabric(faces, on_one_point),
        cells or grid(),
        UTM,
        water or shapely.MultiPolygon(),
        points or {},
        within or {},
    )


def spread(people, land, where=None, **limits):
    return spread_children(people, land, where, CoverageLimits(**limits))


def on_cells(made, area=0):
    """The weights of an area on the grid, rows from the north."""
    mine = made.area == area
    cells = made.grid.rows * made.grid.columns
    weights = np.bincount(made.cell[mine], made.weight[mine], cells)
    return weights.reshape(made.grid.rows, made.grid.columns)
