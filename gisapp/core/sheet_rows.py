"""What each row of a sheet is about: a school, a total, or another office's."""

import re
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gisapp.core.cells import read_cells
from gisapp.core.counts import Counts
from gisapp.core.match import is_thai_office
from gisapp.core.tables import FormTable
from gisapp.core.text import clean_text, heading_key, parse_code

Mask = NDArray[np.bool_]

#: What identifies the school of a row.
COLUMNS = ("smis_code", "ministry_code", "percode", "school_name_th")

#: What a total row is called, without blanks. A school may be called รวมมิตรวิทยา.
TOTAL = re.compile(
    r"(ยอด|จำนวน)?(รวม|ทั้งหมด|ทั้งสิ้น|total|sum)"
    r"(ยอด|ทั้ง|สุทธิ|นักเรียน|จำนวน|ทุก|อำเภอ|อ\.|ตำบล|ต\.|เครือข่าย|กลุ่ม|เขต|สพป|จังหวัด|จ\.|\().*"
    r"|(ยอด|จำนวน)?(รวม|ทั้งหมด|ทั้งสิ้น|total|sum)"
)


def code_columns(table: FormTable) -> pd.DataFrame:
    """The school codes and the name of each row as text; "" where a sheet lacks them."""
    found: dict[str, object] = {}
    for column in COLUMNS:
        read = clean_text if column.endswith("_th") else parse_code
        found[column] = read_cells(table.frame[column], read)[0] if column in table.frame else ""
    return pd.DataFrame(found, index=table.frame.index, dtype=object)


def has_code(codes: pd.DataFrame) -> pd.Series:
    """Tell which rows carry any code of a school."""
    return (codes[["smis_code", "ministry_code", "percode"]] != "").any(axis=1)


def own_rows(table: FormTable, area_code: str) -> tuple[FormTable, FormTable]:
    """Part the office's own rows from those that say they belong to another office.

    A row that names no office is the office's own, and so is each row where the office's code
    is not a Thai one: what another country's codes have in common is not known.
    """
    if "area_code" not in table.frame or not is_thai_office(area_code):
        return table, replace(table, frame=table.frame.iloc[:0])
    areas = table.frame["area_code"].map(parse_code).astype(object)
    other = (areas != "") & (areas.str.slice(0, 4) != area_code[:4])
    return replace(table, frame=table.frame[~other]), replace(table, frame=table.frame[other])


def is_total(text: str) -> bool:
    """Tell whether a cell is the label of a total."""
    return bool(TOTAL.fullmatch(heading_key(text)))


def total_rows(
    codes: pd.DataFrame,
    table: FormTable,
    numbers: Mapping[tuple[str, str], Counts],
    area_code: str,
) -> pd.Series:
    """Tell which rows are totals: labelled so, or nameless and the sum of the others.

    DMC's JSON begins or ends with an object without a code; others write 0 or the office's own.
    Half of such a row's figures must be the sums of the rest.
    """
    labels = pd.Series(
        [
            next((clean_text(cell) for cell in table.sheet.rows[row] if clean_text(cell)), "")
            for row in codes.index
        ],
        index=codes.index,
        dtype=object,
    )
    written = codes["smis_code"]
    codeless = ~has_code(codes) | written.isin(["0", area_code]) | written.map(is_total)
    total = codeless & (labels.map(is_total) | codes["school_name_th"].map(is_total))
    # A blank code in the middle is a school whose code was forgotten.
    outermost = pd.Series(codes.index.isin([*codes.index[:1], *codes.index[-1:]]), codes.index)
    nameless = codeless & ~total & (codes["school_name_th"] == "") & (outermost | (written != ""))
    for place in np.flatnonzero(nameless):
        known = ~(total.to_numpy() | nameless.to_numpy())
        others = ~total.to_numpy() & (np.arange(len(total)) != place)
        # A school whose code was forgotten may be in the sum; another total is not.
        total.iloc[place] = any(_sums_up(numbers, int(place), rest) for rest in (known, others))
    return total


def _sums_up(numbers: Mapping[tuple[str, str], Counts], place: int, rest: Mask) -> bool:
    """Tell whether half of a row's figures are the sums of some rows."""
    sums = [(values[place], np.nansum(values[rest])) for values in numbers.values()]
    # A grade that nobody attends is 0 in every row and says nothing.
    same = [one == whole for one, whole in sums if not np.isnan(one) and (one or whole)]
    return bool(rest.any() and same and 2 * sum(same) >= len(same))
