"""From one end to the other as readers go: by mouse, by keys, on a phone, without scripts."""

import re
import shutil
import subprocess
import urllib.parse

import pytest
from PIL import Image
from playwright.sync_api import expect

from gisapp.settings import Settings
from gisapp.store.photos import write_photo_list, write_shown
from tests.e2e.conftest import look_at, readers, serving
from tests.office import Office
from tests.web.conftest import PHOTO, web_schools

FIRST, SECOND, THIRD, *_ = web_schools(fewer=1)
TEXT = shutil.which("pdftotext")
SHOTS = (PHOTO, "99020001-02", "99020001-03")

#: What a reader sees of the map: the choice, the counters, the points, and where the map stands.
_VIEW = """() => ({
  by: document.querySelector("select[name=by]").value,
  ticked: [...document.querySelectorAll("#filter input:checked")].map((box) => box.value),
  text: document.querySelector("input[name=q]").value,
  counters: [...document.querySelectorAll(".counters dd")].map((box) => box.textContent.trim()),
  points: document.documentElement.dataset.points,
  layers: [...document.querySelectorAll("[data-layer]:checked")].map((box) => box.dataset.layer),
  school: document.querySelector("#card:not([hidden])")?.dataset.code || null,
  zoom: map_schools.getZoom(),
  at: [map_schools.getCenter().lat.toFixed(3), map_schools.getCenter().lng.toFixed(3)],
})"""


@pytest.fixture(scope="module")
def picture_office(web_office, tmp_path_factory):
    """The web tests' office, its first school with three pictures."""
    folder = tmp_path_factory.mktemp("walk") / "office"
    shutil.copytree(web_office.folder, folder)
    shown = folder / "photos" / "shown"
    rows = []
    for number, photo_id in enumerate(SHOTS, start=1):
        write_shown(Image.new("RGB", (1600, 900), f"#77{number}9bb"[:7]), shown, photo_id)
        rows.append(
            {
                "photo_id": photo_id,
                "smis_code": FIRST.code,
                "building_sequence": 1,
                "photo_slot": "front",
                "taken_on": "2025-05-20",
                "caption_th": f"ภาพที่ {number}",
                "caption_en": f"Picture {number}",
            }
        )
    write_photo_list(rows, shown)
    office = Office(folder)
    assert office.run("build", "2568-1").exit_code == 0
    return office


@pytest.fixture(scope="module")
def place(picture_office):
    """Address of that office's service."""
    with serving(Settings.load(picture_office.folder)) as found:
        yield found


@pytest.fixture
def reader(browser, place):
    """Open a browser of a reader's own, who may copy and paste."""
    with readers(browser, place, ("clipboard-read", "clipboard-write")) as new:

        def go(path="/", **options):
            page = new(path, **options)
            if options.get("java_script_enabled", True):
                page.wait_for_load_state("networkidle")
            return page

        yield go


def settled(page):
    """Wait until the map has its points and everything asked for has come."""
    if page.locator("#main .folium-map").count():
        page.wait_for_selector("html[data-points]", state="attached")
    page.wait_for_load_state("networkidle")


def open_card(page, code):
    """Click on a school, zoomed in so that it stands alone."""
    page.keyboard.press("Shift")  # the reader is there: from now on the address follows the map
    look_at(page, code)
    box = page.locator(".folium-map").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_selector("#card:not([hidden]) h2")
    page.wait_for_load_state("networkidle")


def test_a_link_that_was_copied_shows_another_reader_the_same_view(reader):
    mine = reader()
    mine.select_option("select[name=by]", "level")
    mine.check("input[name=level][value=primary]")
    mine.wait_for_function("() => location.search.includes('level=')")
    settled(mine)
    mine.locator(".layers summary").click()
    mine.locator("[data-layer=labels]").uncheck()
    mine.locator(".layers summary").click()
    mine.locator("[data-map=in]").click()
    open_card(mine, FIRST.code)
    mine.mouse.move(700, 500)
    mine.mouse.down()
    mine.mouse.move(640, 470, steps=4)
    mine.mouse.up()
    mine.wait_for_function(
        "() => location.search.includes('at=' + map_schools.getCenter().lat.toFixed(4))"
    )
    mine.locator(".rail [data-copy]").click()
    link = mine.evaluate("navigator.clipboard.readText()")
    theirs = reader(link)
    theirs.wait_for_selector("#card:not([hidden]) h2")
    settled(theirs)
    seen = mine.evaluate(_VIEW)
    assert seen["school"] == FIRST.code
    assert seen["by"] == "level"
    assert "labels" not in seen["layers"]
    assert "roads" in seen["layers"] or "districts" in seen["layers"]
    assert theirs.evaluate(_VIEW) == seen


def test_pictures_slide_and_the_other_language_keeps_the_whole_view(reader):
    page = reader()
    fetched = []
    page.on("request", lambda ask: "/photos/" in ask.url and fetched.append(ask.url))
    open_card(page, FIRST.code)
    page.mouse.move(700, 800)
    assert [url for url in fetched if SHOTS[2] in url] == []
    shown = page.locator("#card .slide:not([hidden])")
    expect(shown).to_contain_text("1 / 3")
    page.locator("#card [data-photo='1']").click()
    expect(shown).to_contain_text("ภาพที่ 2")
    page.keyboard.press("ArrowRight")
    expect(shown).to_contain_text("ภาพที่ 3")
    page.keyboard.press("ArrowRight")
    expect(shown).to_contain_text("ภาพที่ 1")
    assert sum(SHOTS[2] in url for url in fetched) == 1
    before = page.evaluate(_VIEW)
    page.locator(".tools a.tool").click()
    page.wait_for_url("**lang=en**")
    page.wait_for_selector("#card:not([hidden]) h2")
    settled(page)
    expect(shown).to_contain_text("Picture 1")
    after = page.evaluate(_VIEW)
    assert {**after, "counters": None} == {**before, "counters": None}
    assert page.get_attribute("html", "lang") == "en"


