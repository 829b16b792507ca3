import html
import re

import pytest

from gisapp.store.published import layer_file, read_schools
from gisapp.web import create_app
from tests.web.conftest import EVIL, EVIL_CODE, PHOTO, web_schools

ESCAPED = "&lt;img src=x onerror=alert(1)&gt;${7*7}{{7*7}}`"


def test_the_map_page_counts_every_school_and_pupil(client):
    page = client.get("/").text
    pupils = sum(school.students for school in web_schools(fewer=1))
    counters = page[page.index('class="counters"') : page.index("</dl>")]
    assert '<dd class="num">5</dd>' in counters
    assert f'<dd class="num">{pupils:,}<small>' in counters


def test_the_map_page_is_small_and_its_folium_part_smaller(client):
    page = client.get("/").data
    assert len(page) < 32_000
    script = page[page.index(b"L.map(") : page.rindex(b"</script>")]
    assert len(script) < 10_000


def test_the_shell_does_not_grow_with_schools(client):
    page = client.get("/").text
    assert "L.map(" in page
    assert "บ้านห้วยเมฆ" not in page
    assert "99020001" not in page


def test_the_list_shows_the_same_schools_as_the_map(client, settings):
    listed = set(
        re.findall(r'<tr><th scope="row"><a href="/schools/(\d+)"', client.get("/schools").text)
    )
    drawn = {
        feature["properties"]["smis_code"]
        for feature in client.get("/data/2568-1/schools.geojson").json["features"]
    }
    published = {school.smis_code for school in read_schools(layer_file(settings, "2568-1"))}
    assert listed == drawn == published
    assert len(listed) == 5


def test_the_list_starts_with_the_fewest_pupils_and_turns_on_click(client):
    def codes(address):
        return re.findall(r'<tr><th scope="row"><a href="/schools/(\d+)', client.get(address).text)

    assert codes("/schools")[:2] == ["99020005", EVIL_CODE]
    assert codes("/schools?sort=-students")[-2:] == [EVIL_CODE, "99020005"]
    assert codes("/schools?sort=code") == sorted(codes("/schools?sort=code"))


def test_a_filter_of_the_address_holds_on_list_map_and_data(client):
    asked = "q=ทุ่งดาว"
    page = client.get(f"/schools?{asked}").text
    assert set(re.findall(r'<tr><th scope="row"><a href="/schools/(\d+)', page)) == {
        "99020003",
        EVIL_CODE,
    }
    assert '<dd class="num">2<small>จาก 5' in page
    assert '<dd class="num">2<small>จาก 5' in client.get(f"/?{asked}").text
    assert len(client.get(f"/data/2568-1/schools.geojson?{asked}").json["features"]) == 2


def test_a_choice_shows_what_it_would_give_whatever_else_of_its_group_is_chosen(client):
    page = client.get("/schools?size=medium").text
    small = re.search(r'value="small">.*?<span class="c num">(\d+)', page)
    assert small
    assert int(small[1]) > 0


def test_no_school_for_a_filter_is_said_with_a_way_on(client):
    page = client.get("/schools?q=zzzz")
    assert page.status_code == 200
    assert "ไม่พบโรงเรียนตามตัวกรองนี้" in page.text


def test_the_card_says_pupils_by_grade_and_where_the_page_is(client):
    card = client.get("/schools/99020001/card").text
    first = web_schools(fewer=1)[0]
    assert '<h2 tabindex="-1" id="card-name"><bdi>บ้านห้วยเมฆ</bdi></h2>' in card
    assert f'<dd class="num">{first.students}</dd>' in card
    boys, girls, _ = first.pupils["p1"]
    assert f">{boys + girls}</text>" in card
    assert 'href="/schools/99020001"' in card
    assert f"/photos/{PHOTO}/800.webp" in card
    assert "<html" not in card


def test_a_school_without_a_picture_says_so(client):
    assert "ยังไม่มีภาพ" in client.get("/schools/99020003/card").text


def test_the_line_of_rounds_falls_by_the_pupils_that_left(client):
    card = client.get("/schools/99020001/card").text
    before, now = (web_schools(fewer=n)[0].students for n in (0, 1))
    assert f"ลดลง {before - now} คน" in card
    assert ">2567</text>" in card
    assert ">2568</text>" in card


def test_the_page_of_a_school_holds_grades_buildings_and_place(client):
    page = client.get("/schools/99020002").text
    assert "<h1><bdi>โรงเรียนบ้านดอยลม</bdi></h1>" in page
    assert "สปช.105/29" in page
    assert "19.06000, 98.03000" in page
    assert "ม.3" in page


