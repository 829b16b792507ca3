import re
from pathlib import Path

import pytest

from gisapp.web import assets
from gisapp.web.assets import FOLIUM_ASSETS, STATIC_DIR
from gisapp.web.map import drawing as maps

PAGES = [
    "/",
    "/schools",
    "/schools/99020001",
    "/schools/99020001/card",
    "/nowhere",
    "/healthz",
    "/data/2568-1/schools.geojson",
    "/data/2568-1/districts.steps.json",
    "/points/2568-1.json",
    "/points/2568-1/names.json",
    "/overview",
    "/schools.csv",
]


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("language", ["th", "en"])
def test_no_answer_names_another_host(client, address, language):
    text = client.get(f"{address}?lang={language}").text
    found = re.findall(r"""(?:src|href|url)\s*[=(]\s*["']?\s*((?:https?:)?//[^"')\s]+)""", text)
    assert found == []


def test_no_file_of_ours_loads_from_another_host():
    ours = [path for path in STATIC_DIR.iterdir() if path.suffix in (".js", ".css", ".svg")]
    assert len(ours) > 5
    for path in ours:
        text = re.sub(r"http://www\.w3\.org/\d+/svg", "", path.read_text(encoding="utf-8"))
        assert not re.search(r"https?://", text), path.name


@pytest.mark.parametrize("address", PAGES)
def test_every_answer_carries_the_policy_and_the_safe_headers(client, address):
    answer = client.get(address)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("address", ["/", "/schools", "/schools/99020001", "/nowhere", "/overview"])
def test_every_script_of_a_page_carries_this_answers_nonce(client, address):
    first, second = client.get(address), client.get(address)
    nonce = re.search(r"'nonce-([\w-]+)'", first.headers["Content-Security-Policy"])[1]
    inline = re.findall(r"<script(?![^>]*\bsrc=)([^>]*)>", first.text)
    assert inline
    assert all(f'nonce="{nonce}"' in attributes for attributes in inline)
    assert nonce not in second.text


@pytest.mark.parametrize(
    "address", ["/", "/schools", "/schools/99020001", "/schools/99020001/card", "/overview"]
)
def test_no_page_has_a_handler_or_a_style_in_its_markup(client, address):
    text = client.get(address).text
    assert not re.search(r"<[^>]+\son\w+=", text)
    assert not re.search(r"<[^>]+\sstyle=", text)
    assert "<style" not in text


def test_every_file_a_page_loads_is_there_and_keeps(client):
    for address in ("/", "/schools/99020001"):
        files = re.findall(r'(?:src|href)="(/static/[^"#]+)', client.get(address).text)
        assert len(set(files)) >= 4  # style, two bundles of scripts, icons
        for file in set(files):
            answer = client.get(file)
            assert answer.status_code == 200, file
            assert "immutable" in answer.headers["Cache-Control"]


def test_the_mark_of_a_file_follows_its_content(app, tmp_path, monkeypatch):
    monkeypatch.setattr(assets, "STATIC_DIR", tmp_path)
    (tmp_path / "x.css").write_text("a{}")
    with app.test_request_context():
        first = assets.asset("x.css")
    (tmp_path / "x.css").write_text("b{}")
    with app.test_request_context():
        assert assets.asset("x.css") != first


def test_a_file_that_folium_wants_and_we_do_not_know_is_refused():
    with pytest.raises(KeyError):
        maps._ours(["a_plugin_nobody_vendored"])


def test_every_file_of_the_table_exists():
    ours = (*maps.BASE_FILES, *maps.POINT_FILES, *maps.PLACE_FILES)
    paths = [*(path for path in FOLIUM_ASSETS.values() if path), *ours]
    assert len(paths) >= 12
    for path in paths:
        assert (STATIC_DIR / path).is_file(), path


def test_colours_stand_in_tokens_only():
    """A colour in another style sheet or script would not follow the dark mode."""
    allowed = {"app.css": {"#fff", "#000"}, "pages.css": {"#fff", "#000", "#9aa4ac", "#444"}}
    for name in (
        "app.css",
        "pages.css",
        "map.js",
        "map-points.css",
        "map-points.js",
        "map-symbols.js",
        "map-clusters.js",
        "map-reach.js",
        "map-near.js",
        "map-labels.js",
        "page.js",
        "map-card.js",
    ):
        text = Path(STATIC_DIR / name).read_text(encoding="utf-8")
        text = re.sub(r'url\("data:[^"]*"\)', "", text)
        colours = set(re.findall(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})\b(?![\w-])", text))
        assert colours <= allowed.get(name, set()), name
