"""Announced service areas, a text per school -> a row per village, counted and complete."""

from dataclasses import replace

import pandas as pd

from gisapp.core.announced_exceptions import take_out
from gisapp.core.announcement import AnnouncedText, parse_villages
from gisapp.core.buildings import unmatched_rows
from gisapp.core.counts import cell_problem
from gisapp.core.grades import level_facts
from gisapp.core.match import SchoolKeys, name_key
from gisapp.core.problems import Problem
from gisapp.core.sheet_rows import code_columns, has_code
from gisapp.core.tables import FormTable
from gisapp.core.text import clean_text
from gisapp.core.villages import VillageIndex

#: Column that holds the text.
TEXT = "service_area_text"

_READ = (
    "row",
    "smis_code",
    "education_level",
    "village_no",
    "village_name",
    "subdistrict",
    "district",
    "whole",
    "out",
    "words",
)
COLUMNS = (*_READ, "subdistrict_code")


def announced_schools(table: FormTable, keys: SchoolKeys) -> tuple[pd.Series, list[Problem]]:
    """Find the school of each row: by its code, else by a name that one school has.

    Returns:
        school: Key per row, "" where unknown; the rows without any text are left out.
        problems: Codes and names that are no school's.
    """
    codes = code_columns(table)
    texts = table.frame[TEXT].map(clean_text)
    codes = codes[(texts != "") | has_code(codes) | (codes["school_name_th"] != "")]
    coded = codes[has_code(codes)]
    school = pd.Series("", codes.index, dtype=object)
    school[coded.index] = keys.find(coded)
    problems = unmatched_rows("village_unmatched", table, coded, school[coded.index])
    once = pd.Series(keys.names)
    by_name = {name: key for key, name in once[~once.duplicated(keep=False)].items()}
    named = codes[~has_code(codes)]
    school[named.index] = named["school_name_th"].map(
        lambda name: str(by_name.get(name_key(name), ""))
    )
    lost = named["school_name_th"][school[named.index] == ""]
    for name, rows in lost.groupby(lost, sort=False):
        column = "school_name_th" if "school_name_th" in table.places else TEXT
        found = cell_problem("announced_school", table, int(rows.index[0]), column, key=str(name))
        problems.append(replace(found, value=str(name), facts={"rows": len(rows)}))
    return school, problems


def read_announced(
    table: FormTable, school: pd.Series, level: pd.Series, villages: VillageIndex
) -> tuple[pd.DataFrame, list[Problem]]:
    """Read the villages of every text.

    Args:
        table: Of the form ``service_announcement``.
        school, level: Of each row; "" in either leaves the row out.
        villages: For places that are named, and for texts that mean a whole subdistrict.

    Returns:
        rows: Columns `COLUMNS`, a row per village. `village_no` is NaN and `village_name` ""
            where the text has none; `words` is the village as people write it.
        problems: Words that were not understood, and counts that differ from the list.
    """
    problems: list[Problem] = []
    records: list[tuple[object, ...]] = []
    blocks: dict[tuple[str, str], list[AnnouncedText]] = {}
    starts: dict[tuple[str, str], int] = {}
    before, text = "", AnnouncedText((), (), (), "", "")
    for row, key in school[(school != "") & (level != "")].items():
        place, block = int(str(row)), (str(key), str(level[row]))
        text = _read(table, place, text if key == before else None)
        before = key
        starts.setdefault(block, place)
        blocks.setdefault(block, []).append(text)
        for words in text.unread:
            kind = "announced_but" if text.refused else "announced_words"
            problems.append(_unread(kind, table, place, str(key), words))
        for village in text.villages:
            name, number = village.name, village.number
            area = village.subdistrict, village.district
            kept = village.whole, village.out, village.words
            records.append((place, *block, number, name, *area, *kept))
    refused = {block for block, texts in blocks.items() if any(text.refused for text in texts)}
    rows = _located(pd.DataFrame(records, columns=[*_READ]), villages)
    rows, lost = take_out(rows, refused, villages)
    for row in lost.itertuples():
        blocks.pop((row.smis_code, row.education_level), None)  # its villages are not counted
        problems.append(_unread("announced_but", table, row.row, row.smis_code, row.words))
    found = rows.groupby(["smis_code", "education_level"]).size().to_dict()
    for block, texts in blocks.items():
        problems += _counted(table, starts[block], block, texts, found.get(block, 0))
    return rows, problems


def _read(table: FormTable, row: int, before: AnnouncedText | None) -> AnnouncedText:
    """Read one row's text; a place of the school's row above holds on."""
    cells = table.frame.loc[row]
    named = clean_text(cells.get("subdistrict")), clean_text(cells.get("district"))
    if before is not None and not named[0]:
        named = before.subdistrict, before.district
    return parse_villages(cells[TEXT], *named)


def _unread(kind: str, table: FormTable, row: int, school: str, words: str) -> Problem:
    return replace(cell_problem(kind, table, row, TEXT, key=school), value=words)


def _located(rows: pd.DataFrame, villages: VillageIndex) -> pd.DataFrame:
    """Find the subdistricts, and put its villages in the place of a whole one."""
    rows["subdistrict_code"] = villages.subdistrict_codes(rows[["subdistrict", "district"]])
    rows["village_no"] = rows["village_no"].astype(float)
    within = rows["subdistrict_code"].map(villages.inside)
    every = rows["whole"].astype(bool) & within.notna()
    if not every.any():
        return rows
    parts = rows[every].assign(code=within[every]).explode("code")
    parts["village_no"] = parts["code"].map(villages.number).astype(float)
    parts["village_name"] = parts["code"].map(villages.names)
    whole = pd.concat([rows[~every], parts.drop(columns="code")]).sort_index(kind="stable")
    return whole.reset_index(drop=True)


def _counted(
    table: FormTable, row: int, block: tuple[str, str], texts: list[AnnouncedText], found: int
) -> list[Problem]:
    """Compare how many villages a school's text says that there are with those it lists."""
    stated = [number for text in texts for number in text.stated]
    key, level = f"{block[0]} {block[1]}", level_facts(block[1])
    if stated and found not in stated and sum(stated) != found:
        problem = cell_problem("announced_count", table, row, TEXT, key=key, found=found, **level)
        return [replace(problem, value=str(max(stated)))]
    said = any(text.unread for text in texts)
    if not found and not said and not stated and clean_text(table.frame.at[row, TEXT]):
        return [cell_problem("announced_nothing", table, row, TEXT, key=key, **level)]
    return []
