"""The population file of the Department of Provincial Administration: 220 fields a line (C9).

The province stands first; each district follows, outside municipalities, with its subdistricts;
then each municipality with its parts of subdistricts. All of it must add up to the province.
Source: domain notes B11, verified on a real file of stat.bora.dopa.go.th.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from gisapp.core.problems import AREA_KEY, Problem
from gisapp.core.tables import FormTable
from gisapp.core.text import Cell, clean_text, heading_key, parse_count

#: Ages 0 to 100, one pair of men and women each; seven more pairs are over 100 and special
#: registers. Three sums stand last.
AGES, PAIRS, FIELDS = 101, 108, 220

#: So many numbers in its first line make a file of people; a broken field is no other form.
_MOSTLY = 200

PROVINCE, DISTRICT, MUNICIPALITY, SUBDISTRICT = (
    "province",
    "district",
    "municipality",
    "subdistrict",
)

_KINDS = (
    (MUNICIPALITY, re.compile(r"(ท้องถิ่น|เทศบาล|เมืองพัทยา)")),
    (DISTRICT, re.compile(r"(อำเภอ|กิ่งอำเภอ|เขต)")),
    (PROVINCE, re.compile(r"(จังหวัด|กรุงเทพ)")),
)

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Lines:
    """A file's lines, read.

    Attributes:
        names: Name of each line's area, as written.
        kinds: One of the four kinds, per line.
        heads: Place of the line that opens the block which a line stands in; its own for
            the province, districts and municipalities.
        people: int64 `[line, pair, sex]`; sex 0 is male.
        stated: int64 `[line, 3]`: men, women and all, as the line itself adds them up.
        rows: Place of each line in the sheet's rows.
    """

    names: list[str]
    kinds: list[str]
    heads: NDArray[np.intp]
    people: Counts
    stated: Counts
    rows: list[int]

    def of(self, *kinds: str) -> NDArray[np.intp]:
        """Places of the lines of these kinds."""
        return np.flatnonzero(np.isin(self.kinds, kinds))


def are_lines(rows: Sequence[Sequence[Cell]]) -> bool:
    """Tell the file by its first line that is not blank: 220 fields, or one less, of numbers.

    It has no headings, whatever program has saved it and between whatever separators.
    """
    for cells in rows:
        filled = [place for place, cell in enumerate(cells) if cell not in (None, "")]
        if filled:
            numbers = sum(1 for place in filled if _is_number(cells[place]))
            return filled[-1] + 1 in (FIELDS, FIELDS - 1) and numbers >= _MOSTLY
    return False


def _is_number(cell: Cell) -> bool:
    try:
        return parse_count(cell) is not None
    except ValueError:
        return False


def read_lines(table: FormTable) -> tuple[Lines, list[Problem]]:
    """Read every line, and check it, its block and the whole.

    Returns:
        lines: A field that is no number counts 0, and is a problem.
        problems: Lines, blocks and the province that do not add up, all of them `block`.
    """
    problems: list[Problem] = []
    rows = [int(row) for row in table.frame.index]
    numbers = np.zeros((len(rows), FIELDS - 1), np.int64)
    for place, row in enumerate(rows):
        cells = table.sheet.rows[row]
        try:
            numbers[place] = _plain(cells)
        except ValueError:
            numbers[place], found = _field_by_field(table, row)
            problems += found
    names = [clean_text(table.sheet.rows[row][0]) for row in rows]
    kinds = [_kind(name, place) for place, name in enumerate(names)]
    heads = np.maximum.accumulate(
        [0 if kind == SUBDISTRICT else place for place, kind in enumerate(kinds)], dtype=np.intp
    )
    people = numbers[:, : 2 * PAIRS].reshape(len(rows), PAIRS, 2)
    lines = Lines(names, kinds, heads, people, numbers[:, 2 * PAIRS :], rows)
    return lines, problems + _sums(table, lines)


def _plain(cells: list[Cell]) -> list[int]:
    """Read a line of plain digits; the usual case, and fast.

    Raises:
        ValueError: Too short or long, or a field is no plain number.
    """
    fields = [str(cell) for cell in cells[1:FIELDS]]
    if len(fields) < FIELDS - 1 or not "".join(fields).isdecimal() or any(cells[FIELDS:]):
        raise ValueError("not 219 plain numbers")
    return [int(field) for field in fields]


def _field_by_field(table: FormTable, row: int) -> tuple[list[int], list[Problem]]:
    """Read a line that is not all plain digits: ``1,234`` and Thai digits are numbers too."""
    cells = table.sheet.rows[row]
    filled = max((n for n, cell in enumerate(cells, 1) if clean_text(cell)), default=0)
    if filled != FIELDS:
        found = _about(table, row, "population_fields", fields=filled, expected=FIELDS)
        return [0] * (FIELDS - 1), [found]
    numbers, problems = [], []
    for field, cell in enumerate(cells[1:FIELDS], 2):
        try:
            numbers.append(parse_count(cell) or 0)
        except ValueError:
            numbers.append(0)
            found = _about(table, row, "population_field", field=field)
            problems.append(replace(found, value=clean_text(cell)))
    return numbers, problems


def _kind(name: str, place: int) -> str:
    key = heading_key(name)
    found = next((kind for kind, words in _KINDS if words.match(key)), SUBDISTRICT)
    # Only the first line is the province; a subdistrict may be called anything.
    return SUBDISTRICT if found == PROVINCE and place else found


def _sums(table: FormTable, lines: Lines) -> list[Problem]:
    """Compare each line with its own sums, each block with its lines, all with the province."""
    problems = []
    added = lines.people.sum(axis=1)
    totals = np.column_stack([added, added.sum(axis=1)])
    for place in np.flatnonzero((totals != lines.stated).any(axis=1)):
        sum_of = int(np.argmax(totals[place] != lines.stated[place]))
        facts = {"what_th": ("ชาย", "หญิง", "รวม")[sum_of]}
        facts |= {"what_en": ("men", "women", "all")[sum_of]}
        problems.append(
            _differs(
                table,
                lines,
                int(place),
                "population_line_sum",
                int(lines.stated[place, sum_of]),
                int(totals[place, sum_of]),
                **facts,
            )
        )
    below = np.zeros_like(lines.people)
    parts = lines.of(SUBDISTRICT)
    np.add.at(below, lines.heads[parts], lines.people[parts])
    blocks = lines.of(DISTRICT, MUNICIPALITY)
    for head in blocks:
        if (below[head] != lines.people[head]).any():
            said, made = int(lines.people[head].sum()), int(below[head].sum())
            problems.append(_differs(table, lines, int(head), "population_block_sum", said, made))
    if PROVINCE not in lines.kinds:
        return [*problems, _about(table, lines.rows[0], "population_no_province")]
    whole, parts_of_it = lines.people[0], lines.people[blocks].sum(axis=0)
    if (whole != parts_of_it).any():
        said, made = int(whole.sum()), int(parts_of_it.sum())
        problems.append(_differs(table, lines, 0, "population_province_sum", said, made))
    return problems


def _differs(
    table: FormTable, lines: Lines, place: int, kind: str, said: int, made: int, **facts: object
) -> Problem:
    """A sum that is not what its parts make; equal sums of other ages differ too."""
    found = _about(table, lines.rows[place], kind, name=lines.names[place], **facts)
    apart = {"stated": f"{said:,}", "made": f"{made:,}", "apart": f"{abs(said - made):,}"}
    return replace(found, value=str(said), facts={**found.facts, **apart})


def _about(table: FormTable, row: int, kind: str, **facts: object) -> Problem:
    sheet = table.sheet
    line = sheet.row_number(row)
    name = clean_text(sheet.rows[row][0])
    return Problem(
        kind,
        file=sheet.file,
        sheet=sheet.name,
        row=line,
        key=f"{AREA_KEY}{name}",
        facts={"line": line, **facts},
    )
