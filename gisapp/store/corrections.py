"""``corrections.csv`` of a round: what officers accepted, one line per cell."""

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

from gisapp.core.corrections import Correction
from gisapp.core.rounds import Round
from gisapp.core.text import parse_date, parse_number
from gisapp.errors import TableError, UnreadableFileError
from gisapp.settings import Settings
from gisapp.store.geopackage import replacing
from gisapp.store.person_data import refuse_line
from gisapp.store.text_sheets import first_line, read_text

FILE_NAME = "corrections.csv"

#: The contract's columns; the last two tell rows of one school apart.
COLUMNS = (
    "problem_id",
    "smis_code",
    "column",
    "old_value",
    "new_value",
    "reason",
    "by",
    "on",
    "file",
    "cell",
)
_NEEDED = ("smis_code", "column", "new_value", "reason", "by")

#: What a spreadsheet that opens the file would compute; an apostrophe before it says: a text.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def corrections_file(settings: Settings, data_round: Round) -> Path:
    """Where a round's corrections stand."""
    return settings.rounds_dir / data_round.name / FILE_NAME


def read_corrections(settings: Settings, data_round: Round) -> list[Correction]:
    """Read a round's corrections in the order of their lines; none without the file.

    Raises:
        TableError: A line cannot be used; the message says which and why.
        PersonDataError: A line holds data about persons.
    """
    path = corrections_file(settings, data_round)
    if not path.is_file():
        return []
    try:
        text = read_text(path)
    except UnreadableFileError as error:
        raise TableError(f"{FILE_NAME}: {error.th}", f"{FILE_NAME}: {error}") from error
    # Excel saves a CSV with the separator of the language of its computer.
    delimiter = max(",;\t", key=first_line(text).count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    missing = [name for name in _NEEDED if name not in (reader.fieldnames or ())]
    if missing:
        raise _unusable(1, f"ไม่มีคอลัมน์ {', '.join(missing)}", f"no column {', '.join(missing)}")
    lines = []
    for row in reader:
        cells = [str(cell) for cell in row.values() if cell]
        refuse_line(FILE_NAME, reader.line_num, cells, settings.key_pattern)
        if cells:
            lines.append(_correction(row, reader.line_num))
    return lines


def add_corrections(
    settings: Settings, data_round: Round, corrections: Sequence[Correction]
) -> Path:
    """Add lines to a round's corrections; what stands there stays.

    Raises:
        TableError: The file that is there cannot be used.
        PersonDataError: A line holds data about persons; none is added.
    """
    path = corrections_file(settings, data_round)
    # Read under the lock: what another command adds meanwhile must not be lost.
    with replacing(path) as part:
        before = read_corrections(settings, data_round)
        for number, line in enumerate(corrections, len(before) + 2):
            refuse_line(FILE_NAME, number, _row(line), settings.key_pattern)
        _write(part, [*before, *corrections])
    return path


def take_back_corrections(
    settings: Settings, data_round: Round, problem_id: str
) -> list[Correction]:
    """Take the lines that answer a problem out of a round's corrections; return them.

    Raises:
        TableError: The file that is there cannot be used.
        FileInUseError: It cannot be written.
    """
    if not any(line.problem_id == problem_id for line in read_corrections(settings, data_round)):
        return []
    with replacing(corrections_file(settings, data_round)) as part:
        lines = read_corrections(settings, data_round)
        _write(part, [line for line in lines if line.problem_id != problem_id])
    return [line for line in lines if line.problem_id == problem_id]


def accept_proposals(
    settings: Settings, data_round: Round, lines: Sequence[tuple[str, Correction]]
) -> None:
    """Add accepted lines to the round whose sheet each of them means.

    Args:
        settings: The office.
        data_round: The round that was checked.
        lines: (file of the problem, line); a file that was taken over begins with its round.

    Raises:
        TableError: A ``corrections.csv`` that is there cannot be used.
    """
    by_round: dict[str, list[Correction]] = {}
    for file, line in lines:
        before = file.rpartition("/")[0]
        by_round.setdefault(before or data_round.name, []).append(line)
    for name, own in by_round.items():
        add_corrections(settings, Round.parse(name), own)


def _write(path: Path, corrections: Sequence[Correction]) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(map(_as_text, _row(correction)) for correction in corrections)
    path.write_bytes(text.getvalue().encode("utf-8-sig"))


def _as_text(cell: str) -> str:
    """Return a cell as no spreadsheet computes it; schools' texts stand in the file."""
    return f"'{cell}" if _FORMULA.match(cell) and not _is_number(cell) else cell


def _as_was(cell: str) -> str:
    """Return what `_as_text` was given."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _is_number(cell: str) -> bool:
    """Tell a number, or a dash for none, from a formula."""
    try:
        parse_number(cell)
    except ValueError:
        return False
    return cell.isascii()


def _row(correction: Correction) -> tuple[str, ...]:
    return (
        correction.problem_id,
        correction.smis_code,
        correction.column,
        correction.old_value,
        correction.new_value,
        correction.reason,
        correction.by,
        correction.on.isoformat() if correction.on else "",
        correction.file,
        correction.cell,
    )


def _correction(row: dict[str, str | None], line: int) -> Correction:
    text = {name: _as_was((row.get(name) or "").strip()) for name in COLUMNS}
    for name in ("smis_code", "column", "reason", "by"):
        if not text[name]:
            raise _unusable(line, f"ไม่มี {name}", f"{name} is blank")
    try:
        on = parse_date(text["on"])
    except ValueError as error:
        raise _unusable(line, f"วันที่ “{text['on']}” ใช้ไม่ได้", str(error)) from error
    return Correction(
        problem_id=text["problem_id"],
        smis_code=text["smis_code"],
        column=text["column"],
        old_value=text["old_value"],
        new_value=text["new_value"],
        reason=text["reason"],
        by=text["by"],
        on=on,
        line=line,
        file=text["file"],
        cell=text["cell"],
    )


def _unusable(line: int, reason_th: str, reason_en: str) -> TableError:
    return TableError(
        f"{FILE_NAME} บรรทัด {line}: {reason_th}", f"{FILE_NAME} line {line}: {reason_en}"
    )
