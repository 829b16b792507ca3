"""Villages that an announcement takes out again: ``ทุกหมู่บ้าน ยกเว้น หมู่ที่ 3``."""

from collections.abc import Collection

import pandas as pd

from gisapp.core.villages import VillageIndex, village_key

#: What an announcement is of: a school and a level.
BLOCK = ["smis_code", "education_level"]


def take_out(
    rows: pd.DataFrame, refused: Collection[tuple[str, str]], villages: VillageIndex
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Take the villages that a school's texts except out of those that they list.

    Args:
        rows: `announced_areas.COLUMNS`; `out` marks what is taken out.
        refused: Schools and levels of which a text was not understood.
        villages: To see that a name and a number are one village.

    Returns:
        kept: The villages that stay. A school and level that is refused keeps none, and so does
            one whose exception is none of its villages: nobody is to serve a village that the
            announcement gives to another school.
        lost: Rows of such exceptions.
    """
    out = rows["out"].astype(bool)
    if not out.any() and not refused:
        return rows, rows.iloc[:0]
    blocks = rows.groupby(BLOCK, sort=False).groups
    unknown = pd.Series([block in refused for block in zip(*(rows[c] for c in BLOCK), strict=True)])
    gone, lost = pd.Series(False, rows.index), []
    for row in rows.index[out]:
        excepted = rows.loc[row]
        block = blocks[tuple(excepted[BLOCK])]
        listed = rows.loc[block].loc[~out[block]]
        same = [place for place in listed.index if _is_one(listed.loc[place], excepted, villages)]
        gone[same] = True
        if not same:
            unknown[block] = True
            lost.append(row)
    return rows[~out & ~gone & ~unknown].reset_index(drop=True), rows.loc[lost]


def _is_one(listed: pd.Series, excepted: pd.Series, villages: VillageIndex) -> bool:
    """Tell whether two rows name one village: by code, else by number, else by name."""
    area = "subdistrict_code" if excepted["subdistrict_code"] else "subdistrict"
    if listed[area] != excepted[area]:
        return False
    codes = {_code(listed, villages), _code(excepted, villages)}
    if "" not in codes:
        return len(codes) == 1
    if pd.notna(excepted["village_no"]) and pd.notna(listed["village_no"]):
        return bool(listed["village_no"] == excepted["village_no"])
    name = village_key(excepted["village_name"])
    return bool(name) and village_key(listed["village_name"]) == name


def _code(row: pd.Series, villages: VillageIndex) -> str:
    number = int(row["village_no"]) if pd.notna(row["village_no"]) else None
    return villages.find(row["subdistrict_code"], number, row["village_name"])
