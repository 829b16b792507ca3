"""The layers menu, what it fetches, and the one other host that an office may allow."""

import re

import geopandas as gpd
import numpy as np
import pytest
import shapely

from gisapp.store.tables import read_criteria
from gisapp.web.access import access_from
from tests.web.test_tiles import client_of, mountains, write_heights

TILES = "https://tiles.example:8443/osm/{z}/{x}/{y}.png"
CREDIT = "© ผู้ทำแผนที่ <b>"


def add_layer(settings, name, rows, places):
    """Put a layer into the newest round of a copied office."""
    frame = gpd.GeoDataFrame(rows, geometry=places, crs="EPSG:4326")
    frame.to_file(settings.layer_file("2568-1"), layer=name, driver="GPKG", mode="a")


@pytest.fixture
def served_office(own_settings):
    """A round where a school serves two villages, one of them at two levels, one unplaced."""
    rows = [
        ("99020001", "primary", "บ้านเหนือ"),
        ("99020001", "pre_primary", "บ้านเหนือ"),
        ("99020001", "primary", "<b>ใต้"),
        ("99020001", "primary", "ไม่มีจุด"),
        ("99020002", "primary", "บ้านอื่น"),
        ("99020005", "primary", "ของจุดแทน"),
    ]
    spots = [(98.11, 19.01), (98.11, 19.01), (98.12, 19.02), None, (98.13, 19.03), (98.14, 19.04)]
    add_layer(
        own_settings,
        "service_villages",
        {
            "smis_code": [row[0] for row in rows],
            "education_level": [row[1] for row in rows],
            "village_name": [row[2] for row in rows],
        },
        [shapely.Point(spot) if spot else None for spot in spots],
    )
    return own_settings


def menu(page):
    """name -> attributes of each checkbox of the layers menu."""
    return dict(re.findall(r'<input type="checkbox" data-layer="(\w+)"([^>]*)>', page))


def test_the_menu_offers_only_layers_that_the_round_has(client):
    found = menu(client.get("/").text)
    assert set(found) == {"subdistricts", "districts", "labels"}
    assert all("checked" in said for said in found.values())


def test_villages_service_areas_and_other_schools_are_offered_and_off(served_office):
    add_layer(served_office, "villages", {"village_th": ["ก"]}, [shapely.Point(98.1, 19)])
    add_layer(served_office, "other_schools", {"school_name_th": ["ข"]}, [shapely.Point(98.1, 19)])
    page = client_of(served_office).get("/").text
    found = menu(page)
    for name in ("villages", "served", "others"):
        assert "checked" not in found[name]
    for address in ("villages.geojson", "other_schools.geojson", "served.json"):
        assert f"/data/2568-1/{address}" in page


def test_a_layer_whose_places_are_not_public_is_not_offered(served_office):
    rows = read_criteria(served_office, "access")
    kept = [r for r in rows if (r["layer"], r["column"]) != ("service_villages", "geometry")]
    served_office.criteria_dir.mkdir(parents=True, exist_ok=True)
    lines = [
        "layer,column,who,source,verified",
        *(f"{r['layer']},{r['column']},{r['who']},x,no" for r in kept),
    ]
    (served_office.criteria_dir / "access.csv").write_text(
        "\n".join(lines) + "\n", encoding="utf-8"
    )
    assert not access_from(kept, office_pages=False).of("service_villages") >= {"geometry"}
    client = client_of(served_office)
    page = client.get("/")
    assert page.status_code == 200
    assert "served" not in menu(page.text)
    assert client.get("/data/2568-1/served.json").status_code == 404


def test_each_line_leads_from_a_village_to_its_school_and_is_drawn_once(served_office):
    client = client_of(served_office)
    schools = {
        feature["properties"]["smis_code"]: feature["geometry"]
        for feature in client.get("/data/2568-1/schools.geojson").json["features"]
    }
    lines = client.get("/data/2568-1/served.json").json
    # Not twice for two levels, not without a place.
    assert [line[:2] for line in lines] == [
        [98.11, 19.01],
        [98.12, 19.02],
        [98.13, 19.03],
        [98.14, 19.04],
    ]
    served_by = ("99020001", "99020001", "99020002", "99020005")
    for line, code in zip(lines, served_by, strict=True):
        assert line[2:4] == pytest.approx(schools[code]["coordinates"], abs=1e-5)
    # The last school stands on a stand-in point: its line is no distance.
    assert [line[4] for line in lines] == [0, 0, 0, 1]
    assert [line[5:] for line in lines] == [[code] for code in served_by]


