"""Faults of the lists beside the pupils: buildings, service villages, staff."""

from collections.abc import Mapping

from gisapp.core.text import Cell
from gisapp.sample.faults.planted import Ledger
from gisapp.sample.schools.make import School
from gisapp.sample.sheets.buildings import building_key
from gisapp.sample.sheets.filled import Filled
from gisapp.sample.sheets.staff import SUMMED, TOTAL

#: Codes that follow the rules and that no school has.
GONE_SCHOOL = "99010777"
_GONE_VILLAGE_NO = "98"


def plant_buildings(
    sheet: Filled, ledger: Ledger, roles: Mapping[str, School], faults: set[str]
) -> None:
    """Plant faults in a building list, each in the first structure of its school."""
    if "unknown_condition" in faults:
        key = building_key(roles["roomless1"].smis_code, 1)
        ledger.put(sheet, key, "condition", "ต้องซ่อม", "unknown_condition")
    if "bad_year" in faults:
        key = building_key(roles["roomless2"].smis_code, 1)
        sheet.put(key, "age_years", None)
        ledger.put(sheet, key, "built_year_be", 38, "bad_year")
    if "number_ignored" in faults:
        key = building_key(roles["roomless3"].smis_code, 2)
        ledger.put(sheet, key, "budget_baht", "ประมาณ 2 ล้าน", "number_ignored")
    if "building_before_school" in faults:
        school = roles["old_building"]
        _build_in(sheet, ledger, school, school.facts.founded_be - 6, "building_before_school")
    if "built_in_future" in faults:
        _build_in(sheet, ledger, roles["future_building"], 2571, "built_in_future")
    if "building_twice" in faults:
        again = sheet.record(building_key(roles["double_building"].smis_code, 1))
        sheet.add("again", again)
        ledger.mark(sheet, "again", "sequence", "building_twice")
    if "building_unmatched" in faults:
        sheet.add(
            "gone",
            {
                "smis_code": GONE_SCHOOL,
                "school_name_th": "บ้านเก่าริมธาร",
                "sequence": 1,
                "building_type": "อาคารเรียน",
                "building_design": "ป.1ฉ",
                "design_rooms": 4,
                "actual_rooms": 4,
                "special_rooms": 0,
                "built_year_be": 2512,
                "condition": "ทรุดโทรม",
                "use_status": "เลิกใช้",
            },
        )
        ledger.mark(sheet, "gone", "smis_code", "building_unmatched")


def _build_in(sheet: Filled, ledger: Ledger, school: School, year_be: int, kind: str) -> None:
    """Give a school's first structure another year."""
    key = building_key(school.smis_code, 1)
    sheet.put(key, "age_years", None)
    ledger.put(sheet, key, "built_year_be", year_be, kind)


def plant_villages(sheet: Filled, ledger: Ledger, faults: set[str]) -> None:
    """Plant faults in a list of service villages."""
    if "unknown_village" in faults:
        key = next(
            key for key in sheet.row_at if key.endswith("02") and sheet.get(key, "share") is None
        )
        code = f"{str(sheet.get(key, 'village_code'))[:6]}{_GONE_VILLAGE_NO}"
        ledger.put(sheet, key, "village_code", code, "unknown_village")
        # The village that was meant is in no school's area now.
        ledger.mark_file(sheet, "villages_unserved")
    joint = [key for key in sheet.row_at if sheet.get(key, "share") == 0.5]
    if "share_sum" in faults:
        ledger.put(sheet, joint[0], "share", 0.7, "share_sum")
    if "village_shared" in faults:
        last_code = sheet.get(joint[-1], "village_code")
        both = [key for key in joint if sheet.get(key, "village_code") == last_code]
        for key in both:
            sheet.put(key, "share", None)
        ledger.mark(sheet, both[-1], "share", "village_shared")
    whole = [key for key in sheet.row_at if sheet.get(key, "share") is None]
    if "village_name_differs" in faults:
        ledger.put(sheet, whole[60], "village_name", "บ้านริมธารเก่า", "village_name_differs")
    if "village_repeated" in faults:
        sheet.add("repeated", sheet.record(whole[90]))
        ledger.mark(sheet, "repeated", "village_code", "village_repeated")
    if "unknown_level" in faults:
        sheet.add("level", {**sheet.record(whole[120]), "education_level": "ระดับต้น"})
        ledger.mark(sheet, "level", "education_level", "unknown_level")
    if "number_ignored" in faults:
        ledger.put(sheet, whole[150], "announced_be", "ปีก่อน", "number_ignored")
    if "village_unmatched" in faults:
        last = list(sheet.row_at)[-1]
        village = {
            column: sheet.get(last, column)
            for column in sheet.column_at
            if column not in ("smis_code", "school_name_th", "share", "note")
        }
        sheet.add("gone", {**village, "smis_code": GONE_SCHOOL, "school_name_th": "บ้านเก่าริมธาร"})
        ledger.mark(sheet, "gone", "smis_code", "village_unmatched")


