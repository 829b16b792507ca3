import re
from itertools import pairwise

import geopandas as gpd
import numpy as np
import pytest

from gisapp.sample.schools.cohorts import GRADE_CODES, born_in, class_groups
from gisapp.sample.schools.sites import COUNTS
from gisapp.sample.sheets.staff import teachers_required

TERM_ONE = [f"{year}-1" for year in range(2563, 2569)]
NEXT_GRADE = [
    (GRADE_CODES.index(below), GRADE_CODES.index(above))
    for below, above in pairwise(GRADE_CODES)
    if above not in ("k2", "m1", "m4")
]


def grades(**pupils: int) -> np.ndarray:
    return np.array([pupils.get(code, 0) for code in GRADE_CODES])


# --- codes and names --------------------------------------------------------------------


def test_every_code_is_of_the_office_and_used_once(material):
    codes = [school.smis_code for school in material.schools.schools]
    assert len(codes) == len(set(codes)) == 120
    assert all(re.fullmatch(r"9901\d{4}(-1)?", code) for code in codes)


def test_a_ministry_code_is_affiliation_province_and_percode(material):
    own = [school for school in material.schools.schools if not school.branch_of]
    for school in own:
        assert school.ministry_code == "10" + "99" + school.percode
        assert len(school.percode) == 6
    assert len({school.percode for school in own}) == len(own)
    assert any(school.percode.startswith("0") for school in own)


def test_a_branch_has_its_main_schools_code_and_a_number(material):
    branches = [school for school in material.schools.schools if school.branch_of]
    assert len(branches) == 3
    for branch in branches:
        main = material.schools.by_code[branch.branch_of]
        assert branch.smis_code == f"{main.smis_code}-1"
        assert branch.name_th.startswith(f"{main.name_th} สาขา")
        assert (branch.ministry_code, branch.percode) == ("", "")


def test_names_differ_and_leave_out_the_word_for_school(material):
    names = [school.name_th for school in material.schools.schools]
    assert len(set(names)) == len(names)
    assert not any(name.startswith("โรงเรียน") for name in names)
    assert sum(name.startswith("อนุบาล") for name in names) == 5
    assert any(name.startswith("ชุมชน") for name in names)
    assert any(name.endswith("วิทยา") for name in names)


# --- places -----------------------------------------------------------------------------


def test_every_school_stands_in_its_own_subdistrict(material):
    area = material.world.subdistricts.set_index("subdistrict_code").geometry
    schools = material.schools.schools
    points = gpd.GeoSeries.from_xy([s.lon for s in schools], [s.lat for s in schools])
    for school, point in zip(schools, points, strict=True):
        assert area[school.subdistrict_code].covers(point), school.name_th


def test_no_two_schools_share_a_point(material):
    points = {(school.lon, school.lat) for school in material.schools.schools}
    assert len(points) == 120


def test_the_kinds_of_school_that_planning_asks_for_all_occur(material):
    schools = material.schools.schools
    assert {rank: sum(s.rank == rank for s in schools) for rank in COUNTS} == COUNTS
    assert sum(school.expansion for school in schools) == 20
    assert sum(school.highland for school in schools) == 14
    assert sum(school.island for school in schools) == 1
    assert sum(school.grades[1] == "m6" for school in schools) == 1


def test_announced_highland_schools_stand_higher_than_the_rest(material):
    high = [s.elevation_m for s in material.schools.schools if s.highland]
    rest = [s.elevation_m for s in material.schools.schools if not s.highland]
    assert min(high) > 500
    assert np.median(high) > 3 * np.median(rest)


# --- service areas ----------------------------------------------------------------------


def test_every_village_is_served_at_primary_level_and_its_shares_make_one(material):
    share = np.zeros(len(material.world.villages))
    for service in material.schools.services:
        if service.education_level == "primary":
            share[service.village] += service.share
    assert share == pytest.approx(1)


def test_some_villages_are_joint_and_no_emptied_school_serves_any(material):
    schools = material.schools.schools
    assert sum(service.share < 1 for service in material.schools.services) >= 10
    assert not any(schools[service.school].rank == "zero" for service in material.schools.services)


def test_only_expansion_schools_have_a_lower_secondary_zone(material):
    schools = material.schools.schools
    lower = {s.school for s in material.schools.services if s.education_level == "lower_secondary"}
    assert lower == {place for place, school in enumerate(schools) if school.expansion}


def test_the_island_school_serves_the_island_and_nobody_else_does(material):
    on_island = set(np.flatnonzero(material.world.villages["on_island"]))
    [island] = [p for p, school in enumerate(material.schools.schools) if school.island]
    primary = [s for s in material.schools.services if s.education_level == "primary"]
    assert {s.village for s in primary if s.school == island} == on_island
    assert {s.school for s in primary if s.village in on_island} == {island}


# --- pupils -----------------------------------------------------------------------------


