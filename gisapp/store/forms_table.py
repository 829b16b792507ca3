"""What the blank forms ask for: every column with its heading, and how to fill it, twice.

Headings are those of the domain notes, part C, that `data/columns` knows. The highland form is
our own: its sixteen items are those of the highland score.
"""

from dataclasses import dataclass

YES_NO = ("ใช่", "ไม่ใช่")


@dataclass(frozen=True)
class FormColumn:
    """One column of a form.

    Attributes:
        name: Our name of the column.
        heading: As printed.
        width: Characters.
        th, en: What to write, for the guide sheet and the comment on the heading.
        is_text: Cells are text, so that codes keep their zeros.
        choices: The words that may stand there; empty when anything may.
    """

    name: str
    heading: str
    width: float
    th: str
    en: str
    is_text: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class FormText:
    """A form with one row of headings."""

    name: str
    file: str
    sheet: str
    title_th: str
    title_en: str
    one_row_th: str
    one_row_en: str
    columns: tuple[FormColumn, ...]


SMIS = FormColumn(
    "smis_code", "รหัสโรงเรียน", 14, "รหัส DMC/SMIS 8 หลัก", "8-digit DMC/SMIS code", is_text=True
)
NAME = FormColumn(
    "school_name_th", "ชื่อโรงเรียน", 32, "ไม่ต้องใส่คำว่า โรงเรียน", "without the word โรงเรียน"
)
LEVELS = ("ก่อนประถม", "ประถม", "ม.ต้น", "ม.ปลาย")
GRADES = tuple(
    [f"อ.{n}" for n in (1, 2, 3)]
    + [f"ป.{n}" for n in range(1, 7)]
    + [f"ม.{n}" for n in range(1, 7)]
)

LONG = FormText(
    "enrolment_long",
    "2-นักเรียน-แบบยาว.xlsx",
    "นักเรียน",
    "จำนวนนักเรียน แบบยาว",
    "Enrolment, long form",
    "หนึ่งแถวคือหนึ่งโรงเรียนหนึ่งชั้น ใช้แทนแบบที่ 1 ได้",
    "One row is one grade of one school. Use it instead of form 1",
    (
        SMIS,
        FormColumn("academic_year_be", "ปีการศึกษา", 11, "พ.ศ. เช่น 2568", "Buddhist era, e.g. 2568"),
        FormColumn("data_round", "รอบข้อมูล", 11, "1, 2 หรือ 3", "1, 2 or 3"),
        FormColumn("grade", "ชั้น", 8, "อ.1 ถึง ม.6", "อ.1 to ม.6", choices=GRADES),
        FormColumn("male", "ชาย", 8, "คน", "boys"),
        FormColumn("female", "หญิง", 8, "คน", "girls"),
        FormColumn("students", "รวม", 8, "ต้องเท่ากับ ชาย + หญิง", "must equal boys + girls"),
        FormColumn("class_groups", "ห้อง", 8, "จำนวนห้องเรียนของชั้น", "class groups of the grade"),
    ),
)

REGISTER = FormText(
    "register",
    "3-ทะเบียนโรงเรียน.xlsx",
    "ข้อมูลโรงเรียน",
    "ทะเบียนโรงเรียน",
    "School register",
    "หนึ่งแถวคือหนึ่งโรงเรียน ใส่ทุกโรงเรียนแม้ไม่มีนักเรียน",
    "One row is one school; list every school, also one without pupils",
    (
        FormColumn("smis_code", "smis", 12, "รหัส DMC/SMIS 8 หลัก", "8-digit DMC/SMIS code", True),
        FormColumn("percode", "percode", 10, "รหัส 6 หลัก", "6-digit code", True),
        FormColumn("ministry_code", "ministry", 13, "รหัสกระทรวง 10 หลัก", "10-digit code", True),
        FormColumn("school_name_th", "schoolname", 32, NAME.th, NAME.en),
        FormColumn("school_name_en", "schoolname_eng", 32, "ชื่อภาษาอังกฤษ", "English name"),
        FormColumn("school_network", "schoolgroup", 22, "เครือข่ายหรือกลุ่มโรงเรียน", "school network"),
        FormColumn("village_no", "muti", 7, "หมู่ที่", "village number"),
        FormColumn("village_name", "muban", 20, "ชื่อหมู่บ้าน", "village name"),
        FormColumn("subdistrict", "tambon", 16, "ตำบล ไม่ต้องใส่ ต.", "subdistrict, without ต."),
        FormColumn("district", "amper", 16, "อำเภอ ไม่ต้องใส่ อ.", "district, without อ."),
        FormColumn("lat", "lat", 12, "ละติจูด องศาทศนิยม เช่น 19.26410", "decimal degrees", True),
        FormColumn("lon", "lng", 12, "ลองจิจูด องศาทศนิยม เช่น 99.23174", "decimal degrees", True),
        FormColumn("distance_to_esao_km", "length_km", 10, "กม. ถึง สพป.", "km to the office"),
        FormColumn("website", "website", 28, "ขึ้นต้นด้วย https://", "starts with https://"),
        FormColumn("status", "status", 18, "เช่น เปิดสอน", "e.g. เปิดสอน (open)"),
        FormColumn("merged_into", "รวมกับโรงเรียน", 14, "รหัสโรงเรียนหลัก ถ้ารวม", "host's code", True),
        FormColumn("founded_on", "วันที่ก่อตั้ง", 18, "เช่น 16 พ.ค. 2503", "e.g. 16 พ.ค. 2503"),
        FormColumn("electricity", "ไฟฟ้า", 14, "เช่น ระบบจำหน่าย โซลาร์เซลล์", "e.g. grid, solar"),
        FormColumn("water_source", "แหล่งน้ำ", 16, "เช่น ประปาหมู่บ้าน", "e.g. village tap"),
        FormColumn("internet", "อินเทอร์เน็ต", 14, "เช่น ใยแก้วนำแสง ไม่มี", "e.g. fibre, none"),
        FormColumn(
            "local_government", "องค์กรปกครองส่วนท้องถิ่น", 22, "อบต. หรือเทศบาล", "local government"
        ),
        FormColumn(
            "expansion_school",
            "ขยายโอกาส",
            11,
            "สอนทั้งประถมและ ม.ต้น",
            "teaches ม.1–3 too",
            choices=YES_NO,
        ),
        FormColumn(
            "highland_official",
            "พื้นที่สูง",
            11,
            "ตามประกาศเท่านั้น",
            "only as announced",
            choices=YES_NO,
        ),
        FormColumn(
            "island_official", "พื้นที่เกาะ", 11, "ตามประกาศเท่านั้น", "only as announced", choices=YES_NO
        ),
    ),
)

