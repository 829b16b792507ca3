"""The four size classes as the office's own table words them, for legends and headings."""

import functools
from dataclasses import dataclass

from gisapp.settings import Settings
from gisapp.store.bundled import criteria_dir
from gisapp.store.tables import read_criteria, read_size_classes

#: Scheme of the table that the pages show.
_SCHEME = "size_class_4"


@dataclass(frozen=True)
class SizeText:
    """One class: its names, and the pupils of its smallest and largest school.

    Attributes:
        label_th, label_en: Names; empty where the office wrote none.
        least, most: Pupils; `most` is None where there is no upper limit.
    """

    label_th: str
    label_en: str
    least: int
    most: int | None


def size_texts(settings: Settings) -> dict[str, SizeText]:
    """Return class -> its words and limits, as the table stands now.

    Raises:
        TableError: The table cannot be used.
    """
    own = settings.criteria_dir / "size_classes.csv"
    path = own if own.is_file() else criteria_dir() / own.name
    status = path.stat()
    return _read(settings, (str(path), status.st_mtime_ns, status.st_size))


@functools.lru_cache(maxsize=8)
def _read(settings: Settings, _stamp: tuple[str, int, int]) -> dict[str, SizeText]:
    """Read the table; the same file, unchanged, is read once."""
    limits = {
        size.name: (size.least, size.most)
        for size in read_size_classes(settings)
        if size.scheme == _SCHEME
    }
    return {
        row["class"]: SizeText(
            (row.get("label_th") or "").strip(),
            (row.get("label_en") or "").strip(),
            *limits[row["class"]],
        )
        for row in read_criteria(settings, "size_classes")
        if row["scheme"] == _SCHEME
    }
