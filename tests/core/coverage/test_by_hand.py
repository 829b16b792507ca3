"""Figures of a 3 x 3 km office, done on paper first."""

import numpy as np
import pytest

from gisapp.core.coverage.reckoning.figures import coverage_layers
from tests.core.coverage.chequer import (
    children,
    criteria,
    fabric,
    inputs,
    row,
    school,
    schools,
    spread,
    zones,
)

#: Subdistrict A is the two western columns, B the eastern one. Faces from the south-west:
#: 6 7 8
#: 3 4 5
#: 0 1 2
LAND = fabric(["AAB", "AAB", "AAB"])


def three_by_three(**changes):
    """10 children on each face of A and of B; schools in the middle of faces 0 and 8."""
    made = {
        "of_fabric": LAND,
        "of_children": children({"A": (36, 24), "B": (10, 20)}),
        "of_schools": schools(
            school("1", 0.5, 0.5, subdistrict_code="A", p1=(9, 6), p2=(5, 4)),
            school("2", 2.5, 2.5, subdistrict_code="B", p1=(20, 15), p2=(1, 0)),
        ),
        "of_zones": zones(LAND, ("1", 1.0, [0, 1, 3, 4]), ("2", 1.0, [2, 5, 8])),
    }
    return coverage_layers(inputs(**(made | changes)))


def test_children_within_the_reach_are_covered_and_the_others_are_not():
    layers = three_by_three()
    # School 1 reaches faces 0, 1 and 3 at 1 km, school 2 faces 8, 5 and 7.
    first = row(layers["zone_coverage"], smis_code="1")
    assert first["population"] == 40
    assert first["covered_population"] == 30
    assert first["uncovered_population"] == 10
    assert first["coverage_rate"] == 0.75
    assert (first["population_male"], first["population_female"]) == (24, 16)
    assert (first["covered_male"], first["covered_female"]) == (18, 12)
    second = row(layers["zone_coverage"], smis_code="2")
    assert (second["population"], second["covered_population"]) == (30, 20)
    office = row(layers["office_coverage"], area_code="99")
    assert (office["population"], office["covered_population"]) == (90, 60)


def test_land_that_nobody_serves_is_the_unassigned_zone():
    unassigned = row(three_by_three()["zone_coverage"], smis_code=None)
    assert unassigned["zone_method"] == "unassigned"
    # Faces 6 and 7; the second is within reach of school 2.
    assert (unassigned["population"], unassigned["covered_population"]) == (20, 10)
    assert unassigned["enrolled"] == 0
    assert unassigned.geometry.area == 2e6


def test_the_cell_at_exactly_the_reach_is_covered():
    at_reach = criteria(reaches_km=(0.999, 1.0))
    layers = three_by_three(criteria=at_reach)
    assert row(layers["office_coverage"], reach_value=0.999)["covered_population"] == 20
    assert row(layers["office_coverage"], reach_value=1.0)["covered_population"] == 60


@pytest.mark.parametrize(("beyond_mm", "covered"), [(0.4, 30), (0.6, 10)])
def test_a_distance_is_rounded_to_the_millimetre_before_it_is_compared(beyond_mm, covered):
    # The school stands a hair west and south of the middle of face 0.
    moved = 0.5 - beyond_mm / 1e6
    layers = three_by_three(of_schools=schools(school("1", moved, moved)))
    assert row(layers["office_coverage"])["covered_population"] == covered


def test_a_cell_counts_for_two_zones_by_its_land_in_each_and_is_reached_as_a_whole():
    # One cell of 3 km, its centre in the middle of the office.
    land = fabric(["AAA", "AAA", "AAA"])
    people = children({"A": (90, 0)})
    layers = three_by_three(
        of_fabric=land,
        of_children=people,
        of_zones=zones(land, ("1", 1.0, [0, 3, 6]), ("2", 1.0, [1, 2, 4, 5, 7, 8])),
        of_schools=schools(school("1", 1.5, 0.5), school("2")),
        cell_m=3000,
    )
    assert row(layers["zone_coverage"], smis_code="1")["population"] == pytest.approx(30)
    assert row(layers["zone_coverage"], smis_code="2")["population"] == pytest.approx(60)
    # Nobody knows where school 2 stands, but the cell's centre is 1 km from school 1.
    assert row(layers["zone_coverage"], smis_code="2")["covered_at_least"] == pytest.approx(60)


def test_a_half_of_a_cell_counts_half_of_its_children():
    # Cells of 2 km over 3 columns: the eastern cell holds 1 km of land, the western one 2 km.
    land = fabric(["AAB"])
    layers = three_by_three(
        of_fabric=land,
        of_children=children({"A": (30, 0), "B": (7, 0)}),
        of_zones=zones(land, ("1", 1.0, [0]), ("2", 1.0, [1, 2])),
        of_schools=schools(school("1", 1.0, 1.0), school("2", 9.0, 9.0)),
        cell_m=2000,
    )
    # The centre of the western cell is school 1; the eastern cell's is 2 km away.
    first, second = (row(layers["zone_coverage"], smis_code=code) for code in "12")
    assert (first["population"], first["covered_population"]) == (15, 15)
    assert (second["population"], second["covered_population"]) == (22, 15)


