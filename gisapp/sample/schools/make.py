"""The sample office's 120 schools: codes, names, places, and what registers say of them.

All names are made from the fictional villages; nobody is named.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from shapely.geometry import Point

from gisapp.sample.schools.facts import Facts, draw_facts
from gisapp.sample.schools.names import draw_names
from gisapp.sample.schools.sites import Site, choose_sites, metric_points
from gisapp.sample.schools.zones import Service, draw_zones
from gisapp.sample.world.make import World

AREA_CODE = "99010000"
OFFICE_TH = "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาตัวอย่าง เขต 1"
PROVINCE_CODE, AREA_PREFIX = "99", "9901"

EXPANSION_COUNT = 20
#: Stages of the seed, so that no part's draws move another part's.
_STAGE_PLACE, _STAGE_CODE = 101, 102


@dataclass(frozen=True)
class School:
    """A sample school, as a register would describe it without any fault.

    Attributes:
        smis_code: 8 digits, or those of the main school and ``-1`` for a branch classroom.
        ministry_code: 10 digits ending in `percode`; empty for a branch classroom.
        percode: 6 digits, some with leading zeros; empty for a branch classroom.
        name_th: Without the word โรงเรียน, as offices write it.
        rank: Key of `school_sites.COUNTS`.
        grades: From lowest to highest grade taught, such as ("k2", "p6").
        village: Row of `World.villages`.
        lon, lat: Degrees.
        branch_of: `smis_code` of the main school; empty for a school of its own.
    """

    smis_code: str
    ministry_code: str
    percode: str
    name_th: str
    name_en: str
    rank: str
    grades: tuple[str, str]
    expansion: bool
    highland: bool
    island: bool
    village: int
    village_no: int
    village_th: str
    subdistrict_code: str
    subdistrict_th: str
    district_code: str
    district_th: str
    lon: float
    lat: float
    elevation_m: float
    branch_of: str
    facts: Facts


@dataclass(frozen=True)
class Schools:
    """All schools in code order and the villages they serve (`Service.school` is a row here)."""

    schools: tuple[School, ...]
    services: tuple[Service, ...]

    @property
    def by_code(self) -> Mapping[str, School]:
        """Schools by `smis_code`."""
        return {school.smis_code: school for school in self.schools}


def make_schools(world: World, seed: int) -> Schools:
    """Place, name and describe the sample's schools. The same world and seed give the same."""
    sites = choose_sites(world)
    order = _register_order(world, sites)
    place_of = {old: new for new, old in enumerate(order)}
    sites = [
        Site(s.village, s.rank, s.highland, None if s.branch_of is None else place_of[s.branch_of])
        for s in (sites[old] for old in order)
    ]
    grades = _grades(world, sites)
    expansion = [place for place, (_, highest) in enumerate(grades) if highest.startswith("m")]
    codes = _codes(sites, seed)
    names = draw_names(world, sites, expansion)
    points = _points(world, sites, seed)
    facts = draw_facts(world, sites, names, seed)
    villages = world.villages.merge(
        world.subdistricts[["subdistrict_code", "subdistrict_th", "district_th"]],
        on="subdistrict_code",
        how="left",
    )
    schools = []
    for place, site in enumerate(sites):
        smis, percode = codes[place]
        schools.append(
            School(
                smis_code=smis,
                ministry_code=f"10{PROVINCE_CODE}{percode}" if percode else "",
                percode=percode,
                name_th=names[place][0],
                name_en=names[place][1],
                rank=site.rank,
                grades=grades[place],
                expansion=place in expansion,
                highland=site.highland,
                lon=float(points[place, 0]),
                lat=float(points[place, 1]),
                branch_of="" if site.branch_of is None else codes[site.branch_of][0],
                facts=facts[place],
                village=site.village,
                **_home(villages.iloc[site.village]),
            )
        )
    return Schools(tuple(schools), tuple(draw_zones(world, sites, expansion)))


class _Home(TypedDict):
    """What a school takes from its village."""

    island: bool
    village_no: int
    village_th: str
    subdistrict_code: str
    subdistrict_th: str
    district_code: str
    district_th: str
    elevation_m: float


