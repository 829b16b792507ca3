"""Clean tables -> the layers of the contract: one row per school with all that is known."""

import datetime
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gisapp.core.buildings import count_structures
from gisapp.core.columns import ROUND_COLUMNS, TYPES
from gisapp.core.coordinates import LONLAT
from gisapp.core.dictionary import LAYERS
from gisapp.core.grades import GRADES, LEVELS, LOWER_SECONDARY, ORDER, PRIMARY
from gisapp.core.offered import levels_between
from gisapp.core.problems import SEVERITIES, Problem
from gisapp.core.rounds import Round
from gisapp.core.sizes import FOUR_CLASSES, SCHEMES, SMALL, SizeClass, classify

Floats = NDArray[np.float64]

#: Place of a grade in the order of schooling -> place of its level in `LEVELS`.
_LEVEL_OF_GRADE = np.array([LEVELS.index(grade.education_level) for grade in GRADES])

#: Which levels are offered, as a number of binary digits -> their names.
_LEVELS_OFFERED = np.array(
    [
        ",".join(level for place, level in enumerate(LEVELS) if mask >> place & 1) or None
        for mask in range(1 << len(LEVELS))
    ],
    dtype=object,
)

#: What the office's own pages need of a round, also of one that may not be published.
DESK_LAYERS = ("schools", "problems", "corrections", "districts", "subdistricts")


def join_schools(
    register: pd.DataFrame,
    places: gpd.GeoDataFrame,
    grades: pd.DataFrame,
    buildings: pd.DataFrame,
    teachers: pd.Series,
    photos: pd.DataFrame,
    classes: Sequence[SizeClass],
    rooms: pd.Series,
) -> gpd.GeoDataFrame:
    """Join everything on `smis_code`: one row per school of the register.

    Args:
        register: Clean register.
        places: geometry and `location_quality`, index as `register`.
        grades: School × grade.
        buildings: Structures.
        teachers: Number per school.
        photos: Published photos.
        classes: Limits of the size classes.
        rooms: Class groups of schools whose sheet states them only in all.

    Returns:
        Columns of the dictionary's `schools` layer as far as they are known, EPSG:4326.
        A figure that no sheet states is null, never 0.
    """
    schools = register.drop(columns=["lat", "lon", "table", "row"], errors="ignore")
    schools = schools.set_index("smis_code", drop=False)
    schools = schools.join(pupils_by_school(grades)).join(count_structures(buildings))
    schools["class_groups"] = schools["class_groups"].fillna(rooms.reindex(schools.index))
    schools["teachers"] = teachers.reindex(schools.index)
    for scheme in SCHEMES:
        schools[scheme] = classify(schools["students"], classes, scheme)
    small = schools[FOUR_CLASSES].eq(SMALL)
    schools["small_school"] = small.astype("boolean").where(schools[FOUR_CLASSES].notna())
    schools["pupil_teacher_ratio"] = _ratio(schools["students"], schools["teachers"])
    schools["pupil_class_ratio"] = _ratio(schools["students"], schools["class_groups"])
    counted = photos.groupby("smis_code").size()
    schools["photo_count"] = counted.reindex(schools.index).fillna(0)
    first = photos.drop_duplicates("smis_code").set_index("smis_code")["photo_id"]
    schools["photo_id"] = first.reindex(schools.index)
    joined = schools.reset_index(drop=True)
    joined["location_quality"] = places["location_quality"].to_numpy()
    return gpd.GeoDataFrame(joined, geometry=places.geometry.to_numpy(), crs=LONLAT)


