"""Points that carry names and no codes: matched with the register's schools, and only proposed.

Two names are one school's when their keys are equal; else when they are equal but for a remark in
brackets; else when the file cuts its names and the cut name begins only one. Where several schools
share the name, the subdistrict and district in which the point falls decide.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd

from gisapp.core.cells import read_texts
from gisapp.core.datum import Degrees, to_metres
from gisapp.core.ground import IN_DISTRICT, IN_OFFICE, Land, Places
from gisapp.core.located import locate
from gisapp.core.match import name_key, says_school
from gisapp.core.tables import FormTable

#: How two names are one: in all, but for a remark in brackets, in the beginning of a cut name.
SAME, REMARK, BEGINNING = range(3)

_REMARK = re.compile(r"\([^()]*\)?")

#: So many names of the file's greatest length show that it cuts them there.
_CUT_NAMES = 3
#: A file cuts where so many times more names end than a letter before, near its longest one.
_SPIKE, _NEAR_LONGEST = 2, 5
#: In a file that writes โรงเรียน before so many names, a name without it is no school's.
_SAYS_SCHOOL = 3
#: A name that more pairs of points and schools share says nothing.
_TOO_COMMON = 10_000


@dataclass(frozen=True)
class PointMatches:
    """Points given to schools by name.

    Attributes:
        pairs: One row per school and point that are one by name, the best point of each
            school: `school` (place in the register), `table`, `row` (of the point), `lon`,
            `lat` as read, `lat_text`, `lon_text` as they would be written, `kind` ("" degrees),
            `datum`, `zone`, `rank` of `gisapp.core.ground`, `likeness` of the names, `known` (the
            school's district is known).
        unmatched: Per table, points whose name no school has.
        undecided: Per table, points that may be several schools', or one of several points.
    """

    pairs: pd.DataFrame
    unmatched: Counter[int]
    undecided: Counter[int]


def match_points(tables: Sequence[FormTable], register: pd.DataFrame, land: Land) -> PointMatches:
    """Give points to schools by name.

    Args:
        tables: Tables of the form ``school_points``.
        register: Clean register with `subdistrict_code`, index 0 … n-1.
        land: The office's land.
    """
    points = _read_points(tables)
    names = register["school_name_th"].map(name_key)
    found = list(_same_names(points, names))
    matched = {point for point, _, _ in found}
    unmatched = Counter(
        int(points["table"].iloc[p]) for p in range(len(points)) if p not in matched
    )
    pairs = _located(points, register, found, land)
    best = _best(pairs)
    lost = matched - set(best["point"])
    # A point that was read, of a school that another point of the file suits better, is no doubt.
    settled = set(pairs.loc[pairs["school"].isin(best["school"]), "point"])
    undecided = Counter(int(points["table"].iloc[p]) for p in lost - settled)
    return PointMatches(best.drop(columns="point"), unmatched, undecided)


def _read_points(tables: Sequence[FormTable]) -> pd.DataFrame:
    parts = []
    for place, table in enumerate(tables):
        frame = table.frame
        part = pd.DataFrame(
            {
                "name": read_texts(frame["school_name_th"]),
                "lat": read_texts(frame["lat"]),
                "lon": read_texts(frame["lon"]),
            }
        )
        cut = part["name"].str.len() >= _cut_length(Counter(part["name"].str.len()))
        # Among landmarks a temple has the name of the school beside it, but for this word.
        word = part["name"].map(says_school).astype(bool)
        school = word | (word.sum() < _SAYS_SCHOOL)
        keys = part["name"].map(name_key).where(school, "")
        parts.append(part.assign(key=keys, cut=cut, table=place, row=frame.index))
    columns = ["name", "lat", "lon", "key", "cut", "table", "row"]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)


def _cut_length(names: Counter[int]) -> float:
    """Length at which a file cuts its names; infinite where it does not."""
    longest = max(names, default=0)
    spikes = (
        length
        for length in range(max(longest - _NEAR_LONGEST, 1), longest + 1)
        if names[length] >= _CUT_NAMES and names[length] > _SPIKE * names[length - 1]
    )
    return next(spikes, np.inf)


def _same_names(points: pd.DataFrame, names: pd.Series) -> Iterator[tuple[int, int, int]]:
    """(place of a point, place of a school, likeness of their names)."""
    whole: dict[str, list[int]] = {}
    bare: dict[str, list[int]] = {}
    for school, name in enumerate(names):
        whole.setdefault(name, []).append(school)
        bare.setdefault(_REMARK.sub("", name), []).append(school)
    written = Counter(points["key"])
    ordered = sorted(whole)
    for point, (key, cut) in enumerate(zip(points["key"], points["cut"], strict=True)):
        if not key:
            continue
        named, likeness = whole.get(key, []), SAME
        if not named:
            named, likeness = bare.get(_REMARK.sub("", key), []), REMARK
        if not named and cut:
            named, likeness = _beginning(key, ordered, whole), BEGINNING
        if len(named) * written[key] <= _TOO_COMMON:
            yield from ((point, school, likeness) for school in named)


def _beginning(key: str, ordered: list[str], schools: dict[str, list[int]]) -> list[int]:
    found: list[int] = []
    for place in range(bisect_left(ordered, key), len(ordered)):
        if not ordered[place].startswith(key):
            break
        found += schools[ordered[place]]
    # A beginning that several names share says nothing.
    return found if len({*found}) == 1 else []


def _located(
    points: pd.DataFrame, register: pd.DataFrame, found: list[tuple[int, int, int]], land: Land
) -> pd.DataFrame:
    """Read each point as the place of each school that it may be."""
    point = np.array([p for p, _, _ in found], dtype=np.intp)
    school = np.array([s for _, s, _ in found], dtype=np.intp)
    rows = points.iloc[point].reset_index(drop=True)
    meant = register.iloc[school].reset_index(drop=True)
    meant = meant.assign(lat=rows["lat"], lon=rows["lon"], table=rows["table"].astype(np.intp))
    read = locate(meant, land, frozenset())
    plain = read.plain
    lon = np.where(plain, read.lon, read.likely.lon)
    lat = np.where(plain, read.lat, read.likely.lat)
    return pd.DataFrame(
        {
            "point": point,
            "school": school,
            "table": rows["table"],
            "row": rows["row"],
            "lon": lon,
            "lat": lat,
            "lon_text": _texts(rows["lon"], lon, plain),
            "lat_text": _texts(rows["lat"], lat, plain),
            "kind": read.kind,
            "datum": read.likely.datum,
            "zone": read.likely.zone,
            "rank": np.where(plain, read.standing.rank, read.likely.rank),
            "likeness": [likeness for _, _, likeness in found],
            "known": read.registered.district != "",
        }
    )


def _texts(written: pd.Series, degrees: Degrees, plain: "np.typing.NDArray[np.bool_]") -> list[str]:
    """Plain degrees as they are written; what another reading gives, to 0.1 m."""
    shown = [f"{value:.6f}" for value in degrees]
    return [w if p else s for w, s, p in zip(written, shown, plain, strict=True)]


def _best(pairs: pd.DataFrame) -> pd.DataFrame:
    """The one school of each point, and the one point of each school; ties settle nothing."""
    read = pairs[np.isfinite(pairs["lon"].to_numpy(dtype=np.float64))]
    score = read["rank"] * (BEGINNING + 1) + read["likeness"]
    for one in ("point", "school"):
        read = read[
            score.loc[read.index] == score.loc[read.index].groupby(read[one]).transform("min")
        ]
        read = read[~read.duplicated([one, "lon", "lat", "school"])]
        read = read[~read[one].duplicated(keep=False)]
    return read.sort_values("school", kind="stable", ignore_index=True)


def distances_m(pairs: pd.DataFrame, places: gpd.GeoDataFrame, land: Land) -> Degrees:
    """Metres between each matched point and the point that its school has; NaN without one."""
    crs = land.ground.metric_crs
    own = places.geometry.iloc[pairs["school"].to_numpy(dtype=np.intp)]
    there = to_metres(own.x.to_numpy(), own.y.to_numpy(), crs)
    here = to_metres(pairs["lon"].to_numpy(), pairs["lat"].to_numpy(), crs)
    return np.hypot(here[0] - there[0], here[1] - there[1])


def believable(pairs: pd.DataFrame) -> "np.typing.NDArray[np.bool_]":
    """Tell which points fall in their school's district; in the office where that is unknown."""
    rank = pairs["rank"].to_numpy()
    limit: Places = np.where(pairs["known"].to_numpy(dtype=bool), IN_DISTRICT, IN_OFFICE)
    return np.asarray(rank <= limit, dtype=bool)
