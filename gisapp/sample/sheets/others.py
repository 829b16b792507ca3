"""Schools of other affiliations (C14) beside the office's own, in every spelling of coordinates."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from gisapp.core.grades import GRADES, ORDER, Grade
from gisapp.core.text import Cell
from gisapp.sample.faults.places import degrees, metres, sexagesimal
from gisapp.sample.sheets.filled import Filled, fill
from gisapp.sample.world.make import World

_HEADINGS = (
    ("smis_code", "รหัส", 12.0),
    ("school_name_th", "ชื่อโรงเรียน", 34.0),
    ("affiliation", "สังกัด", 26.0),
    ("village_no", "หมู่ที่", 8.0),
    ("subdistrict", "ตำบล", 16.0),
    ("district", "อำเภอ", 18.0),
    ("lat", "ละติจูด", 14.0),
    ("lon", "ลองจิจูด", 14.0),
    ("grade", "ชั้น", 8.0),
    ("male", "ชาย", 8.0),
    ("female", "หญิง", 8.0),
    ("students", "รวม", 8.0),
)
#: (name before that of the village, affiliation, fewest and most pupils, grades)
_KINDS = (
    ("อนุบาล", "เอกชน", 60, 180, ("k1", "p6")),
    ("เทศบาล", "องค์กรปกครองส่วนท้องถิ่น", 120, 400, ("k1", "m3")),
    ("ตชด.", "กองบัญชาการตำรวจตระเวนชายแดน", 30, 90, ("k2", "p6")),
    ("มัธยม", "สพม.ตัวอย่าง", 300, 900, ("m1", "m6")),
)
_STAGE = 801
#: A village in so many has such a school, beginning with the second of them.
_EVERY = 41

#: How a list writes its coordinates -> the cells for latitude and longitude of a point.
SPELLINGS: dict[str, Callable[[float, float, World], tuple[str | None, str | None]]] = {
    "degrees": lambda lon, lat, world: (degrees(lat), degrees(lon)),
    "utm": lambda lon, lat, world: metres(lon, lat, world.crs),
    "swapped": lambda lon, lat, world: (degrees(lon), degrees(lat)),
    "lost_points": lambda lon, lat, world: (
        degrees(lat).replace(".", ""),
        degrees(lon).replace(".", ""),
    ),
    "commas": lambda lon, lat, world: (
        degrees(lat).replace(".", ","),
        degrees(lon).replace(".", ","),
    ),
    "one_cell": lambda lon, lat, world: (f"{degrees(lat)}, {degrees(lon)}", None),
    "dms": lambda lon, lat, world: (sexagesimal(lat, "N"), sexagesimal(lon, "E")),
}


def other_schools_sheet(file: str, world: World, spelling: str, seed: int) -> Filled:
    """Lay out the other schools of the office's land by grade; every file has the same ones.

    A school's first row bears its code as its name, the next ones `<code> <grade>`.

    Args:
        file: File name.
        world: Villages, beside which they stand.
        spelling: Key of `SPELLINGS`.
        seed: The same seed gives the same pupils.
    """
    villages = world.villages.merge(
        world.subdistricts[["subdistrict_code", "subdistrict_th", "district_th"]],
        on="subdistrict_code",
        how="left",
    )
    records: dict[str, dict[str, Cell]] = {}
    for number, place in enumerate(range(1, len(villages), _EVERY), 1):
        rng = np.random.default_rng([seed, _STAGE, number])
        before, affiliation, fewest, most, (first, last) = _KINDS[number % len(_KINDS)]
        village = villages.iloc[place]
        boys, girls = (int(half) for half in rng.integers(fewest // 2, most // 2, 2))
        # On the other side of the village than its school may be.
        lon, lat = village.geometry.x + 0.0004, village.geometry.y - 0.0005
        y, x = SPELLINGS[spelling](lon, lat, world)
        key = f"9970{number:04d}"
        school: dict[str, Cell] = {
            "smis_code": key,
            "school_name_th": f"{before}{str(village['village_th']).removeprefix('บ้าน')}",
            "affiliation": affiliation,
            "village_no": int(village["village_no"]),
            "subdistrict": str(village["subdistrict_th"]),
            "district": str(village["district_th"]),
            "lat": y,
            "lon": x,
        }
        records |= _by_grade(school, boys, girls, GRADES[ORDER[first] : ORDER[last] + 1], rng)
    return fill(
        file,
        "other_schools",
        _HEADINGS,
        records,
        sheet="โรงเรียนสังกัดอื่น",
        titles=("โรงเรียนสังกัดอื่นในเขตพื้นที่",),
        text=frozenset({"smis_code", "lat", "lon"}),
    )


def _by_grade(
    school: Mapping[str, Cell],
    boys: int,
    girls: int,
    grades: Sequence[Grade],
    rng: np.random.Generator,
) -> dict[str, dict[str, Cell]]:
    """Spread a school's pupils over its grades; row name -> cells."""
    key, even = str(school["smis_code"]), np.full(len(grades), 1 / len(grades))
    pupils = zip(grades, rng.multinomial(boys, even), rng.multinomial(girls, even), strict=True)
    return {
        f"{key} {grade.code}" if row else key: {
            **school,
            "grade": grade.label_th,
            "male": int(male),
            "female": int(female),
            "students": int(male + female),
        }
        for row, (grade, male, female) in enumerate(pupils)
    }
