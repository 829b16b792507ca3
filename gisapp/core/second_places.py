"""Points that two registers state of one school, compared as places however they are written."""

from collections.abc import Collection
from dataclasses import replace

import numpy as np
import pandas as pd

from gisapp.core.counts import cell_problem
from gisapp.core.datum import Degrees
from gisapp.core.figures import KnownSchools
from gisapp.core.ground import Ground, Land, make_land
from gisapp.core.located import locate
from gisapp.core.problems import Problem
from gisapp.core.second_source import USED, further_registers

#: Metres in a degree of latitude; exact enough to tell hundreds of metres.
_DEGREE_M = 111_320.0


def differing_places(
    known: KnownSchools, ground: Ground, accepted: Collection[str]
) -> list[Problem]:
    """Name the schools that a further register puts farther than `moved_m` from the first.

    Metres, degrees and minutes, and values that stand crossed are compared as the places that
    they most likely mean: one point written in two ways is no disagreement.

    Args:
        known: The schools, and the sheets of their register.
        ground: The office's land.
        accepted: Schools whose point an officer has decided: nothing is asked about them.
    """
    problems: list[Problem] = []
    register = known.register.drop_duplicates("smis_code").set_index("smis_code", drop=False)
    land = None
    for table, rows in further_registers(known.register, known.tables, known.keys, known.headings):
        rows = rows[~rows["smis_code"].isin(list(accepted))]
        master = register.loc[rows["smis_code"]].set_axis(rows.index, axis=0)
        rows, master = _written_otherwise(rows, master)
        if not len(rows):
            continue
        land = land or make_land(ground)
        apart_m = _apart_m(_points(master, land), _points(_written_as(master, rows), land))
        for place in np.flatnonzero(apart_m > ground.limits.moved_m):
            own, row = master.iloc[place], rows.iloc[place]
            found = cell_problem(
                "sources_disagree",
                table,
                int(rows.index[place]),
                "lat",
                key=row["smis_code"],
                registered=f"{own['lat']}, {own['lon']}",
                **USED,
            )
            problems.append(replace(found, value=f"{row['lat']}, {row['lon']}"))
    return problems


def _written_otherwise(
    rows: pd.DataFrame, master: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Keep the rows whose cells hold something, and another text than the register's."""
    if "lat" not in rows or "lon" not in rows:
        return rows.iloc[:0], master.iloc[:0]
    filled = (rows[["lat", "lon"]] != "").any(axis=1)
    differs = (rows["lat"] != master["lat"]) | (rows["lon"] != master["lon"])
    wanted = filled & differs
    return rows[wanted], master[wanted]


def _written_as(master: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """The register's schools with the coordinates of the further one."""
    return master.assign(lat=rows["lat"], lon=rows["lon"])


def _points(schools: pd.DataFrame, land: Land) -> tuple[Degrees, Degrees]:
    """Longitude and latitude that the cells most likely mean; NaN where they mean no place."""
    located = locate(schools, land, frozenset())
    lon = np.where(located.plain, located.lon, located.likely.lon)
    lat = np.where(located.plain, located.lat, located.likely.lat)
    # Degrees of another country are a place too, and surely another one.
    degrees = (np.abs(located.written.y) <= 90) & (np.abs(located.written.x) <= 180)
    elsewhere = np.isnan(lon) & degrees
    return (
        np.where(elsewhere, located.written.x, lon),
        np.where(elsewhere, located.written.y, lat),
    )


def _apart_m(one: tuple[Degrees, Degrees], other: tuple[Degrees, Degrees]) -> Degrees:
    """Metres between points; NaN where either is none."""
    east_m = (other[0] - one[0]) * _DEGREE_M * np.cos(np.radians(one[1]))
    north_m = (other[1] - one[1]) * _DEGREE_M
    return np.asarray(np.hypot(east_m, north_m), dtype=np.float64)
