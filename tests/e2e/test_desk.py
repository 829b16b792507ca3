"""The problem desk in a real browser: keys, map, phone, paper, and the whole way."""

import re

import pytest
from playwright.sync_api import expect

from gisapp.settings import Settings
from gisapp.worker import start_worker
from tests.e2e.conftest import Watch, serving
from tests.office import ROUND
from tests.web.desk_office import EARLIER, faulty_office


@pytest.fixture
def desk(tmp_path, browser):
    """Open the desk of an office, its worker running; at the end the console must be clean."""
    office = faulty_office(tmp_path / "office")
    for name in (EARLIER, ROUND):
        assert office.run("check", name).exit_code in (0, 1)
    assert office.run("build", EARLIER).exit_code == 0
    settings = Settings.load(office.folder)
    contexts, watches = [], []
    with serving(settings, office_pages=True) as address:
        end_worker = start_worker(settings)

        def go(path=f"/check?round={ROUND}", **options):
            known = {"viewport": {"width": 1440, "height": 900}, **options}
            contexts.append(browser.new_context(**known))
            page = contexts[-1].new_page()
            watches.append(Watch(page, address))
            page.goto(f"{address}{path}")
            return page

        go.office = office
        yield go
        for context in contexts:
            context.close()
        end_worker()
    for watch in watches:
        assert watch.errors == []
        assert watch.foreign == []


def choose(page, words):
    page.get_by_role("link", name=re.compile(words)).first.click()
    # Its detail comes by fetch: until then the form below is that of another problem.
    expect(page.locator(".dk-d h2")).to_contain_text(words)


def test_arrow_keys_go_from_problem_to_problem_without_a_new_page(desk):
    page = desk()
    page.evaluate("window.same = true")
    titles = [page.inner_text(".dk-d h2")]
    for _ in range(2):
        before = page.get_attribute(".dk-db", "data-ref")
        page.keyboard.press("ArrowDown")
        expect(page.locator(".dk-db")).not_to_have_attribute("data-ref", before)
        titles.append(page.inner_text(".dk-d h2"))
    assert len(set(titles)) == 3
    page.keyboard.press("ArrowUp")
    expect(page.locator(".dk-d h2")).to_have_text(titles[1])
    assert page.evaluate("window.same") is True
    assert page.locator("tr.cur th").inner_text().startswith(titles[1][:20])
    page.reload()
    expect(page.locator(".dk-d h2")).to_have_text(titles[1])


def test_the_map_shows_the_proposed_place_and_moves_with_the_problem(desk):
    page = desk()
    choose(page, "สลับกัน")
    page.wait_for_selector("[data-place][data-shown]")
    ring = page.locator("[data-place] .spot.proposed svg")
    expect(ring).to_be_visible()
    frame, mark = page.locator("[data-place]").bounding_box(), ring.bounding_box()
    middle = frame["x"] + frame["width"] / 2, frame["y"] + frame["height"] / 2
    assert abs(mark["x"] + mark["width"] / 2 - middle[0]) < 2
    assert abs(mark["y"] + mark["height"] / 2 - middle[1]) < 2
    choose(page, "ผลรวมไม่ตรง")
    expect(page.locator("[data-place]")).to_have_count(0)
    choose(page, "สลับกัน")
    page.wait_for_selector("[data-place][data-shown] .folium-map")


def test_a_block_needs_a_reason_before_it_leaves_the_browser(desk):
    page = desk()
    page.locator(".dk-a").get_by_label("ชื่อผู้ตัดสินใจ").fill("สมศรี ใจดี")
    page.get_by_role("button", name="รับทราบ").click()
    assert page.locator("input[name=reason]:invalid").count() == 1
    expect(page.locator(".dk-c .block dd")).to_have_text("1")


def test_a_round_goes_from_blocked_to_published_by_buttons_alone(desk):
    page = desk()
    expect(page.get_by_role("button", name="เผยแพร่รอบนี้")).to_be_disabled()
    choose(page, "สลับกัน")
    page.locator(".dk-a").get_by_label("ชื่อผู้ตัดสินใจ").fill("สมศรี ใจดี")
    page.get_by_role("button", name="ใช้ค่าที่เสนอ").click()
    expect(page.locator(".bnr.ok")).to_contain_text("บันทึกแล้ว")
    choose(page, "ผลรวมไม่ตรง")
    page.locator(".dk-a").get_by_label("เหตุผล").fill("ตรงกับใบลงชื่อ")
    page.get_by_role("button", name="รับทราบ").click()
    expect(page.locator(".dk-s.yes")).to_contain_text("เผยแพร่ได้")
    page.get_by_role("button", name="เผยแพร่รอบนี้").click()
    expect(page.locator(".dk-s.yes")).to_contain_text("รอบนี้เผยแพร่แล้ว", timeout=60_000)
    schools = desk.office.layer("schools").set_index("smis_code")
    assert schools.loc["99020002", "location_quality"] == "surveyed"
    assert schools.loc["99020002", "corrected"] == "lat,lon"


def test_without_scripts_links_and_forms_do_the_same(desk):
    page = desk(java_script_enabled=False)
    choose(page, "สลับกัน")
    assert "problem=" in page.url
    assert "สลับกัน" in page.inner_text(".dk-d h2")
    page.fill(".dk-a [name=by]", "สมศรี ใจดี")
    page.get_by_role("button", name="ส่งกลับโรงเรียน").click()
    expect(page.locator(".bnr.ok")).to_contain_text("ส่งกลับ")
    page.fill("[name=q]", "99020002")
    page.get_by_role("button", name="ใช้ตัวกรอง").click()
    assert page.locator(".dk-t tbody tr").count() == 1
    page.get_by_role("button", name="ตรวจใหม่").click()
    expect(page.get_by_role("link", name="ดูอีกครั้ง")).to_be_visible()


def test_on_a_phone_a_problem_is_a_page_of_its_own(desk):
    page = desk(viewport={"width": 390, "height": 844}, has_touch=True)
    assert not page.locator(".dk-d").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    choose(page, "สลับกัน")
    expect(page.locator(".dk-d")).to_be_visible()
    assert not page.locator(".dk-list").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    for box in page.locator(".dk-a .btn").all():
        assert box.bounding_box()["height"] >= 44
    page.get_by_role("link", name="รายการ").click()
    expect(page.locator(".dk-list")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [768, 1100, 1440])
def test_nothing_is_wider_than_the_page(desk, width, scheme):
    for path in (f"/check?round={ROUND}", f"/check/schools/99020001?round={ROUND}"):
        page = desk(path, viewport={"width": width, "height": 900}, color_scheme=scheme)
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_school_prints_on_one_upright_sheet(desk):
    page = desk(f"/check/schools/99020001?round={ROUND}")
    paper = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
    box = re.search(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", paper)
    assert round(float(box[1])) == 595
    assert round(float(box[2])) == 842
