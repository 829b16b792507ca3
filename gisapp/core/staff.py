"""Staffing: the posts of each school as received, and how many teach there. No persons."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gisapp.core.buildings import unmatched_rows
from gisapp.core.counts import Counts, cell_problem, read_counts
from gisapp.core.match import CODES, SchoolKeys
from gisapp.core.problems import Problem
from gisapp.core.sheet_rows import code_columns, has_code, is_total
from gisapp.core.tables import FormTable
from gisapp.core.text import clean_text, parse_number

#: Posts that teach or lead; employees and daily staff are not counted among teachers.
TEACHING = ("directors", "deputies", "administrators", "teachers", "government_employees")
_EMPLOYEES = ("permanent_employees", "temporary_employees")
#: Other numbers of people.
_OTHERS = ("staff_total", "directors_required", "teachers_required", "staff_required")
#: Surplus above or, less than 0, shortage below the criteria.
_BALANCES = (
    "directors_balance",
    "deputies_balance",
    "teacher_balance",
    "staff_balance",
    "balance_percent",
)
_SECONDED = ("seconded_out", "seconded_in")

Mask = NDArray[np.bool_]

COUNTS = (*TEACHING, *_EMPLOYEES, *_OTHERS, *_SECONDED)
COLUMNS = ("smis_code", *COUNTS, *_BALANCES)

#: What a column of totals may sum up; offices do not say which.
_SUMMED = (TEACHING[:4], TEACHING, (*TEACHING, *_EMPLOYEES))


def read_staff(tables: list[FormTable], keys: SchoolKeys) -> tuple[pd.DataFrame, list[Problem]]:
    """Read the staffing sheets of a round.

    Returns:
        staff: One row per school: `COLUMNS` as float64, NaN where a sheet does not say; `table`
            and `row` say where it stands. A school in two rows counts by the first.
        problems: Rows of unknown schools, repeated rows, cells that are no numbers, totals
            that do not add up.
    """
    frames = [pd.DataFrame(columns=[*COLUMNS, "table", "row"])]
    problems: list[Problem] = []
    for place, table in enumerate(tables):
        rows, found = _read_table(table, keys)
        problems += found
        frames.append(rows.assign(table=place))
    filled = [frame for frame in frames if len(frame)] or frames[:1]
    staff = pd.concat(filled, ignore_index=True)
    again = staff["smis_code"].duplicated()
    problems += _twice(staff, again, tables)
    kept = staff[~again].astype(dict.fromkeys((*COUNTS, *_BALANCES), "float64"))
    return kept.sort_values("smis_code", kind="stable", ignore_index=True), problems


def teachers_of(staff: pd.DataFrame) -> pd.Series:
    """Teachers and heads by `smis_code`; NaN where no post of theirs is stated."""
    sums = staff[[*TEACHING]].sum(axis=1, min_count=1)
    return sums.set_axis(staff["smis_code"], axis=0)


def _read_table(table: FormTable, keys: SchoolKeys) -> tuple[pd.DataFrame, list[Problem]]:
    codes = code_columns(table)
    coded = has_code(codes)  # totals and footnotes carry none
    school = keys.find(codes).where(coded, "")
    problems = unmatched_rows("staff_unmatched", table, codes[coded], school[coded])
    numbers: dict[str, Counts] = {}
    unread: list[Problem] = []
    for column in COUNTS:
        if column in table.places:
            numbers[column], found = read_counts(table, column)
            unread += found
    for column in _BALANCES:
        if column in table.places:
            numbers[column], found = _read_balances(table, column)
            unread += found
    school_rows = {table.sheet.row_number(int(row)) for row in codes.index[coded]}
    problems += [replace(p, kind="number_ignored") for p in unread if p.row in school_rows]
    problems += _totals(table, numbers, coded.to_numpy(dtype=bool), unread)
    rows = pd.DataFrame({"smis_code": school, **numbers}, index=codes.index)
    rows = rows.reindex(columns=[*COLUMNS])[(school != "").to_numpy(dtype=bool)]
    return rows.rename_axis("row").reset_index(), problems


def _read_balances(table: FormTable, column: str) -> tuple[Counts, list[Problem]]:
    """Read numbers that may be less than 0; NaN where a cell is blank or no number."""
    cells = table.frame[column]
    read = pd.to_numeric(cells.map(clean_text), errors="coerce").to_numpy(dtype=np.float64)
    read = np.where(np.isfinite(read), read, np.nan)
    problems = []
    for place in np.flatnonzero(np.isnan(read)):
        try:
            number = parse_number(cells.iloc[place])
        except ValueError:
            found = cell_problem("number_ignored", table, int(cells.index[place]), column)
            problems.append(found)
        else:
            read[place] = np.nan if number is None else number
    return read, problems


def _totals(
    table: FormTable, numbers: Mapping[str, Counts], coded: Mask, unread: list[Problem]
) -> list[Problem]:
    """Compare the column of totals with its posts, and the row of totals with the schools.

    A sum over a cell that could not be read says nothing.
    """
    problems = []
    index = table.frame.index
    unread_rows = {problem.row for problem in unread}
    readable = np.array(
        [table.sheet.row_number(int(row)) not in unread_rows for row in index], dtype=bool
    )
    stated = numbers.get("staff_total")
    expected = None if stated is None else _best_sum(numbers, stated, coded)
    if stated is not None and expected is not None:
        wrong = coded & readable & (np.abs(stated - expected) > 0)
        problems += [
            _total(table, int(place), "staff_total", expected[place])
            for place in np.flatnonzero(wrong)
        ]
    labelled = [
        any(is_total(clean_text(cell)) for cell in table.sheet.rows[row][:4]) for row in index
    ]
    totals = np.flatnonzero(~coded & np.array(labelled, dtype=bool))
    # Totals by district sum up rows that the sheet does not tell apart.
    if len(totals) != 1:
        return problems
    unread_columns = {problem.column for problem in unread}
    for column in (name for name in COUNTS if name in numbers):
        whole = float(np.nansum(numbers[column][coded]))
        differs = abs(numbers[column][totals[0]] - whole) > 0
        if differs and table.headings[column] not in unread_columns:
            problems.append(_total(table, int(totals[0]), column, whole, key="total"))
    return problems


def _best_sum(numbers: Mapping[str, Counts], stated: Counts, coded: Mask) -> Counts | None:
    """Sums of the posts that the column of totals most likely means; None where none is likely."""
    sums = []
    for posts in _SUMMED:
        parts = [numbers[post] for post in posts if post in numbers]
        if parts:
            blank = np.all(np.isnan(parts), axis=0)
            sums.append(np.where(blank, np.nan, np.nansum(parts, axis=0)))
    best = max(sums, key=lambda expected: (expected[coded] == stated[coded]).sum(), default=None)
    if best is None:
        return None
    fitting = int((best[coded] == stated[coded]).sum())
    return best if 2 * fitting >= int(coded.sum()) - 1 else None


def _total(table: FormTable, place: int, column: str, expected: float, key: str = "") -> Problem:
    row = int(table.frame.index[place])
    return cell_problem("staff_total", table, row, column, key=key, expected=int(expected))


def _twice(staff: pd.DataFrame, again: pd.Series, tables: list[FormTable]) -> list[Problem]:
    """Report the further rows of a school."""
    problems = []
    firsts = staff[~again].set_index("smis_code")
    for row in staff[again].to_dict("records"):
        first = firsts.loc[row["smis_code"]]
        table, earlier = tables[row["table"]], tables[int(first["table"])]
        column = next((name for name in CODES if name in table.places), "smis_code")
        place = earlier.address(int(first["row"]), column)
        problems.append(
            cell_problem(
                "staff_twice",
                table,
                int(row["row"]),
                column,
                key=row["smis_code"],
                first=place if earlier is table else f"{earlier.sheet.file} {place}",
            )
        )
    return problems


def staff_against_pupils(
    staff: pd.DataFrame, tables: Sequence[FormTable], students: pd.Series
) -> list[Problem]:
    """Doubt schools with pupils and no teacher, and those with teachers and no pupil.

    Args:
        staff: As `read_staff` gives it, with its `tables`.
        students: Pupils by `smis_code`; a school that no enrolment sheet names is absent.
    """
    teachers = teachers_of(staff).to_numpy(dtype=np.float64)
    pupils = students.reindex(staff["smis_code"]).to_numpy(dtype=np.float64, na_value=np.nan)
    problems = []
    for kind, odd in (
        ("no_teachers", (teachers == 0) & (pupils > 0)),
        ("teachers_without_pupils", (teachers > 0) & (pupils == 0)),
    ):
        for place in np.flatnonzero(odd):
            row = staff.iloc[place]
            problems.append(
                cell_problem(
                    kind,
                    tables[int(row["table"])],
                    int(row["row"]),
                    "teachers",
                    key=row["smis_code"],
                    students=int(pupils[place]),
                    teachers=int(teachers[place]),
                )
            )
    return problems
