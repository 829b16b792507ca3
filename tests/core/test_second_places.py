"""Two registers that state a school's point: compared as places, not as texts."""

import pytest

from gisapp.core.figures import KnownSchools
from gisapp.core.headings import make_headings
from gisapp.core.match import SchoolKeys
from gisapp.core.second_places import differing_places
from tests.core.land import SOUTH, WEST, degrees, ground, register_of, table_of

HEADINGS = make_headings({"grades": [], "measures": [], "register": []})
HERE = (5_000, 5_000)


def five(x_m, y_m):
    """Degrees of a place as a sheet holds them, latitude first."""
    lon, lat = degrees(x_m, y_m)
    return f"{lat:.7f}", f"{lon:.7f}"


def utm(x_m, y_m):
    return str(SOUTH + y_m), str(WEST + x_m)


def differing(first, second, accepted=()):
    register = register_of(("58010001", "จองคำ", *first)).assign(ministry_code="", percode="")
    other = register.assign(lat=second[0], lon=second[1])
    tables = [table_of(register, "office.xlsx"), table_of(other, "nation.xlsx")]
    known = KnownSchools(register, tables, SchoolKeys.of(register), HEADINGS, "58010000", r"\d{8}")
    return differing_places(known, ground(), accepted)


@pytest.mark.parametrize(
    "second",
    [
        five(*HERE),
        utm(*HERE),
        five(*HERE)[::-1],
        (", ".join(five(*HERE)), ""),
        ("", ""),
        ("ไม่ทราบ", "-"),
    ],
    ids=["the same", "metres", "crossed", "one cell", "blank", "no place"],
)
@pytest.mark.parametrize("first", [five(*HERE), utm(*HERE)], ids=["degrees", "metres"])
def test_one_place_written_in_two_ways_is_no_disagreement(first, second):
    assert differing(first, second) == []


@pytest.mark.parametrize(("away_m", "differs"), [(490, False), (510, True)])
@pytest.mark.parametrize("write", [five, utm])
def test_places_differ_beyond_the_limit_however_they_are_written(write, away_m, differs):
    problems = differing(five(*HERE), write(HERE[0] + away_m, HERE[1]))
    assert [(p.kind, p.file, p.cell, p.key) for p in problems] == (
        [("sources_disagree", "nation.xlsx", "B2", "58010001")] if differs else []
    )


def test_a_place_in_another_country_differs_and_both_are_said():
    (found,) = differing(five(*HERE), ("48.5", "2.3"))
    assert found.value == "48.5, 2.3"
    assert found.facts["registered"] == ", ".join(five(*HERE))


def test_nothing_is_asked_about_a_place_that_an_officer_has_decided():
    far = five(HERE[0] + 9_000, HERE[1])
    assert differing(five(*HERE), far)
    assert differing(five(*HERE), far, accepted={"58010001"}) == []
