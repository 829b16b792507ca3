"""The overview's table: the office by type, place, network or size, every row added up."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from gisapp.core.grades import LEVELS
from gisapp.core.overview import GROUPS, Figures
from gisapp.core.school_filter import NODATA, TYPES, thai_order
from gisapp.errors import UnknownChoiceError
from gisapp.store.table_files import TableColumn, Value
from gisapp.web.choosing.asking import asked_in_address, asked_page, value_word
from gisapp.web.choosing.choice import Choice
from gisapp.web.i18n import gettext as _
from gisapp.web.map.views import size_view
from gisapp.web.overview.words import group_word, kin_of, long_word
from gisapp.web.reader import Reading, link, subdistrict_names
from gisapp.web.words import office_name

#: The table that nobody asked for otherwise, where districts may be seen.
FIRST_GROUP = "district"

#: Grouping -> columns of `schools` that a reader must be allowed to see.
_GROUP_NEEDS: dict[str, tuple[str, ...]] = {
    "type": ("levels_offered",),
    "subdistrict": ("subdistrict_code",),
    "district": ("district",),
    "network": ("school_network",),
    "office": (),
    "size": ("size_class_4",),
}

#: Rows on one page of the table.
PAGE_ROWS = 100

#: Column of the table -> columns of `schools` that a reader must be allowed to see.
_NEEDS: dict[str, tuple[str, ...]] = {
    "schools": (),
    "male": ("male",),
    "female": ("female",),
    "students": ("students",),
    **{level: (level,) for level in LEVELS},
    "class_groups": ("class_groups",),
    "teachers": ("teachers",),
    "pupils_per_teacher": ("students", "teachers"),
    "pupils_per_class": ("students", "class_groups"),
    "small": ("size_class_4",),
    "small_percent": ("size_class_4",),
    "highland_official": ("highland_official",),
    "dilapidated_buildings": ("dilapidated_buildings",),
    "no_students": ("students",),
    "no_teachers": ("teachers",),
    "no_buildings": ("dilapidated_buildings",),
}

_RATIOS = ("pupils_per_teacher", "pupils_per_class", "small_percent")

#: What is worked out of the figures of a group; other columns are figures themselves.
_WORKED_OUT: dict[str, Callable[[Figures], Value]] = {
    "small_percent": lambda f: None if f.small_share is None else f.small_share * 100,
    "no_students": lambda f: f.lacking["students"],
    "no_teachers": lambda f: f.lacking["teachers"],
    "no_buildings": lambda f: f.lacking["dilapidated_buildings"],
}


@dataclass(frozen=True)
class Row:
    """One group: its name, where its schools are listed, and a value for each column."""

    key: str
    word: str
    url: str | None
    values: tuple[Value, ...]


@dataclass(frozen=True)
class GroupTable:
    """The table of one grouping.

    Attributes:
        by: Key of `GROUPS`.
        names: Names of its columns after the first, as in the address.
        kin: (heading of columns that belong together, how many they are), "" for one alone.
        columns: The first column and the others.
        rows: Every group, sorted.
        total: All of them together.
        shown: The rows of this page.
        page, pages: Which page of how many.
        sort, descending: How it is sorted.
    """

    by: str
    names: tuple[str, ...]
    kin: tuple[tuple[str, int], ...]
    columns: tuple[TableColumn, ...]
    rows: tuple[Row, ...]
    total: Row
    shown: tuple[Row, ...]
    page: int
    pages: int
    sort: str
    descending: bool


def groupings(now: Reading) -> tuple[str, ...]:
    """Return the groupings that this reader may see, in the order of the page."""
    seen = now.access.of("schools")
    return tuple(by for by in GROUPS if seen.issuperset(_GROUP_NEEDS[by]))


def asked_group(now: Reading, args: MultiDict[str, str]) -> str:
    """Return by what an address wants schools gathered.

    Raises:
        UnknownChoiceError: There is no such grouping.
    """
    known = groupings(now)
    by = args.get("group") or (FIRST_GROUP if FIRST_GROUP in known else known[0])
    if by not in known:
        raise UnknownChoiceError("group", by)
    return by


def group_table(
    now: Reading,
    choice: Choice,
    groups: Mapping[str, Figures],
    whole: Figures,
    args: MultiDict[str, str],
) -> GroupTable:
    """Make the table.

    Args:
        now: What is read.
        choice: The schools asked for.
        groups: Group -> its figures.
        whole: All schools asked for together.
        args: The address.

    Raises:
        UnknownChoiceError: No grouping, column or page is called so.
    """
    by, seen = asked_group(now, args), now.access.of("schools")
    names = [name for name, needs in _NEEDS.items() if seen.issuperset(needs)]
    taught = [name for name in LEVELS if getattr(whole, name)]
    names = [name for name in names if name not in LEVELS or name in taught]
    columns = (
        TableColumn(group_word(by), "text", 28),
        *(TableColumn(long_word(n), "ratio" if n in _RATIOS else "count") for n in names),
    )
    rows = [
        _row(now, choice, by, key, groups[key], names) for key in _in_order(now, choice, by, groups)
    ]
    sort, descending = _order(args, names)
    rows = _sorted(rows, names, sort, descending)
    page, pages = _page(args, len(rows))
    first = (page - 1) * PAGE_ROWS
    return GroupTable(
        by,
        tuple(names),
        kin_of(names),
        columns,
        tuple(rows),
        Row("", _("รวม"), None, _values(whole, names)),
        tuple(rows[first : first + PAGE_ROWS]),
        page,
        pages,
        sort,
        descending,
    )


def _values(figures: Figures, names: list[str]) -> tuple[Value, ...]:
    return tuple(
        _WORKED_OUT[name](figures) if name in _WORKED_OUT else getattr(figures, name)
        for name in names
    )


def _row(
    now: Reading, choice: Choice, by: str, key: str, figures: Figures, names: list[str]
) -> Row:
    """Return one group as a row."""
    url = None
    if by != "office" and (key or by in ("type", "size")):
        url = link("schools.index", **asked_in_address() | {by: key})
    return Row(key, _group_name(now, choice, by, key), url, _values(figures, names))


def _group_name(now: Reading, choice: Choice, by: str, key: str) -> str:
    """Name a group in the reader's language; a place that nobody states is a group too."""
    if by == "office":
        return office_name()
    return value_word(by, key, now, choice.view) if key else _("ไม่ระบุ")


