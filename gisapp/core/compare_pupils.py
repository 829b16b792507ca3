"""Pupils of two rounds, or of two sources of one round, side by side.

Unknown is not 0: a difference is stated only where both sides are known. A class that a school
does not run, beside classes that it states, is 0; so is every class of a school that a round
does not have.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gisapp.core.grades import GRADES, LEVELS, MEASURES, ORDER

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

#: What figures are added up over: all grades, then each level.
SCOPES = ("total", *LEVELS)

#: [scope, grade]: which grades a scope adds up.
_GRADES_OF_SCOPE = np.array(
    [[scope in ("total", grade.education_level) for grade in GRADES] for scope in SCOPES]
)


@dataclass(frozen=True)
class Sides:
    """One figure twice; NaN is unknown.

    Attributes:
        before, after: Sums of what is known, NaN where nothing is.
        change: after - before, NaN unless every part of both is known.
        said_before, said_after: Where that side has a row; [school, grade or scope].
    """

    before: Floats
    after: Floats
    change: Floats
    said_before: Mask
    said_after: Mask


def side_by_side(
    codes: Sequence[str],
    before: pd.DataFrame,
    after: pd.DataFrame,
    no_school: tuple[Mask, Mask] | None = None,
) -> Sides:
    """Lay two tables of school × grade over each other.

    Args:
        codes: The schools, in the order wanted.
        before, after: `smis_code`, `grade` and the measures; each school and grade once.
        no_school: Schools of `codes` that the first and the second side do not have, so that
            their pupils there are 0; None where absence says nothing.

    Returns:
        Arrays [school, grade, measure], grades as in `GRADES`, measures as in `MEASURES`.
    """
    nowhere = np.zeros(len(codes), dtype=bool)
    absent_before, absent_after = no_school or (nowhere, nowhere)
    left, said_before = _cube(codes, before, absent_before)
    right, said_after = _cube(codes, after, absent_after)
    return Sides(left, right, right - left, said_before, said_after)


def _cube(codes: Sequence[str], rows: pd.DataFrame, absent: Mask) -> tuple[Floats, Mask]:
    """Spread rows over [school, grade, measure]; tell which [school, grade] have a row."""
    cube = np.full((len(codes), len(GRADES), len(MEASURES)), np.nan)
    stated = np.zeros(cube.shape[:2], dtype=bool)
    school = pd.Index(codes, dtype="str").get_indexer(rows["smis_code"])
    names, labels = pd.factorize(rows["grade"])
    grade = np.array([ORDER[label] for label in labels], dtype=np.intp)[names]
    ours = school >= 0
    figures = rows[list(MEASURES)].to_numpy(dtype=np.float64, na_value=np.nan)
    cube[school[ours], grade[ours]] = figures[ours]
    stated[school[ours], grade[ours]] = True
    known = absent | stated.any(axis=1)
    cube[known[:, None] & ~stated] = 0.0
    return cube, stated


def add_up(grades: Sides) -> Sides:
    """Add grades up to `SCOPES`: arrays [school, scope, measure]."""
    scopes = _GRADES_OF_SCOPE
    return Sides(
        _sums(grades.before, grades.said_before),
        _sums(grades.after, grades.said_after),
        change=np.stack([grades.change[:, of].sum(axis=1) for of in scopes], axis=1),
        said_before=np.stack([grades.said_before[:, of].any(axis=1) for of in scopes], axis=1),
        said_after=np.stack([grades.said_after[:, of].any(axis=1) for of in scopes], axis=1),
    )


def _sums(cube: Floats, said: Mask) -> Floats:
    """Add up what is known by scope; NaN where something is unknown and no row knows anything."""
    known = ~np.isnan(cube)
    sums = []
    for of in _GRADES_OF_SCOPE:
        told = (known[:, of] & said[:, of, None]).any(axis=1)
        blind = ~known[:, of].all(axis=1) & ~told
        sums.append(np.where(blind, np.nan, np.nansum(cube[:, of], axis=1)))
    return np.stack(sums, axis=1)


def with_rooms_in_all(grades: Sides, sums: Sides, before: Floats, after: Floats) -> Sides:
    """Take the class groups of schools whose sheet states them only in all.

    Args:
        grades, sums: Figures of a pair of rounds.
        before, after: `class_groups` of each school as the layer `schools` has them.
    """
    rooms = MEASURES.index("class_groups")
    figures, whole_known = [], []
    for by_grade, summed, in_all in (
        (grades.before, sums.before, before),
        (grades.after, sums.after, after),
    ):
        filled = summed.copy()
        filled[:, 0, rooms] = np.where(np.isnan(summed[:, 0, rooms]), in_all, summed[:, 0, rooms])
        only_in_all = np.isnan(summed[:, 0, rooms]) & ~np.isnan(in_all)
        whole_known.append(only_in_all | ~np.isnan(by_grade[:, :, rooms]).any(axis=1))
        figures.append(filled)
    change = sums.change.copy()
    difference = figures[1][:, 0, rooms] - figures[0][:, 0, rooms]
    change[:, 0, rooms] = np.where(whole_known[0] & whole_known[1], difference, np.nan)
    return replace(sums, before=figures[0], after=figures[1], change=change)


def rows_of(codes: Sequence[str], sides: Sides, names: Sequence[str], column: str) -> pd.DataFrame:
    """Turn [school, name, measure] into rows: one per school and name that either side states.

    Args:
        codes: Schools, first axis.
        sides: Figures.
        names: Second axis.
        column: What the column of `names` is called.

    Returns:
        `smis_code`, `column`, then per measure `_before`, `_after` and `_change`, Int64.
    """
    school, name = np.nonzero(sides.said_before | sides.said_after)
    rows = pd.DataFrame(
        {
            "smis_code": pd.Series(np.array(codes, dtype=object)[school], dtype="str"),
            column: pd.Series(np.array(names, dtype=object)[name], dtype="str"),
        }
    )
    for place, measure in enumerate(MEASURES):
        for side in ("before", "after", "change"):
            rows[f"{measure}_{side}"] = whole(getattr(sides, side)[school, name, place])
    return rows


def school_figures(sums: Sides) -> dict[str, pd.Series]:
    """Return a school's columns: the measures of all grades, then the pupils of each level."""
    found = {}
    students = MEASURES.index("students")
    wanted = [(measure, 0, place) for place, measure in enumerate(MEASURES)]
    wanted += [(level, SCOPES.index(level), students) for level in LEVELS]
    for name, scope, measure in wanted:
        for side in ("before", "after", "change"):
            found[f"{name}_{side}"] = whole(getattr(sums, side)[:, scope, measure])
    return found


