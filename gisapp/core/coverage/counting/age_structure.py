"""Subdistrict totals × the age structure of a larger area: an estimate of the children."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gisapp.core.coverage.counting.age_bands import PERSONS
from gisapp.core.coverage.counting.registers import AGES, SEXES, nearest_days, rows_of, series_of

#: Code that tables of a country's provinces give the country itself.
COUNTRY = "0"


@dataclass(frozen=True)
class Estimates:
    """Children of areas whose whole population alone is known.

    Attributes:
        code: Codes of the areas that have a total, sorted.
        counts: float64 [area, age 0..AGES-1, sex]; NaN where no structure is known. The total of
            its day × the share of the age in the structure of its day: nobody is aged.
        total_year, structure_year: Years CE of both; 0 without a structure.
        file, structure_file: Where they come from; "" without a structure.
        structure_area: Code of the larger area, "" without one.
    """

    code: NDArray[np.object_]
    counts: NDArray[np.float64]
    total_year: NDArray[np.int64]
    structure_year: NDArray[np.int64]
    file: NDArray[np.object_]
    structure_file: NDArray[np.object_]
    structure_area: NDArray[np.object_]

    def __len__(self) -> int:
        """How many areas there are."""
        return len(self.code)

    def rows_of(self, codes: NDArray[np.object_]) -> NDArray[np.int64]:
        """Row of each code; -1 where there is none."""
        return rows_of(self.code, codes)


def estimate_children(
    totals: pd.DataFrame, structures: pd.DataFrame, day: datetime.date
) -> Estimates:
    """Multiply the whole population of areas by the age structure of a larger one.

    The smallest area that holds the subdistrict counts, in the year nearest to the day. Men and
    women are spread over the ages as all persons of the structure are, so that both together
    stay the persons.

    Args:
        totals: Rows as `population_rows` makes them, without an age.
        structures: Rows with ages, of areas that are no part of the office's own.
        day: The day that counts.
    """
    totals = nearest_days(totals, day)
    totals = totals.sort_values(["area", "source_file", *SEXES]).drop_duplicates("area")
    code = totals["area"].to_numpy(dtype=object)
    shares, made = _shares(structures, day)
    row = holding(code, made["area"].tolist())
    found = row >= 0
    share = np.full((len(code), AGES), np.nan)
    share[found] = shares[row[found]]
    years = np.array([int(text[:4]) for text in made["as_of_date"]], dtype=np.int64)

    def of(values: NDArray[np.object_], blank: object) -> NDArray[np.object_]:
        out = np.full(len(code), blank, dtype=object)
        out[found] = values[row[found]]
        return out

    return Estimates(
        code,
        totals[[*SEXES]].to_numpy(dtype=np.float64)[:, None, :] * share[:, :, None],
        totals["as_of_date"].str[:4].astype(np.int64).to_numpy(),
        of(years.astype(object), 0).astype(np.int64),
        totals["source_file"].to_numpy(dtype=object),
        of(made["source_file"].to_numpy(dtype=object), ""),
        of(made["area"].to_numpy(dtype=object), ""),
    )


def _shares(
    structures: pd.DataFrame, day: datetime.date
) -> tuple[NDArray[np.float64], pd.DataFrame]:
    """Share of each age in the whole population; only of structures that leave no age out."""
    series, ages = series_of(structures, AGES)
    whole = ages.whole[:, PERSONS]
    usable = (whole > 0) & np.isfinite(ages.counts[:, :, PERSONS]).all(axis=1)
    near = nearest_days(series[usable], day)
    near = near.sort_values(["area", "source_file"]).drop_duplicates("area")
    rows = near.index.to_numpy()
    return ages.counts[rows, :, PERSONS] / whole[rows, None], near


def holding(codes: NDArray[np.object_], larger: Sequence[str]) -> NDArray[np.int64]:
    """Return for each area the row of the smallest larger area that holds it; -1 without one.

    An area's code begins with the codes of the areas that hold it; `COUNTRY` holds them all.
    """
    by_code = {code: row for row, code in enumerate(larger)}
    return np.array([_row(str(code), by_code) for code in codes], dtype=np.int64)


def _row(code: str, by_code: dict[str, int]) -> int:
    holders = (by_code.get(code[:length]) for length in range(len(code) - 1, 0, -1))
    return next((row for row in holders if row is not None), by_code.get(COUNTRY, -1))
