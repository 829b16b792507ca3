"""Stated sums of an enrolment sheet against what they add up.

Every stated sum is compared with the figures it finally consists of, never with another
stated sum: one wrong sum is one problem, at its own cell.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from gisapp.core.counts import Counts, cell_problem
from gisapp.core.grades import GRADE, SCOPES
from gisapp.core.problems import Problem
from gisapp.core.tables import FormTable
from gisapp.core.text import Cell, parse_count

#: (grade or scope, measure) -> one number per row.
Numbers = dict[tuple[str, str], Counts]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class RowKinds:
    """Which rows are schools, which are totals, and which carry a code."""

    school: Mask
    total: Mask
    coded: Mask


def check_totals(
    table: FormTable, numbers: Numbers, rows: RowKinds, unread: list[Problem]
) -> list[Problem]:
    """Compare the sums in each school's row, and each total row, with their parts.

    Args:
        table: The sheet.
        numbers: Its columns of counts, NaN where blank or unreadable.
        rows: What each row is.
        unread: Cells that hold no number; a sum over one of them says nothing.

    Returns:
        One ``total_mismatch`` per stated sum that differs; ``total_without_grades`` for rows
        whose pupils stand in a total alone.
    """
    unread_at = {(problem.row, problem.column) for problem in unread}
    problems = []
    alone = np.zeros(len(table.frame))
    leaves: dict[str, Counts] = {}
    for (scope, measure), stated in numbers.items():
        parts = _parts(scope, measure, numbers)
        column = f"{scope} {measure}"
        expected, readable = _sums(table, parts or [(scope, measure)], numbers, unread_at)
        if not _hidden(table, parts or [(scope, measure)], rows.school, unread_at):
            leaves[column] = np.where(readable, expected, 0.0)
        if not parts:
            continue
        wrong = rows.school & readable & ~np.isnan(stated) & (stated != expected)
        places = np.flatnonzero(wrong)
        problems += _mismatches(table, places, column, expected[places])
        blank = np.all(np.isnan([numbers[part] for part in parts]), axis=0)
        if measure == "students":
            alone = np.fmax(alone, np.where(rows.school & blank, stated, 0.0))
    for place in np.flatnonzero(alone > 0):
        row, pupils = int(table.frame.index[place]), int(alone[place])
        found = cell_problem("total_without_grades", table, row, "smis_code", pupils=pupils)
        problems.append(replace(found, pupils=pupils))
    received = _as_received(table, numbers, leaves) if table.corrected else leaves
    return problems + _check_total_rows(table, numbers, rows, (leaves, received))


def _as_received(
    table: FormTable, numbers: Numbers, leaves: dict[str, Counts]
) -> dict[str, Counts]:
    """What the rows added up to before officers put cells right: no total row was told."""
    before = {pair: counts.copy() for pair, counts in numbers.items()}
    for (row, column), cell in table.corrected.items():
        scope, _, measure = column.partition(" ")
        if (scope, measure) in before and row in table.frame.index:
            before[scope, measure][table.frame.index.get_loc(row)] = _count(cell)
    sums = {}
    for scope, measure in numbers:
        column = f"{scope} {measure}"
        if column in leaves:
            parts = _parts(scope, measure, numbers) or [(scope, measure)]
            expected, readable = _sums(table, parts, before, set())
            sums[column] = np.where(readable, expected, 0.0)
    return sums


def _count(cell: Cell) -> float:
    try:
        count = parse_count(cell)
    except ValueError:
        count = None
    return np.nan if count is None else count


def _check_total_rows(
    table: FormTable,
    numbers: Numbers,
    rows: RowKinds,
    leaves: tuple[dict[str, Counts], dict[str, Counts]],
) -> list[Problem]:
    """Compare each total row with the schools that it most likely sums up.

    A district's total means the schools since the last total, a grand total all of them, above
    it or in the whole sheet; a stray row without a code may or may not be in it. It may state
    the rows as they are now or as they were received.
    """
    problems = []
    previous = -1
    for place in np.flatnonzero(rows.total):
        above, since = rows.school.copy(), rows.school.copy()
        above[place:] = False
        since[place:] = since[: previous + 1] = False
        previous = int(place)
        tries = []
        for group in (rows.school, above, since):
            for summed in (group, group & rows.coded):
                if summed.any():
                    tries.append(_differences(numbers, leaves, summed, int(place)))
        best = min(tries, key=len, default={})
        # A row that fits nothing is one thing to look at, not sixty.
        shown = list(best.items())[: 1 if len(best) > 10 else None]
        for column, whole in shown:
            problems += _mismatches(table, [int(place)], column, [whole], key="total")
    return problems


def _differences(
    numbers: Numbers,
    leaves: tuple[dict[str, Counts], dict[str, Counts]],
    summed: Mask,
    place: int,
) -> dict[str, float]:
    """Columns in which a total row does not state the sum of some rows, with that sum."""
    found = {}
    now, received = leaves
    for (scope, measure), stated in numbers.items():
        column = f"{scope} {measure}"
        if column in now and not np.isnan(stated[place]):
            whole = float(now[column][summed].sum())
            if stated[place] not in (whole, float(received[column][summed].sum())):
                found[column] = whole
    return found


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
