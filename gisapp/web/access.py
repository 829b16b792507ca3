"""Who may see which column of which layer. What is not listed is not shown to anybody."""

import functools
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gisapp.errors import TableError

PUBLIC, OFFICE = "public", "office"


@dataclass(frozen=True)
class Access:
    """What the readers of one running service may see; hashable, so that answers can be kept.

    Attributes:
        layers: (layer, its columns); a layer that is not here does not exist for them.
    """

    layers: tuple[tuple[str, frozenset[str]], ...]

    @functools.cached_property
    def mark(self) -> str:
        """Return a short text that differs where readers may see something else."""
        told = repr([(layer, sorted(columns)) for layer, columns in self.layers])
        return hashlib.sha256(told.encode()).hexdigest()[:12]

    def of(self, layer: str) -> frozenset[str]:
        """Return the columns of a layer that may be shown; empty where nothing may."""
        return dict(self.layers).get(layer, frozenset())


def access_from(rows: Iterable[Mapping[str, str]], *, office_pages: bool) -> Access:
    """Read the rows of ``access.csv``; office rows count only where office pages are served.

    Raises:
        TableError: A row names no layer or column, or somebody other than public and office.
    """
    columns: dict[str, set[str]] = {}
    for number, row in enumerate(rows, 2):
        layer, column, who = (str(row.get(key) or "").strip() for key in ("layer", "column", "who"))
        if not layer or not column or who not in (PUBLIC, OFFICE):
            raise TableError(
                f"access.csv แถว {number}: ต้องมี layer, column และ who เป็น public หรือ office "
                f"(พบ “{who}”)",
                f"access.csv row {number}: needs layer, column, and who as public or office "
                f"(found '{who}')",
            )
        if who == PUBLIC or office_pages:
            columns.setdefault(layer, set()).add(column)
    return Access(tuple((layer, frozenset(names)) for layer, names in sorted(columns.items())))
