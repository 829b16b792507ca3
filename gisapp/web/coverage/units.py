"""Units of coverage and their figures as a page shows them: whole people that add up."""

import functools
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gisapp.core.coverage.reckoning.shown import shown_number
from gisapp.core.coverage.reckoning.shown_figures import PEOPLE, whole_table
from gisapp.core.profile_rows import School
from gisapp.store.published import read_rows
from gisapp.store.published_coverage import OFFICE, UNIT_KEYS, UnitFigures, read_units
from gisapp.web.i18n import gettext as _
from gisapp.web.reader import Reading, district_names, language, subdistrict_names
from gisapp.web.words import district_word, school_name

#: Pupils for 100 children.
_ALL_CHILDREN = 100

#: A figure for each unit; NaN unknown.
Values = NDArray[np.float64]


@dataclass(frozen=True)
class OtherSchool:
    """A school of another affiliation, as far as pages name it."""

    smis_code: str
    school_name_en: str | None = None


@dataclass(frozen=True)
class Unit:
    """One kind of unit.

    Attributes:
        name: As in the address.
        layer: Whose rows are its figures.
    """

    name: str
    layer: str

    @property
    def key(self) -> str:
        """Column of the layer that tells units apart."""
        return UNIT_KEYS[self.layer]


#: Every kind of unit, in the order of the page.
UNITS = {
    name: Unit(name, f"{name}_coverage") for name in ("zone", "subdistrict", "district", "network")
}


@dataclass(frozen=True, eq=False)
class Answer:
    """Figures of units for one question, as they are shown.

    Attributes:
        population, covered, uncovered: Whole people; parts add up to the office's.
        rate: Percent within reach.
        at_least, at_most: Percent between which the rate lies, where nobody knows it but knows
            that it is not just between nobody and everybody.
        uncovered_least, uncovered_most: The same of the children out of reach, whole people.
        ger, gir: Percent.
        enrolled_least, ger_least: What the schools of known pupils alone make of both, where the
            pupils of others are unknown; NaN where there are none.
        silent: Schools whose pupils are unknown.
        unlocated: Schools without a point that make the rate unknown.
        edge: Uncovered children nearer to the border than to any school.
        unplaced: Children whose place nobody knows.
    """

    population: Values
    covered: Values
    uncovered: Values
    rate: Values
    at_least: Values
    at_most: Values
    uncovered_least: Values
    uncovered_most: Values
    enrolled: Values
    ger: Values
    gir: Values
    enrolled_least: Values
    ger_least: Values
    silent: Values
    unlocated: Values
    edge: Values
    unplaced: Values


def units_of(now: Reading, unit: str, level: str) -> UnitFigures:
    """Return the figures of a kind of unit that the round has at a level.

    Raises:
        KeyError: It has none.
    """
    layer = UNITS[unit].layer
    found = read_units(now.file, layer, level, now.access.of(layer))
    if found is None:
        raise KeyError(layer)
    return found


def office_of(now: Reading, level: str) -> UnitFigures:
    """Return the figures of the whole office at a level.

    Raises:
        KeyError: The round has none.
    """
    found = read_units(now.file, OFFICE, level, now.access.of(OFFICE))
    if found is None:
        raise KeyError(OFFICE)
    return found


@functools.lru_cache(maxsize=256)
def answer(
    units: UnitFigures, affiliations: str, reach: float, office: UnitFigures | None = None
) -> Answer:
    """Return the figures for one question.

    Args:
        units: Figures of the units.
        affiliations: Whose schools count.
        reach: Kilometres.
        office: The office's, so that children of all units add up to those shown of the office.
    """

    def of(column: str) -> Values:
        return units.of(column, affiliations, reach)

    exact, people = of("population"), whole_people_of(units, affiliations, reach, office)
    population, uncovered = people["population"], people["uncovered_population"]
    rate = of("coverage_rate") * 100
    least, most = (_tenths(of(name), exact) for name in ("covered_at_least", "covered_at_most"))
    enrolled, stated = of("enrolled"), of("enrolled_at_least")
    stated = np.where(np.isnan(enrolled) & (stated > 0), stated, np.nan)
    bounded = np.isnan(rate) & ~np.isnan(least + most) & ((least >= 1) | (most <= 999))
    return Answer(
        population=population,
        covered=population - uncovered,
        uncovered=uncovered,
        rate=rate,
        # Rounded away from each other: the rate must lie between what is written.
        at_least=np.where(bounded, np.floor(least) / 10, np.nan),
        at_most=np.where(bounded, np.ceil(most) / 10, np.nan),
        uncovered_least=np.where(bounded, population - people["covered_at_most"], np.nan),
        uncovered_most=np.where(bounded, population - people["covered_at_least"], np.nan),
        enrolled=enrolled,
        ger=of("gross_enrolment_ratio"),
        gir=of("gross_intake_ratio"),
        enrolled_least=stated,
        ger_least=np.floor(_tenths(stated, exact)) / 10,
        silent=of("schools_without_pupils"),
        unlocated=of("unlocated_schools"),
        edge=of("edge_population"),
        unplaced=of("unplaced_population"),
    )


