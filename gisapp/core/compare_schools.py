"""Schools of two rounds: which came, which went, and what is another than it was."""

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gisapp.core.match import name_key
from gisapp.core.place_words import SURVEYED
from gisapp.core.text import heading_key

Mask = NDArray[np.bool_]

NEW, CLOSED, MERGED, KEPT = "new", "closed", "merged", "kept"

#: Columns of the layer `schools` in which a difference is told.
COMPARED = (
    "school_name_th",
    "affiliation",
    "district",
    "subdistrict",
    "school_network",
    "size_class_4",
    "size_class_7",
    "lowest_grade",
    "highest_grade",
    "status",
    "merged_into",
)

#: Words of a status that say a school is no more. Source: domain notes C,
#: "การรวม/เลิกสถานศึกษา", and the canonical `status` of other countries.
_CLOSED_WORDS = r"เลิก|ยุบ|closed"


def lay_over(before: gpd.GeoDataFrame, after: gpd.GeoDataFrame) -> tuple[Any, Any]:
    """Give both rounds one row per school of either, sorted by code.

    Returns:
        Two frames with the same index of codes and a column `here`: False where the round does
        not have the school, all else null.
    """
    codes = pd.Index(before["smis_code"]).union(pd.Index(after["smis_code"])).dropna()
    sides = []
    for schools in (before, after):
        keyed = schools.assign(here=True).set_index("smis_code", drop=False)
        side = keyed.reindex(codes)
        side["here"] = side["here"].eq(True)
        sides.append(side)
    return sides[0], sides[1]


def fates(before: pd.DataFrame, after: pd.DataFrame) -> NDArray[np.object_]:
    """Say of each school whether it is new, closed, merged or kept.

    Merged is what a register says in `merged_into`; a school that is in the second round no
    more, or whose status newly says so, is closed. What both rounds say is no change: kept.

    Args:
        before, after: As `lay_over` returns them.
    """
    here_before, here_after = before["here"].to_numpy(), after["here"].to_numpy()
    merged = after["merged_into"].notna().where(after["here"], before["merged_into"].notna())
    merged_before = (before["merged_into"].notna() & after["here"]).to_numpy()
    closed_before, closed_after = (
        side["status"].str.contains(_CLOSED_WORDS, case=False).eq(True).to_numpy()
        for side in (before, after)
    )
    gone = here_before & ~here_after
    conditions = [
        here_after & ~here_before,
        merged.to_numpy() & ~merged_before,
        gone | (closed_after & ~closed_before),
    ]
    return np.select(conditions, [NEW, MERGED, CLOSED], default=KEPT).astype(object)


def changed_values(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """List what both rounds know of a school and state differently.

    Blanks, invisible letters and the word ``โรงเรียน`` make no new name; a value that only one
    round knows is none that has changed, but `merged_into` and `status` are, once stated.

    Args:
        before, after: As `lay_over` returns them.

    Returns:
        `smis_code`, `column` (of `COMPARED`), `value_before`, `value_after`, by code.
    """
    both = (before["here"] & after["here"]).to_numpy()
    parts = []
    for column in COMPARED:
        left, right = before[column], after[column]
        known = left.notna() & right.notna()
        if column in ("merged_into", "status"):
            known = left.notna() | right.notna()
        pick = both & known.to_numpy() & (left.fillna("") != right.fillna("")).to_numpy()
        part = pd.DataFrame(
            {
                "smis_code": before.index[pick],
                "column": column,
                "value_before": left[pick].to_numpy(),
                "value_after": right[pick].to_numpy(),
            },
            dtype="str",
        )
        key = name_key if column == "school_name_th" else heading_key
        keys = [part[side].fillna("").map(key) for side in ("value_before", "value_after")]
        parts.append(part[(keys[0] != keys[1]).to_numpy(dtype=bool)])
    listed = pd.concat(parts, ignore_index=True)
    return listed.sort_values("smis_code", kind="stable", ignore_index=True)


def moved_points(
    before: gpd.GeoDataFrame, after: gpd.GeoDataFrame, metric_crs: str, moved_m: float
) -> pd.DataFrame:
    """List the schools whose point, or the trust in it, is another one.

    A distance is measured between two surveyed points only: a stand-in point that was replaced
    is no school that has moved.

    Args:
        before, after: As `lay_over` returns them, EPSG:4326.
        metric_crs: CRS to measure in.
        moved_m: Farther than this is moved; exactly this far is not.

    Returns:
        `smis_code`, `quality_before`, `quality_after`, `lon_before`, `lat_before`,
        `lon_after`, `lat_after` (degrees), `distance_m`, `moved`; the farthest first.
    """
    left, right = before.geometry.to_crs(metric_crs), after.geometry.to_crs(metric_crs)
    surveyed = before["location_quality"].eq(SURVEYED) & after["location_quality"].eq(SURVEYED)
    distance = left.distance(right).where(surveyed)
    moved = distance > moved_m
    quality = before["location_quality"].fillna("") != after["location_quality"].fillna("")
    listed = (before["here"] & after["here"] & (moved | quality)).to_numpy()
    points = pd.DataFrame(
        {
            "smis_code": before.index[listed],
            "quality_before": before["location_quality"][listed].to_numpy(),
            "quality_after": after["location_quality"][listed].to_numpy(),
            "lon_before": before.geometry[listed].x.to_numpy(),
            "lat_before": before.geometry[listed].y.to_numpy(),
            "lon_after": after.geometry[listed].x.to_numpy(),
            "lat_after": after.geometry[listed].y.to_numpy(),
            "distance_m": distance[listed].to_numpy(),
            "moved": moved[listed].to_numpy(),
        }
    )
    return points.sort_values("distance_m", ascending=False, kind="stable", ignore_index=True)


def likely_recoded(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Propose schools that came under another code than the one that went.

    One ministry code, or one name in one subdistrict, on both sides and only once on each. A
    proposal is never acted on: both stay what they are, one gone and one new.

    Args:
        before, after: As `lay_over` returns them.

    Returns:
        `code_before`, `code_after`, `same` (``ministry_code`` or ``name_and_subdistrict``).
    """
    gone = before[before["here"] & ~after["here"]]
    come = after[after["here"] & ~before["here"]]
    pairs = []
    for same, keys_of in (
        ("ministry_code", _ministry_codes),
        ("name_and_subdistrict", _names_in_subdistricts),
    ):
        left, right = (keys_of(side).drop_duplicates(keep=False) for side in (gone, come))
        codes = pd.Series(right.index, index=right.to_numpy(), dtype="str")
        found = left.map(codes).dropna()
        pairs.append(
            pd.DataFrame({"code_before": found.index, "code_after": found.to_numpy(), "same": same})
        )
    listed = pd.concat(pairs, ignore_index=True).drop_duplicates("code_before")
    return listed.drop_duplicates("code_after").reset_index(drop=True).astype("str")


def _ministry_codes(schools: pd.DataFrame) -> pd.Series:
    return schools["ministry_code"].dropna().astype(object)


def _names_in_subdistricts(schools: pd.DataFrame) -> pd.Series:
    where = schools["subdistrict_code"].fillna(schools["subdistrict"])
    known = where.notna() & schools["school_name_th"].notna()
    names = schools["school_name_th"][known].map(name_key)
    return names.astype(object) + "\x1f" + where[known].map(heading_key).astype(object)
