"""The structures of each sample school, with the designs and headings of B-OBEC."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gisapp.sample.schools.make import School

_STAGE = 301
#: A building list is never longer or shorter.
FEWEST, MOST = 2, 12


@dataclass(frozen=True)
class Design:
    """A standard drawing: its rooms and storeys and the years in which it was built."""

    building_type: str
    name: str
    rooms: int
    storeys: int
    first_be: int
    last_be: int
    baht_per_room: int


# Names seen on real lists (domain notes B7); rooms, years and prices are our examples.
_OLD = (
    Design("อาคารเรียน", "ป.1ฉ", 4, 1, 2500, 2525, 60_000),
    Design("อาคารเรียน", "017", 6, 2, 2508, 2528, 70_000),
)
_NEW = (
    Design("อาคารเรียน", "สปช.101/26", 4, 1, 2526, 2545, 190_000),
    Design("อาคารเรียน", "สปช.102/26", 3, 1, 2526, 2548, 190_000),
    Design("อาคารเรียน", "สปช.105/29", 8, 2, 2529, 2566, 320_000),
    Design("อาคารเรียน", "สปช. 105/29", 8, 2, 2531, 2566, 320_000),
)
_GRAND = Design("อาคารเรียน", "สปช.2/28", 18, 3, 2530, 2567, 420_000)
_PRE_PRIMARY = Design("อาคารเรียน", "อาคารอนุบาล", 2, 1, 2534, 2567, 350_000)
_MULTIPURPOSE = Design("อาคารอเนกประสงค์", "สปช.203/26", 1, 1, 2527, 2567, 900_000)
_CANTEEN = Design("โรงอาหาร", "อื่น ๆ (สร้างเอง)", 1, 1, 2530, 2567, 350_000)
_TOILETS = (
    Design("ส้วม", "สปช.601/26", 4, 1, 2526, 2550, 35_000),
    Design("ส้วม", "สปช.604/45", 4, 1, 2545, 2567, 95_000),
)
_HOUSES = (
    Design("บ้านพักครู", "203/27", 2, 1, 2527, 2566, 210_000),
    Design("บ้านพักครู", "205/26", 2, 2, 2526, 2562, 230_000),
)
_DORMITORY = Design("บ้านพักนักเรียน", "อื่น ๆ (สร้างเอง)", 6, 1, 2540, 2566, 80_000)
_LIBRARY = Design("ห้องสมุด", "อื่น ๆ (สร้างเอง)", 1, 1, 2540, 2567, 450_000)
_GROUND = Design("สนาม", "สนามบาสเกตบอล", 0, 0, 2545, 2567, 280_000)
_TANK = Design("ถังเก็บน้ำ", "ฝ.30", 0, 0, 2530, 2560, 60_000)

_SOURCES = ("งบประมาณ สพฐ.", "งบประมาณ สปช.", "เงินบริจาค", "องค์กรปกครองส่วนท้องถิ่น")


@dataclass(frozen=True)
class Building:
    """One structure; `sequence` counts from 1 within the school, oldest first.

    Attributes:
        fair_be, dilapidated_be: Years in which its condition becomes พอใช้ and ทรุดโทรม.
        given_up: No longer used once it is dilapidated.
    """

    sequence: int
    design: Design
    actual_rooms: int
    special_rooms: int
    added_rooms: int
    added_special_rooms: int
    built_be: int
    budget_baht: int
    budget_source: str
    fair_be: int
    dilapidated_be: int
    given_up: bool

    def condition(self, year_be: int) -> str:
        """Condition in a year, in the words of the list."""
        if year_be >= self.dilapidated_be:
            return "ทรุดโทรม"
        return "พอใช้" if year_be >= self.fair_be else "ดี"

    def use_status(self, year_be: int) -> str:
        """Whether it is used in a year, in the words of the list."""
        if self.given_up and year_be >= self.dilapidated_be:
            return "รอรื้อถอน"
        return "ใช้งาน"


def draw_buildings(
    schools: Sequence[School], rooms: NDArray[np.int64], seed: int
) -> Mapping[str, tuple[Building, ...]]:
    """Build every school: `smis_code` -> its structures, 2 to 12, including future ones.

    Args:
        schools: In the order of `rooms`.
        rooms: Class groups `[school, grade]` of the fullest year, which the classrooms hold.
        seed: The same seed builds the same.
    """
    buildings = {}
    for place, school in enumerate(schools):
        rng = np.random.default_rng([seed, _STAGE, place])
        designs = _designs(school, int(rooms[place].sum()), rng)
        drawn = [
            (_built_be(design, school, rng), place, design) for place, design in enumerate(designs)
        ]
        drawn.sort(key=lambda item: item[:2])
        buildings[school.smis_code] = tuple(
            _build(sequence, design, built_be, rng)
            for sequence, (built_be, _, design) in enumerate(drawn, 1)
        )
    return buildings


def _designs(school: School, groups: int, rng: np.random.Generator) -> list[Design]:
    """Choose drawings until the classrooms suffice, then what else such a school has."""
    chosen: list[Design] = []
    left = max(groups, 3) + int(rng.integers(0, 3))
    if school.facts.founded_be < 2522 and rng.random() < 0.6:
        chosen.append(_OLD[int(rng.integers(2))])
        left -= chosen[-1].rooms
    while left > 0 and len(chosen) < 6:
        design = _GRAND if left >= 14 else _NEW[int(rng.integers(4))]
        if left <= 4:
            design = _NEW[int(rng.integers(2))]
        chosen.append(design)
        left -= design.rooms
    toilet = _TOILETS[int(rng.integers(2))]
    others = [
        (toilet, 1.0),
        (_MULTIPURPOSE, 0.7 if groups > 8 else 0.3),
        (_PRE_PRIMARY, 0.5 if groups > 8 else 0.15),
        (_CANTEEN, 0.8),
        (_HOUSES[int(rng.integers(2))], 0.8 if school.elevation_m > 400 else 0.45),
        (_TOILETS[1], 0.5 if groups > 8 else 0.15),
        (_DORMITORY, 0.6 if school.highland else 0.0),
        (_LIBRARY, 0.3),
        (_HOUSES[0], 0.35 if school.elevation_m > 400 else 0.1),
        (_GROUND, 0.3),
        (_TANK, 0.35),
    ]
    chosen += [design for design, chance in others if rng.random() < chance]
    return chosen[:MOST]


def _built_be(design: Design, school: School, rng: np.random.Generator) -> int:
    """Draw a year in which the drawing was in use and the school was there."""
    first = max(design.first_be, school.facts.founded_be)
    return int(rng.integers(first, max(design.last_be, first + 4) + 1))


def _build(sequence: int, design: Design, built_be: int, rng: np.random.Generator) -> Building:
    classroom = design.building_type == "อาคารเรียน"
    special = int(rng.integers(0, 3)) if classroom and design.rooms >= 6 else 0
    fair = built_be + int(np.clip(rng.normal(20, 5), 8, 34))
    price = 0.45 + 0.55 * (built_be - 2500) / 68
    baht = int(
        round(max(design.rooms, 1) * design.baht_per_room * price * rng.uniform(0.9, 1.15), -2)
    )
    source = _SOURCES[int(rng.integers(0, 2))] if classroom else _SOURCES[int(rng.integers(0, 4))]
    if built_be >= 2546 and source == "งบประมาณ สปช.":
        source = "งบประมาณ สพฐ."  # สปช. became a part of สพฐ. in 2546
    return Building(
        sequence=sequence,
        design=design,
        actual_rooms=design.rooms,
        special_rooms=special,
        added_rooms=int(classroom and rng.random() < 0.08),
        added_special_rooms=int(classroom and rng.random() < 0.06),
        built_be=built_be,
        budget_baht=baht,
        budget_source=source,
        fair_be=fair,
        dilapidated_be=fair + int(np.clip(rng.normal(19, 5), 8, 34)),
        given_up=bool(rng.random() < 0.25),
    )
