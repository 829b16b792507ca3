"""Pupils of a level by school, for the enrolment and intake ratios."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gisapp.core.coverage.criteria import ALL, OWN, LevelAges
from gisapp.core.coverage.schools import OTHER_SCHOOL, OWN_SCHOOL, CoverageSchools
from gisapp.core.grades import GRADES, LEVELS

#: Whose pupils are counted; never those of neighbour offices' schools.
PUPILS_OF = {OWN: (OWN_SCHOOL,), ALL: (OWN_SCHOOL, OTHER_SCHOOL)}

#: Columns of pupils, in the order of MALE, FEMALE, PERSONS.
_SEXES = ["male", "female", "students"]

_CODE_OF_LABEL = {grade.label_th: grade.code for grade in GRADES}


@dataclass(frozen=True)
class Pupils:
    """Pupils of each row of `CoverageSchools.rows`.

    Attributes:
        known: [school, sex] those that are stated; 0 where nothing is.
        unknown: [school, sex] whether there may be others that nobody states.
    """

    known: NDArray[np.float64]
    unknown: NDArray[np.bool_]


def pupils_of_level(schools: CoverageSchools, level: LevelAges) -> Pupils:
    """Return the pupils of a level by school."""
    return _by_school(schools, "education_level", level.education_level, level)


def pupils_of_entry(schools: CoverageSchools, level: LevelAges) -> Pupils:
    """Return the pupils of the grade in which a level begins by school."""
    grade = _CODE_OF_LABEL.get(level.entry_grade, level.entry_grade)
    return _by_school(schools, "grade", grade, level)


def counted(schools: CoverageSchools, affiliations: str) -> NDArray[np.int64]:
    """Return the rows of the schools whose pupils are counted."""
    return np.flatnonzero(schools.rows["whose"].isin(PUPILS_OF[affiliations]))


def silent_schools(
    schools: CoverageSchools, levels: Iterable[LevelAges]
) -> dict[str, tuple[str, ...]]:
    """Return education level -> own schools that teach it and whose pupils nobody states."""
    own = schools.rows["whose"].eq(OWN_SCHOOL)
    found = {}
    for level in levels:
        teach = own & schools.rows[level.education_level].astype(bool)
        unknown = teach & pupils_of_level(schools, level).unknown[:, -1]
        found[level.education_level] = tuple(schools.rows.loc[unknown, "smis_code"])
    return found


def _by_school(schools: CoverageSchools, column: str, wanted: str, level: LevelAges) -> Pupils:
    """Add up the pupils whose `column` is `wanted` by school.

    Pupils are unknown where a grade is listed without a number, and where nothing is stated of a
    school that teaches the level, or of which nobody knows what it teaches. A school whose other
    grades are known has nobody in a grade that it does not list.
    """
    rows, pupils = schools.rows, schools.pupils
    school = pd.Index(rows["smis_code"]).get_indexer(pupils["smis_code"])
    figures = pupils[_SEXES].to_numpy(dtype=np.float64, na_value=np.nan)
    stated = np.isfinite(figures)
    told = np.zeros(len(rows), dtype=np.bool_)
    told[school[stated.any(axis=1)]] = True
    teaches = rows[[*LEVELS]].to_numpy(dtype=np.bool_)
    may_teach = rows[level.education_level].to_numpy(dtype=np.bool_) | ~teaches.any(axis=1)
    unknown = np.repeat((may_teach & ~told)[:, None], len(_SEXES), axis=1)
    known = np.zeros(unknown.shape)
    held = (pupils[column] == wanted).to_numpy()
    np.add.at(known, school[held], np.nan_to_num(figures[held]))
    np.logical_or.at(unknown, school[held], ~stated[held])
    return Pupils(known, unknown)
