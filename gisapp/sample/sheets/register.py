"""The office's school table (C6) and EMIS basic information (C5)."""

from gisapp.core.rounds import Round
from gisapp.core.text import Cell
from gisapp.sample.schools.make import School, Schools
from gisapp.sample.sheets.filled import Filled, fill

#: Status of a school that teaches.
OPEN = "เปิดสอน"

_REGISTER = (
    ("smis_code", "smis", 12.0),
    ("percode", "percode", 9.0),
    ("ministry_code", "ministry", 13.0),
    ("school_name_th", "schoolname", 32.0),
    ("school_name_en", "schoolname_eng", 34.0),
    ("school_network", "schoolgroup", 24.0),
    ("village_no", "muti", 6.0),
    ("road", "road", 8.0),
    ("village_name", "muban", 20.0),
    ("subdistrict", "tambon", 16.0),
    ("district", "amper", 18.0),
    ("province", "province", 12.0),
    ("postcode", "postcode", 9.0),
    ("lat", "lat", 12.0),
    ("lon", "lng", 12.0),
    ("distance_to_esao_km", "length_km", 9.0),
    ("maplink", "maplink", 8.0),
    ("tel", "tel", 8.0),
    ("email", "email", 8.0),
    ("website", "website", 34.0),
    ("status", "status", 22.0),
)
#: Columns that this office has added to the school table.
_ADDED = (
    ("merged_into", "รวมกับโรงเรียน", 13.0),
    ("expansion_school", "ขยายโอกาส", 10.0),
    ("highland_official", "พื้นที่สูง", 9.0),
    ("island_official", "พื้นที่เกาะ", 9.0),
    ("royal_project", "โครงการพระราชดำริ", 16.0),
    ("model_school", "โรงเรียนต้นแบบ", 13.0),
    ("tambon_quality_school", "โรงเรียนดีประจำตำบล", 18.0),
    ("lab_school", "โรงเรียนในฝัน", 13.0),
    ("special_area", "พื้นที่พิเศษ", 10.0),
)
TEXT_COLUMNS = frozenset({"smis_code", "percode", "ministry_code", "lat", "lon", "merged_into"})
#: Of the sample's own province, which no country has.
_POSTCODES = {"9901": "99000", "9902": "99110", "9903": "99120", "9904": "99130", "9905": "99140"}

_BASIC = (
    ("ministry_code", "รหัสโรงเรียน 10 หลัก", 16.0),
    ("smis_code", "รหัส Smis 8 หลัก", 14.0),
    ("percode", "รหัส Obec 6 หลัก", 14.0),
    ("school_name_th", "ชื่อสถานศึกษา(ไทย)", 32.0),
    ("school_name_en", "ชื่อสถานศึกษา(อังกฤษ)", 34.0),
    ("address", "ที่อยู่", 26.0),
    ("subdistrict", "ตำบล", 16.0),
    ("district", "อำเภอ", 18.0),
    ("province", "จังหวัด", 12.0),
    ("postcode", "รหัสไปรษณีย์", 11.0),
    ("tel", "โทรศัพท์", 10.0),
    ("fax", "โทรสาร", 10.0),
    ("levels", "ระดับที่เปิดสอน", 24.0),
    ("founded_on", "วัน-เดือน-ปี ก่อตั้ง", 22.0),
    ("email", "อีเมล์", 10.0),
    ("website", "เว็บไซต์", 34.0),
    ("school_network", "เครือข่ายพัฒนาคุณภาพการศึกษา", 26.0),
    ("local_government", "องค์กรปกครองส่วนท้องถิ่น", 24.0),
    ("distance_to_esao_km", "ระยะทางจากโรงเรียน ถึง เขตพื้นที่การศึกษา", 20.0),
    ("distance_to_district_km", "ระยะทางจากโรงเรียน ถึง อำเภอ", 18.0),
    ("electricity", "ไฟฟ้า", 14.0),
    ("water_source", "แหล่งน้ำ", 18.0),
    ("internet", "อินเทอร์เน็ต", 14.0),
)
_LEVEL_TH = {"k": "อนุบาล", "p": "ประถมศึกษา", "m3": "มัธยมศึกษาตอนต้น", "m6": "มัธยมศึกษาตอนปลาย"}


