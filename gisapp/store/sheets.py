"""Received sheets as they stand: xlsx, xls, ods, csv and json, every cell as it was written."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from gisapp.core.tables import Sheet, column_letters
from gisapp.core.text import Cell
from gisapp.errors import MapAmongSheetsError, UnreadableFileError

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
TEXTS = (".csv", ".txt")
_MAPS = (".gpkg", ".shp", ".dbf", ".shx", ".prj", ".cpg", ".kml", ".kmz", ".fgb", ".tif", ".tiff")

#: Office files that are locked by a password are OLE files with this stream.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

#: Fields of the population file of the Department of Provincial Administration.
DOPA_FIELDS = 220


def received_files(folder: Path) -> list[Path]:
    """Files of a round's folder in a fixed order, without what programs leave behind."""
    return sorted(
        path
        for path in folder.iterdir()
        if path.is_file()
        and not path.name.startswith((".", "~$"))
        and path.name.lower() not in ("corrections.csv", "thumbs.db", "desktop.ini")
    )


def read_sheets(path: Path, round_name: str) -> list[Sheet]:
    """Read every visible sheet of a file.

    Raises:
        MapAmongSheetsError: A map or a raster.
        UnreadableFileError: Damaged, locked by a password, or of a kind that holds no sheet.
    """
    suffix = path.suffix.lower()
    if suffix in WORKBOOKS:
        return _read_workbook(path, round_name)
    if suffix in TEXTS:
        return [_read_text(path, round_name)]
    if suffix in (".json", ".geojson"):
        return [_read_json(path, round_name)]
    if suffix in _MAPS:
        raise MapAmongSheetsError("เป็นไฟล์แผนที่", "it is a map")
    raise UnreadableFileError(
        f"ไม่รู้จักไฟล์ชนิด {suffix or 'ที่ไม่มีนามสกุล'}", f"files of the kind {suffix} are not known"
    )


