"""A sample sheet while it is filled: rows and columns with names, so that a cell has an address."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gisapp.core.dates_th import date_long
from gisapp.core.tables import Merged, column_letters
from gisapp.core.text import Cell
from gisapp.store.text_tables import write_csv, write_lines, write_records
from gisapp.store.workbooks import Page, write_workbook


@dataclass(repr=False)  # its text would be the whole sheet
class Filled:
    """A table as it will stand in a file.

    Attributes:
        file: File name; its ending says how it is written.
        form: Name of the form, key of `gisapp.core.forms.FORM`.
        rows: Cells, titles and header included.
        row_at: Name of a data row (a school's code, "total" …) -> row, from 0.
        column_at: Our name of a column -> column, from 0.
        sheet: Sheet name; empty for text files.
        side_pages: Further sheets of the same workbook that hold no form.
        encoding: Of a text file.
    """

    file: str
    form: str
    rows: list[list[Cell]]
    row_at: dict[str, int]
    column_at: dict[str, int]
    sheet: str = ""
    merged: tuple[Merged, ...] = ()
    title_rows: int = 0
    header_rows: int = 1
    total_rows: frozenset[int] = frozenset()
    text_columns: frozenset[int] = frozenset()
    widths: dict[int, float] = field(default_factory=dict)
    side_pages: tuple[Page, ...] = ()
    encoding: str = "utf-8-sig"

    def address(self, key: str, column: str) -> str:
        """Return the cell's address as checks state it: ``D14``, or ``record 3`` in JSON."""
        if self.file.endswith(".json"):
            return f"record {self.row_at[key]}"
        return f"{column_letters(self.column_at[column])}{self.row_at[key] + 1}"

    def get(self, key: str, column: str) -> Cell:
        """Return what stands in a cell."""
        return self.rows[self.row_at[key]][self.column_at[column]]

    def put(self, key: str, column: str, value: Cell) -> str:
        """Write over a cell; return its address."""
        self.rows[self.row_at[key]][self.column_at[column]] = value
        return self.address(key, column)

    def add(self, key: str, cells: Mapping[str, Cell]) -> None:
        """Add a row at the end, which must not be a total."""
        row: list[Cell] = [None] * len(self.rows[-1])
        for column, value in cells.items():
            row[self.column_at[column]] = value
        self.row_at[key] = len(self.rows)
        self.rows.append(row)

    def insert(self, before: str, key: str, cells: Mapping[str, Cell]) -> None:
        """Put a row above another one."""
        at = self.row_at[before]
        row: list[Cell] = [None] * len(self.rows[at])
        for column, value in cells.items():
            row[self.column_at[column]] = value
        self.rows.insert(at, row)
        self.row_at = {name: row + (row >= at) for name, row in self.row_at.items()} | {key: at}

    def record(self, key: str) -> dict[str, Cell]:
        """Cells of a row by our names of the columns."""
        return {column: self.get(key, column) for column in self.column_at}

    def write(self, folder: Path) -> None:
        """Write the file into a round's folder."""
        path = folder / self.file
        if path.suffix == ".xlsx":
            write_workbook([self._page(), *self.side_pages], path)
        elif path.suffix == ".json":
            keys = [str(key) for key in self.rows[0]]
            records = [dict(zip(keys, map(str, row), strict=True)) for row in self.rows[1:]]
            write_records(records, path)
        elif path.suffix in (".txt", ".kml", ".pdf"):
            lines = ["|".join(map(str, row)) for row in self.rows]
            write_lines(lines, path, self.encoding)
        else:
            write_csv(self.rows, path, self.encoding)

    def _page(self) -> Page:
        return Page(
            name=self.sheet,
            rows=self.rows,
            merged=self.merged,
            title_rows=self.title_rows,
            header_rows=self.header_rows,
            total_rows=self.total_rows,
            text_columns=self.text_columns,
            widths=self.widths,
            frozen_columns=3 if self.header_rows == 2 else 0,
        )


def fill(
    file: str,
    form: str,
    headings: Sequence[tuple[str, str, float]],
    records: Mapping[str, Mapping[str, Cell]],
    *,
    sheet: str = "",
    titles: Sequence[str] = (),
    text: frozenset[str] = frozenset(),
    encoding: str = "utf-8-sig",
    side_pages: tuple[Page, ...] = (),
) -> Filled:
    """Lay records out under one row of headings.

    Args:
        file, form: As in `Filled`.
        headings: (our name, heading as written, width) of each column, from the left.
        records: Row name -> our name -> value; a missing value is an empty cell.
        sheet, titles: Sheet name and lines above the header.
        text: Our names of columns stored as text.
        encoding, side_pages: As in `Filled`.
    """
    names = [name for name, _, _ in headings]
    rows: list[list[Cell]] = [[title] for title in titles]
    rows.append([heading for _, heading, _ in headings])
    row_at = {}
    for key, record in records.items():
        row_at[key] = len(rows)
        rows.append([record.get(name) for name in names])
    return Filled(
        file=file,
        form=form,
        rows=rows,
        row_at=row_at,
        column_at={name: place for place, name in enumerate(names)},
        sheet=sheet,
        title_rows=len(titles),
        text_columns=frozenset(place for place, name in enumerate(names) if name in text),
        widths={place: width for place, (_, _, width) in enumerate(headings)},
        encoding=encoding,
        side_pages=side_pages,
    )


def plain_date(day: datetime.date) -> str:
    """Write a day as sheet titles do, with ordinary blanks: ``10 มิถุนายน 2568``."""
    return date_long(day, "th").replace("\u00a0", " ")
