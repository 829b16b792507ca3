"""The columns of the list of schools: what each shows, sorts by and is called."""

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from gisapp.core.grades import LEVELS, ORDER
from gisapp.core.map_views import ITEMS, KNOWN_BY, known_items
from gisapp.core.profile_rows import School
from gisapp.core.school_filter import NODATA, size_of, thai_order
from gisapp.store.published_views import size_classes
from gisapp.web.choosing.choice import change, line_files, pupil_counts
from gisapp.web.i18n import gettext as _
from gisapp.web.map.views import band_word
from gisapp.web.reader import Reading, language, settings
from gisapp.web.received import received_word
from gisapp.web.words import (
    UNKNOWN,
    date_word,
    district_word,
    grades_word,
    level_short,
    level_word,
    location_word,
    number,
    school_name,
    size_word,
    subdistrict_word,
)

#: The column that stands first in every list; it is the head of its row.
FIRST = "name"

#: The column of earlier rounds; a file has one for each of them.
LINE = "line"

#: What the list shows where nobody chose, in the order of the page.
SHOWN = (
    "code",
    "subdistrict",
    "grades",
    "size",
    "students",
    LINE,
    "classes",
    "teachers",
    "ratio",
    "dilapidated",
    "location",
)

#: From the best known place to none.
_PLACES = ("surveyed", "village", "subdistrict", "missing")

Key = Callable[[Any], Any]


@dataclass(frozen=True)
class ListColumn:
    """One column of the list.

    Attributes:
        name: As in the address, to choose it and to sort by it.
        group: Where the menu has it.
        needs: Columns of the layer behind it; it exists for those who may see them all.
        heading: What stands above it.
        raw: What a school has in it; None is unknown.
        kind: Kind of its cells: "text", "count" or "ratio".
        word: How a raw value is written, where it is no number.
        order: What a raw value sorts by, where it is not itself.
    """

    name: str
    group: str
    needs: tuple[str, ...]
    heading: str
    raw: Callable[[School], Any]
    kind: str = "text"
    word: Key | None = None
    order: Key | None = None

    @property
    def is_figure(self) -> bool:
        """Whether its cells stand to the right."""
        return self.kind != "text"

    def text(self, school: School) -> str:
        """Return a cell as the page shows it; unknown is a dash."""
        value = self.raw(school)
        if value is None:
            return UNKNOWN
        if self.is_figure:
            return number(value, 1 if self.kind == "ratio" else 0)
        return str(self.word(value) if self.word else value)

    @property
    def is_worded(self) -> bool:
        """Whether schools stand in it as their words do in a dictionary."""
        return not (self.is_figure or self.order or self.name == "code")

    def sorting(self) -> Key:
        """Return what raw values sort by: figures by size, words as a dictionary does."""
        if self.order:
            return self.order
        if self.is_figure or self.name == "code":
            return lambda value: value
        word = self.word or str
        # Marks decide where all letters are equal.
        return lambda value: (thai_order(word(value)), word(value))


def list_columns(now: Reading) -> Mapping[str, ListColumn]:
    """Return name -> column, of all that this reader may see, in the order of the list."""
    allowed = now.access.of("schools")
    columns = (*_place(), *_teaching(now), *_pupils(now), *_buildings(), *_record())
    return {column.name: column for column in columns if set(column.needs) <= allowed}


def group_word(group: str) -> str:
    """Name a group of columns."""
    return {
        "place": _("ชื่อและที่ตั้ง"),
        "teaching": _("การจัดการศึกษา"),
        "pupils": _("นักเรียนและครู"),
        "buildings": _("อาคารและสาธารณูปโภค"),
        "record": _("ข้อมูล"),
    }[group]


def yes_word(value: object) -> str:
    """Write a flag."""
    return _("ใช่") if value else _("ไม่ใช่")


def levels_word(levels: str, word: Callable[[str], str] = level_word) -> str:
    """Name levels that stand with commas between."""
    return ", ".join(word(level.strip()) for level in levels.split(","))


def _plain(
    name: str,
    group: str,
    column: str,
    heading: str,
    kind: str = "text",
    word: Key | None = None,
    order: Key | None = None,
) -> ListColumn:
    """A column that holds one of the layer's as it is."""
    return ListColumn(
        name, group, (column,), heading, lambda s: getattr(s, column), kind, word, order
    )


def _place() -> tuple[ListColumn, ...]:
    return (
        ListColumn(FIRST, "place", ("smis_code",), _("ชื่อโรงเรียน"), school_name),
        ListColumn("other_name", "place", ("school_name_en",), _("ชื่ออังกฤษ"), _other_name),
        _plain("code", "place", "smis_code", _("รหัสโรงเรียน")),
        ListColumn(
            "subdistrict",
            "place",
            ("subdistrict",),
            _("ตำบล"),
            lambda s: subdistrict_word(s) if s.subdistrict else None,
        ),
        _plain("district", "place", "district", _("อำเภอ"), word=district_word),
        _plain("network", "place", "school_network", _("เครือข่าย")),
        _plain("highland", "place", "highland_official", _("พื้นที่สูง"), word=yes_word, order=bool),
        _plain("elevation", "place", "elevation_m", _("ความสูง (ม.)"), "count"),
        _plain("distance", "place", "distance_to_esao_km", _("ถึงเขต (กม.)"), "ratio"),
    )


