"""Population as a table: a row per village or other area and age, of any country."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from gisapp.core.ages import close_bands, parse_age
from gisapp.core.areas import plain_area_code
from gisapp.core.counts import cell_problem, read_counts
from gisapp.core.limits import Limits
from gisapp.core.population_areas import PopulationAreas
from gisapp.core.population_checks import (
    NAMING,
    SEXES,
    counted_once,
    fractions,
    key_of_area,
    missing_ages,
    own_areas,
    unlikely_ages,
    wrong_sexes,
    wrong_totals,
)
from gisapp.core.population_days import day_of, year_end
from gisapp.core.problems import Problem, ProblemList
from gisapp.core.sheet_rows import is_total
from gisapp.core.tables import FormTable
from gisapp.core.text import Cell, clean_text, parse_code, parse_count, parse_date
from gisapp.core.villages import VillageIndex


def read_population_rows(
    table: FormTable, areas: PopulationAreas, villages: VillageIndex, limits: Limits
) -> tuple[pd.DataFrame, list[Problem]]:
    """Read one table of the forms ``population`` and ``village_population``.

    Returns:
        population: Columns `area_code`, `area_name`, `area_kind`, `age`, `age_to` (null where
            open-ended), `male`, `female`, `persons`, `as_of_date`; the index is the place in
            the sheet. A figure that the table leaves blank is null. Totals and areas of other
            offices are left out.
        problems: Cells that are no count, age or day; sums; rows that stand twice; ages that
            are missing or unlikely. Fractions of people are one problem, and no row is read.
    """
    found = ProblemList()
    if modelled := fractions(table):
        return pd.DataFrame(), modelled
    rows = pd.DataFrame(index=table.frame.index)
    rows["area_code"] = _codes(table, villages)
    named = next((name for name in ("area_name", "village_name") if name in table.frame), None)
    rows["area_name"] = _each(table.frame[named], clean_text) if named else ""
    for column in (*SEXES, "persons"):
        rows[column] = found.keep(_counts(table, column))
    total = _totals(table, rows)
    rows["as_of_date"] = found.keep(_days(table))
    rows[["age", "age_to"]] = found.keep(_ages(table, ~total))
    found += wrong_sexes(table, rows)
    rows["persons"] = rows["persons"].where(rows["persons"].notna(), rows["male"] + rows["female"])
    found += wrong_totals(table, rows, total)

    blank = rows["area_code"].eq("") & rows["area_name"].eq("")
    found += _nameless(table, rows[blank & ~total])
    kept = rows[~total & ~blank & rows["age"].notna()].copy()
    kept["area_kind"] = _each(kept["area_code"], lambda code: areas.kind_of(str(code)))
    kept = found.keep(own_areas(table, kept, areas))
    official = kept["area_code"].map(areas.name)
    kept["area_name"] = official.where(official.notna(), kept["area_name"])
    kept = found.keep(counted_once(table, kept))
    kept["age_to"] = close_bands(kept)
    found += missing_ages(table, kept)
    found += unlikely_ages(table, kept, limits)
    return kept, found


def _each(cells: pd.Series, reader: Callable[[Cell], object]) -> pd.Series:
    """Read each different cell once: a village's code stands in 18 rows and more."""
    places, different = pd.factorize(cells.astype(object), use_na_sentinel=False)
    read = np.empty(len(different), dtype=object)
    for place, cell in enumerate(different):
        read[place] = reader(None if pd.isna(cell) else cell)
    return pd.Series(read[places], cells.index, dtype=object)


def _codes(table: FormTable, villages: VillageIndex) -> pd.Series:
    """The area's code as written, else the village found by number or name in its subdistrict."""
    frame = table.frame
    column = next((name for name in ("area_code", "village_code") if name in frame), None)
    written = pd.Series("", frame.index, dtype=object)
    if column:
        written = _each(frame[column], lambda cell: plain_area_code(parse_code(cell)))
    lost = frame[written == ""]
    if not len(lost) or not {"village_name", "village_no"} & set(frame):
        return written
    subdistricts = villages.subdistrict_codes(lost)
    for row, within in subdistricts.items():
        cells = lost.loc[row]
        number = _number(cells.get("village_no"))
        name = clean_text(cells.get("village_name"))
        if not is_total(name):
            written[row] = villages.find(within, number, name)
    return written


