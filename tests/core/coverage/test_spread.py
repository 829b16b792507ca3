"""Where registered children live: on paper, at the edges, by another way and by law."""

from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from gisapp.core.coverage.criteria import CoverageLimits
from gisapp.core.coverage.spreading.spread import spread_children
from gisapp.core.coverage.spreading.spread_sums import BY_RASTER, EVENLY, ON_POINTS
from gisapp.core.problems import Problem
from tests.core.coverage.ground import (
    CELL,
    EAST,
    NORTH,
    box,
    children,
    grid,
    ground,
    on_cells,
    point,
    raster,
    spread,
    villages,
)

LAWFUL = settings(max_examples=60, deadline=None, derandomize=True)
NINE = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
NAN = np.nan


def kinds(problems):
    return [problem.kind for problem in problems]


def the(kind, problems) -> Problem:
    (found,) = [problem for problem in problems if problem.kind == kind]
    return found


# --- on paper


def test_children_live_where_the_raster_counts_people():
    made, problems = spread(children(a=45), ground([(box(0, 0, 3, 3), "a", "")]), raster(NINE))
    assert on_cells(made) * 45 == pytest.approx(np.array(NINE))
    assert made.method.tolist() == [BY_RASTER]
    assert problems == []


def test_a_cell_that_is_half_in_the_area_holds_half_of_its_people():
    made, _ = spread(children(a=6), ground([(box(0, 0, 1.5, 1), "a", "")]), raster(NINE))
    # Row in the south: 7 whole, half of 8.
    assert on_cells(made)[2].tolist() == pytest.approx([7 / 11, 4 / 11, 0])


def test_an_area_smaller_than_a_cell_has_its_children_at_the_cell_s_centre():
    made, _ = spread(children(a=3), ground([(box(1.1, 1.1, 1.2, 1.3), "a", "")]), raster(NINE))
    assert made.cell.tolist() == [4]
    assert made.weight.tolist() == [1]
    assert (made.x_m[0], made.y_m[0]) == point(1.5, 1.5)


def test_two_areas_share_a_cell_and_each_keeps_its_children():
    faces = [(box(0, 0, 1.5, 3), "a", ""), (box(1.5, 0, 3, 3), "b", "")]
    made, _ = spread(children(a=10, b=1), ground(faces), raster([[1, 1, 1]] * 3))
    assert on_cells(made, 0) == pytest.approx(np.array([[2, 1, 0]] * 3) / 9)
    assert on_cells(made, 1) == pytest.approx(np.array([[0, 1, 2]] * 3) / 9)


def test_an_area_of_two_faces_is_spread_over_both_and_each_place_knows_its_face():
    faces = [(box(0, 0, 1, 1), "a", ""), (box(2, 0, 3, 1), "a", "")]
    made, _ = spread(children(a=15), ground(faces), raster(NINE))
    assert made.face.tolist() == [0, 1]
    assert made.weight.tolist() == pytest.approx([7 / 16, 9 / 16])


def test_a_coarser_raster_lends_each_cell_the_share_of_the_ground_it_covers():
    made, _ = spread(
        children(a=1),
        ground([(box(0, 0, 4, 2), "a", "")], grid(4, 2)),
        raster([[4, 12]], cell=2 * CELL),
    )
    assert on_cells(made) == pytest.approx(np.array([[1, 1, 3, 3]] * 2) / 16)


def test_a_finer_raster_is_added_up_in_each_cell():
    fine = np.kron(NINE, np.ones((2, 2)))
    made, _ = spread(
        children(a=1), ground([(box(0, 0, 3, 3), "a", "")]), raster(fine, cell=CELL / 2)
    )
    assert on_cells(made) == pytest.approx(np.array(NINE) / 45)


# --- water and unknown cells


def test_people_on_water_are_moved_to_land_and_the_reader_is_told_how_many():
    lake = box(0, 0, 3, 1.6)  # over the centres of the two southern rows
    made, problems = spread(
        children(a=45), ground([(box(0, 0, 3, 3), "a", "")], water=lake), raster(NINE)
    )
    assert on_cells(made) == pytest.approx(np.array([[1, 2, 3], [0, 0, 0], [0, 0, 0]]) / 6)
    moved = the("children_moved", problems)
    assert (moved.facts["wet"], moved.facts["unknown"]) == (39, 0)
    assert "39 คนจากผิวน้ำ ไปที่ดิน" in moved.message("th")
    assert moved.file == "population.tif"


