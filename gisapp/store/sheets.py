"""Received files as sheets, every cell as it was written; a file is what it holds, not its name."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from gisapp.core.forms import DOPA_HEADING
from gisapp.core.population_lines import are_lines
from gisapp.core.tables import Sheet
from gisapp.core.text import Cell
from gisapp.errors import MapAmongSheetsError, UnreadableFileError
from gisapp.store import file_limits
from gisapp.store.file_kinds import kind_of
from gisapp.store.file_names import under_shown_name
from gisapp.store.html_sheets import read_html
from gisapp.store.layer_sheets import read_layers, read_shapefile
from gisapp.store.packages import damaged
from gisapp.store.text_sheets import read_delimited, read_json, records_sheet
from gisapp.store.vector_sheets import PlaceReading, read_geojson, read_kml
from gisapp.store.workbook_sheets import read_ods, read_xls, read_xlsx

__all__ = ["PlaceReading", "read_sheets", "received_files", "shapefile_parts"]

#: Names under which delimited text may come; many systems call it an Excel file.
_WORKBOOK_NAMES = (".xls", ".xlsx", ".xlsm", ".xlsb", ".ods")
_TEXT_NAMES = (".csv", ".tsv", ".txt", *_WORKBOOK_NAMES)

_WORKBOOKS: dict[str, Callable[[Path, str], list[Sheet]]] = {
    "xlsx": read_xlsx,
    "ods": read_ods,
    "xls": read_xls,
    "html": read_html,
}

_MAP_NAMES = (".gpkg", ".shp", ".kml", ".kmz", ".fgb", ".tif", ".tiff")

#: Parts of a Shapefile that are nothing without its ``.shp``.
_PARTS = (".dbf", ".shx", ".prj", ".cpg", ".qpj", ".qix", ".sbn", ".sbx", ".shp.xml")

#: Kinds that hold no sheet -> what they are, in Thai and English, and what to do.
_NO_SHEETS = {
    "xlsb": (
        "เป็นสมุดงานแบบไบนารี (.xlsb) บันทึกเป็น .xlsx",
        "it is a binary workbook (.xlsb); save it as .xlsx",
    ),
    "xml": (
        "เป็นไฟล์ XML เปิดใน Excel แล้วบันทึกเป็น .xlsx",
        "it is XML; open it in Excel and save it as .xlsx",
    ),
    "word": ("เป็นเอกสาร Word หรือ PowerPoint", "it is a Word or PowerPoint document"),
    "pdf": ("เป็นไฟล์ PDF ขอไฟล์ Excel จากผู้ส่ง", "it is a PDF; ask the sender for the Excel file"),
    "picture": (
        "เป็นไฟล์ภาพ ขอไฟล์ Excel จากผู้ส่ง",
        "it is a picture; ask the sender for the Excel file",
    ),
    "archive": (
        "เป็นไฟล์บีบอัด แตกไฟล์แล้ววางไฟล์ข้างในแทน",
        "it is a packed archive; unpack it and put the files inside here",
    ),
}


def received_files(folder: Path) -> list[Path]:
    """Files of a round's folder in a fixed order, without what programs leave behind."""
    return sorted(
        path
        for path in folder.iterdir()
        if path.is_file()
        and not path.name.startswith((".", "~$"))
        and path.name.lower() not in ("corrections.csv", "thumbs.db", "desktop.ini")
    )


def shapefile_parts(files: list[Path]) -> set[Path]:
    """The files that belong to a Shapefile among them and are read with it."""
    shapes = {path.name[:-4].lower() for path in files if path.suffix.lower() == ".shp"}
    return {
        path
        for path in files
        for part in _PARTS
        if path.name.lower().endswith(part) and path.name[: -len(part)].lower() in shapes
    }


def read_sheets(path: Path, round_name: str, how: PlaceReading | None = None) -> list[Sheet]:
    """Read every sheet of a file, hidden ones too.

    `how`: What to do with the places of maps.

    Raises:
        MapAmongSheetsError: A map of lines or areas, or a raster.
        UnreadableFileError: Damaged, locked, too large, or of a kind that holds no sheet.
    """
    try:
        file_limits.check_bytes(path.stat().st_size, file_limits.FILE_BYTES)
        with under_shown_name(path) as readable:
            sheets = _read(readable, kind_of(readable), round_name, how or PlaceReading())
            return [_with_heading(sheet) for sheet in sheets]
    except OSError as error:
        raise damaged() from error


def _read(path: Path, kind: str, round_name: str, how: PlaceReading) -> list[Sheet]:
    if kind in _WORKBOOKS:
        return _WORKBOOKS[kind](path, round_name)
    if kind == "json":
        return [_read_json(path, round_name, how)]
    if kind == "kml":
        return [read_kml(path, round_name, how)]
    if kind == "shapefile":
        return read_shapefile(path, round_name, how)
    if kind in ("geopackage", "flatgeobuf"):
        return read_layers(path, round_name, how)
    if kind == "raster":
        raise MapAmongSheetsError("เป็นภาพแผนที่", "it is a raster")
    if kind in _NO_SHEETS:
        raise UnreadableFileError(*_NO_SHEETS[kind])
    return [_read_text(path, round_name)]


def _with_heading(sheet: Sheet) -> Sheet:
    """Put a heading above the lines of the population file, which has none, to tell its form."""
    if not are_lines(sheet.rows):
        return sheet
    head: list[Cell] = [DOPA_HEADING, *[None] * (len(sheet.rows[0]) - 1)]
    merged = tuple((top + 1, left, bottom + 1, right) for top, left, bottom, right in sheet.merged)
    rows = [head, *sheet.rows]
    return replace(sheet, rows=rows, merged=merged, first_row=sheet.first_row - 1)


def _read_json(path: Path, round_name: str, how: PlaceReading) -> Sheet:
    content = read_json(path)
    if isinstance(content, dict) and content.get("type") == "FeatureCollection":
        return read_geojson(path, content, round_name, how)
    return records_sheet(content, path.name, "", round_name)


def _read_text(path: Path, round_name: str) -> Sheet:
    suffix = path.suffix.lower()
    if path.name.lower().endswith(_PARTS):
        raise UnreadableFileError(
            "เป็นส่วนหนึ่งของ Shapefile แต่ไม่พบไฟล์ .shp",
            "it is a part of a Shapefile whose .shp is not here",
        )
    if suffix in (".json", ".geojson"):
        read_json(path)  # says where it breaks off
    if suffix in _MAP_NAMES:
        raise damaged()
    if suffix in _WORKBOOK_NAMES and not path.stat().st_size:
        raise UnreadableFileError("ไฟล์ว่างเปล่า (0 ไบต์)", "it is empty (0 bytes)")
    if suffix not in _TEXT_NAMES:
        raise UnreadableFileError(
            f"ไม่รู้จักไฟล์ชนิด {suffix or 'ที่ไม่มีนามสกุล'}",
            f"files of the kind {suffix or '(no suffix)'} are not known",
        )
    sheet = read_delimited(path, round_name)
    if suffix in _WORKBOOK_NAMES and not (sheet.rows and len(sheet.rows[0]) > 1):
        raise damaged()
    return sheet
