"""A school's own ratio, pulled to the office's where too few children stand behind it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Figures = NDArray[np.float64]


@dataclass(frozen=True)
class PulledRatios:
    """Ratios of schools and of the office.

    Attributes:
        office: Sum of all numerators by sum of all denominators; NaN without any.
        school: [school] Pulled ratio; NaN where the school has numerators but never a
            denominator (pupils, but no children whom they could have come from), or where
            nothing is known of the office either.
        weight: [school] How much the school's own ratio counts, 0 to 1.
    """

    office: float
    school: Figures
    weight: Figures


def pulled_ratios(numerators: Figures, denominators: Figures) -> PulledRatios:
    """Return each school's ratio over the years, summed before dividing, pulled to the office's.

    A school's own ratio counts with the weight w / (w + s² / t²): w the sum of its denominators,
    s² how much a school's ratio varies from year to year, t² how much schools differ. A school
    with nothing behind it takes the office's ratio. Where no school has two years, s² is that of
    counted events, the ratio itself (Poisson).

    Args:
        numerators: [school, year]; NaN is unknown.
        denominators: [school, year], none below 0; NaN is unknown. A year counts where both are
            known.

    Source: Bühlmann and Straub, Glaubwürdigkeit für Schadensätze (1970); estimators of
    Bühlmann and Gisler, A Course in Credibility Theory (2005), section 4.8.
    """
    known = ~(np.isnan(numerators) | np.isnan(denominators))
    top, below = np.where(known, numerators, 0.0), np.where(known, denominators, 0.0)
    tops, weights = top.sum(axis=1), below.sum(axis=1)
    everything = float(weights.sum())
    if not everything > 0:
        nothing = np.full(len(tops), np.nan)
        return PulledRatios(np.nan, nothing, np.zeros(len(tops)))
    office = float(tops.sum()) / everything
    own = np.divide(tops, weights, out=np.full(len(tops), office), where=weights > 0)
    within = _within(top, below, own, office)
    spread = everything - float((weights**2).sum()) / everything
    between = float((weights * (own - office) ** 2).sum())
    between -= (np.count_nonzero(weights) - 1) * within
    between = max(between / spread, 0.0) if spread > 0 else 0.0
    pull = weights * between + within
    weight = np.divide(weights * between, pull, out=np.zeros(len(tops)), where=pull > 0)
    school = office + weight * (own - office)
    from_nowhere = (weights == 0) & (tops > 0)
    return PulledRatios(office, np.where(from_nowhere, np.nan, school), weight)


def _within(top: Figures, below: Figures, own: Figures, office: float) -> float:
    """Variance of a school's ratio from year to year, per child of the denominator."""
    counted = below > 0
    freedom = int(np.maximum(counted.sum(axis=1) - 1, 0).sum())
    if not freedom:
        return office
    off = np.where(counted, top - own[:, None] * below, 0.0)
    return float((off**2 / np.where(counted, below, 1.0)).sum()) / freedom
