"""What holds for fabric and zones of any office: nothing is left out, nothing counted twice."""

import numpy as np
import pandas as pd
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from shapely.affinity import rotate

from gisapp.core.coverage.land.face_edges import face_edges, is_narrow
from gisapp.core.coverage.schools import OTHER_SCHOOL, OWN_SCHOOL
from gisapp.core.coverage.zoning.zone_layers import zone_layers
from tests.core.coverage.zone_land import (
    KM,
    LOWER,
    PRE_PRIMARY,
    PRIMARY,
    announced,
    areas,
    box,
    fabric_of,
    listed,
    school,
    schools,
    subdistricts,
    villages,
    zones_of,
)

LAWFUL = settings(max_examples=25, deadline=None, derandomize=True)
LEVELS = (PRE_PRIMARY, PRIMARY, LOWER)

#: Places on land of 4 x 2 km, at whole tens of metres.
places = st.tuples(
    st.integers(0, 400).map(lambda x: x / 100), st.integers(0, 200).map(lambda y: y / 100)
)
homes = st.sampled_from(["a", "b"])
shares = st.sampled_from([None, None, 0.0, 0.25, 0.5, 1.0])


def squares(codes):
    """Polygons of any size and place, some beyond the border."""
    return st.lists(
        st.tuples(codes, places, places).filter(
            lambda made: abs(made[1][0] - made[2][0]) > 0.05 and abs(made[1][1] - made[2][1]) > 0.05
        ),
        max_size=4,
    )


@st.composite
def offices(draw):
    """Two subdistricts whose border is any line, villages, schools, a list, announced zones."""
    slant = draw(st.tuples(st.integers(100, 300), st.integers(100, 300)))
    foot, top = slant[0] / 100, slant[1] / 100
    west = shapely.Polygon([(0, 0), (foot * KM, 0), (top * KM, 2 * KM), (0, 2 * KM)])
    east = shapely.Polygon([(foot * KM, 0), (4 * KM, 0), (4 * KM, 2 * KM), (top * KM, 2 * KM)])
    points = draw(st.lists(st.tuples(homes, st.one_of(places, places, st.none())), max_size=7))
    points = [(f"{home}{row}", home, at) for row, (home, at) in enumerate(points)]
    some = st.lists(st.sampled_from(["pre_primary", "primary", "lower_secondary"]), unique=True)
    taught = draw(
        st.lists(
            st.tuples(
                st.one_of(places, places, st.none()),
                some,
                st.sampled_from([OWN_SCHOOL, OWN_SCHOOL, OTHER_SCHOOL]),
                homes,
            ),
            min_size=1,
            max_size=4,
        )
    )
    taught = [school(str(row), *rest) for row, rest in enumerate(taught)]
    served = st.tuples(
        st.sampled_from(["0", "1", "2", "9"]),
        st.sampled_from([*(code for code, _, _ in points), "a9", "z1"]),
        shares,
        st.sampled_from(["primary", "lower_secondary"]),
    )
    rows = draw(st.lists(served, max_size=8, unique_by=lambda row: (row[0], row[1], row[3])))
    drawn = draw(squares(st.sampled_from(["0", "1", "9"])))
    zones = [(code, box(*_corners(one, two))) for code, one, two in drawn]
    return {"a": west, "b": east}, points, taught, rows, zones


def _corners(one, two):
    (x1, y1), (x2, y2) = one, two
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def made_of(office, order=None):
    """Zones of an office, its rows in another order where one is given."""
    land, points, taught, rows, zones = office
    if order is not None:
        land = dict(reversed(land.items()))
        points, rows, zones = (_mixed(each, order) for each in (points, rows, zones))
    who = schools(*taught)
    fabric, parted, problems = zones_of(
        who, subdistricts(**land), villages(*points), announced(*zones), listed(*rows), LEVELS
    )
    return who, fabric, parted, problems


def _mixed(rows, order):
    return [rows[place] for place in order.permutation(len(rows))]


@LAWFUL
@given(offices())
def test_the_shares_of_each_face_and_level_make_one(office):
    _, fabric, zones, _ = made_of(office)
    parts = zones.parts
    for level in set(parts["education_level"]):
        of_level = (parts["education_level"] == level).to_numpy()[zones.part]
        share = parts["share"].to_numpy(float)[zones.part[of_level]]
        sums = np.bincount(zones.face[of_level], share, len(fabric))
        assert np.abs(sums - 1).max() <= 1e-12


