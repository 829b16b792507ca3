"""Findings about service areas and basic information."""

from gisapp.core.findings.finding import Finding

FINDINGS = {
    "village_unmatched": Finding(
        "warn",
        "หมู่บ้านในเขตบริการของรหัส {key} ไม่มีโรงเรียนนี้ในทะเบียน ({rows} แถว)",
        "Service-area villages of code {key}: no such school in the register ({rows} rows)",
        "แก้รหัส หรือเพิ่มโรงเรียนในทะเบียน",
        "Correct the code, or add the school to the register",
    ),
    "no_service_villages": Finding(
        "note",
        "โรงเรียน {key} ไม่มีหมู่บ้านในเขตบริการ",
        "School {key} has no village in its service area",
        "ตรวจประกาศเขตพื้นที่บริการ",
        "See the announcement of service areas",
    ),
    "unknown_village": Finding(
        "warn",
        "ไม่พบหมู่บ้าน {value} ในแฟ้มหมู่บ้าน",
        "The village {value} is not in the list of villages",
        "แก้รหัสหรือชื่อหมู่บ้านและตำบล",
        "Correct the village's code, or its name and subdistrict",
    ),
    "unknown_level": Finding(
        "warn",
        "ไม่รู้จักระดับ “{value}” จึงไม่ได้ใช้แถวนี้",
        "The level '{value}' is not known; the row is not used",
        "ใช้ ก่อนประถม ประถม ม.ต้น ม.ปลาย หรือชื่อชั้น เช่น ป.1",
        "Use ก่อนประถม, ประถม, ม.ต้น, ม.ปลาย or a grade such as ป.1",
    ),
    "share_sum": Finding(
        "warn",
        "สัดส่วนของหมู่บ้าน {key} รวมกันได้ {value} ไม่ใช่ 1",
        "The shares of village {key} add up to {value}, not 1",
        "แก้สัดส่วนของทุกโรงเรียนที่ใช้หมู่บ้านนี้ร่วมกัน",
        "Correct the shares of all schools that share the village",
    ),
    "basic_info_unmatched": Finding(
        "warn",
        "ข้อมูลพื้นฐานของรหัส {key} ไม่มีโรงเรียนนี้ในทะเบียน",
        "Basic information of code {key}: no such school in the register",
        "แก้รหัส หรือเพิ่มโรงเรียนในทะเบียน",
        "Correct the code, or add the school to the register",
    ),
    "website_ignored": Finding(
        "note",
        "“{value}” ไม่ใช่ที่อยู่เว็บ จึงไม่ได้ทำเป็นลิงก์",
        "'{value}' is no web address and is not made a link",
        "ใส่ที่อยู่ที่ขึ้นต้นด้วย https://",
        "Write an address that begins with https://",
    ),
}
