"""Names of received files as people read them; some systems hand over bytes that are no text."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

#: How Windows in Thai writes names, and zips made there keep them.
_THAI_BYTES = "cp874"


def shown_name(path: Path) -> str:
    """Return a file's or folder's name as text that can be printed and written.

    A name whose bytes are not UTF-8 is read as Thai Windows writes it; what is not that either
    is shown by replacement characters. Where another file beside it bears that name already,
    it is followed by `` (2)``.
    """
    if _is_text(path.name):
        return path.name
    written = os.fsencode(path.name)
    try:
        name = written.decode(_THAI_BYTES)
    except UnicodeDecodeError:
        name = written.decode("utf-8", errors="replace")
    if path.with_name(name).exists():
        shown = Path(name)
        name = f"{shown.stem} (2){shown.suffix}"
    return name


@contextmanager
def under_shown_name(path: Path) -> Iterator[Path]:
    """Give a path to the file whose name every library can open.

    Usually the file itself; else a copy of it, with the parts of a Shapefile beside it, which
    is gone afterwards.

    Raises:
        OSError: The file cannot be read.
    """
    if _is_text(path.name):
        yield path
        return
    shown, stem = Path(shown_name(path)), f"{path.stem}."
    with tempfile.TemporaryDirectory() as folder:
        for beside in path.parent.iterdir() if path.suffix.lower() == ".shp" else ():
            if beside.name.startswith(stem):
                shutil.copyfile(beside, Path(folder) / f"{shown.stem}.{beside.name[len(stem) :]}")
        shutil.copyfile(path, Path(folder) / shown.name)
        yield Path(folder) / shown.name


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
