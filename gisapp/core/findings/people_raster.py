"""Findings about the population raster and the places where children live."""

from gisapp.core.findings.finding import Finding

_COUNTS_TH = "ใช้ราสเตอร์ GeoTIFF ที่เป็นจำนวนคนต่อเซลล์ เช่น WorldPop ชนิด count"
_COUNTS_EN = "Use a GeoTIFF of people per cell, such as WorldPop's counts"

FINDINGS = {
    "people_raster_unreadable": Finding(
        "warn",
        "เปิดราสเตอร์ประชากรไม่ได้ จึงไม่ได้ใช้",
        "The population raster cannot be opened and is not used",
        "คัดลอกแฟ้มใหม่ให้ครบ ต้องเป็น GeoTIFF ที่สมบูรณ์",
        "Copy the file again; it must be a whole GeoTIFF",
    ),
    "people_raster_not_counts": Finding(
        "warn",
        "ราสเตอร์ประชากร{what_th} ไม่ใช่จำนวนคน จึงไม่ได้ใช้",
        "The population raster {what_en}, not people, and is not used",
        _COUNTS_TH,
        _COUNTS_EN,
    ),
    "people_raster_no_crs": Finding(
        "warn",
        "ราสเตอร์ประชากรไม่มีระบบพิกัดบนพื้นโลก จึงไม่ทราบว่าอยู่ที่ใด และไม่ได้ใช้",
        "The population raster has no CRS on the earth, so nobody knows where it lies; it is not used",
        "กำหนดระบบพิกัดในโปรแกรม GIS แล้วบันทึกใหม่",
        "Assign its CRS in a GIS and save it again",
    ),
    "people_raster_rotated": Finding(
        "warn",
        "ราสเตอร์ประชากรเอียงหรือบิด ทิศเหนือไม่อยู่ด้านบน จึงไม่ได้ใช้",
        "The population raster is rotated or sheared, not north-up, and is not used",
        "แปลงให้ทิศเหนืออยู่บน เช่นด้วย gdalwarp -r sum",
        "Warp it north-up, for example with gdalwarp -r sum",
    ),
    "people_raster_negative": Finding(
        "warn",
        "ราสเตอร์ประชากรมีค่าติดลบหลายค่าใน {cells} เซลล์ ต่ำสุด {least} ไม่ใช่จำนวนคน จึงไม่ได้ใช้",
        "{cells} cells of the population raster are below 0, down to {least}: no counts; it is not used",
        _COUNTS_TH,
        _COUNTS_EN,
    ),
    "people_raster_cells": Finding(
        "warn",
        "ราสเตอร์ประชากรมีค่า {value} ใน {cells} เซลล์ ซึ่งไม่ใช่จำนวนคน ถือว่าไม่ทราบ",
        "{cells} cells of the population raster hold {value}, which is no number of people: taken as unknown",
        "กำหนดค่า nodata ของราสเตอร์ให้ตรงกับค่านี้",
        "Declare this value as the raster's nodata",
    ),
    "people_raster_empty": Finding(
        "warn",
        "ราสเตอร์ประชากรไม่มีคนในบริเวณของสำนักงาน จึงไม่ได้ใช้",
        "The population raster holds nobody around the office and is not used",
        "ตรวจว่าเป็นราสเตอร์ของจังหวัดนี้ และค่า nodata ถูกต้อง",
        "See whether it is of this province, with the right nodata",
    ),
    "people_raster_elsewhere": Finding(
        "warn",
        "ราสเตอร์ประชากรไม่คลุมส่วนใดของสำนักงาน จึงไม่ได้ใช้",
        "The population raster covers no part of the office and is not used",
        "ตรวจระบบพิกัด หรือใช้ราสเตอร์ของจังหวัดนี้",
        "See its CRS, or use the raster of this province",
    ),
    "people_raster_several": Finding(
        "warn",
        "มีราสเตอร์ประชากรหลายแฟ้ม ใช้แฟ้มนี้ ไม่ใช้ {others}",
        "There are several population rasters; this one is used, {others} not",
        "เหลือไว้แฟ้มเดียวใน data/rasters",
        "Keep only one in data/rasters",
    ),
    "people_raster_per_km2": Finding(
        "warn",
        "ราสเตอร์ประชากรเป็นคนต่อตารางกิโลเมตร ไม่ใช่จำนวนคนต่อเซลล์ ใช้บอกได้เพียงว่าคนอยู่ที่ใด",
        "The population raster seems to hold persons per km², not people per cell; it says only where people live",
        _COUNTS_TH,
        _COUNTS_EN,
    ),
    "people_raster_too_dense": Finding(
        "warn",
        "ราสเตอร์ประชากรมีค่าถึง {most} เท่ากับ {dense} คนต่อตารางกิโลเมตร ซึ่งเป็นไปไม่ได้ จึงไม่ได้ใช้",
        "The population raster has values up to {most}, {dense} persons per km², which no ground holds; it is not used",
        "ตรวจค่า nodata และหน่วย " + _COUNTS_TH,
        "See its nodata and unit. " + _COUNTS_EN,
    ),
    "people_raster_ratio": Finding(
        "note",
        "ราสเตอร์มี {people} คน ทะเบียนมี {registered} คน ({ratio} เท่า) ใน {areas} พื้นที่ จำนวนเด็กยึดตามทะเบียน",
        "The raster counts {people} people and the register {registered} ({ratio} times) in {areas} areas; children "
        "are counted by the register",
        "ไม่ต้องทำอะไร ต่างกันได้เพราะผู้อยู่อาศัยที่ไม่มีชื่อในทะเบียนและปีของข้อมูล",
        "Nothing to do: people who are not registered here, and other years, make them differ",
    ),
    "people_raster_doubted": Finding(
        "warn",
        "ราสเตอร์มี {people} คน แต่ทะเบียนมี {registered} คน ({ratio} เท่า) ใน {areas} พื้นที่ ใช้บอกเพียงว่าคนอยู่ที่ใด",
        "The raster counts {people} people but the register {registered} ({ratio} times) in {areas} areas; it says only "
        "where people live",
        "ตรวจปีและหน่วยของราสเตอร์ และตรวจว่าทะเบียนครบทุกพื้นที่",
        "See the raster's year and unit, and whether the register is complete",
    ),
    "people_raster_no_people": Finding(
        "warn",
        "ราสเตอร์มี {people} คน แต่ทะเบียนมี {registered} คน ({ratio} เท่า) จึงไม่ใช่จำนวนคน และไม่ได้ใช้",
        "The raster counts {people} people but the register {registered} ({ratio} times): it holds something else and "
        "is not used",
        _COUNTS_TH,
        _COUNTS_EN,
    ),
    "people_raster_few_people": Finding(
        "warn",
        "ราสเตอร์มี {people} คน น้อยกว่าเด็กในทะเบียน {children} คน ใน {areas} พื้นที่ {used_th}",
        "The raster counts {people} people, fewer than the {children} registered children in {areas} areas; {used_en}",
        _COUNTS_TH,
        _COUNTS_EN,
    ),
    "people_raster_reprojected": Finding(
        "note",
        "ราสเตอร์ประชากรอยู่ใน {value} จึงจัดลงตารางของสำนักงานโดยคงจำนวนคนไว้",
        "The population raster is in {value}; its people are laid onto the office's grid, nobody lost",
        "ไม่ต้องทำอะไร",
        "Nothing to do",
    ),
    "people_raster_part": Finding(
        "warn",
        "ราสเตอร์ประชากรไม่คลุม {areas} พื้นที่ ({names}) เด็ก {children} คนจึงกระจายตามจุดหมู่บ้านหรือเท่ากันทั้งพื้นที่",
        "The population raster does not know {areas} areas ({names}); their {children} children are placed at village "
        "points or evenly",
        "ใช้ราสเตอร์ที่คลุมทั้งสำนักงาน",
        "Use a raster of the whole office",
    ),
    "children_moved": Finding(
        "note",
        "ย้ายเด็ก {where_th} ไปที่ดินส่วนอื่นของพื้นที่เดียวกัน",
        "Children were moved to the rest of their areas: {where_en}",
        "ไม่ต้องทำอะไร ยอดของแต่ละพื้นที่เท่าเดิม",
        "Nothing to do: each area keeps its number",
    ),
    "children_spread_evenly": Finding(
        "warn",
        "ราสเตอร์ไม่พบคนใน {areas} พื้นที่ ({names}) เด็ก {children} คนจึงกระจายตามจุดหมู่บ้านหรือเท่ากันทั้งพื้นที่",
        "The raster finds nobody in {areas} areas ({names}); their {children} children are placed at village points or "
        "evenly",
        "ตรวจขอบเขตของพื้นที่ หรือใช้ราสเตอร์ที่ละเอียดกว่า",
        "See the areas' borders, or use a finer raster",
    ),
    "children_without_raster": Finding(
        "warn",
        "ไม่มีราสเตอร์ประชากร {where_th} ระยะจึงเป็นค่าประมาณ",
        "Without a population raster the children are placed roughly: {where_en}; so are distances",
        "วางราสเตอร์จำนวนคนต่อเซลล์ไว้ที่ data/rasters/population.tif",
        "Put a raster of people per cell into data/rasters/population.tif",
    ),
    "children_nowhere": Finding(
        "warn",
        "เด็ก {children} คนของ {areas} พื้นที่ ({names}) ไม่มีที่ดินในขอบเขต จึงไม่ทราบว่าอยู่ที่ใด",
        "{children} children of {areas} areas ({names}) have no land among the boundaries, so their place is unknown",
        "เพิ่มขอบเขตหรือจุดของพื้นที่เหล่านี้ใน data/boundaries",
        "Add the borders or points of these areas to data/boundaries",
    ),
    "children_estimated": Finding(
        "warn",
        "ไม่มีทะเบียนประชากร จำนวนเด็กใน {areas} พื้นที่ประมาณจากราสเตอร์ {people} คน ได้เด็กวัยเรียน {children} คน "
        "ขณะที่มีนักเรียน {pupils} คน",
        "Without a register the children of {areas} areas are estimated from the raster's {people} people: {children} "
        "of school age, beside {pupils} pupils",
        "ส่งทะเบียนประชากรรายอายุของรอบนี้",
        "Put the register of people by age into the round's folder",
    ),
    "children_unknown_areas": Finding(
        "warn",
        "ราสเตอร์ไม่รู้จัก {areas} พื้นที่ ({names}) จึงไม่ทราบจำนวนเด็กในพื้นที่นั้น",
        "The raster does not know {areas} areas ({names}), so nobody knows how many children they have",
        "ใช้ราสเตอร์ที่คลุมทั้งสำนักงาน หรือส่งทะเบียนประชากรรายอายุ",
        "Use a raster of the whole office, or send the register of people by age",
    ),
    "children_not_estimated": Finding(
        "warn",
        "ราสเตอร์ประมาณจำนวนเด็กไม่ได้ เพราะ{why_th}",
        "The raster cannot tell how many children there are: {why_en}",
        "ส่งทะเบียนประชากรรายอายุของรอบนี้",
        "Put the register of people by age into the round's folder",
    ),
}
