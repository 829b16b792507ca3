"""Text files that gisapp writes: CSV in the encodings offices use, JSON, and bare lines."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from gisapp.core.text import Cell


def write_csv(rows: Sequence[Sequence[Cell]], path: Path, encoding: str = "utf-8-sig") -> None:
    """Write rows as CSV with Windows line ends, as Excel saves it; None is an empty cell.

    Raises:
        UnicodeEncodeError: The encoding (such as cp874) lacks a character.
    """
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    _write_text(text.getvalue(), path, encoding)


def write_records(records: Sequence[Mapping[str, str]], path: Path) -> None:
    """Write objects as a JSON array, one key a line, as the DMC download has it."""
    _write_text(json.dumps(list(records), ensure_ascii=False, indent=0), path, "utf-8")


def write_lines(lines: Sequence[str], path: Path, encoding: str = "utf-8-sig") -> None:
    """Write lines of text with Windows line ends."""
    _write_text("".join(f"{line}\r\n" for line in lines), path, encoding)


def _write_text(text: str, path: Path, encoding: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(encoding))
