"""A round's pupils against those of earlier rounds: repeated files and cohorts that jump."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from gisapp.core.counts import cell_problem
from gisapp.core.enrolment import EnrolmentRows
from gisapp.core.grade_cells import grade_cell
from gisapp.core.grades import GRADE, MEASURES, ORDER
from gisapp.core.limits import Limits
from gisapp.core.problems import Problem
from gisapp.core.rounds import Round

#: A repeated round is only told from chance where so many schools have pupils.
LEAST_SCHOOLS = 5

#: Grade -> the grade that its pupils are in a year later, within one school. Left out are the
#: grades at which children enter from elsewhere: อ.1, อ.2, ป.1, ม.1, ม.4 and ปวช.1.
NEXT_GRADE = {
    **{"k2": "k3", "m1": "m2", "m2": "m3", "m4": "m5", "m5": "m6", "v1": "v2", "v2": "v3"},
    **{f"p{n}": f"p{n + 1}" for n in range(1, 6)},
}


@dataclass(frozen=True)
class EarlierGrades:
    """The pupils that an earlier round published.

    Attributes:
        grades: Columns of the layer `enrolment_by_grade`.
        as_of: The day that they are of; None without pupils.
    """

    data_round: Round
    grades: pd.DataFrame
    as_of: datetime.date | None


def repeated_round(
    grades: pd.DataFrame, enrolment: EnrolmentRows, earlier: Sequence[EarlierGrades]
) -> list[Problem]:
    """Block a round whose every figure is that of an earlier one: its file was sent again.

    All grades, sexes and rooms of all schools that both rounds have are equal, and at least
    `LEAST_SCHOOLS` of these schools have pupils.
    """
    for before in earlier:
        schools = _same_schools(grades, before.grades)
        if schools >= LEAST_SCHOOLS:
            sheet = enrolment.tables[0].sheet
            facts = {"round": before.data_round.name, "schools": schools}
            value = before.data_round.name
            return [Problem("round_repeats", sheet.file, sheet.name, value=value, facts=facts)]
    return []


def _same_schools(grades: pd.DataFrame, before: pd.DataFrame) -> int:
    """Schools with pupils in both tables; 0 where any figure of theirs differs."""
    common = _with_pupils(grades) & _with_pupils(before)
    if len(common) < LEAST_SCHOOLS or _sum(grades, common) != _sum(before, common):
        return 0
    one, other = (_figures(table, common) for table in (grades, before))
    if len(one) != len(other) or not one.index.equals(other.index):
        return 0
    same = np.array_equal(one.to_numpy(), other.to_numpy(), equal_nan=True)
    return len(common) if same else 0


def _with_pupils(grades: pd.DataFrame) -> set[str]:
    students = grades["students"].to_numpy(dtype=np.float64, na_value=np.nan)
    return set(grades["smis_code"][students > 0].unique())


def _sum(grades: pd.DataFrame, schools: set[str]) -> int:
    return int(grades.loc[grades["smis_code"].isin(schools), "students"].sum())


def _figures(grades: pd.DataFrame, schools: set[str]) -> pd.DataFrame:
    """Measures of some schools by school and grade; grades without pupils left out."""
    kept = grades[grades["smis_code"].isin(schools)]
    figures = kept[[*MEASURES]].astype("Float64").astype("float64")
    figures.index = pd.MultiIndex.from_arrays(
        [kept["smis_code"].astype(object), kept["grade"].astype(object)]
    )
    return figures[(figures[["male", "female", "students"]] > 0).any(axis=1)].sort_index()


def jumping_cohorts(
    grades: pd.DataFrame,
    enrolment: EnrolmentRows,
    data_round: Round,
    earlier: Sequence[EarlierGrades],
    limits: Limits,
) -> list[Problem]:
    """One ``cohort_jump`` per school and grade whose pupils of a year ago are not those of now.

    A change counts when it is more than `cohort_pupils` pupils and more than the share
    `cohort_change` of the earlier number. Only schools that have pupils in both years.
    """
    before = _year_before(data_round, earlier)
    if before is None:
        return []
    pairs = _pairs(grades, before.grades)
    now, ago = pairs["students"].to_numpy(), pairs["students_before"].to_numpy()
    change = np.abs(now - ago)
    # Unknown numbers are NaN and pass neither limit.
    jumps = (change > limits.cohort_pupils) & (change > limits.cohort_change * ago)
    return [_jump(row, enrolment) for row in pairs[jumps].to_dict("records")]


def _year_before(data_round: Round, earlier: Sequence[EarlierGrades]) -> EarlierGrades | None:
    """Of the academic year before: the round of the same number, else the newest.

    A round that itself took its pupils over from an older one is of no use.
    """
    usable = [
        before
        for before in earlier
        if before.data_round.academic_year_be == data_round.academic_year_be - 1
        and before.as_of == before.data_round.cut_off
    ]
    same = [before for before in usable if before.data_round.number == data_round.number]
    return max(same or usable, key=lambda before: before.data_round, default=None)


def _pairs(grades: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """Grades of now beside the grades that their pupils were in; 0 where one is not listed.

    Matched by number instead of by text: a country has 360,000 rows of grades.
    """
    schools = pd.Index(sorted(_with_pupils(grades) & _with_pupils(before)), dtype=object)
    now = _keyed(grades, schools, {grade: ORDER[grade] for grade in NEXT_GRADE.values()})
    ago = _keyed(before, schools, {grade: ORDER[after] for grade, after in NEXT_GRADE.items()})
    keys = np.union1d(now.index, ago.index)
    school, order = np.divmod(keys, len(ORDER))
    pairs = pd.DataFrame(
        {
            "smis_code": schools.to_numpy()[school],
            "grade": np.array(list(ORDER), dtype=object)[order],
            "students": now["students"].reindex(keys, fill_value=0.0).to_numpy(),
            "students_before": ago["students"].reindex(keys, fill_value=0.0).to_numpy(),
            "source": now["source"].reindex(keys).to_numpy(),
        }
    )
    unlisted = pairs["source"].isna()
    if unlisted.any():  # looked for in the school's first row
        first = grades.drop_duplicates("smis_code").set_index("smis_code")["source"]
        pairs.loc[unlisted, "source"] = pairs.loc[unlisted, "smis_code"].map(first)
    return pairs


def _keyed(grades: pd.DataFrame, schools: pd.Index, order: Mapping[str, int]) -> pd.DataFrame:
    """Pupils and source of some schools and grades, indexed by school × grade as one number."""
    row_school, codes = pd.factorize(grades["smis_code"])
    row_grade, names = pd.factorize(grades["grade"])
    school = schools.get_indexer(pd.Index(codes))[row_school]
    place = np.array([order.get(str(name), -1) for name in names], dtype=np.intp)[row_grade]
    kept = (school >= 0) & (place >= 0)
    students = grades["students"].to_numpy(dtype=np.float64, na_value=np.nan)
    source = grades["source"].to_numpy() if "source" in grades else np.zeros(len(grades))
    index = school[kept] * len(ORDER) + place[kept]
    return pd.DataFrame({"students": students[kept], "source": source[kept]}, index=index)


def _jump(row: dict[str, Any], enrolment: EnrolmentRows) -> Problem:
    grade = str(row["grade"])
    came_from = next(before for before, after in NEXT_GRADE.items() if after == grade)
    table, place, column = grade_cell(enrolment, row["source"], grade)
    before, now = (f"{row[name]:.0f}" for name in ("students_before", "students"))
    found = cell_problem(
        "cohort_jump",
        table,
        place,
        column,
        key=str(row["smis_code"]),
        before=before,
        now=now,
        from_grade_th=GRADE[came_from].label_th,
        from_grade_en=GRADE[came_from].label_en,
        to_grade_th=GRADE[grade].label_th,
        to_grade_en=GRADE[grade].label_en,
    )
    value = f"{before} → {now}"
    # In a long sheet all grades stand under one heading.
    return replace(found, value=value if grade in column else f"{value} {GRADE[grade].label_th}")
