"""Areas of a published round's coverage: units of a level, service zones, uncovered pockets."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from gisapp.core.coverage.criteria import STRAIGHT_KM
from gisapp.core.grades import LEVELS
from gisapp.errors import LayerNotFoundError
from gisapp.store.published import (
    Columns,
    LayerFile,
    columns_of,
    connection,
    geometry_column,
    geometry_from,
)
from gisapp.store.published_coverage import UNIT_KEYS

ZONES, POCKETS = "service_zones", "uncovered_pockets"

_LEVEL = "education_level"

#: Children of a pocket as everybody may know them; null where they are too few.
_ROUNDED = "children_rounded"


@dataclass(frozen=True)
class Areas:
    """Areas and what each is called, in the order of their layer.

    Attributes:
        names: A code, a level, or a pocket's number; None for land that no school serves.
        shapes: Polygons and multipolygons, degrees of EPSG:4326; none is empty.
    """

    names: tuple[str | int | None, ...]
    shapes: NDArray[np.object_]


def read_unit_areas(file: LayerFile, layer: str, level: str, allowed: Columns) -> Areas:
    """Return the areas of the units of an education level, each once.

    What lies nowhere, such as the row of schools of no known subdistrict, is left out.

    Args:
        file: The round.
        layer: One of `UNIT_KEYS`.
        level: Education level.
        allowed: Columns of the layer that the reader may see.

    Raises:
        LayerNotFoundError: The round has no such layer, or the reader may not see where it lies.
    """
    return _areas(file, layer, allowed, UNIT_KEYS[layer], {_LEVEL: level})


def read_zones(file: LayerFile, level: str, allowed: Columns) -> Areas:
    """Return the service zones of an education level by the code of their school.

    Raises:
        LayerNotFoundError: The round has no service zones that the reader may see.
    """
    return _areas(file, ZONES, allowed, "smis_code", {_LEVEL: level})


def read_school_zones(file: LayerFile, smis_code: str, allowed: Columns) -> Areas:
    """Return the service zones of a school by their level.

    Raises:
        LayerNotFoundError: The round has no service zones that the reader may see.
    """
    return _areas(file, ZONES, allowed, _LEVEL, {"smis_code": smis_code})


def read_pocket_areas(
    file: LayerFile, level: str, reach: float, affiliations: str, *, small: bool
) -> Areas:
    """Return the pockets of a question by their numbers.

    Args:
        file: The round.
        level: Education level.
        reach: Kilometres.
        affiliations: Which schools count.
        small: Also those of so few children that the public may not see them.

    Raises:
        LayerNotFoundError: The round has no pockets.
    """
    asked = {
        _LEVEL: level,
        "reach_kind": STRAIGHT_KM,
        "reach_value": reach,
        "affiliations": affiliations,
    }
    return _areas(file, POCKETS, None, "pocket_no", asked, None if small else _ROUNDED)


@functools.lru_cache(maxsize=64)
def zone_levels(file: LayerFile) -> tuple[str, ...]:
    """Return the education levels that a round has service zones of, in the order of schooling."""
    if _LEVEL not in dict(columns_of(file, ZONES)):
        return ()
    with connection(file) as opened:
        rows = opened.execute(f'SELECT DISTINCT "{_LEVEL}" FROM "{ZONES}"').fetchall()  # noqa: S608
    found = {level for (level,) in rows}
    return tuple(level for level in LEVELS if level in found)


def _areas(
    file: LayerFile,
    layer: str,
    allowed: Columns,
    name: str,
    asked: Mapping[str, object],
    known: str | None = None,
) -> Areas:
    """Return the areas of some rows, one of each name: its figures fill many rows.

    Args:
        file: The round.
        layer: A layer with areas.
        allowed: Columns that the reader may see.
        name: Column that names the areas.
        asked: Column -> value that a row must have.
        known: Column that must hold anything; None is no such condition.
    """
    place = geometry_column(file, layer)
    held = [place, *([known] if known else [])]
    needed = {name, *asked, *held}
    seen = needed if allowed is None else {*allowed, *([place] if "geometry" in allowed else [])}
    if place is None or not needed <= dict(columns_of(file, layer)).keys() & seen:
        raise LayerNotFoundError(f"ไม่มีชั้นข้อมูล {layer}", f"there is no layer {layer}")
    there = " AND ".join(
        [f'"{column}" IS NOT NULL' for column in held] + [f'"{column}" = ?' for column in asked]
    )
    # Beside min() SQLite answers with the columns of the very row that has it.
    question = (
        f'SELECT "{name}", "{place}", min(rowid) FROM "{layer}" WHERE {there} '  # noqa: S608 - our names
        f'GROUP BY "{name}" ORDER BY min(rowid)'
    )
    with connection(file) as opened:
        rows = opened.execute(question, tuple(asked.values())).fetchall()
    shapes = np.array(shapely.from_wkb([geometry_from(row[1]) for row in rows]), dtype=object)
    real = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    names = tuple(row[0] for row, kept in zip(rows, real.tolist(), strict=True) if kept)
    return Areas(names, shapes[real])
