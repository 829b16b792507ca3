import pytest

from gisapp.core.units import KILOMETRES, PEOPLE, ROOMS, units_of, without_unit


@pytest.mark.parametrize(
    ("cell", "units", "number"),
    [
        ("4 ห้อง", ROOMS, "4"),
        ("12คน", PEOPLE, "12"),
        ("10 กม.", KILOMETRES, "10"),
        ("10 KM.", KILOMETRES, "10"),
        ("๔ ห้องเรียน", ROOMS, "๔"),
        ("4 คน", ROOMS, "4 คน"),
        ("ห้อง", ROOMS, "ห้อง"),
        ("", ROOMS, ""),
        (4, ROOMS, 4),
        (None, ROOMS, None),
    ],
)
def test_only_the_columns_own_unit_is_taken_away(cell, units, number):
    assert without_unit(cell, units) == number


def test_class_groups_and_rooms_count_rooms_and_the_rest_people():
    assert [units_of(name) for name in ("p1 class_groups", "actual_rooms")] == [ROOMS] * 2
    assert [units_of(name) for name in ("p1 male", "students", "teachers")] == [PEOPLE] * 3
