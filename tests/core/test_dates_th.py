import datetime

import pytest

from gisapp.core.dates_th import date_long, date_or_none, date_short, day_month, month_year

DAY = datetime.date(2025, 6, 10)


def test_a_date_is_written_with_its_buddhist_year_and_in_english_with_the_other_too():
    assert date_short(DAY, "th").split() == ["10", "มิ.ย.", "2568"]
    assert date_short(DAY, "en").split() == ["10", "Jun", "2568", "(2025)"]
    assert date_long(DAY, "th").split() == ["10", "มิถุนายน", "2568"]
    assert date_long(DAY, "en").split() == ["10", "June", "2568", "(2025)"]
    assert day_month(DAY, "th").split() == ["10", "มิ.ย."]
    assert month_year(DAY, "en").split() == ["Jun", "2568", "(2025)"]


def test_a_date_never_breaks_over_two_lines():
    assert " " not in date_short(DAY, "th") + date_long(DAY, "en") + month_year(DAY, "th")


@pytest.mark.parametrize("month", range(1, 13))
def test_each_month_has_its_own_name_and_the_short_one_starts_the_long(month):
    day = datetime.date(2025, month, 1)
    short, long = (write(day, "en").split()[1] for write in (date_short, date_long))
    assert long.startswith(short)
    thai_short, thai_long = (write(day, "th").split()[1] for write in (date_short, date_long))
    assert thai_long.startswith(thai_short[0])
    assert thai_short.endswith(".")


def test_the_new_year_and_the_leap_day_keep_their_year():
    assert date_short(datetime.date(2024, 2, 29), "en").split() == ["29", "Feb", "2567", "(2024)"]
    assert date_short(datetime.date(2024, 12, 31), "en").split()[2] == "2567"
    assert date_short(datetime.date(2025, 1, 1), "en").split()[2] == "2568"


def test_text_that_is_no_iso_date_is_none():
    assert date_or_none("2025-06-10") == DAY
    assert date_or_none("2025-06-10T00:00:00") == DAY
    for text in (None, "", "10/6/2568", "2025-13-01", "2568"):
        assert date_or_none(text) is None
