"""Which schools a reader asked for, in which order, and what they add up to."""

import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from gisapp.core.grades import LOWER_SECONDARY, PRE_PRIMARY, PRIMARY, UPPER_SECONDARY
from gisapp.core.profile_rows import School

#: Stands for a school about which nobody knows.
NODATA = "nodata"

#: The choice of no school at all: every class of the legend switched off.
NONE = "none"

#: Types of school by what they teach.
TYPES = ("primary", "expansion", "secondary", "pre_primary", NODATA)

#: Traits a reader can ask for -> the column that says so.
TRAITS = {
    "highland": "highland_official",
    "island": "island_official",
    "special": "special_area",
    "royal_project": "royal_project",
    "model_school": "model_school",
    "tambon_quality": "tambon_quality_school",
    "lab_school": "lab_school",
    "standin": "location_quality",
}

#: What the buildings of a school are like: at least one dilapidated, none, nobody knows.
CONDITIONS = ("dilapidated", "sound", NODATA)

#: Letters written before the consonant they belong to, and that consonant.
_LEADING_VOWEL = re.compile("([เแโใไ])([ก-ฮ])")
_MARKS = re.compile("[็-๎]")


@dataclass(frozen=True)
class SchoolFilter:
    """What the reader asked for; what is left empty asks for all.

    Attributes:
        text: Part of a name, code or place.
        chosen: (facet, its chosen values); facets of `FACETS` and "class", the class of a school
            in the view that the map shows.
    """

    text: str = ""
    chosen: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def of(self, facet: str) -> tuple[str, ...]:
        """Return the chosen values of a facet; empty where it is left open."""
        return dict(self.chosen).get(facet, ())

    @property
    def is_empty(self) -> bool:
        """Whether every school passes."""
        return not self.text and not any(values for _facet, values in self.chosen)


@dataclass(frozen=True)
class Totals:
    """What a group of schools adds up to; None where no school states the figure."""

    schools: int
    students: int | None
    male: int | None
    female: int | None
    class_groups: int | None
    teachers: int | None
    pupils_per_teacher: float | None
    small: int | None
    uncounted: int
    standins: int | None
    nowhere: int | None

    @property
    def small_share(self) -> float | None:
        """Share of small schools among those whose pupils are known, 0 to 1."""
        known = self.schools - self.uncounted
        return self.small / known if self.small is not None and known else None


def size_of(school: School) -> str:
    """Return the size class, ``nodata`` where pupils are unknown."""
    return school.size_class_4 or NODATA


def type_of(school: School) -> str:
    """Return what kind of school it is by the levels it offers.

    Source: domain notes B5: a school of expanded opportunity teaches primary and lower secondary.
    """
    levels = school.levels
    if not levels:
        return NODATA
    both = PRIMARY in levels and LOWER_SECONDARY in levels
    if school.expansion_school or (school.expansion_school is None and both):
        return "expansion"
    if PRIMARY in levels:
        return "primary"
    return "secondary" if {LOWER_SECONDARY, UPPER_SECONDARY} & set(levels) else PRE_PRIMARY


def condition_of(school: School) -> str:
    """Return whether a dilapidated structure stands at a school."""
    if school.dilapidated_buildings is None:
        return NODATA
    return "dilapidated" if school.dilapidated_buildings else "sound"


def has_trait(school: School, trait: str) -> bool:
    """Tell whether a school is known to have a trait; unknown is not."""
    if trait == "standin":
        return school.location_quality == "subdistrict"
    return bool(getattr(school, TRAITS[trait]))


def traits_of(school: School) -> tuple[str, ...]:
    """Return the traits a school is known to have."""
    return tuple(trait for trait in TRAITS if has_trait(school, trait))


def known_traits(schools: Iterable[School]) -> frozenset[str]:
    """Return the traits about which at least one school says yes or no; of others nobody knows."""
    found = {
        trait
        for school in schools
        for trait, column in TRAITS.items()
        if getattr(school, column) is not None
    }
    return frozenset(found)


