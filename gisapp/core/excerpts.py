"""The few cells of a sheet around a problem, so that a page can show where it stands."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from gisapp.core.forms import DOPA_HEADING
from gisapp.core.problems import Problem
from gisapp.core.sheet_layout import Layout, Spot, faulty_cells, lay_out
from gisapp.core.tables import FormTable, Sheet, column_letters
from gisapp.core.text import clean_text

#: More columns than this do not fit beside a map.
MOST_COLUMNS = 6
#: Of a header of three rows the lower two say what a column is.
MOST_HEADER_ROWS = 2
#: Nobody reads further in one sitting, and a file of a country's excerpts would be large.
MOST_EXCERPTS = 5000


@dataclass(frozen=True)
class ExcerptRow:
    """One row of an excerpt.

    Attributes:
        number: Row number as the sheet counts.
        header: The row heads the columns.
        cells: Texts, one per column of the excerpt.
        marked: Whether each cell is one that the problem is about.
    """

    number: int
    header: bool
    cells: tuple[str, ...]
    marked: tuple[bool, ...]


@dataclass(frozen=True)
class Excerpt:
    """Cells around a problem, as they stand in the received sheet.

    Attributes:
        columns: Letters of the columns; numbers of the fields where a file has no headings;
            empty texts for JSON and maps, which have none.
        rows: Header rows, then the row before, the faulty ones and the row after.
    """

    columns: tuple[str, ...]
    rows: tuple[ExcerptRow, ...]

    def to_json(self) -> str:
        """Write the excerpt as one line of text."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "Excerpt":
        """Read what `to_json` wrote."""
        content = json.loads(text)
        rows = tuple(
            ExcerptRow(row["number"], row["header"], tuple(row["cells"]), tuple(row["marked"]))
            for row in content["rows"]
        )
        return cls(tuple(content["columns"]), rows)


def make_excerpts(
    problems: Sequence[Problem],
    sheets: Mapping[tuple[str, str], Sheet],
    tables: Sequence[FormTable],
) -> list[str]:
    """Return one excerpt per problem as JSON text.

    Args:
        problems: In the order in which they are read; the first `MOST_EXCERPTS` that stand
            in a cell or row get an excerpt.
        sheets: The round's own sheets by (file, sheet name).
        tables: What was read from them.

    Returns:
        "" for a problem about a whole sheet or file, and beyond the limit.
    """
    layouts = lay_out(list(sheets.values()), tables)
    texts = []
    made = 0
    for problem in problems:
        layout = layouts.get((problem.file, problem.sheet))
        spots = faulty_cells(layout, problem) if layout and made < MOST_EXCERPTS else ()
        if layout and spots:
            texts.append(cut_excerpt(layout, spots).to_json())
            made += 1
        else:
            texts.append("")
    return texts


def cut_excerpt(layout: Layout, spots: Sequence[Spot]) -> Excerpt:
    """Cut the cells around some faulty ones out of a sheet.

    Args:
        layout: The sheet.
        spots: Faulty cells, the most telling first; rows far from the first are left out.
    """
    sheet = layout.sheet
    columns = _columns(layout, spots)
    faulty = spots[0][0]
    last = len(sheet.rows) - 1
    unheaded = DOPA_HEADING in layout.columns
    top, bottom = layout.header or (0, -1)
    headers = range(max(top, bottom - MOST_HEADER_ROWS + 1), bottom + 1)
    near = range(max(faulty - 1, 0), min(faulty + 1, last) + 1)
    heads = [] if unheaded else headers
    rows = [*heads, *(row for row in near if row > bottom or row == faulty)]
    marked = set(spots)
    return Excerpt(
        columns=tuple(_heading(sheet, place, numbered=unheaded) for place in columns),
        rows=tuple(
            ExcerptRow(
                number=sheet.row_number(row),
                header=row in headers,
                cells=tuple(_text(layout, row, place) for place in columns),
                marked=tuple((row, place) in marked for place in columns),
            )
            for row in dict.fromkeys(rows)
        ),
    )


def _heading(sheet: Sheet, place: int, *, numbered: bool) -> str:
    if numbered:
        return str(place + 1)
    return column_letters(place) if sheet.first_row else ""


def _columns(layout: Layout, spots: Sequence[Spot]) -> list[int]:
    """Code, name, the faulty columns and those beside them, in the order of the sheet."""
    faulty = list(dict.fromkeys(place for _, place in spots))
    chosen = dict.fromkeys([*faulty[:MOST_COLUMNS], *layout.naming_columns])
    for distance in range(1, layout.width + 1):
        for place in (faulty[0] + distance, faulty[0] - distance):
            if 0 <= place < layout.width:
                chosen.setdefault(place)
    return sorted(list(chosen)[:MOST_COLUMNS])


def _text(layout: Layout, row: int, column: int) -> str:
    """Text of a cell; below a merged heading that of the merged cell."""
    rows = layout.sheet.rows
    if row < layout.first_row:
        for top, left, bottom, right in layout.header_merges:
            if top <= row <= bottom and left <= column <= right:
                # A heading over two rows is said once, in the lowest of them.
                return clean_text(rows[top][left]) if row == bottom else ""
    return clean_text(rows[row][column])
