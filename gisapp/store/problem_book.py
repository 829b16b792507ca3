"""The problem workbook: what is wrong in the sheets, for the people who can mend it."""

from pathlib import Path

import pandas as pd
import xlsxwriter

from gisapp.core.dictionary import LAYERS
from gisapp.store.geopackage import replacing

_SEVERITY_TH = {"block": "ต้องแก้", "warn": "ควรดู", "note": "แจ้งไว้"}

#: Colours of the design's findings, so that the sheet looks like the page.
_FILL = {"block": "#feebe6", "warn": "#fdf3d9", "note": "#e4f0fb"}

#: Column of the layer -> width in characters.
_COLUMNS = {
    "severity": 10,
    "message_th": 60,
    "smis_code": 12,
    "file": 26,
    "sheet": 16,
    "cell": 9,
    "value": 24,
    "pupils": 9,
    "advice_th": 50,
    "message_en": 60,
    "advice_en": 50,
    "problem_id": 14,
}


def write_problem_book(problems: pd.DataFrame, path: Path, title: str) -> None:
    """Write the rows of the `problems` layer as a workbook with Thai headings.

    Args:
        problems: Rows in the order in which they should be read.
        path: Replaced in one step.
        title: Line above the table: office and round.
    """
    titles = {column.name: column.title_th for column in LAYERS["problems"].columns}
    with replacing(path) as part, xlsxwriter.Workbook(str(part)) as book:
        sheet = book.add_worksheet("เรื่องที่พบ")
        head = book.add_format({"bold": True, "bg_color": "#e9edf0", "bottom": 1})
        fills = {
            severity: book.add_format(
                {"bg_color": colour, "text_wrap": True, "valign": "top", "num_format": "@"}
            )
            for severity, colour in _FILL.items()
        }
        sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
        sheet.write_string(1, 0, _summary(problems))
        for place, (name, width) in enumerate(_COLUMNS.items()):
            sheet.set_column(place, place, width)
            sheet.write_string(3, place, titles[name], head)
        for line, row in enumerate(problems.to_dict("records"), start=4):
            for place, name in enumerate(_COLUMNS):
                _write(sheet, line, place, name, row, fills[row["severity"]])
        sheet.freeze_panes(4, 2)
        if len(problems):
            sheet.autofilter(3, 0, 3 + len(problems), len(_COLUMNS) - 1)


def _write(
    sheet: xlsxwriter.worksheet.Worksheet,
    line: int,
    place: int,
    name: str,
    row: dict[str, object],
    style: xlsxwriter.format.Format,
) -> None:
    value = row[name]
    if name == "severity":
        sheet.write_string(line, place, _SEVERITY_TH[str(value)], style)
    elif name == "pupils":
        sheet.write_number(line, place, int(str(value)), style)
    else:
        # write_string: a value such as "=1+1" from a sheet stays text.
        sheet.write_string(line, place, "" if pd.isna(value) else str(value), style)


def _summary(problems: pd.DataFrame) -> str:
    counts = problems["severity"].value_counts()
    return " · ".join(
        f"{label} {counts.get(severity, 0)}" for severity, label in _SEVERITY_TH.items()
    )
