"""Thousands of findings of one kind in one column are one thing to mend, told once."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

from gisapp.core.limits import Limits
from gisapp.core.problems import Many, Problem
from gisapp.core.tables import FormTable

#: So many cells are named.
_NAMED = 5

#: (file, sheet)
Where = tuple[str, str]


def fold_floods(
    problems: Sequence[Problem], tables: Sequence[FormTable], limits: Limits
) -> list[Problem]:
    """Put what is too much to mend one by one into one finding of the same kind.

    A kind is told once where it stands more often in one column of one sheet than
    `Limits.flood_findings`, and than the share `Limits.flood_share` of the sheet's rows: in a
    country's file that may still be single schools. What carries a proposal stays, since each
    proposal is accepted by itself. Pupils are summed up: none is lost.
    """
    rows: dict[Where, int] = {}
    for table in tables:
        where = (table.sheet.file, table.sheet.name)
        rows[where] = max(rows.get(where, 0), len(table.frame))
    groups: dict[tuple[str, ...], list[Problem]] = {}
    for problem in problems:
        groups.setdefault(_group(problem), []).append(problem)
    floods = {
        group: _as_one(found)
        for group, found in groups.items()
        if len(found) > _usual(found[0], rows, limits) and not found[0].proposal
    }
    told: set[tuple[str, ...]] = set()
    done = []
    for problem in problems:
        group = _group(problem)
        if group not in floods:
            done.append(problem)
        elif group not in told:
            told.add(group)
            done.append(floods[group])
    return done


def _group(problem: Problem) -> tuple[str, ...]:
    proposed = "proposed" if problem.proposal else ""
    return (problem.kind, problem.file, problem.sheet, problem.column, proposed)


def _usual(problem: Problem, rows: Mapping[Where, int], limits: Limits) -> float:
    of_sheet = rows.get((problem.file, problem.sheet), 0)
    return max(limits.flood_findings, limits.flood_share * of_sheet)


def _as_one(found: Sequence[Problem]) -> Problem:
    ordered = sorted(found, key=lambda problem: (problem.row or 0, problem.key))
    named = [problem.cell or problem.key for problem in ordered[:_NAMED]]
    states = sorted(
        f"{p.key}\x1f{p.value}\x1f{p.pupils}\x1f{sorted(p.facts.items())}" for p in found
    )
    schools = dict.fromkeys(problem.school for problem in ordered if problem.school)
    many = Many(
        count=len(found),
        cells=", ".join(filter(None, named)) + " …",
        schools=tuple(schools),
        digest=hashlib.sha256("\x1e".join(states).encode()).hexdigest()[:16],
    )
    pupils = sum(problem.pupils for problem in found)
    return replace(ordered[0], pupils=pupils, lon=None, lat=None, many=many)
