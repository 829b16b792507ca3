"""Findings about service areas: sheets of villages, and announcements as text."""

from gisapp.core.findings.finding import Finding

FINDINGS = {
    "village_shared": Finding(
        "warn",
        "หมู่บ้าน {village} อยู่ในเขตบริการของ {number} โรงเรียน ระดับ{level_th} ({schools}) แต่ไม่เขียนสัดส่วน "
        "จะแบ่งเท่ากัน",
        "The village {village} is in the {level_en} area of {number} schools ({schools}) without "
        "shares; it will be parted equally",
        "เติมสัดส่วนของแต่ละโรงเรียนให้รวมเป็น 1 หรือลบแถวที่ไม่ใช่",
        "Write each school's share so that they make 1, or remove the row that is wrong",
    ),
    "village_repeated": Finding(
        "note",
        "หมู่บ้าน {value} เขียนซ้ำในเขตบริการของโรงเรียน {school} ระดับ{level_th} นับครั้งเดียว",
        "The village {value} stands twice in the {level_en} area of school {school}; it counts once",
        "ลบแถวที่ซ้ำ",
        "Remove the repeated row",
    ),
    "village_name_differs": Finding(
        "warn",
        "เขียนชื่อหมู่บ้าน “{value}” แต่รหัสหรือหมู่ที่นี้ในแฟ้มหมู่บ้านชื่อ “{official}”",
        "The village is named '{value}', but the list calls the one of this code or number "
        "'{official}'",
        "ตรวจว่ารหัสหรือหมู่ที่ถูกหมู่บ้าน แล้วแก้ชื่อหรือหมู่ที่",
        "See whether code or number is the right village's, then correct the name or the number",
    ),
    "villages_unserved": Finding(
        "warn",
        "ต.{subdistrict} มี {number} จาก {of} หมู่บ้านที่ไม่อยู่ในเขตบริการของโรงเรียนใด ระดับ{level_th}: "
        "{villages}",
        "{subdistrict}: no school's {level_en} area has {number} of {of} villages: {villages}",
        "เพิ่มหมู่บ้านเหล่านี้ในเขตบริการของโรงเรียน หรือตรวจรหัสที่พิมพ์ผิด",
        "Add these villages to a school's area, or look for a code that was mistyped",
    ),
    "announced_school": Finding(
        "warn",
        "ไม่รู้ว่า “{value}” คือโรงเรียนใดในทะเบียน หมู่บ้านในเขตบริการ {rows} แถวจึงไม่ได้ใช้",
        "'{value}' is no one school of the register; its villages ({rows} rows) are not used",
        "เติมรหัสโรงเรียนท้ายชื่อ หรือแก้ชื่อให้ตรงทะเบียน",
        "Write the school's code after its name, or the name as the register has it",
    ),
    "announced_without_school": Finding(
        "warn",
        "บรรทัดนี้มีหมู่บ้านแต่ไม่อยู่ใต้ชื่อโรงเรียนใด จึงไม่ได้ใช้: “{value}”",
        "This line lists villages under no school and is not used: '{value}'",
        "เขียนชื่อหรือรหัสโรงเรียนไว้เหนือหมู่บ้าน",
        "Write the school's name or code above its villages",
    ),
    "announced_words": Finding(
        "warn",
        "ไม่เข้าใจคำว่า “{value}” ในเขตบริการของ {key} จึงไม่ได้ใช้คำนี้",
        "The words '{value}' in the service area of {key} are not understood and not used",
        "เขียนเป็น บ้าน… หมู่ที่ … ต.… หรือเติมในแบบรายการหมู่บ้าน",
        "Write บ้าน… หมู่ที่ … ต.…, or fill in the sheet of villages",
    ),
    "announced_but": Finding(
        "warn",
        "ไม่รู้ว่าหมู่บ้านใดได้รับยกเว้นในเขตบริการของ {key} (“{value}”) จึงไม่ได้ใช้หมู่บ้านใดในข้อความนี้",
        "Which villages the service area of {key} excepts is not understood ('{value}'); none of "
        "its villages is used",
        "เขียนหมู่บ้านที่อยู่ในเขตบริการทีละหมู่ เช่น หมู่ที่ 1, 2, 4-7 ต.… โดยไม่ใช้คำว่า ยกเว้น",
        "Write the villages that belong to the area, such as หมู่ที่ 1, 2, 4-7 ต.…, without ยกเว้น",
    ),
    "announced_count": Finding(
        "warn",
        "เขตบริการของโรงเรียน {school} ระดับ{level_th} เขียนว่ามี {value} หมู่บ้าน แต่นับได้ {found} หมู่บ้าน",
        "The {level_en} area of school {school} says {value} villages, but the list has {found}",
        "ตรวจว่าหมู่บ้านใดขาดหรือเกิน",
        "See which village is missing or too many",
    ),
    "announced_nothing": Finding(
        "warn",
        "ไม่พบหมู่บ้านในข้อความเขตบริการของโรงเรียน {school} ระดับ{level_th}: “{value}”",
        "No village was found in the {level_en} area of school {school}: '{value}'",
        "เขียนหมู่บ้าน เช่น หมู่ที่ 1-4 ต.… ถ้าทั้งตำบลให้เขียน ทุกหมู่บ้าน ต.…",
        "Write the villages, such as หมู่ที่ 1-4 ต.…; for all of a subdistrict write ทุกหมู่บ้าน ต.…",
    ),
}
