"""A raster of people: laid onto other cells, judged by itself and beside the register."""

import datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Transformer

from gisapp.core.coverage.counting.children import Children
from gisapp.core.coverage.counting.people_judging import judge_people, known_people
from gisapp.core.coverage.counting.people_sums import (
    Registered,
    registered_children,
    registered_people,
    sum_people,
)
from gisapp.core.coverage.counting.raster_children import Known, estimate_without_register
from gisapp.core.coverage.criteria import CoverageLimits, LevelAges
from gisapp.core.coverage.spreading.children_grid import children_on_grid
from gisapp.core.coverage.spreading.people_raster import PeopleRaster, cell_km2, people_on_cells
from gisapp.core.grids import Grid
from gisapp.core.population import COLUMNS
from tests.core.coverage.ground import (
    CELL,
    UTM,
    box,
    children,
    fabric,
    grid,
    ground,
    raster,
    spread,
    villages,
)

NAN = np.nan
LIMITS = CoverageLimits()
DAY = datetime.date(2024, 12, 31)
#: 2 x 2 cells of 1 km: density is the count.
KM_CELLS = [[100, 200], [300, 400]]
LAND = [(box(0, 0, 10, 20), "s1", ""), (box(10, 0, 20, 20), "s2", "")]


def kinds(problems):
    return [problem.kind for problem in problems]


def degrees_around(west, south, cell, rows, columns):
    """A raster in degrees whose people are numbered, over some land of UTM 47N."""
    lon, lat = Transformer.from_crs(UTM, 4326, always_xy=True).transform(west, south)
    values = np.arange(1.0, rows * columns + 1).reshape(rows, columns)
    return PeopleRaster(
        values, Grid(lon, lat + rows * cell, cell, cell, rows, columns), "EPSG:4326", "p.tif"
    )


# --- onto other cells


def test_people_of_a_raster_in_degrees_are_all_on_the_metric_cells_and_none_twice():
    people = degrees_around(500_000, 2_000_000, 0.00083, 40, 30)
    around = Grid(499_000, 2_005_000, 100, 100, 70, 60)
    made = people_on_cells(people, around, UTM, np.arange(70 * 60))
    # Cells have straight sides in either CRS: what bends between corners is below a millimetre.
    assert made.people.sum() == pytest.approx(people.values.sum(), rel=1e-12)
    assert made.known.max() <= 1
    inside = made.known.reshape(70, 60)[20:48, 12:30]
    assert inside == pytest.approx(np.ones(inside.shape), abs=1e-9)


def test_unknown_cells_count_nobody_and_lower_what_is_known():
    people = raster([[4, NAN]], cell=2 * CELL)
    made = people_on_cells(people, Grid(500_100, 2_000_200, 200, 100, 2, 1), UTM, np.array([0, 1]))
    assert made.people.tolist() == [1, 1]
    assert made.known.tolist() == [0.5, 0.5]


def test_cells_are_given_in_the_order_in_which_they_were_asked_for():
    made = people_on_cells(raster([[1, 2], [3, 4]]), grid(2, 2), UTM, np.array([3, 0]))
    assert made.people.tolist() == [4, 1]


def test_no_cells_have_no_people():
    assert len(people_on_cells(raster([[1]]), grid(1, 1), UTM, np.array([], dtype=int)).people) == 0


def test_a_cell_without_a_place_in_the_raster_s_crs_holds_nobody():
    beyond = Grid(3e7, 2e6, 100, 100, 1, 1)
    polar = PeopleRaster(np.ones((1, 1)), Grid(0, 1, 1, 1, 1, 1), "EPSG:3413", "p.tif")
    made = people_on_cells(polar, beyond, UTM, np.array([0]))
    assert (made.people.tolist(), made.known.tolist()) == ([0], [0])


def test_a_cell_in_degrees_is_as_large_as_on_the_ground():
    people = degrees_around(500_000, 2_000_000, 0.01, 2, 1)
    # 0.01 degrees at 18.09 N: 1.1068 km north, 1.0588 km east (ellipsoid of WGS 84).
    assert cell_km2(people, UTM) == pytest.approx([1.1068 * 1.0588] * 2, rel=2e-3)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.floats(-50, 150), st.floats(-50, 150), st.floats(20, 400))
def test_wherever_the_cells_begin_nobody_is_lost(east, south, side):
    people = raster(KM_CELLS, cell=1000)
    around = Grid.over((499_000 + east, 1_999_000 + south, 503_000, 2_003_000), side)
    made = people_on_cells(people, around, UTM, np.arange(around.rows * around.columns))
    assert made.people.sum() == pytest.approx(1000, rel=1e-9)


