"""The schools a page shows: what was asked for in the address, in which order, which part."""

import functools
import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from gisapp.core.profile_rows import School
from gisapp.core.rounds import Round
from gisapp.core.school_filter import (
    SIZES,
    TRAITS,
    SchoolFilter,
    Totals,
    facet_counts,
    known_traits,
    pick,
    thai_order,
    total,
)
from gisapp.errors import RoundNotFoundError
from gisapp.store.published import LayerFile, layer_file, read_pupils
from gisapp.web.i18n import gettext as _
from gisapp.web.reader import Reading, district_names, here, settings, village_words
from gisapp.web.words import (
    district_word,
    level_word,
    school_name,
    size_word,
    subdistrict_word,
    trait_word,
)

#: Rows on one page of the list.
PAGE_ROWS = 50

#: Rounds in a line of earlier rounds, the present one included.
LINE_ROUNDS = 5

#: Longest text anybody searches for; longer ones are cut, not refused.
_TEXT_LENGTH = 80

#: Name in the address -> what a column sorts by. Unknown always stands last.
SORTS: dict[str, Callable[[School], object]] = {
    "name": lambda s: thai_order(school_name(s)),
    "code": lambda s: s.smis_code,
    "subdistrict": lambda s: thai_order(subdistrict_word(s)),
    "students": lambda s: s.students,
    "classes": lambda s: s.class_groups,
    "teachers": lambda s: s.teachers,
    "ratio": lambda s: s.pupil_teacher_ratio,
    "dilapidated": lambda s: s.dilapidated_buildings,
}


@dataclass(frozen=True)
class Chip:
    """One thing asked for, with the address that takes it back."""

    label: str
    url: str


@dataclass(frozen=True)
class Choice:
    """The schools asked for and what the rail says about them.

    Attributes:
        asked: What was asked for.
        shown: The schools, in the layer's order.
        totals: What they add up to.
        everything: Number of schools of the round.
        counts: Group -> choice -> schools it would show.
        choices: Group -> its choices in the order of the page.
        known: Traits that schools of the round state; the others are unknown, not zero.
    """

    asked: SchoolFilter
    shown: tuple[School, ...]
    totals: Totals
    everything: int
    counts: dict[str, Counter[str]]
    choices: dict[str, tuple[str, ...]]
    known: frozenset[str]


@dataclass(frozen=True)
class Page:
    """One page of the list."""

    rows: tuple[School, ...]
    number: int
    pages: int
    first: int
    last: int
    sort: str
    descending: bool


def filter_from(args: MultiDict[str, str]) -> SchoolFilter:
    """Read the filters of an address; what nobody can have asked for is left out.

    A list is the name repeated, or words with commas between.
    """

    def many(name: str) -> tuple[str, ...]:
        words = [word.strip() for value in args.getlist(name) for word in value.split(",")]
        return tuple(dict.fromkeys(word for word in words if word))

    sizes = tuple(size for size in SIZES if size in many("size"))
    if "none" in many("size"):
        sizes = ("none",)
    return SchoolFilter(
        text=" ".join(args.get("q", "").split())[:_TEXT_LENGTH],
        districts=many("district"),
        networks=many("network"),
        sizes=() if len(sizes) == len(SIZES) else sizes,
        levels=many("level"),
        traits=tuple(trait for trait in TRAITS if trait in many("trait")),
    )


def choose(now: Reading, args: MultiDict[str, str]) -> Choice:
    """Return the schools that an address asks for, with the counts of every other choice."""
    return _choice(now, filter_from(args))


