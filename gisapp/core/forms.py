"""The forms an office receives, told apart by the columns they must have.

A form's headings stand in ``data/columns/<form>.csv``, which officers extend. A register is
told from basic information by its column for the latitude, filled or not.
"""

from dataclasses import dataclass

from gisapp.core.subjects import SUBJECTS

CODES = frozenset({"smis_code", "ministry_code", "percode"})

#: Stands over the lines of the population file of the Department of Provincial Administration,
#: which has no headings of its own.
DOPA_HEADING = "dopa_220_fields"

#: Marks a form whose columns are grade × measure pairs, looked up in grades and measures.
WIDE = "grade_columns"


@dataclass(frozen=True)
class Form:
    """One form.

    Attributes:
        name: Also the name of its table of headings.
        needs: It is this form when at least one column of every set is there.
        used: False for forms that are recognised and kept for a later step.
        exclusive: A sheet of this form is nothing else.
        columns: Table of headings, where it is not the form's own.
        lacks: Columns of which it has none; with one of them it is another form.
    """

    name: str
    title_th: str
    title_en: str
    needs: tuple[frozenset[str], ...]
    used: bool = True
    exclusive: bool = True
    columns: str = ""
    lacks: frozenset[str] = frozenset()


def _needs(*groups: str) -> tuple[frozenset[str], ...]:
    return tuple(CODES if group == "code" else frozenset(group.split()) for group in groups)


#: Columns of the scores of one subject each.
_SCORES = tuple(f"{subject} mean_score" for subject in SUBJECTS)

#: In the order in which a sheet is tried; the first exclusive match wins.
FORMS = (
    Form(
        "service_villages",
        "หมู่บ้านในเขตพื้นที่บริการ",
        "service-area villages",
        _needs("code", "village_code village_name", "education_level share announced_be"),
    ),
    Form(
        "buildings",
        "บัญชีสิ่งก่อสร้าง (B-OBEC)",
        "building list (B-OBEC)",
        _needs("code", "building_type", "building_design built_year_be condition actual_rooms"),
    ),
    Form(
        "highland_evidence",
        "หลักฐานคะแนนพื้นที่สูง",
        "highland evidence",
        _needs("code", "route_elevation_m border_level not_2wd_km"),
        used=False,
    ),
    Form(
        "staff",
        "อัตรากำลังครู",
        "staffing",
        _needs("code", "teachers", "directors deputies government_employees teachers_required"),
    ),
    Form(
        "other_schools",
        "โรงเรียนสังกัดอื่น",
        "schools of other affiliations",
        _needs("code", "school_name_th", "affiliation"),
    ),
    Form(
        "test_results",
        "ผลการทดสอบระดับชาติ (NT RT O-NET)",
        "national test results (NT, RT, O-NET)",
        (CODES, frozenset({"subject", *_SCORES}), frozenset({"mean_score", *_SCORES})),
    ),
    Form(
        "enrolment_long",
        "จำนวนนักเรียน (แบบยาว)",
        "enrolment (long form)",
        _needs("code", "grade", "male female students"),
    ),
    Form(
        "village_population",
        "ประชากรรายหมู่บ้านรายอายุ",
        "village population by age",
        _needs("village_code village_name", "age", "male female persons"),
    ),
    Form(
        "population_by_age",
        "ประชากรรายอายุ (กรมการปกครอง)",
        "population by age (DOPA)",
        _needs(DOPA_HEADING),
    ),
    Form(
        "population",
        "ประชากรรายอายุ",
        "population by age",
        _needs("area_code", "age", "male female persons"),
    ),
    Form(
        "enrolment",
        "จำนวนนักเรียนแยกชั้นและเพศ",
        "enrolment by grade and sex",
        _needs("code", WIDE),
        exclusive=False,
    ),
    Form(
        "register",
        "ทะเบียนโรงเรียน",
        "school register",
        _needs("code", "school_name_th", "lat"),
        exclusive=False,
    ),
    Form(
        "service_announcement",
        "ประกาศเขตพื้นที่บริการ (ข้อความ)",
        "service areas as a text",
        (CODES | {"school_name_th"}, frozenset({"service_area_text"})),
        exclusive=False,
    ),
    Form(
        "basic_info",
        "ข้อมูลพื้นฐาน (EMIS)",
        "basic information (EMIS)",
        _needs("code", "school_name_th", "subdistrict subdistrict_code district"),
        columns="register",
        exclusive=False,
    ),
    Form(
        "school_list",
        "รายชื่อโรงเรียน (ไม่มีรหัส)",
        "list of schools without codes",
        _needs("school_name_th", "subdistrict subdistrict_code"),
        columns="register",
        lacks=CODES,
    ),
    Form(
        "school_points",
        "จุดที่ตั้งโรงเรียน (มีแต่ชื่อ)",
        "points of schools, by name",
        _needs("school_name_th", "lat", "lon"),
        columns="register",
        lacks=CODES,
    ),
)

FORM = {form.name: form for form in FORMS}
