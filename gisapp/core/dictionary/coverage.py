"""Layers of service zones and of the children in them."""

from gisapp.core.columns import CODE, Column, Layer, columns_of

_LEVEL = Column("education_level", "text", "ระดับ", "Level")
_METHOD = Column("zone_method", "text", "วิธีสร้างเขต", "Way the zone was made")

#: What is asked of every unit: how far is near enough, and which schools count.
_QUESTION = columns_of("""
reach_kind text | ชนิดของระยะ | Kind of reach
reach_value float | ระยะ (กม. หรือนาที) | Reach (km or minutes)
affiliations text | สังกัดที่นับ | Affiliations counted
""")

#: The figures of contract section 5; the same in every unit.
_FIGURES = columns_of("""
population float | เด็กในวัย | Children of official age
population_male float | เด็กชายในวัย | Boys of official age
population_female float | เด็กหญิงในวัย | Girls of official age
population_method text | วิธีนับเด็ก | Way children were counted
covered_population float | เด็กในระยะ | Children within reach
covered_male float | เด็กชายในระยะ | Boys within reach
covered_female float | เด็กหญิงในระยะ | Girls within reach
coverage_rate float | ส่วนที่อยู่ในระยะ (0–1) | Share within reach (0–1)
uncovered_population float | เด็กนอกระยะ | Children out of reach
covered_at_least float | เด็กในระยะอย่างน้อย | Children within reach, at least
covered_at_most float | เด็กในระยะอย่างมาก | Children within reach, at most
unlocated_schools int | โรงเรียนที่ยังไม่มีจุด | Schools without a point
unplaced_population float | เด็กที่ไม่รู้ที่อยู่ | Children of unknown place
edge_population float | เด็กนอกระยะที่อยู่ใกล้ขอบเขต | Uncovered children near the border
enrolled int | นักเรียน | Pupils
enrolled_male int | นักเรียนชาย | Boys enrolled
enrolled_female int | นักเรียนหญิง | Girls enrolled
enrolled_at_least int | นักเรียนอย่างน้อย | Pupils, at least
schools_without_pupils int | โรงเรียนที่ไม่ทราบจำนวนนักเรียน | Schools whose pupils are unknown
gross_enrolment_ratio float | อัตราเข้าเรียนอย่างหยาบ (%) | Gross enrolment ratio (%)
gross_enrolment_ratio_male float | อัตราเข้าเรียนอย่างหยาบ ชาย (%) | Gross enrolment ratio, boys (%)
gross_enrolment_ratio_female float | อัตราเข้าเรียนอย่างหยาบ หญิง (%) | Gross enrolment ratio, girls (%)
entry_grade text | ชั้นแรกของระดับ | Entry grade
entry_population float | เด็กวัยเข้าเรียน | Children of entry age
entry_enrolled int | นักเรียนชั้นแรก | Pupils in the entry grade
gross_intake_ratio float | อัตราการรับเข้าอย่างหยาบ (%) | Gross intake ratio (%)
""")


def _coverage(name: str, title_th: str, title_en: str, unit: tuple[Column, ...]) -> Layer:
    """A layer of figures by unit × level × reach × affiliations."""
    return Layer(
        name,
        "MultiPolygon",
        f"ความครอบคลุมราย{title_th}",
        f"เด็กวัยเรียน เด็กในระยะ และนักเรียน ราย{title_th} ระดับ ระยะ และสังกัดที่นับ ค่าว่างคือไม่ทราบ",
        f"Coverage by {title_en}",
        (*unit, _LEVEL, *_QUESTION, *_FIGURES),
    )


_SUBDISTRICT = columns_of("""
subdistrict_code text | รหัสตำบล 6 หลัก | Subdistrict code
subdistrict_th text | ตำบล | Subdistrict (Thai)
district_th text | อำเภอ | District (Thai)
""")

