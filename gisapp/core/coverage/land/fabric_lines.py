"""Lines that cut the office's land, noded on a grid of 1 mm, and the faces between them."""

from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray

Geometries = NDArray[np.object_]

#: Coordinates lie on multiples of this, metres: lines that meet share their vertices exactly.
GRID_M = 0.001

#: A cut runs on at least this far beyond the land it parts, metres: it surely meets the border.
#: What pokes out bounds no face and is dropped.
BEYOND_M = 0.05


def faces_between(polygons: Geometries, cuts: Geometries) -> Geometries:
    """Return the faces that borders and cuts enclose, sorted by place.

    Args:
        polygons: Their borders, holes included, are cut along.
        cuts: Lines; loose ends are ignored.
    """
    lines = np.concatenate([shapely.boundary(polygons), cuts])
    lines = lines[~shapely.is_empty(lines)]
    if not len(lines):
        return np.empty(0, dtype=object)
    noded = shapely.union_all(lines, grid_size=GRID_M)
    found = shapely.polygonize(shapely.get_parts(noded))
    faces = shapely.normalize(shapely.get_parts(found))
    west, south, east, north = shapely.bounds(faces).T
    return np.asarray(faces[np.lexsort((north, east, south, west))], dtype=object)


def voronoi_cuts(
    x_m: NDArray[np.float64],
    y_m: NDArray[np.float64],
    land: object,
    beyond_m: float = BEYOND_M,
) -> Geometries:
    """Return the lines that part a land by the nearest of some points; none for one point.

    Args:
        x_m, y_m: Points, finite; equal ones count once.
        land: Polygon or MultiPolygon.
        beyond_m: How far the lines run on beyond the land.
    """
    at = np.unique(np.round(np.column_stack([x_m, y_m]) / GRID_M) * GRID_M, axis=0)
    if len(at) < 2:
        return np.empty(0, dtype=object)
    edges = shapely.voronoi_polygons(shapely.multipoints(at), extend_to=land, only_edges=True)
    reach = shapely.buffer(land, beyond_m, quad_segs=1)
    inside = shapely.get_parts(shapely.intersection(shapely.get_parts(edges), reach))
    return np.asarray(inside[shapely.get_dimensions(inside) == 1], dtype=object)


def inside_points(faces: Geometries) -> Geometries:
    """Return a point well inside each face."""
    return np.asarray(shapely.point_on_surface(faces), dtype=object)


def holders(points: Geometries, polygons: Geometries) -> tuple[NDArray[np.int64], ...]:
    """Return pairs (point, polygon that holds it), sorted."""
    if not len(points) or not len(polygons):
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    # The tree is of points: each polygon is prepared once, however many points it holds.
    polygon, point = shapely.STRtree(points).query(polygons, predicate="intersects")
    order = np.lexsort((polygon, point))
    return point[order], polygon[order]


def join_faces(faces: Geometries, group: NDArray[np.int64], groups: int) -> Geometries:
    """Return the union of the faces of each group as MultiPolygons; an empty one without a face.

    Args:
        faces: Faces of one fabric, one per row of `group`.
        group: 0 to `groups` − 1.
    """
    order = np.argsort(group, kind="stable")
    ends = np.searchsorted(group[order], np.arange(groups + 1))
    joined = np.full(groups, shapely.MultiPolygon(), dtype=object)
    for row, (first, last) in enumerate(pairwise(ends)):
        if last - first == 1:
            joined[row] = faces[order[first]]
        elif last > first:
            joined[row] = shapely.coverage_union_all(faces[order[first:last]])
    return many(joined)


def many(polygons: Geometries) -> Geometries:
    """Return Polygons as MultiPolygons; MultiPolygons stay as they are."""
    single = shapely.get_type_id(polygons) == shapely.GeometryType.POLYGON
    done = polygons.copy()
    parts, row = polygons[single], np.arange(int(single.sum()))
    done[single] = shapely.multipolygons(parts, indices=row)
    return done


def only_polygons(geometries: Geometries) -> Geometries:
    """Return what is polygon of each geometry, mended and on the grid; empty where nothing is."""
    given = np.where(shapely.is_missing(geometries), shapely.Polygon(), geometries)
    valid = shapely.make_valid(given, method="structure", keep_collapsed=False)
    flat = shapely.get_dimensions(valid) < 2
    valid = np.where(flat, shapely.Polygon(), valid)
    return np.asarray(shapely.set_precision(valid, GRID_M), dtype=object)
