"""What the sheets of an xls hold, counted before it is read.

The format ends at 65,536 rows and 256 columns, but its records can name any place, and calamine
believes the lengths that they state.

Source: [MS-XLS] 2.4 (records); the numbers below are theirs.
"""

import struct

from gisapp.store import file_limits
from gisapp.store.compound_files import read_streams
from gisapp.store.packages import damaged

_BEGIN, _SIZE, _TEXTS = 0x0809, 0x0200, 0x00FC
_ROWS, _COLUMNS = 65_536, 256
#: Records of a cell that holds something: formulas, numbers, texts, truths and errors.
_CELLS = frozenset({0x0006, 0x0206, 0x0406, 0x0203, 0x0204, 0x0205, 0x00D6, 0x00FD, 0x027E})
_NUMBERS_IN_A_ROW = 0x00BD


def scan_xls(content: bytes) -> None:
    """Refuse a workbook whose records pass the limits.

    Raises:
        UnreadableFileError: Too large, damaged, or no workbook.
    """
    streams = read_streams(content)
    book = streams.get("Workbook", streams.get("Book"))
    if book is None:
        raise damaged()
    try:
        _scan_records(book)
    except struct.error as error:
        raise damaged() from error


def _scan_records(book: bytes) -> None:
    at = rows = columns = before = 0
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, at)
        at += 4
        if kind in _CELLS or kind == _NUMBERS_IN_A_ROW:
            row, column = struct.unpack_from("<HH", book, at)
            if kind == _NUMBERS_IN_A_ROW:
                (column,) = struct.unpack_from("<H", book, at + length - 2)
            rows, columns = max(rows, row + 1), max(columns, column + 1)
        elif kind == _BEGIN:
            before = file_limits.check_cells(rows, columns, before, "")
            rows = columns = 0
        elif kind == _SIZE and length >= 12:
            _, last_row, _, last_column = struct.unpack_from("<IIHH", book, at)
            if last_row > _ROWS or last_column > _COLUMNS:
                raise damaged()
        elif kind == _TEXTS:
            _, texts = struct.unpack_from("<II", book, at)
            if texts > len(book):
                raise damaged()
        at += length
    file_limits.check_cells(rows, columns, before, "")
