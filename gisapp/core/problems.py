"""One finding about one cell, row or file, with the place to find it again."""

import datetime
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TypeVar

from gisapp.core.findings import FINDINGS, Finding

T = TypeVar("T")

BLOCK, WARN, NOTE = "block", "warn", "note"
SEVERITIES = (BLOCK, WARN, NOTE)


@dataclass(frozen=True)
class Acknowledgement:
    """An officer's word that a problem may stand, for that value only.

    Attributes:
        fingerprint: `Problem.fingerprint` at that time; another one is another problem.
    """

    problem_id: str
    fingerprint: str
    reason: str
    by: str
    on: datetime.date


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
        proposal: Our column -> the text that its cell would hold under the likely reading;
            empty where there is none. The facts ``why_th`` and ``why_en`` say why it is likely.
        received: The same columns -> what their cells hold now.
        lon, lat: Where on the map, degrees; None without a place.
        acknowledged: Who accepted it, and why; None for an open problem.
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
    proposal: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    received: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    lon: float | None = None
    lat: float | None = None
    acknowledged: Acknowledgement | None = None

    @property
    def finding(self) -> Finding:
        """The kind's severity and texts."""
        return FINDINGS[self.kind]

    @property
    def severity(self) -> str:
        """How much it matters: block, warn or note."""
        return self.finding.severity

    @property
    def school(self) -> str:
        """Code of the school whose row it is, as far as the key tells."""
        return self.key.partition(" ")[0]

    @property
    def names_no_school(self) -> bool:
        """Whether the very trouble is that no school has the code."""
        return self.kind in ("bad_code", "unmatched_code") or self.kind.endswith("_unmatched")

    @property
    def blocks(self) -> bool:
        """Whether the round may not be published because of it."""
        return self.severity == BLOCK and self.acknowledged is None

    @property
    def problem_id(self) -> str:
        """Identity that outlives row moves: kind, file, sheet, key, column, value."""
        parts = (self.kind, self.file, self.sheet, self.key, self.column, self.value)
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]

    @property
    def fingerprint(self) -> str:
        """What an acknowledgement holds for: the problem and every figure it states.

        A total that stays while its parts change is another fault.
        """
        facts = sorted((name, str(fact)) for name, fact in self.facts.items())
        text = "\x1f".join((self.problem_id, str(self.pupils), repr(facts)))
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @property
    def changes(self) -> dict[str, tuple[str, str]]:
        """Our column -> (text of its cell as received, text proposed); empty without a proposal."""
        return {
            column: (self.received.get(column, ""), new) for column, new in self.proposal.items()
        }

    def why(self, language: str) -> str:
        """Say why the proposed reading is likely; empty without one."""
        return str(self.facts.get(f"why_{language}", "")) if self.proposal else ""

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


def acknowledge(
    problems: Sequence[Problem], acknowledgements: Sequence[Acknowledgement]
) -> list[Problem]:
    """Give problems the acknowledgement that holds for exactly what they state, newest wins."""
    known = {made.fingerprint: made for made in acknowledgements}
    ids = {made.problem_id for made in acknowledgements}
    return [
        replace(problem, acknowledged=known.get(problem.fingerprint))
        if problem.problem_id in ids
        else problem
        for problem in problems
    ]
