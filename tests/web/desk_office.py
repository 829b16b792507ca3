"""An office with something on its problem desk, and a reader who presses its buttons."""

import dataclasses
import re

import geopandas as gpd

from gisapp.settings import Settings
from gisapp.web import create_app
from tests.office import (
    FIRST,
    ROUND,
    SCHOOLS,
    building_rows,
    register_rows,
    small_office,
    wide_merges,
    wide_rows,
    write_book,
)
from tests.web.conftest import EVIL, Client

#: The first school's figure that does not add up, and where it stands.
WRONG_SUM = 999
#: Before the round on the desk; nothing is wrong in it but the same two swapped cells.
EARLIER = "2567-1"
BASE = "http://127.0.0.1"


def swapped(school):
    """The same school, its latitude and longitude in each other's cells."""
    return dataclasses.replace(school, lat=school.lon, lon=school.lat)


def faulty_schools():
    """The second school's coordinates are swapped, the third has none, and a name that is code."""
    first, second, third = SCHOOLS
    return (first, swapped(second), dataclasses.replace(third, name=EVIL, lat="", lon=""))


def faulty_office(folder):
    """An office whose round has a wrong sum, swapped coordinates, and a school without any."""
    office = small_office(folder)
    schools = faulty_schools()
    register = {"ข้อมูลโรงเรียน": register_rows(schools)}
    write_book(office.sheet("register.xlsx"), register)
    rows = wide_rows(schools)
    rows[FIRST][-2] = WRONG_SUM
    write_book(office.sheet("enrolment.xlsx"), {"จำนวนนักเรียน": rows}, wide_merges(rows))
    before = wide_rows(schools)
    before[0] = [before[0][0].replace("2568", "2567"), *before[0][1:]]
    write_book(office.sheet("register.xlsx", EARLIER), register)
    write_book(
        office.sheet("enrolment.xlsx", EARLIER), {"จำนวนนักเรียน": before}, wide_merges(before)
    )
    write_book(office.sheet("buildings.xlsx", EARLIER), {"สิ่งก่อสร้าง": building_rows(schools)})
    return office


class Desk:
    """A browser that opens the desk of one office and sends its forms."""

    def __init__(self, office):
        self.office = office
        self.settings = Settings.load(office.folder)
        app = create_app(self.settings, office_pages=True)
        app.testing = True
        app.test_client_class = Client
        self.client = app.test_client()

    def get(self, address, **options):
        return self.client.get(address, base_url=BASE, **options)

    def page(self, **asked):
        answer = self.get("/check", query_string={"round": ROUND, **asked})
        assert answer.status_code == 200, answer.text
        return answer.text

    def token(self):
        return re.search(r'name="csrf_token" value="([^"]+)"', self.page(state="all"))[1]

    def post(self, address, form, **options):
        """Send a form as the page would; an option changes what a browser says of itself."""
        known = {"csrf_token": self.token(), **form}
        headers = {"Origin": BASE, **options.pop("headers", {})}
        return self.client.post(address, data=known, base_url=BASE, headers=headers, **options)

    def rows(self, kind=None):
        """What the check file holds, past our own reader."""
        file = self.settings.check_file(ROUND)
        found = gpd.read_file(file, layer="problems")
        return found if kind is None else found[found["kind"] == kind]

    def only(self, kind):
        """The one problem of a kind."""
        (row,) = self.rows(kind).to_dict("records")
        return row

    def decide(self, row, decision, reason="", by="สมศรี ใจดี", **changes):
        form = {
            "problem": row["problem_id"],
            "fingerprint": row["fingerprint"],
            "decision": decision,
            "reason": reason,
            "by": by,
            **changes,
        }
        return self.post(f"/check/decide?round={ROUND}&problem={row['problem_id']}", form)
