"""Rows and units of the layers, and what is said where a place is not known."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import shapely

from gisapp.core.coverage.criteria import AFFILIATIONS
from gisapp.core.coverage.reckoning.figures import coverage_layers
from gisapp.core.coverage.schools import NEIGHBOUR_SCHOOL, OTHER_SCHOOL
from gisapp.core.coverage.zoning.zones import Zones
from gisapp.core.dictionary import LAYERS
from tests.core.coverage.chequer import (
    LOWER,
    PRIMARY,
    UTM,
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

#: Four subdistricts of two districts, each a column of two faces: 10 children on every face.
LAND = fabric([["A1", "A2", "B1", "B2"]] * 2)
PEOPLE = children(dict.fromkeys(("A1", "A2", "B1", "B2"), (12, 8)))
WEST = school("1", 0.5, 0.5, subdistrict_code="A1", school_network="ก", p1=(3, 4))
EAST = school("2", 3.5, 0.5, subdistrict_code="B2", school_network="ข", p1=(5, 6))
#: Subdistrict B1 is nobody's.
ZONES = zones(LAND, ("1", 1.0, [0, 1, 4, 5]), ("2", 1.0, [3, 7]))

UNITS = {
    "zone_coverage": "smis_code",
    "subdistrict_coverage": "subdistrict_code",
    "district_coverage": "district_code",
    "network_coverage": "school_network",
    "office_coverage": "area_code",
}


def layers_of(*given, **changes):
    made = {
        "of_fabric": LAND,
        "of_children": PEOPLE,
        "of_schools": schools(*(given or (WEST, EAST))),
        "of_zones": ZONES,
    }
    return coverage_layers(inputs(**(made | changes)))


def test_every_layer_has_the_columns_of_the_dictionary():
    layers = layers_of()
    for name, layer in layers.items():
        columns = {column.name for column in LAYERS[name].columns}
        assert set(layer.columns) - {"geometry"} == columns
    assert {name for name in layers if "geometry" in layers[name]} == {
        *UNITS,
        "uncovered_pockets",
    }


def test_shapes_are_multipolygons_in_metres_and_tile_the_office():
    for name in UNITS:
        layer = layers_of()[name]
        assert layer.crs == UTM
        asked = layer[(layer["reach_value"] == 1) & (layer["affiliations"] == "own")]
        assert set(asked.geom_type) == {"MultiPolygon"}
        assert asked.area.sum() == 8e6
        assert shapely.union_all(asked.geometry.to_numpy()).area == 8e6


def test_there_is_a_row_for_every_unit_level_reach_and_affiliation():
    for name, key in UNITS.items():
        layer = layers_of()[name]
        questions = [key, "education_level", "reach_kind", "reach_value", "affiliations"]
        assert not layer.duplicated(questions).any()
        assert len(layer) == layer[key].nunique(dropna=False) * 2 * len(AFFILIATIONS)


def test_units_bear_their_names_and_the_office_its_code():
    layers = layers_of()
    assert row(layers["zone_coverage"], smis_code="2")["school_name_th"] == "บ้าน2"
    named = row(layers["subdistrict_coverage"], subdistrict_code="B1")
    assert (named["subdistrict_th"], named["district_th"]) == ("ต.B1", "อ.B")
    assert row(layers["district_coverage"], district_code="A")["district_th"] == "อ.A"
    assert set(layers["office_coverage"]["area_code"]) == {"99"}


def test_a_district_and_a_network_add_up_what_they_are_made_of():
    layers = layers_of()
    district = row(layers["district_coverage"], district_code="A")
    assert (district["population"], district["covered_population"]) == (40, 30)
    assert (district["enrolled"], district["gross_enrolment_ratio"]) == (7, 17.5)
    network = row(layers["network_coverage"], school_network="ข")
    assert (network["population"], network["covered_population"], network["enrolled"]) == (
        20,
        20,
        11,
    )
    without = row(layers["network_coverage"], school_network=None)
    assert (without["population"], without["enrolled"]) == (20, 0)


def test_an_office_without_networks_has_no_rows_of_them():
    alone = layers_of(replace_(WEST, school_network=""), replace_(EAST, school_network=""))
    assert not len(alone["network_coverage"])
    assert alone["network_coverage"].crs == UTM
    assert len(layers_of()["network_coverage"])


def replace_(made, **changes):
    return made | changes


def test_areas_have_no_nameless_row_where_nothing_is_nameless():
    layers = layers_of()
    for name in ("subdistrict_coverage", "district_coverage"):
        assert layers[name][UNITS[name]].notna().all()
    # The unassigned zone stays, also where every face is served.
    served = layers_of(of_zones=zones(LAND, ("1", 1.0, range(8))))
    unassigned = row(served["zone_coverage"], smis_code=None)
    assert unassigned["population"] == 0
    assert unassigned.geometry is None


def test_a_school_without_a_subdistrict_has_a_row_of_its_own():
    lost = school("3", 1.5, 0.5, p1=(1, 1))
    layers = layers_of(WEST, EAST, lost)
    nameless = row(layers["subdistrict_coverage"], subdistrict_code=None)
    assert (nameless["population"], nameless["enrolled"]) == (0, 2)
    assert np.isnan(nameless["gross_enrolment_ratio"])
    # It has no zone either, so that its pupils stand in the unassigned one.
    assert row(layers["zone_coverage"], smis_code=None)["enrolled"] == 2


def test_land_outside_every_subdistrict_belongs_to_the_row_without_a_code():
    land = fabric([["A1", ""]])
    layers = layers_of(of_fabric=land, of_zones=zones(land, ("1", 1.0, [0])))
    nameless = row(layers["subdistrict_coverage"], subdistrict_code=None)
    assert nameless.geometry.equals(land.faces[1])
    assert row(layers["district_coverage"], district_code=None).geometry.area == 1e6


def test_children_of_unknown_place_are_counted_where_nothing_else_is():
    people = children({"A1": (10, 10), "XX": (3, 1)}, unplaced=6)
    layers = layers_of(of_children=people)
    for name in ("subdistrict_coverage", "district_coverage", "zone_coverage"):
        nameless = row(layers[name], **{UNITS[name]: None})
        assert (nameless["population"], nameless["unplaced_population"]) == (10, 10)
        assert np.isnan(nameless["coverage_rate"]), name
        assert np.isnan(nameless["uncovered_population"])
        assert (nameless["covered_at_least"], nameless["covered_at_most"]) == (0, 10)
    office = row(layers["office_coverage"])
    assert (office["population"], office["population_male"], office["unplaced_population"]) == (
        30,
        19,
        10,
    )
    assert np.isnan([office["coverage_rate"], office["covered_population"]]).all()
    assert (*bounds(office), office["entry_population"]) == (20, 30, 30)
    known = row(layers["subdistrict_coverage"], subdistrict_code="A1")
    assert (known["coverage_rate"], known["unplaced_population"]) == (1, 0)


def test_where_a_school_without_a_point_may_stand_the_rate_is_not_known():
    hidden = school("3", subdistrict_code="B2")
    layers = layers_of(WEST, hidden)
    # School 1 reaches A1 and the south of A2; the north of A2 is 1.5 km from B2, B1 half of one.
    for code, unlocated in (("B2", 1), ("B1", 1), ("A2", 0), ("A1", 0)):
        found = row(layers["subdistrict_coverage"], subdistrict_code=code)
        assert found["unlocated_schools"] == unlocated, code
        assert np.isnan(found["coverage_rate"]) == bool(unlocated)
    near = row(layers["subdistrict_coverage"], subdistrict_code="B1")
    assert np.isnan(
        near[["covered_population", "covered_male", "uncovered_population"]].astype(float)
    ).all()
    assert bounds(near) == (0, 20)
    known = row(layers["subdistrict_coverage"], subdistrict_code="A2")
    assert (known["covered_population"], bounds(known)) == (10, (10, 10))
    # At 2 km school 1 reaches the south of B1 as well.
    half = row(layers["subdistrict_coverage"], subdistrict_code="B1", reach_value=2.0)
    assert (half["unlocated_schools"], bounds(half)) == (1, (10, 20))
    office = row(layers["office_coverage"])
    assert (office["unlocated_schools"], bounds(office)) == (1, (30, 70))


def bounds(found):
    return found["covered_at_least"], found["covered_at_most"]


def test_a_zone_counts_the_hidden_schools_that_may_reach_who_is_not_reached():
    hidden = [school(code, subdistrict_code=at) for code, at in (("3", "B1"), ("4", "A1"))]
    layers = layers_of(WEST, EAST, *hidden)
    # Only the north of A2 and B1 is out of reach: the first is near both, the second near B1.
    assert row(layers["zone_coverage"], smis_code="1")["unlocated_schools"] == 2
    assert row(layers["zone_coverage"], smis_code=None)["unlocated_schools"] == 1
    # Zone 2 touches B1, but every child in it is within reach of its own school.
    reached = row(layers["zone_coverage"], smis_code="2")
    assert (reached["unlocated_schools"], reached["coverage_rate"], bounds(reached)) == (
        0,
        1,
        (20, 20),
    )
    farther = layers["zone_coverage"][layers["zone_coverage"]["reach_value"] == 2]
    assert (farther["unlocated_schools"] == 0).all()


@pytest.mark.parametrize(("reach_km", "at_most"), [(1.5, 1), (1.499999, 0)])
def test_one_child_at_the_reach_of_where_a_school_may_stand_is_in_doubt(reach_km, at_most):
    people = children({"A2": (1, 0)})
    # A2 is measured from its middle, 1.5 km from B2.
    layers = layers_of(
        school("1", 90, 90),
        school("3", subdistrict_code="B2"),
        of_children=people,
        criteria=criteria(reaches_km=(reach_km,)),
    )
    found = row(layers["subdistrict_coverage"], subdistrict_code="A2", reach_value=reach_km)
    assert (found["unlocated_schools"], bounds(found)) == (at_most, (0, at_most))
    assert np.isnan(found["coverage_rate"]) == bool(at_most)
    assert found["uncovered_population"] == 1 or at_most


@pytest.mark.parametrize(("in_doubt", "known"), [(0.9, True), (1.1, False)])
def test_less_than_a_millionth_in_doubt_leaves_a_unit_known_and_its_bounds_whole(in_doubt, known):
    people = children({"A1": (1_000_000, 0), "A2": (in_doubt, 0)})
    layers = layers_of(
        school("1", 0.5, 1.0),
        school("3", subdistrict_code="A2"),
        of_children=people,
        criteria=criteria(reaches_km=(0.6,)),
    )
    office = row(layers["office_coverage"], reach_value=0.6)
    assert np.isnan(office["coverage_rate"]) != known
    parts = layers["subdistrict_coverage"]
    parts = parts[parts["affiliations"] == "own"]
    assert np.isnan(parts.set_index("subdistrict_code")["coverage_rate"]["A2"])
    assert parts["covered_at_most"].sum() == office["covered_at_most"] == 1_000_000 + in_doubt


def test_children_on_a_shared_face_are_in_doubt_in_both_zones():
    shared = zones(LAND, ("1", 0.3, [5]), ("2", 0.7, [5]), ("1", 1.0, [0, 1, 4]))
    layers = layers_of(WEST, school("3", subdistrict_code="B1"), of_zones=shared)
    first, second = (row(layers["zone_coverage"], smis_code=code) for code in "12")
    assert (first["unlocated_schools"], bounds(first)) == (1, (30, 33))
    assert (second["unlocated_schools"], bounds(second)) == (1, (0, 7))


def test_what_sums_of_fractions_leave_is_no_child_in_doubt():
    places = spread(LAND, PEOPLE)
    weight = np.where(places.face == 5, 1e-13, places.weight)
    hidden = school("3", subdistrict_code="A1")
    layers = layers_of(WEST, hidden, spread=replace(places, weight=weight))
    found = row(layers["subdistrict_coverage"], subdistrict_code="A2")
    assert (found["unlocated_schools"], found["covered_population"]) == (0, 10)


def test_an_unknown_number_of_children_may_be_in_doubt():
    people = children(dict.fromkeys(("A1", "A2", "B1", "B2"), (12, 8)))
    people.counts[1, 6] = np.nan
    layers = layers_of(WEST, school("3", subdistrict_code="A1"), of_children=people)
    found = row(layers["subdistrict_coverage"], subdistrict_code="A2")
    assert found["unlocated_schools"] == 1
    assert np.isnan([found["coverage_rate"], *bounds(found)]).all()


def test_a_hidden_school_of_no_known_subdistrict_may_stand_anywhere():
    layers = layers_of(WEST, EAST, school("3", subdistrict_code="ZZ"))
    for name, layer in layers.items():
        if name in UNITS:
            near = layer[layer["reach_value"] == 1]
            alone = near["covered_at_least"] < near["population"]
            assert (near["unlocated_schools"] == alone).all()
            assert (near["covered_at_most"] == near["population"]).all()
    # Whoever is reached by another school is reached wherever this one stands.
    assert row(layers["zone_coverage"], smis_code="2")["coverage_rate"] == 1
    assert row(layers["office_coverage"], reach_value=2.0)["coverage_rate"] == 1
    assert not len(layers["uncovered_pockets"])


def test_a_hidden_school_of_an_unknown_subdistrict_may_stand_in_all_of_its_district():
    layers = layers_of(
        WEST, EAST, school("3", district="อ.B"), criteria=criteria(reaches_km=(0.5, 1.0))
    )
    # District B is B1 and B2. Half a kilometre from it A2 is measured from, A1 1.5 km.
    for code, unlocated in (("A1", 0), ("A2", 1), ("B1", 1), ("B2", 1)):
        found = row(layers["subdistrict_coverage"], subdistrict_code=code, reach_value=0.5)
        assert found["unlocated_schools"] == unlocated, code


def test_a_district_says_nothing_of_a_school_whose_subdistrict_is_known():
    hidden = school("3", subdistrict_code="B2", district="อ.B")
    layers = layers_of(WEST, EAST, hidden)
    assert row(layers["subdistrict_coverage"], subdistrict_code="A1")["unlocated_schools"] == 0


def test_every_hidden_school_of_a_subdistrict_is_counted():
    hidden = [school(code, subdistrict_code="B2") for code in "345"]
    layers = layers_of(WEST, *hidden)
    assert row(layers["subdistrict_coverage"], subdistrict_code="B2")["unlocated_schools"] == 3
    assert row(layers["district_coverage"], district_code="B")["unlocated_schools"] == 3


def test_a_hidden_school_of_another_level_hides_nothing():
    layers = layers_of(WEST, EAST, school("3", subdistrict_code="A1", levels=("lower_secondary",)))
    assert row(layers["office_coverage"])["coverage_rate"] == 60 / 80


def test_a_hidden_school_of_another_affiliation_hides_only_where_it_counts():
    hidden = school("3", subdistrict_code="A1", whose=OTHER_SCHOOL)
    layers = layers_of(WEST, EAST, hidden)
    assert row(layers["office_coverage"])["unlocated_schools"] == 0
    assert row(layers["office_coverage"], affiliations="all")["unlocated_schools"] == 1


def test_a_neighbours_school_without_a_point_is_as_unknown_as_one_that_nobody_named():
    layers = layers_of(WEST, EAST, school("3", whose=NEIGHBOUR_SCHOOL))
    assert row(layers["office_coverage"])["coverage_rate"] == 60 / 80


def test_a_neighbours_school_is_near_but_its_pupils_are_not_the_offices():
    beyond = school("3", 2.5, 2.5, whose=NEIGHBOUR_SCHOOL, p1=(50, 50))
    for affiliations in AFFILIATIONS:
        office = row(layers_of(WEST, EAST, beyond)["office_coverage"], affiliations=affiliations)
        assert (office["covered_population"], office["enrolled"]) == (70, 18)


def test_other_affiliations_count_only_where_they_are_asked_for():
    other = school("3", 2.5, 0.5, subdistrict_code="B1", whose=OTHER_SCHOOL, p1=(7, 8))
    layers = layers_of(WEST, EAST, other)
    own, every = (
        row(layers["office_coverage"], affiliations=affiliations) for affiliations in AFFILIATIONS
    )
    assert (own["covered_population"], own["enrolled"]) == (60, 18)
    assert (every["covered_population"], every["enrolled"]) == (70, 33)
    # It stands on land that no school of the office serves.
    unassigned = row(layers["zone_coverage"], smis_code=None, affiliations="all")
    assert (unassigned["enrolled"], unassigned["covered_population"]) == (15, 20)
    there = row(layers["subdistrict_coverage"], subdistrict_code="B1", affiliations="all")
    assert there["enrolled"] == 15


def test_another_affiliations_pupils_count_in_the_zone_where_their_school_stands():
    on_shared = zones(LAND, ("1", 0.3, [2]), ("2", 0.7, [2]), ("1", 0.5, [6]), ("2", 0.5, [6]))
    for y_km, zone in ((0.5, "2"), (1.5, "1"), (9.0, None)):
        other = school("3", 2.5, y_km, whose=OTHER_SCHOOL, p1=(1, 1))
        layers = layers_of(WEST, EAST, other, of_zones=on_shared)
        by_zone = {
            code: row(layers["zone_coverage"], smis_code=code, affiliations="all")["enrolled"]
            for code in ("1", "2", None)
        }
        assert by_zone == {"1": 7, "2": 11, None: 0} | {zone: {"2": 13, "1": 9, None: 2}[zone]}
        networks = layers["network_coverage"]
        held = {"1": "ก", "2": "ข", None: None}[zone]
        found = row(networks, school_network=held, affiliations="all")
        assert found["enrolled"] == by_zone[zone]


PUPILS = ["enrolled", "enrolled_male", "enrolled_female", "entry_enrolled"]
RATIOS = [f"gross_{name}" for name in (
    "enrolment_ratio", "enrolment_ratio_male", "enrolment_ratio_female", "intake_ratio",
)]  # fmt: skip
BOUND = ["enrolled_at_least", "schools_without_pupils"]


def test_pupils_that_no_sheet_states_are_unknown_and_not_none():
    silent = school("3", 2.5, 0.5, subdistrict_code="B1")
    # Beside it stands a school of another level, whose pupils are known: none of them counts.
    older = school("4", 2.5, 0.5, subdistrict_code="B1", levels=("lower_secondary",), p1=(0, 0))
    layers = layers_of(WEST, EAST, silent, older)
    unknown = row(layers["subdistrict_coverage"], subdistrict_code="B1")
    assert np.isnan(list(unknown[[*PUPILS, *RATIOS]])).all()
    assert unknown[BOUND].tolist() == [0, 1]
    # Nobody teaches in A2: no pupil is a fact there.
    nobody = row(layers["subdistrict_coverage"], subdistrict_code="A2")
    assert nobody[["enrolled", "gross_enrolment_ratio", *BOUND]].tolist() == [0, 0, 0, 0]


def test_a_school_of_unknown_pupils_leaves_the_others_of_its_units_as_the_least():
    silent = school("3", 2.5, 0.5, subdistrict_code="B1", school_network="ข")
    layers = layers_of(WEST, EAST, silent)
    for found, least in (
        (row(layers["district_coverage"], district_code="B"), 11),
        (row(layers["network_coverage"], school_network="ข"), 11),
        (row(layers["office_coverage"]), 18),
    ):
        assert np.isnan(list(found[[*PUPILS, *RATIOS]])).all()
        assert found[BOUND].tolist() == [least, 1]
    # It is unknown in no unit that it does not belong to.
    for found in (
        row(layers["district_coverage"], district_code="A"),
        row(layers["zone_coverage"], smis_code="1"),
    ):
        assert found[["enrolled", "enrolled_male", *BOUND]].tolist() == [7, 3, 7, 0]


def test_pupils_whose_sex_is_unknown_are_pupils_all_the_same():
    sexless = school("3", 2.5, 0.5, subdistrict_code="B1", p1=(4, 3))
    given = schools(WEST, EAST, sexless)
    given.pupils.loc[given.pupils["smis_code"] == "3", ["male", "female"]] = np.nan
    office = row(layers_of(of_schools=given)["office_coverage"])
    assert office[["enrolled", "gross_enrolment_ratio", *BOUND]].tolist() == [25, 31.25, 25, 0]
    assert np.isnan(list(office[[*PUPILS[1:3], *RATIOS[1:3]]])).all()


def test_a_grade_that_is_unknown_leaves_those_that_are_known_as_the_least():
    half = school("3", 2.5, 0.5, subdistrict_code="B1", p1=(4, 3), p2=(np.nan, np.nan))
    found = row(layers_of(WEST, EAST, half)["subdistrict_coverage"], subdistrict_code="B1")
    assert np.isnan(list(found[[*PUPILS[:3], *RATIOS[:3]]])).all()
    assert found[["entry_enrolled", *BOUND]].tolist() == [7, 7, 1]


def test_another_affiliations_school_of_unknown_pupils_or_levels_is_unknown_with_all_only():
    for levels, silent in ((("primary",), 1), ((), 1), (("lower_secondary",), 0)):
        other = school("3", 2.5, 0.5, whose=OTHER_SCHOOL, levels=levels)
        layers = layers_of(WEST, EAST, other)
        own, every = (row(layers["office_coverage"], affiliations=whose) for whose in AFFILIATIONS)
        assert own[["enrolled", *BOUND]].tolist() == [18, 18, 0]
        assert every[BOUND].tolist() == [18, silent]
        assert np.isnan(every["enrolled"]) == (silent == 1)
    # What it teaches may be unknown where its pupils are not.
    told = school("3", 2.5, 0.5, whose=OTHER_SCHOOL, levels=(), p1=(1, 1))
    every = row(layers_of(WEST, EAST, told)["office_coverage"], affiliations="all")
    assert every[["enrolled", *BOUND]].tolist() == [20, 20, 0]


def test_another_affiliations_school_on_the_line_between_two_zones_counts_once():
    # It stands between face 2 and face 3, which is zone 2's; face 2 is shared.
    shared = zones(LAND, ("1", 0.9, [2]), ("2", 0.1, [2]), ("2", 0.8, [3]), ("1", 0.2, [3]))
    other = school("3", 3.0, 0.5, whose=OTHER_SCHOOL, p1=(1, 1))
    found = layers_of(WEST, EAST, other, of_zones=shared)["zone_coverage"]
    assert row(found, smis_code="1", affiliations="all")["enrolled"] == 7 + 2
    assert row(found, smis_code="2", affiliations="all")["enrolled"] == 11


def test_the_way_of_counting_names_every_way_that_a_unit_holds():
    people = replace(
        PEOPLE,
        method=np.array(
            ["registered+aged:1.5", "registered", "registered+sprague", "registered"], dtype=object
        ),
    )
    layers = layers_of(of_children=people)
    office = row(layers["office_coverage"])
    assert office["population_method"] == "registered+sprague+aged:1.5"
    assert row(layers["district_coverage"], district_code="B")["population_method"] == (
        "registered+sprague"
    )


def test_areas_that_count_nobody_of_a_level_do_not_name_their_way():
    people = children({"A1": (10, 10), "A2": (0, 0)})
    people = replace(people, method=np.array(["registered", "unknown"], dtype=object))
    layers = layers_of(of_children=people)
    district = row(layers["district_coverage"], district_code="A")
    assert district["population_method"] == "registered"
    alone = row(layers["subdistrict_coverage"], subdistrict_code="A2")
    assert alone["population_method"] == "unknown"
    assert pd.isna(row(layers["district_coverage"], district_code="B")["population_method"])


def test_the_way_of_counting_says_that_children_of_an_age_are_unknown():
    people = children({"A1": (12, 8), "B2": (12, 8)})
    people.counts[1, 6] = np.nan
    layers = layers_of(of_children=people)
    office = row(layers["office_coverage"])
    assert np.isnan(office["population"])
    assert office["population_method"] == "registered+unknown"
    west = row(layers["district_coverage"], district_code="A")
    assert (west["population"], west["population_method"]) == (20, "registered")


def test_an_unknown_number_of_children_where_none_of_them_lives_hides_nothing():
    people = children({"A1": (10, 10), "B2": (1, 1)})
    people.counts[1, 6] = np.nan
    places = spread(LAND, people)
    # Everybody of B2 lives on its northern face.
    weight = np.where(places.area == 1, (places.face == 7).astype(float), places.weight)
    of_zones = zones(LAND, ("1", 1.0, [0, 1, 2, 3, 4]), ("2", 1.0, [7]))
    layers = layers_of(of_children=people, of_zones=of_zones, spread=replace(places, weight=weight))
    assert row(layers["zone_coverage"], smis_code="1")["population"] == 20
    assert np.isnan(row(layers["zone_coverage"], smis_code="2")["population"])


def test_only_levels_with_zones_have_rows():
    two = criteria(levels=(PRIMARY, LOWER))
    assert set(layers_of(criteria=two)["office_coverage"]["education_level"]) == {"primary"}
    upper = zones(LAND, ("2", 1.0, range(8)), level="lower_secondary")
    both = Zones(
        pd.concat([ZONES.parts, upper.parts], ignore_index=True),
        np.concatenate([ZONES.part, upper.part + len(ZONES.parts)]),
        np.concatenate([ZONES.face, upper.face]),
        ZONES.listed,
    )
    layers = layers_of(criteria=two, of_zones=both)
    assert set(layers["office_coverage"]["education_level"]) == {"primary", "lower_secondary"}
    older = row(layers["zone_coverage"], smis_code="2", education_level="lower_secondary")
    assert (older["population"], older.geometry.area) == (0, 8e6)


def test_children_of_every_age_stand_in_their_zone():
    people = children({"A1": (10, 6), "B1": (4, 4)}, unplaced=1)
    people.counts[0, 2] = 3, np.nan, np.nan
    found = layers_of(of_children=people)["zone_children"]
    assert len(found) == 3 * 18
    first = found[(found["smis_code"] == "1") & (found["age"] == 6)].iloc[0]
    assert (first["male"], first["female"], first["persons"]) == (10, 6, 16)
    young = found[(found["smis_code"] == "1") & (found["age"] == 2)].iloc[0]
    assert young["male"] == 3
    assert np.isnan([young["female"], young["persons"]]).all()
    rest = found[found["smis_code"].isna() & (found["age"] == 6)].iloc[0]
    assert (rest["male"], rest["persons"]) == (5, 9)


@pytest.mark.parametrize("people", [{}, {"ZZ": (1, 1)}])
def test_an_office_whose_children_stand_nowhere_has_its_figures_all_the_same(people):
    layers = layers_of(of_children=children(people))
    office = row(layers["office_coverage"])
    assert office["population"] == 2 * len(people)
    assert office["enrolled"] == 18
    assert not len(layers["uncovered_pockets"])


def test_an_office_without_a_school_reaches_nobody():
    layers = coverage_layers(inputs(LAND, PEOPLE, schools(), zones(LAND)))
    office = row(layers["office_coverage"])
    assert (office["covered_population"], office["coverage_rate"], office["enrolled"]) == (0, 0, 0)
    assert office["edge_population"] == 80
