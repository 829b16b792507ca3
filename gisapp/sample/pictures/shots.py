"""Which pictures a sample school has: what is taken, when, and what its caption says."""

import datetime
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from gisapp.core.rounds import BE_OFFSET
from gisapp.sample.pictures.spec import PictureSpec, seeded

#: Pictures of a school, and how often.
_COUNTS = (2, 3, 4)
_COUNT_SHARES = (0.25, 0.5, 0.25)
#: Years in which schools last took pictures, with their shares, and the months of each.
_YEARS = (2025, 2024, 2023)
_YEAR_SHARES = (0.7, 0.2, 0.1)
#: The newest pictures were there when round 2568-1 was cut, on 10 June.
_MONTHS = {2025: (1, 2, 5, 5, 6, 6), 2024: (1, 6, 6, 8, 11, 12), 2023: (2, 6, 7, 7, 11, 12)}
_LAST_DAY = 10

_DILAPIDATED = ("dilapidated", "ทรุดโทรม")
#: What a list of structures holds beside buildings.
_NO_BUILDING = ("สนาม", "ถัง", "บ่อ", "เสาธง", "รั้ว", "ถนน", "เรือนเพาะชำ")

#: Words in a building's type -> scene, English name. The first that fits counts.
_KINDS = (
    ("ส้วม", "toilet", "Toilet block"),
    ("ห้องน้ำ", "toilet", "Toilet block"),
    ("บ้านพักนักเรียน", "dormitory", "Pupils' dormitory"),
    ("หอนอน", "dormitory", "Pupils' dormitory"),
    ("บ้านพัก", "house", "Staff house"),
    ("อาคารเรียน", "classroom", "Classroom building"),
    ("อเนกประสงค์", "hall", "Multipurpose hall"),
    ("หอประชุม", "hall", "Assembly hall"),
    ("โรงอาหาร", "hall", "Canteen"),
    ("ห้องสมุด", "small", "Library"),
)
_SIDES = {
    "front": ("ด้านหน้า", "front"),
    "back": ("ด้านหลัง", "back"),
    "left": ("ด้านซ้าย", "left side"),
    "right": ("ด้านขวา", "right side"),
}
#: Scenes of the whole place.
_PLACES = {
    "gate": ("ประตูและป้ายโรงเรียน", "School gate and name board"),
    "assembly": ("กิจกรรมหน้าเสาธง", "Morning assembly at the flag"),
    "field": ("สนามกีฬาและโรงอาหาร", "Sports field and canteen"),
    "plan": ("แผนผังบริเวณโรงเรียน", "Plan of the school grounds"),
}


class BuildingLook(NamedTuple):
    """What a picture needs to know of a building; a plain tuple in this order serves as well."""

    sequence: int
    building_type: str
    building_design: str
    storeys: int
    rooms: int
    built_year_be: int
    #: good, fair or dilapidated.
    condition: str


@dataclass(frozen=True)
class SchoolLook:
    """What the pictures need to know of a school."""

    smis_code: str
    buildings: tuple[tuple[int, str, str, int, int, int, str], ...]
    highland: bool = False
    island: bool = False


@dataclass(frozen=True)
class Shot:
    """A picture to be taken."""

    spec: PictureSpec
    photo_id: str
    taken_on: datetime.date
    caption_th: str
    caption_en: str

    def row(self) -> dict[str, object]:
        """Return its line of ``photos.csv``; a picture of the whole place names no building."""
        return {
            "photo_id": self.photo_id,
            "smis_code": self.spec.smis_code,
            "building_sequence": "" if self.spec.scene in _PLACES else self.spec.sequence,
            "photo_slot": self.spec.slot,
            "taken_on": self.taken_on.isoformat(),
            "caption_th": self.caption_th,
            "caption_en": self.caption_en,
        }


#: A picture in plan: the building it is about, slot, scene.
_Plan = tuple[BuildingLook, str, str]


