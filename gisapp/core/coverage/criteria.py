"""What coverage is measured by: official ages, reaches and limits, as the officers set them."""

from collections.abc import Sequence
from dataclasses import dataclass

from gisapp.core.grades import GRADES, LEVELS

#: Level -> its grades, as officers write them.
_GRADES_OF = {
    level: {grade.label_th for grade in GRADES if grade.education_level == level}
    for level in LEVELS
}

#: Kinds of reach: a straight line in kilometres, or minutes on the way.
STRAIGHT_KM = "straight_km"
REACH_KINDS = (STRAIGHT_KM,)

#: Nobody of a level's official age is older.
OLDEST_CHILD = 17

#: Which schools count: the office's own, or those of every affiliation that is known.
OWN, ALL = "own", "all"
AFFILIATIONS = (OWN, ALL)


@dataclass(frozen=True)
class LevelAges:
    """Official ages of an education level, in completed years on the day that counts.

    Attributes:
        education_level: One of `grades.LEVELS`.
        first_age, last_age: Both included.
        entry_grade: Grade in which the level begins, such as ``ป.1``.
        entry_age: Official age of that grade.
        zones_of: Level whose announced areas and lists serve this level where it has none of
            its own: pre-primary goes by the zones of primary. Empty: none.
    """

    education_level: str
    first_age: int
    last_age: int
    entry_grade: str
    entry_age: int
    zones_of: str = ""

    @property
    def ages(self) -> range:
        """Every single age of the level."""
        return range(self.first_age, self.last_age + 1)


@dataclass(frozen=True)
class Reach:
    """How far is near enough; `is_own` marks the one that the office goes by."""

    kind: str
    value: float
    is_own: bool = False


@dataclass(frozen=True)
class CoverageLimits:
    """Limits of the reckoning; each field is a line of ``data/criteria/coverage.csv``."""

    #: Month and day on which children's ages are counted, and how many years before the
    #: academic year begins that day lies: 31 December of the year before.
    cut_off_month: float = 12
    cut_off_day: float = 31
    cut_off_years_before: float = 1
    #: A register that lies further from that day is refused, years.
    most_years_aged: float = 5
    #: Public pages show no pocket of fewer children, and round the others to this many.
    pocket_min_children: float = 10
    pocket_rounded_to: float = 5
    #: Gaps and overlaps of announced areas up to this wide are drawing faults, metres.
    sliver_width_m: float = 20
    #: A raster's people may differ from the register's by this factor before it is doubted.
    raster_ratio: float = 2
    #: No ground holds more people than this, persons per km²; a raster that does is no count.
    most_people_per_km2: float = 120_000
    #: Below this share of an area under the raster, the raster says nothing about it.
    least_raster_share: float = 0.5
    #: Years that the outlook looks ahead.
    outlook_years: float = 6


@dataclass(frozen=True)
class CoverageCriteria:
    """Everything that officers set about coverage.

    Attributes:
        levels: In the order of schooling.
        reaches: By kind, shortest first; one of them is the office's own.
    """

    levels: tuple[LevelAges, ...]
    reaches: tuple[Reach, ...]
    limits: CoverageLimits

    def level(self, education_level: str) -> LevelAges:
        """Return the ages of a level.

        Raises:
            KeyError: The office states no ages for it.
        """
        return {level.education_level: level for level in self.levels}[education_level]

    @property
    def own_reach(self) -> Reach:
        """The reach that the office goes by."""
        return next(reach for reach in self.reaches if reach.is_own)


def why_not_levels(levels: Sequence[LevelAges]) -> tuple[str, str] | None:
    """Say in Thai and English what is wrong with official ages; None where nothing is."""
    named = [level.education_level for level in levels]
    if not named or len(set(named)) < len(named):
        return "ต้องมีแต่ละระดับหนึ่งแถว", "each level needs exactly one row"
    for level in levels:
        if not 0 <= level.first_age <= level.last_age <= OLDEST_CHILD:
            return "อายุต้องเรียงจากน้อยไปมาก 0 ถึง 17", "ages must go up, from 0 to 17"
        if level.entry_age not in level.ages:
            return "อายุแรกเข้าต้องอยู่ในช่วงอายุของระดับ", "the entry age must be one of the ages"
        if level.entry_grade not in _GRADES_OF[level.education_level]:
            return f"ระดับนี้ไม่มีชั้น {level.entry_grade}", f"it has no grade {level.entry_grade}"
        if level.zones_of and level.zones_of not in named:
            return f"ไม่มีระดับ {level.zones_of}", f"there is no level {level.zones_of}"
    return None


def why_not_limits(limits: CoverageLimits) -> tuple[str, str] | None:
    """Say in Thai and English what is wrong with the limits; None where nothing is."""
    for name, least, most in (
        ("cut_off_month", 1, 12),
        ("cut_off_day", 1, 31),
        ("cut_off_years_before", 0, 50),
        ("pocket_min_children", 0, 1_000_000),
        ("pocket_rounded_to", 1, 1000),
        ("outlook_years", 1, 50),
    ):
        value = getattr(limits, name)
        if not (least <= value <= most and value == int(value)):
            span = f"{least}–{most:,}"
            return f"{name} ต้องเป็นจำนวนเต็ม {span}", f"{name} must be a whole number, {span}"
    for name, least, most in (
        ("raster_ratio", 1, 1_000_000),
        ("least_raster_share", 0, 1),
        ("most_years_aged", 0, 50),
    ):
        if not least <= getattr(limits, name) <= most:
            span = f"{least}–{most:,}"
            return f"{name} ต้องอยู่ในช่วง {span}", f"{name} must lie within {span}"
    return None


def why_not_reaches(reaches: Sequence[Reach]) -> tuple[str, str] | None:
    """Say in Thai and English what is wrong with the reaches; None where nothing is."""
    if sum(reach.is_own for reach in reaches) != 1:
        return "ต้องมีระยะของสำนักงาน (own) หนึ่งแถวพอดี", "exactly one reach must be the office's own"
    if any(reach.kind not in REACH_KINDS or not 0 < reach.value < 1000 for reach in reaches):
        return "ชนิดหรือค่าของระยะใช้ไม่ได้", "a reach's kind or value cannot be used"
    if len({(reach.kind, reach.value) for reach in reaches}) < len(reaches):
        return "ระยะซ้ำกัน", "a reach stands twice"
    return None
