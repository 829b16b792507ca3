"""The list: its columns, its order, its pages, and who may see what of it."""

import re
import sqlite3
from contextlib import closing

import pytest

from gisapp.store.published import layer_file, read_schools
from gisapp.web import create_app
from gisapp.web.listing.columns import SHOWN
from tests.web.conftest import EVIL_CODE, Client, web_schools

CODE = re.compile(r'<tr><th scope="row"><a href="/schools/(\d+)')


def codes(client, address="/schools"):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return CODE.findall(answer.text)


def headings(page):
    """Name in the address of each column that the table shows, the name of the school first."""
    return re.findall(r'<th scope="col".*?sort=-?(\w+)', page)


def cells(page):
    """Code -> texts of the cells of a row after the name."""
    rows = re.findall(r'<tr><th scope="row"><a href="/schools/(\d+)(.*?)</tr>', page, re.S)
    text = {
        code: [
            re.sub(r"<[^>]+>", "", cell).strip()
            for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.S)
        ]
        for code, row in rows
    }
    assert text
    return text


def client_of(settings, *, office_pages=False):
    app = create_app(settings, office_pages=office_pages)
    app.testing = True
    app.test_client_class = Client
    return app.test_client()


def changed(settings, *statements):
    """Change the published file of the newest round as no form could."""
    with closing(sqlite3.connect(settings.layer_file("2568-1"))) as database:
        for (name,) in database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            database.execute(f'DROP TRIGGER "{name}"')
        for statement in statements:
            database.execute(*statement)
        database.commit()
    return client_of(settings)


def filled(settings, column, values):
    """Give each school its value of a column, in the order of their codes."""
    codes = ("99020001", "99020002", "99020003", EVIL_CODE, "99020005")
    return changed(
        settings,
        *(
            (f'UPDATE schools SET "{column}" = ? WHERE smis_code = ?', (value, code))
            for code, value in zip(codes, values, strict=True)
        ),
    )


def test_the_usual_columns_stand_in_their_order(client):
    assert headings(client.get("/schools").text) == ["name", *SHOWN]


def test_a_reader_chooses_columns_with_a_plain_form(client):
    for asked in ("cols=district&cols=network&cols=male", "cols=male,network,district"):
        page = client.get(f"/schools?{asked}").text
        assert headings(page) == ["name", "district", "network", "male"]
        checked = re.findall(r'name="cols" value="(\w+)" checked', page)
        assert checked == ["district", "network", "male"]
    boys = sum(b for b, _, _ in web_schools(fewer=1)[0].pupils.values())
    assert cells(page)["99020001"] == ["เมืองทดสอบ", "–", str(boys)]


def test_chosen_columns_stay_with_every_address_of_the_page(client):
    page = client.get("/schools?cols=male&cols=female&district=เมืองทดสอบ").text
    assert 'name="cols" value="male,female"' in page  # the filters' own form
    onward = re.findall(r'href="(/schools[^/"]*(?:sort|page)=[^"]*)"', page)
    assert onward
    assert all("cols=male" in address and "cols=female" in address for address in onward)
    assert re.search(
        r'action="/schools" data-columns>.*?name="district" value="เมืองทดสอบ"', page, re.S
    )


@pytest.mark.parametrize(
    "asked", ["cols=nonsense", "cols=name,nonsense", "sort=nonsense", "page=x"]
)
def test_what_the_list_does_not_have_is_said_with_a_way_on(client, asked):
    answer = client.get(f"/schools?{asked}")
    assert answer.status_code == 400
    assert 'href="/schools"' in answer.text


def test_a_column_for_the_office_is_not_for_everybody(client, settings):
    assert "เรื่องที่ต้องตรวจ" not in client.get("/schools").text
    for asked in ("cols=problems", "sort=problems"):
        assert client.get(f"/schools?{asked}").status_code == 400
        assert client_of(settings, office_pages=True).get(f"/schools?{asked}").status_code == 200


def test_a_list_without_the_right_to_see_pupils_still_stands(own_settings):
    table = own_settings.criteria_dir / "access.csv"
    shipped = [*read_access(own_settings)]
    kept = [line for line in shipped if not line.startswith("schools,students,")]
    assert len(kept) == len(shipped) - 1
    table.parent.mkdir(parents=True, exist_ok=True)
    table.write_text("\n".join(kept), encoding="utf-8")
    page = client_of(own_settings).get("/schools").text
    shown = [name for name in SHOWN if name not in ("students", "line")]
    assert headings(page) == ["name", *shown]


def read_access(settings):
    from gisapp.store.bundled import criteria_dir

    return (criteria_dir() / "access.csv").read_text(encoding="utf-8-sig").splitlines()


