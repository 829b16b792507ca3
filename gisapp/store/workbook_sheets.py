"""Sheets of workbooks: xlsx, xlsm, xls and ods, every cell as it was written.

Macros are never run: only the sheets of a file are looked at.
"""

import html
import posixpath
import re
import zipfile
from contextlib import closing
from pathlib import Path
from typing import cast

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from gisapp.core.tables import Merged, Sheet, column_letters
from gisapp.core.text import Cell
from gisapp.errors import UnreadableFileError
from gisapp.store import file_limits
from gisapp.store.ods_scan import scan_ods
from gisapp.store.packages import damaged, locked, open_package, part_chunks, read_part
from gisapp.store.xls_scan import scan_xls
from gisapp.store.xlsx_scan import SheetScan, scan_sheet

#: What calamine raises on purpose; a panic of the library below it is told by its name, since
#: its class cannot be imported.
_FAILURES = (CalamineError, OSError, ValueError, KeyError)
_PANIC = "PanicException"

#: Office files that are locked by a password are OLE files with this stream.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_SHEET_TAG = re.compile(rb"<(?:\w+:)?sheet\b([^>]*)>")
_RELATION_TAG = re.compile(rb"<(?:\w+:)?Relationship\b([^>]*)>")


def read_xlsx(path: Path, round_name: str) -> list[Sheet]:
    """Read every sheet of an xlsx or xlsm.

    Raises:
        UnreadableFileError: Damaged, beyond a limit, or with a formula that was never computed.
    """
    scans: dict[str, SheetScan] = {}
    before = 0
    with open_package(path) as package:
        sheets = _sheet_parts(package)
        for name, part in sheets.items():
            scan = scan_sheet(lambda part=part: closing(part_chunks(package, part)), name, before)  # type: ignore[misc]
            before += scan.rows * scan.columns
            scans[name] = scan
        for info in package.infolist():
            if info.filename not in sheets.values() and info.filename.endswith((".xml", ".rels")):
                _check_whole(package, info)
    for name, scan in scans.items():
        _refuse_formulas(name, scan)
    unread = {name: scan.unread for name, scan in scans.items()}
    return _read(path, round_name, (".xlsx", ".xlsm"), unread)


def read_ods(path: Path, round_name: str) -> list[Sheet]:
    """Read every sheet of an OpenDocument workbook.

    Raises:
        UnreadableFileError: Damaged or beyond a limit.
    """
    with open_package(path) as package:
        scan_ods(lambda: closing(part_chunks(package, "content.xml")))
    return _read(path, round_name, (".ods",), {})


def read_xls(path: Path, round_name: str) -> list[Sheet]:
    """Read every sheet of a workbook of Excel 97 to 2003.

    Raises:
        UnreadableFileError: Damaged, locked, or beyond a limit.
    """
    content = path.read_bytes()
    if _ENCRYPTED in content:
        raise locked()
    scan_xls(content)
    return _read(path, round_name, (".xls",), {})


def _open(path: Path, suffixes: tuple[str, ...]) -> CalamineWorkbook:
    """Open a workbook as what it is; calamine goes by the name where it is given a path."""
    if path.suffix.lower() in suffixes:
        return CalamineWorkbook.from_path(str(path))
    with path.open("rb") as file:
        return CalamineWorkbook.from_filelike(file)


def _read(
    path: Path,
    round_name: str,
    kinds: tuple[str, ...],
    unread: dict[str, dict[tuple[int, int], str]],
) -> list[Sheet]:
    try:
        book = _open(path, kinds)
        found, before = [], 0
        for known in book.sheets_metadata:
            if known.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(known.name)
            before = file_limits.check_cells(*_extent(sheet), before, known.name)
            rows = cast(list[list[Cell]], sheet.to_python(skip_empty_area=False))
            found.append(
                Sheet(
                    file=path.name,
                    name=known.name,
                    rows=_with_errors(rows, unread.get(known.name, {})),
                    merged=_merged(sheet, rows),
                    round_name=round_name,
                    hidden=known.visible != SheetVisibleEnum.Visible,
                )
            )
    except PasswordError as error:
        raise locked() from error
    except UnreadableFileError:
        raise
    except _FAILURES as error:
        raise damaged() from error
    except BaseException as error:
        if type(error).__name__ == _PANIC:
            raise damaged() from error
        raise
    return found


def _sheet_parts(package: zipfile.ZipFile) -> dict[str, str]:
    """Name of each sheet -> its part, as the workbook says.

    Raises:
        UnreadableFileError: The package is no workbook.
    """
    names = set(package.namelist())
    relations, book = "xl/_rels/workbook.xml.rels", "xl/workbook.xml"
    if not {relations, book} <= names:
        raise damaged()
    targets = {}
    for tag in _RELATION_TAG.finditer(read_part(package, relations)):
        stated = _attributes(tag[1])
        target = stated.get("Target", "")
        targets[stated.get("Id", "")] = posixpath.normpath(
            target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        )
    parts = {}
    for tag in _SHEET_TAG.finditer(read_part(package, book)):
        stated = _attributes(tag[1])
        relation = next((stated[name] for name in stated if name.endswith(":id")), "")
        part = targets.get(relation, "")
        if part in names:
            parts[stated.get("name", "")] = part
    return parts


def _attributes(tag: bytes) -> dict[str, str]:
    return {
        name.decode(): html.unescape((double or single).decode("utf-8", "replace"))
        for name, double, single in _ATTRIBUTE.findall(tag)
    }


def _check_whole(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Refuse a part that a reader holds in memory if it is too long, or longer than stated."""
    file_limits.check_bytes(part.file_size, file_limits.WHOLE_BYTES)
    for _ in part_chunks(package, part.filename):
        pass


def _refuse_formulas(name: str, scan: SheetScan) -> None:
    """Refuse a workbook in which a formula was never computed.

    Raises:
        UnreadableFileError: Names the first such cell.
    """
    found = min((place for place, text in scan.unread.items() if text == "="), default=None)
    if found:
        cell = f"{column_letters(found[1])}{found[0] + 1}"
        raise UnreadableFileError(
            f"ช่อง {cell} ในแผ่น {name} เป็นสูตรที่ยังไม่มีผลลัพธ์",
            f"cell {cell} of sheet {name} holds a formula without a result",
        )


def _extent(sheet: CalamineSheet) -> tuple[int, int]:
    """Rows and columns from A1 to the last cell that holds something."""
    return (sheet.end[0] + 1, sheet.end[1] + 1) if sheet.end else (0, 0)


def _with_errors(rows: list[list[Cell]], errors: dict[tuple[int, int], str]) -> list[list[Cell]]:
    """Write error values where calamine leaves blanks, on rows that may end before them."""
    if not errors:
        return rows
    height = max(row for row, _ in errors) + 1
    width = max([len(rows[0]) if rows else 0, *(column + 1 for _, column in errors)])
    rows = [[*row, *[""] * (width - len(row))] for row in rows]
    rows += [[""] * width for _ in range(height - len(rows))]
    for (row, column), text in errors.items():
        rows[row][column] = text
    return rows


def _merged(sheet: CalamineSheet, rows: list[list[Cell]]) -> tuple[Merged, ...]:
    """Merged ranges as far as they lie among the cells; a whole column may be merged."""
    height, width = len(rows), len(rows[0]) if rows else 0
    return tuple(
        (top, left, min(bottom, height - 1), min(right, width - 1))
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or []
        if top < height and left < width
    )
