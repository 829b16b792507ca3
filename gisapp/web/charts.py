"""Charts as inline SVG: classes and tokens, no script, each with a sentence that says it."""

from collections.abc import Sequence

from markupsafe import Markup, escape

from gisapp.core.profile_rows import GradeRow
from gisapp.web.i18n import gettext as _
from gisapp.web.words import grade_word, number

#: Room under the axis for one line of labels, px.
_FOOT = 22.0
#: Room above the tallest bar for its number, px.
_HEAD = 17.0
_BAR = 26.0


def grade_bars(grades: Sequence[GradeRow], width: int, height: int) -> Markup:
    """Draw pupils by grade, boys below and girls above; a grade without sexes is one plain bar.

    Bars start at zero. A grade whose pupils nobody counted shows a dash and no bar.
    """
    slot = width / max(len(grades), 1)
    bar = min(_BAR, slot * 0.64)
    axis = height - _FOOT
    most = max((row.students or 0 for row in grades), default=0)
    scale = (axis - _HEAD) / most if most else 0.0
    parts = [
        piece
        for place, row in enumerate(grades)
        for piece in _one_bar(row, slot * (place + 0.5), bar, axis, scale)
    ]
    parts.append(_line("ax", 0, width, axis + 0.5))
    return _svg(width, height, _bars_sentence(grades), parts)


def round_line(points: Sequence[tuple[int, int | None]], width: int, height: int) -> Markup:
    """Draw pupils over rounds of the same season; the axis is zero, an unknown year is a gap.

    Args:
        points: (year BE, pupils) from old to new.
        width: Width of the drawing, its own px.
        height: Height of the drawing, its own px.
    """
    axis, top, edge = height - 20.0, 20.0, 20.0
    most = max((value or 0 for _year, value in points), default=0) or 1
    step = (width - 2 * edge) / max(len(points) - 1, 1)
    places = [
        (edge + step * n, None if value is None else axis - (axis - top) * value / most)
        for n, (_year, value) in enumerate(points)
    ]
    parts = [_line("ax", 0, width, axis + 0.5), _path(places)]
    for n, ((year, value), (x, y)) in enumerate(zip(points, places, strict=True)):
        if y is not None:
            last = " last" if n == len(points) - 1 else ""
            parts.append(f'<circle class="dot{last}" cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>')
            parts.append(_text(x, y - 8, number(value), "v"))
        parts.append(_text(x, height - 3, str(year)))
    said = ", ".join(f"{year}: {number(value)}" for year, value in points)
    return _svg(width, height, _("จำนวนนักเรียนย้อนหลัง %(list)s", list=said), parts)


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


def _one_bar(row: GradeRow, middle: float, bar: float, axis: float, scale: float) -> list[str]:
    """Return the pieces of one grade's bar, from the axis up."""
    label = _text(middle, axis + 18, grade_word(row.grade))
    if row.students is None:
        return [_text(middle, axis - 5, number(None), "v"), label]
    left = middle - bar / 2
    top = axis - row.students * scale
    if row.male is None or row.female is None:
        stack = [("t", top, axis)]
    else:
        turn = axis - row.male * scale
        # A hairline of ground between the sexes, so that the two are told apart in grey print.
        stack = [("m", turn, axis), ("f", top, turn - (1.5 if row.male and row.female else 0))]
    bars = [
        f'<rect class="{kind}" x="{left:.1f}" y="{high:.1f}" '
        f'width="{bar:.1f}" height="{low - high:.1f}"/>'
        for kind, high, low in stack
        if low - high > 0.05
    ]
    return [*bars, _text(middle, top - 5, number(row.students), "v"), label]


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


def _path(places: Sequence[tuple[float, float | None]]) -> str:
    """Join known points; the pen is lifted over a gap."""
    pieces, pen = [], "M"
    for x, y in places:
        if y is None:
            pen = "M"
            continue
        pieces.append(f"{pen}{x:.1f},{y:.1f}")
        pen = "L"
    return f'<path class="ln" d="{" ".join(pieces)}"/>' if pieces else ""


def _line(kind: str, left: float, right: float, y: float) -> str:
    return f'<line class="{kind}" x1="{left:g}" x2="{right:g}" y1="{y:g}" y2="{y:g}"/>'


def _text(x: float, y: float, words: str, kind: str = "") -> str:
    marked = f' class="{kind}"' if kind else ""
    return f'<text{marked} x="{x:.1f}" y="{y:.1f}" text-anchor="middle">{escape(words)}</text>'


def _svg(width: int, height: int, sentence: str, parts: Sequence[str]) -> Markup:
    """Wrap parts; every text in them has been escaped where it was written."""
    said = escape(sentence)
    return Markup(  # noqa: S704
        f'<svg class="ch" viewBox="0 0 {width} {height}" role="img" aria-label="{said}">'
        f"{''.join(parts)}</svg>"
    )
