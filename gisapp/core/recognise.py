"""Find the header of a sheet and say which form it is, by its headings alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import pandas as pd

from gisapp.core.forms import CODES, FORMS, WIDE, Form
from gisapp.core.grades import GRADE
from gisapp.core.headings import Headings
from gisapp.core.problems import Problem
from gisapp.core.tables import FormTable, Merged, Sheet, column_letters
from gisapp.core.text import Cell, clean_text, heading_key

#: Columns that say whose a row is.
_NAMING = ("smis_code", "ministry_code", "percode", "school_name_th")

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
    def missing(self) -> list[frozenset[str]]:
        """Sets of the form's needs of which no column is there."""
        have = {column for column in self.columns.values() if column}
        have |= {WIDE} if any(column.split()[0] in GRADE for column in have) else set()
        return [group for group in self.form.needs if not group & have]


def recognise(sheet: Sheet, headings: Headings) -> tuple[list[FormTable], list[Problem]]:
    """Read a sheet as the form or forms it is.

    Returns:
        tables: One per form; empty for a sheet that is none.
        problems: Why not, and headings that were not understood.
    """
    if not any(clean_text(cell) for row in sheet.rows for cell in row):
        return [], [_about(sheet, "empty_file")]
    texts = [[clean_text(cell) for cell in row] for row in sheet.rows[: HEADER_WITHIN_ROWS + 2]]
    labels = {
        (top, depth): _labels(texts, sheet.merged, top, depth)
        for top in range(min(len(texts), HEADER_WITHIN_ROWS))
        for depth in HEADER_DEPTHS
        if top + depth <= len(texts)
    }
    best = [_best_header(form, labels, headings) for form in FORMS]
    chosen = _choose(header for header in best if header and not header.missing)
    if not chosen:
        return [], [_why_not(sheet, [header for header in best if header], headings)]
    tables = [_table(sheet, header) for header in chosen]
    return tables, _heading_problems(sheet, chosen, headings)


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


def _best_header(
    form: Form, labels: dict[tuple[int, int], dict[int, Label]], headings: Headings
) -> Header | None:
    best: Header | None = None
    table = form.columns or form.name
    for (top, depth), above in labels.items():
        found = {place: _column(headings, table, label) for place, label in above.items()}
        columns = {place: column for place, column in found.items() if column is not None}
        if columns:
            written = {place: label.text for place, label in above.items()}
            header = Header(form, top, top + depth - 1, columns, written)
            best = header if best is None or header.known > best.known else best
    return best


def _column(headings: Headings, table: str, label: Label) -> str | None:
    found = (headings.column(table, key) for key in label.keys)
    return next((column for column in found if column is not None), None)


def _choose(headers: Iterable[Header]) -> list[Header]:
    chosen: list[Header] = []
    for header in headers:
        if header.form.exclusive:
            return [header]
        if header.form.name == "basic_info" and any(c.form.name == "register" for c in chosen):
            continue
        # An enrolment sheet often prints the subdistrict: that does not make it a register.
        if header.form.name == "basic_info" and chosen:
            continue
        chosen.append(header)
    return chosen


def _table(sheet: Sheet, header: Header) -> FormTable:
    places: dict[str, int] = {}
    for place, column in sorted(header.columns.items()):
        if column:
            places.setdefault(column, place)
    rows = range(header.bottom + 1, len(sheet.rows))
    filled = [row for row in rows if any(clean_text(cell) for cell in sheet.rows[row])]
    cells = _unmerged(sheet, {places[column] for column in _NAMING if column in places})
    data: dict[str, Sequence[Cell]] = {
        column: [cells[row][place] for row in filled] for column, place in places.items()
    }
    title = " ".join(clean_text(cell) for row in sheet.rows[: header.top] for cell in row).strip()
    return FormTable(
        form=header.form.name,
        sheet=sheet,
        frame=pd.DataFrame(data, index=pd.Index(filled, name="row"), dtype=object),
        places=places,
        headings={column: header.headings[place] for column, place in places.items()},
        title=title,
    )


def _unmerged(sheet: Sheet, columns: set[int]) -> list[list[Cell]]:
    """Repeat a school's code and name in each row that its merged cell spans.

    Numbers are not repeated: one room that two grades share would become two.
    """
    tall = [m for m in sheet.merged if m[2] > m[0] and m[1] == m[3] and m[1] in columns]
    if not tall:
        return sheet.rows
    rows = [list(row) for row in sheet.rows]
    for top, column, bottom, _ in tall:
        for row in range(top + 1, bottom + 1):
            rows[row][column] = rows[top][column]
    return rows


