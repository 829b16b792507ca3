"""Files handed over on a page: kept apart until the worker has read them."""

import secrets
import shutil
from collections.abc import Collection, Sequence
from pathlib import Path

from gisapp.errors import UploadRefusedError
from gisapp.settings import Settings
from gisapp.store.geopackage import replacing

#: Most files at once, and most bytes of all of them: an office's schools, twice over.
MOST_FILES, MOST_BYTES = 250, 32_000_000

#: What every XLSX begins with.
_ZIP = b"PK\x03\x04"


def keep_uploads(settings: Settings, files: Sequence[tuple[str, bytes]]) -> str:
    """Keep the files that somebody handed over, and return the name of their folder.

    Their own names are written down and never used as a path.

    Args:
        settings: The office.
        files: (name, content).

    Raises:
        UploadRefusedError: None, too many, or one that is no XLSX; nothing is kept.
        FileInUseError: A file cannot be written.
    """
    if not 0 < len(files) <= MOST_FILES:
        raise UploadRefusedError(
            f"เลือกไฟล์ที่โรงเรียนส่งกลับ 1 ถึง {MOST_FILES} ไฟล์",
            f"choose 1 to {MOST_FILES} files that schools sent back",
        )
    for name, content in files:
        if not name.lower().endswith(".xlsx") or not content.startswith(_ZIP):
            raise UploadRefusedError(
                f"{name} ไม่ใช่ไฟล์ .xlsx ที่ส่งให้โรงเรียน จึงไม่ได้รับไฟล์ใด",
                f"{name} is no .xlsx that was sent to a school; no file was taken",
            )
    batch = secrets.token_hex(8)
    for number, (name, content) in enumerate(files):
        with replacing(_incoming(settings) / batch / f"{number:03}.xlsx") as part:
            part.write_bytes(content)
        with replacing(_incoming(settings) / batch / f"{number:03}.txt") as part:
            part.write_text(name, encoding="utf-8", errors="replace")
    return batch


def uploads(settings: Settings, batch: str) -> list[tuple[str, Path]]:
    """Return the files of one folder in the order they came: (name that each had, path)."""
    paths = sorted((_incoming(settings) / batch).glob("*.xlsx"))
    return [(path.with_suffix(".txt").read_text(encoding="utf-8"), path) for path in paths]


def discard_uploads(settings: Settings, batch: str) -> None:
    """Remove one folder: what was taken over stands with the round's returned files."""
    shutil.rmtree(_incoming(settings) / batch, ignore_errors=True)


def discard_uploads_except(settings: Settings, batches: Collection[str]) -> None:
    """Remove the folders that no waiting job needs, such as those of a server that was killed."""
    folder = _incoming(settings)
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name not in batches:
            discard_uploads(settings, path.name)


def _incoming(settings: Settings) -> Path:
    return settings.office_dir / "data" / "returned" / "incoming"