# --- cells that are no people


def known_of(people, *declared):
    """What is known where the file itself declares some cells, by number, unknown."""
    cells = np.isin(np.arange(people.size), declared).reshape(people.shape)
    return known_people(people, cells, "p.tif")


def test_one_and_the_same_negative_number_is_a_mark_for_unknown():
    known, problems = known_of(np.array([[1.0, -99999], [-99999, NAN]]), 3)
    assert np.isnan(known).tolist() == [[False, True], [True, True]]
    assert kinds(problems) == ["people_raster_cells"]
    assert (problems[0].value, problems[0].facts["cells"]) == ("-99999", 2)


def test_different_negative_numbers_are_no_counts():
    known, problems = known_of(np.array([[1.0, -3], [-4.5, 2]]))
    assert known is None
    assert kinds(problems) == ["people_raster_negative"]
    assert problems[0].facts == {"cells": 2, "least": "-4.5"}


@pytest.mark.parametrize("mark", [9999, 32767, 65535, 99999, 4294967295, 3.4028234663852886e38])
def test_an_undeclared_mark_far_above_every_count_is_unknown(mark):
    known, problems = known_of(np.array([[1.0, mark], [mark, 900]]))
    assert np.isnan(known).tolist() == [[False, True], [True, False]]
    assert kinds(problems) == ["people_raster_cells"]
    assert float(problems[0].value) == pytest.approx(mark)
    assert problems[0].facts == {"cells": 2}


@pytest.mark.parametrize(("most", "beside"), [(9999, 1000), (9998, 1), (120_000, 1)])
def test_the_largest_count_is_no_mark_near_others_or_by_chance(most, beside):
    known, problems = known_of(np.array([[float(most), beside]]))
    assert known.tolist() == [[most, beside]]
    assert problems == []


def test_a_raster_of_marks_alone_holds_nobody():
    known, problems = known_of(np.full((2, 2), 65535.0))
    assert known is None
    assert kinds(problems) == ["people_raster_cells", "people_raster_empty"]


def test_infinite_people_are_unknown():
    known, problems = known_of(np.array([[1.0, np.inf, -np.inf]]))
    assert known[0, 0] == 1
    assert np.isnan(known[0, 1:]).all()
    assert (kinds(problems), problems[0].value) == (["people_raster_cells"], "inf")


#: 100 x 100 cells: 0 to 20 people, each number its own, a few cells each.
CROWDS = (np.arange(10_000) % 2_000 / 100.0).reshape(100, 100)


def marked(mark, cells, people=CROWDS):
    """The first cells hold a mark; the others people, all of them unless it is taken for one."""
    values = people.copy()
    values.ravel()[:cells] = mark
    known, problems = known_of(values)
    taken = np.isnan(known).sum() if known is not None else None
    return taken, [(problem.kind, problem.value) for problem in problems]


@pytest.mark.parametrize(
    ("mark", "cells"),
    [
        (255, 100),
        (255, 20),  # 0.2 % of the cells
        (127, 20),
        (999, 3000),
        (9999, 1),
        (32767, 1),
        (65535, 3000),
        (2**32 - 1, 1),
        (float(np.float32(2**32 - 1)), 1),
        (float(np.float32(3.4e38)), 1),
        (88888, 20),  # no program's mark, but no crowd either
    ],
)
def test_a_largest_number_that_no_crowd_explains_is_a_mark_for_unknown(mark, cells):
    taken, said = marked(mark, cells)
    assert taken == cells
    assert said == [("people_raster_cells", f"{float(mark):.10g}")]


@pytest.mark.parametrize(
    ("people", "cells"),
    [
        (255, 19),  # so few cells may be a crowd
        (88888, 19),
        (150, 100),  # not ten times the others, and no program's mark
        (60_000, 5),
    ],
)
def test_a_largest_number_that_may_be_people_is_kept(people, cells):
    assert marked(people, cells) == (0, [])


def test_255_beside_nearly_as_large_counts_is_a_mark_only_where_it_piles_up():
    # 30 cells of 200 people, as in a town's middle.
    town = CROWDS.copy()
    town.ravel()[5000:5030] = 200
    assert marked(255, 90, town) == (90, [("people_raster_cells", "255")])
    assert marked(255, 89, town) == (0, [])


def test_a_mark_may_lie_below_the_fullest_cells():
    town = CROWDS.copy()
    town.ravel()[5000:5005] = 300
    assert marked(255, 3000, town) == (3000, [("people_raster_cells", "255")])