#: Facet -> values that a school has in it.
FACETS: dict[str, Callable[[School], tuple[str, ...]]] = {
    "district": lambda s: (s.district,) if s.district else (),
    "subdistrict": lambda s: (s.subdistrict_code,) if s.subdistrict_code else (),
    "network": lambda s: (s.school_network,) if s.school_network else (),
    "size": lambda s: (size_of(s),),
    "level": lambda s: s.levels,
    "type": lambda s: (type_of(s),),
    "trait": traits_of,
    "condition": lambda s: (condition_of(s),),
}

#: Facet -> columns of `schools` that it speaks of: who may not see one has no such filter.
FACET_NEEDS: dict[str, tuple[str, ...]] = {
    "district": ("district",),
    "subdistrict": ("subdistrict_code",),
    "network": ("school_network",),
    "size": ("size_class_4",),
    "level": ("levels_offered",),
    "type": ("levels_offered",),
    "trait": (),
    "condition": ("dilapidated_buildings",),
}

#: The facet of the legend: which class of the view a school has.
CLASS = "class"

#: A school must have all the chosen values of these, one of them is enough elsewhere.
_ALL_OF = {"trait"}


def missed(school: School, asked: SchoolFilter, class_of: Mapping[str, str]) -> list[str]:
    """Return the facets in which a school has not what was asked for.

    Args:
        school: The school.
        asked: What the reader asked for; its text is not looked at.
        class_of: smis_code -> class of the view.
    """
    found = []
    for facet, values in asked.chosen:
        own = _values(school, facet, class_of)
        enough = all if facet in _ALL_OF else any
        if values and not enough(value in own for value in values):
            found.append(facet)
    return found


def pick(
    schools: Iterable[School],
    asked: SchoolFilter,
    mentioned: Container[str] | None = None,
    class_of: Mapping[str, str] | None = None,
) -> tuple[School, ...]:
    """Return the schools asked for, in the order given.

    Args:
        schools: The schools.
        asked: What the reader asked for.
        mentioned: Codes of the schools that the text means; None asks for all.
        class_of: smis_code -> class of the view.
    """
    return tuple(
        school
        for school in schools
        if (mentioned is None or school.smis_code in mentioned)
        and not missed(school, asked, class_of or {})
    )


def facet_counts(
    schools: Iterable[School],
    asked: SchoolFilter,
    mentioned: Container[str] | None = None,
    class_of: Mapping[str, str] | None = None,
) -> dict[str, Counter[str]]:
    """Count schools for each choice, as it would be with that choice's own facet left open."""
    counts: dict[str, Counter[str]] = {facet: Counter() for facet in (*FACETS, CLASS)}
    classes = class_of or {}
    for school in schools:
        if mentioned is not None and school.smis_code not in mentioned:
            continue
        lacks = missed(school, asked, classes)
        if len(lacks) > 1:
            continue
        for facet in lacks or counts:
            counts[facet].update(_values(school, facet, classes))
    return counts


def _values(school: School, facet: str, class_of: Mapping[str, str]) -> tuple[str, ...]:
    """Return the values of one facet that a school has."""
    if facet == CLASS:
        return (class_of.get(school.smis_code, NODATA),)
    return FACETS[facet](school)


def total(schools: Sequence[School]) -> Totals:
    """Add schools up. Ratios come from sums over schools that know both figures."""
    both = [s for s in schools if s.students is not None and s.teachers is not None]
    teachers = sum(s.teachers or 0 for s in both)
    sizes = [size_of(s) for s in schools]
    counted = len(sizes) - sizes.count(NODATA)
    return Totals(
        schools=len(schools),
        students=_sum(s.students for s in schools),
        male=_sum(s.male for s in schools),
        female=_sum(s.female for s in schools),
        class_groups=_sum(s.class_groups for s in schools),
        teachers=_sum(s.teachers for s in schools),
        pupils_per_teacher=sum(s.students or 0 for s in both) / teachers if teachers else None,
        small=sizes.count("small") if counted else None,
        uncounted=len(sizes) - counted,
        standins=sum(s.location_quality == "subdistrict" for s in schools),
        nowhere=sum(s.lon is None for s in schools),
    )


def thai_order(text: str | None) -> str:
    """Return a key that sorts Thai names as a dictionary does: by consonant, marks ignored."""
    return _LEADING_VOWEL.sub(r"\2\1", _MARKS.sub("", text or ""))


def _sum(values: Iterable[int | None]) -> int | None:
    """Add what is known; None where nothing is."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None
