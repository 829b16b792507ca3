import re

import pytest

from gisapp.core.profile_rows import GradeRow
from gisapp.web import charts


def row(grade, male, female, students=None):
    total = students if students is not None else (male or 0) + (female or 0)
    return GradeRow("1", grade, male, female, total)


@pytest.fixture(autouse=True)
def in_a_request(app):
    with app.test_request_context("/"):
        yield


def bars(svg):
    return [
        (kind, float(x), float(y), float(height))
        for kind, x, y, height in re.findall(
            r'<rect class="(\w)" x="([\d.]+)" y="([\d.]+)" width="[\d.]+" height="([\d.]+)"', svg
        )
    ]


def test_bars_are_as_tall_as_their_pupils_and_stand_on_zero():
    drawn = bars(charts.grade_bars([row("p1", 4, 6), row("p2", 0, 5)], 200, 100))
    (_, _, y_boys, boys), (_, _, _, girls), (_, _, y_other, other) = drawn
    axis = 100 - 22
    assert y_boys + boys == pytest.approx(axis, abs=0.1)
    assert y_other + other == pytest.approx(axis, abs=0.1)
    assert other * 2 == pytest.approx(boys + girls + 1.5, abs=0.2)
    assert (girls + 1.5) / boys == pytest.approx(6 / 4, rel=0.02)


def test_a_grade_without_sexes_is_one_plain_bar_and_one_without_count_a_dash():
    svg = charts.grade_bars([row("p1", None, None, 7), GradeRow("1", "p2")], 200, 100)
    assert [kind for kind, *_ in bars(svg)] == ["t"]
    assert ">7</text>" in svg
    assert ">–</text>" in svg


def test_no_pupils_and_no_grades_draw_without_dividing_by_zero():
    assert bars(charts.grade_bars([row("p1", 0, 0)], 200, 100)) == []
    assert "<svg" in charts.grade_bars([], 200, 100)
    assert "<svg" in charts.round_line([], 200, 80)
    assert "<svg" in charts.round_line([(2568, 0)], 200, 80)
    assert "<svg" in charts.spark([])
    assert charts.condition_bar([]).count("<rect") == 0


def test_an_unknown_year_is_a_gap_never_a_line_through_it():
    svg = charts.round_line([(2564, 10), (2565, None), (2566, 8), (2567, 7)], 300, 80)
    pens = re.search(r'<path class="ln" d="([^"]*)"', svg)[1]
    assert [step[0] for step in pens.split()] == ["M", "M", "L"]
    assert svg.count("<circle") == 3
    assert ">2565</text>" in svg


def test_the_line_stands_on_zero():
    svg = charts.round_line([(2567, 10), (2568, 5)], 300, 80)
    tall, half = (float(y) for y in re.findall(r'<circle[^>]*cy="([\d.]+)"', svg))
    axis = 80 - 20
    assert axis - half == pytest.approx((axis - tall) / 2, abs=0.1)


def test_a_chart_is_a_picture_with_a_sentence():
    svg = charts.grade_bars([row("p1", 4, 6), row("p2", 1, 1)], 200, 100)
    assert 'role="img"' in svg
    assert re.search(r'aria-label="[^"]*ป\.1 10', svg)


def test_words_in_a_chart_are_escaped():
    assert "<b>" not in charts.grade_bars([row("<b>x", 1, 1)], 200, 100)


def test_the_bar_of_conditions_is_divided_by_count():
    widths = [
        float(w)
        for w in re.findall(
            r'width="([\d.]+)" height="13"', charts.condition_bar([("good", 3), ("fair", 1)])
        )
    ]
    assert (widths[0] + 1) / (widths[1] + 1) == pytest.approx(3, rel=0.01)