def totals_by_unit(
    sums: Sides, unit_before: pd.Series, unit_after: pd.Series, kind: str
) -> pd.DataFrame:
    """Add schools up to units, each round's pupils in the unit of that round.

    The law: `_after` - `_before` = `_change` + `_uncompared`, the last being what schools add
    whose figure is known on one side only. Over all units `_change` is the sum of the schools'.

    Args:
        sums: [school, scope, measure].
        unit_before, unit_after: Name of each school's unit, null where none is stated; a
            school that a round does not have takes the other round's.
        kind: What the units are: ``office``, ``district`` or ``school_network``.

    Returns:
        One row per unit and scope: `unit_kind`, `unit` (null: not stated), `scope` and per
        measure `_before`, `_after`, `_change`, `_uncompared`, Int64.
    """
    codes, units = pd.factorize(
        pd.concat([unit_before, unit_after]).astype(object), sort=True, use_na_sentinel=False
    )
    left, right = np.split(codes, 2)
    both = ~np.isnan(sums.change)
    before, known_before = _by_unit(sums.before, left, len(units))
    after, known_after = _by_unit(sums.after, right, len(units))
    kept_before, _ = _by_unit(np.where(both, sums.before, np.nan), left, len(units))
    kept_after, _ = _by_unit(np.where(both, sums.after, np.nan), right, len(units))
    uncompared = (after - kept_after) - (before - kept_before)
    before[~known_before] = after[~known_after] = np.nan
    change = np.where(known_before | known_after, kept_after - kept_before, np.nan)
    found: dict[str, Any] = {
        "unit_kind": kind,
        "unit": np.repeat(np.where(units.isna(), None, units), len(SCOPES)),
        "scope": np.tile(SCOPES, len(units)),
    }
    for place, measure in enumerate(MEASURES):
        for side, values in (
            ("before", before),
            ("after", after),
            ("change", change),
            ("uncompared", uncompared),
        ):
            found[f"{measure}_{side}"] = whole(values[:, :, place].ravel())
    return pd.DataFrame(found)


def _by_unit(figures: Floats, unit: NDArray[np.intp], units: int) -> tuple[Floats, Mask]:
    """Add [school, …] up to [unit, …]; tell where anything was known."""
    known = ~np.isnan(figures)
    sums = np.zeros((units, *figures.shape[1:]))
    np.add.at(sums, unit, np.where(known, figures, 0.0))
    counted = np.zeros(sums.shape)
    np.add.at(counted, unit, known)
    return sums, counted > 0


def whole(values: Floats) -> pd.Series:
    """Whole numbers, null where unknown."""
    return pd.Series(values, dtype="Float64").astype("Int64")