def _about(sheet: Sheet, kind: str, **facts: object) -> Problem:
    return Problem(kind, file=sheet.file, sheet=sheet.name, facts=facts)


def _why_not(sheet: Sheet, near: list[Header], headings: Headings) -> Problem:
    """Say what is missing from the form that the sheet comes closest to."""
    near = [header for header in near if len(header.missing) == 1 and header.known[0] >= 3]
    if near:
        header = max(near, key=lambda header: header.known)
        form = header.form
        table = form.columns or form.name
        missing = header.missing[0]
        wanted = ["smis_code"] if missing == CODES else sorted(missing)
        names = [headings.official(table, column) for column in wanted]
        unknown = [t for p, t in header.headings.items() if p not in header.columns]
        close = [text for text in unknown if headings.nearest(table, heading_key(text))]
        return Problem(
            "header_incomplete",
            file=sheet.file,
            sheet=sheet.name,
            row=sheet.row_number(header.bottom),
            value=" · ".join(close),
            facts={
                "form": form.name,
                "form_th": form.title_th,
                "form_en": form.title_en,
                "missing_th": " หรือ ".join(f"“{name}”" for name in names),
                "missing_en": " or ".join(f"'{name}'" for name in names),
                "near_th": f" (ใกล้เคียงที่พบ: {', '.join(close)})" if close else "",
                "near_en": f" (close to it stands: {', '.join(close)})" if close else "",
            },
        )
    first = next(
        [clean_text(cell) for cell in row if clean_text(cell)]
        for row in sheet.rows
        if any(clean_text(cell) for cell in row)
    )
    # Where the first row is no header it may hold anything: numbers are not repeated.
    found = ", ".join(text for text in first[:8] if sum(map(str.isdigit, text)) < 4) or "–"
    return _about(sheet, "unknown_form", found=found if len(found) <= 120 else found[:119] + "…")


def _heading_problems(sheet: Sheet, headers: list[Header], headings: Headings) -> list[Problem]:
    """Report headings that nobody understood, and those that stand twice."""
    problems: list[Problem] = []
    understood = {place for header in headers for place in header.columns}
    main = headers[0]
    table = main.form.columns or main.form.name
    for place, text in main.headings.items():
        if place in understood:
            continue
        near = headings.nearest(table, heading_key(text))
        problems.append(
            Problem(
                _unknown_kind(headings, table, heading_key(text), near),
                file=sheet.file,
                sheet=sheet.name,
                row=sheet.row_number(main.bottom),
                cell=sheet.address(main.bottom, place),
                column=text,
                value=text,
                facts={"near": near or "", "form": table},
            )
        )
    for header in headers:
        problems += _twice(sheet, header)
    return problems


def _unknown_kind(headings: Headings, table: str, key: str, near: str | None) -> str:
    """Tell how bad it is not to know a heading: in an enrolment sheet it may hold pupils."""
    if table == "enrolment":
        if near is not None and heading_key(near) in headings.wide:
            return "grade_heading_near"
        sexes = tuple(k for k, m in headings.measures.items() if m in ("male", "female"))
        grades = tuple(k for k, g in headings.grades.items() if g in GRADE)
        if key.endswith(sexes) or key.startswith(grades):
            return "grade_heading_unknown"
    return "heading_unknown" if near is None else "heading_near"


def _twice(sheet: Sheet, header: Header) -> list[Problem]:
    places: dict[str, list[int]] = {}
    for place, column in sorted(header.columns.items()):
        if column:
            places.setdefault(column, []).append(place)
    return [
        Problem(
            "heading_twice",
            file=sheet.file,
            sheet=sheet.name,
            row=sheet.row_number(header.bottom),
            column=header.headings[found[0]],
            value=header.headings[found[0]],
            facts={"cells": ", ".join(map(column_letters, found))},
        )
        for found in places.values()
        if len(found) > 1 and not _same_cells(sheet, header, found)
    ]


def _same_cells(sheet: Sheet, header: Header, places: list[int]) -> bool:
    """Two columns of one heading with the same content leave nothing to decide."""
    return all(
        len({clean_text(row[place]) for place in places}) == 1
        for row in sheet.rows[header.bottom + 1 :]
    )
