"""What an address asks for: filters, view, order and page of the list, read and checked."""

import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flask import Flask
from werkzeug.datastructures import MultiDict

from gisapp.core.grades import LEVELS
from gisapp.core.map_views import View
from gisapp.core.profile_rows import School
from gisapp.core.school_filter import (
    CLASS,
    CONDITIONS,
    FACET_NEEDS,
    FACETS,
    NODATA,
    NONE,
    TRAITS,
    TYPES,
    SchoolFilter,
)
from gisapp.errors import UnknownChoiceError
from gisapp.web.i18n import gettext as _
from gisapp.web.map.views import (
    asked_view,
    class_asked,
    class_word,
    size_view,
    view_word,
    views_of,
)
from gisapp.web.reader import (
    TEXT_LENGTH,
    Reading,
    here,
    language,
    questions,
    subdistrict_names,
)
from gisapp.web.words import (
    building_state_word,
    district_word,
    level_word,
    size_word,
    trait_word,
    type_word,
)

#: What a page forgets when all filters are taken back.
CLEARED: dict[str, None] = dict.fromkeys(("q", *FACETS, CLASS, "page"))

#: Facet -> its values, where no round decides them.
_FIXED = {"level": LEVELS, "type": TYPES, "trait": tuple(TRAITS), "condition": CONDITIONS}


@dataclass(frozen=True)
class Chip:
    """One thing asked for, with the address that takes it back."""

    label: str
    url: str


def filter_from(now: Reading, args: MultiDict[str, str]) -> SchoolFilter:
    """Read the filters of an address. A list is the name repeated, or words with commas between.

    Raises:
        UnknownChoiceError: A value that no school of the round can have.
    """
    view, chosen = asked_view(), []
    for facet in (*FACETS, CLASS):
        values = _values(args, facet)
        if facet == CLASS:
            values = _classes(now, values, view)
        if not values:
            continue
        known = _known(now, facet, view)
        for value in values:
            if value not in known and not (facet in ("size", CLASS) and value == NONE):
                raise UnknownChoiceError(facet, value)
        if NONE in values:
            values = (NONE,)
        if set(values) != set(known) or facet in _ALL_OF_ROUND:
            chosen.append((facet, values))
    return SchoolFilter(" ".join(args.get("q", "").split())[:TEXT_LENGTH], tuple(chosen))


#: Choosing every value of these is not the same as choosing none: a school may have no value.
_ALL_OF_ROUND = {"district", "subdistrict", "network", "level", "trait"}


def _values(args: MultiDict[str, str], facet: str) -> tuple[str, ...]:
    """Return the values asked for; names of places may hold a comma and are never cut at one."""
    told = args.getlist(facet)
    if facet not in ("district", "network"):
        told = [word for value in told for word in value.split(",")]
    return tuple(dict.fromkeys(word.strip() for word in told if word.strip()))


def _classes(now: Reading, values: tuple[str, ...], view: View) -> tuple[str, ...]:
    """Return the classes asked for by their names within the view.

    Raises:
        UnknownChoiceError: A class of another view, or of a view whose legend is another filter.
    """
    views = [known for known in views_of(now).values() if known.facet == CLASS]
    asked = {other: {class_asked(other, name): name for name in other.classes} for other in views}
    # Without scripts a form sends the legend it was written with beside a new view: all classes of
    # the old one ask for nothing.
    if any(set(values) == set(asked[other]) for other in views if other != view):
        return ()
    own = asked[view] | {NONE: NONE} if view in asked else {}
    for value in values:
        if value not in own:
            raise UnknownChoiceError(CLASS, value)
    return tuple(own[value] for value in values)


def _known(now: Reading, facet: str, view: View) -> tuple[str, ...]:
    """Return the values that a facet can have in this round."""
    if facet == CLASS:
        return view.classes
    if not now.access.of("schools").issuperset(FACET_NEEDS[facet]):
        return ()
    if facet in _FIXED:
        return _FIXED[facet]
    if facet == "size":
        return size_view(now).classes
    return values_of(now.schools(), facet)


def asked_in_address() -> dict[str, object]:
    """Return what this address asks for, to be carried to another page."""
    told = questions()
    return {name: told[name] for name in ("q", "by", *FACETS, CLASS) if name in told}


