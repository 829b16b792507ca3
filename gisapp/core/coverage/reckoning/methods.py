"""How the children of each unit were counted, in words."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from gisapp.core.coverage.counting.children import METHODS, PERSONS, UNKNOWN
from gisapp.core.coverage.criteria import LevelAges
from gisapp.core.coverage.reckoning.asked import CoverageInputs
from gisapp.core.coverage.reckoning.units import Units


@dataclass(frozen=True)
class AreaMethods:
    """In which ways the children of each area were counted, and where they live.

    Attributes:
        inputs: Whose children they are.
        words: Every word that occurs, in the order of `METHODS`.
        told: [area, word].
        lives: [plot, area], above 0 where children of the area live on the plot.
    """

    inputs: CoverageInputs
    words: tuple[str, ...]
    told: NDArray[np.bool_]
    lives: csr_array


def face_methods(inputs: CoverageInputs) -> AreaMethods:
    """Take apart the methods of the areas, whose words are joined by "+"."""
    told = [set(str(method).split("+")) - {""} for method in inputs.children.method]
    # Beside its way of counting an area says so where children of some ages are unknown.
    words = tuple(sorted({UNKNOWN}.union(*told), key=_place))
    held = np.array([[word in own for word in words] for own in told], dtype=np.bool_)
    lives = inputs.places_by(inputs.plots.of_place, len(inputs.plots))
    return AreaMethods(inputs, words, held.reshape(len(told), len(words)), lives)


def methods_of(units: Units, methods: AreaMethods, level: LevelAges) -> list[str | None]:
    """Return the words of each unit joined by "+"; None where nobody was counted.

    Areas that count nobody of the level say nothing, unless nobody at all is counted; where some
    of the level's children are unknown the word for it stands too. Children of unknown place
    belong to the last unit.
    """
    people = methods.inputs.of_level(level)
    told = methods.told & (people != 0).any(axis=1)[:, None]
    told[:, methods.words.index(UNKNOWN)] |= np.isnan(people[:, PERSONS])
    held = _told(units, methods, told)
    silent = ~held.any(axis=1)
    held[silent] = _told(units, methods, methods.told)[silent]
    words = np.array(methods.words, dtype=object)
    return ["+".join(words[row]) or None for row in held]


def _told(units: Units, methods: AreaMethods, told: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return [unit, word]: whether it counts children of an area that was counted so."""
    area_of_unit = (units.people > 0).astype(np.int64) @ (methods.lives > 0).astype(np.int64)
    found: NDArray[np.bool_] = area_of_unit @ told.astype(np.int64) > 0
    found[-1] |= told[methods.inputs.spread.nowhere].any(axis=0)
    return found


def _place(word: str) -> tuple[int, str]:
    """Place of a word among `METHODS`; what follows its colon says how many or which years."""
    name = word.partition(":")[0]
    return METHODS.index(name) if name in METHODS else len(METHODS), word
