"""Steps of lines: by hand, there and back, and never farther off than said."""

import json

import numpy as np
import pytest
import shapely
import shapely.geometry

from gisapp.core.line_steps import COARSE, FINE, as_steps, joined_steps


def collection(*shapes):
    features = [
        {
            "type": "Feature",
            "properties": {"n": n},
            "geometry": None if shape is None else shapely.geometry.mapping(shape),
        }
        for n, shape in enumerate(shapes)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features})


def walked(steps, form=FINE):
    """The places of one flat list, degrees: by adding, as a browser does."""
    return np.cumsum(np.reshape(steps, (-1, 2)), axis=0) / form.steps_per_degree


def test_a_line_is_its_first_place_and_then_what_is_added():
    line = shapely.LineString([(99.5, 19.25), (99.50123, 19.25), (99.5, 19.24)])
    (one,) = json.loads(as_steps(collection(line), FINE))["features"]
    assert one == {
        "kind": "LineString",
        "properties": {"n": 0},
        "steps": [9950000, 1925000, 123, 0, -123, -1000],
    }


def test_an_area_with_a_hole_keeps_its_rings_closed():
    outer = [(0, 0), (0, 3), (3, 3), (3, 0), (0, 0)]
    hole = [(1.0, 1.0), (2.0, 1.0), (2.0, 2.0), (1.0, 1.0)]
    areas = shapely.MultiPolygon(
        [shapely.Polygon(np.array(outer, float), [hole]), shapely.box(5.0, 5.0, 6.0, 6.0)]
    )
    (one,) = json.loads(as_steps(collection(areas), FINE))["features"]
    assert one["kind"] == "MultiPolygon"
    (first, second), (island,) = one["steps"]
    assert len(walked(island)) == 5
    for steps, ring in ((first, outer), (second, hole)):
        places = walked(steps)
        assert places[0].tolist() == places[-1].tolist()
        assert {tuple(place) for place in places} == {tuple(map(float, place)) for place in ring}


@pytest.mark.parametrize("form", [FINE, COARSE])
def test_a_drawn_line_lies_no_farther_off_than_said_and_keeps_its_ends(form):
    chance = np.random.default_rng(68)
    places = np.array([99, 19]) + np.cumsum(chance.normal(0, 0.0002, (4000, 2)), axis=0)
    line = shapely.LineString(places)
    (one,) = json.loads(as_steps(collection(line), form))["features"]
    drawn, step = walked(one["steps"], form), 1 / form.steps_per_degree
    assert len(drawn) < len(places)
    assert shapely.LineString(drawn).hausdorff_distance(line) <= form.detail_deg + step
    assert drawn[[0, -1]] == pytest.approx(places[[0, -1]], abs=0.51 * step)


def test_the_coarse_form_is_half_the_size_and_under_a_pixel_off_at_zoom_12():
    """A pixel of zoom 12 is 156,543 m / 2^12 at the equator, and smaller towards the poles."""
    chance = np.random.default_rng(12)
    bends = np.cumsum(chance.normal(0, 0.3, 4000))
    step = 0.0003 * np.column_stack([np.cos(bends), np.sin(bends)])
    river = shapely.LineString(np.array([99, 19]) + np.cumsum(step, axis=0))
    coarse, fine = (as_steps(collection(river), form) for form in (COARSE, FINE))
    assert len(coarse) < len(fine) / 2
    off_deg = COARSE.detail_deg + 0.71 / COARSE.steps_per_degree
    assert off_deg * 111_320 < 156_543 / 2**12


def test_what_is_nowhere_or_a_point_is_left_out():
    nowhere = json.loads(as_steps(collection(None, shapely.Point(1.0, 2.0)), FINE))
    assert nowhere == {"unit": FINE.steps_per_degree, "features": []}
    assert json.loads(as_steps(collection(), FINE)) == nowhere


def shaped(text, form):
    """Steps of areas as shapes again, by their `n`."""
    found = {}
    for feature in json.loads(text)["features"]:
        parts = feature["steps"] if feature["kind"] == "MultiPolygon" else [feature["steps"]]
        polygons = [
            shapely.Polygon(walked(rings[0], form), [walked(hole, form) for hole in rings[1:]])
            for rings in parts
        ]
        found[feature["properties"]["n"]] = shapely.multipolygons(polygons)
    return found


def neighbours():
    """Six areas that tile a box, with borders of many small turns."""
    chance = np.random.default_rng(7)
    lines = []
    for x in (99.1, 99.2):
        steps = np.linspace(19, 19.2, 400)
        places = np.column_stack([x + chance.normal(0, 0.0003, 400).cumsum(), steps])
        lines.append(shapely.LineString(places))
    across = np.linspace(98.9, 99.4, 900)
    middle = np.column_stack([across, 19.1 + chance.normal(0, 0.0003, 900).cumsum()])
    cuts = shapely.union_all(
        [*lines, shapely.LineString(middle), shapely.box(99, 19, 99.3, 19.2).exterior]
    )
    areas = [
        area
        for area in shapely.get_parts(shapely.polygonize([*shapely.get_parts(cuts)]))
        if shapely.box(99, 19, 99.3, 19.2).contains(area.representative_point())
    ]
    return np.array(areas, dtype=object)


@pytest.mark.parametrize("form", [FINE, COARSE])
def test_neighbours_stay_joined_without_gap_or_overlap(form):
    areas = neighbours()
    assert len(areas) == 6
    text = joined_steps(areas, [{"n": n} for n in range(6)], form)
    drawn = shaped(text, form)
    places = sum(len(shapely.get_coordinates(area)) for area in drawn.values())
    assert places < len(shapely.get_coordinates(areas))
    assert shapely.coverage_is_valid(np.array(list(drawn.values()), dtype=object))
    whole = shapely.union_all(list(drawn.values()))
    assert shapely.area(list(drawn.values())).sum() == pytest.approx(whole.area, rel=1e-9)
    assert whole.area == pytest.approx(0.3 * 0.2, rel=1e-3)


def test_areas_simplified_one_by_one_would_come_apart():
    apart = shaped(as_steps(collection(*neighbours()), COARSE), COARSE)
    assert not shapely.coverage_is_valid(np.array(list(apart.values()), dtype=object))


def test_areas_that_lie_on_each_other_stay_alike():
    areas = neighbours()
    both = shapely.union_all(areas[:2])
    text = joined_steps(np.array([*areas, both], dtype=object), [{"n": n} for n in range(7)], FINE)
    drawn = shaped(text, FINE)
    assert drawn[6].symmetric_difference(shapely.union_all([drawn[0], drawn[1]])).area < 1e-9


def test_joined_areas_that_are_nowhere_are_left_out():
    areas = np.array([None, shapely.MultiPolygon(), shapely.box(1.0, 1.0, 2.0, 2.0)], dtype=object)
    found = json.loads(joined_steps(areas, [{"n": n} for n in range(3)], FINE))
    assert [feature["properties"] for feature in found["features"]] == [{"n": 2}]
    nothing = json.loads(joined_steps(areas[:2], [{}, {}], FINE))
    assert nothing == {"unit": 100_000, "features": []}
    assert json.loads(joined_steps(areas[:0], [], FINE)) == nothing
