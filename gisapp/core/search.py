"""Which schools a typed text means: by code, name, village, subdistrict, network or district.

What is written so comes first and alone; only where nothing is, what sounds so or is a slip or
two away is offered, and says that it is only near.
"""

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from gisapp.core.profile_rows import School
from gisapp.core.school_filter import thai_order
from gisapp.core.search_lines import EQUAL, INSIDE, Hits, Lines, Numbers
from gisapp.core.search_places import Place
from gisapp.core.search_slips import Slips
from gisapp.core.spelling import EDGE, Spelling, heard_as, spell, spell_place, spell_words

#: What a line says of a school, the strongest first; a village counts for more than the larger
#: areas around it.
_KINDS = ("code", "name", "village", "subdistrict", "network", "district")
_CODE, _NAME = 0, 1

#: Codes are found by their beginning from so many characters on: fewer are those of every school.
_CODE_LENGTH = 3

#: Beginnings of these, from so many letters on, mean every school.
_ANY_SCHOOL, _ANY_LENGTH = ("โรงเรียน", "school"), 4

#: An address has no more words; a text of more is a name, or nothing.
_WORDS = 8

#: Markup: who typed nothing else typed no letter of a name.
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")

#: A rank that nothing has; so many steps, for the length of a name, lie between two ranks.
_NOT_FOUND, _STEP = 1 << 40, 1 << 10

#: More than the ranks of all words of an address together.
_SUM = 8 * len(_KINDS) * _STEP * _WORDS


@dataclass(frozen=True)
class Found:
    """What a text means.

    Attributes:
        codes: Schools, the best first.
        near: Nothing is written so; these sound alike, or are a slip or two away.
        places: Places of that name that have schools, the best first.
        through: Places by which schools were found, by the whole text or by a word of it.
    """

    codes: tuple[str, ...] = ()
    near: bool = False
    places: tuple[Place, ...] = ()
    through: tuple[Place, ...] = ()


@dataclass(frozen=True)
class SearchIndex:
    """Everything that can be searched for, spelled once.

    Attributes:
        codes: Codes of the schools, in the order of those that are equally good.
        places: Places that have schools.
        kind: Of each line, its number among the kinds.
        owner: Of each line, its school's number, else the number of schools + its place's.
        written, heard: The lines as they are written, and by their sound.
        slips: The lines, to be found but for slips.
        members: Of each place, the numbers of its schools.
    """

    codes: tuple[str, ...]
    places: tuple[Place, ...]
    kind: Numbers
    owner: Numbers
    written: Lines
    heard: Lines
    slips: Slips
    members: tuple[Numbers, ...]

    @classmethod
    def of(cls, schools: Iterable[School], places: Iterable[Place] = ()) -> "SearchIndex":
        """Spell schools by Thai and English name and by code, and the places they belong to."""
        ordered = sorted(schools, key=lambda s: (thai_order(s.school_name_th), s.smis_code))
        number = {school.smis_code: n for n, school in enumerate(ordered)}
        inside = [(place, [number[c] for c in place.codes if c in number]) for place in places]
        inside = [(place, members) for place, members in inside if members]
        known = tuple(place for place, _ in inside)
        lines = _Lines()
        lines.take(_lines_of_schools(ordered))
        lines.take(_lines_of_places(known, len(ordered)))
        heard = lines.by_sound()
        return cls(
            codes=tuple(number),
            places=known,
            kind=np.array(lines.kind, dtype=np.int64),
            owner=np.array(lines.owner, dtype=np.int64),
            written=Lines.of(lines.spelled, lines.tail),
            heard=Lines.of(heard, [""] * len(heard)),
            slips=Slips.of(heard),
            members=tuple(np.array(members, dtype=np.int64) for _, members in inside),
        )


#: Kind, owner, spelled name, and what stands behind it.
_Line = tuple[int, int, Spelling, str]


@dataclass(frozen=True)
class _Lines:
    """Lines while they are gathered, by column: a country has hundreds of thousands."""

    kind: list[int] = field(default_factory=list)
    owner: list[int] = field(default_factory=list)
    spelled: list[Spelling] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)

    def take(self, lines: Iterable[_Line]) -> None:
        """Add lines; one without a letter is none."""
        for kind, owner, spelled, tail in lines:
            if spelled.text:
                self.kind.append(kind)
                self.owner.append(owner)
                self.spelled.append(spelled)
                self.tail.append(tail)

    def by_sound(self) -> list[Spelling]:
        """Write the lines by their sound; a code has none."""
        heard, silent = functools.cache(heard_as), Spelling("")
        return [
            silent if kind == _CODE else heard(spelled)
            for kind, spelled in zip(self.kind, self.spelled, strict=True)
        ]


def _lines_of_schools(schools: Sequence[School]) -> Iterator[_Line]:
    for owner, school in enumerate(schools):
        for code in (school.smis_code, school.ministry_code, school.percode):
            if code:
                yield _CODE, owner, Spelling(spell(code).text), ""
        for name in (school.school_name_th, school.school_name_en):
            if name:
                yield _NAME, owner, spell(name), ""


def _lines_of_places(places: Sequence[Place], first: int) -> Iterator[_Line]:
    # Names of villages repeat: each is spelled once.
    spelled = functools.cache(spell_place)
    for owner, place in enumerate(places, first):
        kind = _KINDS.index(place.kind)
        number = "" if place.number is None else f"หมู่{place.number}{EDGE}"
        for name, area in place.called:
            tail = number + (spelled("subdistrict", area).text if area else "")
            yield kind, owner, spelled(place.kind, name), tail


