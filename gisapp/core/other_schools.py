"""Schools of other affiliations: their places and pupils, beside the office's own.

They stand in layers of their own, so that the office's counters stay its own (contract,
section 1; decision 14).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from gisapp.core.cells import read_cells, read_texts
from gisapp.core.counts import Counts, cell_problem, read_counts
from gisapp.core.grades import GRADE, MEASURES, ORDER, SCOPES
from gisapp.core.headings import Headings
from gisapp.core.own_schools import OwnSchools
from gisapp.core.problems import Problem, ProblemList
from gisapp.core.sheet_rows import code_columns, is_total
from gisapp.core.tables import FormTable
from gisapp.core.text import parse_count
from gisapp.core.unknown_grades import unknown_grades

_TEXTS = ("school_name_en", "affiliation", "province", "district", "subdistrict",
          "subdistrict_code", "lat", "lon")  # fmt: skip
_COUNTED = ["smis_code", "grade", "education_level", *MEASURES]


@dataclass(frozen=True)
class OtherSchools:
    """Schools that are not the office's.

    Attributes:
        register: One row per school, sorted by `smis_code` (its key): names, `affiliation`,
            area names and code, `village_no`, `lat`, `lon` as text, `source_file`, the four
            measures where a sheet states them without grades; `table` and `row`.
        grades: One row per school × grade with the four measures, sorted.
        tables: Sheets that `register["table"]` points at.
    """

    register: pd.DataFrame
    grades: pd.DataFrame
    tables: list[FormTable]


def read_other_schools(
    tables: Sequence[FormTable], headings: Headings, own: OwnSchools
) -> tuple[OtherSchools, list[Problem]]:
    """Read every list of schools of other affiliations, one row per school or per grade.

    Args:
        tables: Tables of the form ``other_schools``, accepted keys filled in.
        headings: For names of grades.
        own: The office's own schools, which are left out here.

    Returns:
        schools: What the sheets hold; a row without a key names no school yet.
        problems: Cells that are no numbers, unknown grades, one school twice with other
            figures, schools that are the office's own.
    """
    found = ProblemList()
    registers, counts = [], []
    for place, table in enumerate(tables):
        rows, figures = found.keep(_read_table(table, headings))
        rows, figures = found.keep(_without_own(table, rows, figures, own))
        registers.append(rows.assign(table=place, source_file=table.sheet.file))
        counts.append(figures.assign(table=place))
    register = _together(registers, ["smis_code", "school_name_th", *_TEXTS, "village_no",
                                     *MEASURES, "source_file", "table", "row"])  # fmt: skip
    figures = _together(counts, ["smis_code", "grade", *MEASURES, "table", "row"])
    found += _twice(figures, tables)
    register = register.drop_duplicates("smis_code").sort_values("smis_code", ignore_index=True)
    return OtherSchools(register, _by_grade(figures), list(tables)), list(found)


def _without_own(
    table: FormTable, rows: pd.DataFrame, figures: pd.DataFrame, own: OwnSchools
) -> tuple[tuple[pd.DataFrame, pd.DataFrame], list[Problem]]:
    """Leave out the rows of the office's own schools, each of them said once."""
    placed = rows.set_index("row")
    school = own.find(placed, code_columns(table).loc[placed.index])
    mine = school[school != ""]
    coded = set(own.keys.find(code_columns(table).loc[mine.index]))
    problems = [
        cell_problem(
            "other_school_is_own",
            table,
            int(row),
            "smis_code" if key in coded else "school_name_th",
            key=key,
        )
        for row, key in mine.drop_duplicates().items()
    ]
    others = rows[~rows["row"].isin(mine.index)], figures[~figures["row"].isin(mine.index)]
    return others, problems


def _read_table(
    table: FormTable, headings: Headings
) -> tuple[tuple[pd.DataFrame, pd.DataFrame], list[Problem]]:
    """Rows that name a school with a key, and its figures by grade."""
    codes = code_columns(table)
    summed = codes["school_name_th"].map(is_total).astype(bool)
    rows = codes.loc[(codes["smis_code"] != "") & ~summed, ["smis_code", "school_name_th"]]
    frame = table.frame.loc[rows.index]
    for column in _TEXTS:
        rows[column] = read_texts(frame[column]) if column in frame else ""
    rows["village_no"] = pd.Series(None, rows.index, dtype=object)
    problems: list[Problem] = []
    if "village_no" in frame:
        numbers, unread = read_cells(frame["village_no"], parse_count)
        rows["village_no"] = pd.Series(numbers, rows.index, dtype=object)
        problems = [cell_problem("number_ignored", table, row, "village_no") for row in unread]
    values, found = _measures(replace(table, frame=frame))
    figures = pd.DataFrame(values, index=rows.index)
    rows = rows.rename_axis("row").reset_index()
    if "grade" not in frame:
        return (rows.join(figures.reset_index(drop=True)), _no_grades()), problems + found
    grades, unknown = _grades(replace(table, frame=frame), figures, headings)
    # A row with an empty grade states the whole school, where nobody knows its grades.
    whole = read_texts(frame["grade"]) == ""
    rows = rows.join(figures.where(whole).reset_index(drop=True))
    by_grade = figures.assign(smis_code=rows["smis_code"].to_numpy(), grade=grades)
    by_grade = by_grade[by_grade["grade"].isin(list(GRADE))].rename_axis("row").reset_index()
    return (rows, by_grade), [*problems, *found, *unknown]


