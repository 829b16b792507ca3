"""Words for coded values, in the reader's language; Thai is the original of every text."""

from collections.abc import Callable, Mapping

from gisapp.core.dates_th import (
    date_long,
    date_or_none,
    date_short,
    day_month,
    month_year,
)
from gisapp.core.grades import GRADE
from gisapp.core.profile_rows import School
from gisapp.core.register_values import is_web_address
from gisapp.core.rounds import BE_OFFSET, Round
from gisapp.core.sizes import FOUR_CLASSES, SMALL, SizeClass
from gisapp.store.published import as_of
from gisapp.store.published_views import size_classes
from gisapp.web.i18n import gettext as _
from gisapp.web.per_request import once_per_request
from gisapp.web.reader import (
    Reading,
    district_names,
    language,
    reading,
    settings,
    subdistrict_names,
)

#: Drawn for a figure that nobody knows; 0 is zero.
UNKNOWN = "–"


@once_per_request
def _sizes(scheme: str) -> Mapping[str, SizeClass]:
    """Return the round's size classes; a page names them many times."""
    return size_classes(settings(), reading().file)[scheme]


def size_word(size: str, scheme: str = FOUR_CLASSES) -> str:
    """Name a size class as the office's table does, else as everybody does."""
    known = _sizes(scheme).get(size)
    own = (known.label_en if language() == "en" else known.label_th) if known else ""
    words: dict[str, Callable[[], str]] = {
        "xlarge": lambda: _("ใหญ่พิเศษ"),
        "large": lambda: _("ใหญ่"),
        "medium": lambda: _("กลาง"),
        "small": lambda: _("เล็ก"),
        "no_students": lambda: _("ไม่มีนักเรียน"),
        "nodata": lambda: _("ไม่มีข้อมูล"),
    }
    return own or words.get(size, lambda: size)()


def size_limits(size: str, scheme: str = FOUR_CLASSES) -> str:
    """Say how many pupils a size class holds, by the office's table; empty for no data."""
    known = _sizes(scheme).get(size)
    if known is None:
        return ""
    if known.most is None:
        return _("%(n)s ขึ้นไป", n=number(known.least))
    if known.most == known.least:
        return number(known.least)
    return f"{number(known.least)}–{number(known.most)}"


def small_heading() -> str:
    """Head the count of small schools, with the limits that make a school small."""
    limits = size_limits(SMALL)
    if not limits:
        return size_word(SMALL)
    return _(
        "ขนาด%(size)s (%(limits)s คน)", size=size_word(SMALL).removeprefix("ขนาด"), limits=limits
    )


def level_word(level: str) -> str:
    """Name a level of education; an unknown one stays as it is."""
    words = {
        "pre_primary": _("ก่อนประถมศึกษา"),
        "primary": _("ประถมศึกษา"),
        "lower_secondary": _("มัธยมศึกษาตอนต้น"),
        "upper_secondary": _("มัธยมศึกษาตอนปลาย"),
    }
    return words.get(level, level)


def type_word(kind: str) -> str:
    """Name a type of school."""
    return {
        "primary": _("ประถมศึกษา"),
        "expansion": _("ขยายโอกาส"),
        "secondary": _("มัธยมศึกษา"),
        "pre_primary": _("ก่อนประถมศึกษา"),
        "nodata": _("ไม่มีข้อมูล"),
    }[kind]


def trait_word(trait: str) -> str:
    """Name a trait that readers can ask for."""
    return {
        "highland": _("พื้นที่สูงตามประกาศ"),
        "island": _("พื้นที่เกาะตามประกาศ"),
        "special": _("พื้นที่พิเศษ"),
        "royal_project": _("โครงการพระราชดำริ"),
        "model_school": _("โรงเรียนต้นแบบ"),
        "tambon_quality": _("คุณภาพประจำตำบล"),
        "lab_school": _("โรงเรียนในฝัน"),
        "standin": _("จุดแทน รอพิกัดจริง"),
    }[trait]


def building_state_word(state: str) -> str:
    """Name what the buildings of a school are like, as the filter does."""
    return {
        "dilapidated": _("มีหลังทรุดโทรม"),
        "sound": _("ไม่มีหลังทรุดโทรม"),
        "nodata": _("ไม่มีข้อมูล"),
    }[state]


def condition_word(condition: str | None) -> str:
    """Name the condition of a building."""
    words = {"good": _("ดี"), "fair": _("พอใช้"), "dilapidated": _("ทรุดโทรม")}
    return words.get(condition or "", _("ไม่มีข้อมูล"))


def location_word(quality: str | None) -> str:
    """Say in two words how far a school's point can be trusted."""
    words = {
        "surveyed": _("สำรวจแล้ว"),
        "village": _("จุดของหมู่บ้าน"),
        "subdistrict": _("จุดแทน"),
        "missing": _("ไม่มีพิกัด"),
    }
    return words.get(quality or "missing", _("ไม่มีพิกัด"))


def slot_word(slot: str | None) -> str:
    """Name the side a picture shows."""
    words = {
        "front": _("ด้านหน้า"),
        "back": _("ด้านหลัง"),
        "left": _("ด้านซ้าย"),
        "right": _("ด้านขวา"),
        "sign": _("ป้ายโรงเรียน"),
        "activity": _("กิจกรรม"),
        "plan": _("ผังบริเวณ"),
    }
    return words.get(slot or "", slot or "")