def find(index: SearchIndex, text: str) -> Found:
    """Find schools and places by a text.

    The whole text is sought first, then each of its words, which must all be true of a school.
    Nothing typed, or nothing that is a letter, finds nothing.
    """
    whole, words = spell(text), spell_words(text)
    if not whole.text or not spell(_TAG.sub(" ", text)).text:
        return Found()
    if len((hits := _written(index, whole)).line):
        return _found(index, hits)
    if len(whole.text) >= _ANY_LENGTH and any(w.startswith(whole.text) for w in _ANY_SCHOOL):
        return Found(index.codes)
    each = [_written(index, word) for word in words] if 1 < len(words) <= _WORDS else []
    if (found := _in_all(index, each)).codes:
        return found
    if len((hits := _near(index, whole)).line):
        return _found(index, hits, near=True)
    each = [
        hits if len(hits.line) else _near(index, word)
        for word, hits in zip(words, each, strict=False)
    ]
    found = _in_all(index, each)
    return replace(found, near=bool(found.codes))


def _written(index: SearchIndex, asked: Spelling) -> Hits:
    """Return the lines where a text is written; a single letter must begin a school's name."""
    hits = _holding(index, index.written, asked)
    code = index.kind[hits.line] == _CODE
    kept = ~code | ((hits.place < INSIDE) & (len(asked.text) >= _CODE_LENGTH))
    if len(asked.text) == 1:
        kept &= (index.kind[hits.line] == _NAME) & hits.at_core
    return hits.where(kept)


def _near(index: SearchIndex, asked: Spelling) -> Hits:
    """Return the lines that sound like a text, else those the fewest slips away."""
    if EDGE in asked.name or asked.text.isdigit():
        return Hits.none()
    heard = heard_as(asked)
    if len(heard.text) > 1 and len((hits := _holding(index, index.heard, heard)).line):
        return hits
    for name in dict.fromkeys((heard.text, heard.name)):
        line, place = index.slips.find(name)
        if len(line):
            return index.heard.hits(line, place)
    return Hits.none()


def _holding(index: SearchIndex, lines: Lines, asked: Spelling) -> Hits:
    """Return the lines that hold a text, บ้าน before a school's name being the same as none."""
    hits = lines.find(asked.text)
    if asked.core and EDGE not in asked.text[: asked.core]:
        bare = lines.find(asked.name).beginning()
        hits = hits.and_then(bare.where(index.kind[bare.line] == _NAME))
    # The word for a place, which stands before each of its kind, tells none of them.
    hits = hits.where((index.kind[hits.line] <= _NAME) | (hits.end > hits.core))
    # Who writes the word means a whole name: ต.หนองบัว is not ต.หนองบัวทอง.
    exact = hits.place == EQUAL
    return hits.where(exact) if EDGE in asked.text and exact.any() else hits


def _found(index: SearchIndex, hits: Hits, *, near: bool = False) -> Found:
    """Put schools and places in order."""
    ranks, count = _ranks(index, hits, near=near), len(index.codes)
    schools = tuple(index.codes[n] for n in _in_order(ranks[:count]))
    places = tuple(index.places[n] for n in _in_order(ranks[count:]))
    return Found(schools, near, places, places)


def _in_all(index: SearchIndex, each: Sequence[Hits]) -> Found:
    """Return the schools that every one of some texts finds; who bears one by its name leads."""
    if not each:
        return Found()
    ranks, count = np.array([_ranks(index, hits) for hits in each]), len(index.codes)
    own = ranks[:, :count]
    order = own.min(axis=0) // _STEP * _SUM + own.sum(axis=0)
    both = np.where((own < _NOT_FOUND).all(axis=0), order, _NOT_FOUND)
    through = _in_order(ranks[:, count:].min(axis=0))
    return Found(
        tuple(index.codes[n] for n in _in_order(both)),
        through=tuple(index.places[n] for n in through),
    )


def _in_order(ranks: Numbers) -> list[int]:
    """Return the numbers of what was found, the best first."""
    met = np.flatnonzero(ranks < _NOT_FOUND)
    best: list[int] = met[np.argsort(ranks[met], kind="stable")].tolist()
    return best


def _ranks(index: SearchIndex, hits: Hits, *, near: bool = False) -> Numbers:
    """Return the best rank of each school, and behind them of each place.

    What is written ranks by what it is, and then by where in it a text stands; what is near the
    other way round: a whole name means more than a part of one.
    """
    count = len(index.codes)
    ranks = np.full(count + len(index.places), _NOT_FOUND, dtype=np.int64)
    kind = index.kind[hits.line]
    order = hits.place * 8 + kind if near else kind * 8 + hits.place
    order = order * _STEP + np.minimum(hits.length, _STEP - 1)
    np.minimum.at(ranks, index.owner[hits.line], order)
    met = np.flatnonzero(ranks[count:] < _NOT_FOUND)
    if len(met):
        members = [index.members[n] for n in met]
        theirs = np.repeat(ranks[count:][met], [len(inside) for inside in members])
        np.minimum.at(ranks, np.concatenate(members), theirs)
    return ranks
