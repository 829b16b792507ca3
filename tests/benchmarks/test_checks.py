"""All checks of consistency on a country, against the plain merges that an analyst would write."""

import pandas as pd
import pytest

from gisapp.core.cohorts import EarlierGrades
from gisapp.core.consistency import check_against_earlier, check_figures
from gisapp.core.enrolment import EnrolmentRows
from gisapp.core.figures import Figures, KnownSchools
from gisapp.core.headings import make_headings
from gisapp.core.limits import Limits
from gisapp.core.match import SchoolKeys
from gisapp.core.national import differing_sources
from gisapp.core.rounds import Round
from gisapp.core.staff import COLUMNS
from gisapp.core.tables import FormTable, Sheet
from tests.benchmarks.nation import SCHOOLS, make_nation

NOW, AGO = Round(2568, 1), Round(2567, 1)
#: Ten checks, their cells and limits: each may cost about one merge by text.
ALLOWED = 6.0
#: Nothing made up at random is to be reported: the checks themselves are measured.
LIMITS = Limits(cohort_pupils=100)


@pytest.fixture(scope="module")
def country():
    """Figures, schools and last year's figures; nothing is wrong in them."""
    nation = make_nation()
    codes = nation.register["smis_code"]
    frame = pd.DataFrame({"smis_code": codes}, dtype=object)
    table = FormTable("enrolment", Sheet("f.xlsx", "s", []), frame, {"smis_code": 0}, {})
    rows = pd.DataFrame({"smis_code": codes, "row": range(SCHOOLS), "table": 0})
    source = nation.grades["smis_code"].map(dict(zip(codes, range(SCHOOLS), strict=True)))
    grades = nation.grades.assign(source=source, source_file="f.xlsx")
    staff = pd.DataFrame(3.0, index=range(SCHOOLS), columns=[*COLUMNS])
    staff = staff.astype({"smis_code": object}).assign(smis_code=codes, table=0, row=0)
    register = nation.register.assign(
        lowest_grade="k1", highest_grade="m3", founded_on="1950-05-16"
    )
    known = KnownSchools(
        register, [table], SchoolKeys.of(register), make_headings({}), "10000000", r"\d{8}"
    )
    figures = Figures(
        enrolment=EnrolmentRows(rows, pd.DataFrame(), (table,)),
        grades=grades[grades["students"] > 0],
        other_grades=grades,
        rooms=pd.Series(dtype="float64"),
        buildings=nation.buildings.assign(table=0, row=0, sequence=range(len(nation.buildings))),
        building_tables=[table],
        staff=staff,
        staff_tables=[table],
        tests=pd.DataFrame(),
    )
    return figures, known, [EarlierGrades(AGO, make_nation(67).grades, AGO.cut_off)]


def test_30000_schools_are_checked_in_the_time_of_some_merges(race, country):
    figures, known, earlier = country

    def ours():
        found = check_figures(figures, known, NOW, LIMITS)
        found += check_against_earlier(figures, NOW, earlier, LIMITS)
        grades, rows = figures.grades, figures.enrolment
        return found + differing_sources(grades, rows, figures.other_grades, rows)

    def theirs():
        keys = ["smis_code", "grade"]
        beside = figures.grades.merge(figures.other_grades, on=keys, how="outer")
        return beside, figures.grades.merge(earlier[0].grades, on=keys, how="outer")

    assert [p for p in ours() if p.kind not in ("level_empty", "rooms_exceed_pupils")] == []
    assert len(theirs()[0]) == 12 * SCHOOLS
    ratio = race(
        "30,000 schools × 12 grades and 100,000 buildings checked",
        ("gisapp", ours),
        ("two pandas merges", theirs),
        rounds=3,
    )
    assert ratio <= ALLOWED
