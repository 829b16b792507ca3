"""Into which class of a legend a figure of coverage falls."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gisapp.core.coverage.reckoning.measures import MEASURES, classes_of
from gisapp.core.dictionary import LAYERS
from gisapp.core.map_steps import Step

RATE = tuple(
    Step("rate", str(n), least, below)
    for n, (least, below) in enumerate(
        [(None, 50.0), (50.0, 70.0), (70.0, 85.0), (85.0, 95.0), (95.0, None)]
    )
)
OUT = (
    Step("uncovered", "1", 0.0, 0.0),
    Step("uncovered", "2", 0.0, 10.0),
    Step("uncovered", "3", 10.0, None),
)


@pytest.mark.parametrize(
    ("percent", "place"),
    [(0.0, 0), (49.9999, 0), (50.0, 1), (69.95, 1), (85.0, 3), (94.999, 3), (95.0, 4), (100.0, 4)],
)
def test_a_figure_on_a_limit_belongs_to_the_class_that_begins_there(percent, place):
    assert classes_of(np.array([percent]), RATE).tolist() == [place]


def test_what_nobody_knows_is_in_no_class():
    assert classes_of(np.array([np.nan, 60.0, np.nan]), RATE).tolist() == [-1, 1, -1]


def test_nobody_out_of_reach_is_not_the_same_as_a_part_of_a_child():
    assert classes_of(np.array([0.0, 0.4, 10.0]), OUT).tolist() == [0, 1, 2]


def test_the_last_bits_of_a_division_move_no_figure_below_its_limit():
    share = 19 * (1 / 20) * 100  # 95.00000000000001 or 94.99999999999999, as the machine likes
    assert classes_of(np.array([share, np.nextafter(95.0, 0)]), RATE).tolist() == [4, 4]


@given(st.lists(st.floats(0, 1e6), max_size=20))
def test_every_known_figure_falls_into_exactly_one_class(figures):
    values = np.round(np.array(figures), 9)
    found = classes_of(values, RATE)
    for value, place in zip(values, found, strict=True):
        assert [step.holds(value) for step in RATE].index(True) == place
        assert sum(step.holds(value) for step in RATE) == 1


def test_every_measure_is_a_figure_of_the_layers():
    columns = {column.name for column in LAYERS["office_coverage"].columns}
    assert {measure.column for measure in MEASURES.values()} <= columns
