"""One finding about one cell, row or file, with the place to find it again."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeVar

from gisapp.core.findings import FINDINGS, Finding

T = TypeVar("T")

BLOCK, WARN, NOTE = "block", "warn", "note"
SEVERITIES = (BLOCK, WARN, NOTE)


@dataclass(frozen=True)
class Problem:
    """Something wrong or doubtful in what was received.

    Attributes:
        kind: Key of `FINDINGS`, which holds severity, sentences and advice.
        file, sheet: Where; `sheet` is empty for files that have none.
        row: Row number as the sheet itself counts; None when it concerns all of it.
        column: Heading as written in the sheet; empty when it concerns the row.
        cell: Address such as ``D14``, for people who look it up; empty when unknown.
        key: School code, village code or whatever names the row; part of the identity.
        value: What stands there.
        pupils: Pupils of this row that are in no layer because of this problem.
        facts: Words for the sentences, such as a distance or the expected sum.
        lon, lat: Where on the map, degrees; None without a place.
    """

    kind: str
    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    cell: str = ""
    key: str = ""
    value: str = ""
    pupils: int = 0
    facts: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    lon: float | None = None
    lat: float | None = None

    @property
    def finding(self) -> Finding:
        """The kind's severity and texts."""
        return FINDINGS[self.kind]

    @property
    def severity(self) -> str:
        """How much it matters: block, warn or note."""
        return self.finding.severity

    @property
    def problem_id(self) -> str:
        """Identity that outlives row moves: kind, file, sheet, key, column, value."""
        parts = (self.kind, self.file, self.sheet, self.key, self.column, self.value)
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]

    def message(self, language: str) -> str:
        """Say what was found, in Thai (``th``) or English (``en``)."""
        text = self.finding.th if language == "th" else self.finding.en
        return text.format_map(self._words())

    def advice(self, language: str) -> str:
        """Say what to do about it."""
        text = self.finding.advice_th if language == "th" else self.finding.advice_en
        return text.format_map(self._words())

    @property
    def place(self) -> str:
        """File, sheet and cell or row, the way an officer would look for it."""
        spot = self.cell or (str(self.row) if self.row is not None else "")
        return " · ".join(part for part in (self.file, self.sheet, spot) if part)

    def _words(self) -> dict[str, object]:
        return {"key": self.key, "value": self.value, "column": self.column, **self.facts}


class ProblemList(list[Problem]):
    """Problems as they are found, step after step."""

    def keep(self, step: tuple[T, list[Problem]]) -> T:
        """Take over a step's problems and hand on what it made."""
        made, problems = step
        self.extend(problems)
        return made