def pupils_by_school(grades: pd.DataFrame) -> pd.DataFrame:
    """Sums of each school over its grades, and which grades those are.

    Counted by place instead of grouped by text: a country has 360,000 rows of grades.
    """
    school, codes = pd.factorize(grades["smis_code"])
    grade, names = pd.factorize(grades["grade"])
    order = np.array([ORDER[name] for name in names], dtype=np.intp)[grade]
    level = _LEVEL_OF_GRADE[order]
    found = pd.DataFrame(index=pd.Index(codes, name="smis_code"))
    for column in ("students", "male", "female", "class_groups"):
        values = grades[column].to_numpy(dtype=np.float64, na_value=np.nan)
        found[column] = _sums(values, school, len(codes))
    students = grades["students"].to_numpy(dtype=np.float64, na_value=np.nan)
    by_level = _sums(students, school * len(LEVELS) + level, len(codes) * len(LEVELS))
    found[list(LEVELS)] = by_level.reshape(len(codes), len(LEVELS))

    rooms = grades["class_groups"].to_numpy(dtype=np.float64, na_value=np.nan)
    taught = (students > 0) | (rooms > 0)
    offered = np.zeros((len(codes), len(LEVELS)), dtype=bool)
    offered[school[taught], level[taught]] = True
    lowest = np.full(len(codes), len(GRADES))
    highest = np.full(len(codes), -1)
    np.minimum.at(lowest, school[taught], order[taught])
    np.maximum.at(highest, school[taught], order[taught])
    labels = np.array([*(grade.code for grade in GRADES), None], dtype=object)
    found["from_grade"], found["to_grade"] = labels[lowest], labels[highest]
    found["levels_offered"] = _LEVELS_OFFERED[offered @ (1 << np.arange(len(LEVELS)))]
    primary, secondary = LEVELS.index(PRIMARY), LEVELS.index(LOWER_SECONDARY)
    found["derived_expansion"] = offered[:, primary] & offered[:, secondary]
    return found


def _sums(values: Floats, group: NDArray[np.intp], groups: int) -> Floats:
    """Add up by group; NaN where a group has no known value: unknown is not 0."""
    known = ~np.isnan(values)
    total = np.bincount(group[known], weights=values[known], minlength=groups).astype(np.float64)
    total[np.bincount(group[known], minlength=groups) == 0] = np.nan
    return total


def _ratio(numerator: pd.Series, denominator: pd.Series) -> pd.Series:
    """Divide; null where either is unknown or nobody divides."""
    below = denominator.astype("Float64")
    return numerator.astype("Float64") / below.where(below > 0)


def finish_schools(schools: gpd.GeoDataFrame, problems: Sequence[Problem]) -> gpd.GeoDataFrame:
    """Fill what follows from the joined columns: grades offered, expansion, problem count.

    A school without a pupil offers what its register says that it does.
    """
    done = schools.copy()
    taught = done["from_grade"].notna()
    for column, derived in (("lowest_grade", "from_grade"), ("highest_grade", "to_grade")):
        done[column] = done[derived].where(taught, done[column])
    stated = levels_between(done["lowest_grade"], done["highest_grade"])
    done["levels_offered"] = done["levels_offered"].where(taught, stated)
    flag = done.get("expansion_school", pd.Series(None, index=done.index))
    levels = done["levels_offered"].astype("string").str.split(",")
    both = levels.map({PRIMARY, LOWER_SECONDARY}.issubset, na_action="ignore").astype("boolean")
    done["expansion_school"] = both.where(taught | flag.isna(), flag)
    counts = Counter(school for problem in problems for school in problem.schools)
    done["problem_count"] = [counts[code] for code in done["smis_code"]]
    return done


def count_by_area(
    areas: gpd.GeoDataFrame, code: str, schools: pd.DataFrame, key: str
) -> gpd.GeoDataFrame:
    """Give each area the number of its schools and pupils.

    Args:
        areas: One row per area with its `code` column.
        code: Column of `areas` that names them.
        schools: Joined schools.
        key: Column of `schools` with the same names.
    """
    grouped = schools.groupby(key)["students"]
    counted = areas.copy()
    counted["schools"] = counted[code].map(grouped.size()).fillna(0)
    counted["students"] = counted[code].map(grouped.sum(min_count=1))
    return counted


