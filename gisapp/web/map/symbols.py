"""The drawing of each class of school: its colour token, its size, its letter.

Values of colours stand in ``static/tokens.css``; here are only their names.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from gisapp.core.map_views import View
from gisapp.core.school_filter import NODATA
from gisapp.web.i18n import gettext as _

Item = TypeVar("Item")

#: Symbols that look the same in every view: a cross for nobody, an open square for nobody knows.
NO_STUDENTS = "no_students"
_SAME = {NODATA: NODATA, NO_STUDENTS: NO_STUDENTS, "0": NO_STUDENTS}

#: Half the width of a symbol in px by its place in a ramp, largest class first.
_SIZE_RADII = (9.5, 7.75, 6.0, 4.5)
_SEVEN_RADII = (10.0, 9.0, 8.0, 7.0, 6.0, 5.0, 4.0)
_STEP_RADIUS, _BAND_RADIUS, _KIND_RADIUS, _OTHER_RADIUS = 6.5, 5.5, 8.0, 4.0

#: Tokens of the four size classes, largest first.
_SIZE_TOKENS = ("pt-xlarge", "pt-large", "pt-medium", "pt-small")

#: View of limits -> ramp of tokens, and whether its first step carries the most ink.
_RAMPS = {
    "teachers": ("q", False),
    "rooms": ("q", False),
    "elevation": ("q", False),
    "distance": ("q", False),
    "buildings": ("n", False),
    "utilities": ("n", False),
    "completeness": ("n", True),
}

#: Class of a view of kinds -> its token.
_KINDS = {
    "pre_primary": "k-2",
    "primary": "k-3",
    "lower_secondary": "k-1",
    "upper_secondary": "k-4",
    "highland": "k-4",
    "island": "k-1",
    "special": "k-5",
}

#: Fills that stand out too little from a light ground and get a rim.
_PALE = {"pt-small", "q-1", "q-2", "n-1", "n-2", "s7-1", "s7-2", "b-1", "b-2", "b-3", "k-2"}

#: Steps of the ramps of five.
_RAMP = 5


@dataclass(frozen=True)
class Symbol:
    """How one class is drawn.

    Attributes:
        name: Its id after "sy-".
        token: Name of the colour that fills it.
        radius: Half its width, px.
        pale: Whether it needs a rim.
        letter: What it bears, for kinds that grey print could not tell apart.
        ink: Name of the colour of the letter.
    """

    name: str
    token: str
    radius: float
    pale: bool = False
    letter: str = ""
    ink: str = "on-kind"


def symbol_name(view: View, class_name: str) -> str:
    """Return the name of the symbol of a class."""
    if class_name in _SAME:
        return _SAME[class_name]
    return class_name if view.name == "size" else f"{view.name}-{class_name}"


def symbols_of(view: View) -> tuple[Symbol, ...]:
    """Return the symbols of a view in the order of its legend, without the ones all views share."""
    own = [name for name in view.classes if name not in _SAME]
    drawn = []
    for place, name in enumerate(own):
        token, radius = _look(view, name, place, len(own))
        drawn.append(
            Symbol(
                symbol_name(view, name),
                token,
                radius,
                token in _PALE,
                _letter(name) if view.name in ("level", "special") else "",
                "on-pale" if token in _PALE else "on-kind",
            )
        )
    return tuple(drawn)


def _look(view: View, name: str, place: int, count: int) -> tuple[str, float]:
    """Return token and radius of a class by its place among the classes of its view."""
    if view.name == "size":
        return _spread(_SIZE_TOKENS, place, count), _spread(_SIZE_RADII, place, count)
    if view.name == "size7":
        tokens = [f"s7-{n}" for n in range(7, 0, -1)]
        return _spread(tokens, place, count), _spread(_SEVEN_RADII, place, count)
    if name in ("larger", "ordinary"):
        return "pt-other", _OTHER_RADIUS
    if view.name == "band":
        return _spread([f"b-{n}" for n in range(1, 7)], place - 1, count - 1), _BAND_RADIUS
    if view.name in _RAMPS:
        ramp, reverse = _RAMPS[view.name]
        tokens = [f"{ramp}-{n}" for n in range(1, _RAMP + 1)]
        return _spread(tokens[::-1] if reverse else tokens, place, count), _STEP_RADIUS
    return _KINDS[name], _KIND_RADIUS


def _spread(items: Sequence[Item], place: int, count: int) -> Item:
    """Return the item for a place, the first and the last item for the first and last place."""
    if count == 1:
        return items[0]
    return items[round(place * (len(items) - 1) / (count - 1))]


def _letter(name: str) -> str:
    """Return what the symbol of a kind bears."""
    words = {
        "pre_primary": _("อ"),
        "primary": _("ป"),
        "lower_secondary": _("ม3"),
        "upper_secondary": _("ม6"),
        "highland": _("ส"),
        "island": _("ก"),
        "special": _("พ"),
    }
    return words.get(name, "")