BUILDINGS = FormText(
    "buildings",
    "4-สิ่งก่อสร้าง.xlsx",
    "สิ่งก่อสร้าง",
    "บัญชีสิ่งก่อสร้าง (B-OBEC)",
    "Building list (B-OBEC)",
    "หนึ่งแถวคือสิ่งก่อสร้างหนึ่งหลัง ข้อมูล ณ วันที่ 30 ตุลาคม",
    "One row is one structure, as of 30 October",
    (
        SMIS,
        NAME,
        FormColumn("sequence", "ลำดับที่", 8, "1, 2, 3 … ในแต่ละโรงเรียน", "1, 2, 3 … in each school"),
        FormColumn("building_type", "ประเภท", 20, "เช่น อาคารเรียน ส้วม", "e.g. อาคารเรียน, ส้วม"),
        FormColumn("building_design", "แบบสิ่งก่อสร้าง", 20, "เช่น สปช.105/29", "e.g. สปช.105/29"),
        FormColumn("design_rooms", "จำนวนห้องตามแบบ", 11, "ห้อง", "rooms by design"),
        FormColumn("actual_rooms", "จำนวนห้องจริง", 11, "ห้อง", "rooms in fact"),
        FormColumn("special_rooms", "จำนวนห้องพิเศษ", 11, "ห้อง", "special rooms"),
        FormColumn("built_year_be", "ก่อสร้างเมื่อปี พ.ศ.", 12, "เช่น 2538", "Buddhist era, e.g. 2538"),
        FormColumn("budget_baht", "งบประมาณ (บาท)", 14, "ตัวเลข ไม่มีหน่วย", "number only"),
        FormColumn("budget_source", "แหล่งที่มาของงบประมาณ", 22, "เช่น งบประมาณ สพฐ.", "source"),
        FormColumn(
            "condition",
            "สภาพการใช้งาน",
            13,
            "ดี พอใช้ หรือ ทรุดโทรม",
            "good, fair or dilapidated",
            choices=("ดี", "พอใช้", "ทรุดโทรม"),
        ),
        FormColumn("use_status", "สถานะการใช้งาน", 14, "เช่น ใช้งาน รอรื้อถอน", "in use, to be removed"),
    ),
)

SERVICE_VILLAGES = FormText(
    "service_villages",
    "5-หมู่บ้านในเขตบริการ.xlsx",
    "เขตพื้นที่บริการ",
    "หมู่บ้านในเขตพื้นที่บริการ",
    "Service-area villages",
    "หนึ่งแถวคือหมู่บ้านหนึ่งของโรงเรียนหนึ่งในระดับหนึ่ง",
    "One row is one village of one school at one level",
    (
        SMIS,
        NAME,
        FormColumn(
            "education_level",
            "ระดับ",
            10,
            "ระดับที่ประกาศ หรือชั้นแรก เช่น ป.1 ม.1",
            "level announced, or its first grade",
            choices=(*LEVELS, "ป.1", "ม.1"),
        ),
        FormColumn("village_code", "รหัสหมู่บ้าน", 12, "8 หลัก", "8 digits", True),
        FormColumn("village_no", "หมู่ที่", 8, "ตัวเลข", "number"),
        FormColumn("village_name", "ชื่อหมู่บ้าน", 22, "ตามทะเบียน", "as registered"),
        FormColumn("subdistrict", "ตำบล", 16, "ไม่ต้องใส่ ต.", "without ต."),
        FormColumn("district", "อำเภอ", 16, "ไม่ต้องใส่ อ.", "without อ."),
        FormColumn(
            "share",
            "สัดส่วน",
            9,
            "เว้นว่างถ้าไม่ใช้ร่วม ทุกโรงเรียนของหมู่บ้านรวมกันได้ 1",
            "blank unless shared; the shares of a village add up to 1",
        ),
        FormColumn("announced_be", "ปีที่ประกาศ", 11, "พ.ศ.", "Buddhist era"),
        FormColumn("note", "หมายเหตุ", 20, "", ""),
    ),
)

