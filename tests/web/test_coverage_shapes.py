"""Areas of coverage by address: joined, each once, kept by the browser, and no small pocket."""

import numpy as np
import pytest
import shapely

from gisapp.web import create_app
from gisapp.web.coverage.shapes import shape_addresses
from gisapp.web.reader import reading_of
from tests.coverage_layers import MIDDLE, WEST, write_coverage
from tests.web.coverage_office import client_of
from tests.web.test_map_layers import menu


@pytest.fixture
def covered(own_settings):
    """An office whose newest round has coverage."""
    write_coverage(own_settings.layer_file("2568-1"))
    return own_settings


def outlines(answer):
    """What each feature says of itself -> its shape, degrees."""
    found = {}
    for feature in answer.json["features"]:
        parts = feature["steps"] if feature["kind"] == "MultiPolygon" else [feature["steps"]]
        rings = [np.cumsum(np.reshape(part[0], (-1, 2)), axis=0) for part in parts]
        shape = shapely.multipolygons([shapely.Polygon(r / answer.json["unit"]) for r in rings])
        found[tuple(feature["properties"].values())] = shape
    return found


@pytest.mark.parametrize(("form", "unit"), [("", 10_000), ("?fine=1", 100_000)])
def test_zones_come_once_each_with_the_land_of_no_school(covered, form, unit):
    answer = client_of(covered).get(f"/coverage/2568-1/primary/zone.steps.json{form}")
    assert answer.json["unit"] == unit
    shapes = outlines(answer)
    assert set(shapes) == {(WEST,), (MIDDLE,), ("",)}
    assert shapes[(WEST,)].equals(shapely.box(98.0, 19.0, 98.1, 19.1))
    assert shapely.union_all(list(shapes.values())).area == pytest.approx(0.02)


def test_the_same_zones_do_not_travel_twice(covered):
    client = client_of(covered)
    first = client.get("/coverage/2568-1/primary/zone.steps.json")
    tag = {"If-None-Match": first.headers["ETag"]}
    assert client.get("/coverage/2568-1/primary/zone.steps.json", headers=tag).status_code == 304
    assert (
        client.get("/coverage/2568-1/primary/district.steps.json", headers=tag).status_code == 200
    )


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/coverage/2568-1/primary/nothing.steps.json", 404),
        ("/coverage/2568-1/primary/network.steps.json", 404),
        ("/coverage/2567-1/primary/zone.steps.json", 404),
        ("/coverage/2560-1/primary/zone.steps.json", 404),
        ("/coverage/x/primary/zone.steps.json", 404),
        ("/coverage/2567-1/primary/pockets.steps.json?reach=3&affiliations=own", 404),
        ("/coverage/2568-1/primary/pockets.steps.json?reach=3&affiliations=some", 400),
        ("/coverage/2568-1/primary/pockets.steps.json?reach=far&affiliations=own", 400),
        ("/coverage/2568-1/primary/pockets.steps.json", 400),
        ("/data/2567-1/zones.steps.json", 404),
    ],
)
def test_what_a_round_does_not_have_is_told(covered, address, status):
    assert client_of(covered).get(address).status_code == status


@pytest.mark.parametrize(("reach", "public"), [(1, 2), (2, 2), (3, 1), (6, 1)])
def test_pockets_of_few_children_are_for_the_office_alone(covered, reach, public):
    address = f"/coverage/2568-1/primary/pockets.steps.json?reach={reach}&affiliations=all"
    shown = outlines(client_of(covered).get(address))
    assert set(shown) == {(n,) for n in range(1, public + 1)}
    every = outlines(client_of(covered, office_pages=True).get(address))
    assert set(every) == {(n,) for n in range(1, (4 if reach < 3 else 2))}


def test_no_layer_gives_the_small_pockets_away(covered):
    client = client_of(covered)
    for kind in ("geojson", "steps.json"):
        assert client.get(f"/data/2568-1/uncovered_pockets.{kind}").status_code == 404


def test_addresses_leave_open_what_is_filled_in(covered):
    app = create_app(covered)
    with app.test_request_context("/coverage?lang=en"):
        found = shape_addresses(reading_of("2568-1"))
    assert found == {
        "areas": "/coverage/2568-1/{level}/{unit}.steps.json",
        "pockets": "/coverage/2568-1/{level}/pockets.steps.json"
        "?reach={reach}&affiliations={affiliations}",
    }


def test_the_map_of_schools_offers_zones_of_primary(covered):
    client = client_of(covered)
    page = client.get("/").text
    assert "checked" not in menu(page)["zones"]
    assert "เขตบริการ ประถม" in page
    assert "Service zone, Primary" in client.get("/?lang=en").text
    assert set(outlines(client.get("/data/2568-1/zones.steps.json"))) == {(WEST,), (MIDDLE,)}


def test_the_zones_of_a_school_bear_their_levels_and_alike_ones_stand_once(covered):
    client = client_of(covered)
    shapes = outlines(client.get(f"/data/2568-1/zones.steps.json?school={WEST}&lang=th"))
    assert set(shapes) == {("เขตบริการ ประถม, ม.ต้น",)}
    assert set(outlines(client.get(f"/data/2568-1/zones.steps.json?school={MIDDLE}"))) == {
        ("เขตบริการ ประถม",)
    }
    assert outlines(client.get("/data/2568-1/zones.steps.json?school=nobody")) == {}


def test_a_round_without_zones_offers_none(covered):
    assert "zones" not in menu(client_of(covered).get("/?round=2567-1").text)
