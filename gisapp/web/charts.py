"""Charts as inline SVG: classes and tokens, no script, each with a sentence that says it."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from gisapp.core.profile_rows import GradeRow
from gisapp.web.i18n import gettext as _
from gisapp.web.words import grade_word, number

#: Widest bar, px, and its share of a grade's room on the narrowest page that is made for.
_BAR, _BAR_SHARE, _NARROWEST = 26.0, 0.64, 328.0

#: Grades that have room for their labels side by side on that page.
_MOST_GRADES = 15

#: Where the first and the last round stand, percent of the width: half a label is beside them.
EDGE = 7.0

AXIS = '<line class="ax" x1="0" x2="100%" y1="100%" y2="100%"/>'


def grade_bars(grades: Sequence[GradeRow]) -> Markup:
    """Draw pupils by grade, boys below and girls above; a grade without sexes is one plain bar.

    Bars start at zero. A grade whose pupils nobody counted shows a dash and no bar. Places are
    percent of the drawing and sizes of text and bars are px, so that it can be read at any width.
    """
    slot = 100 / max(len(grades), 1)
    wide = min(_BAR, _NARROWEST * _BAR_SHARE / max(len(grades), 1))
    most = max((row.students or 0 for row in grades), default=0) or 1
    bars = [
        piece
        for place, row in enumerate(grades)
        for piece in _bar(row, slot * (place + 0.5), wide, 100 / most)
    ]
    texts = [
        piece
        for place, row in enumerate(grades)
        for piece in _bar_texts(row, slot * (place + 0.5), 100 / most)
    ]
    parts = [f'<g transform="translate({-wide / 2:g})">', *bars, "</g>", *texts, AXIS]
    if len(grades) <= _MOST_GRADES:
        return svg_of("bars", _bars_sentence(grades), parts)
    # More grades than a phone has room for: the drawing is moved from side to side.
    drawn = svg_of("bars many", _bars_sentence(grades), parts)
    return Markup('<div class="wide-chart" tabindex="0">{}</div>').format(drawn)


@dataclass(frozen=True)
class YearPoint:
    """One round in a line.

    Attributes:
        year_be: Academic year.
        value: The figure; None is a gap.
        whole: Whether nearly every school of the round states it.
        low, high: Between which an unknown figure lies; None where nobody can say.
    """

    year_be: int
    value: float | None
    whole: bool = True
    low: float | None = None
    high: float | None = None


def round_line(points: Sequence[tuple[int, int | None]]) -> Markup:
    """Draw a school's pupils over rounds of the same season.

    Args:
        points: (year BE, pupils) from old to new.
    """
    said = ", ".join(f"{year}: {number(value)}" for year, value in points)
    return year_line(
        [YearPoint(year, value) for year, value in points],
        _("จำนวนนักเรียนย้อนหลัง %(list)s", list=said),
    )


def year_line(points: Sequence[YearPoint], sentence: str, decimals: int = 0) -> Markup:
    """Draw a figure over rounds of the same season; the axis is zero, an unknown year is a gap.

    Where only its bounds are known, an upright stroke stands between them. A piece of line that
    ends where many schools do not state the figure is dashed.

    Args:
        points: From old to new.
        sentence: What the line says.
        decimals: Of the values written at the points.
    """
    most = max((point.high or point.value or 0 for point in points), default=0) or 1
    places = places_of([point.value for point in points], most)
    parts = [AXIS, *strokes(places, [point.whole for point in points])]
    for n, (point, (x, y)) in enumerate(zip(points, places, strict=True)):
        if y is not None:
            last = " last" if n == len(points) - 1 else ""
            parts.append(f'<circle class="dot{last}" cx="{x:.2f}%" cy="{y:.2f}%" r="3.5"/>')
        value, top = number(point.value, decimals), 100 if y is None else y
        if y is None and point.low is not None and point.high is not None:
            value = f"{number(point.low, decimals)}–{number(point.high, decimals)}"
            top = 100 - 100 * point.high / most
            parts.append(range_at(x, 100 - 100 * point.low / most, top))
        parts.append(text_at(x, top, -8, value, "v"))
        parts.append(text_at(x, 100, 17, str(point.year_be)))
    return svg_of("line", sentence, parts)


def spark(values: Sequence[int | None]) -> Markup:
    """Draw a line the size of a word, 46 × 18; the percentage beside it says it in figures."""
    most = max((value or 0 for value in values), default=0) or 1
    step = 40 / max(len(values) - 1, 1)
    places = [
        (3 + step * n, None if value is None else 15 - 12 * value / most)
        for n, value in enumerate(values)
    ]
    parts = [_path(places)]
    x, y = places[-1] if places else (0.0, None)
    if y is not None:
        parts.append(f'<circle class="dot last" cx="{x:.1f}" cy="{y:.1f}" r="2.2"/>')
    return Markup(  # noqa: S704 - numbers and class names of this module only
        '<svg class="ch spark" width="46" height="18" viewBox="0 0 46 18" aria-hidden="true">'
        f"{''.join(parts)}</svg>"
    )


def condition_bar(counts: Sequence[tuple[str, int]], width: int = 344) -> Markup:
    """Draw buildings by condition as one bar; the words and numbers beside it say the same."""
    total = sum(count for _kind, count in counts)
    shown = [(kind, count) for kind, count in counts if count]
    parts: list[str] = []
    x, gap = 0.0, 2.0
    room = width - gap * (len(shown) - 1)
    for kind, count in shown:
        wide = room * count / total
        parts.append(
            f'<rect class="c-{escape(kind)}" x="{x + 0.5:.1f}" y=".5" '
            f'width="{wide - 1:.1f}" height="13"/>'
        )
        x += wide + gap
    return Markup(  # noqa: S704 - numbers and class names of this module only
        f'<svg class="cond" viewBox="0 0 {width} 14" preserveAspectRatio="none" '
        f'aria-hidden="true">{"".join(parts)}</svg>'
    )


def _bar(row: GradeRow, middle: float, wide: float, scale: float) -> list[str]:
    """Return the pieces of one grade's bar, from the axis up; `scale` is percent per pupil."""
    if row.students is None:
        return []
    if row.male is None or row.female is None:
        stack = [("t", 0, row.students)]
    else:
        stack = [("m", 0, row.male), ("f", row.male, row.male + row.female)]
    pieces = [
        f'<rect class="{kind}" x="{middle:.2f}%" y="{100 - high * scale:.2f}%" '
        f'width="{wide:g}" height="{(high - low) * scale:.2f}%"/>'
        for kind, low, high in stack
        if high > low
    ]
    if len(pieces) == 2:
        # A hairline of ground between the sexes, so that the two are told apart in grey print.
        turn = 100 - stack[0][2] * scale
        pieces.append(
            f'<rect class="cut" x="{middle:.2f}%" y="{turn:.2f}%" width="{wide:g}" height="1.5"/>'
        )
    return pieces


