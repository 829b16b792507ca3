"""Words of the overview's table: its groupings, its columns, and what stands above columns."""

import itertools
from collections.abc import Sequence

from gisapp.core.grades import LEVELS
from gisapp.web.i18n import gettext as _
from gisapp.web.words import level_short, size_word


def group_word(by: str) -> str:
    """Name a grouping."""
    return {
        "type": _("ประเภทโรงเรียน"),
        "subdistrict": _("ตำบล"),
        "district": _("อำเภอ"),
        "network": _("เครือข่าย"),
        "office": _("สำนักงานเขต"),
        "size": _("ขนาดโรงเรียน"),
    }[by]


def column_word(name: str) -> str:
    """Head a column of the page's table, below the heading of its kin."""
    if name in LEVELS:
        return level_short(name)
    return {
        "schools": _("โรงเรียน"),
        "male": _("ชาย"),
        "female": _("หญิง"),
        "students": _("รวม"),
        "class_groups": _("ห้อง"),
        "teachers": _("ครู"),
        "pupils_per_teacher": _("นร./ครู"),
        "pupils_per_class": _("นร./ห้อง"),
        "small": _("แห่ง"),
        "small_percent": "%",
        "highland_official": _("พื้นที่สูง"),
        "dilapidated_buildings": _("ทรุดโทรม"),
        "no_students": _("นร."),
        "no_teachers": _("ครู"),
        "no_buildings": _("อาคาร"),
    }[name]


def kin_word(name: str) -> str:
    """Head the columns that belong together; empty for one that stands alone."""
    if name in LEVELS:
        return _("นักเรียนรายระดับ")
    if name in ("male", "female", "students"):
        return _("นักเรียน")
    if name in ("small", "small_percent"):
        return _("ขนาด%(what)s", what=size_word("small").removeprefix("ขนาด"))
    return _("ไม่มีข้อมูล (โรงเรียน)") if name.startswith("no_") else ""


def kin_of(names: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """Return the headings above the headings."""
    found: list[tuple[str, int]] = []
    for word, columns in itertools.groupby(names, kin_word):
        count = sum(1 for _column in columns)
        found += [(word, count)] if word else [("", 1)] * count
    return tuple(found)


def long_word(name: str) -> str:
    """Head a column of a file, where nothing stands above it."""
    if name in LEVELS:
        return pupils_word(name)
    small = _("โรงเรียนขนาด%(what)s", what=size_word("small").removeprefix("ขนาด"))
    return {
        "schools": _("โรงเรียน (แห่ง)"),
        "male": _("นักเรียนชาย"),
        "female": _("นักเรียนหญิง"),
        "students": _("นักเรียนรวม"),
        "class_groups": _("ห้องเรียน"),
        "teachers": _("ครู"),
        "pupils_per_teacher": _("นักเรียนต่อครู"),
        "pupils_per_class": _("นักเรียนต่อห้องเรียน"),
        "small": _("%(what)s (แห่ง)", what=small),
        "small_percent": _("%(what)s (ร้อยละ)", what=small),
        "highland_official": _("โรงเรียนพื้นที่สูง (แห่ง)"),
        "dilapidated_buildings": _("อาคารทรุดโทรม (หลัง)"),
        "no_students": _("ไม่มีข้อมูลนักเรียน (โรงเรียน)"),
        "no_teachers": _("ไม่มีข้อมูลครู (โรงเรียน)"),
        "no_buildings": _("ไม่มีข้อมูลอาคาร (โรงเรียน)"),
    }[name]


def pupils_word(level: str) -> str:
    """Name the pupils of a level."""
    return {
        "pre_primary": _("นักเรียนก่อนประถม"),
        "primary": _("นักเรียนประถม"),
        "lower_secondary": _("นักเรียน ม.ต้น"),
        "upper_secondary": _("นักเรียน ม.ปลาย"),
    }[level]
