"""What the last check of a round found, read from its check file."""

import functools
import hashlib
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree

from gisapp.core.problem_filter import CorrectionRow, ProblemRow, in_order
from gisapp.core.profile_rows import School
from gisapp.core.rounds import Round
from gisapp.errors import NotCheckedError
from gisapp.settings import Settings
from gisapp.store.file_names import shown_name
from gisapp.store.marked_copies import copy_name
from gisapp.store.published import Columns, LayerFile, connection, file_now, read_rows, rounds_named
from gisapp.store.rounds import list_rounds
from gisapp.store.sheets import received_files


def rounds_to_check(settings: Settings) -> tuple[Round, ...]:
    """Return every round that has received files or was checked, oldest first."""
    files = settings.layers_dir.glob("*-check.gpkg")
    checked = rounds_named(path.name.removesuffix("-check.gpkg") for path in files)
    return tuple(sorted({*list_rounds(settings), *checked}))


def check_file(settings: Settings, data_round: Round) -> LayerFile | None:
    """Return the check file of a round as it stands now; None before its first check."""
    try:
        return file_now(settings.check_file(data_round.name))
    except FileNotFoundError:
        return None


@functools.lru_cache(maxsize=16)
def read_problems(file: LayerFile, allowed: Columns = None) -> tuple[ProblemRow, ...]:
    """Return the problems of a check, worst first."""
    return in_order(read_rows(file, "problems", ProblemRow, allowed))


def read_applied(file: LayerFile, allowed: Columns = None) -> tuple[CorrectionRow, ...]:
    """Return the corrections that the check found applied."""
    return read_rows(file, "corrections", CorrectionRow, allowed)


@functools.lru_cache(maxsize=16)
def read_checked_schools(file: LayerFile, allowed: Columns = None) -> dict[str, School]:
    """Return the schools of a check by code: the draft, published or not."""
    return {row.smis_code: row for row in read_rows(file, "schools", School, allowed)}


@functools.lru_cache(maxsize=32)
def read_statements(file: LayerFile) -> dict[str, str]:
    """Return what layers state about themselves: when, from which files, by which criteria.

    Raises:
        RoundNotFoundError: The file has gone.
        UnreadableFileError: It is no file that a build or a check wrote.
    """
    with connection(file) as opened:
        rows = opened.execute("SELECT metadata FROM gpkg_metadata").fetchall()
    # Our own file: nothing from outside is parsed here.
    items = [item for (text,) in rows for item in ElementTree.fromstring(text)]  # noqa: S314
    return {item.get("name", ""): item.text or "" for item in items}


def checked_at(file: LayerFile) -> datetime:
    """Return when the check was made, UTC."""
    return datetime.fromisoformat(read_statements(file)["checked_on"])


def changed_files(settings: Settings, data_round: Round, file: LayerFile) -> tuple[str, ...]:
    """Return the received files that are not as the check read them: new, or changed since."""
    folder = settings.rounds_dir / data_round.name
    stated = read_statements(file)
    return tuple(
        name
        for name, path in _received(folder).items()
        if stated.get(f"source {name}") != _digest_now(path)
    )


def is_changed(settings: Settings, data_round: Round, file: LayerFile, name: str) -> bool:
    """Tell whether one file differs from what the check read, or has gone.

    Args:
        settings: The office.
        data_round: The round that was checked.
        file: Its check file.
        name: As problems state it; a file that was taken over begins with its round.
    """
    stated = read_statements(file).get(f"source {name}")
    if stated is None:
        return False  # about no file, such as a form that nobody sent
    before, _, bare = name.rpartition("/")
    path = _received(settings.rounds_dir / (before or data_round.name)).get(bare)
    return path is None or stated != _digest_now(path)


def _received(folder: Path) -> dict[str, Path]:
    """Received files by the names under which they are shown."""
    files = received_files(folder) if folder.is_dir() else []
    return {shown_name(path): path for path in files}


def marked_copy(settings: Settings, data_round: Round, name: str) -> Path:
    """Return the path of a received sheet's marked copy.

    Raises:
        NotCheckedError: There is no such copy; a name that climbs out is never one.
    """
    path = _workbook_in(settings.copies_dir(data_round.name), name)
    if path is not None:
        return path
    raise NotCheckedError(
        f"ไม่มีสำเนาของ {name} ในรอบ {data_round} ตรวจรอบนี้ใหม่แล้วลองอีกครั้ง",
        f"there is no copy of {name} in round {data_round}; check the round again",
    )


def marked_copy_name(settings: Settings, data_round: Round, file: str) -> str:
    """Return the name of a received file's marked copy; "" where it has none."""
    folder = settings.copies_dir(data_round.name)
    if not file or "/" in file:
        return ""  # of another round, or of no file
    name = copy_name(file)
    return name if (folder / name).is_file() else ""


def school_file(settings: Settings, data_round: Round, smis_code: str) -> Path | None:
    """Return the path of the workbook that goes to a school; None where none is up to date.

    One that is older than the last check would ask for what may be mended already.
    """
    folder = settings.school_files_dir(data_round.name)
    path, check = _workbook_in(folder, f"{smis_code}.xlsx"), check_file(settings, data_round)
    new = path and check and path.stat().st_mtime_ns >= check.changed_ns
    return path if new else None


def problem_book(settings: Settings, data_round: Round) -> Path:
    """Return the path of a round's problem workbook.

    Raises:
        NotCheckedError: The round has not been checked.
    """
    path = settings.problem_book(data_round.name)
    if path.is_file():
        return path
    raise NotCheckedError(
        f"ยังไม่มีสมุดปัญหาของรอบ {data_round} ตรวจรอบนี้ก่อน",
        f"there is no problem workbook of round {data_round}; check it first",
    )


def _workbook_in(folder: Path, name: str) -> Path | None:
    """Return a workbook of a folder by name.

    The name is compared with those that are there; no path is ever made from it.
    """
    found = (path for path in folder.glob("*.xlsx")) if folder.is_dir() else ()
    return next((path for path in found if path.name == name and path.is_file()), None)


def _digest_now(path: Path) -> str:
    """Return a received file's checksum as a check file states it."""
    status = path.stat()
    return f"sha256 {_digest(path, status.st_mtime_ns, status.st_size)}"


@functools.lru_cache(maxsize=256)
def _digest(path: Path, changed_ns: int, size: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
