"""The page of coverage in a browser: map, slider and table answer without a reload."""

import re
import shutil

import pytest
from playwright.sync_api import expect

from gisapp.settings import Settings
from tests.coverage_layers import MIDDLE, WEST, WEST_NAME, write_coverage, write_others
from tests.e2e.conftest import serving
from tests.e2e.test_axe import in_both_themes
from tests.e2e.test_paper import near, needs_poppler, printed
from tests.web.conftest import EVIL

#: A place inside each zone: latitude, longitude.
IN_WEST, IN_MIDDLE, IN_NOBODYS = (19.08, 98.05), (19.02, 98.125), (19.08, 98.17)


@pytest.fixture(scope="module")
def address(web_office, tmp_path_factory):
    """The office of the web tests with coverage whose figures are set by hand."""
    folder = tmp_path_factory.mktemp("coverage") / "office"
    shutil.copytree(web_office.folder, folder)
    settings = Settings.load(folder)
    write_coverage(settings.layer_file("2568-1"))
    write_others(settings.layer_file("2568-1"))
    with serving(settings) as found:
        yield found


def ready(page):
    """Wait until the answers stand in the page: rows then have their button."""
    page.wait_for_selector("table[data-units] tbody [data-find]:visible")
    return page


def place(page, lat, lon):
    """Where a place stands on the page, CSS px."""
    return page.evaluate(
        "([lat, lon]) => { const box = map_schools.getContainer().getBoundingClientRect(),"
        " p = map_schools.latLngToContainerPoint([lat, lon]);"
        " return [box.x + p.x, box.y + p.y]; }",
        [lat, lon],
    )


def ink(page, where):
    """Colour and opacity (0–255) that the canvas of the zones has at a place."""
    return page.evaluate(
        "([lat, lon]) => { const canvas = document.querySelector('.leaflet-areas-pane canvas'),"
        " frame = canvas.getBoundingClientRect(), dpr = canvas.width / frame.width,"
        " box = map_schools.getContainer().getBoundingClientRect(),"
        " p = map_schools.latLngToContainerPoint([lat, lon]);"
        " return [...canvas.getContext('2d').getImageData("
        " (box.x + p.x - frame.x) * dpr, (box.y + p.y - frame.y) * dpr, 1, 1).data]; }",
        list(where),
    )


def token(page, name):
    """A colour of the page's tokens: red, green, blue."""
    found = page.evaluate("(name) => gisapp.token(name)", name).lstrip("#")
    return tuple(int(found[n : n + 2], 16) for n in (0, 2, 4))


def shows(page, where, name):
    """Tell whether a zone has the colour of a token, at the opacity of zones."""
    *colour, alpha = ink(page, where)
    return near(colour, token(page, name), 3) and abs(alpha - 0.78 * 255) <= 2


def texts(page):
    """Everything on the page that the question changes."""
    return page.evaluate(
        """() => {
            const text = (selector) => [...document.querySelectorAll(selector)]
                .map((box) => box.textContent.replace(/\\s+/g, ' ').trim());
            return {
                counters: text('dl.counters > div'), legend: text('[data-legend] .lg'),
                head: text('[data-legend] .lghd'), rows: text('table[data-units] tr'),
                bars: [...document.querySelectorAll('rect[data-bar]')]
                    .map((bar) => [bar.getAttribute('width'), bar.getAttribute('fill')]),
                doubts: [...document.querySelectorAll('rect[data-may]')]
                    .map((bar) => [bar.getAttribute('x'), bar.getAttribute('width')]),
                links: [...document.querySelectorAll('table[data-units] tbody a')]
                    .map((link) => new URL(link.href).pathname),
                labels: [...document.querySelectorAll('[data-find], [data-find-pocket]')]
                    .map((button) => button.getAttribute('aria-label')),
                sorted: [...document.querySelectorAll('th[aria-sort]')]
                    .map((th) => [th.textContent.trim(), th.getAttribute('aria-sort')]),
                pockets: text('#tab-zones .pkl li, #tab-zones .pkl h2'),
                all: text('#tab-pockets li'), reach: text('[data-reach-word]'),
            };
        }"""
    )


