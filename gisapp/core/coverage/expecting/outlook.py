"""Expected pupils of ป.1 and ม.1 in the next years, by school and for the office."""

from collections.abc import Mapping, Sequence
from functools import partial
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gisapp.core.coverage.criteria import CoverageCriteria, LevelAges
from gisapp.core.coverage.expecting.backtest import (
    PastErrors,
    Reckoning,
    office_range,
    past_errors,
    school_range,
)
from gisapp.core.coverage.expecting.intake import Entry, Expected, expected_intake
from gisapp.core.coverage.expecting.known_years import (
    Figures,
    KnownYears,
    RoundHistory,
    children_by_age,
    children_of_all,
    known_years,
    zone_children_of,
)
from gisapp.core.coverage.expecting.progression import expected_cohorts
from gisapp.core.grades import GRADES, LOWER_SECONDARY, PRIMARY
from gisapp.core.limits import Limits
from gisapp.core.rounds import Round

__all__ = ["METHODS", "RoundHistory", "make_outlook"]

#: Words of `outlook_method`, which joins them with "+" -> what people read. ``{0}`` is the number
#: behind a colon.
METHODS = {
    "zone_intake": (
        "เด็กในเขตแต่ละรุ่น คูณอัตรารับเข้าเรียนที่ผ่านมา",
        "children of the zone times the intake ratio so far",
    ),
    "cohort_progression": (
        "นักเรียนแต่ละชั้นปัจจุบัน คูณอัตราเลื่อนชั้นที่ผ่านมา",
        "pupils in each grade now times the grade-to-grade ratios so far",
    ),
    "office_totals": (
        "คิดจากยอดรวมของสำนักงาน ไม่ใช่ผลบวกของโรงเรียน",
        "reckoned from the office's totals, not the sum of schools",
    ),
    "draws_in": (
        "รับเด็กจากเขตหรือโรงเรียนอื่นด้วย",
        "also takes children from other zones or schools",
    ),
    "range_schools": (
        "ปีที่ผ่านมา 8 ใน 10 กรณีของทุกโรงเรียนอยู่ในช่วงแบบนี้",
        "8 in 10 past cases of all schools lay within such a range",
    ),
    "range_worst": (
        "ช่วงกว้างเท่าความคลาดเคลื่อนที่มากที่สุดในการคาดย้อนหลัง {0} ปี และไม่แคบกว่าความผันผวนโดยบังเอิญ",
        "the range is as wide as the largest error in {0} past years, "
        "and no narrower than chance alone",
    ),
    "range_untested": (
        "ปีที่ผ่านมายังไม่พอให้ทดสอบ จึงไม่มีช่วง",
        "not enough past years to test, so there is no range",
    ),
    "not_born": ("รุ่นนี้ยังไม่เกิดหรือยังไม่อยู่ในทะเบียน", "this cohort is not born or registered yet"),
    "no_zone_children": ("ไม่ทราบจำนวนเด็กในเขต", "the zone's children are not known"),
    "no_cohort": ("ไม่ทราบจำนวนนักเรียนของรุ่นนี้", "the cohort's pupils are not known"),
    "no_ratio": ("ไม่มีอัตราที่ผ่านมาให้ใช้", "there is no ratio so far to use"),
    "pupils_unknown": (
        "ไม่ทราบจำนวนนักเรียนของโรงเรียนนี้",
        "this school's pupils are not known",
    ),
    "some_pupils_unknown": (
        "ไม่นับโรงเรียนที่ไม่ทราบจำนวนนักเรียน",
        "without the schools whose pupils are not known",
    ),
    "no_pupils": ("ไม่มีข้อมูลนักเรียนรอบ 1 ของปีนี้", "no pupils of this year's first round"),
}

COLUMNS = (
    "smis_code",
    "grade",
    "target_year_be",
    "years_ahead",
    "zone_children",
    "expected",
    "expected_low",
    "expected_high",
    "outlook_method",
)


