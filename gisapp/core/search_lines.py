"""Many short texts searched at once: which of them hold another, and where in them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from gisapp.core.spelling import Spelling, pattern

Numbers = NDArray[np.int64]

#: Where a text stands in a line: it is the whole name, its beginning, or within it.
EQUAL, START, INSIDE = 0, 1, 2

_PART = "\n"


@dataclass(frozen=True)
class Hits:
    """Lines that hold a text; a line may come twice.

    Attributes:
        line: Its number.
        place: `EQUAL`, `START` or `INSIDE`.
        length: Letters of its name.
        end, core: Where the text ends, where the name itself begins; letters from the start.
        at_core: Whether the text stands at the beginning of the name itself.
    """

    line: Numbers
    place: Numbers
    length: Numbers
    end: Numbers
    core: Numbers
    at_core: NDArray[np.bool_]

    @classmethod
    def none(cls) -> "Hits":
        """Return no hit."""
        nothing = np.array([], dtype=np.int64)
        return cls(nothing, nothing, nothing, nothing, nothing, nothing.astype(np.bool_))

    def where(self, kept: NDArray[np.bool_]) -> "Hits":
        """Return some of the hits."""
        return Hits(*(getattr(self, name)[kept] for name in self.__dataclass_fields__))

    def beginning(self) -> "Hits":
        """Return those at the beginning of the name itself, none of them as the whole name."""
        found = self.where(self.at_core)
        return replace(found, place=np.full_like(found.place, START))

    def and_then(self, other: "Hits") -> "Hits":
        """Return these and others behind them."""
        both = zip(
            *([getattr(h, n) for n in self.__dataclass_fields__] for h in (self, other)),
            strict=True,
        )
        return Hits(*(np.concatenate(pair) for pair in both))


@dataclass(frozen=True)
class Lines:
    """Spelled names in one text, so that one search goes through all of them.

    Attributes:
        text: Every line behind a line feed.
        start: Where each begins.
        core, length: Where its name itself begins, and the letters of its name; what stands
            behind it tells where a village lies.
    """

    text: str
    start: Numbers
    core: Numbers
    length: Numbers

    @classmethod
    def of(cls, spelled: Sequence[Spelling], tails: Sequence[str]) -> "Lines":
        """Join lines; a tail stands behind a name, and is found only together with its begin."""
        texts = [line.text + tail for line, tail in zip(spelled, tails, strict=True)]
        sizes = np.array([len(text) + len(_PART) for text in texts], dtype=np.int64)
        return cls(
            _PART + _PART.join(texts),
            np.cumsum(sizes) - sizes + len(_PART),
            np.array([line.core for line in spelled], dtype=np.int64),
            np.array([len(line.text) for line in spelled], dtype=np.int64),
        )

    def find(self, text: str) -> Hits:
        """Return the lines that hold a text of one letter or more."""
        spans = [match.span() for match in pattern(text).finditer(self.text)] if text else []
        places = np.array(spans, dtype=np.int64).reshape(-1, 2)
        line = np.searchsorted(self.start, places[:, 0], side="right") - 1
        offset = places[:, 0] - self.start[line]
        end = places[:, 1] - self.start[line]
        core, length = self.core[line], self.length[line]
        at_core = offset == core
        # The whole line, too: a village with its number and subdistrict.
        whole = np.append(self.start[1:], len(self.text) + 1)[line] - 1 - self.start[line]
        place = np.where((offset == 0) | at_core, START, INSIDE)
        place = np.where((place == START) & ((end == length) | (end == whole)), EQUAL, place)
        hits = Hits(line, place, length, end, core, at_core)
        return hits.where(offset <= length)

    def hits(self, line: Numbers, place: Numbers) -> Hits:
        """Return hits that were found otherwise, as if each were a whole line."""
        length, core = self.length[line], self.core[line]
        return Hits(line, place, length, length, core, place < INSIDE)
