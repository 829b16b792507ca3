"""Bars of the overview: drawn by the page's own width, so that their text never shrinks.

Widths are percent, heights are px: nothing is scaled. Colours are
names of tokens; the hatch of what nobody knows is a pattern of the page.
"""

from collections.abc import Sequence

from markupsafe import Markup, escape

from gisapp.core.school_filter import NODATA

#: Fill of what nobody knows; ``overview.html`` draws it.
UNKNOWN_FILL = "url(#hatch)"

_BAR_PX = 16


def share_bar(parts: Sequence[tuple[str, int]], most: int) -> Markup:
    """Draw one bar across, from zero; its figure stands beside it as text.

    Args:
        parts: (token of the colour or `NODATA`, figure), left to right.
        most: The figure of the longest bar of the chart.
    """
    drawn, left = [], 0.0
    for colour, value in parts:
        wide = 100 * value / most if most else 0.0
        if wide > 0:
            fill = UNKNOWN_FILL if colour == NODATA else f"var(--{escape(colour)})"
            drawn.append(
                f'<rect x="{left:.2f}%" width="{wide:.2f}%" height="{_BAR_PX}" fill="{fill}"/>'
            )
        left += wide
    return Markup(  # noqa: S704 - numbers and names of tokens only
        f'<svg class="sb" width="100%" height="{_BAR_PX}" aria-hidden="true">{"".join(drawn)}</svg>'
    )
