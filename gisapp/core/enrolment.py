"""Pupils by grade and sex: from sheets in any layout to one row per school row and grade.

A law holds throughout: pupils in the sheets = pupils in the rows returned + pupils of problems.
Subtotals and totals are compared with what they add up, and never added in.
"""

import re
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from gisapp.core.counts import Counts, read_counts
from gisapp.core.grades import GRADE, MEASURES
from gisapp.core.match import may_be_code, written_code
from gisapp.core.problems import Problem
from gisapp.core.tables import FormTable
from gisapp.core.text import clean_text, heading_key, parse_code
from gisapp.core.totals import check_totals

COLUMNS = ("smis_code", "ministry_code", "percode", "school_name_th")

#: What a total row is called, without blanks. A school may be called รวมมิตรวิทยา.
_TOTAL = re.compile(
    r"(ยอด|จำนวน)?(รวม|ทั้งหมด|ทั้งสิ้น|total|sum)"
    r"(ยอด|ทั้ง|สุทธิ|นักเรียน|จำนวน|ทุก|อำเภอ|อ\.|ตำบล|ต\.|เครือข่าย|กลุ่ม|เขต|สพป|จังหวัด|จ\.|\().*"
    r"|(ยอด|จำนวน)?(รวม|ทั้งหมด|ทั้งสิ้น|total|sum)"
)


@dataclass(frozen=True)
class EnrolmentRows:
    """Enrolment as read, before its schools are known.

    Attributes:
        rows: One row per sheet row with pupils' counts: the code columns and the name as
            text, `table` (place in `tables`), `row` (place in the sheet), `pupils`.
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
        table, found = _own_rows(table, area_code)
        problems += found
        sheet_rows, sheet_counts, found = _read_wide(table)
        problems += found
        rows.append(sheet_rows.assign(table=place))
        counts.append(sheet_counts.assign(table=place))
    return gather_rows(rows, counts, tables), problems


def gather_rows(
    rows: list[pd.DataFrame], counts: list[pd.DataFrame], tables: list[FormTable]
) -> EnrolmentRows:
    """Number the sheet rows through and let the counts point at them."""
    if not rows:
        empty = pd.DataFrame(columns=[*COLUMNS, "row", "pupils", "table"])
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


def code_columns(table: FormTable) -> pd.DataFrame:
    """The school codes and the name of each row as text; "" where a sheet lacks them."""
    return pd.DataFrame(
        {
            column: (
                table.frame[column].map(clean_text if column.endswith("_th") else parse_code)
                if column in table.frame
                else ""
            )
            for column in COLUMNS
        },
        index=table.frame.index,
    )


def has_code(codes: pd.DataFrame) -> pd.Series:
    """Tell which rows carry any code of a school."""
    return (codes[["smis_code", "ministry_code", "percode"]] != "").any(axis=1)


def _own_rows(table: FormTable, area_code: str) -> tuple[FormTable, list[Problem]]:
    """Leave out rows that say they belong to another office, as the national workbook has."""
    if "area_code" not in table.frame:
        return table, []
    areas = table.frame["area_code"].map(parse_code)
    other = (areas != "") & (areas.str.slice(0, 4) != area_code[:4])
    if not other.any():
        return table, []
    left_out = replace(table, frame=table.frame[other])
    _, counts, _ = _read_wide(left_out)
    note = Problem(
        "rows_of_other_offices",
        file=table.sheet.file,
        sheet=table.sheet.name,
        pupils=int(counts["students"].sum()),
        facts={"rows": int(other.sum()), "pupils": int(counts["students"].sum())},
    )
    return replace(table, frame=table.frame[~other]), [note]


def _read_wide(table: FormTable) -> tuple[pd.DataFrame, pd.DataFrame, list[Problem]]:
    """Read one wide sheet: school rows, their counts by grade, and what is wrong."""
    numbers: dict[tuple[str, str], Counts] = {}
    unread: list[Problem] = []
    for column in table.places:
        scope, _, measure = column.partition(" ")
        if measure in MEASURES:
            numbers[scope, measure], found = read_counts(table, column)
            unread += found
    codes = code_columns(table)
    total = _total_rows(codes, table, numbers)
    nothing = pd.Series(
        np.all([np.isnan(values) for values in numbers.values()], axis=0), index=codes.index
    )
    # A footnote under the table may stand in the column of the codes.
    school = ~total & ~(nothing & ~written_code(codes).map(may_be_code))
    # Words under a total or a footnote lose nobody.
    school_rows = {table.sheet.row_number(row) for row in codes.index[school]}
    problems = [problem for problem in unread if problem.row in school_rows]
    problems += check_totals(table, numbers, school.to_numpy(), total.to_numpy(), problems)

    counts = _by_grade(numbers, codes.index)
    counts = counts[counts["row"].isin(codes.index[school])]
    rows = codes[school].rename_axis("row").reset_index()
    rows["pupils"] = (
        counts.groupby("row")["students"].sum().reindex(rows["row"]).fillna(0).to_numpy()
    )
    return rows, counts, problems


def _total_rows(
    codes: pd.DataFrame, table: FormTable, numbers: dict[tuple[str, str], Counts]
) -> pd.Series:
    """Tell which rows are totals: labelled so, or the last row, codeless, that adds up.

    DMC's JSON ends with an object without a code; it is a total when at least half of its
    figures are the sums of the rows above.
    """
    labels = pd.Series(
        [
            next((heading_key(cell) for cell in table.sheet.rows[row] if clean_text(cell)), "")
            for row in codes.index
        ],
        index=codes.index,
    )
    names = codes["school_name_th"].map(heading_key)
    codeless = ~has_code(codes)
    written = codes["smis_code"].map(heading_key)
    codeless |= written.str.fullmatch(_TOTAL)
    total = codeless & (labels.str.fullmatch(_TOTAL) | names.str.fullmatch(_TOTAL))
    if (
        len(codes) > 1
        and codeless.iloc[-1]
        and not total.iloc[-1]
        and not codes["school_name_th"].iloc[-1]
    ):
        filled = [values for values in numbers.values() if not np.isnan(values[-1])]
        rest = ~total.to_numpy()[:-1]
        same = [np.nansum(values[:-1][rest]) == values[-1] for values in filled]
        total.iloc[-1] = bool(same) and 2 * sum(same) >= len(same)
    return total


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
