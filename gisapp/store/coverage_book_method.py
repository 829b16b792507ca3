"""What the workbook of coverage says of how its figures came about."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from gisapp.core.coverage.criteria import CoverageCriteria, CoverageLimits, LevelAges
from gisapp.core.coverage.expecting.backtest import LEAST_YEARS
from gisapp.core.coverage.words import said_in_thai
from gisapp.core.dates_th import day_month
from gisapp.core.grades import LEVEL_NAMES

if TYPE_CHECKING:
    from gisapp.store.coverage_book import CoverageRound

#: Says how the zones of a round were made.
ZONES_LAYER = "service_zones"

#: Has every day that ages may be counted on.
_LEAP_YEAR = 2024


#: What holds for every office.
_ALWAYS = (
    (
        "ไม่ทราบระยะ",
        "เด็กที่ไม่อยู่ในระยะของโรงเรียนที่มีจุด แต่อาจอยู่ในระยะของโรงเรียนที่ยังไม่มีจุด ยังไม่รู้ว่าอยู่ในระยะหรือไม่ "
        "จึงบอกเพียงจำนวนอย่างน้อยและอย่างมาก",
    ),
    (
        "อัตราเข้าเรียนอย่างหยาบ",
        "นักเรียนทุกอายุหารด้วยเด็กในวัย คูณ 100 เกิน 100 ได้ เมื่อมีเด็กย้ายเข้า "
        "เด็กที่ไม่มีชื่อในทะเบียน หรือเด็กจากเขตอื่นมาเรียน",
    ),
    (
        "ไม่ทราบจำนวนนักเรียน",
        "โรงเรียนเดียวที่ไม่ทราบจำนวนนักเรียน ทำให้ไม่ทราบยอดและอัตราของพื้นที่นั้น จึงบอกจำนวนอย่างน้อยจากโรงเรียนอื่น",
    ),
    (
        "จำนวนคน",
        "ปัดเป็นจำนวนเต็มให้ผลรวมของทุกแถวเท่ากับยอดรวม อัตราคิดก่อนปัด ช่องว่างคือไม่ทราบ ไม่ใช่ 0",
    ),
    (
        "คาดการณ์",
        "ป.1 คือเด็กในเขตแต่ละรุ่นคูณอัตรารับเข้าที่ผ่านมา ม.1 คือนักเรียนแต่ละชั้นคูณอัตราเลื่อนชั้น "
        "อัตราของโรงเรียนที่มีเด็กน้อยปรับเข้าหาของสำนักงาน (Bühlmann และ Straub 1970) "
        "ยอดทั้งสำนักงานคิดจากยอดรวมเอง ไม่ใช่ผลบวกของโรงเรียน",
    ),
    (
        "ช่วงของการคาดการณ์",
        "มาจากการคาดย้อนหลังในปีที่ผ่านมาด้วยข้อมูลที่มีในปีนั้น ของโรงเรียน 8 ใน 10 กรณีที่ผ่านมาอยู่ในช่วง "
        "ของทั้งสำนักงานกว้างเท่าความคลาดเคลื่อนที่มากที่สุดของทุกปีที่ทดสอบ "
        f"ต้องมีอย่างน้อย {LEAST_YEARS} ปี และไม่แคบกว่าความผันผวนโดยบังเอิญ จำนวนปีอยู่ในช่องวิธีคาด "
        "ปีที่ทดสอบไม่ได้ไม่มีช่วง",
    ),
)


def method_lines(
    rounds: Sequence["CoverageRound"], criteria: CoverageCriteria
) -> list[tuple[str, str]]:
    """Say how the figures came about: in general, then what each round had to go by."""
    limits = criteria.limits
    reaches = " · ".join(f"{reach.value:g} กม." for reach in criteria.reaches)
    lines = [
        ("รอบข้อมูล", " · ".join(known.data_round.name for known in rounds)),
        ("อายุตามเกณฑ์", " · ".join(map(_ages, criteria.levels))),
        (
            "เด็กในวัย",
            f"เด็กตามทะเบียน นับอายุเป็นปีเต็ม ณ {_cut_off(limits)} "
            "แต่ละคนนับครั้งเดียว พื้นที่ที่หลายโรงเรียนใช้ร่วมกันแบ่งตามสัดส่วน",
        ),
        ("ในระยะ", f"โรงเรียนที่ใกล้ที่สุดที่สอนระดับนั้นอยู่ไม่เกินระยะ วัดเส้นตรง ระยะที่คิด {reaches}"),
        ("ระยะของสำนักงาน", f"{criteria.own_reach.value:g} กม."),
        (
            "กลุ่มเด็กนอกระยะ",
            f"ปัดเป็นทีละ {limits.pocket_rounded_to:g} คน "
            f"กลุ่มที่มีเด็กน้อยกว่า {limits.pocket_min_children:g} คนไม่แสดง "
            "โรงเรียนใกล้สุดและระยะวัดจากจุดที่เด็กมากสุด",
        ),
        *_ALWAYS,
    ]
    for known in rounds:
        lines += _of_round(known)
    return lines


def _ages(level: LevelAges) -> str:
    name = LEVEL_NAMES[level.education_level][0]
    return f"{name} {level.first_age}–{level.last_age} ปี ({level.entry_grade} {level.entry_age} ปี)"


def _cut_off(limits: CoverageLimits) -> str:
    """Say on which day of which year ages are counted: 31 ธ.ค. ของปีก่อนปีการศึกษา."""
    day = datetime.date(_LEAP_YEAR, int(limits.cut_off_month), int(limits.cut_off_day))
    said, years = day_month(day, "th").replace("\u00a0", " "), limits.cut_off_years_before
    if not years:
        return f"{said} ของปีการศึกษา"
    before = "ก่อน" if years == 1 else f"ก่อนหน้า {years:g} ปีของ"
    return f"{said} ของปี{before}ปีการศึกษา"


def _of_round(known: "CoverageRound") -> Iterator[tuple[str, str]]:
    """Yield how a round's zones were made and its children counted."""
    name = known.data_round.name
    zones = known.layers.get(ZONES_LAYER)
    if zones is not None and len(zones):
        counted = zones.groupby("zone_method", sort=True).size()
        said = (f"{said_in_thai('zone_method', how)} {n:,}" for how, n in counted.items())
        yield f"เขตของรอบ {name}", " · ".join(said)
    office = known.layers.get("office_coverage")
    if office is not None and len(office):
        ways = sorted(office["population_method"].dropna().unique())
        words = dict.fromkeys(word for way in ways for word in way.split("+"))
        counted_by = " · ".join(said_in_thai("population_method", word) for word in words)
        yield f"การนับเด็กของรอบ {name}", counted_by or "ไม่ทราบ"
    if known.stated.get("coverage population"):
        yield f"แฟ้มทะเบียนของรอบ {name}", known.stated["coverage population"]
    if "coverage raster" in known.stated:
        yield f"ราสเตอร์ประชากรของรอบ {name}", _raster(known.stated)


def _raster(stated: Mapping[str, str]) -> str:
    """Say which raster spread the children, and how many people it counts."""
    file, ratio = stated["coverage raster"], stated.get("coverage raster ratio", "")
    people, beside = (stated.get(f"coverage raster {what}", "") for what in ("people", "beside"))
    if not file:
        return "ไม่มี"
    if not (ratio and people and beside):
        return f"{file} · นับคนได้ {ratio} เท่าของทะเบียน" if ratio else file
    return (
        f"{file} · ในพื้นที่ที่มีทะเบียนนับได้ {float(people):,.0f} คน "
        f"เป็น {ratio} เท่าของทะเบียน ({float(beside):,.0f} คน)"
    )
