import numpy as np
import pytest
import shapely

from gisapp.core.coverage.schools import NEIGHBOUR_SCHOOL, OTHER_SCHOOL
from gisapp.core.coverage.zoning.zone_layers import zone_layers
from gisapp.core.coverage.zoning.zone_rules import level_list
from gisapp.core.dictionary import coverage
from gisapp.core.problems import Problem
from tests.core.coverage.zone_land import (
    LOWER,
    PRE_PRIMARY,
    PRIMARY,
    announced,
    areas,
    box,
    kinds,
    km2_of,
    listed,
    said,
    school,
    schools,
    subdistricts,
    villages,
    zones_of,
)

#: 2 x 2 km, villages a1 in the west and a2 in the east: 2 km² each.
SQUARE = subdistricts(a=box(0, 0, 2, 2))
TWO = villages(("a1", "a", (0.5, 1)), ("a2", "a", (1.5, 1)))
WEST, EAST = school("1", (0.5, 1)), school("2", (1.5, 1))


def methods(zones):
    return sorted(set(zones.parts["zone_method"]))


# --- villages of the list


def test_each_village_of_the_list_gives_its_land_to_its_school():
    rows = listed(("1", "a1", None), ("2", "a2", None))
    fabric, zones, problems = zones_of(schools(WEST, EAST), SQUARE, TWO, rows=rows)
    assert km2_of(fabric, zones) == {"1": 2, "2": 2}
    assert methods(zones) == ["unassigned", "village_voronoi"]
    assert problems == []


def test_a_joint_village_counts_by_its_shares():
    rows = listed(("1", "a1", 0.6), ("2", "a1", 0.4), ("2", "a2", None))
    fabric, zones, problems = zones_of(schools(WEST, EAST), SQUARE, TWO, rows=rows)
    assert km2_of(fabric, zones) == {"1": 1.2, "2": 2.8}
    assert problems == []


@pytest.mark.parametrize(
    ("shares", "wanted", "doubted"),
    [
        ((None, None), (1, 1), False),  # equal parts
        ((0.7, None), (1.4, 0.6), False),  # what is left
        ((1, None), (2, 0), False),  # nothing is left
        ((0.6, 0.6), (1, 1), True),
        ((0.3, 0.1), (1.5, 0.5), True),
        ((60, 40), (1.2, 0.8), True),  # per cent
        ((1.5, None), (2, 0), True),
        ((-1, 0.5), (1, 1), True),  # no share at all, hence an equal part of the rest
        ((float("inf"), 0.5), (1, 1), True),
    ],
)
def test_blank_shares_are_parts_of_what_is_left_and_other_sums_are_scaled_and_told(
    shares, wanted, doubted
):
    rows = listed(("1", "a1", shares[0]), ("2", "a1", shares[1]), ("1", "a2", 1), ("2", "a2", 0))
    fabric, zones, problems = zones_of(schools(WEST, EAST), SQUARE, TWO, rows=rows)
    found = km2_of(fabric, zones)
    assert (found["1"] - 2, found.get("2", 0)) == pytest.approx(wanted)
    told = [problem for problem in problems if problem.kind == "zone_share_sum"]
    assert [problem.key for problem in told] == ["village:a1 primary"] * doubted


def test_a_village_whose_shares_are_all_nothing_is_nobodys():
    rows = listed(("1", "a1", 0), ("2", "a2", 1))
    fabric, zones, problems = zones_of(schools(WEST, EAST), SQUARE, TWO, rows=rows)
    assert km2_of(fabric, zones) == {"2": 2, None: 2}
    assert kinds(problems) == ["school_without_zone", "zone_share_none"]


def test_a_village_that_nobody_lists_is_nobodys():
    fabric, zones, _ = zones_of(schools(WEST), SQUARE, TWO, rows=listed(("1", "a1", None)))
    assert km2_of(fabric, zones) == {"1": 2, None: 2}


def test_villages_on_one_point_have_equal_parts_of_its_land():
    points = villages(("a1", "a", (0.5, 1)), ("a2", "a", (0.5, 1)), ("a3", "a", (1.5, 1)))
    rows = listed(("1", "a1", None), ("2", "a2", None), ("1", "a3", None))
    fabric, zones, _ = zones_of(schools(WEST, EAST), SQUARE, points, rows=rows)
    assert km2_of(fabric, zones) == {"1": 3, "2": 1}


