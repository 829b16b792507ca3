"""Population by area and age, from every file that a round has of it."""

from collections.abc import Mapping
from types import MappingProxyType

import geopandas as gpd
import numpy as np
import pandas as pd

from gisapp.core.limits import Limits
from gisapp.core.population_areas import PopulationAreas
from gisapp.core.population_files import count_areas_once
from gisapp.core.population_register import read_register_population
from gisapp.core.population_rows import read_population_rows
from gisapp.core.problems import AREA_KEY, Problem
from gisapp.core.tables import FormTable
from gisapp.core.villages import VillageIndex

#: Forms that hold population; a later round takes them over together.
FORMS = ("population", "population_by_age", "village_population")

COLUMNS = (
    "area_code",
    "area_name",
    "area_kind",
    "age",
    "age_to",
    "male",
    "female",
    "persons",
    "as_of_date",
    "source_file",
)

_FIGURES = ("age", "age_to", "male", "female", "persons")


def read_population(
    tables: list[FormTable],
    subdistricts: gpd.GeoDataFrame,
    villages: VillageIndex,
    limits: Limits,
    drawn: Mapping[str, str] = MappingProxyType({}),
) -> tuple[pd.DataFrame, list[Problem]]:
    """Read every population table of a round.

    Args:
        tables: Tables of `FORMS`.
        subdistricts, villages: What areas are looked up in; either may be empty.
        limits: From which figure on an age is doubted.
        drawn: Code of each area of the layer `population_areas` -> its name.

    Returns:
        population: Columns `COLUMNS`, a row per area and age. `area_code` is null where people
            could not be placed; `age_to` is the last age included, null where open-ended.
            Villages stand beside their subdistricts, told apart by `area_kind`.
        problems: What each file says wrong, and where two of them disagree.
    """
    areas = PopulationAreas.of(subdistricts, villages, drawn)
    frames, problems = [], list[Problem]()
    for table in tables:
        if table.form == "population_by_age":
            frame, found = read_register_population(table, areas)
        else:
            frame, found = read_population_rows(table, areas, villages, limits)
        problems += found
        if len(frame):
            where = {"source_file": table.sheet.file, "sheet": table.sheet.name}
            frames.append(frame.assign(**where))
    if not frames:
        return pd.DataFrame(columns=[*COLUMNS]), problems
    rows, found = count_areas_once(pd.concat(frames, ignore_index=True))
    rows = rows[[*COLUMNS]].copy()
    problems += found
    problems += _sources_differ(rows, areas)
    for column in _FIGURES:
        rows[column] = rows[column].astype("Float64").astype("Int64")
    for column in ("area_code", "area_name", "area_kind"):
        rows[column] = rows[column].where(rows[column] != "", None)
    return rows, problems


def _sources_differ(rows: pd.DataFrame, areas: PopulationAreas) -> list[Problem]:
    """Compare villages, added up, with their subdistrict of another file, by age and day.

    Both are kept: the villages' file says where in a subdistrict people live, the register of
    subdistricts how many they are.
    """
    single = rows[(rows["age"] == rows["age_to"]) & (rows["area_code"] != "")]
    villages = single[single["area_kind"] == "village"]
    whole = single[single["area_kind"] == "subdistrict"]
    if not len(villages) or not len(whole):
        return []
    parents = {code: areas.subdistrict_of(code) for code in villages["area_code"].unique()}
    key = ["subdistrict", "as_of_date", "age"]
    made = villages.assign(subdistrict=villages["area_code"].map(parents)).groupby(key)
    parts = made.agg(made=("persons", "sum"), file=("source_file", "first"))
    first = whole.drop_duplicates(["area_code", "as_of_date", "age"])
    stated = first.rename(columns={"area_code": "subdistrict"}).set_index(key)
    both = stated[["persons", "source_file"]].join(parts, how="inner").reset_index()
    both = both[both["source_file"] != both["file"]]
    differs = both["persons"] != both["made"]
    problems = []
    for code in both.loc[differs, "subdistrict"].unique():
        here = both[both["subdistrict"] == code]
        problems.append(_disagreement(here, here[differs[here.index]], areas))
    return problems


def _disagreement(here: pd.DataFrame, apart: pd.DataFrame, areas: PopulationAreas) -> Problem:
    """Two files' people of one subdistrict over the ages that both have."""
    code, worst = (
        str(here["subdistrict"].iloc[0]),
        apart.iloc[int(np.argmax((apart["persons"] - apart["made"]).abs()))],
    )
    made, stated = int(here["made"].sum()), int(here["persons"].sum())
    return Problem(
        "population_sources_differ",
        file=str(here["file"].iloc[0]),
        key=f"{AREA_KEY}{code}",
        value=str(made),
        facts={
            "name": areas.name.get(code, code),
            "from_age": int(here["age"].min()),
            "to_age": int(here["age"].max()),
            "made": f"{made:,}",
            "stated": f"{stated:,}",
            "other": str(here["source_file"].iloc[0]),
            "ages": len(apart),
            "age": int(worst["age"]),
            "made_at": f"{int(worst['made']):,}",
            "stated_at": f"{int(worst['persons']):,}",
        },
    )
