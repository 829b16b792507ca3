"""What officers decided about problems, in the office's database: who, when and why."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import sqlalchemy as sa

from gisapp.core.corrections import Decided, proposed_lines
from gisapp.core.dates_th import moment
from gisapp.core.problems import Acknowledgement
from gisapp.core.rounds import Round
from gisapp.errors import AlreadyDecidedError
from gisapp.settings import Settings
from gisapp.store.corrections import accept_proposals
from gisapp.store.database import TABLES, is_there, office_database

ACKNOWLEDGED, SENT_BACK, CORRECTED = "acknowledged", "sent_back", "corrected"
#: An acknowledgement or an accepted value that was taken back; the problem is open again.
RECALLED = "recalled"

_DECISIONS = sa.Table(
    "problem_decisions",
    TABLES,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("data_round", sa.String(6), nullable=False, index=True),
    sa.Column("problem_id", sa.String(12), nullable=False, index=True),
    sa.Column("fingerprint", sa.String(16), nullable=False),
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("smis_code", sa.Text, nullable=False),
    sa.Column("decision", sa.String(12), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("decided_by", sa.Text, nullable=False),
    sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
)


#: Columns in the order of a row; the number is the database's.
_WRITTEN = [column.name for column in _DECISIONS.columns if column.name != "id"]


class Decidable(Protocol):
    """What a decision needs to know of a problem, found just now or read from the check file."""

    @property
    def problem_id(self) -> str:
        """Identity of the problem."""

    @property
    def fingerprint(self) -> str:
        """The figures it states; the decision holds for these only."""

    @property
    def kind(self) -> str:
        """Key of its finding."""

    @property
    def key(self) -> str:
        """Code of the school, or whatever names its row."""

    @property
    def file(self) -> str | None:
        """File that it was found in."""


@dataclass(frozen=True)
class Decision:
    """One decision about one problem."""

    data_round: str
    problem_id: str
    fingerprint: str
    kind: str
    smis_code: str
    decision: str
    reason: str
    by: str
    at: datetime.datetime

    @property
    def key(self) -> str:
        """Code of the school, or whatever names the row."""
        return self.smis_code

    @property
    def file(self) -> None:
        """Not kept: the identity holds it."""


def record_decisions(
    settings: Settings,
    data_round: Round,
    problems: Sequence[Decidable],
    decision: str,
    reason: str,
    by: str,
    at: datetime.datetime,
) -> None:
    """Write down what somebody decided about some problems, or about none of them.

    Earlier decisions stay in the table. What somebody acknowledged must be recalled before
    anybody decides otherwise.

    Raises:
        AlreadyDecidedError: One of them has been acknowledged, by whom and when.
        FileInUseError: The database cannot be written.
    """
    made = (data_round.name, decision, reason, by, at)
    with office_database(settings) as database:
        for problem in problems:
            # One statement: two who decide at one moment must not both find it open.
            free = ~sa.exists().where(_acknowledged(data_round, problem.fingerprint))
            values = sa.select(*_values(problem, *made)).where(free)
            done = database.execute(_DECISIONS.insert().from_select(_WRITTEN, values))
            if not done.rowcount:
                raise _decided_by(_held(_read(database), data_round)[problem.fingerprint])


def record_recalls(
    settings: Settings,
    data_round: Round,
    recalled: Sequence[Decidable],
    reason: str,
    by: str,
    at: datetime.datetime,
) -> None:
    """Write down that decisions were taken back.

    Raises:
        FileInUseError: The database cannot be written.
    """
    with office_database(settings) as database:
        for problem in recalled:
            row = sa.select(*_values(problem, data_round.name, RECALLED, reason, by, at))
            database.execute(_DECISIONS.insert().from_select(_WRITTEN, row))


def read_decisions(settings: Settings) -> list[Decision]:
    """Every decision of the office, oldest first; none where nobody decided anything yet."""
    if not is_there(settings):
        return []
    with office_database(settings) as database:
        return _read(database)


def read_acknowledgements(settings: Settings, data_round: Round) -> list[Acknowledgement]:
    """Acknowledgements of one round that nobody recalled, newest last."""
    return [
        Acknowledgement(made.problem_id, made.fingerprint, made.reason, made.by, made.at.date())
        for made in _held(read_decisions(settings), data_round).values()
    ]


def newest_decisions(decisions: Iterable[Decision], data_round: Round) -> dict[str, Decision]:
    """Fingerprint -> the newest decision of one round about it."""
    return {made.fingerprint: made for made in decisions if made.data_round == data_round.name}


def record_acceptances(
    settings: Settings,
    data_round: Round,
    accepted: Sequence[tuple[Decidable, Mapping[str, tuple[str, str]]]],
    reason: str,
    by: str,
    at: datetime.datetime,
) -> None:
    """Use proposed values: add their lines to ``corrections.csv``, then write down who decided.

    Args:
        settings: The office.
        data_round: The round that was checked.
        accepted: (problem, our column -> (text as received, text that counts instead)).
        reason, by, at: Why, who and when.

    Raises:
        AlreadyDecidedError: One of them has been acknowledged; nothing is written.
        TableError: A ``corrections.csv`` that is there cannot be used; nothing is written.
        FileInUseError: A file or the database cannot be written.
    """
    decided = Decided(reason, by, at.date())
    lines = [
        (problem.file or "", line)
        for problem, changes in accepted
        for line in proposed_lines(
            problem.problem_id, problem.key, problem.file or "", changes, decided
        )
    ]
    problems = [problem for problem, _ in accepted]
    _refuse_acknowledged(settings, data_round, problems)
    accept_proposals(settings, data_round, lines)
    record_decisions(settings, data_round, problems, CORRECTED, reason, by, at)


def _refuse_acknowledged(
    settings: Settings, data_round: Round, problems: Sequence[Decidable]
) -> None:
    """Refuse, with AlreadyDecidedError, before a line is written for what somebody lets stand."""
    held = _held(read_decisions(settings), data_round)
    for problem in problems:
        if problem.fingerprint in held:
            raise _decided_by(held[problem.fingerprint])


def _held(decisions: Iterable[Decision], data_round: Round) -> dict[str, Decision]:
    """Fingerprint -> its acknowledgement in one round that nobody recalled, newest last."""
    held: dict[str, Decision] = {}
    for made in decisions:
        if made.data_round == data_round.name and made.decision in (ACKNOWLEDGED, RECALLED):
            held.pop(made.fingerprint, None)
            if made.decision == ACKNOWLEDGED:
                held[made.fingerprint] = made
    return held


def _acknowledged(data_round: Round, fingerprint: str) -> sa.ColumnElement[bool]:
    """An acknowledgement of these figures that nobody recalled since."""
    later = _DECISIONS.alias()
    recalled = sa.exists().where(
        later.c.data_round == data_round.name,
        later.c.fingerprint == fingerprint,
        later.c.decision == RECALLED,
        later.c.id > _DECISIONS.c.id,
    )
    return sa.and_(
        _DECISIONS.c.data_round == data_round.name,
        _DECISIONS.c.fingerprint == fingerprint,
        _DECISIONS.c.decision == ACKNOWLEDGED,
        ~recalled,
    )


def _decided_by(made: Decision) -> AlreadyDecidedError:
    at = made.at.astimezone()
    return AlreadyDecidedError(
        f"{made.by} รับทราบเรื่องนี้แล้วเมื่อ {moment(at, 'th')} จึงไม่ได้บันทึกซ้ำ ถ้าไม่เห็นด้วย ให้ถอนการรับทราบก่อน",
        f"{made.by} acknowledged this already on {moment(at, 'en')}; nothing was written. "
        "To decide otherwise, take the acknowledgement back first",
    )


def _values(
    problem: Decidable, data_round: str, decision: str, reason: str, by: str, at: datetime.datetime
) -> list[sa.BindParameter[Any]]:
    """One row of the table, in the order of `_WRITTEN`."""
    texts: tuple[str, ...] = (
        data_round,
        problem.problem_id,
        problem.fingerprint,
        problem.kind,
        problem.key,
        decision,
        reason,
        by,
    )
    return [*(sa.literal(text) for text in texts), sa.literal(at, sa.DateTime(timezone=True))]


def _read(database: sa.Connection) -> list[Decision]:
    rows = database.execute(_DECISIONS.select().order_by(_DECISIONS.c.id)).mappings().all()
    return [
        Decision(
            row["data_round"],
            row["problem_id"],
            row["fingerprint"],
            row["kind"],
            row["smis_code"],
            row["decision"],
            row["reason"],
            row["decided_by"],
            _in_utc(row["decided_at"]),
        )
        for row in rows
    ]


def _in_utc(at: datetime.datetime) -> datetime.datetime:
    """SQLite forgets the zone of a time; all of ours are UTC."""
    return at if at.tzinfo else at.replace(tzinfo=datetime.UTC)
