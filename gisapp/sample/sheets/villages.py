"""Villages of the service areas (C8), and population: DOPA's 220 fields and village by age (C9)."""

import itertools

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gisapp.core.text import Cell
from gisapp.sample.schools.make import OFFICE_TH, Schools
from gisapp.sample.schools.population import VILLAGE_AGES, Population
from gisapp.sample.sheets.filled import Filled, fill
from gisapp.sample.world.make import World

_SERVICE = (
    ("smis_code", "รหัสโรงเรียน", 13.0),
    ("school_name_th", "ชื่อโรงเรียน", 32.0),
    ("education_level", "ระดับ", 8.0),
    ("village_code", "รหัสหมู่บ้าน", 12.0),
    ("village_no", "หมู่ที่", 7.0),
    ("village_name", "ชื่อหมู่บ้าน", 24.0),
    ("subdistrict", "ตำบล", 16.0),
    ("district", "อำเภอ", 18.0),
    ("province", "จังหวัด", 12.0),
    ("share", "สัดส่วน", 8.0),
    ("announced_be", "ปีที่ประกาศ", 10.0),
    ("note", "หมายเหตุ", 18.0),
)
#: Zones are announced by the grade that enters: ป.1 and ม.1.
LEVEL_TH = {"primary": "ป.1", "lower_secondary": "ม.1"}

_VILLAGE_AGE = (
    ("village_code", "รหัสหมู่บ้าน", 12.0),
    ("village_name", "ชื่อหมู่บ้าน", 24.0),
    ("age", "อายุ", 6.0),
    ("male", "ชาย", 6.0),
    ("female", "หญิง", 6.0),
    ("persons", "รวม", 6.0),
    ("as_of_date", "ณ วันที่", 14.0),
)
#: Place of the three sums in a line of DOPA's file, after name, 101 + 7 pairs.
_FIELDS = 220


def service_key(smis_code: str, level: str, village_code: str) -> str:
    """Name of a service village's row in the sheet."""
    return f"{smis_code} {level} {village_code}"


def service_sheet(file: str, schools: Schools, world: World, announced_be: int) -> Filled:
    """Lay out the announced service areas; rows are named by `service_key`."""
    villages = _named_villages(world)
    order = sorted(
        schools.services,
        key=lambda s: (
            s.school,
            list(LEVEL_TH).index(s.education_level),
            villages[s.village]["village_code"],
        ),
    )
    records: dict[str, dict[str, Cell]] = {}
    for service in order:
        school, village = schools.schools[service.school], villages[service.village]
        key = service_key(school.smis_code, service.education_level, str(village["village_code"]))
        records[key] = {
            "smis_code": school.smis_code,
            "school_name_th": school.name_th,
            "education_level": LEVEL_TH[service.education_level],
            **village,
            "province": "ตัวอย่าง",
            "share": None if service.share == 1 else service.share,
            "announced_be": announced_be,
            "note": None if service.share == 1 else "ใช้เขตบริการร่วม",
        }
    titles = (
        f"บัญชีหมู่บ้านในเขตพื้นที่บริการของสถานศึกษา ประกาศปี {announced_be}",
        OFFICE_TH,
    )
    return fill(
        file,
        "service_villages",
        _SERVICE,
        records,
        sheet="เขตพื้นที่บริการ",
        titles=titles,
        text=frozenset({"smis_code", "village_code"}),
    )


def village_age_sheet(file: str, world: World, population: Population) -> Filled:
    """Lay out children of every village by single age, ages 0 to 17."""
    records: dict[str, dict[str, Cell]] = {}
    as_of = f"31/12/{population.year_be}"
    for row, village in enumerate(_named_villages(world)):
        for age in VILLAGE_AGES:
            male, female = (int(number) for number in population.people[row, age])
            records[f"{village['village_code']} {age}"] = {
                **village,
                "age": age,
                "male": male,
                "female": female,
                "persons": male + female,
                "as_of_date": as_of,
            }
    return fill(file, "village_population", _VILLAGE_AGE, records)


def population_file(file: str, world: World, population: Population) -> Filled:
    """Lay out DOPA's file: 220 fields a line, districts without their municipalities first.

    Order: the province; each district outside municipalities with its subdistricts; then each
    municipality with its parts of subdistricts. The blocks add up to the province.
    """
    counts = np.concatenate([population.people, population.extra], axis=1)
    everyone = np.ones(len(counts), bool)
    lines: list[tuple[str, str, NDArray[np.bool_]]] = [("province", "จังหวัดตัวอย่าง", everyone)]
    codes = world.villages["subdistrict_code"].to_numpy()
    town_of = np.array(population.municipality)
    names = world.subdistricts.set_index("subdistrict_code")
    for code, district in zip(
        world.districts["district_code"], world.districts["district_th"], strict=True
    ):
        inside = (world.villages["district_code"] == code).to_numpy() & (town_of == "")
        lines.append((str(code), f"อำเภอ{district}", inside))
        lines += _parts(codes, inside, names["subdistrict_th"], prefix="")
    for town in dict.fromkeys(name for name in population.municipality if name):
        inside = town_of == town
        lines.append((town, town, inside))
        lines += _parts(codes, inside, names["subdistrict_th"], prefix=f"{town} ")
    rows: list[list[Cell]] = [
        _dopa_line(name, counts[chosen].sum(axis=0)) for _, name, chosen in lines
    ]
    return Filled(
        file=file,
        form="population_by_age",
        rows=rows,
        row_at={key: place for place, (key, _, _) in enumerate(lines)},
        column_at={"name": 0, "total": _FIELDS - 1},
        header_rows=0,
    )


def _parts(
    codes: NDArray[np.object_], inside: NDArray[np.bool_], names: pd.Series, prefix: str
) -> list[tuple[str, str, NDArray[np.bool_]]]:
    """Lines of the subdistricts, or parts of them, that lie inside."""
    here = sorted(set(codes[inside]))
    return [(f"{prefix}{code}", f"ตำบล{names[code]}", inside & (codes == code)) for code in here]


def _dopa_line(name: str, pairs: NDArray[np.int64]) -> list[Cell]:
    """Name, (male, female) pairs, then the sums of men, of women and of all."""
    male, female = (int(number) for number in pairs.sum(axis=0))
    flat = list(itertools.chain.from_iterable(pairs.tolist()))
    return [name, *flat, male, female, male + female]


def _named_villages(world: World) -> list[dict[str, Cell]]:
    """Cells that name each village, in the world's order."""
    villages = world.villages.merge(
        world.subdistricts[["subdistrict_code", "subdistrict_th", "district_th"]],
        on="subdistrict_code",
        how="left",
    )
    return [
        {
            "village_code": str(row.village_code),
            "village_no": int(row.village_no),
            "village_name": str(row.village_th),
            "subdistrict": str(row.subdistrict_th),
            "district": str(row.district_th),
        }
        for row in villages.itertuples()
    ]
