"""One finding about one cell, row or file, with the place to find it again."""

import datetime
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TypeVar

from gisapp.core.findings import FINDINGS, Finding, files
from gisapp.core.findings.for_schools import FOR_SCHOOLS
from gisapp.core.wording import fill_in

T = TypeVar("T")

BLOCK, WARN, NOTE = "block", "warn", "note"
SEVERITIES = (BLOCK, WARN, NOTE)

#: Fact of a problem about a whole file, sheet or column: SHA-256 of what was received.
CHECKSUM = "checksum"
#: Kinds that name a row or heading and mean everything in the sheet or below the heading.
_OF_MUCH = frozenset(files.FINDINGS) | {"code_column_wrong"}

#: What begins a key that names no school: a village may have the code of a school.
VILLAGE_KEY, AREA_KEY = "village:", "area:"


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
class Many:
    """What a problem says for all of its kind in one column of a sheet; see `fold_floods`.

    Attributes:
        count: How many there are.
        cells: Where the first of them stand, as text.
        schools: Codes of their schools.
        digest: Changes with any of them, and with nothing else.
    """

    count: int
    cells: str
    schools: tuple[str, ...]
    digest: str

    def words(self, pupils: int, language: str) -> str:
        """Say behind the first one's sentence how many there are, where, and of how many pupils."""
        if language == "th":
            whole = f" นักเรียนรวม {pupils:,} คน" if pupils else ""
            return f" (แบบนี้มี {self.count:,} แห่งในคอลัมน์เดียวกัน เช่น {self.cells}{whole})"
        whole = f"; {pupils:,} pupils in all" if pupils else ""
        return f" (there are {self.count:,} such in this column, as at {self.cells}{whole})"


@dataclass(frozen=True)
class Problem:
    """Something wrong or doubtful in what was received.

    Attributes:
        kind: Key of `FINDINGS`, which holds severity, sentences and advice.
        file, sheet: Where; `sheet` is empty for files that have none.
        row: Row number as the sheet itself counts; None when it concerns all of it.
        column: Heading as written in the sheet; empty when it concerns the row.
        cell: Address such as ``D14``, for people who look it up; empty when unknown.
        key: What names the row, part of the identity: the school's code first, or a village's
            or area's behind `VILLAGE_KEY` or `AREA_KEY`.
        value: What stands there.
        pupils: Pupils of this row that are in no layer because of this problem.
        facts: Words for the sentences, such as a distance or the expected sum.
        proposal: Our column -> the text that its cell would hold under the likely reading;
            empty where there is none. The facts ``why_th`` and ``why_en`` say why it is likely.
        received: The same columns -> what their cells hold now.
        lon, lat: Where on the map, degrees; None without a place.
        acknowledged: Who accepted it, and why; None for an open problem.
        many: Set where this problem, the first of its kind, stands for too many to be told one
            by one; `pupils` is then the sum of all.
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
    many: Many | None = None

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
        """Code of the school whose row it is, as far as the key tells; "" for other areas."""
        if self.many:
            return ""
        return self.key.partition(" ")[0] if self.key == self._bare_key else ""

    @property
    def schools(self) -> tuple[str, ...]:
        """Codes of all the schools that it concerns."""
        return self.many.schools if self.many else (self.school,)

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
        """Identity that outlives row moves: kind, file, sheet, key, column, value.

        What stands for many has no key and value of its own.
        """
        own = ("", self.column, "many") if self.many else (self.key, self.column, self.value)
        parts = (self.kind, self.file, self.sheet, *own)
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]

    @property
    def fingerprint(self) -> str:
        """What an acknowledgement holds for: the problem and every figure it states.

        A total that stays while its parts change is another fault.
        """
        facts = sorted((name, str(fact)) for name, fact in self.facts.items())
        facts = [("many", self.many.digest)] if self.many else facts
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
        more = self.many.words(self.pupils, language) if self.many else ""
        return fill_in(text, self._words()) + more

    def advice(self, language: str) -> str:
        """Say what to do about it."""
        text = self.finding.advice_th if language == "th" else self.finding.advice_en
        return fill_in(text, self._words())

    def to_school(self, language: str) -> tuple[str, str] | None:
        """Say to the school what was found and what to do; None where the office alone mends it.

        What stands all over a column is the sheet's trouble, and names the cells of other schools.
        """
        own = FOR_SCHOOLS.get(self.kind)
        if own is None or not self.school or self.many:
            return None
        said, asked = (own.th, own.advice_th) if language == "th" else (own.en, own.advice_en)
        words = self._words()
        return (
            fill_in(said, words) or self.message(language),
            fill_in(asked, words) or self.advice(language),
        )

    @property
    def place(self) -> str:
        """File, sheet and cell or row, the way an officer would look for it."""
        spot = self.cell or (str(self.row) if self.row is not None else "")
        return " · ".join(part for part in (self.file, self.sheet, spot) if part)

    def _words(self) -> dict[str, object]:
        own = {"key": self._bare_key, "school": self.school, "value": self.value}
        return {**own, "column": self.column, **self.facts}

    @property
    def _bare_key(self) -> str:
        return self.key.removeprefix(VILLAGE_KEY).removeprefix(AREA_KEY)


class ProblemList(list[Problem]):
    """Problems as they are found, step after step."""

    def keep(self, step: tuple[T, list[Problem]]) -> T:
        """Take over a step's problems and hand on what it made."""
        made, problems = step
        self.extend(problems)
        return made


def with_checksums(problems: Sequence[Problem], checksums: Mapping[str, str]) -> list[Problem]:
    """Give each problem about a whole file, sheet or column the checksum of its file.

    What an officer acknowledged there is what stood in it; of other content nothing is known.

    Args:
        problems: As found.
        checksums: File -> SHA-256, files as problems name them.
    """
    return [
        replace(problem, facts={**problem.facts, CHECKSUM: checksums[problem.file]})
        if problem.file in checksums and (problem.row is None or problem.kind in _OF_MUCH)
        else problem
        for problem in problems
    ]


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
