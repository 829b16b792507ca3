"""Faults of population files: a lost municipality, sums that fail, a table with bad rows."""

import numpy as np

from gisapp.core.text import Cell
from gisapp.sample.faults.planted import Ledger
from gisapp.sample.schools.population import VILLAGE_AGES, Population
from gisapp.sample.sheets.filled import Filled, fill
from gisapp.sample.world.make import World

_COLUMNS = ("area_code", "age", "male", "female", "persons", "as_of_date")
#: A code that follows the rules and that no subdistrict has.
_GONE_AREA = "990199"
_OTHER_PROVINCE = "980101"


def plant_register(sheet: Filled, ledger: Ledger) -> None:
    """Spoil the 220-field file: lines, a block, and the municipality at its end.

    Every finding is about a line, which has no cells.
    """
    heads = [key for key in sheet.row_at if len(key) == 4]
    first, second = heads[0], heads[1]
    below = [key for key in sheet.row_at if len(key) == 6 and key.startswith(second)]
    sheet.rows[sheet.row_at[first]][-1] = int(str(sheet.rows[sheet.row_at[first]][-1])) + 10
    ledger.mark_file(sheet, "population_line_sum")
    # A line that lost a field counts nobody, and so its district does not add up.
    sheet.rows[sheet.row_at[below[0]]].pop()
    ledger.mark_file(sheet, "population_fields")
    ledger.mark_file(sheet, "population_block_sum")
    line = sheet.rows[sheet.row_at[below[1]]]
    line[line.index(0)] = "ไม่ทราบ"
    ledger.mark_file(sheet, "population_field")
    towns = [place for place, row in enumerate(sheet.rows) if str(row[0]).startswith("เทศบาล")]
    del sheet.rows[towns[-1] :]
    ledger.mark_file(sheet, "population_province_sum")
    sheet.rows[towns[0] + 1][0] = "ตำบลเกิดใหม่"
    ledger.mark_file(sheet, "population_unplaced")
    ledger.mark_file(sheet, "population_without_age")
    # The table of one subdistrict beside it counts the same children again.
    ledger.mark_file(sheet, "population_two_files")


def plant_villages(sheet: Filled, ledger: Ledger) -> None:
    """Let one village have more children than its subdistrict's figure allows."""
    key = next(key for key in sheet.row_at if key.endswith(" 10"))
    for column, more in (("male", 4), ("female", 3), ("persons", 7)):
        sheet.put(key, column, int(str(sheet.get(key, column))) + more)
    ledger.mark_file(sheet, "population_sources_differ")


def faulty_table(file: str, world: World, population: Population, ledger: Ledger) -> Filled:
    """Lay out children of one subdistrict by single age, with a fault in nearly every row."""
    codes = world.villages["subdistrict_code"].to_numpy()
    code = str(sorted(set(codes))[1])
    children = population.people[codes == code].sum(axis=0)
    records: dict[str, dict[str, Cell]] = {}
    for area in (code, _GONE_AREA):
        for age in VILLAGE_AGES:
            records[f"{area} {age}"] = _row(area, age, children[age])
    del records[f"{code} 9"]
    sheet = fill(file, "population", [(name, name, 10.0) for name in _COLUMNS], records)
    ledger.mark(sheet, f"{code} 8", "age", "population_age_missing")
    ledger.mark(sheet, f"{_GONE_AREA} 0", "area_code", "population_area_unknown")
    ledger.put(sheet, f"{code} 0", "age", "ทารก", "population_age")
    ledger.put(sheet, f"{code} 3", "male", "ไม่มี", "population_not_a_number")
    wrong = int(str(sheet.get(f"{code} 5", "persons"))) + 1
    ledger.put(sheet, f"{code} 5", "persons", wrong, "population_sexes")
    ledger.put(sheet, f"{code} 7", "as_of_date", "สิ้นปี", "population_day")
    for column, number in (("male", 4_000), ("female", 4_100), ("persons", 8_100)):
        sheet.put(f"{code} 13", column, number)
    ledger.mark(sheet, f"{code} 13", "persons", "population_age_unlikely")
    ledger.put(sheet, f"{code} 17", "area_code", None, "population_no_area")
    sheet.add("twice", _row(code, 15, children[15] + 1))
    ledger.mark(sheet, "twice", "persons", "population_twice")
    sheet.add("repeated", _row(_GONE_AREA, 15, children[15]))
    ledger.mark(sheet, "repeated", "persons", "population_repeated")
    sheet.add("total", {"area_code": "รวม", "persons": 12})
    ledger.mark(sheet, "total", "persons", "population_total")
    return sheet


def foreign_table(file: str, population: Population, ledger: Ledger) -> Filled:
    """Lay out children of another province only, whose file was sent by mistake."""
    children = population.people[0]
    records = {str(age): _row(_OTHER_PROVINCE, age, children[age]) for age in VILLAGE_AGES}
    sheet = fill(file, "population", [(name, name, 10.0) for name in _COLUMNS], records)
    ledger.mark_file(sheet, "population_only_outside")
    return sheet


def _row(code: str, age: int, sexes: "np.typing.NDArray[np.int64]") -> dict[str, Cell]:
    male, female = (int(number) for number in sexes)
    cells = (code, age, male, female, male + female, "31/12/2567")
    return dict(zip(_COLUMNS, cells, strict=True))
