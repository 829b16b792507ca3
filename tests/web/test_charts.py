import re

import pytest

from gisapp.core.profile_rows import GradeRow
from gisapp.web import charts
from gisapp.web.charts import YearPoint


def row(grade, male, female, students=None):
    total = students if students is not None else (male or 0) + (female or 0)
    return GradeRow("1", grade, male, female, total)


@pytest.fixture(autouse=True)
def in_a_request(app):
    with app.test_request_context("/"):
        yield


def bars(svg):
    """(kind, middle, top, height) of each bar, percent of the drawing."""
    return [
        (kind, float(x), float(y), float(height))
        for kind, x, y, height in re.findall(
            r'<rect class="(\w)" x="([\d.]+)%" y="([\d.]+)%" width="[\d.]+" height="([\d.]+)%"', svg
        )
    ]


def strokes(svg):
    """(from, to) of each stroke of a line, percent of the width."""
    found = re.findall(r'<line class="ln" x1="([\d.]+)%" y1="[\d.]+%" x2="([\d.]+)%"', svg)
    return [(float(left), float(right)) for left, right in found]


def test_bars_are_as_tall_as_their_pupils_and_stand_on_zero():
    drawn = bars(charts.grade_bars([row("p1", 4, 6), row("p2", 0, 5)]))
    assert drawn == [
        ("m", 25, 60, 40),
        ("f", 25, 0, 60),
        ("f", 75, 50, 50),
    ]


def test_the_sexes_are_cut_apart_only_where_there_are_both():
    cuts = charts.grade_bars([row("p1", 4, 6), row("p2", 0, 5), row("p3", 5, 0)])
    assert re.findall(r'<rect class="cut" x="([\d.]+)%" y="([\d.]+)%"', cuts) == [
        ("16.67", "60.00")
    ]


def test_bars_grow_narrow_before_they_touch_on_a_phone():
    for grades in range(1, 19):
        svg = charts.grade_bars([row("p1", 1, 1)] * grades)
        wide = float(re.search(r'width="([\d.]+)"', svg)[1])
        assert wide == pytest.approx(min(26, 0.64 * 328 / grades), abs=0.01)
        assert ("wide-chart" in svg) == (grades > 15)


def test_a_grade_without_sexes_is_one_plain_bar_and_one_without_count_a_dash():
    svg = charts.grade_bars([row("p1", None, None, 7), GradeRow("1", "p2")])
    assert [kind for kind, *_ in bars(svg)] == ["t"]
    assert ">7</text>" in svg
    assert ">–</text>" in svg


def test_no_pupils_and_no_grades_draw_without_dividing_by_zero():
    assert bars(charts.grade_bars([row("p1", 0, 0)])) == []
    assert "<svg" in charts.grade_bars([])
    assert "<svg" in charts.round_line([])
    assert "<svg" in charts.round_line([(2568, 0)])
    assert "<svg" in charts.spark([])
    assert charts.condition_bar([]).count("<rect") == 0


def test_an_unknown_year_is_a_gap_never_a_line_through_it():
    svg = charts.round_line([(2564, 10), (2565, None), (2566, 8), (2567, 7)])
    (stroke,) = strokes(svg)
    assert stroke == pytest.approx((7 + 86 * 2 / 3, 93), abs=0.01)
    assert svg.count("<circle") == 3
    assert ">2565</text>" in svg


def test_a_year_known_between_two_unknown_ones_is_a_point_alone():
    svg = charts.round_line([(2564, None), (2565, 4), (2566, None)])
    assert strokes(svg) == []
    assert svg.count("<circle") == 1


def test_the_line_stands_on_zero():
    svg = charts.round_line([(2567, 10), (2568, 5)])
    assert re.findall(r'<circle[^>]*cy="([\d.]+)%"', svg) == ["0.00", "50.00"]


def test_a_piece_of_line_beside_an_incomplete_round_is_dashed():
    points = [YearPoint(2565, 9), YearPoint(2566, 9), YearPoint(2567, 8, whole=False)]
    pieces = re.findall(r'class="(ln[^"]*)"', charts.year_line(points, "x"))
    assert pieces == ["ln", "ln part"]
    first = [YearPoint(2565, 9, whole=False), YearPoint(2566, 9), YearPoint(2567, 8)]
    assert re.findall(r'class="(ln[^"]*)"', charts.year_line(first, "x")) == ["ln part", "ln"]


def test_a_line_says_its_sentence_and_escapes_it():
    svg = charts.year_line([YearPoint(2568, 16.56)], '<b> "ก"', 1)
    assert 'role="img" aria-label="&lt;b&gt; &#34;ก&#34;"' in svg
    assert ">16.6</text>" in svg


def test_years_that_nobody_knows_have_dashes_and_no_points():
    svg = charts.year_line([YearPoint(2567, None), YearPoint(2568, None)], "x")
    assert "<circle" not in svg
    assert svg.count(">–</text>") == 2


def test_a_chart_is_a_picture_with_a_sentence():
    svg = charts.grade_bars([row("p1", 4, 6), row("p2", 1, 1)])
    assert 'role="img"' in svg
    assert re.search(r'aria-label="[^"]*ป\.1 10', svg)


def test_words_in_a_chart_are_escaped():
    assert "<b>" not in charts.grade_bars([row("<b>x", 1, 1)])


def test_the_bar_of_conditions_is_divided_by_count():
    widths = [
        float(w)
        for w in re.findall(
            r'width="([\d.]+)" height="13"', charts.condition_bar([("good", 3), ("fair", 1)])
        )
    ]
    assert (widths[0] + 1) / (widths[1] + 1) == pytest.approx(3, rel=0.01)
