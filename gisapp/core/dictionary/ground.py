"""Base layers: areas, villages, roads, water, and zones and neighbours that maps give."""

from gisapp.core.columns import Layer, columns_of

LAYERS = (
    Layer(
        "districts",
        "MultiPolygon",
        "อำเภอ",
        "ขอบเขตอำเภอพร้อมจำนวนโรงเรียนและนักเรียน",
        "Districts",
        columns_of("""
district_code text | รหัสอำเภอ 4 หลัก | District code
district_th text | อำเภอ | District (Thai)
district_en text | อำเภอ (อังกฤษ) | District (English)
schools int | โรงเรียน | Schools
students int | นักเรียน | Pupils
"""),
    ),
    Layer(
        "subdistricts",
        "MultiPolygon",
        "ตำบล",
        "ขอบเขตตำบลพร้อมจำนวนโรงเรียนและนักเรียน",
        "Subdistricts",
        columns_of("""
subdistrict_code text | รหัสตำบล 6 หลัก | Subdistrict code
subdistrict_th text | ตำบล | Subdistrict (Thai)
subdistrict_en text | ตำบล (อังกฤษ) | Subdistrict (English)
district_code text | รหัสอำเภอ 4 หลัก | District code
district_th text | อำเภอ | District (Thai)
schools int | โรงเรียน | Schools
students int | นักเรียน | Pupils
"""),
    ),
    Layer(
        "villages",
        "Point",
        "หมู่บ้าน",
        "จุดหมู่บ้านตามแฟ้มของสำนักงาน",
        "Villages",
        columns_of("""
village_code text | รหัสหมู่บ้าน 8 หลัก | Village code
village_no int | หมู่ที่ | Village number
village_th text | หมู่บ้าน | Village (Thai)
village_en text | หมู่บ้าน (อังกฤษ) | Village (English)
subdistrict_code text | รหัสตำบล 6 หลัก | Subdistrict code
"""),
    ),
    Layer(
        "roads",
        "LineString",
        "ถนน",
        "ถนนตามแฟ้มของสำนักงาน",
        "Roads",
        columns_of("""
road_class text | ชั้นถนน | Class
surface text | ผิวทาง | Surface
name_th text | ชื่อถนน | Name
"""),
    ),
    Layer(
        "rivers",
        "LineString",
        "แม่น้ำลำห้วย",
        "ทางน้ำตามแฟ้มของสำนักงาน",
        "Rivers",
        columns_of("""
name_th text | ชื่อ | Name
flow_class int | ขนาดของทางน้ำ | Size of flow
"""),
    ),
    Layer(
        "lakes",
        "MultiPolygon",
        "แหล่งน้ำ",
        "อ่างเก็บน้ำและบึงตามแฟ้มของสำนักงาน",
        "Lakes",
        columns_of("""
name_th text | ชื่อ | Name
"""),
    ),
    Layer(
        "announced_zones",
        "MultiPolygon",
        "เขตพื้นที่บริการที่ประกาศเป็นแผนที่",
        "รูปเขตพื้นที่บริการตามแฟ้มของสำนักงาน หนึ่งแถวต่อหนึ่งโรงเรียนและระดับ",
        "Announced zones",
        columns_of("""
smis_code text | รหัสโรงเรียน 8 หลัก | School code (SMIS)
school_name_th text | โรงเรียนตามแฟ้ม | School as the file names it
education_level text | ระดับ | Level
announced_be int | ปีที่ประกาศ (พ.ศ.) | Announced in (BE)
"""),
    ),
    Layer(
        "population_areas",
        "MultiPolygon",
        "พื้นที่นับประชากร",
        "พื้นที่ที่แฟ้มประชากรนับคนไว้ ตามแฟ้มของสำนักงาน",
        "Population areas",
        columns_of("""
area_code text | รหัสพื้นที่ | Area code
area_name text | พื้นที่ | Area
"""),
    ),
    Layer(
        "neighbour_schools",
        "Point",
        "โรงเรียนของสำนักงานข้างเคียง",
        "โรงเรียนนอกสำนักงานที่เด็กอาจไปเรียน ตามแฟ้มของสำนักงาน",
        "Neighbours' schools",
        columns_of("""
smis_code text | รหัสโรงเรียน (ชื่อ ถ้าไม่มีรหัส) | School code (its name without one)
school_name_th text | โรงเรียน | School
levels_offered text | ระดับที่เปิดสอน | Levels offered
"""),
    ),
)
