"""Layers of what belongs to schools: pupils, structures, villages, photos."""

from gisapp.core.columns import CODE, GRADE_COLUMNS, Layer, columns_of

LAYERS = (
    Layer(
        "enrolment_by_grade",
        None,
        "นักเรียนรายชั้น",
        "จำนวนนักเรียนแยกเพศและห้อง รายโรงเรียนรายชั้น",
        "Enrolment by grade",
        (CODE, *GRADE_COLUMNS),
    ),
    Layer(
        "buildings",
        None,
        "สิ่งก่อสร้าง",
        "สิ่งก่อสร้างของโรงเรียน หนึ่งแถวต่อหนึ่งหลัง",
        "Buildings",
        columns_of("""
smis_code text | รหัสโรงเรียน 8 หลัก | School code (SMIS)
sequence int | ลำดับที่ | Number
building_type text | ประเภท | Type
building_design text | แบบสิ่งก่อสร้าง | Design
design_rooms int | จำนวนห้องตามแบบ | Rooms by design
actual_rooms int | จำนวนห้องจริง | Rooms in fact
special_rooms int | จำนวนห้องพิเศษ | Special rooms
built_year_be int | ปีที่สร้าง (พ.ศ.) | Built in (BE)
age_years int | อายุการใช้งาน (ปี) | Age (years)
budget_baht float | งบประมาณ (บาท) | Budget (baht)
budget_source text | แหล่งที่มาของงบประมาณ | Source of budget
condition text | สภาพการใช้งาน | Condition
use_status text | สถานะการใช้งาน | Use
"""),
    ),
    Layer(
        "service_villages",
        "Point",
        "หมู่บ้านในเขตพื้นที่บริการ",
        "หมู่บ้านที่แต่ละโรงเรียนรับผิดชอบ แยกระดับ",
        "Service-area villages",
        columns_of("""
smis_code text | รหัสโรงเรียน 8 หลัก | School code (SMIS)
education_level text | ระดับ | Level
village_code text | รหัสหมู่บ้าน 8 หลัก | Village code
village_no int | หมู่ที่ | Village number
village_name text | ชื่อหมู่บ้าน | Village
subdistrict_code text | รหัสตำบล 6 หลัก | Subdistrict code
share float | สัดส่วน | Share
announced_be int | ปีที่ประกาศ (พ.ศ.) | Announced in (BE)
"""),
    ),
    Layer(
        "population",
        None,
        "ประชากรรายอายุ",
        "ประชากรทะเบียนราษฎร รายพื้นที่รายอายุ ตามไฟล์ที่ได้รับ แถวที่ไม่มี area_code คือคนที่ยังไม่รู้ว่าอยู่พื้นที่ใด",
        "Population by age",
        columns_of("""
area_code text | รหัสพื้นที่ | Area code
area_name text | พื้นที่ | Area
area_kind text | ชนิดของพื้นที่ | Kind of area
age int | อายุ (ปีเต็ม ว่าง = ทุกอายุ) | Age (completed years, null = all ages)
age_to int | ถึงอายุ (ว่าง = ขึ้นไป) | To age (null = and over)
male int | ชาย | Men
female int | หญิง | Women
persons int | รวม | Persons
source_file text | ไฟล์ | File
"""),
    ),
    Layer(
        "photos",
        None,
        "ภาพถ่าย",
        "ภาพถ่ายที่เผยแพร่ได้",
        "Photos",
        columns_of("""
photo_id text | รหัสภาพ | Photo
smis_code text | รหัสโรงเรียน 8 หลัก | School code (SMIS)
building_sequence int | ลำดับที่ของสิ่งก่อสร้าง | Number of the building
photo_slot text | มุมภาพ | Slot
taken_on date | ถ่ายเมื่อ | Taken on
file_name text | ชื่อไฟล์ | File name
caption_th text | คำบรรยาย | Caption (Thai)
caption_en text | คำบรรยาย (อังกฤษ) | Caption (English)
"""),
    ),
)
