import dataclasses
import math
import random

import pandas as pd
import pytest

from gisapp.core.overview import (
    COLUMNS,
    GROUPS,
    SUMMED,
    add_up,
    add_up_all,
    make_table,
    nothing_added,
)
from gisapp.core.profile_rows import School
from gisapp.core.school_filter import total

A = School(
    "1",
    district="ก",
    school_network="น1",
    subdistrict_code="990101",
    students=100,
    male=60,
    female=40,
    primary=70,
    pre_primary=30,
    class_groups=8,
    teachers=5,
    dilapidated_buildings=1,
    size_class_4="small",
    levels_offered="pre_primary,primary",
    highland_official=True,
)
B = School(
    "2",
    district="ก",
    school_network="น2",
    subdistrict_code="990102",
    students=300,
    class_groups=10,
    size_class_4="medium",
    levels_offered="primary,lower_secondary",
    expansion_school=True,
    highland_official=False,
)
C = School("3", district="ข", teachers=4)
D = School(
    "4", students=0, male=0, female=0, class_groups=0, teachers=0, size_class_4="no_students"
)
ALL = (A, B, C, D)


def added(schools, by, chosen=None):
    table = make_table(schools)
    return add_up(table, table.places(schools if chosen is None else chosen), by)


def test_a_district_adds_up_what_its_schools_state():
    found = added(ALL, "district")
    assert list(found) == ["ก", "ข", ""]
    one = found["ก"]
    assert (one.schools, one.students, one.male, one.female) == (2, 400, 60, 40)
    assert (one.pre_primary, one.primary, one.lower_secondary) == (30, 70, None)
    assert (one.class_groups, one.teachers) == (18, 5)
    assert (one.small, one.highland_official, one.dilapidated_buildings) == (1, 1, 1)
    assert one.small_share == 0.5
    assert one.lacking["teachers"] == 1
    assert one.lacking["students"] == 0


def test_a_ratio_divides_sums_of_schools_that_know_both():
    office = added(ALL, "office")[""]
    # B's 300 pupils have no known teachers, C's 4 teachers no known pupils.
    assert office.pupils_per_teacher == 100 / 5
    assert office.pupils_per_class == 400 / 18


def test_a_ratio_is_no_average_of_ratios():
    schools = (
        School("1", students=10, teachers=5),
        School("2", students=90, teachers=3),
    )
    assert added(schools, "office")[""].pupils_per_teacher == 100 / 8
    assert added(schools, "office")[""].pupils_per_teacher != (10 / 5 + 90 / 3) / 2


def test_unknown_is_none_and_zero_is_zero():
    unknown, empty = added(ALL, "district")["ข"], added(ALL, "district")[""]
    assert (unknown.students, unknown.small, unknown.small_share) == (None, None, None)
    assert unknown.pupils_per_teacher is None
    assert (empty.students, empty.small, empty.small_share) == (0, 0, 0.0)
    assert empty.pupils_per_teacher is None


def test_only_chosen_schools_are_added_and_groups_without_one_are_left_out():
    assert list(added(ALL, "district", (C,))) == ["ข"]
    assert added(ALL, "type", (B, D)).keys() == {"expansion", "nodata"}
    assert added(ALL, "size", ()) == {}
    assert added((), "office") == {}


def test_nothing_at_all_knows_nothing_and_lacks_nothing():
    nothing = nothing_added()
    assert nothing.schools == 0
    assert nothing.small_share is None
    assert {getattr(nothing, name) for name in SUMMED} == {None}
    assert set(nothing.lacking.values()) == {0}


def made_up(seed, number=300):
    chance = random.Random(seed)  # noqa: S311 - always the same schools

    def some(value):
        return value if chance.random() > 0.15 else None

    schools = []
    for n in range(number):
        students = some(chance.randrange(700))
        size = None if students is None else "small" if students <= 120 else "medium"
        schools.append(
            School(
                str(n),
                district=some(f"อำเภอ {chance.randrange(7)}"),
                school_network=some(f"เครือข่าย {chance.randrange(20)}"),
                subdistrict_code=some(f"99{chance.randrange(40):04}"),
                students=students,
                class_groups=some(chance.randrange(20)),
                teachers=some(chance.randrange(30)),
                dilapidated_buildings=some(chance.randrange(3)),
                size_class_4=size,
                levels_offered=some("primary"),
                highland_official=some(chance.random() < 0.2),
            )
        )
    return tuple(schools)


@pytest.mark.parametrize("by", GROUPS)
def test_every_grouping_adds_up_to_the_office(by):
    schools = made_up(1)
    office, groups = added(schools, "office")[""], added(schools, by).values()
    for name in ("schools", *SUMMED):
        stated = [getattr(group, name) for group in groups if getattr(group, name) is not None]
        assert (sum(stated) if stated else None) == getattr(office, name), name
    for name in SUMMED:
        assert sum(group.lacking[name] for group in groups) == office.lacking[name]


def test_the_office_is_what_the_counters_say():
    schools = made_up(2)
    office, counters = added(schools, "office")[""], total(schools)
    assert office.students == counters.students
    assert office.class_groups == counters.class_groups
    assert office.teachers == counters.teachers
    assert office.small == counters.small
    assert office.lacking["students"] == counters.uncounted
    assert math.isclose(office.small_share, counters.small_share)
    assert math.isclose(office.pupils_per_teacher, counters.pupils_per_teacher)


def test_pandas_finds_the_same_sums_and_ratios():
    schools = made_up(3)
    frame = pd.DataFrame([dataclasses.asdict(school) for school in schools])
    frame["school_network"] = frame["school_network"].fillna("")
    found = added(schools, "network")
    assert set(found) == set(frame["school_network"])
    for name, rows in frame.groupby("school_network"):
        group = found[name]
        assert group.schools == len(rows)
        assert group.teachers == rows["teachers"].sum(min_count=1)
        assert group.lacking["teachers"] == rows["teachers"].isna().sum()
        both = rows.dropna(subset=["students", "teachers"])
        expected = both["students"].sum() / both["teachers"].sum()
        assert math.isclose(group.pupils_per_teacher, expected)


def test_one_more_school_never_makes_a_sum_smaller():
    schools = made_up(4, 60)
    for number in (1, 20, 59):
        fewer, more = (added(schools[:n], "office")[""] for n in (number, number + 1))
        for name in ("schools", *SUMMED):
            assert (getattr(more, name) or 0) >= (getattr(fewer, name) or 0)


@pytest.mark.parametrize("schools", [(), (C,), ALL, made_up(5)], ids=["none", "one", "few", "many"])
def test_bare_columns_add_up_to_the_same_as_schools(schools):
    raw = {name: [getattr(school, name) for school in schools] for name in COLUMNS}
    assert add_up_all(raw) == added(schools, "office").get("")
