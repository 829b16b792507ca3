"""Which schools a reader asked for, in which order, and what they add up to."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from gisapp.core.grades import LEVELS
from gisapp.core.profile_rows import School

#: Size classes, largest first; "nodata" stands for a school whose pupils nobody has counted.
SIZES = ("xlarge", "large", "medium", "small", "no_students", "nodata")

#: Traits a reader can ask for -> the column that says so.
TRAITS = {
    "highland": "highland_official",
    "island": "island_official",
    "expansion": "expansion_school",
    "standin": "location_quality",
}

#: Letters written before the consonant they belong to, and that consonant.
_LEADING_VOWEL = re.compile("([เแโใไ])([ก-ฮ])")
_MARKS = re.compile("[็-๎]")


@dataclass(frozen=True)
class SchoolFilter:
    """What the reader asked for; an empty tuple asks for all.

    Attributes:
        text: Part of a name, code or place.
        districts, networks: Names as in the layers.
        sizes: Of `SIZES`; ("none",) shows no school at all.
        levels: Education levels; a school that offers one of them is shown.
        traits: Keys of `TRAITS`; a school must have all of them.
    """

    text: str = ""
    districts: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    traits: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether every school passes."""
        return self == SchoolFilter()


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
    small: int
    uncounted: int
    standins: int
    nowhere: int

    @property
    def small_share(self) -> float | None:
        """Share of small schools among those whose pupils are known, 0 to 1."""
        known = self.schools - self.uncounted
        return self.small / known if known else None


def size_of(school: School) -> str:
    """Return the size class, ``nodata`` where pupils are unknown."""
    return school.size_class_4 if school.size_class_4 in SIZES else "nodata"


def has_trait(school: School, trait: str) -> bool:
    """Tell whether a school is known to have a trait; unknown is not."""
    if trait == "standin":
        return school.location_quality == "subdistrict"
    return bool(getattr(school, TRAITS[trait]))


def known_traits(schools: Iterable[School]) -> frozenset[str]:
    """Return the traits about which at least one school says yes or no; of others nobody knows."""
    stated = {trait: column for trait, column in TRAITS.items() if trait != "standin"}
    found = {
        trait
        for school in schools
        for trait, column in stated.items()
        if getattr(school, column) is not None
    }
    return frozenset({"standin", *found})


def passes(school: School, asked: SchoolFilter, villages: Mapping[str, str]) -> bool:
    """Tell whether a school is among those asked for.

    Args:
        school: The school.
        asked: What the reader asked for.
        villages: smis_code -> names of the villages it serves, in one text.
    """
    return (
        (not asked.districts or school.district in asked.districts)
        and (not asked.networks or school.school_network in asked.networks)
        and (not asked.sizes or size_of(school) in asked.sizes)
        and (not asked.levels or any(level in asked.levels for level in school.levels))
        and all(has_trait(school, trait) for trait in asked.traits)
        and (not asked.text or _mentions(school, asked.text, villages))
    )


def pick(
    schools: Iterable[School], asked: SchoolFilter, villages: Mapping[str, str] | None = None
) -> tuple[School, ...]:
    """Return the schools asked for, in the order given."""
    if asked.is_empty:
        return tuple(schools)
    return tuple(school for school in schools if passes(school, asked, villages or {}))


def facet_counts(
    schools: Sequence[School], asked: SchoolFilter, villages: Mapping[str, str]
) -> dict[str, Counter[str]]:
    """Count schools for each choice, as it would be with that choice's own group left open."""
    groups: dict[str, tuple[SchoolFilter, Callable[[School], Iterable[str]]]] = {
        "district": (replace(asked, districts=()), lambda s: (s.district or "",)),
        "network": (replace(asked, networks=()), lambda s: (s.school_network or "",)),
        "size": (replace(asked, sizes=()), lambda s: (size_of(s),)),
        "level": (replace(asked, levels=()), lambda s: s.levels),
        "trait": (replace(asked, traits=()), lambda s: (t for t in TRAITS if has_trait(s, t))),
    }
    return {
        name: Counter(
            key for school in pick(schools, open_filter, villages) for key in keys(school)
        )
        for name, (open_filter, keys) in groups.items()
    }


def total(schools: Sequence[School]) -> Totals:
    """Add schools up. Ratios come from sums over schools that know both figures."""
    both = [s for s in schools if s.students is not None and s.teachers is not None]
    teachers = sum(s.teachers or 0 for s in both)
    return Totals(
        schools=len(schools),
        students=_sum(s.students for s in schools),
        male=_sum(s.male for s in schools),
        female=_sum(s.female for s in schools),
        class_groups=_sum(s.class_groups for s in schools),
        teachers=_sum(s.teachers for s in schools),
        pupils_per_teacher=sum(s.students or 0 for s in both) / teachers if teachers else None,
        small=sum(s.size_class_4 == "small" for s in schools),
        uncounted=sum(size_of(s) == "nodata" for s in schools),
        standins=sum(s.location_quality == "subdistrict" for s in schools),
        nowhere=sum(s.lon is None for s in schools),
    )


def thai_order(text: str | None) -> str:
    """Return a key that sorts Thai names as a dictionary does: by consonant, marks ignored."""
    return _LEADING_VOWEL.sub(r"\2\1", _MARKS.sub("", text or ""))


def levels_taught(schools: Iterable[School]) -> tuple[str, ...]:
    """Return the levels that at least one school offers, youngest first."""
    taught = {level for school in schools for level in school.levels}
    return tuple(level for level in LEVELS if level in taught)


def _mentions(school: School, text: str, villages: Mapping[str, str]) -> bool:
    """Tell whether a name, code or place of a school contains a text, letter case aside."""
    sought = text.casefold()
    codes = (school.smis_code, school.ministry_code, school.percode)
    names = (school.school_name_th, school.school_name_en, school.subdistrict)
    if any(code and code.startswith(sought) for code in codes):
        return True
    return any(
        sought in (name or "").casefold() for name in (*names, villages.get(school.smis_code))
    )


def _sum(values: Iterable[int | None]) -> int | None:
    """Add what is known; None where nothing is."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None
