"""Headers of a sheet: which rows head the columns, and what each column is."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from gisapp.core.forms import WIDE, Form
from gisapp.core.grades import GRADE
from gisapp.core.headings import Headings
from gisapp.core.tables import Merged, Sheet
from gisapp.core.text import clean_text, heading_key

#: A header further down than this is not looked for.
HEADER_WITHIN_ROWS = 30
HEADER_DEPTHS = (1, 2, 3)


class Label(NamedTuple):
    """The heading above one column: as people read it, and the keys it is looked up by."""

    text: str
    #: All rows of the header together first, then without the topmost group.
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Header:
    """Header rows ``top … bottom`` of a sheet read as one form."""

    form: Form
    top: int
    bottom: int
    #: Column number -> our column ("" where known and unused).
    columns: dict[int, str]
    #: Column number -> heading as written, of every column that has one.
    headings: dict[int, str]

    @property
    def known(self) -> tuple[int, int]:
        """How many columns of ours, and how many headings, were recognised.

        The upper of two header rows has as many headings, but says the same over and over.
        """
        return len({column for column in self.columns.values() if column}), len(self.columns)

    @property
    def fits(self) -> bool:
        """Whether the columns are those of the form, and none is there that it must lack."""
        return not self.missing and not self.form.lacks & set(self.columns.values())

    @property
    def missing(self) -> list[frozenset[str]]:
        """Sets of the form's needs of which no column is there."""
        have = {column for column in self.columns.values() if column}
        have |= {WIDE} if any(column.split()[0] in GRADE for column in have) else set()
        return [group for group in self.form.needs if not group & have]


Labels = dict[tuple[int, int], dict[int, Label]]


def labels_of(sheet: Sheet) -> Labels:
    """Return the labels of every header that the sheet may have: (top row, depth) -> labels."""
    texts = [[clean_text(cell) for cell in row] for row in sheet.rows[: HEADER_WITHIN_ROWS + 2]]
    return {
        (top, depth): _labels(texts, sheet.merged, top, depth)
        for top in range(min(len(texts), HEADER_WITHIN_ROWS))
        for depth in HEADER_DEPTHS
        if top + depth <= len(texts)
    }


def _labels(
    texts: list[list[str]], merged: Sequence[Merged], top: int, depth: int
) -> dict[int, Label]:
    """Join the header cells above each column, as merging means them."""
    rows = [list(row) for row in texts[top : top + depth]]
    for first, left, last, right in merged:
        if first < top or last >= top + depth:
            continue
        for row in range(first, last + 1):
            for column in range(left, min(right + 1, len(rows[0]))):
                rows[row - top][column] = texts[first][left]
    for upper, lower in pairwise(rows):
        _fill_from_left(upper, lower)
    labels = {}
    for column in range(len(rows[0])):
        parts = list(dict.fromkeys(row[column] for row in rows if row[column]))
        if parts:
            labels[column] = Label(" ".join(parts), _keys(parts))
    return labels


def _keys(parts: list[str]) -> tuple[str, ...]:
    """Spell a heading of three rows with and without its group: ประถม | รวม | ชาย is a subtotal."""
    whole = heading_key("".join(parts))
    if len(parts) < 3:
        return (whole,)
    group, middle, *rest = parts
    summed = heading_key("".join(["รวม", group, *rest])) if heading_key(middle) == "รวม" else whole
    return (whole, summed, heading_key("".join(parts[1:])))


def _fill_from_left(upper: list[str], lower: list[str]) -> None:
    """Carry a group's heading over the columns it heads, for sheets that lost their merging."""
    for column in range(1, len(upper)):
        if not upper[column] and lower[column] and lower[column - 1] and upper[column - 1]:
            upper[column] = upper[column - 1]


def best_header(form: Form, labels: Labels, headings: Headings) -> Header | None:
    """Return the header under which most columns of a form are known; None without any."""
    best: Header | None = None
    known = headings.of(form.columns or form.name)
    for (top, depth), above in labels.items():
        columns = {
            place: known[key]
            for place, label in above.items()
            if (key := next(filter(known.__contains__, label.keys), None)) is not None
        }
        if columns:
            written = {place: label.text for place, label in above.items()}
            header = Header(form, top, top + depth - 1, columns, written)
            best = header if best is None or header.known > best.known else best
    return best