def same_after_reload(page):
    """The page as it stands, and as the server writes it for the same address."""
    now = texts(page)
    page.reload()
    ready(page)
    return now, texts(page)


def asked_for(page):
    """Addresses that the page asked for so far."""
    return page.evaluate("performance.getEntriesByType('resource').map((e) => e.name)")


def test_the_first_view_has_the_colours_of_its_legend(open_page):
    page = ready(open_page("/coverage?affiliations=own"))
    # 75 % of the west within 3 km: the third class; half of the middle: the fourth.
    assert shows(page, IN_WEST, "--n-3")
    assert shows(page, IN_MIDDLE, "--n-4")
    assert page.locator("[data-class='nodata'] .c").inner_text() == "0"
    # What no school serves is hatched on no ground: between its lines nothing is drawn.
    seen = {tuple(ink(page, (IN_NOBODYS[0] + n / 1500, IN_NOBODYS[1]))) for n in range(24)}
    assert (0, 0, 0, 0) in seen
    assert len(seen) > 1


def test_what_nobody_knows_is_hatched(open_page):
    page = ready(open_page("/coverage?reach=1&affiliations=own"))
    seen = [ink(page, (IN_MIDDLE[0] + n / 4000, IN_MIDDLE[1])) for n in range(12)]
    ground = token(page, "--nodata")
    assert any(near(colour, ground, 4) for *colour, _ in seen)
    assert any(ground[0] - colour[0] > 25 for colour in seen)
    row = page.locator(f"tr[data-id='{MIDDLE}'] [data-f=rate]")
    assert re.sub(r"\s+", " ", row.inner_text()) == "25.0–75.0% ยังไม่ทราบแน่"


@pytest.mark.parametrize("start", ["", "unit=district", "sort=-uncovered&measure=ger"])
def test_the_slider_answers_at_once_and_as_the_server_would(open_page, start):
    page = ready(open_page(f"/coverage?affiliations=own&{start}"))
    page.evaluate("window.stayed = true")
    slider = page.get_by_role("slider")
    slider.focus()
    before = len(asked_for(page))
    for key, reach in (("Home", "1"), ("ArrowRight", "2"), ("End", "6")):
        page.keyboard.press(key)
        page.wait_for_function(
            "(word) => document.querySelector('[data-reach-word]').textContent.includes(word)",
            arg=f"{reach} กม.",
        )
        assert slider.get_attribute("aria-valuetext").startswith(f"{reach} กม.")
        assert f"reach={reach}" in page.url
        # Only the outlines of pockets travel, and in rest what only the server can say.
        late = [a for a in asked_for(page)[before:] if "/pockets." not in a]
        assert [a for a in late if ".json" in a] == []
    page.wait_for_timeout(100)
    assert page.evaluate("window.stayed") is True
    now, then = same_after_reload(page)
    assert now == then


def test_the_slider_changes_counters_colours_table_and_pockets(open_page):
    page = ready(open_page("/coverage?affiliations=own"))
    counter = page.locator("dd[data-figure=covered]")
    # 200 · 0.75 + 40 · 0.5 + 10 · 0.2 = 172 of 250 children.
    expect(counter).to_have_text("17268.8%")
    expect(page.locator("#tab-zones [data-pockets] li")).to_have_count(1)
    page.get_by_role("slider").press("ArrowRight")
    # 192 + 40 + 6 = 238; the west passes 95 %.
    expect(counter).to_have_text("23895.2%")
    assert shows(page, IN_WEST, "--n-1")
    assert page.locator("tbody tr").first.get_attribute("data-id") == WEST
    page.get_by_role("slider").press("Home")
    expect(counter).to_have_text("25.0–75.0%ไม่ทราบระยะ 1 โรงเรียน")
    # The public never sees the pocket of four children.
    expect(page.locator("#tab-zones [data-pockets] li")).to_have_count(2)
    assert "ประมาณ 60 คน" in page.locator("#tab-zones [data-pockets]").inner_text()


