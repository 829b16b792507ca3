"""Where things stand on a received sheet: its header, its codes, and the cells of a problem."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from gisapp.core.match import CODES
from gisapp.core.tables import FormTable, Merged, Sheet
from gisapp.core.text import clean_text

#: A cell as (row, column), places in `Sheet.rows` counted from 0.
Spot = tuple[int, int]

_ADDRESS = re.compile(r"([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?")
_RECORD = re.compile(r"record (\d+)")
_PLACE = ("lat", "lon")

#: Of a range of cells, so many are named; a finding about more is one about the sheet.
_MOST_CELLS = 60


class Located(Protocol):
    """What says where it stands in a sheet, in the terms of `Problem`."""

    @property
    def row(self) -> int | None:
        """Row number as the sheet counts."""

    @property
    def column(self) -> str:
        """Heading as written."""

    @property
    def cell(self) -> str:
        """Address."""

    @property
    def value(self) -> str:
        """What stands there."""

    @property
    def proposal(self) -> Mapping[str, str]:
        """Our column -> proposed text."""


@dataclass(frozen=True)
class Layout:
    """A sheet and what was recognised on it.

    Attributes:
        sheet: The sheet as it stands.
        header: First and last row of the header; None where no form was recognised.
        columns: Our column -> column number, of all forms of the sheet.
        headings: Heading as written -> column number.
    """

    sheet: Sheet
    header: tuple[int, int] | None = None
    columns: Mapping[str, int] = field(default_factory=dict)
    headings: Mapping[str, int] = field(default_factory=dict)

    @property
    def first_row(self) -> int:
        """Place of the first row below the header; 0 without a header."""
        return self.header[1] + 1 if self.header else 0

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.sheet.rows[0]) if self.sheet.rows else 0

    @cached_property
    def code_columns(self) -> frozenset[int]:
        """Columns that hold codes, whose leading zeros must not get lost."""
        return frozenset(place for name, place in self.columns.items() if "code" in name)

    @cached_property
    def naming_columns(self) -> tuple[int, ...]:
        """Columns that say whose a row is: the first code that is there, and the name."""
        code = next((name for name in CODES if name in self.columns), "")
        names = (code, "school_name_th")
        return tuple(self.columns[name] for name in names if name in self.columns)

    @cached_property
    def header_merges(self) -> tuple[Merged, ...]:
        """Merged ranges of the header and of the titles above it."""
        return tuple(area for area in self.sheet.merged if area[2] < self.first_row)

    def holds(self, spot: Spot) -> bool:
        """Tell whether the sheet has such a cell."""
        return 0 <= spot[0] < len(self.sheet.rows) and 0 <= spot[1] < self.width


def lay_out(sheets: Sequence[Sheet], tables: Sequence[FormTable]) -> dict[tuple[str, str], Layout]:
    """Put each sheet together with the tables that were read from it, by (file, sheet name)."""
    layouts = {(sheet.file, sheet.name): Layout(sheet) for sheet in sheets}
    for table in tables:
        where = (table.sheet.file, table.sheet.name)
        if where in layouts:
            before = layouts[where]
            written = {heading: table.places[name] for name, heading in table.headings.items()}
            layouts[where] = Layout(
                sheet=before.sheet,
                header=before.header or table.header,
                columns={**table.places, **before.columns},
                headings={**written, **before.headings},
            )
    return layouts


def faulty_cells(layout: Layout, problem: Located) -> tuple[Spot, ...]:
    """Return the cells that a problem is about, the one that it names first.

    A problem about a row means the row's code, else its first filled cell; one about a place
    on earth means both coordinates. Empty for a problem about the whole sheet or file.
    """
    row = _row(layout, problem)
    found = [spot for spot in _named(layout, problem, row) if layout.holds(spot)]
    if row is not None:
        columns = [name for name in problem.proposal if name in layout.columns]
        if _about_place(layout, problem, found):
            columns += _PLACE
        found += [(row, layout.columns[name]) for name in columns]
        if not found:
            found = [(row, _first_column(layout, row))]
    return tuple(spot for spot in dict.fromkeys(found) if layout.holds(spot))


def _row(layout: Layout, problem: Located) -> int | None:
    """Place of the row that a problem names."""
    if problem.row is not None:
        row = problem.row - layout.sheet.first_row
        return row if 0 <= row < len(layout.sheet.rows) else None
    record = _RECORD.fullmatch(problem.cell)
    return int(record[1]) if record else None


def _named(layout: Layout, problem: Located, row: int | None) -> list[Spot]:
    """Cells that the problem gives an address or a heading of."""
    found: list[Spot] = []
    for left, top, right, bottom in _ADDRESS.findall(problem.cell):
        first = (int(top) - layout.sheet.first_row, _column(left))
        last = (int(bottom) - layout.sheet.first_row, _column(right)) if right else first
        found += [
            (line, column)
            for line in range(first[0], min(last[0], first[0] + _MOST_CELLS) + 1)
            for column in range(first[1], min(last[1], first[1] + _MOST_CELLS) + 1)
        ]
    if not found and row is not None and problem.column:
        place = layout.headings.get(problem.column, _headed(layout, problem.column))
        found += [(row, place)] if place is not None else []
    return found[:_MOST_CELLS]


def _headed(layout: Layout, heading: str) -> int | None:
    """The column under a heading that is none of ours."""
    if layout.header is None:
        return None
    cells = layout.sheet.rows[layout.header[1]]
    return next((place for place, cell in enumerate(cells) if clean_text(cell) == heading), None)


def _about_place(layout: Layout, problem: Located, found: list[Spot]) -> bool:
    """Tell whether a problem is about both coordinates: it states both, or one is blank."""
    places = [layout.columns[name] for name in _PLACE if name in layout.columns]
    if len(places) < len(_PLACE) or not any(spot[1] in places for spot in found):
        return False
    cells = layout.sheet.rows[found[0][0]]
    return "," in problem.value.strip(", ") or not all(clean_text(cells[p]) for p in places)


def _first_column(layout: Layout, row: int) -> int:
    """The column of a row's code, else its first filled cell."""
    if layout.naming_columns:
        return layout.naming_columns[0]
    cells = layout.sheet.rows[row]
    return next((place for place, cell in enumerate(cells) if clean_text(cell)), 0)


def _column(letters: str) -> int:
    """Number of a column from its letters: A is 0, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
