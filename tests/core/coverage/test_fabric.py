import numpy as np
import pytest
import shapely

from tests.core.coverage.zone_land import (
    KM,
    announced,
    areas,
    box,
    fabric_of,
    kinds,
    said,
    subdistricts,
    villages,
)


def km2(fabric, column="subdistrict"):
    sums = {}
    for face, code in zip(fabric.faces, getattr(fabric, column), strict=True):
        sums[code] = sums.get(code, 0) + face.area / 1e6
    return {code: round(area, 6) for code, area in sorted(sums.items())}


def test_an_office_without_any_polygon_has_no_face():
    fabric, problems = fabric_of(None)
    assert len(fabric) == 0
    assert problems == []


def test_a_subdistrict_alone_is_one_face():
    fabric, problems = fabric_of(subdistricts(a=box(0, 0, 2, 1)))
    assert km2(fabric) == {"a": 2}
    assert fabric.village.tolist() == [""]
    assert fabric.population_area.tolist() == [""]
    assert problems == []


def test_two_villages_part_a_square_half_way_between_them():
    points = villages(("a1", "a", (0.5, 1)), ("a2", "a", (1.1, 1)))
    fabric, problems = fabric_of(subdistricts(a=box(0, 0, 2, 2)), points)
    assert km2(fabric, "village") == {"a1": 1.6, "a2": 2.4}
    assert shapely.coverage_is_valid(fabric.faces)
    assert problems == []


def test_a_village_has_land_of_its_own_subdistrict_only():
    land = subdistricts(a=box(0, 0, 1, 1), b=box(1, 0, 2, 1))
    points = villages(("a1", "a", (0.9, 0.5)), ("b1", "b", (1.9, 0.5)))
    fabric, _ = fabric_of(land, points)
    assert km2(fabric, "village") == {"a1": 1, "b1": 1}


def test_villages_on_one_point_share_a_face_that_bears_the_lowest_code():
    points = villages(("a3", "a", (1.5, 1)), ("a2", "a", (1.5, 1)), ("a1", "a", (0.5, 1)))
    fabric, (problem,) = fabric_of(subdistricts(a=box(0, 0, 2, 2)), points)
    assert km2(fabric, "village") == {"a1": 2, "a2": 2}
    assert fabric.on_one_point == {"a2": ("a2", "a3")}
    assert (problem.kind, problem.value) == ("villages_on_one_point", "a2 a3")
    assert problem.facts == {"subdistrict": "a", "number": 2, "villages": "a2, a3", "points": 1}


def test_a_village_without_a_point_has_no_land():
    points = villages(("a1", "a", (0.5, 1)), ("a2", "a", None))
    fabric, _ = fabric_of(subdistricts(a=box(0, 0, 2, 2)), points)
    assert km2(fabric, "village") == {"a1": 4}


def test_a_village_of_another_office_parts_nothing():
    points = villages(("a1", "a", (0.5, 1)), ("z1", "z", (1.5, 1)))
    fabric, problems = fabric_of(subdistricts(a=box(0, 0, 2, 2)), points)
    assert km2(fabric, "village") == {"a1": 4}
    assert problems == []


def test_a_village_outside_its_subdistrict_has_the_land_that_is_nearest_to_it_and_is_told():
    points = villages(("a1", "a", (0.5, 1)), ("a2", "a", (2.5, 1)))
    fabric, problems = fabric_of(subdistricts(a=box(0, 0, 2, 2)), points)
    assert km2(fabric, "village") == {"a1": 3, "a2": 1}
    found = said(problems, "village_outside")
    assert found.key == "village:a2 outside"
    assert found.facts["km"] == "0.5"


def test_a_village_a_few_metres_over_the_border_is_on_it():
    points = villages(("a1", "a", (2.02, 1)))
    assert fabric_of(subdistricts(a=box(0, 0, 2, 2)), points)[1] == []


def test_a_village_far_outside_has_no_land():
    points = villages(("a1", "a", (0.5, 1)), ("a2", "a", (9, 1)))
    fabric, problems = fabric_of(subdistricts(a=box(0, 0, 2, 2)), points)
    assert km2(fabric, "village") == {"a1": 4}
    assert kinds(problems) == ["village_outside"]


def test_an_island_and_a_hole_stay_what_they_are():
    ring = box(0, 0, 3, 3).difference(box(1, 1, 2, 2))
    island = shapely.MultiPolygon([ring, box(5, 0, 6, 1)])
    points = villages(("a1", "a", (0.5, 0.5)), ("a2", "a", (5.5, 0.5)))
    fabric, _ = fabric_of(subdistricts(a=island), points)
    assert km2(fabric) == {"a": 9}
    assert km2(fabric, "village")["a2"] == 1
    assert not shapely.contains_xy(fabric.faces, 1.5 * KM, 1.5 * KM).any()


def test_an_enclave_belongs_to_the_subdistrict_that_it_is():
    land = subdistricts(a=box(0, 0, 3, 3).difference(box(1, 1, 2, 2)), b=box(1, 1, 2, 2))
    fabric, problems = fabric_of(land)
    assert km2(fabric) == {"a": 8, "b": 1}
    assert problems == []


def test_a_gap_of_20_metres_goes_to_the_neighbour_with_the_longest_edge():
    land = subdistricts(
        z=box(0, 0, 1, 3),
        b=box(1.02, 0, 2, 1.5),
        c=box(1.02, 1.5, 2, 3),
        top=box(0, 3, 2, 4),
        foot=box(0, -1, 2, 0),
    )
    fabric, problems = fabric_of(land)
    assert km2(fabric) == {"b": 1.47, "c": 1.47, "foot": 2, "top": 2, "z": 3.06}
    found = said(problems, "area_slivers")
    assert found.facts["number"] == 1
    assert found.facts["km2"] == "0.0600"


