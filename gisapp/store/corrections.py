"""``corrections.csv`` of a round: what officers accepted, one line per cell."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from gisapp.core.corrections import Correction
from gisapp.core.rounds import Round
from gisapp.core.text import parse_date
from gisapp.errors import TableError
from gisapp.settings import Settings
from gisapp.store.geopackage import replacing
from gisapp.store.sheets import read_text

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


def corrections_file(settings: Settings, data_round: Round) -> Path:
    """Where a round's corrections stand."""
    return settings.rounds_dir / data_round.name / FILE_NAME


def read_corrections(settings: Settings, data_round: Round) -> list[Correction]:
    """Read a round's corrections in the order of their lines; none without the file.

    Raises:
        TableError: A line cannot be used; the message says which and why.
    """
    path = corrections_file(settings, data_round)
    if not path.is_file():
        return []
    reader = csv.DictReader(io.StringIO(read_text(path), newline=""))
    missing = [name for name in _NEEDED if name not in (reader.fieldnames or ())]
    if missing:
        raise _unusable(1, f"ไม่มีคอลัมน์ {', '.join(missing)}", f"no column {', '.join(missing)}")
    return [_correction(row, reader.line_num) for row in reader if any(row.values())]


def add_corrections(
    settings: Settings, data_round: Round, corrections: Sequence[Correction]
) -> Path:
    """Add lines to a round's corrections; what stands there stays.

    Raises:
        TableError: The file that is there cannot be used.
    """
    before = read_corrections(settings, data_round)
    path = corrections_file(settings, data_round)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(_row(correction) for correction in (*before, *corrections))
    with replacing(path) as part:
        part.write_bytes(text.getvalue().encode("utf-8-sig"))
    return path


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
    text = {name: (row.get(name) or "").strip() for name in COLUMNS}
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
