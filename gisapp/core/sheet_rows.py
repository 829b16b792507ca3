"""What each row of a sheet is about: a school, a total, or another office's."""

import re
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from gisapp.core.counts import Counts
from gisapp.core.tables import FormTable
from gisapp.core.text import clean_text, heading_key, parse_code

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
    return pd.DataFrame(
        {
            column: (
                table.frame[column].map(clean_text if column.endswith("_th") else parse_code)
                if column in table.frame
                else ""
            )
            for column in COLUMNS
        },
        index=table.frame.index,
        dtype=object,
    )


def has_code(codes: pd.DataFrame) -> pd.Series:
    """Tell which rows carry any code of a school."""
    return (codes[["smis_code", "ministry_code", "percode"]] != "").any(axis=1)


def own_rows(table: FormTable, area_code: str) -> tuple[FormTable, FormTable]:
    """Part the office's own rows from those that say they belong to another office.

    A row that names no office is the office's own.
    """
    if "area_code" not in table.frame:
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

    DMC's JSON ends with an object without a code; others write 0 or the office's own code.
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
    last = pd.Series(codes.index == codes.index[-1:].max(), index=codes.index)
    nameless = codeless & ~total & (codes["school_name_th"] == "") & (last | (written != ""))
    for place in np.flatnonzero(nameless):
        rest = ~(total.to_numpy() | nameless.to_numpy())
        filled = [values for values in numbers.values() if not np.isnan(values[place])]
        same = [np.nansum(values[rest]) == values[place] for values in filled]
        if rest.any() and filled and 2 * sum(same) >= len(same):
            total.iloc[place] = True
    return total
