"""Benchmarks print both sides' seconds and the ratio; the ratio is what was promised."""

import os
import statistics
import time

import pytest


def _timed(action):
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


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
