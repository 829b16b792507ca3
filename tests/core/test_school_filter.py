import random

from hypothesis import given
from hypothesis import strategies as st

from gisapp.core.profile_rows import School
from gisapp.core.school_filter import (
    SchoolFilter,
    condition_of,
    facet_counts,
    has_trait,
    pick,
    size_of,
    thai_order,
    total,
    type_of,
)

A = School(
    "1",
    school_name_th="บ้านเมฆ",
    district="ก",
    students=100,
    male=60,
    female=40,
    teachers=5,
    size_class_4="small",
    levels_offered="pre_primary,primary",
    highland_official=True,
    lon=98.0,
    lat=19.0,
)
B = School(
    "2",
    school_name_th="วัดดาว",
    district="ก",
    students=300,
    size_class_4="medium",
    levels_offered="primary,lower_secondary",
    location_quality="subdistrict",
    lon=98.1,
    lat=19.0,
)
C = School("3", school_name_th="Ban X", district="ข", students=None, teachers=4)
D = School(
    "4",
    school_name_th="บ้านร้าง",
    district="ข",
    students=0,
    male=0,
    female=0,
    teachers=0,
    size_class_4="no_students",
    levels_offered="primary",
    lon=98.2,
    lat=19.0,
)
ALL = (A, B, C, D)


def asking(**chosen):
    return SchoolFilter(chosen=tuple((name, values) for name, values in chosen.items()))


def test_nothing_asked_gives_every_school_in_its_order():
    assert pick(ALL, SchoolFilter()) == ALL
    assert pick((), asking(district=("ก",))) == ()


def test_choices_of_one_group_add_up_and_groups_narrow_each_other():
    assert pick(ALL, asking(district=("ก", "ข"))) == ALL
    assert pick(ALL, asking(district=("ก",), size=("medium",))) == (B,)
    assert pick(ALL, asking(level=("lower_secondary", "pre_primary"))) == (A, B)
    assert pick(ALL, asking(size=("none",))) == ()


def test_a_school_nobody_counted_is_no_data_not_zero():
    assert size_of(C) == "nodata"
    assert size_of(D) == "no_students"
    assert pick(ALL, asking(size=("nodata",))) == (C,)


def test_an_unknown_trait_is_not_had():
    assert has_trait(A, "highland")
    assert not has_trait(B, "highland")
    assert pick(ALL, asking(trait=("standin",))) == (B,)
    assert pick(ALL, asking(trait=("standin", "highland"))) == ()


def test_a_text_leaves_the_schools_that_it_means_and_none_where_it_means_none():
    assert pick(ALL, SchoolFilter("ดาว"), {"2"}) == (B,)
    assert pick(ALL, asking(district=("ข",)), {"2", "4"}) == (D,)
    assert pick(ALL, SchoolFilter("ดาว"), frozenset()) == ()


def test_a_class_of_the_view_is_a_filter_and_a_school_without_one_has_no_data():
    class_of = {"1": "low", "2": "high"}
    assert pick(ALL, asking(**{"class": ("low",)}), None, class_of) == (A,)
    assert pick(ALL, asking(**{"class": ("nodata",)}), None, class_of) == (C, D)
    counts = facet_counts(ALL, asking(**{"class": ("low",)}), None, class_of)
    assert counts["class"] == {"low": 1, "high": 1, "nodata": 2}
    assert counts["district"] == {"ก": 1}


def test_the_type_of_a_school_follows_from_what_it_teaches():
    types = {
        "pre_primary,primary": "primary",
        "primary,lower_secondary": "expansion",
        "lower_secondary,upper_secondary": "secondary",
        "pre_primary": "pre_primary",
        None: "nodata",
    }
    for levels, wanted in types.items():
        assert type_of(School("9", levels_offered=levels)) == wanted
    for flag, wanted in ((True, "expansion"), (False, "primary")):
        both = School("9", levels_offered="primary,lower_secondary", expansion_school=flag)
        assert type_of(both) == wanted


def test_buildings_nobody_counted_are_no_data_and_none_dilapidated_is_sound():
    states = {None: "nodata", 0: "sound", 1: "dilapidated", 7: "dilapidated"}
    for count, wanted in states.items():
        assert condition_of(School("9", dilapidated_buildings=count)) == wanted


def test_totals_leave_the_unknown_out_and_divide_sums():
    sums = total(ALL)
    assert (sums.schools, sums.students, sums.uncounted, sums.standins, sums.nowhere) == (
        4,
        400,
        1,
        1,
        1,
    )
    # Only A and D know both pupils and teachers: (100 + 0) / (5 + 0).
    assert sums.pupils_per_teacher == 20
    assert sums.small_share == 1 / 3
    nobody = total((C,))
    assert (nobody.students, nobody.pupils_per_teacher) == (None, None)
    assert (nobody.small, nobody.small_share) == (None, None)  # not "no small school"
    assert total(()).students is None
    assert total((D,)).students == 0
    assert total((D,)).pupils_per_teacher is None


def test_a_count_beside_a_choice_is_what_choosing_it_alone_would_show():
    counts = facet_counts(ALL, asking(district=("ก",), size=("small",)))
    assert counts["size"] == {"small": 1, "medium": 1}
    assert counts["district"] == {"ก": 1}
    assert counts["level"] == {"pre_primary": 1, "primary": 1}


@given(st.integers(0, 10_000))
def test_counts_agree_with_picking_whatever_is_asked(seed):
    rng = random.Random(seed)  # noqa: S311 - a test's own dice
    sizes = ("xlarge", "large", "medium", "small", "no_students")
    schools = tuple(
        School(
            str(n),
            district=rng.choice("กขค"),
            size_class_4=rng.choice([*sizes, None]),
            levels_offered=rng.choice(["primary", "pre_primary,primary", None]),
            highland_official=rng.choice([True, False, None]),
            special_area=rng.choice([True, False, None]),
        )
        for n in range(rng.randrange(30))
    )
    groups = {
        "district": tuple("กขค"),
        "size": (*sizes, "nodata"),
        "level": ("primary", "pre_primary"),
        "trait": ("highland", "special"),
    }
    chosen = {
        facet: tuple(rng.sample(values, rng.randrange(3))) for facet, values in groups.items()
    }
    counts = facet_counts(schools, asking(**chosen))
    for facet, values in groups.items():
        for value in values:
            alone = asking(**{**chosen, facet: (value,)})
            assert counts[facet][value] == len(pick(schools, alone))


def test_thai_names_sort_by_their_consonant():
    names = ["เมือง", "กลาง", "แม่ริม", "ไร่", "นาดี", "นาดี้"]
    assert sorted(names, key=thai_order) == ["กลาง", "นาดี", "นาดี้", "เมือง", "แม่ริม", "ไร่"]
