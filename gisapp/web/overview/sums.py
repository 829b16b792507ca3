"""Sums of the schools that a question asks for: this round by group, and earlier rounds."""

import functools
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from gisapp.core.map_views import View
from gisapp.core.overview import COLUMNS, Figures, SchoolTable, add_up, add_up_all, make_table
from gisapp.core.profile_rows import School
from gisapp.core.rounds import Round
from gisapp.core.school_filter import FACETS, NODATA, SchoolFilter, pick
from gisapp.store.published_sums import read_columns
from gisapp.web.choosing.choice import chosen, classes, line_files
from gisapp.web.choosing.search import mentioned
from gisapp.web.reader import Reading


@dataclass(frozen=True)
class YearSum:
    """A round added up.

    Attributes:
        year_be: Academic year.
        figures: None where the round is not built, or finds no school.
        regrouped: Whether the question tells the schools of both rounds apart otherwise than now:
            what differs may be which schools it finds.
    """

    year_be: int
    figures: Figures | None
    regrouped: bool = False


@functools.lru_cache(maxsize=128)
def figures_by(now: Reading, asked: SchoolFilter, view: View, by: str) -> Mapping[str, Figures]:
    """Add up the schools asked for by group; the same question is added up once."""
    table = school_columns(now)
    return add_up(table, table.places(chosen(now, asked, view).shown), by)


@functools.lru_cache(maxsize=8)
def school_columns(now: Reading) -> SchoolTable:
    """Return the schools of a round as columns."""
    return make_table(now.schools())


@functools.lru_cache(maxsize=128)
def count_classes(now: Reading, asked: SchoolFilter, view: View, by: View) -> Counter[str]:
    """Count the schools asked for in the classes of a view."""
    class_of = classes(now, by)
    return Counter(class_of[school.smis_code] for school in chosen(now, asked, view).shown)


@functools.lru_cache(maxsize=256)
def count_values(now: Reading, asked: SchoolFilter, view: View, facet: str) -> Counter[str]:
    """Count the schools asked for by the values of a facet; one without a value is `NODATA`."""
    own = FACETS[facet]
    shown = chosen(now, asked, view).shown
    return Counter(value for school in shown for value in own(school) or (NODATA,))


@functools.lru_cache(maxsize=256)
def count_stated(now: Reading, asked: SchoolFilter, view: View, column: str) -> int:
    """Count the schools asked for that say anything in a column."""
    return sum(getattr(s, column) is not None for s in chosen(now, asked, view).shown)


def years(now: Reading, asked: SchoolFilter, view: View) -> list[YearSum]:
    """Add up the rounds of this season, oldest first.

    Each round is asked the same question anew. A round that finds no school has no figures: one
    that knows no networks has no schools of a network, and that is no zero.
    """
    found = []
    for year, file in line_files(now):
        if file is None:
            found.append(YearSum(year, None))
        elif file == now.file:
            found.append(YearSum(year, figures_by(now, asked, view, "office").get("")))
        else:
            then = replace(now, round=Round(year, now.round.number), file=file)
            figures = _earlier(then, asked, view)
            found.append(YearSum(year, figures, _regrouped(then, now, asked, view)))
    return found


@functools.lru_cache(maxsize=64)
def _earlier(then: Reading, asked: SchoolFilter, view: View) -> Figures | None:
    """Add up the schools of an earlier round that a question asks for."""
    if asked.is_empty:
        seen = then.access.of("schools")
        return add_up_all(read_columns(then.file, "schools", COLUMNS, seen))
    schools = _found(then, asked, view)
    table = make_table(schools)
    return add_up(table, table.places(schools), "office").get("")


@functools.lru_cache(maxsize=64)
def _regrouped(then: Reading, now: Reading, asked: SchoolFilter, view: View) -> bool:
    """Tell whether a school of both rounds is asked for in only one of them."""
    if asked.is_empty:
        return False
    both = _codes(then.schools()) & _codes(now.schools())
    differ = _codes(_found(then, asked, view)) ^ _codes(chosen(now, asked, view).shown)
    return not both.isdisjoint(differ)


@functools.lru_cache(maxsize=64)
def _found(then: Reading, asked: SchoolFilter, view: View) -> tuple[School, ...]:
    """Return the schools of an earlier round that a question asks for."""
    codes = frozenset(mentioned(then, asked.text).codes) if asked.text else None
    return tuple(pick(then.schools(), asked, codes, classes(then, view)))


def _codes(schools: Iterable[School]) -> set[str]:
    """Return the codes of schools."""
    return {school.smis_code for school in schools}
