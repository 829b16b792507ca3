"""Service areas: the list of villages that each school serves, by level."""

from dataclasses import replace

import numpy as np
import pandas as pd

from gisapp.core.announced_areas import TEXT, announced_schools, read_announced
from gisapp.core.buildings import unmatched_rows
from gisapp.core.counts import cell_problem
from gisapp.core.grades import GRADE, LEVELS
from gisapp.core.headings import Headings
from gisapp.core.match import SchoolKeys
from gisapp.core.problems import Problem, ProblemList
from gisapp.core.served import listed_once, shared_villages, unserved_villages
from gisapp.core.sheet_rows import code_columns, has_code
from gisapp.core.tables import FormTable
from gisapp.core.text import (
    clean_text,
    heading_key,
    parse_code,
    parse_count,
    parse_number,
    parse_year_be,
)
from gisapp.core.villages import VillageIndex

#: Forms that hold service areas: a sheet of villages, and the announcement as a text.
FORMS = ("service_villages", "service_announcement")

COLUMNS = (
    "smis_code",
    "education_level",
    "village_code",
    "village_no",
    "village_name",
    "subdistrict_code",
    "share",
    "announced_be",
)

#: What else is known of a row while it is checked: its table and row, and its own words.
_WITH_PLACE = (*COLUMNS, "table", "row", "words")


def read_service_villages(
    tables: list[FormTable], keys: SchoolKeys, headings: Headings, villages: VillageIndex
) -> tuple[pd.DataFrame, list[Problem]]:
    """Read the villages that schools serve.

    Args:
        tables: Tables of `FORMS`.
        keys: The register's schools.
        headings: For levels that are written as a grade (``ป.1``).
        villages: What the office's names and codes are looked up in; may be empty.

    Returns:
        service_villages: Columns `COLUMNS`; `share` is null where nothing is written (equal
            parts); `village_code` is null for a village nobody knows.
        problems: Unknown schools, levels and villages, words that were not understood, shares
            that do not add up to 1, villages in no zone or in two.
    """
    frames, found = [], ProblemList()
    for place, table in enumerate(tables):
        reader = _read_texts if table.form == "service_announcement" else _read_table
        frame = found.keep(reader(table, keys, headings, villages))
        frame["village_code"] = found.keep(_village_codes(table, frame, villages))
        frames.append(frame.assign(table=place)[[*_WITH_PLACE]])
    filled = [frame for frame in frames if len(frame)]
    if not filled:
        return pd.DataFrame(columns=[*COLUMNS]), found
    rows = found.keep(listed_once(pd.concat(filled, ignore_index=True), tables))
    found += shared_villages(rows, tables)
    if len(villages):
        found += unserved_villages(rows, villages, tables)
    done = rows[[*COLUMNS]].reset_index(drop=True)
    return done.replace({"": None}), found


def _read_table(
    table: FormTable, keys: SchoolKeys, headings: Headings, villages: VillageIndex
) -> tuple[pd.DataFrame, list[Problem]]:
    """Read a sheet with a row per school, level and village."""
    codes = code_columns(table)
    codes = codes[has_code(codes)]
    school = keys.find(codes)
    problems = unmatched_rows("village_unmatched", table, codes, school)
    frame = table.frame.loc[school.index[school != ""]]
    read = pd.DataFrame({"smis_code": school[school != ""]})
    read["education_level"], unknown = _levels(table, frame, headings)
    problems += unknown
    read["village_code"] = frame["village_code"].map(parse_code) if "village_code" in frame else ""
    read["village_name"] = frame["village_name"].map(clean_text) if "village_name" in frame else ""
    for column in ("village_no", "share", "announced_be"):
        read[column], unread = _numbers(table, frame, column)
        problems += unread
    from_village = read["village_code"].where(read["village_code"].str.len() == 8, "").str[:6]
    named = villages.subdistrict_codes(frame)
    read["subdistrict_code"] = from_village.where(from_village != "", named)
    read["row"], read["words"] = read.index, ""
    used = read["education_level"] != ""
    return read[used].reset_index(drop=True), problems


