"""Cells that hold numbers of people or rooms, a whole column at a time."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gisapp.core.cells import read_cells
from gisapp.core.problems import Problem
from gisapp.core.tables import FormTable
from gisapp.core.text import LARGEST_COUNT, clean_text, parse_code, parse_count
from gisapp.core.units import units_of, without_unit

Counts = NDArray[np.float64]

_CODES = ("smis_code", "ministry_code", "percode")


def read_counts(
    table: FormTable, column: str, kind: str = "not_a_number"
) -> tuple[Counts, list[Problem]]:
    """Read one column of counts.

    Returns:
        counts: float64, one per row; NaN where the cell is blank, a dash or no number.
        problems: One of `kind` per cell that holds something else.
    """
    cells = table.frame[column]
    counts = pd.to_numeric(cells, errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)
    plain = (counts >= 0) & (counts <= LARGEST_COUNT) & (counts == np.floor(counts))
    # What pandas takes for a number is not always one: True, "1e3", "0x10".
    plain &= cells.map(lambda cell: type(cell) in (int, float)).to_numpy(dtype=bool)
    counts = np.where(plain, counts, np.nan)
    units = units_of(column)
    read, unread = read_cells(cells[~plain], lambda cell: parse_count(without_unit(cell, units)))
    counts[~plain] = [np.nan if count is None else count for count in read]
    problems = [cell_problem(kind, table, row, column) for row in unread]
    return counts, problems


def cell_problem(
    kind: str, table: FormTable, row: int, column: str, *, key: str = "", **facts: object
) -> Problem:
    """Make a problem about one cell of a table, with its address and value.

    `key` is the school code of the row where nothing else is given.
    """
    return Problem(
        kind,
        file=table.sheet.file,
        sheet=table.sheet.name,
        row=table.sheet.row_number(row),
        column=table.headings.get(column, ""),
        cell=table.address(row, column),
        key=key or _key_at(table.frame, row),
        value=clean_text(table.frame.at[row, column]) if column in table.frame else "",
        facts=facts,
    )


def row_key(cells: pd.Series) -> str:
    """The first school code in a row; "" where it has none."""
    found = (parse_code(cells[column]) for column in _CODES if column in cells)
    return next((code for code in found if code), "")


def _key_at(frame: pd.DataFrame, row: int) -> str:
    """The same of a table's row, without taking out all its cells."""
    found = (parse_code(frame.at[row, column]) for column in _CODES if column in frame)
    return next((code for code in found if code), "")
