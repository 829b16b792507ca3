"""Pictures that slide, charts that can be read, and a page that fits on paper."""

import re
import shutil

import pytest
from PIL import Image

from gisapp.settings import Settings
from gisapp.store.photos import write_shown
from tests.e2e.conftest import serving
from tests.web.conftest import web_office  # noqa: F401 - the same office as the web tests
from tests.web.test_honest import change_layers

#: A school with three pictures, and one whose second picture is lost.
FIRST, LOST = "99020001", "99020002"
#: A school whose subdistrict and district have names of 200 letters.
LONG = "99020003"
COLOURS = ("#7799bb", "#bb7755", "#55aa77")


@pytest.fixture(scope="module")
def address(web_office, tmp_path_factory):  # noqa: F811 - pytest hands fixtures over by name
    """A service of the same office with more pictures."""
    folder = tmp_path_factory.mktemp("pictures") / "office"
    shutil.copytree(web_office.folder, folder)
    settings = Settings.load(folder)
    for n, colour in enumerate(COLOURS, 1):
        write_shown(Image.new("RGB", (1600, 900), colour), settings.shown_dir, f"{FIRST}-0{n}")
    write_shown(Image.new("RGB", (1600, 900), COLOURS[0]), settings.shown_dir, f"{LOST}-01")
    change_layers(
        settings,
        "INSERT INTO photos (photo_id, smis_code, building_sequence, photo_slot, caption_th) VALUES"
        f" ('{FIRST}-02', '{FIRST}', 1, 'back', 'ภาพที่ 2'),"
        f" ('{FIRST}-03', '{FIRST}', NULL, 'sign', 'ภาพที่ 3'),"
        f" ('{LOST}-01', '{LOST}', 1, 'front', 'ภาพที่ 1'),"
        f" ('{LOST}-02', '{LOST}', 1, 'back', 'ภาพที่ 2')",
        f"UPDATE schools SET district = '{'ยาว' * 66}', subdistrict = '{'ไกล' * 66}',"
        f" subdistrict_code = NULL WHERE smis_code = '{LONG}'",
    )
    with serving(settings) as found:
        yield found


def asked_pictures(page):
    """Numbers of the large pictures that the page has asked for."""
    found = page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)")
    return sorted(re.search(r"-0(\d)/800", name)[1] for name in found if "/800.webp" in name)


def counter(page, box="#card"):
    return page.locator(f"{box} .slide:not([hidden]) .cap .num").inner_text()


def open_card(open_page, **more):
    page = open_page(f"/?school={FIRST}", **more)
    page.wait_for_selector("#card .slide img[src]")
    return page


def swipe(page, selector, right, down=0):
    """A finger moves over an element; px."""
    page.evaluate(
        """([selector, right, down]) => {
          const box = document.querySelector(selector), edge = box.getBoundingClientRect();
          const x = edge.left + edge.width / 2, y = edge.top + edge.height / 2;
          const tell = (name, touches, x, y) => {
            const finger = new Touch({ identifier: 1, target: box, clientX: x, clientY: y });
            const event = { bubbles: true, changedTouches: [finger] };
            box.dispatchEvent(new TouchEvent(name, { ...event, touches: touches ? [finger] : [] }));
          };
          tell("touchstart", true, x, y);
          tell("touchend", false, x + right, y + down);
        }""",
        [selector, right, down],
    )


def test_pictures_turn_by_button_and_each_is_fetched_when_its_turn_comes(open_page):
    page = open_card(open_page)
    page.wait_for_load_state("networkidle")
    assert counter(page) == "1 / 3"
    assert asked_pictures(page) == ["1"]
    page.locator("#card [data-photo='1']").hover()
    page.wait_for_function("document.querySelectorAll('#card .slide img[src]').length === 2")
    page.locator("#card [data-photo='1']").click()
    assert counter(page) == "2 / 3"
    page.locator("#card [data-photo='-1']").click()
    assert counter(page) == "1 / 3"


def test_arrow_keys_turn_only_where_the_pictures_have_focus(open_page):
    page = open_card(open_page)
    page.locator("#card [data-photo='1']").focus()
    page.keyboard.press("ArrowRight")
    assert counter(page) == "2 / 3"
    page.keyboard.press("ArrowLeft")
    assert counter(page) == "1 / 3"
    page.locator("#card h2").focus()
    page.keyboard.press("ArrowRight")
    assert counter(page) == "1 / 3"