def _home(village: pd.Series) -> _Home:
    return {
        "island": bool(village["on_island"]),
        "village_no": int(village["village_no"]),
        "village_th": str(village["village_th"]),
        "subdistrict_code": str(village["subdistrict_code"]),
        "subdistrict_th": str(village["subdistrict_th"]),
        "district_code": str(village["district_code"]),
        "district_th": str(village["district_th"]),
        "elevation_m": float(village["elevation_m"]),
    }


def _register_order(world: World, sites: Sequence[Site]) -> list[int]:
    """Order of codes: by district, the town's school first, a branch right after its school."""
    village_code = world.villages["village_code"].to_numpy()
    rank = {"xlarge": 0, "large": 1}

    def key(place: int) -> tuple[str, int, str, int]:
        site = sites[place]
        main = sites[place if site.branch_of is None else site.branch_of]
        code = str(village_code[main.village])
        return code[:4], rank.get(main.rank, 2), code, int(site.branch_of is not None)

    return sorted(range(len(sites)), key=key)


def _codes(sites: Sequence[Site], seed: int) -> list[tuple[str, str]]:
    """Return (smis_code, percode) for each site; some numbers are those of closed schools."""
    rng = np.random.default_rng([seed, _STAGE_CODE])
    number = 0
    codes: list[tuple[str, str]] = []
    # Percodes follow another order, and those below 100000 begin with a zero.
    own = sum(site.branch_of is None for site in sites)
    percodes = iter(rng.choice(np.arange(70_101, 70_101 + 3 * own), own, replace=False))
    shift = 200_000
    for site in sites:
        if site.branch_of is not None:
            codes.append((f"{codes[site.branch_of][0]}-1", ""))
            continue
        number += 1 + int(rng.random() < 0.12)
        percode = int(next(percodes)) + (shift if rng.random() < 0.6 else 0)
        codes.append((f"{AREA_PREFIX}{number:04d}", f"{percode:06d}"))
    return codes


def _grades(world: World, sites: Sequence[Site]) -> list[tuple[str, str]]:
    """Lowest and highest grade of each school; 20 of the medium and larger ones go on to ม.3.

    One in each district first, then where the next is far, as expansion schools are opened.
    """
    xy = metric_points(world)
    people = world.villages["people"].to_numpy(float)
    # Towns have secondary schools of another office, so their primary schools end at ป.6.
    could = [place for place, site in enumerate(sites) if site.rank == "medium"]
    chosen: list[int] = []
    away = np.full(len(xy), 20_000.0)
    while len(chosen) < EXPANSION_COUNT:
        wanted = away * people**0.3
        best = max(
            (place for place in could if place not in chosen),
            key=lambda place: float(wanted[sites[place].village]),
        )
        chosen.append(best)
        away = np.minimum(away, np.hypot(*(xy - xy[sites[best].village]).T))
    to_m6 = {chosen[0]}
    grades = []
    for place, site in enumerate(sites):
        lowest = "k1" if site.rank in ("xlarge", "large") or place % 5 == 2 else "k2"
        if site.branch_of is not None:
            lowest = "p1"
        grades.append((lowest, "m6" if place in to_m6 else "m3" if place in chosen else "p6"))
    return grades


def _points(world: World, sites: Sequence[Site], seed: int) -> NDArray[np.float64]:
    """Put each school beside its village, inside its subdistrict: rows of (lon, lat)."""
    rng = np.random.default_rng([seed, _STAGE_PLACE])
    area = world.subdistricts.set_index("subdistrict_code").geometry
    codes = world.villages["subdistrict_code"].to_numpy()
    island = world.villages["on_island"].to_numpy(bool)
    points = world.villages.geometry
    out = np.empty((len(sites), 2))
    for place, site in enumerate(sites):
        here = points.iloc[site.village]
        turn = rng.uniform(0, 2 * np.pi)
        metres = rng.uniform(30, 60) if island[site.village] else rng.uniform(90, 380)
        dx = metres * np.cos(turn) / (111_320 * np.cos(np.radians(here.y)))
        dy = metres * np.sin(turn) / 110_600
        inside = area[codes[site.village]].contains(Point(here.x + dx, here.y + dy))
        scale = 1.0 if inside else 0.1
        out[place] = (round(here.x + scale * dx, 7), round(here.y + scale * dy, 7))
    return out
