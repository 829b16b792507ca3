"""The blank form for schools of other affiliations; a form of our own."""

from gisapp.store.forms_table import GRADES, NAME, FormColumn, FormText

OTHER_SCHOOLS = FormText(
    "other_schools",
    "10-โรงเรียนสังกัดอื่น.xlsx",
    "สังกัดอื่น",
    "โรงเรียนสังกัดอื่น",
    "Schools of other affiliations",
    "หนึ่งแถวคือหนึ่งโรงเรียนหนึ่งชั้น ถ้าไม่ทราบรายชั้นให้ใส่แถวเดียวและเว้นช่องชั้น",
    "One row is one grade of one school; one row with an empty grade where grades are unknown",
    (
        FormColumn(
            "smis_code",
            "รหัส",
            14,
            "รหัสกระทรวง 10 หลัก ถ้าไม่มีให้เว้นว่าง ระบบจะเสนอรหัสให้",
            "10-digit ministry code; leave empty without one, a key is then proposed",
            is_text=True,
        ),
        NAME,
        FormColumn("affiliation", "สังกัด", 16, "เช่น สช. อปท. ตชด.", "e.g. สช., อปท., ตชด."),
        FormColumn("subdistrict", "ตำบล", 16, "ไม่ต้องใส่ ต.", "subdistrict, without ต."),
        FormColumn("district", "อำเภอ", 16, "ไม่ต้องใส่ อ.", "district, without อ."),
        FormColumn("lat", "ละติจูด", 12, "องศาทศนิยม เช่น 19.26410", "decimal degrees", True),
        FormColumn("lon", "ลองจิจูด", 12, "องศาทศนิยม เช่น 99.23174", "decimal degrees", True),
        FormColumn("grade", "ชั้น", 8, "อ.1 ถึง ม.6", "อ.1 to ม.6", choices=GRADES),
        FormColumn("male", "ชาย", 8, "คน", "boys"),
        FormColumn("female", "หญิง", 8, "คน", "girls"),
        FormColumn("class_groups", "ห้อง", 8, "จำนวนห้องเรียนของชั้น", "class groups of the grade"),
    ),
)