def test_a_row_without_a_code_counts_only_where_no_village_is_known():
    rows = listed(("1", "a1", None), ("1", "a2", None))
    rows["village_code"] = ["a1", None]
    fabric, zones, _ = zones_of(schools(WEST), SQUARE, TWO, rows=rows)
    assert km2_of(fabric, zones) == {"1": 2, None: 2}
    rows["village_code"] = None
    rows["village_no"] = [1, 2]
    fabric, zones, _ = zones_of(schools(WEST), SQUARE, rows=rows)
    assert km2_of(fabric, zones) == {"1": 4}


def test_levels_may_have_different_zones():
    both = ("primary", "lower_secondary")
    rows = listed(("1", "a1", None), ("2", "a2", None), ("2", "a1", None, LOWER.education_level))
    who = schools(school("1", (0.5, 1)), school("2", (0.5, 1), both))
    fabric, zones, _ = zones_of(who, SQUARE, TWO, rows=rows, levels=(PRIMARY, LOWER))
    assert km2_of(fabric, zones) == {"1": 2, "2": 2}
    assert km2_of(fabric, zones, "lower_secondary") == {"2": 2, None: 2}


def test_a_level_that_nobody_teaches_or_names_has_no_parts():
    rows = listed(("1", "a1", None))
    _, zones, _ = zones_of(schools(WEST), SQUARE, TWO, rows=rows, levels=(PRIMARY, LOWER))
    assert set(zones.parts["education_level"]) == {"primary"}


@pytest.mark.parametrize("whose", [OTHER_SCHOOL, NEIGHBOUR_SCHOOL])
@pytest.mark.parametrize("at", [(1.5, 1), None])
def test_a_level_that_only_others_teach_is_unassigned_everywhere_and_no_fault(whose, at):
    lower = (LOWER.education_level,)
    beside = (
        school("3", (0.5, 0.5), lower, whose=whose),
        school("4", (0.5, 1.5), lower, whose=whose),
    )
    who = schools(WEST, school("2", at, lower, whose=whose), *beside)
    rows = listed(("1", "a1", None), ("1", "a2", None))
    fabric, zones, problems = zones_of(who, SQUARE, TWO, rows=rows, levels=(PRIMARY, LOWER))
    assert km2_of(fabric, zones, "lower_secondary") == {None: 4}
    assert len(fabric) == 2  # nobody's land need not be cut by whose school is nearest
    assert problems == []
    parts = zone_layers(fabric, zones, who)["zone_parts"]
    assert parts["part_id"].tolist()[-1] == "lower_secondary:unassigned"


def test_a_list_of_a_level_that_nobody_teaches_is_nobodys_and_told():
    level = LOWER.education_level
    rows = listed(("1", "a1", None), ("1", "a2", None), ("1", "a1", None, level))
    made = zones_of(schools(WEST), SQUARE, TWO, rows=rows, levels=(PRIMARY, LOWER))
    fabric, zones, problems = made
    assert km2_of(fabric, zones, level) == {None: 4}
    found = said(problems, "zone_of_no_level")
    assert (found.key, found.facts["villages"]) == ("1 lower_secondary", 1)


def test_an_announced_zone_of_a_level_that_nobody_teaches_is_nobodys_and_told_once():
    zones = announced(("1", box(0, 0, 2, 2)), ("1", box(0, 0, 1, 2), LOWER.education_level, 2560))
    made = zones_of(schools(WEST), SQUARE, TWO, zones, levels=(PRIMARY, LOWER))
    fabric, parted, problems = made
    assert km2_of(fabric, parted, "lower_secondary") == {None: 4}
    assert kinds(problems) == ["zone_of_no_level"]


# --- subdistricts that are shared by number