def test_a_stand_in_point_is_said_and_never_given_as_coordinates(client):
    page = client.get("/schools/99020005").text
    assert "วางจุดแทนไว้ในตำบล" in page
    assert not re.search(r"\d\d\.\d{5}, \d\d\.\d{5}", page)


@pytest.mark.parametrize(
    "address", ["/schools", f"/schools/{EVIL_CODE}", f"/schools/{EVIL_CODE}/card"]
)
def test_a_name_that_is_code_shows_as_that_text(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert ESCAPED in answer.text
    assert "<img src=x" not in answer.text
    assert "49" not in re.findall(r"onerror=alert\(1\)&gt;(.{4})", answer.text)[0]


def test_a_name_that_is_code_travels_to_the_map_as_json_only(client):
    assert "onerror" not in client.get(f"/?school={EVIL_CODE}").text
    names = [
        f["properties"]["school_name_th"]
        for f in client.get("/data/2568-1/schools.geojson").json["features"]
    ]
    assert EVIL in names


def test_a_question_that_is_code_comes_back_as_text(client):
    page = client.get('/schools?q="><script>alert(1)</script>').text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    for asked in ('sort="><b>&', "district=<i>", "by=<b>&", "size=<b>&"):
        answer = client.get(f"/schools?{asked}")
        assert answer.status_code == 400
        assert "<b>&" not in answer.text
        assert "<i>" not in answer.text
        assert "&lt;" in answer.text


def test_health_names_rounds_and_version(client):
    state = client.get("/healthz").json
    assert state["status"] == "ok"
    assert state["rounds"] == ["2567-1", "2568-1"]
    assert state["version"]


def test_an_earlier_round_is_a_question_away_and_stays_with_the_reader(client):
    page = client.get("/schools?round=2567-1").text
    assert "ปีการศึกษา 2567 รอบที่ 1" in page
    assert 'href="/schools/99020001?round=2567-1"' in page
    before = web_schools(fewer=0)[0].students
    assert (
        f'<dd class="num">{before}</dd>' in client.get("/schools/99020001/card?round=2567-1").text
    )


@pytest.mark.parametrize(
    "address",
    ["/?round=2560-1", "/?round=2025-1", "/schools/99029999", "/nowhere", "/schools/99029999/card"],
)
def test_what_is_not_there_is_a_404_in_the_readers_language(client, address):
    for language, word in (("th", "ไม่"), ("en", "no")):
        joined = "&" if "?" in address else "?"
        answer = client.get(f"{address}{joined}lang={language}")
        assert answer.status_code == 404
        assert word in answer.text.casefold()


def test_an_office_without_a_round_says_what_to_run(own_settings):
    for built in own_settings.layers_dir.glob("*.gpkg"):
        built.unlink()
    client = create_app(own_settings).test_client()
    for address in ("/", "/schools", "/schools/99020001"):
        answer = client.get(address)
        assert answer.status_code == 503
        assert "gisapp build 2568-1" in answer.text
    assert "run `gisapp build 2568-1`" in client.get("/?lang=en").text
    assert client.get("/healthz").json["rounds"] == []


def test_a_damaged_file_is_a_503_that_names_the_command(own_settings):
    own_settings.layer_file("2568-1").write_bytes(b"not a database" * 100)
    answer = create_app(own_settings).test_client().get("/")
    assert answer.status_code == 503
    assert "gisapp build 2568-1" in answer.text


def test_a_rebuilt_round_is_read_at_the_next_request(own_settings):
    client = create_app(own_settings).test_client()
    before, now = (web_schools(fewer=n)[0].students for n in (0, 1))
    assert f'<dd class="num">{now}</dd>' in client.get("/schools/99020001/card").text
    own_settings.layer_file("2567-1").replace(own_settings.layer_file("2568-1"))
    assert f'<dd class="num">{before}</dd>' in client.get("/schools/99020001/card").text


@pytest.mark.parametrize("query", ["", "?size=small", "?by=teachers&class=teachers:1&q=บ้าน"])
def test_the_points_set_out_before_the_scripts_that_ask_for_them(client, query):
    page = client.get(f"/{query}").text
    early = re.search(r'<link rel="preload" as="fetch" crossorigin href="([^"]+)">', page)
    assert early
    address = html.unescape(early[1])
    assert client.get(address).status_code == 200
    assert f'"url": "{address}"' in page.replace("\\u0026", "&")
