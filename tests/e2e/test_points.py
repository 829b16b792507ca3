"""Schools on the map: points and clusters on one canvas, reached by mouse, finger and keyboard."""

import math
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from gisapp.settings import Settings
from tests.e2e.conftest import Watch, look_at, serving
from tests.e2e.test_map import colour_at, place_of, token
from tests.office import ROUND, School, bare_office
from tests.web.conftest import (
    EVIL,
    EVIL_CODE,
    own_settings,  # noqa: F401 - a copy of the office of the web tests
    web_schools,
    write_round,
)
from tests.web.test_honest import change_layers

SCHOOLS = web_schools(fewer=1)
FIRST, SECOND, THIRD, *_ = SCHOOLS

#: Two frames later what was asked for is drawn.
FRAMES = "() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))"

#: What the canvas shows, with places on the screen.
SHOWN = """() => {
    const canvas = Object.values(map_schools._layers).find((layer) => layer.inView);
    const box = map_schools.getContainer().getBoundingClientRect();
    return canvas.inView().map((one) => ({
        x: box.x + one.x, y: box.y + one.y, half: one.half,
        count: one.count || 1, parts: one.parts || null,
    }));
}"""


def shown(page):
    page.evaluate(FRAMES)
    return page.evaluate(SHOWN)


def far_away(page):
    """Go so far that all schools of the office share one cluster; return it."""
    page.evaluate("map_schools.setMinZoom(4).setView(map_schools.getCenter(), 5)")
    (cluster,) = shown(page)
    return cluster


def view(page):
    return page.evaluate(
        "[map_schools.getCenter().lat, map_schools.getCenter().lng, map_schools.getZoom()]"
    )


def asked(page):
    return parse_qs(urlsplit(page.url).query)


@pytest.mark.parametrize("zoom", [4, 6.25, 8.5, 10.75, 13, 16])
def test_at_every_zoom_each_school_is_drawn_once(open_page, zoom):
    page = open_page("/")
    page.evaluate(
        "(zoom) => map_schools.setMinZoom(4).setView(map_schools.options.home.getCenter(), zoom)",
        zoom,
    )
    inside = page.evaluate(
        """async () => {
            const { lon, lat } = await (await fetch('/points/2568-1.json')).json();
            const frame = map_schools.getBounds();
            return lon.filter((_, n) => frame.contains([lat[n], lon[n]])).length;
        }"""
    )
    counts = [one["count"] for one in shown(page)]
    # Beside the frame's edge a cluster may reach in or out: only a whole office is counted exactly.
    assert sum(counts) == inside if zoom < 9 else sum(counts) <= len(SCHOOLS)


def by_hand(points, zoom, reach_px=33):
    """Cluster sizes: each school in turn takes whoever stands near and belongs to nobody yet."""
    side = 256 * 2**zoom

    def on_screen(n):
        lat = math.radians(points["lat"][n])
        y = 0.5 - math.log(math.tan(math.pi / 4 + lat / 2)) / (2 * math.pi)
        return (points["lon"][n] / 360 + 0.5) * side, y * side

    places = [on_screen(n) for n in range(len(points["code"]))]
    free, sizes = set(range(len(places))), []
    for n in range(len(places)):
        if n in free:
            taken = {m for m in free if math.dist(places[n], places[m]) <= reach_px}
            free -= taken
            sizes.append(len(taken))
    return sorted(sizes)


def test_clusters_are_those_of_33_px_at_every_quarter_of_a_zoom(open_page):
    page = open_page("/")
    points = page.evaluate("async () => (await fetch('/points/2568-1.json')).json()")
    drawn = page.evaluate(
        """() => {
            const canvas = Object.values(map_schools._layers).find((layer) => layer.inView);
            const world = L.latLngBounds([[-80, -179], [80, 179]]);
            return Array.from({ length: 49 }, (_, n) =>
                canvas._gathered.within(world, 4 + n / 4).map((one) => one.count || 1).sort());
        }"""
    )
    assert drawn == [by_hand(points, 4 + n / 4) for n in range(49)]
    assert drawn[0] == [5]
    assert drawn[-1] == [1, 1, 1, 1, 1]


