"""Jobs that the web leaves for the worker: a row each, in the office's database."""

import datetime
import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

import sqlalchemy as sa
from filelock import FileLock, Timeout

from gisapp.core.rounds import Round
from gisapp.errors import JobRunningError
from gisapp.settings import Settings
from gisapp.store.database import TABLES, is_there, office_database

CHECK, BUILD, SCHOOL_FILES, RETURNED = "check", "build", "school_files", "returned"
WAITING, RUNNING, ENDED, FAILED = "waiting", "running", "ended", "failed"

_JOBS = sa.Table(
    "jobs",
    TABLES,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("data_round", sa.String(6), nullable=False, index=True),
    sa.Column("step", sa.String(12), nullable=False),
    sa.Column("state", sa.String(12), nullable=False, index=True),
    sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("given", sa.Text, nullable=False),
    sa.Column("said_th", sa.Text, nullable=False, default=""),
    sa.Column("said_en", sa.Text, nullable=False, default=""),
)


@dataclass(frozen=True)
class Job:
    """One run of a pipeline step that somebody asked for.

    Attributes:
        step: `CHECK`, `BUILD`, `SCHOOL_FILES` or `RETURNED`.
        state: `WAITING`, `RUNNING`, `ENDED` or `FAILED`.
        said_th, said_en: Why it failed, or what a job that ended has to tell; lines.
        given: What the step needs besides the round, as JSON.
    """

    id: int
    data_round: str
    step: str
    state: str
    said_th: str = ""
    said_en: str = ""
    given: str = "{}"

    @property
    def details(self) -> dict[str, str]:
        """What the step needs besides the round: name -> text."""
        found: dict[str, str] = json.loads(self.given)
        return found

    @property
    def busy(self) -> bool:
        """Whether the answer is still to come."""
        return self.state in (WAITING, RUNNING)


def request_job(
    settings: Settings,
    data_round: Round,
    step: str,
    at: datetime.datetime,
    given: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Leave a job for the worker.

    Args:
        settings: The office.
        data_round: The round that it is about.
        step: What to do.
        at: When it was asked for.
        given: What the step needs besides the round.

    Raises:
        JobRunningError: The round has one that is not finished.
        FileInUseError: The database cannot be written.
    """
    with office_database(settings) as database:
        unfinished = sa.and_(
            _JOBS.c.data_round == data_round.name, _JOBS.c.state.in_((WAITING, RUNNING))
        )
        # One statement: two requests at one moment must not both find the round free.
        values = sa.select(
            sa.literal(data_round.name),
            sa.literal(step),
            sa.literal(WAITING),
            sa.literal(at, sa.DateTime(timezone=True)),
            sa.literal(json.dumps(dict(given), ensure_ascii=False)),
            sa.literal(""),
            sa.literal(""),
        ).where(~sa.exists().where(unfinished))
        columns = ["data_round", "step", "state", "asked_at", "given", "said_th", "said_en"]
        made = database.execute(_JOBS.insert().from_select(columns, values))
    if not made.rowcount:
        raise JobRunningError(
            f"รอบ {data_round} กำลังตรวจหรือเผยแพร่อยู่ รอให้เสร็จก่อน",
            f"round {data_round} is being checked or published; wait for it to end",
        )


def read_job(settings: Settings, data_round: Round) -> Job | None:
    """Return the newest job of a round; None where nobody asked for any."""
    if not is_there(settings):
        return None
    newest = _JOBS.select().where(_JOBS.c.data_round == data_round.name)
    return _first(settings, newest.order_by(_JOBS.c.id.desc()))


def take_job(settings: Settings) -> Job | None:
    """Take the oldest waiting job and mark it as running; None where none waits."""
    if not is_there(settings):
        return None
    waiting = _JOBS.select().where(_JOBS.c.state == WAITING)
    job = _first(settings, waiting.order_by(_JOBS.c.id))
    if job is not None:
        _set(settings, _JOBS.c.id == job.id, state=RUNNING)
    return job


def finish_job(
    settings: Settings, job: Job, state: str = ENDED, said_th: str = "", said_en: str = ""
) -> None:
    """Write down how a job ended, and what there is to tell about it."""
    _set(settings, _JOBS.c.id == job.id, state=state, said_th=said_th, said_en=said_en)


def waiting_jobs(settings: Settings) -> list[Job]:
    """Every job that nobody has taken yet, oldest first."""
    if not is_there(settings):
        return []
    with office_database(settings) as database:
        waiting = _JOBS.select().where(_JOBS.c.state == WAITING).order_by(_JOBS.c.id)
        return [_job(row) for row in database.execute(waiting).mappings()]


def fail_interrupted(settings: Settings) -> None:
    """End what a server that was killed left running; only the one worker may call it."""
    if is_there(settings):
        _set(
            settings,
            _JOBS.c.state == RUNNING,
            state=FAILED,
            said_th="งานหยุดกลางคันเพราะโปรแกรมถูกปิด สั่งใหม่อีกครั้ง",
            said_en="the job was cut off when the program ended; ask for it again",
        )


@contextmanager
def only_worker(settings: Settings) -> Iterator[bool]:
    """Tell whether this is the office's one worker, until the block ends.

    The system frees the lock when a process dies, so nothing is left to clear away.
    """
    name = sha256(str(settings.office_dir.resolve()).encode()).hexdigest()[:16]
    lock = FileLock(Path(tempfile.gettempdir()) / f"gisapp-worker-{name}.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        yield False
        return
    try:
        yield True
    finally:
        lock.release()


def _first(settings: Settings, question: sa.Select[tuple[object, ...]]) -> Job | None:
    with office_database(settings) as database:
        row = database.execute(question.limit(1)).mappings().first()
    return None if row is None else _job(row)


def _job(row: sa.RowMapping) -> Job:
    names = ("id", "data_round", "step", "state", "said_th", "said_en", "given")
    return Job(**{name: row[name] for name in names})


def _set(settings: Settings, which: sa.ColumnElement[bool], **values: str) -> None:
    with office_database(settings) as database:
        database.execute(_JOBS.update().where(which).values(**values))
