"""The worker: what the web asked for is run once, and its end is said whatever happened."""

import shutil
import threading
import time
from datetime import UTC, datetime

import openpyxl
import pytest

from gisapp.core.rounds import Round
from gisapp.errors import FileInUseError, JobRunningError
from gisapp.settings import Settings
from gisapp.store.jobs import (
    BUILD,
    CHECK,
    ENDED,
    FAILED,
    SCHOOL_FILES,
    fail_interrupted,
    only_worker,
    read_job,
    request_job,
    take_job,
)
from gisapp.worker import run_job, start_worker
from tests.office import FIRST, ROUND, small_office, wide_rows, write_wide

ROUND_2568_1 = Round.parse(ROUND)


@pytest.fixture
def office(tmp_path):
    return small_office(tmp_path / "office")


@pytest.fixture
def settings(office):
    return Settings.load(office.folder)


def ask(settings, step):
    request_job(settings, ROUND_2568_1, step, datetime.now(UTC))


def run_next(settings):
    """Run what waits, here and now."""
    run_job(settings, take_job(settings))
    return read_job(settings, ROUND_2568_1)


def break_sum(office):
    rows = wide_rows()
    rows[FIRST][-2] = 999
    write_wide(office.sheet("enrolment.xlsx"), rows)


def wait_until(said, seconds=60):
    end = time.monotonic() + seconds
    while not said():
        assert time.monotonic() < end, "the worker did not come to it"
        threading.Event().wait(0.05)


def test_a_check_that_was_asked_for_is_made(settings):
    ask(settings, CHECK)
    assert run_next(settings).state == ENDED
    assert settings.check_file(ROUND).is_file()
    assert not settings.layer_file(ROUND).exists()


def test_a_clean_round_is_published(settings):
    ask(settings, BUILD)
    job = run_next(settings)
    assert (job.state, job.said_th) == (ENDED, "")
    assert settings.layer_file(ROUND).is_file()


def test_a_blocked_round_says_what_is_left(office, settings):
    break_sum(office)
    ask(settings, BUILD)
    job = run_next(settings)
    assert job.state == FAILED
    assert job.said_th == "ยังเผยแพร่ไม่ได้ เหลือ 1 เรื่องที่ต้องแก้"
    assert not settings.layer_file(ROUND).exists()


def test_an_error_for_people_becomes_the_jobs_sentence(office, settings):
    for path in office.sheet("register.xlsx").parent.iterdir():
        path.unlink()
    ask(settings, CHECK)
    job = run_next(settings)
    assert job.state == FAILED
    assert "ไม่มีไฟล์" in job.said_th
    assert "there are no files" in job.said_en


def test_an_error_that_nobody_foresaw_ends_the_job_and_is_raised(settings):
    ask(settings, "dance")
    with pytest.raises(KeyError):
        run_next(settings)
    job = read_job(settings, ROUND_2568_1)
    assert job.state == FAILED
    assert "โปรแกรมขัดข้อง" in job.said_th


def test_a_job_that_a_killed_server_left_is_over(settings):
    ask(settings, CHECK)
    assert take_job(settings).busy
    assert read_job(settings, ROUND_2568_1).busy
    fail_interrupted(settings)
    job = read_job(settings, ROUND_2568_1)
    assert job.state == FAILED
    assert "หยุดกลางคัน" in job.said_th
    ask(settings, CHECK)  # and may be asked for again


def test_a_waiting_job_survives_the_server(settings):
    ask(settings, CHECK)
    fail_interrupted(settings)
    assert take_job(settings).step == CHECK


def test_a_round_is_asked_for_once_until_it_ends(settings):
    ask(settings, CHECK)
    with pytest.raises(JobRunningError):
        ask(settings, BUILD)
    request_job(settings, Round.parse("2567-1"), CHECK, datetime.now(UTC))
    run_next(settings)
    ask(settings, BUILD)
    assert read_job(settings, ROUND_2568_1).step == BUILD


def test_many_requests_at_one_moment_leave_one_job(settings):
    ask(settings, CHECK)
    run_next(settings)
    start, refused = threading.Barrier(6), []

    def press():
        start.wait()
        try:
            ask(settings, CHECK)
        except JobRunningError:
            refused.append(1)

    presses = [threading.Thread(target=press) for _ in range(6)]
    for thread in presses:
        thread.start()
    for thread in presses:
        thread.join()
    assert len(refused) == 5
    assert take_job(settings) is not None
    assert take_job(settings) is None


def test_the_first_two_who_come_both_find_their_tables(settings):
    start, failed = threading.Barrier(8), []

    def come():
        start.wait()
        try:
            request_job(settings, Round.parse(ROUND), CHECK, datetime.now(UTC))
        except JobRunningError:
            pass
        except FileInUseError as error:
            failed.append(error)

    comers = [threading.Thread(target=come) for _ in range(8)]
    for thread in comers:
        thread.start()
    for thread in comers:
        thread.join()
    assert failed == []
    assert read_job(settings, ROUND_2568_1).busy


def test_an_office_has_one_worker(settings):
    with only_worker(settings) as first:
        assert first
        with only_worker(settings) as second:
            assert not second
    with only_worker(settings) as later:
        assert later


def test_the_worker_finds_what_was_left_and_ends_when_told(settings):
    end = start_worker(settings)
    try:
        ask(settings, CHECK)
        wait_until(lambda: not read_job(settings, ROUND_2568_1).busy)
    finally:
        end()
    assert read_job(settings, ROUND_2568_1).state == ENDED
    assert not [thread for thread in threading.enumerate() if thread.name == "worker"]


def test_an_office_that_nobody_asked_anything_gets_no_database(settings):
    start_worker(settings)()
    assert take_job(settings) is None
    assert not settings.database_file.exists()


def test_each_school_with_something_to_mend_gets_its_file(office, settings):
    break_sum(office)
    ask(settings, SCHOOL_FILES)
    assert run_next(settings).state == ENDED
    folder = settings.copies_dir(ROUND) / "schools"
    assert "99020001.xlsx" in {path.name for path in folder.iterdir()}
    book = openpyxl.load_workbook(folder / "99020001.xlsx")
    cells = {
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
    }
    assert "99020001" in " ".join(cells)
    assert "99020003" not in cells
    shutil.rmtree(folder)