def test_a_zone_smaller_than_a_cell_has_its_share_of_the_cells_children():
    land = fabric(["AAA", "AAA", "AAA"])
    layers = three_by_three(
        of_fabric=land,
        of_children=children({"A": (90, 9)}),
        of_zones=zones(land, ("1", 1.0, [4])),
        cell_m=3000,
    )
    assert row(layers["zone_coverage"], smis_code="1")["population"] == pytest.approx(11)


def test_between_two_schools_at_equal_distance_each_child_is_counted_once():
    both = schools(school("1", 0.5, 1.5), school("2", 2.5, 1.5))
    layers = three_by_three(of_schools=both)
    # Face 4 is 1 km from both: six faces and itself, not eight.
    office = row(layers["office_coverage"])
    assert (office["population"], office["covered_population"]) == (90, 70)


def test_a_shared_village_counts_by_its_shares():
    shared = zones(LAND, ("1", 0.6, [0, 4]), ("2", 0.4, [0, 4]), ("2", 1.0, [8]))
    layers = three_by_three(of_zones=shared)
    first, second = (row(layers["zone_coverage"], smis_code=code) for code in "12")
    assert (first["population"], first["covered_population"]) == (12, 6)
    assert (second["population"], second["covered_population"]) == (18, 14)
    assert row(layers["zone_coverage"], smis_code=None)["population"] == 60


def test_more_pupils_than_children_are_shown_as_they_are():
    second = row(three_by_three()["zone_coverage"], smis_code="2")
    assert (second["enrolled_male"], second["enrolled_female"], second["enrolled"]) == (21, 15, 36)
    assert second["gross_enrolment_ratio"] == 120
    assert second["gross_enrolment_ratio_male"] == 210
    assert second["gross_enrolment_ratio_female"] == 75
    assert (second["entry_enrolled"], second["entry_population"]) == (35, 30)
    assert second["gross_intake_ratio"] == pytest.approx(100 * 35 / 30)
    assert second["entry_grade"] == "ป.1"


def test_ratios_of_an_area_divide_the_sums_and_are_no_mean_of_ratios():
    office = row(three_by_three()["office_coverage"])
    assert office["enrolled"] == 24 + 36
    assert office["gross_enrolment_ratio"] == pytest.approx(100 * 60 / 90)


def test_without_children_there_is_no_rate():
    nobody = row(
        three_by_three(of_children=children({"A": (10, 10), "B": (0, 0)}))["zone_coverage"],
        smis_code="2",
    )
    assert (nobody["population"], nobody["covered_population"]) == (0, 0)
    assert np.isnan([nobody["coverage_rate"], nobody["gross_enrolment_ratio"]]).all()


def test_an_unknown_age_makes_a_population_unknown_and_never_smaller():
    people = children({"A": (36, 24), "B": (10, 20)})
    people.counts[1, 9] = np.nan
    layers = three_by_three(of_children=people)
    unknown = row(layers["subdistrict_coverage"], subdistrict_code="B")
    for figure in ("population", "covered_population", "uncovered_population", "coverage_rate"):
        assert np.isnan(unknown[figure])
    assert np.isnan(unknown["gross_enrolment_ratio"])
    # The children of the entry age are known all the same.
    assert unknown["entry_population"] == 30
    assert np.isnan(row(layers["office_coverage"])["population"])
    assert row(layers["subdistrict_coverage"], subdistrict_code="A")["population"] == 60


def test_children_nearer_to_the_border_than_to_a_school_are_told_apart():
    layers = three_by_three(of_schools=schools(school("1", 1.5, 1.5)))
    # Only the corner faces are out of reach; each is 0.5 km from the border.
    office = row(layers["office_coverage"])
    assert (office["uncovered_population"], office["edge_population"]) == (40, 40)
    assert row(layers["office_coverage"], reach_value=2.0)["edge_population"] == 0


def test_children_in_the_middle_of_the_office_are_no_children_of_its_edge():
    wide = fabric(["A" * 5] * 5)
    layers = three_by_three(
        of_fabric=wide,
        of_children=children({"A": (250, 0)}),
        of_schools=schools(school("1", 2.5, 0.5)),
        of_zones=zones(wide),
    )
    # 21 faces are out of reach. Three of them are nearer to the school than to the border: the two
    # beside the face north of it, 1.41 km against 1.5, and the middle one, 2 km against 2.5.
    office = row(layers["office_coverage"])
    assert (office["population"], office["covered_population"]) == (250, 40)
    assert office["edge_population"] == 180


def test_the_places_of_a_spread_need_not_lie_in_the_order_of_the_faces():
    people = children({"A": (36, 24), "B": (10, 20)})
    made = spread(LAND, people)
    turned = type(made)(
        *(getattr(made, name)[::-1] for name in ("area", "face", "cell", "x_m", "y_m", "weight")),
        made.grid,
        made.method,
        made.nowhere,
    )
    layers = three_by_three(spread=turned)
    assert row(layers["office_coverage"])["covered_population"] == 60
