"""What a round has beside its main sheets: second sources, other schools, tests, corrections."""

from gisapp.sample.faults.files import hidden_page, stray_files
from gisapp.sample.faults.population import faulty_table, foreign_table, plant_register
from gisapp.sample.faults.sources import (
    correction_lines,
    nameless_list,
    plant_national,
    plant_others,
    plant_tests,
    points_by_name,
)
from gisapp.sample.round_draft import Draft
from gisapp.sample.schools.population import register_people
from gisapp.sample.sheets.enrolment import school_lines
from gisapp.sample.sheets.filled import Filled, fill
from gisapp.sample.sheets.national import national_sheet
from gisapp.sample.sheets.others import other_schools_sheet
from gisapp.sample.sheets.tests import nt_sheet
from gisapp.sample.sheets.villages import population_file


def add_second_source(draft: Draft, file: str) -> None:
    """Add the national workbook (C1) beside the office's own register and enrolment sheet."""
    m = draft.material
    sheet = national_sheet(file, m.schools, school_lines(m.schools, draft.enrolment), seed=m.seed)
    own = [_of(draft, "register"), _of(draft, "enrolment")]
    plant_national(sheet, draft.ledger, m.roles, own)
    draft.ledger.mark_file(sheet, "rows_of_other_offices")
    draft.sheets.append(sheet)


def add_others(draft: Draft, file: str, spelling: str) -> None:
    """Add schools of other affiliations (C14) with coordinates in one spelling."""
    m = draft.material
    sheet = other_schools_sheet(file, m.world, spelling, m.seed)
    plant_others(sheet, draft.ledger, m.roles, spelling)
    draft.sheets.append(sheet)


def add_tests(draft: Draft, file: str, test_year_be: int | None, *, faults: bool = False) -> None:
    """Add the results of a national test (C12), whose year may have been forgotten."""
    m = draft.material
    sat = m.enrolment[f"{test_year_be}-1"] if test_year_be else draft.enrolment
    sheet = nt_sheet(file, m.schools, sat, test_year_be, m.seed)
    if faults:
        plant_tests(sheet, draft.ledger, m.roles)
    if test_year_be is None:
        draft.ledger.mark(sheet, next(iter(sheet.row_at)), "smis_code", "test_not_named")
    else:
        draft.ledger.mark_file(sheet, "score_suppressed")
    draft.sheets.append(sheet)


def add_nameless(draft: Draft, file: str) -> None:
    """Add a list of schools without codes."""
    draft.sheets.append(nameless_list(file, draft.ledger, draft.material.roles))


def add_points(draft: Draft, file: str) -> None:
    """Add points that carry names and no codes."""
    register = _of(draft, "register")
    draft.sheets.append(points_by_name(file, draft.ledger, draft.material.roles, register))


def add_corrections(draft: Draft) -> None:
    """Add what officers put right, some of it out of date."""
    own = [_of(draft, "register"), _of(draft, "service_villages")]
    draft.sheets.append(correction_lines(draft.ledger, draft.material.roles, *own))


def add_strays(draft: Draft) -> None:
    """Add files that cannot be used, and the late schools' own faulty files."""
    lines = school_lines(draft.material.schools, draft.enrolment)
    draft.sheets += stray_files(draft.ledger, draft.material.roles, lines)
    staff = _of(draft, "staff")
    staff.side_pages = (hidden_page(_of(draft, "buildings")),)
    draft.ledger.mark_file(staff, "hidden_sheet", "เก่า")


def add_bad_population(draft: Draft, file: str, table: str, year_be: int) -> None:
    """Add a population file (C9) that lost a municipality, and a table with bad rows."""
    m = draft.material
    population = register_people(m.world, m.children, year_be, m.seed)
    whole = population_file(file, m.world, population)
    plant_register(whole, draft.ledger)
    draft.sheets += [whole, faulty_table(table, m.world, population, draft.ledger)]


def add_foreign_population(draft: Draft, file: str, year_be: int) -> None:
    """Add the population of another province, sent by mistake."""
    m = draft.material
    population = register_people(m.world, m.children, year_be, m.seed)
    draft.sheets.append(foreign_table(file, population, draft.ledger))


def add_other_list(draft: Draft, file: str) -> None:
    """Add basic information whose codes stand one row off, so that each names another school."""
    schools = draft.material.schools.schools[:12]
    headings = (
        ("smis_code", "รหัส Smis 8 หลัก", 14.0),
        ("school_name_th", "ชื่อสถานศึกษา(ไทย)", 32.0),
        ("district", "อำเภอ", 18.0),
    )
    records = {
        school.smis_code: {
            "smis_code": school.smis_code,
            "school_name_th": other.name_th,
            "district": school.district_th,
        }
        for school, other in zip(schools, (*schools[1:], schools[0]), strict=True)
    }
    sheet = fill(file, "basic_info", headings, records, sheet="ข้อมูลทั่วไป")
    draft.ledger.mark_file(sheet, "codes_of_other_list")
    draft.sheets.append(sheet)


def _of(draft: Draft, form: str) -> Filled:
    return next(sheet for sheet in draft.sheets if sheet.form == form)
