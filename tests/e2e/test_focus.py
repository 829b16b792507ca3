"""Where the focus goes, what is said aloud, and what Back does: by keys and on a phone."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import look_at
from tests.web.conftest import web_schools

FIRST, SECOND, THIRD, *_ = web_schools(fewer=1)
PHONE = {"width": 390, "height": 844, "touch": True}

#: What has the focus, as who listens hears it.
FOCUSED = """() => {
    const one = document.activeElement;
    return one === document.body ? null : one.id || one.name || one.className || one.tagName;
}"""


def focused(page):
    return page.evaluate(FOCUSED)


def tap_school(page, code):
    """Press the school in the middle of the map."""
    look_at(page, code)
    box = page.locator(".folium-map").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_selector("#card:not([hidden]) h2")


def closed(page):
    expect(page.locator("#card")).to_be_hidden()
    page.wait_for_function("() => !location.search.includes('school=')")


@pytest.mark.parametrize("path", ["/", "/schools", "/overview"])
def test_after_a_filter_it_is_said_how_many_schools_are_left(open_page, path):
    page = open_page(path)
    if path == "/":
        page.locator("label.lg", has_text="กลาง").first.click()
        expect(page.locator("#said")).to_have_text("3 จาก 5 โรงเรียน")
    else:
        page.locator("label.opt", has_text="กลาง").first.click()
        expect(page.locator("#said")).to_have_text("2 จาก 5 โรงเรียน")


def test_a_school_picked_from_the_search_gets_the_focus_and_escape_gives_it_back(open_page):
    page = open_page("/")
    page.click("input[name=q]")
    page.keyboard.type("ดอยลม")
    page.wait_for_selector(".sug li")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.closest('#card')")
    assert page.inner_text("#card h2") == SECOND.name
    page.keyboard.press("Escape")
    closed(page)
    assert focused(page) == "q"


def test_a_page_that_opens_with_a_school_leaves_the_focus_alone(open_page):
    page = open_page(f"/?school={FIRST.code}")
    page.wait_for_selector("#card:not([hidden]) h2")
    assert focused(page) is None
    page.click("#card [data-card=close]")
    closed(page)
    assert focused(page) == "map_schools"


@pytest.mark.parametrize("path", ["/", "/schools", "/overview"])
def test_a_chip_taken_back_by_key_hands_the_focus_on(open_page, path):
    page = open_page(f"{path}?size=small&level=primary&q=บ้าน")
    chips = page.locator(".chips a.chip.on")
    many = chips.count()
    assert many >= 2
    for left in reversed(range(many)):
        chips.first.focus()
        page.keyboard.press("Enter")
        expect(chips).to_have_count(left)
        assert page.evaluate("document.activeElement.closest('.chips, .rail') !== null")


def test_what_had_the_focus_keeps_it_when_the_page_changes_around_it(open_page):
    page = open_page("/schools")
    head = page.locator("th a", has_text="นักเรียน").first
    words = head.inner_text().strip()
    head.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => location.search.includes('sort=')")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.activeElement.innerText.trim()") == words


@pytest.mark.parametrize("path", ["/", "/schools", "/overview"])
def test_the_drawer_of_a_phone_is_a_dialog_and_gives_the_focus_back(open_page, path):
    page = open_page(path, **PHONE)
    button = page.locator(".filter-btn")
    button.focus()
    page.keyboard.press("Enter")
    drawer = page.get_by_role("dialog")
    expect(drawer).to_have_attribute("aria-modal", "true")
    for _step in range(40):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body || !!document.activeElement.closest('#rail')"
        )
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Tab")
    assert page.evaluate("!document.activeElement.closest('[inert]')")
    button.tap()
    page.locator(".drawer-hd button").tap()
    expect(button).to_be_focused()
    assert page.locator("[inert]").count() == 0


def test_the_drawer_closes_beside_it_and_where_the_window_grows(open_page):
    page = open_page("/schools", width=800)
    page.click(".filter-btn")
    expect(page.get_by_role("dialog")).to_have_count(1)
    page.mouse.click(700, 500)
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.click(".filter-btn")
    page.set_viewport_size({"width": 1300, "height": 900})
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.locator("[inert]").count() == 0


def test_back_closes_the_card_and_stays_on_the_site(open_page):
    page = open_page("/", **PHONE)
    steps = page.evaluate("history.length")
    tap_school(page, FIRST.code)
    assert page.evaluate("history.length") == steps + 1
    page.go_back()
    closed(page)
    page.go_forward()
    page.wait_for_selector("#card:not([hidden]) h2")
    assert page.get_attribute("#card", "data-code") == FIRST.code


def test_the_next_school_is_no_further_step_and_closing_takes_the_step_back(open_page):
    page = open_page("/", **PHONE)
    tap_school(page, FIRST.code)
    steps = page.evaluate("history.length")
    page.evaluate(
        "(found) => document.dispatchEvent(new CustomEvent('gisapp:goto', { detail: found }))",
        {"code": SECOND.code},
    )
    expect(page.locator("#card h2")).to_have_text(SECOND.name)
    assert page.evaluate("history.length") == steps
    at = page.evaluate("[map_schools.getCenter().lat, map_schools.getCenter().lng]")
    page.locator("#card [data-card=close]").click()
    closed(page)
    page.wait_for_function("() => history.state === null")
    assert page.evaluate("[map_schools.getCenter().lat, map_schools.getCenter().lng]") == at
    assert page.evaluate("history.length") == steps  # one step forward that shows nothing new


def test_back_goes_through_filters_and_the_card_in_the_order_they_came(open_page):
    page = open_page("/")
    tap_school(page, FIRST.code)
    page.locator("label.lg", has_text="เล็ก").first.click()
    page.wait_for_selector("html[data-points='2']", state="attached")
    page.go_back()
    page.wait_for_selector("html[data-points='5']", state="attached")
    assert page.locator("label.lg input[value=small]").first.is_checked()
    expect(page.locator("#card h2")).to_have_text(FIRST.name)
    page.go_back()
    closed(page)
    assert page.get_attribute("html", "data-points") == "5"


def test_a_card_alone_asks_the_server_for_no_other_page(open_page):
    page = open_page("/")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    tap_school(page, FIRST.code)
    page.go_back()
    closed(page)
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if re.search(r"\d/(\?|$)|/points/[^/]*$", url)] == []


def test_the_bar_carries_the_filters_from_page_to_page(open_page):
    page = open_page("/?lang=en&q=บ้าน")
    page.locator("label.lg", has_text="Medium").first.click()
    page.wait_for_function("() => location.search.includes('size=')")
    page.wait_for_load_state("networkidle")
    shown = page.get_attribute("html", "data-points")
    assert shown not in ("0", "5")
    for name in ("List", "Overview"):
        page.locator("#nav").get_by_role("link", name=name).click()
        expect(page.locator(".counters dd").first).to_have_text(re.compile(rf"{shown}\s*of 5"))
        assert "lang=en" in page.url
    page.locator("#nav").get_by_role("link", name="Map").click()
    page.wait_for_selector(f"html[data-points='{shown}']", state="attached")


@pytest.mark.parametrize("width", [768, 900, 1024, 1200, 1440])
def test_the_scale_bar_stands_beside_the_collar_and_not_below_it(open_page, width):
    page = open_page("/", width=width)
    collar, scale = (page.locator(what).bounding_box() for what in (".collar", "#scale"))
    assert scale["x"] + scale["width"] <= collar["x"] + collar["width"]
    assert scale["y"] < collar["y"] + 12
    lines = page.eval_on_selector_all(
        ".collar > span:not(#scale)", "(all) => all.map((one) => one.getBoundingClientRect().right)"
    )
    inside = page.locator("#scale svg").bounding_box()
    assert max(lines) <= inside["x"] or collar["height"] > 40
