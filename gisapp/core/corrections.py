"""What officers put right by a line in ``corrections.csv``: applied to the cells as received.

Nothing is repaired in silence: every line is a row of the layer `corrections` or a problem.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from gisapp.core.match import CODES
from gisapp.core.problems import Problem
from gisapp.core.tables import FormTable
from gisapp.core.text import clean_text, heading_key, parse_code

#: Where the coordinates of a school go that stands in a sheet without columns for them.
_PLACE = ("lat", "lon")
_LISTS = ("register", "basic_info", "school_list")

#: Columns of the layer, in its order.
COLUMNS = (
    "problem_id",
    "smis_code",
    "file",
    "sheet",
    "cell",
    "column",
    "old_value",
    "new_value",
    "reason",
    "corrected_by",
    "corrected_on",
)


@dataclass(frozen=True)
class Correction:
    """One line of ``corrections.csv``.

    Attributes:
        problem_id: The problem that it answers; empty for a line written by hand.
        smis_code: Code of the row as the sheet writes it.
        column: Our name of the column, or its heading as written.
        old_value: What the cell must hold, or the line is not applied.
        new_value: What counts instead; the same as `old_value` confirms a doubtful value.
        line: Number of the line in the file.
        file, cell: Where the cell stood; only needed where a school has several rows.
    """

    problem_id: str
    smis_code: str
    column: str
    old_value: str
    new_value: str
    reason: str
    by: str
    on: datetime.date | None
    line: int
    file: str = ""
    cell: str = ""


@dataclass(frozen=True)
class Place:
    """A cell that a correction means."""

    table: int
    row: int
    column: str


@dataclass(frozen=True)
class Decided:
    """Who decides something, why and when."""

    reason: str
    by: str
    on: datetime.date


def proposed_lines(
    problem_id: str,
    smis_code: str,
    file: str,
    changes: Mapping[str, tuple[str, str]],
    decided: Decided,
) -> list[Correction]:
    """The lines that accept a problem's proposed reading, one per cell.

    Args:
        problem_id, smis_code, file: Of the problem.
        changes: Our column -> (text of the cell as received, text that counts instead).
        decided: By whom, why and when.
    """
    return [
        Correction(
            problem_id=problem_id,
            smis_code=smis_code.partition(" ")[0],
            column=column,
            old_value=old,
            new_value=new,
            reason=decided.reason,
            by=decided.by,
            on=decided.on,
            line=0,
            file=file.rpartition("/")[2],
        )
        for column, (old, new) in changes.items()
    ]


def with_received(problems: Sequence[Problem], tables: Sequence[FormTable]) -> list[Problem]:
    """Give each problem with a proposal what the cells hold that it would change."""
    of_sheet = {(table.sheet.file, table.sheet.name): table for table in tables}
    done = []
    for problem in problems:
        table = of_sheet.get((problem.file, problem.sheet)) if problem.proposal else None
        if table is not None and problem.row is not None:
            row = problem.row - table.sheet.first_row
            texts = {
                column: clean_text(table.frame.at[row, column]) if column in table.frame else ""
                for column in problem.proposal
            }
            problem = replace(problem, received=texts)
        done.append(problem)
    return done


def apply_corrections(
    tables: Sequence[FormTable], corrections: Sequence[Correction]
) -> tuple[tuple[list[FormTable], pd.DataFrame], list[Problem]]:
    """Put the corrected values into the tables.

    Args:
        tables: Tables of one round, cells as received.
        corrections: That round's lines, in order.

    Returns:
        tables: The same tables; those that a line changes are new ones.
        applied: One row per cell put right, columns `COLUMNS`.
        problems: Lines that no longer fit the sheets, and those that are no longer needed.
    """
    done, rows = list(tables), []
    problems: list[Problem] = []
    index = _rows_by_code(done, {correction.smis_code for correction in corrections})
    for correction in corrections:
        places = _places(done, index, correction)
        fitting = [place for place in places if _holds(done, place, correction.old_value)]
        meant = fitting if len(fitting) == 1 or _are_one_code(done, fitting) else []
        for place in meant:
            rows.append(_applied(done[place.table], place, correction))
            done[place.table] = _with(done[place.table], place, correction.new_value)
        if not meant:
            problems.append(_why_not(done, places, fitting, correction))
    return (done, pd.DataFrame(rows, columns=[*COLUMNS])), problems


def corrected_columns(applied: pd.DataFrame) -> pd.Series:
    """Columns put right per school, joined with commas; index `smis_code`."""
    grouped = applied.drop_duplicates(["smis_code", "column"]).groupby("smis_code", sort=False)
    return grouped["column"].agg(",".join) if len(applied) else pd.Series(dtype=object)


def accepted_places(applied: pd.DataFrame) -> frozenset[str]:
    """Schools whose coordinates an officer has decided."""
    return frozenset(applied.loc[applied["column"].isin(_PLACE), "smis_code"])


def _rows_by_code(tables: Sequence[FormTable], codes: set[str]) -> dict[str, list[tuple[int, int]]]:
    """(table, row) of every row that carries one of the codes."""
    found: dict[str, list[tuple[int, int]]] = {}
    for number, table in enumerate(tables if codes else ()):
        keys = pd.Series("", index=table.frame.index, dtype=object)
        for column in CODES:
            if column in table.frame:
                keys = keys.where(keys != "", table.frame[column].map(parse_code))
        for row, code in keys[keys.isin(codes)].items():
            found.setdefault(code, []).append((number, int(str(row))))
    return found


def _places(
    tables: Sequence[FormTable], index: dict[str, list[tuple[int, int]]], correction: Correction
) -> list[Place]:
    """Every cell that a line could mean; of lists of schools the one that counts comes first."""
    found = []
    rows = [
        (number, row)
        for number, row in index.get(correction.smis_code, [])
        if correction.file in ("", tables[number].sheet.file)
    ]
    for number, row in rows:
        column = _column(tables[number], correction.column)
        if column and correction.cell in ("", tables[number].address(row, column)):
            found.append(Place(number, row, column))
    if found or correction.cell or correction.column not in _PLACE:
        return found
    lists = [(number, row) for number, row in rows if tables[number].form in _LISTS]
    return [Place(number, row, correction.column) for number, row in lists[:1]]


def _are_one_code(tables: Sequence[FormTable], places: Sequence[Place]) -> bool:
    """Tell whether cells are one school's code before each of its grades in a long form."""
    return {(tables[place.table].form, place.column in CODES) for place in places} == {
        ("enrolment_long", True)
    }