def test_a_finger_turns_sideways_and_scrolls_up_and_down(open_page):
    page = open_card(open_page, width=390, height=844, touch=True)
    swipe(page, "#card .ph", -80)
    assert counter(page) == "2 / 3"
    swipe(page, "#card .ph", 80)
    assert counter(page) == "1 / 3"
    swipe(page, "#card .ph", -50, down=120)
    swipe(page, "#card .ph", -20)
    assert counter(page) == "1 / 3"


def drag(page, selector, right, down):
    """A real finger goes from the middle of an element, in steps as a hand does; px."""
    session = page.context.new_cdp_session(page)
    box = page.locator(selector).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def touch(kind, *points):
        event = {"type": kind, "touchPoints": [{"x": a, "y": b} for a, b in points]}
        session.send("Input.dispatchTouchEvent", event)

    touch("touchStart", (x, y))
    for step in range(1, 9):
        touch("touchMove", (x + right * step / 8, y + down * step / 8))
    touch("touchEnd")


def test_a_real_finger_turns_the_pictures_and_moves_neither_card_nor_map(open_page):
    page = open_card(open_page, width=390, height=844, touch=True)
    middle = page.evaluate("map_schools.getCenter().toString()")
    drag(page, "#card .ph", -120, 4)
    page.wait_for_function("() => !document.querySelectorAll('#card .slide')[1].hidden")
    drag(page, "#card .ph", 120, -4)
    page.wait_for_function("() => !document.querySelectorAll('#card .slide')[0].hidden")
    assert page.get_attribute("#card", "class") == "card2"
    assert page.evaluate("map_schools.getCenter().toString()") == middle
    drag(page, "#card .sh-grab", 0, -200)
    page.wait_for_selector("#card.full")
    drag(page, "#card .ph", 0, -150)
    page.wait_for_function("() => document.querySelector('#card .body').scrollTop > 20")
    assert counter(page) == "1 / 3"


@pytest.mark.parametrize("width", [390, 1440])
def test_the_cross_of_a_card_stands_on_the_name_and_never_on_a_chart(open_page, width):
    page = open_card(open_page, width=width, height=700)
    page.evaluate("document.getElementById('card').classList.add('full')")
    page.evaluate("document.querySelector('#card .body').scrollTop = 400")
    page.wait_for_function("() => document.querySelector('#card .body').scrollTop > 100")
    below = page.evaluate(
        """() => {
          const cross = document.querySelector("#card .cls").getBoundingClientRect();
          const at = [cross.left + cross.width / 2, cross.bottom - 2];
          return document.elementsFromPoint(...at).map((one) => one.className.toString());
        }"""
    )
    assert any("head" in name.split() for name in below)


def asked_of_the_map(page):
    found = page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)")
    return [name for name in found if re.search("/points/|/data/|leaflet[.]js", name)]


def test_the_small_map_is_fetched_only_when_it_comes_into_view(open_page):
    page = open_page(f"/schools/{FIRST}", width=390, height=700)
    page.wait_for_load_state("networkidle")
    assert asked_of_the_map(page) == []
    page.locator(".mini").scroll_into_view_if_needed()
    page.wait_for_selector("html[data-points]", state="attached")
    assert page.locator(".mini .folium-map canvas").count() > 0
    assert asked_of_the_map(page)


def test_the_button_for_paper_waits_for_the_small_map(open_page):
    page = open_page(f"/schools/{FIRST}", width=390, height=700)
    page.evaluate(
        "window.print = () => { window.printed = document.documentElement.dataset.points; }"
    )
    page.locator("[data-print]").click()
    page.wait_for_function("() => window.printed !== undefined")
    assert int(page.evaluate("window.printed")) > 0


