"""The layers of schools that are not the office's own: their places and their pupils."""

import geopandas as gpd
import pandas as pd

from gisapp.core import layers
from gisapp.core.areas import locate_register
from gisapp.core.headings import Headings
from gisapp.core.other_schools import fold_missing_places, read_other_schools, with_totals
from gisapp.core.own_schools import OwnSchools
from gisapp.core.places import Ground, place_schools
from gisapp.core.problems import Problem, ProblemList
from gisapp.core.tables import FormTable


def other_layers(
    tables: list[FormTable],
    headings: Headings,
    own: OwnSchools,
    ground: Ground,
) -> tuple[dict[str, pd.DataFrame], list[Problem]]:
    """Make the layers `other_schools` and `other_enrolment_by_grade`; none without a list.

    Args:
        tables: Tables of the form ``other_schools``, accepted keys filled in.
        headings: For names of grades.
        own: The office's own schools, and the names of its subdistricts.
        ground: The office's land.
    """
    if not tables:
        return {}, []
    found = ProblemList()
    others = found.keep(read_other_schools(tables, headings, own))
    register = found.keep(
        locate_register(others.register, ground.subdistricts, others.tables, own.areas.spellings)
    )
    places, doubts = place_schools(register, ground, others.tables)
    found += fold_missing_places(doubts)
    sums = layers.pupils_by_school(others.grades)
    sums = sums.rename(columns={"from_grade": "lowest_grade", "to_grade": "highest_grade"})
    schools = with_totals(register, sums)
    schools["location_quality"] = places["location_quality"].to_numpy()
    placed = gpd.GeoDataFrame(schools, geometry=places.geometry.to_numpy(), crs=places.crs)
    return {"other_schools": placed, "other_enrolment_by_grade": others.grades}, list(found)
