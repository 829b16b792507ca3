"""Findings about the grades that a school teaches."""

from gisapp.core.findings.finding import Finding

FINDINGS = {
    "level_not_offered": Finding(
        "warn",
        "โรงเรียน {key} มีนักเรียน {pupils_by_grade_th} แต่ {stated_in} บอกว่าเปิดสอน {offered_th}",
        "School {key} has pupils in {pupils_by_grade_en} but {stated_in} says it offers {offered_en}",
        "ตรวจว่านักเรียนอยู่ถูกช่อง หรือแก้ชั้นที่เปิดสอน",
        "See whether the pupils stand in the right column, or correct the grades offered",
    ),
    "level_empty": Finding(
        "note",
        "โรงเรียน {key} เปิดสอน {offered_th} แต่ไม่มีนักเรียน{level_th}เลย",
        "School {key} offers {offered_en} but has no pupil in {level_en}",
        "ตรวจว่าเลิกสอนระดับนี้แล้วหรือไม่ แล้วแก้ชั้นที่เปิดสอน",
        "See whether the level is still taught, then correct the grades offered",
    ),
    "levels_not_read": Finding(
        "note",
        "“{value}” ไม่ใช่ระดับที่เปิดสอนที่รู้จัก",
        "'{value}' is no level that is known",
        "เขียนเป็นช่วงชั้น เช่น อ.2-ป.6 หรือ อนุบาล-ประถมศึกษา",
        "Write the grades as a range, such as K2-P6",
    ),
    "cohort_jump": Finding(
        "warn",
        "โรงเรียน {key}: {from_grade_th} ปีก่อนมี {before} คน ขึ้น {to_grade_th} ปีนี้เป็น {now} คน",
        "School {key}: {before} in {from_grade_en} a year ago, {now} in {to_grade_en} now",
        "ถามโรงเรียนว่ามีนักเรียนย้ายเข้าออกมาก หรือกรอกผิดช่อง",
        "Ask whether many pupils came or left, or whether a column slipped",
    ),
    "rooms_exceed_pupils": Finding(
        "note",
        "โรงเรียน {key} มีห้องมากกว่านักเรียน: {grades_th}",
        "School {key} has more rooms than pupils: {grades_en}",
        "ตรวจว่าช่องห้องกับช่องนักเรียนไม่สลับกัน",
        "See whether rooms and pupils were swapped",
    ),
}
