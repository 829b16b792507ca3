"""The building list: one row per structure, given to its school."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from gisapp.core.counts import cell_problem
from gisapp.core.match import CODES, SchoolKeys, written_code
from gisapp.core.problems import Problem
from gisapp.core.sheet_rows import code_columns, has_code
from gisapp.core.tables import FormTable
from gisapp.core.text import Cell, clean_text, heading_key, parse_count, parse_number, parse_year_be
from gisapp.core.units import BAHT, ROOMS, without_unit

CONDITIONS = {
    "ดี": "good",
    "good": "good",
    "พอใช้": "fair",
    "fair": "fair",
    "ทรุดโทรม": "dilapidated",
    "ชำรุด": "dilapidated",
    "dilapidated": "dilapidated",
}

#: What the types of structures that hold classrooms begin with, as `heading_key` writes them
#: without strokes. Source: domain notes B7, categories of B-OBEC; D for English.
_CLASSROOM_BUILDING = ("อาคารเรียน", "classroom")

#: Words of a use status that say a structure is gone or closed. Source: domain notes B7.
_OUT_OF_USE = ("รื้อถอน", "เลิกใช้", "งดใช้")

COLUMNS = (
    "smis_code",
    "sequence",
    "building_type",
    "building_design",
    "design_rooms",
    "actual_rooms",
    "special_rooms",
    "built_year_be",
    "age_years",
    "budget_baht",
    "budget_source",
    "condition",
    "use_status",
)
_READERS: dict[str, Callable[[Cell], float | None]] = {
    "sequence": parse_count,
    **dict.fromkeys(
        ("design_rooms", "actual_rooms", "special_rooms"),
        lambda cell: parse_count(without_unit(cell, ROOMS)),
    ),
    "built_year_be": parse_year_be,
    "budget_baht": lambda cell: parse_number(without_unit(cell, BAHT)),
}


def read_buildings(
    tables: list[FormTable], keys: SchoolKeys, academic_year_be: int
) -> tuple[pd.DataFrame, list[Problem]]:
    """Read the building lists of a round.

    Args:
        tables: Tables of the form ``buildings``.
        keys: The register's schools.
        academic_year_be: Year in which `age_years` is counted.

    Returns:
        buildings: Columns `COLUMNS`, sorted by school and sequence; a sheet without a
            sequence is numbered in its own order. `table` and `row` say where each stands.
        problems: Rows of unknown schools, years and conditions that cannot be read.
    """
    frames = [pd.DataFrame(columns=[*COLUMNS, "table", "row"])]
    problems: list[Problem] = []
    for place, table in enumerate(tables):
        frame, found = _read_table(table, keys, academic_year_be)
        frames.append(frame.assign(table=place))
        problems += found
    filled = [frame for frame in frames if len(frame)] or frames[:1]
    buildings = pd.concat(filled, ignore_index=True)
    order = buildings.groupby("smis_code", sort=False).cumcount() + 1
    buildings["sequence"] = buildings["sequence"].where(buildings["sequence"].notna(), order)
    return (
        buildings.sort_values(["smis_code", "sequence"], kind="stable", ignore_index=True),
        problems,
    )


def _read_table(
    table: FormTable, keys: SchoolKeys, academic_year_be: int
) -> tuple[pd.DataFrame, list[Problem]]:
    codes = code_columns(table)
    codes = codes[has_code(codes)]  # totals and footnotes carry none
    school = keys.find(codes)
    problems = unmatched_rows("building_unmatched", table, codes, school)
    frame = table.frame.loc[school.index[school != ""]]
    read = pd.DataFrame({"smis_code": school[school != ""]})
    for column, reader in _READERS.items():
        read[column], found = _numbers(table, frame, column, reader)
        problems += found
    for column in ("building_type", "building_design", "budget_source", "use_status"):
        texts = frame[column].map(clean_text) if column in frame else ""
        read[column] = texts
    read["building_design"] = read["building_design"].str.replace("สปช. ", "สปช.", regex=False)
    read["condition"], found = _conditions(table, frame)
    problems += found
    age = academic_year_be - read["built_year_be"]
    read["age_years"] = age.where(age >= 0)
    return read[[*COLUMNS]].rename_axis("row").reset_index(), problems


def unmatched_rows(
    kind: str, table: FormTable, codes: pd.DataFrame, school: pd.Series
) -> list[Problem]:
    """One problem per code of a sheet that finds no school, with the number of its rows."""
    lost = written_code(codes[school == ""])
    problems = []
    for code, rows in lost.groupby(lost, sort=False):
        row = int(rows.index[0])
        column = next(c for c in CODES if codes.at[row, c])
        problems.append(cell_problem(kind, table, row, column, key=str(code), rows=len(rows)))
    return problems


def _numbers(
    table: FormTable, frame: pd.DataFrame, column: str, reader: Callable[[Cell], float | None]
) -> tuple[pd.Series, list[Problem]]:
    if column not in frame:
        return pd.Series(np.nan, index=frame.index), []
    found, problems = [], []
    for row, cell in frame[column].items():
        try:
            found.append(reader(cell))
        except ValueError:
            kind = "bad_year" if column == "built_year_be" else "number_ignored"
            problems.append(cell_problem(kind, table, int(str(row)), column))
            found.append(None)
    return pd.Series(found, index=frame.index, dtype="Float64").astype("float64"), problems


def _conditions(table: FormTable, frame: pd.DataFrame) -> tuple[pd.Series, list[Problem]]:
    if "condition" not in frame:
        return pd.Series("", index=frame.index), []
    keys = frame["condition"].map(heading_key)
    known = keys.map(lambda key: CONDITIONS.get(key, ""))
    odd = keys.index[(known == "") & ~keys.isin(["", "-"])]
    return known, [cell_problem("unknown_condition", table, int(row), "condition") for row in odd]


def in_use(buildings: pd.DataFrame) -> pd.Series:
    """Tell which structures still stand and serve."""
    status, texts = pd.factorize(buildings["use_status"].fillna("").astype(object))
    gone = np.array([any(word in text for word in _OUT_OF_USE) for text in texts], dtype=bool)
    return pd.Series(~gone[status], index=buildings.index)


def holds_classrooms(buildings: pd.DataFrame) -> pd.Series:
    """Tell which structures are classroom buildings, by their type in Thai or English."""
    kind, texts = pd.factorize(buildings["building_type"].fillna("").astype(object))
    keys = [heading_key(text).replace("_", "").replace("-", "") for text in texts]
    known = np.array([key.startswith(_CLASSROOM_BUILDING) for key in keys], dtype=bool)
    return pd.Series(known[kind], index=buildings.index)


def count_structures(buildings: pd.DataFrame) -> pd.DataFrame:
    """How many structures, classrooms and dilapidated structures each school has.

    The classrooms are null where a classroom building does not say how many it has.
    """
    standing = buildings[in_use(buildings)]
    keys = standing["smis_code"]
    rooms = standing[holds_classrooms(standing)]
    known = rooms["actual_rooms"].notna().groupby(rooms["smis_code"]).all()
    classrooms = rooms["actual_rooms"].astype("float64").groupby(rooms["smis_code"]).sum()
    counted = pd.DataFrame({"buildings": keys.groupby(keys).size()})
    counted["classrooms"] = classrooms.where(known)
    bad = standing["condition"].eq("dilapidated").groupby(keys).sum()
    stated = standing["condition"].fillna("").ne("").groupby(keys).any()
    counted["dilapidated_buildings"] = bad.where(stated)
    return counted
