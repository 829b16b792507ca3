"""Staffing: how many teachers each school has."""

from dataclasses import replace

import pandas as pd

from gisapp.core.buildings import unmatched_rows
from gisapp.core.counts import cell_problem, read_counts
from gisapp.core.match import SchoolKeys
from gisapp.core.problems import Problem
from gisapp.core.sheet_rows import code_columns, has_code
from gisapp.core.tables import FormTable

#: Posts that teach or lead; employees and daily staff are not counted among teachers.
TEACHING = ("directors", "deputies", "teachers", "government_employees")


def read_teachers(tables: list[FormTable], keys: SchoolKeys) -> tuple[pd.Series, list[Problem]]:
    """Read how many teachers and school heads work at each school.

    Returns:
        teachers: Number per `smis_code`; schools without a row are absent.
        problems: Rows of unknown schools, repeated rows, cells that are no numbers.
    """
    teachers: dict[str, float] = {}
    problems: list[Problem] = []
    for table in tables:
        codes = code_columns(table)
        school = keys.find(codes).where(has_code(codes), "")
        problems += unmatched_rows(
            "staff_unmatched", table, codes[has_code(codes)], school[has_code(codes)]
        )
        counts = []
        for column in TEACHING:
            if column in table.places:
                numbers, unread = read_counts(table, column)
                counts.append(pd.Series(numbers, index=codes.index))
                rows = {table.sheet.row_number(row) for row in codes.index[has_code(codes)]}
                problems += [
                    replace(problem, kind="number_ignored")
                    for problem in unread
                    if problem.row in rows
                ]
        sums = pd.concat(counts, axis=1).sum(axis=1, min_count=1)
        for row, code in school[school != ""].items():
            if code in teachers:
                problems.append(
                    cell_problem("number_ignored", table, int(str(row)), "teachers", key=code)
                )
            else:
                teachers[code] = sums.at[row]
    return pd.Series(teachers, dtype="float64"), problems