@pytest.mark.skipif(not TEXT, reason="needs poppler's pdftotext")
@pytest.mark.parametrize(
    ("path", "sheets", "words"),
    [
        ("/", 1, ["ปีการศึกษา", "ข้อมูล ณ"]),
        ("/schools", 1, [SECOND.name, "ข้อมูล ณ"]),
        (f"/schools/{FIRST.code}", 2, [FIRST.name, "ข้อมูล ณ", "นักเรียน"]),
        ("/overview", 8, ["ภาพรวม", "ข้อมูล ณ"]),
    ],
)
def test_the_print_preview_holds_the_page_and_its_thai(reader, tmp_path, path, sheets, words):
    page = reader(path)
    target = tmp_path / "page.pdf"
    page.pdf(path=target, prefer_css_page_size=True, print_background=True)
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", target.read_bytes())) <= sheets
    printed = subprocess.run([TEXT, target, "-"], check=True, capture_output=True).stdout.decode()
    # The letters of Thai marks may come in another order out of a PDF; what counts is that they do.
    letters = sorted(re.sub(r"\s", "", printed))
    for word in words:
        assert not _missing(sorted(re.sub(r"\s", "", word)), letters), word
    if path != "/":
        assert _plain(words[0]) in _plain(printed)


def _plain(text):
    """Consonants and digits alone, in reading order."""
    return re.sub(r"[^ก-ฮ0-9]", "", text)


def _missing(wanted, letters):
    return [letter for letter in set(wanted) if letters.count(letter) < wanted.count(letter)]


def test_a_phone_goes_from_filter_to_card_to_profile_and_back(reader):
    page = reader(
        viewport={"width": 390, "height": 844},
        has_touch=True,
        is_mobile=True,
        device_scale_factor=2,
    )
    page.locator(".filter-btn").tap()
    page.locator("label.lg", has_text="กลาง").tap()
    page.wait_for_selector("html[data-points='3']", state="attached")
    page.locator(".drawer-hd button").tap()
    open_card(page, THIRD.code)
    half = page.locator("#card").bounding_box()
    assert half["y"] > 250
    page.locator("[data-card=grow]").tap()
    page.wait_for_function("() => document.querySelector('#card').getBoundingClientRect().y < 120")
    before = page.url
    page.locator("#card .acts a.pri").tap()
    expect(page.locator("h1")).to_contain_text(THIRD.name)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.go_back()
    settled(page)
    page.wait_for_selector("#card:not([hidden]) h2")
    assert urllib.parse.unquote(page.url) == urllib.parse.unquote(before)
    assert page.get_attribute("html", "data-points") == "3"


def tab_to(page, selector, most=150):
    """Press Tab until the focus is on what a selector means; everything passed must show focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"{selector} is not reached by {most} presses of Tab")


def test_keys_alone_lead_from_the_address_bar_to_card_and_profile(reader):
    page = reader(f"/?at=19.05,98.1,11&q={FIRST.code}")
    tab_to(page, f".hit[aria-label*='{FIRST.name}']")
    ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert ring != "none"
    page.keyboard.press("Enter")
    page.wait_for_selector("#card:not([hidden]) h2")
    page.wait_for_function("() => document.activeElement.closest('#card')")
    tab_to(page, "#card .acts a.pri", 30)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(FIRST.name)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.skip')")
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")


def test_escape_brings_the_focus_back_to_where_it_came_from(reader):
    page = reader(f"/?q={FIRST.code}")
    tab_to(page, f".hit[aria-label*='{FIRST.name}']")
    page.keyboard.press("Enter")
    page.wait_for_selector("#card:not([hidden]) h2")
    page.wait_for_function("() => document.activeElement.closest('#card')")
    page.keyboard.press("Escape")
    expect(page.locator("#card")).to_be_hidden()
    assert page.evaluate("document.activeElement !== document.body")


def test_without_scripts_the_list_filters_sorts_and_opens_a_profile(reader):
    page = reader("/schools", java_script_enabled=False)
    rows = page.locator(".tb tbody tr")
    assert rows.count() == 5
    page.locator("label.opt", has_text="กลาง").first.click()
    page.get_by_role("button", name="ใช้ตัวกรอง").click()
    assert "size=medium" in page.url
    assert rows.count() == 2
    page.locator("th a", has_text="โรงเรียน").first.click()
    assert "sort=name" in page.url
    assert "size=medium" in page.url
    names = rows.locator("th").all_inner_texts()
    assert [name.split("\n")[0].strip() for name in names] == sorted(
        [FIRST.name, SECOND.name], key=lambda name: name
    )
    page.get_by_role("link", name=FIRST.name).first.click()
    expect(page.locator("h1")).to_contain_text(FIRST.name)
    assert str(FIRST.students) in page.inner_text("main")


def test_without_scripts_the_search_box_still_searches(reader):
    page = reader("/schools", java_script_enabled=False)
    page.fill("input[name=q]", SECOND.name)
    page.keyboard.press("Enter")
    expect(page.locator(".tb tbody tr")).to_have_count(1)
    assert SECOND.name in page.inner_text(".tb tbody")


def test_without_scripts_the_map_says_where_the_schools_are(reader):
    page = reader("/", java_script_enabled=False)
    told = page.locator("noscript p")
    expect(told).to_be_visible()
    assert "แผนที่ต้องใช้ JavaScript" in told.evaluate("(box) => box.textContent")
    told.locator("a").click()
    assert page.locator(".tb tbody tr").count() == 5
