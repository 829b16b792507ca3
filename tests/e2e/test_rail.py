"""The rail as it is used: docked, as a drawer, as the legend on the map, and without scripts."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import readers

#: A small phone; the screen of an office's computer below the browser's own bars.
PHONE, OFFICE = (360, 640), (1366, 657)


def height(page, selector):
    return page.locator(selector).first.bounding_box()["height"]


def on_phone(open_page, path="/"):
    return open_page(path, width=PHONE[0], height=PHONE[1], touch=True)


def seen(page, selector):
    """Whether the middle of a thing is on the screen and nothing lies over it."""
    return page.locator(selector).last.evaluate(
        """(thing) => {
            const box = thing.getBoundingClientRect();
            const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
            return at !== null && (thing.contains(at) || at.contains(thing));
        }"""
    )


@pytest.mark.parametrize("path", ["/", "/schools", "/overview"])
def test_the_drawer_of_a_small_phone_scrolls_between_its_head_and_its_action(open_page, path):
    page = on_phone(open_page, path)
    page.locator(".filter-btn").tap()
    assert seen(page, ".drawer-hd button")
    assert seen(page, ".done .btn")
    assert height(page, ".done .btn") == 52
    last = page.locator(".fs").last
    last.scroll_into_view_if_needed()
    page.locator(".foot").scroll_into_view_if_needed()
    assert seen(page, ".foot [data-copy]")
    assert seen(page, ".drawer-hd button")
    assert seen(page, ".done .btn")
    page.locator(".done .btn").tap()
    expect(page.locator(".rail")).not_to_have_class("rail open")
    assert page.locator(".done .btn").is_hidden()


def test_the_drawers_action_counts_the_schools_it_leads_to(open_page):
    page = on_phone(open_page)
    page.locator(".filter-btn").tap()
    page.locator("label.lg", has_text="กลาง").tap()
    expect(page.locator(".done .btn")).to_have_text("ดู 3 โรงเรียน")


@pytest.mark.parametrize(("width", "tall"), [OFFICE, (1440, 900)])
def test_legend_and_filters_of_a_docked_rail_share_what_the_search_leaves(open_page, width, tall):
    page = open_page("/", width=width, height=tall)
    assert height(page, ".rail .scroll") > tall / 2
    assert seen(page, ".foot [data-copy]")
    rail = page.locator(".rail").bounding_box()
    assert rail["y"] + rail["height"] <= tall


def test_what_a_finger_meets_in_the_rail_is_large_enough(open_page):
    page = on_phone(open_page)
    assert height(page, ".legchip summary") >= 44
    page.locator(".layers summary").tap()
    assert height(page, ".layers .opt") >= 44
    page.keyboard.press("Escape")
    page.locator(".filter-btn").tap()
    for selector in (".drawer-hd button", "label.lg", ".fs summary", ".fs .opt", ".foot .btn"):
        assert height(page, selector) >= 44, selector
    assert height(open_page("/"), ".fs summary") >= 40


def test_a_row_of_the_legend_that_can_be_switched_has_a_box_and_others_have_none(open_page):
    page = open_page("/")
    box = page.locator("label.lg input").first
    assert box.evaluate("(box) => getComputedStyle(box).opacity") == "1"
    assert box.bounding_box()["width"] >= 18
    assert page.locator(".lg.k").count() > 0
    assert page.locator(".lg.k input").count() == 0


@pytest.mark.parametrize(("width", "tall"), [PHONE, (1024, 768)])
def test_the_chip_on_the_map_opens_the_rails_own_legend(open_page, width, tall):
    page = open_page("/", width=width, height=tall)
    page.click(".legchip summary")
    legend = page.locator(".legchip .lgbox")
    expect(legend).to_be_visible()
    assert page.locator(".lgbox").count() == 1
    for word in ("ปีการศึกษา 2568", "ข้อมูล ณ", "ที่มา", "ไม่มีข้อมูล 0 จาก 5", "หลายโรงเรียน"):
        assert word in legend.inner_text()
    legend.locator("label", has_text="กลาง").click()
    page.wait_for_selector("html[data-points='3']", state="attached")
    assert "size=small" in page.url
    expect(legend).to_be_visible()
    legend.locator("label", has_text="กลาง").click()
    page.wait_for_selector("html[data-points='5']", state="attached")
    assert "size=" not in page.url
    page.locator(".filter-btn").click()
    expect(page.locator(".rail .lgbox")).to_be_visible()
    assert page.locator(".legchip .lgbox").count() == 0


def test_a_filter_chosen_on_the_list_keeps_the_classes_of_the_map_until_they_are_taken_back(
    open_page,
):
    page = open_page("/schools?by=level&class=level:primary")
    chip = page.locator(".chips .chip", has_text="ระดับสูงสุด")
    expect(chip).to_have_count(1)
    page.locator("label.opt", has_text="เล็ก").first.click()
    expect(page.locator(".chips .chip", has_text="ขนาด: เล็ก")).to_have_count(1)
    expect(chip).to_have_count(1)
    chip.click()
    expect(chip).to_have_count(0)
    page.locator("label.opt", has_text="กลาง").first.click()
    expect(page.locator(".chips .chip", has_text="กลาง")).to_have_count(1)
    expect(chip).to_have_count(0)


@pytest.mark.parametrize("path", ["/", "/schools", "/overview"])
def test_without_scripts_a_small_phone_has_menu_and_filters(browser, address, path):
    window = {"width": PHONE[0], "height": PHONE[1]}
    with readers(browser, address) as reader:
        page = reader(path, viewport=window, java_script_enabled=False)
        for name in ("แผนที่", "รายชื่อ", "ภาพรวม"):
            assert page.locator("nav#nav").get_by_role("link", name=name).is_visible()
        for selector in (".burger", ".filter-btn", "[data-copy]", "[data-theme-switch]"):
            for dead in page.locator(selector).all():
                assert dead.is_hidden(), selector
        assert page.locator("input[name=q]").is_visible()
        rows = page.locator("#rail label:has(input[name=size])")
        rows.filter(has_text="กลาง").locator("input").uncheck()
        rows.filter(has_text="เล็ก").locator("input").check()
        page.get_by_role("button", name="ใช้ตัวกรอง").click()
        assert "size=small" in page.url
        assert "size=medium" not in page.url
