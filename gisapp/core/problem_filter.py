"""The problems of a checked round as the desk shows them: which state, which are asked for."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from gisapp.core.findings import FINDINGS
from gisapp.core.problems import SEVERITIES

#: Whether somebody has still to act: `sent` waits for the school, `done` for nobody.
OPEN, SENT, DONE = "open", "sent", "done"

#: What the desk can be asked for: `open` holds what was sent back as well.
STATES = (OPEN, DONE, "all")

#: One word with a figure in it.
_CODE = re.compile(r"\S*\d\S*")

_WORDS = re.compile(r"\{[^}]*\}")


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """One row of the layer `problems`; the names are those of the dictionary."""

    problem_id: str
    kind: str
    severity: str
    fingerprint: str = ""
    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    cell: str | None = None
    smis_code: str | None = None
    school_name_th: str | None = None
    value: str | None = None
    pupils: int | None = None
    message_th: str | None = None
    message_en: str | None = None
    advice_th: str | None = None
    advice_en: str | None = None
    school_message_th: str | None = None
    school_message_en: str | None = None
    school_advice_th: str | None = None
    school_advice_en: str | None = None
    proposal: str | None = None
    why_th: str | None = None
    why_en: str | None = None
    excerpt: str | None = None
    acknowledged_reason: str | None = None
    acknowledged_by: str | None = None
    acknowledged_on: str | None = None
    #: Degrees, EPSG:4326; both None where the problem has no place.
    lon: float | None = None
    lat: float | None = None

    @property
    def key(self) -> str:
        """Whatever names the row in its sheet, most often a school's code."""
        return self.smis_code or ""

    @property
    def school(self) -> str:
        """Code of the school alone; some keys say more, such as the grade."""
        return self.key.partition(" ")[0]

    @property
    def for_school(self) -> bool:
        """Whether the school can mend it; else it is for the office alone."""
        return bool(self.school_advice_th)

    @property
    def names_school(self) -> bool:
        """Whether the key can be a school's: a known one, or a code that nobody knows.

        Other keys name a subdistrict with its level, or the row of totals.
        """
        return bool(self.school_name_th) or _CODE.fullmatch(self.key) is not None


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """One row of the layer `corrections`."""

    smis_code: str
    problem_id: str | None = None
    file: str | None = None
    sheet: str | None = None
    cell: str | None = None
    column: str | None = None
    old_value: str | None = None
    new_value: str | None = None
    reason: str | None = None
    corrected_by: str | None = None
    corrected_on: str | None = None


@dataclass(frozen=True, slots=True)
class DeskItem:
    """A problem on the desk.

    Attributes:
        row: What the check found.
        ref: Names the row among those that share one `problem_id`.
        district: District of its school as the register writes it; "" where unknown.
        state: `OPEN`, `SENT` or `DONE`.
    """

    row: ProblemRow
    ref: str
    district: str = ""
    state: str = OPEN


@dataclass(frozen=True)
class ProblemFilter:
    """What the reader of the desk asked for; empty parts leave everything in."""

    text: str = ""
    file: str = ""
    kind: str = ""
    district: str = ""
    severity: str = ""
    state: str = OPEN


@dataclass(frozen=True)
class DeskCounts:
    """How much is left.

    Attributes:
        by_severity: Severity -> problems that are not done.
        done: Problems that are acknowledged or corrected, those that are gone included.
        files, kinds, districts: Choice -> problems of the state asked for.
    """

    by_severity: Counter[str]
    done: int
    files: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    districts: Counter[str] = field(default_factory=Counter)

    @property
    def blocks(self) -> int:
        """What still stops the round from being published."""
        return self.by_severity["block"]


def put_on_desk(
    rows: Sequence[ProblemRow], districts: Mapping[str, str], states: Mapping[str, str]
) -> tuple[DeskItem, ...]:
    """Give each problem its reference, district and state.

    Args:
        rows: Problems in the order of the page.
        districts: School code -> district.
        states: Fingerprint -> state that a decision gave it since; the others are as the check
            found them.
    """
    seen: Counter[str] = Counter()
    items = []
    for row in rows:
        seen[row.problem_id] += 1
        again = seen[row.problem_id]
        ref = row.problem_id if again == 1 else f"{row.problem_id}.{again}"
        state = states.get(row.fingerprint, DONE if row.acknowledged_on else OPEN)
        items.append(DeskItem(row, ref, districts.get(row.school, ""), state))
    return tuple(items)


def in_order(rows: Iterable[ProblemRow]) -> tuple[ProblemRow, ...]:
    """Sort problems: worst first, one kind after the other, each by file, sheet and row.

    Whoever decides about many reads one question at a time; the kinds stand in the order of
    `FINDINGS`, which is that of their subjects.
    """
    worst = {severity: place for place, severity in enumerate(SEVERITIES)}
    kinds = {kind: place for place, kind in enumerate(FINDINGS)}
    return tuple(
        sorted(
            rows,
            key=lambda r: (
                worst.get(r.severity, len(worst)),
                kinds.get(r.kind, len(kinds)),
                r.kind,
                r.file or "",
                r.sheet or "",
                r.row or 0,
                r.key,
            ),
        )
    )


def pick_problems(items: Iterable[DeskItem], asked: ProblemFilter) -> tuple[DeskItem, ...]:
    """Return the problems asked for, in the order given."""
    sought = asked.text.casefold()
    return tuple(
        item
        for item in items
        if _in_state(item, asked.state)
        and (not asked.severity or item.row.severity == asked.severity)
        and (not asked.file or item.row.file == asked.file)
        and (not asked.kind or item.row.kind == asked.kind)
        and (not asked.district or item.district == asked.district)
        and (not sought or _mentions(item.row, sought))
    )


def count_problems(items: Sequence[DeskItem], asked: ProblemFilter, corrected: int) -> DeskCounts:
    """Count what is left and what each choice holds.

    Args:
        items: All problems of the round.
        asked: Only its state matters here.
        corrected: Corrections that the check found applied.
    """
    of_state = [item for item in items if _in_state(item, asked.state)]
    return DeskCounts(
        by_severity=Counter(item.row.severity for item in items if item.state != DONE),
        done=corrected + sum(item.state == DONE for item in items),
        files=Counter(item.row.file for item in of_state if item.row.file),
        kinds=Counter(item.row.kind for item in of_state),
        districts=Counter(item.district for item in of_state if item.district),
    )


def kind_title(kind: str, language: str) -> str:
    """Name a kind by its own sentence, with … for what each problem fills in."""
    finding = FINDINGS.get(kind)
    if finding is None:
        return kind
    sentence = _WORDS.sub("…", finding.th if language == "th" else finding.en)
    return re.sub(r"(…[\s:()“”'\"]*)+$", "…", sentence).strip()


def _in_state(item: DeskItem, state: str) -> bool:
    return state == "all" or (item.state == DONE) == (state == DONE)


def _mentions(row: ProblemRow, sought: str) -> bool:
    """Tell whether a problem's words, school, file or value hold a text, letter case aside."""
    words = (
        row.smis_code,
        row.school_name_th,
        row.message_th,
        row.message_en,
        row.file,
        row.sheet,
        row.cell,
        row.value,
    )
    return any(sought in word.casefold() for word in words if word)
