"""Who claims a face: one, several or nobody; slivers go to one neighbour."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gisapp.core.coverage.land.fabric_lines import Geometries
from gisapp.core.coverage.land.face_edges import FaceEdges, longest_neighbour, slivers


@dataclass(frozen=True)
class Settled:
    """Claims on faces, once slivers are given away.

    Attributes:
        owner: The claimant of each face, the lowest of several; -1 for none.
        narrow: Whether the face is a sliver between claimants, or that several claim.
        doubtful: -1 for a face of one claimant, 0 for none, else 1 + the row of `claimants`;
            slivers keep what they were.
        claimants: Every group that claims a face together, sorted.
    """

    owner: NDArray[np.int64]
    narrow: NDArray[np.bool_]
    doubtful: NDArray[np.int64]
    claimants: list[tuple[int, ...]]

    def overlaps(self) -> list[tuple[int, tuple[int, ...], NDArray[np.bool_]]]:
        """Return the claimants that share wide land with higher ones: (claimant, others, faces)."""
        others: dict[int, set[int]] = {}
        lowest = np.full(len(self.doubtful), -1, dtype=np.int64)
        for doubt, group in enumerate(self.claimants, start=1):
            wide = (self.doubtful == doubt) & ~self.narrow
            if wide.any():
                others.setdefault(group[0], set()).update(group[1:])
                lowest[wide] = group[0]
        return [(first, tuple(sorted(others[first])), lowest == first) for first in sorted(others)]


def settle(
    faces: Geometries, edges: FaceEdges, claims: NDArray[np.int64], width_m: float
) -> Settled:
    """Give each sliver to the claimant with the longest common edge beside it.

    Args:
        faces, edges: Of the office.
        claims: Pairs (face, claimant), sorted and without repeats.
        width_m: Up to this wide a gap or an overlap is a fault of drawing.
    """
    owner = np.full(len(faces), -1, dtype=np.int64)
    first, row = np.unique(claims[:, 0], return_index=True)
    owner[first] = claims[row, 1]
    if not len(claims):
        nothing = np.zeros(len(faces), dtype=np.int64)
        return Settled(owner, nothing.astype(np.bool_), nothing, [])
    doubtful, claimants = _doubts(claims, len(faces))
    narrow = slivers(faces, edges, doubtful, width_m)
    given = longest_neighbour(edges, narrow, np.where(doubtful > 0, -1, owner))
    owner = np.where(narrow & (given >= 0), given, owner)
    return Settled(owner, narrow & (owner >= 0), doubtful, claimants)


def _doubts(
    claims: NDArray[np.int64], faces: int
) -> tuple[NDArray[np.int64], list[tuple[int, ...]]]:
    """Number the faces that nobody or several claim.

    Args:
        claims: Pairs (face, claimant), sorted and without repeats.
        faces: How many faces there are.

    Returns:
        doubtful: -1 for a face of one claimant, 0 for none, else 1 + the row of `claimants`.
        claimants: Every group that claims a face together, sorted.
    """
    number = np.bincount(claims[:, 0], minlength=faces)
    doubtful = np.where(number == 0, 0, -1)
    several = claims[number[claims[:, 0]] > 1]
    together: dict[int, tuple[int, ...]] = {}
    for face, claimant in several.tolist():
        together[face] = (*together.get(face, ()), claimant)
    claimants = sorted(set(together.values()))
    place = {group: row for row, group in enumerate(claimants, start=1)}
    for face, group in together.items():
        doubtful[face] = place[group]
    return doubtful, claimants