def test_a_cluster_says_how_many_schools_and_shows_their_classes(open_page):
    page = open_page("/")
    cluster = far_away(page)
    assert cluster["count"] == len(SCHOOLS)
    assert cluster["half"] * 2 == 31  # fewer than ten
    # From the sheet: two of 121 to 600 pupils, three of fewer, one of these a stand-in.
    assert cluster["parts"] == [["medium", 2, 0], ["small", 3, 1]]
    # The ring begins above and goes clockwise in the legend's order; 13.5 px from the middle.
    just_right = {"x": cluster["x"] + 11, "y": cluster["y"] - 6}
    assert near_colour(colour_at(page, just_right), token(page, "--pt-medium"))
    left_below = {"x": cluster["x"] - 8, "y": cluster["y"] + 9}
    assert near_colour(colour_at(page, left_below), token(page, "--pt-small"))


def near_colour(seen, wanted):
    """A pixel on a curve is a little mixed with its neighbours."""
    return sum(abs(a - b) for a, b in zip(seen, wanted, strict=True)) < 60


def test_a_click_on_a_cluster_goes_where_it_falls_apart(open_page):
    page = open_page("/")
    cluster = far_away(page)
    page.mouse.click(cluster["x"], cluster["y"])
    assert len(shown(page)) > 1
    assert view(page)[2] > 5
    assert page.locator("#card").is_hidden()


def test_the_names_wait_until_a_mouse_comes_near(open_page):
    page = open_page("/")
    page.wait_for_load_state("networkidle")
    entries = "performance.getEntriesByType('resource').filter((r) => /names/.test(r.name)).length"
    assert page.evaluate(entries) == 0
    look_at(page, FIRST.code)
    place = place_of(page, FIRST.code)
    page.mouse.move(place["x"], place["y"])
    expect(page.locator(".tip")).to_have_text(FIRST.name)
    page.mouse.move(place["x"] + 60, place["y"] + 60)
    expect(page.locator(".tip")).to_be_hidden()
    assert page.evaluate(entries) == 1


def test_a_finger_need_not_be_exact(open_page):
    """22 px beside the middle opens the card by touch; a mouse must come nearer."""
    page = open_page("/", touch=True)
    look_at(page, FIRST.code)
    place = place_of(page, FIRST.code)
    page.mouse.click(place["x"] + 20, place["y"])
    page.evaluate(FRAMES)
    assert page.locator("#card").is_hidden()
    page.touchscreen.tap(place["x"] + 20, place["y"])
    expect(page.locator("#card h2")).to_have_text(FIRST.name)


def test_clusters_and_schools_are_buttons_once_tab_is_used(open_page):
    page = open_page("/")
    far_away(page)
    assert page.locator(".hit").count() == 0
    page.keyboard.press("Tab")
    cluster = page.get_by_role("button", name=f"{len(SCHOOLS)} โรงเรียน", exact=True)
    cluster.focus()
    expect(page.locator(".tip")).to_have_text(f"{len(SCHOOLS)} โรงเรียน")
    zoom = view(page)[2]
    for _ in range(12):
        page.keyboard.press("Enter")
        page.evaluate(FRAMES)
        label = page.evaluate("document.activeElement.getAttribute('aria-label')")
        if "นักเรียน" in label:
            break
    assert view(page)[2] > zoom
    assert any(label.startswith(f"{school.name}, ") for school in SCHOOLS)
    page.keyboard.press("Enter")
    page.wait_for_selector("#card:not([hidden]) h2")
    assert label.startswith(page.inner_text("#card h2"))


def test_the_view_is_kept_in_the_address_once_the_reader_moves(open_page):
    page = open_page("/")
    page.evaluate(FRAMES)
    assert "at" not in asked(page)
    middle = page.locator(".map").bounding_box()
    page.mouse.move(middle["x"] + 400, middle["y"] + 300)
    page.mouse.down()
    page.mouse.move(middle["x"] + 480, middle["y"] + 350, steps=4)
    page.mouse.up()
    page.wait_for_function("() => location.search.includes('at=')")
    page.click("[data-map=in]")
    page.wait_for_function("() => location.search.split(',')[2] == map_schools.getZoom()")
    kept = [float(part) for part in asked(page)["at"][0].split(",")]
    assert kept == pytest.approx(view(page), abs=6e-5)
    assert re.search(r"at=-?\d+\.\d{4},-?\d+\.\d{4},\d+(\.\d+)?$", page.url)
    other = open_page(page.url[page.url.index("/?") :])
    assert view(other) == pytest.approx(kept, abs=1e-4)
    assert len(shown(other)) == len(shown(page))
    page.click("[data-map=all]")
    assert "at" not in asked(page)


