"""The cells of a register that say more than which school it is."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pandas as pd

from gisapp.core.cells import read_cells, read_texts
from gisapp.core.counts import cell_problem
from gisapp.core.grades import GRADE
from gisapp.core.headings import Headings
from gisapp.core.levels_stated import read_levels
from gisapp.core.problems import Problem
from gisapp.core.tables import FormTable
from gisapp.core.text import Cell, heading_key, parse_count, parse_date, parse_number
from gisapp.core.units import KILOMETRES, without_unit

#: Columns of text, "" where unknown. Coordinates stay text: `places` reads what they mean.
TEXTS = (
    "school_name_en",
    "affiliation",
    "school_network",
    "village_name",
    "subdistrict",
    "subdistrict_code",
    "district",
    "province",
    "lat",
    "lon",
    "status",
    "website",
    "merged_into",
    "local_government",
    "electricity",
    "water_source",
    "internet",
    "lowest_grade",
    "highest_grade",
)
_FLAGS = (
    "expansion_school",
    "highland_official",
    "island_official",
    "royal_project",
    "model_school",
    "tambon_quality_school",
    "lab_school",
    "special_area",
)
_YES = {"1", "ใช่", "เป็น", "มี", "/", "✓", "y", "yes", "true", "ขยายโอกาส"}
_NO = {"0", "ไม่ใช่", "ไม่เป็น", "ไม่", "ไม่มี", "n", "no", "false"}


def read_values(table: FormTable, headings: Headings) -> tuple[pd.DataFrame, list[Problem]]:
    """Read every column of a register but the codes and the name.

    Returns:
        values: Text columns, flags (True, False or None), `village_no`, distances in km,
            `founded_on` as ISO text; columns that the sheet lacks are absent, texts are not.
        problems: Cells that could not be read and are left null.
    """
    frame, problems = table.frame, list[Problem]()
    values = pd.DataFrame(index=frame.index)
    for column in TEXTS:
        values[column] = read_texts(frame[column]) if column in frame else ""
    for column in ("lowest_grade", "highest_grade"):
        known = {text: headings.grades.get(heading_key(text), "") for text in set(values[column])}
        grades = values[column].map(known).astype(object)
        values[column] = grades.where(grades.isin(list(GRADE)), "")
    if "levels_stated" in frame:
        offered, found = read_levels(table, headings)
        values = values.join(offered)
        problems += found
    readers: dict[str, Callable[[Cell], object]] = {
        **dict.fromkeys(_FLAGS, read_flag),
        "village_no": parse_count,
        "distance_to_esao_km": read_km,
        "distance_to_district_km": read_km,
        "founded_on": lambda cell: date.isoformat() if (date := parse_date(cell)) else None,
    }
    for column, read in readers.items():
        if column in frame:
            values[column], found = _read_column(table, column, read)
            problems += found
    written = values["website"] != ""
    unlinked = written & ~values["website"].map(is_web_address).astype(bool)
    values.loc[unlinked, "website"] = ""
    for row in values.index[unlinked]:
        problems.append(cell_problem("website_ignored", table, int(row), "website"))
    return values, problems


def _read_column(
    table: FormTable, column: str, read: Callable[[Cell], object]
) -> tuple[pd.Series, list[Problem]]:
    found, unread = read_cells(table.frame[column], read)
    problems = [cell_problem("number_ignored", table, row, column) for row in unread]
    return pd.Series(found, index=table.frame.index, dtype=object), problems


def read_flag(cell: Cell) -> bool | None:
    """Read a yes or no; None where the cell is blank.

    Raises:
        ValueError: Neither.
    """
    text = heading_key(cell)
    if text in {"", "-"}:
        return None
    if text in _YES:
        return True
    if text in _NO:
        return False
    raise ValueError(f"expected yes or no, got {text!r}")


def read_km(cell: Cell) -> float | None:
    """Read a distance such as ``10 กม.``, kilometres.

    Raises:
        ValueError: Not a number of kilometres.
    """
    distance_km = parse_number(without_unit(cell, KILOMETRES))
    if distance_km is not None and distance_km < 0:
        raise ValueError(f"expected kilometres, got {distance_km}")
    return distance_km


def is_web_address(text: str) -> bool:
    """Tell whether a text can be a link: http or https and a host, without any blank.

    An address that carries a name or a password is none: what stands before ``@`` looks like
    the place it leads to.
    """
    if any(letter.isspace() or letter in '<>"' for letter in text):
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
