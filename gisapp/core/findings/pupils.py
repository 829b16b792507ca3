"""Findings about pupils and rooms."""

from gisapp.core.findings.finding import Finding

FINDINGS = {
    "not_a_number": Finding(
        "block",
        "“{value}” ไม่ใช่จำนวนนักเรียนหรือห้อง",
        "'{value}' is not a number of pupils or rooms",
        "ใส่จำนวนเต็มตั้งแต่ 0 ขึ้นไป",
        "Write a whole number of 0 or more",
    ),
    "number_ignored": Finding(
        "warn",
        "“{value}” ในช่อง {column} อ่านเป็นตัวเลขไม่ได้ จึงไม่ได้ใช้",
        "'{value}' under {column} is not a number and is not used",
        "แก้ในไฟล์แล้วตรวจใหม่",
        "Correct the file and check again",
    ),
    "total_mismatch": Finding(
        "block",
        "ผลรวมไม่ตรง: ช่องนี้เขียน {value} แต่บวกได้ {expected}",
        "The total does not add up: it says {value}, the parts make {expected}",
        "ตรวจตัวเลขย่อยและผลรวมในแถวหรือคอลัมน์นี้",
        "Check the parts and the total in this row or column",
    ),
    "total_without_grades": Finding(
        "block",
        "แถวนี้มียอดรวม {pupils} คนแต่ไม่มีจำนวนรายชั้น",
        "This row states {pupils} pupils in all but none by grade",
        "เติมจำนวนนักเรียนแต่ละชั้น",
        "Fill in the pupils of each grade",
    ),
    "unknown_grade": Finding(
        "block",
        "ไม่รู้จักชั้น “{value}” ใน {rows} แถว นักเรียน {pupils} คนจะหายไป",
        "The grade '{value}' is not known; {pupils} pupils in {rows} rows would be lost",
        "แก้เป็นชื่อชั้นที่ใช้ทั่วไป เช่น อ.2 ป.1 ม.1 หรือถ้าใช้คำนี้จริง ให้เพิ่มบรรทัด “{first},รหัสชั้น” "
        "สำหรับแต่ละชื่อใน data/columns/grades.csv (รหัสชั้นคือ k1-k3 p1-p6 m1-m6 v1-v3)",
        "Write the grade in a usual way, such as K2, P1 or M1; or, where people do write it so, add a line "
        "'{first},<grade>' for each name to data/columns/grades.csv (grades are k1-k3, p1-p6, m1-m6, v1-v3)",
    ),
    "pupils_without_room": Finding(
        "warn",
        "มีนักเรียนแต่จำนวนห้องเป็น 0 หรือว่าง: {grades}",
        "There are pupils but no room: {grades}",
        "ถามโรงเรียนว่าเรียนรวมกับชั้นใด หรือเติมจำนวนห้อง และแก้ผลรวมในแถวนี้ด้วย",
        "Ask the school with which grade they sit; or fill in the rooms, and mend the totals of the row too",
    ),
    "too_many_pupils": Finding(
        "warn",
        "{grade_th} มีนักเรียน {students} คน{rooms_th} มากผิดปกติ",
        "{grade_en} has {students} pupils{rooms_en}, unusually many",
        "ตรวจว่าพิมพ์เลขเกินหรือไม่ หรือเป็นยอดรวมของหลายชั้น",
        "See whether a digit too many was typed, or a total of several grades",
    ),
    "expansion_differs": Finding(
        "warn",
        "ช่องขยายโอกาสเขียน “{value}” แต่ชั้นที่เปิดสอนบอกว่า{derived_th}",
        "The expansion flag says '{value}' but the grades offered say {derived_en}",
        "ตรวจชั้นที่เปิดสอน",
        "Check the grades offered",
    ),
}
