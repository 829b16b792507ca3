import pytest

from tests.e2e.test_axe import violations
from tests.web.conftest import EVIL, EVIL_CODE, web_schools

FIRST, SECOND, *_ = web_schools(fewer=1)
FIELD = "input[name=q]"


def type_in(page, text):
    """Type as a reader does and wait for what is offered."""
    page.click(FIELD)
    page.keyboard.type(text)
    page.wait_for_selector(".sug")


def chosen(page):
    """The option that a screen reader is told of, by way of the field."""
    return page.evaluate(
        """() => {
            const field = document.querySelector('input[name=q]');
            const id = field.getAttribute('aria-activedescendant');
            const row = id && document.getElementById(id);
            return row && row.getAttribute('aria-selected') === 'true' ? row.innerText : null;
        }"""
    )


@pytest.mark.parametrize(("path", "width"), [("/", 1440), ("/schools", 1024), ("/schools", 360)])
def test_schools_and_places_are_offered_by_keyboard_alone(open_page, path, width):
    page = open_page(path, width=width)
    type_in(page, "ทุ่งดาว")
    rows = page.locator(".sug [role=option]")
    kinds = rows.all_inner_texts()
    assert EVIL in kinds[1] or EVIL in kinds[0]
    assert "ตำบล" in kinds[-1]
    assert "มี 2 โรงเรียน" in kinds[-1]
    assert page.get_attribute(FIELD, "aria-expanded") == "true"
    assert chosen(page) is None
    page.keyboard.press("ArrowUp")
    assert chosen(page) == kinds[-1]
    page.keyboard.press("ArrowDown")
    assert chosen(page) == kinds[0]
    assert page.locator("[aria-selected=true]").count() == 1
    assert "2 โรงเรียน" in page.inner_text("#said")
    page.keyboard.press("Escape")
    assert page.locator(".sug").count() == 0
    assert page.get_attribute(FIELD, "aria-expanded") == "false"
    assert page.input_value(FIELD) == "ทุ่งดาว"


def test_enter_leads_to_the_card_on_the_map_and_to_the_page_on_the_list(open_page):
    page = open_page("/")
    type_in(page, "ดอยลม")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_selector("#card:not([hidden]) h2")
    assert page.inner_text("#card h2") == SECOND.name
    page = open_page("/schools")
    type_in(page, "ดอยลม")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/schools/{SECOND.code}")


def test_a_place_shows_its_schools_on_the_same_page(open_page):
    page = open_page("/schools?lang=en&sort=code")
    type_in(page, "ทุ่งดาว")
    page.locator(".sug [role=option]", has_text="Subdistrict").click()
    page.wait_for_url("**subdistrict=*")
    assert "lang=en" in page.url
    assert "sort=code" in page.url
    assert page.locator(f"main a[href*='/schools/{EVIL_CODE}']").count()
    assert not page.locator(f"main a[href*='/schools/{FIRST.code}']").count()


def test_the_written_part_of_a_name_is_strong_and_a_name_that_is_code_is_text(open_page):
    page = open_page("/schools")
    type_in(page, "onerror")
    assert page.inner_text(".sug .nm") == EVIL
    assert page.inner_text(".sug b") == "onerror"
    weight = "(b) => getComputedStyle(b).fontWeight"
    assert page.locator(".sug b").evaluate(weight) == "600"
    assert page.locator(".sug .nm").evaluate(weight) == "400"
    assert page.locator(".sug img").count() == 0


def test_what_is_near_or_nowhere_is_said_and_shown(open_page):
    page = open_page("/schools")
    type_in(page, "บ้านดอยลน")
    assert page.inner_text(".sug .note") == "ไม่พบตรงตัว แสดงชื่อใกล้เคียง"
    assert SECOND.name in page.inner_text(".sug li")
    page.fill(FIELD, "zzqqxx")
    page.wait_for_selector(".sug .note:has-text('ไม่พบ “zzqqxx”')")
    assert page.locator(".sug li").count() == 0
    assert page.get_attribute(FIELD, "aria-expanded") == "false"
    assert "zzqqxx" in page.inner_text("#said")
    page.keyboard.press("ArrowDown")
    page.locator("body").click(position={"x": 2, "y": 2})
    page.wait_for_selector(".sug", state="detached")


def test_rows_are_large_enough_for_a_finger_and_a_tap_chooses(open_page):
    page = open_page("/", width=360, height=740, touch=True)
    page.tap(FIELD)
    page.keyboard.type("ดอย")
    page.wait_for_selector(".sug li")
    heights = [row.bounding_box()["height"] for row in page.locator(".sug li").all()]
    assert min(heights) >= 44
    box = page.locator(".sug").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    page.locator(".sug li").first.tap()
    page.wait_for_selector("#card:not([hidden]) h2")


def test_the_field_keeps_its_own_name_while_suggestions_stand_in_its_label(open_page):
    page = open_page("/schools")
    type_in(page, "ดอยลม")
    assert page.get_by_role("combobox", name="ค้นหาโรงเรียน", exact=True).count() == 1
    assert page.get_by_role("listbox", name="ค้นหาโรงเรียน", exact=True).count() == 1


def test_enter_without_a_choice_filters_the_page(open_page):
    page = open_page("/schools")
    type_in(page, "ดอยลม")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=*")
    page.wait_for_selector(".sug", state="detached")
    page.wait_for_function("document.querySelectorAll('main tbody tr').length === 1")
    assert SECOND.name in page.inner_text("main tbody")


@pytest.mark.parametrize("text", ["ทุ่งดาว", "บ้านดอยลน", "zzqqxx"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_what_is_offered(open_page, text, scheme):
    page = open_page("/schools", scheme=scheme)
    type_in(page, text)
    page.keyboard.press("ArrowDown")
    assert violations(page) == []
