"""A copy of each received file in which something was found, for the person who mends it.

The copy is the same form again: mended and put into the round's folder in place of the
original it is read like it. Whatever the original was, the copy is an xlsx.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from gisapp.core.marks import Mark, Remark, mark_cells, remark_of
from gisapp.core.problems import SEVERITIES, Problem
from gisapp.core.sheet_layout import Layout, Spot, faulty_cells, lay_out
from gisapp.core.tables import FormTable, Sheet, column_letters
from gisapp.errors import FileInUseError
from gisapp.store.geopackage import replacing
from gisapp.store.marked_sheets import (
    FILL,
    Look,
    fits,
    open_book,
    sheet_names,
    write_rows,
)

#: Name of the sheet of a file that has none, such as a CSV.
_UNNAMED = {"th": "ข้อมูล", "en": "data"}

_LEGEND = {
    "th": "ช่องสีแดงต้องแก้ สีเหลืองควรดู สีฟ้าแจ้งไว้ ชี้ที่ช่องเพื่ออ่านเรื่อง แก้ที่ช่องแล้วส่งไฟล์นี้กลับ",
    "en": "Red cells must be mended, yellow ones looked at, blue ones are worth knowing. "
    "Point at a cell to read why, mend it and send this file back",
}


def write_marked_copies(
    folder: Path,
    sheets: Sequence[Sheet],
    tables: Sequence[FormTable],
    problems: Sequence[Problem],
    language: str = "th",
) -> dict[str, str]:
    """Write a marked copy of each file in which a cell or row is faulty; remove older copies.

    Args:
        folder: Where the copies go; made when there is something to write.
        sheets: The round's own sheets as received.
        tables: What was read from them.
        problems: All problems of the round.
        language: Of the comments, ``th`` or ``en``.

    Returns:
        Identity of a problem -> where it is marked, as ``<folder>/<file>#'<sheet>'!<cell>``.

    Raises:
        FileInUseError: Another program holds a copy open.
    """
    layouts = lay_out(sheets, tables)
    by_sheet: dict[tuple[str, str], list[Remark]] = {}
    for problem in problems:
        where = (problem.file, problem.sheet)
        if where in layouts:
            by_sheet.setdefault(where, []).append(remark_of(problem, language))
    links: dict[str, str] = {}
    written = set()
    for file, parts in _by_file(layouts.values()).items():
        found = {part.sheet.name: by_sheet.get((file, part.sheet.name), []) for part in parts}
        marks = {p.sheet.name: mark_cells(p, found[p.sheet.name], language) for p in parts}
        if not any(marks.values()) or not all(fits(part.sheet) for part in parts):
            continue
        names = sheet_names([part.sheet for part in parts], _UNNAMED[language])
        path = folder / copy_name(file)
        with replacing(path) as part_path:
            _write_copy(part_path, parts, names, marks, language)
        written.add(path.name)
        for layout, name in zip(parts, names, strict=True):
            quoted = name.replace("'", "''")
            link = f"{folder.name}/{path.name}#'{quoted}'!"
            links |= _links(layout, found[layout.sheet.name], link)
    remove_others(folder, written)
    return links


def copy_name(file: str) -> str:
    """File name of the copy: that of a workbook stays, ``a.csv`` becomes ``a.csv.xlsx``.

    Signs that a link could not carry become an underscore.
    """
    name = file if file.lower().endswith(".xlsx") else f"{file}.xlsx"
    return "".join("_" if letter in '#%?"/\\' else letter for letter in name)


def remove_others(folder: Path, kept: set[str]) -> None:
    """Remove the workbooks of an earlier check that a folder still holds, and it when empty.

    Raises:
        FileInUseError: Another program holds one of them open.
    """
    for path in sorted(folder.glob("*.xlsx")) if folder.is_dir() else ():
        if path.name not in kept and not path.name.startswith((".", "~$")):
            try:
                path.unlink()
            except OSError as error:
                raise FileInUseError(
                    f"ลบ {path} ของการตรวจครั้งก่อนไม่ได้ ปิดไฟล์นี้ในโปรแกรมอื่น (Excel) แล้วสั่งใหม่",
                    f"cannot remove {path} of an earlier check: close it in other programs "
                    "(Excel) and run again",
                ) from error
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def _by_file(layouts: Iterable[Layout]) -> dict[str, list[Layout]]:
    files: dict[str, list[Layout]] = {}
    for layout in layouts:
        files.setdefault(layout.sheet.file, []).append(layout)
    return files


def _write_copy(
    path: Path,
    parts: Sequence[Layout],
    names: Sequence[str],
    marks: dict[str, dict[Spot, Mark]],
    language: str,
) -> None:
    """Write every sheet of a file; hidden ones stay hidden."""
    in_order = not any(part.sheet.merged for part in parts)
    title, legend = parts[0].sheet.file, _LEGEND[language]
    with open_book(path, in_order=in_order, title=title, legend=legend) as book:
        look = Look(book)
        shown = False
        for part, name in zip(parts, names, strict=True):
            sheet = book.add_worksheet(name)
            found = marks[part.sheet.name]
            write_rows(sheet, look, part, found, range(len(part.sheet.rows)))
            if part.sheet.hidden:
                sheet.hide()
            elif not shown:
                sheet.activate()
                sheet.set_first_sheet()
                shown = True
            if found:
                worst = min((mark.severity for mark in found.values()), key=SEVERITIES.index)
                sheet.set_tab_color(FILL[worst])


def _links(layout: Layout, remarks: Sequence[Remark], where: str) -> dict[str, str]:
    links: dict[str, str] = {}
    for remark in remarks:
        spots = faulty_cells(layout, remark)
        if spots:
            row, column = spots[0]
            links.setdefault(remark.problem_id, f"{where}{column_letters(column)}{row + 1}")
    return links
