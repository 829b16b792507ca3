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
    "bad_coordinates": Finding(
        "warn",
        "พิกัด {value} ไม่ใช่ที่ใดในประเทศ {stand_th}",
        "The coordinates {value} are nowhere in the country; {stand_en}",
        "ให้โรงเรียนส่งพิกัดใหม่เป็นองศาทศนิยม เช่น 19.26410 และ 99.23174",
        "Ask the school for decimal degrees, such as 19.26410 and 99.23174",
    ),
    "swapped_coordinates": Finding(
        "warn",
        "ละติจูดกับลองจิจูดสลับกัน: {value} ถ้าสลับกลับจะเป็น {proposal} {where_th}",
        "Latitude and longitude are swapped: {value}; the other way round it is {proposal}, {where_en}",
        "สลับค่าในสองช่องนี้ ระหว่างนี้{stand_th}",
        "Swap the two cells; until then {stand_en}",
    ),
    "utm_coordinates": Finding(
        "warn",
        "พิกัดเป็นระบบ UTM ไม่ใช่องศา: {value} แปลงแล้วจะเป็น {proposal} {where_th}",
        "The coordinates are UTM, not degrees: {value}; converted they are {proposal}, {where_en}",
        "ใส่ค่าที่แปลงแล้ว ระหว่างนี้{stand_th}",
        "Write the converted values; until then {stand_en}",
    ),
    "shared_point": Finding(
        "warn",
        "พิกัดซ้ำกับ {other} ทั้งสองแห่งจึงเชื่อไม่ได้",
        "The same point as {other}; neither can be believed",
        "ให้ทั้งสองโรงเรียนยืนยันพิกัด",
        "Ask both schools to confirm their points",
    ),
    "outside_subdistrict": Finding(
        "warn",
        "พิกัดอยู่ห่างตำบลตามทะเบียน ({subdistrict}) {distance_km} กม.",
        "The point lies {distance_km} km outside its registered subdistrict ({subdistrict})",
        "ตรวจพิกัดและตำบลของโรงเรียน ระหว่างนี้{stand_th}",
        "Check the point and the subdistrict; until then {stand_en}",
    ),
    "outside_office": Finding(
        "warn",
        "พิกัดอยู่นอกเขตพื้นที่ {distance_km} กม.",
        "The point lies {distance_km} km outside the office's area",
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
