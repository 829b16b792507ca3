"""The office at a glance: schools as columns of figures, added up by group."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gisapp.core.grades import LEVELS
from gisapp.core.profile_rows import School
from gisapp.core.school_filter import NODATA, size_of, type_of

Floats = NDArray[np.float64]
Places = NDArray[np.intp]

#: Figures of a school that groups add up, and flags that they count.
SUMMED = (
    "students",
    "male",
    "female",
    *LEVELS,
    "class_groups",
    "teachers",
    "dilapidated_buildings",
    "small",
    "highland_official",
)

#: Columns of `schools` that stand behind `SUMMED`.
COLUMNS = ("size_class_4", *(name for name in SUMMED if name != "small"))

#: By what schools are gathered -> the group of a school; "" where the school does not state it.
GROUPS: dict[str, Callable[[School], str]] = {
    "type": type_of,
    "subdistrict": lambda s: s.subdistrict_code or "",
    "district": lambda s: s.district or "",
    "network": lambda s: s.school_network or "",
    "office": lambda _school: "",
    "size": size_of,
}


@dataclass(frozen=True)
class Figures:
    """What a group of schools adds up to; None where no school of it states the figure.

    Attributes:
        schools: Number of schools.
        small, small_share: Small schools, and their share of those with a known size, 0 to 1.
        pupils_per_teacher, pupils_per_class: Ratios of sums over schools that know both figures.
        lacking: Figure of `SUMMED` -> schools of the group that do not state it.
    """

    schools: int
    students: int | None
    male: int | None
    female: int | None
    pre_primary: int | None
    primary: int | None
    lower_secondary: int | None
    upper_secondary: int | None
    class_groups: int | None
    teachers: int | None
    dilapidated_buildings: int | None
    small: int | None
    highland_official: int | None
    pupils_per_teacher: float | None
    pupils_per_class: float | None
    lacking: Mapping[str, int]

    @property
    def small_share(self) -> float | None:
        """Share of small schools among those whose size is known, 0 to 1."""
        known = self.schools - self.lacking["small"]
        return self.small / known if self.small is not None and known else None


@dataclass(frozen=True, eq=False)
class SchoolTable:
    """The schools of a round as columns, so that a country's worth adds up in milliseconds.

    Attributes:
        place: smis_code -> place of the school in every column.
        columns: Figure of `SUMMED` -> values, NaN where unknown.
        groups: Key of `GROUPS` -> (names of its groups, group of each school by place).
    """

    place: Mapping[str, int]
    columns: Mapping[str, Floats]
    groups: Mapping[str, tuple[tuple[str, ...], Places]]

    def places(self, schools: Iterable[School]) -> Places:
        """Return where some of the schools stand in the columns."""
        return np.array([self.place[school.smis_code] for school in schools], dtype=np.intp)


def make_table(schools: Sequence[School]) -> SchoolTable:
    """Turn schools into columns."""
    return SchoolTable(
        place={school.smis_code: place for place, school in enumerate(schools)},
        columns={name: _column(schools, name) for name in SUMMED},
        groups={by: _grouped([key(s) for s in schools]) for by, key in GROUPS.items()},
    )


def add_up_all(raw: Mapping[str, Sequence[Any]]) -> Figures | None:
    """Add up all schools of a round from its bare columns; None where there is no school.

    Args:
        raw: Column of `schools` -> values, None where unknown: `COLUMNS`.
    """
    sizes = raw["size_class_4"]
    own = {**raw, "small": [_small(size or NODATA) for size in sizes]}
    columns = {name: np.array(own[name], dtype=np.float64) for name in SUMMED}
    everyone = np.arange(len(sizes))
    table = SchoolTable({}, columns, {"office": (("",), np.zeros(len(sizes), dtype=np.intp))})
    return add_up(table, everyone, "office").get("")


def add_up(table: SchoolTable, chosen: Places, by: str) -> dict[str, Figures]:
    """Add up chosen schools by group; groups without a chosen school are left out.

    Args:
        table: Every school of the round.
        chosen: Places of the schools asked for.
        by: Key of `GROUPS`.
    """
    names, group_of = table.groups[by]
    group = group_of[chosen]
    schools = np.bincount(group, minlength=len(names))
    sums, known = {}, {}
    for name, column in table.columns.items():
        sums[name], known[name] = _sums(column[chosen], group, len(names))
    per_teacher = _ratios(table, chosen, group, len(names), "teachers")
    per_class = _ratios(table, chosen, group, len(names), "class_groups")
    found = {}
    for n in np.flatnonzero(schools):
        added = {name: int(sums[name][n]) if known[name][n] else None for name in SUMMED}
        found[names[n]] = Figures(
            schools=int(schools[n]),
            **added,
            pupils_per_teacher=_known(per_teacher[n]),
            pupils_per_class=_known(per_class[n]),
            lacking={name: int(schools[n] - known[name][n]) for name in SUMMED},
        )
    return found


def nothing_added() -> Figures:
    """Return the figures of no school at all: none is known, none is missed."""
    return Figures(
        schools=0,
        **dict.fromkeys(SUMMED),
        pupils_per_teacher=None,
        pupils_per_class=None,
        lacking=dict.fromkeys(SUMMED, 0),
    )


def _column(schools: Sequence[School], name: str) -> Floats:
    """Return one figure of every school, NaN where unknown."""
    if name == "small":
        return np.array([_small(size_of(school)) for school in schools], dtype=np.float64)
    # None becomes NaN.
    return np.array([getattr(school, name) for school in schools], dtype=np.float64)


def _small(size: str) -> float | None:
    """Return 1 for a small school, 0 for another, None where the size is unknown."""
    return None if size == NODATA else float(size == "small")


def _grouped(keys: Sequence[str]) -> tuple[tuple[str, ...], Places]:
    """Number the groups in the order in which they come."""
    number: dict[str, int] = {}
    places = np.array([number.setdefault(key, len(number)) for key in keys], dtype=np.intp)
    return tuple(number), places


def _sums(values: Floats, group: Places, groups: int) -> tuple[Floats, Places]:
    """Return by group the sum of what is known, and how many schools know it."""
    known = ~np.isnan(values)
    sums = np.bincount(group[known], weights=values[known], minlength=groups)
    return sums.astype(np.float64), np.bincount(group[known], minlength=groups)


def _ratios(table: SchoolTable, chosen: Places, group: Places, groups: int, below: str) -> Floats:
    """Return pupils for each of something by group; NaN where there is nothing to divide by.

    Only schools that know both figures count: an average of ratios, or pupils of a school whose
    teachers nobody counted, would say something that is not so.
    """
    pupils, others = table.columns["students"][chosen], table.columns[below][chosen]
    both = ~np.isnan(pupils) & ~np.isnan(others)
    above = np.bincount(group[both], weights=pupils[both], minlength=groups)
    divisor = np.bincount(group[both], weights=others[both], minlength=groups)
    ratios = np.full(groups, np.nan)
    np.divide(above, divisor, out=ratios, where=divisor > 0)
    return ratios


def _known(value: float) -> float | None:
    """Turn NaN into None."""
    return None if np.isnan(value) else float(value)
