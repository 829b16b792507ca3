"""Service areas: the list of villages that each school serves, by level."""

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd

from gisapp.core.areas import area_key, find_subdistricts
from gisapp.core.buildings import unmatched_rows
from gisapp.core.counts import cell_problem
from gisapp.core.grades import GRADE, LEVELS
from gisapp.core.headings import Headings
from gisapp.core.match import SchoolKeys
from gisapp.core.problems import Problem
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


def read_service_villages(
    tables: list[FormTable],
    keys: SchoolKeys,
    headings: Headings,
    subdistricts: gpd.GeoDataFrame,
    villages: gpd.GeoDataFrame,
) -> tuple[pd.DataFrame, list[Problem]]:
    """Read the lists of villages that schools serve.

    Args:
        tables: Tables of the form ``service_villages``.
        keys: The register's schools.
        headings: For levels that are written as a grade (``ป.1``).
        subdistricts, villages: What the office's names and codes are looked up in; either
            may be empty.

    Returns:
        service_villages: Columns `COLUMNS`; `share` is null where the sheet leaves it blank
            (equal parts); `village_code` is null for a village nobody knows.
        problems: Unknown schools, levels and villages, shares that do not add up to 1.
    """
    frames, problems = [], list[Problem]()
    for table in tables:
        frame, found = _read_table(table, keys, headings)
        problems += found
        frame["subdistrict_code"] = _subdistrict_codes(table, frame, subdistricts)
        frame["village_code"], found = _village_codes(table, frame, villages)
        problems += found
        problems += _share_sums(table, frame)
        frames.append(frame)
    if not frames:
        return pd.DataFrame(columns=[*COLUMNS]), problems
    rows = pd.concat(frames, ignore_index=True)[[*COLUMNS]]
    return rows.replace({"": None}), problems


def _read_table(
    table: FormTable, keys: SchoolKeys, headings: Headings
) -> tuple[pd.DataFrame, list[Problem]]:
    codes = code_columns(table)
    codes = codes[has_code(codes)]
    school = keys.find(codes)
    problems = unmatched_rows("village_unmatched", table, codes, school)
    frame = table.frame.loc[school.index[school != ""]]
    read = pd.DataFrame({"smis_code": school[school != ""]})
    read["education_level"] = _levels(frame, headings)
    if "education_level" in frame:
        for row in read.index[read["education_level"] == ""]:
            problems.append(cell_problem("unknown_level", table, int(row), "education_level"))
    read["village_code"] = frame["village_code"].map(parse_code) if "village_code" in frame else ""
    read["village_name"] = frame["village_name"].map(clean_text) if "village_name" in frame else ""
    for column, reader in (
        ("village_no", parse_count),
        ("share", parse_number),
        ("announced_be", parse_year_be),
    ):
        values: list[float] = []
        for row, cell in frame[column].items() if column in frame else ():
            try:
                number = reader(cell)
                values.append(np.nan if number is None else float(number))
            except ValueError:
                values.append(np.nan)
                problems.append(cell_problem("number_ignored", table, int(str(row)), column))
        read[column] = values or np.nan
    return read[read["education_level"] != ""].copy(), problems


def _levels(frame: pd.DataFrame, headings: Headings) -> pd.Series:
    """Level of each row; a sheet without the column speaks of primary school, as the law does."""
    if "education_level" not in frame:
        return pd.Series("primary", index=frame.index)
    known = {level: level for level in LEVELS}
    for key, scope in headings.grades.items():
        known[key] = GRADE[scope].education_level if scope in GRADE else scope
    found = frame["education_level"].map(lambda cell: known.get(heading_key(cell), ""))
    return found.where(found.isin(LEVELS), "")


def _subdistrict_codes(
    table: FormTable, frame: pd.DataFrame, subdistricts: gpd.GeoDataFrame
) -> pd.Series:
    """From the village code, else from the subdistrict's code or name in the row."""
    from_village = frame["village_code"].where(frame["village_code"].str.len() == 8, "").str[:6]
    cells = table.frame.loc[frame.index]
    if "subdistrict_code" in cells:
        from_village = from_village.where(
            from_village != "", cells["subdistrict_code"].map(parse_code)
        )
    if "subdistrict" not in cells or not len(subdistricts):
        return from_village
    district = (
        cells["district"].map(clean_text) if "district" in cells else pd.Series("", cells.index)
    )
    named = find_subdistricts(cells["subdistrict"].map(clean_text), district, subdistricts)
    return from_village.where(from_village != "", named)


def _village_codes(
    table: FormTable, frame: pd.DataFrame, villages: gpd.GeoDataFrame
) -> tuple[pd.Series, list[Problem]]:
    """Check each village's code, or find it by number, else by name, within its subdistrict."""
    if not len(villages):
        return frame["village_code"], []
    known = set(villages["village_code"])
    subdistrict = villages["subdistrict_code"]
    by_number = dict(
        zip(
            zip(subdistrict, villages["village_no"], strict=True),
            villages["village_code"],
            strict=True,
        )
    )
    names = villages["village_th"].map(area_key)
    once = ~pd.DataFrame({"s": subdistrict, "n": names}).duplicated(keep=False)
    by_name = dict(
        zip(
            zip(subdistrict[once], names[once], strict=True),
            villages["village_code"][once],
            strict=True,
        )
    )
    codes, problems = [], []
    for row in frame.itertuples():
        code = row.village_code if row.village_code in known else ""
        if not code and not row.village_code:
            code = by_number.get((row.subdistrict_code, row.village_no), "")
            code = code or by_name.get((row.subdistrict_code, area_key(row.village_name)), "")
        if not code:
            column = "village_code" if "village_code" in table.places else "village_name"
            key = f"{row.smis_code} {row.education_level}"
            problems.append(cell_problem("unknown_village", table, row.Index, column, key=key))
        codes.append(code)
    return pd.Series(codes, index=frame.index, dtype=object), problems


def _share_sums(table: FormTable, frame: pd.DataFrame) -> list[Problem]:
    """Written shares of one village and level must add up to 1."""
    problems = []
    written = frame[frame["share"].notna() & (frame["village_code"] != "")]
    for (village, level), rows in written.groupby(["village_code", "education_level"], sort=False):
        every = frame[(frame["village_code"] == village) & (frame["education_level"] == level)]
        total = rows["share"].sum()
        blank = len(every) > len(rows)
        if (blank and total > 1 + 1e-9) or (not blank and abs(total - 1) > 1e-9):
            found = cell_problem("share_sum", table, int(rows.index[0]), "share", key=str(village))
            problems.append(replace(found, value=f"{total:g}"))
    return problems
