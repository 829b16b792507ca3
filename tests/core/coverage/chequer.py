"""A tiny office made of square faces, for tests of figures: every number can be done on paper.

Faces are squares of 1 km, row 0 in the south, numbered row by row from the west; cells of the
grid are as large unless a test says otherwise. Children live evenly on the land of their area.
"""

import numpy as np
import pandas as pd
import shapely

from gisapp.core.coverage.counting.children import AGES, Children
from gisapp.core.coverage.criteria import (
    STRAIGHT_KM,
    CoverageCriteria,
    CoverageLimits,
    LevelAges,
    Reach,
)
from gisapp.core.coverage.land.fabric import Fabric
from gisapp.core.coverage.reaching.nearest import straight_lines
from gisapp.core.coverage.reckoning.asked import CoverageInputs
from gisapp.core.coverage.schools import OWN_SCHOOL, CoverageSchools
from gisapp.core.coverage.spreading.spread import Spread
from gisapp.core.coverage.zoning.zones import LISTED, Zones
from gisapp.core.grades import LEVELS
from gisapp.core.grids import Grid

UTM = "EPSG:32647"
KM = 1000.0

PRIMARY = LevelAges("primary", 6, 11, "ป.1", 6)
LOWER = LevelAges("lower_secondary", 12, 14, "ม.1", 12)


def criteria(levels=(PRIMARY,), reaches_km=(1.0, 2.0), **limits):
    reaches = tuple(Reach(STRAIGHT_KM, reach, n == 0) for n, reach in enumerate(reaches_km))
    return CoverageCriteria(tuple(levels), reaches, CoverageLimits(**limits))


def fabric(subdistricts):
    """Faces by the codes of their subdistricts, rows given from the south."""
    rows = [list(row) for row in subdistricts]
    squares = [
        shapely.box(column * KM, row * KM, (column + 1) * KM, (row + 1) * KM)
        for row, codes in enumerate(rows)
        for column in range(len(codes))
    ]
    codes = np.array([code for row in rows for code in row], dtype=object)
    blank = np.full(len(codes), "", dtype=object)
    return Fabric(np.array(squares, dtype=object), codes, blank, blank, {}, {})


def children(areas, unplaced=0):
    """Children of age 6 by {code of a subdistrict: (boys, girls)}, and boys of no subdistrict."""
    codes = sorted(areas)
    counts = np.zeros((len(codes), AGES, 3))
    for row, code in enumerate(codes):
        boys, girls = areas[code]
        counts[row, 6] = boys, girls, boys + girls
    nobody = np.zeros((AGES, 3))
    nobody[6] = unplaced, 0, unplaced
    return Children(
        np.array(codes, dtype=object),
        np.full(len(codes), "subdistrict", dtype=object),
        counts,
        nobody,
        np.full(len(codes), "registered", dtype=object),
        np.zeros(len(codes)),
        (),
    )


def spread(of_fabric, of_children, cell_m=KM):
    """Spread children evenly over the faces of their subdistrict, by area of cell and face."""
    west, south, east, north = shapely.total_bounds(of_fabric.faces)
    grid = Grid.over((west, south, east, north), cell_m)
    cells = np.arange(grid.rows * grid.columns)
    x, y = grid.centres(cells)
    boxes = shapely.box(x - cell_m / 2, y - cell_m / 2, x + cell_m / 2, y + cell_m / 2)
    places = []
    for area, code in enumerate(of_children.code):
        for face in np.flatnonzero(of_fabric.subdistrict == code):
            size = shapely.area(shapely.intersection(boxes, of_fabric.faces[face]))
            places += [(area, face, cell, x[cell], y[cell], size[cell]) for cell in cells]
    places = pd.DataFrame(places, columns=["area", "face", "cell", "x", "y", "size"])
    places = places[places["size"] > 0]
    weight = places["size"] / places.groupby("area")["size"].transform("sum")
    nowhere = [n for n, code in enumerate(of_children.code) if code not in of_fabric.subdistrict]
    return Spread(
        places["area"].to_numpy(np.int64),
        places["face"].to_numpy(np.int64),
        places["cell"].to_numpy(np.int64),
        places["x"].to_numpy(float),
        places["y"].to_numpy(float),
        weight.to_numpy(float),
        grid,
        np.full(len(of_children.code), "even", dtype=object),
        np.array(nowhere, dtype=np.int64),
    )


