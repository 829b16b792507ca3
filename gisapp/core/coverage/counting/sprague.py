"""Sprague multipliers: single ages from bands of five years.

Source: United Nations (1956), Manual III: Methods for population projections by sex and age,
chapter 8, after T. B. Sprague (1880), Journal of the Institute of Actuaries 22, 270; laid out as
UNESCO-IIEP describes for school-age populations. Each multiplier stands here as ten thousandths.
"""

import numpy as np
from numpy.typing import NDArray

BAND_YEARS = 5

#: Bands that a fifth-difference formula looks at, and so the fewest that can be split.
LEAST_BANDS = 5

#: Fifth of a band -> share of each of the five bands that the panel looks at.
_FIRST = (
    (3616, -2768, 1488, -336, 0),
    (2640, -960, 400, -80, 0),
    (1840, 400, -320, 80, 0),
    (1200, 1360, -720, 160, 0),
    (704, 1968, -848, 176, 0),
)
_SECOND = (
    (336, 2272, -752, 144, 0),
    (80, 2320, -480, 80, 0),
    (-80, 2160, -80, 0, 0),
    (-160, 1840, 400, -80, 0),
    (-176, 1408, 912, -144, 0),
)
_MIDDLE = (
    (-128, 848, 1504, -240, 16),
    (-16, 144, 2224, -416, 64),
    (64, -336, 2544, -336, 64),
    (64, -416, 2224, 144, -16),
    (16, -240, 1504, 848, -128),
)


def sprague_matrix(bands: int) -> NDArray[np.float64]:
    """Return the multipliers that split so many bands of five years.

    The first and last two bands have panels of their own, the last ones being the first ones
    read backwards.

    Args:
        bands: Closed bands in a row, `LEAST_BANDS` or more.

    Returns:
        float64 [single age, band]: each band's five rows add up to 1 in its own column and to 0
        in every other, so that a band keeps its sum.
    """
    panels = {name: np.array(rows) / 10_000 for name, rows in _panels().items()}
    matrix = np.zeros((bands * BAND_YEARS, bands))
    for band in range(bands):
        place = min(band, 2) if band < bands - 2 else band - bands
        start = min(max(band - 2, 0), bands - LEAST_BANDS)
        # Panels at the lower end look at the last four bands; their first multiplier is none.
        rows = slice(band * BAND_YEARS, (band + 1) * BAND_YEARS)
        matrix[rows, start : start + LEAST_BANDS] = panels[place]
    return matrix


def _panels() -> dict[int, tuple[tuple[int, ...], ...]]:
    """Place of a band, counted from the end where negative -> its panel."""
    last, last_but_one = (
        tuple(tuple(reversed(row)) for row in reversed(panel)) for panel in (_FIRST, _SECOND)
    )
    return {0: _FIRST, 1: _SECOND, 2: _MIDDLE, -2: last_but_one, -1: last}