def _teaching(now: Reading) -> tuple[ListColumn, ...]:
    sizes = size_classes(settings(), now.file)
    fours, sevens = list(sizes["size_class_4"]), list(sizes["size_class_7"])
    return (
        ListColumn(
            "grades",
            "teaching",
            ("lowest_grade", "highest_grade"),
            _("ชั้น"),
            lambda s: (s.lowest_grade, s.highest_grade, grades_word(s)) if s.lowest_grade else None,
            word=lambda value: value[2],
            order=lambda value: tuple(ORDER.get(grade or "", len(ORDER)) for grade in value[:2]),
        ),
        _plain(
            "levels",
            "teaching",
            "levels_offered",
            _("ระดับที่เปิดสอน"),
            word=lambda levels: levels_word(levels, level_short),
            order=lambda value: tuple(level in value for level in LEVELS[::-1]),
        ),
        ListColumn(
            "size",
            "teaching",
            ("size_class_4",),
            _("ขนาด"),
            lambda s: None if size_of(s) == NODATA else size_of(s),
            word=size_word,
            order=lambda value: fours.index(value) if value in fours else len(fours),
        ),
        _plain(
            "size7",
            "teaching",
            "size_class_7",
            _("ขนาด 7 กลุ่ม"),
            word=lambda value: size_word(value, "size_class_7"),
            order=lambda value: sevens.index(value) if value in sevens else len(sevens),
        ),
        _plain(
            "band",
            "teaching",
            "small_band",
            _("ช่วงขนาดเล็ก"),
            word=band_word,
            order=_least_of_band,
        ),
    )


def _pupils(now: Reading) -> tuple[ListColumn, ...]:
    return (
        _plain("students", "pupils", "students", _("นักเรียน"), "count"),
        _plain("male", "pupils", "male", _("ชาย"), "count"),
        _plain("female", "pupils", "female", _("หญิง"), "count"),
        ListColumn(
            LINE,
            "pupils",
            ("students",),
            _("%(n)s รอบ", n=len(line_files(now))),
            functools.partial(_line_change, pupil_counts(now)),
            kind="ratio",
        ),
        _plain("classes", "pupils", "class_groups", _("ห้อง"), "count"),
        _plain("per_class", "pupils", "pupil_class_ratio", _("นร./ห้อง"), "ratio"),
        _plain("teachers", "pupils", "teachers", _("ครู"), "count"),
        _plain("ratio", "pupils", "pupil_teacher_ratio", _("นร./ครู"), "ratio"),
    )


def _buildings() -> tuple[ListColumn, ...]:
    return (
        _plain("buildings", "buildings", "buildings", _("สิ่งก่อสร้าง"), "count"),
        _plain("rooms", "buildings", "classrooms", _("ห้องในอาคาร"), "count"),
        _plain("dilapidated", "buildings", "dilapidated_buildings", _("ทรุดโทรม"), "count"),
        _plain("electricity", "buildings", "electricity", _("ไฟฟ้า"), word=received_word),
        _plain("water", "buildings", "water_source", _("แหล่งน้ำ"), word=received_word),
        _plain("internet", "buildings", "internet", _("อินเทอร์เน็ต"), word=received_word),
    )


def _record() -> tuple[ListColumn, ...]:
    return (
        ListColumn(
            "location",
            "record",
            ("location_quality",),
            _("พิกัด"),
            lambda s: s.location_quality or "missing",
            word=location_word,
            order=lambda value: _PLACES.index(value) if value in _PLACES else len(_PLACES),
        ),
        _plain("photos", "record", "photo_count", _("ภาพ"), "count"),
        _plain("founded", "record", "founded_on", _("ก่อตั้ง"), word=date_word, order=str),
        ListColumn(
            "completeness",
            "record",
            KNOWN_BY,
            _("ข้อมูลครบ (จาก %(n)s)", n=len(ITEMS)),
            lambda s: len(known_items(s)),
            "count",
        ),
        _plain("problems", "record", "problem_count", _("เรื่องที่ต้องตรวจ"), "count"),
    )


def _other_name(school: School) -> str | None:
    """Return the English name on Thai pages, the Thai name on English ones."""
    return school.school_name_th if language() == "en" else school.school_name_en


def _line_change(counts: tuple[Mapping[str, int | None], ...], school: School) -> float | None:
    """Return the change of pupils over the line of rounds, percent."""
    moved = change([known.get(school.smis_code) for known in counts])
    return None if moved is None else moved * 100


def _least_of_band(band: str) -> int:
    least = band.partition("-")[0]
    return int(least) if least.isdigit() else 0