def grade_word(code: str | None) -> str:
    """Name a grade as schools write it: ป.1, P1."""
    grade = GRADE.get(code or "")
    if grade is None:
        return code or UNKNOWN
    return grade.label_en if language() == "en" else grade.label_th


def grades_word(school: School) -> str:
    """Name the grades from lowest to highest: อ.2–ป.6."""
    if not school.lowest_grade:
        return UNKNOWN
    lowest, highest = grade_word(school.lowest_grade), grade_word(school.highest_grade)
    return lowest if lowest == highest else f"{lowest}–{highest}"


def school_name(school: School) -> str:
    """Return a school's name in the reader's language, in Thai where it has no other."""
    if language() == "en" and school.school_name_en:
        return school.school_name_en
    return school.school_name_th or school.smis_code


def district_word(name: str | None) -> str:
    """Return the district's name in the reader's language."""
    if language() == "en" and name:
        known = district_names(reading()).get(name)
        return known.district_en if known and known.district_en else name
    return name or UNKNOWN


def subdistrict_word(school: School) -> str:
    """Return the name of the school's subdistrict in the reader's language."""
    if language() == "en":
        known = subdistrict_names(reading()).get(school.subdistrict_code or "")
        if known and known.subdistrict_en:
            return known.subdistrict_en
    return school.subdistrict or UNKNOWN


def spot_words(school: School) -> list[str]:
    """Name a school's subdistrict and district as far as they are stated."""
    found = [_("ต.%(name)s", name=subdistrict_word(school))] if school.subdistrict else []
    return found + (
        [_("อ.%(name)s", name=district_word(school.district))] if school.district else []
    )


def number(value: float | None, decimals: int = 0) -> str:
    """Write a number for reading; unknown is a dash, never 0."""
    return UNKNOWN if value is None else f"{value:,.{decimals}f}"


def percent(value: float | None) -> str:
    """Write a share (0 to 1) as percent with one decimal."""
    return UNKNOWN if value is None else f"{value * 100:.1f}%"


def signed_percent(value: float | None) -> str:
    """Write a change (0.1 is a tenth more) in whole percent with its sign."""
    if value is None:
        return UNKNOWN
    rounded = round(value * 100)
    return f"{'+' if rounded > 0 else '−' if rounded < 0 else '±'}{abs(rounded)}%"


def date_word(text: str | None, style: str = "short") -> str:
    """Write a date of the layers in the reader's language; other text stays as it is."""
    day = date_or_none(text)
    styles = {
        "short": date_short,
        "long": date_long,
        "month": month_year,
        "day": day_month,
    }
    return styles[style](day, language()) if day else text or UNKNOWN


def round_word(which: Round) -> str:
    """Name a round as the bar shows it."""
    return _("ปี %(year)s รอบ %(number)s", year=which.academic_year_be, number=which.number)


def round_sentence(which: Round) -> str:
    """Name a round as the collar states it; English adds the common era once."""
    return _(
        "ปีการศึกษา %(year)s รอบที่ %(number)s",
        year=which.academic_year_be,
        number=which.number,
        year_ce=which.academic_year_be - BE_OFFSET,
    )


def full_name(school: School) -> str:
    """Return the name as a page's title: โรงเรียน before a Thai name that leaves it out."""
    name = school_name(school)
    if language() == "en":
        return name if not school.school_name_en or name.endswith("School") else f"{name} School"
    in_thai = any("\u0e01" <= letter <= "\u0e5b" for letter in name)
    return f"โรงเรียน{name}" if in_thai and not name.startswith("โรงเรียน") else name


def level_short(level: str | None) -> str:
    """Name a level where room is short."""
    words = {
        "pre_primary": _("ก่อนประถม"),
        "primary": _("ประถม"),
        "lower_secondary": _("ม.ต้น"),
        "upper_secondary": _("ม.ปลาย"),
    }
    return words.get(level or "", level or UNKNOWN)


def web_address(text: str | None) -> str | None:
    """Return a website as an address that may be followed; None where the cell is no such thing."""
    address = (text or "").strip()
    return address if is_web_address(address) else None


def sources(now: Reading, *, everything: bool = False) -> str:
    """Name the kinds of sheets behind a page's figures; `everything` adds the profile's."""
    kinds: tuple[tuple[str, str], ...] = (
        ("schools", _("ทะเบียนโรงเรียน")),
        ("enrolment_by_grade", _("นักเรียนรายชั้น")),
    )
    if everything:
        kinds += (("buildings", _("บัญชีสิ่งก่อสร้าง")), ("service_villages", _("เขตบริการ")))
    return ", ".join(word for layer, word in kinds if as_of(now.file, layer))


def office_name() -> str:
    """Return the office's name in the reader's language."""
    return settings().name_en if language() == "en" else settings().name_th


def office_short() -> str:
    """Return the office's name for a narrow place: in English as offices themselves shorten it."""
    return office_name().replace("Educational Service Area Office", "ESAO")
