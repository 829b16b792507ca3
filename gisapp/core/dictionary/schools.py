"""The layer of schools."""

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
corrected text | คอลัมน์ที่แก้ตามคำสั่ง | Columns put right
problem_count int | เรื่องที่ต้องตรวจ | Problems
""")

LAYERS = (
    Layer(
        "schools",
        "Point",
        "โรงเรียน",
        "โรงเรียนพร้อมจำนวนนักเรียน อาคาร และที่ตั้ง จุดที่ location_quality เป็น subdistrict คือจุดแทน",
        "Schools",
        _SCHOOLS,
    ),
)