def test_children_of_unknown_cells_are_moved_and_the_reader_is_told_how_many():
    made, problems = spread(
        children(a=90),
        ground([(box(0, 0, 3, 3), "a", "")]),
        raster([[1, 2, 3], [4, 5, 6], [NAN, NAN, 0]]),
    )
    assert on_cells(made).tolist()[2] == [0, 0, 0]
    # 2 of 9 cells are unknown: 20 of 90 children, were they as the others.
    moved = the("children_moved", problems)
    assert (moved.facts["wet"], moved.facts["unknown"]) == (0, 20)


def test_water_that_the_raster_leaves_out_is_no_gap_in_it():
    lake = box(0, 0, 3, 2)
    made, problems = spread(
        children(a=9),
        ground([(box(0, 0, 3, 3), "a", "")], water=lake),
        raster([[1, 1, 1], [NAN] * 3, [NAN] * 3]),
    )
    assert made.method.tolist() == [BY_RASTER]
    assert problems == []


def test_an_area_of_water_alone_keeps_its_children_on_the_water():
    made, problems = spread(
        children(a=9), ground([(box(0, 0, 3, 3), "a", "")], water=box(-1, -1, 4, 4)), raster(NINE)
    )
    assert on_cells(made) == pytest.approx(np.array(NINE) / 45)
    assert problems == []


# --- where the raster does not help


def test_an_area_without_an_inhabited_cell_is_spread_evenly_over_its_land_and_said_so():
    faces = [(box(0, 0, 3, 1), "a", ""), (box(0, 1, 3, 3), "b", "")]
    made, problems = spread(
        children(a=8, b=2),
        ground(faces, water=box(0, 0, 1, 1)),
        raster([[1, 1, 1], [1, 1, 1], [5, 0, 0]]),
    )
    assert on_cells(made)[2].tolist() == [0, 0.5, 0.5]
    assert made.method.tolist() == [EVENLY, BY_RASTER]
    assert the("children_spread_evenly", problems).facts == {
        "areas": 1,
        "names": "a",
        "children": 8,
    }


def test_an_area_that_the_raster_hardly_knows_is_spread_evenly_and_named():
    faces = [(box(0, 0, 3, 1), "a", ""), (box(0, 1, 3, 3), "b", "")]
    made, problems = spread(
        children(a=6, b=6), ground(faces), raster([[1, 1, 1], [1, 1, 1], [9, NAN, NAN]])
    )
    assert on_cells(made)[2].tolist() == pytest.approx([1 / 3] * 3)
    assert the("people_raster_part", problems).facts["names"] == "a"


@pytest.mark.parametrize(("share", "method"), [(0.5, BY_RASTER), (0.51, EVENLY)])
def test_an_area_known_by_just_the_least_share_is_spread_by_the_raster(share, method):
    land = ground([(box(0, 0, 2, 1), "a", "")])
    made, _ = spread(children(a=1), land, raster([[3, NAN]]), least_raster_share=share)
    assert made.method.tolist() == [method]


def test_without_a_raster_children_are_spread_evenly_and_the_reader_is_told():
    made, problems = spread(children(a=4), ground([(box(0, 0, 2, 1), "a", "")]))
    assert on_cells(made)[2].tolist() == [0.5, 0.5, 0]
    found = the("children_without_raster", problems)
    assert (found.facts["on_points"], found.facts["even"]) == (0, 4)
    assert "เด็ก 4 คนกระจายเท่ากัน" in found.message("th")
    assert "จุดหมู่บ้าน" not in found.message("th")


def test_a_raster_elsewhere_knows_nothing():
    far = raster(NINE)
    far = type(far)(far.values, grid(3, 3), "EPSG:32648", far.file)
    made, problems = spread(children(a=4), ground([(box(0, 0, 2, 1), "a", "")]), far)
    assert made.method.tolist() == [EVENLY]
    assert "people_raster_part" in kinds(problems)


# --- villages

VILLAGES = [(box(0, 0, 1, 3), "s", "v1"), (box(1, 0, 3, 3), "s", "v2")]


def test_villages_without_a_raster_live_at_their_points():
    land = ground(VILLAGES, points={"v1": point(0.2, 0.3), "v2": point(2.9, 2.9)})
    made, problems = spread(villages(v1=7, v2=3), land)
    assert made.method.tolist() == [ON_POINTS, ON_POINTS]
    assert list(zip(made.x_m, made.y_m, strict=True)) == [point(0.2, 0.3), point(2.9, 2.9)]
    assert (made.cell.tolist(), made.face.tolist()) == ([6, 2], [0, 1])
    assert made.weight.tolist() == [1, 1]
    found = the("children_without_raster", problems)
    assert (found.facts["on_points"], found.facts["even"]) == (10, 0)
    assert "10 at village points;" in found.message("en")
    assert "evenly" not in found.message("en")