def test_two_marks_are_told_apart():
    values = CROWDS.copy()
    values.ravel()[100:200] = 65535
    expected = [("people_raster_cells", "65535"), ("people_raster_cells", "255")]
    assert marked(255, 100, values) == (200, expected)


def test_no_number_and_zero_alone_are_no_marks():
    assert known_of(np.array([[0.0, 7.0]]))[1] == []
    assert kinds(known_of(np.zeros((50, 50)))[1]) == ["people_raster_empty"]


def test_65535_is_a_mark_also_above_large_densities():
    # 13,000 persons per km² are within a tenth of it.
    assert marked(65535, 10, CROWDS * 650) == (10, [("people_raster_cells", "65535")])
    assert marked(65535, 9, CROWDS * 650) == (0, [])


def test_classes_of_land_are_no_marks():
    classes = np.choose(np.arange(10_000).reshape(100, 100) % 3, [0.0, 1.0, 50.0])
    assert known_of(classes)[1] == []


def test_a_raster_of_a_mark_and_nobody_is_not_used():
    known, problems = known_of(np.where(CROWDS > 10, 255.0, 0.0))
    assert known is None
    assert kinds(problems) == ["people_raster_cells", "people_raster_empty"]


@pytest.mark.parametrize("nobody", [[[0.0, 0.0]], [[NAN, NAN]], [[-1.0, 0.0]]])
def test_a_raster_of_nobody_is_not_used(nobody):
    known, problems = known_of(np.array(nobody))
    assert known is None
    assert kinds(problems)[-1] == "people_raster_empty"


# --- beside the ground and the register


def judged(people, registered=None, faces=LAND, known_children=None):
    beside = Registered(registered or {}, known_children or {})
    return judge_people(people, fabric(faces), UTM, beside, LIMITS)


def test_the_ratio_to_the_register_is_always_said():
    people, problems = judged(raster(KM_CELLS, cell=1000), {"s1": 200.0, "s2": 600.0})
    assert people is not None
    assert kinds(problems) == ["people_raster_ratio"]
    assert problems[0].facts == {"people": 1000, "registered": 800, "ratio": "1.25", "areas": 2}


@pytest.mark.parametrize(
    ("registered", "kind"),
    [
        (500.0, "people_raster_ratio"),  # 2 times: just within
        (499.0, "people_raster_doubted"),
        (2000.0, "people_raster_ratio"),
        (2001.0, "people_raster_doubted"),
        (100.0, "people_raster_doubted"),
        (99.0, "people_raster_no_people"),
        (10_001.0, "people_raster_no_people"),
    ],
)
def test_a_raster_is_doubted_beyond_the_ratio_and_refused_beyond_ten_times(registered, kind):
    wide = raster(np.kron(KM_CELLS, np.ones((2, 2))) / 4, cell=500)
    people, problems = judged(wide, {"s1": registered / 2, "s2": registered / 2})
    assert kinds(problems) == [kind]
    assert (people is None) == (kind == "people_raster_no_people")


def test_only_areas_that_both_know_are_compared():
    people = raster([[100, NAN], [300, NAN]], cell=1000)
    _, problems = judged(people, {"s1": 400.0, "s2": 999.0, "elsewhere": 5.0})
    assert problems[0].facts == {"people": 400, "registered": 400, "ratio": "1.00", "areas": 1}


def test_without_a_register_nothing_is_compared():
    people, problems = judged(raster(KM_CELLS, cell=1000))
    assert people is not None
    assert problems == []


@pytest.mark.parametrize(
    ("registered", "kept"),
    [(1000.0, True), (1001.0, True), (10_000.0, True), (10_001.0, False)],
)
def test_fewer_people_than_registered_children_are_doubted_and_a_tenth_of_them_refused(
    registered, kept
):
    wide = raster(np.kron(KM_CELLS, np.ones((2, 2))) / 4, cell=500)
    beside = {"s1": registered / 2, "s2": registered / 2}
    people, problems = judged(wide, known_children=beside)
    assert (people is not None) == kept
    expected = [] if registered == 1000 else ["people_raster_few_people"]
    assert kinds(problems) == expected
    for problem in problems:
        assert problem.facts["people"] == 1000
        assert problem.facts["children"] == round(registered)
        assert ("not used" in problem.message("en")) != kept


def test_children_alone_are_compared_only_where_nobody_knows_everybody():
    people, problems = judged(
        raster(KM_CELLS, cell=1000), {"s1": 1000.0}, known_children={"s1": 1e6, "s2": 1e6}
    )
    assert people is not None
    assert kinds(problems) == ["people_raster_doubted"]


