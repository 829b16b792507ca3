"""Stated sums of an enrolment sheet against what they add up.

Every stated sum is compared with the figures it finally consists of, never with another
stated sum: one wrong sum is one problem, at its own cell.
"""

import numpy as np
from numpy.typing import NDArray

from gisapp.core.counts import Counts, cell_problem
from gisapp.core.grades import GRADE, SCOPES
from gisapp.core.problems import Problem
from gisapp.core.tables import FormTable

#: (grade or scope, measure) -> one number per row.
Numbers = dict[tuple[str, str], Counts]
Mask = NDArray[np.bool_]


def check_totals(
    table: FormTable, numbers: Numbers, school: Mask, total: Mask, unread: list[Problem]
) -> list[Problem]:
    """Compare the sums in each school's row, and the last total row, with their parts.

    Args:
        table: The sheet.
        numbers: Its columns of counts, NaN where blank or unreadable.
        school, total: Which rows are schools and which are totals.
        unread: Cells that hold no number; a sum over one of them says nothing.

    Returns:
        One ``total_mismatch`` per stated sum that differs.
    """
    unread_at = {(problem.row, problem.column) for problem in unread}
    problems = []
    last = np.flatnonzero(total)[-1:]  # subtotals by district stand above the grand total
    for (scope, measure), stated in numbers.items():
        parts = _parts(scope, measure, numbers)
        column = f"{scope} {measure}"
        if parts:
            expected, readable = _sums(table, parts, numbers, unread_at)
            wrong = school & readable & ~np.isnan(stated) & (stated != expected)
            places = np.flatnonzero(wrong)
            problems += _mismatches(table, places, column, expected[places])
        leaves = parts or [(scope, measure)]
        expected, readable = _sums(table, leaves, numbers, unread_at)
        for place in last:
            whole = float(np.nansum(expected[school]))
            known = readable[school].any() and not _hidden(table, leaves, school, unread_at)
            if known and not np.isnan(stated[place]) and stated[place] != whole:
                problems += _mismatches(table, [place], column, [whole], key="total")
    return problems


def _parts(scope: str, measure: str, numbers: Numbers) -> list[tuple[str, str]]:
    """The columns that a column of sums adds up; empty where it is no sum of others."""
    grades = (scope,) if scope in GRADE else SCOPES[scope]
    parts: list[tuple[str, str]] = []
    for grade in grades:
        if measure == "students":
            sexes = [(grade, sex) for sex in ("male", "female") if (grade, sex) in numbers]
            alone = [] if scope in GRADE else [(grade, measure)]
            parts += sexes or [pair for pair in alone if pair in numbers]
        elif scope not in GRADE and (grade, measure) in numbers:
            parts.append((grade, measure))
    return parts


def _sums(
    table: FormTable,
    parts: list[tuple[str, str]],
    numbers: Numbers,
    unread_at: set[tuple[int | None, str]],
) -> tuple[Counts, Mask]:
    """Row sums of some columns, and the rows in which the sum means something."""
    values = np.array([numbers[part] for part in parts])
    readable: Mask = ~np.all(np.isnan(values), axis=0)
    if unread_at:
        headings = [table.headings[f"{scope} {measure}"] for scope, measure in parts]
        rows = [table.sheet.row_number(row) for row in table.frame.index]
        readable &= [all((row, text) not in unread_at for text in headings) for row in rows]
    return np.nansum(values, axis=0), readable


def _hidden(
    table: FormTable,
    parts: list[tuple[str, str]],
    school: Mask,
    unread_at: set[tuple[int | None, str]],
) -> bool:
    """Tell whether a cell of these columns could not be read, so that no total can be checked."""
    if not unread_at:
        return False
    headings = {table.headings[f"{scope} {measure}"] for scope, measure in parts}
    return any(heading in headings for _, heading in unread_at) and bool(school.any())


def _mismatches(
    table: FormTable,
    places: list[int] | NDArray[np.intp],
    column: str,
    expected: list[float] | Counts,
    key: str = "",
) -> list[Problem]:
    return [
        cell_problem(
            "total_mismatch",
            table,
            int(table.frame.index[place]),
            column,
            key=key,
            expected=int(value),
        )
        for place, value in zip(places, expected, strict=True)
    ]