def _bar_texts(row: GradeRow, middle: float, scale: float) -> list[str]:
    """Return a bar's number above it and its grade below the axis."""
    top = 100 - (row.students or 0) * scale
    return [
        text_at(middle, top, -5, number(row.students), "v"),
        text_at(middle, 100, 18, grade_word(row.grade)),
    ]


def _bars_sentence(grades: Sequence[GradeRow]) -> str:
    """Say the chart in one sentence."""
    counted = [row for row in grades if row.students is not None]
    if not counted:
        return _("ไม่มีข้อมูลนักเรียนรายชั้น")
    top = max(counted, key=lambda row: row.students or 0)
    return _(
        "นักเรียนแยกชั้นและเพศ มากที่สุด %(grade)s %(number)s คน",
        grade=grade_word(top.grade),
        number=number(top.students),
    )


def places_of(values: Sequence[float | None], most: float) -> list[tuple[float, float | None]]:
    """Return where figures stand, in percent from the left and from the top; None is a gap."""
    step = (100 - 2 * EDGE) / max(len(values) - 1, 1)
    return [
        (EDGE + step * n, None if value is None else 100 - 100 * value / most)
        for n, value in enumerate(values)
    ]


def range_at(x: float, low: float, high: float) -> str:
    """Draw an upright stroke between two bounds, in percent."""
    return f'<line class="rng" x1="{x:.2f}%" x2="{x:.2f}%" y1="{low:.2f}%" y2="{high:.2f}%"/>'


def strokes(places: Sequence[tuple[float, float | None]], whole: Sequence[bool]) -> list[str]:
    """Join each known point with the next one, in percent; a gap on either side joins nothing."""
    ends = itertools.pairwise(zip(places, whole, strict=True))
    return [
        f'<line class="ln{"" if sure and to_sure else " part"}" x1="{x:.2f}%" y1="{y:.2f}%" '
        f'x2="{to_x:.2f}%" y2="{to_y:.2f}%"/>'
        for ((x, y), sure), ((to_x, to_y), to_sure) in ends
        if y is not None and to_y is not None
    ]


def _path(places: Sequence[tuple[float, float | None]]) -> str:
    """Join known points, in px; the pen is lifted over a gap."""
    pieces, pen = [], "M"
    for x, y in places:
        if y is None:
            pen = "M"
            continue
        pieces.append(f"{pen}{x:.1f},{y:.1f}")
        pen = "L"
    return f'<path class="ln" d="{" ".join(pieces)}"/>' if pieces else ""


def text_at(x: float, y: float, off: float, words: str, kind: str = "") -> str:
    """Write words in the middle of x, `off` px below y; both are percent."""
    marked = f' class="{kind}"' if kind else ""
    return (
        f'<text{marked} x="{x:.2f}%" y="{y:.2f}%" dy="{off:g}" text-anchor="middle">'
        f"{escape(words)}</text>"
    )


def svg_of(kind: str, sentence: str, parts: Sequence[str]) -> Markup:
    """Wrap parts; every text in them has been escaped where it was written.

    The style sheet gives the drawing its height, and the room around it for its labels.
    """
    said = escape(sentence)
    return Markup(  # noqa: S704
        f'<svg class="ch {kind}" role="img" aria-label="{said}">{"".join(parts)}</svg>'
    )
