"""Workbooks whose text is only text, written in two thirds of the usual time."""

import re
from pathlib import Path
from typing import Any, BinaryIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import CellBlankTuple, CellNumberTuple, CellStringTuple, Worksheet

_MOST_COLUMNS = 16_384
_LETTERS = tuple(map(xl_col_to_name, range(_MOST_COLUMNS)))

#: What a text must be escaped for, or keeps its blanks for; most texts have nothing of it.
_SPECIAL = re.compile("[&<>\\x00-\\x1f\ufffe\uffff]|_x[0-9a-fA-F]{4}_|^\\s|\\s$")

_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}

_QUICK = (CellNumberTuple, CellStringTuple, CellBlankTuple)


class PlainSheet(Worksheet):  # type: ignore[misc]  # xlsxwriter has no types
    """A sheet that takes cells by row and column only, and no text for markup.

    xlsxwriter writes a text from ``<r>`` to ``</r>`` as it stands, as if it were markup of its
    own: one such cell of a received sheet would make a workbook that no program opens.
    """

    def write_string(
        self, row: int, col: int, string: str, cell_format: Format | None = None
    ) -> None:
        """Write a text, whatever stands in it; row and column count from 0."""
        if string.startswith("<r>"):
            # In pieces, which are escaped; read back they are one text again.
            style = () if cell_format is None else (cell_format,)
            self.write_rich_string(row, col, *string[:2], string[2:], *style)
        else:
            self._write_string(row, col, string, cell_format)

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        """Leave out the search for functions newer than the format: ours only links to a cell."""
        return formula.removeprefix("=")

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        """Write the XML of a cell.

        Where nothing needs escaping this leaves out most of xlsxwriter's way through a cell; all
        else goes that way. Should xlsxwriter lose this method, cells are written as before.
        """
        kind = type(cell)
        style = cell.format if kind in _QUICK else None
        if style is None:
            super()._write_cell(row, col, cell)
            return
        start = f'<c r="{_LETTERS[col]}{row + 1}" s="{style._get_xf_index()}"'
        if kind is CellNumberTuple:
            self.fh.write(f"{start}><v>{cell.number:.16G}</v></c>")
        elif kind is CellBlankTuple:
            self.fh.write(f"{start}/>")
        elif not self.constant_memory:  # the text's place in the table of all texts
            self.fh.write(f'{start} t="s"><v>{cell.string}</v></c>')
        elif _SPECIAL.search(cell.string):
            super()._write_cell(row, col, cell)
        else:
            self.fh.write(f'{start} t="inlineStr"><is><t>{cell.string}</t></is></c>')


class PlainBook(xlsxwriter.Workbook):  # type: ignore[misc]  # xlsxwriter has no types
    """A workbook of plain sheets."""

    worksheet_class = PlainSheet


def new_book(target: Path | BinaryIO, *, in_order: bool) -> PlainBook:
    """Start a workbook whose text is never taken for formulas, addresses, numbers or markup.

    Args:
        target: Where it is written when it is closed: a file's path, or memory.
        in_order: Every sheet is written row by row, so that few of them stay in memory.
    """
    place = str(target) if isinstance(target, Path) else target
    return PlainBook(place, {**_OPTIONS, "constant_memory": in_order})
