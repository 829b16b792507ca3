"""The card and the page of a school: what they say, and what they say where nobody knows."""

import re

import pytest

from gisapp.store.published import layer_file, read_schools
from gisapp.web import create_app
from tests.web.conftest import Client, web_schools
from tests.web.test_honest import change_layers

FIRST = "99020001"

#: Thai without spaces, right to left, emoji, and code, 200 letters in all.
ODD = ("โรงเรียน" * 12 + "مدرسة القرية" + "🏫" * 8 + "<script>alert(1)</script>&amp;").ljust(
    200, "ก"
)


def section(page, title):
    """The part of a page below a heading."""
    found = re.search(rf"<section[^>]*><div class=\"h\"><h2>{title}.*?</section>", page, re.DOTALL)
    assert found, title
    return found[0]


@pytest.fixture
def changed(own_settings):
    """A client of the office after some statements changed its layers."""

    def of(*statements, office_pages=False):
        change_layers(own_settings, *statements)
        app = create_app(own_settings, office_pages=office_pages)
        app.test_client_class = Client
        return app.test_client()

    return of


def near_rows(page):
    part = section(page, "โรงเรียนใกล้ที่สุด")
    return re.findall(r'href="/schools/(\d+)[^>]*><bdi>[^<]*</bdi></a>.*?num">([^<]*)<', part)


def test_the_nearest_schools_are_those_with_every_level_in_order_of_distance(client):
    # 2 teaches up to ม.3; 1 and 3 up to ป.6; 4 teaches ป.1 only; 5 stands on a stand-in point.
    assert [code for code, _ in near_rows(client.get(f"/schools/{FIRST}").text)] == [
        "99020002",
        "99020003",
    ]
    page = client.get("/schools/99020004").text
    assert [code for code, _ in near_rows(page)] == ["99020003", FIRST, "99020002"]


def test_the_way_to_the_nearest_is_that_of_the_map_by_hand(client):
    """0.01° of latitude and 0.02° of longitude at 19.05° N, on a sphere of 6,371 km."""
    (_, km), *_ = near_rows(client.get(f"/schools/{FIRST}").text)
    north, east = 0.01 * 111.195, 0.02 * 111.195 * 0.9452
    assert km == f"{(north**2 + east**2) ** 0.5:.1f} กม."


def test_a_school_with_more_levels_than_all_others_has_no_neighbour_and_the_page_says_so(client):
    page = client.get("/schools/99020002").text
    assert "สอนครบทุกระดับเดียวกัน" in section(page, "โรงเรียนใกล้ที่สุด")


def test_from_a_stand_in_point_nothing_is_measured_and_the_page_says_why(client):
    part = section(client.get("/schools/99020005").text, "โรงเรียนใกล้ที่สุด")
    assert "วัดระยะไม่ได้" in part
    assert "กม." not in part


def test_a_village_point_gives_a_distance_that_is_about(changed):
    client = changed(f"UPDATE schools SET location_quality = 'village' WHERE smis_code = '{FIRST}'")
    assert all(km.startswith("ราว ") for _, km in near_rows(client.get(f"/schools/{FIRST}").text))


def test_a_merged_school_leads_to_the_other_one_and_back(changed):
    client = changed(
        "UPDATE schools SET merged_into = '99020002', status = 'รวม' WHERE smis_code = '99020003'"
    )
    for address in ("/schools/99020003", "/schools/99020003/card"):
        page = client.get(address).text
        assert '<a href="/schools/99020002"><bdi>โรงเรียนบ้านดอยลม</bdi></a>' in page
    other = client.get("/schools/99020002").text
    assert '<a href="/schools/99020003"><bdi>วัดทุ่งดาว</bdi></a>' in other
    assert "99020003" not in [code for code, _ in near_rows(client.get(f"/schools/{FIRST}").text)]
    told = section(client.get("/schools/99020003").text, "ย้อนหลัง")
    assert "ปี 2568 ไปเรียนรวมกับ 99020002" in told


def test_a_school_merged_into_one_that_the_round_does_not_have_has_no_link(changed):
    client = changed("UPDATE schools SET merged_into = '99029999' WHERE smis_code = '99020003'")
    page = client.get("/schools/99020003").text
    assert "รวมกับ 99029999" in page
    assert "/schools/99029999" not in page


