"""What a school can mend in its own rows, and how that is said to it.

A kind that is not listed is for the office alone: headings, registers, codes, two sources. A
school reads no name of another school, no address of the office's sheet and no advice about
the office's files; where the officer's words have any, the school has its own here.
"""

from typing import NamedTuple


class ToSchool(NamedTuple):
    """Sentence and advice to a school; empty where the officer's words will do."""

    th: str = ""
    en: str = ""
    advice_th: str = ""
    advice_en: str = ""


_AS_TO_OFFICE = ToSchool()

_SEND_POINT = ToSchool(
    advice_th="พิมพ์ละติจูดและลองจิจูดที่หน้าป้ายโรงเรียน เป็นองศาทศนิยม เช่น 19.26410 และ 99.23174",
    advice_en="Write latitude and longitude at the school's sign, in decimal degrees such as 19.26410 "
    "and 99.23174",
)

_CONFIRM_POINT = ToSchool(
    advice_th="ตรวจพิกัดที่หน้าป้ายโรงเรียน ถ้าผิดให้พิมพ์ใหม่ ถ้าถูกแล้วให้แจ้งสำนักงาน",
    advice_en="See the coordinates at the school's sign; write them anew where they are wrong, tell the "
    "office where they are right",
)

_TELL_WHICH_ROW = ToSchool(
    advice_th="บอกสำนักงานว่าแถวใดถูก หรือลบแถวที่ผิดออกจากไฟล์นี้ แล้วสำนักงานจะลบในไฟล์ของตน",
    advice_en="Tell the office which row is right, or delete the wrong one from this file; the office "
    "then removes it from its own",
)

_SEE_PROPOSED = ToSchool(
    advice_th="ดูจุดที่เสนอบนแผนที่ ถ้าใช่ให้พิมพ์พิกัดนั้น ถ้าไม่ใช่ให้พิมพ์พิกัดที่หน้าป้ายโรงเรียน",
    advice_en="See the proposed point on a map; write it where it is the school, else the coordinates at "
    "the school's sign",
)

_OWN_POINT = ToSchool(
    advice_th=_CONFIRM_POINT.advice_th,
    advice_en=_CONFIRM_POINT.advice_en,
    th="พิกัด {value} ไม่ตรงกับจุดที่มีชื่อโรงเรียนนี้ในอีกแหล่งหนึ่ง ({shown})",
    en="The coordinates {value} are not those of the point with this school's name in another source "
    "({shown})",
)

_PUPILS = {
    "not_a_number": _AS_TO_OFFICE,
    "number_ignored": ToSchool(
        advice_th="พิมพ์เป็นตัวเลข ถ้าไม่ทราบให้เว้นว่าง",
        advice_en="Write a number; leave the cell blank where it is unknown",
    ),
    "total_mismatch": ToSchool(
        advice_th="ตรวจตัวเลขย่อยและผลรวมในแถวนี้",
        advice_en="Check the parts and the totals of this row",
    ),
    "total_without_grades": _AS_TO_OFFICE,
    "unknown_grade": ToSchool(
        th="ไม่รู้จักชั้น “{value}” นักเรียนในชั้นนี้จะหายไป",
        en="The grade '{value}' is not known; its pupils would be lost",
        advice_th="แก้ชื่อชั้น เช่น อ.2 ป.1 หรือ ม.1",
        advice_en="Correct the grade, such as อ.2, ป.1 or ม.1",
    ),
    "pupils_without_room": ToSchool(
        advice_th="เติมจำนวนห้อง และแก้ผลรวมของห้องในแถวนี้ด้วย ถ้าเรียนรวมกับชั้นอื่น ให้แจ้งสำนักงาน",
        advice_en="Fill in the rooms, and mend the totals of rooms in this row too; where the pupils sit "
        "with another grade, tell the office",
    ),
    "too_many_pupils": _AS_TO_OFFICE,
    "expansion_differs": _AS_TO_OFFICE,
    "school_twice": _TELL_WHICH_ROW._replace(
        th="โรงเรียนมีมากกว่าหนึ่งแถวในข้อมูลชุดเดียวกัน ตัวเลขไม่ตรงกัน",
        en="The school stands in more than one row of the same data, with other figures",
    ),
    "level_not_offered": ToSchool(
        th="มีนักเรียน {pupils_by_grade_th} แต่ข้อมูลที่สำนักงานมีบอกว่าเปิดสอน {offered_th}",
        en="There are pupils in {pupils_by_grade_en} but the office's data say that the school offers "
        "{offered_en}",
    ),
    "level_empty": _AS_TO_OFFICE,
    "levels_not_read": _AS_TO_OFFICE,
    "cohort_jump": ToSchool(
        advice_th="ตรวจว่ากรอกผิดช่องหรือไม่ ถ้าถูกแล้วให้แจ้งสำนักงานว่านักเรียนย้ายเข้าหรือออก",
        advice_en="See whether a column slipped; where the figures are right, tell the office that "
        "pupils came or left",
    ),
    "rooms_exceed_pupils": _AS_TO_OFFICE,
}

