"""Enrolment rows given to their schools; what cannot be given becomes a problem."""

from dataclasses import replace

import numpy as np
import pandas as pd

from gisapp.core.bad_codes import fold_bad_codes
from gisapp.core.codeless_rows import fold_codeless
from gisapp.core.counts import cell_problem
from gisapp.core.enrolment import EnrolmentRows
from gisapp.core.grades import GRADE, MEASURES, ORDER
from gisapp.core.match import CODES, SchoolKeys, name_key, written_code, wrong_code
from gisapp.core.problems import Problem

COLUMNS = ("smis_code", "grade", "education_level", *MEASURES)

_ROOMS_BY_GRADE = frozenset(f"{grade} class_groups" for grade in GRADE)


def give_to_schools(
    enrolment: EnrolmentRows, keys: SchoolKeys, key_pattern: str
) -> tuple[pd.DataFrame, list[Problem]]:
    """Join enrolment with the register.

    Returns:
        grades: One row per school × grade, sorted, counts as nullable integers; `source` is
            the row of `enrolment.rows` that it was read from.
        problems: Rows whose pupils are in no layer, with their number; rows to doubt.
    """
    rows = enrolment.rows
    school = keys.find(rows)
    problems = _unmatched(enrolment, school, keys, key_pattern)
    problems += _names(enrolment, school, keys)
    problems += _two_schools(enrolment, school, keys)
    counts = enrolment.counts.assign(smis_code=enrolment.counts["source"].map(school))
    counts = counts[counts["smis_code"] != ""]
    again = counts.duplicated(["smis_code", "grade"], keep="first")
    problems += _twice(enrolment, counts, again)
    grades = counts[~again].copy()
    grades["order"] = grades["grade"].map(ORDER)
    grades["education_level"] = [GRADE[code].education_level for code in grades["grade"]]
    grades = grades.sort_values(["smis_code", "order"], kind="stable", ignore_index=True)
    problems += _without_room(enrolment, grades)
    for measure in MEASURES:
        grades[measure] = grades[measure].astype("Int64")
    return grades[[*COLUMNS, "source"]], problems


def _unmatched(
    enrolment: EnrolmentRows, school: pd.Series, keys: SchoolKeys, key_pattern: str
) -> list[Problem]:
    problems = []
    lost = enrolment.rows[school == ""]
    for row, code in zip(lost.to_dict("records"), written_code(lost), strict=True):
        table = enrolment.tables[row["table"]]
        column = next((c for c in CODES if row[c]), "smis_code")
        pupils = int(row["pupils"])
        expected = wrong_code(code, key_pattern) if code else {}
        kind = "row_without_code" if not code else "bad_code" if expected else "unmatched_code"
        if kind == "row_without_code" and not pupils:
            continue
        found = cell_problem(kind, table, row["row"], column, key=code, pupils=pupils, **expected)
        problems.append(replace(found, pupils=pupils, value=code or row["school_name_th"]))
    problems = fold_codeless(_one_per_school(problems), enrolment)
    return fold_bad_codes(problems, enrolment.tables, key_pattern, keys.smis)


def _one_per_school(problems: list[Problem]) -> list[Problem]:
    """Fold the grades of one unknown code in one long sheet into one finding."""
    folded: dict[tuple[str, ...], Problem] = {}
    for problem in problems:
        where: tuple[str, ...] = (problem.kind, problem.file, problem.sheet, problem.key)
        if not problem.key:
            where = (*where, str(problem.row))
        if where in folded:
            pupils = folded[where].pupils + problem.pupils
            facts = {**folded[where].facts, "pupils": pupils}
            folded[where] = replace(folded[where], pupils=pupils, facts=facts)
        else:
            folded[where] = problem
    return list(folded.values())