@functools.lru_cache(maxsize=256)
def whole_people_of(
    units: UnitFigures, affiliations: str, reach: float, office: UnitFigures | None = None
) -> dict[str, Values]:
    """Return each of `PEOPLE` for one question as whole numbers that fit each other.

    Args:
        units, affiliations, reach, office: As in `answer`.
    """
    total = None
    if office is not None:
        told = float(office.of("population", affiliations, reach)[0])
        total = None if np.isnan(told) else shown_number(told)
    return whole_table({name: units.of(name, affiliations, reach) for name in PEOPLE}, total)


def above_hundred(now: Reading, unit: str, level: str, affiliations: str) -> bool:
    """Tell whether any unit, or the office, has more pupils than children of their age."""
    return any(
        bool((one.of("gross_enrolment_ratio", affiliations, one.reaches[0]) > _ALL_CHILDREN).any())
        for one in (units_of(now, unit, level), office_of(now, level))
    )


def _tenths(part: Values, whole: Values) -> Values:
    """Return shares in tenths of a percent, without the last bits of a sum; NaN of nobody."""
    share = np.full(len(whole), np.nan)
    np.divide(part, whole, out=share, where=whole > 0)
    return np.round(share * 1000, 5)


def known(value: float) -> float | None:
    """Return a figure of an array as pages write it: None is unknown."""
    return None if np.isnan(value) else float(value)


@functools.lru_cache(maxsize=64)
def names_of(now: Reading, unit: str, units: UnitFigures, _language: str) -> tuple[str, ...]:
    """Return what the units are called in the reader's language; two of one name are told apart."""
    words = [
        nobodys_word(unit, alone=len(units.keys) == 1)
        if key is None
        else _name(now, unit, key, units, place)
        for place, key in enumerate(units.keys)
    ]
    often = Counter(words)
    return tuple(
        word if often[word] == 1 or key is None else f"{word} ({_beside(unit, key, units, place)})"
        for place, (word, key) in enumerate(zip(words, units.keys, strict=True))
    )


def _name(now: Reading, unit: str, key: str, units: UnitFigures, place: int) -> str:
    """Name one unit."""
    if unit == "zone":
        school = _schools(now).get(key)
        return school or _said(units, "school_name_th", place) or key
    if unit == "subdistrict":
        known_as = subdistrict_names(now).get(key)
        english = known_as.subdistrict_en if known_as and language() == "en" else None
        return english or _said(units, "subdistrict_th", place) or key
    if unit == "district":
        thai = _said(units, "district_th", place)
        return district_word(thai) if thai in district_names(now) else thai or key
    return key


def _beside(unit: str, key: str, units: UnitFigures, place: int) -> str:
    """Say what tells a unit from another of the same name."""
    district = _said(units, "district_th", place) if unit == "subdistrict" else ""
    return _("อ.%(name)s", name=district_word(district)) if district else key


def _said(units: UnitFigures, column: str, place: int) -> str:
    words = units.said.get(column)
    return (words[place] or "") if words else ""


@functools.lru_cache(maxsize=8)
def _names(now: Reading, _language: str) -> Mapping[str, str]:
    return {school.smis_code: school_name(school) for school in now.schools()}


def _schools(now: Reading) -> Mapping[str, str]:
    """Return the names of the round's schools by code, in the reader's language."""
    return _names(now, language())


@functools.lru_cache(maxsize=8)
def _english_names(now: Reading) -> Mapping[str, str | None]:
    """Return English names by code, of the office's schools and those of other affiliations."""
    rows: tuple[School | OtherSchool, ...] = (
        *read_rows(now.file, "other_schools", OtherSchool, now.access.of("other_schools")),
        *now.schools(),
    )
    return {row.smis_code: row.school_name_en for row in rows}


def english_school(now: Reading, smis_code: str) -> str | None:
    """Return a school's English name; None where the round has none."""
    return _english_names(now).get(smis_code)


def nobodys_word(unit: str, *, alone: bool = False) -> str:
    """Name the row of what belongs to no unit.

    Args:
        unit: Key of `UNITS`.
        alone: Whether there is no unit at all: then nobody knows whose zone the land is.
    """
    if alone and unit == "zone":
        return _("ยังสร้างเขตไม่ได้")
    return {
        "zone": _("นอกเขตบริการทุกโรงเรียน"),
        "subdistrict": _("ไม่ทราบตำบล"),
        "district": _("ไม่ทราบอำเภอ"),
        "network": _("ไม่มีเครือข่าย"),
    }[unit]


def unit_word(unit: str) -> str:
    """Name a kind of unit."""
    word = {
        "zone": _("เขตบริการ"),
        "subdistrict": _("ตำบล"),
        "district": _("อำเภอ"),
        "network": _("เครือข่าย"),
    }[unit]
    return word[:1].upper() + word[1:]  # where it begins a list it is a heading