def test_persons_per_km2_are_people_before_they_are_compared_with_children():
    # 1,000 per km² on 100 x 100 m are 10 people.
    wide = raster([[1000.0] * 20] * 20, per_km2=True)
    assert judged(wide, known_children={"s1": 2000.0, "s2": 2000.0})[1] == []
    assert kinds(judged(wide, known_children={"s1": 2000.0, "s2": 2001.0})[1]) == [
        "people_raster_few_people"
    ]


def test_what_the_density_says_stays_beside_what_the_children_say():
    # 2,000 people on 100 x 100 m are 200,000 per km².
    people, problems = judged(raster([[2000.0] * 20] * 20), known_children={"s1": 1e5})
    assert people is None
    assert kinds(problems) == ["people_raster_per_km2", "people_raster_few_people"]


def test_known_children_of_villages_are_added_up_in_their_subdistricts():
    counted = villages(v1=10, v2=20, v3=30, elsewhere=99)
    counted.counts[0, 6] = NAN  # 5 of age 7 are left
    within = {"v1": "s1", "v2": "s1", "v3": "s2"}
    assert registered_children(counted, within) == {"s1": 25.0, "s2": 30.0}
    assert registered_children(children(s1=8), within) == {"s1": 8.0}


def test_more_people_than_the_ground_holds_as_counts_are_taken_as_persons_per_km2():
    # 2,000 people on 100 x 100 m are 200,000 per km².
    people, problems = judged(raster([[2000.0] * 20] * 20), {"s1": 4000.0, "s2": 4000.0})
    assert people.per_km2
    # As persons per km² they are 8,000 on 4 km²: the register's number.
    assert kinds(problems) == ["people_raster_per_km2", "people_raster_ratio"]
    assert problems[1].facts["people"] == 8000


def test_a_total_that_is_right_only_as_persons_per_km2_is_taken_so():
    people, problems = judged(raster([[20.0] * 20] * 20), {"s1": 40.0, "s2": 40.0})
    assert people.per_km2
    assert kinds(problems) == ["people_raster_per_km2", "people_raster_ratio"]
    assert problems[1].facts["ratio"] == "1.00"


def test_what_no_ground_holds_in_either_unit_is_refused():
    people, problems = judged(raster([[3.4e38, 1.0]]))
    assert people is None
    assert kinds(problems) == ["people_raster_too_dense"]


def test_a_cell_that_the_ground_just_holds_is_used():
    people, problems = judged(raster([[1200.0, 1.0]]))  # 120,000 per km²
    assert (people.per_km2, problems) == (False, [])


def test_sums_of_areas_are_the_exact_shares_of_cells():
    half = [(box(0, 0, 15, 10), "s1", ""), (box(15, 0, 20, 20), "s2", "")]
    sums = sum_people(raster(KM_CELLS, cell=1000), fabric(half), fabric(half).subdistrict, UTM)
    assert sums.code.tolist() == ["s1", "s2"]
    assert sums.people == pytest.approx([300 + 200, 200 + 100])
    assert sums.known == pytest.approx([1, 1])


# --- everybody registered


def population(*rows):
    table = pd.DataFrame(rows, columns=["area_code", "age", "age_to", "persons", "as_of_date"])
    table = table.reindex(columns=[*COLUMNS]).astype(object)
    return table.assign(source_file="p.csv", area_kind="subdistrict", male=None, female=None)


def test_everybody_is_a_total_or_all_ages_together():
    table = population(
        ("a", None, None, 700, "2021-12-31"),
        ("b", 0, 9, 10, "2024-12-31"),
        ("b", 10, None, 90, "2024-12-31"),
        ("c", 0, 9, 10, "2024-12-31"),
    )
    assert registered_people(table, DAY) == {"a": 700.0, "b": 100.0}


def test_a_register_to_the_age_of_79_holds_nearly_everybody_and_one_of_children_does_not():
    table = population(
        ("a", 0, 17, 20, "2024-12-31"),
        ("a", 18, 79, 80, "2024-12-31"),
        ("b", 0, 17, 20, "2024-12-31"),
        ("c", 0, 78, 99, "2024-12-31"),
        ("d", 0, 17, 20, "2024-12-31"),
        ("d", 19, 99, 80, "2024-12-31"),
    )
    assert registered_people(table, DAY) == {"a": 100.0}


