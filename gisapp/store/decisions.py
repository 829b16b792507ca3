"""What officers decided about problems, in the office's database: who, when and why."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import sqlalchemy as sa

from gisapp.core.corrections import Decided, proposed_lines
from gisapp.core.problems import Acknowledgement
from gisapp.core.rounds import Round
from gisapp.settings import Settings
from gisapp.store.corrections import accept_proposals
from gisapp.store.database import TABLES, is_there, office_database

ACKNOWLEDGED, SENT_BACK, CORRECTED = "acknowledged", "sent_back", "corrected"

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


def record_decision(
    settings: Settings,
    data_round: Round,
    problem: Decidable,
    decision: str,
    reason: str,
    by: str,
    at: datetime.datetime,
) -> None:
    """Write down what somebody decided; earlier decisions stay.

    Raises:
        FileInUseError: The database cannot be written.
    """
    row = {
        "data_round": data_round.name,
        "problem_id": problem.problem_id,
        "fingerprint": problem.fingerprint,
        "kind": problem.kind,
        "smis_code": problem.key,
        "decision": decision,
        "reason": reason,
        "decided_by": by,
        "decided_at": at,
    }
    with office_database(settings) as database:
        database.execute(_DECISIONS.insert().values(**row))


def read_decisions(settings: Settings) -> list[Decision]:
    """Every decision of the office, oldest first; none where nobody decided anything yet."""
    if not is_there(settings):
        return []
    with office_database(settings) as database:
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


def read_acknowledgements(settings: Settings, data_round: Round) -> list[Acknowledgement]:
    """Acknowledgements of one round, newest last."""
    return [
        Acknowledgement(made.problem_id, made.fingerprint, made.reason, made.by, made.at.date())
        for made in read_decisions(settings)
        if made.decision == ACKNOWLEDGED and made.data_round == data_round.name
    ]


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
    accept_proposals(settings, data_round, lines)
    for problem, _ in accepted:
        record_decision(settings, data_round, problem, CORRECTED, reason, by, at)


def _in_utc(at: datetime.datetime) -> datetime.datetime:
    """SQLite forgets the zone of a time; all of ours are UTC."""
    return at if at.tzinfo else at.replace(tzinfo=datetime.UTC)
