"""Checks of a population table: sums, rows that stand twice, areas that nobody knows, ages."""

from dataclasses import replace

import numpy as np
import pandas as pd

from gisapp.core.cells import read_cells
from gisapp.core.counts import cell_problem
from gisapp.core.limits import Limits
from gisapp.core.population_areas import PopulationAreas
from gisapp.core.problems import AREA_KEY, Problem
from gisapp.core.tables import FormTable
from gisapp.core.text import clean_text, parse_number

SEXES = ("male", "female")

#: Columns that say whose a row is, the code first.
NAMING = ("area_code", "village_code", "area_name", "village_name")

#: So many unknown areas are named one by one; more are one problem.
_NAMED = 20


def area_written(table: FormTable, row: int) -> str:
    """Code or name of a row's area, as the table writes it."""
    cells = (clean_text(table.frame.at[row, name]) for name in NAMING if name in table.frame)
    return next((text for text in cells if text), "")


def key_of_area(table: FormTable, row: int) -> str:
    """Key of a problem about a row's area; "" where the row names none."""
    written = area_written(table, row)
    return f"{AREA_KEY}{written}" if written else ""


def fractions(table: FormTable) -> list[Problem]:
    """One problem where figures are fractions of people, as models make them; else none."""
    odd: list[tuple[int, str]] = []
    for column in (*SEXES, "persons"):
        if column in table.frame:
            numbers, _ = read_cells(table.frame[column], parse_number)
            parts = np.array([0.0 if n is None else n for n in numbers], dtype=np.float64) % 1
            odd += [(int(row), column) for row in table.frame.index[parts > 0]]
    if not odd:
        return []
    row, column = min(odd, key=lambda at: (at[0], table.places[at[1]]))
    facts = {"cells": f"{len(odd):,}", "cell": table.address(row, column)}
    problem = cell_problem("population_fractions", table, row, column, **facts)
    return [replace(problem, key="")]


def wrong_sexes(table: FormTable, rows: pd.DataFrame) -> list[Problem]:
    """Compare men and women with the persons of the same row; one problem per area."""
    made = rows["male"] + rows["female"]
    differs = rows[(made - rows["persons"]).abs() > 0]
    problems = []
    for _, found in differs.groupby("area_code", sort=False):
        row = int(found.index[0])
        stated = f"{int(rows.at[row, 'persons']):,}"
        facts = {"made": f"{int(made[row]):,}", "stated": stated, "rows": len(found)}
        key = key_of_area(table, row)
        problems.append(cell_problem("population_sexes", table, row, "persons", key=key, **facts))
    return problems


def wrong_totals(table: FormTable, rows: pd.DataFrame, total: pd.Series) -> list[Problem]:
    """Compare each row that is a total with the rows that it adds up."""
    stated = rows[total & rows["persons"].notna()]
    if not len(stated):
        return []
    parts = rows[~total]
    by_area = parts.groupby("area_code")["persons"].sum()
    by_age = parts.groupby("age")["persons"].sum()
    made = stated["area_code"].map(by_area)
    made = made.fillna(stated["age"].map(by_age)).fillna(parts["persons"].sum())
    problems = []
    for row in stated.index[made != stated["persons"]]:
        column = "persons" if "persons" in table.frame else "male"
        facts = {"stated": f"{int(stated.at[row, 'persons']):,}", "made": f"{int(made[row]):,}"}
        key = key_of_area(table, int(row))
        problems.append(cell_problem("population_total", table, int(row), column, key=key, **facts))
    return problems


def own_areas(
    table: FormTable, rows: pd.DataFrame, areas: PopulationAreas
) -> tuple[pd.DataFrame, list[Problem]]:
    """Leave out the areas of other offices; name the ones that nobody knows."""
    codes = {code: areas.is_outside(code) for code in rows["area_code"].unique()}
    outside = rows["area_code"].map(codes).astype(bool)
    problems = []
    if outside.any():
        persons = int(rows.loc[outside, "persons"].sum())
        kind = "population_only_outside" if outside.all() else "population_outside"
        found = Problem(kind, file=table.sheet.file, sheet=table.sheet.name, value=str(persons))
        shown = sorted(rows.loc[outside, "area_code"].str[:4].unique())
        text = ", ".join(shown[:8]) + (" …" if len(shown) > 8 else "")
        facts = {"persons": f"{persons:,}", "rows": int(outside.sum()), "areas": text}
        problems.append(replace(found, facts=facts))
    own = rows[~outside].copy()
    # Villages can only be missed where the office has a list of them.
    listed = own["area_kind"].isin([*areas.kind.values(), ""])
    if areas.kind:
        problems += _unknown(table, own[listed & ~own["area_code"].isin(areas.kind)])
    return own, problems


