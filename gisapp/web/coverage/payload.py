"""Every answer about the units of a level in one text: the slider then asks nobody."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gisapp.core.coverage.reckoning.measures import MEASURES
from gisapp.store.coverage_tables import coverage_criteria, coverage_steps
from gisapp.store.published_coverage import Offered, UnitFigures
from gisapp.web.coverage.asked import (
    Asked,
    measures_offered,
    own_reach,
    sort_text,
)
from gisapp.web.coverage.legend import (
    measure_head,
    measure_word,
    step_word,
    steps_of,
    token_of,
    unit_classes,
)
from gisapp.web.coverage.pockets import no_pockets_word, pockets_of
from gisapp.web.coverage.shapes import shape_addresses
from gisapp.web.coverage.table import DECIMALS, below_limit, order_by_name
from gisapp.web.coverage.units import Answer, answer, names_of, office_of, units_of
from gisapp.web.coverage.unknown import known_children
from gisapp.web.coverage.words import page_words
from gisapp.web.reader import Reading, language, link, settings

#: Figures that depend on the reach, and those that do not.
_BY_REACH = (
    *("covered", "uncovered", "rate", "at_least", "at_most", "unlocated"),
    *("uncovered_least", "uncovered_most"),
)
_ALWAYS = ("enrolled", "ger", "gir", "enrolled_least", "ger_least", "silent")


def bands_json(now: Reading, offered: Offered, level: str, unit: str) -> str:
    """Write the figures of all units of a level, for every reach and affiliation, by columns."""
    units, office = units_of(now, unit, level), office_of(now, level)
    names = names_of(now, unit, units, language())
    told: dict[str, Any] = {
        "level": level,
        "unit": unit,
        "ids": [key or "" for key in units.keys],
        "names": names,
        "order_by_name": order_by_name(units, names),
        "named": [int(key is not None) for key in units.keys],
        "reaches": offered.reaches,
        "own": offered.reaches.index(own_reach(offered)),
        "affiliations": offered.affiliations,
        "population": _column(_whole(units, offered, office).population, 0),
        "bands": _bands(offered, lambda whose, reach: answer(units, whose, reach, office)),
        "classes": {whose: _classes(now, units, whose, offered) for whose in offered.affiliations},
        "office": _office(offered, units, office),
        "pockets": {
            whose: [_pockets(now, level, unit, whose, reach) for reach in offered.reaches]
            for whose in offered.affiliations
        },
        "pocket_sums": {
            whose: [
                pockets_of(now, Asked(level, reach, whose, unit, "rate")).sum
                for reach in offered.reaches
            ]
            for whose in offered.affiliations
        },
        "no_pockets": {
            whose: [no_pockets_word(now, level, whose, reach) for reach in offered.reaches]
            for whose in offered.affiliations
        },
        "known_children": known_children(now, level),
    }
    return _text(told)


def map_config(now: Reading, offered: Offered, asked: Asked) -> dict[str, object]:
    """Say what the map and the controls need: addresses, the question, measures and words."""
    where = {"round_name": now.round.name, "lang": language(), "round": None}
    return {
        **shape_addresses(now),
        "bands": f"{link('coverage.bands', **where)}&level={{level}}&unit={{unit}}",
        "points": link(
            "points.points", round_name=now.round.name, level=asked.level, lang=None, round=None
        ),
        "asked": {
            "level": asked.level,
            "reach": asked.reach,
            "affiliations": asked.affiliations,
            "unit": asked.unit,
            "measure": asked.measure,
            "tab": asked.tab,
            "sort": sort_text(asked),
        },
        "reaches": offered.reaches,
        "own": offered.reaches.index(own_reach(offered)),
        "measures": {name: _measure(name) for name in measures_offered(now)},
        "words": page_words(empty=not now.schools()),
        "language": language(),
    }


def config_text(now: Reading, offered: Offered, asked: Asked) -> str:
    """Write the same so that it may stand inside a page: no tag can begin or end in it."""
    text = _text(map_config(now, offered, asked))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def answers_mark() -> str:
    """Return a text that differs where an edit of the office's tables changes the answers."""
    office = settings()
    return repr((coverage_criteria(office).own_reach, sorted(coverage_steps(office).items())))