LAYERS = (
    Layer(
        "service_zones",
        "MultiPolygon",
        "เขตพื้นที่บริการ",
        "เขตของแต่ละโรงเรียนและระดับ ซ้อนกันเฉพาะเขตร่วม (share < 1)",
        "Service zones",
        (
            CODE,
            *columns_of("school_name_th text | โรงเรียน | School"),
            _LEVEL,
            _METHOD,
            *columns_of("""
villages int | หมู่บ้าน | Villages
area_km2 float | พื้นที่ (ตร.กม.) | Area (km²)
announced_be int | ปีที่ประกาศ (พ.ศ.) | Announced in (BE)
"""),
        ),
    ),
    Layer(
        "zone_parts",
        "MultiPolygon",
        "ส่วนของเขตพื้นที่บริการ",
        "พื้นที่ × ระดับ × โรงเรียน × สัดส่วน รวมกันเต็มพื้นที่ของสำนักงานพอดี "
        "แถว unassigned คือที่ไม่มีโรงเรียนของสำนักงานรับผิดชอบ",
        "Parts of service zones",
        (
            *columns_of("part_id text | รหัสส่วน | Part"),
            _LEVEL,
            CODE,
            *columns_of("share float | สัดส่วน | Share"),
            _METHOD,
            *columns_of("""
area_kind text | ชนิดของพื้นที่ | Kind of area
area_code text | รหัสพื้นที่ | Area code
subdistrict_code text | รหัสตำบล 6 หลัก | Subdistrict code
area_km2 float | พื้นที่ (ตร.กม.) | Area (km²)
"""),
        ),
    ),
    _coverage(
        "zone_coverage",
        "เขตพื้นที่บริการ",
        "service zone",
        (CODE, *columns_of("school_name_th text | โรงเรียน | School"), _METHOD),
    ),
    _coverage("subdistrict_coverage", "ตำบล", "subdistrict", _SUBDISTRICT),
    _coverage(
        "district_coverage",
        "อำเภอ",
        "district",
        columns_of("""
district_code text | รหัสอำเภอ 4 หลัก | District code
district_th text | อำเภอ | District (Thai)
"""),
    ),
    _coverage(
        "network_coverage",
        "เครือข่าย",
        "school network",
        columns_of("school_network text | เครือข่าย | School network"),
    ),
    _coverage(
        "office_coverage",
        "สำนักงาน",
        "office",
        columns_of("area_code text | รหัสสำนักงาน | Office code"),
    ),
    Layer(
        "uncovered_pockets",
        "MultiPolygon",
        "กลุ่มเด็กนอกระยะ",
        "ที่อยู่ติดกันของเด็กที่อยู่นอกระยะของทุกโรงเรียนที่สอนระดับนั้น เรียงจากเด็กมากไปน้อย",
        "Uncovered pockets",
        (
            *columns_of("pocket_no int | ลำดับที่ | Number"),
            _LEVEL,
            *_QUESTION,
            *columns_of("""
children float | เด็กนอกระยะ | Children out of reach
children_rounded int | เด็กนอกระยะ (ปัดเป็นทีละ 5) | Children, rounded (null if few)
subdistrict_code text | รหัสตำบล 6 หลัก | Subdistrict code
subdistrict_th text | ตำบล | Subdistrict (Thai)
subdistricts int | จำนวนตำบลที่กลุ่มนี้อยู่ | Subdistricts it lies in
nearest_smis_code text | รหัสโรงเรียนใกล้สุด | Nearest school's code
nearest_school_th text | โรงเรียนใกล้สุด | Nearest school
nearest_km float | ระยะถึงโรงเรียนใกล้สุด (กม.) | Distance to it (km)
villages text | หมู่บ้าน | Villages
area_km2 float | พื้นที่ (ตร.กม.) | Area (km²)
"""),
        ),
    ),
    Layer(
        "zone_children",
        None,
        "เด็กรายอายุในเขตพื้นที่บริการ",
        "เด็กแต่ละอายุ (ปีเต็ม ณ วันที่นับ) ในเขตของแต่ละโรงเรียนและระดับ แถวที่ไม่มีรหัสโรงเรียนคือที่ไม่มีเขต",
        "Children by age in service zones",
        (
            CODE,
            _LEVEL,
            *columns_of("""
age int | อายุ (ปีเต็ม) | Age (completed years)
male float | ชาย | Boys
female float | หญิง | Girls
persons float | รวม | Children
"""),
        ),
    ),
    Layer(
        "outlook",
        None,
        "จำนวนนักเรียนที่คาดการณ์",
        "นักเรียน ป.1 และ ม.1 ที่คาดหกปีข้างหน้า พร้อมช่วงตามความคลาดเคลื่อนที่ผ่านมา "
        "แถวที่ไม่มีรหัสโรงเรียนคือรวมทั้งสำนักงาน",
        "Outlook: expected pupils",
        (
            CODE,
            *columns_of("""
grade text | ชั้น | Grade
target_year_be int | ปีการศึกษาที่คาด (พ.ศ.) | Expected in (BE)
years_ahead int | ล่วงหน้า (ปี) | Years ahead
zone_children float | เด็กของรุ่นนั้นในเขต | Children of that cohort in the zone
expected float | คาดว่ามี | Expected
expected_low float | ช่วงต่ำ | Low
expected_high float | ช่วงสูง | High
outlook_method text | วิธีคาด | Way of expecting
"""),
        ),
    ),
)
