"""The eight rounds: which forms each one has, in which layout, and with which faults."""

from collections.abc import Callable, Mapping

import numpy as np

from gisapp.core.rounds import Round
from gisapp.sample.faults.files import LATE
from gisapp.sample.faults.planted import cast
from gisapp.sample.round_carrying import carry_faults
from gisapp.sample.round_draft import (
    Draft,
    Material,
    add_basic_info,
    add_buildings,
    add_dmc,
    add_emis_pages,
    add_highland,
    add_long,
    add_national,
    add_population,
    add_register,
    add_staff,
    add_villages,
    add_wide,
)
from gisapp.sample.round_sources import (
    add_bad_population,
    add_corrections,
    add_foreign_population,
    add_nameless,
    add_other_list,
    add_others,
    add_points,
    add_second_source,
    add_strays,
    add_tests,
)
from gisapp.sample.schools.buildings import draw_buildings
from gisapp.sample.schools.cohorts import make_enrolment, village_children
from gisapp.sample.schools.make import make_schools
from gisapp.sample.world.make import World

_BLANKS = tuple(f"blank{number}" for number in range(1, 7))


def gather_material(world: World, seed: int) -> Material:
    """Make schools, pupils and structures. The same world and seed give the same."""
    schools = make_schools(world, seed)
    children = village_children(world, seed)
    enrolment = make_enrolment(schools, children, seed)
    fullest = np.max([e.rooms for e in enrolment.values()], axis=0)
    return Material(
        world=world,
        schools=schools,
        children=children,
        enrolment=enrolment,
        buildings=draw_buildings(schools.schools, fullest, seed),
        roles=cast(schools),
        seed=seed,
    )


def make_rounds(material: Material) -> list[Draft]:
    """Put all rounds together, oldest first, with the faults that each check will find."""
    drafts = []
    for name, add_sheets in _ROUNDS.items():
        draft = Draft(material, Round.parse(name))
        add_sheets(draft)
        drafts.append(draft)
    drafts.sort(key=lambda draft: draft.round_)
    carry_faults(drafts)
    return drafts


def _first(draft: Draft) -> None:
    faults = (*_BLANKS, "swapped", "utm", "zero", "outside_office", "outside_country")
    add_register(
        draft, "ทะเบียนโรงเรียน_2563.xlsx", faults, forgotten=("blank2", "blank3"), plain=True
    )
    add_wide(
        draft,
        "นักเรียนรายโรง_10มิย63.xlsx",
        codes_as_text=False,
        roomless=("roomless1",),
        renamed=("renamed",),
    )
    add_villages(draft, "เขตบริการ_2562.xlsx", 2562, {"unknown_village"})
    add_others(draft, "โรงเรียนสังกัดอื่น_2563.xlsx", "utm")


def _national(draft: Draft) -> None:
    add_national(
        draft, "DMC641.xlsx", (*_BLANKS[:5], "swapped", "expansion"), forgotten=("blank2", "blank3")
    )
    _mark_empty_levels(draft)
    add_others(draft, "โรงเรียนสังกัดอื่น_2564.xlsx", "swapped")
    add_buildings(draft, "B-OBEC_2563.xlsx", 2563, {"unknown_condition", "bad_year"})
    add_staff(draft, "อัตรากำลัง_2564.xlsx", {"staff_unmatched", "heading_near"})


def _mark_empty_levels(draft: Draft) -> None:
    """Note the schools that run out, which state a kindergarten and have no children in it."""
    sheet = draft.sheets[-1]
    for school in draft.material.schools.schools:
        if school.rank == "zero":
            draft.ledger.mark(sheet, school.smis_code, "highest_grade", "level_empty")


def _long(draft: Draft) -> None:
    faults = (
        *(*_BLANKS[:5], "swapped", "shared", "distance"),
        *("half", "indian", "one_cell", "whole_degrees", "closed"),
    )
    add_register(draft, "ทะเบียนโรงเรียน_2565.xlsx", faults, forgotten=("blank2", "blank3"))
    add_long(draft, "student_2565_1.csv", roomless=("roomless1", "roomless2"))
    add_population(draft, "stat_pop_6412.txt", 2564)
    add_others(draft, "โรงเรียนสังกัดอื่น_2565.xlsx", "lost_points")


def _json(draft: Draft) -> None:
    schools = draft.material.schools.schools
    late = [s.smis_code for s in schools if s.rank == "medium" and s.expansion][3:6]
    add_dmc(draft, "2566-1-schoolmis-99010000.json", roomless=("roomless3",), without=late)
    add_emis_pages(draft, "emis_student_2566.csv", late)
    add_basic_info(draft, "emis_general_2566.xlsx", unmatched=True)
    add_buildings(draft, "B-OBEC_2565.xlsx", 2565, {"number_ignored", "bad_year"})
    add_others(draft, "โรงเรียนสังกัดอื่น_2566.xlsx", "commas")
    add_tests(draft, "NT_ป3.xlsx", None)