def test_everybody_is_of_the_nearest_day():
    table = population(("a", None, None, 700, "2021-12-31"), ("a", None, None, 800, "2024-06-30"))
    assert registered_people(table, DAY) == {"a": 800.0}
    assert registered_people(table.iloc[:0], DAY) == {}


# --- without a register

COUNTRY = [("0", age, age, 10, "2017-12-31") for age in range(100)] + [
    ("0", 100, None, 0, "2017-12-31")
]
PRIMARY = LevelAges("primary", 6, 11, "ป.1", 6)


def unknown():
    people = children(s1=0, s2=0)
    people.counts[:] = NAN
    return people


def estimated(people, counted=None, table=None, pupils=50) -> tuple[Children, list]:
    known = Known(
        population(*COUNTRY) if table is None else table,
        pd.DataFrame({"education_level": ["primary"], "students": [float(pupils)]}),
        (PRIMARY,),
        DAY,
    )
    land = fabric(LAND)
    return estimate_without_register(counted or unknown(), people, land, UTM, known, LIMITS)


def test_without_a_register_the_raster_s_people_times_the_age_structure_are_an_estimate():
    made, problems = estimated(raster(KM_CELLS, cell=1000))
    assert made.code.tolist() == ["s1", "s2"]
    # 1 of 100 is of each age: 400 people in the western half, 600 in the eastern.
    assert made.counts[:, 6, 2] == pytest.approx([4, 6])
    assert np.isnan(made.counts[:, :, :2]).all()
    assert made.method.tolist() == ["raster_estimate:2017"] * 2
    assert made.sources == ("p.csv", "population.tif")
    assert kinds(problems) == ["children_estimated"]
    # Six ages of ten each.
    assert problems[0].facts == {"areas": 2, "people": 1000, "children": 60, "pupils": 50}


def test_any_registered_child_keeps_the_raster_from_counting():
    counted = unknown()
    counted.counts[0, 6, 2] = 1
    made, problems = estimated(raster(KM_CELLS, cell=1000), counted)
    assert made is counted
    assert problems == []


def test_registered_children_without_an_area_keep_the_raster_from_counting_them_again():
    counted = unknown()
    counted.unplaced[6, 2] = 1
    made, problems = estimated(raster(KM_CELLS, cell=1000), counted)
    assert made is counted
    assert problems == []


def test_an_area_that_the_raster_does_not_know_stays_unknown():
    made, problems = estimated(raster([[100, NAN], [300, NAN]], cell=1000))
    assert made.counts[0, 6, 2] == pytest.approx(4)
    assert np.isnan(made.counts[1]).all()
    assert made.method.tolist() == ["raster_estimate:2017", "unknown"]
    assert kinds(problems) == ["children_estimated", "children_unknown_areas"]
    assert problems[1].facts["names"] == "s2"


def test_persons_per_km2_are_no_estimate():
    made, problems = estimated(raster(KM_CELLS, cell=1000, per_km2=True))
    assert np.isnan(made.counts).all()
    assert kinds(problems) == ["children_not_estimated"]


def test_people_without_an_age_structure_are_no_children():
    made, problems = estimated(raster(KM_CELLS, cell=1000), table=population())
    assert np.isnan(made.counts).all()
    assert kinds(problems) == ["children_not_estimated"]


def test_no_raster_estimates_nothing():
    counted = unknown()
    assert estimated(None, counted) == (counted, [])


# --- children per cell


def test_a_cell_holds_the_children_of_all_its_places_and_the_least_distance():
    faces = [(box(0, 0, 1.5, 3), "a", ""), (box(1.5, 0, 3, 3), "b", "")]
    made, _ = spread(children(a=9, b=18), ground(faces), raster([[1, 1, 1]] * 3))
    km = np.where(made.area == 0, 2.0, 1.0)
    bands = children_on_grid(made, np.array([9.0, 18.0]), km)
    assert bands[0] == pytest.approx(np.array([[2, 3, 4]] * 3))
    assert bands[1].tolist() == [[2, 1, 1]] * 3
    assert bands[0].sum() == pytest.approx(27)


def test_cells_without_places_and_areas_of_unknown_children_are_not_known():
    faces = [(box(0, 0, 1, 1), "a", ""), (box(1, 0, 2, 1), "b", "")]
    made, _ = spread(children(a=1, b=1), ground(faces))
    bands = children_on_grid(made, np.array([3.0, NAN]), np.array([1.0, np.inf]))
    assert bands[0, 2].tolist()[0] == 3
    assert np.isnan(bands[0]).sum() == np.isnan(bands[1]).sum() == 8
