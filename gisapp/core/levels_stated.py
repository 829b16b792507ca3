"""Levels that a school says it offers, such as ``อนุบาล-มัธยมศึกษาตอนต้น``."""

import re

import pandas as pd

from gisapp.core.counts import cell_problem
from gisapp.core.grades import GRADE, GRADES, LEVELS, ORDER, PRE_PRIMARY, SCOPES
from gisapp.core.headings import Headings
from gisapp.core.problems import Problem
from gisapp.core.tables import FormTable
from gisapp.core.text import Cell, clean_text, heading_key

_BETWEEN = re.compile(r"\s*(?:-|–|—|~|,|/|ถึง|และ|\bto\b)\s*")

#: What parts levels that stand one by one.
_LISTED = re.compile(r"\s*(?:,|;|/|และ|\band\b)\s*")

#: Words for levels that are no heading of an enrolment sheet.
_LEVEL_WORDS = {
    "อนุบาล": PRE_PRIMARY,
    "ปฐมวัย": PRE_PRIMARY,
    "มัธยม": "secondary",
    "มัธยมศึกษา": "secondary",
}


def read_levels(table: FormTable, headings: Headings) -> tuple[pd.DataFrame, list[Problem]]:
    """Read the column `levels_stated` as the lowest and the highest grade it names.

    Returns:
        offered: Columns `offered_from`, `offered_to`: codes of grades, "" where unknown.
        problems: One ``levels_not_read`` per text that is not understood.
    """
    cells = table.frame["levels_stated"]
    ranges = {cell: _grades_of(cell, headings) for cell in cells.drop_duplicates()}
    found = [ranges[cell] for cell in cells]
    offered = pd.DataFrame(
        {
            "offered_from": [grades[0] if grades else "" for grades in found],
            "offered_to": [grades[-1] if grades else "" for grades in found],
        },
        index=cells.index,
        dtype=object,
    )
    problems = [
        cell_problem("levels_not_read", table, int(row), "levels_stated")
        for row, grades in zip(cells.index, found, strict=True)
        if grades is None
    ]
    return offered, problems


def levels_named(cell: Cell, headings: Headings) -> tuple[str, ...] | None:
    """Return the education levels that a text names, youngest first; None where one is unknown.

    ``primary,lower_secondary`` and ``ประถม, ม.ต้น`` name each; ``อ.2-ม.3`` all from one to the
    other. A blank names none.
    """
    levels: set[str] = set()
    for part in _LISTED.split(clean_text(cell)):
        grades = _grades_of(part, headings)
        if grades is None:
            return None
        if grades:
            taught = GRADES[ORDER[grades[0]] : ORDER[grades[-1]] + 1]
            levels |= {grade.education_level for grade in taught}
    return tuple(level for level in LEVELS if level in levels)


def _grades_of(cell: Cell, headings: Headings) -> list[str] | None:
    """Every grade that a text names, youngest first; None where a word is not understood."""
    text = clean_text(cell)
    grades: set[str] = set()
    for part in _BETWEEN.split(text) if text not in ("", "-") else ():
        key = heading_key(part)
        named = headings.grades.get(key, _LEVEL_WORDS.get(key, ""))
        if named not in GRADE and named not in SCOPES:
            return None
        grades |= {named} if named in GRADE else set(SCOPES[named])
    return sorted(grades, key=ORDER.__getitem__)
