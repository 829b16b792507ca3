"""What lies around a school: villages it serves, nearest schools, schools merged into it, staff."""

import functools
from dataclasses import dataclass

from gisapp.core.nearest_schools import MeasuredSchools, measured_schools, nearest_schools
from gisapp.core.profile_rows import School, SchoolTest, ServiceVillage, Staff
from gisapp.core.school_filter import total
from gisapp.store.published import as_of, read_rows
from gisapp.web.reader import Reading, settings

#: Layers whose date stands below their section.
_DATED = ("schools", "enrolment_by_grade", "buildings", "service_villages", "test_results")

#: Rows of the nearest schools.
_NEAREST = 5

#: What villages have in common: code of the subdistrict, levels they are served for, share.
Together = tuple[str | None, tuple[str, ...], float | None]


@dataclass(frozen=True)
class Surroundings:
    """What the page of a school adds to its card.

    Attributes:
        villages: (village it serves, levels for which it does so), in the order of the sheet.
        near: (school, metres in a straight line), nearest first; None where the school's own
            place may not be measured from.
        joined: Schools that are merged into it.
        staff: Who works there, as numbers; None where the round does not say.
        tests: Its results in national tests, for those who may see them.
        office_ratio: Pupils per teacher of the whole office, to compare with.
        dates: Layer -> the day its figures are of.
    """

    villages: tuple[tuple[ServiceVillage, tuple[str, ...]], ...]
    near: tuple[tuple[School, float], ...] | None
    joined: tuple[School, ...]
    staff: Staff | None
    tests: tuple[SchoolTest, ...]
    office_ratio: float | None
    dates: dict[str, str | None]

    @property
    def village_count(self) -> int:
        """Villages served; one that is shared differently by level is one village."""
        return len({_place_of(row) for row, _levels in self.villages})

    @property
    def villages_together(self) -> dict[Together, list[ServiceVillage]]:
        """Villages of one subdistrict that are served alike; paper has no room for a row each."""
        found: dict[Together, list[ServiceVillage]] = {}
        for row, levels in self.villages:
            found.setdefault((row.subdistrict_code, levels, row.share), []).append(row)
        return found


def surroundings_of(now: Reading, school: School) -> Surroundings:
    """Put together what lies around a school and who works there."""
    file, see, code = now.file, now.access.of, school.smis_code
    staff = read_rows(file, "staff", Staff, see("staff"), code)
    return Surroundings(
        villages=_by_village(
            read_rows(file, "service_villages", ServiceVillage, see("service_villages"), code)
        ),
        near=_near(now, code),
        joined=tuple(other for other in now.schools() if other.merged_into == code),
        staff=staff[0] if staff else None,
        tests=read_rows(file, "test_results", SchoolTest, see("test_results"), code),
        office_ratio=_office_ratio(now),
        dates={layer: as_of(file, layer) for layer in _DATED},
    )


def _by_village(
    rows: tuple[ServiceVillage, ...],
) -> tuple[tuple[ServiceVillage, tuple[str, ...]], ...]:
    """Name each village once, with all the levels for which the school serves that share of it."""
    found: dict[tuple[object, ...], tuple[ServiceVillage, list[str]]] = {}
    for row in rows:
        key = (*_place_of(row), row.share)
        _first, levels = found.setdefault(key, (row, []))
        if row.education_level and row.education_level not in levels:
            levels.append(row.education_level)
    return tuple((row, tuple(levels)) for row, levels in found.values())


def _place_of(row: ServiceVillage) -> tuple[object, ...]:
    """Return what tells one village from another, with or without a code."""
    return row.village_no, row.village_name, row.subdistrict_code


def _near(now: Reading, smis_code: str) -> tuple[tuple[School, float], ...] | None:
    """Return the nearest schools that teach the same levels, with the way in metres."""
    found = nearest_schools(_measured(now, settings().metric_crs), smis_code, _NEAREST)
    if found is None:
        return None
    schools = _by_code(now)
    return tuple((schools[near.smis_code], near.distance_m) for near in found)


@functools.lru_cache(maxsize=16)
def _office_ratio(now: Reading) -> float | None:
    """Return the pupils per teacher of the whole office, to compare a school with."""
    return total(now.schools()).pupils_per_teacher


@functools.lru_cache(maxsize=16)
def _by_code(now: Reading) -> dict[str, School]:
    """Return the schools of a round by code."""
    return {school.smis_code: school for school in now.schools()}


@functools.lru_cache(maxsize=16)
def _measured(now: Reading, metric_crs: str) -> MeasuredSchools:
    """Measure the schools of a round once."""
    return measured_schools(now.schools(), metric_crs)
