import datetime
import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from gisapp.store.bundled import templates_dir
from gisapp.web import words
from gisapp.web.i18n import TRANSLATIONS_DIR

THAI = re.compile("[ก-๛]")
WEB = Path(words.__file__).parent


def messages():
    """Every text that templates and code hand to gettext."""
    found = set()
    for folder, pattern, method in (
        (templates_dir(), "**.html", "jinja2"),
        (WEB, "**.py", "python"),
    ):
        found |= {row[2] for row in extract_from_dir(folder, [(pattern, method)])}
    return found


def english():
    with (TRANSLATIONS_DIR / "en" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return {message.id: message for message in read_po(file) if message.id}


def test_every_text_has_its_english():
    texts, catalogue = messages(), english()
    assert len(texts) > 150
    assert sorted(texts - catalogue.keys()) == []
    assert [text for text in texts if not catalogue[text].string] == []


def test_no_english_is_left_over():
    assert sorted(english().keys() - messages()) == []


def test_english_keeps_every_figure_of_the_thai_text():
    for text, message in english().items():
        names = set(re.findall(r"%\((\w+)\)s", text))
        assert names <= set(re.findall(r"%\((\w+)\)s", message.string)), text
        assert not THAI.search(message.string), text


def test_the_compiled_catalogue_is_the_written_one():
    with (TRANSLATIONS_DIR / "en" / "LC_MESSAGES" / "messages.mo").open("rb") as file:
        compiled = {message.id: message.string for message in read_mo(file) if message.id}
    assert compiled == {text: message.string for text, message in english().items()}


@pytest.mark.parametrize(
    "address",
    ["/", "/schools", "/schools/99020002", "/schools/99020002/card", "/schools?q=zzz", "/overview"],
)
def test_an_english_page_has_no_thai_but_names(client, address):
    joined = "&" if "?" in address else "?"
    text = client.get(f"{address}{joined}lang=en").text
    assert 'lang="en"' in text or address.endswith("card")
    text = re.sub(r'lang="th"[^<]*<', "<", text)
    # Values of sheets stay as received; each stands in a place of its own.
    for value in (
        "บ้านห้วยเมฆ",
        "บ้านดอยลม",
        "วัดทุ่งดาว",
        "บ้านไม่มีพิกัด",
        "สปช.",
        "เมืองทดสอบ",
        "ห้วยเมฆ",
        "ทุ่งดาว",
        "ไทย",
        "โรงเรียนบ้านดอยลม",
    ):
        text = text.replace(value, "")
    assert [
        line.strip() for line in text.splitlines() if THAI.search(line) and "อ." not in line
    ] == []


def test_unknown_is_a_dash_and_zero_is_zero():
    assert words.number(None) == "–"
    assert words.number(0) == "0"
    assert words.number(17714) == "17,714"
    assert words.percent(None) == "–"
    assert words.signed_percent(-0.213) == "−21%"
    assert words.signed_percent(0.004) == "±0%"


def test_a_website_is_followed_only_when_it_is_one():
    assert words.web_address("https://school.example/x") == "https://school.example/x"
    for text in (
        "javascript:alert(1)",
        "school.example",
        "www.school.example",  # which scheme is not said, so none is made up
        "https://user:pw@evil.example",
        "https://a b",
        'https://x"onclick=',
        None,
        "",
    ):
        assert words.web_address(text) is None


def test_dates_carry_buddhist_years(app):
    with app.test_request_context("/"):
        assert words.date_word("2025-06-10") == "10\u00a0มิ.ย.\u00a02568"
        assert words.date_word("about 2503") == "about 2503"
        assert words.date_word(None) == "–"
    with app.test_request_context("/?lang=en"):
        assert words.date_word("2025-06-10", "long") == "10\u00a0June\u00a02568\u00a0(2025)"
        assert (
            words.date_word(datetime.date(2024, 2, 29).isoformat(), "month")
            == "Feb\u00a02567\u00a0(2024)"
        )
