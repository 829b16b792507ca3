"""The population raster: each village's people spread over the ground they can live on."""

import numpy as np
from numpy.typing import NDArray

from gisapp.sample.world.places import Ground, Site

#: Cells of the ground in one population cell, each way.
BLOCK = 2
#: Nobody lives farther from the village's point than this; most live within SCATTER_M.
FARTHEST_M, SCATTER_M = 1_800.0, 520.0


def people_raster(ground: Ground, sites: list[Site]) -> NDArray[np.float32]:
    """Return persons per cell of BLOCK × BLOCK ground cells; NaN outside the office.

    A village's people stay in its own subdistrict and on habitable ground, so that sums by
    subdistrict (cell centres) equal the sums of its villages.
    """
    rows, columns = ground.z.shape[0] // BLOCK, ground.z.shape[1] // BLOCK
    # The centre of a block is the corner that its four cells share; its region is one of theirs.
    region = ground.region[BLOCK // 2 :: BLOCK, BLOCK // 2 :: BLOCK][:rows, :columns]
    room = ground.habitable.reshape(rows, BLOCK, columns, BLOCK).mean(axis=(1, 3))
    room = np.where(room > 0.08, room, 0)
    people = np.where(region >= 0, 0.0, np.nan)
    side = ground.cell_m * BLOCK
    reach = int(np.ceil(FARTHEST_M / side))
    for site in sites:
        top = max(int(site.row / BLOCK) - reach, 0)
        left = max(int(site.column / BLOCK) - reach, 0)
        window = np.s_[top : top + 2 * reach + 1, left : left + 2 * reach + 1]
        row, column = np.indices(people[window].shape) + 0.5
        away = side * np.hypot(row + top - site.row / BLOCK, column + left - site.column / BLOCK)
        scatter = SCATTER_M if site.kind == "town" else 0.6 * SCATTER_M
        weight = room[window] * np.exp(-((away / scatter) ** 2)) * (away < FARTHEST_M)
        own = int(site.row / BLOCK) - top, int(site.column / BLOCK) - left
        weight[own] = max(weight[own], 0.05)
        weight[region[window] != site.region] = 0
        people[window] += site.people * weight / weight.sum()
    return people.astype(np.float32)
