"""Text files as sheets: CSV in the encodings offices use, and JSON."""

import csv
import itertools
import json
import re
from collections.abc import Sequence
from pathlib import Path

from gisapp.core.tables import Sheet
from gisapp.core.text import Cell
from gisapp.errors import UnreadableFileError
from gisapp.store import file_limits

_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
#: What no Thai text has: a vowel or tone mark that follows no letter, a leading vowel before
#: none, and the marks of old poems.
_AFTER_LETTERS = "(?<![\u0e01-\u0e2e\u0e31-\u0e3a\u0e47-\u0e4e])"
_NOT_THAI = re.compile(
    f"{_AFTER_LETTERS}[\u0e30-\u0e3a\u0e45\u0e47-\u0e4e]|[\u0e40-\u0e44](?![\u0e01-\u0e2e])"
    "|[\u0e4f\u0e5a\u0e5b]"
)
_BEYOND_ASCII = re.compile("[^\x00-\x7f\xa0]")
#: Enough letters to tell by.
_TOLD_BY = 1_000_000
#: Another encoding's text, read as Thai, has 4 % and more of it; 1,200,000 letters of real
#: Thai sheets have none.
_MOST = 0.01
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_HALF_PAIR = re.compile("[\ud800-\udfff]")
_LONGEST_INTEGER = 1 << 63


def read_text(path: Path) -> str:
    """Read a text file as UTF-8 or marked UTF-16, else as the Thai code page of Windows.

    tis_620 is not tried: it fails on the no-break blanks of real files.

    Raises:
        UnreadableFileError: None of them, or too large.
    """
    file_limits.check_bytes(path.stat().st_size, file_limits.WHOLE_BYTES)
    return decoded(path.read_bytes()).replace("\r\n", "\n").replace("\r", "\n")


def decoded(raw: bytes) -> str:
    """Turn the bytes of a text into letters.

    Raises:
        UnreadableFileError: The encoding is not known, or they are no text at all.
    """
    encodings = ("utf-16",) if raw.startswith(_WIDE_MARKS) else ("utf-8-sig", "cp874")
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and (encoding != "cp874" or _is_thai(text)):
            return text
    raise UnreadableFileError(
        "ตัวอักษรในไฟล์ไม่ใช่ UTF-8 หรือ Windows-874 เปิดในโปรแกรมเดิมแล้วบันทึกเป็น CSV UTF-8",
        "its letters are neither UTF-8 nor Windows-874; open it in its own program and save it "
        "as CSV UTF-8",
    )


def _is_thai(text: str) -> bool:
    """Tell Thai from another encoding's letters: its vowels and marks stand by consonants."""
    told_by = text[:_TOLD_BY]
    return len(_NOT_THAI.findall(told_by)) <= _MOST * len(_BEYOND_ASCII.findall(told_by))


def read_delimited(path: Path, round_name: str) -> Sheet:
    """Read delimited text; the separator is the one that the first line has most of.

    Raises:
        UnreadableFileError: Of an unknown encoding, with a quotation that never ends, or beyond
            a limit.
    """
    text = read_text(path)
    first = first_line(text)
    delimiter = max(",;\t|", key=first.count)
    # strict: a quote that never ends would swallow every row below it as one cell.
    lines = (line[0] for line in _LINE.finditer(text))  # StringIO would hold it fourfold
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    rows: list[list[Cell]] = []
    cells = 0
    try:
        for row in reader:
            rows.append([*row])
            cells += len(row)
            file_limits.check_elements(cells)
    except csv.Error as error:
        raise UnreadableFileError(
            f"อ่านตารางไม่ได้ที่บรรทัด {reader.line_num} อาจมีเครื่องหมายคำพูดที่ไม่ปิด",
            f"the table breaks off at line {reader.line_num}; a quotation mark may not be closed",
        ) from error
    return Sheet(path.name, "", rectangle(rows), round_name=round_name)


def first_line(text: str) -> str:
    """The first line of a text that is not blank; the separators of a table are counted in it."""
    return next((line for line in text.split("\n") if line.strip()), "")


def rectangle(rows: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    """Fill short rows up with None.

    Raises:
        UnreadableFileError: The rows are many and one of them is long beyond the limits.
    """
    width = max((len(row) for row in rows), default=0)
    file_limits.check_cells(len(rows), width, 0, "")
    return [[*row, *[None] * (width - len(row))] for row in rows]


def read_json(path: Path) -> object:
    """Read JSON: whatever it holds.

    Raises:
        UnreadableFileError: Not JSON, nested or long beyond reading, or too large.
    """
    file_limits.check_bytes(path.stat().st_size, file_limits.TREE_BYTES)
    text = read_text(path)
    # An object takes the room of two cells and more, however little stands in it.
    file_limits.check_elements(2 * (text.count("{") + text.count("[")))
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        if records := _json_lines(text):
            return records
        raise UnreadableFileError(
            f"ไม่ใช่ JSON ที่ถูกต้อง (บรรทัด {error.lineno})",
            f"it is not valid JSON (line {error.lineno})",
        ) from error
    except (RecursionError, ValueError) as error:  # lists in lists, or a number without end
        raise _nested() from error


def _json_lines(text: str) -> list[object]:
    """Read one object per line; nothing where any line is none, or there is only one line."""
    lines = [line for line in text.split("\n") if line.strip()]
    try:
        records = [json.loads(line) for line in lines] if len(lines) > 1 else []
    except (RecursionError, ValueError):
        return []
    return records if all(isinstance(record, dict) for record in records) else []


def records_sheet(records: object, file: str, name: str, round_name: str) -> Sheet:
    """Lay a list of objects out as rows: their keys are the headings, object n is row n.

    The list may be the only one within an object, as in ``{"data": […], "count": 3}``.

    Raises:
        UnreadableFileError: Not a list of objects, or beyond a limit.
    """
    if isinstance(records, dict):
        within = [value for value in records.values() if isinstance(value, list) and value]
        records = within[0] if len(within) == 1 else records
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise UnreadableFileError(
            "JSON ต้องเป็นรายการของแถว เช่นไฟล์ที่ดาวน์โหลดจาก DMC",
            "the JSON must be a list of rows, as DMC's download is",
        )
    keys = list(dict.fromkeys(itertools.chain.from_iterable(records)))
    file_limits.check_cells(len(records) + 1, len(keys), 0, name)
    rows: list[list[Cell]] = [[plain_cell(key) for key in keys]]
    rows += [[plain_cell(record.get(key)) for key in keys] for record in records]
    return Sheet(file, name, rows, first_row=0, round_name=round_name)


def plain_cell(value: object) -> Cell:
    """A value of JSON as a cell; lists and objects as their text.

    Half a pair of UTF-16, which no file can hold, becomes a question mark; a number beyond
    64 bits stays text.
    """
    if isinstance(value, int) and abs(value) >= _LONGEST_INTEGER:
        return str(value)
    if isinstance(value, (int, float, bool)) or value is None:
        return value
    try:
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    except RecursionError as error:
        raise _nested() from error
    return _HALF_PAIR.sub("\ufffd", text)


def _nested() -> UnreadableFileError:
    return UnreadableFileError(
        "JSON ซ้อนกันลึกหรือมีตัวเลขยาวเกินไป", "its lists are nested or its numbers long beyond reading"
    )
