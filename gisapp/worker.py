"""The worker: runs the pipeline steps that the web asked for, one after the other.

The web only leaves a row (`gisapp.store.jobs`); this thread of the server finds it.
"""

import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from gisapp import pipeline
from gisapp.core.rounds import Round
from gisapp.errors import FileInUseError, GisappError
from gisapp.pipeline.returned import take_over_returned
from gisapp.settings import Settings
from gisapp.store.jobs import (
    BUILD,
    CHECK,
    ENDED,
    FAILED,
    RETURNED,
    SCHOOL_FILES,
    Job,
    fail_interrupted,
    finish_job,
    only_worker,
    take_job,
    waiting_jobs,
)
from gisapp.store.mended_files import Mended
from gisapp.store.uploads import discard_uploads, discard_uploads_except, uploads

#: Name of a step in the table -> what runs it.
_STEPS: Mapping[str, Callable[[Settings, Round, datetime], pipeline.Checked]] = {
    CHECK: pipeline.check_round,
    BUILD: pipeline.build_round,
    SCHOOL_FILES: pipeline.check_for_schools,
}

#: A person who pressed a button does not notice half a second.
_LOOK_EVERY_S = 0.5


def start_worker(settings: Settings) -> Callable[[], None]:
    """Start the worker in a thread of its own.

    Returns:
        Ends the worker; waits for the job that runs.
    """
    stop = threading.Event()
    thread = threading.Thread(target=work, args=(settings, stop), name="worker", daemon=True)
    thread.start()

    def end() -> None:
        stop.set()
        thread.join()

    return end


def work(settings: Settings, stop: threading.Event) -> None:
    """Run jobs until told to stop; while another server works for the office, wait for its end."""
    while not stop.is_set():
        with only_worker(settings) as alone:
            if alone:
                _work_alone(settings, stop)
        stop.wait(_LOOK_EVERY_S)


def _work_alone(settings: Settings, stop: threading.Event) -> None:
    cleared = False
    while not stop.is_set():
        try:
            if not cleared:
                fail_interrupted(settings)
                discard_uploads_except(
                    settings, {job.details.get("batch", "") for job in waiting_jobs(settings)}
                )
                cleared = True
            job = take_job(settings)
            if job is not None:
                # A thread for each: an error of ours ends that one, and is printed, not the worker.
                running = threading.Thread(target=run_job, args=(settings, job), name="job")
                running.start()
                running.join()
                continue
        except FileInUseError:
            # Another program holds the database just now: the request stays, and waits for us.
            stop.wait(_LOOK_EVERY_S)
        stop.wait(_LOOK_EVERY_S)


def run_job(settings: Settings, job: Job) -> None:
    """Run one job; what goes wrong is said in the job.

    An error that nobody foresaw is raised again once the job says that it failed.
    """
    now = datetime.now(UTC).replace(microsecond=0)
    try:
        if job.step == RETURNED:
            _take_over(settings, job, now)
        else:
            _run_step(settings, job, now)
    except GisappError as error:
        finish_job(settings, job, FAILED, error.th, error.en)
    except BaseException:
        finish_job(
            settings,
            job,
            FAILED,
            "โปรแกรมขัดข้องระหว่างทำงานนี้ แจ้งผู้ดูแลพร้อมข้อความในหน้าต่างที่สั่ง gisapp serve",
            "the program broke while it did this; tell whoever looks after it what the window of "
            "`gisapp serve` shows",
        )
        raise


def _run_step(settings: Settings, job: Job, now: datetime) -> None:
    checked = _STEPS[job.step](settings, Round.parse(job.data_round), now)
    left = len(checked.blocks) if job.step == BUILD else 0
    if left:
        finish_job(
            settings,
            job,
            FAILED,
            f"ยังเผยแพร่ไม่ได้ เหลือ {left} เรื่องที่ต้องแก้",
            f"cannot publish yet: {left} left",
        )
    else:
        finish_job(settings, job)


def _take_over(settings: Settings, job: Job, now: datetime) -> None:
    """Take over the files that schools sent back, one by one, then check the round.

    A file that cannot be used is named with its reason; the others count all the same.
    """
    data_round, batch, state = Round.parse(job.data_round), job.details["batch"], ENDED
    th: list[str] = []
    en: list[str] = []
    try:
        for name, path in uploads(settings, batch):
            try:
                came = take_over_returned(settings, data_round, path, job.details["by"], now.date())
            except GisappError as error:
                state = FAILED
                th.append(f"{name}: {error.th}")
                en.append(f"{name}: {error}")
            else:
                number = len(came.corrections)
                th += [f"{name}: รับค่าที่แก้แล้ว {number} ช่อง", *_left_over(came, "th")]
                en += [f"{name}: {number} cells taken over", *_left_over(came, "en")]
    finally:
        discard_uploads(settings, batch)
    pipeline.check_round(settings, data_round, now)
    finish_job(settings, job, state, "\n".join(th), "\n".join(en))


def _left_over(came: Mended, language: str) -> list[str]:
    """Say which changes of a school the office must make itself."""
    return [
        f"{change.page} {change.cell}: {change.th if language == 'th' else change.en}"
        for change in came.unplaced
    ]