def test_other_affiliations_and_measures_answer_without_a_reload(open_page):
    page = ready(open_page("/coverage"))
    page.evaluate("window.stayed = true")
    others = page.get_by_label("นับโรงเรียนสังกัดอื่นด้วย")
    expect(others).to_be_checked()
    # A tenth of all more than the office's own: 170 + 24 + 3.
    expect(page.locator("dd[data-figure=covered] [data-value]")).to_have_text("197")
    others.uncheck()
    expect(page.locator("dd[data-figure=covered] [data-value]")).to_have_text("172")
    assert "affiliations=own" in page.url
    page.get_by_label("แสดงบนแผนที่").select_option("ger")
    expect(page.locator("[data-legend-unit]")).to_have_text("นักเรียนต่อเด็ก 100 คน")
    assert "measure=ger" in page.url
    now, then = same_after_reload(page)
    assert now == then
    page.get_by_label("นับโรงเรียนสังกัดอื่นด้วย").check()
    expect(page.locator("dd[data-figure=covered] [data-value]")).to_have_text("197")
    assert "affiliations=all" in page.url


def test_another_level_or_unit_comes_without_a_reload_and_back_returns(open_page):
    page = ready(open_page("/coverage?affiliations=own"))
    page.evaluate("window.stayed = true")
    page.get_by_label("ม.ต้น").check()
    page.wait_for_function("() => document.querySelectorAll('tbody tr[data-id]').length === 1")
    ready(page)
    page.wait_for_function("() => gisapp.areaMap.asked[0] === 'lower_secondary'")
    page.wait_for_timeout(200)
    assert ink(page, IN_MIDDLE) == [0, 0, 0, 0]
    assert page.get_by_label("ม.ต้น").evaluate("(box) => box === document.activeElement")
    page.get_by_role("link", name="อำเภอ", exact=True).click()
    expect(page.locator("tbody tr[data-id='9902']")).to_have_count(1)
    page.go_back()
    expect(page.locator(f"tbody tr[data-id='{WEST}']")).to_have_count(1)
    page.go_back()
    expect(page.locator("tbody tr[data-id]")).to_have_count(2)
    expect(page.get_by_role("radio", name="ประถม 6–11 ปี", exact=True)).to_be_checked()
    ready(page)
    page.wait_for_function("() => gisapp.areaMap.asked[0] === 'primary'")
    page.wait_for_timeout(200)
    assert shows(page, IN_MIDDLE, "--n-4")
    assert page.evaluate("window.stayed") is True


def test_map_and_table_lead_to_each_other(open_page):
    page = ready(open_page("/coverage?affiliations=own"))
    page.mouse.click(*place(page, *IN_WEST))
    row = page.locator(f"tr[data-id='{WEST}']")
    expect(row).to_have_class(re.compile(r"\bon\b"))
    pinned = page.locator(".tip.pinned")
    assert WEST_NAME in pinned.inner_text()
    assert "150 75.0%" in re.sub(r"\s+", " ", pinned.inner_text())
    assert WEST_NAME in page.locator("#said").inner_text()
    page.keyboard.press("Escape")
    expect(row).not_to_have_class(re.compile(r"\bon\b"))
    expect(pinned).to_be_hidden()
    # By keyboard: the button of a row goes to its zone.
    button = page.locator(f"tr[data-id='{MIDDLE}'] [data-find]")
    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => map_schools.getCenter().lng > 98.11")
    assert button.evaluate("(box) => box === document.activeElement")
    expect(pinned).to_be_visible()
    south, west, north, east = page.evaluate(
        "(() => { const b = map_schools.getBounds();"
        " return [b.getSouth(), b.getWest(), b.getNorth(), b.getEast()]; })()"
    )
    assert south < 19.0 < 19.1 < north
    assert west < 98.1 < 98.15 < east


def test_a_name_that_is_code_is_shown_as_text(open_page):
    page = ready(open_page("/coverage?affiliations=own"))
    x, y = place(page, *IN_MIDDLE)
    page.mouse.move(x, y)
    page.mouse.move(x + 1, y)
    tip = page.locator(".tip.following")
    expect(tip).to_be_visible()
    assert EVIL in tip.inner_text()
    assert page.locator("main img").count() == 0
    page.mouse.move(*place(page, 19.3, 98.5))
    expect(tip).to_be_hidden()


