"""Columns of cells read whole, each different cell once: a country repeats itself."""

from collections.abc import Callable
from typing import TypeVar

import pandas as pd

from gisapp.core.text import Cell, clean_text

T = TypeVar("T")


def read_cells(
    cells: pd.Series, read: Callable[[Cell], T | None]
) -> tuple[list[T | None], list[int]]:
    """Read every cell of a column.

    Returns:
        values: What `read` makes of each cell; None where it raises ValueError.
        unread: Index labels of the cells where it did.
    """
    known: dict[tuple[type, Cell], T | ValueError | None] = {}
    values: list[T | None] = []
    unread = []
    for label, cell in zip(cells.index, cells.tolist(), strict=True):
        # The type belongs to the key: True, 1 and 1.0 are equal, and not the same cell.
        key = (type(cell), cell)
        if key not in known:
            try:
                known[key] = read(cell)
            except ValueError as error:
                known[key] = error
        found = known[key]
        if isinstance(found, ValueError):
            unread.append(int(label))
            values.append(None)
        else:
            values.append(found)
    return values, unread


def read_texts(cells: pd.Series) -> pd.Series:
    """A column as clean text, "" where blank."""
    values, _ = read_cells(cells, clean_text)
    return pd.Series(values, index=cells.index, dtype=object)
