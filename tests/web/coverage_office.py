"""Offices with coverage for the tests of its page: one set by hand, one really reckoned."""

import csv
import html
import io
import re
import shutil

from gisapp.settings import Settings
from gisapp.web import create_app
from tests.coverage_layers import write_coverage
from tests.office import ROUND, write_text
from tests.web.conftest import Client, web_schools, write_round

#: Children of each age 0 to 17 in each subdistrict, boys and girls.
PER_AGE = {"990201": (3, 4), "990202": (5, 2)}


def by_hand(web_office, folder):
    """A copy of the web tests' office whose figures of coverage are set by hand."""
    shutil.copytree(web_office.folder, folder)
    settings = Settings.load(folder)
    write_coverage(settings.layer_file(ROUND))
    return settings


def reckoned(office):
    """The office's round with registered children, built and reckoned by the commands."""
    write_round(office, ROUND, web_schools())
    head = ("area_code", "age", "male", "female", "persons", "as_of_date")
    lines = [
        (code, age, boys, girls, boys + girls, "2024-12-31")
        for code, (boys, girls) in PER_AGE.items()
        for age in range(18)
    ]
    write_text(office.sheet("population.csv"), [head, *lines])
    for command in ("build", "coverage"):
        done = office.run(command, ROUND)
        assert done.exit_code == 0, done.output
    return Settings.load(office.folder)


def client_of(settings, **options):
    """A client of the service of an office."""
    app = create_app(settings, **options)
    app.testing = True
    app.test_client_class = Client
    return app.test_client()


def words_of(markup):
    """The words of a piece of a page, without markup."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", markup))).strip()


def part(page, begin, end):
    """The piece of a page between two marks, words alone."""
    cut = page[page.index(begin) :]
    return words_of(cut[: cut.index(end)])


def counters(page):
    """What stands in each counter: value and what is beside it."""
    return {
        name: (words_of(value), words_of(share))
        for name, value, share in re.findall(
            r'data-figure="(\w+)"><span data-value>(.*?)</span>'
            r"(?:<small data-share>(.*?)</small>)?",
            page,
            re.S,
        )
    }


def rows(page):
    """Rows of the table: key -> cells in words."""
    found = {}
    for key, row in re.findall(r'<tr data-id="([^"]*)".*?>(.*?)</tr>', page, re.S):
        cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)
        found[key] = [words_of(cell) for cell in cells[:6]]
    return found


def table_file(client, address):
    """A download as rows by heading."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    head, *body = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    return [dict(zip(head, row, strict=True)) for row in body]
