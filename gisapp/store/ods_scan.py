"""What the sheets of an ods hold, counted before it is read.

OpenDocument repeats: one short row may stand for a million. Blank ones cost nothing.
"""

import re
from dataclasses import dataclass

from gisapp.store import file_limits
from gisapp.store.packages import damaged
from gisapp.store.xlsx_scan import Chunks

#: Tags longer than this are no sheet's.
_LONGEST_TAG = 4 << 20
_TAG = re.compile(
    rb"<(?:[\w-]+:)?(table|table-row|table-cell|covered-table-cell)(?=[\s/>])([^>]*?)(/?)>"
)
_REPEATED = re.compile(rb"""number-(?:rows|columns)-repeated\s*=\s*["'](\d{1,9})["']""")


def scan_ods(chunks: Chunks) -> None:
    """Refuse a workbook whose filled cells, repeated as often as it says, pass the limits.

    Raises:
        UnreadableFileError: Too large, or not the XML of sheets.
    """
    rest = b""
    count = _Count()
    with chunks() as opened:
        for chunk in opened:
            piece = rest + chunk
            end = piece.rfind(b"<")
            if end <= 0 and len(piece) > _LONGEST_TAG:
                raise damaged()
            rest = piece[max(end, 0) :]
            for found in _TAG.finditer(piece, 0, max(end, 0)):
                count.add(*found.groups())


@dataclass
class _Count:
    """Where the sheet's XML has come to, and the cells of the sheets before it."""

    row: int = 0
    column: int = 0
    before: int = 0
    whole: int = 0
    tags: int = 0

    def add(self, kind: bytes, attributes: bytes, closed: bytes) -> None:
        """Take in a tag; refuse the cell that lies beyond the limits."""
        self.tags += 1
        file_limits.check_elements(self.tags)
        if kind == b"table":
            self.row = self.column = 0
            self.before = self.whole
        elif kind == b"table-row":
            self.row, self.column = self.row + _repeated(attributes), 0
        else:
            self.column += _repeated(attributes)
            if not closed or b"value" in attributes:
                whole = file_limits.check_cells(self.row, self.column, self.before, "")
                self.whole = max(self.whole, whole)


def _repeated(attributes: bytes) -> int:
    found = _REPEATED.search(attributes)
    return int(found[1]) if found else 1
