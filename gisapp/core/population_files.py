"""Population files of one round that count the same people: each area is counted once."""

import datetime

import pandas as pd

from gisapp.core.dates_th import date_short
from gisapp.core.problems import Problem

#: What tells one table of a round from another.
SOURCE = ["source_file", "sheet"]
_FIRST = [f"{column}_first" for column in SOURCE]
_PEOPLE = ["area_kind", "area", "age", "age_to"]


def count_areas_once(rows: pd.DataFrame) -> tuple[pd.DataFrame, list[Problem]]:
    """Keep one table's people of each area and age.

    Of two tables of two days the newer counts; of one day the first. A table that holds several
    days is a series and stays whole; villages stand beside their subdistrict.

    Args:
        rows: Columns of `population.COLUMNS`, and `sheet`.

    Returns:
        rows: Without what another table counts.
        problems: ``population_older_file`` and ``population_two_files``, one per pair of tables.
    """
    named = rows["area_code"].where(rows["area_code"] != "", rows["area_name"])
    newest, problems = _newest(rows.assign(area=named))
    first, copies = _first(newest)
    return first[[*rows.columns]].reset_index(drop=True), problems + copies


def _newest(rows: pd.DataFrame) -> tuple[pd.DataFrame, list[Problem]]:
    """Leave out people whom another table counts on a newer day."""
    days = rows.groupby(SOURCE, sort=False)["as_of_date"].transform("nunique")
    single = rows.loc[days == 1, [*_PEOPLE, *SOURCE, "as_of_date"]]
    if single["as_of_date"].nunique() < 2:
        return rows, []
    newest = single.sort_values("as_of_date", ascending=False, kind="stable")
    newest = newest.drop_duplicates(_PEOPLE)
    both = single.reset_index().merge(newest, on=_PEOPLE, suffixes=("", "_first"))
    older = both[both["as_of_date"] < both["as_of_date_first"]]
    problems = []
    for (file, sheet, *first), found in older.groupby([*SOURCE, *_FIRST], sort=False):
        facts: dict[str, object] = {"first": _called(*first), "areas": found["area"].nunique()}
        for name, column in (("day", "as_of_date"), ("newer", "as_of_date_first")):
            day = datetime.date.fromisoformat(found[column].iloc[0])
            facts |= {f"{name}_{language}": date_short(day, language) for language in ("th", "en")}
        problems.append(
            Problem("population_older_file", file, sheet, value=_called(*first), facts=facts)
        )
    return rows.drop(older["index"]), problems


def _first(rows: pd.DataFrame) -> tuple[pd.DataFrame, list[Problem]]:
    """Leave out people whom an earlier table counts on the same day."""
    same = [*_PEOPLE, "as_of_date"]
    # Two lines of one table are its own reader's to judge.
    again = rows.duplicated(same) & ~rows.duplicated([*same, *SOURCE])
    both = rows[again].merge(rows.drop_duplicates(same), on=same, suffixes=("", "_first"))
    problems = []
    for (file, sheet, *first), found in both.groupby([*SOURCE, *_FIRST], sort=False):
        differ = found[found["persons"] != found["persons_first"]]
        facts = {
            "first": _called(*first),
            "areas": int(found["area"].nunique()),
            "differ": int(differ["area"].nunique()),
            "persons": f"{int(found['persons'].sum()):,}",
            "persons_first": f"{int(found['persons_first'].sum()):,}",
        }
        problems.append(
            Problem("population_two_files", file, sheet, value=_called(*first), facts=facts)
        )
    return rows[~again], problems


def _called(file: str, sheet: str) -> str:
    return f"{file} · {sheet}" if sheet else file
