"""The national DMC workbook (C1): register and enrolment in one sheet, other offices' rows too."""

from collections.abc import Sequence

import numpy as np

from gisapp.core.grades import GRADE, ORDER
from gisapp.core.text import Cell
from gisapp.sample.schools.cohorts import GRADE_CODES
from gisapp.sample.schools.make import AREA_CODE, School, Schools
from gisapp.sample.sheets.enrolment import STAGE_TH, Line
from gisapp.sample.sheets.filled import Filled, fill
from gisapp.sample.sheets.register import TEXT_COLUMNS, address_cells

_STAGE_NEIGHBOURS = 501


def national_sheet(file: str, schools: Schools, lines: Sequence[Line], *, seed: int) -> Filled:
    """Lay out the national DMC workbook C1, with a few rows of the neighbouring office.

    Numbers of a thousand and more are text with a comma, as that workbook has them.
    """
    by_code = schools.by_code
    records: dict[str, dict[str, Cell]] = {}
    for line in lines:
        school = by_code[line.code]
        records[line.key] = {
            **_national_place(school),
            **_national_pupils(line),
            "expansion_school": "ใช่" if school.expansion else "ไม่ใช่",
            "lowest_grade": _grade_th(school.grades[0]),
            "highest_grade": _grade_th(school.grades[1]),
        }
    records |= _neighbours(lines, seed)
    return fill(
        file,
        "register",
        _national_headings(),
        records,
        sheet="DMC",
        text=TEXT_COLUMNS | {"area_code"},
    )


def _national_headings() -> list[tuple[str, str, float]]:
    grades: list[tuple[str, str, float]] = []
    for code in GRADE_CODES:
        label = GRADE[code].label_th
        grades += [
            (f"{code} students", label, 8.0),
            (f"{code} male", f"{label} ชาย", 8.0),
            (f"{code} female", f"{label} หญิง", 8.0),
        ]
    return [
        ("type", "ประเภท", 8.0),
        ("region", "ภาค", 8.0),
        ("area_code", "areacode", 11.0),
        ("smis_code", "smis", 12.0),
        ("ministry_code", "โรงเรียน", 13.0),
        ("school_name_th", "ชื่อโรงเรียน", 32.0),
        ("district", "ชื่ออำเภอ", 18.0),
        ("province", "ชื่อจังหวัด", 12.0),
        ("office", "ชื่อเขต", 24.0),
        ("village_no", "หมู่", 6.0),
        ("village_name", "ชื่อหมู่บ้าน", 20.0),
        ("subdistrict", "ชื่อตำบล", 16.0),
        ("postcode", "ไปรษณีย์", 9.0),
        ("tel", "โทรศัพท์", 10.0),
        *grades,
        ("lat", "lat", 12.0),
        ("lon", "long", 12.0),
        ("total class_groups", "รวมห้อง", 9.0),
        ("total students", "นักเรียนทั้งหมด", 14.0),
        ("size", "เกณฑ์7ขนาด", 11.0),
        ("expansion_school", "ขยายโอกาส", 10.0),
        ("type_text", "ประเภท_Text", 14.0),
        ("region_text", "ภาค_Text", 12.0),
        ("lowest_grade", "ชั้นต่ำสุด_Text", 18.0),
        ("highest_grade", "ชั้นสูงสุด_Text", 18.0),
    ]


def _national_place(school: School) -> dict[str, Cell]:
    return {
        **address_cells(school),
        "type": "1",
        "region": "1",
        "area_code": AREA_CODE,
        "office": "สพป.ตัวอย่าง เขต 1",
        "lat": f"{school.lat:.6f}",
        "lon": f"{school.lon:.6f}",
        "type_text": "สพป.",
        "region_text": "เหนือ",
    }


def _national_pupils(line: Line) -> dict[str, Cell]:
    figures: dict[str, Cell] = {}
    for g, code in enumerate(GRADE_CODES):
        male, female = (int(number) for number in line.pupils[g])
        figures[f"{code} students"] = _comma(male + female)
        figures[f"{code} male"], figures[f"{code} female"] = _comma(male), _comma(female)
    whole = int(line.pupils.sum())
    figures["total students"] = _comma(whole)
    figures["total class_groups"] = _comma(int(line.rooms.sum()))
    figures["size"] = _size_of_seven(whole)
    return figures


def _comma(number: int) -> Cell:
    return f"{number:,}" if number >= 1000 else number


def _size_of_seven(pupils: int) -> Cell:
    """Class of the seven-class criteria, domain notes B3; empty without pupils."""
    limits = (120, 200, 300, 499, 1499, 2499)
    return 1 + sum(pupils > limit for limit in limits) if pupils else None


def _grade_th(code: str) -> str:
    return f"{STAGE_TH[code[0]]}{code[1]}"


def _neighbours(lines: Sequence[Line], seed: int) -> dict[str, dict[str, Cell]]:
    """Rows of another office, which a national workbook always holds."""
    rng = np.random.default_rng([seed, _STAGE_NEIGHBOURS])
    primary = [g for g, code in enumerate(GRADE_CODES) if ORDER["k2"] <= ORDER[code] <= ORDER["p6"]]
    records = {}
    for number in range(1, 9):
        pupils = np.zeros_like(lines[0].pupils)
        pupils[primary] = rng.integers(1, 9, (len(primary), 2))
        code, percode = f"9902{number:04d}", f"{180_000 + 7 * number:06d}"
        line = Line(
            code, code, f"บ้านดอยเพื่อนบ้าน {number}", pupils, (pupils.sum(axis=1) > 0).astype(int)
        )
        records[code] = {
            **_national_pupils(line),
            "type": "1",
            "region": "1",
            "area_code": "99020000",
            "smis_code": code,
            "ministry_code": f"1099{percode}",
            "school_name_th": line.name,
            "district": "ดอยไกล",
            "province": "ตัวอย่าง",
            "office": "สพป.ตัวอย่าง เขต 2",
            "village_no": number,
            "subdistrict": "ดอยไกล",
            "lat": f"{18.2 + number / 100:.6f}",
            "lon": f"{98.9 + number / 50:.6f}",
            "expansion_school": "ไม่ใช่",
            "type_text": "สพป.",
            "region_text": "เหนือ",
            "lowest_grade": _grade_th("k2"),
            "highest_grade": _grade_th("p6"),
        }
    return records
