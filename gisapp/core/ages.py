"""Ages as population tables write them: ``5``, ``100+``, ``85 ปีขึ้นไป``, ``0-4``."""

import re
from typing import NamedTuple

import numpy as np
import pandas as pd

from gisapp.core.text import Cell, arabic_digits, clean_text

#: Nobody is registered as older than this; a larger number is a year or a count.
OLDEST = 150

_YEARS = r"(?:ปี|years?|yrs?)?"
_SINGLE = re.compile(rf"(\d+)(?:\.0+)?{_YEARS}")
_BAND = re.compile(rf"(\d+){_YEARS}(?:-|–|—|ถึง|to)(\d+){_YEARS}")
_OPEN = re.compile(
    rf"(?:≥|>=)(\d+){_YEARS}|(\d+){_YEARS}(?:\+|ขึ้นไป|และมากกว่า|andover|andolder|orolder|orover|plus)"
)
_OVER = re.compile(rf"(?:>|มากกว่า|เกิน|over|olderthan)(\d+){_YEARS}")
_UNDER_ONE = re.compile(rf"(?:<|น้อยกว่า|ต่ำกว่า|under|lessthan)1{_YEARS}")


class Age(NamedTuple):
    """Completed years, first and last included; `last` is None where nobody is too old."""

    first: int
    last: int | None


def parse_age(value: Cell) -> Age | None:
    """Read an age or a band of ages; None where the cell is blank.

    Raises:
        ValueError: No age.
    """
    text = arabic_digits(clean_text(value)).replace(" ", "").lower().removeprefix("อายุ")
    if text in ("", "-"):
        return None
    if found := _SINGLE.fullmatch(text):
        return _checked(int(found[1]), int(found[1]))
    if found := _BAND.fullmatch(text):
        return _checked(int(found[1]), int(found[2]))
    if found := _OPEN.fullmatch(text):
        return _checked(int(found[1] or found[2]), None)
    if found := _OVER.fullmatch(text):
        return _checked(int(found[1]) + 1, None)
    if _UNDER_ONE.fullmatch(text):
        return Age(0, 0)
    raise ValueError(f"expected an age such as 5, 0-4 or 100+, got {text!r}")


def _checked(first: int, last: int | None) -> Age:
    if first > OLDEST or (last is not None and not first <= last <= OLDEST):
        raise ValueError(f"expected an age of 0 to {OLDEST}, got {first} to {last}")
    return Age(first, last)


def close_bands(frame: pd.DataFrame) -> pd.Series:
    """Return the last age of each band, where a table may mean ``6`` by ``5 to 6`` or not.

    A table whose bands end where the next one of the same area and day begins leaves their
    last age out; the next band settles it, row by row.

    Args:
        frame: Columns `area_code`, `as_of_date`, `age` and `age_to` (float, NaN open-ended).
    """
    order = frame.sort_values(["area_code", "as_of_date", "age"], kind="stable")
    same = (order["area_code"] == order["area_code"].shift(-1)) & (
        order["as_of_date"] == order["as_of_date"].shift(-1)
    )
    exclusive = (
        same & (order["age_to"] == order["age"].shift(-1)) & (order["age_to"] > order["age"])
    )
    closed = order["age_to"] - exclusive.to_numpy(dtype=np.float64)
    return closed.reindex(frame.index)