def test_one_village_without_a_point_has_the_whole_subdistrict_shared_by_number():
    points = villages(("a1", "a", (0.5, 1)), ("a2", "a", (1.5, 1)), ("a3", "a", None))
    rows = listed(("1", "a1", None), ("1", "a2", 0.5), ("2", "a2", 0.5))
    fabric, zones, problems = zones_of(schools(WEST, EAST), SQUARE, points, rows=rows)
    assert km2_of(fabric, zones) == {"1": 2, "2": 0.666667, None: 1.333333}
    assert methods(zones) == ["tambon_dissolve", "unassigned"]
    found = said(problems, "village_without_land")
    assert (found.facts["number"], found.facts["of"], found.value) == (1, 3, "a3")
    served = zones.parts.set_index("smis_code")["villages"]
    assert served["1"] == 2
    assert served["2"] == 1


def test_a_village_of_the_list_that_the_map_does_not_know_counts_too():
    rows = listed(("1", "a1", None), ("2", "a9", None))
    points = villages(("a1", "a", (0.5, 1)))
    fabric, zones, _ = zones_of(schools(WEST, EAST), SQUARE, points, rows=rows)
    assert km2_of(fabric, zones) == {"1": 2, "2": 2}


def test_other_subdistricts_keep_their_villages_land():
    land = subdistricts(a=box(0, 0, 2, 2), b=box(2, 0, 4, 2))
    points = villages(("a1", "a", None), ("b1", "b", (2.5, 1)), ("b2", "b", (3, 1)))
    rows = listed(("1", "a1", None), ("1", "b1", None), ("2", "b2", None))
    fabric, zones, _ = zones_of(schools(WEST, EAST), land, points, rows=rows)
    assert km2_of(fabric, zones) == {"1": 5.5, "2": 2.5}


def test_a_subdistrict_without_any_village_is_nobodys():
    land = subdistricts(a=box(0, 0, 2, 2), b=box(2, 0, 4, 2))
    rows = listed(("1", "a1", None), ("1", "a2", None))
    fabric, zones, _ = zones_of(schools(WEST), land, TWO, rows=rows)
    assert km2_of(fabric, zones) == {"1": 4, None: 4}


def test_a_listed_village_outside_the_office_is_told():
    rows = listed(("1", "a1", None), ("1", "a2", None), ("1", "z1", None))
    fabric, zones, problems = zones_of(schools(WEST), SQUARE, TWO, rows=rows)
    assert km2_of(fabric, zones) == {"1": 4}
    assert said(problems, "listed_elsewhere").value == "z1"


# --- announced zones


def test_announced_zones_come_before_the_list():
    zones = announced(("2", box(0, 0, 2, 1)))
    rows = listed(("1", "a1", None), ("1", "a2", None))
    who = schools(school("1", (0.5, 1.5)), school("2", (1.5, 0.5)))
    fabric, parted, problems = zones_of(who, SQUARE, TWO, zones, rows)
    assert km2_of(fabric, parted) == {"1": 2, "2": 2}
    assert methods(parted) == ["digitised", "unassigned", "village_voronoi"]
    assert problems == []


def test_outside_announced_zones_nobody_serves_where_there_is_no_list():
    zones = announced(("1", box(0, 0, 1, 2)))
    fabric, parted, problems = zones_of(schools(WEST), SQUARE, TWO, zones)
    assert km2_of(fabric, parted) == {"1": 2, None: 2}
    found = said(problems, "villages_not_served")
    assert (found.value, found.facts["of"]) == ("a2", 2)


def test_land_of_two_zones_is_parted_equally_and_told():
    zones = announced(("1", box(0, 0, 1.5, 2)), ("2", box(0.5, 0, 2, 2)))
    fabric, parted, problems = zones_of(schools(WEST, EAST), SQUARE, zones=zones)
    assert km2_of(fabric, parted) == {"1": 2, "2": 2}
    found = said(problems, "zones_overlap")
    assert (found.school, found.facts["others"], found.facts["km2"]) == ("1", "2", "2.0000")
    assert sorted(parted.parts["share"]) == [0.5, 0.5, 1, 1, 1]


def test_a_zone_that_overlaps_several_is_told_once_with_all_of_them():
    zones = announced(("1", box(0, 0, 2, 2)), ("2", box(0, 0, 0.5, 2)), ("3", box(1.5, 0, 2, 2)))
    who = schools(WEST, school("2", (0.2, 1)), school("3", (1.7, 1)))
    fabric, parted, problems = zones_of(who, SQUARE, zones=zones)
    assert km2_of(fabric, parted) == {"1": 3, "2": 0.5, "3": 0.5}
    found = said(problems, "zones_overlap")
    assert (found.school, found.value, found.facts["km2"]) == ("1", "2 3", "2.0000")


