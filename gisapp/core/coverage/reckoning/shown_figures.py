"""Figures of coverage with whole people: what is shown of all units adds up to the office."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from gisapp.core.coverage.reckoning.shown import Shown, shown_of, shown_parts

#: Part -> what it is a part of; a whole stands before its parts.
_PARTS = {
    "uncovered_population": "population",
    "population_male": "population",
    "covered_male": "covered_population",
    "edge_population": "uncovered_population",
}

#: What the first of a pair leaves of its whole is the second.
_RESTS = {
    "covered_population": ("population", "uncovered_population"),
    "population_female": ("population", "population_male"),
    "covered_female": ("covered_population", "covered_male"),
}

_WHOLES = ("population", "unplaced_population", "entry_population")

#: Every column that `whole_people` makes whole.
PEOPLE = (*_WHOLES, *_PARTS, *_RESTS, "covered_at_least", "covered_at_most")


def whole_people(figures: pd.DataFrame, question: Sequence[str]) -> pd.DataFrame:
    """Return figures of units whose people are whole numbers that add up; NaN stays unknown.

    For every question the children of all rows add up to the rounded total, and in every row
    covered and uncovered, boys and girls add up to the children that the row shows. Rates stay
    as they were reckoned, from exact numbers.

    Args:
        figures: Rows of one layer of coverage, in the order of their codes.
        question: Columns whose values tell one table of units from another.
    """
    shown = figures.assign(
        **{name: figures[name].to_numpy(dtype=np.float64, na_value=np.nan) for name in PEOPLE}
    )
    exact = {name: shown[name].to_numpy() for name in PEOPLE}
    whole = {name: np.full(len(shown), np.nan) for name in PEOPLE}
    for rows in shown.groupby([*question], sort=False, dropna=False).indices.values():
        table = whole_table({name: values[rows] for name, values in exact.items()})
        for name, values in table.items():
            whole[name][rows] = values
    return shown.assign(**whole)


def whole_table(exact: Mapping[str, Shown], total: float | None = None) -> dict[str, Shown]:
    """Return the people of one table of units as whole numbers that fit each other.

    Args:
        exact: Each of `PEOPLE` -> [unit]; NaN is unknown.
        total: Children that all rows shall add up to, where their sum is shown already.
    """
    whole = {
        name: shown_parts(exact[name], total if name == "population" else None) for name in _WHOLES
    }
    for part in ("uncovered_population", "population_male"):
        _split(exact, whole, part)
    for rest in ("covered_population", "population_female"):
        _leave(exact, whole, rest)
    _split(exact, whole, "covered_male")
    _leave(exact, whole, "covered_female")
    _split(exact, whole, "edge_population")
    known = ~np.isnan(whole["covered_population"])
    # Bounds go away from each other, and never beyond the children that are shown.
    least = np.floor(np.round(exact["covered_at_least"], 6))
    most = np.ceil(np.round(exact["covered_at_most"], 6))
    for name, bound in (("covered_at_least", least), ("covered_at_most", most)):
        bound = np.minimum(bound, whole["population"])
        whole[name] = np.where(known, whole["covered_population"], bound)
    return whole


def _split(exact: Mapping[str, Shown], whole: dict[str, Shown], part: str) -> None:
    of = _PARTS[part]
    whole[part] = shown_of(exact[part], exact[of], whole[of])


def _leave(exact: Mapping[str, Shown], whole: dict[str, Shown], rest: str) -> None:
    of, taken = _RESTS[rest]
    left = whole[of] - whole[taken]
    whole[rest] = np.where(np.isnan(exact[rest]), np.nan, left)