def test_the_history_has_every_round_by_level_and_the_parts_add_up(client):
    part = section(client.get("/schools/99020002").text, "ย้อนหลัง")
    rows = {
        name: [int(n) for n in re.findall(r'num">(\d+)<', cells)]
        for name, cells in re.findall(r'<th scope="row">([^<]*)</th>(.*?)</tr>', part)
    }
    school = web_schools()[1]
    assert rows["นักเรียน"] == [school.students, school.students]
    levels = [rows[name] for name in ("ก่อนประถม", "ประถม", "ม.ต้น")]
    assert [sum(column) for column in zip(*levels, strict=True)] == rows["นักเรียน"]


def test_a_school_under_another_name_before_tells_so(changed):
    client = changed(
        f"UPDATE schools SET school_name_th = 'บ้านห้วยเมฆใหม่' WHERE smis_code = '{FIRST}'"
    )
    told = section(client.get(f"/schools/{FIRST}").text, "ย้อนหลัง")
    assert "ปี 2568 เปลี่ยนชื่อจาก บ้านห้วยเมฆ เป็น บ้านห้วยเมฆใหม่" in told


def test_the_first_round_of_all_says_that_there_is_none_before(client):
    page = client.get(f"/schools/{FIRST}?round=2567-1").text
    assert "ยังไม่มีรอบก่อนหน้า" in section(page, "ย้อนหลัง")


