"""Findings about lists of schools: rows without a code, names that are alike, points by name."""

from gisapp.core.findings.finding import Finding

FINDINGS = {
    "schools_without_key": Finding(
        "warn",
        "โรงเรียน {rows} แห่งในแผ่นนี้ไม่มีรหัสและยังไม่มีรหัสที่รับรอง จึงยังไม่อยู่ในแผนที่ "
        "(ชื่อและตำบลตรงกับโรงเรียนที่มีรหัส {matched} แห่ง ไม่พบตำบล {placeless} แห่ง)",
        "{rows} schools of this sheet have no code and no accepted key, so they are not on the map "
        "({matched} have the name and subdistrict of a school with a code, {placeless} no known subdistrict)",
        "ตรวจรหัสที่เสนอใน layers/{round}-school_keys.csv แล้วคัดลอกบรรทัดที่ถูกไปไว้ใน data/columns/school_keys.csv",
        "See the proposed keys in layers/{round}-school_keys.csv and copy the lines that are right to "
        "data/columns/school_keys.csv",
    ),
    "subdistrict_of_list_unknown": Finding(
        "warn",
        "ไม่พบตำบล “{value}” อำเภอ “{district}” ในขอบเขตของสำนักงาน ({rows} แถว){near_th}",
        "The subdistrict '{value}' of district '{district}' is not in the office's boundaries "
        "({rows} rows){near_en}",
        "แก้ชื่อตำบลหรืออำเภอ หรือถ้าเป็นคำสะกดที่ใช้กันจริง ให้เพิ่มบรรทัดใน data/columns/area_names.csv",
        "Correct the name of the subdistrict or district; or, where people do spell it so, add a line "
        "to data/columns/area_names.csv",
    ),
    "school_name_twice": Finding(
        "warn",
        "ชื่อ “{value}” ซ้ำกับ {other} ({other_cell}) ในตำบลเดียวกัน",
        "The name '{value}' stands again in the same subdistrict: {other} ({other_cell})",
        "ถ้าเป็นโรงเรียนเดียวกัน ให้เหลือแถวเดียว ถ้าเป็นคนละแห่ง ให้เติมสังกัดหรือหมู่บ้านในชื่อ",
        "If it is one school, keep one row; if there are two, add the affiliation or the village",
    ),
    "school_name_near": Finding(
        "note",
        "ชื่อ “{value}” ใกล้เคียงกับ {other} ({other_cell}) ในตำบลเดียวกัน",
        "The name '{value}' is nearly that of {other} ({other_cell}) in the same subdistrict",
        "ตรวจว่าเป็นโรงเรียนเดียวกันที่สะกดต่างกันหรือไม่",
        "See whether it is one school spelled in two ways",
    ),
    "point_proposed": Finding(
        "warn",
        "โรงเรียน {key} ไม่มีพิกัด แต่ {point_file} มีจุดชื่อเดียวกันที่ {shown} {where_th}",
        "School {key} has no coordinates; {point_file} has a point of its name at {shown}, {where_en}",
        "ดูจุดบนแผนที่ ถ้าใช่ ให้รับพิกัดที่เสนอ",
        "See the point on a map; accept it if it is the school",
    ),
    "list_without_coordinates": Finding(
        "warn",
        "แผ่นนี้ไม่มีคอลัมน์พิกัด โรงเรียน {rows} แห่งจึงแสดงเป็นจุดแทน",
        "This sheet has no columns for coordinates; {rows} schools stand at stand-in points",
        "วางไฟล์จุดที่ตั้งโรงเรียน (ชื่อ ละติจูด ลองจิจูด) ในโฟลเดอร์ของรอบ หรือเติมสองคอลัมน์นี้",
        "Put a file of school points (name, latitude, longitude) into the round's folder, or fill in the two columns",
    ),
    "point_elsewhere": Finding(
        "warn",
        "โรงเรียน {key} ไม่มีพิกัด จุดชื่อเดียวกันใน {point_file} ที่ {shown} {where_th} จึงไม่เสนอ",
        "School {key} has no coordinates; the point of its name in {point_file} at {shown} lies {where_en} "
        "and is not proposed",
        "ให้โรงเรียนส่งพิกัด หรือตรวจตำบลและอำเภอในทะเบียน",
        "Ask the school for its point, or see its subdistrict and district in the register",
    ),
    "point_instead": Finding(
        "warn",
        "พิกัด {value} ของโรงเรียน {key} ยังเชื่อไม่ได้ แต่ {point_file} มีจุดชื่อเดียวกันที่ {shown} {where_th}",
        "The coordinates {value} of school {key} cannot be believed; {point_file} has a point of its name at "
        "{shown}, {where_en}",
        "ดูจุดบนแผนที่ ถ้าใช่ ให้รับพิกัดที่เสนอ",
        "See the point on a map; accept it if it is the school",
    ),
    "points_differ": Finding(
        "warn",
        "สองแหล่งไม่ตรงกัน: จุดชื่อเดียวกันใน {point_file} อยู่ห่างพิกัดในทะเบียน {distance_km} กม. ({shown}) ใช้ตามทะเบียน",
        "Two sources disagree: the point of its name in {point_file} lies {distance_km} km from the "
        "register's ({shown}); the register's is used",
        "ตรวจว่าจุดใดถูก แล้วแก้พิกัดในทะเบียนถ้าจำเป็น",
        "See which point is right, and correct the register if need be",
    ),
    "points_without_school": Finding(
        "note",
        "จุด {unmatched} จาก {rows} จุดในไฟล์นี้ไม่ตรงชื่อโรงเรียนใดในทะเบียน อีก {undecided} จุดตัดสินไม่ได้ว่าเป็นของโรงเรียนใด",
        "{unmatched} of the {rows} points of this file have no registered school's name; of {undecided} "
        "more it cannot be decided whose they are",
        "ถ้าเป็นโรงเรียนในทะเบียน ให้เขียนชื่อในไฟล์นี้ให้ตรงกับทะเบียน",
        "Where such a point is a registered school, write its name as the register has it",
    ),
    "other_school_is_own": Finding(
        "warn",
        "โรงเรียน {key} อยู่ในทะเบียนของสำนักงานแล้ว จึงไม่นับเป็นสังกัดอื่น",
        "School {key} is one of the office's own and is not counted among other affiliations",
        "ลบออกจากไฟล์โรงเรียนสังกัดอื่น หรือแก้รหัส",
        "Take it out of the file of other affiliations, or correct its code",
    ),
    "others_without_place": Finding(
        "note",
        "โรงเรียนสังกัดอื่น {rows} แห่งในไฟล์นี้ไม่มีพิกัด แสดงเป็นจุดแทนในตำบล",
        "{rows} schools of other affiliations in this file without coordinates, at stand-in points",
        "ถ้ามีไฟล์จุดที่ตั้ง ให้เติมละติจูดและลองจิจูด",
        "Fill in latitude and longitude where they are known",
    ),
}
