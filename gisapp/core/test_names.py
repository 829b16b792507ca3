"""What a test result is of: the year, test, grade and subject that a sheet names."""

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from gisapp.core.counts import cell_problem
from gisapp.core.grades import GRADE
from gisapp.core.headings import Headings
from gisapp.core.problems import Problem
from gisapp.core.rounds import BE_OFFSET
from gisapp.core.subjects import SUBJECTS
from gisapp.core.tables import FormTable
from gisapp.core.text import arabic_digits, clean_text, heading_key, parse_year_be

# Thai letters stand beside these without a blank, Latin ones make another word of them.
_TEST = re.compile(r"(?<![a-z])(o-?net|nt|rt)(?![a-z])|โอเน็ต", re.IGNORECASE)
_YEAR = re.compile(r"(?:ปีการศึกษา|ปี|พ\.ศ\.)\s*(\d{4})")
_GRADE = re.compile(r"(ประถมศึกษาปีที่|มัธยมศึกษาปีที่|ป\.|ม\.)\s*([1-6])")
#: A test that one grade alone sits.
_GRADE_OF_TEST = {"nt": "p3", "rt": "p1"}


@dataclass(frozen=True)
class _Title:
    """What the words above a table say of all its rows; "" or NaN where they do not."""

    test: str
    grade: str
    test_year_be: float


def read_names(table: FormTable, headings: Headings) -> tuple[pd.DataFrame, list[Problem]]:
    """Read year, test, grade and subject of each row: from its cells, else from the title.

    Returns:
        names: Columns `test_year_be` (float64), `test`, `grade`, `subject`; NaN or "" where
            nothing says it. Each row of a sheet with a column per subject has no subject.
        problems: Years that cannot be read.
    """
    title = _read_title(f"{table.title} {table.sheet.name}", headings)
    frame = table.frame
    blank = pd.Series("", index=frame.index, dtype=object)
    tests = frame["test"].map(_test_of) if "test" in frame else blank
    tests = tests.where(tests != "", title.test or _test_of_subjects(table))
    rows = frame["grade"].map(heading_key).map(headings.grades) if "grade" in frame else blank
    rows = rows.where(rows.isin(list(GRADE)), "")
    rows = rows.where(rows != "", title.grade or tests.map(_GRADE_OF_TEST).fillna(""))
    subjects = blank
    if "subject" in frame:
        known = headings.forms.get(table.form, {})
        named = frame["subject"].map(heading_key).map(lambda key: known.get(key, ""))
        subjects = named.str.partition(" ")[0].where(named.str.contains(" "), named)
        subjects = subjects.where(subjects.isin(SUBJECTS), "")
    years, problems = _years(table)
    shared = {
        "test_year_be": years.fillna(title.test_year_be),
        "test": tests,
        "grade": rows,
        "subject": subjects,
    }
    return pd.DataFrame(shared, index=frame.index), problems


def _read_title(text: str, headings: Headings) -> _Title:
    text = arabic_digits(clean_text(text))
    year, grade = _YEAR.search(text), _GRADE.search(text)
    code = headings.grades.get(heading_key(grade[0]), "") if grade else ""
    number = int(year[1]) if year else np.nan
    return _Title(_test_of(text), code, number if number > 2400 else number + BE_OFFSET)


def _test_of(cell: object) -> str:
    found = _TEST.search(clean_text(str(cell) if cell is not None else ""))
    return (found[1] or "onet").lower().replace("-", "") if found else ""


def _test_of_subjects(table: FormTable) -> str:
    """A test that only its own subjects have: RT reading, NT the three abilities to 2561."""
    subjects = {column.partition(" ")[0] for column in table.places}
    if subjects & {"reading_aloud", "reading_comprehension"}:
        return "rt"
    return "nt" if subjects & {"numeracy", "reasoning", "language"} else ""


def _years(table: FormTable) -> "tuple[pd.Series[float], list[Problem]]":
    index = table.frame.index
    found, problems = [], []
    for row, cell in table.frame.get("test_year_be", pd.Series(None, index, dtype=object)).items():
        try:
            found.append(parse_year_be(cell))
        except ValueError:
            found.append(None)
            problems.append(cell_problem("bad_year", table, int(str(row)), "test_year_be"))
    return pd.Series(found, index=index, dtype="Float64").astype("float64"), problems
