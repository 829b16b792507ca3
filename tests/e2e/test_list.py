"""The list in a browser: head and names in view, columns chosen, no script, paper, narrow pages."""

import re
import shutil
import subprocess

import pytest

TEXT = shutil.which("pdftotext")

WIDE = "other_name,code,district,network,levels,size7,male,female,line,electricity,water,internet"
ALL = f"{WIDE},subdistrict,grades,size,band,students,classes,teachers,ratio,buildings,founded"


def headings(page):
    """Texts of the headings that can be seen, in their order."""
    return page.evaluate(
        """() => [...document.querySelectorAll('.l-table thead th')]
            .filter((cell) => cell.offsetParent).map((cell) => cell.textContent.trim())"""
    )


def inside(page, inner, outer):
    """Whether a box lies within another on every side, to the pixel."""
    return page.evaluate(
        """([inner, outer]) => {
            const [a, b] = [inner, outer].map(
                (one) => document.querySelector(one).getBoundingClientRect());
            return a.left >= b.left - 1 && a.right <= b.right + 1
                && a.top >= b.top - 1 && a.bottom <= b.bottom + 1;
        }""",
        [inner, outer],
    )


def test_head_and_names_stay_in_view_while_a_wide_table_scrolls(open_page):
    page = open_page(f"/schools?cols={WIDE}", width=800, height=620)
    box = page.locator(".l-table")
    box.evaluate(
        """(box) => {
            const body = box.querySelector('tbody');
            for (let n = 0; n < 30; n += 1) body.append(body.rows[n].cloneNode(true));
            box.scrollLeft = 300;
            box.scrollTop = 80;
        }"""
    )
    assert box.evaluate("(box) => box.scrollLeft > 200 && box.scrollTop > 40")
    left, top = box.evaluate(
        "(b) => [b.getBoundingClientRect().left, b.getBoundingClientRect().top]"
    )
    corner, head = (
        page.locator(".l-table thead th").nth(0),
        page.locator(".l-table thead th").nth(3),
    )
    name = page.locator(".l-table tbody th").nth(4)
    assert abs(corner.bounding_box()["x"] - left) < 2
    assert abs(name.bounding_box()["x"] - left) < 2
    assert abs(corner.bounding_box()["y"] - top) < 2
    assert abs(head.bounding_box()["y"] - top) < 2
    # The page itself does not scroll, so pager and files stay where they are.
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")


def test_columns_are_chosen_by_hand_and_the_address_keeps_them(open_page):
    page = open_page("/schools")
    assert "เครือข่าย" not in headings(page)
    page.locator(".cols summary").click()
    menu = page.locator(".cols form")
    menu.get_by_label("เครือข่าย").check()
    menu.get_by_label("พิกัด").uncheck()
    menu.get_by_role("button", name="แสดงคอลัมน์ที่เลือก").click()
    page.wait_for_load_state()
    assert "เครือข่าย" in headings(page)
    assert "พิกัด" not in headings(page)
    # A filter keeps the columns, without a reload and with one.
    page.locator(".rail").get_by_label("เล็ก").check()
    page.wait_for_function("() => location.search.includes('size=small')")
    assert "network" in page.url
    assert "เครือข่าย" in headings(page)
    page.reload()
    assert "เครือข่าย" in headings(page)
    page.locator(".cols summary").click()
    page.get_by_role("link", name="คอลัมน์ปกติ").click()
    page.wait_for_load_state()
    assert "cols" not in page.url
    assert "size=small" in page.url
    assert "เครือข่าย" not in headings(page)


def test_a_filter_taken_up_later_goes_with_the_columns_chosen_next(open_page):
    page = open_page("/schools")
    page.locator(".rail").get_by_label("เล็ก").check()
    page.wait_for_function("() => location.search.includes('size=small')")
    page.locator(".cols summary").click()
    page.locator(".cols form").get_by_label("เครือข่าย").check()
    page.locator(".cols form").get_by_role("button").click()
    page.wait_for_load_state()
    assert "size=small" in page.url
    assert "cols=network" in page.url


