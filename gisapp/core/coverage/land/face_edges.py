"""Which faces lie side by side, how long their common edges are, and what is only a sliver."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from gisapp.core.coverage.land.fabric_lines import GRID_M, Geometries, join_faces

#: A sliver lies between other land: no more than this share of its border may be open.
_MOST_OPEN = 0.25


@dataclass(frozen=True)
class FaceEdges:
    """Common edges of faces that tile a land, each pair in both directions.

    Attributes:
        face, other: Pairs of neighbours; faces that touch in a point only are none.
        length_m: Length of their common edge.
        around_m: Perimeter of every face, holes included.
    """

    face: NDArray[np.int64]
    other: NDArray[np.int64]
    length_m: NDArray[np.float64]
    around_m: NDArray[np.float64]


def face_edges(faces: Geometries) -> FaceEdges:
    """Find the neighbours of faces whose edges match vertex for vertex."""
    rings, face = shapely.get_rings(faces, return_index=True)
    at, ring = shapely.get_coordinates(rings, return_index=True)
    on_grid = np.round(at / GRID_M).astype(np.int64)
    within = ring[1:] == ring[:-1]
    start, end = on_grid[:-1][within], on_grid[1:][within]
    turned = (start[:, 0] > end[:, 0]) | ((start[:, 0] == end[:, 0]) & (start[:, 1] > end[:, 1]))
    low = np.where(turned[:, None], end, start)
    high = np.where(turned[:, None], start, end)
    keys = np.column_stack([low, high])
    order = np.lexsort(keys.T)
    keys, owner = keys[order], face[ring[1:][within]][order]
    same = np.flatnonzero((keys[1:] == keys[:-1]).all(axis=1))
    length = np.hypot(*(keys[same, 2:] - keys[same, :2]).T) * GRID_M
    one, two = owner[same], owner[same + 1]
    pairs = pd.DataFrame(
        {
            "face": np.concatenate([one, two]),
            "other": np.concatenate([two, one]),
            "length_m": np.concatenate([length, length]),
        }
    )
    pairs = pairs[pairs["face"] != pairs["other"]]
    sums = pairs.groupby(["face", "other"], as_index=False)["length_m"].sum()
    return FaceEdges(
        sums["face"].to_numpy(np.int64),
        sums["other"].to_numpy(np.int64),
        sums["length_m"].to_numpy(np.float64),
        np.asarray(shapely.length(faces), dtype=np.float64),
    )


def is_narrow(polygons: Geometries, width_m: float) -> NDArray[np.bool_]:
    """Tell which polygons hold no circle of a diameter; one of exactly that width is narrow."""
    # An area wider than a sliver of its length is no sliver: most are settled without a buffer.
    narrow = shapely.area(polygons) <= width_m * shapely.length(polygons) / 2
    inner = shapely.buffer(polygons[narrow], -(width_m / 2 + GRID_M), quad_segs=4)
    narrow[narrow] = shapely.is_empty(inner)
    return np.asarray(narrow, dtype=np.bool_)


def slivers(
    faces: Geometries,
    edges: FaceEdges,
    doubtful: NDArray[np.int64],
    width_m: float,
    free_m: NDArray[np.float64] | None = None,
) -> NDArray[np.bool_]:
    """Tell which doubtful faces are slivers: narrow, together with those beside them.

    Narrow faces of one kind that lie side by side are judged as one, so that a land that other
    lines cut into strips is no sliver. What lies along a wide face of its own kind belongs to it.

    Args:
        faces, edges: Of the fabric.
        doubtful: Kind of doubt of each face, from 0; -1 for none.
        width_m: Up to this wide.
        free_m: How much of each face's border lies along land that is no face, which counts as
            wide land of its kind; 0 where not given.
    """
    found = np.zeros(len(faces), dtype=np.bool_)
    of_doubt = np.flatnonzero(doubtful >= 0)
    found[of_doubt] = is_narrow(faces[of_doubt], width_m)
    if not found.any():
        return found
    alike = doubtful[edges.face] == doubtful[edges.other]
    beside = alike & found[edges.face] & found[edges.other]
    group = _connected(len(faces), edges.face[beside], edges.other[beside])
    narrow, which = np.unique(group[found], return_inverse=True)
    joined = join_faces(faces[found], which.astype(np.int64), len(narrow))
    good = is_narrow(joined, width_m)
    row = np.full(len(faces), -1)
    row[found] = which
    # An end of a sliver may open on a wide face of its kind, a side of it may not.
    open_end = alike & found[edges.face] & ~found[edges.other]
    open_m = sums_of(row[edges.face[open_end]], edges.length_m[open_end], len(narrow))
    if free_m is not None:
        open_m += sums_of(which, free_m[found], len(narrow))
    good &= open_m <= _MOST_OPEN * shapely.length(joined)
    found[found] = good[which]
    return found


def longest_neighbour(
    edges: FaceEdges, asking: NDArray[np.bool_], owner: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Give each asking face the owner with whom it has the longest common edge.

    Faces in between take the owner of those that were given before. Of two equally long edges the
    lower owner counts.

    Args:
        edges: Of all faces.
        asking: Faces without an owner of their own.
        owner: Owner of each face, -1 for none; that of asking faces is not looked at.

    Returns:
        Owner of each face; -1 where an asking face meets none.
    """
    given = np.where(asking, -1, owner)
    left = asking.copy()
    while left.any():
        offer = left[edges.face] & (given[edges.other] >= 0)
        if not offer.any():
            break
        offers = pd.DataFrame(
            {
                "face": edges.face[offer],
                "owner": given[edges.other[offer]],
                "length_m": np.round(edges.length_m[offer], 3),
            }
        )
        sums = offers.groupby(["face", "owner"], as_index=False)["length_m"].sum()
        best = sums.sort_values(["face", "length_m", "owner"], ascending=[True, False, True])
        best = best.drop_duplicates("face")
        given[best["face"]] = best["owner"]
        left[best["face"]] = False
    return given


def sums_of(
    group: NDArray[np.int64], values: NDArray[np.float64], groups: int
) -> NDArray[np.float64]:
    """Sum up values by group, 0 to `groups` − 1; 0 for a group without any."""
    return np.bincount(group, values, groups).astype(np.float64)


def _connected(number: int, one: NDArray[np.int64], two: NDArray[np.int64]) -> NDArray[np.int64]:
    """Number of the connected group of each of some things."""
    links = coo_array((np.ones(len(one), dtype=np.int8), (one, two)), shape=(number, number))
    return np.asarray(connected_components(links, directed=False)[1], dtype=np.int64)
