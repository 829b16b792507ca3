"""Children who are counted by village belong to the schools that list it, whatever its land."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings

from gisapp.core.coverage.counting.children import AGES, SUBDISTRICT, VILLAGE, Children
from gisapp.core.coverage.reckoning.figures import coverage_layers
from gisapp.core.coverage.reckoning.plots import plots_of
from gisapp.core.coverage.reckoning.units import network_units, zone_units
from gisapp.core.coverage.spreading.spread import Ground, spread_children
from gisapp.core.coverage.zoning.zone_sources import listed_villages
from gisapp.core.grids import Grid
from tests.core.coverage import chequer
from tests.core.coverage.test_zone_laws import LAWFUL, made_of, offices
from tests.core.coverage.zone_land import (
    LIMITS,
    LOWER,
    PRE_PRIMARY,
    PRIMARY,
    UTM,
    announced,
    box,
    km2_of,
    listed,
    subdistricts,
    villages,
    zones_of,
)

SQUARE = subdistricts(a=box(0, 0, 2, 2))
WHO = chequer.schools(
    chequer.school("1", 0.5, 1, school_network="ก"), chequer.school("2", 1.5, 1, school_network="ข")
)
#: a1 and a2 have points, a3 has none: all of the land is shared by number.
POINTS = villages(("a1", "a", (0.5, 1)), ("a2", "a", (1.5, 1)), ("a3", "a", None))


def counted(kind=VILLAGE, **areas):
    """Children of age 6."""
    counts = np.zeros((len(areas), AGES, 3))
    for row, code in enumerate(areas):
        counts[row, 6] = areas[code] / 2, areas[code] / 2, areas[code]
    words = (np.full(len(areas), word, dtype=object) for word in (kind, "registered"))
    return Children(
        np.array(list(areas), dtype=object),
        next(words),
        counts,
        np.zeros((AGES, 3)),
        next(words),
        np.zeros(len(areas)),
        (),
    )


def asked(fabric, zones, people, who, points):
    """Everything of an office whose children live at their villages' points."""
    at = zip(points["village_code"], points.geometry, strict=True)
    ground = Ground(
        fabric=fabric,
        grid=Grid.over(tuple(shapely.total_bounds(fabric.faces)), 500.0),
        crs=UTM,
        water=shapely.Polygon(),
        village_points={code: (point.x, point.y) for code, point in at if point is not None},
        subdistrict_of_village=dict(
            zip(points["village_code"], points["subdistrict_code"], strict=True)
        ),
    )
    spread, _ = spread_children(people, ground, None, LIMITS)
    return chequer.inputs(fabric, people, who, zones, spread=spread)


def layers_of(people, rows, points=POINTS, **more):
    fabric, zones, _ = zones_of(WHO, SQUARE, points, rows=rows, **more)
    return coverage_layers(asked(fabric, zones, people, WHO, points))


def people_of(layer, unit="smis_code"):
    rows = layer[(layer["reach_value"] == 1.0) & (layer["affiliations"] == "own")]
    codes = [None if code is None or code != code else code for code in rows[unit]]
    return dict(zip(codes, rows["population"], strict=True))


def test_villages_keep_their_children_where_their_land_is_shared_by_number():
    rows = listed(("1", "a1", None), ("2", "a2", None), ("1", "a3", 0.25), ("2", "a3", 0.75))
    layers = layers_of(counted(a1=10, a2=20, a3=60), rows)
    assert people_of(layers["zone_coverage"]) == {"1": 10 + 15, "2": 20 + 45, None: 0}
    assert people_of(layers["network_coverage"], "school_network") == {"ก": 25, "ข": 65}
    by_age = layers["zone_children"]
    of_six = by_age[by_age["age"] == 6].set_index("smis_code")
    assert of_six["persons"].tolist() == [25, 65, 0]
    assert of_six["female"].tolist() == [12.5, 32.5, 0]
    method = layers["zone_coverage"].groupby("smis_code")["zone_method"].first()
    assert method.tolist() == ["tambon_dissolve", "tambon_dissolve"]


def test_a_village_on_shared_land_that_nobody_lists_is_nobodys():
    rows = listed(("1", "a1", None), ("2", "a3", None))
    found = layers_of(counted(a1=10, a2=20, a3=60), rows)["zone_coverage"]
    assert people_of(found) == {"1": 10, "2": 60, None: 20}


def test_children_counted_by_subdistrict_go_with_its_land():
    rows = listed(("1", "a1", None), ("2", "a2", None), ("2", "a3", None))
    found = layers_of(counted(SUBDISTRICT, a=90), rows)["zone_coverage"]
    assert people_of(found) == pytest.approx({"1": 30, "2": 60, None: 0})


def test_villages_on_one_point_share_land_but_not_children():
    points = villages(("a1", "a", (0.5, 1)), ("a2", "a", (0.5, 1)), ("a3", "a", (1.5, 1)))
    rows = listed(("1", "a1", None), ("2", "a2", None), ("2", "a3", None))
    found = layers_of(counted(a1=10, a2=20, a3=60), rows, points)["zone_coverage"]
    assert people_of(found) == {"1": 10, "2": 80, None: 0}


