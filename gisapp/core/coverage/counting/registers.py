"""Rows of the layer `population` -> people of each area by single age, on the day that counts."""

import datetime
from dataclasses import dataclass
from math import ceil

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gisapp.core.coverage.counting.age_bands import PERSONS, SingleAges, single_ages
from gisapp.core.coverage.counting.ageing import age_counts, years_between
from gisapp.core.coverage.criteria import OLDEST_CHILD

#: Single ages that are kept, 0 to 17: from the newborn (outlook) to the end of upper secondary.
AGES = OLDEST_CHILD + 1

#: Columns of the figures, in the order in which arrays hold them.
SEXES = ("male", "female", "persons")

#: What one series of ages is told by: an area, a day, a file.
_SERIES = ["area", "as_of_date", "source_file"]


@dataclass(frozen=True)
class Registers:
    """People of each area by single age, each area from the days that lie nearest.

    Attributes:
        code: Codes of the areas, sorted.
        counts: float64 [area, age 0..AGES-1, sex] on the day that counts; NaN unknown.
        split: How bands of each area were split, "" where none was.
        years_aged: From each area's register to the day.
        as_of: ISO date of each area's register.
        files: Names of the files of each area, the first one first.
        overlaps: Whether bands of the area overlap without one being part of the other.
    """

    code: NDArray[np.object_]
    counts: NDArray[np.float64]
    split: NDArray[np.object_]
    years_aged: NDArray[np.float64]
    as_of: NDArray[np.object_]
    files: tuple[tuple[str, ...], ...]
    overlaps: NDArray[np.bool_]

    def __len__(self) -> int:
        """How many areas there are."""
        return len(self.code)

    def rows_of(self, codes: NDArray[np.object_]) -> NDArray[np.int64]:
        """Row of each code; -1 where there is none."""
        return rows_of(self.code, codes)


def rows_of(known: NDArray[np.object_], codes: NDArray[np.object_]) -> NDArray[np.int64]:
    """Return where each code stands among some that differ; -1 where it does not."""
    found = pd.Index(known, dtype=object).get_indexer(pd.Index(codes, dtype=object))
    return np.asarray(found, dtype=np.int64)


def population_rows(population: pd.DataFrame) -> pd.DataFrame:
    """Return the layer's rows in numbers: persons as stated, else both sexes together.

    Returns:
        Columns `area` (code, "" unknown), `area_kind`, `area_name`, `as_of_date`, `source_file`
        (text), `age`, `age_to` (inf open-ended; both NaN in a row about the whole population),
        `male`, `female`, `persons`; rows without persons are left out.
    """
    rows = pd.DataFrame({"area": population["area_code"].fillna("").astype(object)})
    for column in ("area_kind", "area_name", "as_of_date", "source_file"):
        rows[column] = population[column].fillna("").astype(object)
    for column in ("age", "age_to", *SEXES):
        rows[column] = pd.to_numeric(population[column], errors="coerce").astype(np.float64)
    rows["age_to"] = rows["age_to"].where(rows["age"].isna() | rows["age_to"].notna(), np.inf)
    rows["persons"] = rows["persons"].where(rows["persons"].notna(), rows["male"] + rows["female"])
    return rows[rows["persons"].notna()].reset_index(drop=True)


def years_to(rows: pd.DataFrame, day: datetime.date) -> pd.Series:
    """Years from each row's day to the day that counts."""
    years = {
        text: years_between(datetime.date.fromisoformat(text), day)
        for text in rows["as_of_date"].unique()
    }
    return rows["as_of_date"].map(years).astype(np.float64)


def nearest_days(rows: pd.DataFrame, day: datetime.date) -> pd.DataFrame:
    """Return each area's rows of the day nearest to the one that counts.

    Of two days as near, the one of the earlier file name.
    """
    if not len(rows):
        return rows
    days = rows[_SERIES].drop_duplicates()
    apart = years_to(days, day).abs()
    order = days.assign(apart=apart).sort_values(["area", "apart", "source_file", "as_of_date"])
    best = order.drop_duplicates("area").set_index("area")["as_of_date"]
    return rows[rows["as_of_date"] == rows["area"].map(best)]


def read_registers(rows: pd.DataFrame, day: datetime.date, most_years: float) -> Registers:
    """Return the people of every area that the rows name, aged to a day.

    Files of one day complete one another age by age: ages counted singly come before ages split
    from bands, then the earlier file name; nobody is counted twice.

    Args:
        rows: As `population_rows` makes them, with an age each and within `most_years` of the day.
        day: The day that counts.
        most_years: How far registers may lie from it; ages are read so far beyond childhood.
    """
    rows = nearest_days(rows, day)
    series, found = series_of(rows, AGES + ceil(most_years) + 1)
    # Sorted by area, then single ages first, then file: the first that knows an age counts.
    ranked = series.assign(was_split=found.split != "").sort_values(
        ["area", "was_split", "source_file"], kind="stable"
    )
    counts, split = found.counts[ranked.index], found.split[ranked.index]
    overlaps = found.overlaps[ranked.index]
    area, codes = pd.factorize(ranked["area"])
    starts = np.flatnonzero(np.diff(area, prepend=-1))
    made, files = counts[starts], [(file,) for file in ranked["source_file"].iloc[starts]]
    # Few areas stand in more than one file of a day.
    for row in np.flatnonzero(np.diff(area, prepend=-1) == 0):
        here = area[row]
        more = np.isnan(made[here, :, PERSONS]) & ~np.isnan(counts[row, :, PERSONS])
        if more.any():
            made[here, more] = counts[row, more]
            files[here] = (*files[here], ranked["source_file"].iloc[row])
    firsts = ranked.iloc[starts]
    years = years_to(firsts, day).to_numpy()
    return Registers(
        np.asarray(codes, dtype=object),
        _aged(made, years),
        split[starts],
        years,
        firsts["as_of_date"].to_numpy(dtype=object),
        tuple(files),
        np.logical_or.reduceat(overlaps, starts) if len(starts) else overlaps,
    )


def series_of(rows: pd.DataFrame, ages: int) -> tuple[pd.DataFrame, SingleAges]:
    """Lay the ages of each area, day and file side by side and split its bands.

    Returns:
        series: Columns `area`, `as_of_date`, `source_file`, sorted by them.
        ages: Their people, in the same order. A band that stands twice with different figures is
            unknown.
    """
    grouped = rows.groupby(_SERIES, sort=True)
    series = rows[_SERIES].drop_duplicates().sort_values(_SERIES, ignore_index=True)
    unit = grouped.ngroup().to_numpy()
    bands = rows[["age", "age_to"]].drop_duplicates().sort_values(["age", "age_to"])
    keys = pd.MultiIndex.from_frame(bands)
    band = keys.get_indexer(pd.MultiIndex.from_frame(rows[["age", "age_to"]]))
    people = rows[[*SEXES]].to_numpy(dtype=np.float64)
    counts = np.full((len(series), len(bands), 3), np.nan)
    counts[unit, band] = people
    twice = (counts[unit, band, 2] != people[:, PERSONS]).nonzero()[0]
    counts[unit[twice], band[twice]] = np.nan
    first, last = bands["age"].to_numpy(), bands["age_to"].to_numpy()
    return series, single_ages(first, last, counts, ages)


def _aged(counts: NDArray[np.float64], years: NDArray[np.float64]) -> NDArray[np.float64]:
    aged = np.full((len(counts), AGES, 3), np.nan)
    for apart in np.unique(years):
        here = np.flatnonzero(years == apart)
        aged[here] = age_counts(counts[here], float(apart), AGES)
    return aged