def _no_grades() -> pd.DataFrame:
    return pd.DataFrame(columns=["row", "smis_code", "grade", *MEASURES])


def _measures(table: FormTable) -> tuple[dict[str, Counts], list[Problem]]:
    """The four measures of each row; boys and girls make the pupils where both are known."""
    problems: list[Problem] = []
    values: dict[str, Counts] = dict.fromkeys(MEASURES, np.full(len(table.frame), np.nan))
    for measure in MEASURES:
        if measure in table.frame:
            values[measure], found = read_counts(table, measure)
            problems += found
    both = values["male"] + values["female"]
    stated = values["students"]
    wrong = ~np.isnan(stated) & ~np.isnan(both) & (stated != both)
    for place in np.flatnonzero(wrong):
        row = int(table.frame.index[place])
        expected = int(both[place])
        problems.append(cell_problem("total_mismatch", table, row, "students", expected=expected))
    return {**values, "students": np.where(np.isnan(both), stated, both)}, problems


def _grades(
    table: FormTable, figures: pd.DataFrame, headings: Headings
) -> tuple[pd.Series, list[Problem]]:
    """Grade of each row that states any figure; "" and a problem where it is none."""
    written = table.frame["grade"]
    known, _ = read_cells(written, headings.grade)
    grades = pd.Series(known, table.frame.index, dtype=object)
    filled = figures.notna().any(axis=1)
    named = read_texts(written) != ""
    unknown = grades[filled & named & ~grades.isin([*GRADE, *SCOPES])]
    pupils = figures.loc[unknown.index, "students"].to_numpy(dtype=np.float64)
    problems = unknown_grades(table, unknown.index, pupils)
    return grades.where(filled, ""), problems


def _together(parts: list[pd.DataFrame], columns: list[str]) -> pd.DataFrame:
    filled = [part for part in parts if len(part)]
    if not filled:
        return pd.DataFrame(columns=columns)
    return pd.concat(filled, ignore_index=True)[columns]


def _twice(figures: pd.DataFrame, tables: Sequence[FormTable]) -> list[Problem]:
    """Grades that a school has in more than one row with other figures; the first counts."""
    keys = ["smis_code", "grade"]
    again = figures.duplicated(keys) & ~figures.duplicated([*keys, *MEASURES])
    if not again.any():
        return []
    first = figures[~figures.duplicated(keys)].set_index(keys)
    problems = []
    for row in figures[again].itertuples():
        table, before = tables[row.table], first.loc[(row.smis_code, row.grade)]
        where = tables[int(before["table"])].address(int(before["row"]), "smis_code")
        found = cell_problem(
            "school_twice", table, int(row.row), "smis_code", key=row.smis_code, first=where
        )
        pupils = 0 if np.isnan(row.students) else int(row.students)
        problems.append(replace(found, pupils=pupils, facts={**found.facts, "cell": found.cell}))
    return problems


def _by_grade(figures: pd.DataFrame) -> pd.DataFrame:
    once = figures[~figures.duplicated(["smis_code", "grade"])]
    once = once.assign(
        order=once["grade"].map(ORDER),
        education_level=[GRADE[grade].education_level for grade in once["grade"]],
    )
    once = once.sort_values(["smis_code", "order"], kind="stable", ignore_index=True)
    return once[_COUNTED].astype(dict.fromkeys(MEASURES, "Float64"))


def fold_missing_places(problems: Sequence[Problem]) -> list[Problem]:
    """Say once per sheet how many other schools have no coordinates: nobody is asked for them."""
    kept = [problem for problem in problems if problem.kind != "no_coordinates"]
    counts: dict[tuple[str, str], int] = {}
    for problem in problems:
        if problem.kind == "no_coordinates":
            where = (problem.file, problem.sheet)
            counts[where] = counts.get(where, 0) + 1
    return kept + [
        Problem("others_without_place", file, sheet, facts={"rows": rows})
        for (file, sheet), rows in counts.items()
    ]


def with_totals(register: pd.DataFrame, sums: pd.DataFrame) -> pd.DataFrame:
    """Give each school the sums of its grades, else the figures that its sheet states.

    Args:
        register: `OtherSchools.register`.
        sums: One row per school that has grades, index `smis_code`.
    """
    schools = register.set_index("smis_code", drop=False)
    for column in sums.columns:
        known = sums[column].reindex(schools.index)
        stated = schools[column] if column in schools else pd.Series(None, schools.index)
        schools[column] = known.astype(object).where(known.notna(), stated)
    return schools.reset_index(drop=True)