def test_within_an_announced_zone_children_belong_to_its_school():
    # a1 stands in the announced zone of 2, though the list gives it to 1.
    rows = listed(("1", "a1", None), ("1", "a2", None), ("1", "a3", None))
    zones = announced(("2", box(0, 0, 1, 2)))
    found = layers_of(counted(a1=10, a2=20, a3=60), rows, zones=zones)["zone_coverage"]
    assert people_of(found) == pytest.approx({"1": 20 + 30, "2": 10 + 30, None: 0})


def test_a_level_that_only_others_teach_has_its_children_in_the_unassigned_row():
    other = chequer.school("3", 1.5, 0.5, whose="other", levels=("lower_secondary",))
    who = chequer.schools(chequer.school("1", 0.5, 1), other)
    points = villages(("a1", "a", (0.5, 1)))
    fabric, zones, _ = zones_of(
        who, SQUARE, points, rows=listed(("1", "a1", None)), levels=(PRIMARY, LOWER)
    )
    people = counted(a1=10)
    people.counts[0, 12] = 3, 4, 7
    inputs = asked(fabric, zones, people, who, points)
    levels = chequer.criteria((PRIMARY, LOWER))
    layers = coverage_layers(
        chequer.inputs(fabric, people, who, zones, spread=inputs.spread, criteria=levels)
    )
    of_level = {"education_level": "lower_secondary"}
    nobodys = chequer.row(layers["zone_coverage"], smis_code=None, **of_level)
    assert nobodys[["population", "covered_population", "enrolled"]].tolist() == [7, 0, 0]
    every = chequer.row(layers["office_coverage"], affiliations="all", **of_level)
    assert every[["population", "covered_population"]].tolist() == [7, 0]
    far = chequer.row(layers["office_coverage"], affiliations="all", reach_value=2.0, **of_level)
    assert far["covered_population"] == 7
    assert km2_of(fabric, zones, "lower_secondary") == {None: 4}


def test_every_place_has_one_plot_of_its_own_face_and_area():
    rows = listed(("1", "a1", None))
    fabric, zones, _ = zones_of(WHO, SQUARE, POINTS, rows=rows)
    inputs = asked(fabric, zones, counted(a1=10, a2=20, a3=60), WHO, POINTS)
    plots = plots_of(inputs.spread, 3)
    # Two points on their own faces, and a village that lives anywhere on both.
    assert list(zip(plots.face, plots.area, strict=True)) == [(0, 0), (0, 2), (1, 1), (1, 2)]
    assert (plots.face[plots.of_place] == inputs.spread.face).all()
    assert (plots.area[plots.of_place] == inputs.spread.area).all()


def units_of(office):
    """Return (level, zones, networks) of each level of an office, and what they were made from."""
    who, fabric, zones, _ = made_of(office)
    points = villages(*office[1])
    people = counted(**{code: 10.0 + row for row, code in enumerate(points["village_code"])})
    who.rows["school_network"] = [("ก", "")[row % 2] for row in who.rows.index]
    inputs = asked(fabric, zones, people, who, points)
    made = set(zones.parts["education_level"])
    levels = [level for level in (PRE_PRIMARY, PRIMARY, LOWER) if level.education_level in made]
    by_zone = [zone_units(inputs, level.education_level) for level in levels]
    return inputs, [
        (level, of, network_units(inputs, of)) for level, of in zip(levels, by_zone, strict=True)
    ]


@LAWFUL
@given(offices())
def test_every_child_is_counted_once_at_each_level(office):
    inputs, levels = units_of(office)
    for _, zones, networks in levels:
        for units in (zones, networks):
            once = units.people.sum(axis=0)
            np.testing.assert_allclose(once, np.ones(len(inputs.plots)), rtol=0, atol=1e-12)
            assert (units.people.data >= 0).all()


@settings(LAWFUL, max_examples=60)
@given(offices())
def test_where_nothing_is_announced_each_village_goes_by_its_list(office):
    office = (*office[:4], [])
    inputs, levels = units_of(office)
    who, children = inputs.schools, inputs.children
    lives = inputs.places_by(inputs.plots.of_place, len(inputs.plots)) @ children.counts[:, 6, 2]
    count = dict(zip(children.code, children.counts[:, 6, 2], strict=True))
    rows, _ = listed_villages(listed(*office[3]), villages(*office[1]))
    for level, units, _ in levels:
        own = set(who.teaching(level.education_level, ("own",))["smis_code"])
        of_level = rows[rows["education_level"] == (level.zones_of or level.education_level)]
        wanted = dict.fromkeys([*own, None], 0.0)
        for row in of_level[of_level["smis_code"].isin(own)].itertuples():
            wanted[row.smis_code] += count.get(row.village, 0) * row.share
        wanted[None] = sum(count.values()) - sum(wanted.values())
        found = dict(zip(units.labels["smis_code"], units.people @ lives, strict=True))
        if len(of_level):
            assert {code: found.get(code, 0) for code in wanted} == pytest.approx(wanted, abs=1e-9)
