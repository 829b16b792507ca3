"""One round while it is put together: each function adds one sheet and its faults."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from gisapp.core.rounds import Round
from gisapp.sample.faults import enrolment as wrong
from gisapp.sample.faults.lists import (
    GONE_SCHOOL,
    announcement,
    plant_buildings,
    plant_staff,
    plant_villages,
)
from gisapp.sample.faults.planted import Ledger
from gisapp.sample.faults.population import plant_villages as plant_villages_counted
from gisapp.sample.faults.register import forget_village, plant_register
from gisapp.sample.schools.buildings import Building
from gisapp.sample.schools.cohorts import Enrolment
from gisapp.sample.schools.make import School, Schools
from gisapp.sample.schools.population import register_people
from gisapp.sample.sheets.buildings import building_sheet
from gisapp.sample.sheets.enrolment import (
    dmc_table,
    emis_page,
    long_csv,
    school_lines,
    wide_sheet,
)
from gisapp.sample.sheets.filled import Filled, plain_date
from gisapp.sample.sheets.highland import highland_sheet
from gisapp.sample.sheets.national import national_sheet
from gisapp.sample.sheets.register import basic_info_sheet, register_sheet
from gisapp.sample.sheets.staff import staff_sheet
from gisapp.sample.sheets.villages import population_file, service_sheet, village_age_sheet
from gisapp.sample.world.make import World
from gisapp.store.workbooks import Page


@dataclass(frozen=True, repr=False)  # its text would be as long as the whole office
class Material:
    """What all rounds are written from."""

    world: World
    schools: Schools
    #: `[village, year of birth, sex]`, see `cohorts.village_children`.
    children: NDArray[np.int64]
    #: By round.
    enrolment: Mapping[str, Enrolment]
    #: By `smis_code`.
    buildings: Mapping[str, Sequence[Building]]
    roles: Mapping[str, School]
    seed: int


@dataclass
class Draft:
    """The sheets of one round so far, and the faults that a check of it finds."""

    material: Material
    round_: Round
    sheets: list[Filled] = field(default_factory=list)
    ledger: Ledger = field(init=False)

    def __post_init__(self) -> None:
        """Open the ledger."""
        self.ledger = Ledger(self.round_.name)

    @property
    def enrolment(self) -> Enrolment:
        """Pupils of this round."""
        return self.material.enrolment[self.round_.name]

    @property
    def as_of(self) -> str:
        """The round's day as titles write it."""
        return plain_date(self.round_.cut_off)


def add_register(
    draft: Draft,
    file: str,
    faults: Sequence[str],
    *,
    forgotten: Sequence[str] = (),
    plain: bool = False,
) -> None:
    """Add the office's school table (C6)."""
    m = draft.material
    sheet = register_sheet(file, m.schools, draft.round_, plain=plain)
    plant_register(sheet, draft.ledger, m.roles, m.world, faults)
    forget_village(sheet, m.roles, forgotten)
    draft.sheets.append(sheet)


def add_national(
    draft: Draft, file: str, faults: Sequence[str], *, forgotten: Sequence[str]
) -> None:
    """Add the national workbook (C1), which is register and enrolment in one."""
    m = draft.material
    sheet = national_sheet(file, m.schools, school_lines(m.schools, draft.enrolment), seed=m.seed)
    plant_register(sheet, draft.ledger, m.roles, m.world, faults)
    forget_village(sheet, m.roles, forgotten)
    draft.ledger.mark_file(sheet, "rows_of_other_offices")
    draft.sheets.append(sheet)


def add_wide(
    draft: Draft,
    file: str,
    *,
    codes_as_text: bool,
    roomless: Sequence[str] = (),
    renamed: Sequence[str] = (),
    without: Collection[str] = (),
    jumping: Sequence[str] = (),
    blocks: bool = False,
    remarks: bool = False,
) -> None:
    """Add the enrolment sheet with two header rows (C3)."""
    m = draft.material
    left_out = frozenset(m.roles[name].smis_code for name in without)
    lines = school_lines(m.schools, draft.enrolment, left_out)
    bare = wrong.take_rooms(lines, m.roles, roomless)
    names = [wrong.rename(lines, m.roles[name]) for name in renamed]
    jumps = [wrong.swell(lines, m.roles[name]) for name in jumping]
    if blocks:
        wrong.add_block_rows(lines, m.roles)
    side = (_remarks(),) if remarks else ()
    sheet = wide_sheet(file, draft.round_, lines, codes_as_text=codes_as_text, side_pages=side)
    for key, grade in bare:
        draft.ledger.mark(sheet, key, f"{grade} class_groups", "pupils_without_room")
    for key in names:
        draft.ledger.mark(sheet, key, "school_name_th", "name_differs")
    for key in jumps:
        draft.ledger.mark(sheet, key, "p4 students", "cohort_jump")
    if blocks:
        wrong.plant_block_cells(sheet, draft.ledger, m.roles)
    for page in side:
        draft.ledger.mark_file(sheet, "sheet_not_used", page.name)
    draft.sheets.append(sheet)


