"""What is not known, and why: children, distances and zones, in plain words."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gisapp.store.published_coverage import UnitFigures
from gisapp.web.coverage.units import (
    Answer,
    answer,
    known,
    office_of,
    units_of,
)
from gisapp.web.i18n import gettext as _
from gisapp.web.reader import Reading
from gisapp.web.words import number


@dataclass(frozen=True)
class Unknown:
    """Named units without a figure of those within reach, by what is missing.

    Attributes:
        reach: Nobody knows the distance.
        children: Nobody knows how many children there are.
        nobody: There are no children.
    """

    reach: int
    children: int
    nobody: int

    @property
    def words(self) -> tuple[tuple[str, int], ...]:
        """What is missing, and in how many units; what does not occur is left out."""
        told = (
            (_("ไม่ทราบระยะ"), self.reach),
            (_("ไม่ทราบจำนวนเด็ก"), self.children),
            (_("ไม่มีเด็กในพื้นที่"), self.nobody),
        )
        return tuple(one for one in told if one[1]) or told[:1]

    @property
    def count(self) -> int:
        """How many units there are without the figure."""
        return self.reach + self.children + self.nobody

    def of(self, units: int) -> str:
        """Say how many of all units are without it, and why."""
        told = " · ".join(f"{word} {number(count)}" for word, count in self.words)
        return _("%(what)s จาก %(all)s", what=told, all=number(units))

    @property
    def legend(self) -> str:
        """Name the class of the legend that holds these units."""
        if len(self.words) == 1:
            return self.words[0][0]
        return " · ".join(f"{word} {number(count)}" for word, count in self.words)


def unknown_of(figures: Answer, without: NDArray[np.bool_]) -> Unknown:
    """Count the units of an answer that are without a figure by what is missing."""
    children, nobody = np.isnan(figures.population), figures.population == 0
    return Unknown(
        reach=int((without & ~children & ~nobody).sum()),
        children=int((without & children).sum()),
        nobody=int((without & nobody).sum()),
    )


def known_children(now: Reading, level: str) -> float | None:
    """Return the children of the subdistricts that have a number, whole; None where all have one.

    None, too, where none has.
    """
    if known(_whole(office_of(now, level)).population[0]) is not None:
        return None
    try:
        areas = units_of(now, "subdistrict", level)
    except KeyError:
        return None
    return float(np.nansum(_whole(areas).population)) or None


def why_unknown(now: Reading, level: str, affiliations: str, reach: float) -> str:
    """Say why the children out of reach are not known; empty where they are."""
    whole = answer(office_of(now, level), affiliations, reach)
    if np.isnan(whole.population[0]):
        if known_children(now, level):
            return _("ยังไม่ทราบ เพราะบางพื้นที่ไม่มีจำนวนเด็ก")
        return _("ยังไม่ทราบ เพราะไม่มีจำนวนเด็ก")
    if whole.population[0] == 0 or not np.isnan(whole.rate[0]):
        return ""
    if whole.unlocated[0] > 0:
        return _("ยังไม่ทราบ เพราะโรงเรียน %(n)s แห่งยังไม่มีพิกัด", n=number(whole.unlocated[0]))
    return _("ยังไม่ทราบ เพราะไม่ทราบที่อยู่ของเด็กบางคน")


def no_zones_word(now: Reading, level: str) -> str:
    """Say why no school has a zone at a level; empty where any has one, or the layer is missing."""
    try:
        zones = units_of(now, "zone", level)
    except KeyError:
        return ""
    if zones.keys != (None,):
        return ""
    hidden = np.nanmax([*zones.figures.get("unlocated_schools", np.zeros(1)).ravel(), 0])
    if hidden > 0:
        return _("ยังสร้างเขตไม่ได้ เพราะโรงเรียน %(n)s แห่งยังไม่มีพิกัด", n=number(hidden))
    return _("ยังไม่มีเขตบริการในระดับนี้")


def _whole(units: UnitFigures) -> Answer:
    """Return the answer from which figures are taken that no reach or affiliation changes."""
    return answer(units, units.affiliations[0], units.reaches[0])