@pytest.mark.parametrize(("width", "height"), [(1440, 720), (1024, 768), (768, 1024), (820, 600)])
def test_the_menu_of_columns_lies_within_the_page(open_page, width, height):
    page = open_page("/schools", width=width, height=height)
    page.locator(".cols summary").click()
    assert inside(page, ".cols form", "body")
    assert inside(page, ".colfoot button", ".l-body")


def test_without_a_script_the_list_sorts_filters_and_takes_columns(browser, address):
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 1440, "height": 900}
    )
    page = context.new_page()
    page.goto(f"{address}/schools?sort=-students")
    page.locator(".cols summary").click()
    page.locator(".cols form input[value=network]").check()
    page.get_by_role("button", name="แสดงคอลัมน์ที่เลือก").click()
    assert page.locator("thead th", has_text="เครือข่าย").count() == 1
    page.locator(".rail input[value=small]").check()
    page.get_by_role("button", name="ใช้ตัวกรอง").click()
    assert "size=small" in page.url
    assert page.locator("thead th", has_text="เครือข่าย").count() == 1
    assert page.locator("thead th[aria-sort=descending]").inner_text() == "นักเรียน"
    page.locator("thead").get_by_role("link", name="ชื่อโรงเรียน").click()
    assert page.locator("thead th[aria-sort=ascending]").inner_text() == "ชื่อโรงเรียน"
    page.locator("tbody th a").first.click()
    assert "/schools/9902" in page.url
    context.close()


def test_files_are_saved_under_the_name_of_the_round(open_page):
    page = open_page("/schools?q=ทุ่งดาว")
    for kind in ("XLSX", "CSV"):
        with page.expect_download() as started:
            page.locator(".l-tools").get_by_role("link", name=kind).click()
        assert started.value.suggested_filename == f"โรงเรียน-2568-1.{kind.lower()}"


@pytest.mark.parametrize(
    ("width", "left_out"),
    [
        (1600, set()),
        (1300, {"พิกัด", "ทรุดโทรม"}),
        (1024, {"พิกัด", "ทรุดโทรม"}),
        (940, {"พิกัด", "ทรุดโทรม", "2 รอบ"}),
        (768, {"พิกัด", "ทรุดโทรม", "2 รอบ", "รหัสโรงเรียน"}),
    ],
)
@pytest.mark.parametrize("language", ["th", "en"])
def test_a_narrow_page_says_which_columns_it_leaves_out_and_cuts_none(
    open_page, width, left_out, language
):
    usual = headings(open_page("/schools", width=1600))
    page = open_page(f"/schools?lang={language}", width=width, height=800)
    if language == "th":
        assert set(usual) - set(headings(page)) == left_out
        said = page.locator(".lo-note .tag:visible").all_inner_texts()
        assert set(said) == left_out
    box = page.locator(".l-table")
    assert box.evaluate("(box) => box.scrollWidth - box.clientWidth") <= 1
    note = page.locator(".lo-note")
    if note.is_visible():
        note.get_by_role("link").click()
        page.wait_for_function("() => location.search.includes('cols=')")
        assert len(headings(page)) == len(usual)


def test_a_finger_finds_every_control_of_the_list(open_page):
    page = open_page("/schools", width=1024, height=768, touch=True)
    small = page.evaluate(
        """() => [...document.querySelectorAll('.l-body :is(a, button, summary)')]
            .filter((one) => one.offsetParent && !one.closest('.cols form, .lo-note'))
            .map((one) => [one.textContent.trim(), Math.round(one.getBoundingClientRect().height)])
            .filter(([, height]) => height < 44)"""
    )
    assert small == []


