"""What a map of coverage can show of each unit, and into which class of its legend a unit falls."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gisapp.core.map_steps import Step

#: Decimals a figure is rounded to before it is sorted into a class: 95 % must not fall below 95
#: by the last bits of a division.
_DECIMALS = 9


@dataclass(frozen=True)
class Measure:
    """One figure that units are coloured by.

    Attributes:
        name: As in the address.
        column: Of the layers of coverage.
        limits: Whose classes it is sorted into, as in ``data/criteria/coverage_classes.csv``.
        by_reach: Whether it depends on the reach.
        factor: What the column is multiplied with: a share becomes a percentage.
    """

    name: str
    column: str
    limits: str
    by_reach: bool = False
    factor: float = 1.0


#: Every measure by its name, in the order in which a reader finds them.
MEASURES = {
    measure.name: measure
    for measure in (
        Measure("rate", "coverage_rate", "rate", by_reach=True, factor=100.0),
        Measure("uncovered", "uncovered_population", "uncovered", by_reach=True),
        Measure("ger", "gross_enrolment_ratio", "ger"),
        Measure("gir", "gross_intake_ratio", "ger"),
        Measure("population", "population", "people"),
        Measure("enrolled", "enrolled", "people"),
    )
}

#: Every set of classes that a measure is sorted into.
LIMITS = tuple(dict.fromkeys(measure.limits for measure in MEASURES.values()))


def classes_of(values: NDArray[np.float64], steps: Sequence[Step]) -> NDArray[np.int64]:
    """Return the place of each value's class among the steps; -1 where the value is unknown.

    Args:
        values: Any shape; NaN is unknown.
        steps: Smallest figures first.
    """
    rounded = np.round(values, _DECIMALS)
    found = np.full(rounded.shape, -1, dtype=np.int64)
    for place, step in enumerate(steps):
        if step.is_point:
            held = rounded == step.least
        else:
            above = -np.inf if step.least is None else step.least
            below = np.inf if step.below is None else step.below
            held = (rounded >= above) & (rounded < below)
        found[held & (found < 0)] = place
    return found
