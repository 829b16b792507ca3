"""Findings about where a school stands."""

from gisapp.core.findings.finding import Finding

FINDINGS = {
    "no_coordinates": Finding(
        "warn",
        "โรงเรียน {key} ไม่มีพิกัด {stand_th}",
        "School {key} has no coordinates; {stand_en}",
        "ให้โรงเรียนส่งพิกัดที่หน้าป้ายโรงเรียน",
        "Ask the school for the coordinates at its sign",
    ),
    "half_coordinates": Finding(
        "warn",
        "พิกัดมีเพียงค่าเดียว: {value} {stand_th}",
        "Only one of the two coordinates is given: {value}; {stand_en}",
        "ให้โรงเรียนส่งทั้งละติจูดและลองจิจูด",
        "Ask the school for both latitude and longitude",
    ),
    "zero_coordinates": Finding(
        "warn",
        "พิกัดเป็น 0, 0 ซึ่งอยู่กลางมหาสมุทร {stand_th}",
        "The coordinates are 0, 0, in the middle of an ocean; {stand_en}",
        "ให้โรงเรียนส่งพิกัด ถ้าไม่ทราบให้เว้นว่าง",
        "Ask the school for its point; leave the cells blank where it is unknown",
    ),
    "bad_coordinates": Finding(
        "warn",
        "อ่านพิกัด “{value}” ไม่ได้ {stand_th}",
        "The coordinates '{value}' cannot be read; {stand_en}",
        "ให้โรงเรียนส่งพิกัดใหม่เป็นองศาทศนิยม เช่น 19.26410 และ 99.23174",
        "Ask the school for decimal degrees, such as 19.26410 and 99.23174",
    ),
    "outside_country": Finding(
        "warn",
        "พิกัด {value} อยู่นอกประเทศ {stand_th}",
        "The point {value} lies outside the country; {stand_en}",
        "ให้โรงเรียนส่งพิกัดใหม่",
        "Ask the school for its point",
    ),
    "swapped_coordinates": Finding(
        "warn",
        "ละติจูดกับลองจิจูดสลับกัน: {value} ถ้าสลับกลับจะเป็น {proposal} {where_th}",
        "Latitude and longitude are swapped: {value}; the other way round it is {proposal}, "
        "{where_en}",
        "สลับค่าในสองช่องนี้ ระหว่างนี้{stand_th}",
        "Swap the two cells; until then {stand_en}",
    ),
    "utm_coordinates": Finding(
        "warn",
        "พิกัดเป็นระบบ UTM ไม่ใช่องศา: {value} แปลงแล้วจะเป็น {proposal} {where_th} {system_th}",
        "The coordinates are UTM, not degrees: {value}; converted they are {proposal}, {where_en}; "
        "{system_en}",
        "ใส่ค่าที่แปลงแล้ว ระหว่างนี้{stand_th}",
        "Write the converted values; until then {stand_en}",
    ),
    "lost_decimal_point": Finding(
        "warn",
        "จุดทศนิยมของพิกัดหายไป: {value} น่าจะเป็น {proposal} {where_th}",
        "The coordinates have lost their decimal point: {value}; likely {proposal}, {where_en}",
        "ใส่จุดทศนิยม ระหว่างนี้{stand_th}",
        "Put the decimal point back; until then {stand_en}",
    ),
    "wrong_sign": Finding(
        "warn",
        "เครื่องหมายลบของพิกัดผิด: {value} น่าจะเป็น {proposal} {where_th}",
        "A minus sign of the coordinates is lost or too many: {value}; likely {proposal}, {where_en}",
        "แก้เครื่องหมายหน้าค่าพิกัด ระหว่างนี้{stand_th}",
        "Correct the sign; until then {stand_en}",
    ),
    "comma_coordinates": Finding(
        "warn",
        "พิกัดใช้จุลภาคแทนจุดทศนิยม: {value} น่าจะเป็น {proposal} {where_th}",
        "The coordinates have a comma for a decimal point: {value}; likely {proposal}, {where_en}",
        "พิมพ์จุดแทนจุลภาค ระหว่างนี้{stand_th}",
        "Write a point for the comma; until then {stand_en}",
    ),
    "coordinates_in_one_cell": Finding(
        "warn",
        "พิกัดสองค่าอยู่ในช่องเดียว: {value} น่าจะเป็น {proposal} {where_th}",
        "Both coordinates stand in one cell: {value}; likely {proposal}, {where_en}",
        "แยกเป็นละติจูดหนึ่งช่องและลองจิจูดหนึ่งช่อง ระหว่างนี้{stand_th}",
        "Write latitude and longitude each in its own cell; until then {stand_en}",
    ),
    "dms_coordinates": Finding(
        "note",
        "พิกัดเป็นองศา ลิปดา ฟิลิปดา: {value} ใช้เป็น {proposal}",
        "The coordinates are degrees, minutes and seconds: {value}; used as {proposal}",
        "ครั้งต่อไปส่งเป็นองศาทศนิยม",
        "Send decimal degrees next time",
    ),
    "file_of_utm_coordinates": Finding(
        "warn",
        "พิกัดทั้งไฟล์เป็น UTM โซน {zone} บน {datum} ({rows} จาก {of} แห่ง) แปลงแล้วตกในตำบลตามทะเบียน "
        "{in_subdistrict} แห่ง{other_th} ในอำเภอ {in_district} แห่ง",
        "The whole file is UTM zone {zone} on {datum} ({rows} of {of} schools); converted, "
        "{in_subdistrict} fall in their registered subdistrict{other_en}, {in_district} in the district",
        "ถ้าใช่ ให้รับค่าที่แปลงแล้วของทั้งไฟล์พร้อมกัน",
        "If so, accept the converted values of the whole file at once",
    ),
    "file_of_swapped_coordinates": Finding(
        "warn",
        "ละติจูดกับลองจิจูดสลับกันทั้งไฟล์ ({rows} จาก {of} แห่ง) สลับกลับแล้วตกในตำบลตามทะเบียน "
        "{in_subdistrict} แห่ง ในอำเภอ {in_district} แห่ง",
        "Latitude and longitude are swapped in the whole file ({rows} of {of} schools); the other "
        "way round {in_subdistrict} fall in their registered subdistrict, {in_district} in the district",
        "ตรวจหัวตารางว่าสลับกันหรือไม่ แล้วรับค่าที่เสนอของทั้งไฟล์พร้อมกัน",
        "See whether the headings are swapped; accept the readings of the whole file at once",
    ),
    "file_of_lost_points": Finding(
        "warn",
        "จุดทศนิยมของพิกัดหายไปทั้งไฟล์ ({rows} จาก {of} แห่ง) เติมแล้วตกในตำบลตามทะเบียน "
        "{in_subdistrict} แห่ง ในอำเภอ {in_district} แห่ง",
        "The whole file has lost its decimal points ({rows} of {of} schools); put back, "
        "{in_subdistrict} fall in their registered subdistrict, {in_district} in the district",
        "ส่งออกไฟล์ใหม่โดยให้สองช่องนี้เป็นข้อความ หรือรับค่าที่เสนอของทั้งไฟล์พร้อมกัน",
        "Export the file anew with text cells, or accept the readings of the whole file at once",
    ),
    "file_of_wrong_signs": Finding(
        "warn",
        "เครื่องหมายลบของพิกัดผิดทั้งไฟล์ ({rows} จาก {of} แห่ง) แก้แล้วตกในตำบลตามทะเบียน "
        "{in_subdistrict} แห่ง ในอำเภอ {in_district} แห่ง",
        "Minus signs are lost or too many in the whole file ({rows} of {of} schools); put right, "
        "{in_subdistrict} fall in their registered subdistrict, {in_district} in the district",
        "ส่งออกไฟล์ใหม่ หรือรับค่าที่เสนอของทั้งไฟล์พร้อมกัน",
        "Export the file anew, or accept the readings of the whole file at once",
    ),
    "file_of_decimal_commas": Finding(
        "warn",
        "พิกัดทั้งไฟล์ใช้จุลภาคแทนจุดทศนิยม ({rows} จาก {of} แห่ง) อ่านเป็นจุดแล้วตกในตำบลตามทะเบียน "
        "{in_subdistrict} แห่ง ในอำเภอ {in_district} แห่ง",
        "The whole file has commas for decimal points ({rows} of {of} schools); read as points, "
        "{in_subdistrict} fall in their registered subdistrict, {in_district} in the district",
        "รับค่าที่เสนอของทั้งไฟล์พร้อมกัน",
        "Accept the readings of the whole file at once",
    ),
    "file_of_one_cell_coordinates": Finding(
        "warn",
        "พิกัดสองค่าอยู่ในช่องเดียวทั้งไฟล์ ({rows} จาก {of} แห่ง) แยกแล้วตกในตำบลตามทะเบียน "
        "{in_subdistrict} แห่ง ในอำเภอ {in_district} แห่ง",
        "Both coordinates stand in one cell in the whole file ({rows} of {of} schools); apart, "
        "{in_subdistrict} fall in their registered subdistrict, {in_district} in the district",
        "รับค่าที่เสนอของทั้งไฟล์พร้อมกัน",
        "Accept the readings of the whole file at once",
    ),
    "file_of_dms_coordinates": Finding(
        "note",
        "พิกัดทั้งไฟล์เป็นองศา ลิปดา ฟิลิปดา ({rows} จาก {of} แห่ง) แปลงเป็นองศาทศนิยมแล้วใช้ "
        "ตกในตำบลตามทะเบียน {in_subdistrict} แห่ง ในอำเภอ {in_district} แห่ง",
        "The whole file is in degrees, minutes and seconds ({rows} of {of} schools), used as decimal "
        "degrees; {in_subdistrict} fall in their registered subdistrict, {in_district} in the district",
        "ครั้งต่อไปส่งเป็นองศาทศนิยม",
        "Send decimal degrees next time",
    ),
    "shared_point": Finding(
        "warn",
        "พิกัดซ้ำกับ {other} จึงเชื่อไม่ได้ทุกแห่ง",
        "The same point as {other_en}; none of them can be believed",
        "ให้ทุกโรงเรียนที่ซ้ำกันยืนยันพิกัด ระหว่างนี้{stand_th}",
        "Ask each of these schools to confirm its point; until then {stand_en}",
    ),
    "near_school": Finding(
        "warn",
        "พิกัดห่างจาก {other} เพียง {distance_m} ม.",
        "The point is only {distance_m} m from {other_en}",
        "ให้ทั้งสองโรงเรียนยืนยันพิกัด ถ้าอยู่ติดกันจริงให้รับค่านี้",
        "Ask both schools to confirm; accept the point if they are neighbours",
    ),
    "few_decimals": Finding(
        "warn",
        "พิกัด {value} หยาบเกินไป ละเอียดเพียง {unit} กม. (ต้องมีทศนิยมอย่างน้อย {least} ตำแหน่ง)",
        "The point {value} is too coarse: its last digit is worth {unit} km (at least {least} decimals "
        "are wanted)",
        "ให้โรงเรียนส่งพิกัดที่ละเอียดกว่านี้ {stand_th}",
        "Ask the school for a finer point; {stand_en}",
    ),
    "whole_degrees": Finding(
        "warn",
        "พิกัด {value} มีแต่องศา ไม่มีทศนิยม จึงไม่ใช้ {stand_th}",
        "The point {value} is in whole degrees and is not used; {stand_en}",
        "ให้โรงเรียนส่งพิกัดที่มีทศนิยมอย่างน้อย {least} ตำแหน่ง",
        "Ask the school for a point with at least {least} decimals",
    ),
    "moved_point": Finding(
        "warn",
        "พิกัดย้ายไปจากรอบก่อน {distance_km} กม. (เดิม {old})",
        "The point is {distance_km} km from that of the last round ({old})",
        "ตรวจว่าโรงเรียนย้ายจริงหรือพิกัดผิด",
        "Find out whether the school moved or the point is wrong",
    ),
    "beside_subdistrict": Finding(
        "note",
        "พิกัดอยู่นอกตำบลตามทะเบียน ({subdistrict}) {distance_km} กม.{also_th} ไม่เกินเกณฑ์จึงใช้ได้",
        "The point lies {distance_km} km outside its registered subdistrict ({subdistrict})"
        "{also_en}, within the tolerance",
        "ตรวจว่าแนวเขตหรือพิกัดคลาดเคลื่อน",
        "See whether the boundary or the point is off",
    ),
    "outside_subdistrict": Finding(
        "warn",
        "พิกัดอยู่ห่างตำบลตามทะเบียน ({subdistrict}) {distance_km} กม.",
        "The point lies {distance_km} km outside its registered subdistrict ({subdistrict})",
        "ตรวจพิกัดและตำบลของโรงเรียน ระหว่างนี้{stand_th}",
        "Check the point and the subdistrict; until then {stand_en}",
    ),
    "outside_district": Finding(
        "warn",
        "พิกัดอยู่นอกอำเภอตามทะเบียน ({district}) {distance_km} กม.{also_th}",
        "The point lies {distance_km} km outside its registered district ({district}){also_en}",
        "ตรวจพิกัด ตำบล และอำเภอของโรงเรียน ระหว่างนี้{stand_th}",
        "Check the point, the subdistrict and the district; until then {stand_en}",
    ),
    "outside_office": Finding(
        "warn",
        "พิกัดอยู่นอกเขตพื้นที่ {distance_km} กม.{also_th}",
        "The point lies {distance_km} km outside the office's area{also_en}",
        "ให้โรงเรียนส่งพิกัดใหม่ ระหว่างนี้{stand_th}",
        "Ask the school for its point; until then {stand_en}",
    ),
    "no_subdistrict": Finding(
        "warn",
        "โรงเรียน {key} ไม่มีชื่อตำบลในทะเบียน",
        "School {key} has no subdistrict in the register",
        "เติมตำบลและอำเภอ",
        "Fill in subdistrict and district",
    ),
    "unknown_subdistrict": Finding(
        "warn",
        "ไม่พบตำบล “{value}” ในขอบเขตของสำนักงาน{near_th}",
        "The subdistrict '{value}' is not in the office's boundaries{near_en}",
        "แก้ชื่อตำบลหรืออำเภอ",
        "Correct the name of the subdistrict or district",
    ),
}
