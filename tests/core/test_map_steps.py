import itertools

import pytest

from gisapp.core.map_steps import COUNTED, Step, why_not_last, why_not_next


def is_usable(steps):
    joined = all(why_not_next(steps[:place], step) is None for place, step in enumerate(steps))
    return joined and why_not_last(steps[-1]) is None


def table(view, *limits):
    return [Step(view, str(place), *pair) for place, pair in enumerate(limits)]


@pytest.mark.parametrize(
    "steps",
    [
        table("teachers", (None, 10), (10, 15), (15, None)),
        table("teachers", (0, 10), (10, None)),
        table("teachers", (None, None)),
        table("buildings", (0, 0), (0, 15), (15, None)),
        table("elevation", (None, -10), (-10, None)),
        table("utilities", (0, 0), (1, 1), (2, 2), (3, 3)),
        table("completeness", (None, 3), (3, 7), (7, 7)),
    ],
)
def test_steps_that_hold_every_figure_are_taken(steps):
    assert is_usable(steps)


@pytest.mark.parametrize(
    ("steps", "why"),
    [
        (table("teachers", (None, 10), (12, None)), "must start at 10"),
        (table("teachers", (None, 10), (8, None)), "must start at 10"),
        (table("teachers", (None, 10), (10, 15)), "the last class must have no upper limit"),
        (table("teachers", (5, 10), (10, None)), "the first class must start at 0 or be open"),
        (table("elevation", (0, 10), (10, None)), "the first class must have no lower limit"),
        (table("teachers", (None, None), (10, None)), "the class before it has no upper limit"),
        (table("teachers", (None, 10), (10, 10), (10, None)), "a class of one figure must come"),
        (table("teachers", (None, 10), (10, 4)), "10 is above 4"),
        (table("utilities", (0, 0), (2, 2), (3, 3)), "must start at 1"),
        (table("utilities", (0, 0), (1, 1)), "the last class must have no upper limit"),
        (table("rooms", *((n or None, n + 1) for n in range(6))), "more than 5 classes"),
        ([Step("rooms", "nodata", None, None)], "class 'nodata' is reserved"),
        ([Step("rooms", "1", None, 5), Step("rooms", "1", 5, None)], "class '1' is reserved or"),
    ],
)
def test_a_gap_an_overlap_or_a_limit_too_many_is_told(steps, why):
    told = [why_not_next(steps[:place], step) for place, step in enumerate(steps)]
    said = next(reason for reason in (*told, why_not_last(steps[-1])) if reason)
    assert why in said[1]
    assert said[0]


@pytest.mark.parametrize("view", ["teachers", "elevation", "utilities"])
def test_by_law_each_figure_falls_into_a_step_of_every_table_that_is_taken(view):
    pairs = list(itertools.product((None, 0, 1, 3), repeat=2))
    figures = range(-5 if view == "elevation" else 0, COUNTED.get(view, 8) + 1)
    taken = 0
    for count in (1, 2, 3):
        for limits in itertools.product(pairs, repeat=count):
            steps = table(view, *limits)
            if not is_usable(steps):
                continue
            taken += 1
            for figure in figures:
                held = [step for step in steps if step.holds(figure)]
                # The very figure of a step of one comes first; nothing else is held twice.
                assert len(held) == 1 or (len(held) == 2 and held[0].is_point), (limits, figure)
    assert taken > 5