def test_villages_with_a_raster_live_where_it_counts_people_in_their_land():
    land = ground(VILLAGES, points={"v1": point(0.2, 0.3), "v2": point(2.9, 2.9)})
    made, _ = spread(villages(v1=7, v2=3), land, raster(NINE))
    assert on_cells(made, 0) == pytest.approx(np.array([[1, 0, 0], [4, 0, 0], [7, 0, 0]]) / 12)
    assert on_cells(made, 1)[0].tolist() == pytest.approx([0, 2 / 33, 3 / 33])


def test_a_village_where_the_raster_finds_nobody_lives_at_its_point():
    land = ground(VILLAGES, points={"v1": point(0.2, 0.3), "v2": point(2.9, 2.9)})
    made, problems = spread(villages(v1=7, v2=3), land, raster([[0, 1, 1]] * 3))
    assert made.method.tolist() == [ON_POINTS, BY_RASTER]
    assert the("children_spread_evenly", problems).facts["names"] == "v1"


def test_villages_on_one_point_share_its_face():
    land = ground(
        VILLAGES,
        points={"v1": point(0.5, 0.5), "v3": point(0.5, 0.5)},
        on_one_point={"v1": ("v1", "v3")},
    )
    made, _ = spread(villages(v1=7, v3=3), land)
    assert made.area.tolist() == [0, 1]
    assert made.face.tolist() == [0, 0]


def test_a_village_whose_point_lies_outside_its_land_is_spread_evenly_over_it():
    made, _ = spread(villages(v1=7), ground(VILLAGES, points={"v1": point(2, 2)}))
    assert made.method.tolist() == [EVENLY]
    assert set(made.face) == {0}


def test_a_village_without_land_lives_anywhere_in_its_subdistrict():
    made, problems = spread(villages(v9=9), ground(VILLAGES, within={"v9": "s"}))
    assert on_cells(made) == pytest.approx(np.full((3, 3), 1 / 9))
    assert "children_nowhere" not in kinds(problems)
    made, _ = spread(villages(v9=9), ground(VILLAGES, within={"v9": "s"}), raster(NINE))
    assert on_cells(made) == pytest.approx(np.array(NINE) / 45)


def test_an_area_without_any_land_is_nowhere_and_its_children_are_counted():
    made, problems = spread(villages(v1=1, v9=9), ground(VILLAGES, within={"v9": "t"}))
    assert made.nowhere.tolist() == [1]
    assert made.method.tolist() == [EVENLY, ""]
    assert set(made.area) == {0}
    said = the("children_nowhere", problems)
    assert said.facts == {"areas": 1, "names": "v9", "children": 9}


def test_a_subdistrict_and_a_village_of_the_same_code_are_two_areas():
    faces = [(box(0, 0, 1, 1), "x", ""), (box(1, 0, 2, 1), "y", "x")]
    made, _ = spread(children(x=1), ground(faces))
    assert set(made.face) == {0}
    made, _ = spread(villages(x=1), ground(faces))
    assert set(made.face) == {1}


# --- edges


def test_no_areas_have_no_places():
    made, problems = spread(children(), ground(VILLAGES), raster(NINE))
    assert len(made.area) == len(made.nowhere) == len(made.method) == 0
    assert problems == []


def test_an_office_without_land_has_all_children_nowhere():
    made, problems = spread(children(a=2), ground([]), raster(NINE))
    assert made.nowhere.tolist() == [0]
    assert kinds(problems) == ["children_nowhere"]


def test_an_area_of_unknown_children_has_its_places_all_the_same():
    people = children(a=2)
    people.counts[:] = NAN
    made, problems = spread(people, ground([(box(0, 0, 2, 1), "a", "")]))
    assert on_cells(made)[2].tolist() == [0.5, 0.5, 0]
    assert problems == []


# --- by another way


def test_weights_agree_with_cutting_every_cell_out_of_the_area():
    area = shapely.Polygon([point(0.3, 0.2), point(2.7, 0.9), point(1.6, 2.8)])
    made, _ = spread(children(a=1), ground([(area, "a", "")]), raster(NINE))
    cut = np.array(
        [
            [shapely.intersection(area, box(column, 2 - row, column + 1, 3 - row)).area
             for column in range(3)]
            for row in range(3)
        ]
    )  # fmt: skip
    assert on_cells(made) == pytest.approx(cut * NINE / (cut * NINE).sum(), rel=1e-9)


