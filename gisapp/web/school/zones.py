"""The service zones of a school: children, who of them is within reach, pupils, years ahead."""

from dataclasses import dataclass

from gisapp.core.coverage.criteria import ALL
from gisapp.store.published_coverage import read_unit
from gisapp.web.choosing.choice import line_files
from gisapp.web.coverage.asked import (
    Asked,
    asked_parts,
    offered_of,
    own_reach,
    units_offered,
    usual_affiliations,
)
from gisapp.web.coverage.method import zone_method_word
from gisapp.web.coverage.outlooks import Outlook, looks_ahead, outlooks_of
from gisapp.web.coverage.trend import unit_value
from gisapp.web.coverage.units import UNITS, answer, known, office_of, units_of
from gisapp.web.coverage.unknown import no_zones_word
from gisapp.web.reader import Reading

#: Pupils for 100 children.
_ALL_CHILDREN = 100


@dataclass(frozen=True)
class ZoneYear:
    """Children and pupils of a zone in one round; None is unknown."""

    year_be: int
    population: float | None
    enrolled: float | None


@dataclass(frozen=True)
class SchoolZone:
    """The zone of a school at one level; None is unknown.

    Attributes:
        level: Education level.
        parts: What the page of coverage is asked to show the same zone.
        method: How the zone was made, in words.
        population, covered: Whole people, as the page of coverage shows them.
        rate, at_least, at_most, ger, ger_least: Percent; bounds only where nobody knows more.
        enrolled_least: Of the schools of known pupils, where others are unknown.
        silent: Schools whose pupils are unknown.
        unlocated: Schools without a point that make the rate unknown.
        years: This and up to four earlier rounds, old to new.
    """

    level: str
    parts: dict[str, object]
    method: str
    population: float | None
    covered: float | None
    rate: float | None
    at_least: float | None
    at_most: float | None
    unlocated: float | None
    enrolled: float | None
    ger: float | None
    enrolled_least: float | None
    ger_least: float | None
    silent: float | None
    years: tuple[ZoneYear, ...]


@dataclass(frozen=True)
class SchoolZones:
    """What a school's page says of its zones.

    Attributes:
        reach: The office's own, km.
        everybodys: Whether schools of other affiliations count too, as on the page of coverage.
        zones: One for each level that the school has a zone of.
        outlooks: Pupils expected in its entry grades.
        missing: Why no school has a zone; empty where any has one.
        looks_ahead: Whether the round has an outlook of any school.
    """

    reach: float
    everybodys: bool
    zones: tuple[SchoolZone, ...]
    outlooks: tuple[Outlook, ...]
    looks_ahead: bool
    missing: str

    @property
    def above_hundred(self) -> bool:
        """Whether any zone has more pupils than children, which calls for a word."""
        return any((zone.ger or zone.ger_least or 0) > _ALL_CHILDREN for zone in self.zones)

    @property
    def years(self) -> tuple[int, ...]:
        """Academic years BE in which any of the zones has figures, old to new."""
        return tuple(sorted({one.year_be for zone in self.zones for one in zone.years}))


def zones_of(now: Reading, smis_code: str) -> SchoolZones | None:
    """Return the zones of a school; None where the round has no coverage for this reader."""
    offered = offered_of(now)
    if offered is None:
        return None
    reach, whose = own_reach(offered), usual_affiliations(now, offered)
    zones = (
        _zone(now, Asked(level, reach, whose, "zone", "rate"), smis_code)
        for level in offered.levels
        if "zone" in units_offered(now, level)
    )
    return SchoolZones(
        reach,
        whose == ALL,
        tuple(zone for zone in zones if zone is not None),
        outlooks_of(now, smis_code),
        looks_ahead(now),
        _why_no_zones(now, offered.levels),
    )


def _why_no_zones(now: Reading, levels: tuple[str, ...]) -> str:
    """Say why no school has a zone of any level; empty where one has."""
    words = [no_zones_word(now, level) for level in levels if "zone" in units_offered(now, level)]
    return words[0] if words and all(words) else ""


def _zone(now: Reading, asked: Asked, smis_code: str) -> SchoolZone | None:
    """Return the zone at one level; None where the school has none."""
    units = units_of(now, "zone", asked.level)
    if smis_code not in units.keys:
        return None
    at = units.keys.index(smis_code)
    figures = answer(units, asked.affiliations, asked.reach, office_of(now, asked.level))
    methods = units.said.get("zone_method")
    return SchoolZone(
        level=asked.level,
        parts=asked_parts(asked, chosen=smis_code),
        method=zone_method_word(methods[at]) if methods else "",
        population=known(figures.population[at]),
        covered=known(figures.covered[at]),
        rate=known(figures.rate[at]),
        at_least=known(figures.at_least[at]),
        at_most=known(figures.at_most[at]),
        unlocated=known(figures.unlocated[at]),
        enrolled=known(figures.enrolled[at]),
        ger=known(figures.ger[at]),
        enrolled_least=known(figures.enrolled_least[at]),
        ger_least=known(figures.ger_least[at]),
        silent=known(figures.silent[at]),
        years=_years(now, asked, smis_code),
    )


def _years(now: Reading, asked: Asked, smis_code: str) -> tuple[ZoneYear, ...]:
    """Return children and pupils of the zone in the rounds that know it."""
    layer = UNITS["zone"].layer
    found = []
    for year, file in line_files(now):
        unit = (
            read_unit(file, layer, asked.level, smis_code, now.access.of(layer)) if file else None
        )
        if unit:
            population = unit_value(unit, "population", asked)
            found.append(ZoneYear(year, population, unit_value(unit, "enrolled", asked)))
    return tuple(found)
