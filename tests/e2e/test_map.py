import io

import pytest
from PIL import Image

from tests.e2e.conftest import look_at
from tests.web.conftest import EVIL, EVIL_CODE, web_schools

FIRST, SECOND, THIRD, *_ = web_schools(fewer=1)
#: Schools of the office with 121 to 600 pupils.
MEDIUM = 2


def place_of(page, code):
    """Where a school stands on the screen, px."""
    return page.evaluate(
        """async (code) => {
            const answer = await fetch('/data/2568-1/schools.geojson?columns=smis_code');
            const all = (await answer.json()).features;
            const found = all.find((f) => f.properties.smis_code === code);
            const [lon, lat] = found.geometry.coordinates;
            const at = map_schools.latLngToContainerPoint([lat, lon]);
            const box = map_schools.getContainer().getBoundingClientRect();
            return { x: box.x + at.x, y: box.y + at.y };
        }""",
        code,
    )


def colour_at(page, place):
    """Colour of one pixel of the page, as the eye gets it."""
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    return picture.getpixel((round(place["x"]), round(place["y"])))


def token(page, name):
    """A colour of the design, as numbers."""
    value = page.evaluate("(name) => gisapp.token(name)", name).lstrip("#")
    return tuple(int(value[n : n + 2], 16) for n in (0, 2, 4))


def test_a_click_on_a_school_opens_its_card_with_name_and_pupils(open_page):
    page = open_page("/")
    assert page.get_attribute("html", "data-points") == "5"
    look_at(page, FIRST.code)
    place = place_of(page, FIRST.code)
    page.mouse.click(place["x"], place["y"])
    page.wait_for_selector("#card:not([hidden]) h2")
    assert page.inner_text("#card h2") == FIRST.name
    assert page.inner_text("#card .kf dd >> nth=0") == str(FIRST.students)
    assert page.inner_text(".sel div") == FIRST.name
    assert f"school={FIRST.code}" in page.url
    page.click("#card [data-card=close]")
    assert page.locator("#card").is_hidden()
    assert "school=" not in page.url


def test_the_pixel_at_a_school_has_the_colour_of_its_size_class(open_page):
    """From the cell of a sheet (its pupils) to the colour on the screen."""
    for scheme in ("light", "dark"):
        page = open_page("/", scheme=scheme)
        for school, name in ((THIRD, "--pt-small"), (SECOND, "--pt-medium")):
            look_at(page, school.code)
            assert colour_at(page, place_of(page, school.code)) == token(page, name)


def test_a_stand_in_point_is_hollow(open_page):
    page = open_page("/")
    look_at(page, "99020005")
    place = place_of(page, "99020005")
    assert colour_at(page, place) == token(page, "--surface")
    beside = [colour_at(page, {"x": place["x"] + step, "y": place["y"]}) for step in (3, 4, 5)]
    wanted = token(page, "--pt-small")
    off = min(sum(abs(a - b) for a, b in zip(seen, wanted, strict=True)) for seen in beside)
    assert off < 60


def test_a_name_that_is_code_is_text_everywhere(open_page):
    page = open_page(f"/?school={EVIL_CODE}")
    page.wait_for_selector("#card:not([hidden]) h2")
    assert page.inner_text("#card h2") == EVIL
    assert page.inner_text(".sel div") == EVIL
    page.click("#card [data-card=close]")
    place = place_of(page, EVIL_CODE)
    page.mouse.move(place["x"], place["y"])
    page.wait_for_selector(".tip:not([hidden])")
    assert page.inner_text(".tip") == EVIL
    page.fill("input[name=q]", "onerror")
    page.wait_for_selector(".sug li")
    assert page.inner_text(".sug .nm") == EVIL
    assert page.locator("img[src=x]").count() == 0
    for path in ("/schools", f"/schools/{EVIL_CODE}"):
        other = open_page(path)
        assert EVIL in other.inner_text("main")
        assert other.locator("img[src=x]").count() == 0


def test_the_legend_is_the_filter_for_size(open_page):
    page = open_page("/")
    page.locator("label.lg", has_text="กลาง").click()
    page.wait_for_selector("html[data-points='3']", state="attached")
    assert "size=small" in page.url
    assert "size=medium" not in page.url
    assert page.inner_text(".counters dd >> nth=0").startswith("3")
    page.locator("label.lg", has_text="กลาง").click()
    page.wait_for_selector("html[data-points='5']", state="attached")
    assert "size=" not in page.url


