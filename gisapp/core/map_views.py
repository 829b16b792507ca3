"""The switchable views of the map: into which class each school falls, and where classes end.

Views of limits sort a figure into steps that stand in ``data/criteria/map_classes.csv``; views of
kinds sort by what a school is. "nodata" is a class of every view and stands last.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from gisapp.core.map_steps import Step
from gisapp.core.profile_rows import School
from gisapp.core.school_filter import NODATA, size_of

#: The view of a map that nobody asked for another.
FIRST_VIEW = "size"

#: What the register should say about utilities.
_UTILITIES = ("electricity", "water_source", "internet")

#: Words by which a register says that a school has none of something.
_NONE = {"none", "no", "-"}


@dataclass(frozen=True)
class View:
    """One way of colouring the schools.

    Attributes:
        name: As in the address.
        classes: Its classes in the order of the legend, "nodata" last.
        steps: Their limits, for a view of limits.
        facet: The filter that its legend switches.
    """

    name: str
    classes: tuple[str, ...]
    steps: tuple[Step, ...] = ()
    facet: str = "class"

    def class_of(self, school: School) -> str:
        """Return the class of a school."""
        if self.name in KINDS:
            found = KINDS[self.name](school)
            return found if found in self.classes else NODATA
        figure = FIGURES[self.name](school)
        if figure is None:
            return NODATA
        return next((step.name for step in self.steps if step.holds(figure)), NODATA)

    def classify(self, schools: Iterable[School]) -> dict[str, str]:
        """Return smis_code -> class."""
        return {school.smis_code: self.class_of(school) for school in schools}


def _level(school: School) -> str:
    """Return the highest level that a school offers."""
    return school.levels[-1] if school.levels else NODATA


def _band(school: School) -> str:
    """Return the band of a small school, "0" without pupils, "larger" above all bands."""
    if school.small_band:
        return school.small_band
    unknown = school.students is None and school.size_class_4 is None
    return NODATA if unknown else "larger"


def _special(school: School) -> str:
    """Return which announced special area a school stands in; unknown only where nobody says."""
    flags = {
        "highland": school.highland_official,
        "island": school.island_official,
        "special": school.special_area,
    }
    if all(flag is None for flag in flags.values()):
        return NODATA
    return next((name for name, flag in flags.items() if flag), "ordinary")


def _dilapidated_percent(school: School) -> float | None:
    """Return the share of dilapidated structures among those in use, percent."""
    if school.dilapidated_buildings is None or not school.buildings:
        return None
    return school.dilapidated_buildings / school.buildings * 100


def _missing_utilities(school: School) -> float | None:
    """Return how many of electricity, water and internet a school lacks; None: one is unknown."""
    stated = [getattr(school, column) for column in _UTILITIES]
    if None in stated:
        return None
    return float(sum(_says_none(str(text)) for text in stated))


def _says_none(text: str) -> bool:
    """Tell whether a cell says that there is none."""
    word = text.strip().casefold()
    return word in _NONE or word.startswith("ไม่มี")


def known_items(school: School) -> tuple[str, ...]:
    """Return which of `ITEMS` the round knows about a school."""
    known = {
        "place": school.location_quality == "surveyed",
        "pupils": school.students is not None,
        "rooms": school.class_groups is not None,
        "teachers": school.teachers is not None,
        "buildings": school.buildings is not None,
        "utilities": all(getattr(school, column) is not None for column in _UTILITIES),
        "photos": bool(school.photo_count),
    }
    return tuple(item for item in ITEMS if known[item])


#: What a complete record of a school holds.
ITEMS = ("place", "pupils", "rooms", "teachers", "buildings", "utilities", "photos")

#: View of limits -> the figure of a school; None is unknown.
FIGURES: dict[str, Callable[[School], float | None]] = {
    "teachers": lambda s: s.pupil_teacher_ratio,
    "rooms": lambda s: s.pupil_class_ratio,
    "buildings": _dilapidated_percent,
    "utilities": _missing_utilities,
    "elevation": lambda s: s.elevation_m,
    "distance": lambda s: s.distance_to_esao_km,
    "completeness": lambda s: float(len(known_items(s))),
}

#: View of kinds -> the kind of a school.
KINDS: dict[str, Callable[[School], str]] = {
    "size": size_of,
    "size7": lambda s: s.size_class_7 or NODATA,
    "band": _band,
    "level": _level,
    "special": _special,
}

#: What completeness is read from.
KNOWN_BY = (
    "location_quality", "students", "class_groups", "teachers", "buildings", *_UTILITIES,
    "photo_count",
)  # fmt: skip

#: View -> columns of `schools` that it speaks of: who may not see one of them has no such view.
NEEDS: dict[str, tuple[str, ...]] = {
    "size": ("size_class_4",),
    "size7": ("size_class_7",),
    "band": ("small_band", "size_class_4"),
    "level": ("levels_offered",),
    "special": ("highland_official", "island_official", "special_area"),
    "elevation": ("elevation_m",),
    "teachers": ("pupil_teacher_ratio",),
    "rooms": ("pupil_class_ratio",),
    "buildings": ("dilapidated_buildings", "buildings"),
    "utilities": _UTILITIES,
    "distance": ("distance_to_esao_km",),
    "completeness": KNOWN_BY,
}

#: Views of kinds whose classes no table of the office decides.
_FIXED = {
    "level": ("upper_secondary", "lower_secondary", "primary", "pre_primary", NODATA),
    "special": ("highland", "island", "special", "ordinary", NODATA),
}

#: Every view, in the order in which a reader finds them.
VIEWS = (
    "size",
    "size7",
    "band",
    "level",
    "special",
    "elevation",
    "teachers",
    "rooms",
    "buildings",
    "utilities",
    "distance",
    "completeness",
)


def make_views(steps: Sequence[Step], sizes: Mapping[str, Sequence[str]]) -> dict[str, View]:
    """Build every view that has classes; one without a row in the office's tables has none.

    Args:
        steps: Classes of the views of limits, in the order of the legend.
        sizes: Scheme -> names of its classes, fewest pupils first.
    """
    fours, sevens, bands = (
        tuple(reversed(sizes.get(scheme, ())))
        for scheme in ("size_class_4", "size_class_7", "small_band")
    )
    kinds = {
        **_FIXED,
        "size": (*fours, NODATA),
        "size7": (*sevens, NODATA),
        "band": ("larger", *bands, NODATA),
    }
    views = {}
    for name in VIEWS:
        own = tuple(step for step in steps if step.view == name)
        classes = kinds[name] if name in kinds else (*(step.name for step in own), NODATA)
        if set(classes) <= {NODATA, "larger"}:
            continue
        views[name] = View(name, classes, own, "size" if name == "size" else "class")
    return views