def make_outlook(
    history: Sequence[RoundHistory],
    data_round: Round,
    criteria: CoverageCriteria,
    limits: Limits | None = None,
    silent: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> pd.DataFrame:
    """Return the layer `outlook` of a round: a row per school, grade and year, the office first.

    A school stands in it for each grade whose level it teaches in the year of the round. ป.1 is
    reckoned from the zone's children, ม.1 from the cohorts now in primary; the entry grades and
    ages are those of the criteria. The office is reckoned from its own totals, children without a
    zone and schools without ม.1 among them, so it is not the sum of the schools. What is not
    known is null, and `outlook_method` says why in words of METHODS.

    Args:
        history: Published rounds, in any order; of those after `data_round` nothing is used.
        data_round: The round looked ahead from.
        criteria: Official ages and how many years are looked ahead.
        limits: When a cohort jumps; None: as the package sets it.
        silent: Education level -> own schools that teach it, of which the round states no pupils.
    """
    schools, office = known_years(history, data_round)
    jumps = limits or Limits()
    tables = []
    for level in criteria.levels:
        entry = _entry(level, criteria)
        if entry is None:
            continue
        reckon: Reckoning = (
            partial(expected_intake, entry=entry)
            if level.education_level == PRIMARY
            else partial(expected_cohorts, entry=entry, limits=jumps)
        )
        cohorts = partial(_zone_cohorts, history, data_round, level.education_level, entry)
        of_office = _rows(office, cohorts(None), level, entry, reckon)
        of_schools = _rows(schools, cohorts(schools.code), level, entry, reckon)
        if silent.get(PRIMARY) or silent.get(level.education_level):
            of_office.loc[of_office["expected"].notna(), "outlook_method"] += "+some_pupils_unknown"
        others = sorted({*silent.get(level.education_level, ())} - {*of_schools["smis_code"]})
        code = np.array(others, dtype=object)
        tables += [of_office, of_schools, _unknown_rows(office, code, cohorts(code), entry)]
    if not tables:
        return pd.DataFrame({name: pd.Series(dtype=object) for name in COLUMNS})
    return pd.concat(tables, ignore_index=True)


def _entry(level: LevelAges, criteria: CoverageCriteria) -> Entry | None:
    """The grade to look ahead to; None for a level without an outlook or a grade we know."""
    stated = level.entry_grade
    code = next((grade.code for grade in GRADES if stated in (grade.label_th, grade.code)), None)
    if level.education_level not in (PRIMARY, LOWER_SECONDARY) or code is None:
        return None
    years, aged = int(criteria.limits.outlook_years), int(criteria.limits.most_years_aged)
    return Entry(code, level.entry_age, years, aged)


def _zone_cohorts(
    history: Sequence[RoundHistory],
    data_round: Round,
    education_level: str,
    entry: Entry,
    code: NDArray[np.object_] | None,
) -> Figures:
    """Children of each school's zone who reach entry age k years on; None: of the whole office."""
    year = data_round.academic_year_be
    counted = None
    for known in sorted(history, key=lambda known: known.data_round):
        if known.data_round <= data_round and known.data_round.academic_year_be == year:
            found = zone_children_of(known.zone_children, education_level)
            counted = counted if found is None else found
    ages = entry.age - np.arange(1, entry.years + 1)
    cohorts = np.full((1 if code is None else len(code), entry.years), np.nan)
    if counted is not None:
        by_age = children_of_all(counted)[None] if code is None else children_by_age(counted, code)
        cohorts[:, ages >= 0] = by_age[:, ages[ages >= 0]]
    return cohorts


def _unknown_rows(
    known: KnownYears, code: NDArray[np.object_], children: Figures, entry: Entry
) -> pd.DataFrame:
    """Rows of schools of which nobody knows how many pupils they have: nothing is expected."""
    ahead, last_be = np.arange(1, entry.years + 1), known.first_be + known.years - 1
    rows = {
        "smis_code": np.repeat(code, entry.years),
        "grade": entry.grade,
        "target_year_be": np.tile(last_be + ahead, len(code)),
        "years_ahead": np.tile(ahead, len(code)),
        "zone_children": children.ravel(),
        "outlook_method": "pupils_unknown",
    }
    return pd.DataFrame(rows).reindex(columns=list(COLUMNS)).astype({"expected": float})


def _rows(
    known: KnownYears, children: Figures, level: LevelAges, entry: Entry, reckon: Reckoning
) -> pd.DataFrame:
    """Rows of one grade: of the schools that teach its level now, or of the office."""
    is_office = known.code.tolist() == [None]
    listed = np.flatnonzero(known.teaches(level.education_level)[:, -1] | is_office)
    found = reckon(known)
    errors = past_errors(known, entry.grade, entry.years, reckon)
    pupils = found.pupils
    low, high = (office_range if is_office else school_range)(errors, pupils)
    ranges = _range_words(low, errors, is_office=is_office)
    method = _method(known, found, entry, level, ranges, is_office=is_office)
    ahead = np.arange(1, entry.years + 1)
    last_be = known.first_be + known.years - 1
    return pd.DataFrame(
        {
            "smis_code": np.repeat(known.code[listed], entry.years),
            "grade": entry.grade,
            "target_year_be": np.tile(last_be + ahead, len(listed)),
            "years_ahead": np.tile(ahead, len(listed)),
            "zone_children": children[listed].ravel(),
            "expected": pupils[listed].ravel(),
            "expected_low": low[listed].ravel(),
            "expected_high": high[listed].ravel(),
            "outlook_method": method[listed].ravel(),
        },
        columns=list(COLUMNS),
    )


def _range_words(low: Figures, errors: PastErrors, *, is_office: bool) -> NDArray[np.object_]:
    """Return [school, years ahead - 1] how each range came about, or that there is none."""
    if is_office:
        made = np.array([f"+range_worst:{years}" for years in errors.cases], dtype=object)
    else:
        made = np.full(low.shape[1], "+range_schools", dtype=object)
    return np.where(np.isnan(low), "+range_untested", made)


def _method(
    known: KnownYears,
    found: Expected,
    entry: Entry,
    level: LevelAges,
    ranges: NDArray[np.object_],
    *,
    is_office: bool,
) -> NDArray[np.object_]:
    """Return [school, years ahead - 1] how each number came about, or why there is none."""
    by_age = level.education_level == PRIMARY
    method = np.full(found.cohort.shape, "zone_intake" if by_age else "cohort_progression", object)
    if is_office:
        method += "+office_totals"
    else:
        method[found.draws] += "+draws_in"
    method += ranges
    method[np.isnan(found.ratio)] = "no_ratio"
    if by_age:
        # Children of an age are unknown because nobody counted any of the zone, or not yet born.
        uncounted = np.isnan(known.children[:, :, -1]).all(axis=1)
        method[np.isnan(found.cohort)] = "not_born"
        method[uncounted] = "no_zone_children"
    else:
        method[np.isnan(found.cohort)] = "no_cohort"
        if np.isnan(known.pupils[:, :, -1]).all():
            method[:] = "no_pupils"
    return method
