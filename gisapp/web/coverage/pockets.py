"""Pockets of children out of reach, as the list beside the map tells them."""

import math
from dataclasses import dataclass

from gisapp.store.coverage_tables import coverage_criteria
from gisapp.store.published_pockets import Pocket, read_pockets
from gisapp.web.coverage.asked import Asked
from gisapp.web.coverage.shapes import sees_small_pockets
from gisapp.web.coverage.units import english_school
from gisapp.web.coverage.unknown import why_unknown
from gisapp.web.i18n import gettext as _
from gisapp.web.reader import Reading, language, settings, subdistrict_names
from gisapp.web.words import number

#: Pockets below the table; the others stand in a list of their own.
FIRST = 5


@dataclass(frozen=True)
class PocketRow:
    """One pocket in words.

    Attributes:
        number: As on the map.
        children: How many, or about how many.
        place: Its subdistrict; may be empty.
        near: The nearest school and how far it is; may be empty.
        villages: Their names; may be empty.
    """

    number: int
    children: str
    place: str
    near: str
    villages: str


@dataclass(frozen=True)
class PocketList:
    """The pockets of one question.

    Attributes:
        rows: Most children first.
        sum: What they hold together, in words; empty without any.
    """

    rows: tuple[PocketRow, ...]
    sum: str


def pockets_of(now: Reading, asked: Asked) -> PocketList:
    """Return the pockets that a reader may see."""
    found = read_pockets(
        now.file, asked.level, asked.affiliations, asked.reach, exact=sees_small_pockets(now)
    )
    rows = tuple(_row(now, pocket) for pocket in found)
    return PocketList(rows, _sum(found) if found else "")


def _row(now: Reading, pocket: Pocket) -> PocketRow:
    """Write one pocket."""
    return PocketRow(
        pocket.number,
        _children(pocket.children, pocket.rounded),
        _place(now, pocket),
        _near(now, pocket),
        pocket.villages or "",
    )


def _children(exact: float | None, rounded: int | None) -> str:
    """Say how many children there are, in round numbers to those who may not see more."""
    if exact is None:
        return _("ประมาณ %(n)s คน", n=number(rounded))
    return _("%(n)s คน", n=number(exact))


def _place(now: Reading, pocket: Pocket) -> str:
    """Name the subdistrict where most of them live, and say how many others there are."""
    known = subdistrict_names(now).get(pocket.subdistrict_code or "")
    english = known.subdistrict_en if known and language() == "en" else None
    name = english or pocket.subdistrict_th
    others = (pocket.subdistricts or 1) - 1
    if not name or others < 1:
        return _("ต.%(name)s", name=name) if name else ""
    if others == 1:
        return _("ต.%(name)s และอีก 1 ตำบล", name=name)
    return _("ต.%(name)s และอีก %(n)s ตำบล", name=name, n=number(others))


def _near(now: Reading, pocket: Pocket) -> str:
    """Name the nearest school and say how far it is from where most of them live."""
    code = pocket.nearest_smis_code
    english = english_school(now, code) if code and language() == "en" else None
    school = english or pocket.nearest_school_th or code
    if school is None or pocket.nearest_km is None:
        return ""
    return _(
        "จากจุดที่เด็กมากสุด ใกล้สุด %(school)s %(n)s กม.", school=school, n=far_word(pocket.nearest_km)
    )


def far_word(km: float) -> str:
    """Write a distance rounded up: who is out of reach must not read as being just within it."""
    return number(math.ceil(round(km * 10, 5)) / 10, 1)


def _sum(pockets: tuple[Pocket, ...]) -> str:
    """Say how many children all pockets hold."""
    count = number(len(pockets))
    exact = [pocket.children for pocket in pockets]
    if None in exact:
        told = sum(pocket.rounded or 0 for pocket in pockets)
        return _("รวมประมาณ %(n)s คน ใน %(count)s กลุ่ม", n=number(told), count=count)
    told_exactly = sum(children or 0 for children in exact)
    return _("รวม %(n)s คน ใน %(count)s กลุ่ม", n=number(told_exactly), count=count)


def no_pockets_word(now: Reading, level: str, affiliations: str, reach: float) -> str:
    """Say that there is no pocket to show and whether smaller ones may be hidden, or nobody knows.

    Args:
        now: What is read.
        level, affiliations, reach: The question.
    """
    unknown = why_unknown(now, level, affiliations, reach)
    if unknown:
        return unknown
    if sees_small_pockets(now):
        return _("ไม่มีกลุ่มเด็กนอกระยะ")
    least = coverage_criteria(settings()).limits.pocket_min_children
    return _("ไม่มีกลุ่มเด็กนอกระยะตั้งแต่ %(n)s คน", n=number(least))
