"""The line of expected pupils as inline SVG: what was counted, what is expected, and its range."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from gisapp.web.charts import AXIS, places_of, range_at, strokes, svg_of, text_at
from gisapp.web.i18n import gettext as _
from gisapp.web.words import number

#: Years that have room for their labels side by side on the narrowest page that is made for.
_MOST_YEARS = 8

#: Below this part of the height, percent, the words at the axis have no room for another.
_LOWEST = 60.0

#: The ground of the years ahead goes so far beyond the last one, percent: to the edge.
_RIGHT = 100.0


@dataclass(frozen=True)
class OutlookPoint:
    """One year of a line that goes on into the future.

    Attributes:
        year_be: Academic year.
        value: Counted, or expected; None is a gap.
        low, high: Between which it is expected; None where nobody can say.
        expected: Whether it is not counted yet.
    """

    year_be: int
    value: float | None
    low: float | None = None
    high: float | None = None
    expected: bool = True


def outlook_line(points: Sequence[OutlookPoint], sentence: str) -> Markup:
    """Draw what was counted and, dashed on a ground of its own, what is expected in its range.

    The axis is zero. Every year has its place; of many, every other one and its figure are named.

    Args:
        points: From old to new.
        sentence: What the line says.
    """
    most = max((point.high or point.value or 0 for point in points), default=0) or 1
    places = places_of([point.value for point in points], most)
    parts = [*_years_ahead(points, places), AXIS, _band(points, places, most)]
    for point, (x, _y) in zip(points, places, strict=True):
        if point.low is not None and point.high is not None:
            low, high = (100 - 100 * limit / most for limit in (point.low, point.high))
            parts.append(range_at(x, low, high))
    parts += strokes(places, [not point.expected for point in points])
    for n, (point, (x, y)) in enumerate(zip(points, places, strict=True)):
        if y is not None:
            kind = "dot" if point.expected else "dot last"
            parts.append(f'<circle class="{kind}" cx="{x:.2f}%" cy="{y:.2f}%" r="3.5"/>')
        if (len(points) - 1 - n) % (2 if len(points) > _MOST_YEARS else 1) == 0:
            top = 100 if y is None else min(y, 100 - 100 * (point.high or 0) / most)
            off = 18 if _in_a_dip(n, places) and point.high is None else -8
            parts.append(text_at(x, top, off, number(point.value), "v"))
            parts.append(text_at(x, 100, 17, str(point.year_be)))
    return svg_of("line outlook", sentence, parts)


def _in_a_dip(n: int, places: Sequence[tuple[float, float | None]]) -> bool:
    """Tell whether the line comes down to a point and goes up again, with room below it."""
    if not 0 < n < len(places) - 1:
        return False
    before, here, after = (places[n + step][1] for step in (-1, 0, 1))
    if before is None or here is None or after is None:
        return False
    return before < here > after and here < _LOWEST


def _years_ahead(
    points: Sequence[OutlookPoint], places: Sequence[tuple[float, float | None]]
) -> list[str]:
    """Lay a ground under the years that are not counted yet, with its name at the axis."""
    ahead = [x for point, (x, _y) in zip(points, places, strict=True) if point.expected]
    counted = [x for point, (x, _y) in zip(points, places, strict=True) if not point.expected]
    if not ahead or not counted:
        return []
    left = (counted[-1] + ahead[0]) / 2
    return [
        f'<rect class="ahead" x="{left:.2f}%" y="0" width="{_RIGHT - left:.2f}%" height="100%"/>',
        text_at((left + _RIGHT) / 2, 100, -6, _("คาดการณ์")),
    ]


def _band(
    points: Sequence[OutlookPoint], places: Sequence[tuple[float, float | None]], most: float
) -> str:
    """Fill the range from year to year; it opens from the last year that was counted."""
    ends: list[tuple[float, float, float] | None] = []
    for point, (x, y) in zip(points, places, strict=True):
        if point.low is not None and point.high is not None:
            ends.append((x, 100 - 100 * point.low / most, 100 - 100 * point.high / most))
        elif y is not None and not point.expected:
            ends.append((x, y, y))
        else:
            ends.append(None)
    pieces = [
        f"M{x:.2f},{low:.2f}L{x:.2f},{high:.2f}L{to_x:.2f},{to_high:.2f}L{to_x:.2f},{to_low:.2f}Z"
        for one, other in itertools.pairwise(ends)
        if one is not None and other is not None
        for (x, low, high), (to_x, to_low, to_high) in [(one, other)]
        if low > high or to_low > to_high
    ]
    if not pieces:
        return ""
    # A path knows no percent: it has a drawing of its own, stretched over the whole.
    return (
        '<svg width="100%" height="100%" viewBox="0 0 100 100" preserveAspectRatio="none">'
        f'<path class="band" d="{"".join(pieces)}"/></svg>'
    )