def test_a_gap_wider_than_a_sliver_is_no_land_of_the_office():
    land = subdistricts(
        a=box(0, 0, 1, 3), b=box(1.021, 0, 2, 3), top=box(0, 3, 2, 4), foot=box(0, -1, 2, 0)
    )
    fabric, problems = fabric_of(land)
    assert km2(fabric) == {"a": 3, "b": 2.937, "foot": 2, "top": 2}
    assert problems == []


def test_a_gap_is_cut_by_the_villages_beside_it():
    land = subdistricts(
        a=box(0, 0, 1, 2), b=box(1.02, 0, 2, 2), top=box(0, 2, 2, 3), foot=box(0, -1, 2, 0)
    )
    points = villages(("a1", "a", (0.5, 0.5)), ("a2", "a", (0.5, 1.5)))
    fabric, _ = fabric_of(land, points)
    assert km2(fabric, "village")["a1"] == 1.02
    assert km2(fabric, "village")["a2"] == 1.02


def test_a_narrow_overlap_goes_to_one_and_a_wide_one_to_the_lowest_code_with_a_warning():
    narrow, problems = fabric_of(subdistricts(a=box(0, 0, 1.01, 1), b=box(1, 0, 2, 1)))
    assert km2(narrow) == {"a": 1.01, "b": 0.99}
    assert kinds(problems) == ["area_slivers"]
    wide, problems = fabric_of(subdistricts(b=box(0, 0, 1.2, 1), a=box(1, 0, 2, 1)))
    assert km2(wide) == {"a": 1, "b": 1}
    found = said(problems, "areas_overlap")
    assert (found.facts["code"], found.facts["others"]) == ("a", "b")
    assert found.facts["km2"] == "0.2000"


def test_a_polygon_that_crosses_itself_is_mended_and_told():
    bow = shapely.Polygon([(0, 0), (2 * KM, 2 * KM), (2 * KM, 0), (0, 2 * KM)])
    fabric, problems = fabric_of(subdistricts(a=bow))
    assert km2(fabric) == {"a": 2}
    assert said(problems, "area_mended").facts["code"] == "a"


@pytest.mark.parametrize("nothing", [None, shapely.Polygon(), shapely.Point(1, 1)])
def test_an_area_without_a_polygon_is_told(nothing):
    fabric, problems = fabric_of(subdistricts(a=box(0, 0, 1, 1), b=nothing))
    assert km2(fabric) == {"a": 1}
    assert said(problems, "area_without_polygon").facts["code"] == "b"


def test_population_areas_cut_the_land_and_what_they_hold_outside_it_is_left_out():
    fabric, problems = fabric_of(
        subdistricts(a=box(0, 0, 2, 1)), counted=areas(n=box(0, 0, 0.5, 1), s=box(0.5, 0, 3, 1))
    )
    found = said(problems, "areas_outside")
    assert (found.value, found.facts["km2"]) == ("s", "1.0000")
    assert km2(fabric, "population_area") == {"n": 0.5, "s": 1.5}
    assert km2(fabric) == {"a": 2}


def test_a_zone_a_little_over_the_border_does_not_move_it():
    fabric, problems = fabric_of(
        subdistricts(a=box(0, 0, 2, 1)), zones=announced(("1", box(0, 0, 2.01, 1)))
    )
    assert km2(fabric) == {"a": 2}
    assert problems == []


def test_without_subdistricts_the_office_is_areas_and_zones():
    fabric, _ = fabric_of(
        None, zones=announced(("1", box(1, 0, 3, 1))), counted=areas(n=box(0, 0, 2, 1))
    )
    assert km2(fabric) == {"": 3}
    assert km2(fabric, "population_area") == {"": 1, "n": 2}


def test_faces_know_every_announced_zone_that_holds_them():
    zones = announced(
        ("1", box(0, 0, 1, 1)),
        ("2", box(0.5, 0, 2, 1)),
        ("1", box(0, 0, 2, 1), "lower_secondary", 0),
    )
    fabric, _ = fabric_of(subdistricts(a=box(0, 0, 2, 1)), zones=zones)
    west_to_east = np.argsort([face.centroid.x for face in fabric.faces])
    held = [fabric.announced["primary"][face] for face in west_to_east]
    assert held == [(0,), (0, 1), (1,)]
    assert set(fabric.announced["lower_secondary"]) == {(2,)}


def test_codes_that_were_numbers_are_read_as_text_and_told():
    land = subdistricts(a=box(0, 0, 1, 1), b=box(1, 0, 2, 1))
    land["subdistrict_code"] = [580101.0, "580102.0"]
    fabric, problems = fabric_of(land)
    assert km2(fabric) == {"580101": 1, "580102": 1}
    assert said(problems, "code_was_number").facts["number"] == 2


def test_a_code_with_a_point_inside_is_no_number():
    fabric, problems = fabric_of(subdistricts(**{"ct 12.5": box(0, 0, 1, 1)}))
    assert km2(fabric) == {"ct 12.5": 1}
    assert problems == []


def test_blocks_keep_their_codes():
    side = 30
    blocks = {
        f"{row:02}{column:02}": box(column, row, column + 1, row + 1)
        for row in range(side)
        for column in range(side)
    }
    fabric, _ = fabric_of(subdistricts(a=box(0, 0, side, side)), counted=areas(**blocks))
    assert len(fabric) == side * side
    at = shapely.get_coordinates(shapely.centroid(fabric.faces)) // KM
    assert [f"{y:02.0f}{x:02.0f}" for x, y in at] == fabric.population_area.tolist()
