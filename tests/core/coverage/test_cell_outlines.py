"""Outlines of cells beside the union of their squares, and by hand."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from gisapp.core.coverage.reaching.cell_outlines import cell_outline
from gisapp.core.grids import Grid

GRID = Grid(500_000.0, 2_000_500.0, 100.0, 50.0, 10, 12)


def cells(*rows):
    """Numbers of the cells that are drawn as # from the north-western corner on."""
    return np.array(
        [row * GRID.columns + column for row, line in enumerate(rows)
         for column, mark in enumerate(line) if mark == "#"],
        dtype=np.int64,
    )  # fmt: skip


def squares(cell):
    """The union of the cells' squares."""
    row, column = np.divmod(cell, GRID.columns)
    west, north = GRID.west + column * GRID.cell_x, GRID.north - row * GRID.cell_y
    return shapely.union_all(shapely.box(west, north - GRID.cell_y, west + GRID.cell_x, north))


def test_no_cell_covers_nothing():
    assert cell_outline(GRID, np.empty(0, dtype=np.int64)).is_empty


def test_a_run_of_cells_is_one_rectangle_with_four_corners():
    found = cell_outline(GRID, cells("", " ####"))
    assert found.equals(shapely.MultiPolygon([shapely.box(500_100, 2_000_400, 500_500, 2_000_450)]))
    assert shapely.get_num_coordinates(found) == 5


def test_cells_that_touch_by_a_corner_are_two_polygons():
    found = cell_outline(GRID, cells("#", " #"))
    assert (found.is_valid, len(found.geoms), found.area) == (True, 2, 10_000)


@pytest.mark.parametrize(
    ("rows", "polygons", "holes"),
    [
        (("###", "# #", "###"), 1, 1),
        (("#####", "#   #", "# # #", "#   #", "#####"), 2, 1),  # an island in the hole
        (("####", "# ##", "## #", "####"), 1, 2),  # two holes that touch by a corner
        (("###", "# #", "## "), 1, 1),  # the hole touches the outside by a corner
        (("####", "# # ", "####"), 1, 1),
    ],
)
def test_holes_stay_open(rows, polygons, holes):
    cell = cells(*rows)
    found = cell_outline(GRID, cell)
    assert found.is_valid
    assert found.equals(squares(cell))
    assert len(found.geoms) == polygons
    assert sum(len(part.interiors) for part in found.geoms) == holes


@given(st.sets(st.integers(0, GRID.rows * GRID.columns - 1), min_size=1))
def test_the_outline_is_that_of_the_squares_whatever_cells_are_held(held):
    cell = np.array(sorted(held), dtype=np.int64)
    found = cell_outline(GRID, cell)
    assert found.is_valid
    assert found.area == len(cell) * GRID.cell_area
    assert shapely.equals(found, squares(cell))
    # Only corners are left: every third point would lie beside the line through the others.
    straight = shapely.get_num_coordinates(shapely.simplify(found, 0))
    assert shapely.get_num_coordinates(found) == straight


def test_the_order_of_cells_does_not_matter():
    cell = cells("## #", " ###", "#  #")
    assert cell_outline(GRID, cell).equals_exact(cell_outline(GRID, cell[::-1]))
