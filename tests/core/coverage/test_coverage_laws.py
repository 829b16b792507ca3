"""Laws that figures keep in any office, and a slow reckoning that agrees with the quick one."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from gisapp.core.coverage.land.fabric import Fabric
from gisapp.core.coverage.reaching.nearest import WITHIN_REACH_OF
from gisapp.core.coverage.reckoning.figures import coverage_layers
from gisapp.core.coverage.schools import NEIGHBOUR_SCHOOL, OTHER_SCHOOL, OWN_SCHOOL
from gisapp.core.coverage.spreading.spread import Spread
from gisapp.core.coverage.zoning.zones import Zones
from tests.core.coverage.chequer import children, fabric, inputs, school, schools, spread, zones

CODES = ("A1", "A2", "B1")
REACHES = (1.0, 2.0)

QUESTION = ["reach_value", "affiliations"]

#: Figures that add up, whatever is known.
ADDED = [
    "population",
    "population_male",
    "population_female",
    "covered_at_least",
    "covered_at_most",
    "unplaced_population",
    "enrolled",
    "enrolled_male",
    "enrolled_female",
    "enrolled_at_least",
    "schools_without_pupils",
    "entry_population",
    "entry_enrolled",
]

MAYBE, YES = st.booleans(), st.just(True)

by_law = settings(derandomize=True, max_examples=20, deadline=None)


@st.composite
def a_school(draw, code, located=MAYBE):
    stands = draw(located)
    kilometres = st.integers(-2, 10).map(lambda half: half / 2)
    pupils = st.tuples(st.integers(0, 9), st.integers(0, 9))
    return school(
        code,
        draw(kilometres) if stands else np.nan,
        draw(kilometres) if stands else np.nan,
        whose=draw(st.sampled_from([OWN_SCHOOL, OWN_SCHOOL, OTHER_SCHOOL, NEIGHBOUR_SCHOOL])),
        subdistrict_code=draw(st.sampled_from([*CODES, ""])),
        district=draw(st.sampled_from(["อ.A", "อ.B", ""])),
        school_network=draw(st.sampled_from(["ก", "ข", ""])),
        p1=draw(pupils),
        p2=draw(pupils),
    )


@st.composite
def office(draw, located=MAYBE):
    """Arguments of `inputs`: up to 12 faces, 6 schools, zones with shares, children."""
    rows, columns = draw(st.integers(1, 3)), draw(st.integers(1, 4))
    code = st.sampled_from([*CODES, ""])
    land = fabric([[draw(code) for _ in range(columns)] for _ in range(rows)])
    people = st.tuples(st.integers(0, 40), st.integers(0, 40))
    given_schools = [draw(a_school(f"{n}", located)) for n in range(draw(st.integers(0, 5)))]
    own = [one["smis_code"] for one in given_schools if one["whose"] == OWN_SCHOOL]
    served = {}
    for face in range(len(land)):
        whom = tuple(draw(st.lists(st.sampled_from(own), max_size=3, unique=True))) if own else ()
        served.setdefault(whom, []).append(face)
    parts = [
        (code, share, faces)
        for whom, faces in served.items()
        for code, share in zip(whom, _SHARES[len(whom)], strict=True)
    ]
    return {
        "of_fabric": land,
        "of_children": children({code: draw(people) for code in CODES}, draw(st.integers(0, 3))),
        "of_schools": given_schools,
        "of_zones": zones(land, *parts),
        "cell_m": draw(st.sampled_from([1000, 800, 3000])),
    }


_SHARES = ((), (1.0,), (0.6, 0.4), (0.5, 0.3, 0.2))


def layers_of(made, **changes):
    made = made | changes
    return coverage_layers(inputs(**(made | {"of_schools": schools(*made["of_schools"])})))


def added_up(layer):
    return layer.groupby(QUESTION)[ADDED].sum()


@by_law
@given(office())
def test_the_units_of_every_layer_add_up_to_the_office(made):
    layers = layers_of(made)
    whole = added_up(layers["office_coverage"])
    for name in ("zone_coverage", "subdistrict_coverage", "district_coverage", "network_coverage"):
        if len(layers[name]):
            pd.testing.assert_frame_equal(added_up(layers[name]), whole, rtol=1e-9)


@by_law
@given(office(located=YES))
def test_where_every_place_is_known_covered_uncovered_and_edge_add_up_too(made):
    made = made | {"of_children": replace(made["of_children"], unplaced=np.zeros((18, 3)))}
    held = set(made["of_fabric"].subdistrict)
    counts = made["of_children"].counts
    counts[[code not in held for code in made["of_children"].code]] = 0
    layers = layers_of(made)
    figures = ["covered_population", "covered_male", "uncovered_population", "edge_population"]
    whole = layers["office_coverage"].groupby(QUESTION)[figures].sum()
    assert layers["office_coverage"][figures].notna().all(axis=None)
    for name in ("zone_coverage", "subdistrict_coverage"):
        sums = layers[name].groupby(QUESTION)[figures].sum()
        pd.testing.assert_frame_equal(sums, whole, rtol=1e-9, atol=1e-9)
    out = whole["uncovered_population"]
    assert (whole["edge_population"] <= out + 1e-9).all()
    pockets = layers["uncovered_pockets"].groupby(QUESTION)["children"].sum()
    # What is left out are pockets of less than one child.
    pockets = pockets.reindex(whole.index, fill_value=0.0)
    assert ((pockets <= out + 1e-6) & (pockets >= out - 12)).all()


@by_law
@given(office())
def test_boys_and_girls_add_up_to_children(made):
    layers = layers_of(made)
    for name in ("zone_coverage", "office_coverage", "network_coverage"):
        rows = layers[name]
        for whole, boys, girls in (
            ("population", "population_male", "population_female"),
            ("covered_population", "covered_male", "covered_female"),
            ("enrolled", "enrolled_male", "enrolled_female"),
        ):
            np.testing.assert_allclose(rows[boys] + rows[girls], rows[whole], atol=1e-8)


@by_law
@given(office())
def test_covered_and_uncovered_are_the_population_and_nothing_is_below_nothing(made):
    rows = layers_of(made)["zone_coverage"]
    known = rows[rows["covered_population"].notna()]
    both = known["covered_population"] + known["uncovered_population"]
    np.testing.assert_allclose(both, known["population"], atol=1e-9)
    rate = known["coverage_rate"].dropna()
    assert ((rate >= 0) & (rate <= 1)).all()
    assert (known["uncovered_population"] >= 0).all()
    assert (rows["covered_at_least"] >= 0).all()
    assert (known["coverage_rate"].isna() == (known["population"] == 0)).all()


@by_law
@given(office(), a_school("9", YES))
def test_one_more_school_never_lowers_what_is_covered(made, another):
    before = layers_of(made)
    after = layers_of(made, of_schools=[*made["of_schools"], another])
    for name in ("office_coverage", "subdistrict_coverage"):
        key = [before[name].columns[0], *QUESTION]
        both = before[name].merge(after[name], on=key, suffixes=("", "_after"))
        assert len(both) == len(before[name])
        for bound in ("covered_at_least", "covered_at_most"):
            assert (both[f"{bound}_after"] >= both[bound] - 1e-8).all()
        in_doubt, still = (
            both[f"covered_at_most{end}"] - both[f"covered_at_least{end}"] for end in ("", "_after")
        )
        assert (still <= in_doubt + 1e-8).all()


@by_law
@given(office())
def test_the_figure_lies_between_its_bounds_and_is_both_of_them_where_it_is_known(made):
    for layer in layers_of(made).values():
        if "covered_at_most" not in layer:
            continue
        least, most = layer["covered_at_least"], layer["covered_at_most"]
        assert ((least >= 0) & (least <= most) & (most <= layer["population"])).all()
        known = layer["covered_population"].notna()
        in_doubt = (layer["unlocated_schools"] > 0) | (layer["unplaced_population"] > 0)
        assert (known != in_doubt).all()
        for bound in (least, most):
            assert bound[known].equals(layer["covered_population"][known])


@by_law
@given(office(), st.data())
def test_wherever_hidden_schools_are_found_the_figure_lies_between_the_bounds(made, dice):
    before = layers_of(made)
    found = [_found(one, made["of_fabric"], dice) for one in made["of_schools"]]
    after = layers_of(made, of_schools=found)
    for name in ("zone_coverage", "subdistrict_coverage", "office_coverage"):
        key = [before[name].columns[0], *QUESTION]
        both = before[name].merge(after[name], on=key, suffixes=("", "_after"))
        assert len(both) == len(before[name])
        assert (both["covered_at_least_after"] >= both["covered_at_least"] - 1e-8).all()
        assert (both["covered_at_most_after"] <= both["covered_at_most"] + 1e-8).all()
        some_are_hidden = any(np.isnan(one["x_m"]) for one in found)
        assert some_are_hidden or (both["unlocated_schools_after"] == 0).all()


def _found(one, land, dice):
    """The school at a point of the land where it may stand; perhaps it stays hidden."""
    if not np.isnan(one["x_m"]) or dice.draw(st.booleans()):
        return one
    home = _home(one, land)
    face = dice.draw(st.sampled_from(list(land.faces if home is None else home)))
    x_m, y_m = (low + dice.draw(st.floats(0, 1000)) for low in face.bounds[:2])
    return one | {"x_m": x_m, "y_m": y_m}


@by_law
@given(office())
def test_a_longer_reach_never_covers_fewer(made):
    for name in ("zone_coverage", "office_coverage"):
        rows = layers_of(made)[name]
        near, far = (
            rows[rows["reach_value"] == reach].set_index([rows.columns[0], "affiliations"])
            for reach in REACHES
        )
        assert (far["covered_at_least"] >= near["covered_at_least"]).all()
        assert (far["covered_at_most"] >= near["covered_at_most"]).all()


@by_law
@given(office())
def test_counting_other_affiliations_never_covers_fewer(made):
    rows = layers_of(made)["office_coverage"].set_index("reach_value")
    own, every = (rows[rows["affiliations"] == name] for name in ("own", "all"))
    assert (every["covered_at_least"] >= own["covered_at_least"]).all()
    assert (every["enrolled"] >= own["enrolled"]).all()


@by_law
@given(office(), st.randoms(use_true_random=False))
def test_the_order_of_faces_zones_and_places_changes_no_figure(made, dice):
    land, of_zones = made["of_fabric"], made["of_zones"]
    face = np.array(dice.sample(range(len(land)), len(land)))
    part = np.array(dice.sample(range(len(of_zones.parts)), len(of_zones.parts)))
    turned = Fabric(
        *(getattr(land, name)[face] for name in ("faces", "subdistrict", "village")),
        land.population_area,
        {},
        {},
    )
    parts = of_zones.parts.iloc[part].reset_index(drop=True)
    new_zones = Zones(
        parts, np.argsort(part)[of_zones.part], np.argsort(face)[of_zones.face], of_zones.listed
    )
    places = spread(land, made["of_children"], made["cell_m"])
    place = np.array(dice.sample(range(len(places.area)), len(places.area)), dtype=np.int64)
    names = ("area", "face", "cell", "x_m", "y_m", "weight")
    moved = {name: getattr(places, name)[place] for name in names}
    moved["face"] = np.argsort(face)[moved["face"]]
    new_spread = Spread(**moved, grid=places.grid, method=places.method, nowhere=places.nowhere)
    before = layers_of(made)
    after = layers_of(made, of_fabric=turned, of_zones=new_zones, spread=new_spread)
    for name in before:
        if name != "uncovered_pockets":
            left, right = (
                pd.DataFrame(layers[name].drop(columns="geometry", errors="ignore"))
                for layers in (before, after)
            )
            pd.testing.assert_frame_equal(left, right, rtol=1e-12)
    pockets = [layers["uncovered_pockets"] for layers in (before, after)]
    pd.testing.assert_frame_equal(
        *(pd.DataFrame(rows.drop(columns="geometry")) for rows in pockets), rtol=1e-12
    )


@by_law
@given(office())
def test_a_slow_reckoning_of_each_zone_agrees(made):
    rows = layers_of(made)["zone_coverage"]
    for _index, zone in rows.iterrows():
        slow = slowly(made, zone["smis_code"], zone["reach_value"], zone["affiliations"])
        for name, figure in slow.items():
            if np.isnan(figure):
                assert np.isnan(zone[name]), name
            else:
                assert zone[name] == pytest.approx(figure, abs=1e-7), name


def slowly(made, code, reach_km, affiliations):
    """One zone's figures, place by place and school by school."""
    land, people, given_schools = made["of_fabric"], made["of_children"], made["of_schools"]
    places, of_zones = spread(land, people, made["cell_m"]), made["of_zones"]
    rest = pd.isna(code)
    share = np.zeros(len(land))
    for part, face in zip(of_zones.part, of_zones.face, strict=True):
        whose = of_zones.parts["smis_code"][part]
        share[face] += of_zones.parts["share"][part] * (pd.isna(whose) if rest else whose == code)
    near = [one for one in given_schools if one["whose"] in WITHIN_REACH_OF[affiliations]]
    hidden = [
        (one, _home(one, land))
        for one in near
        if np.isnan(one["x_m"]) and one["whose"] != NEIGHBOUR_SCHOOL
    ]
    population = covered = in_doubt = 0.0
    unlocated = set()
    for n in range(len(places.area)):
        child = people.counts[places.area[n], 6, 2] * places.weight[n] * share[places.face[n]]
        away = [np.hypot(places.x_m[n] - one["x_m"], places.y_m[n] - one["y_m"]) for one in near]
        population += child
        if any(round(m, 3) <= reach_km * 1000 for m in away):
            covered += child
            continue
        here = shapely.Point(places.x_m[n], places.y_m[n])
        may_reach = {
            one["smis_code"]
            for one, home in hidden
            if home is None or any(face.distance(here) <= reach_km * 1000 for face in home)
        }
        in_doubt += child * bool(may_reach)
        unlocated |= may_reach if child else set()
    lost = people.unplaced[6, 2] + people.counts[places.nowhere, 6, 2].sum()
    known = not unlocated and not (rest and lost)
    pupils = [
        one
        for one in given_schools
        if _zone_of(one, of_zones, land) == (None if rest else code)
        and one["whose"] in (WITHIN_REACH_OF[affiliations][:-1])
    ]
    return {
        "population": population + lost * rest,
        "covered_at_least": covered,
        "covered_population": covered if known else np.nan,
        "covered_at_most": covered + in_doubt + lost * rest,
        "unlocated_schools": len(unlocated),
        "enrolled": sum(sum(one["p1"]) + sum(one["p2"]) for one in pupils),
        "entry_enrolled": sum(sum(one["p1"]) for one in pupils),
    }


