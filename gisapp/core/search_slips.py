"""Names a typing slip or two away: a letter too many, too few, wrong, or two exchanged."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA, LCSseq

from gisapp.core.search_lines import EQUAL, INSIDE, START, Numbers
from gisapp.core.spelling import Spelling

#: Letters from which on one slip and two are forgiven.
_ONE_SLIP, _TWO_SLIPS = 4, 8

#: Letters from which on a text may be the beginning of a longer name, or stand within one:
#: shorter ones are a slip away from too much.
_AS_BEGINNING, _AS_PART = 5, 6

#: Letters fall into so many kinds, one bit each.
_BITS = 64


@dataclass(frozen=True)
class Slips:
    """Names by their sound, each once.

    Attributes:
        names: The names, with and without the word before them.
        letters: Of each, one bit for every letter that it has.
        length: Of each, its letters.
        of_line: Lines of the index, in the order of their names.
        first: Of each name, its first place in `of_line`; one more at the end.
    """

    names: NDArray[np.object_]
    letters: NDArray[np.uint64]
    length: Numbers
    of_line: Numbers
    first: Numbers

    @classmethod
    def of(cls, heard: Sequence[Spelling]) -> "Slips":
        """Take the lines of an index by their sound; empty ones are never found."""
        number: dict[str, int] = {}
        ids, lines = [], []
        for line, spelled in enumerate(heard):
            for name in {spelled.text, spelled.name} - {""}:
                ids.append(number.setdefault(name, len(number)))
                lines.append(line)
        order = np.argsort(np.array(ids, dtype=np.int64), kind="stable")
        ordered = np.array(ids, dtype=np.int64)[order]
        return cls(
            np.array([*number], dtype=object),
            _letters([*number]),
            np.array([len(name) for name in number], dtype=np.int64),
            np.array(lines, dtype=np.int64)[order],
            np.searchsorted(ordered, np.arange(len(number) + 1)),
        )

    def find(self, heard: str) -> tuple[Numbers, Numbers]:
        """Return the lines that are the fewest slips away, and where a text would stand in them.

        A whole name or a beginning comes before a part of a name that is as many slips away.
        """
        allowed = 0 if heard.isdigit() else (len(heard) >= _ONE_SLIP) + (len(heard) >= _TWO_SLIPS)
        for slips in range(1, allowed + 1):
            may = np.flatnonzero(
                (np.bitwise_count(_letters([heard]) & ~self.letters) <= slips)
                & (self.length >= len(heard) - slips)
            )
            may = may[_in_common(heard, self.names[may].tolist()) >= len(heard) - slips]
            for search in (self._at_start, self._inside):
                places = search(heard, may, slips)
                if (places <= INSIDE).any():
                    return self._lines(may[places <= INSIDE], places[places <= INSIDE])
        return np.array([], dtype=np.int64), np.array([], dtype=np.int64)

    def _at_start(self, heard: str, may: Numbers, slips: int) -> Numbers:
        """Tell of each name whether it is the text but for slips, or begins with it."""
        names = self.names[may].tolist()
        places = np.where(_within(heard, names, slips), EQUAL, INSIDE + 1)
        if len(heard) >= _AS_BEGINNING:
            for size in range(len(heard) - slips, len(heard) + slips + 1):
                begins = _within(heard, [name[:size] for name in names], slips)
                places = np.where(begins & (places > START), START, places)
        return places

    def _inside(self, heard: str, may: Numbers, slips: int) -> Numbers:
        """Tell of each name whether the text, but for slips, stands anywhere in it."""
        places = np.full(len(may), INSIDE + 1)
        if len(heard) < _AS_PART:
            return places
        parts: list[str] = []
        numbers: list[int] = []
        for number, name in enumerate(self.names[may].tolist()):
            for size in range(len(heard) - slips, len(heard) + slips + 1):
                starts = range(1, len(name) - size + 1)
                parts += [name[start : start + size] for start in starts]
                numbers += [number] * len(starts)
        places[np.array(numbers, dtype=np.int64)[_within(heard, parts, slips)]] = INSIDE
        return places

    def _lines(self, names: Numbers, places: Numbers) -> tuple[Numbers, Numbers]:
        parts = [self.of_line[self.first[name] : self.first[name + 1]] for name in names]
        return np.concatenate(parts), np.repeat(places, [len(part) for part in parts])


def _within(heard: str, names: Sequence[str], slips: int) -> NDArray[np.bool_]:
    """Tell which names are at most so many slips away."""
    if not names:
        return np.zeros(0, dtype=np.bool_)
    away = process.cdist([heard], names, scorer=OSA.distance, score_cutoff=slips, dtype=np.uint8)
    return np.asarray(away[0] <= slips)


def _in_common(heard: str, names: Sequence[str]) -> NDArray[np.uint8]:
    """Return how many letters of a text each name holds in their order: a slip costs one."""
    if not names:
        return np.zeros(0, dtype=np.uint8)
    shared = process.cdist([heard], names, scorer=LCSseq.similarity, dtype=np.uint8)
    return np.asarray(shared[0], dtype=np.uint8)


def _letters(names: Sequence[str]) -> NDArray[np.uint64]:
    """Return one bit for each letter of a name; a slip takes away no more than one of a text's."""
    if not names:
        return np.zeros(0, dtype=np.uint64)
    codes = np.frombuffer("".join(names).encode("utf-32-le"), dtype=np.uint32)
    starts = np.cumsum([0, *(len(name) for name in names[:-1])])
    return np.bitwise_or.reduceat(np.uint64(1) << (codes % _BITS).astype(np.uint64), starts)
