"""Pockets of children out of reach, on squares of 1 km."""

import numpy as np
import pandas as pd
import pytest
import shapely

from gisapp.core.coverage.criteria import CoverageLimits
from gisapp.core.coverage.reaching.pockets import rounded_for_all
from gisapp.core.coverage.reckoning.figures import coverage_layers
from tests.core.coverage.chequer import children, criteria, fabric, inputs, school, schools, zones


def pockets_of(land, people, *given, **changes):
    changes = {"criteria": criteria(reaches_km=(1.0,))} | changes
    layers = coverage_layers(
        inputs(land, people, schools(*given), zones(land, ("1", 1.0, [0])), **changes)
    )
    found = layers["uncovered_pockets"]
    return found[found["affiliations"] == "own"].reset_index(drop=True)


#: A row of seven faces; the school stands on the third.
ROW = fabric([["A", "A", "B", "B", "B", "C", "C"]])
IN_ROW = school("1", 2.5, 0.5, subdistrict_code="B")


def test_cells_that_touch_are_one_pocket_and_cells_apart_are_two():
    people = children({"A": (10, 10), "B": (15, 15), "C": (10, 14)})
    found = pockets_of(ROW, people, IN_ROW)
    # Faces 1, 2 and 3 are within reach: the pockets are faces 4, 5 and 6, and face 0.
    assert found["children"].tolist() == [10 + 24, 10]
    assert found["pocket_no"].tolist() == [1, 2]
    assert found["area_km2"].tolist() == [3, 1]
    assert found.geometry[0].equals(shapely.box(4000, 0, 7000, 1000))
    assert set(found.geom_type) == {"MultiPolygon"}


def test_cells_that_touch_only_at_a_corner_are_one_pocket():
    land = fabric(["A..", ".A.", "..A"])
    found = pockets_of(land, children({"A": (30, 0)}), school("1", 9, 9))
    assert found["children"].tolist() == [30]
    assert found["area_km2"].tolist() == [3]


def test_a_row_of_cells_does_not_go_on_at_the_other_side_of_the_office():
    land = fabric(["A..", "..A"])
    found = pockets_of(land, children({"A": (30, 0)}), school("1", 9, 9))
    assert found["children"].tolist() == [15, 15]


def test_cells_without_children_part_pockets():
    land = fabric(["A.A"])
    people = children({"A": (20, 0), ".": (0, 0)})
    assert pockets_of(land, people, school("1", 9, 9))["children"].tolist() == [10, 10]


def test_a_pocket_names_its_subdistrict_and_the_nearest_school_of_its_heaviest_cell():
    people = children({"A": (10, 10), "B": (30, 30), "C": (10, 20)})
    found = pockets_of(ROW, people, IN_ROW)
    # Face 4 has 20 children of B, faces 5 and 6 have 15 each of C.
    assert found["subdistrict_code"].tolist() == ["C", "A"]
    assert found["subdistrict_th"].tolist() == ["ต.C", "ต.A"]
    assert found["subdistricts"].tolist() == [2, 1]
    assert found["nearest_km"].tolist() == [2, 2]
    assert found["nearest_smis_code"].tolist() == ["1", "1"]
    assert found["nearest_school_th"][0] == "บ้าน1"


def test_the_heaviest_cell_of_a_pocket_need_not_be_its_first():
    people = children({"B": (30, 30), "C": (30, 20)})
    found = pockets_of(ROW, people, IN_ROW)
    # Face 4 has 20 children, faces 5 and 6 have 25 each: the first of these counts.
    assert found["children"].tolist() == [70]
    assert found["nearest_km"].tolist() == [3]


def test_without_any_school_a_pocket_names_none():
    found = pockets_of(ROW, children({"A": (10, 10)}))
    assert found["children"].tolist() == [20]
    assert pd.isna(found.loc[0, ["nearest_smis_code", "nearest_school_th", "nearest_km"]]).all()


