"""Sheets made of plain rows, read with a few headings: no file is opened here."""

import pytest

from gisapp.core.headings import make_headings
from gisapp.core.recognise import recognise
from gisapp.core.tables import Sheet

_CODES = [
    ("รหัสโรงเรียน", "smis_code"),
    ("รหัสกระทรวง", "ministry_code"),
    ("percode", "percode"),
    ("ชื่อโรงเรียน", "school_name_th"),
]
_GRADES = [("อ.1", "k1"), ("อ.2", "k2"), ("ป.1", "p1"), ("ป.2", "p2"), ("ม.1", "m1")]


@pytest.fixture(scope="session")
def headings():
    """A handful of headings, enough for every form."""
    return make_headings(
        {
            "grades": [
                *_GRADES,
                ("รวมอนุบาล", "pre_primary"),
                ("รวมประถม", "primary"),
                ("ประถม", "primary"),
                ("รวมทั้งหมด", "total"),
            ],
            "measures": [
                ("ชาย", "male"),
                ("หญิง", "female"),
                ("รวม", "students"),
                ("ห้อง", "class_groups"),
            ],
            "enrolment": [*_CODES, ("ลำดับ", ""), ("รหัสเขต", "area_code")],
            "enrolment_long": [
                *_CODES,
                ("ชั้น", "grade"),
                ("ชาย", "male"),
                ("หญิง", "female"),
                ("รวม", "students"),
                ("ห้อง", "class_groups"),
            ],
            "register": [
                *_CODES,
                ("รหัสเขต", "area_code"),
                ("ตำบล", "subdistrict"),
                ("อำเภอ", "district"),
                ("หมู่", "village_no"),
                ("ละติจูด", "lat"),
                ("ลองจิจูด", "lon"),
                ("เว็บไซต์", "website"),
                ("พื้นที่สูง", "highland_official"),
                ("ก่อตั้ง", "founded_on"),
                ("ระยะทาง", "distance_to_esao_km"),
                ("สถานะ", "status"),
            ],
            "buildings": [
                *_CODES,
                ("ลำดับที่", "sequence"),
                ("ประเภท", "building_type"),
                ("แบบ", "building_design"),
                ("ห้องจริง", "actual_rooms"),
                ("ปีที่สร้าง", "built_year_be"),
                ("สภาพ", "condition"),
                ("สถานะ", "use_status"),
            ],
            "service_announcement": [
                *_CODES,
                ("ระดับ", "education_level"),
                ("หมู่บ้านในเขตบริการ", "service_area_text"),
                ("ตำบล", "subdistrict"),
            ],
            "service_villages": [
                *_CODES,
                ("ระดับ", "education_level"),
                ("รหัสหมู่บ้าน", "village_code"),
                ("หมู่ที่", "village_no"),
                ("ชื่อหมู่บ้าน", "village_name"),
                ("ตำบล", "subdistrict"),
                ("อำเภอ", "district"),
                ("สัดส่วน", "share"),
            ],
            "staff": [*_CODES, ("ครู", "teachers"), ("ผอ.", "directors")],
        }
    )


@pytest.fixture
def read_table(headings):
    """Read rows, the header first, as the one form they are."""

    def read(*rows, file="f.xlsx", first_row=1, form=None):
        sheet = Sheet(file, "s", [list(row) for row in rows], first_row=first_row)
        tables, problems = recognise(sheet, headings)
        assert not problems
        return next(table for table in tables if form in (None, table.form))

    return read
