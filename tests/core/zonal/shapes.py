"""Zones of every awkward form, always the same for the same seed, and brute force over them."""

import numpy as np
import shapely

from gisapp.core.grids import Grid

#: Cells that are no squares, with corners on no whole number.
GRID = Grid(west=-1.3, north=7.7, cell_x=0.37, cell_y=0.51, rows=20, columns=23)


def zones_of(*polygons):
    """An array of geometry, None included."""
    zones = np.empty(len(polygons), dtype=object)
    zones[:] = polygons
    return zones


def square_cells(rows, columns, side=1.0):
    """A grid whose south-western corner is (0, 0)."""
    return Grid(0.0, rows * side, side, side, rows, columns)


def cell_boxes(grid):
    """Each cell as a polygon, row by row."""
    row, column = np.divmod(np.arange(grid.rows * grid.columns), grid.columns)
    west, north = grid.west + column * grid.cell_x, grid.north - row * grid.cell_y
    return shapely.box(west, north - grid.cell_y, west + grid.cell_x, north)


def brute_force(polygons, grid):
    """Shares [zone, cell] by cutting every polygon with every cell."""
    cells = cell_boxes(grid)
    rows = [shapely.area(shapely.intersection(zone, cells)) for zone in polygons]
    return np.array(rows) / shapely.area(cells[0])


def as_table(fractions, zones, grid):
    """Shares [zone, cell] of what `cell_fractions` returned."""
    table = np.zeros((zones, grid.rows * grid.columns))
    table[fractions.zone, fractions.cell] = fractions.fraction
    return table


def random_zones(seed, count, *, centre=(3.0, 3.0), reach=5.0):
    """Stars with and without holes, of one part or several, drawn either way round."""
    chance = np.random.default_rng(seed)
    zones = []
    for _ in range(count):
        corners = chance.integers(3, 40)
        angle = np.sort(chance.uniform(0, 2 * np.pi, corners))
        radius = chance.uniform(0.05 * reach, reach, corners)
        around = np.add(centre, chance.uniform(-reach / 2, reach / 2, 2))
        star = shapely.polygons(
            np.c_[around[0] + radius * np.cos(angle), around[1] + radius * np.sin(angle)]
        )
        star = shapely.make_valid(star, method="structure", keep_collapsed=False)
        if chance.random() < 0.5:
            star = star.difference(shapely.Point(around).buffer(reach / 5))
        if chance.random() < 0.3:
            star = star.union(shapely.box(*(around + reach), *(around + 1.3 * reach)))
        zones.append(star.reverse() if chance.random() < 0.5 else star)
    return zones_of(*zones)


def tiling(seed, count, bounds):
    """Polygons that tile a box: edges match vertex for vertex."""
    chance = np.random.default_rng(seed)
    west, south, east, north = bounds
    x, y = chance.uniform(west, east, count), chance.uniform(south, north, count)
    whole = shapely.box(*bounds)
    cells = shapely.voronoi_polygons(shapely.multipoints(np.c_[x, y]), extend_to=whole)
    parts = shapely.get_parts(shapely.intersection(shapely.get_parts(cells), whole))
    return zones_of(*parts)