VILLAGE_POPULATION = FormText(
    "village_population",
    "6-ประชากรรายหมู่บ้านรายอายุ.xlsx",
    "ประชากร",
    "ประชากรรายหมู่บ้านรายอายุ",
    "Village population by single age",
    "หนึ่งแถวคือหนึ่งหมู่บ้านหนึ่งอายุ เฉพาะจำนวน ห้ามใส่ข้อมูลบุคคล",
    "One row is one age of one village. Counts only: no data about persons",
    (
        FormColumn("village_code", "รหัสหมู่บ้าน", 12, "8 หลัก", "8 digits", True),
        FormColumn("village_name", "ชื่อหมู่บ้าน", 22, "ตามทะเบียน", "as registered"),
        FormColumn("age", "อายุ", 8, "ปีเต็ม 0, 1, 2 …", "completed years 0, 1, 2 …"),
        FormColumn("male", "ชาย", 8, "คน", "persons"),
        FormColumn("female", "หญิง", 8, "คน", "persons"),
        FormColumn("persons", "รวม", 8, "ต้องเท่ากับ ชาย + หญิง", "must equal both together"),
        FormColumn("as_of_date", "ณ วันที่", 14, "เช่น 31 ธ.ค. 2567", "e.g. 31 ธ.ค. 2567"),
    ),
)

STAFF = FormText(
    "staff",
    "7-อัตรากำลัง.xlsx",
    "อัตรากำลัง",
    "อัตรากำลังครู",
    "Staffing",
    "หนึ่งแถวคือหนึ่งโรงเรียน เฉพาะจำนวน ห้ามใส่ชื่อบุคคล",
    "One row is one school. Counts only: no names of persons",
    (
        SMIS,
        NAME,
        FormColumn("directors", "ผู้อำนวยการ", 11, "คน", "persons"),
        FormColumn("deputies", "รองผู้อำนวยการ", 12, "คน", "persons"),
        FormColumn("teachers", "ครู", 8, "คน ไม่รวมผู้บริหาร", "persons, heads left out"),
        FormColumn("government_employees", "พนักงานราชการ", 12, "คน", "persons"),
        FormColumn("permanent_employees", "ลูกจ้างประจำ", 11, "คน", "persons"),
        FormColumn("temporary_employees", "ลูกจ้างชั่วคราว", 11, "คน", "persons"),
        FormColumn("teachers_required", "ครูตามเกณฑ์", 11, "คน", "by the criteria"),
        FormColumn("teacher_balance", "ขาด/เกิน", 10, "ครู − ครูตามเกณฑ์", "teachers − required"),
    ),
)

TEST_RESULTS = FormText(
    "test_results",
    "9-ผลการทดสอบ.xlsx",
    "ผลการทดสอบ",
    "ผลการทดสอบระดับชาติ",
    "National test results",
    "หนึ่งแถวคือหนึ่งวิชาของหนึ่งโรงเรียน เฉพาะค่าเฉลี่ย ห้ามใส่คะแนนรายคน",
    "One row is one subject of one school. Means only: no pupil's own score",
    (
        SMIS,
        NAME,
        FormColumn("test_year_be", "ปีการศึกษา", 10, "พ.ศ. เช่น 2567", "Buddhist era, e.g. 2567"),
        FormColumn(
            "test",
            "การสอบ",
            10,
            "NT, RT หรือ O-NET",
            "NT, RT or O-NET",
            choices=("NT", "RT", "O-NET"),
        ),
        FormColumn("grade", "ชั้น", 8, "เช่น ป.3", "e.g. ป.3", choices=GRADES[3:]),
        FormColumn("subject", "วิชา", 20, "เช่น คณิตศาสตร์ หรือ รวม 2 ด้าน", "e.g. คณิตศาสตร์"),
        FormColumn(
            "examinees",
            "จำนวนผู้เข้าสอบ",
            14,
            "คน น้อยกว่า 5 คนจะไม่แสดงคะแนน",
            "pupils; of fewer than 5 no mean is shown",
        ),
        FormColumn("mean_score", "คะแนนเฉลี่ย", 12, "ร้อยละ 0–100", "percent, 0–100"),
    ),
)
