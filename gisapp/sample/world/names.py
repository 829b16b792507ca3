"""Place names that sound right and belong to nobody: Thai with its romanised spelling.

Spelling: Royal Thai General System of Transcription (Royal Institute, 2542 BE), by part.
"""

from dataclasses import dataclass

import numpy as np

#: Thai -> romanised. First part of a name by the kind of ground that it tells of.
FIRST = {
    "plain": {
        "ทุ่ง": "Thung", "หนอง": "Nong", "ท่า": "Tha", "นา": "Na", "วัง": "Wang", "ป่า": "Pa",
        "สันป่า": "San Pa", "หัวนา": "Hua Na", "ศรี": "Si", "ร่อง": "Rong", "แพะ": "Phae",
        "เวียง": "Wiang", "ดง": "Dong", "ใหม่": "Mai", "บวก": "Buak", "กาด": "Kat",
    },
    "valley": {
        "ห้วย": "Huai", "ปาง": "Pang", "แม่": "Mae", "โป่ง": "Pong", "น้ำ": "Nam", "สบ": "Sop",
        "ต้น": "Ton", "ผา": "Pha", "ถ้ำ": "Tham", "กิ่ว": "Kio", "ปากห้วย": "Pak Huai",
        "ไร่": "Rai", "หัวห้วย": "Hua Huai", "วังผา": "Wang Pha", "ท่าผา": "Tha Pha",
    },
    "ridge": {
        "ดอย": "Doi", "ม่อน": "Mon", "สัน": "San", "ขุนห้วย": "Khun Huai", "ขุนแม่": "Khun Mae",
        "ผา": "Pha", "หัวดอย": "Hua Doi", "กิ่วลม": "Kio Lom", "ปางดอย": "Pang Doi",
        "สันดอย": "San Doi", "จอมดอย": "Chom Doi",
    },
}  # fmt: skip

#: Second part: what the place has, or what it was once called after.
SECOND = {
    "หมอก": "Mok", "ฟ้า": "Fa", "คำ": "Kham", "แก้ว": "Kaeo", "ทราย": "Sai", "ขาว": "Khao",
    "แดง": "Daeng", "ดำ": "Dam", "เย็น": "Yen", "ใส": "Sai", "หอม": "Hom", "งาม": "Ngam",
    "เคียงฟ้า": "Khiang Fa", "เพียงดาว": "Phiang Dao", "จันทร์": "Chan", "ตะวัน": "Tawan",
    "เมฆ": "Mek", "ฝน": "Fon", "ลม": "Lom", "หินลาย": "Hin Lai", "หินแก้ว": "Hin Kaeo",
    "หินเหลือง": "Hin Lueang", "ผึ้ง": "Phueng", "กวาง": "Kwang", "นกยูง": "Nok Yung",
    "ช้างน้อย": "Chang Noi", "เสือลาย": "Suea Lai", "หมีคำ": "Mi Kham", "ปลาคำ": "Pla Kham",
    "เต่าทอง": "Tao Thong", "ไก่ฟ้า": "Kai Fa", "เอื้อง": "Ueang", "เอื้องคำ": "Ueang Kham",
    "กล้วย": "Kluai", "ส้มป่อย": "Som Poi", "มะขาม": "Makham", "มะกอก": "Makok", "ขะจาว": "Khachao",
    "สัก": "Sak", "ตึง": "Tueng", "เปา": "Pao", "ไผ่": "Phai", "ซาง": "Sang", "ไคร้": "Khrai",
    "ตอง": "Tong", "หวาย": "Wai", "ข่า": "Kha", "เมี่ยง": "Miang", "ชาคำ": "Cha Kham",
    "ฝาง": "Fang", "งิ้ว": "Ngio", "ยางหลวง": "Yang Luang", "เหมือด": "Mueat", "ก่อ": "Ko",
    "สนคู่": "Son Khu", "เกี๋ยง": "Kiang", "ดอกแก้ว": "Dok Kaeo", "ดอกคำ": "Dok Kham",
    "ลาน": "Lan", "จำปี": "Champi", "ฟาน": "Fan", "เก้ง": "Keng", "รินคำ": "Rin Kham",
    "รินหลวง": "Rin Luang", "ระมิงคำ": "Raming Kham", "ปิงคำ": "Ping Kham", "ตาดหมอก": "Tat Mok",
    "ตาดคำ": "Tat Kham", "แสง": "Saeng", "สามเงา": "Sam Ngao", "สองแคว": "Song Khwae",
    "เกลือ": "Kluea", "แร่": "Rae", "ทองคำ": "Thong Kham", "เงิน": "Ngoen", "ม่วงคำ": "Muang Kham",
}  # fmt: skip