@pytest.mark.skipif(not TEXT, reason="needs poppler's pdftotext")
@pytest.mark.parametrize("columns", [WIDE, ALL])
def test_paper_holds_the_columns_it_can_and_says_where_the_others_are(open_page, tmp_path, columns):
    page = open_page(f"/schools?page=all&cols={columns}")
    page.set_viewport_size({"width": 1039, "height": 700})
    page.emulate_media(media="print")
    beyond = page.evaluate(
        """() => document.querySelector('.tb').getBoundingClientRect().right
            - document.querySelector('.l-table').getBoundingClientRect().right"""
    )
    assert beyond <= 1
    many = columns.count(",") >= 14
    assert len(headings(page)) == (15 if many else columns.count(",") + 2)
    page.emulate_media(media=None)
    page.pdf(path=tmp_path / "list.pdf", prefer_css_page_size=True)
    text = subprocess.run(
        [TEXT, "-layout", tmp_path / "list.pdf", "-"], check=True, capture_output=True
    ).stdout.decode()
    assert ("14" in text) == many or not many
    assert "1–5" in text
    assert "2568" in text


@pytest.mark.skipif(not TEXT, reason="needs poppler's pdftotext")
@pytest.mark.parametrize(
    ("language", "title", "collar"),
    [("th", "รายชื่อโรงเรียน", "ข้อมูล ณ 10 มิ.ย. 2568"), ("en", "List of schools", "As of 10 Jun 2568")],
)
def test_every_sheet_has_its_title_its_head_its_collar_and_its_number(
    open_page, tmp_path, language, title, collar
):
    page = open_page(f"/schools?page=all&lang={language}")
    page.evaluate(
        """() => {
            const body = document.querySelector('.l-table tbody');
            for (let n = 0; n < 115; n += 1) body.append(body.rows[n].cloneNode(true));
        }"""
    )
    page.pdf(path=tmp_path / "list.pdf", prefer_css_page_size=True)
    text = subprocess.run(
        [TEXT, "-layout", tmp_path / "list.pdf", "-"], check=True, capture_output=True
    ).stdout.decode()
    sheets = re.sub("[ \xa0]", "", text).rstrip("\f").split("\f")
    assert 4 <= len(sheets) <= 5
    head = {"th": "รหัสโรงเรียน", "en": "Code"}[language]
    for number, sheet in enumerate(sheets, 1):
        for part in (title, head, collar, f"{number}/{len(sheets)}"):
            assert sheet.count(part.replace(" ", "")) == 1, (number, part)
    assert text.count("99020001") == 24


@pytest.mark.parametrize("width", [360, 390])
def test_a_phone_shows_a_long_unbroken_name_without_moving_sideways(open_page, width):
    page = open_page("/schools", width=width, height=740)
    for letter in ("ก", "W"):
        page.locator(".pcards bdi").first.evaluate(
            "(name, letter) => { name.textContent = letter.repeat(200); }", letter
        )
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        beyond = page.evaluate(
            """() => [...document.querySelectorAll('.l-list *')]
                .filter((one) => one.getBoundingClientRect().right > innerWidth + 1).length"""
        )
        assert beyond == 0


@pytest.mark.parametrize("language", ["th", "en"])
def test_a_tablet_shows_every_counter_and_eight_rows(open_page, language):
    page = open_page(f"/schools?lang={language}", width=768, height=1024)
    assert page.locator(".counters").evaluate("(box) => box.scrollWidth <= box.clientWidth")
    page = open_page(f"/schools?lang={language}", width=1024, height=768)
    line = page.locator(".l-table thead").evaluate("(one) => one.getBoundingClientRect().height")
    assert line <= 52  # two lines
    page.locator(".l-table tbody").evaluate(
        "(body) => { for (let n = 0; n < 30; n += 1) body.append(body.rows[0].cloneNode(true)); }"
    )
    box = page.locator(".l-table").evaluate("(one) => one.clientHeight")
    assert box >= line + 8 * 40
