"""The problem desk's list: which round, which problems were asked for, which part of them."""

import functools
import hashlib
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from werkzeug.datastructures import MultiDict

from gisapp.core.problem_filter import (
    DONE,
    OPEN,
    STATES,
    CorrectionRow,
    DeskCounts,
    DeskItem,
    ProblemFilter,
    count_problems,
    pick_problems,
)
from gisapp.core.problems import SEVERITIES
from gisapp.store.checked import read_applied
from gisapp.store.published import LayerFile
from gisapp.web.access import Access
from gisapp.web.desk.board import Board, items_of

#: Rows on one page of the list: as many as fit beside a problem without losing one's place.
PAGE_ROWS = 25

#: The page that holds every row, for printing.
ALL = "all"

#: Longest text anybody searches for; longer ones are cut, not refused.
_TEXT_LENGTH = 80


@dataclass(frozen=True)
class Listing:
    """The problems asked for, and one page of them.

    Attributes:
        asked: What was asked for.
        shown: Every problem asked for.
        counts: What is left, and what each choice holds.
        rows: The page's own.
        number, pages: Which page, of how many.
        first: Place of the page's first row, counted from 1; 0 where nothing is shown.
        chosen: The problem shown in detail; None where nothing is shown.
        place: Its place among `shown`, counted from 1.
        missed: The address names a problem that is not there any more.
    """

    asked: ProblemFilter
    shown: tuple[DeskItem, ...]
    counts: DeskCounts
    rows: tuple[DeskItem, ...]
    number: int
    pages: int
    first: int
    chosen: DeskItem | None
    place: int
    missed: bool

    @property
    def filters(self) -> dict[str, str | None]:
        """What an address must ask for to show the same list again."""
        kept = {name: value or None for name, value in asdict(self.asked).items()}
        kept["q"] = kept.pop("text")
        return {**kept, "state": None if self.asked.state == OPEN else self.asked.state}

    @property
    def last(self) -> int:
        """Place of the page's last row."""
        return self.first + len(self.rows) - 1 if self.rows else 0

    @property
    def proposed(self) -> tuple[DeskItem, ...]:
        """Open problems with a proposed value, where one kind was asked for; else none."""
        if not self.asked.kind:
            return ()
        return tuple(item for item in self.shown if item.row.proposal and item.state != DONE)

    @property
    def whole(self) -> bool:
        """Whether the page holds every problem asked for."""
        return len(self.rows) == len(self.shown)

    @property
    def before(self) -> DeskItem | None:
        """The problem above the chosen one."""
        return self.shown[self.place - 2] if self.place > 1 else None

    @property
    def after(self) -> DeskItem | None:
        """The problem below the chosen one."""
        return self.shown[self.place] if 0 < self.place < len(self.shown) else None


def list_problems(board: Board, args: MultiDict[str, str]) -> Listing:
    """Return the page of problems that an address asks for.

    A problem that is named brings its own page; a page past the end is the last one; the page
    `ALL` holds every row.
    """
    asked = filter_from(args)
    shown, counts = _part(board.desk.checked_file, board.desk.access, board.states, asked)
    named = args.get("problem", "")
    place = place_of(shown, named)
    wanted = args.get("page", "1")
    long = max(len(shown), 1) if wanted == ALL else PAGE_ROWS
    pages = max(1, math.ceil(len(shown) / long))
    number = min(max(int(wanted), 1), pages) if wanted.isascii() and wanted.isdigit() else 1
    if place:
        number = (place - 1) // long + 1
    start = (number - 1) * long
    rows = shown[start : start + long]
    place = place or (start + 1 if rows else 0)
    return Listing(
        asked=asked,
        shown=shown,
        counts=counts,
        rows=rows,
        number=number,
        pages=pages,
        first=start + 1 if rows else 0,
        chosen=shown[place - 1] if place else None,
        place=place,
        missed=bool(named) and not any(item.ref == named for item in shown),
    )


def filter_from(args: MultiDict[str, str]) -> ProblemFilter:
    """Read the filters of an address; what nobody can have asked for is left out."""
    severity, state = args.get("severity", ""), args.get("state", OPEN)
    return ProblemFilter(
        text=" ".join(args.get("q", "").split())[:_TEXT_LENGTH],
        file=args.get("file", ""),
        kind=args.get("kind", ""),
        district=args.get("district", ""),
        severity=severity if severity in SEVERITIES else "",
        state=state if state in STATES else OPEN,
    )


def fingerprint_of(items: Sequence[DeskItem]) -> str:
    """Tell one list of problems, and every figure in it, from another."""
    text = " ".join(sorted(f"{item.ref} {item.row.fingerprint}" for item in items))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def place_of(items: Sequence[DeskItem], ref: str) -> int:
    """Return the place of a problem among others, counted from 1; 0 where it is not there."""
    return next((place for place, item in enumerate(items, 1) if item.ref == ref), 0)


@functools.lru_cache(maxsize=32)
def _part(
    file: LayerFile, see: Access, states: frozenset[tuple[str, str]], asked: ProblemFilter
) -> tuple[tuple[DeskItem, ...], DeskCounts]:
    """Pick and count; the same question about the same desk has the same answer."""
    items = items_of(file, see, states)
    applied = read_applied(file, see.of("corrections"))
    return pick_problems(items, asked), count_problems(items, asked, _gone(items, applied))


def _gone(items: Sequence[DeskItem], applied: Sequence[CorrectionRow]) -> int:
    """Count corrected problems that the check no longer finds; several cells of one count once."""
    present = {item.row.problem_id for item in items}
    lines = [row for row in applied if row.problem_id not in present]
    named = {row.problem_id for row in lines if row.problem_id}
    return len(named) + sum(not row.problem_id for row in lines)
