"""Pupils by grade and sex: from sheets in any layout to one row per school row and grade.

A law holds throughout: pupils in the sheets = pupils in the rows returned + pupils of problems.
Subtotals and totals are compared with what they add up, and never added in.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from gisapp.core.counts import Counts, read_counts
from gisapp.core.grades import GRADE, MEASURES
from gisapp.core.match import may_be_code, written_code
from gisapp.core.problems import Problem
from gisapp.core.sheet_rows import COLUMNS, code_columns, has_code, own_rows, total_rows
from gisapp.core.tables import FormTable
from gisapp.core.totals import RowKinds, check_totals


@dataclass(frozen=True)
class EnrolmentRows:
    """Enrolment as read, before its schools are known.

    Attributes:
        rows: One row per sheet row with pupils' counts: the code columns and the name as
            text, `table` (place in `tables`), `row` (place in the sheet), `pupils`, and `rooms`,
            the class groups that the row states in all, NaN where it states none.
        counts: One row per sheet row × grade: `source` (index of `rows`), `grade`, and the
            four measures as float64, NaN where unknown.
        tables: The sheets, to name cells in.
    """

    rows: pd.DataFrame
    counts: pd.DataFrame
    tables: tuple[FormTable, ...]


def read_enrolment(tables: list[FormTable], area_code: str) -> tuple[EnrolmentRows, list[Problem]]:
    """Read every wide enrolment sheet of a round.

    Args:
        tables: Tables of the form ``enrolment``.
        area_code: The office's 8 digits; rows of another office's code are left out.

    Returns:
        rows: What the sheets hold, total rows left out.
        problems: Cells that are no numbers, totals that do not add up, rows without a code.
    """
    problems: list[Problem] = []
    rows, counts = [], []
    for place, table in enumerate(tables):
        table, other = own_rows(table, area_code)
        problems += _of_others(table, other, area_code)
        sheet_rows, sheet_counts, found = _read_wide(table, area_code)
        problems += found
        rows.append(sheet_rows.assign(table=place))
        counts.append(sheet_counts.assign(table=place))
    return gather_rows(rows, counts, tables), problems


def gather_rows(
    rows: list[pd.DataFrame], counts: list[pd.DataFrame], tables: list[FormTable]
) -> EnrolmentRows:
    """Number the sheet rows through and let the counts point at them."""
    if not rows:
        empty = pd.DataFrame(columns=[*COLUMNS, "row", "pupils", "rooms", "table"])
        return EnrolmentRows(empty, pd.DataFrame(columns=["source", "grade", *MEASURES]), ())
    all_rows = pd.concat(rows, ignore_index=True)
    place = all_rows.reset_index(names="source")[["table", "row", "source"]]
    all_counts = pd.concat(counts, ignore_index=True).merge(place, on=["table", "row"])
    return EnrolmentRows(all_rows, all_counts[["source", "grade", *MEASURES]], tuple(tables))


def gather_enrolment(*parts: EnrolmentRows) -> EnrolmentRows:
    """Put what several readers found under one another."""
    rows, counts = [], []
    tables: list[FormTable] = []
    for part in parts:
        keyed = part.counts.merge(
            part.rows[["row", "table"]], left_on="source", right_index=True
        ).drop(columns="source")
        rows.append(part.rows.assign(table=part.rows["table"] + len(tables)))
        counts.append(keyed.assign(table=keyed["table"] + len(tables)))
        tables += part.tables
    filled = [(r, c) for r, c in zip(rows, counts, strict=True) if len(r)]
    return gather_rows([r for r, _ in filled], [c for _, c in filled], tables)


def _read_wide(
    table: FormTable, area_code: str
) -> tuple[pd.DataFrame, pd.DataFrame, list[Problem]]:
    """Read one wide sheet: school rows, their counts by grade, and what is wrong."""
    numbers: dict[tuple[str, str], Counts] = {}
    unread: list[Problem] = []
    for column in table.places:
        scope, _, measure = column.partition(" ")
        if measure in MEASURES:
            numbers[scope, measure], found = read_counts(table, column)
            unread += found
    codes = code_columns(table)
    total = total_rows(codes, table, numbers, area_code)
    nothing = pd.Series(
        np.all([np.isnan(values) for values in numbers.values()], axis=0), index=codes.index
    )
    # A footnote under the table may stand in the column of the codes.
    school = ~total & ~(nothing & ~written_code(codes).map(may_be_code).astype(bool))
    # Words under a total or a footnote lose nobody.
    school_rows = {table.sheet.row_number(row) for row in codes.index[school]}
    problems = [problem for problem in unread if problem.row in school_rows]
    kinds = RowKinds(school.to_numpy(), total.to_numpy(), has_code(codes).to_numpy())
    problems += check_totals(table, numbers, kinds, problems)

    counts = _by_grade(numbers, codes.index)
    counts = counts[counts["row"].isin(codes.index[school])]
    rows = codes[school].rename_axis("row").reset_index()
    rows["pupils"] = (
        counts.groupby("row")["students"].sum().reindex(rows["row"]).fillna(0).to_numpy()
    )
    rooms = numbers.get(("total", "class_groups"), np.full(len(codes), np.nan))
    rows["rooms"] = rooms[school.to_numpy()]
    return rows, counts, problems


def _of_others(table: FormTable, other: FormTable, area_code: str) -> list[Problem]:
    """Say how many rows of other offices were left out; all of them means a wrong file."""
    if not len(other.frame):
        return []
    _, counts, _ = _read_wide(other, area_code)
    pupils = int(counts["students"].sum())
    facts = {"rows": len(other.frame), "pupils": pupils, "area_code": area_code}
    kind = "rows_of_other_offices" if len(table.frame) else "only_other_offices"
    return [Problem(kind, table.sheet.file, table.sheet.name, pupils=pupils, facts=facts)]


def _by_grade(numbers: dict[tuple[str, str], Counts], index: pd.Index) -> pd.DataFrame:
    """One row per sheet row × grade that has any figure."""
    grades = [code for code in GRADE if any((code, measure) in numbers for measure in MEASURES)]
    blank = np.full(len(index), np.nan)
    parts = []
    for grade in grades:
        values = {measure: numbers.get((grade, measure), blank) for measure in MEASURES}
        both = values["male"] + values["female"]
        values["students"] = np.where(np.isnan(both), _either(values), both)
        part = pd.DataFrame({"row": index, "grade": grade, **values})
        parts.append(part[part[list(MEASURES)].notna().any(axis=1)])
    if not parts:
        return pd.DataFrame(columns=["row", "grade", *MEASURES])
    return pd.concat(parts, ignore_index=True)


def _either(values: dict[str, Counts]) -> Counts:
    """The stated sum where a sex is blank; else the sex that is there."""
    alone = np.where(np.isnan(values["male"]), values["female"], values["male"])
    stated: Counts = np.where(np.isnan(values["students"]), alone, values["students"])
    return stated
