"""Evidence for the highland score: a form of our own, filled for a third of the schools.

The sixteen items are those of domain notes B4. Some are left empty, because evidence is missing
in life too: a score over a gap is unknown, not lower.
"""

import numpy as np

from gisapp.core.text import Cell
from gisapp.sample.schools.cohorts import Enrolment
from gisapp.sample.schools.make import OFFICE_TH, School, Schools
from gisapp.sample.sheets.filled import Filled, fill
from gisapp.store.forms_highland import HIGHLAND

_STAGE = 701
#: One cell in this many is empty.
_GAP_EVERY = 25


def highland_sheet(
    file: str, schools: Schools, enrolment: Enrolment, as_of: str, seed: int
) -> Filled:
    """Lay out the evidence of the highest third of the schools with pupils."""
    open_schools = [s for s in schools.schools if s.rank not in ("zero", "xlarge")]
    open_schools.sort(key=lambda s: (-s.elevation_m, s.smis_code))
    chosen = open_schools[: len(schools.schools) // 3]
    rows = {school.smis_code: place for place, school in enumerate(schools.schools)}
    branches = {s.branch_of for s in schools.schools if s.branch_of}
    records: dict[str, dict[str, Cell]] = {}
    for school in sorted(chosen, key=lambda s: s.smis_code):
        place = rows[school.smis_code]
        rng = np.random.default_rng([seed, _STAGE, place])
        pupils = int(enrolment.pupils[place].sum())
        record = _evidence(school, pupils, rng)
        record["branches"] = int(school.smis_code in branches)
        for name in record:
            if rng.integers(_GAP_EVERY) == 0:
                record[name] = None
        records[school.smis_code] = {
            "smis_code": school.smis_code,
            "school_name_th": school.name_th,
            **record,
        }
    headings = [(column.name, column.heading, column.width) for column in HIGHLAND.columns]
    titles = ("หลักฐานประกอบคะแนนโรงเรียนพื้นที่สูง 16 รายการ", f"{OFFICE_TH}  ข้อมูล ณ วันที่ {as_of}")
    return fill(
        file,
        "highland_evidence",
        headings,
        records,
        sheet="หลักฐานพื้นที่สูง",
        titles=titles,
        text=frozenset({"smis_code"}),
    )


def _evidence(school: School, pupils: int, rng: np.random.Generator) -> dict[str, Cell]:
    """Sixteen items that fit the school's height and what its register says."""
    high = school.elevation_m > 700
    facts = school.facts
    phone = ("โทรศัพท์เคลื่อนที่", "ดาวเทียม", "ไม่มี")
    transport = ("ไม่มี", "ไม่เกิน 2 เที่ยวต่อวัน", "ไม่เกิน 4 เที่ยวต่อวัน", "ไม่เกิน 6 เที่ยวต่อวัน")
    water = {
        "ประปาส่วนภูมิภาค": "ประปาส่วนภูมิภาค",
        "ประปาหมู่บ้าน": "ประปาหมู่บ้าน",
        "บ่อบาดาล": "บ่อน้ำของโรงเรียน",
        "ประปาภูเขา": "แหล่งน้ำธรรมชาติ",
        "แหล่งน้ำธรรมชาติ": "แหล่งน้ำธรรมชาติ",
    }
    return {
        "route_elevation_m": int(
            round(max(school.elevation_m, 300) + float(rng.uniform(40, 350)), -1)
        ),
        "border_level": str(rng.choice(["ไม่ติด", "จังหวัด", "อำเภอ"], p=[0.5, 0.4, 0.1])),
        "local_government_kind": "อบต." if facts.local_government.startswith("อบต.") else "ทต.",
        "not_2wd_km": round(float(rng.uniform(1, 14)), 1)
        if high
        else round(float(rng.uniform(0, 2)), 1),
        "road_to_hall_km": facts.to_esao_km,
        "public_transport": transport[int(rng.integers(0, 2 if high else 4))],
        "water_source": water[facts.water_source],
        "electricity": "พลังงานทดแทน" if facts.electricity == "โซลาร์เซลล์" else "ระบบจำหน่าย",
        "phone": phone[int(rng.choice(3, p=[0.5, 0.2, 0.3] if high else [0.95, 0.05, 0.0]))],
        "internet": facts.internet,
        "ethnic_percent": int(rng.integers(60, 101)) if high else int(rng.integers(0, 50)),
        "ethnic_groups": int(rng.integers(1, 5)) if high else int(rng.integers(0, 3)),
        "poor_percent": int(rng.integers(35, 91)) if high else int(rng.integers(10, 55)),
        "boarders": int(rng.integers(0, max(2, pupils // 3))) if school.highland else 0,
        "branches": 0,
        "mof_list": "ใช่" if school.highland and rng.random() < 0.7 else "ไม่ใช่",
    }
