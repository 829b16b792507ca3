"""Long forms with a row for each room of a grade, such as ``ป.1/1`` and ``ป.1/2``."""

import re

import pandas as pd

from gisapp.core.grades import MEASURES

_ROOM = re.compile(r".*\D\d{1,2}/\d{1,2}")


def is_room(key: object) -> bool:
    """Tell whether a cell names one room of a grade; `key` as `heading_key` gives it."""
    return _ROOM.fullmatch(str(key)) is not None


def add_rooms(
    counts: pd.DataFrame, codes: pd.DataFrame, keys: pd.Series, rooms: pd.Series
) -> pd.DataFrame:
    """Add the rooms of a school's grade into its first room's row.

    Args:
        counts: Columns `row`, `grade` and the four measures, one row per row of the sheet.
        codes: The code columns and the name of the same rows.
        keys: Their grades as written.
        rooms: Which of them are rooms.

    Returns:
        As `counts`. A measure that one of the rooms does not state is NaN, except that a
        room without a stated number of rooms is one. A room that stands twice is not added
        twice: its second row stays, and is found as a repeated one.
    """
    room = rooms.to_numpy(dtype=bool)
    if not room.any():
        return counts
    whose = codes.reset_index(drop=True).astype(str).agg("\x1f".join, axis=1)
    named = pd.DataFrame({"whose": whose, "key": keys.to_numpy()})
    summed = room & ~named.duplicated().to_numpy()
    apart = counts[~summed]
    parts = counts[summed].fillna({"class_groups": 1.0})
    by = [whose[summed].to_numpy(), parts["grade"].to_numpy()]
    together = parts.groupby(by, sort=False)
    added = together[[*MEASURES]].agg(lambda figures: figures.sum(skipna=False))
    added["students"] = together["students"].sum(min_count=1)
    first = together[["row", "grade"]].first()
    whole = first.join(added).reset_index(drop=True)
    return pd.concat([apart, whole], ignore_index=True)[[*counts.columns]]
