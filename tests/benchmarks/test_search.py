"""A search in a country's schools and villages, against looking through the names one by one."""

import random

import pytest

from gisapp.core.profile_rows import School, ServiceVillage
from gisapp.core.search import SearchIndex, find
from gisapp.core.search_places import places_of

SCHOOLS, VILLAGES = 48_000, 75_000
#: Written, near, and nowhere; by name, code, village and address.
ASKED = ("หนองบัว", "หวยมอกดาว", "10001234", "หมู่ 3 ต.ดงลม", "ซายแดงน้อย", "zzqqxx", "บ้าน")
SYLLABLES = ("หนอง", "ห้วย", "ทราย", "แดง", "บัว", "หมอก", "ดาว", "ลม", "น้อย", "ใหญ่", "ปง", "คำ")
#: Nine looks through the names, and the near ones by a library in C, cost less than one plain loop.
ALLOWED = 1.0


@pytest.fixture(scope="module")
def country():
    rng = random.Random(5)  # noqa: S311 - a benchmark's own dice

    def name():
        return "บ้าน" + "".join(rng.choices(SYLLABLES, k=rng.randrange(2, 5)))

    schools = [
        School(
            str(10_000_000 + n),
            school_name_th=name(),
            subdistrict="ดงลม",
            subdistrict_code=f"{n // 7:06}",
        )
        for n in range(SCHOOLS)
    ]
    served = [
        ServiceVillage(
            schools[n % SCHOOLS].smis_code, "primary", None, n % 20, name(), f"{n // 11:06}"
        )
        for n in range(VILLAGES)
    ]
    return schools, served, SearchIndex.of(schools, places_of(schools, served, [], {}, {}))


def test_a_search_is_faster_than_looking_through_the_names(country, race):
    schools, served, index = country
    villages = {}
    for row in served:
        villages.setdefault(row.smis_code, []).append(row.village_name)

    def ours():
        return [find(index, text) for text in ASKED]

    def loop():
        return [
            [
                s.smis_code
                for s in schools
                if text.casefold() in (s.school_name_th or "").casefold()
                or s.smis_code.startswith(text)
                or any(text in name for name in villages.get(s.smis_code, ()))
            ]
            for text in ASKED
        ]

    assert set(loop()[0]) <= set(find(index, ASKED[0]).codes)
    assert race(f"{len(ASKED)} searches", ("ours", ours), ("loop", loop)) <= ALLOWED
