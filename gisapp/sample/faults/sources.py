"""Faults between sources: a national workbook, other schools, points and lists by name, tests."""

from collections.abc import Mapping, Sequence

from gisapp.sample.faults.lists import GONE_SCHOOL
from gisapp.sample.faults.places import degrees
from gisapp.sample.faults.planted import Ledger
from gisapp.sample.schools.make import School
from gisapp.sample.sheets.filled import Filled, fill

#: Columns that the national workbook has from the office's own register.
_OF_OFFICE = (
    "school_name_th",
    "subdistrict",
    "district",
    "village_no",
    "village_name",
    "lat",
    "lon",
)
_KIND_OF_FILE = {
    "utm": ("utm_coordinates", "file_of_utm_coordinates"),
    "swapped": ("swapped_coordinates", "file_of_swapped_coordinates"),
    "lost_points": ("lost_decimal_point", "file_of_lost_points"),
    "commas": ("comma_coordinates", "file_of_decimal_commas"),
    "one_cell": ("coordinates_in_one_cell", "file_of_one_cell_coordinates"),
    "dms": ("", "file_of_dms_coordinates"),
}


def plant_national(
    national: Filled, ledger: Ledger, roles: Mapping[str, School], own: Sequence[Filled]
) -> None:
    """Let the national workbook say other things than the office's register and pupils.

    Args:
        national: The workbook.
        ledger: Of the round.
        roles: Which school each fault is at.
        own: The office's register and its enrolment sheet, in that order.
    """
    register, enrolment = own
    for code in (key for key in national.row_at if key in register.row_at):
        for column in _OF_OFFICE:
            national.put(code, column, register.get(code, column))
    renamed, differs = roles["two_names"], roles["two_sources"]
    name = f"{renamed.name_th}วิทยา"
    ledger.put(national, renamed.smis_code, "school_name_th", name, "register_differs")
    _more(national, differs.smis_code, "p4")
    ledger.mark(enrolment, differs.smis_code, "p4 students", "sources_differ")
    # The national figure does not know the children that the office's sheet has too many.
    ledger.mark(enrolment, roles["jump"].smis_code, "p4 students", "sources_differ")
    level = roles["level"]
    national.put(level.smis_code, "lowest_grade", "ประถมศึกษาปีที่ 1")
    ledger.mark(enrolment, level.smis_code, f"{level.grades[0]} students", "level_not_offered")
    wrong = roles["staff_twice"].smis_code
    total = int(str(national.get(wrong, "total students")))
    ledger.put(national, wrong, "total students", total + 2, "other_source_fault")


def _more(sheet: Filled, key: str, grade: str) -> None:
    """One more boy in a grade, in all the sums of the row too."""
    for column in (f"{grade} male", f"{grade} students", "total students"):
        sheet.put(key, column, int(str(sheet.get(key, column))) + 1)


def plant_others(sheet: Filled, ledger: Ledger, roles: Mapping[str, School], spelling: str) -> None:
    """Note a list of other schools whose coordinates are all spelled in one odd way."""
    of_school, of_file = _KIND_OF_FILE[spelling]
    ledger.mark_file(sheet, of_file)
    # A school's place is read where it stands first: in its row of the lowest grade.
    for key in sheet.row_at if of_school else ():
        if " " not in key:
            ledger.mark(sheet, key, "lat", of_school)
    if spelling == "dms":
        first = next(iter(sheet.row_at))
        for key in sheet.row_at:
            if key.startswith(first):
                sheet.put(key, "lat", None)
                sheet.put(key, "lon", None)
        ledger.mark_file(sheet, "others_without_place")
        own = roles["basic_info"]
        cells = {"smis_code": own.smis_code, "school_name_th": own.name_th, "affiliation": "สพฐ."}
        sheet.add("own", cells)
        ledger.mark(sheet, "own", "smis_code", "other_school_is_own")


def plant_tests(sheet: Filled, ledger: Ledger, roles: Mapping[str, School]) -> None:
    """Plant faults in a table of test results."""
    ledger.put(sheet, roles["blank4"].smis_code, "smis_code", GONE_SCHOOL, "test_unmatched")
    ledger.put(sheet, roles["two_names"].smis_code, "thai mean_score", 540, "bad_score")
    code = roles["two_sources"].smis_code
    ledger.put(sheet, code, "mathematics quality_level", "กลาง", "unknown_quality")
    again = sheet.record(roles["staff_twice"].smis_code)
    sheet.add("again", again)
    for column in ("thai mean_score", "mathematics mean_score"):
        ledger.mark(sheet, "again", column, "test_twice")


