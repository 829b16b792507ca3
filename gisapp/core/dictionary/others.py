"""Layers of schools that are not the office's own."""

from gisapp.core.columns import GRADE_COLUMNS, Column, Layer, columns_of

_KEY = Column("smis_code", "text", "รหัสของโรงเรียน", "School's key")

LAYERS = (
    Layer(
        "other_schools",
        "Point",
        "โรงเรียนสังกัดอื่น",
        "โรงเรียนสังกัดอื่นในพื้นที่ (เอกชน อปท. ตชด. ฯลฯ) ไม่นับรวมในชั้นโรงเรียนของสำนักงาน "
        "จุดที่ location_quality เป็น subdistrict คือจุดแทน",
        "Schools of other affiliations",
        columns_of("""
smis_code text | รหัสของโรงเรียน | School's key
school_name_th text | ชื่อโรงเรียน | School name (Thai)
school_name_en text | ชื่อโรงเรียน (อังกฤษ) | School name (English)
affiliation text | สังกัด | Affiliation
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
location_quality text | คุณภาพของพิกัด | Quality of the location
source_file text | ไฟล์ | File
"""),
    ),
    Layer(
        "other_enrolment_by_grade",
        None,
        "นักเรียนรายชั้นของโรงเรียนสังกัดอื่น",
        "จำนวนนักเรียนแยกเพศและห้องของโรงเรียนสังกัดอื่น รายโรงเรียนรายชั้น",
        "Enrolment by grade, other affiliations",
        (_KEY, *GRADE_COLUMNS),
    ),
)