def test_the_lines_of_one_school_carry_the_villages_names(served_office):
    lines = client_of(served_office).get("/data/2568-1/served.json?school=99020001").json
    assert [line[6] for line in lines] == ["บ้านเหนือ", "<b>ใต้"]
    assert client_of(served_office).get("/data/2568-1/served.json?school=nobody").json == []


def test_an_unchanged_answer_does_not_travel_twice(served_office):
    client = client_of(served_office)
    first = client.get("/data/2568-1/served.json")
    again = client.get("/data/2568-1/served.json", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_round_without_service_areas_has_no_lines(client):
    assert client.get("/data/2568-1/served.json").status_code == 404
    assert client.get("/data/2560-1/served.json").status_code == 404


def test_hillshade_is_offered_where_there_are_heights_and_the_page_says_where(own_settings):
    write_heights(own_settings, mountains(60))
    client = client_of(own_settings)
    page = client.get("/?round=2568-1&lang=en").text
    assert "checked" in menu(page)["hillshade"]
    address = re.search(r'"(/tiles/hillshade/\{theme\}/\w+/\{z\}/\{x\}/\{y\}\.webp)"', page)[1]
    asked = address.format(theme="dark", z=11, x=1582, y=914)
    assert client.get(asked).status_code == 200
    state = client.get("/healthz").json
    assert (state["heights"], state["heights_refused"]) == (["dem.tif"], {})
    for other in ("/schools/99020001",):
        assert "/tiles/hillshade/" in client.get(other).text


@pytest.mark.parametrize(
    ("language", "said"),
    [("th", "เป็นภาพสี ไม่ใช่ค่าความสูง"), ("en", "is a coloured picture, not heights")],
)
def test_a_picture_in_place_of_heights_is_named_in_the_menu(own_settings, language, said):
    write_heights(own_settings, np.zeros((3, 60, 60), "uint8"), "dem_<b>.tif", photometric="RGB")
    client = client_of(own_settings)
    page = client.get(f"/?lang={language}").text
    assert said in page
    assert "dem_&lt;b&gt;.tif" in page
    assert "disabled" in menu(page)["hillshade"]
    assert "/tiles/hillshade/" not in page
    assert client.get("/healthz").json["heights_refused"] == {
        "dem_<b>.tif": "is a coloured picture, not heights"
    }


def hosts(answer):
    """Hosts that the policy lets pictures come from, and those the page names."""
    policy = answer.headers["Content-Security-Policy"]
    images = re.search(r"img-src ([^;]*);", policy)[1].split()
    return set(images) - {"'self'", "data:"}, set(re.findall(r"https?://[\w.:-]+", answer.text))


@pytest.mark.parametrize("address", ["/", "/schools", "/schools/99020001", "/nowhere"])
def test_no_other_host_is_allowed_or_named_unless_the_office_says_so(client, address):
    assert hosts(client.get(address)) == (set(), set())


def test_an_internet_base_map_opens_the_policy_for_exactly_its_host(own_settings):
    toml = own_settings.office_dir / "office.toml"
    told = toml.read_text(encoding="utf-8")
    toml.write_text(
        f'{told}base_map_url = "{TILES}"\nbase_map_attribution = "{CREDIT}"\n', encoding="utf-8"
    )
    client = client_of(type(own_settings).load(own_settings.office_dir))
    answer = client.get("/")
    only = {"https://tiles.example:8443"}
    assert hosts(answer) == (only, only)
    assert "© ผู้ทำแผนที่ &lt;b&gt;" in answer.text
    assert next(iter(menu(answer.text))) == "internet"
    assert "checked" in menu(answer.text)["internet"]
    policy = answer.headers["Content-Security-Policy"]
    assert policy.count("tiles.example") == 1
    assert "connect-src 'self';" in policy
