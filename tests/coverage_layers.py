"""Coverage of the office of the web tests as a build would publish it, each figure set by hand.

Primary, three zones of 19.0–19.1 N: west (98.0–98.1 E), middle (98.1–98.15) whose school is named
by code, and land of no school (98.15–98.2). Lower secondary: the west alone.
"""

import geopandas as gpd
import numpy as np
import shapely

from tests.web.conftest import EVIL, EVIL_CODE

WEST, MIDDLE = "99020001", EVIL_CODE
WEST_NAME = "บ้านห้วยเมฆ"
REACHES = (1.0, 2.0, 3.0, 6.0)

#: Zone -> children, and share within reach at 1, 2, 3, 6 km with the office's own schools; None:
#: nobody knows, and between which shares it lies.
CHILDREN = {WEST: 200.0, MIDDLE: 40.0, None: 10.0}
WITHIN = {
    WEST: (0.1, 0.45, 0.75, 0.96),
    MIDDLE: (None, None, 0.5, 1.0),
    None: (0.0, 0.0, 0.2, 0.6),
}
AT_LEAST, AT_MOST = 0.25, 0.75
ENROLLED = {WEST: 210, MIDDLE: 20, None: 0}

_AREAS = {
    WEST: shapely.box(98.0, 19.0, 98.1, 19.1),
    MIDDLE: shapely.box(98.1, 19.0, 98.15, 19.1),
    None: shapely.box(98.15, 19.0, 98.2, 19.1),
}
_ROUND = {"academic_year_be": 2568, "data_round": "2568-1", "as_of_date": "2025-06-10"}


def question(level, reach, affiliations):
    """The columns that say what a row answers."""
    return {
        "education_level": level,
        "reach_kind": "straight_km",
        "reach_value": reach,
        "affiliations": affiliations,
        "population_method": "village",
    }


def figures(children, covered, enrolled):
    """The figures of a unit; `covered` None: nobody knows."""
    known = covered is not None
    return {
        "population": children,
        "covered_population": covered if known else np.nan,
        "coverage_rate": covered / children if known else np.nan,
        "uncovered_population": children - covered if known else np.nan,
        "covered_at_least": covered if known else children * AT_LEAST,
        "covered_at_most": covered if known else children * AT_MOST,
        "unlocated_schools": 0 if known else 1,
        "unplaced_population": 0.0,
        "edge_population": 0.0,
        "enrolled": enrolled,
        "enrolled_at_least": enrolled,
        "schools_without_pupils": 0,
        "gross_enrolment_ratio": 100 * enrolled / children,
        "entry_grade": "ป.1",
        "entry_population": children / 6,
        "entry_enrolled": enrolled // 6,
        "gross_intake_ratio": 100 * (enrolled // 6) / (children / 6),
    }


def covered_of(zone, place, affiliations):
    """Children within reach in a zone; other affiliations bring a tenth of all at most."""
    share = WITHIN[zone][place]
    if affiliations == "all":
        share = min((share or 0) + 0.1, 1.0)
    return None if share is None else CHILDREN[zone] * share


def write_others(path):
    """Put a school of another affiliation into a published round, beside its coverage."""
    others = gpd.GeoDataFrame(
        {"smis_code": ["99029901"], "school_name_th": ["เอกชน"], "levels_offered": ["primary"]},
        geometry=[shapely.Point(98.12, 19.05)],
        crs="EPSG:4326",
    )
    others.to_file(path, layer="other_schools", driver="GPKG", mode="a")


def write_coverage(path):
    """Put layers of coverage into a published round."""
    zones, whole, pockets = [], [], []
    names = {WEST: WEST_NAME, MIDDLE: EVIL, None: None}
    for level, shown in (("primary", tuple(CHILDREN)), ("lower_secondary", (WEST,))):
        for affiliations in ("own", "all"):
            for place, reach in enumerate(REACHES):
                asked, parts = question(level, reach, affiliations), []
                for zone in shown:
                    covered = covered_of(zone, place, affiliations)
                    parts.append(covered)
                    zones.append(
                        {
                            "smis_code": zone,
                            "school_name_th": names[zone],
                            "zone_method": "village_voronoi" if zone else "unassigned",
                            **asked,
                            **figures(CHILDREN[zone], covered, ENROLLED[zone]),
                            "geometry": _AREAS[zone],
                        }
                    )
                children = sum(CHILDREN[zone] for zone in shown)
                sums = None if None in parts else sum(parts)
                enrolled = sum(ENROLLED[zone] for zone in shown)
                outline = shapely.union_all([_AREAS[zone] for zone in shown])
                whole.append({**asked, **figures(children, sums, enrolled), "geometry": outline})
                if level == "primary":
                    pockets += _pockets(asked, place)
    service = [
        {"smis_code": zone, "school_name_th": names[zone], "education_level": level,
         "zone_method": "village_voronoi", "villages": 3, "area_km2": 100.0, "announced_be": 2566,
         "geometry": _AREAS[zone]}
        for level, zone in (("primary", WEST), ("primary", MIDDLE), ("lower_secondary", WEST))
    ]  # fmt: skip
    write_layer(path, "zone_coverage", zones)
    write_layer(path, "office_coverage", [{"area_code": "99020000", **row} for row in whole])
    district = {"district_code": "9902", "district_th": "ดอยเมฆ"}
    write_layer(path, "district_coverage", [{**district, **row} for row in whole])
    write_layer(path, "uncovered_pockets", pockets)
    write_layer(path, "service_zones", service)


def write_layer(path, name, rows):
    """Write a layer of multipolygons in degrees."""
    frame = gpd.GeoDataFrame([{**row, **_ROUND} for row in rows], crs="EPSG:4326")
    frame.geometry = [shapely.multipolygons([shape]) for shape in frame.geometry]
    if name == "uncovered_pockets":
        frame["children_rounded"] = frame["children_rounded"].astype("Int64")
    frame.to_file(path, layer=name, driver="GPKG", mode="a")


def _pockets(asked, place):
    """Two pockets that everybody sees and one of too few children; from 3 km on only the first."""
    places = [(98.02, 19.02, 62.0, 60), (98.11, 19.06, 20.0, 20), (98.16, 19.02, 4.0, None)]
    return [
        {
            "pocket_no": number,
            **{name: asked[name] for name in asked if name != "population_method"},
            "children": children,
            "children_rounded": rounded,
            "subdistrict_code": "990201",
            "subdistrict_th": "ห้วยเมฆ",
            "subdistricts": (4, 2, 1)[number - 1],
            "nearest_smis_code": WEST,
            "nearest_school_th": WEST_NAME,
            "nearest_km": 4.5,
            "villages": "บ้านไกล",
            "area_km2": 1.0,
            "geometry": shapely.box(lon, lat, lon + 0.02, lat + 0.01),
        }
        for number, (lon, lat, children, rounded) in enumerate(places[: 1 if place > 1 else 3], 1)
    ]
