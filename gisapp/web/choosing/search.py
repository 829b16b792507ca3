"""The search: which schools of a round a reader's text means, and what the search box offers."""

import functools
from collections.abc import Iterable
from http import HTTPStatus

from flask import Blueprint, Response, abort, jsonify, request

from gisapp.core.profile_rows import District, School, ServiceVillage, Subdistrict, Village
from gisapp.core.search import Found, SearchIndex, find
from gisapp.core.search_places import Place, places_of
from gisapp.core.spelling import Spelling, part_written, spell, spell_place
from gisapp.store.published import LayerFile, Row, read_rows, read_schools
from gisapp.web.access import Access
from gisapp.web.i18n import gettext as _
from gisapp.web.reader import (
    TEXT_LENGTH,
    Reading,
    language,
    link,
    questions,
    reading,
    shortened,
)
from gisapp.web.words import number, school_name, spot_words

blueprint = Blueprint("search", __name__)

#: Schools and places offered under the search box.
_SCHOOLS, _PLACES = 8, 4

#: Kinds of places, the larger first.
_BY_SIZE = ("district", "network", "subdistrict", "village")

#: Kinds that a suggested school does not name by itself.
_UNSAID = ("village", "network")

#: Page -> its address, for the places that lead to the page a reader is on.
_PAGES = {"map": "pages.home", "list": "schools.index", "overview": "overview.index"}

#: What of the page a place keeps: how it shows schools, not which.
_KEPT = ("by", "sort", "cols", "group")


def mentioned(now: Reading, text: str) -> Found:
    """Return the schools whose name, code or place a text means."""
    return find(_index(now.file, now.access), text)


@functools.lru_cache(maxsize=8)
def _index(file: LayerFile, access: Access) -> SearchIndex:
    """Return all that this reader may search a round for; the same file is spelled once."""

    def rows(layer: str, row_type: type[Row]) -> tuple[Row, ...]:
        return read_rows(file, layer, row_type, access.of(layer))

    schools = read_schools(file, access.of("schools"))
    places = places_of(
        schools,
        rows("service_villages", ServiceVillage),
        rows("villages", Village),
        {row.subdistrict_code: row for row in rows("subdistricts", Subdistrict)},
        {row.district_th or "": row for row in rows("districts", District)},
    )
    return SearchIndex.of(schools, places)


@blueprint.get("/search")
def suggest() -> Response:
    """A few schools and places that the text `q` means; `on` is the page that places lead to."""
    now, text = reading(), " ".join(request.args.get("q", "").split())[:TEXT_LENGTH]
    if not text:
        abort(HTTPStatus.BAD_REQUEST)
    return jsonify(_offer(now, text))


def _offer(now: Reading, text: str) -> dict[str, object]:
    """Return the best schools and places of a text, and what is said about them."""
    found = mentioned(now, text)
    known = {school.smis_code: school for school in now.schools()}
    schools = [known[code] for code in found.codes[:_SCHOOLS]]
    places = few_places(found.places, text)
    return {
        "total": len(found.codes),
        "near": found.near,
        "note": _note(found, text),
        "said": _said(found, len(schools), len(places)),
        "schools": [_school(school, found, text) for school in schools],
        "places": [_place(place, text) for place in places],
    }


def few_places(places: tuple[Place, ...], text: str) -> list[Place]:
    """Return few places: those called just so, the larger first, then the best of each kind."""
    asked = spell(text)
    exact = [
        p for p in places if any(_is_called(p, name, asked) for name in (p.name_th, p.name_en))
    ]
    larger_first = sorted(exact, key=lambda place: _BY_SIZE.index(place.kind))
    few = [*_first_of_kinds(larger_first), *_first_of_kinds(places), *places]
    return list(dict.fromkeys(few))[:_PLACES]


def _is_called(place: Place, name: str | None, asked: Spelling) -> bool:
    """Tell whether a text is the whole name of a place, with or without the word for its kind."""
    return bool(name) and asked.name == spell_place(place.kind, name or "").name


def _first_of_kinds(places: Iterable[Place]) -> list[Place]:
    """Return the first place of each kind."""
    first: dict[str, Place] = {}
    for place in places:
        first.setdefault(place.kind, place)
    return list(first.values())


def _why(school: School, name: str, found: Found, text: str) -> str:
    """Say by which village or network a school was found, where name and place do not tell."""
    told = (name, *spot_words(school))
    words = {part_written(said, word)[1] for said in told for word in text.split()}
    codes = (school.smis_code, school.ministry_code, school.percode)
    if any(words) or any(code and code.startswith(text) for code in codes):
        return ""
    place = next(
        (p for p in found.through if p.kind in _UNSAID and school.smis_code in p.codes), None
    )
    if place is None:
        return ""
    called = (place.name_en if language() == "en" else None) or place.name_th
    word = _kind_word(place.kind)
    return called if called.startswith(word) else f"{word} {called}"


def _school(school: School, found: Found, text: str) -> dict[str, object]:
    """Return what the search box shows of a school, why, and where it stands."""
    name = school_name(school)
    return {
        "kind": "school",
        "code": school.smis_code,
        "name": name,
        "parts": part_written(name, text),
        "why": _why(school, name, found, text),
        "place": " · ".join(spot_words(school)),
        "lon": school.lon,
        "lat": school.lat,
        "url": link("schools.profile", smis_code=school.smis_code),
    }


def _place(place: Place, text: str) -> dict[str, object]:
    """Return what the search box shows of a place, and the page with its schools alone."""
    name = (place.name_en if language() == "en" else None) or place.name_th
    area = (place.area_en if language() == "en" else None) or place.area_th
    page = _PAGES.get(request.args.get("on", ""), _PAGES["map"])
    asked = (
        {place.kind: place.key} if place.key else {"q": place.address(english=language() == "en")}
    )
    kept = {name: value for name, value in questions().items() if name in _KEPT}
    return {
        "kind": place.kind,
        "word": _kind_word(place.kind),
        "name": name,
        "parts": part_written(name, text),
        "place": _("ต.%(name)s", name=area) if area else "",
        "count": len(place.codes),
        "counted": _("มี %(n)s โรงเรียน", n=number(len(place.codes))),
        "url": link(page, **kept, **asked),
    }


def _kind_word(kind: str) -> str:
    """Name a kind of place."""
    words = {
        "village": _("หมู่บ้าน"),
        "subdistrict": _("ตำบล"),
        "network": _("เครือข่าย"),
        "district": _("อำเภอ"),
    }
    return words[kind]


def _note(found: Found, text: str) -> str:
    """Say above the suggestions that they are only near, or what to try where there are none."""
    if found.near:
        return _("ไม่พบตรงตัว แสดงชื่อใกล้เคียง")
    if found.codes:
        return ""
    return _("ไม่พบ “%(text)s” ลองพิมพ์บางส่วนของชื่อ รหัส หมู่บ้าน หรือตำบล", text=shortened(text))


def _said(found: Found, schools: int, places: int) -> str:
    """Say to who listens how much is offered."""
    if not found.codes:
        return ""
    return _(
        "พบ %(n)s โรงเรียน ให้เลือก %(shown)s รายการ",
        n=number(len(found.codes)),
        shown=number(schools + places),
    )
