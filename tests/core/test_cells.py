import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from gisapp.core.cells import read_cells, read_texts
from gisapp.core.text import clean_text, parse_count


def test_cells_that_are_equal_and_not_the_same_are_read_each_for_itself():
    cells = pd.Series([1, True, 1.0, "1", None], index=[4, 5, 6, 7, 8], dtype=object)
    values, unread = read_cells(cells, parse_count)
    assert values == [1, None, 1, 1, None]
    assert unread == [5]  # True is no number of pupils


def test_an_unreadable_cell_is_told_each_time_it_stands_there():
    values, unread = read_cells(pd.Series(["สิบ", "3", "สิบ"], index=[9, 2, 5]), parse_count)
    assert (values, unread) == ([None, 3, None], [9, 5])


def test_no_cells_have_no_values():
    assert read_cells(pd.Series([], dtype=object), parse_count) == ([], [])
    assert read_texts(pd.Series([], dtype=object)).tolist() == []


@given(st.lists(st.one_of(st.none(), st.text(), st.integers(), st.floats(), st.booleans())))
def test_a_column_is_read_as_its_cells_one_by_one(cells):
    series = pd.Series(cells, index=range(len(cells)), dtype=object)
    assert read_texts(series).tolist() == [clean_text(cell) for cell in series]
