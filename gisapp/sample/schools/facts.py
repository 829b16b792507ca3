"""What registers say of a sample school beside name and place: utilities, dates, distances."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gisapp.sample.schools.municipalities import municipalities
from gisapp.sample.schools.sites import Site, metric_points
from gisapp.sample.world.make import World

_STAGE = 103
_MONTHS = (("มกราคม", "ม.ค."), ("พฤษภาคม", "พ.ค."), ("มิถุนายน", "มิ.ย."), ("กรกฎาคม", "ก.ค."))
_MONTH_NUMBERS = (1, 5, 6, 7)
_THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
#: Roads wind: a road is about this much longer than the straight line.
_WINDING = 1.4
#: Schools above this height are served worst.
_REMOTE_M = 700.0


@dataclass(frozen=True)
class Facts:
    """Register columns that do not change from round to round; "" and None are unknown.

    Attributes:
        founded_on: A Buddhist date in one of the spellings that offices use.
        to_esao_km, to_district_km: Road distances.
    """

    network: str
    local_government: str
    electricity: str
    water_source: str
    internet: str
    founded_on: str
    founded_be: int
    to_esao_km: float | None
    to_district_km: float | None
    website: str
    royal_project: bool
    model_school: bool
    tambon_quality: bool
    lab_school: bool
    special_area: bool


def draw_facts(
    world: World, sites: Sequence[Site], names: Sequence[tuple[str, str]], seed: int
) -> list[Facts]:
    """Describe every site; higher and farther ones are served worse."""
    rng = np.random.default_rng([seed, _STAGE])
    xy = metric_points(world)
    villages = world.villages
    networks = _networks(world, sites)
    subdistrict = world.subdistricts.set_index("subdistrict_code")["subdistrict_th"]
    municipality = municipalities(world)
    row_of = {code: row for row, code in enumerate(villages["village_code"])}
    hall = xy[row_of[world.town["9901"]]]
    facts = []
    for place, site in enumerate(sites):
        village = villages.iloc[site.village]
        district_code = str(village["district_code"])
        town = row_of[world.town[district_code]]
        to_district = _road_km(xy[site.village], xy[town], float(village["road_km"]))
        to_esao = to_district + float(np.hypot(*(xy[town] - hall))) / 1000 * _WINDING
        grand = site.rank in ("xlarge", "large")
        founded_be = int(rng.integers(2465, 2483) if grand else rng.integers(2478, 2534))
        rural = f"อบต.{subdistrict[village['subdistrict_code']]}"
        remote = float(village["elevation_m"]) > _REMOTE_M or bool(village["on_island"])
        electricity, water_source, internet = _utilities(rng, grand, remote)
        facts.append(
            Facts(
                network=networks[place],
                local_government=municipality[site.village] or rural,
                electricity=electricity,
                water_source=water_source,
                internet=internet,
                founded_on=_spell_date(rng, founded_be),
                founded_be=founded_be,
                to_esao_km=round(to_esao, 1),
                to_district_km=round(to_district, 1),
                website=_website(names[place][1]) if grand or rng.random() < 0.22 else "",
                royal_project=bool(remote and rng.random() < 0.3),
                model_school=bool(rng.random() < 0.08),
                tambon_quality=bool(site.rank == "medium" and village["village_no"] == 1),
                lab_school=site.rank == "large",
                special_area=bool(village["on_island"]),
            )
        )
    return facts


def _networks(world: World, sites: Sequence[Site]) -> list[str]:
    """Name two or three networks a district, each a run of neighbouring subdistricts."""
    villages = world.villages
    districts = world.districts.set_index("district_code")["district_th"]
    names = []
    for site in sites:
        code = str(villages["subdistrict_code"].iloc[site.village])
        home = str(districts[code[:4]]).removeprefix("เมือง")
        siblings = sorted(c for c in world.subdistricts["subdistrict_code"] if c[:4] == code[:4])
        groups = 3 if len(siblings) >= 5 else 2
        names.append(f"เครือข่าย{home} {siblings.index(code) * groups // len(siblings) + 1}")
    return names


def _road_km(here: NDArray[np.float64], there: NDArray[np.float64], road_km: float) -> float:
    """Road distance; by boat and road where the world has no road."""
    if np.isfinite(road_km):
        return road_km
    return float(np.hypot(*(here - there))) / 1000 * _WINDING


def _utilities(rng: np.random.Generator, grand: bool, remote: bool) -> tuple[str, str, str]:
    """Draw electricity, water and internet; town schools have the best, remote ones the least."""
    electricity = _pick(rng, ("ระบบจำหน่าย", "โซลาร์เซลล์"), (0.35, 0.65) if remote else (1, 0))
    waters = ("ประปาส่วนภูมิภาค", "ประปาหมู่บ้าน", "บ่อบาดาล", "ประปาภูเขา", "แหล่งน้ำธรรมชาติ")
    chances = (0, 0.1, 0, 0.6, 0.3) if remote else (0.1, 0.6, 0.2, 0.1, 0)
    water_source = _pick(rng, waters, (1, 0, 0, 0, 0) if grand else chances)
    links = ("ใยแก้วนำแสง", "ไร้สาย", "ดาวเทียม", "ไม่มี")
    internet = _pick(rng, links, (0, 0.3, 0.5, 0.2) if remote else (0.75, 0.25, 0, 0))
    return electricity, water_source, internet


def _pick(rng: np.random.Generator, words: Sequence[str], weights: Sequence[float]) -> str:
    chances = np.array(weights, float)
    return words[int(rng.choice(len(words), p=chances / chances.sum()))]


def _spell_date(rng: np.random.Generator, year_be: int) -> str:
    """Write a founding day the way one of many hands wrote it."""
    day, month = int(rng.integers(1, 29)), int(rng.integers(0, 4))
    long, short = _MONTHS[month]
    number = _MONTH_NUMBERS[month]
    spellings = (
        f"{day} {long} {year_be}",
        f"{day} {long} พ.ศ. {year_be}",
        f"{day} {short} {year_be}",
        f"{day:02d}/{number:02d}/{year_be}",
        f"{year_be}-{number:02d}-{day:02d}",
        f"{day} {long} {year_be}".translate(_THAI_DIGITS),
    )
    return _pick(rng, spellings, (8, 2, 4, 3, 1, 2))


def _website(name_en: str) -> str:
    """Address under .example, a name that no one can own."""
    words = re.sub(r"[^a-z]+", "-", name_en.removesuffix("School").lower()).strip("-")
    return f"https://{words}.example/"
