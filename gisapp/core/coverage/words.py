"""What the coded columns of the layers of coverage mean, in Thai and in English."""

import re
from collections.abc import Mapping

from gisapp.core.coverage.criteria import ALL, OWN, STRAIGHT_KM
from gisapp.core.coverage.expecting.outlook import METHODS
from gisapp.core.coverage.zoning.zones import (
    DIGITISED,
    SCHOOL_VORONOI,
    TAMBON_DISSOLVE,
    UNASSIGNED,
    VILLAGE_VORONOI,
)
from gisapp.core.rounds import BE_OFFSET

#: Coded column -> value -> (Thai, English). ``{0}`` and ``{1}`` are what stands behind colons.
WORDS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "zone_method": {
        DIGITISED: ("ตามเขตที่ประกาศเป็นแผนที่", "announced polygon"),
        VILLAGE_VORONOI: ("จากรายชื่อหมู่บ้านในประกาศและที่ตั้งหมู่บ้าน", "points of the announced villages"),
        TAMBON_DISSOLVE: ("แบ่งตำบลตามจำนวนหมู่บ้าน", "subdistrict shared by number of villages"),
        SCHOOL_VORONOI: ("โรงเรียนที่ใกล้ที่สุด (ไม่มีรายชื่อหมู่บ้าน)", "nearest school"),
        UNASSIGNED: ("ไม่มีโรงเรียนของสำนักงานรับผิดชอบ", "served by no school of the office"),
    },
    "population_method": {
        "registered": ("จำนวนเด็กตามทะเบียน", "register by age"),
        "sprague": ("แยกช่วงอายุเป็นรายปีด้วยตัวคูณ Sprague", "age bands split by Sprague multipliers"),
        "monotone": ("แยกช่วงอายุเป็นรายปีโดยไม่ให้ติดลบ", "age bands split so that each keeps its sum"),
        "aged": ("ทะเบียนต่างวัน จึงเลื่อนอายุเด็ก {0} ปี", "aged by {0} years"),
        "total_by_structure": (
            "เป็นค่าประมาณ: ประชากรรวมปี {0} คูณโครงสร้างอายุปี {1}",
            "estimated: total of {0} by the age structure of {1}",
        ),
        "raster_estimate": (
            "เป็นค่าประมาณ: จำนวนคนในราสเตอร์คูณโครงสร้างอายุปี {0}",
            "estimated: people of a raster by the age structure of {0}",
        ),
        "unknown": ("บางพื้นที่ไม่มีจำนวนเด็ก", "unknown in some areas"),
    },
    "reach_kind": {STRAIGHT_KM: ("เส้นตรง (กม.)", "straight line (km)")},
    "affiliations": {
        OWN: ("เฉพาะโรงเรียนของสำนักงาน", "the office's own schools"),
        ALL: ("ทุกสังกัด", "every affiliation"),
    },
    "outlook_method": METHODS,
}

_YEAR_CE = re.compile(r"(19|20)\d\d")


def said_in_thai(column: str, value: str) -> str:
    """Put a coded value into Thai words; several joined by "+" stand with dots between.

    Years CE behind a word become Buddhist years. A word that nobody knows stays as it is.
    """
    return " · ".join(said_word(column, word) for word in value.split("+"))


def said_word(column: str, word: str, *, english: bool = False) -> str:
    """Say one word of a coded value in Thai or in English; one that nobody knows stays as it is."""
    name, *details = word.split(":")
    said = WORDS[column].get(name, (word, word))[int(english)]
    if said.count("{") != len(details):
        return word
    years = (
        str(int(detail) + BE_OFFSET) if _YEAR_CE.fullmatch(detail) else detail for detail in details
    )
    shown = [year.replace("-", "−") for year in years]
    return said.format(*shown)
