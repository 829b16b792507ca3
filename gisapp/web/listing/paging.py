"""The page of the list: which columns, in which order, which part of the schools."""

import functools
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask
from werkzeug.datastructures import MultiDict

from gisapp.core.profile_rows import School
from gisapp.errors import UnknownChoiceError
from gisapp.web import reader
from gisapp.web.choosing.asking import asked_in_address, asked_page
from gisapp.web.choosing.choice import change
from gisapp.web.listing.columns import FIRST, SHOWN, ListColumn, group_word, list_columns
from gisapp.web.reader import Reading, language, link

#: Rows on one page of the list.
PAGE_ROWS = 50

#: Rows of `page=all`: what a browser lays out and prints at once. Who needs more takes the file.
ALL_ROWS = 2_000

#: The word in the address for one page with everything.
ALL = "all"

#: The order where nobody asked for another.
_SORT = "students"


@dataclass(frozen=True)
class Order:
    """The column a list is sorted by; unknown stands last either way."""

    name: str
    descending: bool


@dataclass(frozen=True)
class Page:
    """One page of the list.

    Attributes:
        rows: Its schools.
        number, pages: Which page of how many.
        first, last: Its rows, counted from 1; both 0 on an empty page.
        order: What it is sorted by.
        sorted_by: The column of that name; it need not be shown.
        first_column: The name, which heads each row.
        columns: Its columns after the name.
        menu: Every column that can be chosen, by group.
        chosen: Whether somebody chose the columns; else the narrow screen hides some.
        whole: Whether every school asked for is on it.
        fits: Whether one page could hold them all.
    """

    rows: tuple[School, ...]
    number: int
    pages: int
    first: int
    last: int
    order: Order
    sorted_by: ListColumn
    first_column: ListColumn
    columns: tuple[ListColumn, ...]
    menu: Mapping[str, tuple[ListColumn, ...]]
    chosen: bool
    whole: bool
    fits: bool


def page_of(now: Reading, schools: Sequence[School], args: MultiDict[str, str]) -> Page:
    """Sort schools and cut out one page; a page past the end is the last one.

    Raises:
        UnknownChoiceError: No such column to show or to sort by, or the page is no number.
    """
    columns = list_columns(now)
    order = order_from(columns, args)
    rows = in_order(now, schools, columns[order.name], order.descending)
    number, pages, first, length = _part(len(rows), args)
    part = tuple(rows[first : first + length])
    menu: dict[str, tuple[ListColumn, ...]] = {}
    for column in columns.values():
        if column.name != FIRST:
            menu[column.group] = (*menu.get(column.group, ()), column)
    return Page(
        rows=part,
        number=number,
        pages=pages,
        first=first + 1 if part else 0,
        last=first + len(part),
        order=order,
        sorted_by=columns[order.name],
        first_column=columns[FIRST],
        columns=columns_from(columns, args),
        menu=menu,
        chosen=chose_columns(args),
        whole=len(part) == len(rows),
        fits=len(rows) <= ALL_ROWS,
    )


def columns_from(
    columns: Mapping[str, ListColumn], args: MultiDict[str, str]
) -> tuple[ListColumn, ...]:
    """Return the columns asked for after the name, else the usual ones, in the list's order.

    Raises:
        UnknownChoiceError: There is no such column, or it is not for this reader.
    """
    names = _names(args)
    for name in names:
        if name not in columns:
            raise UnknownChoiceError("cols", name)
    wanted = names or SHOWN
    return tuple(columns[name] for name in columns if name in wanted and name != FIRST)


def chose_columns(args: MultiDict[str, str]) -> bool:
    """Tell whether an address chooses columns."""
    return bool(_names(args))


def order_from(columns: Mapping[str, ListColumn], args: MultiDict[str, str]) -> Order:
    """Return the order asked for.

    Raises:
        UnknownChoiceError: There is no such column, or it is not for this reader.
    """
    asked = args.get("sort") or (_SORT if _SORT in columns else FIRST)
    name = asked.removeprefix("-")
    if name not in columns:
        raise UnknownChoiceError("sort", asked)
    return Order(name, asked.startswith("-"))


def in_order(
    now: Reading, schools: Sequence[School], column: ListColumn, descending: bool
) -> tuple[School, ...]:
    """Return schools sorted by a column, equal ones by their code, unknown ones last."""
    by_code = sorted(schools, key=lambda school: school.smis_code)
    keyed: list[tuple[Any, School]]
    if column.is_worded:
        places = _places(now, language(), column.name)
        keyed = [(places.get(school.smis_code), school) for school in by_code]
    else:
        keyed = list(_keyed(by_code, column))
    known = [pair for pair in keyed if pair[0] is not None]
    known.sort(key=lambda pair: pair[0], reverse=descending)
    unknown = (school for key, school in keyed if key is None)
    return (*(school for _key, school in known), *unknown)


def _keyed(schools: Iterable[School], column: ListColumn) -> Iterator[tuple[Any, School]]:
    """Yield schools with what they are sorted by, None where the column holds nothing."""
    key = functools.cache(column.sorting())
    values = ((column.raw(school), school) for school in schools)
    return ((None if value is None else key(value), school) for value, school in values)


@functools.lru_cache(maxsize=8)
def _places(now: Reading, _language: str, name: str) -> Mapping[str, int]:
    """Return smis_code -> place in the dictionary; equal words have the same.

    The words of a country's schools take longer to put in order than to show.
    """
    keyed = [pair for pair in _keyed(now.schools(), list_columns(now)[name]) if pair[0] is not None]
    order = {key: place for place, key in enumerate(sorted({key for key, _school in keyed}))}
    return {school.smis_code: order[key] for key, school in keyed}


def file_address(kind: str) -> str:
    """Return the address of this very list as a file, every page of it."""
    return link("downloads.schools", kind=kind, **questions())


def questions() -> dict[str, object]:
    """Return what of this address decides a list: its schools, their order, the columns."""
    told = reader.questions()
    shape = {name: told[name] for name in ("sort", "cols") if any(told.get(name, ()))}
    return asked_in_address() | shape


def _names(args: MultiDict[str, str]) -> tuple[str, ...]:
    """Return the names of the columns asked for: the name repeated, or with commas between."""
    words = (word.strip() for value in args.getlist("cols") for word in value.split(","))
    return tuple(dict.fromkeys(word for word in words if word))


def _part(rows: int, args: MultiDict[str, str]) -> tuple[int, int, int, int]:
    """Return the number of the page, of all pages, its first row from 0, and its length.

    Raises:
        UnknownChoiceError: The page is no number.
    """
    pages = max(1, math.ceil(rows / PAGE_ROWS))
    if args.get("page") == ALL:
        return 1, 1, 0, ALL_ROWS
    number = asked_page(args, pages)
    return number, pages, (number - 1) * PAGE_ROWS, PAGE_ROWS


def register(app: Flask) -> None:
    """Give templates the functions of the list."""
    app.jinja_env.globals.update(
        file_address=file_address, list_questions=questions, group_word=group_word, change=change
    )
