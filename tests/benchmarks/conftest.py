"""Benchmarks print both sides' seconds and the ratio; the ratio is what was promised."""

import dataclasses
import json
import os
import statistics
import subprocess
import sys
import time

import pytest


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