def announcement(file: str, ledger: Ledger, roles: Mapping[str, School]) -> Filled:
    """Lay out an announcement as plain text, in which no line can be used."""
    words, count, nothing = (roles[name] for name in ("level", "jump", "old_building"))
    place = f"ต.{words.subdistrict_th} อ.{words.district_th}"
    lines = {
        "title": "ประกาศ เรื่อง กำหนดเขตพื้นที่บริการของสถานศึกษา ปีการศึกษา 2566",
        "early": f"หมู่ที่ 3 {place}",
        "unknown": f"โรงเรียนบ้านเก่าริมธาร: หมู่ที่ 1 {place}",
        "words": f"โรงเรียน{words.name_th} (รหัส {words.smis_code}): ตามแนวถนนสายเก่า",
        "count": f"โรงเรียน{count.name_th} (รหัส {count.smis_code}): จำนวน 3 หมู่บ้าน",
        "nothing": f"โรงเรียน{nothing.name_th} (รหัส {nothing.smis_code}): ได้แก่",
    }
    sheet = Filled(
        file,
        "service_announcement",
        [[line] for line in lines.values()],
        {key: row for row, key in enumerate(lines)},
        {"line": 0},
        header_rows=0,
    )
    ledger.mark_file(sheet, "announced_without_school")
    for key, kind in (
        ("unknown", "announced_school"),
        ("words", "announced_words"),
        ("count", "announced_count"),
        ("nothing", "announced_nothing"),
    ):
        ledger.mark(sheet, key, "line", kind)
    return sheet


def plant_staff(
    sheet: Filled, ledger: Ledger, roles: Mapping[str, School], faults: set[str]
) -> None:
    """Plant faults in a staffing table; its totals add up over them but for a planted one."""
    if "staff_unmatched" in faults:
        code = roles["basic_info"].smis_code
        ledger.put(sheet, code, "smis_code", GONE_SCHOOL, "staff_unmatched")
    if "no_teachers" in faults:
        code = roles["no_teachers"].smis_code
        for post in ("directors", "deputies", "teachers", "government_employees"):
            _change(sheet, code, post, 0)
        ledger.mark(sheet, code, "teachers", "no_teachers")
    if "teachers_without_pupils" in faults:
        school = roles["emptied"]
        cells: dict[str, Cell] = {
            "smis_code": school.smis_code,
            "school_name_th": school.name_th,
            "students": 0,
            "teachers": 0,
        }
        sheet.insert(TOTAL, "emptied", cells)
        _change(sheet, "emptied", "teachers", 2)
        ledger.mark(sheet, "emptied", "teachers", "teachers_without_pupils")
    if "staff_twice" in faults:
        record = sheet.record(roles["staff_twice"].smis_code)
        counts = {name: cell for name, cell in record.items() if name in SUMMED}
        nothing: dict[str, Cell] = dict.fromkeys(counts, 0)
        sheet.insert(TOTAL, "again", {**record, **nothing})
        for name, cell in counts.items():
            _change(sheet, "again", name, cell)
        ledger.mark(sheet, "again", "smis_code", "staff_twice")
    if "number_ignored" in faults:
        code = roles["percode"].smis_code
        _change(sheet, code, "temporary_employees", 0)
        ledger.put(sheet, code, "temporary_employees", "ขอเพิ่ม", "number_ignored")
    if "heading_near" in faults:
        sheet.row_at["header"] = sheet.title_rows
        ledger.put(sheet, "header", "permanent_employees", "ลูกจ้างประจำำ", "heading_near")
    if "staff_total" in faults:
        total = sheet.get(TOTAL, "teachers")
        _change(sheet, TOTAL, "teachers", int(str(total)) + 3)
        ledger.mark(sheet, TOTAL, "teachers", "staff_total")


def _change(sheet: Filled, key: str, column: str, value: Cell) -> None:
    """Write a number, and let the row of totals follow as a spreadsheet's sums do."""
    before = int(str(sheet.get(key, column)))
    sheet.put(key, column, value)
    if key != TOTAL:
        total = int(str(sheet.get(TOTAL, column)))
        sheet.put(TOTAL, column, total + int(str(value)) - before)