@LAWFUL
@given(offices())
def test_parts_tile_the_office(office):
    who, fabric, zones, _ = made_of(office)
    assert shapely.coverage_is_valid(fabric.faces)
    assert abs(shapely.area(fabric.faces).sum() / 8e6 - 1) <= 1e-9
    layers = zone_layers(fabric, zones, who)
    parts = layers["zone_parts"]
    assert parts["part_id"].is_unique
    assert shapely.is_valid(np.asarray(parts.geometry)).all()
    for _, rows in parts.groupby("education_level"):
        assert abs((rows["share"] * rows["area_km2"]).sum() / 8 - 1) <= 1e-9
        assert rows["smis_code"].isna().sum() == 1
        land = shapely.union_all(np.asarray(rows.geometry))
        assert abs(land.area / 8e6 - 1) <= 1e-9
    own = set(who.rows.loc[who.rows["whose"] == OWN_SCHOOL, "smis_code"])
    assert set(layers["service_zones"]["smis_code"]) <= own


@LAWFUL
@given(offices(), st.integers(0, 2**31))
def test_the_order_of_rows_changes_nothing(office, seed):
    who, fabric, zones, problems = made_of(office)
    _, fabric2, zones2, problems2 = made_of(office, np.random.default_rng(seed))
    assert shapely.to_wkb(fabric.faces).tolist() == shapely.to_wkb(fabric2.faces).tolist()
    assert fabric.village.tolist() == fabric2.village.tolist()
    layer, layer2 = (zone_layers(*made, who) for made in ((fabric, zones), (fabric2, zones2)))
    for name in layer:
        pd.testing.assert_frame_equal(
            pd.DataFrame(layer[name].drop(columns="geometry")),
            pd.DataFrame(layer2[name].drop(columns="geometry")),
        )
        assert layer[name].geometry.to_wkb().tolist() == layer2[name].geometry.to_wkb().tolist()
    assert [p.problem_id for p in problems] == [p.problem_id for p in problems2]
    assert [p.message("th") for p in problems] == [p.message("th") for p in problems2]


@LAWFUL
@given(
    st.lists(places, min_size=1, max_size=9, unique=True),
    st.lists(places, min_size=1, max_size=30),
)
def test_any_place_has_the_village_that_a_direct_search_finds(points, asked):
    land = subdistricts(a=box(0, 0, 4, 2))
    fabric, _ = fabric_of(land, villages(*((f"a{n}", "a", at) for n, at in enumerate(points))))
    at, wanted = np.array(asked) * KM, np.array(points) * KM
    away = np.hypot(*(at[:, None, :] - wanted[None, :, :]).transpose(2, 0, 1))
    two = np.sort(away, axis=1)[:, :2]
    clear = (np.diff(two, axis=1).ravel() > 0.01) if len(points) > 1 else np.full(len(at), True)
    assume(clear.any())
    asked_face, face = shapely.STRtree(fabric.faces).query(
        shapely.points(at[clear]), predicate="intersects"
    )
    assert set(fabric.village) <= {f"a{n}" for n in range(len(points))}
    nearest = np.argmin(away[clear], axis=1)
    names = np.array([f"a{n}" for n in nearest])
    interior = shapely.contains_properly(fabric.faces[face], shapely.points(at[clear])[asked_face])
    assert (fabric.village[face][interior] == names[asked_face][interior]).all()


@LAWFUL
@given(st.lists(places, min_size=1, max_size=6, unique=True), st.lists(places, max_size=20))
def test_any_place_belongs_to_the_nearest_school_where_nothing_is_announced(points, asked):
    land = subdistricts(a=box(0, 0, 1.7, 2), b=box(1.7, 0, 4, 2))
    who = schools(*(school(f"{n}", at) for n, at in enumerate(points)))
    counted = areas(n=box(0, 0, 4, 0.7), s=box(0, 0.7, 4, 2))
    fabric, zones, _ = zones_of(who, land, counted=counted)
    layer = zone_layers(fabric, zones, who)["service_zones"]
    for x, y in asked:
        away = [np.hypot(x - px, y - py) for px, py in points]
        held = layer[shapely.contains_xy(np.asarray(layer.geometry), x * KM, y * KM)]
        for code in held["smis_code"]:
            assert away[int(code)] <= min(away) + 1e-5


@LAWFUL
@given(offices())
def test_common_edges_are_found_from_both_sides_and_never_exceed_the_border(office):
    _, fabric, _, _ = made_of(office)
    edges = face_edges(fabric.faces)
    there = dict(zip(zip(edges.face, edges.other, strict=True), edges.length_m, strict=True))
    for (face, other), length_m in there.items():
        assert there[other, face] == length_m
        common = shapely.intersection(fabric.faces[face], fabric.faces[other])
        assert abs(common.length - length_m) <= 1e-6
    sums = np.bincount(edges.face, edges.length_m, len(fabric))
    assert (sums <= edges.around_m + 1e-6).all()


@LAWFUL
@given(st.integers(1, 60), st.integers(61, 500), st.integers(0, 359))
def test_a_strip_is_narrow_up_to_its_width_however_it_lies(width, length, degrees):
    strip = np.array([rotate(shapely.box(0, 0, length, width), degrees)], dtype=object)
    assert is_narrow(strip, width).all()
    assert not is_narrow(strip, width - 0.1).any()
