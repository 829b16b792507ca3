import re
import shutil
import subprocess

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.web.conftest import web_schools

SCHOOLS = web_schools(fewer=1)
TEXT = shutil.which("pdftotext")


def counter(page):
    return page.locator(".counters dd").first.inner_text().split()[0]


def test_a_filter_changes_charts_and_counters_without_a_new_page(open_page):
    page = open_page("/overview")
    page.evaluate("window.same = true")
    assert counter(page) == "5"
    page.get_by_label("กลาง").click()
    page.wait_for_url("**size=medium**")
    medium = sum(121 <= school.students <= 600 for school in SCHOOLS)
    expect(page.locator(".counters dd").first).to_have_text(re.compile(f"^{medium}"))
    assert page.locator(".ov-size .br .v").first.inner_text().startswith("0")
    assert page.evaluate("window.same") is True


def test_the_grouping_changes_in_place_and_stands_in_the_address(open_page):
    page = open_page("/overview?size=small")
    page.evaluate("window.same = true")
    page.locator(".seg").get_by_text("ตำบล").click()
    page.wait_for_url("**group=subdistrict**")
    page.wait_for_selector(".gt tbody tr:nth-child(2)")
    assert page.evaluate("window.same") is True
    assert "size=small" in page.url
    assert page.locator(".seg [aria-current]").inner_text() == "ตำบล"
    page.reload()
    assert page.locator(".seg [aria-current]").inner_text() == "ตำบล"


def test_a_bar_is_reached_and_followed_by_the_keyboard(open_page):
    page = open_page("/overview")
    bar = page.locator(".ov-size a.br").first
    bar.focus()
    assert page.evaluate("document.activeElement.matches(':focus-visible')")
    page.keyboard.press("Enter")
    page.wait_for_url("**/schools?size=medium")


def test_the_table_behind_a_chart_opens_by_the_keyboard_and_on_paper(open_page):
    page = open_page("/overview")
    table = page.locator(".ov-size .as-table table")
    assert not table.is_visible()
    page.locator(".ov-size .as-table summary").focus()
    page.keyboard.press("Enter")
    assert table.is_visible()
    other = page.locator(".ov-grade .as-table table")
    assert not other.is_visible()
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert other.is_visible()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert not other.is_visible()
    assert table.is_visible()


def test_back_brings_the_earlier_filter_back(open_page):
    page = open_page("/overview")
    page.get_by_label("กลาง").click()
    page.wait_for_url("**size=medium**")
    page.go_back()
    expect(page.locator(".counters dd").first).to_have_text("5")


@pytest.mark.parametrize("width", [360, 390, 768, 1024, 1440, 1920])
def test_nothing_is_wider_than_the_page_and_no_text_is_small(open_page, width):
    page = open_page("/overview?group=subdistrict", width=width)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.evaluate(
        "document.querySelectorAll('details.as-table').forEach((t) => { t.open = true; })"
    )
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    sizes = page.evaluate(
        """() => [...document.querySelectorAll('.ov *')]
            .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
            .filter((e) => e.getClientRects().length && !e.closest('.vh'))
            .map((e) => parseFloat(getComputedStyle(e).fontSize))"""
    )
    assert len(sizes) > 100
    assert min(sizes) >= 14


def test_text_of_a_line_keeps_its_size_on_a_phone(open_page):
    page = open_page("/overview", width=390)
    high = page.evaluate(
        """[...document.querySelectorAll('.yls svg text')]
            .map((t) => t.getBoundingClientRect().height)"""
    )
    assert len(high) > 10
    assert min(high) >= 14


def test_what_a_finger_hits_is_large_enough(open_page):
    page = open_page("/overview", width=390, touch=True)
    low = page.evaluate(
        """() => [...document.querySelectorAll('.ov a, .ov summary, .ov button')]
            .filter((e) => e.getClientRects().length && !e.closest('.gt tbody'))
            .map((e) => [e.getBoundingClientRect().height, e.className])
            .filter(([height]) => height < 43.5)"""
    )
    assert low == []


def test_values_of_a_line_do_not_cover_each_other_on_a_phone(open_page):
    page = open_page("/overview", width=360)
    over = page.evaluate(
        """() => [...document.querySelectorAll('.yls svg')].flatMap((line) => {
            const boxes = [...line.querySelectorAll('.v')].map((t) => t.getBoundingClientRect());
            return boxes.slice(1).filter((box, n) => box.left < boxes[n].right);
        }).length"""
    )
    assert page.locator(".yls .v").count() > 4
    assert over == 0


@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing_with_every_table_open(open_page, width):
    page = open_page("/overview", width=width)
    page.evaluate(
        "document.querySelectorAll('details.as-table').forEach((t) => { t.open = true; })"
    )
    found = Axe().run(page).response["violations"]
    assert [(rule["id"], node["target"]) for rule in found for node in rule["nodes"]] == []


@pytest.mark.parametrize("path", ["/", "/schools", "/overview", "/overview?lang=en"])
@pytest.mark.parametrize("width", [768, 1024, 1440])
def test_a_page_that_scrolls_inside_has_no_second_scrollbar(open_page, path, width):
    page = open_page(path, width=width)
    tall = page.evaluate("[document.documentElement.scrollHeight, innerHeight]")
    assert tall[0] <= tall[1]


@pytest.mark.skipif(not TEXT, reason="needs poppler's pdftotext")
@pytest.mark.parametrize("path", ["/overview", "/overview?lang=en", "/overview?group=subdistrict"])
def test_every_sheet_has_the_collar_and_the_head_and_they_are_few(open_page, tmp_path, path):
    page = open_page(path)
    collar = page.locator(".collar > span").first.inner_text()
    head = page.locator(".print-head b").text_content()
    page.pdf(path=tmp_path / "overview.pdf", prefer_css_page_size=True)
    text = subprocess.run(
        [TEXT, tmp_path / "overview.pdf", "-"], check=True, capture_output=True
    ).stdout.decode()
    sheets = text.split("\f")[:-1]
    assert 2 <= len(sheets) <= 4
    if "lang=en" in path:  # Thai marks come out of a PDF in an order of their own
        assert all(collar in sheet and head in sheet for sheet in sheets)
    assert all("–”" in sheet for sheet in sheets)


@pytest.mark.parametrize("path", ["/overview", "/overview?lang=en"])
def test_the_table_of_groups_fits_a_desk_screen(open_page, path):
    page = open_page(path)
    over = page.locator(".gt").evaluate(
        "(table) => table.parentElement.scrollWidth - table.parentElement.clientWidth"
    )
    assert over <= 0
