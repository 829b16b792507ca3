"""Whether a round's sheets agree with one another and with the rounds before."""

from collections.abc import Sequence

from gisapp.core.building_checks import check_buildings
from gisapp.core.cohorts import EarlierGrades, jumping_cohorts, repeated_round
from gisapp.core.figures import Figures, KnownSchools
from gisapp.core.limits import Limits
from gisapp.core.offered import levels_offered, rooms_and_pupils
from gisapp.core.plausible import too_many_pupils
from gisapp.core.problems import Problem
from gisapp.core.rounds import Round
from gisapp.core.second_source import compare_registers
from gisapp.core.staff import staff_against_pupils


def check_figures(
    figures: Figures, known: KnownSchools, data_round: Round, limits: Limits
) -> list[Problem]:
    """Compare pupils, grades, rooms, staff and structures of each school.

    Args:
        figures: What the sheets say.
        known: The schools, and what the register says of them.
        data_round: The round.
        limits: From which figure on a check speaks.
    """
    grades, enrolment = figures.grades, figures.enrolment
    students = grades.groupby("smis_code")["students"].sum(min_count=1)
    # Staff of one year and pupils of another need not agree.
    together = {table.sheet.round_name for table in (*figures.staff_tables, *enrolment.tables)}
    staffed = figures.staff if len(together) == 1 else figures.staff.iloc[:0]
    return [
        *compare_registers(known.register, known.tables, known.keys, known.headings),
        *levels_offered(known.register, known.tables, grades, enrolment),
        *rooms_and_pupils(grades, enrolment),
        *too_many_pupils(grades, enrolment, limits),
        *staff_against_pupils(staffed, figures.staff_tables, students),
        *check_buildings(
            figures.buildings,
            figures.building_tables,
            known.register,
            known.tables,
            data_round,
            limits.building_years_before_school,
        ),
    ]


def check_against_earlier(
    figures: Figures, data_round: Round, earlier: Sequence[EarlierGrades], limits: Limits
) -> list[Problem]:
    """Compare the round's own pupils with those that earlier rounds published."""
    grades, enrolment = figures.grades, figures.enrolment
    return [
        *repeated_round(grades, enrolment, earlier),
        *jumping_cohorts(grades, enrolment, data_round, earlier, limits),
    ]