def _home(one, land):
    """Faces on which a school may stand; None: anywhere."""
    at_home = land.faces[land.subdistrict == (one["subdistrict_code"] or "unknown")]
    if not len(at_home):
        district = one["district"][2:] or "unknown"
        at_home = land.faces[[code.startswith(district) for code in land.subdistrict]]
    return at_home if len(at_home) else None


def _zone_of(one, of_zones, land):
    """The zone that counts a school's pupils."""
    parts = of_zones.parts
    if one["whose"] == OWN_SCHOOL:
        return one["smis_code"] if one["smis_code"] in set(parts["smis_code"]) else None
    x_km, y_km = one["x_m"] / 1000, one["y_m"] / 1000
    at = [
        face
        for face, shape in enumerate(land.faces)
        if shape.bounds[0] <= x_km * 1000 <= shape.bounds[2]
        and shape.bounds[1] <= y_km * 1000 <= shape.bounds[3]
    ]
    if not at:
        return None
    held = [
        (-parts["share"][part], parts["smis_code"][part])
        for part, face in zip(of_zones.part, of_zones.face, strict=True)
        if face in at and parts["share"][part] > 0
    ]
    code = min(held, key=lambda pair: (pair[0], pd.isna(pair[1]), str(pair[1])))[1]
    return None if pd.isna(code) else code