def test_a_row_of_the_legend_shows_and_hides_its_class(open_page):
    page = ready(open_page("/coverage?affiliations=own"))
    third = page.locator("button.lg", has_text="70 – น้อยกว่า 85")
    third.press("Enter")
    expect(third).to_have_attribute("aria-pressed", "false")
    assert ink(page, IN_WEST) == [0, 0, 0, 0]
    assert shows(page, IN_MIDDLE, "--n-4")
    third.click()
    page.wait_for_function("() => !document.querySelector('button.lg[aria-pressed=false]')")
    assert shows(page, IN_WEST, "--n-3")


def test_a_pocket_is_found_from_its_list_and_its_number_leads_back(open_page):
    page = ready(open_page("/coverage?reach=1&affiliations=own"))
    button = page.locator("#tab-zones li[data-no='2'] [data-find-pocket]")
    button.press("Enter")
    pinned = page.locator(".tip.pinned")
    expect(pinned).to_be_visible()
    expect(page.locator("#tab-zones li.on")).to_have_attribute("data-no", "2")
    assert button.evaluate("(box) => box === document.activeElement")
    assert "ประมาณ 20 คน" in pinned.inner_text()
    page.locator("[data-map=all]").click()
    page.mouse.click(*place(page, 19.025, 98.03))
    expect(page.locator("#tab-pockets")).to_be_visible()
    assert "ประมาณ 60 คน" in pinned.inner_text()
    assert "tab=pockets" in page.url


def test_the_table_is_sorted_without_a_reload(open_page):
    page = ready(open_page("/coverage?affiliations=own"))
    first = page.locator("tbody tr[data-id]").first
    assert first.get_attribute("data-id") == MIDDLE
    page.locator("a[data-sort=uncovered]").click()
    expect(page.locator("th[aria-sort]")).to_have_attribute("aria-sort", "descending")
    assert first.get_attribute("data-id") == WEST
    assert "sort=-uncovered" in page.url
    now, then = same_after_reload(page)
    assert now == then
    page.locator("a[data-sort=name]").click()
    now, then = same_after_reload(page)
    assert now == then


def test_tabs_answer_to_arrows_and_stand_in_the_address(open_page):
    page = ready(open_page("/coverage?affiliations=own"))
    page.locator("#to-zones").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#tab-pockets")).to_be_visible()
    expect(page.locator("#tab-zones")).to_be_hidden()
    assert page.locator("#to-pockets").get_attribute("aria-selected") == "true"
    assert "tab=pockets" in page.url
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#tab-zones")).to_be_visible()
    assert "tab=" not in page.url


def test_a_downloaded_file_is_of_what_the_page_shows(open_page):
    page = ready(open_page("/coverage?affiliations=own"))
    page.get_by_role("slider").press("End")
    page.locator("details.up > summary").click()
    with page.expect_download() as download:
        page.locator("a[data-file=csv]").first.click()
    assert "reach=6" in download.value.url


def test_close_by_the_borders_come_as_they_were_surveyed(open_page):
    page = ready(open_page("/coverage?at=19.05,98.05,11"))
    assert not [a for a in asked_for(page) if "zone.steps.json?fine" in a]
    with page.expect_response(lambda answer: "zone.steps.json?fine=1" in answer.url):
        page.evaluate("map_schools.setView([19.05, 98.05], 13, { animate: false })")
    expect(page.locator(".leaflet-areas-pane canvas")).to_have_count(1)


@pytest.mark.parametrize("width", [360, 390, 768, 1024])
def test_on_a_phone_nothing_runs_out_of_the_page_and_a_tap_tells(open_page, width):
    page = ready(open_page("/coverage?affiliations=own", width=width, height=800, touch=True))
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    x, y = place(page, *IN_WEST)
    page.touchscreen.tap(x, y)
    tip = page.locator(".tip.pinned")
    expect(tip).to_be_visible()
    box = tip.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    expect(page.locator(".tip.following")).to_be_hidden()


