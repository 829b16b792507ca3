"""People as whole numbers: what is shown adds up to the total that is shown.

Figures are reckoned with fractions of a child, because a zone may hold 0.4 of a village. Rounded
one by one they would no longer add up to their own total.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Shown = NDArray[np.float64]


def shown_number(value: float) -> float:
    """Return the whole number that is shown for a figure, halves up; NaN stays NaN."""
    return float(np.floor(value + 0.5))


def shown_parts(values: ArrayLike, total: float | None = None) -> Shown:
    """Return whole numbers that add up to the shown total, each the floor or ceiling of its own.

    The largest remainders are rounded up (Hamilton's method); of equal ones the earlier, so give
    the rows in the order of their codes.

    Args:
        values: [part], none below 0; NaN is unknown, stays NaN and counts for nothing.
        total: The whole number to add up to, where it is shown already; else the rounded sum of
            the known values. One that floors and ceilings cannot reach gives the nearest they can.

    Source: Balinski and Young, Fair Representation (1982), chapter 3, method of Hamilton.
    """
    exact = np.asarray(values, dtype=np.float64)
    return _between(exact, np.floor(_whole(exact)), np.ceil(_whole(exact)), total)


def shown_of(part: ArrayLike, whole: ArrayLike, whole_shown: ArrayLike) -> Shown:
    """Return whole numbers of a part so that part and rest both fit the whole that is shown.

    With `shown_parts` of the whole, ``whole_shown - shown_of(...)`` is the rest: neither is
    below 0, each is the floor or ceiling of its own figure, and every row adds up. The parts add
    up to their rounded sum wherever the rows allow it, else to the nearest that they allow.

    Args:
        part, whole: [unit], 0 <= part <= whole; NaN is unknown and stays NaN.
        whole_shown: [unit], floor or ceiling of `whole`.
    """
    exact, all_of_it = np.asarray(part, dtype=np.float64), np.asarray(whole, dtype=np.float64)
    shown, own = np.asarray(whole_shown, dtype=np.float64), _whole(exact)
    rest = _whole(np.maximum(all_of_it - exact, 0.0))
    low = np.maximum(np.floor(own), shown - np.ceil(rest))
    high = np.minimum(np.ceil(own), shown - np.floor(rest))
    return _between(np.where(np.isnan(all_of_it), np.nan, exact), low, high, None)


def _between(exact: Shown, low: Shown, high: Shown, total: float | None) -> Shown:
    """Raise the lows to the highs, largest remainder first, until they add up to the total."""
    known = ~np.isnan(exact)
    wanted = shown_number(float(_whole(exact[known].sum()))) if total is None else total
    shown = np.where(known, low, np.nan)
    free = np.flatnonzero(known & (high > low))
    order = free[np.argsort(-(exact - low)[free], kind="stable")]
    missing = int(max(wanted - shown[known].sum(), 0))
    shown[order[:missing]] += 1
    return shown


def _whole(values: Shown | float) -> Shown:
    """Take for whole what is whole but for the last bits of a sum: 3 - 1e-12 children are 3."""
    exact = np.asarray(values, dtype=np.float64)
    near = np.round(exact)
    return np.where(np.abs(exact - near) <= 1e-9 * np.maximum(np.abs(exact), 1.0), near, exact)