def test_two_polygons_of_one_school_are_one_zone():
    zones = announced(("1", box(0, 0, 1.5, 2)), ("1", box(0.5, 0, 2, 2)))
    fabric, parted, problems = zones_of(schools(WEST), SQUARE, zones=zones)
    assert km2_of(fabric, parted) == {"1": 4}
    assert problems == []


def test_slivers_between_zones_go_to_one_neighbour():
    # 10 m of overlap at x = 1, 10 m of gap at x = 2 and 5 m along the border of the office.
    land = subdistricts(a=box(0, 0, 3, 2))
    zones = announced(
        ("1", box(0, 0, 1.005, 2)), ("2", box(0.995, 0, 1.995, 2)), ("3", box(2.005, 0, 2.995, 2))
    )
    who = schools(school("1", (0.5, 1)), school("2", (1.5, 1)), school("3", (2.5, 1)))
    fabric, parted, problems = zones_of(who, land, zones=zones)
    assert km2_of(fabric, parted) == {"1": 2.01, "2": 2, "3": 1.99}
    assert said(problems, "zone_slivers").facts["number"] == 3
    assert kinds(problems) == ["zone_slivers"]


def test_a_strip_that_other_lines_cut_from_land_of_nobody_is_no_sliver():
    # A population area cuts 15 m from the land beside the zone.
    counted = areas(n=box(0, 0, 1.015, 2), s=box(1.015, 0, 2, 2))
    zones = announced(("1", box(0, 0, 1, 2)))
    fabric, parted, _ = zones_of(schools(WEST), SQUARE, zones=zones, counted=counted)
    assert km2_of(fabric, parted) == {"1": 2, None: 2}


def test_a_code_that_lost_its_zeros_is_read_as_the_schools():
    zones = announced(("12", box(0, 0, 2, 2)))
    fabric, parted, problems = zones_of(schools(school("0012", (1, 1))), SQUARE, zones=zones)
    assert km2_of(fabric, parted) == {"0012": 4}
    assert said(problems, "code_lost_zeros").value == "12"


def test_a_code_that_two_schools_may_have_lost_zeros_of_is_neithers():
    who = schools(school("0012", (1, 1)), school("012", (1, 1)))
    fabric, parted, problems = zones_of(who, SQUARE, zones=announced(("12", box(0, 0, 2, 2))))
    assert km2_of(fabric, parted) == {None: 4}
    assert kinds(problems) == [
        "school_without_zone",
        "school_without_zone",
        "zone_of_unknown_school",
    ]


# --- the nearest school


def test_without_any_list_the_nearest_school_serves():
    who = schools(school("1", (0.5, 1)), school("2", (1.1, 1)))
    fabric, zones, problems = zones_of(who, SQUARE)
    assert km2_of(fabric, zones) == {"1": 1.6, "2": 2.4}
    assert methods(zones) == ["school_voronoi", "unassigned"]
    assert problems == []


@pytest.mark.parametrize("whose", [OTHER_SCHOOL, NEIGHBOUR_SCHOOL])
def test_land_nearest_to_a_school_of_others_is_nobodys(whose):
    who = schools(school("1", (0.5, 1)), school("2", (1.5, 1), whose=whose))
    fabric, zones, problems = zones_of(who, SQUARE)
    assert km2_of(fabric, zones) == {"1": 2, None: 2}
    assert problems == []


def test_a_school_that_does_not_teach_the_level_takes_no_land_of_it():
    who = schools(school("1", (0.5, 1)), school("2", (1.5, 1), ("upper_secondary",)))
    fabric, zones, _ = zones_of(who, SQUARE)
    assert km2_of(fabric, zones) == {"1": 4}


def test_schools_on_one_point_share_their_land():
    who = schools(
        school("1", (0.5, 1)), school("2", (0.5, 1)), school("3", (1.5, 1), whose=OTHER_SCHOOL)
    )
    fabric, zones, _ = zones_of(who, SQUARE)
    assert km2_of(fabric, zones) == {"1": 1, "2": 1, None: 2}


