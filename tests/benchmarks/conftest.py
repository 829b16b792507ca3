"""Benchmarks print both sides' seconds and the ratio; the ratio is what was promised."""

import dataclasses
import json
import os
import socket
import statistics
import subprocess
import sys
import time
import urllib.request

import pytest

from tests.office import Office, run, start


def _timed(action):
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


@pytest.fixture(name="timed")
def _clock():
    """Seconds that a call takes."""
    return _timed


@pytest.fixture
def race(capsys):
    """Run two sides in turns and return the ratio of their medians, first over second.

    In turns, because another program on the machine then slows both alike. The medians are
    printed; only the ratio within one run means anything.
    """

    def run(title, ours, theirs, *, rounds=5):
        (our_name, our_side), (their_name, their_side) = ours, theirs
        our_side(), their_side()  # files in the cache, modules loaded
        mine, other = [], []
        for _ in range(rounds):
            mine.append(_timed(our_side))
            other.append(_timed(their_side))
        ratio = statistics.median(mine) / statistics.median(other)
        with capsys.disabled():
            print(
                f"\n{title}: {ratio:.2f}  ({our_name} {statistics.median(mine):.3f} s, "
                f"{their_name} {statistics.median(other):.3f} s, {rounds} rounds in turns, "
                f"load {os.getloadavg()[0]:.1f})"
            )
        return ratio

    return run


#: Starts a command and tells what it took. A process of its own: a child's peak of memory begins
#: at that of the process which starts it, and pytest's is large.
_MEASURE = """
import json, os, subprocess, sys, time
start = time.perf_counter()
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, used = os.wait4(child.pid, 0)
child.returncode = os.waitstatus_to_exitcode(status)
print(json.dumps({
    "seconds": time.perf_counter() - start, "cpu_s": used.ru_utime + used.ru_stime,
    "peak_mb": used.ru_maxrss / 1024, "code": child.returncode,
}))
"""


@dataclasses.dataclass(frozen=True)
class Whole:
    """What a command took as a whole process, start and imports included."""

    seconds: float
    cpu_s: float
    peak_mb: float
    code: int

    def __str__(self):
        return f"{self.seconds:.2f} s, {self.cpu_s:.2f} s of one core, {self.peak_mb:.0f} MB"


@pytest.fixture
def measured():
    """Run a Python command as a whole process: arguments of the interpreter -> `Whole`."""

    def run(*arguments):
        command = [sys.executable, "-c", _MEASURE, sys.executable, *map(str, arguments)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        return Whole(**json.loads(done.stdout))

    return run


@pytest.fixture(scope="session")
def sample_office(tmp_path_factory):
    """The sample office as `gisapp demo` leaves it: 120 schools, pictures, every round built."""
    office = Office(tmp_path_factory.mktemp("sample") / "office")
    assert run("sample", str(office.folder)).exit_code == 0
    for name in sorted(path.name for path in (office.folder / "data" / "rounds").iterdir()):
        assert office.run("build", name).exit_code in (0, 1)
    return office


@pytest.fixture(scope="session")
def serving():
    """Start `gisapp serve` for an office, as a process of its own, as shipped: its address."""
    running = {}

    def serve(office):
        if office.folder not in running:
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                port = probe.getsockname()[1]
            told = (office.folder.parent / f"serve-{port}.txt").open("w", encoding="utf-8")
            process = start(
                "--office",
                str(office.folder),
                "serve",
                "--port",
                str(port),
                stdout=told,
                stderr=told,
            )
            running[office.folder] = (process, told, f"http://127.0.0.1:{port}/")
            _wait_for(f"http://127.0.0.1:{port}/healthz", process)
        return running[office.folder][2]

    yield serve
    for process, told, _ in running.values():
        process.terminate()
        process.wait(10)
        told.close()


def _wait_for(url, process):
    """Return when a service answers."""
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - our own address
                assert answer.status == 200
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("gisapp serve does not answer")