def _unknown(table: FormTable, rows: pd.DataFrame) -> list[Problem]:
    grouped = [(str(code), found) for code, found in rows.groupby("area_code", sort=False)]
    if len(grouped) > _NAMED:
        grouped = [(", ".join(code or "–" for code, _ in grouped[:8]) + " …", rows)]
    problems = []
    for codes, found in grouped:
        row = int(found.index[0])
        codes = codes or area_written(table, row)
        key = f"{AREA_KEY}{codes}"
        column = next(name for name in NAMING if name in table.places)
        problem = cell_problem("population_area_unknown", table, row, column, key=key)
        areas = int(found["area_code"].nunique())
        facts = {"persons": f"{int(found['persons'].sum()):,}", "areas": areas, "codes": codes}
        problems.append(replace(problem, value=codes, facts=facts))
    return problems


def counted_once(table: FormTable, rows: pd.DataFrame) -> tuple[pd.DataFrame, list[Problem]]:
    """Keep one of rows with the same area, day and age; different figures are a problem."""
    key = ["area_code", "area_name", "as_of_date", "age"]
    again = rows.duplicated(key)
    copies = rows[rows.duplicated(key, keep=False)]
    exact = copies.duplicated([*key, *SEXES, "persons"], keep=False)
    problems = []
    column = "persons" if "persons" in table.frame else "male"
    for _, found in copies.groupby(["area_code", "area_name"], sort=False):
        kind = "population_repeated" if exact[found.index].all() else "population_twice"
        repeated = found[again[found.index]]
        row = int(repeated.index[0])
        same = found[(found["age"] == found.at[row, "age"]) & ~again[found.index]]
        facts = {
            "age": int(found.at[row, "age"]),
            "first": table.address(int(same.index[0]), column),
            "rows": len(repeated),
        }
        name = key_of_area(table, row)
        problems.append(cell_problem(kind, table, row, column, key=name, **facts))
    return rows[~again], problems


def missing_ages(table: FormTable, rows: pd.DataFrame) -> list[Problem]:
    """Ages between an area's youngest and oldest that no row has; areas alike are one problem."""
    order = rows.sort_values(["area_code", "as_of_date", "age"], kind="stable")
    same = (order["area_code"] == order["area_code"].shift(-1)) & (
        order["as_of_date"] == order["as_of_date"].shift(-1)
    )
    upto = order["age"].shift(-1)
    gap = same & (upto > order["age_to"].fillna(np.inf) + 1)
    found = pd.DataFrame(
        {"area": order["area_code"], "first": order["age_to"] + 1, "last": upto - 1}
    )[gap]
    problems = []
    for ages, alike in found.groupby(["first", "last"], sort=True):
        first, last = (int(age) for age in ages)
        text = f"{first}" if first == last else f"{first}–{last}"
        row = int(alike.index[0])
        problem = cell_problem("population_age_missing", table, row, "age")
        facts = {"ages": text, "areas": int(alike["area"].nunique())}
        problems.append(replace(problem, key=key_of_area(table, row), value=text, facts=facts))
    return problems


def unlikely_ages(table: FormTable, rows: pd.DataFrame, limits: Limits) -> list[Problem]:
    """Single ages whose number is far from that of the ages beside them.

    People of an age and of the next one hardly differ where there are many of them; open-ended
    ages and bands of several years are not compared.
    """
    single = rows[(rows["age"] == rows["age_to"]) & rows["persons"].notna()]
    order = single.sort_values(["area_code", "as_of_date", "age"], kind="stable")
    group = order.groupby(["area_code", "as_of_date"], sort=False)
    beside = []
    for step in (-2, -1, 1, 2):
        near = (group["age"].shift(step) + step) == order["age"]
        beside.append(group["persons"].shift(step).where(near))
    others = pd.concat(beside, axis=1)
    factor, own = limits.population_age_factor, order["persons"]
    # One age that is wrong does not make the ages beside it wrong: all of them must be far.
    more = own > others.max(axis=1) * factor
    fewer = own * factor < others.min(axis=1)
    many = np.maximum(own, others.max(axis=1)) >= limits.population_least
    expected = others.median(axis=1)
    return [
        _unlikely(table, int(row), float(own[row]), float(expected[row]))
        for row in order.index[many & (more | fewer)]
    ]


def _unlikely(table: FormTable, row: int, persons: float, expected: float) -> Problem:
    column = "persons" if "persons" in table.frame else "male"
    facts = {
        "age": clean_text(table.frame.at[row, "age"]),
        "persons": f"{persons:,.0f}",
        "expected": f"{expected:,.0f}",
    }
    key = key_of_area(table, row)
    return cell_problem("population_age_unlikely", table, row, column, key=key, **facts)