def test_around_a_school_without_a_point_nobody_can_say_who_is_nearest():
    # b holds the school, a and c touch b (c in a corner), d does not.
    land = subdistricts(a=box(0, 0, 1, 1), b=box(1, 0, 2, 1), c=box(2, 1, 3, 2), d=box(3, 1, 4, 2))
    who = schools(school("1", (0.5, 0.5)), school("2", None, subdistrict="b"))
    fabric, zones, problems = zones_of(who, land)
    assert km2_of(fabric, zones) == {"1": 1, None: 3}
    found = said(problems, "nearest_unlocated")
    assert (found.value, found.facts["km2"]) == ("2", "3.0")
    assert found.severity == "warn"


@pytest.mark.parametrize("home", ["", "elsewhere"])
def test_a_school_of_unknown_place_leaves_all_land_unassigned(home):
    who = schools(school("1", (0.5, 1)), school("2", None, subdistrict=home))
    fabric, zones, _ = zones_of(who, SQUARE)
    assert km2_of(fabric, zones) == {None: 4}


def test_a_neighbours_school_without_a_point_leaves_the_office_as_it_is():
    who = schools(school("1", (0.5, 1)), school("2", None, whose=NEIGHBOUR_SCHOOL, subdistrict="z"))
    fabric, zones, _ = zones_of(who, SQUARE)
    assert km2_of(fabric, zones) == {"1": 4}


# --- a level that goes by another's zones


def test_pre_primary_goes_by_the_zones_of_primary_where_the_school_teaches_it():
    both = ("pre_primary", "primary")
    who = schools(school("1", (0.5, 1), both), school("2", (1.5, 1)))
    rows = listed(("1", "a1", None), ("2", "a2", None))
    fabric, zones, problems = zones_of(who, SQUARE, TWO, rows=rows, levels=(PRE_PRIMARY, PRIMARY))
    assert km2_of(fabric, zones, "pre_primary") == {"1": 2, None: 2}
    assert km2_of(fabric, zones) == {"1": 2, "2": 2}
    assert problems == []


def test_pre_primary_with_a_list_of_its_own_goes_by_that():
    who = schools(school("1", (0.5, 1), ("pre_primary", "primary")))
    rows = listed(("1", "a1", None), ("1", "a2", None), ("1", "a2", None, "pre_primary"))
    fabric, zones, _ = zones_of(who, SQUARE, TWO, rows=rows, levels=(PRE_PRIMARY, PRIMARY))
    assert km2_of(fabric, zones, "pre_primary") == {"1": 2, None: 2}


def test_pre_primary_goes_by_announced_zones_of_primary():
    who = schools(school("1", (0.5, 1), ("pre_primary", "primary")), school("2", (1.5, 1)))
    zones = announced(("1", box(0, 0, 1.5, 2)), ("2", box(0.5, 0, 2, 2)))
    fabric, parted, problems = zones_of(who, SQUARE, zones=zones, levels=(PRE_PRIMARY, PRIMARY))
    assert km2_of(fabric, parted, "pre_primary") == {"1": 2, None: 2}
    assert kinds(problems) == ["zones_overlap"]  # once, of primary


# --- rules


def test_a_school_of_the_level_without_a_zone_is_told():
    rows = listed(("1", "a1", None), ("1", "a2", None))
    _, _, problems = zones_of(schools(WEST, EAST), SQUARE, TWO, rows=rows)
    found = said(problems, "school_without_zone")
    assert (found.school, found.value, found.severity) == ("2", "primary", "warn")


def test_a_list_of_an_unknown_school_is_nobodys_and_told():
    rows = listed(("1", "a1", None), ("9", "a2", None))
    fabric, zones, problems = zones_of(schools(WEST), SQUARE, TWO, rows=rows)
    assert km2_of(fabric, zones) == {"1": 2, None: 2}
    found = said(problems, "zone_of_unknown_school")
    assert (found.value, found.facts["villages"], found.facts["zones"]) == ("9", 1, 0)


