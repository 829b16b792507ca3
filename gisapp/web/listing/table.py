"""The list of schools as a table to take away, and what is said about it."""

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from werkzeug.datastructures import MultiDict

from gisapp.core.columns import ROUND_COLUMNS, Column
from gisapp.core.dictionary import LAYERS
from gisapp.core.profile_rows import School
from gisapp.core.school_filter import Totals
from gisapp.store.published import as_of
from gisapp.store.table_files import About, Table, TableColumn, Value
from gisapp.web.choosing.asking import chips
from gisapp.web.choosing.choice import Choice, line_files, pupil_counts
from gisapp.web.i18n import gettext as _
from gisapp.web.listing.columns import (
    LINE,
    ListColumn,
    levels_word,
    list_columns,
    yes_word,
)
from gisapp.web.listing.paging import chose_columns, columns_from, in_order, order_from, questions
from gisapp.web.map.views import band_word
from gisapp.web.reader import Reading, language, link
from gisapp.web.received import received_word
from gisapp.web.words import (
    date_word,
    district_word,
    grade_word,
    location_word,
    number,
    office_name,
    round_sentence,
    size_limits,
    size_word,
    subdistrict_word,
)

#: A column of a file with what it holds of a school.
Filled = tuple[TableColumn, Callable[[School], Value]]

#: Kind of the dictionary -> kind of a file's column. A date is text in the reader's words.
_KINDS = {"int": "count", "float": "ratio"}

_OWN_FIELDS = {field.name for field in fields(School)}
_DICTIONARY = {column.name: column for column in LAYERS["schools"].columns}
_AS_OF = next(column for column in ROUND_COLUMNS if column.name == "as_of_date")

#: Layers whose dates the second sheet states.
_DATED = ("schools", "enrolment_by_grade", "buildings", "staff", "service_villages", "photos")

#: Columns of the list whose heading and language are the page's own.
_NAMES = {"name", "other_name"}

#: Columns that most schools have nothing in, and nothing is unknown about that.
_NOT_FOR_ALL = {"small_band", "merged_into", "photo_id", "corrected"}

#: Columns of the layer whose words most offices write alike.
_RECEIVED = ("affiliation", "status", "electricity", "water_source", "internet")

#: Columns of the layer with long texts.
_WIDE = {"school_name_th", "school_name_en", "website", "local_government", "levels_offered"}


def school_table(now: Reading, schools: Sequence[School], args: MultiDict[str, str]) -> Table:
    """Return schools in the order of an address: the columns it chose, else every public one.

    Raises:
        UnknownChoiceError: No such column to show or to sort by.
    """
    columns = list_columns(now)
    order = order_from(columns, args)
    if chose_columns(args):
        chosen = (columns[name] for name in columns if name in ("code", "name"))
        rest = (c for c in columns_from(columns, args) if c.name != "code")
        filled = [each for column in (*chosen, *rest) for each in _chosen(now, column)]
    else:
        filled = [*_published(now), *_line(now)]
    rows = in_order(now, schools, columns[order.name], order.descending)
    return Table(_("โรงเรียน"), tuple(column for column, _value in filled), _rows(rows, filled))


def about_schools(now: Reading, choice: Choice, args: MultiDict[str, str]) -> About:
    """Return what the second sheet says of the list: what its rows are, and in which order."""
    order = order_from(list_columns(now), args)
    heading = list_columns(now)[order.name].heading
    ordered = (
        _("%(what)s จากมากไปน้อย", what=heading)
        if order.descending
        else _("%(what)s จากน้อยไปมาก", what=heading)
    )
    address = link("schools.index", _external=True, **questions() | {"round": now.round.name})
    return about_choice(now, choice, address, (_("เรียงตาม"), ordered))


def about_choice(
    now: Reading, choice: Choice, address: str, *more: tuple[str, str], unknown: str = ""
) -> About:
    """Return what the second sheet says: what was asked for, from when, by which criteria.

    Args:
        now: What is read.
        choice: The schools asked for.
        address: Where the same stands as a page.
        more: What is said besides.
        unknown: Heading above the rows that lack a column; empty where a row is a school.
    """
    totals = choice.totals
    lines = [
        (_("หน่วยงาน"), office_name()),
        (_("รอบข้อมูล"), round_sentence(now.round)),
        *_dates(now),
        (_("เกณฑ์ขนาด"), _sizes(choice)),
        (_("ตัวกรอง"), " · ".join(c.label for c in chips(choice.asked, now)) or _("ทุกโรงเรียน")),
        *more,
        (
            _("จำนวนโรงเรียน"),
            _("%(n)s จาก %(all)s", n=number(totals.schools), all=number(choice.everything)),
        ),
        (_("ไม่มีข้อมูลนักเรียน"), number(totals.uncounted)),
        *_places(totals),
        (_("ช่องว่าง"), _("ไม่มีข้อมูล ไม่ใช่ศูนย์ จุดแทนไม่แสดงพิกัด")),
        (
            _("ตัวเลข"),
            _(
                "จำนวนนับไม่มีทศนิยม อัตราส่วน ร้อยละ และระยะทางปัดเป็นทศนิยม 1 ตำแหน่ง พิกัด 6 ตำแหน่ง "
                "ค่าที่เป็นจำนวนเต็มไม่เขียน .0"
            ),
        ),
        (_("ที่อยู่"), address),
    ]
    lines = [(what, said.replace("\xa0", " ")) for what, said in lines]
    return About(
        _("ที่มา"),
        tuple(lines),
        _("คอลัมน์"),
        unknown or _("ไม่มีข้อมูล (โรงเรียน)"),
        _("ว่างคือไม่เกี่ยวข้อง"),
    )


