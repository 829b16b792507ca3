import pandas as pd
import pytest

from gisapp.core.ages import close_bands, parse_age


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        (6, 6, 6),
        (6.0, 6, 6),
        ("๖", 6, 6),
        ("6 ปี", 6, 6),
        ("0", 0, 0),
        ("100+", 100, None),
        ("100 ปีขึ้นไป", 100, None),
        ("85 and over", 85, None),
        ("≥ 85", 85, None),
        ("> 100", 101, None),
        ("มากกว่า 100 ปี", 101, None),
        ("0-4", 0, 4),
        ("5 – 9 ปี", 5, 9),
        ("น้อยกว่า 1 ปี", 0, 0),
        ("150", 150, 150),
    ],
)
def test_an_age_may_be_written_in_many_ways(text, first, last):
    assert parse_age(text) == (first, last)


@pytest.mark.parametrize("blank", [None, "", "-", float("nan")])
def test_a_blank_is_no_age(blank):
    assert parse_age(blank) is None


@pytest.mark.parametrize("text", ["151", "2567", "หก", "9-5", "-3", "6.5"])
def test_anything_else_is_refused(text):
    with pytest.raises(ValueError, match="expected"):
        parse_age(text)


def bands(*rows):
    """Last ages of bands (area, first, last)."""
    frame = pd.DataFrame(rows, columns=["area_code", "age", "age_to"], dtype=object)
    frame = frame.astype({"age": float, "age_to": float}).assign(as_of_date="2024-12-31")
    return close_bands(frame).tolist()


def test_a_band_that_ends_where_the_next_begins_leaves_its_last_age_out():
    assert bands(("a", 0, 1), ("a", 1, 2), ("a", 2, 5)) == [0, 1, 5]


def test_a_band_that_ends_before_the_next_is_complete():
    assert bands(("a", 0, 4), ("a", 5, 9)) == [4, 9]


def test_the_next_area_says_nothing_about_a_band():
    assert bands(("a", 0, 5), ("b", 5, 9)) == [5, 9]