def test_first_graders_of_2568_were_born_in_2561():
    # Compulsory Education Act 2545: the cohort of academic year Y was born in Y - 7.
    assert born_in("p1", 2568) == 2561
    assert born_in("k1", 2568) == 2564
    assert born_in("m1", 2568) == 2555


def test_a_class_moves_up_from_year_to_year_but_for_a_few(material):
    for before, after in pairwise(TERM_ONE):
        old, new = material.enrolment[before].pupils, material.enrolment[after].pupils
        for below, above in NEXT_GRADE:
            taught = old[:, below].sum(axis=1) > 0
            change = np.abs(new[taught, above] - old[taught, below])
            stays = new[taught, above].sum(axis=1) > 0
            limit = np.maximum(1, old[taught, below] // 10)
            assert (change[stays] <= limit[stays]).all(), (after, GRADE_CODES[above])


def test_a_later_round_of_a_year_differs_by_one_in_a_class_at_most(material):
    for first, later in (("2567-1", "2567-3"), ("2568-1", "2568-2")):
        change = material.enrolment[later].pupils - material.enrolment[first].pupils
        assert np.abs(change).max() == 1


def test_the_office_shrinks_every_year_to_about_eighteen_thousand(material):
    whole = [int(material.enrolment[name].pupils.sum()) for name in TERM_ONE]
    assert whole == sorted(whole, reverse=True)
    assert 17_000 <= whole[-1] <= 18_500


def test_size_classes_of_2568_are_those_of_their_rank(material):
    # Limits of the four classes: 120, 600 and 1,500 pupils.
    limits = {
        "xlarge": (1501, 9999),
        "large": (601, 1500),
        "medium": (121, 600),
        "small": (1, 120),
        "unreported": (1, 120),
        "zero": (0, 0),
    }
    whole = material.enrolment["2568-1"].pupils.sum(axis=(1, 2))
    for school, pupils in zip(material.schools.schools, whole, strict=True):
        low, high = limits[school.rank]
        assert low <= pupils <= high, school.name_th


def test_the_emptied_schools_run_out_class_by_class(material):
    for place, school in enumerate(material.schools.schools):
        if school.rank == "zero":
            pupils = [int(material.enrolment[name].pupils[place].sum()) for name in TERM_ONE]
            assert pupils == [10, 6, 3, 0, 0, 0]


def test_schools_with_more_children_in_their_zone_have_more_pupils(material):
    zone = np.zeros(len(material.schools.schools))
    for service in material.schools.services:
        if service.education_level == "primary":
            zone[service.school] += service.share * material.children[service.village].sum()
    pupils = material.enrolment["2568-1"].pupils.sum(axis=(1, 2))
    village = [p for p, s in enumerate(material.schools.schools) if s.rank in ("small", "medium")]
    rank_of = [np.argsort(np.argsort(values[village])) for values in (zone, pupils)]
    assert np.corrcoef(*rank_of)[0, 1] > 0.8


def test_class_groups_follow_the_old_criteria():
    pupils = [0, 1, 40, 49, 50, 80, 89, 90]
    assert [class_groups(grades(p1=n)[None])[0].sum() for n in pupils] == [0, 1, 1, 1, 2, 2, 2, 3]
    assert [class_groups(grades(k2=n)[None])[0].sum() for n in (30, 39, 40)] == [1, 1, 2]


def test_teachers_follow_the_old_criteria():
    small = [(1, 1), (20, 1), (21, 2), (100, 5), (101, 6), (120, 6)]
    for pupils, teachers in small:
        assert (
            teachers_required(grades(p1=pupils), class_groups(grades(p1=pupils)[None])[0])
            == teachers
        )
    # 40 in two kindergarten groups: (2·30/25 + 40/25) / 2 = 2;
    # 120 in six primary groups: (6·40/25 + 120/25) / 2 = 7.2; three groups of ม.: 3·40/20 = 6.
    pupils = grades(**dict.fromkeys(("k2", "k3", "p1", "p2", "p3", "p4", "p5", "p6"), 20))
    assert teachers_required(pupils, class_groups(pupils[None])[0]) == 2 + 7
    more = pupils + grades(m1=15, m2=15, m3=15)
    assert teachers_required(more, class_groups(more[None])[0]) == 2 + 7 + 6


# --- structures -------------------------------------------------------------------------


def test_every_school_has_two_to_twelve_structures_and_a_classroom(material):
    for structures in material.buildings.values():
        assert 2 <= len(structures) <= 12
        assert [b.sequence for b in structures] == list(range(1, len(structures) + 1))
        assert [b.built_be for b in structures] == sorted(b.built_be for b in structures)
        assert any(b.design.building_type == "อาคารเรียน" for b in structures)


def test_a_structure_never_gets_better_with_age(material):
    worse = {"ดี": 0, "พอใช้": 1, "ทรุดโทรม": 2}
    seen = set()
    for structures in material.buildings.values():
        for building in structures:
            stages = [worse[building.condition(year)] for year in range(2560, 2580)]
            assert stages == sorted(stages)
            seen |= {building.condition(2568)}
    assert seen == set(worse)
