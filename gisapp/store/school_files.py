"""One workbook per school: what was found about it, and its own rows to mend and send back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from gisapp.core.marks import Remark, mark_cells, proposed_text
from gisapp.core.mended import rows_digest
from gisapp.core.school_rows import SchoolRows, Where
from gisapp.core.sheet_layout import Layout, faulty_cells
from gisapp.core.tables import Sheet, column_letters
from gisapp.store.geopackage import replacing
from gisapp.store.marked_copies import remove_others
from gisapp.store.marked_sheets import (
    FILL,
    LINE_PT,
    Look,
    fits,
    open_book,
    row_height,
    sheet_names,
    write_rows,
)
from gisapp.store.problem_summary import SEVERITY_TH, shown_text
from gisapp.store.workbooks import FONT

#: Hidden sheet that says which rows of which sheets a school's file was made from.
ORIGIN = "gisapp"

_SEVERITY = {"th": SEVERITY_TH, "en": {"block": "must mend", "warn": "look at", "note": "note"}}
_WORDS = {
    "th": {
        "list": "เรื่องที่พบ",
        "how": "แก้ช่องที่มีสีในแผ่นถัดไป ชี้ที่ช่องเพื่ออ่านเรื่อง ไม่แก้รหัส ไม่เพิ่มหรือลบคอลัมน์ แล้วส่งไฟล์นี้กลับสำนักงาน",
        "heads": ("ระดับ", "เรื่อง", "ควรทำ", "ค่าที่พบ", "ค่าที่เสนอ", "ช่อง"),
        "row": "แถวเดิม",
        "unnamed": "ข้อมูล",
        "round": "รอบ",
    },
    "en": {
        "list": "Problems",
        "how": "Mend the coloured cells on the next sheets; point at a cell to read why. "
        "Change no codes, add and remove no columns, and send this file back to the office",
        "heads": ("Level", "Problem", "What to do", "Value", "Proposed", "Cell"),
        "row": "source row",
        "unnamed": "data",
        "round": "round",
    },
}
_WIDTHS = (10, 56, 44, 22, 22, 22)


@dataclass(frozen=True)
class Office:
    """Who sends the files: name of the office, name of the round, language of the words."""

    name: str
    round_name: str
    language: str = "th"


def write_school_files(folder: Path, parted: SchoolRows, office: Office) -> list[Path]:
    """Write ``<code>.xlsx`` for each school that has a cell to mend; remove older ones.

    Raises:
        FileInUseError: Another program holds one of them open.
    """
    paths = [folder / f"{school}.xlsx" for school in parted.to_ask]
    for path in paths:
        write_school_file(path, path.stem, parted, office)
    remove_others(folder, {path.name for path in paths})
    return paths


def write_school_file(path: Path, school: str, parted: SchoolRows, office: Office) -> None:
    """Write one school's problems and, of every sheet, the header and its own rows alone.

    Args:
        path: Replaced in one step.
        school: Code of a school of the register.
        parted: The round's sheets, parted by school.
        office: Who sends it.
    """
    remarks = list(parted.remarks.get(school, ()))
    found_in = {(remark.file, remark.sheet) for remark in remarks}
    # A sheet of an earlier round, named behind it, is only sent where something is wrong in it.
    pages = {
        where: rows
        for where, rows in parted.rows.get(school, {}).items()
        if fits(parted.layouts[where].sheet) and ("/" not in where[0] or where in found_in)
    }
    words = _WORDS[office.language]
    layouts = [parted.layouts[where] for where in pages]
    # The names of our own two sheets are taken before those of the received ones.
    own = [Sheet("", str(words["list"]), []), Sheet("", ORIGIN, [])]
    names = sheet_names([*own, *(layout.sheet for layout in layouts)], str(words["unnamed"]))[2:]
    with replacing(path) as part, open_book(part, in_order=False, title=school) as book:
        look = Look(book)
        first = book.add_worksheet(str(words["list"]))
        links: dict[str, str] = {}
        for (where, rows), layout, name in zip(pages.items(), layouts, names, strict=True):
            here = [remark for remark in remarks if (remark.file, remark.sheet) == where]
            written = [*range(layout.first_row), *rows]
            marks = mark_cells(layout, here, office.language)
            sheet = book.add_worksheet(name)
            write_rows(sheet, look, layout, marks, written)
            _write_source_rows(sheet, layout, rows, str(words["row"]))
            links |= _links(layout, here, written, name)
        _write_list(book, first, _title(school, parted, office), remarks, links, office)
        _write_origin(book.add_worksheet(ORIGIN), school, office, pages, parted, names)


def _title(school: str, parted: SchoolRows, office: Office) -> str:
    name = parted.names.get(school, "")
    round_name = f"{_WORDS[office.language]['round']} {office.round_name}"
    return " · ".join(filter(None, (name, school, office.name, round_name)))


def _write_source_rows(sheet: Worksheet, layout: Layout, rows: Sequence[int], heading: str) -> None:
    """Write behind the last column which row of the received sheet each row is; hidden."""
    sheet.write_string(layout.first_row - 1, layout.width, heading)
    for line, row in enumerate(rows, start=layout.first_row):
        sheet.write_number(line, layout.width, layout.sheet.row_number(row))
    sheet.set_column(layout.width, layout.width, None, None, {"hidden": True})


def _links(
    layout: Layout, remarks: Sequence[Remark], written: Sequence[int], name: str
) -> dict[str, str]:
    """Identity of a problem -> its cell in this workbook."""
    lines = {row: line for line, row in enumerate(written)}
    quoted = name.replace("'", "''")
    links: dict[str, str] = {}
    for remark in remarks:
        for row, column in faulty_cells(layout, remark)[:1]:
            if row in lines:
                cell = f"{column_letters(column)}{lines[row] + 1}"
                links.setdefault(remark.problem_id, f"'{quoted}'!{cell}")
    return links


def _write_list(
    book: xlsxwriter.Workbook,
    sheet: Worksheet,
    title: str,
    remarks: Sequence[Remark],
    links: Mapping[str, str],
    office: Office,
) -> None:
    base = {"font_name": FONT, "font_size": 14, "valign": "top", "num_format": "@"}
    grid = {**base, "border": 1, "border_color": "#9AA5AD", "text_wrap": True}
    head = book.add_format({**grid, "bold": True, "bg_color": "#E9EDF0"})
    fills = {name: book.add_format({**grid, "bg_color": fill}) for name, fill in FILL.items()}
    link = book.add_format({**grid, "font_color": "#2a5885", "underline": 1})
    sheet.set_default_row(LINE_PT)
    sheet.set_row(0, 1.4 * LINE_PT)
    sheet.write_string(0, 0, title, book.add_format({**base, "bold": True, "font_size": 18}))
    sheet.write_string(1, 0, str(_WORDS[office.language]["how"]), book.add_format(base))
    for place, text in enumerate(_WORDS[office.language]["heads"]):
        sheet.set_column(place, place, _WIDTHS[place])
        sheet.write_string(3, place, text, head)
    for line, remark in enumerate(remarks, start=4):
        _write_remark(sheet, line, remark, fills[remark.severity], office.language)
        if remark.problem_id in links:
            target = links[remark.problem_id]
            sheet.write_url(line, 5, f"internal:{target}", link, target.replace("'", ""))
    sheet.freeze_panes(4, 0)
    sheet.repeat_rows(3)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)


def _write_remark(
    sheet: Worksheet, line: int, remark: Remark, style: Format, language: str
) -> None:
    proposed = proposed_text(remark.proposal)
    texts = (
        _SEVERITY[language][remark.severity],
        remark.message,
        remark.advice,
        remark.value,
        f"{proposed} ({remark.why})" if proposed and remark.why else proposed,
        "",
    )
    sheet.set_row(line, row_height(zip(texts, _WIDTHS, strict=True)))
    for place, text in enumerate(texts):
        sheet.write_string(line, place, shown_text(text), style)


def _write_origin(
    sheet: Worksheet,
    school: str,
    office: Office,
    pages: Mapping[Where, Sequence[int]],
    parted: SchoolRows,
    names: Sequence[str],
) -> None:
    """Write down, hidden, what the file was made from."""
    for column, text in enumerate((ORIGIN, office.round_name, school)):
        sheet.write_string(0, column, text)
    for line, ((file, name), rows) in enumerate(pages.items(), start=1):
        digest = rows_digest(parted.layouts[file, name], rows)
        for column, text in enumerate((names[line - 1], file, name, digest)):
            sheet.write_string(line, column, text)
    sheet.very_hidden()
