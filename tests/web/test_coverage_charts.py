"""The line of expected pupils, and what is said of the years ahead and of earlier rounds."""

import re

import pytest

from gisapp.store.published_outlook import Expected
from gisapp.web.charts import YearPoint, year_line
from gisapp.web.coverage import outlooks, trend
from gisapp.web.coverage.outlooks import OutlookYear
from gisapp.web.coverage.trend import Bounds
from gisapp.web.outlook_chart import OutlookPoint, outlook_line


@pytest.fixture(autouse=True)
def _thai(app):
    with app.test_request_context("/coverage"):
        yield


def points(drawn, shape):
    """Attributes of every shape of a kind, in the order drawn."""
    return [
        dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        for tag in re.findall(rf"<{shape} [^>]*", drawn)
    ]


def test_what_is_counted_is_solid_and_what_is_expected_is_dashed():
    drawn = outlook_line(
        [
            OutlookPoint(2567, 80, expected=False),
            OutlookPoint(2568, 100, expected=False),
            OutlookPoint(2569, 90, 70, 120),
        ],
        "คำ",
    )
    lines = [line for line in points(drawn, "line") if line["class"].startswith("ln")]
    assert [line["class"] for line in lines] == ["ln", "ln part"]
    assert [dot["class"] for dot in points(drawn, "circle")] == ["dot last", "dot last", "dot"]


def test_the_range_stands_where_its_figures_stand_above_zero():
    drawn = outlook_line(
        [OutlookPoint(2568, 50, expected=False), OutlookPoint(2569, 60, 30, 120)], "คำ"
    )
    (strokes,) = [line for line in points(drawn, "line") if line["class"] == "rng"]
    # The highest figure, 120, is at the top; 30 is a quarter of it above the axis.
    assert strokes["y2"] == "0.00%"
    assert strokes["y1"] == "75.00%"


def test_an_unknown_year_is_a_gap():
    drawn = outlook_line(
        [OutlookPoint(2568, 5, expected=False), OutlookPoint(2569, None), OutlookPoint(2570, 6)],
        "คำ",
    )
    assert not [line for line in points(drawn, "line") if line["class"].startswith("ln")]
    assert len(points(drawn, "circle")) == 2
    assert "2569" in drawn


def test_nothing_expected_and_nobody_there_draw_no_error():
    drawn = outlook_line([OutlookPoint(2568, 0, expected=False), OutlookPoint(2569, 0, 0, 0)], "คำ")
    assert "nan" not in drawn
    assert 'cy="100.00%"' in drawn


def test_of_many_years_every_other_one_and_its_figure_are_named_and_always_the_last():
    drawn = outlook_line([OutlookPoint(2560 + n, 100 + n) for n in range(11)], "คำ")
    assert re.findall(r">(25\d\d)<", drawn) == [str(year) for year in range(2560, 2571, 2)]
    assert re.findall(r">(1\d\d)<", drawn) == [str(n) for n in range(100, 111, 2)]


def test_the_range_is_filled_from_the_last_counted_year_on_and_only_where_there_is_one():
    drawn = outlook_line(
        [
            OutlookPoint(2567, 80, expected=False),
            OutlookPoint(2568, 100, expected=False),
            OutlookPoint(2569, 90, 60, 120),
            OutlookPoint(2570, 90, 30, 120),
            OutlookPoint(2571, 90),
        ],
        "คำ",
    )
    (band,) = points(drawn, "path")
    corners = re.findall(r"([\d.]+),([\d.]+)", band["d"])
    # From the one figure of 2568, 100 of 120, to 60 and 120, then to 30 and 120; none of 2571.
    assert [y for _x, y in corners] == [
        "16.67", "16.67", "0.00", "50.00", "50.00", "0.00", "0.00", "75.00",
    ]  # fmt: skip
    assert [x for x, _y in corners] == ["28.50"] * 2 + ["50.00"] * 4 + ["71.50"] * 2
    without = outlook_line([OutlookPoint(2568, 5, expected=False), OutlookPoint(2569, 6)], "คำ")
    assert points(without, "path") == []


def test_the_years_ahead_have_a_ground_and_a_name_of_their_own():
    drawn = outlook_line([OutlookPoint(2568, 5, expected=False), OutlookPoint(2569, 6)], "คำ")
    (ground,) = points(drawn, "rect")
    assert (ground["x"], ground["width"]) == ("50.00%", "50.00%")
    assert ">คาดการณ์<" in drawn
    assert ">คาดการณ์<" not in outlook_line([OutlookPoint(2568, 5, expected=False)], "คำ")


