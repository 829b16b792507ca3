"""The legend of the map of coverage: classes of a measure, their words, colours and counts."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gisapp.core.coverage.reckoning.measures import MEASURES, Measure, classes_of
from gisapp.core.map_steps import Step
from gisapp.store.coverage_tables import coverage_steps
from gisapp.store.published_coverage import UnitFigures
from gisapp.web.i18n import gettext as _
from gisapp.web.reader import settings
from gisapp.web.words import number

#: Limits -> colours of the classes, smallest figures first, where there are as many as can be.
#: What asks for action has the most ink; about as many pupils as children has the least.
_TOKENS = {
    "rate": ("n-5", "n-4", "n-3", "n-2", "n-1"),
    "uncovered": ("n-1", "n-2", "n-3", "n-4", "n-5"),
    "ger": ("d-1", "d-3", "d-4", "d-5", "d-7"),
    "people": ("q-1", "q-2", "q-3", "q-4", "q-5"),
}


@dataclass(frozen=True)
class ClassRow:
    """One class of a legend.

    Attributes:
        name: As the office's table names it.
        word: Which figures it holds.
        token: Its colour.
        count: Units in it.
    """

    name: str
    word: str
    token: str
    count: int


@dataclass(frozen=True)
class Legend:
    """The legend of a measure.

    Attributes:
        rows: What stands highest is best or most: as the page shows them, top to bottom.
        unknown: Units of which nobody knows the figure.
    """

    rows: tuple[ClassRow, ...]
    unknown: int


def legend_of(measure: str, classes: NDArray[np.int64]) -> Legend:
    """Return the legend of a measure with the number of units in each class.

    Args:
        measure: Key of `MEASURES`.
        classes: Place of the class of each unit that has a name; -1 unknown.
    """
    steps = steps_of(MEASURES[measure])
    rows = [
        ClassRow(
            step.name,
            step_word(step, steps),
            token_of(measure, place),
            int((classes == place).sum()),
        )
        for place, step in enumerate(steps)
    ]
    return Legend(tuple(reversed(rows)), int((classes < 0).sum()))


def unit_classes(
    units: UnitFigures, measure: str, affiliations: str, reach: float
) -> NDArray[np.int64]:
    """Return the place of each unit's class of a measure; -1 where nobody knows the figure."""
    asked = MEASURES[measure]
    figures = units.of(asked.column, affiliations, reach) * asked.factor
    return classes_of(figures, steps_of(asked))


def steps_of(measure: Measure) -> tuple[Step, ...]:
    """Return the classes of a measure, smallest figures first."""
    steps: Mapping[str, tuple[Step, ...]] = coverage_steps(settings())
    return steps[measure.limits]


def token_of(measure: str, place: int) -> str:
    """Return the colour of a class by its place among the steps of its measure."""
    tokens = _TOKENS[MEASURES[measure].limits]
    count = len(steps_of(MEASURES[measure]))
    return tokens[0] if count == 1 else tokens[round(place * (len(tokens) - 1) / (count - 1))]


def step_word(step: Step, steps: tuple[Step, ...]) -> str:
    """Say which figures a class holds: 50 – น้อยกว่า 70."""
    if step.is_point:
        return _limit(step.least)
    if step.below is None:
        return _("%(n)s ขึ้นไป", n=_limit(step.least))
    after_point = any(other.is_point and other.least == step.least for other in steps)
    if step.least is None or step.least == 0 or after_point:
        return _("น้อยกว่า %(n)s", n=_limit(step.below))
    return _("%(least)s – น้อยกว่า %(below)s", least=_limit(step.least), below=_limit(step.below))


def lowest_limit() -> float | None:
    """Return below which percentage the children within reach are fewest; None without a limit."""
    return steps_of(MEASURES["rate"])[0].below


def measure_word(measure: str) -> str:
    """Name a measure as the choice above the legend does."""
    return {
        "rate": _("ร้อยละเด็กที่อยู่ในระยะ"),
        "uncovered": _("จำนวนเด็กนอกระยะ"),
        "ger": _("อัตราเข้าเรียนอย่างหยาบ"),
        "gir": _("อัตราการรับเข้าอย่างหยาบ"),
        "population": _("จำนวนเด็กในวัย"),
        "enrolled": _("จำนวนนักเรียน"),
    }[measure]


def measure_head(measure: str) -> str:
    """Head a legend: what its figures are."""
    return {
        "rate": _("ในระยะ (%)"),
        "uncovered": _("นอกระยะ (คน)"),
        "ger": _("นักเรียนต่อเด็ก 100 คน"),
        "gir": _("นักเรียนชั้นแรกต่อเด็กวัยเข้าเรียน 100 คน"),
        "population": _("เด็ก (คน)"),
        "enrolled": _("นักเรียน (คน)"),
    }[measure]


def _limit(value: float | None) -> str:
    """Write a limit without needless decimals."""
    return number(value, 0 if value is None or float(value).is_integer() else 1)