def test_going_back_undoes_a_filter(open_page):
    page = open_page("/")
    page.locator("label.lg", has_text="เล็ก").click()
    page.wait_for_selector("html[data-points='2']", state="attached")
    page.go_back()
    page.wait_for_selector("html[data-points='5']", state="attached")
    assert page.locator("label.lg input[value=small]").is_checked()


def test_the_search_leads_to_the_school_on_the_map(open_page):
    page = open_page("/")
    page.fill("input[name=q]", "ดอยลม")
    page.wait_for_selector(".sug li")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_selector("#card:not([hidden]) h2")
    assert page.inner_text("#card h2") == "บ้านดอยลม"


def test_every_school_can_be_reached_without_a_mouse(open_page):
    page = open_page("/")
    look_at(page, FIRST.code)
    page.keyboard.press("Tab")
    button = page.locator(f".hit[aria-label^='{FIRST.name}']")
    button.focus()
    assert str(FIRST.students) in button.get_attribute("aria-label")
    page.keyboard.press("Enter")
    page.wait_for_selector("#card:not([hidden]) h2")
    assert page.inner_text("#card h2") == FIRST.name
    page.keyboard.press("Escape")
    assert page.locator("#card").is_hidden()


def test_the_dark_mode_is_kept_and_redraws_the_map(open_page):
    page = open_page("/")
    before = page.evaluate("gisapp.token('--map-ground')")
    page.locator(".tools [data-theme-switch]").click()
    assert page.get_attribute("html", "data-bs-theme") == "dark"
    assert page.evaluate("gisapp.token('--map-ground')") != before
    page.reload()
    assert page.get_attribute("html", "data-bs-theme") == "dark"


@pytest.mark.parametrize("width", [320, 390, 768, 1024, 1440])
@pytest.mark.parametrize("path", ["/", "/schools", f"/schools/{FIRST.code}", "/nowhere-x"])
def test_no_page_is_wider_than_its_window(browser, address, path, width):
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(f"{address}{path}")
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    page.close()


def test_the_card_is_a_sheet_with_two_heights_on_a_phone(open_page):
    page = open_page(f"/?school={FIRST.code}", width=390, height=844, touch=True)
    page.wait_for_selector("#card:not([hidden]) h2")
    half = page.locator("#card").bounding_box()
    assert half["width"] == 390
    assert half["y"] > 300
    page.click("[data-card=grow]")
    full = page.locator("#card").bounding_box()
    assert full["y"] < 100
    assert page.locator("#card .ch").first.is_visible()


def test_the_drawer_of_a_phone_opens_filters_and_closes(open_page):
    page = open_page("/", width=390, height=844, touch=True)
    assert not page.locator("label.lg").first.is_visible()
    page.click(".filter-btn")
    page.locator("label.lg", has_text="กลาง").click()
    page.wait_for_selector("html[data-points='3']", state="attached")
    page.click(".drawer-hd button")
    assert not page.locator("label.lg").first.is_visible()
    assert "3 โรงเรียน" in page.inner_text(".chip.count")


def test_the_list_filters_without_a_reload_and_keeps_its_language(open_page):
    page = open_page("/schools?lang=en")
    page.evaluate("window.same = true")
    page.locator("label.opt", has_text="Medium").click()
    page.wait_for_selector(".chips .chip")
    assert page.evaluate("window.same") is True
    assert "lang=en" in page.url
    assert page.locator(".tb tbody tr").count() == MEDIUM
    page.click(".chips .chip")
    page.wait_for_function("() => document.querySelectorAll('.tb tbody tr').length === 5")
    assert page.locator("label.opt input[value=medium]").is_checked() is False


def test_the_small_map_of_a_school_shows_it_in_the_middle(open_page):
    page = open_page(f"/schools/{FIRST.code}")
    box = page.locator(".mini").bounding_box()
    mark = page.locator(".sel svg").bounding_box()
    assert abs(mark["x"] + mark["width"] / 2 - box["x"] - box["width"] / 2) < 3
    assert abs(mark["y"] + mark["height"] / 2 - box["y"] - box["height"] / 2) < 3
