"""Results of national tests by school, grade and subject. A few pupils' mean is not shown."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from gisapp.core.buildings import unmatched_rows
from gisapp.core.counts import Counts, cell_problem, read_counts
from gisapp.core.headings import Headings
from gisapp.core.match import SchoolKeys
from gisapp.core.problems import Problem
from gisapp.core.sheet_rows import code_columns, has_code
from gisapp.core.subjects import QUALITY, SUBJECTS
from gisapp.core.tables import FormTable
from gisapp.core.test_names import read_names
from gisapp.core.text import heading_key, parse_number

COLUMNS = (
    "smis_code",
    "test_year_be",
    "test",
    "grade",
    "subject",
    "examinees",
    "mean_score",
    "quality_level",
)
#: What one result is of.
_IDENTITY = ["smis_code", "test_year_be", "test", "grade", "subject"]

_MEASURES = ("mean_score", "quality_level", "examinees")

_WHAT = {
    "test_year_be": ("ปีการศึกษา", "academic year"),
    "test": ("การสอบ", "test"),
    "grade": ("ชั้น", "grade"),
    "subject": ("วิชา", "subject"),
}


def read_test_results(
    tables: list[FormTable],
    keys: SchoolKeys,
    headings: Headings,
    grades: pd.DataFrame,
    least_examinees: float,
) -> tuple[pd.DataFrame, list[Problem]]:
    """Read the test results of a round, long or with a column for each subject.

    Args:
        tables: Tables of the form ``test_results``.
        keys: The register's schools.
        headings: For the names of grades and subjects.
        grades: Enrolment of the round, columns `smis_code, grade, students`: where a sheet does
            not say how many sat a test, the pupils of that grade stand for them.
        least_examinees: A mean of fewer is null, with its quality level.

    Returns:
        results: `COLUMNS`, one row per school, year, test, grade and subject.
        problems: Rows of unknown schools, rows whose test is not known, scores out of range,
            repeated results, and how many means are not shown.
    """
    frames = [pd.DataFrame(columns=[*COLUMNS, "table", "row", "column"])]
    problems: list[Problem] = []
    for place, table in enumerate(tables):
        rows, found = _read_table(table, keys, headings)
        problems += found
        frames.append(rows.assign(table=place))
    filled = [frame for frame in frames if len(frame)] or frames[:1]
    results = pd.concat(filled, ignore_index=True)
    again = results.duplicated(_IDENTITY)
    problems += _twice(results, again, tables)
    results = results[~again].sort_values(_IDENTITY, kind="stable", ignore_index=True)
    few = _few(results, grades, least_examinees)
    for place, table in enumerate(tables):
        hidden = int((few & (results["table"] == place)).sum())
        if hidden:
            facts = {"results": hidden, "least": int(least_examinees)}
            found_at = (table.sheet.file, table.sheet.name)
            problems.append(Problem("score_suppressed", *found_at, facts=facts))
    results["mean_score"] = results["mean_score"].astype("float64").mask(few)
    results["quality_level"] = results["quality_level"].mask(few, "")
    return results[[*COLUMNS]], problems


def _read_table(
    table: FormTable, keys: SchoolKeys, headings: Headings
) -> tuple[pd.DataFrame, list[Problem]]:
    codes = code_columns(table)
    coded = has_code(codes)
    school = keys.find(codes).where(coded, "")
    problems = unmatched_rows("test_unmatched", table, codes[coded], school[coded])
    index = codes.index[(school != "").to_numpy(dtype=bool)]
    table = replace(table, frame=table.frame.loc[index])
    shared, found = read_names(table, headings)
    problems += found
    shared = shared.assign(smis_code=school.loc[index])
    parts = []
    for subject, columns in _subjects(table).items():
        part, found = _read_subject(table, columns)
        problems += found
        part["subject"] = shared["subject"] if subject == "" else subject
        parts.append(shared.drop(columns="subject").join(part).rename_axis("row").reset_index())
    results = pd.concat(parts, ignore_index=True)
    stated = results["mean_score"].notna() | (results["quality_level"] != "")
    results = results[stated | results["examinees"].notna()]
    return _named(table, results.reset_index(drop=True), problems)


def _named(
    table: FormTable, results: pd.DataFrame, problems: list[Problem]
) -> tuple[pd.DataFrame, list[Problem]]:
    """Leave out results of which it is not known what they are of, and say so."""
    for column, (what_th, what_en) in _WHAT.items():
        lost = results[column].isna() | (results[column] == "")
        if lost.any():
            first = int(results.loc[lost, "row"].iloc[0])
            facts = {"rows": int(lost.sum()), "what_th": what_th, "what_en": what_en}
            name = column if column in table.places else "smis_code"
            problems.append(cell_problem("test_not_named", table, first, name, key="", **facts))
            results = results[~lost]
    return results, problems


def _subjects(table: FormTable) -> dict[str, dict[str, str]]:
    """Subject -> measure -> column; the subject is "" where each row names its own."""
    if "mean_score" in table.places or "subject" in table.places:
        return {"": {name: name for name in _MEASURES if name in table.places}}
    found: dict[str, dict[str, str]] = {}
    for subject in SUBJECTS:
        columns = {name: f"{subject} {name}" for name in _MEASURES}
        present = {name: column for name, column in columns.items() if column in table.places}
        if present:
            everybody = {"examinees": "examinees"} if "examinees" in table.places else {}
            found[subject] = {**everybody, **present}
    return found


def _read_subject(
    table: FormTable, columns: Mapping[str, str]
) -> tuple[pd.DataFrame, list[Problem]]:
    """Read examinees, mean score and quality level of one subject."""
    index = table.frame.index
    blank = np.full(len(index), np.nan)
    problems: list[Problem] = []
    examinees, scores = blank, blank
    if "examinees" in columns:
        examinees, unread = read_counts(table, columns["examinees"])
        problems += [replace(problem, kind="number_ignored") for problem in unread]
    if "mean_score" in columns:
        scores, found = _scores(table, columns["mean_score"])
        problems += found
    levels = pd.Series("", index=index, dtype=object)
    if column := columns.get("quality_level", ""):
        words = table.frame[column].map(heading_key)
        levels = words.map(lambda word: QUALITY.get(word, ""))
        odd = index[(levels == "") & ~words.isin(["", "-"])]
        problems += [cell_problem("unknown_quality", table, int(row), column) for row in odd]
    read = {"examinees": examinees, "mean_score": scores, "quality_level": levels}
    place = columns.get("mean_score", next(iter(columns.values())))
    return pd.DataFrame(read, index=index).assign(column=place), problems


def _scores(table: FormTable, column: str) -> tuple[Counts, list[Problem]]:
    cells = table.frame[column]
    scores = np.full(len(cells), np.nan)
    problems = []
    for place, cell in enumerate(cells):
        try:
            score = parse_number(cell)
            if score is not None and not 0 <= score <= 100:
                raise ValueError(f"expected a score from 0 to 100, got {score}")
        except ValueError:
            problems.append(cell_problem("bad_score", table, int(cells.index[place]), column))
        else:
            scores[place] = np.nan if score is None else score
    return scores, problems


def _few(results: pd.DataFrame, grades: pd.DataFrame, least: float) -> pd.Series:
    """Results of so few pupils that their mean may tell one pupil's; unknown counts as few."""
    taught = grades[["smis_code", "grade", "students"]].astype(
        {"smis_code": object, "grade": object}
    )
    pupils = results[["smis_code", "grade"]].merge(taught, on=["smis_code", "grade"], how="left")
    standing_in = pupils["students"].astype("Float64").astype("float64")
    examinees = results["examinees"].astype("float64").fillna(standing_in)
    shown = results["mean_score"].notna() | (results["quality_level"] != "")
    return shown & ~(examinees >= least)


def _twice(results: pd.DataFrame, again: pd.Series, tables: list[FormTable]) -> list[Problem]:
    """Report results that stand twice; only the first is published."""
    if not again.any():
        return []
    firsts = results[~again].set_index(_IDENTITY)
    problems = []
    for row in results[again].to_dict("records"):
        first = firsts.loc[tuple(row[name] for name in _IDENTITY)]
        table, earlier = tables[row["table"]], tables[int(first["table"])]
        place = earlier.address(int(first["row"]), str(first["column"]))
        problems.append(
            cell_problem(
                "test_twice",
                table,
                int(row["row"]),
                str(row["column"]),
                key=row["smis_code"],
                first=place if earlier is table else f"{earlier.sheet.file} {place}",
            )
        )
    return problems
