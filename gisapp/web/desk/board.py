"""The problem desk of one round: what its check found, with what was decided since."""

import functools
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import g, request

from gisapp.core.findings.files import FINDINGS as FILES
from gisapp.core.problem_filter import DONE, OPEN, SENT, CorrectionRow, DeskItem, put_on_desk
from gisapp.core.problems import BLOCK, NOTE
from gisapp.core.rounds import Round
from gisapp.errors import NotCheckedError, RoundNotFoundError
from gisapp.store.checked import (
    changed_files,
    check_file,
    checked_at,
    read_applied,
    read_checked_schools,
    read_problems,
    rounds_to_check,
)
from gisapp.store.decisions import (
    ACKNOWLEDGED,
    CORRECTED,
    RECALLED,
    Decision,
    newest_decisions,
    read_decisions,
)
from gisapp.store.published import LayerFile, rounds_built
from gisapp.web.access import Access
from gisapp.web.reader import Reading, access, settings


@dataclass(frozen=True)
class Desk:
    """One round as the office's own pages read it.

    Attributes:
        round: The round asked for, else the newest one.
        rounds: Every round with received files or a check, oldest first.
        file: Its check file; None before the first check.
        access: What this reader may see.
        published: Whether the round has layers that the map shows.
    """

    round: Round
    rounds: tuple[Round, ...]
    file: LayerFile | None
    access: Access
    published: bool

    @property
    def checked_file(self) -> LayerFile:
        """The check file.

        Raises:
            NotCheckedError: The round has not been checked.
        """
        if self.file is None:
            raise NotCheckedError(
                f"ยังไม่ได้ตรวจรอบ {self.round}", f"round {self.round} has not been checked"
            )
        return self.file


@dataclass(frozen=True)
class Board:
    """What lies on the desk.

    Attributes:
        desk: The round.
        items: Every problem of the check, worst first.
        states: (fingerprint, state that a decision gave it).
        history: Every decision of the office, oldest first.
        decided: Fingerprint -> the newest decision of this round about it.
        applied: Corrections that the check found applied.
        checked_at: When the check was made, UTC.
        changed: Received files that are not as the check read them.
    """

    desk: Desk
    items: tuple[DeskItem, ...]
    states: frozenset[tuple[str, str]]
    history: tuple[Decision, ...]
    decided: dict[str, Decision]
    applied: tuple[CorrectionRow, ...]
    checked_at: datetime
    changed: tuple[str, ...]

    @property
    def files(self) -> int:
        """Number of files in which something was found."""
        return len({item.row.file for item in self.items if item.row.file})

    @property
    def pupils(self) -> tuple[int, int] | None:
        """Pupils in the layers, and those that are held back by problems: all of the office's.

        Pupils of other offices' rows and of rows that stand twice are noted, not held back.
        None where they are not all: no enrolment, or a file or sheet that could not be read.
        """
        schools = read_checked_schools(self.desk.checked_file, self.desk.access.of("schools"))
        counted = [school.students for school in schools.values() if school.students is not None]
        unread = any(item.row.severity == BLOCK and item.row.kind in FILES for item in self.items)
        if unread or not counted:
            return None
        held = (item.row for item in self.items if item.row.severity != NOTE)
        return int(sum(counted)), sum(row.pupils or 0 for row in held)

    @property
    def corrected_since(self) -> int:
        """Problems whose proposed value was accepted after the check."""
        return sum(
            made.decision == CORRECTED and made.at > self.written_at
            for made in self.decided.values()
        )

    @property
    def recalled_since(self) -> frozenset[str]:
        """Identities of problems about which something was taken back after the check."""
        return frozenset(
            made.problem_id
            for made in self.decided.values()
            if made.decision == RECALLED and made.at > self.written_at
        )

    @property
    def written_at(self) -> datetime:
        """When the check had ended: a decision made later is not in it yet.

        The time that the check states is that of its start, to the second.
        """
        return _written(self.desk.checked_file)


def desk_of_request() -> Desk:
    """Return the round that a request is about.

    Raises:
        RoundNameError: The round asked for has no such name.
        RoundNotFoundError: The office has no round at all.
        NotCheckedError: It has not this one.
    """
    rounds = rounds_to_check(settings())
    asked = request.args.get("round")
    if not rounds and not asked:
        raise RoundNotFoundError(
            f"ยังไม่มีไฟล์ใน {settings().rounds_dir} สร้างโฟลเดอร์ของรอบ เช่น 2568-1 แล้ววางไฟล์ไว้",
            f"there are no files in {settings().rounds_dir}; make a folder for the round, such as "
            "2568-1, and put the sheets there",
        )
    chosen = Round.parse(asked) if asked else rounds[-1]
    if chosen not in rounds:
        raise NotCheckedError(f"ไม่มีรอบ {chosen}", f"there is no round {chosen}")
    file = check_file(settings(), chosen)
    desk = Desk(chosen, rounds, file, access(), chosen in rounds_built(settings()))
    if file is not None:
        # Words that every page uses, such as names of districts, read the draft too.
        g.reading = Reading(chosen, rounds, file, desk.access)
    return desk


def board_of(desk: Desk) -> Board:
    """Lay the problems of a round on the desk, with what was decided about them.

    Raises:
        NotCheckedError: The round has not been checked.
    """
    file, see = desk.checked_file, desk.access.of
    history = tuple(read_decisions(settings()))
    decided = newest_decisions(history, desk.round)
    states = _states(decided, _written(file))
    return Board(
        desk=desk,
        items=items_of(file, desk.access, states),
        states=states,
        history=history,
        decided=decided,
        applied=read_applied(file, see("corrections")),
        checked_at=checked_at(file),
        changed=changed_files(settings(), desk.round, file),
    )


@functools.lru_cache(maxsize=8)
def items_of(
    file: LayerFile, see: Access, states: frozenset[tuple[str, str]]
) -> tuple[DeskItem, ...]:
    """Lay the problems of a check on the desk; the same check and decisions lie there once."""
    rows = read_problems(file, see.of("problems"))
    schools = read_checked_schools(file, see.of("schools"))
    districts = {code: school.district or "" for code, school in schools.items()}
    return put_on_desk(rows, districts, dict(states))


def _written(file: LayerFile) -> datetime:
    return datetime.fromtimestamp(file.changed_ns / 1e9, UTC)


def _states(decided: dict[str, Decision], written: datetime) -> frozenset[tuple[str, str]]:
    """Return what each decision means now.

    A value that was accepted before the check, and is found again, is open again.
    """
    states = ((fingerprint, _state(made, written)) for fingerprint, made in decided.items())
    return frozenset((fingerprint, state) for fingerprint, state in states if state)


def _state(made: Decision, written: datetime) -> str:
    """Return the state that a decision gives a problem; "" where the check knows it already."""
    if made.decision == ACKNOWLEDGED:
        return DONE
    if made.decision == CORRECTED:
        return DONE if made.at > written else ""
    if made.decision == RECALLED:
        return OPEN if made.at > written else ""
    return SENT


def left_for_school(data_round: Round, see: Access, smis_code: str) -> tuple[DeskItem, ...]:
    """Return what a school has still to mend by the last check of a round; empty without one."""
    file = check_file(settings(), data_round)
    if file is None or not see.of("problems"):
        return ()
    decided = newest_decisions(tuple(read_decisions(settings())), data_round)
    items = items_of(file, see, _states(decided, _written(file)))
    return tuple(
        item
        for item in items
        if item.row.school == smis_code and item.row.for_school and item.state != DONE
    )