_PLACES = {
    "no_coordinates": _SEND_POINT,
    "half_coordinates": _SEND_POINT,
    "zero_coordinates": _SEND_POINT,
    "bad_coordinates": _SEND_POINT,
    "outside_country": _SEND_POINT,
    "outside_office": _SEND_POINT,
    "few_decimals": _SEND_POINT,
    "whole_degrees": _SEND_POINT,
    "swapped_coordinates": _AS_TO_OFFICE,
    "utm_coordinates": _AS_TO_OFFICE,
    "lost_decimal_point": _AS_TO_OFFICE,
    "wrong_sign": _AS_TO_OFFICE,
    "comma_coordinates": _AS_TO_OFFICE,
    "coordinates_in_one_cell": _AS_TO_OFFICE,
    "dms_coordinates": _AS_TO_OFFICE,
    "shared_point": _CONFIRM_POINT._replace(
        th="พิกัดซ้ำกับโรงเรียนอื่น จึงเชื่อไม่ได้ทุกแห่ง",
        en="Another school has the same point; none of them can be believed",
    ),
    "near_school": _CONFIRM_POINT._replace(
        th="พิกัดห่างจากโรงเรียนอื่นเพียง {distance_m} ม.",
        en="The point is only {distance_m} m from another school",
    ),
    "moved_point": _CONFIRM_POINT,
    "beside_subdistrict": _CONFIRM_POINT,
    "outside_subdistrict": _CONFIRM_POINT,
    "outside_district": _CONFIRM_POINT,
    "no_subdistrict": _AS_TO_OFFICE,
    "unknown_subdistrict": _AS_TO_OFFICE,
    "point_proposed": _SEE_PROPOSED._replace(
        th="โรงเรียนไม่มีพิกัด แต่อีกแหล่งหนึ่งมีจุดชื่อเดียวกันที่ {shown} {where_th}",
        en="The school has no coordinates; another source has a point of its name at {shown}, {where_en}",
    ),
    "point_elsewhere": _SEND_POINT._replace(
        th="โรงเรียนไม่มีพิกัด",
        en="The school has no coordinates",
    ),
    "point_instead": _SEE_PROPOSED._replace(
        th="พิกัด {value} ยังเชื่อไม่ได้ แต่อีกแหล่งหนึ่งมีจุดชื่อเดียวกันที่ {shown} {where_th}",
        en="The coordinates {value} cannot be believed; another source has a point of its name at "
        "{shown}, {where_en}",
    ),
    "points_differ": _OWN_POINT,
}

_LISTS = {
    "unknown_village": _AS_TO_OFFICE,
    "unknown_level": _AS_TO_OFFICE,
    "village_name_differs": _AS_TO_OFFICE,
    "website_ignored": _AS_TO_OFFICE,
    "unknown_condition": _AS_TO_OFFICE,
    "bad_year": _AS_TO_OFFICE,
    "rooms_blank": ToSchool(
        th="มีอาคารเรียนที่ไม่รู้จำนวนห้อง จึงไม่แสดงจำนวนห้องเรียนของโรงเรียน",
        en="There are classroom buildings without a number of rooms, so the school's classrooms are not "
        "stated",
    ),
    "building_before_school": ToSchool(
        advice_th="ตรวจปีที่สร้างในช่องนี้ ถ้าถูกแล้วให้แจ้งสำนักงานว่าโรงเรียนก่อตั้งปีใด",
        advice_en="See the year in this cell; where it is right, tell the office when the school was founded",
    ),
    "built_in_future": ToSchool(advice_th="แก้ปีที่สร้าง", advice_en="Correct the year"),
    "building_twice": ToSchool(
        th="สิ่งก่อสร้างหลังนี้มีอยู่แล้วในอีกแถว จึงถูกนับสองครั้ง",
        en="This structure stands in another row already and is counted twice",
        advice_th="ถ้าเป็นคนละหลัง ให้แก้ลำดับที่ ถ้าเป็นหลังเดียวกัน ให้ลบแถวหนึ่งออกจากไฟล์นี้ แล้วสำนักงานจะลบในไฟล์ของตน",
        advice_en="Where it is another structure, correct its number; else delete one row from this file, "
        "and the office removes it from its own",
    ),
    "staff_total": _AS_TO_OFFICE,
    "staff_twice": _TELL_WHICH_ROW._replace(
        th="โรงเรียนมีแถวบุคลากรมากกว่าหนึ่งแถว ใช้แถวแรกเท่านั้น",
        en="The school has more than one row of staff; only the first is used",
    ),
    "no_teachers": ToSchool(
        advice_th="แก้จำนวนครูและผู้บริหาร หรือแจ้งสำนักงานว่าใครสอน",
        advice_en="Correct the number of teachers and heads, or tell the office who teaches",
    ),
    "teachers_without_pupils": ToSchool(
        advice_th="ตรวจจำนวนนักเรียน ถ้าเลิกหรือไปเรียนรวมแล้วให้แจ้งสำนักงาน",
        advice_en="Check the pupils; where the school has closed or moved to another one, tell the office",
    ),
    "bad_score": _AS_TO_OFFICE,
    "unknown_quality": _AS_TO_OFFICE,
    "test_twice": _TELL_WHICH_ROW._replace(
        th="ผลสอบวิชาเดียวกันมีมากกว่าหนึ่งแถว ใช้แถวแรกเท่านั้น",
        en="The results of one subject stand in more than one row; only the first is used",
    ),
}

#: Kind -> what a school is told; a kind that is missing is for the office alone.
FOR_SCHOOLS: dict[str, ToSchool] = {**_PUPILS, **_PLACES, **_LISTS}
