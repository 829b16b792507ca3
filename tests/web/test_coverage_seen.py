"""Who sees what of coverage: pockets of a few children, hidden columns, hidden layers."""

import json

import openpyxl
import pytest

from gisapp.store.bundled import criteria_dir
from tests.coverage_layers import MIDDLE, WEST_NAME
from tests.web.conftest import EVIL
from tests.web.coverage_office import by_hand, client_of, part, table_file, words_of

POCKETS = '<section id="tab-pockets"'


@pytest.fixture(scope="module")
def settings(web_office, tmp_path_factory):
    return by_hand(web_office, tmp_path_factory.mktemp("seen") / "office")


@pytest.fixture(scope="module")
def client(settings):
    return client_of(settings)


@pytest.fixture
def hiding(web_office, tmp_path):
    """Serve the office to readers who may not see some columns, or layers whole."""
    settings = by_hand(web_office, tmp_path / "office")

    def without(*hidden):
        text = (criteria_dir() / "access.csv").read_text(encoding="utf-8-sig")
        kept = [
            line
            for line in text.splitlines()
            if not any(line.startswith(f"{each},") for each in hidden)
        ]
        settings.criteria_dir.mkdir(parents=True, exist_ok=True)
        (settings.criteria_dir / "access.csv").write_text("\n".join(kept), "utf-8")
        return client_of(settings)

    return without


def test_everybody_sees_large_pockets_in_round_numbers(client):
    told = part(client.get("/coverage?reach=1").text, POCKETS, "</section>")
    assert "ประมาณ 60 คน ต.ห้วยเมฆ และอีก 3 ตำบล" in told
    assert "ประมาณ 20 คน ต.ห้วยเมฆ และอีก 1 ตำบล" in told
    assert "ประมาณ 20 คน" in told
    assert f"จากจุดที่เด็กมากสุด ใกล้สุด {WEST_NAME} 4.5 กม." in told
    assert "รวมประมาณ 80 คน ใน 2 กลุ่ม" in told
    assert "62" not in told


def test_a_pocket_of_a_few_children_reaches_nobody_outside_the_office(client):
    for address in ("/coverage?reach=1&tab=pockets", "/coverage/2568-1.json"):
        text = client.get(address).text
        assert "62 คน" not in text
        assert '"children":"4 คน"' not in text
    pockets = json.loads(client.get("/coverage/2568-1.json").text)["pockets"]["own"]
    assert [[row["no"] for row in rows] for rows in pockets] == [[1, 2], [1, 2], [1], [1]]
    assert client.get("/data/2568-1/uncovered_pockets.geojson").status_code == 404


def test_the_office_sees_every_pocket_and_its_number(settings):
    office = client_of(settings, office_pages=True)
    told = part(office.get("/coverage?reach=1").text, POCKETS, "</section>")
    assert "62 คน" in told
    assert "4 คน" in told
    assert "รวม 86 คน ใน 3 กลุ่ม" in told
    assert "ประมาณ" not in told


def test_a_question_without_pockets_says_so(client):
    told = part(client.get("/coverage?level=lower_secondary").text, POCKETS, "</section>")
    assert "ไม่มีกลุ่มเด็กนอกระยะตั้งแต่ 10 คน" in told


def test_without_the_offices_figures_there_is_no_page(hiding):
    client = hiding("office_coverage")
    answer = client.get("/coverage")
    assert answer.status_code == 404
    assert "access.csv" in answer.text
    assert "gisapp coverage" not in answer.text
    assert "ความครอบคลุม</a>" not in client.get("/schools").text
    assert client.get("/schools/99020001").status_code == 200
    assert "เด็กในเขตบริการ" not in client.get("/schools/99020001").text


def test_a_hidden_unit_is_neither_offered_nor_taken(hiding):
    client = hiding("zone_coverage")
    page = client.get("/coverage").text
    assert 'data-unit-choice="district"' in page
    assert 'data-unit-choice="zone"' not in page
    assert client.get("/coverage?unit=zone").status_code == 400