def add_dmc(
    draft: Draft, file: str, *, roomless: Sequence[str], without: Collection[str] = ()
) -> None:
    """Add the DMC download (C2), as JSON or as a sheet."""
    m = draft.material
    lines = school_lines(m.schools, draft.enrolment, frozenset(without))
    bare = wrong.take_rooms(lines, m.roles, roomless)
    sheet = dmc_table(file, lines)
    for key, grade in bare:
        draft.ledger.mark(sheet, key, f"{grade} class_groups", "pupils_without_room")
    draft.sheets.append(sheet)


def add_long(draft: Draft, file: str, *, roomless: Sequence[str]) -> None:
    """Add the long form as a CSV in the encoding of Thai Windows."""
    lines = school_lines(draft.material.schools, draft.enrolment)
    bare = wrong.take_rooms(lines, draft.material.roles, roomless)
    sheet = long_csv(file, draft.round_, lines, "cp874")
    for key, grade in bare:
        draft.ledger.mark(sheet, f"{key} {grade}", "class_groups", "pupils_without_room")
    draft.sheets.append(sheet)


def add_emis_pages(draft: Draft, file: str, codes: Collection[str]) -> None:
    """Add EMIS pages (C4) of schools that the other enrolment file lacks."""
    lines = school_lines(draft.material.schools, draft.enrolment)
    draft.sheets.append(emis_page(file, [line for line in lines if line.code in codes]))


def add_basic_info(draft: Draft, file: str, *, unmatched: bool = False) -> None:
    """Add EMIS basic information (C5); what the round's register leaves blank is blank here too."""
    m = draft.material
    sheet = basic_info_sheet(file, m.schools, draft.as_of)
    for own in draft.sheets:
        if own.form == "register":
            for school in m.schools.schools:
                for column in ("subdistrict", "district", "percode", "ministry_code", "website"):
                    sheet.put(school.smis_code, column, own.get(school.smis_code, column))
    if unmatched:
        cells = {"school_name_th": "บ้านเก่าริมธาร", "subdistrict": "เก่า", "district": "เก่า"}
        sheet.add("gone", {**cells, "smis_code": GONE_SCHOOL})
        draft.ledger.mark(sheet, "gone", "smis_code", "basic_info_unmatched")
    draft.sheets.append(sheet)


def add_buildings(draft: Draft, file: str, year_be: int, faults: Collection[str] = ()) -> None:
    """Add the building list (C7) of 30 October of a year."""
    m = draft.material
    sheet = building_sheet(file, m.schools.schools, m.buildings, year_be)
    plant_buildings(sheet, draft.ledger, m.roles, set(faults))
    draft.sheets.append(sheet)


def add_villages(
    draft: Draft,
    file: str,
    announced_be: int,
    faults: Collection[str] = (),
    announced: str = "",
) -> None:
    """Add the villages of the service areas (C8), and the file of a useless announcement."""
    m = draft.material
    sheet = service_sheet(file, m.schools, m.world, announced_be)
    plant_villages(sheet, draft.ledger, set(faults))
    draft.sheets.append(sheet)
    if announced:
        draft.sheets.append(announcement(announced, draft.ledger, m.roles))


def add_staff(draft: Draft, file: str, faults: Collection[str] = ()) -> None:
    """Add the staffing table (C11)."""
    m = draft.material
    sheet = staff_sheet(file, m.schools, draft.enrolment, draft.as_of, m.seed)
    plant_staff(sheet, draft.ledger, m.roles, set(faults))
    draft.sheets.append(sheet)


def add_highland(draft: Draft, file: str) -> None:
    """Add the evidence for the highland score."""
    m = draft.material
    sheet = highland_sheet(file, m.schools, draft.enrolment, draft.as_of, m.seed)
    draft.ledger.mark_file(sheet, "form_not_used")
    draft.sheets.append(sheet)


def add_population(draft: Draft, file: str, year_be: int, village_file: str = "") -> None:
    """Add DOPA's population of 31 December of a year, and children by village and age (C9)."""
    m = draft.material
    population = register_people(m.world, m.children, year_be, m.seed)
    sheets = [population_file(file, m.world, population)]
    if village_file:
        sheets.append(village_age_sheet(village_file, m.world, population))
        plant_villages_counted(sheets[1], draft.ledger)
    draft.ledger.mark_file(sheets[0], "population_without_age")
    draft.sheets += sheets


def _remarks() -> Page:
    """A second sheet such as offices leave in their workbooks."""
    lines = (
        ("หมายเหตุ",),
        ("1. จำนวนนักเรียนตามระบบ DMC หลังยืนยันข้อมูล",),
        ("2. ช่อง ห้อง หมายถึงจำนวนกลุ่มเรียน ไม่ใช่ห้องในอาคาร",),
    )
    return Page("หมายเหตุ", lines, header_rows=0, title_rows=1, widths={0: 60.0}, wrapped=True)