def test_a_figure_stands_below_a_dip_of_the_line():
    drawn = outlook_line(
        [OutlookPoint(2566 + n, value, expected=False) for n, value in enumerate((20, 10, 20))],
        "คำ",
    )
    figures = [text for text in points(drawn, "text") if text.get("class") == "v"]
    assert [text["dy"] for text in figures] == ["-8", "18", "-8"]


def test_a_rate_between_bounds_is_a_stroke_and_says_why():
    drawn = year_line([YearPoint(2567, 80.0), YearPoint(2568, None, low=60.0, high=90.0)], "x", 1)
    (stroke,) = [line for line in points(drawn, "line") if line["class"] == "rng"]
    assert (stroke["y1"], stroke["y2"]) == ("33.33%", "0.00%")
    assert ">60.0–90.0<" in drawn
    values = [(2567, 80.0), (2568, None)]
    bounds = {2568: Bounds("60.0–90.0%", "ไม่ทราบระยะ 6 โรงเรียน", 60.0, 90.0)}
    assert trend._title("ในระยะ", trend.percent_word, values, True, bounds) == (
        "ในระยะ 60.0–90.0% (ไม่ทราบระยะ 6 โรงเรียน)"
    )


def expected(year, value, method="zone_intake"):
    return Expected(
        "p1",
        year,
        40.0,
        value,
        None if value is None else value - 2.4,
        value and value + 3.6,
        method,
    )


def test_a_word_that_not_all_years_share_names_its_years():
    rows = [
        expected(2569, 20.0),
        expected(2570, 21.0),
        expected(2571, None, "zone_intake+not_born"),
        expected(2572, None, "zone_intake+not_born"),
    ]
    assert outlooks._notes(rows) == (
        "เด็กในเขตแต่ละรุ่น คูณอัตรารับเข้าเรียนที่ผ่านมา",
        "ปี 2571–2572: รุ่นนี้ยังไม่เกิดหรือยังไม่อยู่ในทะเบียน",
    )


def test_a_year_is_written_in_whole_pupils_and_an_unknown_one_as_a_dash():
    assert outlooks._year(expected(2569, 20.0)) == OutlookYear(2569, "40", "20", "18–24", True)
    assert outlooks._year(expected(2571, None)).expected == "–"
    assert outlooks._year(expected(2571, None)).between == "–"


def test_how_the_range_was_made_is_said():
    rows = [expected(2569, 20.0, "zone_intake+range_worst:4")]
    assert outlooks._notes(rows)[1] == (
        "ช่วงกว้างเท่าความคลาดเคลื่อนที่มากที่สุดในการคาดย้อนหลัง 4 ปี และไม่แคบกว่าความผันผวนโดยบังเอิญ"
    )


def test_one_expected_year_is_told_once():
    one = outlooks._outlook("p1", [expected(2569, 20.0), expected(2570, None)], [])
    assert one.title == "ป.1 คาดว่ามี 20 คนในปี 2569"
    assert one.told
    nobody = outlooks._outlook("p1", [Expected("p1", 2569, *[None] * 4, "no_pupils")], [])
    assert nobody.title == "ป.1: ยังคาดการณ์ไม่ได้"
    assert nobody.notes == ("ไม่มีข้อมูลนักเรียนรอบ 1 ของปีนี้",)
    assert not nobody.told


def test_what_has_moved_is_said_in_the_figures_that_are_written():
    assert trend._title("เด็ก", trend.number, [(2565, 100.4), (2568, 110.6)], False) == (
        "เด็ก 111 คน เพิ่มขึ้น 11 จากปี 2565"
    )
    assert trend._title("ในระยะ", trend.percent_word, [(2565, 60.0), (2568, 58.04)], True) == (
        "ในระยะ 58.0% ต่ำลง 2.0 จุดจากปี 2565"
    )
    assert trend._title("เด็ก", trend.number, [(2565, 5.0), (2568, None)], False) == (
        "เด็ก: รอบนี้ไม่ทราบ"
    )
    assert trend._title("เด็ก", trend.number, [(2565, None), (2568, 5.0)], False) == "เด็ก 5 คน"
