"""Which villages each sample school serves, by level, with the shares of joint villages."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gisapp.sample.schools.sites import PULL, Site, metric_points
from gisapp.sample.world.make import World

#: Two schools share a village where the second is at most this much farther (after pull).
_SHARED_WITHIN = 1.06
_SHARED_AT_MOST = 14
#: A village of another subdistrict seems this much farther.
_ACROSS_BORDER = 1.5


@dataclass(frozen=True)
class Service:
    """One school serves one village at one level; `share` is 1 unless the village is joint."""

    school: int
    village: int
    education_level: str
    share: float


def draw_zones(world: World, sites: Sequence[Site], expansion: Sequence[int]) -> list[Service]:
    """Give every village to a primary school and to a lower secondary one, as the law wants.

    Args:
        world: Villages and their places.
        sites: All schools; those of rank `zero` serve nobody.
        expansion: Rows of `sites` that teach ม.1–3.
    """
    xy = metric_points(world)
    serving = [place for place, site in enumerate(sites) if site.rank != "zero"]
    primary = _distances(world, xy, sites, serving)
    services = _nearest(primary, serving, "primary")
    lower = _distances(world, xy, sites, list(expansion))
    for village, row in enumerate(lower):
        school = expansion[int(np.argmin(row))]
        services.append(Service(school, village, "lower_secondary", 1.0))
    return services


def _distances(
    world: World, xy: NDArray[np.float64], sites: Sequence[Site], schools: Sequence[int]
) -> NDArray[np.float64]:
    """How far each school seems from each village: `[village, school]`, metres after pull."""
    rows = np.array([sites[place].village for place in schools])
    pull = np.array([PULL[sites[place].rank] for place in schools])
    gap = np.hypot(*(xy[:, None, :] - xy[None, rows, :]).transpose(2, 0, 1))
    area = world.villages["subdistrict_code"].to_numpy()
    gap = np.where(area[:, None] == area[None, rows], gap, gap * _ACROSS_BORDER)
    island = world.villages["on_island"].to_numpy(bool)
    # Nobody crosses the water to another school while the island has its own.
    gap = np.where(island[:, None] == island[None, rows], gap, gap * 50)
    return np.asarray(gap / pull)


def _nearest(seems: NDArray[np.float64], schools: Sequence[int], level: str) -> list[Service]:
    order = np.argsort(seems, axis=1, kind="stable")
    first, second = order[:, 0], order[:, 1]
    rows = np.arange(len(seems))
    ratio = seems[rows, second] / np.maximum(seems[rows, first], 1.0)
    joint = [int(row) for row in np.argsort(ratio, kind="stable") if ratio[row] <= _SHARED_WITHIN]
    shares = dict.fromkeys(joint[:_SHARED_AT_MOST], 0.5)
    shares.update(dict.fromkeys(joint[2:_SHARED_AT_MOST:3], 0.6))
    services = []
    for row in rows:
        share = shares.get(int(row), 1.0)
        services.append(Service(schools[first[row]], int(row), level, share))
        if share < 1:
            services.append(Service(schools[second[row]], int(row), level, round(1 - share, 2)))
    return services
