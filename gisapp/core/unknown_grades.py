"""Grades that no table knows: one finding for each way of writing them, not one per row."""

import re
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from gisapp.core.cells import read_texts
from gisapp.core.counts import Counts, cell_problem, row_key
from gisapp.core.match import CODES
from gisapp.core.problems import Problem
from gisapp.core.tables import FormTable
from gisapp.core.text import heading_key

#: So many words are named.
_NAMED = 12
_NUMBER = re.compile(r"\d+")


def unknown_grades(table: FormTable, rows: Sequence[int], pupils: Counts) -> list[Problem]:
    """One ``unknown_grade`` for each word; ``Year 1`` … ``Year 6`` and ``1`` … ``12`` are one.

    Args:
        table: A long form with the column `grade`.
        rows: Places in the sheet whose grade is unknown.
        pupils: Of these rows; NaN where they state none.

    Returns:
        Problems at the first row of each word, with the pupils of all its rows. The key is the
        school's where all the rows are one school's.
    """
    cells = table.frame.loc[list(rows), "grade"]
    words = [_NUMBER.sub("#", heading_key(cell)) for cell in read_texts(cells)]
    known = pd.DataFrame({"word": words, "cell": read_texts(cells).to_numpy(), "pupils": pupils})
    known["row"] = list(rows)
    return [_of_word(table, group) for _, group in known.groupby("word", sort=False)]


def _of_word(table: FormTable, group: pd.DataFrame) -> Problem:
    number = int(group["pupils"].sum())
    written = list(dict.fromkeys(group["cell"]))
    more = "…" if len(written) > _NAMED else ""
    value = ", ".join(written[:_NAMED]) + more
    first = int(group["row"].iloc[0])
    found = cell_problem("unknown_grade", table, first, "grade", pupils=number)
    facts = {**found.facts, "rows": len(group), "first": written[0]}
    return replace(found, key=_school(table, group), value=value, pupils=number, facts=facts)


def _school(table: FormTable, group: pd.DataFrame) -> str:
    """The one school of some rows; "" where they are several schools'."""
    codes = table.frame[[name for name in CODES if name in table.frame]].loc[group["row"]]
    if codes.astype(str).drop_duplicates().shape[0] > 1:
        return ""
    return row_key(codes.iloc[0])
