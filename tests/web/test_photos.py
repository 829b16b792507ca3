import io
import sqlite3
from contextlib import closing

import pytest
from PIL import Image

from gisapp.store.photos import write_shown
from tests.web.conftest import PHOTO
from tests.web.test_list import changed, client_of, read_access

ADDRESS = f"/photos/{PHOTO}/320.webp"


@pytest.mark.parametrize("size", [320, 800])
def test_a_picture_comes_in_both_widths(client, size):
    answer = client.get(f"/photos/{PHOTO}/{size}.webp")
    assert answer.mimetype == "image/webp"
    assert Image.open(io.BytesIO(answer.data)).width == size
    assert answer.headers["ETag"]


@pytest.mark.parametrize(
    "address",
    [
        f"/photos/{PHOTO}/1600.webp",
        "/photos/nobody/320.webp",
        "/photos/..%2f..%2foffice.toml/320.webp",
        "/photos/../office.toml",
        "/photos/%2e%2e/320.webp",
        "/photos/photos.csv/320.webp",
        "/photos/C:%5cx/320.webp",
    ],
)
def test_anything_else_below_photos_is_not_found(client, address):
    answer = client.get(address)
    assert answer.status_code == 404
    assert "area_code" not in answer.text


def test_a_browser_asks_each_time_and_gets_the_picture_once(client):
    first = client.get(ADDRESS)
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get(ADDRESS, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("hidden", ["photos,", "photos,photo_id,"])
def test_a_picture_that_is_not_for_the_reader_is_not_found(own_settings, hidden):
    kept = [line for line in read_access(own_settings) if not line.startswith(hidden)]
    assert len(kept) < len(read_access(own_settings))
    own_settings.criteria_dir.mkdir(parents=True, exist_ok=True)
    (own_settings.criteria_dir / "access.csv").write_text("\n".join(kept), encoding="utf-8")
    client = client_of(own_settings)
    assert client.get(ADDRESS).status_code == 404
    assert PHOTO not in client.get("/schools/99020001").text


def test_a_picture_for_the_office_is_for_the_office_only(own_settings):
    mine = [
        line.replace(",public,", ",office,") if line.startswith("photos,") else line
        for line in read_access(own_settings)
    ]
    own_settings.criteria_dir.mkdir(parents=True, exist_ok=True)
    (own_settings.criteria_dir / "access.csv").write_text("\n".join(mine), encoding="utf-8")
    assert client_of(own_settings).get(ADDRESS).status_code == 404
    assert client_of(own_settings, office_pages=True).get(ADDRESS).status_code == 200


def test_a_picture_that_no_round_publishes_is_not_found(own_settings):
    write_shown(Image.new("RGB", (800, 450)), own_settings.shown_dir, "99020001-99")
    assert client_of(own_settings).get("/photos/99020001-99/320.webp").status_code == 404
    # One round is enough, whichever it is.
    one_less = changed(own_settings, ("DELETE FROM photos",))
    assert one_less.get(ADDRESS).status_code == 200
    with closing(sqlite3.connect(own_settings.layer_file("2567-1"))) as database:
        database.execute("DROP TABLE photos")
        database.commit()
    assert client_of(own_settings).get(ADDRESS).status_code == 404


@pytest.mark.parametrize("gone", ["DELETE FROM photos", "DROP TABLE photos"])
def test_a_round_without_pictures_says_so_once(own_settings, gone):
    page = changed(own_settings, (gone,)).get("/schools/99020001").text
    assert page.count("รอบนี้ไม่มีภาพถ่าย") == 1
    assert "ยังไม่มีภาพ<" not in page
    # Where other schools have pictures, a school without one shows which are missing.
    page = client_of(own_settings).get("/schools/99020002?round=2567-1").text
    assert "รอบนี้ไม่มีภาพถ่าย" not in page
    assert page.count("ยังไม่มีภาพ<") == 4
