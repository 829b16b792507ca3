"""What a sheet of an xlsx holds, found in one pass over its XML, before it is read.

calamine lays a sheet out as one block from its first cell to its last: a single cell in the last
corner would ask for 400 GB. It also reads error values and formulas without a result as
blank. Both are seen here at the speed of unpacking; only odd sheets are looked at twice.
"""

import html
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from gisapp.errors import UnreadableFileError
from gisapp.store import file_limits
from gisapp.store.packages import damaged

Bytes = NDArray[np.uint8]
#: Opens the XML of a sheet anew, to be read piece by piece and closed.
Chunks = Callable[[], AbstractContextManager[Iterator[bytes]]]


@dataclass
class SheetScan:
    """What stands in a sheet.

    Attributes:
        rows, columns: From A1 to the last cell; blank cells with a format may count.
        cells: How many cells have an element of their own.
        unread: (row, column), from 0, -> text of each error value, and ``=`` for a formula
            without a result.
    """

    rows: int = 0
    columns: int = 0
    cells: int = 0
    unread: dict[tuple[int, int], str] = field(default_factory=dict)

    def widen(self, rows: int, columns: int, cells: int) -> None:
        """Take in another piece of the sheet."""
        self.rows, self.columns = max(self.rows, rows), max(self.columns, columns)
        self.cells += cells


#: A cell's reference is at most ``XFD1048576``; with ``="`` before it that makes 12 characters.
_LONGEST_REFERENCE = 12
#: An element longer than this is no sheet's. Cells hold at most 32,767 characters.
_LONGEST_ELEMENT = 4 << 20

_ROW_OR_CELL = re.compile(rb"<(?:\w+:)?(row|c)\b([^>]*?)(/?)>")
_CELL_START = re.compile(rb"<(?:\w+:)?c\b")
_REFERENCE = re.compile(rb"""\br\s*=\s*["']([^"']*)""")
_ADDRESS = re.compile(rb"([A-Za-z]{0,3})(\d{1,7})")
#: A cell with an error value.
_ERROR = re.compile(
    rb'<(?:\w+:)?c\b[^>]*\bt="e"[^>]*>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)<', re.DOTALL
)
#: A formula that ends its cell without a result, or with an empty one.
_NO_RESULT = re.compile(
    rb"<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>)\s*(?:<v\s*/>|<v></v>)?\s*</"
)


def scan_sheet(chunks: Chunks, name: str, before: int) -> SheetScan:
    """Look through a sheet and refuse it where it passes the limits.

    Args:
        chunks: Gives the sheet's XML piece by piece, each time anew.
        name: The sheet's, for the sentence.
        before: Cells of the sheets before it.

    Raises:
        UnreadableFileError: Too large, or not the XML of a sheet.
    """
    scan = SheetScan()
    plain = True
    with chunks() as opened:
        for piece in _pieces(opened):
            plain = _scan_piece(piece, scan)
            if not plain or not _is_small(scan, before):
                break
    if not plain:
        scan = _scan_in_order(chunks)
    elif not _is_small(scan, before):
        # Formats on blank cells reach to the end of many sheets: count what holds something.
        scan = SheetScan()
        with chunks() as opened:
            for piece in _pieces(opened):
                _scan_piece(piece, scan, only_filled=True)
    file_limits.check_cells(scan.rows, scan.columns, before, name)
    file_limits.check_elements(before + scan.cells)
    return scan


def _is_small(scan: SheetScan, before: int) -> bool:
    narrow = scan.columns <= file_limits.COLUMNS
    return narrow and before + max(scan.rows * scan.columns, scan.cells) <= file_limits.CELLS


