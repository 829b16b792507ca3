"""Layers of what was received and is kept as it stands: staff, test results, other figures."""

from gisapp.core.columns import CODE, GRADE_COLUMNS, SOURCE_FILE, Layer, columns_of

LAYERS = (
    Layer(
        "enrolment_other_source",
        None,
        "นักเรียนรายชั้นตามไฟล์ระดับประเทศ",
        "จำนวนนักเรียนจากไฟล์ DMC ระดับประเทศของรอบเดียวกัน เก็บไว้เทียบ ตัวเลขหลักอยู่ใน enrolment_by_grade",
        "Enrolment by the national file",
        (CODE, *GRADE_COLUMNS, SOURCE_FILE),
    ),
    Layer(
        "staff",
        None,
        "อัตรากำลัง",
        "จำนวนบุคลากรรายโรงเรียนตามที่ได้รับ ไม่มีข้อมูลบุคคล",
        "Staff",
        columns_of("""
smis_code text | รหัสโรงเรียน 8 หลัก | School code (SMIS)
directors int | ผู้อำนวยการ | Heads
deputies int | รองผู้อำนวยการ | Deputy heads
administrators int | ผู้บริหาร (ผอ. และรอง) | Heads and deputies
teachers int | ครู | Teachers
government_employees int | พนักงานราชการ | Government employees
permanent_employees int | ลูกจ้างประจำ | Permanent employees
temporary_employees int | ลูกจ้างชั่วคราว | Temporary employees
staff_total int | รวมตามไฟล์ | Total as stated
directors_required int | ผู้บริหารตามเกณฑ์ | Heads required
teachers_required int | ครูตามเกณฑ์ | Teachers required
staff_required int | รวมตามเกณฑ์ | Required in all
directors_balance float | ผอ. ขาด(-)/เกิน | Heads above or below
deputies_balance float | รอง ผอ. ขาด(-)/เกิน | Deputies above or below
teacher_balance float | ครูขาด(-)/เกิน | Teachers above or below
staff_balance float | รวมขาด(-)/เกิน | Staff above or below
balance_percent float | ขาด(-)/เกิน ร้อยละ | Above or below, percent
seconded_out int | ไปช่วยราชการ | Seconded to elsewhere
seconded_in int | มาช่วยราชการ | Seconded from elsewhere
"""),
    ),
    Layer(
        "test_results",
        None,
        "ผลการทดสอบระดับชาติ",
        "คะแนนเฉลี่ย NT RT O-NET รายโรงเรียนรายวิชา ไม่แสดงเมื่อผู้เข้าสอบน้อย",
        "National test results",
        columns_of("""
smis_code text | รหัสโรงเรียน 8 หลัก | School code (SMIS)
test_year_be int | ปีการศึกษาที่สอบ (พ.ศ.) | Year of the test (BE)
test text | การสอบ | Test
grade text | ชั้น | Grade
subject text | วิชา | Subject
examinees int | ผู้เข้าสอบ | Examinees
mean_score float | คะแนนเฉลี่ย | Mean score
quality_level text | ระดับคุณภาพ | Quality level
"""),
    ),
)
