"""The schools a page shows: those asked for, with the counts beside them."""

import functools
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from werkzeug.datastructures import MultiDict

from gisapp.core.grades import LEVELS
from gisapp.core.map_views import View
from gisapp.core.profile_rows import School
from gisapp.core.rounds import Round
from gisapp.core.school_filter import (
    CONDITIONS,
    FACET_NEEDS,
    FACETS,
    TRAITS,
    TYPES,
    SchoolFilter,
    Totals,
    facet_counts,
    known_traits,
    pick,
    thai_order,
    total,
)
from gisapp.errors import RoundNotFoundError
from gisapp.store.published import LayerFile, layer_file, read_pupils
from gisapp.web.choosing.asking import filter_from, values_of
from gisapp.web.choosing.search import mentioned
from gisapp.web.map.views import asked_view, size_view, views_of
from gisapp.web.reader import Reading, district_names, settings

#: Most subdistricts that are offered without a district.
MOST_SUBDISTRICTS = 60

#: Rounds in a line of earlier rounds, the present one included.
LINE_ROUNDS = 5


@dataclass(frozen=True)
class Choice:
    """The schools asked for and what the rail says about them.

    Attributes:
        asked: What was asked for.
        view: How the map colours them.
        near: Whether the text was found in no name, only in names like it.
        shown: The schools, in the layer's order.
        totals: What they add up to.
        everything: Number of schools of the round.
        class_of: smis_code -> class of the view, of every school of the round.
        counts: Facet -> choice -> schools it would show.
        choices: Facet -> its choices in the order of the page.
        known: Traits that schools of the round state; the others are unknown, not zero.
    """

    asked: SchoolFilter
    view: View
    near: bool
    shown: tuple[School, ...]
    totals: Totals
    everything: int
    class_of: Mapping[str, str]
    counts: dict[str, Counter[str]]
    choices: dict[str, tuple[str, ...]]
    known: frozenset[str]


def choose(now: Reading, args: MultiDict[str, str]) -> Choice:
    """Return the schools that an address asks for, with the counts of every other choice.

    Raises:
        UnknownChoiceError: The address asks for what the round does not have.
    """
    return chosen(now, filter_from(now, args), asked_view())


@functools.lru_cache(maxsize=64)
def chosen(now: Reading, asked: SchoolFilter, view: View) -> Choice:
    """Pick and count; the same question about the same file has the same answer."""
    schools = now.schools()
    found = mentioned(now, asked.text) if asked.text else None
    codes = None if found is None else frozenset(found.codes)
    class_of = classes(now, view)
    shown = pick(schools, asked, codes, class_of)
    counts = facet_counts(schools, asked, codes, class_of)
    return Choice(
        asked=asked,
        view=view,
        near=found is not None and found.near,
        shown=shown,
        totals=_total(now, shown),
        everything=len(schools),
        class_of=class_of,
        counts=counts,
        choices=_choices(now, asked, counts),
        known=known_traits(schools),
    )


def _total(now: Reading, schools: Sequence[School]) -> Totals:
    """Add schools up; where a reader may not see places, nobody is said to have none."""
    seen, added = now.access.of("schools"), total(schools)
    return replace(
        added,
        nowhere=added.nowhere if "geometry" in seen else None,
        standins=added.standins if "location_quality" in seen else None,
    )


@functools.lru_cache(maxsize=64)
def classes(now: Reading, view: View) -> Mapping[str, str]:
    """Return smis_code -> class of a view for every school of the round."""
    return view.classify(now.schools())


@functools.lru_cache(maxsize=32)
def views_known(now: Reading) -> frozenset[str]:
    """Return the views about which the round says anything."""
    return frozenset(
        name
        for name, view in views_of(now).items()
        if set(classes(now, view).values()) - {"nodata"}
    )


def _choices(
    now: Reading, asked: SchoolFilter, counts: Mapping[str, Counter[str]]
) -> dict[str, tuple[str, ...]]:
    """Return what a reader can choose in each facet, in the order of the page."""
    schools = now.schools()
    choices = {facet: values_of(schools, facet) for facet in FACETS}
    choices["network"] = tuple(sorted(choices["network"], key=thai_order))
    # Districts in the order of their codes, the one of the provincial town first.
    order = {name: place for place, name in enumerate(district_names(now))}
    choices["district"] = tuple(
        sorted(choices["district"], key=lambda n: (order.get(n, len(order)), thai_order(n)))
    )
    choices["size"] = size_view(now).classes
    for facet, fixed in (("level", LEVELS), ("type", TYPES), ("condition", CONDITIONS)):
        choices[facet] = tuple(value for value in fixed if value in choices[facet])
    # A province has hundreds of subdistricts: they are offered once a district is chosen.
    if len(choices["subdistrict"]) > MOST_SUBDISTRICTS:
        near = counts["subdistrict"] if asked.of("district") else {}
        chosen_ones = {*near, *asked.of("subdistrict")}
        choices["subdistrict"] = tuple(c for c in choices["subdistrict"] if c in chosen_ones)
    choices["trait"] = tuple(
        trait for trait in TRAITS if counts["trait"][trait] or trait in asked.of("trait")
    )
    seen = now.access.of("schools")
    return {f: v if seen.issuperset(FACET_NEEDS[f]) else () for f, v in choices.items()}


def line_files(now: Reading) -> list[tuple[int, LayerFile | None]]:
    """Return (year BE, file) of the rounds of this season up to this one, None where not built.

    Years before the first built one are left out: there is nothing to say about them.
    """
    found: list[tuple[int, LayerFile | None]] = []
    for back in range(LINE_ROUNDS - 1, -1, -1):
        earlier = Round(now.round.academic_year_be - back, now.round.number)
        try:
            file = now.file if back == 0 else layer_file(settings(), earlier.name)
        except RoundNotFoundError:
            file = None
        if file or found:
            found.append((earlier.academic_year_be, file))
    return found


def pupil_lines(now: Reading, schools: Sequence[School]) -> dict[str, tuple[int | None, ...]]:
    """Return smis_code -> pupils in this and up to four earlier rounds of the same season."""
    counts = pupil_counts(now)
    return {s.smis_code: tuple(known.get(s.smis_code) for known in counts) for s in schools}


def pupil_counts(now: Reading) -> tuple[Mapping[str, int | None], ...]:
    """Return smis_code -> pupils for each round of the line, oldest first."""
    allowed = now.access.of("schools")
    return tuple(read_pupils(file, allowed) if file else {} for _year, file in line_files(now))


def change(values: Sequence[int | None]) -> float | None:
    """Return the change from the first known value to the last; None where it has no meaning."""
    known = [value for value in values if value is not None]
    if len(known) < 2 or not known[0] or values[-1] is None:
        return None
    return known[-1] / known[0] - 1
