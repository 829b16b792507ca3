"""What a second source says of a school, against the register: the register is the master."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

import numpy as np
import pandas as pd

from gisapp.core.areas import area_key
from gisapp.core.counts import cell_problem
from gisapp.core.headings import Headings
from gisapp.core.match import SchoolKeys, name_key
from gisapp.core.problems import Problem
from gisapp.core.register_values import read_values
from gisapp.core.sheet_rows import code_columns
from gisapp.core.tables import FormTable
from gisapp.core.text import clean_text

#: In a file of fewer rows than this, names that differ say nothing about its codes.
LEAST_ROWS = 5

#: What is said of a fact that differs.
USED = {"used_th": "ใช้ตามทะเบียน", "used_en": "the register's is used"}
_NOT_USED = {
    "used_th": "ไม่ได้เติม เพราะชื่อในแถวนี้เป็นโรงเรียนอื่น",
    "used_en": "not filled in, because the row names another school",
}


def _address_key(address: str) -> str:
    parts = urlsplit(address.lower())
    return f"{(parts.hostname or '').removeprefix('www.')}{parts.path.rstrip('/')}"


#: Column -> what two spellings of one value have in common.
_COMPARED: dict[str, Callable[[str], str]] = {
    "subdistrict": area_key,
    "district": area_key,
    "founded_on": str,
    "website": _address_key,
}


def compare_sources(
    register: pd.DataFrame, rows: pd.DataFrame, table: FormTable
) -> tuple[pd.DataFrame, list[Problem]]:
    """Compare a second source with the register, school by school.

    Args:
        register: Clean register.
        rows: What the second source says; `smis_code` is a school of the register; the index
            is the place in `table`.
        table: The sheet of `rows`.

    Returns:
        rows: Those that may fill what the register leaves blank. A row that bears the name of
            another school may not, nor any row of a file most of whose names are others'.
        problems: Names and facts that differ, with both values.
    """
    known = register.drop_duplicates("smis_code").set_index("smis_code")
    master = known.reindex(rows["smis_code"]).set_axis(rows.index, axis=0)
    problems, foreign = _names(known, master, rows, table)
    return rows[~foreign], problems + _facts(master, rows, table, foreign)


def compare_registers(
    register: pd.DataFrame, tables: Sequence[FormTable], keys: SchoolKeys, headings: Headings
) -> list[Problem]:
    """Compare the facts that further registers say of a school with the first, the master.

    Args:
        register: Clean register; `table` counts `tables`.
        tables: Sheets; those of another form than ``register`` are left out.
        keys: The register's schools.
        headings: For the cells of the sheets.
    """
    problems: list[Problem] = []
    known = register.drop_duplicates("smis_code").set_index("smis_code")
    for table, rows in further_registers(register, tables, keys, headings):
        master = known.reindex(rows["smis_code"]).set_axis(rows.index, axis=0)
        problems += _facts(master, rows, table, pd.Series(np.False_, index=rows.index))
    return problems


def further_registers(
    register: pd.DataFrame, tables: Sequence[FormTable], keys: SchoolKeys, headings: Headings
) -> Iterator[tuple[FormTable, pd.DataFrame]]:
    """Read each register after the first: the rows of schools that an earlier one has.

    Yields:
        The sheet, and its rows with `smis_code` and what `read_values` reads; the index is the
        place in the sheet.
    """
    first = register.drop_duplicates("smis_code").set_index("smis_code")["table"]
    for place, table in enumerate(tables):
        if table.form != "register" or place == 0:
            continue
        codes = code_columns(table)
        codes = codes.assign(smis_code=keys.find(codes))
        codes = codes[codes["smis_code"].map(first).lt(place)]
        values, _ = read_values(replace(table, frame=table.frame.loc[codes.index]), headings)
        yield table, codes[["smis_code"]].join(values)


def _facts(
    master: pd.DataFrame, rows: pd.DataFrame, table: FormTable, foreign: pd.Series
) -> list[Problem]:
    """Name facts that differ, and those that a row about another school may not fill in."""
    problems = []
    for column, key in _COMPARED.items():
        if column not in rows:
            continue
        here = rows[column].map(clean_text)
        there = (
            master[column].map(clean_text) if column in master else pd.Series("", index=rows.index)
        )
        differs = (here != "") & (there != "") & (here.map(key) != there.map(key))
        withheld = (here != "") & (there == "") & foreign
        for row in rows.index[differs | withheld]:
            found = cell_problem(
                "sources_disagree",
                table,
                int(row),
                column,
                key=rows.at[row, "smis_code"],
                registered=there.at[row] or "–",
                **(USED if differs.at[row] else _NOT_USED),
            )
            problems.append(found)
    return problems


def _names(
    known: pd.DataFrame, master: pd.DataFrame, rows: pd.DataFrame, table: FormTable
) -> tuple[list[Problem], pd.Series]:
    """Say which names differ, and which rows are therefore about another school."""
    written = rows["school_name_th"].map(name_key)
    registered = master["school_name_th"].map(name_key)
    compared = (written != "") & (registered != "")
    differs = compared & (written != registered)
    if compared.sum() >= LEAST_ROWS and 2 * differs.sum() > compared.sum():
        facts = {"differ": int(differs.sum()), "rows": int(compared.sum())}
        sheet = table.sheet
        found = [Problem("codes_of_other_list", sheet.file, sheet.name, facts=facts)]
        return found, pd.Series(np.True_, index=rows.index)
    problems = [
        cell_problem(
            "name_differs",
            table,
            int(row),
            "school_name_th",
            key=rows.at[row, "smis_code"],
            registered=master.at[row, "school_name_th"],
        )
        for row in rows.index[differs]
    ]
    others = frozenset(known["school_name_th"].map(name_key))
    return problems, differs & written.isin(others)