def register_sheet(file: str, schools: Schools, round_: Round, *, plain: bool = False) -> Filled:
    """Lay out the office's school table, coordinates as text as such tables have them.

    Args:
        file: File name.
        schools: All schools.
        round_: Decides the status of schools that ran out of pupils.
        plain: Only the columns that every office has.
    """
    host = _hosts(schools)
    records = {}
    for school in schools.schools:
        emptied = school.rank == "zero" and round_.academic_year_be >= 2566
        flags = {
            "expansion_school": school.expansion,
            "highland_official": school.highland,
            "island_official": school.island,
            "royal_project": school.facts.royal_project,
            "model_school": school.facts.model_school,
            "tambon_quality_school": school.facts.tambon_quality,
            "lab_school": school.facts.lab_school,
            "special_area": school.facts.special_area,
        }
        records[school.smis_code] = {
            **address_cells(school),
            "school_network": school.facts.network,
            "lat": f"{school.lat:.7f}",
            "lon": f"{school.lon:.7f}",
            "distance_to_esao_km": school.facts.to_esao_km,
            "website": school.facts.website or None,
            "status": "ไม่มีนักเรียน (มาเรียนรวม)" if emptied else OPEN,
            "merged_into": host[school.smis_code] if emptied else None,
            **{flag: "ใช่" if value else "ไม่ใช่" for flag, value in flags.items()},
        }
    headings = _REGISTER if plain else (*_REGISTER, *_ADDED)
    sheet = "ข้อมูลโรงเรียน" if file.endswith(".xlsx") else ""
    return fill(file, "register", headings, records, sheet=sheet, text=TEXT_COLUMNS)


def basic_info_sheet(file: str, schools: Schools, printed: str) -> Filled:
    """Lay out EMIS basic information of every school; `printed` is the date it states."""
    records: dict[str, dict[str, Cell]] = {}
    for school in schools.schools:
        facts = school.facts
        first = _LEVEL_TH[school.grades[0][0]]
        last = _LEVEL_TH.get(school.grades[1], _LEVEL_TH["p"])
        records[school.smis_code] = {
            **address_cells(school),
            "address": f"หมู่ที่ {school.village_no} {school.village_th}",
            "levels": first if first == last else f"{first}-{last}",
            "founded_on": facts.founded_on,
            "website": facts.website or None,
            "school_network": facts.network,
            "local_government": facts.local_government,
            "distance_to_esao_km": None
            if facts.to_esao_km is None
            else f"{facts.to_esao_km:g} กม.",
            "distance_to_district_km": (
                None if facts.to_district_km is None else f"{facts.to_district_km:g} กม."
            ),
            "electricity": facts.electricity,
            "water_source": facts.water_source,
            "internet": facts.internet,
        }
    sheet = "ข้อมูลทั่วไป" if file.endswith(".xlsx") else ""
    titles = [f"ข้อมูลพื้นฐานสถานศึกษา (EMIS) ข้อมูล ณ วันที่ {printed}"] if sheet else []
    return fill(file, "basic_info", _BASIC, records, sheet=sheet, titles=titles, text=TEXT_COLUMNS)


def address_cells(school: School) -> dict[str, Cell]:
    """Return the cells that every kind of register has."""
    return {
        "smis_code": school.smis_code,
        "percode": school.percode or None,
        "ministry_code": school.ministry_code or None,
        "school_name_th": school.name_th,
        "school_name_en": school.name_en,
        "village_no": school.village_no,
        "village_name": school.village_th,
        "subdistrict": school.subdistrict_th,
        "district": school.district_th,
        "province": "ตัวอย่าง",
        "postcode": _POSTCODES[school.district_code],
    }


def _hosts(schools: Schools) -> dict[str, str]:
    """The school that took in the pupils of each emptied one: nearest with pupils, by degrees."""
    hosts = {}
    for school in schools.schools:
        if school.rank == "zero":
            others = [s for s in schools.schools if s.rank in ("medium", "large", "xlarge")]
            nearest = min(
                others, key=lambda s: (s.lon - school.lon) ** 2 + (s.lat - school.lat) ** 2
            )
            hosts[school.smis_code] = nearest.smis_code
    return hosts
