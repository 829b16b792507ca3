"""Structures to doubt: older than their school, not yet built, listed twice, or without rooms."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from gisapp.core.buildings import holds_classrooms, in_use
from gisapp.core.counts import cell_problem
from gisapp.core.problems import Problem
from gisapp.core.rounds import BE_OFFSET, Round
from gisapp.core.tables import FormTable

#: So many schools of a file are named one by one, and so many rows of a school.
_SCHOOLS_NAMED, _ROWS_NAMED = 20, 10

#: A structure that agrees in all of these stands in the list twice.
_IDENTITY = ["smis_code", "sequence", "building_design", "built_year_be"]


def check_buildings(
    buildings: pd.DataFrame,
    tables: Sequence[FormTable],
    register: pd.DataFrame,
    register_tables: Sequence[FormTable],
    data_round: Round,
    years_before_school: float,
) -> list[Problem]:
    """Doubt structures by their year and their number.

    Args:
        buildings: As `read_buildings` gives them from `tables`.
        register: Clean register, read from `register_tables`.
        data_round: The round; nothing is built after the year of its cut-off.
        years_before_school: So many years before its school a structure may be built.

    Returns:
        ``building_before_school``, ``built_in_future``, ``building_twice``, ``rooms_blank``. Of
        a school or a structure without a year nothing is said of its age.
    """
    problems = _too_old(buildings, tables, register, register_tables, years_before_school)
    stated = data_round.cut_off.year + BE_OFFSET
    future = buildings[(buildings["built_year_be"] > stated).to_numpy(dtype=bool)]
    for row in future.to_dict("records"):
        built = int(row["built_year_be"])
        found = cell_problem(
            "built_in_future",
            tables[row["table"]],
            int(row["row"]),
            "built_year_be",
            key=row["smis_code"],
            built=built,
            stated=stated,
        )
        problems.append(replace(found, value=str(built)))
    doubted = _told_apart(problems) + _twice(buildings, tables)
    return doubted + _without_rooms(buildings, tables)


def _told_apart(problems: list[Problem]) -> list[Problem]:
    """Number the structures of one school and year: each is a problem of its own."""
    seen: Counter[str] = Counter()
    apart = []
    for problem in problems:
        seen[problem.problem_id] += 1
        again = seen[problem.problem_id]
        apart.append(
            problem if again == 1 else replace(problem, value=f"{problem.value} ({again})")
        )
    return apart


def _too_old(
    buildings: pd.DataFrame,
    tables: Sequence[FormTable],
    register: pd.DataFrame,
    register_tables: Sequence[FormTable],
    years_before: float,
) -> list[Problem]:
    if "founded_on" not in register:
        return []
    dates = register.set_index("smis_code")["founded_on"]
    # ISO text: the year is its first four letters.
    years = pd.to_numeric(dates.astype("str").str.slice(0, 4), errors="coerce") + BE_OFFSET
    founded = buildings["smis_code"].map(years).to_numpy(dtype=np.float64)
    built = buildings["built_year_be"].to_numpy(dtype=np.float64, na_value=np.nan)
    files = [t.sheet.file for t in register_tables if "founded_on" in t.places]
    problems = []
    for place in np.flatnonzero(built < founded - years_before):
        row = buildings.iloc[place]
        years_be = {"built": int(built[place]), "founded": int(founded[place])}
        found = cell_problem(
            "building_before_school",
            tables[row["table"]],
            int(row["row"]),
            "built_year_be",
            key=row["smis_code"],
            founded_in=files[0] if files else "–",
            **years_be,
        )
        problems.append(replace(found, value=f"{years_be['built']} / {years_be['founded']}"))
    return problems


def _twice(buildings: pd.DataFrame, tables: Sequence[FormTable]) -> list[Problem]:
    """Report structures of one number, design and year that a school has in two rows."""
    # A sheet without numbers was numbered by us, so that no two of its rows agree.
    known = buildings[buildings["building_design"].fillna("").ne("").to_numpy(dtype=bool)]
    again = known.duplicated(_IDENTITY)
    if not again.any():
        return []
    firsts = known[~again].set_index(_IDENTITY)
    problems = []
    for row in known[again].to_dict("records"):
        same = firsts.loc[[tuple(row[name] for name in _IDENTITY)]].iloc[0]
        table, earlier = tables[row["table"]], tables[int(same["table"])]
        number = earlier.sheet.row_number(int(same["row"]))
        problems.append(
            cell_problem(
                "building_twice",
                table,
                int(row["row"]),
                "sequence",
                key=row["smis_code"],
                first=number if earlier is table else f"{earlier.sheet.file} {number}",
            )
        )
    return problems


def _without_rooms(buildings: pd.DataFrame, tables: Sequence[FormTable]) -> list[Problem]:
    """Name the classroom buildings without rooms: nobody can say how many their school has.

    One problem per school; where a file leaves them out for many schools it is one.
    """
    blank = buildings["actual_rooms"].isna() & in_use(buildings) & holds_classrooms(buildings)
    problems = []
    for place, found in buildings[blank].groupby("table", sort=True):
        table = tables[int(str(place))]
        if "actual_rooms" not in table.places:
            continue
        schools = found.groupby("smis_code", sort=True)
        if len(schools) > _SCHOOLS_NAMED:
            first = int(found["row"].iloc[0])
            many = cell_problem("rooms_blank_many", table, first, "actual_rooms")
            facts = {"schools": len(schools), "rows": len(found)}
            problems.append(replace(many, key="", value=str(len(found)), facts=facts))
        else:
            problems += [_rooms_blank(table, str(code), rows["row"]) for code, rows in schools]
    return problems


def _rooms_blank(table: FormTable, code: str, rows: pd.Series) -> Problem:
    numbers = [str(table.sheet.row_number(int(row))) for row in rows]
    named = ", ".join(numbers[:_ROWS_NAMED]) + (" …" if len(numbers) > _ROWS_NAMED else "")
    first = int(rows.iloc[0])
    return cell_problem("rooms_blank", table, first, "actual_rooms", key=code, rows=named)
