"""What comes out of the printer, and what a page looks like before anybody touches it."""

import shutil
import subprocess

import pytest
from PIL import Image

from tests.web.conftest import web_schools

FIRST = web_schools(fewer=1)[0]
RASTER = shutil.which("pdftoppm")
TEXT = shutil.which("pdftotext")

needs_poppler = pytest.mark.skipif(not (RASTER and TEXT), reason="needs poppler's pdftoppm")


def printed(page, folder):
    """Print a page as the browser does; its sheets as pictures, 96 dots per inch."""
    target = folder / "page.pdf"
    page.wait_for_load_state("networkidle")
    page.pdf(path=target, prefer_css_page_size=True, print_background=True)
    subprocess.run([RASTER, "-r", "96", "-png", target, folder / "sheet"], check=True)
    return target, [Image.open(path).convert("RGB") for path in sorted(folder.glob("sheet*.png"))]


def near(colour, other, most=12):
    return all(abs(a - b) <= most for a, b in zip(colour, other, strict=True))


@needs_poppler
@pytest.mark.parametrize("width", [390, 1440])
def test_the_printed_map_page_holds_the_map(open_page, tmp_path, width):
    page = open_page("/", width=width)
    wanted = page.evaluate("gisapp.token('--pt-medium')").lstrip("#")
    medium = tuple(int(wanted[n : n + 2], 16) for n in (0, 2, 4))
    file, sheets = printed(page, tmp_path)
    assert len(sheets) == 1
    text = subprocess.run([TEXT, file, "-"], check=True, capture_output=True).stdout.decode()
    for said in ("สพป.ทดสอบ เขต 2", "2568", "ทุกโรงเรียน"):
        assert said in text.replace("\u0e4d\u0e32", "ำ")
    sheet = sheets[0]
    assert sheet.width > sheet.height
    # The map's frame: right of the legend (11 + 54 mm), 150 mm high, below the counters.
    mm = 96 / 25.4
    frame = sheet.crop((round(67 * mm), round(32 * mm), round(284 * mm), round(165 * mm)))
    colours = {colour: count for count, colour in frame.getcolors(2**24)}
    assert len(colours) > 50
    assert sum(count for colour, count in colours.items() if near(colour, medium)) > 20
    assert colours.get((255, 255, 255), 0) < frame.width * frame.height / 2


@needs_poppler
@pytest.mark.parametrize("path", ["/schools", f"/schools/{FIRST.code}"])
def test_no_column_is_cut_off_on_paper(open_page, tmp_path, path):
    page = open_page(path)
    file, _ = printed(page, tmp_path)
    text = subprocess.run([TEXT, file, "-"], check=True, capture_output=True).stdout.decode()
    assert ("พิกัด" if path == "/schools" else "สภาพ") in text
    page.set_viewport_size({"width": 711, "height": 1000})
    if path == "/schools":
        page.set_viewport_size({"width": 1039, "height": 700})
    page.emulate_media(media="print")
    beyond = page.evaluate(
        """() => [...document.querySelectorAll('.tb')].map((table) => {
            const box = table.closest('.sec, .l-table').getBoundingClientRect();
            return table.getBoundingClientRect().right - box.right;
        })"""
    )
    assert beyond
    assert max(beyond) <= 1


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1366, 768), (390, 844)])
def test_the_first_view_is_the_same_at_every_load(open_page, width, height):
    views = {
        str(
            open_page("/", width=width, height=height).evaluate(
                "[map_schools.getZoom(), map_schools.getCenter().lat, map_schools.getCenter().lng]"
            )
        )
        for _ in range(4)
    }
    assert len(views) == 1


def test_the_first_view_fits_the_map_as_it_finally_stands(open_page):
    page = open_page("/")
    page.wait_for_timeout(300)
    assert page.evaluate(
        "map_schools.getSize().y === map_schools.getContainer().clientHeight"
        " && map_schools.getBounds().contains(map_schools.options.home)"
    )


@pytest.mark.parametrize("path", ["/", f"/schools/{FIRST.code}"])
def test_no_line_of_a_phones_collar_starts_with_a_rule(open_page, path):
    page = open_page(path, width=390, height=844)
    seen = page.evaluate(
        """() => {
            const collar = document.querySelector('.collar');
            const left = collar.getBoundingClientRect().left;
            const ruled = (span) => getComputedStyle(span, '::before').display !== 'none';
            return [...collar.querySelectorAll(':scope > span')]
                .filter((span) => span.offsetParent && ruled(span))
                .map((span) => span.getBoundingClientRect().left - left);
        }"""
    )
    # A rule stands 1 px left of its span: at 0 it falls outside and is cut off.
    assert all(x == 0 or x > 20 for x in seen)


def test_a_table_wider_than_a_phone_says_that_there_is_more(open_page):
    page = open_page(f"/schools/{FIRST.code}", width=320, height=700)
    wide = page.locator("[data-wide]").filter(has=page.locator("th", has_text="สภาพ"))
    assert "more" in wide.get_attribute("class")
    assert wide.get_attribute("tabindex") == "0"
    # Whoever comes to it by keyboard is told what it is.
    assert page.get_by_role("region", name="สิ่งก่อสร้าง").count() == 1
    wide.evaluate("(box) => { box.scrollLeft = box.scrollWidth; }")
    page.wait_for_function(
        "() => [...document.querySelectorAll('[data-wide]')].some("
        "(box) => box.scrollLeft > 0 && !box.classList.contains('more'))"
    )
