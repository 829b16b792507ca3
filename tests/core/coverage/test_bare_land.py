"""Land that no population area holds, where these areas alone are counted in."""

import numpy as np
import pandas as pd
import pytest
import shapely

from gisapp.core.coverage.counting.bare_land import BARE, mark_bare_land
from gisapp.core.coverage.counting.children import OWN_AREA, SUBDISTRICT, Children
from gisapp.core.coverage.criteria import CoverageLimits
from gisapp.core.coverage.land.fabric import Fabric

#: Four fields of 1 km² in a row.
FIELDS = [shapely.box(km * 1000, 0, (km + 1) * 1000, 1000) for km in range(4)]


def land(areas, subdistricts="AABB", zones=()):
    """Faces with the code of their area and subdistrict; `zones` hold these faces each."""
    held = tuple(
        tuple(row for row, faces in enumerate(zones) if face in faces) for face in range(4)
    )
    return Fabric(
        faces=np.array(FIELDS, dtype=object),
        subdistrict=np.array([code.strip() for code in subdistricts], dtype=object),
        village=np.full(4, "", dtype=object),
        population_area=np.array([code.strip() for code in areas], dtype=object),
        announced={"primary": held} if zones else {},
        on_one_point={},
        announced_rows=pd.DataFrame({"smis_code": [str(row) for row in range(len(zones))]}),
    )


def children(kind=OWN_AREA):
    return Children(
        code=np.array(["1"], dtype=object),
        kind=np.array([kind], dtype=object),
        counts=np.ones((1, 18, 3)),
        unplaced=np.zeros((18, 3)),
        method=np.array(["registered"], dtype=object),
        years_aged=np.zeros(1),
        sources=(),
    )


def bare(fabric, kind=OWN_AREA, **limits):
    """Faces of unknown people, the children, and what is told."""
    (marked, counted), problems = mark_bare_land(fabric, children(kind), CoverageLimits(**limits))
    return np.flatnonzero(marked.population_area == BARE).tolist(), counted, problems


def test_areas_that_hold_all_the_land_leave_everything_as_it_is():
    faces, counted, problems = bare(land("1111"))
    assert (faces, counted.code.tolist(), problems) == ([], ["1"], [])


def test_where_children_are_counted_in_subdistricts_no_area_is_missed():
    faces, counted, problems = bare(land("11  "), kind=SUBDISTRICT)
    assert (faces, counted.code.tolist(), problems) == ([], ["1"], [])


def test_a_subdistrict_that_areas_leave_out_has_unknown_children():
    faces, counted, (problem,) = bare(land("11  "))
    assert faces == [2, 3]
    assert counted.code.tolist() == ["1", BARE]
    assert np.isnan(counted.counts[1]).all()
    assert np.isfinite(counted.counts[0]).all()
    assert counted.method.tolist() == ["registered", "unknown"]
    assert problem.kind == "population_areas_part"
    assert problem.facts == {"km2": "2.0000", "unknown": "2.0000"}
    assert problem.value == "B"


def test_a_subdistrict_that_areas_hold_half_of_is_counted_and_told():
    faces, counted, (problem,) = bare(land("111 "))
    assert (faces, counted.code.tolist()) == ([], ["1"])
    assert problem.facts == {"km2": "1.0000", "unknown": "0.0000"}


def test_the_share_that_is_enough_is_a_criterion():
    assert bare(land("111 "), least_raster_share=0.6)[0] == [3]


def test_without_subdistricts_zones_say_what_is_left_out():
    # The first zone is held by areas to two thirds, the second not at all.
    fabric = land("11  ", subdistricts="    ", zones=[{0, 1, 2}, {3}])
    assert bare(fabric)[0] == [3]


@pytest.mark.parametrize("areas", ["1   ", "    "])
def test_land_of_no_zone_and_no_subdistrict_is_told_only(areas):
    faces, _, problems = bare(land(areas, subdistricts="    "))
    assert (faces, len(problems)) == ([], 1)