def school(code, x_km=np.nan, y_km=np.nan, **changes):
    made = {
        "smis_code": code,
        "school_name_th": f"บ้าน{code}",
        "whose": OWN_SCHOOL,
        "x_m": x_km * KM,
        "y_m": y_km * KM,
        "subdistrict_code": "",
        "district": "",
        "school_network": "",
        "levels": ("primary",),
        "p1": None,
        "p2": None,
    }
    return made | changes


def schools(*given):
    """Schools as `school` makes them; `p1` and `p2` are (boys, girls) in the two grades."""
    given = sorted(given, key=lambda one: one["smis_code"])
    columns = list(school("1"))[:-3]
    rows = pd.DataFrame([[one[name] for name in columns] for one in given], columns=columns)
    for level in LEVELS:
        rows[level] = np.array([level in one["levels"] for one in given], dtype=bool)
    pupils = [
        (one["smis_code"], grade, "primary", *map(float, one[grade]), float(sum(one[grade])))
        for one in given
        for grade in ("p1", "p2")
        if one[grade] is not None
    ]
    names = ["smis_code", "grade", "education_level", "male", "female", "students"]
    return CoverageSchools(rows, pd.DataFrame(pupils, columns=names))


def zones(of_fabric, *parts, level="primary"):
    """Zones by (school or None, share, faces); the faces that are left are unassigned."""
    given = [*parts]
    held = {face for _code, _share, faces in given for face in faces}
    given.append((None, 1.0, [face for face in range(len(of_fabric)) if face not in held]))
    rows = pd.DataFrame(
        {
            "education_level": level,
            "smis_code": [code for code, _share, _faces in given],
            "share": [share for _code, share, _faces in given],
            "zone_method": ["village_voronoi"] * (len(given) - 1) + ["unassigned"],
        }
    ).astype({"smis_code": object})
    part = [n for n, (_code, _share, faces) in enumerate(given) for _face in faces]
    face = [face for _code, _share, faces in given for face in faces]
    listed = pd.DataFrame(columns=[*LISTED])
    return Zones(rows, np.array(part, dtype=np.int64), np.array(face, dtype=np.int64), listed)


def named(of_fabric):
    codes = sorted(set(of_fabric.subdistrict) - {""})
    return pd.DataFrame(
        {
            "subdistrict_code": codes,
            "subdistrict_th": [f"ต.{code}" for code in codes],
            "district_code": [code[:1] for code in codes],
            "district_th": [f"อ.{code[:1]}" for code in codes],
        },
        dtype=object,
    )


def inputs(of_fabric, of_children, of_schools, of_zones, cell_m=KM, **changes):
    places = changes.pop("spread", None) or spread(of_fabric, of_children, cell_m)
    made = {
        "fabric": of_fabric,
        "zones": of_zones,
        "children": of_children,
        "spread": places,
        "schools": of_schools,
        "criteria": criteria(),
        "nearest": straight_lines(places.x_m, places.y_m, of_schools),
        "subdistricts": named(of_fabric),
        "villages": pd.DataFrame(columns=["village_code", "village_th", "x_m", "y_m"]),
        "office_code": "99",
        "metric_crs": UTM,
    }
    return CoverageInputs(**(made | changes))


def row(layer, **asked):
    """The one row of a layer that some columns ask for; reach 1 km and own schools unless told."""
    asked = {"reach_value": 1.0, "affiliations": "own", "education_level": "primary"} | asked
    found = layer
    for column, value in asked.items():
        same = found[column].isna() if value is None else found[column] == value
        found = found[same]
    assert len(found) == 1, found
    return found.iloc[0]
