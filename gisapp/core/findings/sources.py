"""Findings about two sources that say different things of one school."""

from gisapp.core.findings.finding import Finding

FINDINGS = {
    "sources_differ": Finding(
        "warn",
        "โรงเรียน {key}: ไฟล์ของสำนักงานมีนักเรียน {own} คน ไฟล์ระดับประเทศ ({other_file}) มี {other} คน "
        "ชั้นที่ต่างกัน: {grades_th} ใช้ตัวเลขของสำนักงาน",
        "School {key}: {own} pupils in the office's file, {other} in the national one "
        "({other_file}); grades that differ: {grades_en}. The office's figures are used",
        "ตรวจกับโรงเรียน ถ้าไฟล์ระดับประเทศถูก ให้แก้ในไฟล์ของสำนักงาน",
        "Ask the school; where the national file is right, correct the office's",
    ),
    "other_source_unmatched": Finding(
        "warn",
        "รหัส {key} ในไฟล์ระดับประเทศไม่มีโรงเรียนนี้ในทะเบียน ({pupils} คน)",
        "Code {key} of the national file: no such school in the register ({pupils} pupils)",
        "ตรวจรหัส หรือเพิ่มโรงเรียนในทะเบียน ตัวเลขของสำนักงานไม่เปลี่ยน",
        "See the code, or add the school to the register; the office's figures stay",
    ),
    "other_source_fault": Finding(
        "warn",
        "{said_th} (ในไฟล์ระดับประเทศ)",
        "{said_en} (in the national file)",
        "แจ้งผู้ดูแลระบบ DMC ตัวเลขของสำนักงานไม่เปลี่ยน",
        "Tell those who keep DMC; the office's figures stay",
    ),
    "sources_disagree": Finding(
        "warn",
        "โรงเรียน {key}: ช่องนี้เขียน “{value}” แต่ทะเบียนเขียน “{registered}” {used_th}",
        "School {key}: '{value}' here but '{registered}' in the register; {used_en}",
        "ดูว่าแหล่งใดถูก แล้วแก้แหล่งที่ผิด ทะเบียนเป็นหลัก",
        "Find out which is right and correct the other; the register is the master",
    ),
    "codes_of_other_list": Finding(
        "warn",
        "{differ} จาก {rows} แถวในไฟล์นี้ รหัสตรงกับทะเบียนแต่ชื่อเป็นโรงเรียนอื่น รหัสอาจเป็นของบัญชีชุดอื่น "
        "จึงไม่ได้เติมข้อมูลจากไฟล์นี้",
        "In {differ} of {rows} rows the code is in the register but under another name; the codes "
        "may be those of another list, so nothing is filled in from this file",
        "ตรวจว่ารหัสในไฟล์นี้เป็นรหัส 8 หลักของโรงเรียนนั้นจริง",
        "See whether the codes of this file are really those of the schools it names",
    ),
    "round_repeats": Finding(
        "block",
        "จำนวนนักเรียนทุกชั้นของทั้ง {schools} โรงเรียนเหมือนรอบ {round} ทุกช่อง น่าจะเป็นไฟล์เดิม",
        "Every grade of all {schools} schools has the same pupils as in round {round}: "
        "this seems to be that round's file",
        "ใส่ไฟล์ของรอบนี้แทน ถ้าตัวเลขเหมือนเดิมจริงให้รับทราบพร้อมเหตุผล",
        "Put this round's file in its place; if the figures are truly the same, acknowledge it",
    ),
}
