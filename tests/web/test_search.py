import csv
from urllib.parse import parse_qs, urlsplit

import pytest

from gisapp.core.search_places import Place
from gisapp.store.bundled import criteria_dir
from gisapp.web import create_app
from gisapp.web.choosing.search import few_places
from tests.web.conftest import EVIL, EVIL_CODE, web_schools
from tests.web.test_honest import change_layers

FIRST, SECOND, THIRD, *_ = web_schools(fewer=1)


def asked(client, text, **more):
    answer = client.get("/search", query_string={"q": text, **more})
    assert answer.status_code == 200
    return answer.json


def codes(answer):
    return [school["code"] for school in answer["schools"]]


def test_the_search_finds_name_code_and_place_and_gives_text(client):
    assert codes(asked(client, "ดอยลม")) == ["99020002"]
    assert codes(asked(client, "99020003")) == ["99020003"]
    assert set(codes(asked(client, "ต.ทุ่งดาว"))) == {"99020003", EVIL_CODE}
    (evil,) = asked(client, "onerror")["schools"]
    assert evil["name"] == EVIL
    assert "".join(evil["parts"]) == EVIL
    assert evil["parts"][1] == "onerror"


def test_a_text_that_holds_nothing_is_refused_and_one_that_means_nothing_finds_nothing(client):
    for text in ("", "   "):
        assert client.get("/search", query_string={"q": text}).status_code == 400
    for text in ("🎉", "\x00", "ก" * 500, "<script>", "\u202e\u200f", "%"):
        answer = asked(client, text)
        assert (answer["schools"], answer["places"], answer["total"]) == ([], [], 0)
        assert "ลองพิมพ์" in answer["note"]
        assert len(answer["note"]) < 150


def test_what_is_only_near_says_so(client):
    exact = asked(client, "ดอยลม")
    assert (exact["near"], exact["note"]) == (False, "")
    assert "1 โรงเรียน" in exact["said"]
    near = asked(client, "บ้านดอยลน")
    assert (near["near"], codes(near)) == (True, ["99020002"])
    assert near["note"] == "ไม่พบตรงตัว แสดงชื่อใกล้เคียง"
    assert asked(client, "บ้านดอยลน", lang="en")["note"].startswith("No exact match")


def test_a_school_says_where_it_stands_and_leads_to_its_page(client):
    (school,) = asked(client, "ดอยลม", lang="en", round="2567-1")["schools"]
    assert (school["kind"], school["code"]) == ("school", SECOND.code)
    assert {"place", "lon", "lat"} <= school.keys()
    place = urlsplit(school["url"])
    assert place.path == f"/schools/{SECOND.code}"
    assert parse_qs(place.query) == {"lang": ["en"], "round": ["2567-1"]}
    assert client.get(school["url"]).status_code == 200


@pytest.mark.parametrize(("page", "path"), [("map", "/"), ("list", "/schools"), ("x", "/")])
def test_a_place_leads_to_its_schools_on_the_page_the_reader_is_on(client, page, path):
    answer = asked(client, "ทุ่งดาว", on=page, by="completeness", lang="en")
    (place,) = (place for place in answer["places"] if place["kind"] == "subdistrict")
    assert place["word"] == "Subdistrict"
    address = urlsplit(place["url"])
    assert address.path == path
    assert parse_qs(address.query)["by"] == ["completeness"]
    shown = client.get(f"/schools?{address.query}").text
    rows = [code for code in (s.code for s in web_schools()) if f"/schools/{code}" in shown]
    assert len(rows) == place["count"] == 2


def test_the_text_of_the_list_means_what_the_search_means(client):
    for text in ("ดอยลม", "หวยเมฆ", "บ้านดอยลน", "ทุ่งดาว", "99020003", "ไม่มีที่ไหน"):
        wanted = set(codes(asked(client, text)))
        page = client.get("/schools", query_string={"q": text}).text
        assert {s.code for s in web_schools() if f"/schools/{s.code}" in page} == wanted


def test_a_name_that_the_office_hides_cannot_be_searched_for(own_settings):
    own_settings.criteria_dir.mkdir(parents=True, exist_ok=True)
    with (criteria_dir() / "access.csv").open(encoding="utf-8", newline="") as lines:
        rows = [tuple(row.values())[:2] for row in csv.DictReader(lines) if row["who"] == "public"]
    hidden = {("schools", "ministry_code"), ("schools", "school_name_en")}
    assert hidden <= set(rows)
    lines = ["layer,column,who,source,verified"]
    lines += [
        f"{layer},{column},public,office,no"
        for layer, column in rows
        if (layer, column) not in hidden
    ]
    client = create_app(own_settings).test_client()
    (school,) = client.get("/data/2568-1/schools.geojson").json["features"][:1]
    code = school["properties"]["ministry_code"]
    assert codes(asked(client, code)) == [school["properties"]["smis_code"]]
    (own_settings.criteria_dir / "access.csv").write_text("\n".join(lines), encoding="utf-8")
    client = create_app(own_settings).test_client()
    assert codes(asked(client, code)) == []
    assert codes(asked(client, FIRST.code)) == [FIRST.code]


def test_a_place_called_just_so_is_offered_the_larger_first():
    def place(kind, name, key=""):
        return Place(kind, key, name, None, ("1",))

    villages = tuple(place("village", f"บ้านธารหมอก{n}") for n in range(5))
    district, network = place("district", "ธารหมอก"), place("network", "เครือข่ายธารหมอก")
    subdistrict, village = place("subdistrict", "ธารหมอก"), place("village", "บ้านธารหมอก")
    found = (*villages, village, subdistrict, network, district)
    offered = few_places(found, "ธารหมอก")
    assert offered == [district, subdistrict, village, villages[0]]
    assert few_places(found, "อ.ธารหมอก")[0] == district
    assert few_places(found, "ธาร") == [villages[0], subdistrict, network, district]
    assert few_places((), "ธาร") == []


def test_a_school_found_by_its_village_says_which(own_settings):
    client = create_app(own_settings).test_client()
    change_layers(own_settings, "UPDATE schools SET school_network = 'เครือข่ายเดือนหงาย'")
    schools = asked(client, "เดือนหงาย")["schools"]
    assert {school["why"] for school in schools} == {"เครือข่ายเดือนหงาย"}
    (own,) = asked(client, "เดือนหงาย ดอยลม")["schools"]
    assert own["why"] == ""
    assert asked(client, SECOND.code)["schools"][0]["why"] == ""
