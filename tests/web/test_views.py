import json

import pytest

from gisapp.core.map_views import VIEWS
from gisapp.web import create_app
from tests.web.conftest import Client, web_schools

ROUND = "2568-1"


def points(client, query=""):
    answer = client.get(f"/points/{ROUND}.json{query}")
    assert answer.status_code == 200
    return json.loads(answer.data)


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("view", VIEWS)
def test_each_view_has_a_legend_that_adds_up_to_every_school(client, view, language):
    page = client.get(f"/?by={view}&lang={language}")
    assert page.status_code == 200
    legend = page.text.split('data-swap="legend"')[1].split("</fieldset>")[0]
    rows = legend.split('<label class="lg">')[1:]
    counts = [int(row.split('class="c num">')[1].split("<")[0]) for row in rows]
    assert sum(counts) == len(web_schools())
    assert ("ไม่มีข้อมูล" if language == "th" else "No data") in rows[-1]
    assert "2568" in legend.split('class="lgft"')[1]


def test_the_points_agree_with_the_legend_in_every_view(client):
    for view in VIEWS:
        found = points(client, f"?by={view}")
        assert found["view"] == view
        size = len(found["code"])
        assert all(len(found[name]) == size for name in ("class", "marks", "lon", "lat"))
        assert set(found["class"]) <= set(range(len(found["classes"])))


def test_points_are_the_schools_that_have_a_place_in_their_class(client):
    found = points(client)
    schools = {school.code: school for school in web_schools(fewer=1)}
    assert found["code"] == sorted(schools)
    limits = ((0, "no_students"), (120, "small"), (600, "medium"))
    for code, number in zip(found["code"], found["class"], strict=True):
        wanted = next(name for most, name in limits if schools[code].students <= most)
        assert found["classes"][number] == wanted
    stand_in = found["code"].index("99020005")
    assert found["marks"][stand_in] & 1
    assert not found["marks"][found["code"].index("99020001")] & 1


def test_points_take_the_filters_of_the_page(client):
    assert points(client, "?size=medium")["code"] == ["99020001", "99020002"]
    assert points(client, "?size=none")["code"] == []
    assert points(client, "?by=level&class=level:primary,level:nodata")["view"] == "level"
    assert points(client, "?q=99020003")["code"] == ["99020003"]


def test_points_are_not_sent_twice(client):
    first = client.get(f"/points/{ROUND}.json")
    again = client.get(f"/points/{ROUND}.json", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""
    other = client.get(
        f"/points/{ROUND}.json?by=band", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert other.status_code == 200


def test_names_come_apart_in_the_readers_language_with_pupils(client):
    names = json.loads(client.get(f"/points/{ROUND}/names.json").data)
    school = web_schools(fewer=1)[0]
    assert names[school.code] == [school.name, school.students]
    assert set(names) == {school.code for school in web_schools()}


@pytest.mark.parametrize(
    "query",
    [
        "by=nothing",
        "size=gigantic",
        "district=ไม่มีอำเภอนี้",
        "network=x",
        "level=university",
        "type=x",
        "trait=x",
        "condition=x",
        "by=teachers&class=teachers:99",
        "by=teachers&class=1",
        "by=size7&class=teachers:1",
        "class=small",
        "class=none",
        "subdistrict=000000",
        "q=บ้าน&size=small,gigantic",
    ],
)
@pytest.mark.parametrize("path", ["/", "/schools"])
def test_a_choice_that_does_not_exist_is_a_400_with_a_way_on(client, path, query):
    answer = client.get(f"{path}?{query}&lang=th")
    assert answer.status_code == 400
    assert "ดูโดยไม่ใช้ตัวเลือกนี้" in answer.text
    way = answer.text.split('class="btn pri" href="')[1].split('"')[0].replace("&amp;", "&")
    assert client.get(way).status_code == 200
    assert "lang=th" in way


@pytest.mark.parametrize("query", ["sort=x", "sort=--students", "page=x", "page=-1", "page=1.5"])
def test_an_order_or_a_page_that_does_not_exist_is_a_400_with_a_way_on(client, query):
    answer = client.get(f"/schools?{query}&lang=en")
    assert answer.status_code == 400
    assert "View without this choice" in answer.text


@pytest.mark.parametrize(
    "path", [f"/points/{ROUND}.json?by=x", "/points/2599-1.json", "/points/x.json"]
)
def test_data_says_in_a_sentence_what_does_not_exist(client, path):
    answer = client.get(path)
    assert answer.status_code in (400, 404)
    assert "<" not in answer.text
    assert answer.text


def test_a_view_without_data_says_so_beside_its_name(client):
    page = client.get("/").text
    choice = page.split('<select class="field" name="by">')[1].split("</select>")[0]
    heights = choice.split('value="elevation"')[1].split("</option>")[0]
    assert "disabled" in heights
    assert "รอบนี้ไม่มีข้อมูล" in heights


def test_the_link_to_the_list_carries_everything_asked_for(client):
    page = client.get("/?by=teachers&class=teachers:1&class=teachers:2&size=small&q=บ้าน").text
    href = page.split('data-here-path href="')[1].split('"')[0].replace("&amp;", "&")
    for part in ("by=teachers", "class=teachers:1", "class=teachers:2", "size=small", "q="):
        assert part in href
    assert client.get(href).status_code == 200


def test_an_offices_own_limits_move_the_classes(own_settings):
    """The limits stand in a table that officers edit, not in the code."""
    table = own_settings.criteria_dir / "map_classes.csv"
    table.parent.mkdir(parents=True, exist_ok=True)
    table.write_text(
        "view,class,least,below,source,verified\nrooms,a,,1,x,no\nrooms,b,1,,x,no\n",
        encoding="utf-8",
    )
    app = create_app(own_settings)
    app.test_client_class = Client
    found = points(app.test_client(), "?by=rooms")
    assert found["classes"] == ["rooms-a", "rooms-b", "nodata"]
    assert set(found["class"]) <= {1, 2}
    table.write_text("view,class,least,below\nrooms,a,x,1\n", encoding="utf-8")
    assert app.test_client().get("/?by=rooms").status_code == 503


def test_a_page_says_when_the_text_was_only_found_in_names_like_it(client):
    near = client.get("/schools?q=บ้านดอยลน")
    assert near.status_code == 200
    assert "บ้านดอยลม" in near.text
    assert "ไม่พบตรงตัว แสดงชื่อใกล้เคียง" in near.text
    assert "ไม่พบตรงตัว" not in client.get("/schools?q=บ้านดอยลม").text


@pytest.mark.parametrize("name", ["endpoint", "_scheme", "_external", "_anchor", "_method", "self"])
@pytest.mark.parametrize("path", ["/", "/schools", "/overview", "/?by=x&"])
def test_a_question_cannot_steer_how_addresses_are_made(client, path, name):
    join = "&" if "?" in path else "?"
    answer = client.get(f"{path}{join}{name}=javascript")
    assert answer.status_code in (200, 400)
    assert "javascript:" not in answer.text
    assert "#javascript" not in answer.text