def _names(enrolment: EnrolmentRows, school: pd.Series, keys: SchoolKeys) -> list[Problem]:
    """Doubt rows whose name is not the registered one: the code may be another school's."""
    rows = enrolment.rows
    written = rows["school_name_th"].map(name_key)
    registered = school.map(lambda code: keys.names.get(code, ""))
    differs = (written != "") & (registered != "") & (written != registered)
    first = differs & ~pd.DataFrame({"s": school, "w": written, "t": rows["table"]}).duplicated()
    problems = []
    for index, row in zip(rows.index[first], rows[first].to_dict("records"), strict=True):
        problems.append(
            cell_problem(
                "name_differs",
                enrolment.tables[row["table"]],
                row["row"],
                "school_name_th",
                key=school.at[index],
                registered=registered.at[index],
            )
        )
    return problems


def _two_schools(enrolment: EnrolmentRows, school: pd.Series, keys: SchoolKeys) -> list[Problem]:
    """Doubt rows whose other code is that of another school."""
    problems = []
    for kind, column, known in (
        ("ministry_code_mismatch", "ministry_code", keys.ministry),
        ("percode_mismatch", "percode", keys.percode),
    ):
        other = enrolment.rows[column].map(lambda code, known=known: known.get(code, ""))
        for index in other.index[(other != "") & (school != "") & (other != school)]:
            row = enrolment.rows.loc[index]
            table = enrolment.tables[row["table"]]
            code = school.at[index]
            facts = {"expected_th": f"โรงเรียน {code}", "expected_en": f"school {code}"}
            problems.append(cell_problem(kind, table, row["row"], column, key=code, **facts))
    return problems


def _twice(enrolment: EnrolmentRows, counts: pd.DataFrame, again: pd.Series) -> list[Problem]:
    """Report grades that a school has in more than one row; only the first is published."""
    problems = []
    if not again.any():
        return []
    first = counts[~again].set_index(["smis_code", "grade"])
    for (school, source), group in counts[again].groupby(["smis_code", "source"], sort=False):
        kept = first.loc[[(school, grade) for grade in group["grade"]]]
        same = np.array_equal(
            kept[list(MEASURES)].to_numpy(), group[list(MEASURES)].to_numpy(), equal_nan=True
        )
        row, before = enrolment.rows.loc[source], enrolment.rows.loc[kept["source"].iloc[0]]
        table, earlier = enrolment.tables[row["table"]], enrolment.tables[before["table"]]
        column = next((c for c in CODES if row[c]), "smis_code")
        place = earlier.address(before["row"], column) or str(before["row"])
        found = cell_problem(
            "repeated_row" if same else "school_twice",
            table,
            row["row"],
            column,
            key=school,
            first=f"{earlier.sheet.file} {place}" if earlier is not table else place,
        )
        pupils = int(np.nansum(group["students"]))
        facts = {**found.facts, "cell": found.cell}
        problems.append(replace(found, pupils=pupils, facts=facts))
    return problems


def _without_room(enrolment: EnrolmentRows, grades: pd.DataFrame) -> list[Problem]:
    """Report pupils who sit in no room, one finding per school."""
    problems = []
    bare = grades[(grades["students"] > 0) & ~(grades["class_groups"] > 0)]
    # A sheet that states no rooms by grade, such as the national workbook, accuses nobody.
    has_rooms = {
        place
        for place, table in enumerate(enrolment.tables)
        if any(column == "class_groups" or column in _ROOMS_BY_GRADE for column in table.places)
    }
    for school, group in bare.groupby("smis_code", sort=False):
        row = enrolment.rows.loc[group["source"].iloc[0]]
        if row["table"] not in has_rooms:
            continue
        table = enrolment.tables[row["table"]]
        labels = [GRADE[code].label_th for code in group["grade"]]
        column = f"{group['grade'].iloc[0]} class_groups"
        column = column if column in table.places else "class_groups"
        found = cell_problem(
            "pupils_without_room",
            table,
            row["row"],
            column,
            key=str(school),
            grades=" ".join(labels),
        )
        problems.append(replace(found, value=" ".join(labels)))
    return problems