def _pieces(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Cut a sheet's XML behind cells and rows, so that no cell is parted.

    Raises:
        UnreadableFileError: An element without end.
    """
    rest, merged = b"", 0
    for chunk in chunks:
        piece = rest + chunk
        end = max(piece.rfind(b"c>"), piece.rfind(b"row>"))
        end = piece.find(b">", end) + 1 if end >= 0 else 0
        if not end and len(piece) > _LONGEST_ELEMENT:
            end = piece.rfind(b"<")
            if end <= 0:
                raise damaged()
        rest = piece[end:]
        if end:
            merged += piece.count(b"mergeCell ", 0, end)
            yield piece[:end]
        if merged > file_limits.MERGED:
            raise file_limits.too_large(
                f"มีช่องที่ผสานเกิน {file_limits.MERGED:,} แห่ง",
                f"it has more than {file_limits.MERGED:,} merged ranges",
            )
    yield rest


def _scan_piece(piece: bytes, scan: SheetScan, *, only_filled: bool = False) -> bool:
    """Take in a piece by the references of its cells; False where cells do without them."""
    letters = np.frombuffer(piece + bytes(_LONGEST_REFERENCE + 1), dtype=np.uint8)
    tags = np.flatnonzero(letters == ord("<"))
    first, second = letters[tags + 1], letters[tags + 2]
    starts = (first == ord("c")) & _ends_name(second)
    colons = np.flatnonzero(letters == ord(":"))
    # Names with a prefix, <x:row> and <x:c>; xmlns:r="…" is none.
    first_of, second_of = letters[colons + 1], letters[colons + 2]
    named = (first_of == ord("c")) & _ends_name(second_of)
    named |= (first_of == ord("r")) & (second_of == ord("o"))
    equals = np.flatnonzero(letters == ord("="))
    name, value = letters[equals - 1], letters[equals + 2]
    rows, columns, at = _references(letters, equals[name == ord("r")])
    if named.any() or len(at) != np.count_nonzero(starts):
        return False
    if np.any((name == ord("t")) & (value == ord("e"))):
        _find_errors(piece, scan)
    if np.any(first == ord("f")):
        _find_formulas(piece, scan)
    if only_filled:
        filled = _is_filled(letters, at)
        rows, columns = rows[filled], columns[filled]
    if len(rows):
        scan.widen(int(rows.max()), int(columns.max()), len(rows))
    return True


def _ends_name(letter: Bytes) -> NDArray[np.bool_]:
    ends: NDArray[np.bool_] = (letter == ord(" ")) | (letter == ord(">")) | (letter == ord("/"))
    return ends


def _references(
    letters: Bytes, equals: NDArray[np.intp]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.intp]]:
    """Read the cells' references behind these equals signs: row and column from 1, and where."""
    rows, columns = np.zeros(len(equals), dtype=np.int64), np.zeros(len(equals), dtype=np.int64)
    reading = (letters[equals + 1] == ord('"')) & (letters[equals - 2] <= ord(" "))
    for step in range(2, _LONGEST_REFERENCE):
        letter = letters[equals + step]
        digit = letter - ord("0")  # of bytes: what is below wraps to above
        place = (letter | 0x20) - ord("a")
        is_digit = reading & (digit < 10)
        is_letter = reading & (place < 26) & (rows == 0)
        rows = np.where(is_digit, rows * 10 + digit, rows)
        columns = np.where(is_letter, columns * 26 + place + 1, columns)
        reading = is_digit | is_letter
        if not reading.any():
            break
    of_cells = (rows > 0) & (columns > 0)
    return rows[of_cells], columns[of_cells], equals[of_cells]


def _is_filled(letters: Bytes, at: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Tell which cells, by a place in their tags, hold anything: ``<c r="A1"/>`` does not."""
    ends = np.flatnonzero(letters == ord(">"))
    end = ends[np.minimum(np.searchsorted(ends, at), max(len(ends) - 1, 0))] if len(ends) else at
    closed = letters[end - 1] == ord("/")
    empty = (letters[end + 1] == ord("<")) & (letters[end + 2] == ord("/"))
    filled: NDArray[np.bool_] = ~(closed | empty)
    return filled


def _scan_in_order(chunks: Chunks) -> SheetScan:
    """Count rows and cells one after the other, for sheets whose cells carry no references."""
    scan = SheetScan()
    row = column = 0
    with chunks() as opened:
        for piece in _pieces(opened):
            _find_errors(piece, scan)
            _find_formulas(piece, scan)
            for found in _ROW_OR_CELL.finditer(piece):
                kind, attributes, closed = found.groups()
                below, beside = _address(attributes)
                if kind == b"row":
                    row, column = below or row + 1, 0
                    scan.cells += 1
                    continue
                row, column = (below, beside) if below and beside else (row, column + 1)
                if not closed:
                    scan.widen(row, column, 1)
            file_limits.check_elements(scan.cells)
    return scan


def _address(attributes: bytes) -> tuple[int, int]:
    """Row and column from 1 of a tag's reference; 0 for what it does not state.

    Raises:
        UnreadableFileError: Something that is no reference, which others may read as any number.
    """
    written = _REFERENCE.search(attributes)
    if not written:
        return 0, 0
    found = _ADDRESS.fullmatch(written[1])
    if not found:
        raise damaged()
    return int(found[2]), _number(found[1])


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def _find_errors(piece: bytes, scan: SheetScan) -> None:
    """Find error values, which calamine reads as blank."""
    for found in _ERROR.finditer(piece):
        _keep(scan, found[0], html.unescape(found[1].decode("utf-8", "replace")))


def _find_formulas(piece: bytes, scan: SheetScan) -> None:
    """Find formulas without a result, which calamine reads as blank."""
    for found in _NO_RESULT.finditer(piece):
        cell = piece[piece.rfind(b"<", 0, found.start()) : found.start()]
        # A formula whose result is an empty text has been computed: =IF(A1="";"";A1).
        if _CELL_START.match(cell) and (b't="str"' not in cell or b"<v" not in found[0]):
            _keep(scan, cell, "=")


def _keep(scan: SheetScan, cell: bytes, text: str) -> None:
    row, column = _address(cell[: cell.find(b">")])
    if row and column:
        scan.unread[row - 1, column - 1] = text
    elif text == "=":
        raise UnreadableFileError(
            "มีสูตรที่ยังไม่มีผลลัพธ์", "a cell in it holds a formula without a result"
        )
