"""What an address asks of coverage: level, reach, schools counted, unit, measure, tab and order."""

from dataclasses import dataclass

import numpy as np
from werkzeug.datastructures import MultiDict

from gisapp.core.coverage.criteria import ALL, OWN
from gisapp.core.coverage.reckoning.measures import MEASURES
from gisapp.core.grades import PRIMARY
from gisapp.errors import UnknownChoiceError
from gisapp.store.coverage_tables import coverage_criteria
from gisapp.store.published_coverage import (
    OFFICE,
    Offered,
    count_others,
    has_units,
    read_offered,
)
from gisapp.web.coverage.units import UNITS, units_of
from gisapp.web.reader import Reading, settings

#: The parts of the panel beside the map.
ZONES, POCKETS, OUTLOOK = "zones", "pockets", "outlook"
TABS = (ZONES, POCKETS, OUTLOOK)

#: What the table can be sorted by.
SORTS = ("name", "population", "uncovered", "rate", "enrolled", "ger")

#: What an address that is handed on says of itself, though an office's page would add it.
KEPT = ("level", "reach", "affiliations", "unit")

#: The order that nobody asked for otherwise: who needs most comes first.
_FIRST_SORT = "rate"


@dataclass(frozen=True)
class Asked:
    """One question about coverage.

    Attributes:
        level: Education level.
        reach: Kilometres.
        affiliations: Whose schools count.
        unit: Key of `UNITS`.
        measure: Key of `MEASURES`.
        tab: One of `TABS`.
        sort: One of `SORTS`.
        descending: Whether the largest stand first.
        everything: Whether all rows of the table are wanted, not only the first ones.
    """

    level: str
    reach: float
    affiliations: str
    unit: str
    measure: str
    tab: str = ZONES
    sort: str = _FIRST_SORT
    descending: bool = False
    everything: bool = False


def offered_of(now: Reading) -> Offered | None:
    """Return what the round's coverage can be asked for; None where it has none to show."""
    return read_offered(now.file, now.access.of(OFFICE))


def asked_from(now: Reading, offered: Offered, args: MultiDict[str, str]) -> Asked:
    """Read the question of an address; what it leaves out is what the office goes by.

    Raises:
        UnknownChoiceError: A value that this round's coverage does not have.
    """
    usual = PRIMARY if PRIMARY in offered.levels else offered.levels[0]
    level = _one_of("level", args.get("level") or usual, offered.levels)
    units = units_offered(now, level)
    either = (*SORTS, *(f"-{name}" for name in SORTS))
    sort = _one_of("sort", args.get("sort") or _FIRST_SORT, either)
    return Asked(
        level=level,
        reach=reach_from(offered, args.get("reach", "")),
        affiliations=_one_of(
            "affiliations",
            args.get("affiliations") or usual_affiliations(now, offered),
            offered.affiliations,
        ),
        unit=_one_of("unit", args.get("unit") or _usual_unit(now, level, units), units),
        measure=_one_of("measure", args.get("measure") or "rate", measures_offered(now)),
        tab=_one_of("tab", args.get("tab") or ZONES, TABS),
        sort=sort.removeprefix("-"),
        descending=sort.startswith("-"),
        everything=bool(_one_of("rows", args.get("rows", ""), ("", "all"))),
    )


def _usual_unit(now: Reading, level: str, units: tuple[str, ...]) -> str:
    """Return the first kind of unit of which the children of any are known; else the first."""
    for unit in units:
        found = units_of(now, unit, level)
        people = found.figures.get("population")
        named = [key is not None for key in found.keys]
        if people is None or not np.isnan(people[named]).all():
            return unit
    return units[0]


def reach_from(offered: Offered, text: str) -> float:
    """Return the reach that a text names; empty is the office's own.

    Raises:
        UnknownChoiceError: The round was not reckoned with it.
    """
    if not text:
        return own_reach(offered)
    for reach in offered.reaches:
        if text == reach_text(reach):
            return reach
    raise UnknownChoiceError("reach", text)


def usual_affiliations(now: Reading, offered: Offered) -> str:
    """Return whose schools count unless told: every affiliation's, where any other is known."""
    others = knows_others(now) and ALL in offered.affiliations
    return ALL if others or OWN not in offered.affiliations else OWN


def knows_others(now: Reading) -> bool:
    """Tell whether the round knows any school of another affiliation."""
    return count_others(now.file, PRIMARY) is not None


def own_reach(offered: Offered) -> float:
    """Return the reach that the office goes by; the nearest to it that the round knows."""
    own = coverage_criteria(settings()).own_reach.value
    return min(offered.reaches, key=lambda reach: (abs(reach - own), reach))


def reach_text(reach: float) -> str:
    """Write a reach as addresses do: 3, 1.5."""
    return f"{reach:g}"


def units_offered(now: Reading, level: str) -> tuple[str, ...]:
    """Return the units that a level of the round has figures of, in the order of the page."""
    return tuple(
        name
        for name, unit in UNITS.items()
        if has_units(now.file, unit.layer, level, now.access.of(unit.layer))
    )


def measures_offered(now: Reading) -> tuple[str, ...]:
    """Return the measures whose figures the reader may see."""
    seen = now.access.of(OFFICE)
    return tuple(name for name, measure in MEASURES.items() if measure.column in seen)


def asked_parts(asked: Asked, **changes: object) -> dict[str, object]:
    """Return a question as an address writes it, some of it changed."""
    parts: dict[str, object] = {
        "level": asked.level,
        "reach": reach_text(asked.reach),
        "affiliations": asked.affiliations,
        "unit": asked.unit,
        "measure": asked.measure,
        "tab": asked.tab if asked.tab != ZONES else None,
        "sort": None if asked.sort == _FIRST_SORT and not asked.descending else sort_text(asked),
        "rows": "all" if asked.everything else None,
    }
    return parts | changes


def sort_text(asked: Asked) -> str:
    """Write an order as addresses do."""
    return f"-{asked.sort}" if asked.descending else asked.sort


def _one_of(name: str, value: str, known: tuple[str, ...]) -> str:
    """Return a value that is known.

    Raises:
        UnknownChoiceError: It is not.
    """
    if value not in known:
        raise UnknownChoiceError(name, value)
    return value