def test_without_scripts_the_place_is_told_in_words(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/schools/{FIRST}")
    assert "JavaScript" in page.locator(".mini").inner_text()
    assert re.search(r"\d+[.]\d{5}, \d+[.]\d{5}", page.locator("main").inner_text())
    context.close()


@pytest.mark.parametrize("path", ["/schools/{}", "/?school={}", "/schools/{}?lang=en"])
def test_a_place_of_200_letters_stays_inside_its_page(open_page, path):
    page = open_page(path.format(LONG), width=390, height=844)
    if path.startswith("/?"):
        page.wait_for_selector("#card h2")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    beyond = page.evaluate(
        """[...document.querySelectorAll('.pl')].filter((one) => one.offsetParent)
          .map((one) => one.getBoundingClientRect().right)"""
    )
    assert beyond
    assert max(beyond) <= 390


def test_a_lost_picture_is_a_gap_that_says_so_and_the_others_still_turn(browser, address):
    page = browser.new_page()
    page.goto(f"{address}/?school={LOST}")
    page.wait_for_selector("#card .slide img[src]")
    page.locator("#card [data-photo='-1']").click()
    page.wait_for_selector("#card .slide:not([hidden]) .nophoto")
    assert "โหลดภาพไม่ได้" in page.locator("#card .slide:not([hidden])").inner_text()
    assert counter(page) == "2 / 2"
    page.locator("#card [data-photo='-1']").click()
    assert counter(page) == "1 / 2"
    assert page.locator("#card .slide:not([hidden]) img").count() == 1
    page.close()


def test_a_lost_small_picture_is_a_gap_too(browser, address):
    page = browser.new_page()
    page.goto(f"{address}/schools/{LOST}")
    page.locator(".shots").first.scroll_into_view_if_needed()
    page.wait_for_selector(".shots figure:nth-child(2) .nophoto")
    assert "โหลดภาพไม่ได้" in page.locator(".shots figure:nth-child(2)").inner_text()
    page.close()


def test_the_arrows_are_large_enough_for_a_finger(open_page):
    page = open_card(open_page)
    box = page.locator("#card [data-photo='1']").bounding_box()
    assert (box["width"], box["height"]) == (40, 44)


def test_a_small_picture_opens_large_and_turns_and_closes_by_keyboard(browser, address):
    page = browser.new_page()
    page.goto(f"{address}/schools/{FIRST}")
    assert asked_pictures(page) == []
    page.locator("[data-shot='1']").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#shotbox[open]")
    assert counter(page, "#shotbox") == "2 / 3"
    page.keyboard.press("ArrowLeft")
    assert counter(page, "#shotbox") == "1 / 3"
    page.keyboard.press("Escape")
    assert page.locator("#shotbox[open]").count() == 0
    assert page.evaluate("document.activeElement.dataset.shot") == "1"
    page.close()


@pytest.mark.parametrize("width", [360, 390, 1024, 1440])
def test_the_words_of_charts_are_as_large_on_a_phone_as_on_a_screen(browser, address, width):
    page = browser.new_page(viewport={"width": width, "height": 844})
    page.goto(f"{address}/schools/99020002")
    sizes = page.evaluate(
        """[...document.querySelectorAll(".ch.bars text, .ch.line text")].map((text) =>
          parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a)"""
    )
    assert len(sizes) > 20
    assert min(sizes) >= 13
    page.close()


def test_the_words_of_a_chart_do_not_run_into_one_another_on_a_phone(browser, address):
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(f"{address}/schools/99020002")
    page.evaluate("document.fonts.ready")
    overlaps = page.evaluate(
        """() => {
          const texts = [...document.querySelectorAll(".ch.bars text:not(.v)")];
          const boxes = texts.map((text) => text.getBoundingClientRect());
          return boxes.slice(1).filter((box, n) => box.left < boxes[n].right).length;
        }"""
    )
    assert overlaps == 0
    page.close()


def test_on_paper_the_page_is_one_sheet_and_no_chart_word_is_under_seven_points(browser, address):
    page = browser.new_page()
    page.goto(f"{address}/schools/{FIRST}")
    page.wait_for_selector("html[data-points]", state="attached")
    paper = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", paper)) == 1
    page.emulate_media(media="print")
    sizes = page.evaluate(
        """[...document.querySelectorAll(".ch text")].map((text) =>
          parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a * 0.75)"""
    )
    assert min(sizes) >= 7
    page.close()


@pytest.mark.parametrize("path", [f"/schools/{FIRST}", "/schools/99020004", "/schools/99020005"])
@pytest.mark.parametrize("width", [360, 1024])
def test_a_page_is_never_wider_than_its_window(open_page, path, width):
    page = open_page(path, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
