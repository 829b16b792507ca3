import re

import pytest

from gisapp.web.overview.drawing import share_bar


@pytest.fixture(autouse=True)
def in_a_request(app):
    with app.test_request_context("/"):
        yield


def rects(svg):
    return [
        (float(x), float(wide), fill)
        for x, wide, fill in re.findall(r'x="([\d.]+)%" width="([\d.]+)%"[^>]* fill="([^"]+)"', svg)
    ]


def test_a_bar_starts_at_zero_and_its_parts_follow_each_other():
    found = rects(share_bar([("male", 3), ("female", 1)], 8))
    assert found == [(0.0, 37.5, "var(--male)"), (37.5, 12.5, "var(--female)")]


def test_the_longest_bar_fills_the_width_and_zero_draws_nothing():
    assert rects(share_bar([("q-4", 8)], 8)) == [(0.0, 100.0, "var(--q-4)")]
    assert rects(share_bar([("q-4", 0)], 8)) == []
    assert rects(share_bar([("q-4", 0)], 0)) == []
    assert rects(share_bar([], 0)) == []


def test_what_nobody_knows_is_hatched():
    assert rects(share_bar([("nodata", 2)], 4)) == [(0.0, 50.0, "url(#hatch)")]


def test_a_bar_holds_no_text_that_could_shrink():
    svg = share_bar([("q-4", 8)], 8)
    assert "<rect" in svg
    assert "viewBox" not in svg
    assert "<text" not in svg
