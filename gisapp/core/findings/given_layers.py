"""Findings about what lies among the boundaries: shapes, zones, areas, neighbours, totals."""

from gisapp.core.findings.finding import Finding

FINDINGS = {
    "boundary_off_earth": Finding(
        "warn",
        "พิกัดของ {rows} แถว ({codes}) ไม่มีบนพื้นโลก จึงไม่ได้ใช้ตำแหน่ง อาจสลับละติจูดกับลองจิจูด",
        "The coordinates of {rows} rows ({codes}) lie nowhere on the earth and are not used; latitude "
        "and longitude may be swapped",
        "สลับละติจูดกับลองจิจูดให้ถูก หรือกำหนดระบบพิกัดของแฟ้มให้ตรง",
        "Swap latitude and longitude, or assign the file its true CRS",
    ),
    "boundary_mended": Finding(
        "note",
        "เส้นขอบของ {rows} แถว ({codes}) ตัดกันเองหรือไม่ปิด ระบบซ่อมให้แล้ว",
        "The borders of {rows} rows ({codes}) cross themselves or are not closed; they were mended",
        "ตรวจรูปแปลงเหล่านี้ในโปรแกรมแผนที่",
        "Look at these polygons in a map program",
    ),
    "village_twice": Finding(
        "warn",
        "หมู่บ้าน {codes} มีมากกว่าหนึ่งจุดในแฟ้มแผนที่ ใช้จุดแรก",
        "The villages {codes} have more than one point among the boundaries; the first is used",
        "เหลือแถวที่ถูกไว้เพียงแถวเดียว",
        "Keep only the row that is right",
    ),
    "given_rows_without_code": Finding(
        "warn",
        "ไม่ได้ใช้ {rows} แถวของ {value} เพราะไม่มีรหัส",
        "{rows} rows of {value} have no code and are not used",
        "เติมรหัสในแฟ้มแผนที่",
        "Fill in the code in the map file",
    ),
    "given_rows_without_shape": Finding(
        "warn",
        "ไม่ได้ใช้ {rows} แถวของ {value} เพราะไม่มีรูปบนแผนที่ หรือเป็นรูปคนละชนิด",
        "{rows} rows of {value} have no shape, or one of another type, and are not used",
        "วาดขอบเขตหรือจุดของแถวเหล่านี้ หรือลบแถวที่ไม่ใช่",
        "Draw the shapes of these rows, or remove the rows",
    ),
    "given_codes_are_numbers": Finding(
        "note",
        "คอลัมน์ {column} เก็บรหัสเป็นตัวเลข อ่านเป็นข้อความแล้ว แต่เลข 0 ที่ขึ้นต้นรหัสอาจหายไป",
        "The column {column} holds codes as numbers; they are read as text, but zeros that a code "
        "began with may be lost",
        "เก็บคอลัมน์รหัสเป็นข้อความในแฟ้มแผนที่",
        "Keep the column of codes as text in the map file",
    ),
    "given_level": Finding(
        "warn",
        "ไม่รู้จักระดับ “{value}” จึงไม่ได้ใช้เขตพื้นที่บริการ {rows} แถว",
        "The level '{value}' is not known; {rows} rows of announced zones are not used",
        "เขียน primary, lower_secondary, ประถมศึกษา หรือ ม.ต้น",
        "Write primary, lower_secondary or another level that data/columns/grades.csv knows",
    ),
    "given_neighbour_level": Finding(
        "warn",
        "ไม่รู้จักระดับ “{value}” จึงไม่รู้ว่าโรงเรียนข้างเคียง {rows} แห่งสอนระดับใด",
        "The level '{value}' is not known, and so what the neighbours' schools teach in {rows} rows",
        "เขียน primary,lower_secondary หรือเติมคอลัมน์ lowest_grade กับ highest_grade",
        "Write primary,lower_secondary, or fill in lowest_grade and highest_grade",
    ),
    "totals_not_people": Finding(
        "warn",
        "ยอดประชากรปี {year} ของ {areas} ตำบล ({codes}) ในแฟ้มขอบเขตไม่ใช่จำนวนคน จึงไม่ได้ใช้",
        "The population of {year} of {areas} areas ({codes}) in the boundaries is no number of people "
        "and is not used",
        "แก้ตัวเลขในแฟ้มขอบเขต",
        "Correct the figures in the file of boundaries",
    ),
    "totals_sexes": Finding(
        "warn",
        "ประชากรปี {year} ของ {areas} ตำบล ({codes}) ในแฟ้มขอบเขต ชายกับหญิงรวมกันไม่เท่ายอดรวม จึงใช้แต่ยอดรวม",
        "The men and women of {year} of {areas} areas ({codes}) in the boundaries do not make the "
        "total; the total alone is used",
        "ตรวจตัวเลขกับต้นฉบับ",
        "See the figures in the original",
    ),
    "totals_twice": Finding(
        "warn",
        "{areas} ตำบล ({codes}) มียอดประชากรปี {year} มากกว่าหนึ่งค่าในแฟ้มขอบเขต จึงไม่ได้ใช้",
        "{areas} areas ({codes}) have more than one population of {year} in the boundaries; none is "
        "used",
        "เหลือแถวที่ถูกไว้เพียงแถวเดียว",
        "Keep only the row that is right",
    ),
}
