"""One school with everything that hangs on it, as its card and its page show it."""

import itertools
from collections import Counter
from dataclasses import dataclass

import pandas as pd

from gisapp.core.buildings import in_use
from gisapp.core.grades import ORDER
from gisapp.core.problems import BLOCK, NOTE, WARN
from gisapp.core.profile_rows import Building, GradeRow, Photo, School
from gisapp.core.rounds import Round
from gisapp.core.school_filter import traits_of
from gisapp.core.school_history import Change, changes_of, levels_in
from gisapp.errors import LayerNotFoundError
from gisapp.store.photos import published_photos
from gisapp.store.published import layer_file, read_rows, read_school
from gisapp.web.choosing.choice import change, line_files
from gisapp.web.desk.board import left_for_school
from gisapp.web.reader import Reading, settings

_CONDITIONS = ("good", "fair", "dilapidated")

#: The four sides of a building that are asked for, in the order of the form.
_SIDES = ("front", "back", "left", "right")


@dataclass(frozen=True)
class Profile:
    """One school with everything that hangs on it.

    Attributes:
        school: The school.
        grades: Its grades, youngest first.
        buildings: Its structures, in the order of the sheet.
        standing: Those of them that are in use.
        conditions: (condition, structures in use) with "" for unknown, best first.
        photos: Its pictures, the school's first one in front.
        pictured: Whether the round shows this reader a picture of any school.
        line: (year BE, row of that round or None), old to new.
        into: The school that it is merged into, where the round has it.
        problems: (severity, problems that it has still to mend), worst first; for the office only.
    """

    school: School
    grades: tuple[GradeRow, ...]
    buildings: tuple[Building, ...]
    standing: tuple[Building, ...]
    conditions: tuple[tuple[str, int], ...]
    photos: tuple[Photo, ...]
    pictured: bool
    line: tuple[tuple[int, School | None], ...]
    into: School | None
    problems: tuple[tuple[str, int], ...]

    @property
    def pupils_line(self) -> list[tuple[int, int | None]]:
        """Pupils by year."""
        return [(year, row.students if row else None) for year, row in self.line]

    @property
    def pupils_change(self) -> float | None:
        """Change of pupils over the line, 0.1 is a tenth more."""
        return change([value for _year, value in self.pupils_line])

    @property
    def pupils_difference(self) -> int | None:
        """Pupils now minus pupils in the first known round."""
        known = [value for _year, value in self.pupils_line if value is not None]
        return (
            known[-1] - known[0] if len(known) > 1 and self.pupils_line[-1][1] is not None else None
        )

    @property
    def levels(self) -> tuple[str, ...]:
        """Levels with pupils in any round of the line, youngest first."""
        return levels_in(self.line)

    @property
    def changes(self) -> tuple[Change, ...]:
        """What else changed over the line."""
        return changes_of(self.line)

    @property
    def special(self) -> tuple[str, ...]:
        """Projects and kinds that the school belongs to; place and size are told elsewhere."""
        told = ("highland", "island", "standin")
        return tuple(trait for trait in traits_of(self.school) if trait not in told)

    @property
    def sides(self) -> tuple[str, ...]:
        """The sides of a building that a picture is asked for."""
        return _SIDES

    @property
    def shown_buildings(self) -> tuple[Building, ...]:
        """Structures with a picture at least."""
        return tuple(row for row in self.buildings if self.shots(row.sequence))

    @property
    def missing_shots(self) -> int:
        """Sides without a picture, of the structures that have one."""
        return sum(
            len(set(_SIDES) - {photo.photo_slot for photo in self.shots(row.sequence)})
            for row in self.shown_buildings
        )

    @property
    def other_shots(self) -> list[Photo]:
        """Pictures that belong to no building of the list."""
        known = {building.sequence for building in self.buildings}
        return [photo for photo in self.photos if photo.building_sequence not in known]

    def shots(self, sequence: int | None) -> list[Photo]:
        """Pictures of one building."""
        return [photo for photo in self.photos if photo.building_sequence == sequence]


def profile_of(now: Reading, smis_code: str) -> Profile:
    """Put together what the layers say about one school.

    Raises:
        LayerNotFoundError: No school of this round has the code.
    """
    file, see = now.file, now.access.of
    school = read_school(file, smis_code, see("schools"))
    grades = read_rows(file, "enrolment_by_grade", GradeRow, see("enrolment_by_grade"), smis_code)
    buildings = read_rows(file, "buildings", Building, see("buildings"), smis_code)
    in_sheet = tuple(sorted(buildings, key=lambda row: row.sequence or 0))
    statuses = pd.DataFrame(
        {"use_status": [building.use_status for building in in_sheet]}, dtype=object
    )
    standing = tuple(itertools.compress(in_sheet, in_use(statuses)))
    counted = Counter(building.condition or "" for building in standing)
    return Profile(
        school=school,
        grades=_grades_taught(school, grades),
        buildings=in_sheet,
        standing=standing,
        conditions=tuple((name, counted[name]) for name in (*_CONDITIONS, "") if counted[name]),
        photos=_photos_first(
            read_rows(file, "photos", Photo, see("photos"), smis_code), school.photo_id
        ),
        pictured="photo_id" in see("photos") and bool(published_photos(file)),
        line=tuple(_line(now, smis_code)),
        into=_school_or_none(now, school.merged_into),
        problems=_problems(now, smis_code),
    )


def rounds_with(now: Reading, smis_code: str) -> tuple[Round, ...]:
    """Return the published rounds that have a school of a code, newest first."""
    return tuple(
        built
        for built in reversed(now.rounds)
        if _school_or_none(
            Reading(built, now.rounds, layer_file(settings(), built.name), now.access), smis_code
        )
    )


def _problems(now: Reading, smis_code: str) -> tuple[tuple[str, int], ...]:
    """Count by severity what the desk still holds against a school."""
    left = Counter(item.row.severity for item in left_for_school(now.round, now.access, smis_code))
    return tuple((severity, left[severity]) for severity in (BLOCK, WARN, NOTE) if left[severity])


def _school_or_none(now: Reading, smis_code: str | None) -> School | None:
    """Return a school of the round; None where the round has no such school."""
    try:
        return read_school(now.file, smis_code, now.access.of("schools")) if smis_code else None
    except LayerNotFoundError:
        return None


def _grades_taught(school: School, rows: tuple[GradeRow, ...]) -> tuple[GradeRow, ...]:
    """Keep grades with pupils, and those between the lowest and the highest on offer."""
    lowest = ORDER.get(school.lowest_grade or "", len(ORDER))
    highest = ORDER.get(school.highest_grade or "", -1)
    kept = [row for row in rows if row.students or lowest <= ORDER.get(row.grade, -1) <= highest]
    return tuple(sorted(kept, key=lambda row: ORDER.get(row.grade, len(ORDER))))


def _line(now: Reading, smis_code: str) -> list[tuple[int, School | None]]:
    """Return the school in this and up to four earlier rounds of the same season."""
    found: list[tuple[int, School | None]] = []
    for year, file in line_files(now):
        # A round without it: not founded yet, or under another code then.
        row = None
        if file:
            row = _school_or_none(Reading(now.round, now.rounds, file, now.access), smis_code)
        if row or found:
            found.append((year, row))
    return found


def _photos_first(photos: tuple[Photo, ...], first: str | None) -> tuple[Photo, ...]:
    """Put the school's first picture in front; the others keep their order."""
    return tuple(sorted(photos, key=lambda photo: photo.photo_id != first))