def _whole(units: UnitFigures, offered: Offered, office: UnitFigures) -> Answer:
    """Return the answer from which figures are taken that no reach or affiliation changes."""
    return answer(units, offered.affiliations[0], offered.reaches[0], office)


def _bands(offered: Offered, ask: Callable[[str, float], Answer]) -> Mapping[str, Any]:
    """Return affiliation -> figure -> column, one for each reach where it depends on it."""
    found: dict[str, Any] = {}
    for whose in offered.affiliations:
        answers = [ask(whose, reach) for reach in offered.reaches]
        found[whose] = {
            name: _column(getattr(answers[0], name), DECIMALS.get(name, 0)) for name in _ALWAYS
        } | {
            name: [_column(getattr(one, name), DECIMALS.get(name, 0)) for one in answers]
            for name in _BY_REACH
        }
    return found


def _classes(now: Reading, units: UnitFigures, whose: str, offered: Offered) -> dict[str, Any]:
    """Return measure -> places of classes in its legend, one column for each reach if need be."""
    found: dict[str, Any] = {}
    for name in measures_offered(now):
        last = len(steps_of(MEASURES[name])) - 1
        reaches = offered.reaches if MEASURES[name].by_reach else offered.reaches[:1]
        columns = [
            [last - place if place >= 0 else None for place in column.tolist()]
            for column in (unit_classes(units, name, whose, reach) for reach in reaches)
        ]
        found[name] = columns if MEASURES[name].by_reach else columns[0]
    return found


def _office(offered: Offered, units: UnitFigures, office: UnitFigures) -> dict[str, Any]:
    """Return the office's figures: single values instead of columns."""
    bands = _bands(offered, lambda whose, reach: answer(office, whose, reach))
    found: dict[str, Any] = {
        whose: {
            name: [one[0] for one in column] if name in _BY_REACH else column[0]
            for name, column in columns.items()
        }
        | {
            "below": [below_limit(units, whose, reach)[0] for reach in offered.reaches],
            "decided": [below_limit(units, whose, reach)[1] for reach in offered.reaches],
            "units": sum(key is not None for key in units.keys),
        }
        for whose, columns in bands.items()
    }
    return {"population": _column(_whole(office, offered, office).population, 0)[0]} | found


def _pockets(
    now: Reading, level: str, unit: str, whose: str, reach: float
) -> list[dict[str, object]]:
    """Return the pockets of one question in words."""
    asked = Asked(level, reach, whose, unit, "rate")
    return [
        {
            "no": row.number,
            "children": row.children,
            "place": row.place,
            "near": row.near,
            "villages": row.villages,
        }
        for row in pockets_of(now, asked).rows
    ]


def _measure(name: str) -> dict[str, object]:
    """Return what the legend of a measure says, its classes from top to bottom."""
    measure = MEASURES[name]
    steps = steps_of(measure)
    classes = [
        {"name": step.name, "word": step_word(step, steps), "token": token_of(name, place)}
        for place, step in enumerate(steps)
    ]
    percent = measure.limits in ("rate", "ger")
    return {
        "word": measure_word(name),
        "unit": measure_head(name),
        "by_reach": measure.by_reach,
        "decimals": 1 if percent else 0,
        "suffix": "%" if percent else "",
        "classes": classes[::-1],
    }


def _column(values: NDArray[np.float64], decimals: int) -> list[float | int | None]:
    """Return figures as they travel: unknown is null, whole numbers have no point."""
    rounded = np.round(values, decimals).tolist()
    whole = decimals == 0
    return [None if value != value else int(value) if whole else value for value in rounded]


def _text(told: Mapping[str, object] | Sequence[object]) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