@pytest.mark.parametrize(
    ("layer", "said"),
    [
        ("buildings", "ไม่มีข้อมูลสิ่งก่อสร้าง"),
        ("enrolment_by_grade", "ไม่มีข้อมูลนักเรียนรายชั้น"),
        ("photos", "ไม่มีภาพ"),
    ],
)
def test_a_round_without_a_layer_says_so_in_its_place(changed, layer, said):
    client = changed(
        f"DROP TABLE {layer}", f"DELETE FROM gpkg_contents WHERE table_name = '{layer}'"
    )
    for address in (f"/schools/{FIRST}", f"/schools/{FIRST}/card"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert said in answer.text


def test_a_round_without_villages_and_staff_says_so_and_counts_nothing(client):
    page = client.get(f"/schools/{FIRST}").text
    assert "ไม่มีรายชื่อหมู่บ้าน" in section(page, "หมู่บ้านในเขตบริการ")
    assert "รอบนี้ไม่มีข้อมูลครู" in page
    assert "<dt>บุคลากร</dt>" not in page


def test_a_school_without_a_point_is_nowhere_and_measured_from_nowhere(changed):
    client = changed(
        f"UPDATE schools SET geom = NULL, location_quality = 'missing' WHERE smis_code = '{FIRST}'"
    )
    page = client.get(f"/schools/{FIRST}").text
    assert "ยังไม่อยู่บนแผนที่" in page
    assert "วัดระยะไม่ได้" in page
    assert "folium-map" not in page
    assert "geo:" not in client.get(f"/schools/{FIRST}/card").text


def test_a_villages_levels_stand_in_one_row_unless_the_shares_differ(changed):
    villages = "(smis_code, education_level, village_no, village_name, share)"
    client = changed(
        "DROP TABLE IF EXISTS service_villages",
        "CREATE TABLE service_villages (smis_code TEXT, education_level TEXT, village_no INTEGER,"
        " village_name TEXT, share REAL)",
        f"INSERT INTO service_villages {villages} VALUES"
        f" ('{FIRST}', 'pre_primary', 1, 'บ้านหนึ่ง', NULL),"
        f" ('{FIRST}', 'primary', 1, 'บ้านหนึ่ง', NULL),"
        f" ('{FIRST}', 'pre_primary', 2, 'บ้านสอง', 0.25), ('{FIRST}', 'primary', 2, 'บ้านสอง', 1)",
    )
    part = section(client.get(f"/schools/{FIRST}").text, "หมู่บ้านในเขตบริการ")
    assert '<span class="key">2 หมู่บ้าน</span>' in part
    assert part.count("บ้านหนึ่ง") == 1
    assert part.count("บ้านสอง") == 2
    assert re.findall(r'num">([\d.]+%)<', part) == ["25.0%", "100%"]


@pytest.mark.parametrize(
    ("website", "link"),
    [
        ("https://school.example/", True),
        ("http://school.example", True),
        ("javascript:alert(1)", False),
        ("school.example", False),
        ("https://school.example/<b>", False),
    ],
)
def test_a_website_is_a_link_only_where_it_is_one(changed, website, link):
    client = changed(f"UPDATE schools SET website = '{website}' WHERE smis_code = '{FIRST}'")
    for address in (f"/schools/{FIRST}", f"/schools/{FIRST}/card"):
        page = client.get(address).text
        found = re.search(r'<a href="([^"]*)" rel="noopener noreferrer">', page)
        assert bool(found) == link
        assert "<b>" not in page.replace("<b>แผนที่โรงเรียน", "")
        assert not found or found[1] == website


def test_a_name_of_any_letters_is_escaped_and_kept_apart(changed):
    escaped = ODD.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    client = changed(f"UPDATE schools SET school_name_th = '{ODD}' WHERE smis_code = '{FIRST}'")
    page, card = (client.get(f"/schools/{FIRST}{end}").text for end in ("", "/card"))
    assert len(ODD) == 200
    assert f"<h1><bdi>{escaped}</bdi></h1>" in page
    assert f"<bdi>{escaped}</bdi></h2>" in card
    assert "<script>alert" not in page + card


#: Turns all that follows it, where nothing keeps it apart.
TURN = "\u202e"


def test_no_value_of_a_sheet_turns_what_stands_beside_it(changed):
    def turned(*columns):
        return ", ".join(f"{column} = '{TURN}' || coalesce({column}, 'x')" for column in columns)

    client = changed(
        f"UPDATE schools SET {turned('school_name_th', 'district', 'subdistrict')},"
        f" {turned('school_network', 'status', 'affiliation', 'electricity', 'local_government')}",
        f"UPDATE buildings SET {turned('building_type', 'building_design', 'use_status')}",
        f"UPDATE photos SET {turned('caption_th')}",
    )
    for address in (f"/schools/{FIRST}", f"/schools/{FIRST}/card", "/schools", "/schools?q=ดอย"):
        page = client.get(address).text
        body = re.sub(r"<head>.*?</head>|<script.*?</script>", "", page, flags=re.DOTALL)
        before = re.findall(rf"(<[^<>]*>)[^<>]*{TURN}[^<>]*(?=<)", body)
        assert before
        # What changed is a paragraph of its own, and nothing stands behind the name.
        assert {tag for tag in before if not tag.startswith("<bdi")} <= {"<li>"}


def test_an_english_page_says_known_words_in_english_and_marks_the_others_as_thai(changed):
    client = changed(
        "UPDATE schools SET electricity = 'ระบบจำหน่าย', water_source = 'น้ำซับ', status = 'เปิดสอน'",
        f"UPDATE buildings SET built_year_be = 2516 WHERE smis_code = '{FIRST}'",
    )
    page = client.get(f"/schools/{FIRST}?lang=en").text
    general = section(page, "General")
    assert "<dd><bdi>Grid</bdi></dd>" in general
    assert "<dd><bdi>Open</bdi></dd>" in general
    assert '<dd><bdi lang="th">น้ำซับ</bdi></dd>' in general
    assert "<h3><bdi>Classroom building</bdi>" in page
    assert "built 2516 (1973)" in page
    assert "<dd><bdi>ระบบจำหน่าย</bdi></dd>" in client.get(f"/schools/{FIRST}").text
    for columns in ("", "&cols=electricity,water"):
        rows = client.get(f"/schools.csv?lang=en{columns}").text
        assert "Grid" in rows
        assert "ระบบจำหน่าย" not in rows
        assert "น้ำซับ" in rows


def test_paper_has_one_line_for_many_villages_that_are_served_alike(changed):
    values = ", ".join(
        f"('{FIRST}', 'primary', {n}, 'บ้าน{n}', {1 if n < 9 else 0.5})" for n in range(1, 11)
    )
    client = changed(
        "DROP TABLE IF EXISTS service_villages",
        "CREATE TABLE service_villages (smis_code TEXT, education_level TEXT, village_no INTEGER,"
        " village_name TEXT, share REAL)",
        "INSERT INTO service_villages (smis_code, education_level, village_no, village_name, share)"
        f" VALUES {values}",
    )
    part = section(client.get(f"/schools/{FIRST}").text, "หมู่บ้านในเขตบริการ")
    lines = re.findall(r"<p>(.*?)</p>", part[part.index("onpaper") :])
    assert [re.findall(r"<span>(\d+)", line) for line in lines] == [
        [str(n) for n in range(1, 9)],
        ["9", "10"],
    ]
    assert len(re.findall(r"<tr>", part)) == 11


def test_only_the_first_picture_of_a_card_is_asked_for_at_once(changed):
    client = changed(
        "INSERT INTO photos (photo_id, smis_code, photo_slot) VALUES"
        f" ('99020001-02', '{FIRST}', 'sign'), ('99020001-03', '{FIRST}', 'activity')"
    )
    card = client.get(f"/schools/{FIRST}/card").text
    assert len(re.findall(r'<img src="', card)) == 1
    assert len(re.findall(r'<img data-src="', card)) == 2
    assert re.findall(r'aria-label="(\d / \d)"', card) == ["1 / 3", "2 / 3", "3 / 3"]
    page = client.get(f"/schools/{FIRST}").text
    assert 'loading="lazy"' in page
    assert len(re.findall(r'<img src="[^"]*/800.webp', page)) == 0


def test_missing_sides_of_a_building_are_counted_and_drawn(client):
    part = section(client.get(f"/schools/{FIRST}").text, "ภาพถ่ายรายอาคาร")
    assert "1 ภาพ · ยังขาด 3 ภาพ" in part
    assert part.count('class="nophoto"') == 3


def test_an_unknown_code_is_a_404_with_a_search_and_the_rounds_that_have_it(changed):
    client = changed(f"DELETE FROM schools WHERE smis_code = '{FIRST}'")
    answer = client.get(f"/schools/{FIRST}?lang=en")
    assert answer.status_code == 404
    assert 'name="q" value="99020001"' in answer.text
    assert f'href="/schools/{FIRST}?lang=en&amp;round=2567-1"' in answer.text
    assert "round=2568-1" not in re.findall(r"It is in(.*?)</p>", answer.text, re.DOTALL)[0]


def test_a_code_that_no_round_has_is_escaped_and_names_no_round(client):
    answer = client.get("/schools/%3Cb%3Ex")
    assert answer.status_code == 404
    assert "&lt;b&gt;x" in answer.text
    assert "<b>x" not in answer.text
    assert "มีในรอบ" not in answer.text


def test_the_card_of_an_unknown_school_is_a_sentence(client):
    answer = client.get("/schools/99029999/card")
    assert answer.status_code == 404
    assert "<html" not in answer.text
    assert "99029999" in answer.text


def test_problems_and_test_results_are_for_the_office_only(changed, own_settings):
    statements = (
        "CREATE TABLE test_results (smis_code TEXT, test_year_be INTEGER, test TEXT, grade TEXT,"
        " subject TEXT, examinees INTEGER, mean_score REAL)",
        f"INSERT INTO test_results VALUES ('{FIRST}', 2567, 'nt', 'p3', 'thai', 8, 61.25)",
    )
    public = changed(*statements).get(f"/schools/{FIRST}").text
    assert "61.2" not in public
    assert "ผลการทดสอบระดับชาติ" not in public
    app = create_app(own_settings, office_pages=True)
    app.test_client_class = Client
    office = app.test_client().get(f"/schools/{FIRST}").text
    assert "61.2" in section(office, "ผลการทดสอบระดับชาติ")


def test_the_office_sees_what_a_school_has_still_to_mend_as_the_desk_does(own_settings):
    app = create_app(own_settings, office_pages=True)
    app.test_client_class = Client
    client = app.test_client()
    seen = 0
    for school in read_schools(layer_file(own_settings, "2568-1")):
        desk = client.get(f"/check/schools/{school.smis_code}?round=2568-1").text
        left = re.search(r"พบ (\d+) เรื่องที่โรงเรียนช่วยแก้ได้", desk)
        for end in ("", "/card"):
            page = client.get(f"/schools/{school.smis_code}{end}").text
            told = re.search(r'<p class="todo1">(.*?)</p>', page, re.DOTALL)
            assert bool(told) == bool(left)
            if told and left:
                seen += 1
                counts = [int(n) for n in re.findall(r'<span class="num">(\d+)<', told[1])]
                assert sum(counts) == int(left[1])
                assert f"/check/schools/{school.smis_code}?round=2568-1" in told[1]
    assert seen


def test_readers_outside_the_office_are_told_of_no_problem(client):
    for school in web_schools():
        for end in ("", "/card"):
            page = client.get(f"/schools/{school.code}{end}").text
            assert "todo1" not in page
            assert "/check" not in page


def test_a_phone_is_led_to_a_measured_place_only(client):
    assert 'href="geo:19.050000,98.050000?' in client.get(f"/schools/{FIRST}/card").text
    assert "geo:" not in client.get("/schools/99020005/card").text


def test_a_name_in_other_letters_is_not_given_a_thai_word(changed):
    client = changed(f"UPDATE schools SET school_name_th = 'مدرسة' WHERE smis_code = '{FIRST}'")
    assert "<h1><bdi>مدرسة</bdi></h1>" in client.get(f"/schools/{FIRST}").text