def _column(table: FormTable, name: str) -> str:
    """Our column of a table by our name or by its heading as written; "" where it has none."""
    if name in table.frame:
        return name
    key = heading_key(name)
    return next((ours for ours, text in table.headings.items() if heading_key(text) == key), "")


def _holds(tables: Sequence[FormTable], place: Place, value: str) -> bool:
    return _text(tables[place.table], place) == clean_text(value)


def _text(table: FormTable, place: Place) -> str:
    return (
        clean_text(table.frame.at[place.row, place.column]) if place.column in table.frame else ""
    )


def _with(table: FormTable, place: Place, value: str) -> FormTable:
    frame = table.frame.copy()
    if place.column not in frame:
        frame[place.column] = pd.Series(None, index=frame.index, dtype=object)
    spot = (place.row, place.column)
    received = table.corrected.get(spot, frame.at[spot])
    frame.at[spot] = value
    return replace(table, frame=frame, corrected={**table.corrected, spot: received})


def _applied(table: FormTable, place: Place, correction: Correction) -> tuple[object, ...]:
    return (
        correction.problem_id,
        correction.smis_code,
        table.sheet.file,
        table.sheet.name,
        table.address(place.row, place.column),
        place.column,
        correction.old_value,
        correction.new_value,
        correction.reason,
        correction.by,
        correction.on.isoformat() if correction.on else None,
    )


def _why_not(
    tables: Sequence[FormTable], places: list[Place], fitting: list[Place], correction: Correction
) -> Problem:
    """Say why a line was not applied: mended since, another value, several cells, or none."""
    texts = [_text(tables[place.table], place) for place in places]
    if fitting:
        kind = "correction_ambiguous"
    elif not places:
        kind = "correction_unmatched"
    elif clean_text(correction.new_value) in texts:
        kind = "correction_done"
    else:
        kind = "correction_stale"
    table = tables[places[0].table] if places else None
    return Problem(
        kind,
        file=table.sheet.file if table else "corrections.csv",
        sheet=table.sheet.name if table else "",
        row=table.sheet.row_number(places[0].row) if table else correction.line,
        column=correction.column,
        cell=table.address(places[0].row, places[0].column) if table else "",
        key=correction.smis_code,
        value=texts[0] if texts else correction.old_value,
        facts={
            "line": correction.line,
            "old": correction.old_value,
            "new": correction.new_value,
            "cells": len(fitting),
        },
    )
