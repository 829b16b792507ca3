"""30,000 schools × 12 grades and 100,000 buildings: a whole country, made up, always the same."""

import dataclasses

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from gisapp.core.grades import GRADE
from gisapp.core.register_values import TEXTS

SCHOOLS, BUILDINGS = 30_000, 100_000
TAUGHT = ("k1", "k2", "k3", "p1", "p2", "p3", "p4", "p5", "p6", "m1", "m2", "m3")


@dataclasses.dataclass(frozen=True)
class Nation:
    """Clean tables, as the readers hand them to the join."""

    register: pd.DataFrame
    places: gpd.GeoDataFrame
    grades: pd.DataFrame
    buildings: pd.DataFrame


def make_nation(seed=68):
    """Make the tables."""
    chance = np.random.default_rng(seed)
    codes = np.array([f"{10_000_000 + n}" for n in range(SCHOOLS)], dtype=object)
    register = pd.DataFrame(dict.fromkeys(TEXTS, ""), index=range(SCHOOLS))
    register["smis_code"] = codes
    register["ministry_code"] = [f"10{code}" for code in codes]
    register["percode"] = [code[-6:] for code in codes]
    register["school_name_th"] = [f"บ้านตัวอย่างที่ {n}" for n in range(SCHOOLS)]
    register["district"] = [f"อำเภอที่ {n % 25}" for n in range(SCHOOLS)]
    register["subdistrict_code"] = [f"{100_000 + n % 7000}" for n in range(SCHOOLS)]
    register["village_no"] = pd.Series(np.arange(SCHOOLS) % 12 + 1, dtype=object)
    register["table"], register["row"] = 0, np.arange(SCHOOLS)
    lon, lat = chance.uniform(98, 105, SCHOOLS), chance.uniform(6, 20, SCHOOLS)
    places = gpd.GeoDataFrame(
        {"location_quality": np.full(SCHOOLS, "surveyed", dtype=object)},
        geometry=shapely.points(lon, lat),
        crs="EPSG:4326",
    )
    return Nation(register, places, _grades(chance, codes), _buildings(chance, codes))


def _grades(chance, codes):
    rows = len(codes) * len(TAUGHT)
    male, female = chance.integers(0, 25, (2, rows))
    grades = pd.DataFrame(
        {
            "smis_code": np.repeat(codes, len(TAUGHT)),
            "grade": np.tile(np.array(TAUGHT, dtype=object), len(codes)),
            "male": male,
            "female": female,
            "students": male + female,
            "class_groups": np.ones(rows, dtype=np.int64),
        }
    )
    grades["education_level"] = grades["grade"].map({g: GRADE[g].education_level for g in TAUGHT})
    counted = ["male", "female", "students", "class_groups"]
    return grades.astype(dict.fromkeys(counted, "Int64"))


def _buildings(chance, codes):
    school = np.sort(chance.integers(0, len(codes), BUILDINGS))
    kinds = np.array(["อาคารเรียน", "อาคารอเนกประสงค์", "ส้วม", "บ้านพักครู"], dtype=object)
    states = np.array(["good", "fair", "dilapidated"], dtype=object)
    built = chance.integers(2500, 2568, BUILDINGS)
    return pd.DataFrame(
        {
            "smis_code": codes[school],
            "sequence": np.arange(BUILDINGS) % 12 + 1.0,
            "building_type": kinds[chance.integers(0, 4, BUILDINGS)],
            "building_design": np.array(["สปช.105/29", "สปช.601/26"], dtype=object)[
                chance.integers(0, 2, BUILDINGS)
            ],
            "design_rooms": chance.integers(1, 12, BUILDINGS).astype(float),
            "actual_rooms": chance.integers(1, 12, BUILDINGS).astype(float),
            "special_rooms": np.zeros(BUILDINGS),
            "built_year_be": built.astype(float),
            "age_years": (2568 - built).astype(float),
            "budget_baht": chance.integers(1, 90, BUILDINGS) * 1e5,
            "budget_source": "งบประมาณ",
            "condition": states[chance.integers(0, 3, BUILDINGS)],
            "use_status": "ใช้งาน",
        }
    )
