"""Find the header of a sheet and say which form it is, by its headings alone."""

import re
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from gisapp.core.announced_lines import announcement_table
from gisapp.core.forms import CODES, FORMS
from gisapp.core.grades import GRADE
from gisapp.core.header import Header, best_header, labels_of
from gisapp.core.headings import Headings
from gisapp.core.problems import Problem
from gisapp.core.tables import FormTable, Sheet, column_letters
from gisapp.core.text import Cell, clean_text, heading_key, parse_code

#: Columns that say whose a row is.
_NAMING = ("smis_code", "ministry_code", "percode", "school_name_th")

#: So many 8- or 10-digit codes in one column are a list of schools.
_SCHOOL_CODE = re.compile(r"\d{8}(-\d{1,2})?|\d{10}")
_ENOUGH_CODES = 3


def recognise(sheet: Sheet, headings: Headings) -> tuple[list[FormTable], list[Problem]]:
    """Read a sheet as the form or forms it is.

    Returns:
        tables: One per form; empty for a sheet that is none.
        problems: Why not, and headings that were not understood.
    """
    if not any(clean_text(cell) for row in sheet.rows for cell in row):
        return [], [_about(sheet, "empty_file")]
    labels = labels_of(sheet)
    best = [best_header(form, labels, headings) for form in FORMS]
    chosen = _choose(header for header in best if header and header.fits)
    if chosen and chosen[0].form.lacks and _lost_codes(sheet, best, chosen[0], headings):
        chosen = []
    if not chosen:
        announced, stray = announcement_table(sheet)
        if announced is not None:
            return [announced], stray
        return [], [_why_not(sheet, [header for header in best if header], headings)]
    tables = [_table(sheet, header) for header in chosen]
    return tables, _heading_problems(sheet, chosen, headings)


def _lost_codes(
    sheet: Sheet, best: Sequence[Header | None], chosen: Header, headings: Headings
) -> bool:
    """Tell whether a sheet that seems to have no codes is another form that lost them.

    A list without codes may lose pupils, buildings or villages that stand in it: it is taken
    for one only where no other form misses nothing but its codes, no heading is nearly that
    of a code, and no column under an unknown heading holds codes.
    """
    table = chosen.form.columns
    others = [header for header in best if header and (header.form.columns or "") != table]
    if any(header.missing == [CODES] and header.form.name != table for header in others):
        return True
    for place, text in chosen.headings.items():
        if place in chosen.columns:
            continue
        near = headings.nearest(table, heading_key(text))
        if near and headings.column(table, heading_key(near)) in CODES:
            return True
        if chosen.form.name == "school_list" and _holds_codes(sheet, chosen.bottom + 1, place):
            return True
    return False


def _holds_codes(sheet: Sheet, top: int, place: int) -> bool:
    cells = [parse_code(row[place]) for row in sheet.rows[top : top + 50]]
    return sum(1 for code in cells if _SCHOOL_CODE.fullmatch(code)) >= _ENOUGH_CODES


def _choose(headers: Iterable[Header]) -> list[Header]:
    chosen: list[Header] = []
    for header in headers:
        # An announcement may name its schools without codes: that makes it no list of schools.
        if header.form.lacks and chosen:
            continue
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
    # A row at a time: rows lie together in memory, columns do not.
    data = np.empty((len(filled), len(places)), dtype=object)
    for place, row in enumerate(filled):
        data[place] = [cells[row][column] for column in places.values()]
    title = " ".join(clean_text(cell) for row in sheet.rows[: header.top] for cell in row).strip()
    return FormTable(
        form=header.form.name,
        sheet=sheet,
        frame=pd.DataFrame(
            data, index=pd.Index(filled, name="row"), columns=[*places], dtype=object
        ),
        places=places,
        headings={column: header.headings[place] for column, place in places.items()},
        title=title,
        header=(header.top, header.bottom),
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
