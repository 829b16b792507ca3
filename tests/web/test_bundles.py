import html
import re

import pytest

from gisapp.web.assets import STATIC_DIR
from gisapp.web.bundles import bundle

PAGES = ("/", "/schools", "/overview", "/schools/99020001")


def bundles_of(client, address):
    found = re.findall(r'(?:src|href)="(/static/all/[^"]+)"', client.get(address).text)
    return [html.unescape(one) for one in found]


@pytest.mark.parametrize("address", PAGES)
def test_a_page_asks_for_one_style_and_a_few_scripts(client, address):
    found = bundles_of(client, address)
    assert sum(".css?" in one for one in found) == 1
    assert 1 <= sum(".js?" in one for one in found) <= 2


def test_a_bundle_holds_its_files_whole_and_in_order(client):
    for address in bundles_of(client, "/"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]
        names = address.split("files=")[1].replace("%2F", "/").replace("%2C", ",").split(",")
        assert len(names) > 1
        place = -1
        for name in names:
            text = (STATIC_DIR / name).read_text(encoding="utf-8")
            piece = max(re.findall(r"[\w .]{20,}", text), key=len)
            assert answer.text.find(piece) >= 0, name
            if name.endswith(".js"):
                here = answer.text.index(text)
                assert here > place
                place = here


def test_addresses_inside_a_style_sheet_still_lead_to_their_files(client):
    (style,) = [one for one in bundles_of(client, "/") if ".css?" in one]
    inside = set(re.findall(r"url\((\.\./[^)]+)\)", client.get(style).text))
    assert any("sarabun" in address for address in inside)
    for address in inside:
        answer = client.get(f"/static/all/{address}".replace("all/../", ""))
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"], address


def test_the_letters_asked_for_early_are_those_of_the_style_sheet(client):
    """Another address for the same font would be fetched twice."""
    (style,) = [one for one in bundles_of(client, "/") if ".css?" in one]
    inside = {
        one.replace("..", "/static")
        for one in re.findall(r"url\((\.\./[^)]+)\)", client.get(style).text)
    }
    early = re.findall(r'rel="preload" as="font"[^>]* href="([^"]+)"', client.get("/").text)
    assert len(early) == 2
    assert inside.issuperset(early)


@pytest.mark.parametrize(
    "files",
    ["", "../office.secret", "app.css,../../pyproject.toml", "map.js", "nothing.css", "/etc/x.css"],
)
def test_only_our_own_files_of_that_kind_are_bundled(client, files):
    assert client.get("/static/all/00000000.css", query_string={"files": files}).status_code == 404


def test_an_address_of_an_earlier_version_is_answered_but_not_kept(client, app):
    with app.test_request_context():
        now = bundle("page.js", "search.js")
    assert "immutable" in client.get(now).headers["Cache-Control"]
    old = re.sub(r"/all/\w+\.", "/all/deadbeef.", now)
    assert client.get(old).status_code == 200
    assert client.get(old).headers["Cache-Control"] == "no-cache"
