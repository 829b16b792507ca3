"""Borders between labelled cells, rounded once and shared: areas without gap or overlap."""

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy import ndimage as ndi

#: How far corners of cells are rounded, vertices of one cell's length.
ROUNDING = 2.0
#: Vertices whose loss moves a border less than about this are dropped, in cells.
DETAIL = 0.35


def areas_of(label: NDArray[np.int64], rounding: float = ROUNDING) -> list[shapely.Geometry]:
    """Return each label's area as a MultiPolygon in cells, x = column edge, y = row edge.

    Every border line between two areas is one line, rounded before the areas are closed from it, so
    that neighbours share each vertex. Cells below 0 belong to nobody. Holes stay holes.
    """
    arcs = [_rounded(arc, rounding) for arc in _arcs(label)]
    faces = shapely.get_parts(shapely.polygonize(arcs))
    inner = shapely.point_on_surface(faces)
    row = np.clip(np.floor(shapely.get_y(inner)).astype(int), 0, label.shape[0] - 1)
    column = np.clip(np.floor(shapely.get_x(inner)).astype(int), 0, label.shape[1] - 1)
    owner = _owners(faces, label, row, column)
    count = int(label.max()) + 1
    areas = [shapely.union_all(faces[owner == number]) for number in range(count)]
    simple = shapely.coverage_simplify(np.array(areas, dtype=object), DETAIL)
    return [many_polygons(area) for area in simple]


def many_polygons(area: shapely.Geometry) -> shapely.MultiPolygon:
    """Return an area as a MultiPolygon, also where it is one polygon."""
    return shapely.MultiPolygon(list(shapely.get_parts(area)))


def _arcs(label: NDArray[np.int64]) -> list[NDArray[np.float64]]:
    """Return the lines between differing cells, each from one meeting of lines to the next."""
    padded = np.pad(label, 1, constant_values=-1)
    row, column = np.nonzero(padded[:, 1:] != padded[:, :-1])
    upright = np.stack([np.stack([column, row - 1], 1), np.stack([column, row], 1)], 1)
    row, column = np.nonzero(padded[1:] != padded[:-1])
    level = np.stack([np.stack([column - 1, row], 1), np.stack([column, row], 1)], 1)
    pieces = np.concatenate([upright, level]).astype(float)
    merged = shapely.line_merge(shapely.MultiLineString(list(pieces)))
    return [shapely.get_coordinates(line) for line in shapely.get_parts(merged)]


def _rounded(arc: NDArray[np.float64], rounding: float) -> shapely.LineString:
    """Round the corners of one line; the ends of an open one stay where other lines meet it."""
    if np.array_equal(arc[0], arc[-1]):
        smooth = ndi.gaussian_filter1d(arc[:-1], rounding, axis=0, mode="wrap")
        return shapely.LineString(np.concatenate([smooth, smooth[:1]]))
    reach = min(int(4 * rounding), len(arc) - 1)
    padded = np.concatenate(
        [2 * arc[:1] - arc[reach:0:-1], arc, 2 * arc[-1:] - arc[-2 : -reach - 2 : -1]]
    )
    smooth = ndi.gaussian_filter1d(padded, rounding, axis=0)[reach:-reach]
    smooth[0], smooth[-1] = arc[0], arc[-1]
    return shapely.LineString(smooth)


def _owners(
    faces: NDArray[np.object_],
    label: NDArray[np.int64],
    row: NDArray[np.int64],
    column: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Return the label that most cell centres inside each face carry."""
    owner = label[row, column]
    for number, face in enumerate(faces):
        west, north, east, south = np.rint(face.bounds).astype(int)
        inside = label[max(north, 0) : south, max(west, 0) : east]
        if inside.size < 4:
            continue
        rows, columns = np.mgrid[max(north, 0) : south, max(west, 0) : east]
        within = shapely.contains_xy(face, columns[: inside.shape[0]] + 0.5, rows + 0.5)
        if within.any():
            found, votes = np.unique(inside[within], return_counts=True)
            owner[number] = found[np.argmax(votes)]
    return owner
