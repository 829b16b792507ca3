"""What the map stands on, in a browser: relief, the layers menu, and somebody else's map."""

import dataclasses
import io
import shutil
import subprocess

import pytest
import shapely
from PIL import Image, ImageStat
from playwright.sync_api import expect

from gisapp.settings import Settings
from tests.e2e.conftest import serving
from tests.web.test_map_layers import add_layer
from tests.web.test_tiles import mountains, write_heights

INTERNET = "https://tiles.example"


@pytest.fixture(scope="module")
def ground(web_office, tmp_path_factory):
    """The office of the web tests with heights, roads, villages and service areas."""
    folder = tmp_path_factory.mktemp("ground") / "office"
    shutil.copytree(web_office.folder, folder)
    settings = Settings.load(folder)
    write_heights(settings, mountains())
    spots = [shapely.Point(98.06, 19.03), shapely.Point(98.02, 19.08)]
    add_layer(settings, "villages", {"village_th": ["บ้านหนึ่ง", "<b>สอง"]}, spots)
    served = {"smis_code": ["99020001"] * 2, "village_name": ["บ้านหนึ่ง", "<b>สอง"]}
    add_layer(settings, "service_villages", served, spots)
    road = shapely.LineString([(97.95, 19.05), (98.25, 19.06)])
    add_layer(settings, "roads", {"road_class": ["primary"]}, [road])
    return settings


@pytest.fixture(scope="module")
def address(ground):
    with serving(ground) as found:
        yield found


def tiles(page):
    """Addresses of the relief's tiles that are loaded and shown."""
    return page.evaluate(
        "[...document.querySelectorAll('.leaflet-hillshade-pane img.leaflet-tile-loaded')]"
        ".filter(i => i.naturalWidth === 256 || i.naturalWidth === 1).map(i => i.src)"
    )


def wait_for_tiles(page, word="hillshade"):
    page.wait_for_function(
        "word => { const all = [...document.querySelectorAll('.leaflet-hillshade-pane img')];"
        " return all.length && all.every(i => i.src.includes(word)"
        " && i.classList.contains('leaflet-tile-loaded')); }",
        arg=word,
    )


def shot(page):
    return Image.open(io.BytesIO(page.locator(".folium-map").screenshot())).convert("RGB")


def place(page, lat, lon):
    """Where a place is on the map's picture, pixels."""
    at = page.evaluate(
        "place => { const map = Object.values(window).find(v => v instanceof L.Map);"
        " const p = map.latLngToContainerPoint(place); return [p.x, p.y]; }",
        [lat, lon],
    )
    return tuple(round(value) for value in at)


def test_relief_lies_lowest_and_waits_for_the_points(open_page):
    page = open_page("/")
    wait_for_tiles(page)
    assert len(tiles(page)) > 3
    depth = page.evaluate(
        "['hillshade','base','more','point'].map(n => +getComputedStyle("
        "document.querySelector('.leaflet-' + n + '-pane')).zIndex)"
    )
    assert depth == sorted(depth)
    first_tile, points = page.evaluate(
        "(() => { const all = performance.getEntriesByType('resource');"
        " const of = word => all.filter(e => e.name.includes(word));"
        " return [Math.min(...of('/tiles/').map(e => e.startTime)),"
        " Math.max(...of('/points/').map(e => e.responseEnd))]; })()"
    )
    assert first_tile >= points


def test_relief_can_be_seen(open_page):
    with_relief, without = open_page("/"), open_page("/?off=hillshade")
    wait_for_tiles(with_relief)
    assert tiles(without) == []
    middle = (500, 100, 1000, 600)
    spread = [
        ImageStat.Stat(shot(page).crop(middle).convert("L")).stddev[0]
        for page in (with_relief, without)
    ]
    assert spread[0] > spread[1] + 1


def test_another_theme_has_its_own_relief(open_page):
    page = open_page("/")
    wait_for_tiles(page, "/light/")
    page.locator("[data-theme-switch]:visible").first.click()
    wait_for_tiles(page, "/dark/")
    assert all("/dark/" in source for source in tiles(page))


def test_what_is_switched_stands_in_the_address_and_a_link_shows_the_same(open_page):
    page = open_page("/")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator(".layers > summary").click()
    page.locator("[data-layer=roads]").uncheck()
    page.locator("[data-layer=hillshade]").uncheck()
    with page.expect_response(lambda answer: "/villages.geojson" in answer.url):
        page.locator("[data-layer=villages]").check()
    assert "off=hillshade,roads" in page.url
    assert "on=villages" in page.url
    page.locator("[data-layer=villages]").uncheck()
    page.locator("[data-layer=villages]").check()
    assert len([url for url in asked if "villages.geojson" in url]) == 1

    shown = open_page(page.url.split("/", 3)[3].join(["/", ""]))
    for name, on in (("roads", 0), ("hillshade", 0), ("villages", 1), ("districts", 1)):
        expect(shown.locator(f"[data-layer={name}]")).to_be_checked(checked=bool(on))
    assert tiles(shown) == []

    shown.locator(".layers > summary").click()
    for name in ("roads", "hillshade"):
        shown.locator(f"[data-layer={name}]").check()
    shown.locator("[data-layer=villages]").uncheck()
    wait_for_tiles(shown)
    assert "off=" not in shown.url
    assert "on=" not in shown.url


