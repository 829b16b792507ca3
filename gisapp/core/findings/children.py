"""Findings about the registered children that coverage counts."""

from gisapp.core.findings.finding import Finding

FINDINGS = {
    "children_unknown": Finding(
        "warn",
        "ไม่มีจำนวนเด็กของ {areas} พื้นที่ ({codes}) ความครอบคลุมของพื้นที่เหล่านี้จึงไม่ทราบ",
        "The children of {areas} areas are unknown ({codes}), and so is their coverage",
        "ใส่แฟ้มประชากรรายอายุของพื้นที่เหล่านี้ในโฟลเดอร์ของรอบ หรือแก้รหัสพื้นที่ในแฟ้มให้ตรง",
        "Put these areas' population by age into the round's folder, or correct the codes in the file",
    ),
    "children_too_old": Finding(
        "warn",
        "แฟ้มนี้เป็นข้อมูล ณ {day_th} ห่างจากวันที่นับเด็ก ({count_th}) {years} ปี เกิน {most} ปี จึงไม่ใช้ "
        "จำนวนเด็กของ {areas} พื้นที่ ({codes}) จึงไม่ทราบ",
        "This file is of {day_en}, {years} years from the day that counts ({count_en}) and thus more "
        "than {most}; it is not used, and the children of {areas} areas are unknown ({codes})",
        "ใส่แฟ้มประชากรที่ใกล้วันที่นับเด็กกว่านี้",
        "Put in a population file of a day nearer to the one that counts",
    ),
    "children_no_structure": Finding(
        "warn",
        "{areas} พื้นที่ ({codes}) มีแต่ยอดประชากรรวม ไม่มีโครงสร้างอายุให้แบ่ง จำนวนเด็กจึงไม่ทราบ",
        "{areas} areas ({codes}) have a total population and no age structure to part it by; their "
        "children are unknown",
        "ใส่แฟ้มประชากรรายอายุของจังหวัดหรือประเทศ (area_code 0 คือทั้งประเทศ) ในโฟลเดอร์ของรอบ",
        "Put the population by age of the province or country (area_code 0) into the round's folder",
    ),
    "children_by_structure": Finding(
        "warn",
        "จำนวนเด็กของ {areas} พื้นที่เป็นค่าประมาณ คือยอดประชากรปี {total_th} คูณโครงสร้างอายุปี {structure_th} "
        "ของ{of} (แฟ้ม {other})",
        "The children of {areas} areas are an estimate: the total population of {total_en} times the "
        "age structure of {structure_en} of {of} (file {other})",
        "ใส่แฟ้มประชากรรายอายุของตำบลหรือหมู่บ้าน แล้วจะใช้แทนค่าประมาณ",
        "Put in population by age of subdistricts or villages; it counts instead of the estimate",
    ),
    "children_aged": Finding(
        "note",
        "ทะเบียน ณ {day_th} ปรับอายุ {years} ปี ให้เป็นเด็ก ณ {count_th} ({areas} พื้นที่) "
        "เด็กที่ทะเบียนนั้นยังไม่มี ไม่ทราบจำนวน",
        "The ages in the register of {day_en} are moved by {years} years to {count_en} ({areas} areas); "
        "children whom it cannot hold are unknown",
        "ไม่ต้องทำอะไร ถ้ามีแฟ้มของวันที่นับเด็ก ให้ใส่แทน",
        "Nothing to do; put in a file of the day that counts where there is one",
    ),
    "children_split": Finding(
        "note",
        "แฟ้มนี้บอกอายุเป็นช่วง จึงแบ่งเป็นรายปีด้วยวิธี {how_th} ({areas} พื้นที่) ยอดของแต่ละช่วงคงเดิม",
        "This file has bands of ages; they are split into single years by {how_en} ({areas} areas), "
        "each band keeping its sum",
        "ถ้ามีแฟ้มรายอายุปี ให้ใส่แทน",
        "Put in a file by single years where there is one",
    ),
    "children_bands_overlap": Finding(
        "warn",
        "ช่วงอายุในแฟ้มนี้คาบเกี่ยวกัน ({areas} พื้นที่ พื้นที่แรก {key}) จึงใช้ช่วงที่แคบกว่า อายุอื่นไม่ทราบ",
        "Bands of ages in this file overlap ({areas} areas, first {key}); the narrower ones count, "
        "other ages are unknown",
        "แก้ช่วงอายุไม่ให้คาบเกี่ยวกัน",
        "Write bands that do not overlap",
    ),
    "children_ages_missing": Finding(
        "warn",
        "ไม่มีจำนวนเด็กอายุ {value} ปี ของ {areas} พื้นที่ ({codes})",
        "Children of age {value} are unknown in {areas} areas ({codes})",
        "ขอแฟ้มที่มีทุกอายุตั้งแต่ 0 ถึง 17 ปี ถ้าไม่มีคนให้ใส่ 0",
        "Ask for a file with every age from 0 to 17; write 0 where there is nobody",
    ),
    "children_villages_missing": Finding(
        "warn",
        "{areas} ตำบล ({codes}) มีจำนวนเด็กเพียงบางหมู่บ้าน ขาด {villages} หมู่บ้าน {used_th}",
        "In {areas} areas ({codes}) some villages alone have counts, {villages} villages have none; "
        "{used_en}",
        "เติมหมู่บ้านที่ขาดในแฟ้มประชากรรายหมู่บ้าน ถ้าไม่มีเด็กให้ใส่ 0",
        "Add the missing villages to the villages' file; write 0 where there is nobody",
    ),
    "children_own_areas": Finding(
        "note",
        "นับเด็กตามพื้นที่ใน population_areas เท่านั้น ไม่ได้รวมประชากรของหมู่บ้านและตำบล ({areas} พื้นที่)",
        "Children are counted in the areas of population_areas alone; those of villages and "
        "subdistricts ({areas} areas) are not added",
        "ตรวจว่าพื้นที่ใน population_areas คลุมทั้งสำนักงาน",
        "See whether the areas of population_areas cover the whole office",
    ),
    "population_areas_part": Finding(
        "warn",
        "พื้นที่ใน population_areas ไม่คลุมที่ดิน {km2} ตร.กม. ของสำนักงาน จำนวนเด็กใน {unknown} ตร.กม. "
        "ที่ขาดเกินครึ่งตำบลหรือเขตจึงไม่ทราบ",
        "The areas of population_areas leave out {km2} km² of the office; the children are unknown on "
        "{unknown} km² of it, where they leave out most of a subdistrict or zone",
        "เติมพื้นที่ที่ขาดใน population_areas พร้อมจำนวนประชากรรายอายุ",
        "Add the missing areas to population_areas, with their population by age",
    ),
}