def _read_texts(
    table: FormTable, keys: SchoolKeys, headings: Headings, villages: VillageIndex
) -> tuple[pd.DataFrame, list[Problem]]:
    """Read an announcement: a text per school and level, or line by line."""
    school, problems = announced_schools(table, keys)
    level, unknown = _levels(table, table.frame.loc[school.index], headings)
    rows, found = read_announced(table, school, level, villages)
    year, unread = _numbers(table, table.frame, "announced_be")
    rows["announced_be"] = rows["row"].map(year).astype(float)
    empty = {"village_code": "", "share": np.nan}
    return rows.assign(**empty), problems + unknown + found + unread


def _levels(
    table: FormTable, frame: pd.DataFrame, headings: Headings
) -> tuple[pd.Series, list[Problem]]:
    """Level of each row; a sheet that names none speaks of primary school, as the law does."""
    if "education_level" not in frame:
        return pd.Series("primary", index=frame.index), []
    known = {level: level for level in LEVELS} | {"": "primary" if _is_text(table) else ""}
    for key, scope in headings.grades.items():
        known[key] = GRADE[scope].education_level if scope in GRADE else scope
    written = frame["education_level"].map(heading_key)
    found = written.map({text: known.get(text, "") for text in written.unique()})
    found = found.where(found.isin(LEVELS), "")
    problems = [
        cell_problem("unknown_level", table, int(row), "education_level")
        for row in found.index[found == ""]
    ]
    return found, problems


def _is_text(table: FormTable) -> bool:
    return table.form == "service_announcement"


def _numbers(table: FormTable, frame: pd.DataFrame, column: str) -> tuple[pd.Series, list[Problem]]:
    """Numbers of one column; NaN where it is blank, absent or no number."""
    readers = {"village_no": parse_count, "share": parse_number, "announced_be": parse_year_be}
    values, problems = np.full(len(frame), np.nan), []
    cells = frame[column].to_list() if column in frame else []
    for place, cell in enumerate(cells):
        try:
            number = readers[column](cell)
        except ValueError:
            row = int(frame.index[place])
            problems.append(cell_problem("number_ignored", table, row, column))
        else:
            values[place] = np.nan if number is None else number
    return pd.Series(values, frame.index), problems


def _village_codes(
    table: FormTable, frame: pd.DataFrame, villages: VillageIndex
) -> tuple[pd.Series, list[Problem]]:
    """Check each village's code, or find it by number, else by name, within its subdistrict."""
    if not len(villages):
        return frame["village_code"], []
    codes: list[str] = []
    lost: dict[int, list[int]] = {}
    problems: list[Problem] = []
    for place, row in enumerate(frame.itertuples()):
        code = row.village_code if row.village_code in villages.names else ""
        if not row.village_code:
            number = None if np.isnan(row.village_no) else int(row.village_no)
            code = villages.find(row.subdistrict_code, number, row.village_name)
        if not code:
            lost.setdefault(int(row.row), []).append(place)
        elif not villages.agrees(code, row.village_name):
            key = f"{row.smis_code} {row.education_level} {code}"
            known = villages.names[code]
            problems.append(_other_name(table, int(row.row), key, row.village_name, known))
        codes.append(code)
    problems += [_unknown(table, frame.iloc[places]) for places in lost.values()]
    return pd.Series(codes, index=frame.index, dtype=object), problems


def _column(table: FormTable) -> str:
    known = (name for name in ("village_code", "village_name", TEXT) if name in table.places)
    return next(known, "smis_code")


def _unknown(table: FormTable, rows: pd.DataFrame) -> Problem:
    """The villages of one row that nobody knows: one in a sheet, several in a text."""
    first = rows.iloc[0]
    key = f"{first['smis_code']} {first['education_level']}"
    found = cell_problem("unknown_village", table, int(first["row"]), _column(table), key=key)
    words = ", ".join(text for text in rows["words"] if text)
    return replace(found, value=words or found.value)


def _other_name(table: FormTable, place: int, key: str, name: str, official: str) -> Problem:
    """A village that the list calls otherwise: its number or code may be another village's."""
    column = "village_name" if "village_name" in table.places else _column(table)
    found = cell_problem("village_name_differs", table, place, column, key=key)
    return replace(found, value=name, facts={"official": official})
