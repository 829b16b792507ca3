"""Refuse what is about persons, naming it by its place alone: nothing of it is kept or shown."""

import re
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from gisapp.core.forms import CODES
from gisapp.core.header import HEADER_WITHIN_ROWS
from gisapp.core.headings import Headings
from gisapp.core.persons import NO_COLUMN, IsCode, names_a_person, person_columns
from gisapp.core.tables import Sheet
from gisapp.core.text import heading_key
from gisapp.errors import PersonDataError
from gisapp.store.file_names import shown_name

#: Columns of ours that hold codes of schools or of areas.
_CODES = CODES | {"area_code", "subdistrict_code", "district_code", "village_code"}


def school_codes(sheet: Sheet, headings: Headings, key_pattern: str) -> IsCode:
    """Tell codes as the office writes them, under headings that say code, from other numbers."""
    keys = {
        key
        for table in headings.forms.values()
        for key, column in table.items()
        if column in _CODES
    }
    columns: set[int] = set()

    def is_code(column: int, text: str) -> bool:
        if not columns:
            columns.add(NO_COLUMN)
            for row in sheet.rows[:HEADER_WITHIN_ROWS]:
                columns.update(place for place, cell in enumerate(row) if heading_key(cell) in keys)
        return column in columns and bool(re.fullmatch(key_pattern, text))

    return is_code


def written_codes(key_pattern: str) -> IsCode:
    """Tell codes as the office writes them from other numbers, wherever they stand."""
    return lambda _, text: bool(re.fullmatch(key_pattern, text))


def known_codes(codes: Collection[str]) -> IsCode:
    """Tell codes of schools that are known already."""
    return lambda _, text: text in codes


def refuse_persons(sheet: Sheet, number: int, is_code: IsCode) -> None:
    """Stop before anything of a sheet about persons is kept or shown.

    Args:
        sheet: As received.
        number: Which sheet of its file, from 1, for one whose very name is a person's.
        is_code: Tells codes of schools that look like personal numbers.

    Raises:
        PersonDataError: Columns hold personal numbers or names, or the sheet's name does.
    """
    if names_a_person(sheet.name, is_code):
        raise _named(
            f"{sheet.file}: แผ่นที่ {number}", f"{sheet.file}: sheet {number}", "แผ่นงาน", "the sheet"
        )
    columns = ", ".join(person_columns(sheet, is_code))
    if columns:
        where = " · ".join(part for part in (sheet.file, sheet.name) if part)
        raise PersonDataError(
            f"{where}: คอลัมน์ {columns} เป็นข้อมูลส่วนบุคคล (เลขประจำตัวหรือชื่อบุคคล) "
            "จึงไม่รับและไม่เก็บอะไรจากไฟล์นี้ ให้นำไฟล์ออก แล้วส่งเป็นจำนวนนักเรียนรายชั้นและเพศแทน",
            f"{where}: column {columns} holds personal numbers or names; nothing of this file is "
            "kept. Take the file away and send counts by grade and sex instead",
        )


def refuse_named(paths: Sequence[Path], key_pattern: str) -> None:
    """Stop where the name of a file or folder holds a person's number or name.

    Args:
        paths: Files, or folders, in the order of their names.
        key_pattern: What the office's codes of schools look like.

    Raises:
        PersonDataError: It says which one by its place in that order.
    """
    for number, path in enumerate(paths, 1):
        if names_a_person(shown_name(path), written_codes(key_pattern)):
            what_th, what_en = ("โฟลเดอร์", "folder") if path.is_dir() else ("ไฟล์", "file")
            raise _named(
                f"{what_th}ที่ {number} (เรียงตามชื่อ) ใน {path.parent}",
                f"{what_en} {number} (by name) in {path.parent}",
                what_th,
                f"the {what_en}",
            )


def refuse_line(file: str, number: int, cells: Iterable[str], key_pattern: str) -> None:
    """Stop where a line of a table that officers write holds a person's number or name.

    Args:
        file, number: The line's place.
        cells: What stands in it.
        key_pattern: What the office's codes of schools look like.

    Raises:
        PersonDataError: It says which line.
    """
    is_code = written_codes(key_pattern)
    if any(names_a_person(cell, is_code) for cell in cells):
        raise PersonDataError(
            f"{file} บรรทัด {number}: เป็นข้อมูลส่วนบุคคล (เลขประจำตัวหรือชื่อบุคคล) จึงไม่รับ ให้นำบรรทัดนี้ออก",
            f"{file} line {number} holds a personal number or name and is refused; take the line "
            "out",
        )


def _named(where_th: str, where_en: str, what_th: str, what_en: str) -> PersonDataError:
    return PersonDataError(
        f"{where_th}: ชื่อเป็นข้อมูลส่วนบุคคล (เลขประจำตัวหรือชื่อบุคคล) จึงไม่รับ ให้เปลี่ยนชื่อ{what_th}หรือนำออก",
        f"{where_en}: its name holds a personal number or name; rename {what_en} or take it away",
    )
