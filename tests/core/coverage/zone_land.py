"""Small offices of squares for tests of fabric and zones; lengths in km, as drawn on paper."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from gisapp.core.coverage.criteria import (
    STRAIGHT_KM,
    CoverageCriteria,
    CoverageLimits,
    LevelAges,
    Reach,
)
from gisapp.core.coverage.land.fabric import make_fabric
from gisapp.core.coverage.schools import OWN_SCHOOL, CoverageSchools
from gisapp.core.coverage.zoning.zone_making import make_zones
from gisapp.core.coverage.zoning.zone_sources import school_sites
from gisapp.core.grades import LEVELS

UTM = "EPSG:32647"
KM = 1000.0
LIMITS = CoverageLimits()
PRE_PRIMARY = LevelAges("pre_primary", 3, 5, "อ.1", 3, zones_of="primary")
PRIMARY = LevelAges("primary", 6, 11, "ป.1", 6)
LOWER = LevelAges("lower_secondary", 12, 14, "ม.1", 12)
LISTED = (
    "smis_code",
    "education_level",
    "village_code",
    "village_no",
    "village_name",
    "subdistrict_code",
    "share",
    "announced_be",
)


def box(west, south, east, north):
    return shapely.box(west * KM, south * KM, east * KM, north * KM)


def _layer(columns, rows):
    frame = pd.DataFrame(rows, columns=[*columns, "geometry"])
    shapes = np.array(frame.pop("geometry").tolist(), dtype=object)
    return gpd.GeoDataFrame(frame.astype(object), geometry=shapes, crs=UTM)


def subdistricts(**polygons):
    return _layer(["subdistrict_code"], list(polygons.items()))


def areas(**polygons):
    return _layer(["area_code"], list(polygons.items()))


def villages(*rows):
    """Rows (code, subdistrict, (x, y) in km or None)."""
    return _layer(
        ["village_code", "subdistrict_code"],
        [(code, home, at and shapely.Point(at[0] * KM, at[1] * KM)) for code, home, at in rows],
    )


def announced(*rows):
    """Rows (school, polygon) or (school, polygon, level, year)."""
    full = [(row[0], *(row[2:] or ("primary", 2560)), row[1]) for row in rows]
    return _layer(["smis_code", "education_level", "announced_be"], full)


def listed(*rows):
    """Rows (school, village, share or None) or with a level behind; villages are "a1" of "a"."""
    full = [
        (row[0], (*row, "primary")[3], row[1], 1, f"บ้าน{row[1]}", row[1][:1], row[2], 2567)
        for row in rows
    ]
    frame = pd.DataFrame(full, columns=[*LISTED])
    return frame.astype({"share": float})


def school(code, at=None, levels=("primary",), whose=OWN_SCHOOL, subdistrict="a"):
    x_m, y_m = (at[0] * KM, at[1] * KM) if at else (np.nan, np.nan)
    return {
        "smis_code": code,
        "school_name_th": f"โรงเรียน {code}",
        "whose": whose,
        "x_m": x_m,
        "y_m": y_m,
        "subdistrict_code": subdistrict,
        "district_code": "",
        "school_network": "",
        **{level: level in levels for level in LEVELS},
    }


def schools(*rows):
    frame = pd.DataFrame(rows).sort_values("smis_code", ignore_index=True)
    return CoverageSchools(frame, pd.DataFrame())


def criteria(*levels):
    reaches = (Reach(STRAIGHT_KM, 3.0, True),)
    return CoverageCriteria(levels or (PRIMARY,), reaches, LIMITS)


def fabric_of(land, points=None, zones=None, counted=None, sites=None):
    return make_fabric(
        land if land is not None else subdistricts(),
        points if points is not None else villages(),
        zones if zones is not None else announced(),
        counted if counted is not None else areas(),
        LIMITS,
        sites or {},
    )


def zones_of(of_schools, land, points=None, zones=None, rows=None, levels=(PRIMARY,), counted=None):
    """Return (fabric, zones, problems) the way the pipeline makes them."""
    points = points if points is not None else villages()
    zones = zones if zones is not None else announced()
    rows = rows if rows is not None else listed()
    made = criteria(*levels)
    sites = school_sites(of_schools, rows, zones, made)
    fabric, found = fabric_of(land, points, zones, counted, sites)
    parted, more = make_zones(fabric, of_schools, rows, points, made)
    return fabric, parted, found + more


def km2_of(fabric, zones, level="primary"):
    """Share x area in km² by school; None is what nobody serves."""
    parts = zones.parts.iloc[zones.part]
    held = shapely.area(fabric.faces[zones.face]) / 1e6 * parts["share"].to_numpy(float)
    codes = parts["smis_code"].where(parts["smis_code"].notna(), "").to_numpy()
    of_level = (parts["education_level"] == level).to_numpy()
    sums = pd.Series(held[of_level]).groupby(codes[of_level]).sum()
    return {code or None: round(float(km2), 6) for code, km2 in sums.items()}


def kinds(problems):
    return sorted(problem.kind for problem in problems)


def said(problems, kind):
    """The one problem of a kind."""
    found = [problem for problem in problems if problem.kind == kind]
    assert len(found) == 1, kinds(problems)
    return found[0]