def test_a_filter_keeps_the_view_and_going_back_returns_to_the_one_before(open_page):
    page = open_page("/?at=19.1000,98.1000,13")
    page.locator("label.lg", has_text="กลาง").click()
    page.wait_for_selector("html[data-points='3']", state="attached")
    assert asked(page)["at"] == ["19.1000,98.1000,13"]
    page.locator(".folium-map").press("ArrowRight")
    page.wait_for_function("() => !location.search.includes('at=19.1000,98.1000,')")
    page.go_back()
    page.wait_for_selector("html[data-points='5']", state="attached")
    assert view(page) == pytest.approx([19.1, 98.1, 13], abs=1e-4)


@pytest.mark.parametrize("at", ["", "x", "1,2", "99,98,9", "19,500,9", "19,98,-1", "NaN,NaN,NaN"])
def test_a_place_that_no_map_can_show_is_ignored(open_page, at):
    plain, odd = open_page("/"), open_page(f"/?at={at}")
    assert view(odd) == pytest.approx(view(plain), abs=1e-6)


def test_a_link_with_a_school_and_a_view_keeps_the_view(open_page):
    page = open_page(f"/?school={FIRST.code}&at=19.1000,98.1000,12.5")
    page.wait_for_selector("#card:not([hidden]) h2")
    assert view(page)[2] == 12.5
    expect(page.locator(".sel div")).to_have_text(FIRST.name)


def test_another_view_recolours_the_points_without_a_reload(open_page):
    page = open_page("/")
    page.evaluate("window.same = true")
    look_at(page, SECOND.code)
    place = place_of(page, SECOND.code)
    assert colour_at(page, place) == token(page, "--pt-medium")
    page.select_option("select[name=by]", "size7")
    page.wait_for_function("() => location.search.includes('by=size7')")
    page.wait_for_load_state("networkidle")
    page.evaluate(FRAMES)
    wanted = page.evaluate(
        """async (code) => {
            const url = document.querySelector('[data-points-url]').dataset.pointsUrl;
            const d = await (await fetch(url)).json();
            const name = d.classes[d.class[d.code.indexOf(code)]];
            return document.getElementById('sy-' + name).dataset.token;
        }""",
        SECOND.code,
    )
    assert wanted.startswith("s7-")
    assert colour_at(page, place) == token(page, f"--{wanted}")
    assert page.evaluate("window.same") is True


def test_an_empty_answer_says_so_on_the_map_and_leads_back(open_page):
    page = open_page("/?q=zzzzzz")
    assert page.get_attribute("html", "data-points") == "0"
    box = page.locator(".noschool")
    expect(box).to_contain_text("ไม่พบโรงเรียนตามตัวกรองนี้")
    box.get_by_role("link", name="ล้างตัวกรอง").click()
    page.wait_for_selector("html[data-points='5']", state="attached")
    expect(box).to_have_count(0)


def test_a_round_without_a_place_for_any_school_says_so_and_leads_to_the_list(
    browser,
    own_settings,  # noqa: F811 - pytest hands fixtures over by name
):
    change_layers(own_settings, "UPDATE schools SET geom = NULL, location_quality = 'missing'")
    with serving(own_settings) as address:
        page = browser.new_page(viewport={"width": 390, "height": 844})
        page.goto(f"{address}/?lang=th")
        box = page.locator(".noschool")
        expect(box).to_contain_text("ยังไม่มีพิกัดโรงเรียน")
        box.get_by_role("link", name="ดูเป็นรายชื่อ").click()
        page.wait_for_url("**/schools?*")
        assert page.locator(".pcards li").count() == 5
        page.close()


def test_a_slow_line_is_told_what_it_waits_for(browser, address):
    page = browser.new_page()
    held = []
    page.route("**/points/2568-1.json", lambda route: held.append(route))
    page.goto(f"{address}/", wait_until="commit")
    expect(page.locator(".wait")).to_have_text("กำลังโหลดข้อมูลโรงเรียน")
    held[0].continue_()
    page.wait_for_selector("html[data-points='5']", state="attached")
    expect(page.locator(".wait")).to_have_count(0)
    page.close()


def hold(page, addresses):
    """Let answers wait; the function returned lets them go and tells how many there were."""
    held, open_now = [], []
    page.route(addresses, lambda route: route.continue_() if open_now else held.append(route))

    def release():
        open_now.append(True)
        for route in held:
            route.continue_()
        return len(held)

    return release


def test_the_page_says_that_it_loads_before_any_script_has_come(browser, address):
    page = browser.new_page(viewport={"width": 360, "height": 640})
    release = hold(page, re.compile(r"/static/all/\w+\.js"))
    page.goto(f"{address}/", wait_until="commit")
    expect(page.locator(".wait")).to_be_visible()
    expect(page.locator(".wait")).to_have_text("กำลังโหลดข้อมูลโรงเรียน")
    release()
    page.wait_for_selector("html[data-points='5']", state="attached")
    expect(page.locator(".wait")).to_have_count(0)
    page.close()


