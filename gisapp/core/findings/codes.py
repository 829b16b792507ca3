"""Findings about codes and the join of the sheets."""

from gisapp.core.findings.finding import Finding

FINDINGS = {
    "bad_code": Finding(
        "block",
        "รหัสโรงเรียน “{value}” ใช้ไม่ได้ ({expected_th})",
        "The school code '{value}' cannot be used ({expected_en})",
        "พิมพ์รหัสใหม่ในช่องที่ตั้งรูปแบบเป็นข้อความ",
        "Type the code again into a cell formatted as text",
    ),
    "code_column_wrong": Finding(
        "block",
        "รหัสโรงเรียนในคอลัมน์นี้ใช้ไม่ได้ {rows} รหัส เช่น {value}{damaged_th}{guess_th}",
        "{rows} school codes of this column cannot be used, such as {value}{damaged_en}{guess_en}",
        "ถ้าหัวตารางสลับคอลัมน์ ให้แก้หัวตาราง ถ้ารหัสเสีย ให้คัดลอกรหัสจากต้นฉบับลงในช่องที่ตั้งรูปแบบเป็นข้อความ",
        "Where headings stand over the wrong columns, correct them; where codes are damaged, copy them "
        "again from their source into cells formatted as text",
    ),
    "closed_with_pupils": Finding(
        "warn",
        "ทะเบียนระบุสถานะโรงเรียน {key} ว่า “{value}” แต่ยังมีนักเรียน {students} คน",
        "The register calls school {key} '{value}', yet it has {students} pupils",
        "ตรวจสถานะในทะเบียน และตรวจว่านักเรียนย้ายไปโรงเรียนใด",
        "See the status in the register, and to which school the pupils went",
    ),
    "empty_register": Finding(
        "block",
        "ไม่มีโรงเรียนที่ใช้ได้ในทะเบียน",
        "There is no usable school in the register",
        "ตรวจรหัสโรงเรียนในทะเบียน และ key_pattern ใน office.toml",
        "See the school codes of the register, and key_pattern in office.toml",
    ),
    "row_without_code": Finding(
        "block",
        "แถวนี้มีนักเรียน {pupils} คนแต่ไม่มีรหัสโรงเรียน",
        "This row has {pupils} pupils but no school code",
        "เติมรหัสโรงเรียน",
        "Fill in the school code",
    ),
    "codes_only_in_first_rows": Finding(
        "block",
        "รหัสโรงเรียนมีเฉพาะแถวแรกของโรงเรียน {schools} แห่ง อีก {rows} แถวไม่มีรหัส นักเรียน {pupils} คนจะหายไป",
        "Only the first row of {schools} schools has a code; {rows} rows have none and their {pupils} "
        "pupils would be lost",
        "เติมรหัสลงมาให้ครบทุกแถว แถวใต้รหัส {first} ดูเหมือนเป็นของโรงเรียนนั้น และแถวอื่นก็เช่นกัน",
        "Fill the codes down into every row: the rows below code {first} seem to be that school's, and "
        "so with the others",
    ),
    "school_gone": Finding(
        "warn",
        "โรงเรียน {key} {value} มีในรอบ {round} ({had_th}) แต่รอบนี้ไม่มีทั้งในทะเบียนและไฟล์นักเรียน",
        "School {key} {value} was published in round {round} ({had_en}) but is in neither register "
        "nor enrolment now",
        "ถ้าเลิกหรือรวมแล้ว ให้คงแถวไว้ในทะเบียนพร้อมสถานะ ถ้าตกหล่น ให้เติมแถว",
        "Where it is closed or merged, keep its row in the register with that status; else add its row",
    ),
    "closed_school_gone": Finding(
        "note",
        "โรงเรียน {key} {value} ซึ่งรอบ {round} ระบุว่า {status_th} ไม่มีในทะเบียนและไฟล์นักเรียนแล้ว",
        "School {key} {value}, which round {round} gave as {status_en}, is in neither register nor enrolment now",
        "ไม่ต้องทำอะไร ถ้ายังเปิดสอนให้เติมแถว",
        "Nothing needs doing; add its row where it still teaches",
    ),
    "unmatched_code": Finding(
        "block",
        "นักเรียน {pupils} คนไม่รู้ว่าเป็นของโรงเรียนใด รหัส {key} ไม่มีในทะเบียน",
        "No known school has these {pupils} pupils: code {key} is not in the register",
        "แก้รหัส หรือเพิ่มโรงเรียนในทะเบียน",
        "Correct the code, or add the school to the register",
    ),
    "school_twice": Finding(
        "block",
        "โรงเรียน {key} มีมากกว่าหนึ่งแถว ({first} และ {cell})",
        "School {key} stands in more than one row ({first} and {cell})",
        "เหลือแถวที่ถูกไว้เพียงแถวเดียว",
        "Keep only the row that is right",
    ),
    "repeated_row": Finding(
        "note",
        "โรงเรียน {key} มีอีกแถวที่ตัวเลขเหมือนกันทุกช่อง ({first}) นับครั้งเดียว",
        "School {key} stands in another row with the same figures ({first}); it is counted once",
        "ลบแถวที่ซ้ำ",
        "Remove the repeated row",
    ),
    "name_differs": Finding(
        "warn",
        "รหัส {key} ในไฟล์นี้ชื่อ “{value}” แต่ในทะเบียนชื่อ “{registered}”",
        "Code {key} is named '{value}' here but '{registered}' in the register",
        "ตรวจว่ารหัสถูกโรงเรียน แล้วแก้ชื่อหรือรหัส",
        "See whether the code is the right school's, then correct the name or the code",
    ),
    "ministry_code_mismatch": Finding(
        "warn",
        "รหัสกระทรวง {value} ไม่สอดคล้องกับ{expected_th}",
        "The ministry code {value} does not agree with {expected_en}",
        "ตรวจรหัสทั้งสามของโรงเรียน",
        "Check the school's three codes",
    ),
    "percode_mismatch": Finding(
        "warn",
        "รหัส percode {value} ไม่สอดคล้องกับ{expected_th}",
        "The percode {value} does not agree with {expected_en}",
        "ตรวจรหัสทั้งสามของโรงเรียน",
        "Check the school's three codes",
    ),
    "code_of_other_office": Finding(
        "warn",
        "รหัส {key} ไม่ได้ขึ้นต้นด้วย {expected_th} ของสำนักงานนี้",
        "Code {key} does not begin with this office's {expected_en}",
        "ตรวจว่าโรงเรียนอยู่ในสังกัดของสำนักงานนี้",
        "See whether the school belongs to this office",
    ),
    "no_enrolment": Finding(
        "warn",
        "โรงเรียน {key} มีในทะเบียนแต่ไม่มีแถวจำนวนนักเรียน จึงไม่ทราบจำนวนนักเรียน",
        "School {key} is in the register but has no enrolment row; its pupils are unknown",
        "ขอข้อมูลจากโรงเรียน ถ้าไม่มีนักเรียนให้ใส่ 0",
        "Ask the school; write 0 where there are no pupils",
    ),
    "school_in_one_list": Finding(
        "warn",
        "โรงเรียน {key} มีในทะเบียนนี้แต่ไม่มีใน {other_file} จึงนับเป็นโรงเรียนของสำนักงาน",
        "School {key} is in this register but not in {other_file}; it is counted as the office's",
        "เพิ่มใน {other_file} หรือถ้าเลิกหรือรวมแล้ว ให้ลบแถวนี้",
        "Add it to {other_file}; or remove this row where the school is closed or merged",
    ),
    "register_differs": Finding(
        "warn",
        "ทะเบียนสองไฟล์ไม่ตรงกัน: {column} ของ {key} เป็น “{value}” แต่ใน {other_file} เป็น “{registered}” ซึ่งใช้ค่านี้",
        "Two registers disagree: {column} of {key} is '{value}' but '{registered}' in {other_file}, "
        "which is used",
        "แก้ไฟล์ให้ตรงกัน",
        "Make the two files agree",
    ),
}