def test_a_hidden_figure_is_no_measure_and_in_no_file(hiding):
    hidden = [f"{unit}_coverage,gross_enrolment_ratio" for unit in ("zone", "office", "district")]
    client = hiding(*hidden)
    page = client.get("/coverage").text
    assert '<option value="ger"' not in page
    assert client.get("/coverage?measure=ger").status_code == 400
    assert "105.0" not in words_of(page)
    head = table_file(client, "/coverage.csv")[0]
    assert "อัตราเข้าเรียนอย่างหยาบ (%)" not in head
    assert "เด็กในวัย" in head


def test_the_file_holds_every_unit_and_adds_up(client):
    rows = table_file(client, "/coverage.csv?rows=")
    assert sorted(row["รหัส"] for row in rows) == ["", "99020001", MIDDLE]
    assert rows[-1]["รหัส"] == ""
    assert sum(int(row["เด็กในวัย"]) for row in rows) == 250
    assert sum(int(row["เด็กในระยะ"]) for row in rows) == 172
    assert {row["ระยะ (กม.)"] for row in rows} == {"3"}
    assert {row["สังกัดที่นับ"] for row in rows} == {"สังกัดสำนักงาน"}


def test_the_file_of_every_reach_has_a_row_for_each_and_unknown_is_empty(client):
    rows = table_file(client, "/coverage.csv?reaches=all")
    assert [row["ระยะ (กม.)"] for row in rows[::3]] == ["1", "2", "3", "6"]
    unknown = next(row for row in rows if row["รหัส"] == MIDDLE and row["ระยะ (กม.)"] == "2")
    assert unknown["เด็กในวัย"] == "40"
    assert unknown["เด็กในระยะ"] == unknown["เด็กในระยะ (ร้อยละ)"] == ""
    assert unknown["โรงเรียนที่ยังไม่มีจุด"] == "1"


def test_the_workbook_says_how_its_figures_came_about(client, tmp_path):
    answer = client.get("/coverage.xlsx")
    assert answer.status_code == 200
    path = tmp_path / "coverage.xlsx"
    path.write_bytes(answer.data)
    book = openpyxl.load_workbook(path)
    names = [cell.value for cell in book.worksheets[0]["B"]]
    assert EVIL in names  # as text, whatever it looks like
    said = " ".join(str(cell.value) for row in book["ที่มา"].iter_rows() for cell in row)
    assert "2 เขต จากรายชื่อหมู่บ้านในประกาศและที่ตั้งหมู่บ้าน" in said
    assert "เกิน 100% ได้" in said


def test_links_that_are_handed_on_name_their_round_and_question(client, tmp_path):
    kept = "round=2568-1&amp;level=primary&amp;reach=3&amp;affiliations=own&amp;unit=zone"
    assert f'data-keep="{kept}"' in client.get("/coverage").text
    (tmp_path / "coverage.xlsx").write_bytes(client.get("/coverage.xlsx").data)
    sheet = openpyxl.load_workbook(tmp_path / "coverage.xlsx").worksheets[1]
    told = {row[0].value: str(row[1].value) for row in sheet.iter_rows(max_col=2)}
    for part_of_it in ("round=2568-1", "affiliations=own", "reach=3", "level=primary"):
        assert part_of_it in told["ที่อยู่"]


def test_pupils_of_every_affiliation_are_called_so(web_office, tmp_path):
    told = client_of(by_hand(web_office, tmp_path / "office"))
    page = told.get("/coverage").text
    assert "<span data-everybodys hidden> · ทุกสังกัด</span>" in page
    assert "<span data-everybodys> · ทุกสังกัด</span>" in told.get("/coverage?affiliations=all").text


def test_in_english_the_page_writes_no_thai_year_alone_and_no_grade_of_thailand(client):
    page = client.get("/coverage?lang=en").text
    assert "Pupils, Primary" in page
    assert "Pupils P1" not in page


def test_a_short_level_has_a_space_before_it(client):
    page = client.get("/coverage?level=lower_secondary").text
    assert "ใกล้สุดที่สอน\u00a0ม.ต้น" in page