@functools.lru_cache(maxsize=32)
def _choice(now: Reading, asked: SchoolFilter) -> Choice:
    """Pick and count; the same question about the same file has the same answer."""
    schools = now.schools()
    villages = village_words(now) if asked.text else {}
    shown = pick(schools, asked, villages)
    counts = facet_counts(schools, asked, villages)
    names = {
        "district": Counter(school.district for school in schools if school.district),
        "network": Counter(school.school_network for school in schools if school.school_network),
    }
    choices = {group: tuple(sorted(found, key=thai_order)) for group, found in names.items()}
    # Districts in the order of their codes, the one of the provincial town first.
    by_code = list(district_names(now))
    choices["district"] = tuple(
        sorted(
            choices["district"], key=lambda n: by_code.index(n) if n in by_code else len(by_code)
        )
    )
    choices["level"] = tuple(
        level
        for level in ("pre_primary", "primary", "lower_secondary", "upper_secondary")
        if any(level in school.levels for school in schools)
    )
    choices["trait"] = tuple(
        trait for trait in TRAITS if counts["trait"][trait] or trait in asked.traits
    )
    known = known_traits(schools)
    return Choice(asked, shown, total(shown), len(schools), counts, choices, known)


def page_of(schools: Sequence[School], args: MultiDict[str, str]) -> Page:
    """Sort schools and cut out one page; a page past the end is the last one."""
    asked = args.get("sort", "students")
    descending, name = asked.startswith("-"), asked.lstrip("-")
    name = name if name in SORTS else "students"
    key = SORTS[name]
    known = [school for school in schools if key(school) is not None]
    unknown = [school for school in schools if key(school) is None]
    # By code first, so that equal values have one order on every page.
    known.sort(key=lambda school: school.smis_code)
    known.sort(key=key, reverse=descending)  # type: ignore[arg-type]  # keys of one column compare
    rows = (*known, *unknown)
    pages = max(1, math.ceil(len(rows) / PAGE_ROWS))
    wanted = args.get("page", "1")
    number = min(max(int(wanted), 1), pages) if wanted.isascii() and wanted.isdigit() else 1
    first = (number - 1) * PAGE_ROWS
    part = tuple(rows[first : first + PAGE_ROWS])
    return Page(part, number, pages, first + 1 if part else 0, first + len(part), name, descending)


def chips(asked: SchoolFilter) -> list[Chip]:
    """Return what was asked for, each with the address without it."""

    def without(name: str, values: tuple[str, ...], value: str) -> str:
        return here(**{name: [other for other in values if other != value], "page": None})

    found = [Chip(_("“%(text)s”", text=asked.text), here(q=None, page=None))] if asked.text else []
    for name, values, word in (
        ("district", asked.districts, lambda v: _("อ.%(name)s", name=district_word(v))),
        ("network", asked.networks, lambda v: v),
        ("level", asked.levels, level_word),
        ("trait", asked.traits, trait_word),
    ):
        found += [Chip(word(value), without(name, values, value)) for value in values]
    if asked.sizes == ("none",):
        found.append(Chip(_("ไม่แสดงขนาดใด"), here(size=None, page=None)))
    else:
        found += [Chip(size_word(size), without("size", asked.sizes, size)) for size in asked.sizes]
    return found


def line_files(now: Reading) -> list[tuple[int, LayerFile | None]]:
    """Return (year BE, file) of the rounds of this season up to this one, None where not built.

    Years before the first built one are left out: there is nothing to say about them.
    """
    found: list[tuple[int, LayerFile | None]] = []
    for back in range(LINE_ROUNDS - 1, -1, -1):
        earlier = Round(now.round.academic_year_be - back, now.round.number)
        try:
            file = now.file if back == 0 else layer_file(settings(), earlier.name)
        except RoundNotFoundError:
            file = None
        if file or found:
            found.append((earlier.academic_year_be, file))
    return found


def pupil_lines(now: Reading, schools: Sequence[School]) -> dict[str, tuple[int | None, ...]]:
    """Return smis_code -> pupils in this and up to four earlier rounds of the same season."""
    allowed = now.access.of("schools")
    counts = [read_pupils(file, allowed) if file else {} for _year, file in line_files(now)]
    return {s.smis_code: tuple(known.get(s.smis_code) for known in counts) for s in schools}


def change(values: Sequence[int | None]) -> float | None:
    """Return the change from the first known value to the last; None where it has no meaning."""
    known = [value for value in values if value is not None]
    if len(known) < 2 or not known[0] or values[-1] is None:
        return None
    return known[-1] / known[0] - 1
