"""Findings about staff."""

from gisapp.core.findings.finding import Finding

FINDINGS = {
    "staff_unmatched": Finding(
        "warn",
        "ข้อมูลบุคลากรของรหัส {key} ไม่มีโรงเรียนนี้ในทะเบียน",
        "Staff of code {key}: no such school in the register",
        "แก้รหัส หรือเพิ่มโรงเรียนในทะเบียน",
        "Correct the code, or add the school to the register",
    ),
    "staff_twice": Finding(
        "warn",
        "โรงเรียน {key} มีแถวบุคลากรซ้ำกับ {first} ใช้แถวแรกเท่านั้น",
        "School {key} has its staff in {first} already; only that row is used",
        "เหลือแถวที่ถูกต้องไว้แถวเดียว",
        "Leave only the row that is right",
    ),
    "staff_total": Finding(
        "warn",
        "ผลรวมบุคลากรไม่ตรง: ช่องนี้เขียน {value} แต่บวกได้ {expected}",
        "The staff do not add up: the cell says {value}, the parts make {expected}",
        "ตรวจจำนวนแต่ละตำแหน่งและผลรวม",
        "Check the number of each post and the total",
    ),
    "no_teachers": Finding(
        "warn",
        "โรงเรียน {key} มีนักเรียน {students} คน แต่ครูและผู้บริหารเป็น 0",
        "School {key} has {students} pupils but no teacher and no head",
        "ถามโรงเรียนว่าใครสอน แล้วแก้อัตรากำลัง",
        "Ask the school who teaches, then correct the staffing",
    ),
    "teachers_without_pupils": Finding(
        "warn",
        "โรงเรียน {key} มีครูและผู้บริหาร {teachers} คน แต่นักเรียนเป็น 0",
        "School {key} has {teachers} teachers and heads but no pupil",
        "ตรวจว่าโรงเรียนเลิกหรือไปเรียนรวมแล้วหรือไม่ และตรวจจำนวนนักเรียน",
        "See whether the school has closed or moved to another one, and check its pupils",
    ),
}
