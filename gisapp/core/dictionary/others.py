"""Layers of schools that are not the office's own."""

from gisapp.core.columns import GRADE_COLUMNS, SOURCE_FILE, Column, Layer
from gisapp.core.dictionary import schools

_KEY = Column("smis_code", "text", "รหัสของโรงเรียน", "School's key")

#: What is known of them under the same names as of the office's own schools.
_LIKE_SCHOOLS = tuple(
    column
    for column in schools.LAYERS[0].columns
    if column.name
    in {
        "school_name_th",
        "school_name_en",
        "affiliation",
        "district",
        "subdistrict",
        "subdistrict_code",
        "village_no",
        "lowest_grade",
        "highest_grade",
        "levels_offered",
        "students",
        "male",
        "female",
        "class_groups",
        "pre_primary",
        "primary",
        "lower_secondary",
        "upper_secondary",
        "location_quality",
    }
)

LAYERS = (
    Layer(
        "other_schools",
        "Point",
        "โรงเรียนสังกัดอื่น",
        "โรงเรียนสังกัดอื่นในพื้นที่ (เอกชน อปท. ตชด. ฯลฯ) ไม่นับรวมในชั้นโรงเรียนของสำนักงาน "
        "จุดที่ location_quality เป็น subdistrict คือจุดแทน",
        "Schools of other affiliations",
        (_KEY, *_LIKE_SCHOOLS, SOURCE_FILE),
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
