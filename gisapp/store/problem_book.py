"""The problem workbook: what is wrong in the sheets, for the people who can mend it."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from gisapp.core.dictionary import LAYERS
from gisapp.core.marks import proposed_text, read_proposal
from gisapp.core.problems import SEVERITIES
from gisapp.store.geopackage import replacing
from gisapp.store.marked_sheets import FILL, LINE_PT, open_book, row_height
from gisapp.store.problem_summary import SEVERITY_TH, shown_text, write_summary
from gisapp.store.workbooks import FONT

SUMMARY, BY_SEVERITY, BY_SCHOOL, BY_FILE = "สรุป", "เรื่องที่พบ", "ตามโรงเรียน", "ตามไฟล์"

#: Rows above each table: what it is, how many, a blank one and the headings.
_HEAD = 3

#: Column of the layer -> width in characters. `link` opens the cell in the marked copy.
_WIDTHS = {
    "severity": 9,
    "message_th": 46,
    "school_name_th": 20,
    "smis_code": 11,
    "file": 20,
    "sheet": 14,
    "cell": 8,
    "link": 9,
    "value": 16,
    "advice_th": 36,
    "proposal": 18,
    "why_th": 36,
    "pupils": 10,
    "acknowledged_reason": 24,
    "acknowledged_by": 16,
    "acknowledged_on": 12,
    "problem_id": 14,
    "message_en": 46,
    "advice_en": 36,
    "why_en": 36,
}
#: Columns to the right of this one are read on a screen; on paper they would make all small.
_LAST_PRINTED = "advice_th"
#: Columns after whose texts a row gets its height.
_WRAPPED = ("message_th", "school_name_th", "file", "sheet", "value", "advice_th", "why_th")
_ALL = tuple(_WIDTHS)
_BRIEF = ("severity", "message_th", "file", "sheet", "cell", "link", "value", "advice_th")
_COLUMNS = {
    BY_SEVERITY: _ALL,
    BY_SCHOOL: (*_BRIEF, "proposal", "why_th", "problem_id"),
    BY_FILE: ("school_name_th", "smis_code", *_BRIEF, "proposal", "why_th", "problem_id"),
}
_BLOCK_OF = {BY_SCHOOL: "smis_code", BY_FILE: "file"}
_NOBODY = {BY_SCHOOL: "ไม่ใช่เรื่องของโรงเรียนใด", BY_FILE: "ไม่ใช่เรื่องของไฟล์ใด"}

#: A link to a file is a formula with a text, which a spreadsheet allows to be so long.
_LINK_LETTERS = 255

Row = dict[Hashable, object]


@dataclass(frozen=True)
class Looks:
    """Formats of the workbook."""

    title: Format
    plain: Format
    head: Format
    group: Format
    cell: Format
    link: Format
    levels: Mapping[str, Format]


def write_problem_book(
    problems: pd.DataFrame,
    path: Path,
    office: str,
    round_name: str,
    links: Mapping[str, str] | None = None,
) -> None:
    """Write the rows of the `problems` layer as a workbook with Thai headings.

    The first sheet says how much there is, where to begin and how to send corrections back;
    then the problems stand by severity, by school and by file.

    Args:
        problems: Rows in the order in which they should be read.
        path: Replaced in one step.
        office: Name of the office.
        round_name: Round whose sheets were checked.
        links: Identity of a problem -> its cell in a marked copy, relative to `path`.
    """
    rows = [_texts(row, links or {}) for row in problems.to_dict("records")]
    title = f"{office} · รอบ {round_name}"
    with replacing(path) as part, open_book(part, in_order=True, title=title) as book:
        looks = _looks(book)
        write_summary(book, book.add_worksheet(SUMMARY), title, rows, path.stem)
        _write_list(book.add_worksheet(BY_SEVERITY), BY_SEVERITY, title, rows, looks)
        for name in (BY_SCHOOL, BY_FILE):
            _write_blocks(book.add_worksheet(name), name, title, rows, looks)


def _looks(book: xlsxwriter.Workbook) -> Looks:
    base = {"font_name": FONT, "font_size": 14, "valign": "top"}
    edge = {"border": 1, "border_color": "#9AA5AD"}
    text = {**base, **edge, "text_wrap": True, "num_format": "@"}
    head = {**text, "bold": True, "bg_color": "#E9EDF0", "valign": "vcenter"}
    return Looks(
        title=book.add_format({**base, "bold": True, "font_size": 18}),
        plain=book.add_format(base),
        head=book.add_format(head),
        group=book.add_format({**base, "bold": True, "bg_color": "#F3F6F7", "num_format": "@"}),
        cell=book.add_format(text),
        link=book.add_format({**text, "font_color": "#2a5885", "underline": 1}),
        levels={
            level: book.add_format({**text, "bold": True, "bg_color": FILL[level]})
            for level in SEVERITIES
        },
    )


def _texts(row: Row, links: Mapping[str, str]) -> Row:
    """A row of the layer as it is shown: texts, numbers, and None where nothing is known."""
    shown: Row = {name: None if pd.isna(row.get(name)) else row[name] for name in row}
    place = shown.get("cell") or (f"แถว {shown['row']}" if shown.get("row") is not None else None)
    proposal = proposed_text(read_proposal(str(shown.get("proposal") or ""))) or None
    link = links.get(str(shown["problem_id"]))
    shown |= {"cell": place, "proposal": proposal, "link": link}
    return {**shown, "height": row_height((shown.get(name), _WIDTHS[name]) for name in _WRAPPED)}


def _write_list(sheet: Worksheet, name: str, title: str, rows: list[Row], looks: Looks) -> None:
    """Write every problem in one table that can be filtered."""
    columns = _COLUMNS[name]
    _start(sheet, name, title, looks, columns, len(rows), len(rows))
    for line, row in enumerate(rows, start=_HEAD + 1):
        _write_row(sheet, line, columns, row, looks)
    sheet.freeze_panes(_HEAD + 1, 2)
    if rows:
        sheet.autofilter(_HEAD, 0, _HEAD + len(rows), len(columns) - 1)


def _write_blocks(sheet: Worksheet, name: str, title: str, rows: list[Row], looks: Looks) -> None:
    """Write the problems of each school or file below its name, the worst first."""
    columns = _COLUMNS[name]
    blocks: dict[str, list[Row]] = {}
    for row in rows:
        whose = str(row.get(_BLOCK_OF[name]) or "")
        blocks.setdefault(_school(whose) if name == BY_SCHOOL else whose, []).append(row)
    _start(sheet, name, title, looks, columns, len(rows), len(rows) + len(blocks))
    sheet.freeze_panes(_HEAD + 1, 0)
    line = _HEAD + 1
    # What belongs to nobody comes last.
    for key in sorted(blocks, key=lambda key: (key == "", key)):
        label = _label(key, blocks[key], name)
        sheet.set_row(line, LINE_PT + 4)
        sheet.write_string(line, 0, shown_text(label), looks.group)
        for column in range(1, len(columns)):
            sheet.write_blank(line, column, None, looks.group)
        for place, row in enumerate(blocks[key], start=line + 1):
            _write_row(sheet, place, columns, row, looks)
        line += len(blocks[key]) + 1


def _school(key: str) -> str:
    """The school that a key names: it may go on (``99010001 ป.1``) or be a word like total."""
    school = key.partition(" ")[0]
    return school if any(map(str.isdigit, school)) else ""


def _label(key: str, rows: list[Row], name: str) -> str:
    """Heading of a block: whose it is and how much there is."""
    counts = [
        f"{label} {found}"
        for severity, label in SEVERITY_TH.items()
        if (found := sum(row["severity"] == severity for row in rows))
    ]
    school = next((str(row["school_name_th"]) for row in rows if row.get("school_name_th")), "")
    who = " ".join(filter(None, (key, school if name == BY_SCHOOL else ""))) or _NOBODY[name]
    return " · ".join((who, *counts))


def _start(
    sheet: Worksheet,
    name: str,
    title: str,
    looks: Looks,
    columns: tuple[str, ...],
    count: int,
    lines: int,
) -> None:
    """Write title and headings; set widths and the page that is printed."""
    titles = {column.name: column.title_th for column in LAYERS["problems"].columns}
    titles |= {"link": "เปิดช่องนี้", "cell": "เซลล์"}
    for place, column in enumerate(columns):
        sheet.set_column(place, place, _WIDTHS[column])
    sheet.set_default_row(LINE_PT)
    sheet.set_row(0, 28)
    sheet.write_string(0, 0, title, looks.title)
    sheet.write_string(1, 0, f"{name} · {count:,} เรื่อง", looks.plain)
    sheet.set_row(_HEAD, 2 * LINE_PT)
    for place, column in enumerate(columns):
        sheet.write_string(_HEAD, place, titles[column], looks.head)
    sheet.repeat_rows(_HEAD)
    sheet.print_area(0, 0, _HEAD + lines, columns.index(_LAST_PRINTED))
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&F · &A&Rหน้า &P/&N")


def _write_row(
    sheet: Worksheet, line: int, columns: tuple[str, ...], row: Row, looks: Looks
) -> None:
    severity = str(row["severity"])
    sheet.set_row(line, float(str(row["height"])))
    printed = columns.index(_LAST_PRINTED)
    for place, name in enumerate(columns):
        value = row.get(name)
        if value is None:
            # Off the paper a blank has no look: a country's problems would be mostly blanks.
            if place <= printed:
                sheet.write_blank(line, place, None, looks.cell)
        elif name == "severity":
            sheet.write_string(line, place, SEVERITY_TH[severity], looks.levels[severity])
        elif name == "link":
            _write_link(sheet, line, place, str(value), looks.link)
        elif name == "pupils":
            sheet.write_number(line, place, int(str(value)), looks.cell)
        else:
            # write_string: a value such as "=1+1" from a sheet stays text.
            sheet.write_string(line, place, shown_text(value), looks.cell)


def _write_link(sheet: Worksheet, line: int, place: int, link: str, style: Format) -> None:
    """Write a link that opens a cell of a file lying beside the workbook, wherever that lies."""
    shown = link.rpartition("!")[2]
    if len(link) > _LINK_LETTERS:
        sheet.write_string(line, place, shown, style)
    else:
        # A formula: a plain link would be stored with the separators of one system only.
        sheet.write_formula(line, place, f'=HYPERLINK("{link}","{shown}")', style, shown)
