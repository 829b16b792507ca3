import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gisapp.core.map_steps import COUNTED, Step
from gisapp.core.map_views import FIGURES, ITEMS, KINDS, NEEDS, VIEWS, known_items, make_views
from gisapp.core.profile_rows import School

STEPS = (
    Step("teachers", "few", None, 10),
    Step("teachers", "some", 10, 15),
    Step("teachers", "many", 15, None),
    Step("buildings", "0", 0, 0),
    Step("buildings", "low", 0, 15),
    Step("buildings", "high", 15, None),
    Step("utilities", "0", 0, 0),
    Step("utilities", "1", 1, 1),
)
SIZES = {
    "size_class_4": ("no_students", "small", "medium"),
    "size_class_7": ("no_students", "1", "2"),
    "small_band": ("0", "1-20", "21-40"),
}
V = make_views(STEPS, SIZES)


def test_every_view_ends_in_no_data_and_is_of_figures_or_of_kinds():
    assert set(VIEWS) == set(NEEDS) == set(FIGURES) | set(KINDS)
    assert all(view.classes[-1] == "nodata" for view in V.values())
    assert V["size"].classes == ("medium", "small", "no_students", "nodata")
    assert V["band"].classes == ("larger", "21-40", "1-20", "0", "nodata")
    assert V["teachers"].classes == ("few", "some", "many", "nodata")


def test_a_view_without_a_class_of_the_offices_tables_is_no_view():
    assert set(VIEWS) - set(V) == {"elevation", "rooms", "distance", "completeness"}
    bare = make_views((), {"size_class_4": ("small",)})
    assert set(bare) == {"size", "level", "special"}


@pytest.mark.parametrize(
    ("figure", "wanted"),
    [
        (None, "nodata"),
        (0.0, "few"),
        (9.999, "few"),
        (10.0, "some"),
        (14.999, "some"),
        (15.0, "many"),
        (400.0, "many"),
        (math.nan, "nodata"),
    ],
)
def test_a_figure_on_a_limit_belongs_to_the_class_that_starts_there(figure, wanted):
    assert V["teachers"].class_of(School("1", pupil_teacher_ratio=figure)) == wanted


@pytest.mark.parametrize(
    ("dilapidated", "buildings", "wanted"),
    [
        (0, 8, "0"),
        (1, 8, "low"),  # 12.5 %
        (3, 20, "high"),  # 15 % exactly
        (8, 8, "high"),
        (None, 8, "nodata"),
        (0, 0, "nodata"),
        (2, None, "nodata"),
    ],
)
def test_none_dilapidated_is_a_class_of_its_own_and_no_building_is_no_data(
    dilapidated, buildings, wanted
):
    school = School("1", dilapidated_buildings=dilapidated, buildings=buildings)
    assert V["buildings"].class_of(school) == wanted


def test_a_school_lacks_what_its_register_calls_none_and_nothing_else():
    def of(*stated):
        return V["utilities"].class_of(School("1", None, **dict(zip(names, stated, strict=True))))

    names = ("electricity", "water_source", "internet")
    assert of("ระบบจำหน่าย", "บ่อบาดาล", "ไม่มี") == "1"
    assert of("Northern grid", "well", "fibre") == "0"
    assert of("none", "well", "fibre") == "1"
    assert of("ระบบจำหน่าย", None, "ไม่มี") == "nodata"  # who knows whether there is water


def test_the_level_is_the_highest_one_on_offer():
    def level(text):
        return V["level"].class_of(School("1", levels_offered=text))

    assert level("pre_primary,primary,lower_secondary") == "lower_secondary"
    assert level("pre_primary") == "pre_primary"
    assert level(None) == "nodata"


def test_a_special_area_is_announced_or_not_or_unknown():
    def special(**flags):
        return V["special"].class_of(School("1", **flags))

    assert special(highland_official=True, island_official=True) == "highland"
    assert special(highland_official=False, island_official=True) == "island"
    assert special(special_area=True) == "special"
    assert special(highland_official=False) == "ordinary"
    assert special() == "nodata"


def test_a_band_is_for_small_schools_and_zero_is_not_unknown():
    def band(**known):
        return V["band"].class_of(School("1", **known))

    assert band(small_band="21-40", students=33) == "21-40"
    assert band(small_band="0", students=0) == "0"
    assert band(students=900) == "larger"
    assert band() == "nodata"


def test_completeness_counts_what_is_known_and_a_zero_is_known():
    full = School(
        "1",
        location_quality="surveyed",
        students=0,
        class_groups=0,
        teachers=0,
        buildings=0,
        electricity="ไม่มี",
        water_source="ไม่มี",
        internet="ไม่มี",
        photo_count=1,
    )
    assert known_items(full) == ITEMS
    assert known_items(School("1", photo_count=0, location_quality="subdistrict")) == ()
    assert FIGURES["completeness"](School("1", students=3)) == 1


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_steps_without_a_gap_hold_every_figure_once(figure):
    own = [step for step in STEPS if step.view == "teachers"]
    assert sum(step.holds(figure) for step in own) == 1


def test_the_most_that_is_counted_is_what_the_views_count():
    assert {"utilities": 3, "completeness": len(ITEMS)} == COUNTED
