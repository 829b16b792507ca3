"""The table beside the map: units in order, with the counters above them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gisapp.core.school_filter import thai_order
from gisapp.store.published_coverage import UnitFigures
from gisapp.web.coverage.asked import Asked
from gisapp.web.coverage.legend import Legend, legend_of, lowest_limit, token_of, unit_classes
from gisapp.web.coverage.units import Answer, answer, known, names_of, office_of, units_of
from gisapp.web.coverage.unknown import Unknown, unknown_of
from gisapp.web.reader import Reading, language, link

#: Figure of `Answer` -> its decimals where it is sorted and sent; people are whole.
DECIMALS = {"rate": 4, "ger": 4, "gir": 4, "at_least": 1, "at_most": 1, "ger_least": 1}

#: Rows that stand beside the map before all are asked for, and the most that one page holds.
FIRST_ROWS, ALL_ROWS = 8, 2_000


@dataclass(frozen=True)
class UnitRow:
    """One unit with its figures; None is unknown.

    Attributes:
        key: As in the address of what is drawn; empty for what belongs to no unit.
        name: What it is called.
        url: Page of its school; None where it has none.
        population, covered, uncovered: Whole people.
        rate, at_least, at_most, ger, ger_least: Percent; bounds only where nobody knows more.
        token: Colour of its class of the share within reach; empty where nobody knows it.
    """

    key: str
    name: str
    url: str | None
    population: float | None
    covered: float | None
    uncovered: float | None
    rate: float | None
    at_least: float | None
    at_most: float | None
    uncovered_least: float | None
    uncovered_most: float | None
    enrolled: float | None
    enrolled_least: float | None
    ger: float | None
    ger_least: float | None
    token: str


@dataclass(frozen=True)
class Sums:
    """The counters; None is unknown.

    Attributes:
        uncovered_least, uncovered_most: Whole people, where nobody knows how many.
        below: Units whose share within reach is surely smaller than the lowest limit; None where
            no unit's is surely so or not.
        decided: Units whose share is surely smaller or not.
        units: All units, without what belongs to none.
        enrolled_least, ger_least: Of the schools of known pupils, where others are unknown.
        silent: Schools whose pupils are unknown.
        unlocated: Schools without a point that make the share unknown.
        edge: Uncovered children nearer to the border than to any known school.
        unplaced: Children whose place nobody knows.
    """

    population: float | None
    covered: float | None
    uncovered: float | None
    rate: float | None
    at_least: float | None
    at_most: float | None
    uncovered_least: float | None
    uncovered_most: float | None
    enrolled: float | None
    ger: float | None
    gir: float | None
    enrolled_least: float | None
    ger_least: float | None
    silent: float | None
    below: int | None
    decided: int
    units: int
    unlocated: float | None
    edge: float | None
    unplaced: float | None

    @property
    def outside(self) -> float | None:
        """Percent out of reach: with the percent within, as written, it makes 100.0."""
        return None if self.rate is None else 100 - round(self.rate, 1)

    @property
    def outside_between(self) -> tuple[float, float] | None:
        """Percentages between which the share out of reach lies, where nobody knows it."""
        if self.at_least is None or self.at_most is None:
            return None
        return 100 - self.at_most, 100 - self.at_least


@dataclass(frozen=True)
class UnitTable:
    """Everything that one question answers about units.

    Attributes:
        rows: Those shown, in order; what belongs to no unit stands last.
        count: How many rows there are.
        sums: The office's counters.
        legend: Of the measure asked for.
        unknown: Named units without a share within reach, by what is missing.
        without: The same of the measure asked for.
        nobodys: What belongs to no unit; None where nothing does.
    """

    rows: tuple[UnitRow, ...]
    count: int
    sums: Sums
    legend: Legend
    unknown: Unknown
    without: Unknown
    nobodys: UnitRow | None


def table_of(now: Reading, asked: Asked, most: int | None = None) -> UnitTable:
    """Answer a question.

    Args:
        now: What is read.
        asked: The question.
        most: Most rows wanted; None is as many as the question wants.
    """
    units, office = units_of(now, asked.unit, asked.level), office_of(now, asked.level)
    figures = answer(units, asked.affiliations, asked.reach, office)
    names = names_of(now, asked.unit, units, language())
    named = np.array([key is not None for key in units.keys])
    order = _order(units, asked, figures, names)
    most = most or (ALL_ROWS if asked.everything else FIRST_ROWS)
    classes = unit_classes(units, "rate", asked.affiliations, asked.reach)
    shown = unit_classes(units, asked.measure, asked.affiliations, asked.reach)
    last = len(units.keys) - 1
    nobodys = None
    if not named[last] and (figures.population[last] != 0 or figures.enrolled[last] != 0):
        nobodys = _row(asked, units, figures, names, classes, last)
    return UnitTable(
        rows=tuple(_row(asked, units, figures, names, classes, at) for at in order[:most]),
        count=len(order),
        sums=_sums(units, office, asked, named),
        legend=legend_of(asked.measure, shown[named]),
        unknown=unknown_of(figures, named & (classes < 0)),
        without=unknown_of(figures, named & (shown < 0)),
        nobodys=nobodys,
    )


def order_by_name(units: UnitFigures, names: Sequence[str]) -> list[int]:
    """Return the places of named units as a dictionary has them."""
    places = (place for place, key in enumerate(units.keys) if key is not None)
    return sorted(places, key=lambda at: (thai_order(names[at]), names[at]))


def _order(units: UnitFigures, asked: Asked, figures: Answer, names: tuple[str, ...]) -> list[int]:
    """Return the places of named units in the order asked for; unknown stands last either way.

    They are sorted by what is shown, as the page's script does; equal ones by their code. Of a
    range the end counts that is sure: no more than it going up, no less than it going down.
    """
    if asked.sort == "name":
        by_name = order_by_name(units, names)
        return by_name[::-1] if asked.descending else by_name
    values = np.round(getattr(figures, asked.sort), DECIMALS.get(asked.sort, 0))
    if asked.sort == "rate":
        sure = figures.at_least if asked.descending else figures.at_most
        values = np.where(np.isnan(values), sure, values)
    sign = -1 if asked.descending else 1
    places = np.array([place for place, key in enumerate(units.keys) if key is not None], dtype=int)
    unknown = np.isnan(values[places])
    order: list[int] = places[np.lexsort((sign * values[places], unknown))].tolist()
    return order


def _row(
    asked: Asked,
    units: UnitFigures,
    figures: Answer,
    names: tuple[str, ...],
    classes: np.ndarray,
    at: int,
) -> UnitRow:
    """Write one unit."""
    key = units.keys[at]
    place = int(classes[at])
    return UnitRow(
        key=key or "",
        name=names[at],
        url=link("schools.profile", smis_code=key) if key and asked.unit == "zone" else None,
        population=known(figures.population[at]),
        covered=known(figures.covered[at]),
        uncovered=known(figures.uncovered[at]),
        rate=known(figures.rate[at]),
        at_least=known(figures.at_least[at]),
        at_most=known(figures.at_most[at]),
        uncovered_least=known(figures.uncovered_least[at]),
        uncovered_most=known(figures.uncovered_most[at]),
        enrolled_least=known(figures.enrolled_least[at]),
        enrolled=known(figures.enrolled[at]),
        ger=known(figures.ger[at]),
        ger_least=known(figures.ger_least[at]),
        token=token_of("rate", place) if place >= 0 else "",
    )


def _sums(units: UnitFigures, office: UnitFigures, asked: Asked, named: np.ndarray) -> Sums:
    """Return the office's figures and how many units fall short."""
    whole = answer(office, asked.affiliations, asked.reach)
    below, decided = below_limit(units, asked.affiliations, asked.reach)
    return Sums(
        **{
            name: known(getattr(whole, name)[0])
            for name in (
                "population", "covered", "uncovered", "rate", "at_least", "at_most",
                "uncovered_least", "uncovered_most", "enrolled",
                "ger", "gir", "enrolled_least", "ger_least", "silent", "unlocated", "edge",
                "unplaced",
            )
        },
        below=below,
        decided=decided,
        units=int(named.sum()),
    )  # fmt: skip


def below_limit(units: UnitFigures, affiliations: str, reach: float) -> tuple[int | None, int]:
    """Return how many named units have a share within reach below the lowest limit, of how many.

    A unit whose share is not known counts where even its bounds decide. None where nobody knows
    it of any unit.
    """
    limit = lowest_limit()
    named = np.array([key is not None for key in units.keys])
    if limit is None:
        return 0, int(named.sum())
    figures = answer(units, affiliations, reach)
    classes = unit_classes(units, "rate", affiliations, reach)
    below = named & ((classes == 0) | (figures.at_most < limit))
    decided = below | (named & ((classes > 0) | (figures.at_least >= limit)))
    count = int(decided.sum())
    return (int(below.sum()) if count else None), count
