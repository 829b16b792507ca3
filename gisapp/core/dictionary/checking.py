"""Layers of the office: what the checks found and what was put right."""

from gisapp.core.columns import Layer, columns_of

LAYERS = (
    Layer(
        "problems",
        "Point",
        "เรื่องที่พบในข้อมูล",
        "ข้อผิดพลาดและข้อสงสัยในไฟล์ที่ได้รับ ใช้ภายในสำนักงาน",
        "Problems",
        columns_of("""
problem_id text | รหัสเรื่อง | Problem
fingerprint text | ตัวเลขที่เรื่องนี้อ้าง (ย่อ) | Figures it states (digest)
severity text | ระดับ | Severity
kind text | ชนิด | Kind
file text | ไฟล์ | File
sheet text | แผ่นงาน | Sheet
row int | แถว | Row
column text | คอลัมน์ | Column
cell text | เซลล์ | Cell
key text | ชื่อของแถว | Key of the row
smis_code text | รหัสโรงเรียน | School code
school_name_th text | ชื่อโรงเรียน | School name (Thai)
value text | ค่าที่พบ | Value
pupils int | นักเรียนที่ค้างในเรื่องนี้ | Pupils held back
message_th text | เรื่อง | Message (Thai)
message_en text | เรื่อง (อังกฤษ) | Message (English)
advice_th text | ควรทำ | Advice (Thai)
advice_en text | ควรทำ (อังกฤษ) | Advice (English)
school_message_th text | เรื่องที่บอกโรงเรียน | Message to the school (Thai)
school_message_en text | เรื่องที่บอกโรงเรียน (อังกฤษ) | Message to the school (English)
school_advice_th text | ที่โรงเรียนควรทำ | Advice to the school (Thai)
school_advice_en text | ที่โรงเรียนควรทำ (อังกฤษ) | Advice to the school (English)
proposal text | ค่าที่เสนอ | Proposed value
why_th text | เหตุผลของค่าที่เสนอ | Reason for the proposal (Thai)
why_en text | เหตุผลของค่าที่เสนอ (อังกฤษ) | Reason for the proposal (English)
excerpt text | เซลล์รอบจุดที่พบ | Cells around it
acknowledged_reason text | เหตุผลที่รับทราบ | Reason
acknowledged_by text | ผู้รับทราบ | Acknowledged by
acknowledged_on date | รับทราบเมื่อ | Acknowledged on
"""),
    ),
    Layer(
        "corrections",
        None,
        "ค่าที่แก้ตามคำสั่ง",
        "ค่าที่เจ้าหน้าที่สั่งแก้ใน corrections.csv ใช้ภายในสำนักงาน",
        "Corrections",
        columns_of("""
problem_id text | รหัสเรื่อง | Problem
smis_code text | รหัสโรงเรียน | School code
file text | ไฟล์ | File
sheet text | แผ่นงาน | Sheet
cell text | เซลล์ | Cell
column text | คอลัมน์ | Column
old_value text | ค่าเดิม | Value as received
new_value text | ค่าใหม่ | Value used
reason text | เหตุผล | Reason
corrected_by text | ผู้แก้ | Corrected by
corrected_on date | แก้เมื่อ | Corrected on
"""),
    ),
)