def choose_shots(school: SchoolLook, seed: int) -> list[Shot]:
    """Choose a school's two to four pictures, its main building first.

    Nothing is pictured before the year after it was built. None where nothing stands.
    """
    rng = seeded(seed, school.smis_code, "shots")
    wanted = int(rng.choice(_COUNTS, p=_COUNT_SHARES))
    year = int(rng.choice(_YEARS, p=_YEAR_SHARES))
    month = int(rng.choice(_MONTHS[year]))
    structures = [BuildingLook(*building) for building in school.buildings]
    standing = [b for b in structures if _is_building(b) and b.built_year_be < year + BE_OFFSET]
    if not standing:
        return []
    plans = _planned(standing, wanted, rng)
    lessons = tuple((max(1, b.storeys), b.rooms) for b in standing if _kind(b)[0] == "classroom")
    base = PictureSpec(
        school.smis_code, "front", "classroom", highland=school.highland, island=school.island,
        month=month, others=lessons,
    )  # fmt: skip
    shots = []
    for number, (building, slot, scene) in enumerate(plans, start=1):
        spec = replace(
            base, slot=slot, scene=scene, storeys=max(1, building.storeys), rooms=building.rooms,
            dilapidated=building.condition in _DILAPIDATED, sequence=building.sequence,
        )  # fmt: skip
        taken_on = datetime.date(year, month, int(rng.integers(1, _LAST_DAY + 1)))
        captions = _captions(structures, building, slot, scene)
        shots.append(Shot(spec, f"{school.smis_code}-{number:02d}", taken_on, *captions))
    return shots


def _planned(standing: list[BuildingLook], wanted: int, rng: np.random.Generator) -> list[_Plan]:
    """Return the pictures to take: the largest classroom building, a ruin, then others."""
    classrooms = [b for b in standing if _kind(b)[0] == "classroom"]
    main = max(classrooms or standing, key=lambda b: (b.rooms, -b.sequence))
    others = [(b, "front", _scene(b)) for b in standing if b is not main]
    ruins = [plan for plan in others if plan[0].condition in _DILAPIDATED]
    side = "left" if rng.random() < 0.5 else "right"
    rest: list[_Plan] = [
        (main, "sign", "gate"), (main, "activity", "assembly"), (main, "activity", "field"),
        (main, "back", _scene(main)), (main, side, _scene(main)), (main, "plan", "plan"),
    ]  # fmt: skip
    rest += [plan for plan in others if plan not in ruins]
    order = rng.permutation(len(rest))
    return [(main, "front", _scene(main)), *ruins[:1], *(rest[int(k)] for k in order)][:wanted]


def _is_building(building: BuildingLook) -> bool:
    """Say whether a structure has walls and a roof."""
    return not any(word in building.building_type for word in _NO_BUILDING)


def _kind(building: BuildingLook) -> tuple[str, str]:
    """Return scene and English name of a building's type."""
    for word, scene, english in _KINDS:
        if word in building.building_type:
            return scene, english
    return "small", "Building"


def _scene(building: BuildingLook) -> str:
    """Return how a building of this type and age is drawn."""
    scene, _ = _kind(building)
    # ป.1ฉ and its kin are the wooden schools on posts of the 1950s to 1970s.
    wooden = building.built_year_be <= 2518 or building.building_design.startswith("ป.1")
    return "timber" if scene == "classroom" and wooden and building.storeys <= 1 else scene


def _captions(
    structures: list[BuildingLook], building: BuildingLook, slot: str, scene: str
) -> tuple[str, str]:
    """Return the caption in Thai and in English."""
    if scene in _PLACES:
        return _PLACES[scene]
    same = [b.sequence for b in structures if b.building_type == building.building_type]
    scene, kind_en = _kind(building)
    number = (
        f" {same.index(building.sequence) + 1}" if len(same) > 1 or scene == "classroom" else ""
    )
    kind_th = building.building_type.split("/")[0].strip()
    design = building.building_design.replace(". ", ".").strip()
    design = design.removeprefix(kind_th).strip()
    if design.startswith("อื่น"):  # "other (built by itself)" tells a reader nothing
        design = ""
    side_th, side_en = _SIDES[slot]
    caption_th = " ".join(part for part in (f"{kind_th}{number}", design, side_th) if part)
    model = f"design {design}, " if design else ""
    return caption_th, f"{kind_en}{number}, {model}{side_en}"
