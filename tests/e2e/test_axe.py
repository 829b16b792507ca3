"""What axe finds on the pages: nothing, in both languages, both themes, on a desk and a phone.

axe is given to the page by the debugger, not as a script element: the content policy holds.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.web.conftest import EVIL_CODE, web_schools

FIRST = web_schools(fewer=1)[0]

PAGES = {
    "map": "/?",
    "map with a card": f"/?school={FIRST.code}&",
    "map by another view": "/?by=completeness&",
    "map without a school": "/?q=zzzz&",
    "list": "/schools?",
    "list without a school": "/schools?q=zzzz&",
    "profile": f"/schools/{FIRST.code}?",
    "profile whose name is code": f"/schools/{EVIL_CODE}?",
    "overview": "/overview?",
}

#: Pages that say no: a browser notes their status in its console.
REFUSED = {
    "unknown school": "/schools/00000000?",
    "unknown page": "/nowhere?",
    "unknown choice": "/schools?sort=nonsense&",
}


def violations(page):
    """What axe holds against a page: rule, and the elements it means."""
    found = Axe().run(page).response["violations"]
    return [
        (rule["id"], node["target"], node["failureSummary"])
        for rule in found
        for node in rule["nodes"]
    ]


def in_both_themes(page):
    """What axe holds against a page in the light and in the dark."""
    light = violations(page)
    page.emulate_media(color_scheme="dark")
    page.wait_for_selector("html[data-bs-theme=dark]", state="attached")
    return light + violations(page)


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_to_mend(open_page, name, language, width):
    page = open_page(f"{PAGES[name]}lang={language}", width=width)
    if "card" in name:
        page.wait_for_selector("#card:not([hidden]) h2")
    assert in_both_themes(page) == []


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("name", REFUSED)
def test_axe_finds_nothing_on_a_page_that_says_no(browser, address, name, language, width):
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    answer = page.goto(f"{address}{REFUSED[name]}lang={language}")
    assert answer.status in (400, 404)
    assert in_both_themes(page) == []
    context.close()


@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing_in_what_a_reader_opens(open_page, width):
    page = open_page("/", width=width)
    page.locator(".layers summary").click()
    assert in_both_themes(page) == []
    page.keyboard.press("Escape")
    if width == 390:
        page.locator(".filter-btn").click()
    page.fill("input[name=q]", FIRST.name[2:6])
    page.wait_for_selector(".sug li")
    assert in_both_themes(page) == []


def test_axe_would_find_a_picture_without_words(open_page):
    page = open_page("/schools")
    page.evaluate("document.querySelector('main').append(new Image())")
    assert [rule for rule, *_ in violations(page)] == ["image-alt"]
