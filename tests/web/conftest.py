"""A really built office for the web: sheets written, read, checked and published."""

import dataclasses
import shutil

import pytest
from flask.testing import FlaskClient
from PIL import Image

from gisapp.settings import Settings
from gisapp.store.photos import write_photo_list, write_shown
from gisapp.web import create_app
from tests.office import (
    SCHOOLS,
    School,
    bare_office,
    building_rows,
    register_rows,
    wide_merges,
    wide_rows,
    write_book,
)

#: A name that is code in HTML, in a template literal, and in Jinja.
EVIL = "<img src=x onerror=alert(1)>${7*7}{{7*7}}`"
EVIL_CODE = "99020004"

PHOTO = "99020001-01"


def web_schools(*, fewer=0):
    """The three schools of every test, one whose name is code, one without a usable place.

    `fewer` boys are taken from each grade of the first school, so that rounds differ.
    """
    first = SCHOOLS[0]
    pupils = {grade: (b - fewer, g, rooms) for grade, (b, g, rooms) in first.pupils.items()}
    return (
        dataclasses.replace(first, pupils=pupils),
        *SCHOOLS[1:],
        School(EVIL_CODE, EVIL, "ทุ่งดาว", "19.055", "98.155", {"p1": (4, 5, 1)}),
        School("99020005", "บ้านไม่มีพิกัด", "ห้วยเมฆ", "", "", {"p1": (0, 1, 1), "p2": (2, 0, 1)}),
    )


def write_round(office, name, schools):
    """Write register, enrolment and buildings of a round."""
    rows = wide_rows(schools)
    rows[0] = [rows[0][0].replace("2568", name[:4]), *rows[0][1:]]
    write_book(office.sheet("register.xlsx", name), {"ข้อมูลโรงเรียน": register_rows(schools)})
    write_book(office.sheet("enrolment.xlsx", name), {"จำนวนนักเรียน": rows}, wide_merges(rows))
    write_book(office.sheet("buildings.xlsx", name), {"สิ่งก่อสร้าง": building_rows(schools)})


class Client(FlaskClient):
    """A client that reads each answer to its end, so that files it came from are closed."""

    def open(self, *args, **kwargs):
        return super().open(*args, **{"buffered": True, **kwargs})


@pytest.fixture(scope="session")
def web_office(tmp_path_factory):
    """An office of five schools with two rounds and one picture, built once for all tests."""
    office = bare_office(tmp_path_factory.mktemp("web") / "office")
    shown = office.folder / "photos" / "shown"
    write_shown(Image.new("RGB", (1600, 900), "#7799bb"), shown, PHOTO)
    write_photo_list(
        [
            {
                "photo_id": PHOTO,
                "smis_code": "99020001",
                "building_sequence": 1,
                "photo_slot": "front",
                "taken_on": "2025-05-20",
                "caption_th": "อาคารเรียน 1 ด้านหน้า",
                "caption_en": "Building 1, front",
            }
        ],
        shown,
    )
    for name, fewer in (("2567-1", 0), ("2568-1", 1)):
        write_round(office, name, web_schools(fewer=fewer))
        built = office.run("build", name)
        assert built.exit_code == 0, built.output
    return office


@pytest.fixture(scope="session")
def settings(web_office):
    return Settings.load(web_office.folder)


@pytest.fixture(scope="session")
def app(settings):
    app = create_app(settings)
    app.testing = True
    app.test_client_class = Client
    return app


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def own_settings(web_office, tmp_path):
    """A copy of the office that a test may change."""
    shutil.copytree(web_office.folder, tmp_path / "office")
    return Settings.load(tmp_path / "office")