@pytest.mark.parametrize(
    ("sort", "column", "values", "ascending"),
    [
        ("students", "students", (5, None, 0, 700, 5), [2, 0, 4, 3]),
        ("ratio", "pupil_teacher_ratio", (9.5, 10.0, None, 100.0, 2.0), [4, 0, 1, 3]),
        # ก < ข < ป < ไก่ stands at its ก; a word without a tone mark before the same with one.
        ("network", "school_network", ("ไก่", "ป่า", "ปา", "ขา", None), [0, 3, 2, 1]),
        ("size", "size_class_4", ("large", "small", "no_students", None, "medium"), [2, 1, 4, 0]),
        ("grades", "lowest_grade", ("p1", "k2", "m1", "k1", None), [3, 1, 0, 2]),
        ("band", "small_band", ("101-120", "1-20", "21-40", "0", None), [3, 1, 2, 0]),
        ("highland", "highland_official", (1, 0, None, 1, 0), [1, 4, 0, 3]),
        ("founded", "founded_on", ("1999-12-31", "2001-01-01", None, "1936-05-16", "1999-01-01"),
         [3, 4, 0, 1]),
        ("location", "location_quality",
         ("subdistrict", "village", "surveyed", "missing", "village"), [2, 1, 4, 0, 3]),
    ],
)  # fmt: skip
def test_a_column_sorts_by_what_it_means_and_the_unknown_stands_last(
    own_settings, sort, column, values, ascending
):
    known = ("99020001", "99020002", "99020003", EVIL_CODE, "99020005")
    client = filled(own_settings, column, values)
    unknown = [n for n in range(5) if n not in ascending]
    assert codes(client, f"/schools?sort={sort}") == [known[n] for n in (*ascending, *unknown)]
    back = codes(client, f"/schools?sort=-{sort}")
    assert back[len(ascending) :] == [known[n] for n in unknown]
    by_value = [values[known.index(code)] for code in back[: len(ascending)]]
    assert by_value == [values[n] for n in reversed(ascending)]
    # Equal values keep the order of their codes, whichever way the column is turned.
    for value in set(by_value):
        alike = [code for code in back if values[known.index(code)] == value]
        assert alike == sorted(alike)


@pytest.mark.parametrize("name", ["name", *SHOWN, "district", "completeness", "male", "photos"])
def test_every_column_sorts_both_ways_and_loses_no_school(client, name):
    up, down = (codes(client, f"/schools?sort={way}{name}") for way in ("", "-"))
    assert sorted(up) == sorted(down)
    assert len(up) == 5
    page = client.get(f"/schools?sort=-{name}").text
    shown = name in ("name", *SHOWN)
    assert page.count('aria-sort="descending"') == shown
    assert 'aria-sort="ascending"' not in page
    assert ("โรงเรียน · เรียงตาม " in page) == (not shown)


def test_the_line_of_rounds_sorts_by_its_change(client, settings):
    now, before = (
        {school.smis_code: school.students for school in read_schools(layer_file(settings, name))}
        for name in ("2568-1", "2567-1")
    )
    moved = {code: now[code] / before[code] for code in now}
    found = codes(client, "/schools?sort=line")
    assert [moved[code] for code in found] == sorted(moved.values())


@pytest.fixture
def many(own_settings):
    """The list of a round of 123 schools."""
    with closing(sqlite3.connect(own_settings.layer_file("2568-1"))) as database:
        names = [row[1] for row in database.execute("PRAGMA table_info(schools)")]
        kept = [f'"{name}"' for name in names if name not in ("fid", "smis_code")]
    return changed(
        own_settings,
        *(
            (
                f"INSERT INTO schools (smis_code, {', '.join(kept)}) SELECT ?, {', '.join(kept)} "
                "FROM schools WHERE smis_code = '99020001'",
                (f"9903{n:04}",),
            )
            for n in range(118)
        ),
    )


def test_pages_hold_every_school_once(many):
    pages = [codes(many, f"/schools?sort=code&page={n}") for n in (1, 2, 3)]
    assert [len(page) for page in pages] == [50, 50, 23]
    together = [code for page in pages for code in page]
    assert together == sorted(set(together))
    assert codes(many, "/schools?sort=code&page=4") == pages[2]
    assert many.get("/schools?sort=code&page=0").status_code == 400


def test_one_page_holds_the_whole_list_for_printing(many):
    first = many.get("/schools").text
    assert "แสดง 1–50 จาก 123 โรงเรียน" in first
    assert 'href="/schools?page=all"' in first
    assert "data-print" not in first
    everything = many.get("/schools?page=all").text
    assert len(CODE.findall(everything)) == 123
    assert "data-print" in everything
    assert "แสดง 1–123 จาก 123 โรงเรียน" in everything


def test_a_list_too_long_for_one_page_points_to_the_files(many, monkeypatch):
    monkeypatch.setattr("gisapp.web.listing.paging.ALL_ROWS", 100)
    assert "page=all" not in many.get("/schools").text
    most = many.get("/schools?page=all").text
    assert len(CODE.findall(most)) == 100
    assert "แสดง 1–100 จาก 123 โรงเรียน" in most
    assert "ทั้งหมดอยู่ในไฟล์ XLSX และ CSV" in most


@pytest.mark.parametrize(
    "name",
    [
        "ก" * 200,
        "<script>alert(1)</script>",
        "مدرسة القرية",
        "โรงเรียน 👩🏽‍🏫 ยินดี",
        '" onmouseover="alert(1)',
    ],
)
def test_any_name_stands_whole_escaped_and_for_itself(own_settings, name):
    client = changed(
        own_settings,
        ("UPDATE schools SET school_name_th = ? WHERE smis_code = '99020001'", (name,)),
    )
    page = client.get("/schools").text
    escaped = name.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&#34;")
    assert f"<bdi>{escaped}</bdi>" in page
    assert f"<bdi>{name}</bdi>" in page or escaped != name


def test_nothing_found_keeps_the_way_back_and_offers_no_table(client):
    page = client.get("/schools?q=zzzz&cols=male").text
    assert "ไม่พบโรงเรียนตามตัวกรองนี้" in page
    assert "<table" not in page
    assert 'href="/schools?cols=male"' in page


def test_a_round_without_schools_says_so_and_offers_no_other_filter(own_settings):
    client = changed(own_settings, ("DELETE FROM schools",))
    page = client.get("/schools").text
    assert "รอบนี้ไม่มีโรงเรียน" in page
    assert "ลองลดตัวกรอง" not in page
    assert "<table" not in page
    for kind in ("csv", "xlsx"):
        assert client.get(f"/schools.{kind}").status_code == 200
