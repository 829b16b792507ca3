"""The data dictionary: every layer and column that is published, with its Thai title.

One table serves the GeoPackage, the manual and the exports.
"""

from gisapp.core.columns import Layer, columns_of

_SCHOOLS = columns_of("""
smis_code text | รหัสโรงเรียน 8 หลัก | School code (SMIS)
ministry_code text | รหัสกระทรวง 10 หลัก | Ministry code
percode text | รหัส percode 6 หลัก | Percode
school_name_th text | ชื่อโรงเรียน | School name (Thai)
school_name_en text | ชื่อโรงเรียน (อังกฤษ) | School name (English)
affiliation text | สังกัด | Affiliation
school_network text | เครือข่าย | School network
district text | อำเภอ | District
subdistrict text | ตำบล | Subdistrict
subdistrict_code text | รหัสตำบล 6 หลัก | Subdistrict code
village_no int | หมู่ที่ | Village number
lowest_grade text | ชั้นต่ำสุด | Lowest grade
highest_grade text | ชั้นสูงสุด | Highest grade
levels_offered text | ระดับที่เปิดสอน | Levels offered
students int | นักเรียน | Pupils
male int | ชาย | Boys
female int | หญิง | Girls
class_groups int | ห้องเรียน (กลุ่มเรียน) | Class groups
pre_primary int | นักเรียนก่อนประถมศึกษา | Pre-primary pupils
primary int | นักเรียนประถมศึกษา | Primary pupils
lower_secondary int | นักเรียนมัธยมศึกษาตอนต้น | Lower secondary pupils
upper_secondary int | นักเรียนมัธยมศึกษาตอนปลาย | Upper secondary pupils
size_class_4 text | ขนาดโรงเรียน 4 กลุ่ม | Size class (4)
size_class_7 text | ขนาดโรงเรียน 7 กลุ่ม | Size class (7)
small_band text | ช่วงของโรงเรียนขนาดเล็ก | Band of small schools
small_school flag | โรงเรียนขนาดเล็ก | Small school
expansion_school flag | โรงเรียนขยายโอกาส | Expansion school
highland_official flag | พื้นที่สูงตามประกาศ | Highland, announced
island_official flag | พื้นที่เกาะตามประกาศ | Island, announced
elevation_m float | ความสูง (ม.) | Elevation (m)
slope_deg float | ความลาดชัน (องศา) | Slope (degrees)
highland_score float | คะแนนคัดกรองพื้นที่สูง | Highland screening score
teachers int | ครูและผู้บริหาร | Teachers and heads
pupil_teacher_ratio float | นักเรียนต่อครู | Pupils per teacher
pupil_class_ratio float | นักเรียนต่อห้อง | Pupils per class
buildings int | สิ่งก่อสร้าง | Structures
classrooms int | ห้องเรียนในอาคารเรียน | Classrooms
dilapidated_buildings int | สิ่งก่อสร้างทรุดโทรม | Dilapidated structures
royal_project flag | โครงการพระราชดำริ | Royal project
model_school flag | โรงเรียนต้นแบบ | Model school
tambon_quality_school flag | โรงเรียนดีประจำตำบล | Quality school of the subdistrict
lab_school flag | โรงเรียนในฝัน | Lab school
special_area flag | พื้นที่พิเศษ | Special area
status text | สถานะ | Status
merged_into text | รวมกับโรงเรียน | Merged into
electricity text | ไฟฟ้า | Electricity
water_source text | แหล่งน้ำ | Water source
internet text | อินเทอร์เน็ต | Internet
local_government text | องค์กรปกครองส่วนท้องถิ่น | Local government
distance_to_esao_km float | ระยะทางถึงเขตพื้นที่ (กม.) | Distance to the office (km)
distance_to_district_km float | ระยะทางถึงอำเภอ (กม.) | Distance to the district (km)
founded_on date | วันที่ก่อตั้ง | Founded on
photo_count int | จำนวนภาพ | Photos
photo_id text | ภาพแรก | First photo
website text | เว็บไซต์ | Website
location_quality text | คุณภาพของพิกัด | Quality of the location
problem_count int | เรื่องที่ต้องตรวจ | Problems
""")

