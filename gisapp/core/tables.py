"""A received sheet as it stands: cells in rows, and how to name each of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from gisapp.core.conversions import Conversion
from gisapp.core.text import Cell

#: (top, left, bottom, right), counted from 0, all inclusive.
Merged = tuple[int, int, int, int]


@dataclass(frozen=True)
class Sheet:
    """One sheet of one file of one round.

    Attributes:
        file: File name without folders.
        name: Sheet name; empty for files that have no sheets.
        rows: Cells, one list per row, from the sheet's first row on; all of one length.
        merged: Merged ranges.
        first_row: Number that people call `rows[0]` by: 1 in a sheet. 0 for JSON, where
            `rows[0]` holds the keys and record n is `rows[n]`.
        round_name: Round whose folder held the file.
        hidden: The workbook does not show it.
        conversion: How the places of a map became degrees, where it declared another CRS.
    """

    file: str
    name: str
    rows: list[list[Cell]]
    merged: tuple[Merged, ...] = ()
    first_row: int = 1
    round_name: str = ""
    hidden: bool = False
    conversion: Conversion | None = None

    def row_number(self, row: int) -> int:
        """Number of `rows[row]` as the sheet itself counts."""
        return row + self.first_row

    def address(self, row: int, column: int) -> str:
        """Name of a cell: ``D14`` in a sheet, ``record 3`` in JSON."""
        if self.first_row == 0:
            return f"record {row}"
        return f"{column_letters(column)}{self.row_number(row)}"


@dataclass(frozen=True)
class FormTable:
    """The rows of a sheet under the column names that gisapp uses.

    Attributes:
        form: Name of the form that was recognised.
        sheet: Where the rows come from.
        frame: Cells as received; columns as in `places`; the index is the place in
            `sheet.rows`, so that every finding can name its cell.
        places: Our column -> column number in the sheet.
        headings: Our column -> heading as written.
        title: Text above the header.
        header: First and last row of the header, as places in `sheet.rows`.
        corrected: (row of `frame`, our column) -> the cell as received, where an officer put it
            right.
    """

    form: str
    sheet: Sheet
    frame: pd.DataFrame
    places: dict[str, int]
    headings: dict[str, str]
    title: str = ""
    header: tuple[int, int] = (0, 0)
    corrected: Mapping[tuple[int, str], Cell] = field(default_factory=dict)

    def address(self, row: int, column: str) -> str:
        """Name of the cell in `frame` at this row and column; empty without such a column."""
        return self.sheet.address(row, self.places[column]) if column in self.places else ""


def column_letters(column: int) -> str:
    """Letters of a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
