"""Layers of a published round as GeoJSON text, ready to send."""

import functools
import json
import sqlite3
from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely

from gisapp.errors import LayerNotFoundError
from gisapp.store.published import (
    Columns,
    LayerFile,
    columns_of,
    connection,
    geometry_column,
    geometry_from,
)

#: Decimals of a degree that are sent: points to 0.1 m, finer than any survey of a school; lines
#: and borders to 1 m, finer than the width they are drawn with.
_POINT_DECIMALS, _LINE_DECIMALS = 6, 5

#: Layers whose union is the office's outline, best first.
_OUTLINE_FROM = ("districts", "subdistricts")


def read_geojson(
    file: LayerFile, layer: str, allowed: Columns, wanted: tuple[str, ...] | None = None
) -> str:
    """Return a layer as a GeoJSON FeatureCollection in EPSG:4326; rows keep the layer's order.

    Args:
        file: The round.
        layer: Name of a layer; one without geometry gives features that are nowhere.
        allowed: Columns the reader may see, `geometry` among them; None is all.
        wanted: Columns to send, in this order; None is every allowed one.

    Raises:
        LayerNotFoundError: The round has no such layer.
    """
    return (
        '{"type":"FeatureCollection","features":['
        + ",".join(text for _, text in features(file, layer, allowed, wanted))
        + "]}"
    )


@functools.lru_cache(maxsize=12)
def features(
    file: LayerFile, layer: str, allowed: Columns, wanted: tuple[str, ...] | None = None
) -> tuple[tuple[str, str], ...]:
    """Return (smis_code or "", GeoJSON Feature) for each row.

    Raises:
        LayerNotFoundError: The round has no such layer.
    """
    present = dict(columns_of(file, layer))
    if not present:
        raise LayerNotFoundError(f"ไม่มีชั้นข้อมูล {layer}", f"there is no layer {layer}")
    place = geometry_column(file, layer)
    hidden = {place, "fid", "ogc_fid"}
    names = [
        name for name in present if name not in hidden and (allowed is None or name in allowed)
    ]
    if wanted is not None:
        names = [name for name in wanted if name in names]
    rows = _rows(file, layer, names, place, "smis_code" in present)
    shown = place is not None and (allowed is None or "geometry" in allowed)
    shapes = _shapes([row[-1] for row in rows]) if shown else ["null"] * len(rows)
    flags = [present[name] == "BOOLEAN" for name in names]
    return tuple(
        (str(row[0] or ""), _feature(names, flags, row[1:-1], shape))
        for row, shape in zip(rows, shapes, strict=True)
    )


@functools.lru_cache(maxsize=16)
def read_outline(file: LayerFile) -> str:
    """Return the office's outline as a FeatureCollection; empty where there are no boundaries."""
    for layer in _OUTLINE_FROM:
        place = geometry_column(file, layer)
        if place:
            with connection(file) as opened:
                rows = opened.execute(f'SELECT "{place}" FROM "{layer}"').fetchall()  # noqa: S608 - known layers
            outline = shapely.union_all(shapely.from_wkb([geometry_from(row[0]) for row in rows]))
            if not outline.is_empty:
                shape = shapely.to_geojson(_rounded(outline))
                return (
                    '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},'
                    f'"geometry":{shape}}}]}}'
                )
    return '{"type":"FeatureCollection","features":[]}'


@functools.lru_cache(maxsize=256)
def has_places(file: LayerFile, layer: str) -> bool:
    """Whether a round has a layer, and any row of it lies anywhere."""
    place = geometry_column(file, layer)
    if place is None:
        return False
    question = f'SELECT 1 FROM "{layer}" WHERE "{place}" IS NOT NULL LIMIT 1'  # noqa: S608 - a layer of the file
    with connection(file) as opened:
        return opened.execute(question).fetchone() is not None


@functools.lru_cache(maxsize=32)
def read_bounds(file: LayerFile) -> tuple[float, float, float, float] | None:
    """Return (west, south, east, north), degrees, of the office's boundaries, else its schools."""
    for layer in (*_OUTLINE_FROM, "schools"):
        place = geometry_column(file, layer)
        if not place:
            continue
        known = f'SELECT "{place}" FROM "{layer}" WHERE "{place}" IS NOT NULL'  # noqa: S608 - known layers
        with connection(file) as opened:
            rows = opened.execute(known).fetchall()
        if not rows:
            continue
        found = shapely.total_bounds(shapely.from_wkb([geometry_from(row[0]) for row in rows]))
        if np.isfinite(found).all():
            west, south, east, north = found.tolist()
            return west, south, east, north
    return None


def _rows(
    file: LayerFile, layer: str, names: Sequence[str], place: str | None, by_school: bool
) -> list[tuple[object, ...]]:
    """Return (smis_code, *names, geometry) of each row."""
    # Every name here was found in the file itself; none comes from a request.
    columns = ", ".join(
        (
            '"smis_code"' if by_school else "NULL",
            *(f'"{name}"' for name in names),
            f'"{place}"' if place else "NULL",
        )
    )
    with connection(file) as opened:
        opened.row_factory = None
        cursor: sqlite3.Cursor = opened.execute(f'SELECT {columns} FROM "{layer}"')  # noqa: S608
        return cursor.fetchall()


def _shapes(blobs: Sequence[object]) -> list[str]:
    """Turn GeoPackage geometries into GeoJSON; nowhere, or an empty one, is ``null``."""
    shapes = shapely.from_wkb(
        [geometry_from(blob if isinstance(blob, bytes) else None) for blob in blobs]
    )
    nowhere = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    return [
        "null" if missing else text
        for missing, text in zip(nowhere, shapely.to_geojson(_rounded(shapes)), strict=True)
    ]


def _rounded(shapes: Any) -> Any:
    """Round coordinates, degrees; for drawing and for size, not for measuring."""
    dimensions = shapely.get_dimensions(shapes)
    decimals = _LINE_DECIMALS if np.max(dimensions, initial=0) > 0 else _POINT_DECIMALS
    return shapely.transform(shapes, lambda places: np.round(places, decimals))


def _feature(
    names: Sequence[str], flags: Sequence[bool], values: Sequence[object], shape: str
) -> str:
    """Write one feature."""
    properties = {
        name: bool(value) if flag and value is not None else value
        for name, flag, value in zip(names, flags, values, strict=True)
    }
    written = json.dumps(properties, ensure_ascii=False, separators=(",", ":"))
    return f'{{"type":"Feature","properties":{written},"geometry":{shape}}}'
