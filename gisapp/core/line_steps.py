"""Lines and areas as steps from place to place: drawn alike, under half of GeoJSON's size.

A place of GeoJSON takes some nineteen letters of which neighbours share most; the step from one
to the next takes four to six.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
import shapely.geometry
from numpy.typing import NDArray


@dataclass(frozen=True)
class Form:
    """How exactly lines are sent.

    Attributes:
        steps_per_degree: A step is one of so many parts of a degree.
        detail_deg: How far a drawn line may lie from the surveyed one, degrees.
    """

    steps_per_degree: int
    detail_deg: float


#: Steps of some 1 m, lines within some 5 m: two pixels at the closest that our maps go, zoom 16.
FINE = Form(100_000, 0.00005)

#: Steps of some 11 m, lines within some 20 m: under a pixel as far as zoom 12, half the size.
COARSE = Form(10_000, 0.0002)


def as_steps(collection: str, form: Form) -> str:
    """Turn a GeoJSON FeatureCollection of lines and areas into JSON of steps.

    ``{"unit": 100000, "features": [{"kind", "properties", "steps"}]}``. `steps` is nested as
    GeoJSON nests its coordinates, but each line or ring is one flat list: the first place in
    units east and north of 0, 0, then for each place what is added. Points, and features that
    are nowhere, are left out.
    """
    known = [row for row in json.loads(collection)["features"] if row["geometry"] is not None]
    shapes = [shapely.geometry.shape(row["geometry"]) for row in known]
    drawn = shapely.simplify(np.array(shapes, dtype=object), form.detail_deg)
    return _written(drawn, [row["properties"] for row in known], form)


def joined_steps(
    areas: NDArray[np.object_], properties: Sequence[Mapping[str, object]], form: Form
) -> str:
    """Turn areas that share their borders into JSON of steps, as `as_steps` writes it.

    A border of two areas is simplified once, so that neither a gap nor an overlap opens between
    them; areas that lie on each other stay so where their borders share every vertex.

    Args:
        areas: Polygons and multipolygons, degrees; missing and empty ones are left out.
        properties: What is said of each of them.
        form: How exactly.
    """
    there = ~(shapely.is_missing(areas) | shapely.is_empty(areas))
    told = [said for said, known in zip(properties, there, strict=True) if known]
    if not told:
        return _written(areas[:0], [], form)
    return _written(shapely.coverage_simplify(areas[there], form.detail_deg), told, form)


def _written(
    shapes: NDArray[np.object_], properties: Sequence[Mapping[str, object]], form: Form
) -> str:
    """Write simplified shapes; points are left out."""
    features = [
        {
            "kind": shape.geom_type,
            "properties": said,
            "steps": _steps(shapely.geometry.mapping(shape)["coordinates"], form.steps_per_degree),
        }
        for shape, said in zip(shapes.tolist(), properties, strict=True)
        if shapely.get_dimensions(shape) > 0
    ]
    return json.dumps(
        {"unit": form.steps_per_degree, "features": features},
        ensure_ascii=False,
        separators=(",", ":"),
    )


def _steps(part: Any, unit: int) -> list[Any]:
    """Turn coordinates nested to any depth into steps nested one less."""
    if not isinstance(part[0][0], float):
        return [_steps(inner, unit) for inner in part]
    places = np.rint(np.asarray(part)[:, :2] * unit).astype(np.int64)
    steps: list[int] = np.diff(places, axis=0, prepend=0).ravel().tolist()
    return steps