def _rows(schools: Sequence[School], filled: Sequence[Filled]) -> Iterator[tuple[Value, ...]]:
    values = [value for _column, value in filled]
    return (tuple([value(school) for value in values]) for school in schools)


def _chosen(now: Reading, column: ListColumn) -> list[Filled]:
    """Return a column of the list as one of a file; the line of rounds is one for each year."""
    if column.name == LINE:
        return _line(now)
    heading = column.heading
    if len(column.needs) == 1 and column.name not in _NAMES:
        heading = _title(_DICTIONARY[column.needs[0]])
    raw = column.raw
    if column.is_figure:
        return [(TableColumn(heading, column.kind), raw)]
    word = _written(column.word or str)
    wide = column.name in _NAMES

    def value(school: School) -> Value:
        found = raw(school)
        return None if found is None else word(found)

    applies = not _NOT_FOR_ALL.issuperset(column.needs)
    return [(TableColumn(heading, "text", 34 if wide else 18, applies), value)]


def _published(now: Reading) -> list[Filled]:
    """Return every column of the layer that this reader may see, as the dictionary has them."""
    allowed = now.access.of("schools")
    words = _words()
    names = [name for name in _DICTIONARY if name in allowed and name in _OWN_FIELDS]
    kinds = {c.needs: c.kind for c in list_columns(now).values() if c.is_figure}
    filled = [_from_layer(_DICTIONARY[name], words.get(name), kinds.get((name,))) for name in names]
    if "geometry" in allowed:
        filled += [
            (TableColumn(_("ลองจิจูด"), "degrees"), lambda s: _measured(s, s.lon)),
            (TableColumn(_("ละติจูด"), "degrees"), lambda s: _measured(s, s.lat)),
        ]
    data_round = now.round.name
    filled.append((TableColumn(_("รอบข้อมูล"), "text"), lambda _school: data_round))
    if _AS_OF.name in allowed:
        filled.append(_from_layer(_AS_OF, date_word))
    return filled


def _from_layer(
    column: Column, word: Callable[[Any], str] | None, shown: str | None = None
) -> Filled:
    """Return a column of the layer as one of a file: coded values in words.

    Args:
        column: As the dictionary has it.
        word: How its values are written; None is as they are.
        shown: Kind of its cells on the page, where it is a figure there.
    """
    name, kind = column.name, shown or _KINDS.get(column.kind, "text")
    width = 34 if name in _WIDE else 18 if kind == "text" else 12
    described = TableColumn(_title(column), kind, width, name not in _NOT_FOR_ALL)
    if name == "subdistrict":
        return described, lambda s: subdistrict_word(s) if s.subdistrict else None
    if word is None:
        return described, lambda s: getattr(s, name)
    said = _written(word)

    def value(school: School) -> Value:
        found = getattr(school, name)
        return None if found is None else said(found)

    return described, value


def _line(now: Reading) -> list[Filled]:
    """Return the pupils of each round of the line, one column for each year."""
    if "students" not in now.access.of("schools"):
        return []

    def column(year: int, known: Mapping[str, int | None]) -> Filled:
        heading = TableColumn(_("นักเรียน ปี %(year)s", year=year), "count")
        return heading, lambda school: known.get(school.smis_code)

    years = [year for year, _file in line_files(now)]
    return [column(*each) for each in zip(years, pupil_counts(now), strict=True)]


def _words() -> dict[str, Callable[[Any], str]]:
    """Return how coded columns of the layer are written."""
    flags = {column.name: yes_word for column in _DICTIONARY.values() if column.kind == "flag"}
    return {
        **flags,
        "district": district_word,
        "lowest_grade": grade_word,
        "highest_grade": grade_word,
        "levels_offered": levels_word,
        "size_class_4": size_word,
        "size_class_7": lambda size: size_word(size, "size_class_7"),
        "small_band": band_word,
        "founded_on": date_word,
        "location_quality": location_word,
        **dict.fromkeys(_RECEIVED, received_word),
    }


def _written(word: Callable[[Any], str]) -> Callable[[Any], str]:
    """Return how values are written in a file, each said once, with blanks that people type."""
    return functools.cache(lambda value: word(value).replace("\xa0", " "))


def _measured(school: School, degrees: float | None) -> float | None:
    """Return a coordinate that may be used; a stand-in point is none."""
    return None if school.location_quality == "subdistrict" else degrees


def _title(column: Column) -> str:
    return column.title_en if language() == "en" else column.title_th


def _dates(now: Reading) -> list[tuple[str, str]]:
    """Return the newest date of each source."""
    found = []
    for name in _DATED:
        date = as_of(now.file, name) if now.access.of(name) else None
        if date:
            layer = LAYERS[name]
            title = layer.title_en if language() == "en" else layer.title_th
            found.append((title, _("ข้อมูล ณ %(date)s", date=date_word(date))))
    return found


def _places(totals: Totals) -> list[tuple[str, str]]:
    """Count the schools without a surveyed place, as far as places may be seen."""
    counts = ((_("ไม่มีพิกัด"), totals.nowhere), (_("จุดแทน รอพิกัดจริง"), totals.standins))
    return [(word, number(count)) for word, count in counts if count is not None]


def _sizes(choice: Choice) -> str:
    """Return the size classes with their limits."""
    named = ((size_word(size), size_limits(size)) for size in choice.choices["size"])
    return " · ".join(f"{word} {limits}" for word, limits in named if limits)
