"""Zones as layers: parts that tile the office, and the zone of each school."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from gisapp.core.coverage.land.fabric import Fabric
from gisapp.core.coverage.land.fabric_lines import join_faces
from gisapp.core.coverage.land.face_edges import sums_of
from gisapp.core.coverage.schools import CoverageSchools
from gisapp.core.coverage.zoning.zones import UNASSIGNED, ZONE_METHODS, Zones

_ZONE = ["education_level", "smis_code"]


def zone_layers(
    fabric: Fabric, zones: Zones, schools: CoverageSchools
) -> dict[str, gpd.GeoDataFrame]:
    """Return the layers `zone_parts` and `service_zones`; geometry in metres of the office's CRS.

    A level has one unassigned row in `zone_parts`: its `share` is the part of its area that
    nobody serves, 1 where it is all of it, so that share × area adds up to the office.
    """
    return {
        "zone_parts": _parts(fabric, zones),
        "service_zones": school_zones(fabric, zones, schools),
    }


def school_zones(fabric: Fabric, zones: Zones, schools: CoverageSchools) -> gpd.GeoDataFrame:
    """Return the zone of each school and level: `service_zones` of the dictionary."""
    served = zones.parts[zones.parts["zone_method"] != UNASSIGNED]
    order = {method: place for place, method in enumerate(ZONE_METHODS)}
    rows = served.assign(
        zone=served.groupby(_ZONE, sort=False).ngroup(), place=served["zone_method"].map(order)
    )
    zone = rows.groupby("zone", sort=True).agg(
        smis_code=("smis_code", "first"),
        education_level=("education_level", "first"),
        place=("place", "max"),
        # How many villages an announced part holds is not known, nor is the zone's number then.
        villages=("villages", lambda number: number.sum(skipna=False)),
        announced_be=("announced_be", "max"),
    )
    of_part = np.full(len(zones.parts), -1, dtype=np.int64)
    of_part[rows.index] = rows["zone"]
    geometry = _joined(fabric, zones, of_part, len(zone))
    names = schools.rows.set_index("smis_code")["school_name_th"]
    layer = pd.DataFrame(
        {
            "smis_code": zone["smis_code"],
            "school_name_th": zone["smis_code"].map(names),
            "education_level": zone["education_level"],
            "zone_method": zone["place"].map(dict(enumerate(ZONE_METHODS))),
            "villages": zone["villages"],
            "area_km2": shapely.area(geometry) / 1e6,
            "announced_be": zone["announced_be"],
        }
    )
    return gpd.GeoDataFrame(layer, geometry=geometry)


def _parts(fabric: Fabric, zones: Zones) -> gpd.GeoDataFrame:
    """One row per part; what nobody serves is one row per level."""
    parts = zones.parts
    nobodys = parts["zone_method"] == UNASSIGNED
    row = np.arange(len(parts))
    first = parts[nobodys].groupby("education_level", sort=False).head(1)
    row_of_level = dict(zip(first["education_level"], first.index, strict=True))
    row[nobodys] = parts.loc[nobodys, "education_level"].map(row_of_level)
    kept = np.unique(row)
    of_part = np.searchsorted(kept, row).astype(np.int64)
    geometry = _joined(fabric, zones, of_part, len(kept))
    area = shapely.area(geometry)
    held = shapely.area(fabric.faces)[zones.face] * parts["share"].to_numpy(float)[zones.part]
    share = sums_of(of_part[zones.part], held, len(kept))
    layer = parts.loc[kept].reset_index(drop=True)
    mean = np.divide(share, area, out=np.ones(len(kept)), where=area > 0)
    nobody = layer["zone_method"] == UNASSIGNED
    layer["share"] = layer["share"].where(~nobody, np.minimum(mean, 1))
    layer["area_km2"] = area / 1e6
    layer["part_id"] = _part_ids(layer)
    columns = ["part_id", *_ZONE, "share", "zone_method", "area_kind", "area_code"]
    columns += ["subdistrict_code", "area_km2"]
    return gpd.GeoDataFrame(layer[columns], geometry=geometry)


def _part_ids(layer: pd.DataFrame) -> "pd.Series[str]":
    """Name each part by level, area and school: the same from round to round."""
    kind, area = layer["area_kind"].fillna(UNASSIGNED), layer["area_code"].fillna("")
    school = layer["smis_code"].fillna("")
    words = layer["education_level"] + ":" + kind + ":" + area + ":" + school
    return words.str.rstrip(":")


def _joined(
    fabric: Fabric, zones: Zones, group: NDArray[np.int64], groups: int
) -> NDArray[np.object_]:
    """Union of the faces of each group of parts; parts of group -1 are left out."""
    pairs = np.unique(np.column_stack([group[zones.part], zones.face]), axis=0)
    pairs = pairs[pairs[:, 0] >= 0]
    return join_faces(fabric.faces[pairs[:, 1]], pairs[:, 0], groups)
