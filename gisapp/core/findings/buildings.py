"""Findings about structures."""

from gisapp.core.findings.finding import Finding

FINDINGS = {
    "building_unmatched": Finding(
        "warn",
        "สิ่งก่อสร้างของรหัส {key} ไม่มีโรงเรียนนี้ในทะเบียน ({rows} แถว)",
        "Buildings of code {key}: no such school in the register ({rows} rows)",
        "แก้รหัส หรือเพิ่มโรงเรียนในทะเบียน",
        "Correct the code, or add the school to the register",
    ),
    "no_buildings": Finding(
        "note",
        "โรงเรียน {key} ไม่มีแถวในบัญชีสิ่งก่อสร้าง",
        "School {key} has no row in the building list",
        "ขอบัญชีสิ่งก่อสร้างจากโรงเรียน",
        "Ask the school for its building list",
    ),
    "unknown_condition": Finding(
        "warn",
        "ไม่รู้จักสภาพการใช้งาน “{value}”",
        "The condition '{value}' is not known",
        "ใช้คำว่า ดี พอใช้ หรือ ทรุดโทรม",
        "Use ดี (good), พอใช้ (fair) or ทรุดโทรม (dilapidated)",
    ),
    "bad_year": Finding(
        "warn",
        "“{value}” ไม่ใช่ปีที่ใช้ได้",
        "'{value}' is not a usable year",
        "ใส่ปี พ.ศ. สี่หลัก เช่น 2538",
        "Write a four-digit Buddhist year, such as 2538",
    ),
    "building_before_school": Finding(
        "warn",
        "อาคารสร้างปี {built} ก่อนโรงเรียนก่อตั้งปี {founded}",
        "Built in {built}, before the school was founded in {founded}",
        "ตรวจปีที่สร้างในช่องนี้ และวันที่ก่อตั้งใน {founded_in}",
        "See the year in this cell and the founding date in {founded_in}",
    ),
    "built_in_future": Finding(
        "warn",
        "ปีที่สร้าง {built} ยังมาไม่ถึงในรอบข้อมูลปี {stated}",
        "The year {built} is later than the round, whose figures are of {stated}",
        "แก้ปีที่สร้าง แล้วตรวจใหม่",
        "Correct the year and check again",
    ),
    "rooms_blank": Finding(
        "note",
        "โรงเรียน {key} มีอาคารเรียนที่ไม่รู้จำนวนห้อง (แถวที่ {rows}) จึงไม่แสดงจำนวนห้องเรียนของโรงเรียน",
        "School {key} has classroom buildings without a number of rooms (row {rows}), so its "
        "classrooms are not stated",
        "เติมจำนวนห้องจริงของอาคารเรียนทุกหลัง ถ้าไม่มีห้องเรียนให้ใส่ 0",
        "Write the rooms of every classroom building; 0 where it has none",
    ),
    "rooms_blank_many": Finding(
        "note",
        "อาคารเรียน {rows} หลังของ {schools} โรงเรียนไม่มีจำนวนห้อง จึงไม่แสดงจำนวนห้องเรียนของโรงเรียนเหล่านี้",
        "{rows} classroom buildings of {schools} schools have no number of rooms, so the "
        "classrooms of these schools are not stated",
        "เติมจำนวนห้องจริงของอาคารเรียนทุกหลัง ถ้าไม่มีห้องเรียนให้ใส่ 0",
        "Write the rooms of every classroom building; 0 where it has none",
    ),
    "building_twice": Finding(
        "warn",
        "สิ่งก่อสร้างหลังนี้ซ้ำกับแถวที่ {first} จึงถูกนับสองครั้ง",
        "This structure stands in row {first} already and is counted twice",
        "ลบแถวที่ซ้ำ หรือแก้ลำดับที่ถ้าเป็นคนละหลัง",
        "Delete one of the rows, or correct its number where it is another structure",
    ),
}
