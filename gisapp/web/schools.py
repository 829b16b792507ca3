"""The schools as a list, and one school as a card and as a page."""

import itertools
from collections import Counter
from dataclasses import dataclass

import pandas as pd
from flask import Blueprint, render_template, request

from gisapp.core.buildings import in_use
from gisapp.core.grades import ORDER
from gisapp.core.profile_rows import Building, GradeRow, Photo, School, ServiceVillage
from gisapp.core.school_filter import total
from gisapp.errors import LayerNotFoundError
from gisapp.store.published import as_of, read_rows, read_school
from gisapp.web.maps import MapParts, school_map
from gisapp.web.pages import base_config, point_config
from gisapp.web.reader import Reading, reading, subdistrict_names
from gisapp.web.school_list import change, chips, choose, line_files, page_of, pupil_lines

blueprint = Blueprint("schools", __name__)

_CONDITIONS = ("good", "fair", "dilapidated")

#: Layers whose date stands below their section.
_DATED = ("enrolment_by_grade", "buildings", "service_villages")

#: Half the width and height of the small map, degrees: about 7 km around a school.
_AROUND_DEG = 0.062


@dataclass(frozen=True)
class Profile:
    """One school with everything that hangs on it.

    Attributes:
        school: The school.
        grades: Its grades, youngest first.
        buildings: Its structures, in the order of the sheet.
        standing: Those of them that are in use.
        conditions: (condition, structures in use) with "" for unknown, best first.
        photos: Its pictures.
        villages: Villages it serves, those of its lowest level first.
        line: (year BE, row of that round or None), old to new.
    """

    school: School
    grades: tuple[GradeRow, ...]
    buildings: tuple[Building, ...]
    standing: tuple[Building, ...]
    conditions: tuple[tuple[str, int], ...]
    photos: tuple[Photo, ...]
    villages: tuple[ServiceVillage, ...]
    line: tuple[tuple[int, School | None], ...]

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
    def other_shots(self) -> list[Photo]:
        """Pictures that belong to no building of the list."""
        known = {building.sequence for building in self.buildings}
        return [photo for photo in self.photos if photo.building_sequence not in known]

    def shots(self, sequence: int | None) -> list[Photo]:
        """Pictures of one building."""
        return [photo for photo in self.photos if photo.building_sequence == sequence]


@blueprint.get("/schools")
def index() -> str:
    """The same schools as on the map, as a table."""
    now = reading()
    choice = choose(now, request.args)
    page = page_of(choice.shown, request.args)
    return render_template(
        "schools.html",
        now=now,
        choice=choice,
        chips=chips(choice.asked),
        page=page,
        lines=pupil_lines(now, page.rows),
        rounds=len(line_files(now)),
        change=change,
        place="list",
    )


@blueprint.get("/schools/<smis_code>")
def profile(smis_code: str) -> str:
    """One school on a page of its own, ready to print."""
    now = reading()
    found = profile_of(now, smis_code)
    return render_template(
        "school.html",
        now=now,
        profile=found,
        school=found.school,
        drawing=_small_map(now, found.school),
        office_ratio=total(now.schools()).pupils_per_teacher,
        dates={layer: as_of(now.file, layer) for layer in _DATED},
        subdistricts=subdistrict_names(now),
        place="list",
    )


@blueprint.get("/schools/<smis_code>/card")
def card(smis_code: str) -> str:
    """One school as the card beside the map: a piece of HTML, asked for on click."""
    found = profile_of(reading(), smis_code)
    return render_template("card.html", profile=found, school=found.school)


def _small_map(now: Reading, school: School) -> MapParts | None:
    """Return the map around a school; None where it has no place."""
    if school.lon is None or school.lat is None:
        return None
    west, east = school.lon - _AROUND_DEG, school.lon + _AROUND_DEG
    south, north = school.lat - _AROUND_DEG, school.lat + _AROUND_DEG
    points = {**point_config(now, school.smis_code), "card": None}
    return school_map((west, south, east, north), base_config(now), points, quiet=True)


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
        villages=read_rows(
            file, "service_villages", ServiceVillage, see("service_villages"), smis_code
        ),
        line=tuple(_line(now, smis_code)),
    )


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
        try:
            row = read_school(file, smis_code, now.access.of("schools")) if file else None
        except LayerNotFoundError:
            row = None  # not founded yet, or under another code then
        if row or found:
            found.append((year, row))
    return found


def _photos_first(photos: tuple[Photo, ...], first: str | None) -> tuple[Photo, ...]:
    """Put the school's first picture in front; the others keep their order."""
    return tuple(sorted(photos, key=lambda photo: photo.photo_id != first))
