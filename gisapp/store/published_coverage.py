"""Coverage as a round has published it: figures of units by reach and affiliation.

Geometry is not read here: a table of 120 zones has 4,000 rows, each with its polygon.
"""

import functools
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gisapp.core.coverage.criteria import AFFILIATIONS, STRAIGHT_KM
from gisapp.core.dictionary import LAYERS
from gisapp.core.grades import LEVELS
from gisapp.store.published import Columns, LayerFile, columns_of, connection

#: Layer -> column that tells its units apart. A row without it holds what belongs to no unit.
UNIT_KEYS = {
    "zone_coverage": "smis_code",
    "subdistrict_coverage": "subdistrict_code",
    "district_coverage": "district_code",
    "network_coverage": "school_network",
    "office_coverage": "area_code",
}

#: Answers kept. One takes some 200 kB of an office of 120 schools, 50 MB of one of 30,000.
_KEPT_UNITS = 24

#: The layer that every round with coverage has.
OFFICE = "office_coverage"

#: What every row answers.
_QUESTION = ("education_level", "reach_kind", "reach_value", "affiliations")

#: What a row holds besides: said once for each unit, whatever the reach.
_SAID = ("school_name_th", "zone_method", "subdistrict_th", "district_th", "population_method")


@dataclass(frozen=True)
class Offered:
    """What a round's coverage can be asked for.

    Attributes:
        levels: In the order of schooling.
        reaches: Kilometres, shortest first.
        affiliations: Of `AFFILIATIONS`.
    """

    levels: tuple[str, ...]
    reaches: tuple[float, ...]
    affiliations: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class UnitFigures:
    """Figures of all units of a layer and level.

    Attributes:
        keys: Code of each unit in order; None, always last, is what belongs to no unit.
        said: Column -> what it says of each unit.
        reaches, affiliations: As in `Offered`: what the axes of `figures` stand for.
        figures: Column -> float64 [unit, affiliation, reach]; NaN unknown. Holds the columns that
            the reader may see.
    """

    keys: tuple[str | None, ...]
    said: Mapping[str, tuple[str | None, ...]]
    reaches: tuple[float, ...]
    affiliations: tuple[str, ...]
    figures: Mapping[str, NDArray[np.float64]]

    def of(self, column: str, affiliations: str, reach: float) -> NDArray[np.float64]:
        """Return one column for one question, a value for each unit; NaN where it is not shown."""
        found = self.figures.get(column)
        if found is None:
            return np.full(len(self.keys), np.nan)
        return found[:, self.affiliations.index(affiliations), self.reaches.index(reach)]


@functools.lru_cache(maxsize=64)
def read_offered(file: LayerFile, allowed: Columns = None) -> Offered | None:
    """Return what a round's coverage can be asked for; None where it has none for this reader."""
    if not _may_ask(file, OFFICE, allowed):
        return None
    with connection(file) as opened:
        rows = opened.execute(
            "SELECT DISTINCT education_level, reach_value, affiliations FROM office_coverage"
            " WHERE reach_kind = ?",
            (STRAIGHT_KM,),
        ).fetchall()
    levels, reaches, affiliations = ({row[place] for row in rows} for place in range(3))
    if not rows:
        return None
    return Offered(
        tuple(level for level in LEVELS if level in levels),
        tuple(sorted(float(reach) for reach in reaches)),
        tuple(name for name in AFFILIATIONS if name in affiliations),
    )


@functools.lru_cache(maxsize=256)
def has_units(file: LayerFile, layer: str, level: str, allowed: Columns = None) -> bool:
    """Tell whether `read_units` finds any figures, without reading them.

    Args:
        file, layer, level, allowed: As there.
    """
    if not _may_ask(file, layer, allowed):
        return False
    question = f'SELECT 1 FROM "{layer}" WHERE education_level = ? AND reach_kind = ? LIMIT 1'  # noqa: S608 - our names
    with connection(file) as opened:
        return opened.execute(question, (level, STRAIGHT_KM)).fetchone() is not None


@functools.lru_cache(maxsize=_KEPT_UNITS)
def read_units(
    file: LayerFile, layer: str, level: str, allowed: Columns = None
) -> UnitFigures | None:
    """Return the figures of a layer of coverage at a level; None without such rows.

    Args:
        file: The round.
        layer: One of `UNIT_KEYS`.
        level: Education level.
        allowed: Columns of the layer that the reader may see; None is all.
    """
    return _read_units(file, layer, level, allowed, None)


@functools.lru_cache(maxsize=1024)
def read_unit(
    file: LayerFile, layer: str, level: str, key: str, allowed: Columns = None
) -> UnitFigures | None:
    """Return the figures of one unit alone, as `read_units`; None where the round has no such."""
    return _read_units(file, layer, level, allowed, key)