def _read_workbook(path: Path, round_name: str) -> list[Sheet]:
    try:
        book = CalamineWorkbook.from_path(str(path))
        shown = {
            sheet.name: sheet.visible == SheetVisibleEnum.Visible for sheet in book.sheets_metadata
        }
        sheets = [book.get_sheet_by_name(name) for name in shown]
        cells = {sheet.name: sheet.to_python(skip_empty_area=False) for sheet in sheets}
        merged = {sheet.name: _merged(sheet.merged_cell_ranges) for sheet in sheets}
        unread = _unread_cells(path)
    except PasswordError as error:
        raise _locked() from error
    except (CalamineError, OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        if _ENCRYPTED in path.read_bytes():
            raise _locked() from error
        raise UnreadableFileError(
            "ไฟล์เสียหายหรือไม่ใช่สมุดงานตามนามสกุล", "it is damaged, or not the workbook its name says"
        ) from error
    _refuse_formulas(unread)
    return [
        Sheet(
            file=path.name,
            name=name,
            rows=_with_errors(_rectangle(cells[name]), unread.get(name, {})),
            merged=merged[name],
            round_name=round_name,
            hidden=not shown[name],
        )
        for name in shown
    ]


#: In a sheet's XML: an error value, or a formula without a result.
_UNREAD = re.compile(rb't="e"|</f>\s*(<v\s*/>|<v></v>)?\s*</c>')


def _unread_cells(path: Path) -> dict[str, dict[tuple[int, int], str]]:
    """Cells that calamine reads as blank but are not: errors such as ``#REF!``, and formulas.

    A formula has no result until a spreadsheet has computed it; programs that write sheets
    leave it so. Only xlsx can be asked, and only a file that has such a cell is read again.
    """
    if path.suffix.lower() not in (".xlsx", ".xlsm"):
        return {}
    with zipfile.ZipFile(path) as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        if not any(_UNREAD.search(parts.read(name)) for name in sheets):
            return {}
    values = openpyxl.load_workbook(path, data_only=True)
    formulas = openpyxl.load_workbook(path)
    found: dict[str, dict[tuple[int, int], str]] = {}
    for sheet in values.worksheets:
        written = formulas[sheet.title].iter_rows()
        for row, (results, cells) in enumerate(zip(sheet.iter_rows(), written, strict=True)):
            for column, (result, cell) in enumerate(zip(results, cells, strict=True)):
                if result.data_type == "e" or (cell.data_type == "f" and result.value is None):
                    text = str(cell.value if result.value is None else result.value)
                    found.setdefault(sheet.title, {})[row, column] = text
    return found


def _refuse_formulas(unread: dict[str, dict[tuple[int, int], str]]) -> None:
    """Refuse a workbook in which a formula was never computed.

    Raises:
        UnreadableFileError: Names the first such cell.
    """
    for name, cells in unread.items():
        for (row, column), text in cells.items():
            if not text.startswith("#"):
                cell = f"{column_letters(column)}{row + 1}"
                raise UnreadableFileError(
                    f"ช่อง {cell} ในแผ่น {name} เป็นสูตรที่ยังไม่มีผลลัพธ์",
                    f"cell {cell} of sheet {name} holds a formula without a result",
                )


def _with_errors(rows: list[list[Cell]], errors: dict[tuple[int, int], str]) -> list[list[Cell]]:
    for (row, column), text in errors.items():
        rows[row][column] = text
    return rows


def _locked() -> UnreadableFileError:
    return UnreadableFileError("ไฟล์มีรหัสผ่าน", "it is locked by a password")


def _merged(
    ranges: list[tuple[tuple[int, int], tuple[int, int]]] | None,
) -> tuple[tuple[int, int, int, int], ...]:
    return tuple((top, left, bottom, right) for (top, left), (bottom, right) in ranges or [])


def _rectangle(rows: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    width = max((len(row) for row in rows), default=0)
    return [[*row, *[None] * (width - len(row))] for row in rows]


def read_text(path: Path) -> str:
    """Read a text file as UTF-8, else as the Thai code page that Windows writes.

    tis_620 is not tried: it fails on the no-break blanks of real files.

    Raises:
        UnreadableFileError: Neither.
    """
    raw = path.read_bytes()
    for encoding in ("utf-8-sig", "cp874"):
        try:
            return raw.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    raise UnreadableFileError(
        "ตัวอักษรในไฟล์ไม่ใช่ UTF-8 หรือ Windows-874", "its letters are neither UTF-8 nor Windows-874"
    )


def _read_text(path: Path, round_name: str) -> Sheet:
    text = read_text(path)
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",;\t|", key=first.count)
    # strict: a quote that never ends would swallow every row below it as one cell.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        rows: list[list[Cell]] = [list(row) for row in reader]
    except csv.Error as error:
        raise UnreadableFileError(
            f"อ่านตารางไม่ได้ที่บรรทัด {reader.line_num} อาจมีเครื่องหมายคำพูดที่ไม่ปิด",
            f"the table breaks off at line {reader.line_num}; a quotation mark may not be closed",
        ) from error
    if delimiter == "|" and len(first.rstrip("|").split("|")) in (DOPA_FIELDS, DOPA_FIELDS - 1):
        # The population file has no headings; this one tells the forms what it is.
        rows = [["dopa_220_fields"], *rows]
        return Sheet(path.name, "", _rectangle(rows), first_row=0, round_name=round_name)
    return Sheet(path.name, "", _rectangle(rows), round_name=round_name)


def _read_json(path: Path, round_name: str) -> Sheet:
    """Read a list of objects: their keys are the headings, object n is row n."""
    try:
        records = json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise UnreadableFileError(
            f"ไม่ใช่ JSON ที่ถูกต้อง (บรรทัด {error.lineno})",
            f"it is not valid JSON (line {error.lineno})",
        ) from error
    except (RecursionError, ValueError) as error:  # lists in lists, or a number without end
        raise UnreadableFileError(
            "JSON ซ้อนกันลึกหรือมีตัวเลขยาวเกินไป",
            "its lists are nested or its numbers long beyond reading",
        ) from error
    if isinstance(records, dict) and records.get("type") == "FeatureCollection":
        raise MapAmongSheetsError("เป็นไฟล์แผนที่", "it is a map")
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise UnreadableFileError(
            "JSON ต้องเป็นรายการของแถว เช่นไฟล์ที่ดาวน์โหลดจาก DMC",
            "the JSON must be a list of rows, as DMC's download is",
        )
    keys = list(dict.fromkeys(key for record in records for key in record))
    rows: list[list[Cell]] = [[*keys]]
    rows += [[_plain(record.get(key)) for key in keys] for record in records]
    return Sheet(path.name, "", rows, first_row=0, round_name=round_name)


def _plain(value: object) -> Cell:
    return (
        value if isinstance(value, (str, int, float, bool)) or value is None else json.dumps(value)
    )
