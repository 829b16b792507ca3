"""Checks of the service areas as a whole: villages in no zone or in two, and their shares."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from gisapp.core.counts import cell_problem
from gisapp.core.grades import level_facts
from gisapp.core.problems import AREA_KEY, VILLAGE_KEY, Problem
from gisapp.core.tables import FormTable
from gisapp.core.villages import VillageIndex

_VILLAGE = ["village_code", "education_level"]


def listed_once(
    rows: pd.DataFrame, tables: Sequence[FormTable]
) -> tuple[pd.DataFrame, list[Problem]]:
    """Keep one of the rows that give a school the same village and level again.

    Args:
        rows: Service villages with `table` and `row`, their place among `tables`.
        tables: Where the rows come from.
    """
    known = rows["village_code"] != ""
    again = known & rows.duplicated(["smis_code", *_VILLAGE])
    problems = []
    for row in rows[again].itertuples():
        key = f"{row.smis_code} {row.education_level} {row.village_code}"
        found = _at(tables, row.table, row.row, "village_repeated", key=key)
        problems.append(replace(found, facts=level_facts(row.education_level)))
    return rows[~again], problems


def shared_villages(rows: pd.DataFrame, tables: Sequence[FormTable]) -> list[Problem]:
    """Villages of two schools at one level whose shares do not add up to 1, or are not written."""
    known = rows[rows["village_code"] != ""]
    groups = known.groupby(_VILLAGE, sort=False)
    sums = groups.agg(
        total=("share", "sum"),
        written=("share", "count"),
        rows=("smis_code", "size"),
        schools=("smis_code", "nunique"),
    )
    blank = sums["written"] < sums["rows"]
    over = blank & (sums["total"] > 1 + 1e-9)
    wrong = (sums["written"] > 0) & (over | (~blank & ((sums["total"] - 1).abs() > 1e-9)))
    unsaid = (sums["written"] == 0) & (sums["schools"] > 1)
    problems = []
    marked = known.join(pd.DataFrame({"wrong": wrong, "unsaid": unsaid}), on=_VILLAGE)
    for (village, level), found in marked[marked["wrong"]].groupby(_VILLAGE, sort=False):
        first = found[found["share"].notna()].iloc[0]
        key = f"{VILLAGE_KEY}{village}"
        problem = _at(tables, first["table"], first["row"], "share_sum", key=key)
        problems.append(replace(problem, value=f"{sums.at[(village, level), 'total']:g}"))
    for (village, level), found in marked[marked["unsaid"]].groupby(_VILLAGE, sort=False):
        problems.append(_unsaid(tables, found, str(village), str(level)))
    return problems


def _unsaid(tables: Sequence[FormTable], found: pd.DataFrame, village: str, level: str) -> Problem:
    """A village of several schools without shares: equal parts will be assumed."""
    last = found.iloc[-1]
    key = f"{VILLAGE_KEY}{village} {level}"
    problem = _at(tables, last["table"], last["row"], "village_shared", key=key)
    schools = sorted(found["smis_code"].unique())
    facts = {
        "schools": ", ".join(schools),
        "number": len(schools),
        "village": last["village_name"] or village,
        **level_facts(level),
    }
    return replace(problem, value=", ".join(schools), facts=facts)


def unserved_villages(
    rows: pd.DataFrame, villages: VillageIndex, tables: Sequence[FormTable]
) -> list[Problem]:
    """Villages of the office that no school serves at a level; one problem per subdistrict.

    Only levels of which a list was received are looked at.
    """
    own = {code: area for code, area in villages.subdistrict.items() if area in villages.places}
    areas = pd.Series(own if villages.places else dict(villages.subdistrict), dtype=object)
    problems = []
    for level, served in rows.groupby("education_level", sort=True)["village_code"]:
        lost = areas[~areas.index.isin(served)]
        sheet = tables[int(rows.at[served.index[0], "table"])].sheet
        for area, found in lost.groupby(lost, sort=True):
            named = [_called(str(code), villages) for code in sorted(found.index)]
            facts = {
                "number": len(named),
                "of": len(villages.inside[str(area)]),
                "subdistrict": villages.places.get(str(area), area),
                "villages": ", ".join(named),
                **level_facts(str(level)),
            }
            problems.append(
                Problem(
                    "villages_unserved",
                    file=sheet.file,
                    sheet=sheet.name,
                    key=f"{AREA_KEY}{area} {level}",
                    value=" ".join(sorted(found.index)),
                    facts=facts,
                )
            )
    return problems


def _called(code: str, villages: VillageIndex) -> str:
    number, name = villages.number[code], villages.names[code]
    return f"หมู่ {number} {name}".strip() if number else name or code


def _at(tables: Sequence[FormTable], table: object, row: object, kind: str, key: str) -> Problem:
    """A problem at the cell that says most of the village."""
    source = tables[int(str(table))]
    wanted = ("share",) if kind in ("share_sum", "village_shared") else ()
    columns = (*wanted, "village_code", "village_name", "service_area_text")
    column = next((name for name in columns if name in source.places), "smis_code")
    return cell_problem(kind, source, int(str(row)), column, key=key)