def _text_codes(draft: Draft) -> None:
    faults = (
        *(*_BLANKS[:4], "swapped", "utm", "unknown_subdistrict", "percode", "website"),
        *("comma", "dms", "bad_point", "script"),
    )
    add_register(draft, "ทะเบียนโรงเรียน_2567.xlsx", faults, forgotten=("blank2", "blank3", "utm"))
    add_wide(
        draft,
        "นักเรียนรายโรง_10มิย67.xlsx",
        codes_as_text=True,
        roomless=("roomless1", "roomless3"),
        renamed=("renamed", "renamed_too"),
        remarks=True,
    )
    add_villages(
        draft,
        "เขตบริการ_2566.xlsx",
        2566,
        {"share_sum", "village_unmatched", "unknown_level"},
        "ประกาศเขตพื้นที่บริการ_2566.txt",
    )
    add_staff(draft, "อัตรากำลัง_2567.xlsx", {"staff_unmatched", "staff_total", "number_ignored"})
    add_population(draft, "stat_pop_6612.txt", 2566)
    add_foreign_population(draft, "population_2023.csv", 2566)
    add_others(draft, "โรงเรียนสังกัดอื่น_2567.xlsx", "one_cell")
    add_nameless(draft, "รายชื่อห้องเรียนสาขา.xlsx")
    add_corrections(draft)


def _year_end(draft: Draft) -> None:
    add_dmc(draft, "นักเรียนสิ้นปี_2567.xlsx", roomless=("roomless2",))


def _fullest(draft: Draft) -> None:
    doubts = ("swapped", "utm", "shared", "outside_subdistrict", "lost_point")
    other = ("no_subdistrict", "ministry_code", "distance")
    finer = ("near", "few_decimals", "outside_district", "moved")
    add_register(
        draft,
        "ทะเบียนโรงเรียน_2568.xlsx",
        (*_BLANKS[:3], *doubts, *other, *finer),
        forgotten=("blank2", "blank3", "utm", "outside_subdistrict", "lost_point"),
    )
    add_wide(
        draft,
        "นักเรียนรายโรง_10มิย68.xlsx",
        codes_as_text=False,
        roomless=("roomless1", "roomless2", "roomless3"),
        renamed=("renamed",),
        jumping=("jump",),
        without=("unreported",),
        remarks=True,
    )
    unreported = draft.material.roles["unreported"].smis_code
    draft.ledger.mark(draft.sheets[0], unreported, "smis_code", "no_enrolment")
    _add_lists_of_fullest(draft)


def _add_lists_of_fullest(draft: Draft) -> None:
    """Add every list that an office can have beside its register and its pupils."""
    add_basic_info(draft, "emis_general_2568.xlsx")
    add_buildings(
        draft,
        "B-OBEC_2567.xlsx",
        2567,
        {
            *("unknown_condition", "bad_year", "number_ignored", "building_unmatched"),
            *("building_before_school", "built_in_future", "building_twice"),
        },
    )
    add_villages(
        draft,
        "เขตบริการ_2567.xlsx",
        2567,
        {
            *("unknown_village", "share_sum", "village_shared", "village_name_differs"),
            *("village_repeated", "number_ignored"),
        },
    )
    add_staff(
        draft,
        "อัตรากำลัง_2568.xlsx",
        {"staff_unmatched", "staff_twice", "no_teachers", "teachers_without_pupils"},
    )
    add_population(draft, "stat_pop_6712.txt", 2567, "ประชากรรายหมู่บ้าน_2567.csv")
    add_highland(draft, "หลักฐานพื้นที่สูง_2568.xlsx")
    add_others(draft, "โรงเรียนสังกัดอื่น_2568.xlsx", "dms")
    add_tests(draft, "NT_ป3_2567.xlsx", 2567, faults=True)
    add_second_source(draft, "DMC681.xlsx")


def _blocked(draft: Draft) -> None:
    add_register(
        draft,
        "ทะเบียนโรงเรียน_2568_2.xlsx",
        (*_BLANKS[:2], "utm", "outside_subdistrict"),
        forgotten=("blank2", "utm"),
    )
    add_wide(
        draft,
        "นักเรียนรายโรง_10พย68.xlsx",
        codes_as_text=False,
        roomless=("roomless1",),
        renamed=("renamed",),
        without=LATE,
        blocks=True,
    )
    add_basic_info(draft, "emis_general_2568_2.xlsx")
    add_buildings(draft, "B-OBEC_2568.xlsx", 2568, {"unknown_condition"})
    add_staff(draft, "อัตรากำลัง_2568_2.xlsx")
    add_highland(draft, "หลักฐานพื้นที่สูง_2568_2.xlsx")
    add_points(draft, "จุดโรงเรียน.csv")
    add_strays(draft)
    add_bad_population(draft, "stat_pop_6712_แก้ไข.txt", "population_2024.csv", 2567)
    add_other_list(draft, "emis_general_เก่า.xlsx")
    late = draft.material.roles["late5"].smis_code  # its pupils stand in no grade
    draft.ledger.mark(draft.sheets[0], late, "smis_code", "no_enrolment")
    register = draft.sheets[0]
    for name in ("near", "moved"):  # back where they were a year ago
        code = draft.material.roles[name].smis_code
        draft.ledger.mark(register, code, "lat", "moved_point")


_ROUNDS: Mapping[str, Callable[[Draft], None]] = {
    "2563-1": _first,
    "2564-1": _national,
    "2565-1": _long,
    "2566-1": _json,
    "2567-1": _text_codes,
    "2568-1": _fullest,
    "2567-3": _year_end,
    "2568-2": _blocked,
}
