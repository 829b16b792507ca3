"""What officers set about coverage: their own tables, and lines that cannot be used."""

import pytest

from gisapp.core.coverage.criteria import Reach
from gisapp.errors import TableError
from gisapp.settings import Settings
from gisapp.store.tables import read_coverage_criteria

_AGES = "education_level,first_age,last_age,entry_grade,entry_age,zones_of,source,verified\n"
_REACH = "reach_kind,reach_value,own,source,verified\n"
_LIMITS = "check,value,unit,source,verified\n"


@pytest.fixture
def settings(tmp_path):
    (tmp_path / "data" / "criteria").mkdir(parents=True)
    return Settings(office_dir=tmp_path, area_code="1", name_th="ก", name_en="a")


def write(settings, table, text):
    (settings.criteria_dir / f"{table}.csv").write_text(text, encoding="utf-8")


def test_the_tables_that_ship_state_the_official_ages_and_one_reach_of_the_office(settings):
    criteria = read_coverage_criteria(settings)
    assert [list(level.ages) for level in criteria.levels] == [
        [3, 4, 5],
        [6, 7, 8, 9, 10, 11],
        [12, 13, 14],
        [15, 16, 17],
    ]
    assert [level.entry_age for level in criteria.levels] == [3, 6, 12, 15]
    assert [reach.value for reach in criteria.reaches] == [1, 2, 3, 6]
    assert criteria.own_reach == Reach("straight_km", 3.0, is_own=True)


def test_an_office_has_its_own_ages_reaches_and_limits_in_any_order(settings):
    write(settings, "ages", _AGES + "lower_secondary,11,13,ม.1,11,,,\nprimary,5,10,ป.1,5,,,\n")
    write(settings, "reach", _REACH + "straight_km,8,,,\nstraight_km,2.5,yes,,\n")
    write(settings, "coverage", _LIMITS + "cut_off_month,9,,,\ncut_off_day,1,,,\n")
    criteria = read_coverage_criteria(settings)
    assert [level.education_level for level in criteria.levels] == ["primary", "lower_secondary"]
    assert criteria.level("primary").ages == range(5, 11)
    assert [reach.value for reach in criteria.reaches] == [2.5, 8]
    assert (criteria.limits.cut_off_month, criteria.limits.cut_off_day) == (9, 1)
    assert criteria.limits.pocket_min_children == 10


@pytest.mark.parametrize(
    ("table", "text", "said"),
    [
        ("ages", _AGES + "primary,11,6,ป.1,6,,,\n", "ages must go up"),
        ("ages", _AGES + "primary,6,18,ป.1,6,,,\n", "ages must go up"),
        ("ages", _AGES + "primary,6,11,ป.1,5,,,\n", "entry age"),
        ("ages", _AGES + "primary,6,11,ป.9,6,,,\n", "ป.9"),
        ("ages", _AGES + "primary,6,11,ม.1,6,,,\n", "ม.1"),
        ("ages", _AGES + "primary,6,11,ป.1,6,nursery,,\n", "nursery"),
        ("ages", _AGES + "primary,6,11,ป.1,6,,,\nprimary,6,11,ป.1,6,,,\n", "exactly one row"),
        ("ages", _AGES, "exactly one row"),
        ("ages", _AGES + "nursery,0,2,อ.1,0,,,\n", "line 2"),
        ("ages", _AGES + "primary,six,11,ป.1,6,,,\n", "line 2"),
        ("reach", _REACH + "straight_km,3,,,\n", "office's own"),
        ("reach", _REACH + "straight_km,3,yes,,\nstraight_km,6,yes,,\n", "office's own"),
        ("reach", _REACH + "straight_km,3,yes,,\nstraight_km,3.0,,,\n", "twice"),
        ("reach", _REACH + "straight_km,0,yes,,\n", "cannot be used"),
        ("reach", _REACH + "straight_km,nan,yes,,\n", "line 2"),
        ("reach", _REACH + "miles,3,yes,,\n", "cannot be used"),
        ("coverage", _LIMITS + "pocket_min_children,many,,,\n", "line 2"),
        ("coverage", _LIMITS + "cut_off_month,13,,,\n", "cut_off_month"),
        ("coverage", _LIMITS + "cut_off_month,0,,,\n", "cut_off_month"),
        ("coverage", _LIMITS + "cut_off_month,6.5,,,\n", "cut_off_month"),
        ("coverage", _LIMITS + "cut_off_day,32,,,\n", "cut_off_day"),
        ("coverage", _LIMITS + "cut_off_years_before,5000,,,\n", "cut_off_years_before"),
        ("coverage", _LIMITS + "pocket_rounded_to,0,,,\n", "pocket_rounded_to"),
        ("coverage", _LIMITS + "outlook_years,0,,,\n", "outlook_years"),
        ("coverage", _LIMITS + "raster_ratio,0.5,,,\n", "raster_ratio"),
        ("coverage", _LIMITS + "least_raster_share,1.1,,,\n", "least_raster_share"),
        ("coverage", _LIMITS + "most_years_aged,51,,,\n", "most_years_aged"),
        ("coverage", _LIMITS + "pocket_minimum,10,,,\n", "line 2"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused_by_its_line(settings, table, text, said):
    write(settings, table, text)
    with pytest.raises(TableError, match=said) as refused:
        read_coverage_criteria(settings)
    assert f"{table}.csv" in str(refused.value) and refused.value.th