def _in_order(now: Reading, choice: Choice, by: str, groups: Mapping[str, Figures]) -> list[str]:
    """Return groups in the order in which readers look for them, what is not stated last."""
    orders = {
        "type": TYPES,
        "size": size_view(now).classes,
        "district": choice.choices["district"],
        "network": choice.choices["network"],
        "subdistrict": tuple(subdistrict_names(now)),
    }
    place = {name: place for place, name in enumerate(orders.get(by, ()))}
    return sorted(
        groups, key=lambda n: (n in ("", NODATA), place.get(n, len(place)), thai_order(n))
    )


def _order(args: MultiDict[str, str], names: list[str]) -> tuple[str, bool]:
    """Return by which column the table is sorted and whether it falls; "" is the places' order.

    Raises:
        UnknownChoiceError: No column is called so.
    """
    asked = args.get("sort") or ""
    sort = asked.removeprefix("-")
    if asked and sort not in ("name", *names):
        raise UnknownChoiceError("sort", asked)
    return sort, asked.startswith("-")


def _sorted(rows: list[Row], names: list[str], sort: str, descending: bool) -> list[Row]:
    """Sort rows that stand in the order of places; unknown stays last."""
    if not sort:
        return rows
    if sort == "name":
        return sorted(rows, key=lambda row: thai_order(row.word), reverse=descending)
    place = names.index(sort)
    known = [row for row in rows if row.values[place] is not None]
    sign = -1 if descending else 1
    known.sort(key=lambda row: sign * float(row.values[place] or 0))
    return known + [row for row in rows if row.values[place] is None]


def _page(args: MultiDict[str, str], rows: int) -> tuple[int, int]:
    """Return which page of the table is asked for, and how many there are.

    Raises:
        UnknownChoiceError: The page is no number.
    """
    pages = max(1, math.ceil(rows / PAGE_ROWS))
    return asked_page(args, pages), pages