def test_the_map_of_schools_draws_the_zones_that_the_filter_left(open_page):
    page = open_page("/?on=zones")
    drawn = """() => { let n = 0; map_schools.eachLayer((layer) => {
        if (layer.options.pane === 'more' && layer.getLatLngs) n += 1; }); return n; }"""
    page.wait_for_function(f"() => ({drawn})() === 2")
    page.locator("label.lg", has_text="กลาง").click()
    page.wait_for_function(f"() => ({drawn})() === 1")
    assert "on=zones" in page.url


def test_the_open_card_shows_the_schools_zone_with_its_levels(open_page):
    page = open_page(f"/?school={WEST}")
    name = page.locator(".zone-name")
    expect(name).to_have_text("เขตบริการ ประถม, ม.ต้น")
    page.locator("#card button[data-card=close]").first.click()
    expect(name).to_have_count(0)
    profile = open_page(f"/schools/{MIDDLE}")
    profile.locator("[data-map-later]").scroll_into_view_if_needed()
    expect(profile.locator(".zone-name")).to_have_text("เขตบริการ ประถม")


def test_without_scripts_the_same_answers_come_by_the_form(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/coverage")
    page.get_by_label("6 กม.").check()
    page.get_by_role("button", name="แสดงตามที่เลือก").click()
    assert "reach=6" in page.url
    assert page.locator("dd[data-figure=covered] [data-value]").inner_text() == "247"
    page.get_by_label("นับโรงเรียนสังกัดอื่นด้วย").uncheck()
    page.get_by_role("button", name="แสดงตามที่เลือก").click()
    assert page.locator("dd[data-figure=covered] [data-value]").inner_text() == "238"
    page.locator("a[data-sort=name]").click()
    assert "affiliations=own" in page.url
    assert page.locator("dd[data-figure=covered] [data-value]").inner_text() == "238"
    context.close()


@needs_poppler
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_printed_page_holds_the_coloured_map(open_page, tmp_path, scheme):
    page = ready(open_page("/coverage?affiliations=own", scheme=scheme))
    _, sheets = printed(page, tmp_path)
    # 78 % of the class over a ground that is nearly white.
    wanted = [round(0.78 * c + 0.22 * 238) for c in (0xE4, 0x9F, 0x47)]
    colours = sheets[0].getcolors(2**24)
    assert sum(count for count, colour in colours if near(colour, wanted, 16)) > 2_000


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("tab", ["zones", "pockets", "outlook"])
def test_axe_finds_nothing_to_mend(open_page, tab, language, width):
    page = open_page(f"/coverage?reach=1&lang={language}&tab={tab}", width=width)
    page.wait_for_selector("button.lg", state="attached")
    page.wait_for_timeout(100)
    assert in_both_themes(page) == []


def test_a_tap_on_a_phone_leaves_the_page_where_the_finger_is(open_page):
    page = ready(open_page("/coverage?affiliations=own", width=390, height=800, touch=True))
    page.touchscreen.tap(*place(page, *IN_WEST))
    expect(page.locator(".tip.pinned")).to_be_visible()
    assert page.evaluate("window.scrollY") == 0


def test_a_link_from_a_school_has_its_zone_chosen(open_page):
    page = ready(open_page(f"/coverage?affiliations=own&chosen={WEST}"))
    expect(page.locator(".tip.pinned")).to_contain_text(WEST_NAME)
    assert "chosen" not in page.url


def test_without_a_line_the_page_says_so_and_tries_again(open_page):
    page = ready(open_page("/coverage?affiliations=own"))
    # As a browser without a line answers, which would else write an error of its own.
    page.evaluate(
        "() => { window.real = fetch; window.fetch = () => Promise.reject(new TypeError()); }"
    )
    page.locator("[data-unit-choice=district]").click()
    expect(page.locator("#failed")).to_be_visible()
    page.evaluate("() => { window.fetch = real; }")
    page.locator("#failed [data-again]").click()
    expect(page.locator("[data-unit-choice=district][aria-current]")).to_be_visible()
    expect(page.locator("#failed")).to_be_hidden()
