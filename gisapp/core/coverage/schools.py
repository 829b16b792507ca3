"""Schools as coverage sees them: where each stands, what it teaches, how many go there."""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from gisapp.core.grades import LEVELS
from gisapp.core.nearest_schools import MEASURABLE

#: Whose a school is: the office's own, another affiliation's in its area, a neighbour office's.
OWN_SCHOOL, OTHER_SCHOOL, NEIGHBOUR_SCHOOL = "own", "other", "neighbour"

_TEXTS = (
    "smis_code",
    "school_name_th",
    "levels_offered",
    "subdistrict_code",
    "district",
    "school_network",
)
_COLUMNS = (*_TEXTS, "x_m", "y_m")


@dataclass(frozen=True)
class CoverageSchools:
    """Every school that children may go to, by code; closed and merged schools are left out.

    Attributes:
        rows: One row per school, index 0..n-1 in the order of the codes: `smis_code`,
            `school_name_th`, `whose` (own, other, neighbour), `x_m`, `y_m` (metres of the
            office's CRS; NaN where the school has no point that may be measured from),
            `subdistrict_code`, `district` (its name), `school_network` ("" unknown), and one bool
            column per education level of `grades.LEVELS` that it teaches.
        pupils: School × grade of the own and other schools: `smis_code`, `grade`,
            `education_level`, `male`, `female`, `students` (float, NaN unknown).
    """

    rows: pd.DataFrame
    pupils: pd.DataFrame

    def teaching(self, education_level: str, whose: tuple[str, ...]) -> pd.DataFrame:
        """Return the schools of some kinds that teach a level, index kept."""
        rows = self.rows
        return rows[rows[education_level] & rows["whose"].isin(whose)]

    @property
    def measurable(self) -> NDArray[np.bool_]:
        """Which rows have a point that may be measured from."""
        return np.asarray(self.rows["x_m"].notna() & self.rows["y_m"].notna())


def gather_coverage_schools(
    own: gpd.GeoDataFrame,
    others: gpd.GeoDataFrame,
    neighbours: gpd.GeoDataFrame,
    pupils: pd.DataFrame,
    served: pd.DataFrame,
) -> CoverageSchools:
    """Put together every school that children may go to.

    Args:
        own, others, neighbours: Published layers `schools`, `other_schools` and
            `neighbour_schools`, metres of the office's CRS; any but `own` may be empty.
        pupils: School × grade of own and other schools.
        served: Rows with `smis_code` and `education_level` of announced zones and lists. They say
            what a school teaches only where nothing else does.
    """
    parts = [
        _open_schools(rows).assign(whose=whose)
        for rows, whose in (
            (own, OWN_SCHOOL),
            (others, OTHER_SCHOOL),
            (neighbours, NEIGHBOUR_SCHOOL),
        )
        if len(rows)
    ]
    if not parts:
        return CoverageSchools(pd.DataFrame(columns=[*_COLUMNS, "whose", *LEVELS]), pupils)
    rows = pd.concat(parts, ignore_index=True)
    # The office's own word about a school comes before anybody else's.
    rows = rows.drop_duplicates("smis_code").sort_values("smis_code", ignore_index=True)
    told = rows.pop("levels_offered").fillna("").str.split(",").map(frozenset)
    announced = served.groupby("smis_code")["education_level"].agg(frozenset)
    for level in LEVELS:
        taught = told.map(lambda levels, level=level: level in levels)
        if len(announced):
            stated = rows["smis_code"].map(
                announced.map(lambda levels, level=level: level in levels)
            )
            unknown = ~told.map(lambda levels: any(known in levels for known in LEVELS))
            taught |= unknown & stated.eq(True)
        rows[level] = taught.astype(bool)
    kept = pupils[pupils["smis_code"].isin(rows["smis_code"])]
    return CoverageSchools(rows, kept.reset_index(drop=True))


def _open_schools(rows: gpd.GeoDataFrame) -> pd.DataFrame:
    """Leave out what is merged into another school or has no pupil; a stand-in is no point."""
    merged = (_text(rows, "merged_into") != "").to_numpy(dtype=bool)
    empty = np.zeros(len(rows), dtype=bool)
    if "students" in rows:
        empty = pd.to_numeric(rows["students"]).eq(0).to_numpy(dtype=bool, na_value=False)
    quality = _text(rows, "location_quality")
    known = quality.isin(MEASURABLE) if "location_quality" in rows else pd.Series(True, rows.index)
    point = known.to_numpy() & ~(rows.geometry.isna() | rows.geometry.is_empty).to_numpy()
    found = pd.DataFrame({name: _text(rows, name) for name in _TEXTS})
    places = shapely.get_coordinates(rows.geometry.to_numpy()[point])
    found["x_m"], found["y_m"] = np.nan, np.nan
    found.loc[point, ["x_m", "y_m"]] = places
    finite = np.isfinite(found[["x_m", "y_m"]]).all(axis=1)
    found.loc[~finite, ["x_m", "y_m"]] = np.nan
    return found[~(merged | empty)]


def _text(rows: pd.DataFrame, name: str) -> pd.Series:
    """Return a column as text, "" where nothing is known."""
    if name not in rows:
        return pd.Series("", index=rows.index, dtype=object)
    return rows[name].astype(object).where(rows[name].notna(), "")