def _number(cell: Cell) -> int | None:
    try:
        return parse_count(cell)
    except ValueError:
        return None


def _counts(table: FormTable, column: str) -> tuple[pd.Series, list[Problem]]:
    if column not in table.frame:
        return pd.Series(np.nan, table.frame.index), []
    counts, problems = read_counts(table, column, kind="population_not_a_number")
    return pd.Series(counts, table.frame.index), problems


def _totals(table: FormTable, rows: pd.DataFrame) -> pd.Series:
    """Tell which rows are totals, by the label of their area or age."""
    columns = [rows["area_code"], rows["area_name"], _each(table.frame["age"], clean_text)]
    total = pd.Series(False, rows.index)
    for column in columns:
        total |= column.isin([text for text in column.unique() if text and is_total(text)])
    return total


def _ages(table: FormTable, wanted: pd.Series) -> tuple[pd.DataFrame, list[Problem]]:
    """First and last age of each row, the latter NaN where open-ended; NaN where unreadable."""
    pairs = _each(table.frame["age"], _age)
    ages = pd.DataFrame(pairs.tolist(), table.frame.index, ["age", "age_to"], dtype=float)
    figures = [name for name in (*SEXES, "persons") if name in table.frame]
    filled = table.frame[figures].notna().any(axis=1)
    problems = [
        cell_problem("population_age", table, int(row), "age", key=key_of_area(table, int(row)))
        for row in ages.index[ages["age"].isna() & wanted & filled]
    ]
    if "age_to" in table.frame:
        written, found = read_counts(table, "age_to", kind="population_age")
        problems += found
        ages["age_to"] = np.where(np.isnan(written), ages["age_to"], written)
    return ages, problems


def _age(cell: Cell) -> tuple[float, float]:
    try:
        age = parse_age(cell)
    except ValueError:
        age = None
    if age is None:
        return np.nan, np.nan
    return age.first, np.nan if age.last is None else age.last


def _days(table: FormTable) -> tuple[pd.Series, list[Problem]]:
    """ISO date of each row: its own, its year's end, else the table's."""
    column = next((name for name in ("as_of_date", "year") if name in table.frame), None)
    if column is None:
        day, problems = day_of(table)
        return pd.Series(day.isoformat(), table.frame.index, dtype=object), problems
    days = _each(table.frame[column], _day)
    problems = []
    for text in days[days == ""].index[:1]:
        problems.append(cell_problem("population_day", table, int(text), column))
    days = days.where(days != "", None)
    if days.isna().any():
        # A total below the rows needs no day; a row without one is of the table's.
        day, _ = day_of(table)
        days = days.where(days.notna(), day.isoformat())
    return days, problems


def _day(cell: Cell) -> str | None:
    """ISO date, None where the cell is blank, "" where it is no date."""
    try:
        year = parse_count(cell)
    except ValueError:
        year = None
    if year is not None and 1900 <= year <= 2700:
        return year_end(year).isoformat()
    try:
        day = parse_date(cell)
    except ValueError:
        return ""
    return day.isoformat() if day else None


def _nameless(table: FormTable, rows: pd.DataFrame) -> list[Problem]:
    """Rows that count people of no area; a row without figures is no row."""
    lost = rows[rows["persons"] > 0]
    if not len(lost):
        return []
    column = next(name for name in NAMING if name in table.places)
    persons = f"{int(lost['persons'].sum()):,}"
    row = int(lost.index[0])
    return [cell_problem("population_no_area", table, row, column, persons=persons, rows=len(lost))]
