"""Faults of the lists beside the pupils: buildings, service villages, staff."""

from collections.abc import Mapping

from gisapp.sample.faults.planted import Ledger
from gisapp.sample.schools.make import School
from gisapp.sample.sheets.buildings import building_key
from gisapp.sample.sheets.filled import Filled

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


def plant_villages(sheet: Filled, ledger: Ledger, faults: set[str]) -> None:
    """Plant faults in a list of service villages."""
    if "unknown_village" in faults:
        key = next(
            key for key in sheet.row_at if key.endswith("02") and sheet.get(key, "share") is None
        )
        code = f"{str(sheet.get(key, 'village_code'))[:6]}{_GONE_VILLAGE_NO}"
        ledger.put(sheet, key, "village_code", code, "unknown_village")
    if "share_sum" in faults:
        key = next(key for key in sheet.row_at if sheet.get(key, "share") == 0.5)
        ledger.put(sheet, key, "share", 0.7, "share_sum")
    if "village_unmatched" in faults:
        last = list(sheet.row_at)[-1]
        village = {
            column: sheet.get(last, column)
            for column in sheet.column_at
            if column not in ("smis_code", "school_name_th", "share", "note")
        }
        sheet.add("gone", {**village, "smis_code": GONE_SCHOOL, "school_name_th": "บ้านเก่าริมธาร"})
        ledger.mark(sheet, "gone", "smis_code", "village_unmatched")


def plant_staff(sheet: Filled, ledger: Ledger, roles: Mapping[str, School]) -> None:
    """Write a code that no school has over one school's."""
    ledger.put(sheet, roles["basic_info"].smis_code, "smis_code", GONE_SCHOOL, "staff_unmatched")