def test_a_list_of_a_school_that_does_not_teach_the_level_is_nobodys_and_told():
    who = schools(WEST, school("2", (1.5, 1), ("lower_secondary",)))
    rows = listed(("1", "a1", None), ("2", "a2", None))
    fabric, zones, problems = zones_of(who, SQUARE, TWO, rows=rows)
    assert km2_of(fabric, zones) == {"1": 2, None: 2}
    assert said(problems, "zone_of_no_level").school == "2"


def test_a_zone_of_another_affiliations_school_is_nobodys_and_no_fault():
    who = schools(WEST, school("2", (1.5, 1), whose=OTHER_SCHOOL))
    rows = listed(("1", "a1", None), ("2", "a2", None))
    fabric, zones, problems = zones_of(who, SQUARE, TWO, rows=rows)
    assert km2_of(fabric, zones) == {"1": 2, None: 2}
    assert problems == []


def test_a_school_outside_its_own_zone_is_told_with_the_distance():
    who = schools(school("1", (1.25, 1)), EAST)
    rows = listed(("1", "a1", None), ("2", "a2", None))
    _, _, problems = zones_of(who, SQUARE, TWO, rows=rows)
    found = said(problems, "school_outside_zone")
    assert (found.school, found.facts["km"], found.value) == ("1", "0.25", "primary")


@pytest.mark.parametrize(("x", "told"), [(1.02, False), (1.021, True)])
def test_a_school_up_to_20_metres_outside_stands_on_the_border(x, told):
    who = schools(school("1", (x, 1)), EAST)
    rows = listed(("1", "a1", None), ("2", "a2", None))
    _, _, problems = zones_of(who, SQUARE, TWO, rows=rows)
    assert kinds(problems) == ["school_outside_zone"] * told


@pytest.mark.parametrize(
    ("levels", "th", "en"),
    [
        ([PRIMARY], "ระดับประถมแต่", "teaches primary but"),
        ([PRE_PRIMARY, PRIMARY], "ก่อนประถม และ ประถมแต่", "pre-primary and primary but"),
        (
            [PRE_PRIMARY, PRIMARY, LOWER],
            "ก่อนประถม ประถม และ ม.ต้นแต่",
            "pre-primary, primary and lower secondary but",
        ),
    ],
)
def test_several_levels_of_a_school_are_listed_as_people_list_them(levels, th, en):
    facts = level_list([level.education_level for level in levels])
    found = Problem("school_without_zone", key="1", facts=facts)
    assert th in found.message("th")
    assert en in found.message("en")


def test_a_school_without_a_point_is_not_said_to_stand_outside():
    rows = listed(("1", "a1", None), ("1", "a2", None))
    _, _, problems = zones_of(schools(school("1", None)), SQUARE, TWO, rows=rows)
    assert problems == []


# --- layers


def test_layers_have_the_columns_of_the_dictionary():
    rows = listed(("1", "a1", 0.6), ("2", "a1", 0.4), ("2", "a2", None))
    fabric, zones, _ = zones_of(schools(WEST, EAST), SQUARE, TWO, rows=rows)
    layers = zone_layers(fabric, zones, schools(WEST, EAST))
    for layer in coverage.LAYERS:
        if layer.name in layers:
            wanted = [column.name for column in layer.columns]
            assert [*layers[layer.name].columns] == [*wanted, "geometry"]
    assert set(layers) == {"zone_parts", "service_zones"}


def test_the_zone_of_a_school_is_what_it_serves_wholly_or_in_part():
    rows = listed(("1", "a1", 0.6), ("2", "a1", 0.4), ("2", "a2", None))
    who = schools(WEST, EAST)
    fabric, zones, _ = zones_of(who, SQUARE, TWO, rows=rows)
    zone = zone_layers(fabric, zones, who)["service_zones"].set_index("smis_code")
    assert zone["area_km2"].round(6).to_dict() == {"1": 2, "2": 4}
    assert zone["villages"].to_dict() == {"1": 1, "2": 2}
    assert zone["announced_be"].tolist() == [2567, 2567]
    assert zone["school_name_th"].tolist() == ["โรงเรียน 1", "โรงเรียน 2"]
    assert set(zone["zone_method"]) == {"village_voronoi"}