def test_a_pocket_names_the_villages_that_stand_in_it_else_the_nearest():
    people = children({"A": (10, 10), "B": (15, 15), "C": (10, 14)})
    villages = pd.DataFrame(
        {
            "village_code": ["3", "1", "2", "4"],
            "village_th": ["ค", "ก", None, "ง"],
            "x_m": [5500.0, 6500.0, 4500.0, np.nan],
            "y_m": [500.0, 500.0, 500.0, np.nan],
        }
    )
    found = pockets_of(ROW, people, IN_ROW, villages=villages)
    assert found["villages"].tolist() == ["ก, 2, ค", "2"]
    assert pockets_of(ROW, people, IN_ROW)["villages"].isna().all()


def test_a_pocket_ends_at_the_border():
    # Cells of 2 km over three columns of 1 km: half of the eastern cell is outside.
    land = fabric(["AAA", "AAA"])
    found = pockets_of(land, children({"A": (60, 0)}), school("1", 9, 9), cell_m=2000)
    assert found["area_km2"].tolist() == [6]
    assert found.geometry[0].equals(shapely.box(0, 0, 3000, 2000))


def test_pockets_of_less_than_one_child_are_left_out():
    people = children({"A": (1, 0), "B": (0, 0), "C": (1, 1)})
    found = pockets_of(ROW, people, IN_ROW)
    # Face 0 holds half a child.
    assert found["children"].tolist() == [2]


def test_of_two_pockets_with_as_many_children_the_northern_one_comes_first():
    land = fabric(["A", ".", "B"])
    people = children({"A": (12, 0), "B": (6, 6)})
    found = pockets_of(land, people, school("1", 9, 9))
    assert found["children"].tolist() == [12, 12]
    assert found["subdistrict_code"].tolist() == ["B", "A"]


def test_children_of_unknown_number_are_in_no_pocket():
    people = children({"A": (10, 10), "C": (20, 0)})
    people.counts[0, 7] = np.nan
    assert pockets_of(ROW, people, school("1", 90, 90))["children"].tolist() == [20]


def test_known_children_of_a_cell_count_beside_unknown_ones():
    people = children({"A": (10, 10), "C": (20, 0)})
    people.counts[0, 7] = np.nan
    found = pockets_of(fabric(["AC"]), people, school("1", 90, 90), cell_m=2000)
    assert found["children"].tolist() == [20]


@pytest.mark.parametrize(
    ("hidden_in", "left"),
    [
        # Within 1 km of A lies the middle of face 2 (0.5 km), not of face 3 (1.5 km).
        ("A", [40]),
        # Of B the middles of faces 1 and 5; faces 0 and 6 are left.
        ("B", [10, 10]),
        ("nobody knows where", []),
    ],
)
def test_where_a_school_without_a_point_may_stand_there_is_no_pocket(hidden_in, left):
    people = children({"A": (20, 0), "B": (30, 0), "C": (20, 0)})
    far, hidden = school("1", 90, 90), school("2", subdistrict_code=hidden_in)
    found = pockets_of(ROW, people, far, hidden)
    assert found["children"].tolist() == left


def test_every_reach_and_level_has_pockets_of_its_own_numbers():
    people = children({"A": (10, 10), "B": (15, 15), "C": (10, 14)})
    found = pockets_of(ROW, people, IN_ROW, criteria=criteria(reaches_km=(1.0, 2.0)))
    assert found["reach_value"].tolist() == [1, 1, 2]
    assert found["pocket_no"].tolist() == [1, 2, 1]
    assert found["children"].tolist() == [34, 10, 24]


def test_counts_for_all_are_rounded_to_five_and_few_children_are_not_shown():
    shown = rounded_for_all(np.array([9.99, 10, 12.4, 12.5, 17.6]), CoverageLimits())
    assert np.isnan(shown[0])
    assert shown[1:].tolist() == [10, 10, 15, 20]
