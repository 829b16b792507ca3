"""Ground around the sample: a map looks farther than its office, and its hills go on there."""

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage as ndi

from gisapp.sample.world.terrain import noise

#: How far the heights reach beyond the shown ground, metres north and south, west and east: a phone
#: that shows the whole office across looks twice as far up and down.
BEYOND_M = (66_000, 42_000)
#: How far the ground out there is shifted sideways, metres; its full measure is reached so far out.
_SHIFT_M, _FULL_AT_M = 6_000.0, 15_000.0


def with_surroundings(
    z: NDArray[np.float32], cell_m: float
) -> tuple[NDArray[np.float32], int, int]:
    """Continue heights on all sides; the given ones stay as they are, bit for bit.

    Beyond the edge lies the mirrored ground, bent more and more so that nobody sees the mirror.

    Returns:
        The heights, metres, and how many rows and columns were added on each side.
    """
    rows, columns = (round(beyond / cell_m) for beyond in BEYOND_M)
    shape = (z.shape[0] + 2 * rows, z.shape[1] + 2 * columns)
    down, right = np.mgrid[-rows : z.shape[0] + rows, -columns : z.shape[1] + columns]
    outside = [
        np.maximum(np.maximum(-place, place - size + 1), 0)
        for place, size in zip((down, right), z.shape, strict=True)
    ]
    share = np.clip(np.hypot(*outside) * cell_m / _FULL_AT_M, 0, 1)
    # Only a fixed chance: the ground itself has the sample's seed.
    rng = np.random.default_rng(47)
    shifts = [share * _SHIFT_M / cell_m * noise(rng, shape, 3.6) for _ in shape]
    bent = ndi.map_coordinates(z, [down + shifts[0], right + shifts[1]], order=1, mode="mirror")
    return np.asarray(bent), rows, columns
