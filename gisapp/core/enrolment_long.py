"""Enrolment sheets with one row per school and grade: long forms and EMIS pages."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from gisapp.core.cells import read_cells
from gisapp.core.counts import Counts, cell_problem, read_counts
from gisapp.core.enrolment import EnrolmentRows, gather_rows
from gisapp.core.grades import GRADE, MEASURES, SCOPES
from gisapp.core.headings import Headings
from gisapp.core.match import written_code
from gisapp.core.problems import Problem
from gisapp.core.rooms import add_rooms, is_room
from gisapp.core.sheet_rows import code_columns, has_code, is_total
from gisapp.core.tables import FormTable
from gisapp.core.text import clean_text, heading_key
from gisapp.core.unknown_grades import unknown_grades


def read_enrolment_long(
    tables: list[FormTable], headings: Headings
) -> tuple[EnrolmentRows, list[Problem]]:
    """Read every long enrolment sheet of a round.

    Args:
        tables: Tables of the form ``enrolment_long``.
        headings: For the names of grades and of their subtotals.

    Returns:
        rows: As `read_enrolment` gives them; subtotal rows left out.
        problems: Cells that are no numbers, unknown grades, totals that do not add up.
    """
    problems: list[Problem] = []
    rows, counts = [], []
    for place, table in enumerate(tables):
        sheet_rows, sheet_counts, found = _read_long(table, headings)
        problems += found
        rows.append(sheet_rows.assign(table=place))
        counts.append(sheet_counts.assign(table=place))
    return gather_rows(rows, counts, tables), problems


def _read_long(
    table: FormTable, headings: Headings
) -> tuple[pd.DataFrame, pd.DataFrame, list[Problem]]:
    frame = table.frame
    blank = np.full(len(frame), np.nan)
    problems: list[Problem] = []
    values: dict[str, Counts] = dict.fromkeys(MEASURES, blank)
    for measure in MEASURES:
        if measure in table.places:
            values[measure], found = read_counts(table, measure)
            problems += found
    unread = {problem.row for problem in problems}
    codes = code_columns(table)
    keys = _each(frame["grade"], heading_key)
    grades = _each(frame["grade"], headings.grade)
    rooms = _each(keys, is_room) & grades.isin(list(GRADE))
    stated = values["students"]
    both = values["male"] + values["female"]
    alone = np.where(np.isnan(values["male"]), values["female"], values["male"])
    pupils = np.where(~np.isnan(both), both, np.where(np.isnan(stated), alone, stated))

    counts = pd.DataFrame(
        {"row": frame.index, "grade": grades.to_numpy(), **values, "students": pupils}
    )
    summed = _each(codes["smis_code"], is_total) | _each(codes["school_name_th"], is_total)
    other = has_code(codes) & ~grades.isin(list(SCOPES)) & ~(summed & (keys == ""))
    data = grades.isin(list(GRADE)) | other
    # A grade that has no figure at all is not offered; an EMIS page lists all of them.
    figures = counts[list(MEASURES)].notna().any(axis=1).to_numpy()
    data = data.to_numpy() & figures
    wrong = data & ~np.isnan(stated) & ~np.isnan(both) & (stated != both)
    schools = written_code(codes).to_numpy()
    for place in np.flatnonzero(wrong):
        row, expected = int(frame.index[place]), int(both[place])
        key = f"{schools[place]} {clean_text(frame.at[row, 'grade'])}"
        problems.append(
            cell_problem("total_mismatch", table, row, "students", key=key, expected=expected)
        )
    unknown = data & ~grades.isin(list(GRADE)).to_numpy()
    problems += unknown_grades(table, frame.index[unknown], pupils[unknown])
    problems += _subtotals(table, codes, grades, counts.assign(stated=stated), unread)
    kept = data & ~unknown
    rows = codes[kept].rename_axis("row").reset_index()
    rows["pupils"] = np.nan_to_num(pupils[kept])
    rows["rooms"] = np.nan
    return rows, add_rooms(counts[kept], codes[kept], keys[kept], rooms[kept]), problems


def _each(cells: pd.Series, read: Callable[[Any], str | bool]) -> pd.Series:
    """Read every cell of a column, each different one once."""
    return pd.Series(read_cells(cells, read)[0], index=cells.index)


def _subtotals(
    table: FormTable,
    codes: pd.DataFrame,
    grades: pd.Series,
    counts: pd.DataFrame,
    unread: set[int | None],
) -> list[Problem]:
    """Compare the rows that sum up a school's grades, such as ``รวมประถม``."""
    problems = []
    scope_rows = grades.isin(list(SCOPES)) & has_code(codes)
    if not scope_rows.any():
        return []
    key = codes["smis_code"].where(codes["smis_code"] != "", codes["ministry_code"])
    by_grade = counts.assign(key=key.to_numpy()).groupby(["key", "grade"])[list(MEASURES)].sum()
    for row in grades.index[scope_rows]:
        place = grades.index.get_loc(row)
        school, scope = key.at[row], grades.at[row]
        if any(table.sheet.row_number(r) in unread for r in key.index[key == school]):
            continue
        wanted = [(school, grade) for grade in SCOPES[scope] if (school, grade) in by_grade.index]
        sums = by_grade.loc[wanted].sum()
        for measure in MEASURES:
            column = "stated" if measure == "students" else measure
            stated = counts[column].iloc[place] if measure in table.places else np.nan
            if not np.isnan(stated) and stated != sums[measure]:
                where = f"{school} {clean_text(table.frame.at[row, 'grade'])}"
                problems.append(
                    cell_problem(
                        "total_mismatch",
                        table,
                        row,
                        measure,
                        key=where,
                        expected=int(sums[measure]),
                    )
                )
    return problems
