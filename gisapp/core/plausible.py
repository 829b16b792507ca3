"""Numbers of pupils that no class and no grade of a school has."""

from dataclasses import replace

import numpy as np
import pandas as pd

from gisapp.core.counts import cell_problem
from gisapp.core.enrolment import EnrolmentRows
from gisapp.core.grade_cells import grade_cell
from gisapp.core.grades import GRADE
from gisapp.core.limits import Limits
from gisapp.core.problems import Problem


def too_many_pupils(
    grades: pd.DataFrame, enrolment: EnrolmentRows, limits: Limits
) -> list[Problem]:
    """One ``too_many_pupils`` per school and grade with more than one can believe.

    More than `Limits.most_pupils_in_class` for each class group, where these are stated, or
    more than `Limits.most_pupils_in_grade`.

    Args:
        grades: School × grade with `source`, as `give_to_schools` gives them.
        enrolment: The rows that `source` counts.
    """
    students = grades["students"].to_numpy(dtype=np.float64, na_value=np.nan)
    rooms = grades["class_groups"].to_numpy(dtype=np.float64, na_value=np.nan)
    crowded = (rooms > 0) & (students > limits.most_pupils_in_class * rooms)
    odd = crowded | (students > limits.most_pupils_in_grade)
    problems = []
    for place in np.flatnonzero(odd):
        row = grades.iloc[place]
        code, grade = str(row["smis_code"]), GRADE[str(row["grade"])]
        table, source, column = grade_cell(enrolment, row["source"], grade.code)
        number = int(rooms[place]) if crowded[place] else 0
        found = cell_problem(
            "too_many_pupils",
            table,
            source,
            column,
            key=f"{code} {grade.label_th}",
            students=int(students[place]),
            grade_th=grade.label_th,
            grade_en=grade.label_en,
            rooms_th=f" {number:,} ห้อง" if number else "",
            rooms_en=f" in {number:,} class groups"
            if number > 1
            else " in one class group" * number,
        )
        problems.append(replace(found, value=f"{int(students[place])}"))
    return problems
