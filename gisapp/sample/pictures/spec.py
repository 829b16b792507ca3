"""What one drawn picture is asked to show, and the chance that it is drawn with."""

from dataclasses import dataclass
from zlib import crc32

import numpy as np


@dataclass(frozen=True)
class PictureSpec:
    """What one picture shows. The same words give the same picture."""

    smis_code: str
    #: front back left right sign activity plan.
    slot: str
    #: classroom timber dormitory hall toilet house small gate assembly field plan.
    scene: str
    storeys: int = 1
    rooms: int = 4
    dilapidated: bool = False
    island: bool = False
    highland: bool = False
    #: Number of the building in the school's list: the same number looks the same in every slot.
    sequence: int = 1
    #: Month in which it was taken, 1..12: decides weather and grass.
    month: int = 6
    #: Classroom buildings of the school as (storeys, rooms), for pictures of the whole place.
    others: tuple[tuple[int, int], ...] = ()


def seeded(seed: int, *words: object) -> np.random.Generator:
    """Return a generator that depends on the words alone, not on what was drawn before."""
    return np.random.default_rng([seed, crc32("|".join(map(str, words)).encode())])
