"""Checks between sheets: what one has and another lacks, and which round a sheet is of."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

import pandas as pd

from gisapp.core.counts import cell_problem
from gisapp.core.problems import Problem
from gisapp.core.rounds import BE_OFFSET, Round
from gisapp.core.tables import FormTable
from gisapp.core.text import arabic_digits, clean_text, date_within

#: Words of a status that say a school no longer teaches.
_CLOSED = ("เลิก", "ยุบ", "รวม", "closed", "merged")

_YEAR_IN_TITLE = re.compile(r"ปีการศึกษา\s*(?:พ\.ศ\.)?\s*(\d{4})")


def absent_schools(
    kind: str, register: pd.DataFrame, present: Collection[str], tables: Sequence[FormTable]
) -> list[Problem]:
    """One problem of `kind` per school of the register that a sheet does not have.

    A school that the register calls closed is not missed.
    """
    absent = register[~register["smis_code"].isin(list(present)) & ~_is_closed(register)]
    return [
        cell_problem(kind, tables[row.table], int(row.row), "smis_code", key=row.smis_code)
        for row in absent.itertuples()
    ]


def closed_with_pupils(
    register: pd.DataFrame, schools: pd.DataFrame, tables: Sequence[FormTable]
) -> list[Problem]:
    """Doubt schools that the register calls closed and that have pupils."""
    students = schools.set_index("smis_code")["students"]
    counted = register["smis_code"].map(students).astype("Float64").fillna(0)
    return [
        cell_problem(
            "closed_with_pupils",
            tables[row.table],
            int(row.row),
            "status",
            key=row.smis_code,
            students=int(counted.at[row.Index]),
        )
        for row in register[_is_closed(register) & (counted > 0)].itertuples()
    ]


def _is_closed(register: pd.DataFrame) -> pd.Series:
    status = register["status"].fillna("").astype(str)
    return status.map(says_closed).astype(bool)


def says_closed(status: str) -> bool:
    """Tell whether a school's status says that it no longer teaches."""
    return any(word in status.lower() for word in _CLOSED)


def expansion_flags(
    register: pd.DataFrame, schools: pd.DataFrame, tables: Sequence[FormTable]
) -> list[Problem]:
    """Compare the register's flag for expansion schools with the grades that are taught."""
    if "expansion_school" not in register:
        return []
    derived = schools.set_index("smis_code")["derived_expansion"]
    problems = []
    for row in register[register["expansion_school"].notna()].itertuples():
        taught = derived.get(row.smis_code)
        if taught is None or pd.isna(taught) or bool(taught) == bool(row.expansion_school):
            continue
        found = cell_problem(
            "expansion_differs",
            tables[row.table],
            int(row.row),
            "expansion_school",
            key=row.smis_code,
            derived_th="เปิดสอนทั้งประถมและมัธยมต้น" if taught else "ไม่ได้เปิดสอนมัธยมต้น",
            derived_en="both primary and lower secondary" if taught else "no lower secondary",
        )
        problems.append(found)
    return problems


def round_of_title(table: FormTable, data_round: Round) -> list[Problem]:
    """Compare the year and date above a sheet's header with the round it lies in."""
    title = arabic_digits(table.title)
    year = _YEAR_IN_TITLE.search(title)
    date = date_within(title)
    found = ""
    if year and int(year[1]) not in (
        data_round.academic_year_be,
        data_round.academic_year_be - BE_OFFSET,
    ):
        found = f"ปีการศึกษา {year[1]}"
    elif date and abs((date - data_round.cut_off).days) > 60:
        found = f"{date.day}/{date.month}/{date.year + BE_OFFSET}"
    if not found:
        return []
    row, cell = _title_cell(table)
    problem = Problem("wrong_round", table.sheet.file, table.sheet.name, row, cell=cell)
    return [replace(problem, value=found, facts={"round": data_round.name})]


def _title_cell(table: FormTable) -> tuple[int | None, str]:
    """Row and address of the title that states a year or date; nothing where none does alone."""
    for row in range(table.header[0]):
        for column, cell in enumerate(table.sheet.rows[row]):
            text = arabic_digits(clean_text(cell))
            if _YEAR_IN_TITLE.search(text) or date_within(text):
                return table.sheet.row_number(row), table.sheet.address(row, column)
    return None, ""