def test_how_many_villages_a_zone_has_is_unknown_where_a_part_of_it_was_announced():
    # All of a1 and a strip of a2 are announced as 1's; the list gives 1 the villages a1 and a2.
    zones = announced(("1", box(0, 0, 1.2, 2)))
    points = villages(("a1", "a", (0.5, 1)), ("a2", "a", (1.5, 0.5)), ("a3", "a", (1.5, 1.5)))
    rows = listed(("1", "a1", None), ("1", "a2", None), ("2", "a3", None))
    who = schools(WEST, school("2", (1.5, 1.5)))
    fabric, parted, _ = zones_of(who, SQUARE, points, zones, rows)
    zone = zone_layers(fabric, parted, who)["service_zones"].set_index("smis_code")
    assert np.isnan(zone["villages"]["1"])
    assert zone["villages"]["2"] == 1


def test_what_nobody_serves_is_one_row_per_level_even_where_there_is_none():
    fabric, zones, _ = zones_of(schools(WEST), SQUARE, TWO, zones=announced(("1", box(0, 0, 2, 2))))
    parts = zone_layers(fabric, zones, schools(WEST))["zone_parts"]
    nobodys = parts[parts["smis_code"].isna()]
    assert len(nobodys) == 1
    assert nobodys.geometry.iloc[0].is_empty
    assert nobodys["area_km2"].tolist() == [0]
    assert nobodys["zone_method"].tolist() == ["unassigned"]


def test_land_that_nobody_serves_in_part_counts_with_that_part():
    land = subdistricts(a=box(0, 0, 2, 2), b=box(2, 0, 4, 2))
    points = villages(("a1", "a", None), ("a2", "a", None))
    rows = listed(("1", "a1", None))
    fabric, zones, _ = zones_of(schools(WEST), land, points, rows=rows)
    parts = zone_layers(fabric, zones, schools(WEST))["zone_parts"].set_index("part_id")
    nobodys = parts.loc["primary:unassigned"]
    assert nobodys["area_km2"] == pytest.approx(8)
    assert nobodys["share"] == pytest.approx(0.75)  # half of a and all of b
    assert parts.loc["primary:subdistrict:a:1", "share"] == 0.5


def test_a_part_names_its_subdistrict_where_it_lies_in_one():
    land = subdistricts(a=box(0, 0, 2, 2), b=box(2, 0, 4, 2))
    zones = announced(("1", box(0, 0, 1, 2)), ("2", box(1, 0, 4, 2)))
    _, parted, _ = zones_of(schools(WEST, EAST), land, zones=zones)
    codes = parted.parts.set_index("smis_code")["subdistrict_code"]
    assert (codes["1"], codes["2"]) == ("a", "")


def test_parts_are_multipolygons_whose_edges_match():
    land = subdistricts(a=box(0, 0, 2, 2), b=box(2, 0.3, 4, 2))
    points = villages(("a1", "a", (0.3, 1)), ("a2", "a", (1.6, 0.2)), ("b1", "b", (3, 1)))
    rows = listed(("1", "a1", None), ("2", "a2", None), ("1", "b1", None))
    who = schools(WEST, EAST)
    fabric, zones, _ = zones_of(who, land, points, rows=rows)
    parts = zone_layers(fabric, zones, who)["zone_parts"]
    shapes = np.asarray(parts.geometry)
    assert set(shapely.get_type_id(shapes)) == {shapely.GeometryType.MULTIPOLYGON}
    assert shapely.coverage_is_valid(shapes[parts["area_km2"] > 0])
    assert parts["part_id"].is_unique


def test_an_office_without_schools_has_no_parts():
    fabric, zones, problems = zones_of(schools(school("1", (1, 1), ())), SQUARE, TWO)
    assert len(zones.parts) == 0
    assert problems == []
    layers = zone_layers(fabric, zones, schools(WEST))
    assert [len(layer) for layer in layers.values()] == [0, 0]


def test_an_office_without_land_has_zones_of_nothing():
    fabric, zones, _ = zones_of(schools(WEST), None)
    assert zones.parts["smis_code"].tolist() == [None]
    assert len(zones.face) == 0
    assert len(zone_layers(fabric, zones, schools(WEST))["service_zones"]) == 0