def test_without_scripts_nothing_is_said_to_be_loading(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/")
    expect(page.locator(".wait")).to_be_hidden()
    expect(page.locator("noscript .failed")).to_be_visible()
    context.close()


def test_points_are_drawn_while_letters_are_still_on_their_way(browser, address):
    page = browser.new_page()
    release = hold(page, "**/*.woff2*")
    page.goto(f"{address}/", wait_until="commit")
    page.wait_for_function(
        "() => window.map_schools && map_schools._layers && Object.values(map_schools._layers)"
        ".some((layer) => layer.inView && layer.inView().length)"
    )
    assert page.get_attribute("html", "data-ground") is None
    assert release() > 0
    page.wait_for_selector("html[data-ground]", state="attached")
    page.close()


def test_points_that_never_come_are_owned_up_to(browser, address):
    page = browser.new_page()
    page.route("**/points/2568-1.json", lambda route: route.fulfill(status=500, body="no"))
    page.goto(f"{address}/")
    expect(page.locator("#failed")).to_contain_text("โหลดข้อมูลไม่สำเร็จ")
    page.locator("#failed").get_by_role("button", name="ปิด").click()
    expect(page.locator("#failed")).to_be_hidden()
    page.close()


def nearby(browser, address, *, lat, lon, granted=True, viewport=(1440, 900)):
    """A page whose browser knows where it is; the service must be secure, as loopback is."""
    context = browser.new_context(
        viewport={"width": viewport[0], "height": viewport[1]},
        geolocation={"latitude": lat, "longitude": lon, "accuracy": 120},
        permissions=["geolocation"] if granted else [],
    )
    page = context.new_page()
    watch = Watch(page, address)
    page.goto(f"{address}/")
    page.wait_for_selector("html[data-points]", state="attached")
    return page, watch


def test_the_nearest_schools_are_listed_with_their_distance_and_no_stand_in(browser, address):
    page, watch = nearby(browser, address, lat=19.055, lon=98.155)
    page.click("[data-near]")
    rows = page.locator(".nearby li")
    expect(rows.first).to_contain_text(EVIL)
    expect(rows.first).to_contain_text("0.0 กม.")
    # Five schools, one of them a stand-in, whose distance nobody knows.
    expect(rows).to_have_count(4)
    assert "บ้านไม่มีพิกัด" not in page.inner_text(".nearby")
    far = [float(text.split()[-2]) for text in rows.all_inner_texts()]
    assert far == sorted(far)
    rows.first.get_by_role("button").click()
    expect(page.locator("#card h2")).to_have_text(EVIL)
    page.locator(".nearby").get_by_role("button", name="ปิด").click()
    expect(page.locator(".nearby")).to_have_count(0)
    assert (watch.errors, watch.foreign, watch.dialogs) == ([], [], [])
    page.context.close()


def test_on_a_phone_the_nearest_schools_end_in_sight(browser, address):
    page, _ = nearby(browser, address, lat=19.055, lon=98.155, viewport=(360, 640))
    page.click("[data-near]")
    panel = page.locator(".nearby")
    expect(panel.get_by_role("button", name="ปิด")).to_be_in_viewport(ratio=1)
    expect(panel.locator("li").last).to_be_in_viewport(ratio=1)
    expect(panel.get_by_text("เส้นตรง ไม่ใช่ระยะทางถนน")).to_be_in_viewport(ratio=1)
    # However many rows: only the list scrolls.
    panel.locator("ol").evaluate(
        "(list) => list.append(...[...list.children].map((row) => row.cloneNode(true)))"
    )
    expect(panel.get_by_role("button", name="ปิด")).to_be_in_viewport(ratio=1)
    expect(panel.get_by_text("เส้นตรง ไม่ใช่ระยะทางถนน")).to_be_in_viewport(ratio=1)
    page.context.close()


def test_where_i_am_does_not_look_like_a_chosen_school(browser, address):
    page, _ = nearby(browser, address, lat=19.1, lon=98.155)
    page.click("[data-near]")
    page.wait_for_selector(".nearby")
    page.evaluate(FRAMES)
    me = page.evaluate("map_schools.latLngToContainerPoint([19.1, 98.155])")
    box = page.locator(".folium-map").bounding_box()
    seen = colour_at(page, {"x": box["x"] + me["x"], "y": box["y"] + me["y"]})
    assert near_colour(seen, token(page, "--accent"))
    assert not near_colour(seen, token(page, "--pt-select"))
    page.context.close()


def test_the_distance_is_that_of_the_sphere(browser, address):
    """One thousandth of a degree of latitude north of a school: 111.2 m by a radius of 6,371 km."""
    page, _ = nearby(browser, address, lat=19.055 + 0.045, lon=98.155)
    page.click("[data-near]")
    row = page.locator(".nearby li", has_text=EVIL)
    expect(row).to_contain_text("5.0 กม.")  # 0.045 x pi / 180 x 6371 = 5.004
    page.context.close()


def test_a_refused_position_is_said_in_words(browser, address):
    page, watch = nearby(browser, address, lat=19, lon=98, granted=False)
    page.click("[data-near]")
    expect(page.locator("#failed")).to_contain_text("ไม่ได้รับอนุญาต")
    assert page.locator("#failed").bounding_box()["height"] < 100  # two lines and what is around
    assert watch.errors == []
    page.context.close()


def test_near_me_is_not_offered_where_a_browser_would_not_answer(browser, address):
    """On plain http a name that is not the machine's own is no secure context."""
    page = browser.new_page()
    port = urlsplit(address).port
    page.route(
        "http://office.test/**",
        lambda route: route.fulfill(
            response=route.fetch(url=route.request.url.replace("office.test", f"127.0.0.1:{port}"))
        ),
    )
    page.goto("http://office.test/")
    page.wait_for_selector("html[data-points='5']", state="attached")
    assert page.evaluate("window.isSecureContext") is False
    assert page.locator("[data-near]").is_hidden()
    page.goto(f"{address}/")
    page.wait_for_selector("html[data-points='5']", state="attached")
    assert page.locator("[data-near]").is_visible()
    page.close()


@pytest.fixture(scope="module")
def shared_yard(tmp_path_factory):
    """Address of an office where three schools stand in one yard."""
    office = bare_office(tmp_path_factory.mktemp("yard") / "office")
    yard = (
        School(EVIL_CODE, EVIL, "ทุ่งดาว", "19.055", "98.155", {"p1": (4, 5, 1)}),
        School("99020006", "บ้านดอยดาว", "ทุ่งดาว", "19.05502", "98.155", {"p1": (4, 5, 1)}),
        School("99020007", "บ้านทุ่งดาว", "ทุ่งดาว", "19.055", "98.15502", {"p1": (4, 5, 1)}),
    )
    write_round(office, ROUND, (*SCHOOLS[:3], *yard))
    built = office.run("build", ROUND)
    assert built.exit_code == 0, built.output
    with serving(Settings.load(office.folder)) as found:
        yield found


def test_schools_that_no_zoom_can_part_are_a_list(browser, shared_yard):
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    watch = Watch(page, shared_yard)
    page.goto(f"{shared_yard}/?at=19.0550,98.1550,14")
    page.wait_for_selector("html[data-points='6']", state="attached")
    (cluster,) = [one for one in shown(page) if one["count"] == 3]
    page.mouse.click(cluster["x"], cluster["y"])
    box = page.get_by_role("dialog", name="โรงเรียน ณ จุดเดียวกัน")
    expect(box.get_by_role("button")).to_have_count(3)
    names = box.get_by_role("button").all_inner_texts()
    assert sorted(names) == sorted([EVIL, "บ้านดอยดาว", "บ้านทุ่งดาว"])
    expect(box.get_by_role("button").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(box.get_by_role("button").last).to_be_focused()
    page.keyboard.press("Escape")
    expect(box).to_have_count(0)
    page.mouse.click(cluster["x"], cluster["y"])
    box.get_by_role("button", name="บ้านดอยดาว").click()
    expect(page.locator("#card h2")).to_have_text("บ้านดอยดาว")
    expect(box).to_have_count(0)
    assert (watch.errors, watch.foreign, watch.dialogs) == ([], [], [])
    page.close()


def test_names_of_places_keep_clear_of_schools_and_clusters(open_page):
    """The label canvas knows every drawing on the point canvas, clusters too."""
    page = open_page("/")
    far_away(page)
    (box,) = page.evaluate("gisapp.pointBoxes()")
    assert box[2:] == [17.5, 17.5]


def test_the_small_map_of_a_profile_leaves_the_address_alone(open_page):
    page = open_page(f"/schools/{THIRD.code}")
    before = page.url
    page.evaluate("map_schools.setView(map_schools.getCenter(), 12)")
    page.evaluate(FRAMES)
    assert page.url == before
    expect(page.locator(".sel div")).to_have_text(THIRD.name)
