"""Findings about files, sheets and headings."""

from gisapp.core.findings.finding import Finding

FINDINGS = {
    "unreadable_file": Finding(
        "block",
        "เปิดไฟล์ไม่ได้: {reason_th}",
        "The file cannot be opened: {reason_en}",
        "แก้ตามที่บอก แล้วบันทึกเป็น .xlsx ใหม่โดยไม่ใส่รหัสผ่าน หรือขอไฟล์ใหม่จากผู้ส่ง",
        "Mend what is said, save it again as .xlsx without a password, or ask the sender",
    ),
    "map_among_sheets": Finding(
        "block",
        "ไฟล์นี้เป็นแผนที่ของเส้น พื้นที่ หรือภาพ ไม่ใช่ตารางหรือจุดของโรงเรียน",
        "This file is a map of lines, areas or a picture, not a sheet or the points of schools",
        "ย้ายไป data/boundaries หรือถ้าเป็นภาพความสูงหรือประชากร ย้ายไป data/rasters",
        "Move it to data/boundaries, or a raster to data/rasters",
    ),
    "empty_file": Finding(
        "block",
        "ไม่มีข้อมูลในไฟล์นี้",
        "There is nothing in this file",
        "ขอไฟล์ใหม่จากผู้ส่ง หรือย้ายไฟล์นี้ออกจากโฟลเดอร์ของรอบ",
        "Ask the sender for it again, or move it out of the round's folder",
    ),
    "unknown_form": Finding(
        "block",
        "ไม่รู้จักแบบฟอร์มนี้ หัวตารางที่พบ: {found}",
        "No known form has these headings: {found}",
        "ถ้าเป็นแบบฟอร์มที่รู้จักแต่เปลี่ยนหัวตาราง ให้เพิ่มบรรทัดใน data/columns ถ้าไม่ใช่ ให้ย้ายไฟล์ออกจากโฟลเดอร์ของรอบ",
        "If a known form changed its headings, add a line in data/columns; else move the file out of "
        "the round's folder",
    ),
    "header_incomplete": Finding(
        "block",
        "คล้ายแบบ “{form_th}” แต่ขาดหัวตาราง {missing_th}{near_th}",
        "Looks like the form '{form_en}' but lacks the heading {missing_en}{near_en}",
        "แก้หัวตารางให้ตรงแบบ หรือเพิ่มบรรทัดใน data/columns/{form}.csv",
        "Write the heading as the form has it, or add a line in data/columns/{form}.csv",
    ),
    "heading_near": Finding(
        "warn",
        "ไม่รู้จักหัวตาราง “{value}” จึงไม่ได้ใช้คอลัมน์นี้ ใกล้เคียงกับ “{near}”",
        "The heading '{value}' is not known, so its column is not used; it is close to '{near}'",
        "แก้หัวตาราง หรือเพิ่มบรรทัดใน data/columns/{form}.csv",
        "Correct the heading, or add a line in data/columns/{form}.csv",
    ),
    "grade_heading_near": Finding(
        "block",
        "ไม่รู้จักหัวตาราง “{value}” นักเรียนในคอลัมน์นี้จะหายไป ใกล้เคียงกับ “{near}”",
        "The heading '{value}' is not known and pupils in its column would be lost; it is close to '{near}'",
        "แก้หัวตาราง หรือเพิ่มบรรทัดใน data/columns/grades.csv",
        "Correct the heading, or add a line in data/columns/grades.csv",
    ),
    "grade_heading_unknown": Finding(
        "block",
        "ไม่รู้จักหัวตาราง “{value}” นักเรียนในคอลัมน์นี้จะหายไป",
        "The heading '{value}' is not known and pupils in its column would be lost",
        "เพิ่มชั้นนี้ใน data/columns/grades.csv หรือถ้าไม่ใช้ ให้เพิ่มหัวตารางใน data/columns/enrolment.csv โดยเว้นช่อง column",
        "Add the grade to data/columns/grades.csv; or, where it is not needed, the heading to "
        "data/columns/enrolment.csv with an empty column",
    ),
    "heading_unknown": Finding(
        "note",
        "ไม่รู้จักหัวตาราง “{value}” จึงไม่ได้ใช้คอลัมน์นี้",
        "The heading '{value}' is not known, so its column is not used",
        "ถ้าต้องใช้ ให้เพิ่มบรรทัดใน data/columns/{form}.csv",
        "If it is needed, add a line in data/columns/{form}.csv",
    ),
    "heading_twice": Finding(
        "block",
        "หัวตาราง “{value}” มีสองคอลัมน์ ({cells}) ไม่รู้ว่าจะใช้คอลัมน์ใด",
        "The heading '{value}' stands over two columns ({cells}); which one counts is not known",
        "ลบหรือเปลี่ยนชื่อคอลัมน์ที่ไม่ใช้",
        "Remove or rename the column that does not count",
    ),
    "rows_without_header": Finding(
        "block",
        "แผ่นงานนี้มีรหัสโรงเรียนแต่ไม่มีหัวตารางที่รู้จัก แถวทั้งหมดจะหายไป (แถวแรก: {found})",
        "This sheet lists school codes under no known headings; all its rows would be lost "
        "(first row: {found})",
        "เติมหัวตารางให้ตรงแบบ หรือลบแผ่นงานที่ไม่ใช้",
        "Give it the headings of a form, or remove the sheet",
    ),
    "hidden_pupils": Finding(
        "block",
        "แผ่นงานที่ซ่อนอยู่มีตาราง “{form_th}” ซึ่งไม่ได้ใช้",
        "A hidden sheet holds a table '{form_en}', which is not used",
        "เลิกซ่อนแผ่นงานถ้าต้องใช้ หรือลบออก",
        "Show the sheet if it counts, or remove it",
    ),
    "hidden_sheet": Finding(
        "warn",
        "แผ่นงานที่ซ่อนอยู่มีตาราง “{form_th}” ซึ่งไม่ได้ใช้",
        "A hidden sheet holds a table '{form_en}', which is not used",
        "เลิกซ่อนแผ่นงานถ้าต้องใช้ หรือลบออก",
        "Show the sheet if it counts, or remove it",
    ),
    "folder_not_read": Finding(
        "block",
        "มีไฟล์อยู่ในโฟลเดอร์ย่อย ซึ่งไม่ได้อ่าน",
        "There are files in a folder below, which is not read",
        "ย้ายไฟล์ขึ้นมาไว้ในโฟลเดอร์ของรอบ",
        "Move the files up into the round's folder",
    ),
    "school_file_among_sheets": Finding(
        "block",
        "ไฟล์นี้เป็นไฟล์ที่ส่งให้โรงเรียน {school} แก้ (รอบ {round}) ไม่ใช่ไฟล์ของรอบ จึงยังไม่ได้ใช้ค่าที่โรงเรียนแก้",
        "This is the file that school {school} was sent to mend (round {round}) and no sheet of the "
        "round; what the school changed is not used yet",
        "ย้ายไฟล์ออกจากโฟลเดอร์ของรอบ แล้วสั่ง gisapp mended {round} “{file}” --by ชื่อผู้รับ",
        "Move it out of the round's folder, then run gisapp mended {round} '{file}' --by NAME",
    ),
    "problem_book_among_sheets": Finding(
        "warn",
        "ไฟล์นี้เป็นสมุดปัญหาของระบบ ไม่มีข้อมูลของรอบ จึงไม่ได้ใช้",
        "This is the problem workbook; it holds no data of the round and is not used",
        "ย้ายไฟล์ออกจากโฟลเดอร์ของรอบ",
        "Move it out of the round's folder",
    ),
    "marked_copy_beside": Finding(
        "block",
        "ไฟล์นี้เป็นสำเนาที่ทำเครื่องหมายของ {original} ซึ่งยังอยู่ในโฟลเดอร์เดียวกัน จึงใช้เฉพาะ {original}",
        "This is the marked copy of {original}, which lies beside it; only {original} is used",
        "ถ้าแก้ในสำเนาแล้ว ให้นำ {original} ออก ถ้าไม่ ให้นำสำเนานี้ออก",
        "Where the copy was mended, take {original} out; else take this copy out",
    ),
    "sheet_not_used": Finding(
        "note",
        "ไม่ได้ใช้แผ่นงานนี้ เพราะไม่ใช่ตารางของแบบที่รู้จัก",
        "This sheet is not used: it holds no table of a known form",
        "ถ้าในแผ่นนี้มีข้อมูลโรงเรียน ให้แก้หัวตารางให้ตรงแบบ",
        "If it holds school data, give it the headings of a form",
    ),
    "form_not_used": Finding(
        "note",
        "รู้จักแบบ “{form_th}” และเก็บไฟล์ไว้แล้ว แต่ขั้นตอนนี้ยังไม่ใช้",
        "The form '{form_en}' is known and kept; this step does not use it",
        "ไม่ต้องทำอะไร",
        "Nothing to do",
    ),
    "rows_of_other_offices": Finding(
        "note",
        "ข้าม {rows} แถวที่เป็นของเขตพื้นที่อื่น ({pupils} คน)",
        "{rows} rows of other offices left out ({pupils} pupils)",
        "ไม่ต้องทำอะไร",
        "Nothing to do",
    ),
    "only_other_offices": Finding(
        "block",
        "ทุกแถว ({rows} แถว {pupils} คน) เป็นของเขตพื้นที่อื่น ไม่ใช่รหัสเขต {area_code}",
        "All rows ({rows} rows, {pupils} pupils) belong to other offices, none to {area_code}",
        "ตรวจ area_code ใน office.toml หรือขอไฟล์ของสำนักงานนี้",
        "See area_code in office.toml, or ask for this office's file",
    ),
    "wrong_round": Finding(
        "block",
        "หัวกระดาษเขียนว่า {value} แต่ไฟล์อยู่ในรอบ {round}",
        "The title says {value} but the file lies in round {round}",
        "ย้ายไฟล์ไปโฟลเดอร์ของรอบที่ถูก หรือแก้หัวกระดาษ",
        "Move the file to its round's folder, or correct the title",
    ),
    "taken_from_earlier_round": Finding(
        "note",
        "รอบนี้ไม่มี “{form_th}” จึงใช้ของรอบ {round} (ข้อมูล ณ {as_of_th})",
        "This round has no '{form_en}'; the one of round {round} is used (as of {as_of_en})",
        "ถ้ามีไฟล์ใหม่ ให้วางในโฟลเดอร์ของรอบนี้",
        "If there is a newer file, put it into this round's folder",
    ),
    "no_register": Finding(
        "warn",
        "ไม่มีทะเบียนโรงเรียน จึงใช้รายชื่อจากไฟล์จำนวนนักเรียน โรงเรียนทุกแห่งไม่มีที่ตั้ง",
        "There is no school register; the schools are those of the enrolment sheet, without a place",
        "วางไฟล์ทะเบียนโรงเรียนในโฟลเดอร์ของรอบ",
        "Put the school register into the round's folder",
    ),
    "no_boundaries": Finding(
        "warn",
        "ไม่มีขอบเขตตำบลใน data/boundaries จึงตรวจที่ตั้งของโรงเรียนไม่ได้",
        "There are no subdistricts in data/boundaries, so no school's place can be checked",
        "วางไฟล์ขอบเขตตำบลไว้ใน data/boundaries",
        "Put a file of subdistrict boundaries into data/boundaries",
    ),
    "boundary_file_not_used": Finding(
        "warn",
        "ไม่ได้ใช้ไฟล์ขอบเขตนี้ เพราะไม่มีคอลัมน์ที่บอกว่าเป็นตำบล หมู่บ้าน ถนน แม่น้ำ เขตพื้นที่บริการ พื้นที่นับประชากร หรือโรงเรียนข้างเคียง",
        "This file of boundaries is not used: no column of it tells subdistricts, villages, roads, rivers, "
        "announced zones, population areas or neighbours' schools",
        "เพิ่มหัวตารางของไฟล์นี้ใน data/columns/subdistricts.csv, villages.csv, announced_zones.csv, population_areas.csv "
        "หรือ neighbour_schools.csv หรือย้ายไฟล์ออก",
        "Add its headings to data/columns/subdistricts.csv, villages.csv, announced_zones.csv, "
        "population_areas.csv or neighbour_schools.csv, or move the file out",
    ),
    "boundary_names_unknown": Finding(
        "warn",
        "ไฟล์ขอบเขตนี้มีรหัสตำบลแต่ไม่มีคอลัมน์ชื่อที่รู้จัก (คอลัมน์ที่พบ {found}) จึงหาตำบลของโรงเรียนจากชื่อไม่ได้",
        "This file of boundaries has codes of subdistricts but no column of names that is known (its "
        "columns are {found}); no school's subdistrict can be found by name",
        "เพิ่มหัวคอลัมน์ชื่อของไฟล์นี้ใน data/columns/subdistricts.csv เป็น subdistrict_th",
        "Add the heading of its names to data/columns/subdistricts.csv as subdistrict_th",
    ),
    "only_districts": Finding(
        "warn",
        "ไฟล์ขอบเขตนี้มีแต่ระดับอำเภอ จึงไม่ได้ใช้ ต้องมีขอบเขตระดับตำบล",
        "This file of boundaries has districts only and is not used; those of subdistricts are wanted",
        "ขอไฟล์ระดับตำบล (ADM3) หรือถ้าประเทศไม่มีระดับนี้ ให้เพิ่มหัวคอลัมน์ใน data/columns/subdistricts.csv "
        "เป็น subdistrict_code และ subdistrict_th",
        "Ask for the file of subdistricts (ADM3); a country without that level adds the headings to "
        "data/columns/subdistricts.csv as subdistrict_code and subdistrict_th",
    ),
    "crs_converted": Finding(
        "note",
        "พิกัดในไฟล์เป็น {crs} แปลงเป็นองศา WGS 84 แล้ว",
        "The coordinates of this file are {crs}; they were converted to degrees of WGS 84",
        "ไม่ต้องทำอะไร",
        "Nothing to do",
    ),
    "datum_converted": Finding(
        "warn",
        "พิกัดในไฟล์เป็น {crs} แปลงเป็น WGS 84 ด้วย {operation} แล้ว{others_th}",
        "The coordinates of this file are {crs}; they were converted to WGS 84 by {operation}{others_en}",
        "ตรวจว่าไฟล์ใช้พื้นหลักฐานนี้จริง วิธีแปลง Indian 1975 กำหนดที่ datum_operation ใน office.toml",
        "See that the file is on this datum; how Indian 1975 is converted, datum_operation in office.toml says",
    ),
    "form_absent": Finding(
        "note",
        "ไม่มี “{form_th}” ในรอบนี้และรอบก่อน ข้อมูลส่วนนี้จึงว่าง",
        "There is no '{form_en}' in this round or before; that part stays unknown",
        "วางไฟล์ในโฟลเดอร์ของรอบเมื่อได้รับ",
        "Put the file into the round's folder when it arrives",
    ),
    "enrolment_absent": Finding(
        "warn",
        "ไม่มีไฟล์จำนวนนักเรียนในรอบนี้และรอบก่อน จึงไม่ทราบจำนวนนักเรียนของทุกโรงเรียน",
        "There is no enrolment sheet in this round or before; no school's pupils are known",
        "วางไฟล์จำนวนนักเรียนในโฟลเดอร์ของรอบ",
        "Put the enrolment sheet into the round's folder",
    ),
}
