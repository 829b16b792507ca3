"""The building list C7 with the headings of B-OBEC, as cut on 30 October."""

from collections.abc import Mapping, Sequence

from gisapp.core.text import Cell
from gisapp.sample.schools.buildings import Building
from gisapp.sample.schools.make import OFFICE_TH, School
from gisapp.sample.sheets.filled import Filled, fill

_HEADINGS = (
    ("smis_code", "รหัสโรงเรียน", 13.0),
    ("school_name_th", "ชื่อโรงเรียน", 32.0),
    ("sequence", "ลำดับที่", 8.0),
    ("building_type", "ประเภท", 20.0),
    ("building_design", "แบบสิ่งก่อสร้าง", 22.0),
    ("design_rooms", "จำนวนห้องตามแบบ", 12.0),
    ("actual_rooms", "จำนวนห้องจริง", 11.0),
    ("special_rooms", "จำนวนห้องพิเศษ", 12.0),
    ("added_rooms", "ต่อเติมเป็นห้องเรียน", 13.0),
    ("added_special_rooms", "ต่อเติมเป็นห้องพิเศษ", 13.0),
    ("built_year_be", "ก่อสร้างเมื่อปี พ.ศ.", 12.0),
    ("age_years", "อายุการใช้งาน (ปี)", 11.0),
    ("budget_baht", "งบประมาณ (บาท)", 14.0),
    ("budget_source", "แหล่งที่มาของงบประมาณ", 24.0),
    ("condition", "สภาพการใช้งาน", 13.0),
    ("use_status", "สถานะการใช้งาน", 14.0),
)
#: A tenth of the old budgets is not known any more.
_BUDGET_FORGOTTEN_BEFORE = 2520


def building_key(smis_code: str, sequence: int) -> str:
    """Name of a structure's row in the sheet."""
    return f"{smis_code} #{sequence}"


def building_sheet(
    file: str, schools: Sequence[School], buildings: Mapping[str, Sequence[Building]], year_be: int
) -> Filled:
    """Lay out what stood on 30 October of a year; rows are named by `building_key`."""
    records: dict[str, dict[str, Cell]] = {}
    for school in schools:
        standing = [b for b in buildings[school.smis_code] if b.built_be <= year_be]
        for building in standing:
            records[building_key(school.smis_code, building.sequence)] = _record(
                school, building, year_be
            )
    titles = (
        "บัญชีสิ่งก่อสร้างรายโรงเรียน (B-OBEC)",
        f"{OFFICE_TH}  ข้อมูล ณ วันที่ 30 ตุลาคม {year_be}",
    )
    return fill(
        file,
        "buildings",
        _HEADINGS,
        records,
        sheet="สิ่งก่อสร้าง",
        titles=titles,
        text=frozenset({"smis_code"}),
    )


def _record(school: School, building: Building, year_be: int) -> dict[str, Cell]:
    design = building.design
    forgotten = building.built_be < _BUDGET_FORGOTTEN_BEFORE
    return {
        "smis_code": school.smis_code,
        "school_name_th": school.name_th,
        "sequence": building.sequence,
        "building_type": design.building_type,
        "building_design": design.name,
        "design_rooms": design.rooms,
        "actual_rooms": building.actual_rooms,
        "special_rooms": building.special_rooms,
        "added_rooms": building.added_rooms,
        "added_special_rooms": building.added_special_rooms,
        "built_year_be": building.built_be,
        "age_years": year_be - building.built_be,
        "budget_baht": None if forgotten else building.budget_baht,
        "budget_source": None if forgotten else building.budget_source,
        "condition": building.condition(year_be),
        "use_status": building.use_status(year_be),
    }
