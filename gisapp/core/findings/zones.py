"""Findings about service zones: the polygons they come from, and the rules they keep."""

from gisapp.core.findings.finding import Finding

FINDINGS = {
    "area_mended": Finding(
        "note",
        "เส้นขอบของ{area_th} {code} ตัดกันเองหรือไม่ปิด ระบบซ่อมให้แล้ว",
        "The border of the {area_en} {code} crosses itself or is not closed; it was mended",
        "ตรวจรูปแปลงนี้ในโปรแกรมแผนที่",
        "Look at this polygon in a map program",
    ),
    "area_without_polygon": Finding(
        "warn",
        "{area_th} {code} ไม่มีรูปแปลง จึงไม่มีที่ดินของ{area_th}นี้",
        "The {area_en} {code} has no polygon and thus no land",
        "เพิ่มรูปแปลงในแฟ้มขอบเขต หรือลบแถวนี้",
        "Add its polygon to the file of borders, or remove the row",
    ),
    "areas_overlap": Finding(
        "warn",
        "{area_th} {code} ซ้อนกับ {others} รวม {km2} ตร.กม. ส่วนที่ซ้อนนับเป็นของ {code}",
        "The {area_en} {code} overlaps {others} on {km2} km²; what overlaps counts for {code}",
        "แก้เส้นขอบให้แต่ละที่ดินเป็นของพื้นที่เดียว",
        "Correct the borders so that each piece of land belongs to one of them",
    ),
    "areas_outside": Finding(
        "warn",
        "{area_th} {number} แห่ง ({codes}) มีที่ดินนอกตำบลของสำนักงาน {km2} ตร.กม. ส่วนนี้ไม่นับ",
        "{number} polygons ({area_en}: {codes}) reach out of the office's subdistricts by {km2} km²; "
        "that land does not count",
        "ตรวจเส้นขอบ หรือเพิ่มตำบลที่ขาดในแฟ้มขอบเขต",
        "Check the borders, or add the missing subdistrict to the file of borders",
    ),
    "area_slivers": Finding(
        "note",
        "มีช่องว่างหรือรอยซ้อนแคบ ๆ ระหว่าง{area_th} {number} แห่ง รวม {km2} ตร.กม. ยกให้พื้นที่ข้างเคียงที่ติดกันยาวที่สุด",
        "There are {number} slivers between neighbours ({area_en}), {km2} km² in all; each was given "
        "to the neighbour with the longest common edge",
        "ถ้าเห็นว่ากว้างเกินไป ให้แก้เส้นขอบในแฟ้ม",
        "Correct the borders in the file if these are too wide to be faults of drawing",
    ),
    "code_was_number": Finding(
        "note",
        "รหัสของ{area_th} {number} แถวในคอลัมน์ {column} เป็นตัวเลข เช่น {value} อ่านเป็นข้อความแล้ว",
        "{number} codes ({area_en}, column {column}) are numbers, such as {value}; they were read "
        "as text",
        "เก็บรหัสเป็นข้อความ เลข 0 ข้างหน้าจะไม่หาย",
        "Keep codes as text, so that no 0 in front is lost",
    ),
    "code_lost_zeros": Finding(
        "note",
        "รหัส {value} ของเขตที่ประกาศขาดเลข 0 ข้างหน้า อ่านเป็น {code}",
        "The code {value} of an announced zone lost its leading zeros; it was read as {code}",
        "แก้รหัสในแฟ้มเขตให้เป็นข้อความ",
        "Write the code as text in the file of zones",
    ),
    "village_outside": Finding(
        "warn",
        "จุดของหมู่บ้าน {village} อยู่นอกตำบลของตนเอง (รหัส {subdistrict}) {km} กม.",
        "The point of the village {village} lies {km} km outside its own subdistrict {subdistrict}",
        "ตรวจพิกัดหรือรหัสของหมู่บ้าน เพราะใช้แบ่งที่ดินของตำบล",
        "Check the village's point or its code: the subdistrict's land is parted by it",
    ),
    "villages_on_one_point": Finding(
        "note",
        "ตำบลรหัส {subdistrict} มี {number} หมู่บ้านบน {points} จุด ({villages}) "
        "หมู่บ้านบนจุดเดียวกันใช้ที่ดินร่วมกัน แบ่งตามจำนวนหมู่บ้าน",
        "In subdistrict {subdistrict} {number} villages stand on {points} points ({villages}); those "
        "on one point share its land by number",
        "แก้พิกัดหากหมู่บ้านเหล่านี้ไม่ได้อยู่ที่เดียวกัน",
        "Correct the points unless these villages are in one place",
    ),
    "village_without_land": Finding(
        "note",
        "ตำบลรหัส {subdistrict} มี {number} จาก {of} หมู่บ้านที่ไม่มีจุดหรือไม่มีที่ดินในตำบล ({villages}) "
        "ที่ดินทั้งตำบลจึงแบ่งตามจำนวนหมู่บ้าน เด็กที่นับรายหมู่บ้านยังเป็นของโรงเรียนที่รับหมู่บ้านนั้น",
        "{number} of the {of} villages of subdistrict {subdistrict} have no point or no land in it "
        "({villages}); all of its land is shared by number of villages, while children who are counted "
        "by village still belong to the school that lists theirs",
        "เติมพิกัดของหมู่บ้านเหล่านี้ แล้วเขตบริการจะแบ่งตามที่ตั้งจริง",
        "Add these villages' points; the zones then follow where they lie",
    ),
    "zone_share_sum": Finding(
        "warn",
        "สัดส่วนของหมู่บ้าน {village} ระดับ{level_th} รวมได้ {value} ไม่ใช่ 1 จึงปรับให้รวมเป็น 1",
        "The shares of the village {village} make {value}, not 1, at the {level_en} level; they were "
        "scaled to make 1",
        "แก้สัดส่วนในแบบเขตพื้นที่บริการให้รวมเป็น 1",
        "Correct the shares in the sheet of service areas so that they make 1",
    ),
    "zone_share_none": Finding(
        "warn",
        "สัดส่วนของหมู่บ้าน {village} ระดับ{level_th} เป็น 0 ทั้งหมด หมู่บ้านนี้จึงไม่มีโรงเรียนรับผิดชอบ",
        "Every share of the village {village} is 0 at the {level_en} level; nobody serves it",
        "เขียนสัดส่วนของแต่ละโรงเรียนให้รวมเป็น 1 หรือเว้นว่างถ้าแบ่งเท่ากัน",
        "Write each school's share so that they make 1, or leave them blank for equal parts",
    ),
    "zones_overlap": Finding(
        "warn",
        "เขตที่ประกาศของ {school} ซ้อนกับเขตของ {others} รวม {km2} ตร.กม. ระดับ{level_th} ส่วนที่ซ้อนแบ่งเท่ากัน",
        "The announced {level_en} zone of {school} overlaps that of {others} on {km2} km²; what overlaps "
        "is parted equally",
        "ถ้าไม่ใช่เขตร่วม ให้แก้เส้นเขต",
        "Correct the zones unless they are joint",
    ),
    "zone_slivers": Finding(
        "note",
        "เขตที่ประกาศระดับ{level_th}มีช่องว่างหรือรอยซ้อนแคบ ๆ {number} แห่ง รวม {km2} ตร.กม. "
        "ยกให้เขตข้างเคียงที่ติดกันยาวที่สุด",
        "The announced {level_en} zones have {number} slivers between them, {km2} km² in all; each "
        "was given to the zone with the longest common edge",
        "ถ้าเห็นว่ากว้างเกินไป ให้แก้เส้นเขต",
        "Correct the zones if these are too wide to be faults of drawing",
    ),
    "zone_of_unknown_school": Finding(
        "warn",
        "เขตบริการระดับ{level_th}เป็นของรหัส “{value}” ซึ่งไม่ใช่โรงเรียนที่เปิดสอน "
        "({villages} หมู่บ้าน {zones} รูปแปลง) ที่ดินนี้จึงไม่มีโรงเรียนรับผิดชอบ",
        "The code '{value}' of {level_en} zones is no open school's ({villages} villages, {zones} "
        "polygons); nobody serves that land",
        "แก้รหัส หรือประกาศว่าโรงเรียนใดรับเขตนี้แทน",
        "Correct the code, or announce which school takes this zone over",
    ),
    "zone_of_no_level": Finding(
        "warn",
        "โรงเรียน {school} มีเขตบริการระดับ{level_th} ({villages} หมู่บ้าน {zones} รูปแปลง) แต่ไม่สอนระดับนี้ "
        "ที่ดินนี้จึงไม่มีโรงเรียนรับผิดชอบ",
        "The school {school} has a {level_en} zone ({villages} villages, {zones} polygons) but does not "
        "teach that level; nobody serves that land",
        "ตรวจระดับของเขต หรือชั้นที่โรงเรียนเปิดสอน",
        "Check the zone's level, or the grades that the school teaches",
    ),
    "listed_elsewhere": Finding(
        "warn",
        "เขตบริการระดับ{level_th}มี {number} หมู่บ้านที่ไม่อยู่ในตำบลใดของสำนักงาน ({villages}) จึงไม่มีในแผนที่",
        "{number} villages of {level_en} areas lie in no subdistrict of the office ({villages}); they "
        "are not on the map",
        "ตรวจรหัสหมู่บ้าน หรือเพิ่มตำบลนั้นในแฟ้มขอบเขต",
        "Check the villages' codes, or add that subdistrict to the file of borders",
    ),
    "villages_not_served": Finding(
        "warn",
        "ตำบลรหัส {subdistrict} มี {number} จาก {of} หมู่บ้านที่อยู่นอกเขตที่ประกาศทุกเขต ระดับ{level_th}: {villages}",
        "{number} of the {of} villages of subdistrict {subdistrict} lie in no announced {level_en} zone: "
        "{villages}",
        "ตรวจเส้นเขต หรือประกาศว่าโรงเรียนใดรับหมู่บ้านเหล่านี้",
        "Check the zones, or announce which school serves these villages",
    ),
    "nearest_unlocated": Finding(
        "warn",
        "โรงเรียนที่สอนระดับ{level_th} {number} แห่งไม่มีจุดที่ใช้วัดได้ ({schools}) จึงไม่รู้ว่าโรงเรียนใดใกล้สุดใน "
        "{km2} ตร.กม. ของตำบลนั้นและตำบลติดกัน ที่ดินนี้ยังไม่มีเขต",
        "{number} schools that teach {level_en} have no point to measure from ({schools}); which school "
        "is nearest is unknown on {km2} km² of their subdistricts and those around, which have no zone",
        "เติมพิกัดของโรงเรียน หรือใส่รายการหมู่บ้านในเขตบริการ",
        "Add the schools' points, or a list of the villages that schools serve",
    ),
    "school_without_zone": Finding(
        "warn",
        "โรงเรียน {school} สอนระดับ{level_th}แต่ไม่มีเขตพื้นที่บริการ",
        "The school {school} teaches {level_en} but has no service zone",
        "เพิ่มหมู่บ้านหรือรูปแปลงของโรงเรียนนี้ในเขตพื้นที่บริการ",
        "Add this school's villages or its polygon to the service areas",
    ),
    "school_outside_zone": Finding(
        "warn",
        "โรงเรียน {school} ตั้งอยู่นอกเขตบริการของตนเอง ระดับ{level_th} ห่าง {km} กม.",
        "The school {school} stands {km} km outside its own {level_en} zone",
        "ตรวจพิกัดของโรงเรียน และหมู่บ้านในเขตบริการ",
        "Check the school's point, and the villages of its zone",
    ),
}