def dissolve_districts(subdistricts: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Districts as the exact union of their subdistricts."""
    columns = ["district_code", "district_th", "district_en", "geometry"]
    return subdistricts[columns].dissolve("district_code", as_index=False)


def reading_order(problems: Iterable[Problem]) -> list[Problem]:
    """Sort problems as people read them: worst first, then by file, sheet and row."""
    return sorted(
        problems,
        key=lambda p: (
            SEVERITIES.index(p.severity),
            p.file,
            p.sheet,
            p.row or 0,
            p.kind,
            p.key,
        ),
    )


def problem_rows(
    ordered: Sequence[Problem], names: Mapping[str, str], excerpts: Sequence[str]
) -> gpd.GeoDataFrame:
    """The `problems` layer.

    Args:
        ordered: What was found, in `reading_order`.
        names: School code -> name as the register writes it.
        excerpts: The sheet's own cells around each problem, as JSON text.
    """
    rows = [
        {
            "problem_id": p.problem_id,
            "fingerprint": p.fingerprint,
            "severity": p.severity,
            "kind": p.kind,
            "file": p.file,
            "sheet": p.sheet,
            "row": p.row,
            "column": p.column,
            "cell": p.cell,
            "key": p.key,
            "smis_code": p.school if p.school in names or p.names_no_school else None,
            "school_name_th": names.get(p.school),
            "value": p.value,
            "pupils": p.pupils,
            "message_th": p.message("th"),
            "message_en": p.message("en"),
            "advice_th": p.advice("th"),
            "advice_en": p.advice("en"),
            **_to_school(p),
            "proposal": _changes(p),
            "why_th": p.why("th"),
            "why_en": p.why("en"),
            "excerpt": excerpt,
            **_acknowledged(p),
        }
        for p, excerpt in zip(ordered, excerpts, strict=True)
    ]
    xy = [(np.nan, np.nan) if p.lon is None else (p.lon, p.lat) for p in ordered]
    points = gpd.points_from_xy([x for x, _ in xy], [y for _, y in xy], crs=LONLAT)
    points[[np.isnan(x) for x, _ in xy]] = None
    columns = [column.name for column in LAYERS["problems"].columns]
    return gpd.GeoDataFrame(pd.DataFrame(rows, columns=columns), geometry=points)


def _changes(problem: Problem) -> str | None:
    """JSON of our column -> [text as received, text proposed]; null without a proposal."""
    return json.dumps(problem.changes, ensure_ascii=False) if problem.proposal else None


def _to_school(problem: Problem) -> dict[str, str]:
    told = {language: problem.to_school(language) for language in ("th", "en")}
    return {
        f"school_{name}_{language}": text
        for language, texts in told.items()
        for name, text in zip(("message", "advice"), texts or (), strict=False)
    }


def _acknowledged(problem: Problem) -> dict[str, str]:
    made = problem.acknowledged
    if made is None:
        return {}
    return {
        "acknowledged_reason": made.reason,
        "acknowledged_by": made.by,
        "acknowledged_on": made.on.isoformat(),
    }


def as_published(
    frame: pd.DataFrame, layer: str, data_round: Round, as_of: datetime.date
) -> pd.DataFrame:
    """Give a table exactly the layer's columns, in their order and types.

    Unknown columns are null; "" becomes null; the round's columns stand last. Rows that state
    their own `as_of_date` keep it.
    """
    spec = LAYERS[layer]
    done = pd.DataFrame(index=range(len(frame)))
    for column in spec.columns:
        values = frame[column.name] if column.name in frame else pd.Series(None, frame.index)
        values = values.reset_index(drop=True)
        if column.kind in ("text", "date"):
            # Columns that pandas keeps as strings stay so: a country's worth is slow to unpack.
            values = values if values.dtype == "str" else values.astype(object)
            done[column.name] = values.where(values.notna() & (values != ""), None)
        else:
            done[column.name] = values.astype(TYPES[column.kind])
    stated = (data_round.academic_year_be, data_round.name, as_of.isoformat())
    for column, value in zip(ROUND_COLUMNS, stated, strict=True):
        done[column.name] = value
    if "as_of_date" in frame:
        own = frame["as_of_date"].reset_index(drop=True)
        done["as_of_date"] = own.where(own.notna(), as_of.isoformat())
    if isinstance(frame, gpd.GeoDataFrame) and spec.geometry:
        return gpd.GeoDataFrame(done, geometry=frame.geometry.to_numpy(), crs=frame.crs)
    return done
