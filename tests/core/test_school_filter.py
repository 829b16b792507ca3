import random

from hypothesis import given
from hypothesis import strategies as st

from gisapp.core.profile_rows import School
from gisapp.core.school_filter import (
    SIZES,
    SchoolFilter,
    facet_counts,
    has_trait,
    pick,
    size_of,
    thai_order,
    total,
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


def test_nothing_asked_gives_every_school_in_its_order():
    assert pick(ALL, SchoolFilter()) == ALL
    assert pick((), SchoolFilter(districts=("ก",))) == ()


def test_choices_of_one_group_add_up_and_groups_narrow_each_other():
    assert pick(ALL, SchoolFilter(districts=("ก", "ข"))) == ALL
    assert pick(ALL, SchoolFilter(districts=("ก",), sizes=("medium",))) == (B,)
    assert pick(ALL, SchoolFilter(levels=("lower_secondary", "pre_primary"))) == (A, B)
    assert pick(ALL, SchoolFilter(sizes=("none",))) == ()


def test_a_school_nobody_counted_is_no_data_not_zero():
    assert size_of(C) == "nodata"
    assert size_of(D) == "no_students"
    assert pick(ALL, SchoolFilter(sizes=("nodata",))) == (C,)


def test_an_unknown_trait_is_not_had():
    assert has_trait(A, "highland")
    assert not has_trait(B, "highland")
    assert pick(ALL, SchoolFilter(traits=("standin",))) == (B,)
    assert pick(ALL, SchoolFilter(traits=("standin", "highland"))) == ()


def test_text_is_found_in_names_places_villages_and_at_the_start_of_codes():
    assert pick(ALL, SchoolFilter(text="ดาว")) == (B,)
    assert pick(ALL, SchoolFilter(text="ban x")) == (C,)
    assert pick(ALL, SchoolFilter(text="ป่าแดง"), {"4": "บ้านป่าแดง บ้านนา"}) == (D,)
    assert pick((School("99010012"),), SchoolFilter(text="9901")) == (School("99010012"),)
    assert pick((School("99010012"),), SchoolFilter(text="0012")) == ()


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
    assert (nobody.students, nobody.pupils_per_teacher, nobody.small_share) == (None, None, None)
    assert total(()).students is None
    assert total((D,)).students == 0
    assert total((D,)).pupils_per_teacher is None


def test_a_count_beside_a_choice_is_what_choosing_it_alone_would_show():
    asked = SchoolFilter(districts=("ก",), sizes=("small",))
    counts = facet_counts(ALL, asked, {})
    assert counts["size"] == {"small": 1, "medium": 1}
    assert counts["district"] == {"ก": 1}
    assert counts["level"] == {"pre_primary": 1, "primary": 1}


@given(st.integers(0, 10_000))
def test_counts_agree_with_picking_whatever_is_asked(seed):
    rng = random.Random(seed)  # noqa: S311 - a test's own dice
    schools = tuple(
        School(
            str(n),
            district=rng.choice("กขค"),
            size_class_4=rng.choice([*SIZES[:5], None]),
            levels_offered=rng.choice(["primary", "pre_primary,primary", None]),
        )
        for n in range(rng.randrange(30))
    )
    asked = SchoolFilter(
        districts=tuple(rng.sample("กขค", rng.randrange(3))),
        sizes=tuple(rng.sample(SIZES, rng.randrange(3))),
    )
    counts = facet_counts(schools, asked, {})
    for size in SIZES:
        alone = SchoolFilter(districts=asked.districts, sizes=(size,))
        assert counts["size"][size] == len(pick(schools, alone))


def test_thai_names_sort_by_their_consonant():
    names = ["เมือง", "กลาง", "แม่ริม", "ไร่", "นาดี", "นาดี้"]
    assert sorted(names, key=thai_order) == ["กลาง", "นาดี", "นาดี้", "เมือง", "แม่ริม", "ไร่"]
