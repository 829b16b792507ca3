"""Errors as pages: what they say, what they offer, and how little of the question they repeat."""

import html
import logging
import re

import pytest

from gisapp.web import create_app
from gisapp.web.errors import choice_word, sentence

LONG = 3_000


def ways(answer):
    """The links of an error page's body, first things first: (class, address)."""
    body = answer.text.split('<main class="errorp"')[1].split("</main>")[0]
    found = re.findall(r'<a class="([^"]+)" href="([^"]+)"', body)
    return [(name, html.unescape(address)) for name, address in found]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/nowhere", 404),
        ("/?round=2560-1", 404),
        ("/schools?round=x", 404),
        ("/?size=bad", 400),
        ("/schools?page=0", 400),
        ("/?lang=xx", 400),
        ("/overview?group=x", 400),
        ("/schools/99029999", 404),
    ],
)
def test_an_error_has_one_first_thing_to_do_and_it_works(client, address, status):
    answer = client.get(address)
    assert answer.status_code == status
    links = ways(answer)
    first = [way for name, way in links if "pri" in name]
    # The page of a missing school asks for another code first: its button sends a form.
    assert len(first) == (0 if address.startswith("/schools/") else 1)
    for _name, way in links:
        assert client.get(way).status_code == 200, way
    assert [way for _name, way in links].count(first[0] if first else "/") == 1


def test_a_round_that_is_not_built_leads_readers_to_those_that_are(client, settings):
    answer = client.get("/schools?round=2560-1&lang=en&q=a")
    assert "There is no round 2560-1" in answer.text
    assert "gisapp build" not in answer.text
    offered = [way for _name, way in ways(answer) if "round=" in way]
    assert offered == [f"/schools?round={name}&lang=en&q=a" for name in ("2568-1", "2567-1")]
    office = create_app(settings, office_pages=True).test_client()
    assert "gisapp build 2560-1" in office.get("/schools?round=2560-1").text


@pytest.mark.parametrize(
    ("query", "thai", "english"),
    [
        ("size=bad", "ไม่มี “bad” ให้เลือกในตัวกรองขนาดโรงเรียน", "no “bad” in the school size filter"),
        ("by=bad", "ไม่มี “bad” ให้เลือกในการแสดงจุด", "no “bad” in the ways to show schools"),
        ("district=bad", "ไม่มี “bad” ให้เลือกในตัวกรองอำเภอ", "no “bad” in the district filter"),
    ],
)
def test_a_wrong_choice_is_told_by_the_word_of_the_page(client, query, thai, english):
    assert thai in client.get(f"/?{query}").text
    text = client.get(f"/?{query}&lang=en").text
    assert english in text
    assert "(size)" not in text


def test_every_choice_of_an_address_has_a_word(app):
    with app.test_request_context("/?lang=en"):
        names = ("by", "district", "subdistrict", "network", "size", "level", "type", "trait")
        for name in (*names, "condition", "class", "sort", "cols", "group", "page", "lang"):
            assert choice_word(name).startswith("the "), name


@pytest.mark.parametrize("query", ["lang=xx", "lang=TH", "page=0", "page=-1", "page=1.5", "page=x"])
@pytest.mark.parametrize("path", ["/schools", "/overview"])
def test_what_does_not_exist_is_refused_alike(client, path, query):
    assert client.get(f"{path}?{query}").status_code == 400


@pytest.mark.parametrize("query", ["", "lang=", "page=", "page=007", "page=99999999999", "utm=1"])
@pytest.mark.parametrize("path", ["/schools", "/overview"])
def test_what_is_empty_large_or_not_ours_is_no_error(client, path, query):
    assert client.get(f"{path}?{query}").status_code == 200


@pytest.mark.parametrize("path", ["/", "/schools", "/overview"])
@pytest.mark.parametrize("name", ["q", "utm", "school", "x" * 40])
def test_a_long_question_does_not_fill_the_page(client, path, name):
    """Each link repeats it: without a limit a page would be ten times the question longer."""
    plain = len(client.get(path).text)
    asked = client.get(path, query_string={name: "ก" * LONG})
    assert asked.status_code == 200
    # Some seventy links, each with 80 letters of nine bytes.
    assert len(asked.text) < plain + 70 * 9 * 80
    assert "ก" * 81 not in asked.text


def test_the_same_value_many_times_is_repeated_once(client):
    address = "/schools?" + "&".join(["size=small"] * 500)
    assert client.get(address).text.count("size=small&amp;size=small") == 0


@pytest.mark.parametrize("length", [200, 5_000])
def test_a_long_code_is_cut_where_it_is_repeated(client, length):
    answer = client.get(f"/schools/{'9' * length}")
    assert answer.status_code == 404
    assert "9" * 40 + "…" in answer.text
    assert "9" * 81 not in answer.text
    assert "9" * 81 not in client.get(f"/?size={'9' * 80}{'8' * length}").text


def broken(own_settings, table, text):
    own_settings.criteria_dir.mkdir(parents=True, exist_ok=True)
    (own_settings.criteria_dir / f"{table}.csv").write_text(text, encoding="utf-8")
    return create_app(own_settings).test_client()


def test_a_broken_table_is_the_offices_fault_and_says_where(own_settings, caplog):
    head = "scheme,class,least,most,label_th,label_en\n"
    client = broken(own_settings, "size_classes", f"{head}size_class_4,small,1,many,,\n")
    with caplog.at_level(logging.ERROR):
        answer = client.get("/")
    assert answer.status_code == 503
    assert "ตารางเกณฑ์ของสำนักงานใช้ไม่ได้" in answer.text
    assert "data/criteria/size_classes.csv บรรทัด 2" in answer.text
    assert "size_classes.csv line 2" in caplog.text
    english = client.get("/schools?lang=en")
    assert english.status_code == 503
    assert "data/criteria/size_classes.csv line 2" in english.text  # and not "Data/…"
    for text in (answer.text, english.text):
        assert "invalid literal" not in text
        assert "int()" not in text
    health = client.get("/healthz")
    assert health.status_code == 503
    assert health.json["status"] == "unusable"
    assert "size_classes.csv line 2" in health.json["table_refused"]


def test_a_table_of_access_that_cannot_be_read_is_no_wrong_question(own_settings):
    client = broken(own_settings, "access", "layer,column,access\nschools,x,everybody\n")
    assert client.get("/").status_code == 503
    assert client.get("/healthz").json["status"] == "unusable"
    assert client.get("/points/2568-1.json").status_code == 503


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("there is no round", "There is no round"),
        ("size_classes.csv is empty", "size_classes.csv is empty"),
        ("data/x is empty", "data/x is empty"),
        ("", ""),
    ],
)
def test_a_sentence_begins_with_a_capital_unless_with_a_name(text, said):
    assert sentence(text) == said
