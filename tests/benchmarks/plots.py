"""Cost against size as an SVG picture, for people to look at; not kept in git."""

import html
import math
from pathlib import Path

WIDTH, HEIGHT, MARGIN = 420, 300, 58


def draw_costs(panels, path: Path):
    """Draw panels beside each other: title, what is counted, [(size, seconds)].

    Both axes are logarithmic: what is linear runs along the dashed line.
    """
    drawn = [_panel(n * WIDTH, *panel) for n, panel in enumerate(panels)]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH * len(panels)}" height="{HEIGHT}" '
        f'font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="white"/>'
        f"{''.join(drawn)}</svg>\n",
        encoding="utf-8",
    )


def _panel(left, title, unit, points):
    sizes, seconds = zip(*points, strict=True)
    # As many decades up as across, so that linear leads to the corner.
    decades = max(math.log10(max(each) / min(each)) for each in (sizes, seconds)) or 1

    def at(size, second):
        across = math.log10(size / sizes[0]) / decades
        up = math.log10(second / min(seconds)) / decades
        x = left + MARGIN + across * (WIDTH - 2 * MARGIN)
        return x, HEIGHT - MARGIN - up * (HEIGHT - 2 * MARGIN)

    marks = []
    for size, second in points:
        x, y = at(size, second)
        marks.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="#005a9c"/>'
            f'<text x="{x:.1f}" y="{y - 9:.1f}" text-anchor="middle">{second:.3f} s</text>'
            f'<text x="{x:.1f}" y="{HEIGHT - MARGIN + 18}" text-anchor="middle">{size:,}</text>'
        )
    (x1, y1), (x2, y2) = (at(size, seconds[0] * size / sizes[0]) for size in (sizes[0], sizes[-1]))
    base = HEIGHT - MARGIN
    return (
        f'<text x="{left + WIDTH / 2}" y="20" text-anchor="middle">{html.escape(title)}</text>'
        f'<path d="M{left + MARGIN} {MARGIN}V{base}H{left + WIDTH - MARGIN}" fill="none" '
        'stroke="#333"/>'
        f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" stroke="#999" stroke-dasharray="4 4"/>'
        f"{''.join(marks)}"
        f'<text x="{left + WIDTH / 2}" y="{HEIGHT - 14}" text-anchor="middle">'
        f"{html.escape(unit)}; dashed: exactly linear</text>"
    )