def test_an_unknown_layer_in_the_address_changes_nothing(open_page):
    page = open_page("/?off=nothing,<b>&on=%3Cscript%3E")
    wait_for_tiles(page)
    assert page.locator("[data-layer=hillshade]").is_checked()


def test_villages_and_lines_are_fetched_only_when_they_are_wanted(open_page):
    page = open_page("/")
    wait_for_tiles(page)
    names = page.evaluate("performance.getEntriesByType('resource').map(e => e.name).join(' ')")
    assert "/points/" in names
    assert "villages.geojson" not in names
    assert "served.json" not in names


def test_the_open_cards_school_shows_the_villages_it_serves(open_page):
    page = open_page("/?at=19.05,98.05,13")
    wait_for_tiles(page)
    with page.expect_response(lambda answer: "served.json?school=99020001" in answer.url):
        page.evaluate(
            "document.dispatchEvent("
            "new CustomEvent('gisapp:goto', { detail: { code: '99020001' } }))"
        )
    page.wait_for_function(
        "() => document.querySelectorAll('.leaflet-more-pane canvas').length > 1"
    )
    # A village stands 2 km from the school: its square is the colour of borders, 6 pixels wide.
    ink = page.evaluate("gisapp.token('--map-district')").lstrip("#")
    colour = tuple(int(ink[n : n + 2], 16) for n in (0, 2, 4))
    found = shot(page).getpixel(place(page, 19.03, 98.06))
    assert all(abs(a - b) <= 6 for a, b in zip(found, colour, strict=True))
    page.locator("#card button[data-card=close]").first.click()
    page.wait_for_function(
        "() => document.querySelectorAll('.leaflet-more-pane canvas').length <= 1"
    )


def test_the_sheet_fades_where_its_data_end(open_page):
    page = open_page("/?at=18.95,98.2,9.25")
    wait_for_tiles(page)
    ground = page.evaluate("gisapp.token('--map-ground')").lstrip("#")
    colour = tuple(int(ground[n : n + 2], 16) for n in (0, 2, 4))
    veiled = page.evaluate("gisapp.token('--map-outside')")
    assert veiled.endswith(".62)")
    picture = shot(page)
    # Outside the heights, where the road's end lies too: ground and veil, nothing else.
    bare = [round(c * 0.38 + v * 0.62) for c, v in zip(colour, (243, 246, 247), strict=True)]
    found = picture.getpixel(place(page, 18.75, 98.2))
    assert all(abs(a - b) <= 2 for a, b in zip(found, bare, strict=True))
    # Towards the edge relief grows fainter.
    (x, north), (_, middle), (_, south) = (place(page, lat, 98.3) for lat in (19.05, 18.95, 18.80))
    inner, outer = (
        ImageStat.Stat(picture.crop((x - 60, top, x + 60, low)).convert("L")).stddev[0]
        for top, low in ((north, middle), (south - 12, south))
    )
    assert inner > 2 * outer


def test_the_maps_of_profile_and_list_of_layers_work_without_a_menu(open_page):
    page = open_page("/schools/99020001")
    wait_for_tiles(page)
    assert len(tiles(page)) > 0


def asked(page):
    """Addresses that the page asked for, in one text."""
    return page.evaluate("performance.getEntriesByType('resource').map(e => e.name).join(' ')")


def test_lines_come_coarse_and_fine_ones_once_the_reader_is_close(open_page):
    page = open_page("/?at=19.05,98.05,11.75")
    page.wait_for_selector("html[data-ground=url]", state="attached")
    assert "roads.steps.json" in asked(page)
    assert "fine=1" not in asked(page)
    with page.expect_response(lambda answer: "roads.steps.json" in answer.url) as answer:
        page.click("[data-map=in]")
    assert "fine=1" in answer.value.url
    close = open_page("/?at=19.05,98.05,13")
    close.wait_for_selector("html[data-ground=fine]", state="attached")
    assert asked(close).count("roads.steps.json") == 1


def test_lines_of_service_areas_lead_only_to_schools_that_the_filter_left(open_page):
    page = open_page("/?on=served")
    drawn = """() => { let n = 0; map_schools.eachLayer((layer) => {
        if (layer.options.pane === 'more' && layer.getLatLngs) n += layer.getLatLngs().length; });
        return n; }"""
    page.wait_for_function(f"() => ({drawn})() === 2")
    page.locator("label.lg", has_text="กลาง").click()
    page.wait_for_function(f"() => ({drawn})() === 0")
    page.go_back()
    page.wait_for_function(f"() => ({drawn})() === 2")
    assert "class=" not in page.url


