import csv
import gzip
import json

import numpy as np
import pytest
import shapely

from gisapp.core.columns import ROUND_COLUMNS
from gisapp.core.dictionary import LAYERS
from gisapp.errors import TableError
from gisapp.store.bundled import criteria_dir
from gisapp.store.published import columns_of, feature_layers, layer_file
from gisapp.web import create_app
from gisapp.web.access import access_from


def listed(settings, who):
    """(layer, column) of the access table that ships, read past our own reader."""
    with (criteria_dir() / "access.csv").open(encoding="utf-8", newline="") as lines:
        return {(row["layer"], row["column"]) for row in csv.DictReader(lines) if row["who"] == who}


def test_no_layer_lets_out_a_column_that_is_not_listed_as_public(client, settings):
    public = listed(settings, "public")
    file = layer_file(settings, "2568-1")
    tried = 0
    for layer in feature_layers(file):
        answer = client.get(f"/data/2568-1/{layer}.geojson")
        if layer not in {name for name, _ in public}:
            assert answer.status_code == 404
            continue
        for feature in answer.json["features"]:
            assert {(layer, name) for name in feature["properties"]} <= public
            if (layer, "geometry") not in public:
                assert feature["geometry"] is None
            tried += 1
    assert tried > 10


def test_the_access_table_decides_on_every_column_there_is_and_on_no_other(settings):
    decided = listed(settings, "public") | listed(settings, "office")
    published = {
        (layer.name, column)
        for layer in LAYERS.values()
        for column in (
            *(column.name for column in (*layer.columns, *ROUND_COLUMNS)),
            *(["geometry"] if layer.geometry else []),
        )
    }
    assert decided == published | {("office", "geometry")}
    assert not listed(settings, "public") & listed(settings, "office")


def test_problems_and_their_count_stay_inside(client, settings):
    file = layer_file(settings, "2568-1")
    assert "problems" in feature_layers(file)
    assert "problem_count" in dict(columns_of(file, "schools"))
    assert client.get("/data/2568-1/problems.geojson").status_code == 404
    school = client.get("/data/2568-1/schools.geojson").json["features"][0]["properties"]
    assert "smis_code" in school
    assert "problem_count" not in school
    asked = client.get("/data/2568-1/schools.geojson?columns=smis_code,problem_count").json
    assert asked["features"][0]["properties"].keys() == {"smis_code"}


def test_office_pages_see_problems_on_this_machine_only(settings):
    client = create_app(settings, office_pages=True).test_client()
    assert client.get("/data/2568-1/problems.geojson").json["features"]
    school = client.get("/data/2568-1/schools.geojson").json["features"][0]["properties"]
    assert "problem_count" in school
    for host in ("map.example", "192.0.2.7", "127.0.0.1.example"):
        refused = client.get("/data/2568-1/problems.geojson", headers={"Host": host})
        assert refused.status_code == 403


def test_a_column_that_the_office_hides_is_gone_from_every_page(own_settings):
    own_settings.criteria_dir.mkdir(parents=True, exist_ok=True)
    rows = sorted(
        listed(own_settings, "public")
        - {("schools", "students"), ("enrolment_by_grade", "students")}
    )
    lines = ["layer,column,who,source,verified", *(f"{a},{b},public,office,no" for a, b in rows)]
    (own_settings.criteria_dir / "access.csv").write_text("\n".join(lines), encoding="utf-8")
    client = create_app(own_settings).test_client()
    school = client.get("/data/2568-1/schools.geojson").json["features"][0]["properties"]
    assert "students" not in school
    assert "class_groups" in school
    card = client.get("/schools/99020001/card").text
    assert "บ้านห้วยเมฆ" in card
    assert '<dd class="num">–</dd>' in card
    assert "ลดลง" not in card


@pytest.mark.parametrize(
    "row",
    [
        {"layer": "schools", "column": "x", "who": "everybody"},
        {"layer": "", "column": "x", "who": "public"},
        {"layer": "schools"},
    ],
)
def test_a_row_of_the_access_table_that_means_nothing_is_refused(row):
    with pytest.raises(TableError, match="row 2"):
        access_from([row], office_pages=False)


def test_an_office_row_counts_only_for_office_pages():
    rows = [{"layer": "problems", "column": "kind", "who": "office"}]
    assert access_from(rows, office_pages=False).of("problems") == frozenset()
    assert access_from(rows, office_pages=True).of("problems") == {"kind"}
    assert access_from([], office_pages=True).of("schools") == frozenset()


def test_only_the_wanted_columns_are_sent_in_their_order(client):
    answer = client.get("/data/2568-1/schools.geojson?columns=students,smis_code,no_such")
    first = json.loads(answer.text)["features"][0]
    assert list(first["properties"]) == ["students", "smis_code"]


def test_an_unchanged_layer_is_not_sent_twice(client):
    first = client.get("/data/2568-1/districts.geojson")
    tag = first.headers["ETag"]
    again = client.get("/data/2568-1/districts.geojson", headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert not again.data
    other = client.get(
        "/data/2568-1/districts.geojson?columns=district_th", headers={"If-None-Match": tag}
    )
    assert other.status_code == 200


def test_large_answers_are_packed_for_those_who_can_read_it(client):
    plain = client.get("/data/2568-1/schools.geojson")
    packed = client.get("/data/2568-1/schools.geojson", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert "Accept-Encoding" in packed.headers["Vary"]


def test_the_outline_is_the_union_of_the_districts(client):
    outline = shapely.from_geojson(client.get("/data/2568-1/office.geojson").text)
    squares = shapely.box(98.0, 19.0, 98.2, 19.1)
    assert shapely.area(outline) == pytest.approx(squares.area, rel=1e-6)


def test_the_map_gets_the_same_borders_as_steps(client):
    whole = client.get("/data/2568-1/districts.geojson?columns=district_th").json["features"]
    drawn = client.get("/data/2568-1/districts.steps.json?columns=district_th&fine=1").json
    coarse = client.get("/data/2568-1/districts.steps.json?columns=district_th").json
    assert (drawn["unit"], coarse["unit"]) == (100_000, 10_000)
    assert len(drawn["features"]) == len(whole) > 0
    for feature, one in zip(whole, drawn["features"], strict=True):
        assert one["properties"] == feature["properties"]
        ring = one["steps"][0] if one["kind"] == "Polygon" else one["steps"][0][0]
        places = np.cumsum(np.reshape(ring, (-1, 2)), axis=0) / drawn["unit"]
        border = shapely.boundary(shapely.from_geojson(json.dumps(feature)))
        assert shapely.LineString(places).hausdorff_distance(border) < 0.0001
    outline = client.get("/data/2568-1/office.steps.json").json["features"]
    assert [one["properties"] for one in outline] == [{}]


@pytest.mark.parametrize(
    "address",
    [
        "/data/2568-1/problems.steps.json",
        "/data/2568-1/nothing.steps.json",
        "/data/x/districts.steps.json",
        "/data/2568-1/nothing.geojson",
        "/data/2568-1/sqlite_master.geojson",
        "/data/2560-1/schools.geojson",
        "/data/x/schools.geojson",
        "/data/..%2f2568-1/schools.geojson",
        "/data/2568-1/gpkg_contents.geojson",
    ],
)
def test_what_is_no_public_layer_is_not_found(client, address):
    assert client.get(address).status_code == 404
