"""Size classes of schools, by limits that stand in ``data/criteria/size_classes.csv``."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class SizeClass:
    """One class: schools of `least` to `most` pupils; None is no upper limit."""

    scheme: str
    name: str
    least: int
    most: int | None


def classify(students: pd.Series, classes: Sequence[SizeClass], scheme: str) -> pd.Series:
    """Return the class of each school in one scheme.

    Args:
        students: Pupils, nullable; the limits themselves are inside.
        classes: Limits of every scheme.
        scheme: ``size_class_4``, ``size_class_7`` or ``small_band``.

    Returns:
        Class names; null where the pupils are unknown or no class holds them.
    """
    counts = students.to_numpy(dtype=np.float64, na_value=np.nan)
    found = np.full(len(counts), None, dtype=object)
    for size in classes:
        if size.scheme == scheme:
            most = np.inf if size.most is None else size.most
            found[(counts >= size.least) & (counts <= most)] = size.name
    return pd.Series(found, index=students.index, dtype=object)