_LAYERS = (
    Layer(
        "schools",
        "Point",
        "โรงเรียน",
        "โรงเรียนพร้อมจำนวนนักเรียน อาคาร และที่ตั้ง จุดที่ location_quality เป็น subdistrict คือจุดแทน",
        "Schools",
        _SCHOOLS,
    ),
    Layer(
        "enrolment_by_grade",
        None,
        "นักเรียนรายชั้น",
        "จำนวนนักเรียนแยกเพศและห้อง รายโรงเรียนรายชั้น",
        "Enrolment by grade",
        columns_of("""
smis_code text | รหัสโรงเรียน 8 หลัก | School code (SMIS)
grade text | ชั้น | Grade
education_level text | ระดับ | Level
male int | ชาย | Boys
female int | หญิง | Girls
students int | นักเรียน | Pupils
class_groups int | ห้องเรียน (กลุ่มเรียน) | Class groups
"""),
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
    Layer(
        "districts",
        "MultiPolygon",
        "อำเภอ",
        "ขอบเขตอำเภอพร้อมจำนวนโรงเรียนและนักเรียน",
        "Districts",
        columns_of("""
district_code text | รหัสอำเภอ 4 หลัก | District code
district_th text | อำเภอ | District (Thai)
district_en text | อำเภอ (อังกฤษ) | District (English)
schools int | โรงเรียน | Schools
students int | นักเรียน | Pupils
"""),
    ),
    Layer(
        "subdistricts",
        "MultiPolygon",
        "ตำบล",
        "ขอบเขตตำบลพร้อมจำนวนโรงเรียนและนักเรียน",
        "Subdistricts",
        columns_of("""
subdistrict_code text | รหัสตำบล 6 หลัก | Subdistrict code
subdistrict_th text | ตำบล | Subdistrict (Thai)
subdistrict_en text | ตำบล (อังกฤษ) | Subdistrict (English)
district_code text | รหัสอำเภอ 4 หลัก | District code
district_th text | อำเภอ | District (Thai)
schools int | โรงเรียน | Schools
students int | นักเรียน | Pupils
"""),
    ),
    Layer(
        "villages",
        "Point",
        "หมู่บ้าน",
        "จุดหมู่บ้านตามแฟ้มของสำนักงาน",
        "Villages",
        columns_of("""
village_code text | รหัสหมู่บ้าน 8 หลัก | Village code
village_no int | หมู่ที่ | Village number
village_th text | หมู่บ้าน | Village (Thai)
village_en text | หมู่บ้าน (อังกฤษ) | Village (English)
subdistrict_code text | รหัสตำบล 6 หลัก | Subdistrict code
"""),
    ),
    Layer(
        "roads",
        "LineString",
        "ถนน",
        "ถนนตามแฟ้มของสำนักงาน",
        "Roads",
        columns_of("""
road_class text | ชั้นถนน | Class
surface text | ผิวทาง | Surface
name_th text | ชื่อถนน | Name
"""),
    ),
    Layer(
        "rivers",
        "LineString",
        "แม่น้ำลำห้วย",
        "ทางน้ำตามแฟ้มของสำนักงาน",
        "Rivers",
        columns_of("""
name_th text | ชื่อ | Name
flow_class int | ขนาดของทางน้ำ | Size of flow
"""),
    ),
    Layer(
        "lakes",
        "MultiPolygon",
        "แหล่งน้ำ",
        "อ่างเก็บน้ำและบึงตามแฟ้มของสำนักงาน",
        "Lakes",
        columns_of("""
name_th text | ชื่อ | Name
"""),
    ),
    Layer(
        "problems",
        "Point",
        "เรื่องที่พบในข้อมูล",
        "ข้อผิดพลาดและข้อสงสัยในไฟล์ที่ได้รับ ใช้ภายในสำนักงาน",
        "Problems",
        columns_of("""
problem_id text | รหัสเรื่อง | Problem
severity text | ระดับ | Severity
kind text | ชนิด | Kind
file text | ไฟล์ | File
sheet text | แผ่นงาน | Sheet
row int | แถว | Row
column text | คอลัมน์ | Column
cell text | เซลล์ | Cell
smis_code text | รหัสโรงเรียน | School code
value text | ค่าที่พบ | Value
pupils int | นักเรียนที่ค้างในเรื่องนี้ | Pupils held back
message_th text | เรื่อง | Message (Thai)
message_en text | เรื่อง (อังกฤษ) | Message (English)
advice_th text | ควรทำ | Advice (Thai)
advice_en text | ควรทำ (อังกฤษ) | Advice (English)
acknowledged_reason text | เหตุผลที่รับทราบ | Reason
acknowledged_by text | ผู้รับทราบ | Acknowledged by
acknowledged_on date | รับทราบเมื่อ | Acknowledged on
"""),
    ),
)

#: Every layer by name, in the order in which they stand in the file.
LAYERS = {layer.name: layer for layer in _LAYERS}