def _read_units(
    file: LayerFile, layer: str, level: str, allowed: Columns, key: str | None
) -> UnitFigures | None:
    """Read the rows of a level, of one unit where `key` is given."""
    if not _may_ask(file, layer, allowed):
        return None
    name = UNIT_KEYS[layer]
    present = {column for column, _kind in columns_of(file, layer)}
    shown = present if allowed is None else present & allowed
    told = [column for column in _SAID if column in shown]
    counted = [column for column in _figure_columns(layer) if column in shown]
    # Names come from the dictionary, never from a request.
    selected = ", ".join(
        f'"{column}"' for column in (name, "affiliations", "reach_value", *told, *counted)
    )
    one = "" if key is None else f' AND "{name}" = ?'
    question = (
        f'SELECT {selected} FROM "{layer}" WHERE education_level = ? AND reach_kind = ?{one}'  # noqa: S608
        f' ORDER BY "{name}" IS NULL, "{name}"'
    )
    asked = (level, STRAIGHT_KM) if key is None else (level, STRAIGHT_KM, key)
    with connection(file) as opened:
        rows = opened.execute(question, asked).fetchall()
    if not rows:
        return None
    columns = list(zip(*rows, strict=True))
    first = 3 + len(told)
    return _as_units(
        columns[:3],
        dict(zip(told, columns[3:first], strict=True)),
        dict(zip(counted, columns[first:], strict=True)),
    )


@functools.lru_cache(maxsize=64)
def read_zone_methods(
    file: LayerFile, level: str, allowed: Columns = None
) -> tuple[tuple[str, int, int | None], ...]:
    """Return (way, zones made so, newest year BE of an announcement) of a level, most zones first.

    Empty without the layer, or where the reader may not see the ways.
    """
    present = {name for name, _kind in columns_of(file, "service_zones")}
    needed = {"zone_method", "education_level", "announced_be"}
    if not needed <= (present if allowed is None else present & allowed):
        return ()
    with connection(file) as opened:
        rows = opened.execute(
            "SELECT zone_method, count(*), max(announced_be) FROM service_zones"
            " WHERE education_level = ? GROUP BY zone_method ORDER BY 2 DESC, 1",
            (level,),
        ).fetchall()
    return tuple(rows)


@functools.lru_cache(maxsize=64)
def read_ages_unknown(file: LayerFile, level: str, allowed: Columns = None) -> tuple[int, ...]:
    """Return the single ages of which some zone of a level has no number of children, ascending.

    Empty without the layer, or where the reader may not see it.
    """
    present = {name for name, _kind in columns_of(file, "zone_children")}
    if not {"age", "persons", "education_level"} <= (
        present if allowed is None else present & allowed
    ):
        return ()
    with connection(file) as opened:
        rows = opened.execute(
            "SELECT DISTINCT age FROM zone_children WHERE education_level = ? AND persons IS NULL"
            " ORDER BY age",
            (level,),
        ).fetchall()
    return tuple(row[0] for row in rows)


@functools.lru_cache(maxsize=64)
def count_others(file: LayerFile, level: str) -> tuple[int, int] | None:
    """Return how many schools of other affiliations teach a level, and of how many nobody knows.

    None without such schools.
    """
    if "levels_offered" not in dict(columns_of(file, "other_schools")):
        return None
    question = (
        "SELECT sum(',' || replace(levels_offered, ' ', '') || ',' LIKE ?),"
        " sum(levels_offered IS NULL), count(*) FROM other_schools"
    )
    with connection(file) as opened:
        teach, unknown, count = opened.execute(question, (f"%,{level},%",)).fetchone()
    return (teach or 0, unknown) if count else None


def _may_ask(file: LayerFile, layer: str, allowed: Columns) -> bool:
    """Tell whether a layer is there, and the reader may see what tells its rows apart."""
    needed = {UNIT_KEYS[layer], *_QUESTION}
    present = {name for name, _kind in columns_of(file, layer)}
    return needed <= (present if allowed is None else present & allowed)


@functools.cache
def _figure_columns(layer: str) -> tuple[str, ...]:
    """Return the columns of a layer that are figures of a unit."""
    columns = LAYERS[layer].columns
    return tuple(
        column.name
        for column in columns
        if column.kind in ("int", "float") and column.name not in _QUESTION
    )


def _as_units(
    question: list[tuple[object, ...]],
    said: Mapping[str, tuple[str | None, ...]],
    counted: Mapping[str, tuple[float | None, ...]],
) -> UnitFigures:
    """Turn rows, sorted by unit, into an array for each column.

    Args:
        question: Columns of keys, affiliations and reaches.
        said: Column -> words.
        counted: Column -> figures.
    """
    keys, affiliations, reaches = question
    units = {key: place for place, key in enumerate(dict.fromkeys(keys))}
    whose = [name for name in AFFILIATIONS if name in set(affiliations)]
    far, of_reach = np.unique(np.array(reaches, dtype=np.float64), return_inverse=True)
    of_name = {name: place for place, name in enumerate(whose)}
    at = (
        np.array([units[key] for key in keys]),
        np.array([of_name[str(name)] for name in affiliations]),
        of_reach,
    )
    figures = {}
    for name, values in counted.items():
        cube = np.full((len(units), len(whose), len(far)), np.nan)
        cube[at] = np.array(values, dtype=np.float64)  # None becomes NaN
        figures[name] = cube
    first = {key: row for row, key in reversed(list(enumerate(keys)))}
    return UnitFigures(
        keys=tuple(None if key is None else str(key) for key in units),
        said={name: tuple(words[first[key]] for key in units) for name, words in said.items()},
        reaches=tuple(far.tolist()),
        affiliations=tuple(whose),
        figures=figures,
    )
