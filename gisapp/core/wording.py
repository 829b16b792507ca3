"""Findings filled with their figures: numbers as people write them, one row and no "1 rows"."""

import re
from collections.abc import Mapping

#: Numbers that count nothing: they stay as they stand in sheets and calendars.
_UNPARTED = frozenset({"line", "built", "founded", "stated"})

#: More English words than one -> the one.
_ONE = {
    "areas": "area",
    "cells": "cell",
    "children": "child",
    "decimals": "decimal",
    "fields": "field",
    "people": "person",
    "points": "point",
    "pupils": "pupil",
    "results": "result",
    "rows": "row",
    "schools": "school",
    "scores": "score",
    "teachers": "teacher",
    "villages": "village",
    "years": "year",
}
_COUNTED = re.compile(rf"\{{(\w+)\}} ({'|'.join(_ONE)})\b")


def fill_in(sentence: str, words: Mapping[str, object]) -> str:
    """Put the words of a problem into a finding's sentence.

    Args:
        sentence: With the names of `words` in braces.
        words: Whole numbers get separators of thousands, and so does a ``value`` beside an
            ``expected`` number, with which it is compared.
    """

    def counted(found: re.Match[str]) -> str:
        one = str(words.get(found[1])) == "1"
        return f"{{{found[1]}}} {_ONE[found[2]] if one else found[2]}"

    shown = {name: _shown(name, word) for name, word in words.items()}
    value = str(words.get("value", ""))
    if isinstance(words.get("expected"), int) and value.isdecimal():
        shown["value"] = f"{int(value):,}"
    return _COUNTED.sub(counted, sentence).format_map(shown)


def _shown(name: str, word: object) -> object:
    plain = isinstance(word, bool) or not isinstance(word, int) or name in _UNPARTED
    return word if plain else f"{word:,}"