def asked_page(args: MultiDict[str, str], pages: int) -> int:
    """Return which page of several is asked for, from 1 on; one past the end is the last.

    Raises:
        UnknownChoiceError: The page is no whole number of 1 or more.
    """
    asked = args.get("page") or "1"
    digits = asked.lstrip("0")
    if not (digits.isascii() and digits.isdigit()):
        raise UnknownChoiceError("page", asked)
    # No list has as many pages as nine digits say.
    return min(int(digits[:9]), pages)


def values_of(schools: Iterable[School], facet: str) -> tuple[str, ...]:
    """Return the values that schools have in a facet, each once."""
    return tuple({value: None for school in schools for value in FACETS[facet](school)})


def value_word(facet: str, value: str, now: Reading, view: View) -> str:
    """Name a value of a facet as filters do."""
    words: dict[str, Callable[[str], str]] = {
        "district": district_word,
        "subdistrict": lambda code: _place_word(now, code),
        "size": size_word,
        "level": level_word,
        "type": type_word,
        "trait": trait_word,
        "condition": building_state_word,
        CLASS: lambda name: class_word(view, name),
    }
    return words.get(facet, str)(value)


def _place_word(now: Reading, code: str) -> str:
    """Name a subdistrict by its code, as schools do where no boundary names it."""
    known = subdistrict_names(now).get(code)
    if known:
        english = known.subdistrict_en if language() == "en" else None
        return english or known.subdistrict_th or code
    return _stated_places(now).get(code, code)


@functools.lru_cache(maxsize=16)
def _stated_places(now: Reading) -> dict[str, str]:
    """Return the names of subdistricts by their code, as schools state them."""
    return {
        school.subdistrict_code: school.subdistrict
        for school in now.schools()
        if school.subdistrict_code and school.subdistrict
    }


def chips(asked: SchoolFilter, now: Reading) -> list[Chip]:
    """Return what was asked for, each with the address without it."""
    view, found = asked_view(), []
    if asked.text:
        found.append(Chip(_("“%(text)s”", text=asked.text), here(q=None, page=None)))
    for facet, values in asked.chosen:
        left_out = _left_out(facet, values, now, view)
        if left_out:
            words = ", ".join(value_word(facet, value, now, view) for value in left_out)
            label = _named(facet, _("ยกเว้น %(what)s", what=words), view)
            found.append(Chip(label, here(**{facet: None, "page": None})))
            continue
        for value in values:
            rest = [_asked(facet, other, view) for other in values if other != value]
            label = _chip_word(facet, value, now, view)
            found.append(Chip(label, here(**{facet: rest, "page": None})))
    return found


def _left_out(facet: str, values: tuple[str, ...], now: Reading, view: View) -> tuple[str, ...]:
    """Return the rows of a legend that were switched off, where they are fewer than the others."""
    if facet not in ("size", CLASS):
        return ()
    off = tuple(value for value in _known(now, facet, view) if value not in values)
    return off if len(off) < len(values) else ()


def _asked(facet: str, value: str, view: View) -> str:
    """Write a value as addresses do."""
    return class_asked(view, value) if facet == CLASS and value != NONE else value


def _chip_word(facet: str, value: str, now: Reading, view: View) -> str:
    """Write a chip's label: with what it is about, where the value alone does not tell."""
    if value == NONE:
        return _named(facet, _("ไม่แสดงกลุ่มใด"), view)
    word = value_word(facet, value, now, view)
    if facet == "district":
        return _("อ.%(name)s", name=word)
    if facet == "subdistrict":
        return _("ต.%(name)s", name=word)
    return _named(facet, word, view) if facet in ("size", CLASS) or value == NODATA else word


def _named(facet: str, what: str, view: View) -> str:
    """Set the name of a facet before what is asked of it."""
    words = {
        "size": lambda: _("ขนาด"),
        "type": lambda: _("ประเภทโรงเรียน"),
        "condition": lambda: _("สภาพสิ่งก่อสร้าง"),
        CLASS: lambda: view_word(view.name),
    }
    return f"{words[facet]()}: {what}"


def register(app: Flask) -> None:
    """Give templates the functions of this module."""
    app.jinja_env.globals.update(
        asked_in_address=asked_in_address, value_word=value_word, CLEARED=CLEARED
    )
