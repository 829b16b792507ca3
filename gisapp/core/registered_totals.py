"""Registered people of subdistricts as files of boundaries carry them, whatever their ages."""

import re

import numpy as np
import pandas as pd

from gisapp.core.headings import Headings
from gisapp.core.population_days import year_end
from gisapp.core.problems import Problem
from gisapp.core.text import clean_text, heading_key

_SEXES = ("male", "female", "persons")

_YEAR = re.compile(r"(?<!\d)(?:19|20|25)\d\d(?!\d)")


def registered_totals(
    rows: pd.DataFrame, headings: Headings, file: str, sheet: str
) -> tuple[pd.DataFrame, list[Problem]]:
    """Read the whole population of each subdistrict, by sex where the columns say so.

    A column tells the year of its figures in its heading, such as ``dopa2021_total``; they are of
    31 December. In ``data/columns/subdistricts.csv`` the year is written ``{year}``.

    Args:
        rows: Subdistricts as read: `subdistrict_code`, maybe `subdistrict_th`, and the columns
            that are none of ours under the headings as written.
        headings: What columns are called.
        file, sheet: As problems name them.

    Returns:
        totals: Columns of the layer `population`; `age` and `age_to` are null: everybody.
        problems: Figures that are no number of people, and codes with two different ones.
    """
    frames, problems = [], list[Problem]()
    for day, columns in _columns(rows, headings).items():
        made, doubts = _people(rows, columns)
        frames.append(made.assign(as_of_date=day))
        for kind, found in doubts.items():
            codes = sorted(set(found))
            if codes:
                facts = {"areas": len(codes), "codes": ", ".join(codes[:8]), "year": day[:4]}
                problems.append(Problem(kind, file, sheet, value=day[:4], facts=facts))
    if not frames:
        return pd.DataFrame(), problems
    totals = pd.concat(frames, ignore_index=True)
    totals[[*_SEXES]] = totals[[*_SEXES]].astype("Int64")
    nobody = pd.Series(pd.NA, totals.index, dtype="Int64")
    everybody = totals.assign(age=nobody, age_to=nobody)
    return everybody.assign(area_kind="subdistrict", source_file=file), problems


def _people(
    rows: pd.DataFrame, columns: dict[str, str]
) -> tuple[pd.DataFrame, dict[str, pd.Series]]:
    """People of one day by area; codes whose figures are doubtful by kind of problem."""
    made = pd.DataFrame({"area_code": rows["subdistrict_code"].astype(object)})
    made["area_name"] = rows.get("subdistrict_th", "")
    odd = pd.Series(False, rows.index)
    for ours in _SEXES:
        made[ours] = np.nan
        if ours in columns:
            numbers = pd.to_numeric(rows[columns[ours]], errors="coerce").astype(np.float64)
            made[ours] = numbers
            filled = rows[columns[ours]].map(clean_text) != ""
            odd |= filled & ~((numbers >= 0) & (numbers % 1 == 0))
    made.loc[odd, [*_SEXES]] = np.nan
    both = made["male"] + made["female"]
    made["persons"] = made["persons"].where(made["persons"].notna(), both)
    apart = (both - made["persons"]).abs() > 0
    made.loc[apart, ["male", "female"]] = np.nan
    stated = made[made["persons"].notna() & (made["area_code"] != "")].drop_duplicates()
    twice = stated["area_code"].duplicated(keep=False)
    return stated[~twice], {
        "totals_not_people": made.loc[odd, "area_code"],
        "totals_sexes": made.loc[apart, "area_code"],
        "totals_twice": stated.loc[twice, "area_code"],
    }


def _columns(rows: pd.DataFrame, headings: Headings) -> dict[str, dict[str, str]]:
    """ISO day -> our column -> the first heading that is written for it."""
    known = headings.forms.get("subdistricts", {})
    found: dict[str, dict[str, str]] = {}
    for written in rows.columns:
        key = heading_key(str(written))
        if year := _YEAR.search(key):
            ours = known.get(f"{key[: year.start()]}{{year}}{key[year.end() :]}")
            if ours in _SEXES:
                day = year_end(int(year[0])).isoformat()
                found.setdefault(day, {}).setdefault(ours, str(written))
    return dict(sorted(found.items()))