def nameless_list(file: str, ledger: Ledger, roles: Mapping[str, School]) -> Filled:
    """Lay out a list of schools without codes, with its faults noted."""
    known = roles["late1"]
    rows: dict[str, tuple[str, str, str]] = {
        "known": (known.name_th, known.subdistrict_th, known.district_th),
        "near": (f"{known.name_th}ฯ", known.subdistrict_th, known.district_th),
        "lost": ("บ้านดอยไกลฟ้า", "ดอยไกลฟ้า", known.district_th),
    }
    headings = (
        ("school_name_th", "ชื่อโรงเรียน", 32.0),
        ("subdistrict", "ตำบล", 16.0),
        ("district", "อำเภอ", 18.0),
    )
    records = {
        key: dict(zip(("school_name_th", "subdistrict", "district"), cells, strict=True))
        for key, cells in rows.items()
    }
    sheet = fill(file, "school_list", headings, records, sheet="รายชื่อ")
    ledger.mark(sheet, "known", "school_name_th", "schools_without_key")
    ledger.mark(sheet, "lost", "subdistrict", "subdistrict_of_list_unknown")
    ledger.mark(sheet, "known", "school_name_th", "school_name_twice")
    ledger.mark(sheet, "near", "school_name_th", "school_name_near")
    return sheet


def points_by_name(
    file: str, ledger: Ledger, roles: Mapping[str, School], register: Filled
) -> Filled:
    """Lay out points with names only, and note what they say of the register's schools."""
    proposed, elsewhere, differs = roles["blank1"], roles["blank2"], roles["blank6"]
    far, instead = roles["outside_district"], roles["utm"]
    records = {
        "proposed": _point(proposed, proposed),
        "elsewhere": _point(elsewhere, far),
        "differs": _point(differs, differs, north=0.012),
        "instead": _point(instead, instead),
        "nobody": {**_point(far, far), "school_name_th": "โรงเรียนบ้านเก่าริมธาร"},
    }
    headings = (
        ("school_name_th", "ชื่อโรงเรียน", 34.0),
        ("lat", "ละติจูด", 12.0),
        ("lon", "ลองจิจูด", 12.0),
    )
    sheet = fill(file, "school_points", headings, records)
    for school in (proposed, elsewhere):
        ledger.unmark(register, school.smis_code, "lat")
    for school, kind in (
        (proposed, "point_proposed"),
        (elsewhere, "point_elsewhere"),
        (differs, "points_differ"),
        (instead, "point_instead"),
    ):
        ledger.mark(register, school.smis_code, "lat", kind)
    ledger.mark_file(sheet, "points_without_school")
    return sheet


def _point(named: School, there: School, north: float = 0.0) -> dict[str, str]:
    return {
        "school_name_th": f"โรงเรียน{named.name_th}",
        "lat": degrees(there.lat + north),
        "lon": degrees(there.lon),
    }


def correction_lines(
    ledger: Ledger, roles: Mapping[str, School], register: Filled, villages: Filled
) -> Filled:
    """Lay out ``corrections.csv``: one reading accepted, and lines that do not fit, noted."""
    accepted, stale, many = roles["comma"], roles["distance"], roles["two_names"]
    first = next(key for key in villages.row_at if key.startswith(many.smis_code))
    lines = (
        *(
            (accepted.smis_code, column, str(register.get(accepted.smis_code, column)), new)
            for column, new in (("lat", degrees(accepted.lat)), ("lon", degrees(accepted.lon)))
        ),
        (stale.smis_code, "distance_to_esao_km", "12", "21"),
        (stale.smis_code, "district", "ไม่ทราบ", stale.district_th),
        (GONE_SCHOOL, "lat", "18.5", "18.6"),
        (many.smis_code, "announced_be", str(villages.get(first, "announced_be")), "2567"),
    )
    names = ("smis_code", "column", "old_value", "new_value", "reason", "by", "on")
    decided = ("ตรวจกับโรงเรียนแล้ว", "งานข้อมูลสารสนเทศ", "2024-06-20")
    records = {
        f"line {number}": dict(zip(names, (*line, *decided), strict=True))
        for number, line in enumerate(lines, 2)
    }
    headings = [(name, name, 12.0) for name in ("problem_id", *names)]
    sheet = fill("corrections.csv", "corrections", headings, records)
    ledger.unmark(register, accepted.smis_code, "lat")
    ledger.mark(register, stale.smis_code, "distance_to_esao_km", "correction_stale")
    ledger.mark(register, stale.smis_code, "district", "correction_done")
    ledger.mark_file(sheet, "correction_unmatched")
    ledger.mark(villages, first, "announced_be", "correction_ambiguous")
    return sheet