def test_a_raster_in_degrees_lends_the_same_weights_as_one_in_metres():
    # 0.01 degrees are some 1.1 km: the land of 3 x 3 cells lies in one cell, people are even.
    flat = raster([[10, 10], [10, 10]])
    degrees = type(flat)(
        flat.values, type(flat.grid)(98.99, 18.1, 0.01, 0.01, 2, 2), "EPSG:4326", flat.file
    )
    land = ground([(box(0, 0, 3, 3), "a", "")])
    made, problems = spread(children(a=1), land, degrees)
    assert on_cells(made) == pytest.approx(np.full((3, 3), 1 / 9), rel=1e-5)
    assert the("people_raster_reprojected", problems).value == "WGS 84"


# --- by law

whole = st.integers(0, 40)
rows_of_people = st.lists(
    st.lists(st.one_of(whole, st.just(NAN)), min_size=4, max_size=4), min_size=4, max_size=4
)


@st.composite
def offices(draw):
    """Areas that tile a rectangle, a lake and a raster, all anyhow."""
    cuts = sorted(draw(st.lists(st.floats(0.1, 3.9), max_size=3, unique=True)))
    edges = [0, *cuts, 4]
    faces = [
        (box(west, south, east, north), f"a{number % 3}", "")
        for number, (west, east) in enumerate(pairwise(edges))
        for south, north in ((0, 1.7), (1.7, 4))
    ]
    lake = box(0, 0, draw(st.floats(0.1, 4)), draw(st.floats(0.1, 4)))
    counts = {f"a{number}": draw(whole) for number in range(3)}
    return faces, lake, counts, draw(rows_of_people)


@LAWFUL
@given(offices())
def test_every_area_keeps_its_registered_children(office):
    faces, lake, counts, people = office
    made, _ = spread(children(**counts), ground(faces, grid(4, 4), lake), raster(people))
    placed = np.setdiff1d(np.arange(3), made.nowhere)
    sums = np.bincount(made.area, made.weight, 3)
    assert np.abs(sums[placed] - 1).max() < 1e-12
    assert sums[made.nowhere].tolist() == [0] * len(made.nowhere)
    assert (made.weight > 0).all()


@LAWFUL
@given(offices())
def test_nobody_is_on_water_while_the_area_has_land(office):
    faces, lake, counts, people = office
    made, _ = spread(children(**counts), ground(faces, grid(4, 4), lake), raster(people))
    dry, _ = spread(children(**counts), ground(faces, grid(4, 4), lake))
    wet = shapely.contains_xy(lake, made.x_m, made.y_m)
    landless = [row for row in range(3) if shapely.contains_xy(
        lake, dry.x_m[dry.area == row], dry.y_m[dry.area == row]).all()]  # fmt: skip
    assert set(made.area[wet]) <= set(landless)


@LAWFUL
@given(offices(), st.floats(1e-3, 1e3))
def test_a_raster_times_anything_places_children_as_before(office, factor):
    faces, lake, counts, people = office
    land = ground(faces, grid(4, 4), lake)
    made, _ = spread(children(**counts), land, raster(people))
    scaled, _ = spread(children(**counts), land, raster(np.array(people) * factor))
    assert scaled.cell.tolist() == made.cell.tolist()
    assert scaled.weight == pytest.approx(made.weight, rel=1e-12)


@LAWFUL
@given(offices(), st.randoms(use_true_random=False))
def test_the_order_of_areas_and_faces_does_not_matter(office, chance):
    faces, lake, counts, people = office
    made, _ = spread(children(**counts), ground(faces, grid(4, 4), lake), raster(people))
    codes = chance.sample(list(counts), 3)
    again, _ = spread(
        children(**{code: counts[code] for code in codes}),
        ground(chance.sample(faces, len(faces)), grid(4, 4), lake),
        raster(people),
    )
    for row, code in enumerate(codes):
        before = on_cells(made, list(counts).index(code))
        assert on_cells(again, row) == pytest.approx(before, rel=1e-12)


def test_the_same_office_gives_the_same_places_to_the_last_bit():
    area = shapely.Polygon([(EAST, NORTH), (EAST + 290, NORTH + 30), (EAST + 100, NORTH + 280)])
    land = ground([(area, "a", "")])
    first, second = (
        spread_children(children(a=1), land, raster(NINE), CoverageLimits())[0] for _ in range(2)
    )
    assert first.weight.tobytes() == second.weight.tobytes()