#: Last part, for a place that shares its name with a neighbour.
LAST = {
    "เหนือ": "Nuea", "ใต้": "Tai", "ใหม่": "Mai", "กลาง": "Klang", "นอก": "Nok", "ใน": "Nai",
    "หลวง": "Luang", "น้อย": "Noi", "บน": "Bon", "ล่าง": "Lang",
}  # fmt: skip

_REAL = """
แม่คำ แม่เปา แม่ฝาง แม่เย็น แม่แดง แม่ข่า แม่เงิน แม่ทราย แม่ลาน แม่สัก แม่ไคร้ แม่ก่อ แม่ใส แม่ขาว แม่จันทร์
แม่หอม แม่ไผ่ แม่ลม แม่ฟ้า แม่กวาง ป่าสัก ป่าไผ่ ป่าซาง ป่าแดง ป่างิ้ว ป่าตึง ป่าเมี่ยง วังทราย วังแก้ว
วังเงิน วังทองคำ วังซาง ห้วยทราย ห้วยไคร้ ห้วยแก้ว ห้วยหอม ห้วยข่า ห้วยไผ่ หนองแดง หนองไผ่ หนองงิ้ว
หนองตอง หนองแก้ว ทุ่งแก้ว ทุ่งงิ้ว นาแก้ว นาแดง นาฝาง นาซาง ท่าข่า ท่าตอง น้ำดำ น้ำลาน โป่งแดง โป่งงาม
โป่งทราย ผาแดง ผางาม สันทราย สันป่าตอง สันป่าตึง ศรีแก้ว ศรีทราย ศรีงาม เวียงแก้ว เวียงคำ ดงดำ ดอยงาม
"""
#: Names that places of northern Thailand are known by: ours must not be mistaken for them.
REAL = frozenset(_REAL.split())

#: What a river's name begins with, the usual word first.
RIVER_FIRST = ("แม่", "น้ำ")

#: The five districts in the order of their codes.
DISTRICT_NAMES = (
    ("เมืองตัวอย่าง", "Mueang Tua Yang"),
    ("ธารหมอก", "Than Mok"),
    ("ดอยเคียงดาว", "Doi Khiang Dao"),
    ("วังผาแก้ว", "Wang Pha Kaeo"),
    ("น้ำรินทร์", "Nam Rin"),
)
PROVINCE_TH = "ตัวอย่าง"


@dataclass(frozen=True)
class Name:
    """One place name: Thai as written, and romanised."""

    th: str
    en: str

    def with_last(self, th: str) -> "Name":
        """Add a word of `LAST`, such as เหนือ."""
        return Name(self.th + th, f"{self.en} {LAST[th]}")

    def as_village(self) -> "Name":
        """Put บ้าน before it."""
        return Name(f"บ้าน{self.th}", f"Ban {self.en}")


class NameBook:
    """Hands out names, each once, in an order that only the seed decides."""

    def __init__(self, rng: np.random.Generator) -> None:
        """Shuffle all first and second parts of every kind of ground."""
        self._taken: set[str] = set()
        self._waiting: dict[str, list[Name]] = {}
        for kind, firsts in FIRST.items():
            names = [
                Name(first + second, f"{first_en} {second_en}")
                for first, first_en in firsts.items()
                for second, second_en in SECOND.items()
                if second[:2] not in first and first not in second and first + second not in REAL
            ]
            self._waiting[kind] = [names[place] for place in rng.permutation(len(names))]

    def next(self, kind: str) -> Name:
        """Return a fresh name for ground of a kind: plain, valley or ridge."""
        while True:
            name = self._waiting[kind].pop()
            if self.take(name):
                return name

    def next_river(self) -> Name:
        """Return a fresh name of a water, such as แม่ฟาน; น้ำ… when all แม่… are given."""
        names = self._waiting["valley"]
        free = [name for name in names if name.th not in self._taken]
        name = next(name for first in RIVER_FIRST for name in free if name.th.startswith(first))
        self.take(name)
        return name

    def take(self, name: Name) -> bool:
        """Mark a name as given; False when it already was."""
        if name.th in self._taken:
            return False
        self._taken.add(name.th)
        return True