def test_on_a_phone_the_layers_menu_lies_over_the_legend_and_ends_on_the_map(open_page):
    page = open_page("/", width=360, height=640)
    page.locator(".layers > summary").click()
    menu = page.locator("#layers")
    expect(menu).to_be_in_viewport(ratio=1)
    menu.evaluate("(menu) => { menu.scrollTop = menu.scrollHeight; }")
    last = menu.locator("label").last
    expect(last).to_be_in_viewport(ratio=1)
    assert last.evaluate(
        "(row) => { const box = row.getBoundingClientRect();"
        " return row.contains(document.elementFromPoint(box.x + 20, box.y + box.height / 2)); }"
    )


@pytest.mark.skipif(not shutil.which("pdftoppm"), reason="needs poppler's pdftoppm")
@pytest.mark.parametrize("way", ["light", "dark, our button", "dark, the browser's keys"])
def test_the_printed_map_keeps_its_relief(open_page, tmp_path, way):
    page = open_page("/", scheme=way[:5].strip(", "))
    wait_for_tiles(page)
    page.wait_for_selector("html[data-ground]", state="attached")
    if way == "dark, our button":
        # Our own button turns the page light and waits for the tiles before it prints.
        page.evaluate(
            "void (window.print = () => {"
            " window.printed = document.documentElement.dataset.bsTheme; })"
        )
        page.evaluate(
            "document.body.insertAdjacentHTML("
            "'beforeend', '<button data-print id=\"p\">p</button>')"
        )
        page.evaluate("document.getElementById('p').click()")
        page.wait_for_function("() => window.printed")
        assert page.evaluate("window.printed") == "light"
        page.locator("[data-theme-switch]:visible").first.click()
        wait_for_tiles(page, "/light/")
    page.pdf(path=tmp_path / "map.pdf", prefer_css_page_size=True, print_background=True)
    subprocess.run(
        ["pdftoppm", "-r", "96", "-png", tmp_path / "map.pdf", tmp_path / "map"], check=True
    )
    sheet = Image.open(next(tmp_path.glob("map*.png"))).convert("L")
    middle = sheet.crop(
        (sheet.width // 2, sheet.height // 3, sheet.width * 3 // 4, sheet.height // 2)
    )
    tones = {tone for count, tone in middle.getcolors() if count > 20}
    assert len(tones) > 12
    # Paper is light: relief, and lines and points over it.
    dark = sum(count for count, tone in middle.getcolors() if tone < 100)
    assert dark < 0.03 * middle.width * middle.height
    assert ImageStat.Stat(sheet).mean[0] > 200
    if way.startswith("dark"):
        assert page.evaluate("document.querySelectorAll('.leaflet-base-pane canvas').length") == 1
        assert page.evaluate("'paper' in document.documentElement.dataset") is False


@pytest.fixture
def open_address(ground):
    """Address of the same office with an internet map."""
    settings = dataclasses.replace(
        ground,
        base_map_url=f"{INTERNET}/{{z}}/{{x}}/{{y}}.png",
        base_map_attribution="© ผู้ทำแผนที่",
    )
    with serving(settings) as found:
        yield found


def test_an_internet_map_is_the_lowest_layer_and_its_only_host(browser, open_address):
    picture = io.BytesIO()
    Image.new("RGB", (256, 256), "#cc8844").save(picture, "PNG")
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page, asked, errors = context.new_page(), [], []
    page.on("console", lambda line: line.type == "error" and errors.append(line.text))
    page.on("request", lambda request: asked.append(request.url))
    page.route(
        f"{INTERNET}/**",
        lambda route: route.fulfill(body=picture.getvalue(), content_type="image/png"),
    )
    page.goto(f"{open_address}/?off=labels")
    page.wait_for_selector(".leaflet-internet-pane img.leaflet-tile-loaded")
    wait_for_tiles(page)
    hosts = {"/".join(url.split("/")[:3]) for url in asked if not url.startswith("data:")}
    assert hosts == {INTERNET, open_address}
    assert page.locator("#credit").inner_text() == "© ผู้ทำแผนที่"
    assert page.locator("#credit").is_visible()
    order = page.evaluate(
        "['internet','hillshade','base'].map(n => +getComputedStyle("
        "document.querySelector('.leaflet-' + n + '-pane')).zIndex)"
    )
    assert order == sorted(order)
    # Red leads blue in that map; our relief only shades it.
    red, _, blue = shot(page).getpixel((700, 40))
    assert red > blue + 20
    page.locator(".layers > summary").click()
    page.locator("[data-layer=internet]").uncheck()
    page.wait_for_selector(".leaflet-internet-pane img", state="detached")
    assert page.locator("#credit").is_hidden()
    assert "off=internet,labels" in page.url
    assert errors == []
    context.close()
