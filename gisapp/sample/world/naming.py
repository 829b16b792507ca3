"""Who is called what: rivers first, then subdistricts and villages after rivers and ground."""

from dataclasses import dataclass

import numpy as np

from gisapp.sample.world.names import DISTRICT_NAMES, LAST, RIVER_FIRST, SECOND, Name, NameBook
from gisapp.sample.world.places import Ground, Site
from gisapp.sample.world.rivers import Stem

#: A river has a name of its own from this catchment on, a brook from the second, km².
RIVER_NAME_KM2, BROOK_NAME_KM2 = 60.0, 16.0
#: A place this near to a named river may be called after it, cells.
NEAR_CELLS = 9.0

#: What stands before a river's name in the name of a village on it.
_ON_RIVER = {"ปาก": "Pak", "ท่า": "Tha", "หาด": "Hat", "สบ": "Sop", "วัง": "Wang", "สัน": "San"}


@dataclass(frozen=True)
class Names:
    """Every name of the sample; each list in the order of what it names."""

    rivers: list[Name]
    subdistricts: list[Name]
    villages: list[Name]
    lake: Name


def give_names(
    seed: int, stems: list[Stem], rim: int, ground: Ground, sites: list[Site], districts: list[int]
) -> Names:
    """Name waters, then subdistricts after the river of their centre, then villages.

    `districts`: District 0..4 of each subdistrict; the first of each is the town's.
    """
    rng = np.random.default_rng((seed, 4))
    book = NameBook(rng)
    rivers = _river_names(rng, book, stems)
    near = _rivers_near(stems, rivers, rim, sites)
    subdistricts = _subdistrict_names(book, ground, sites, near, districts)
    villages = _village_names(rng, book, ground, sites, near, subdistricts)
    return Names(rivers, subdistricts, villages, Name("อ่างเก็บน้ำผาหมอก", "Pha Mok Reservoir"))


def _river_names(rng: np.random.Generator, book: NameBook, stems: list[Stem]) -> list[Name]:
    """Call rivers แม่…, brooks ห้วย… (names of brooks may occur twice, as they do), the rest ""."""
    seconds = list(SECOND.items())
    brooks = [seconds[place] for place in rng.permutation(len(seconds))]
    names, brook = [], 0
    for stem in stems:
        size = stem.catchment_km2[-1]
        if size >= RIVER_NAME_KM2:
            names.append(book.next_river())
        elif size >= BROOK_NAME_KM2:
            th, en = brooks[brook % len(brooks)]
            names.append(Name(f"ห้วย{th}", f"Huai {en}"))
            brook += 1
        else:
            names.append(Name("", ""))
    return names


def _rivers_near(
    stems: list[Stem], rivers: list[Name], rim: int, sites: list[Site]
) -> list[Name | None]:
    """Return the named river by each site; None where none is near."""
    points, owner = [], []
    for number, stem in enumerate(stems):
        if rivers[number].th.startswith(RIVER_FIRST):
            points.append(stem.row_column - rim + 0.5)
            owner += [number] * len(stem.row_column)
    place = np.concatenate(points)
    near: list[Name | None] = []
    for site in sites:
        away = np.hypot(*(place - (site.row, site.column)).T)
        at = int(np.argmin(away))
        near.append(rivers[owner[at]] if away[at] < NEAR_CELLS else None)
    return near


def _subdistrict_names(
    book: NameBook,
    ground: Ground,
    sites: list[Site],
    near: list[Name | None],
    districts: list[int],
) -> list[Name]:
    """Name towns after their district, others after their river or their ground."""
    centre = _centres(sites)
    given: dict[str, int] = {}
    names: list[Name] = []
    for region, district in enumerate(districts):
        site = sites[centre[region]]
        river = near[centre[region]]
        if site.kind == "town":
            name = _town_name(district)
            book.take(name)
        elif river is None:
            name = book.next(_kind(ground, site))
        elif river.th not in given:
            given[river.th] = region
            name = river
        else:
            first = sites[centre[given[river.th]]]
            name = river.with_last("เหนือ" if site.row < first.row else "ใต้")
            if not book.take(name):
                name = book.next(_kind(ground, site))
        names.append(name)
    return names


def _town_name(district: int) -> Name:
    th, en = DISTRICT_NAMES[district]
    return Name("เวียงตัวอย่าง", "Wiang Tua Yang") if district == 0 else Name(th, en)


def _centres(sites: list[Site]) -> dict[int, int]:
    """Return the first site of each region: its centre."""
    first: dict[int, int] = {}
    for number, site in enumerate(sites):
        first.setdefault(site.region, number)
    return first


def _village_names(
    rng: np.random.Generator,
    book: NameBook,
    ground: Ground,
    sites: list[Site],
    near: list[Name | None],
    subdistricts: list[Name],
) -> list[Name]:
    """Call a centre as its subdistrict; others after river, neighbour, ground; a few alike."""
    centre = _centres(sites)
    draw = rng.uniform(size=len(sites))
    names: list[Name] = []
    for number, site in enumerate(sites):
        river = near[number]
        name: Name | None = None
        if centre[site.region] == number:
            name = subdistricts[site.region]
        elif site.kind == "island":
            name = Name("เกาะกลางน้ำ", "Ko Klang Nam")
        elif site.kind == "town" or draw[number] < 0.12:
            name = _offshoot(rng, book, subdistricts[site.region])
        elif draw[number] < 0.3 and river is not None:
            name = _on_river(rng, book, river)
        elif draw[number] > 0.95 and number > 60:
            name = _twin(rng, sites, names, site)
        names.append(name or book.next(_kind(ground, site)))
    return [name.as_village() for name in names]


def _offshoot(rng: np.random.Generator, book: NameBook, of: Name) -> Name | None:
    """Return the neighbour's name with เหนือ, ใหม่ or the like; None when all are given."""
    lasts = list(LAST)
    for place in rng.permutation(len(lasts)):
        name = of.with_last(lasts[place])
        if book.take(name):
            return name
    return None


def _on_river(rng: np.random.Generator, book: NameBook, river: Name) -> Name | None:
    firsts = list(_ON_RIVER.items())
    th, en = firsts[int(rng.integers(len(firsts)))]
    name = Name(th + river.th, f"{en} {river.en}")
    return name if book.take(name) else None


def _twin(
    rng: np.random.Generator, sites: list[Site], names: list[Name], site: Site
) -> Name | None:
    """Return a name that a village of another subdistrict already has, as happens in reality."""
    at = int(rng.integers(len(names)))
    twin = sites[at]
    plain = twin.kind == "village" and twin.region != site.region
    return names[at] if plain and names.count(names[at]) == 1 else None


def _kind(ground: Ground, site: Site) -> str:
    row, column = int(site.row), int(site.column)
    if site.kind == "hamlet":
        return "ridge"
    about = ground.z[max(row - 4, 0) : row + 5, max(column - 4, 0) : column + 5]
    return "plain" if float(np.ptp(about)) < 60 else "valley"
