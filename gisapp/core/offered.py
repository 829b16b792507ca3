"""Grades with pupils against the grades that a school says it offers, and against its rooms."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from gisapp.core.counts import cell_problem
from gisapp.core.enrolment import EnrolmentRows
from gisapp.core.grade_cells import grade_cell
from gisapp.core.grades import GRADE, GRADES, LEVELS, ORDER
from gisapp.core.problems import Problem
from gisapp.core.tables import FormTable

#: Columns of a register that name the first and the last grade, the surer pair first.
_BOUNDS = (("lowest_grade", "highest_grade"), ("offered_from", "offered_to"))

_LEVEL_WORDS = {
    "pre_primary": ("ระดับก่อนประถมศึกษา", "pre-primary"),
    "primary": ("ระดับประถมศึกษา", "primary"),
    "lower_secondary": ("ระดับมัธยมศึกษาตอนต้น", "lower secondary"),
    "upper_secondary": ("ระดับมัธยมศึกษาตอนปลาย", "upper secondary"),
}


@dataclass(frozen=True)
class _Offer:
    """First and last grade that a school says it offers, as places in `GRADES`."""

    first: int
    last: int

    def words(self, label: str) -> str:
        """Write the range: ``อ.2–ป.6``."""
        ends = (GRADES[self.first], GRADES[self.last])
        return "–".join(str(getattr(grade, label)) for grade in ends)


def levels_between(lowest: pd.Series, highest: pd.Series) -> pd.Series:
    """Return the levels of each school from its lowest to its highest grade; null without both."""
    found = map(_levels_between, lowest, highest)
    return pd.Series(list(found), index=lowest.index, dtype=object)


@functools.lru_cache(maxsize=1024)
def _levels_between(lowest: object, highest: object) -> str | None:
    first, last = ORDER.get(str(lowest)), ORDER.get(str(highest))
    if first is None or last is None:
        return None
    taught = {grade.education_level for grade in GRADES[first : last + 1]}
    return ",".join(level for level in LEVELS if level in taught) or None


def levels_offered(
    register: pd.DataFrame,
    tables: Sequence[FormTable],
    grades: pd.DataFrame,
    enrolment: EnrolmentRows,
) -> list[Problem]:
    """Compare the grades of each school that have pupils with those that it says it offers.

    Args:
        register: Clean register; `tables` are its sheets and those that added to it.
        grades: As `give_to_schools` gives them.
        enrolment: Rows of `grades`, to name cells in.

    Returns:
        One ``level_not_offered`` per school with pupils outside its range, at the first such
        cell; one ``level_empty`` per school and level within its range without any pupil.
    """
    offers = _offers(register)
    pupils = grades["students"].to_numpy(dtype=np.float64, na_value=np.nan)
    # Looked up once for each school and grade: a country has 360,000 rows.
    row_school, codes = pd.factorize(grades["smis_code"])
    row_grade, names = pd.factorize(grades["grade"])
    order = np.array([ORDER[name] for name in names], dtype=np.intp)[row_grade]
    bounds = offers.reindex(codes).to_numpy(dtype=np.float64)[row_school]
    stated = (pupils > 0) & ~np.isnan(bounds[:, 0])
    if not stated.any():
        return []
    taught = grades[stated]
    outside = ((order < bounds[:, 0]) | (order > bounds[:, 1]))[stated]
    problems = [
        _outside(str(code), group, _offer(offers, str(code)), enrolment, _stated_in(tables))
        for code, group in taught[outside].groupby("smis_code", sort=True)
    ]
    return problems + _empty_levels(register, tables, offers, taught)


def _offers(register: pd.DataFrame) -> pd.DataFrame:
    """Places of the first and last grade by school; schools that state none are left out."""
    ends: dict[str, pd.Series] = {}
    for end, side in (("first", 0), ("last", 1)):
        stated = pd.Series(np.nan, index=register.index)
        for pair in _BOUNDS:
            if pair[side] in register:
                stated = stated.fillna(register[pair[side]].map(ORDER).astype("float64"))
        ends[end] = stated
    offers = pd.DataFrame(ends).set_axis(register["smis_code"], axis=0)
    offers = offers[offers.notna().all(axis=1) & (offers["first"] <= offers["last"])]
    return offers.astype(int)


def _offer(offers: pd.DataFrame, code: str) -> _Offer:
    return _Offer(int(offers.at[code, "first"]), int(offers.at[code, "last"]))


def _stated_in(tables: Sequence[FormTable]) -> str:
    """File that states the range of grades."""
    wanted = {"lowest_grade", "highest_grade", "levels_stated"}
    files = [table.sheet.file for table in tables if wanted & table.places.keys()]
    return files[0] if files else ""


def _outside(
    code: str, group: pd.DataFrame, offer: _Offer, enrolment: EnrolmentRows, stated_in: str
) -> Problem:
    table, row, column = grade_cell(enrolment, group["source"].iloc[0], group["grade"].iloc[0])
    facts = {
        f"{name}_{language}": text
        for language in ("th", "en")
        for name, text in (
            ("pupils_by_grade", _pupils_by_grade(group, f"label_{language}")),
            ("offered", offer.words(f"label_{language}")),
        )
    }
    found = cell_problem(
        "level_not_offered", table, row, column, key=code, stated_in=stated_in, **facts
    )
    return replace(found, value=str(facts["pupils_by_grade_th"]))


def _pupils_by_grade(group: pd.DataFrame, label: str) -> str:
    pairs = zip(group["grade"], group["students"], strict=True)
    return ", ".join(f"{getattr(GRADE[grade], label)} {int(pupils)}" for grade, pupils in pairs)


def _empty_levels(
    register: pd.DataFrame,
    tables: Sequence[FormTable],
    offers: pd.DataFrame,
    taught: pd.DataFrame,
) -> list[Problem]:
    """Levels that lie within a school's range and have no pupil; schools without any are left."""
    here = offers[offers.index.isin(taught["smis_code"])]
    places = register.set_index("smis_code")[["table", "row"]]
    problems = []
    for level in LEVELS:
        inside = [ORDER[grade.code] for grade in GRADES if grade.education_level == level]
        # One grade of the level is enough to offer it: many schools begin at อ.2.
        offered = (here["first"] <= inside[-1]) & (here["last"] >= inside[0])
        present = set(taught.loc[taught["education_level"] == level, "smis_code"])
        level_th, level_en = _LEVEL_WORDS[level]
        for code in here.index[offered & ~here.index.isin(list(present))]:
            offer = _offer(here, str(code))
            table = tables[int(places.at[code, "table"])]
            column = "highest_grade" if "highest_grade" in table.places else "smis_code"
            found = cell_problem(
                "level_empty",
                table,
                int(places.at[code, "row"]),
                column,
                key=str(code),
                level_th=level_th,
                level_en=level_en,
                offered_th=offer.words("label_th"),
                offered_en=offer.words("label_en"),
            )
            problems.append(replace(found, value=level))
    return problems


def rooms_and_pupils(grades: pd.DataFrame, enrolment: EnrolmentRows) -> list[Problem]:
    """One ``rooms_exceed_pupils`` per school that has a grade with more rooms than pupils."""
    pupils = grades["students"].to_numpy(dtype=np.float64, na_value=np.nan)
    rooms = grades["class_groups"].to_numpy(dtype=np.float64, na_value=np.nan)
    odd = grades[(pupils > 0) & (rooms > pupils)]
    problems = []
    for code, group in odd.groupby("smis_code", sort=True):
        first = group.iloc[0]
        table, row, column = grade_cell(enrolment, first["source"], first["grade"])
        wanted = (f"{first['grade']} class_groups", "class_groups", column)
        words = {
            f"grades_{language}": ", ".join(
                f"{getattr(GRADE[grade], f'label_{language}')} {have}/{sit}"
                for grade, have, sit in zip(
                    group["grade"], group["class_groups"], group["students"], strict=True
                )
            )
            for language in ("th", "en")
        }
        found = cell_problem(
            "rooms_exceed_pupils",
            table,
            row,
            next(name for name in wanted if name in table.places),
            key=str(code),
            **words,
        )
        problems.append(replace(found, value=str(words["grades_th"])))
    return problems
