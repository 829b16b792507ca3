"""Two published rounds compared, school by school."""

from dataclasses import dataclass, fields

import numpy as np
import pandas as pd

from gisapp.core import compare_schools
from gisapp.core.compare_pupils import (
    Sides,
    add_up,
    rows_of,
    school_figures,
    side_by_side,
    totals_by_unit,
    with_rooms_in_all,
)
from gisapp.core.compare_schools import lay_over
from gisapp.core.earlier import PublishedRound
from gisapp.core.grades import GRADES, LEVELS
from gisapp.core.rounds import Round

UNITS = ("office", "district", "school_network")

_PLACE = ("school_name_th", "district", "subdistrict", "school_network")


@dataclass(frozen=True)
class Comparison:
    """What is another in one round than in an earlier one; unknown is null everywhere.

    Each figure stands three times, `_before`, `_after` and `_change`. A change is null unless
    both rounds know all of the figure; a school that a round does not have counts 0 there.

    Attributes:
        before, after: The rounds, the earlier one first.
        schools: One row per school of either round: `smis_code`, `school_name_th`, `district`,
            `subdistrict`, `school_network` (of the later round that has it), `fate` (``new``,
            ``closed``, ``merged``, ``kept``), `in_before`, `in_after`, `merged_into`,
            `changed` (columns of `values` and ``moved``, with commas), the figures of the four
            measures and of the pupils of each level.
        values: What was restated: `smis_code`, `school_name_th`, `column`, `value_before`,
            `value_after`.
        points: Schools on another point, see `compare_schools.moved_points`, with names.
        recoded: Proposals, see `compare_schools.likely_recoded`, with the name and the pupils.
        levels, grades: Figures of each school and `education_level`, or `grade`.
        totals: Figures of the office, the districts and the networks, see
            `compare_pupils.totals_by_unit`.
        taken_over: Forms that a round took from an earlier one: `data_round`, `form`, `taken_from`.
    """

    before: Round
    after: Round
    schools: pd.DataFrame
    values: pd.DataFrame
    points: pd.DataFrame
    recoded: pd.DataFrame
    levels: pd.DataFrame
    grades: pd.DataFrame
    totals: pd.DataFrame
    taken_over: pd.DataFrame


def compare_rounds(
    before: PublishedRound, after: PublishedRound, metric_crs: str, moved_m: float
) -> Comparison:
    """Compare two published rounds, school by school.

    Args:
        before, after: The earlier round first.
        metric_crs: CRS to measure distances in.
        moved_m: A school farther than this from where it was has moved.
    """
    left, right = lay_over(before.schools, after.schools)
    codes = list(left.index)
    absent = (~left["here"].to_numpy(), ~right["here"].to_numpy())
    grades = side_by_side(codes, before.grades, after.grades, absent)
    rooms = (side["class_groups"].to_numpy(np.float64, na_value=np.nan) for side in (left, right))
    sums = with_rooms_in_all(grades, add_up(grades), *rooms)

    values = compare_schools.changed_values(left, right)
    points = compare_schools.moved_points(left, right, metric_crs, moved_m)
    schools = _places(left, right)
    schools["fate"] = compare_schools.fates(left, right)
    schools["in_before"], schools["in_after"] = ~absent[0], ~absent[1]
    schools["merged_into"] = right["merged_into"].fillna(left["merged_into"]).to_numpy()
    schools["changed"] = _changed(codes, values, points)
    schools = schools.assign(**school_figures(sums))
    names = schools.set_index("smis_code")["school_name_th"]
    recoded = compare_schools.likely_recoded(left, right)
    for side in ("before", "after"):
        pupils = schools.set_index("smis_code")[f"students_{side}"]
        recoded[f"students_{side}"] = pupils.reindex(recoded[f"code_{side}"]).array
    return Comparison(
        before.data_round,
        after.data_round,
        schools=schools,
        values=_named(values, names),
        points=_named(points, names),
        recoded=_named(recoded, names, "code_after"),
        levels=rows_of(codes, _of_levels(sums), LEVELS, "education_level"),
        grades=rows_of(codes, grades, [grade.code for grade in GRADES], "grade"),
        totals=_totals(left, right, sums),
        taken_over=pd.concat([_taken_over(before), _taken_over(after)], ignore_index=True),
    )


def _places(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Name and address of each school, the later round's where it has the school."""
    here = after["here"]
    stated = {column: after[column].where(here, before[column]).array for column in _PLACE}
    return pd.DataFrame({"smis_code": pd.Series(after.index, dtype="str"), **stated})


def _changed(codes: list[str], values: pd.DataFrame, points: pd.DataFrame) -> pd.Series:
    """What changed about each school, joined with commas; null where nothing did."""
    moved = points.loc[points["moved"], ["smis_code"]].assign(column="moved")
    listed = pd.concat([values[["smis_code", "column"]], moved])
    joined = listed.groupby("smis_code")["column"].agg(",".join)
    return pd.Series(joined.reindex(codes).to_numpy(), dtype="str")


def _of_levels(sums: Sides) -> Sides:
    """The levels alone, without the total."""
    return Sides(
        *(getattr(sums, field.name)[:, 1:] for field in fields(Sides)),
    )


def _named(rows: pd.DataFrame, names: pd.Series, code: str = "smis_code") -> pd.DataFrame:
    """Put each school's name beside its code."""
    named = rows.copy()
    named.insert(1, "school_name_th", names.reindex(rows[code]).array)
    return named


def _totals(before: pd.DataFrame, after: pd.DataFrame, sums: Sides) -> pd.DataFrame:
    parts = []
    for kind in UNITS:
        if kind == "office":
            left = right = pd.Series("", index=after.index)
        else:
            left = before[kind].where(before["here"], after[kind])
            right = after[kind].where(after["here"], before[kind])
        parts.append(totals_by_unit(sums, left, right, kind))
    return pd.concat(parts, ignore_index=True)


def _taken_over(published: PublishedRound) -> pd.DataFrame:
    """Which forms are an earlier round's, by the round's own notes."""
    notes = published.problems
    notes = notes[notes["kind"] == "taken_from_earlier_round"]
    return pd.DataFrame(
        {
            "data_round": published.data_round.name,
            "form": notes["key"].to_numpy(),
            "taken_from": notes["value"].to_numpy(),
        },
        dtype="str",
    )
