"""A round's figures: pupils, structures, staff and test results, given to their schools."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from gisapp.core.buildings import read_buildings
from gisapp.core.enrolment import EnrolmentRows, gather_enrolment, read_enrolment
from gisapp.core.enrolment_long import read_enrolment_long
from gisapp.core.headings import Headings
from gisapp.core.limits import Limits
from gisapp.core.match import SchoolKeys
from gisapp.core.national import differing_sources, part_sources, read_other_source, rooms_in_all
from gisapp.core.problems import Problem, ProblemList
from gisapp.core.pupils import give_to_schools
from gisapp.core.rounds import Round
from gisapp.core.staff import read_staff
from gisapp.core.tables import FormTable
from gisapp.core.test_results import read_test_results

#: Tables of some forms, as a round has received them.
TablesOf = Callable[..., list[FormTable]]


@dataclass(frozen=True)
class Pupils:
    """Pupils as read, before their schools are known.

    Attributes:
        enrolment: The office's own figures, or the only ones there are.
        national: The national workbook where it lies beside them.
    """

    enrolment: EnrolmentRows
    national: list[FormTable]


@dataclass(frozen=True)
class KnownSchools:
    """The schools of a round, and what is needed to find them.

    Attributes:
        register: Clean register; `table` counts `tables`, whose first are its sheets and whose
            last only filled gaps.
    """

    register: pd.DataFrame
    tables: Sequence[FormTable]
    keys: SchoolKeys
    headings: Headings
    area_code: str
    key_pattern: str


@dataclass(frozen=True)
class Figures:
    """What the sheets of a round say of its schools.

    Attributes:
        grades: School × grade, as `give_to_schools` gives them.
        other_grades: The same by the national workbook beside it; no rows without one.
        rooms: Class groups by school where a sheet states them only in all.
        buildings, staff, tests: As their readers give them.
        building_tables, staff_tables: The sheets that their `table` counts.
    """

    enrolment: EnrolmentRows
    grades: pd.DataFrame
    other_grades: pd.DataFrame
    rooms: pd.Series
    buildings: pd.DataFrame
    building_tables: list[FormTable]
    staff: pd.DataFrame
    staff_tables: list[FormTable]
    tests: pd.DataFrame

    @property
    def layers(self) -> dict[str, pd.DataFrame]:
        """Rows of the layers; one that no office needs to have is absent without rows."""
        always = {"enrolment_by_grade": self.grades, "buildings": self.buildings}
        sometimes = {
            "enrolment_other_source": self.other_grades,
            "staff": self.staff,
            "test_results": self.tests,
        }
        return {**always, **{name: rows for name, rows in sometimes.items() if len(rows)}}


def read_pupils(
    tables: TablesOf, headings: Headings, area_code: str
) -> tuple[Pupils, list[Problem]]:
    """Read the enrolment sheets of a round, the national one apart.

    Args:
        tables: The round's tables by form.
        headings: For the names of grades.
        area_code: The office's 8 digits.
    """
    found = ProblemList()
    own, national = part_sources(tables("enrolment"), tables("enrolment_long"))
    wide = found.keep(read_enrolment(own, area_code))
    long = found.keep(read_enrolment_long(tables("enrolment_long"), headings))
    return Pupils(gather_enrolment(wide, long), national), list(found)


def read_figures(
    tables: TablesOf, pupils: Pupils, known: KnownSchools, data_round: Round, limits: Limits
) -> tuple[Figures, list[Problem]]:
    """Give everything that was counted to the schools, and say where two sources differ.

    Args:
        tables: The round's tables by form.
        pupils: As `read_pupils` gives them.
        known: The schools.
        data_round: The round; the age of structures is counted in its academic year.
        limits: For the least number of examinees.
    """
    found = ProblemList()
    keys, enrolment = known.keys, pupils.enrolment
    grades = found.keep(give_to_schools(enrolment, keys, known.key_pattern))
    other, other_rows = found.keep(
        read_other_source(pupils.national, keys, known.area_code, known.key_pattern)
    )
    found += differing_sources(grades, enrolment, other, other_rows)
    year = data_round.academic_year_be
    buildings = found.keep(read_buildings(tables("buildings"), keys, year))
    staff = found.keep(read_staff(tables("staff"), keys))
    least = limits.least_examinees
    tests = found.keep(
        read_test_results(tables("test_results"), keys, known.headings, grades, least)
    )
    figures = Figures(
        enrolment=enrolment,
        grades=grades,
        other_grades=other,
        rooms=rooms_in_all(enrolment, keys),
        buildings=buildings,
        building_tables=tables("buildings"),
        staff=staff,
        staff_tables=tables("staff"),
        tests=tests,
    )
    return figures, list(found)
