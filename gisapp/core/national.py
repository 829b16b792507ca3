"""The national figure of a round beside the office's own: both kept, the office's the master."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pandas as pd

from gisapp.core.counts import cell_problem
from gisapp.core.enrolment import EnrolmentRows, read_enrolment
from gisapp.core.grade_cells import grade_cell
from gisapp.core.grades import GRADE, ORDER
from gisapp.core.match import CODES, SchoolKeys
from gisapp.core.problems import BLOCK, Problem
from gisapp.core.pupils import give_to_schools
from gisapp.core.tables import FormTable

#: Columns that only the national DMC workbook has. Source: domain notes C1.
_NATIONAL = frozenset({"area_code", "dmc_size_class"})

_COMPARED = ("male", "female", "students")
#: So many grades that differ are named, the rest counted.
_GRADES_NAMED = 4

#: Kinds that say that a code finds no school.
_NO_SCHOOL = frozenset({"unmatched_code", "bad_code"})


def is_national(table: FormTable) -> bool:
    """Tell whether a table is the national DMC workbook, by its own columns."""
    return table.places.keys() >= _NATIONAL


def part_sources(
    wide: Iterable[FormTable], long: Iterable[FormTable]
) -> tuple[list[FormTable], list[FormTable]]:
    """Part the wide enrolment sheets into the office's own and the national one beside them.

    Where only the national workbook was received it is the enrolment, and stands beside none.
    """
    tables = list(wide)
    national = [table for table in tables if is_national(table)]
    own = [table for table in tables if not is_national(table)]
    return (own, national) if own or list(long) else (national, [])


def read_other_source(
    tables: list[FormTable], keys: SchoolKeys, area_code: str, key_pattern: str
) -> tuple[tuple[pd.DataFrame, EnrolmentRows], list[Problem]]:
    """Read the national figure that lies beside the office's own sheet.

    Returns:
        grades: As `give_to_schools`, with `source_file`; the rows they come from.
        problems: What is wrong in the file, none of it a block: no figure of the round is lost.
    """
    rows, problems = read_enrolment(tables, area_code)
    grades, found = give_to_schools(rows, keys, key_pattern)
    files = np.array([table.sheet.file for table in tables], dtype=object)
    places = rows.rows["table"].reindex(grades["source"]).to_numpy(dtype=np.intp)
    grades["source_file"] = files[places] if len(grades) else ""
    blocks = [problem for problem in found if problem.severity == BLOCK]
    return (grades, rows), [_doubt(problem) for problem in [*problems, *blocks]]


def _doubt(problem: Problem) -> Problem:
    """Say of a block in the national file that it changes no figure of the office's."""
    if problem.severity != BLOCK:
        return problem
    if problem.kind in _NO_SCHOOL:
        return replace(
            problem,
            kind="other_source_unmatched",
            pupils=0,
            facts={**problem.facts, "pupils": problem.pupils},
        )
    said = {f"said_{language}": problem.message(language) for language in ("th", "en")}
    return replace(problem, kind="other_source_fault", pupils=0, facts=said)


def differing_sources(
    own: pd.DataFrame, rows: EnrolmentRows, other: pd.DataFrame, other_rows: EnrolmentRows
) -> list[Problem]:
    """One ``sources_differ`` per school whose grades or sexes differ in any figure.

    Args:
        own, rows: The office's figures and the sheets they come from: the master, because the
            round states the pupils of its own cut-off day (DECISIONS.md 15).
        other, other_rows: The national ones.

    A grade that only one of them lists has 0 pupils in the other; a figure that one of them
    does not state differs from nothing, and so does a school of which the office's sheet has no
    row: its pupils are unknown, as ``no_enrolment`` says.
    """
    other = other[other["smis_code"].isin(own["smis_code"])]
    if not len(own) or not len(other):
        return []
    columns = ["smis_code", "grade", "source", *_COMPARED]
    both = own[columns].merge(
        other[columns], on=["smis_code", "grade"], how="outer", suffixes=("", "_other"), sort=False
    )
    differs = np.zeros(len(both), dtype=bool)
    for measure in _COMPARED:
        ours, theirs = _filled(both, measure, ""), _filled(both, measure, "_other")
        both[measure], both[f"{measure}_other"] = ours, theirs
        differs |= ~np.isnan(ours) & ~np.isnan(theirs) & (ours != theirs)
    changed = both[differs].assign(order=both["grade"].map(ORDER)).sort_values("order")
    sums = both.groupby("smis_code")[["students", "students_other"]].sum()
    return [
        _differ(str(code), group, sums.loc[code], rows, other_rows)
        for code, group in changed.groupby("smis_code", sort=True)
    ]


def _filled(both: pd.DataFrame, measure: str, side: str) -> "pd.Series[float]":
    """Figures of one source; 0 where it does not list the grade at all."""
    figures = both[f"{measure}{side}"].astype("Float64").astype("float64")
    return figures.where(both[f"source{side}"].notna(), 0.0)


def _differ(
    code: str,
    group: pd.DataFrame,
    sums: pd.Series,
    rows: EnrolmentRows,
    other_rows: EnrolmentRows,
) -> Problem:
    """Name both numbers of one school, at the office's own cell where it has one."""
    listed = group[group["source"].notna()]
    if len(listed):
        table, row, column = grade_cell(rows, listed["source"].iloc[0], listed["grade"].iloc[0])
    else:
        first = group.iloc[0]
        table, row, column = grade_cell(other_rows, first["source_other"], first["grade"])
    other_table = other_rows.tables[0].sheet.file
    own, other = int(sums["students"]), int(sums["students_other"])
    found = cell_problem(
        "sources_differ",
        table,
        row,
        column,
        key=code,
        own=own,
        other=other,
        other_file=other_table,
        grades_th=_grades(group, "label_th", "และอีก {} ชั้น"),
        grades_en=_grades(group, "label_en", "and {} more"),
    )
    return replace(found, value=f"{own} / {other}")


def _grades(group: pd.DataFrame, label: str, more: str) -> str:
    """Write the grades that differ: ``ป.1 11/12``; the sexes where the sums are the same."""
    words = []
    for row in group.head(_GRADES_NAMED).to_dict("records"):
        pairs = [(row[measure], row[f"{measure}_other"]) for measure in ("students", "male")]
        ours, theirs = next((pair for pair in pairs if abs(pair[0] - pair[1]) > 0), pairs[0])
        words.append(f"{getattr(GRADE[row['grade']], label)} {ours:.0f}/{theirs:.0f}")
    text = ", ".join(words)
    left = len(group) - len(words)
    return f"{text} {more.format(left)}" if left else text


def rooms_in_all(enrolment: EnrolmentRows, keys: SchoolKeys) -> pd.Series:
    """Class groups of each school as its row states them in all, by `smis_code`.

    For sheets that state rooms only so, such as the national workbook. Of several rows of one
    school the first counts, as for its pupils.
    """
    rows = enrolment.rows[enrolment.rows["rooms"].notna()]
    school = keys.find(rows[[*CODES]])
    stated = pd.Series(rows["rooms"].to_numpy(dtype=np.float64), index=school.to_numpy())
    stated = stated[(stated.index != "") & ~stated.index.duplicated()]
    return stated
