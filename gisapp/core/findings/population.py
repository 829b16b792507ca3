"""Findings about population tables."""

from gisapp.core.findings.finding import Finding

FINDINGS = {
    "population_fields": Finding(
        "block",
        "บรรทัดที่ {line} มี {fields} ช่อง ต้องมี {expected} ช่อง",
        "Line {line} has {fields} fields instead of {expected}",
        "ดาวน์โหลดไฟล์ใหม่จากกรมการปกครอง ไม่ต้องแก้ในไฟล์",
        "Download the file again from the Department of Provincial Administration",
    ),
    "population_field": Finding(
        "block",
        "บรรทัดที่ {line} ช่องที่ {field} “{value}” ไม่ใช่จำนวนคน",
        "'{value}' in line {line}, field {field}, is not a number of people",
        "ดาวน์โหลดไฟล์ใหม่จากกรมการปกครอง ไม่ต้องแก้ในไฟล์",
        "Download the file again from the Department of Provincial Administration",
    ),
    "population_line_sum": Finding(
        "block",
        "ยอด{what_th}ของ{name}เขียน {stated} แต่ทุกอายุรวมกันได้ {made} ต่างกัน {apart} คน (บรรทัดที่ {line})",
        "The sum of {what_en} in {name} says {stated}, the ages make {made}, {apart} apart (line {line})",
        "ดาวน์โหลดไฟล์ใหม่จากกรมการปกครอง ไม่ต้องแก้ในไฟล์",
        "Download the file again from the Department of Provincial Administration",
    ),
    "population_block_sum": Finding(
        "block",
        "{name}มี {stated} คน แต่ตำบลที่อยู่ใต้บรรทัดนี้รวมกันได้ {made} คน ต่างกัน {apart} คน (บรรทัดที่ {line})",
        "{name} has {stated} people; the subdistricts below it make {made}, {apart} apart (line {line})",
        "ดูว่าบรรทัดของตำบลหายหรือซ้ำ แล้วดาวน์โหลดไฟล์ใหม่",
        "See which subdistrict's line is missing or stands twice, and download the file again",
    ),
    "population_province_sum": Finding(
        "block",
        "{name} มี {stated} คน แต่ทุกอำเภอและเทศบาลรวมกันได้ {made} คน ต่างกัน {apart} คน อาจขาดกลุ่มเทศบาลท้ายไฟล์",
        "{name} has {stated} people; its districts and municipalities make {made}, {apart} apart. "
        "A municipality at the end of the file may be missing",
        "ดาวน์โหลดไฟล์ใหม่ให้ครบทุกบรรทัด",
        "Download the file again with all its lines",
    ),
    "population_no_province": Finding(
        "block",
        "บรรทัดแรกไม่ใช่ยอดของจังหวัด จึงตรวจไม่ได้ว่าครบทุกอำเภอและเทศบาล",
        "The first line is not the province, so it cannot be seen whether all lines are there",
        "ดาวน์โหลดไฟล์ใหม่ทั้งจังหวัด โดยไม่ตัดบรรทัด",
        "Download the whole province's file again, without cutting lines",
    ),
    "population_outside": Finding(
        "note",
        "ข้าม {rows} แถว {persons} คน ของพื้นที่อื่นคือ {areas}",
        "{rows} rows of other areas left out, {persons} people ({areas})",
        "ไม่ต้องทำอะไร ถ้าพื้นที่เหล่านี้ไม่อยู่ในเขตของสำนักงาน",
        "Nothing to do, unless these areas belong to the office",
    ),
    "population_only_outside": Finding(
        "warn",
        "ทุกแถว ({rows} แถว {persons} คน) เป็นของพื้นที่อื่นคือ {areas} จึงไม่มีประชากรของสำนักงาน",
        "All rows ({rows} rows, {persons} people) are of other areas ({areas}), none of the office",
        "ขอไฟล์ของจังหวัดนี้ หรือตรวจแฟ้มขอบเขตตำบลใน data/boundaries",
        "Ask for this province's file, or see the subdistricts in data/boundaries",
    ),
    "population_unplaced": Finding(
        "warn",
        "ประชากร {persons} คนยังไม่อยู่ในตำบลใด เพราะไม่พบ “{value}” ใน{block} ในแฟ้มขอบเขต (บรรทัดที่ {line})",
        "{persons} people are in no subdistrict yet: '{value}' in {block} is not among the boundaries "
        "(line {line})",
        "แก้ชื่อตำบลในแฟ้มขอบเขต หรือเพิ่มบรรทัดใน data/columns/area_names.csv",
        "Correct the name in the boundaries, or add a line in data/columns/area_names.csv",
    ),
    "population_either": Finding(
        "warn",
        "ประชากร {persons} คนยังไม่อยู่ในตำบลใด เพราะ “{value}” ใน{block} อาจอยู่ใน {districts_th} (บรรทัดที่ {line})",
        "{persons} people are in no subdistrict yet: '{value}' in {block} may be in {districts_en} "
        "(line {line})",
        "แจ้งว่าตำบลนี้ของเทศบาลอยู่ในอำเภอใด",
        "Say in which district this part of the municipality lies",
    ),
    "population_without_age": Finding(
        "note",
        "มี {persons} คนที่อายุเกิน 100 ปีหรืออยู่ในทะเบียนที่ไม่แยกอายุ ใช้ตรวจยอดเท่านั้น",
        "{persons} people over 100 or in registers without an age, counted in the checks only",
        "ไม่ต้องทำอะไร",
        "Nothing to do",
    ),
    "population_day_assumed": Finding(
        "note",
        "ไฟล์ไม่บอกว่าเป็นข้อมูล ณ วันใด จึงถือว่าเป็นวันที่ {day_th}",
        "The file does not say which day it is of; {day_en} is assumed",
        "ตั้งชื่อไฟล์ให้มีปีและเดือน เช่น stat_pop_6712 หรือเติมคอลัมน์ ณ วันที่",
        "Name the file with year and month, such as stat_pop_6712, or add a column as_of_date",
    ),
    "population_day": Finding(
        "warn",
        "“{value}” ไม่ใช่วันที่ จึงใช้วันที่ของไฟล์แทน",
        "'{value}' is not a date; the file's own day is used",
        "ใส่วันที่ เช่น 31/12/2567",
        "Write a date, such as 31/12/2567 or 2024-12-31",
    ),
    "population_not_a_number": Finding(
        "block",
        "“{value}” ในช่อง {column} ไม่ใช่จำนวนคน",
        "'{value}' under {column} is not a number of people",
        "ใส่จำนวนเต็มตั้งแต่ 0 ขึ้นไป",
        "Write a whole number of 0 or more",
    ),
    "population_age": Finding(
        "block",
        "“{value}” ไม่ใช่อายุ ประชากรในแถวนี้จะหายไป",
        "'{value}' is not an age; the people of this row would be lost",
        "ใส่อายุเป็นปี เช่น 6 หรือ 100+",
        "Write an age in years, such as 6 or 100+",
    ),
    "population_sexes": Finding(
        "block",
        "ชายกับหญิงรวมกันได้ {made} คน แต่ช่องรวมเขียน {stated} คน ({key} ผิด {rows} แถว)",
        "Men and women make {made}, but the row says {stated} in all ({key}, {rows} rows)",
        "ตรวจตัวเลขของแถวนี้กับต้นฉบับ",
        "See this row's figures in the original",
    ),
    "population_total": Finding(
        "block",
        "แถวรวมเขียน {stated} คน แต่บวกได้ {made} คน",
        "The row of totals says {stated} people, its parts make {made}",
        "ดูว่าแถวใดหายหรือผิด แล้วแก้ให้ตรงกัน",
        "See which row is missing or wrong, and make them agree",
    ),
    "population_no_area": Finding(
        "block",
        "มี {rows} แถวที่ไม่มีรหัสหรือชื่อพื้นที่ ประชากร {persons} คนจะหายไป",
        "{rows} rows without an area, whose {persons} people would be lost",
        "เติมรหัสหมู่บ้านหรือรหัสพื้นที่",
        "Fill in the code of the village or area",
    ),
    "population_area_unknown": Finding(
        "warn",
        "ไม่พบพื้นที่ {codes} ในแฟ้มของสำนักงาน ({areas} พื้นที่ {persons} คน)",
        "{codes} not in the office's files ({areas} areas, {persons} people)",
        "แก้รหัส หรือเพิ่มหมู่บ้านหรือตำบลใน data/boundaries",
        "Correct the code, or add the village or subdistrict to data/boundaries",
    ),
    "population_twice": Finding(
        "block",
        "{key} อายุ {age} ปี มีมากกว่าหนึ่งแถวและตัวเลขไม่เท่ากัน (แถวแรกคือ {first} ซ้ำ {rows} แถว)",
        "{key}, age {age}, stands in more than one row with other figures (first {first}, "
        "{rows} rows again)",
        "เหลือแถวที่ถูกไว้เพียงแถวเดียว",
        "Keep only the row that is right",
    ),
    "population_repeated": Finding(
        "note",
        "{key} มีแถวซ้ำที่ตัวเลขเท่ากัน {rows} แถว (อายุ {age} ปี ซ้ำกับ {first}) นับครั้งเดียว",
        "{key} has {rows} rows again with the same figures (age {age}, as {first}); they count once",
        "ลบแถวที่ซ้ำ",
        "Remove the repeated rows",
    ),
    "population_age_missing": Finding(
        "warn",
        "ขาดอายุ {ages} ปี ใน {areas} พื้นที่ (พื้นที่แรก {key})",
        "Age {ages} is missing in {areas} areas (first {key})",
        "ขอแถวของอายุที่ขาด ถ้าไม่มีคนให้ใส่ 0",
        "Ask for the rows of these ages; write 0 where there is nobody",
    ),
    "population_age_unlikely": Finding(
        "warn",
        "{key} อายุ {age} ปี มี {persons} คน แต่อายุใกล้เคียงมีราว {expected} คน",
        "{key}, age {age}, has {persons} people while the ages beside it have about {expected}",
        "ตรวจตัวเลขของอายุนี้กับต้นฉบับ",
        "See this age's figure in the original",
    ),
    "population_older_file": Finding(
        "warn",
        "แฟ้มนี้เป็นข้อมูล ณ {day_th} แฟ้ม {first} เป็นข้อมูล ณ {newer_th} ซึ่งใหม่กว่า จึงใช้แฟ้ม {first} ({areas} พื้นที่)",
        "This file is of {day_en}; {first} is of {newer_en} and counts instead ({areas} areas)",
        "เหลือแฟ้มที่ใหม่กว่าไว้ในโฟลเดอร์ของรอบเพียงแฟ้มเดียว",
        "Keep only the newer file in the round's folder",
    ),
    "population_fractions": Finding(
        "block",
        "มี {cells} ช่องที่จำนวนคนมีทศนิยม (ช่องแรก {cell} “{value}”) จึงไม่ได้ใช้แฟ้มนี้",
        "{cells} cells hold fractions of people (first {cell}: '{value}'), so the file is not used",
        "ปัดเป็นจำนวนเต็มก่อนส่ง ให้ผลรวมของแต่ละพื้นที่เท่าเดิม",
        "Round to whole people before sending, so that each area keeps its sum",
    ),
    "population_two_files": Finding(
        "warn",
        "ประชากร {areas} พื้นที่มีในแฟ้ม {first} แล้ว ({persons_first} คน แฟ้มนี้ {persons} คน ต่างกัน {differ} "
        "พื้นที่) ใช้แฟ้ม {first}",
        "The population of {areas} areas is in {first} already ({persons_first} people; {persons} "
        "here; other figures in {differ} areas); {first} counts",
        "เหลือแฟ้มที่ถูกไว้ในโฟลเดอร์ของรอบเพียงแฟ้มเดียว",
        "Keep only the right file in the round's folder",
    ),
    "population_sources_differ": Finding(
        "warn",
        "ต.{name} อายุ {from_age}–{to_age} ปี รายหมู่บ้านรวมได้ {made} คน แต่ {other} มี {stated} คน ต่างกัน "
        "{ages} อายุ (มากที่สุดอายุ {age} ปี {made_at} กับ {stated_at} คน)",
        "The villages of {name} make {made} people of {from_age} to {to_age} years, {other} has "
        "{stated}; other figures at {ages} of the ages (most at {age}, {made_at} and {stated_at})",
        "ใช้แฟ้มของกรมการปกครองสำหรับยอดตำบล และแฟ้มหมู่บ้านสำหรับหมู่บ้าน ตรวจว่าหมู่บ้านครบและเป็นข้อมูลวันเดียวกัน",
        "The subdistrict's file counts for subdistricts, the villages' for villages; see whether all "
        "villages are there, of the same day",
    ),
}
