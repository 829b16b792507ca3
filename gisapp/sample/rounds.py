"""The eight rounds: which forms each one has, in which layout, and with which faults."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from gisapp.core.rounds import Round
from gisapp.sample.faults.planted import cast
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
from gisapp.sample.schools.buildings import draw_buildings
from gisapp.sample.schools.cohorts import make_enrolment, village_children
from gisapp.sample.schools.make import make_schools
from gisapp.sample.sheets.filled import Filled
from gisapp.sample.sheets.register import OPEN
from gisapp.sample.world.make import World

#: Forms that a round without them takes from the newest earlier one.
CARRIED = ("register", "basic_info", "buildings", "service_villages", "staff")

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
    _carry(drafts)
    return drafts


def _carry(drafts: Sequence[Draft]) -> None:
    """Note the faults of sheets that a round takes from an earlier one."""
    newest: dict[str, tuple[Draft, Filled]] = {}
    for draft in drafts:
        own = {sheet.form for sheet in draft.sheets}
        for form in CARRIED:
            if form in own or form not in newest:
                continue
            earlier, sheet = newest[form]
            draft.ledger.carry(earlier.ledger, sheet)
        newest |= {sheet.form: (draft, sheet) for sheet in draft.sheets}
        _mark_unserved(draft, *newest["register"])
        if "buildings" not in newest:
            draft.ledger.mark_absent("form_absent")


def _mark_unserved(draft: Draft, owner: Draft, register: Filled) -> None:
    """Note the emptied schools, which serve no village, while the register calls them open."""
    file = register.file if owner is draft else f"{owner.round_.name}/{register.file}"
    for school in draft.material.schools.schools:
        if school.rank != "zero":
            continue
        if "status" not in register.column_at or register.get(school.smis_code, "status") == OPEN:
            draft.ledger.mark(register, school.smis_code, "smis_code", "no_service_villages", file)


def _first(draft: Draft) -> None:
    faults = (*_BLANKS, "swapped", "utm", "outside_office")
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


def _national(draft: Draft) -> None:
    add_national(
        draft, "DMC641.xlsx", (*_BLANKS[:5], "swapped", "expansion"), forgotten=("blank2", "blank3")
    )
    add_buildings(draft, "B-OBEC_2563.xlsx", 2563, {"unknown_condition", "bad_year"})
    add_staff(draft, "อัตรากำลัง_2564.xlsx", unmatched=True)


def _long(draft: Draft) -> None:
    faults = (*_BLANKS[:5], "swapped", "shared", "distance")
    add_register(draft, "ทะเบียนโรงเรียน_2565.xlsx", faults, forgotten=("blank2", "blank3"))
    add_long(draft, "student_2565_1.csv", roomless=("roomless1", "roomless2"))
    add_population(draft, "stat_pop_6412.txt", 2564)


def _json(draft: Draft) -> None:
    schools = draft.material.schools.schools
    late = [s.smis_code for s in schools if s.rank == "medium" and s.expansion][3:6]
    add_dmc(draft, "2566-1-schoolmis-99010000.json", roomless=("roomless3",), without=late)
    add_emis_pages(draft, "emis_student_2566.csv", late)
    add_basic_info(draft, "emis_general_2566.xlsx", unmatched=True)
    add_buildings(draft, "B-OBEC_2565.xlsx", 2565, {"number_ignored", "bad_year"})


def _text_codes(draft: Draft) -> None:
    faults = (*_BLANKS[:4], "swapped", "utm", "unknown_subdistrict", "percode", "website")
    add_register(draft, "ทะเบียนโรงเรียน_2567.xlsx", faults, forgotten=("blank2", "blank3", "utm"))
    add_wide(
        draft,
        "นักเรียนรายโรง_10มิย67.xlsx",
        codes_as_text=True,
        roomless=("roomless1", "roomless3"),
        renamed=("renamed", "renamed_too"),
        remarks=True,
    )
    add_villages(draft, "เขตบริการ_2566.xlsx", 2566, {"share_sum", "village_unmatched"})
    add_staff(draft, "อัตรากำลัง_2567.xlsx", unmatched=True)
    add_population(draft, "stat_pop_6612.txt", 2566)


def _year_end(draft: Draft) -> None:
    add_dmc(draft, "นักเรียนสิ้นปี_2567.xlsx", roomless=("roomless2",))


def _fullest(draft: Draft) -> None:
    doubts = ("swapped", "utm", "shared", "outside_subdistrict", "bad_point")
    other = ("no_subdistrict", "ministry_code", "distance")
    add_register(
        draft,
        "ทะเบียนโรงเรียน_2568.xlsx",
        (*_BLANKS[:3], *doubts, *other),
        forgotten=("blank2", "blank3", "utm", "outside_subdistrict", "bad_point"),
    )
    add_wide(
        draft,
        "นักเรียนรายโรง_10มิย68.xlsx",
        codes_as_text=False,
        roomless=("roomless1", "roomless2", "roomless3"),
        renamed=("renamed",),
        without=("unreported",),
        remarks=True,
    )
    unreported = draft.material.roles["unreported"].smis_code
    draft.ledger.mark(draft.sheets[0], unreported, "smis_code", "no_enrolment")
    add_basic_info(draft, "emis_general_2568.xlsx")
    add_buildings(
        draft,
        "B-OBEC_2567.xlsx",
        2567,
        {"unknown_condition", "bad_year", "number_ignored", "building_unmatched"},
    )
    add_villages(draft, "เขตบริการ_2567.xlsx", 2567, {"unknown_village", "share_sum"})
    add_staff(draft, "อัตรากำลัง_2568.xlsx", unmatched=True)
    add_population(draft, "stat_pop_6712.txt", 2567, "ประชากรรายหมู่บ้าน_2567.csv")
    add_highland(draft, "หลักฐานพื้นที่สูง_2568.xlsx")


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
        blocks=True,
    )
    add_basic_info(draft, "emis_general_2568_2.xlsx")
    add_buildings(draft, "B-OBEC_2568.xlsx", 2568, {"unknown_condition"})
    add_staff(draft, "อัตรากำลัง_2568_2.xlsx")
    add_highland(draft, "หลักฐานพื้นที่สูง_2568_2.xlsx")


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
