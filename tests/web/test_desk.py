"""The problem desk in a reader's hands: what it shows, what it writes, whom it refuses."""

import csv
import datetime
import html
import io
import os
import re
import shutil
import stat

import geopandas as gpd
import openpyxl
import pytest

from gisapp.core.rounds import Round
from gisapp.store.decisions import read_decisions
from gisapp.store.jobs import CHECK, read_job, take_job
from gisapp.web import create_app
from gisapp.web.desk_rows import PAGE_ROWS
from tests.office import FIRST, ROUND, SCHOOLS, wide_rows, write_wide
from tests.web.conftest import EVIL
from tests.web.desk_office import (
    BASE,
    EARLIER,
    WRONG_SUM,
    Desk,
    faulty_office,
    faulty_schools,
)

SWAPPED, SUM = "swapped_coordinates", "total_mismatch"
SECOND = SCHOOLS[1]


@pytest.fixture(scope="module")
def checked_office(tmp_path_factory):
    office = faulty_office(tmp_path_factory.mktemp("desk") / "office")
    for name in (EARLIER, ROUND):
        assert office.run("check", name).exit_code in (0, 1)
    return office


@pytest.fixture(scope="module")
def desk(checked_office):
    """A desk that tests only look at."""
    return Desk(checked_office)


@pytest.fixture
def own_desk(checked_office, tmp_path):
    """A desk whose buttons a test may press."""
    shutil.copytree(checked_office.folder, tmp_path / "office")
    return Desk(type(checked_office)(tmp_path / "office"))


def corrections(desk):
    path = desk.office.sheet("corrections.csv")
    if not path.exists():
        return []
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def counters(page):
    """Counter -> figure, in the order of the page."""
    found = re.findall(
        r'<div class="(block|warn|note|ok)"><dt>.*?</dt><dd[^>]*><a[^>]*>([\d,]+)', page
    )
    return {name: int(figure.replace(",", "")) for name, figure in found}


def listed(page):
    """References of the rows of the list, in order."""
    body = page.split("<tbody>", 1)[1].split("</tbody>", 1)[0] if "<tbody>" in page else ""
    return re.findall(r'<a data-problem="([^"]+)"', body)


# --- who may see it


def test_without_office_pages_there_is_no_desk(checked_office, desk):
    public = create_app(desk.settings).test_client()
    assert desk.get("/check").status_code == 200
    for address in (
        "/check",
        "/check/job",
        "/check/files/problems.xlsx",
        "/check/schools/99020001",
    ):
        assert public.get(address).status_code == 404
    assert public.post("/check/decide").status_code in (404, 405)


def test_only_pages_of_the_office_name_the_desk(checked_office, own_desk):
    assert own_desk.office.run("build", EARLIER).exit_code == 0
    address = f"/?round={EARLIER}"
    assert 'href="/check' in own_desk.get(address).text
    assert 'href="/check' not in create_app(own_desk.settings).test_client().get(address).text


def test_no_other_host_reaches_it(desk):
    answer = desk.client.get("/check", base_url="http://evil.example")
    assert answer.status_code == 403
    assert "99020001" not in answer.text


@pytest.mark.parametrize(
    "address",
    [
        "/check",
        "/check/problems/{swapped}",
        "/check/problems/gone",
        "/check/job",
        "/check/schools/99020002",
        "/check/files/problems.xlsx",
        "/check/files/copies/none.xlsx",
        "/check?round=2599-1",
    ],
)
def test_nothing_of_it_is_kept_by_a_browser(desk, address):
    answer = desk.get(address.format(swapped=desk.only(SWAPPED)["problem_id"]))
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_form_of_another_site_writes_nothing(own_desk):
    row = own_desk.only(SWAPPED)
    form = {"problem": row["problem_id"], "fingerprint": row["fingerprint"], "by": "x"}
    address = f"/check/decide?round={ROUND}"
    asked = {**form, "decision": "corrected"}
    for headers in (
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": f"{BASE}:81"},
    ):
        assert own_desk.post(address, asked, headers=headers).status_code == 403
    unsaid = own_desk.client.post(
        address, data={**asked, "csrf_token": own_desk.token()}, base_url=BASE
    )
    assert unsaid.status_code == 403
    assert own_desk.post(address, {**asked, "csrf_token": "guessed"}).status_code == 400
    assert corrections(own_desk) == []
    assert read_decisions(own_desk.settings) == []


def test_the_key_of_the_forms_is_the_officers_alone_and_stays(desk):
    kept = desk.settings.secret_file.read_text()
    assert len(kept.strip()) == 64
    if os.name == "posix":
        assert stat.S_IMODE(desk.settings.secret_file.stat().st_mode) == 0o600
    create_app(desk.settings, office_pages=True)
    assert desk.settings.secret_file.read_text() == kept


def test_a_key_that_was_cut_short_is_made_anew(own_desk):
    own_desk.settings.secret_file.write_text("short")
    create_app(own_desk.settings, office_pages=True)
    assert len(own_desk.settings.secret_file.read_text().strip()) == 64


# --- what it shows


def test_the_counters_are_those_of_the_check(desk):
    by_severity = desk.rows()["severity"].value_counts().to_dict()
    assert counters(desk.page()) == {**by_severity, "ok": 0}
    assert by_severity["block"] == 1


def test_the_list_is_worst_first(desk):
    worst = {"block": 0, "warn": 1, "note": 2}
    severity = dict(zip(desk.rows()["problem_id"], desk.rows()["severity"], strict=True))
    order = [worst[severity[ref]] for ref in listed(desk.page())]
    assert order == sorted(order)
    assert len(order) == len(severity)


def test_a_round_that_may_not_be_published_is_offered(desk):
    page = desk.page()
    assert not desk.settings.layer_file(ROUND).exists()
    assert f"round={ROUND}" in page.split("<ul>", 1)[1].split("</ul>", 1)[0]
    assert "ยังเผยแพร่ไม่ได้" in page
    assert re.search(r'value="build" disabled aria-describedby="no-way"', page)


def test_links_to_the_map_drop_a_round_that_has_none(desk):
    assert re.search(r'<a href="/">แผนที่</a>', desk.page())


def test_a_round_without_a_check_offers_to_make_one(own_desk):
    own_desk.settings.check_file(EARLIER).unlink()
    page = own_desk.get(f"/check?round={EARLIER}").text
    assert "ยังไม่ได้ตรวจรอบ 2567-1" in page
    assert 'value="check"' in page


@pytest.mark.parametrize("name", ["2599-1", "nonsense", "../2568-1"])
def test_a_round_that_is_not_there_is_not_found(desk, name):
    assert desk.get("/check", query_string={"round": name}).status_code == 404


def test_an_office_without_any_round_says_where_files_go(own_desk):
    for folder in (own_desk.settings.rounds_dir, own_desk.settings.layers_dir):
        shutil.rmtree(folder)
    answer = own_desk.get("/check")
    assert answer.status_code == 503
    assert "2568-1" in answer.text


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ({"kind": SWAPPED}, lambda rows: rows["kind"] == SWAPPED),
        ({"severity": "warn"}, lambda rows: rows["severity"] == "warn"),
        ({"file": "enrolment.xlsx"}, lambda rows: rows["file"] == "enrolment.xlsx"),
        ({"q": "99020002"}, lambda rows: rows["smis_code"] == "99020002"),
        ({"q": str(WRONG_SUM)}, lambda rows: rows["value"] == str(WRONG_SUM)),
        ({"q": "ดอยลม"}, lambda rows: rows["smis_code"] == "99020002"),
        ({"district": "เมืองทดสอบ"}, lambda rows: rows["smis_code"].str.startswith("9902000")),
        ({"state": "all"}, lambda rows: rows["kind"] != ""),
        ({"state": "done"}, lambda rows: rows["kind"] == ""),
        ({"severity": "nonsense", "state": "x", "page": "99"}, lambda rows: rows["kind"] != ""),
        ({"q": "ไม่มีแน่"}, lambda rows: rows["kind"] == ""),
    ],
)
def test_the_filters_keep_what_was_asked_for(desk, asked, kept):
    rows = desk.rows()
    assert sorted(listed(desk.page(**asked))) == sorted(rows[kept(rows)]["problem_id"])


def test_the_detail_shows_the_sheets_own_cells_with_the_faulty_ones_marked(desk):
    page = desk.page(problem=desk.only(SWAPPED)["problem_id"])
    marked = re.findall(r'<td class="er[^"]*">.*?</span>([^<]*)</td>', page)
    assert marked == [SECOND.lon, SECOND.lat]
    assert '<th scope="col">G</th>' in page
    assert re.search(r'<th scope="row">3</th>', page)
    assert ">lat<" in page


def test_the_detail_shows_the_proposed_place_and_why(desk):
    row = desk.only(SWAPPED)
    page = desk.page(problem=row["problem_id"])
    assert f'data-proposed="{float(SECOND.lon)},{float(SECOND.lat)}"' in page
    assert "19.06000, 98.03000" in page
    assert html.escape(row["why_th"]) in page
    assert 'id="desk-map"' in page


def test_a_draft_map_stands_on_the_borders_of_the_check(desk):
    page = desk.page(problem=desk.only(SWAPPED)["problem_id"])
    (address,) = set(re.findall(r'"(/check/ground/subdistricts[^"]*)"', page))
    answer = desk.get(address.replace("\\u0026", "&"))
    assert answer.status_code == 200
    assert len(answer.get_json()["features"]) == 2
    assert desk.get(f"/check/ground/schools.geojson?round={ROUND}").status_code == 404


def test_the_piece_of_a_problem_is_that_of_its_page(desk):
    ref = desk.only(SUM)["problem_id"]
    piece = desk.get(f"/check/problems/{ref}?round={ROUND}").text
    assert piece.startswith('<div class="dk-dh">')
    assert str(WRONG_SUM) in piece
    plain = re.sub(r'name="csrf_token" value="[^"]*"', "", piece)
    assert plain in re.sub(r'name="csrf_token" value="[^"]*"', "", desk.page(problem=ref))


def test_a_problem_that_has_gone_is_said_to_be_gone(desk):
    assert desk.get(f"/check/problems/gone?round={ROUND}").status_code == 404
    page = desk.page(problem="gone")
    assert "ไม่พบเรื่องที่ระบุในรายการนี้" in page
    assert len(listed(page)) == len(desk.rows())


def test_what_happened_in_an_earlier_round_is_told(own_desk):
    office = own_desk.office
    before = gpd.read_file(own_desk.settings.check_file(EARLIER), layer="problems")
    (known,) = before[before["kind"] == SWAPPED]["problem_id"]
    ref = own_desk.only(SWAPPED)["problem_id"]
    assert re.search(r"รอบ 2567-1</span><span>พบเรื่องเดียวกัน", own_desk.page(problem=ref))
    done = office.run("accept", EARLIER, known, "--by", "สมชาย ดี")
    assert done.exit_code == 0, done.output
    assert re.search(r"รอบ 2567-1</span><span>ใช้ค่าที่เสนอ .* โดย สมชาย ดี", own_desk.page(problem=ref))


def test_names_that_are_code_stay_text(desk):
    for address in (f"/check?round={ROUND}&state=all", "/check/schools/99020003"):
        answer = desk.get(address)
        assert answer.status_code == 200
        assert EVIL not in answer.text
        assert html.escape(EVIL, quote=False)[:20] in answer.text


def test_an_english_reader_reads_english(desk):
    row = desk.only(SUM)
    page = desk.page(lang="en", problem=row["problem_id"])
    for words in ("Must fix", "What to do", "Cannot publish yet", "Send back to school"):
        assert words in page
    assert html.escape(row["message_en"], quote=False) in page.replace("&#39;", "'")
    for words in ("ต้องแก้", "ควรทำ", "ส่งกลับ", "ตรวจใหม่", row["message_th"]):
        assert words not in page


def test_nothing_on_the_page_comes_from_another_host_or_runs_without_a_mark(desk):
    answer = desk.get(f"/check?round={ROUND}")
    assert "http://" not in answer.text.replace("http://www.w3.org", "")
    assert " style=" not in answer.text.replace("<style", "")
    nonce = re.search(r"'nonce-([^']+)'", answer.headers["Content-Security-Policy"])[1]
    assert re.findall(r"<script(?![^>]*src=)([^>]*)>", answer.text)
    for attributes in re.findall(r"<script(?![^>]*src=)([^>]*)>", answer.text):
        assert f'nonce="{nonce}"' in attributes


# --- what it writes


def test_using_the_proposed_value_writes_a_line_per_cell(own_desk):
    row = own_desk.only(SWAPPED)
    answer = own_desk.decide(row, "corrected", reason="ป้ายโรงเรียน")
    assert answer.status_code == 303
    lines = corrections(own_desk)
    assert [(line["column"], line["old_value"], line["new_value"]) for line in lines] == [
        ("lat", SECOND.lon, "19.06000"),
        ("lon", SECOND.lat, "98.03000"),
    ]
    assert {line["problem_id"] for line in lines} == {row["problem_id"]}
    assert {(line["reason"], line["by"]) for line in lines} == {("ป้ายโรงเรียน", "สมศรี ใจดี")}
    after = own_desk.get(answer.headers["Location"]).text
    assert "บันทึกแล้ว" in after
    assert counters(after)["ok"] == 1
    assert row["problem_id"] not in listed(after)
    assert own_desk.office.run("check", ROUND).exit_code == 1  # the wrong sum is still there
    assert SWAPPED not in set(own_desk.rows()["kind"])
    assert counters(own_desk.page())["ok"] == 1
    assert "แก้ตาม corrections.csv 2 เซลล์" in own_desk.page(state="done")


def test_a_second_press_writes_nothing_more(own_desk):
    row = own_desk.only(SWAPPED)
    assert own_desk.decide(row, "corrected").status_code == 303
    again = own_desk.decide(row, "corrected")
    assert again.status_code == 409
    assert "ตรวจใหม่" in again.text
    assert len(corrections(own_desk)) == 2


def test_a_block_is_acknowledged_with_a_reason_only(own_desk):
    row = own_desk.only(SUM)
    for reason in ("", "   "):
        refused = own_desk.decide(row, "acknowledged", reason=reason)
        assert refused.status_code == 400
        assert "เหตุผล" in refused.text
    assert read_decisions(own_desk.settings) == []
    assert own_desk.decide(row, "acknowledged", reason="ตรงกับใบลงชื่อ").status_code == 303
    page = own_desk.page()
    assert counters(page)["block"] == 0
    assert "เผยแพร่ได้" in page
    assert 'value="build" disabled' not in page
    assert own_desk.office.run("check", ROUND).exit_code == 0
    kept = own_desk.only(SUM)
    assert (kept["acknowledged_reason"], kept["acknowledged_by"]) == ("ตรงกับใบลงชื่อ", "สมศรี ใจดี")
    assert counters(own_desk.page())["ok"] == 1


def test_sending_back_is_remembered_and_leaves_the_problem_open(own_desk):
    row = own_desk.only(SWAPPED)
    before = counters(own_desk.page())
    answer = own_desk.decide(row, "sent_back")
    after = own_desk.get(answer.headers["Location"]).text
    assert counters(after) == before
    assert "ส่งกลับแล้ว" in after
    assert "/check/schools/99020002" in after
    (made,) = read_decisions(own_desk.settings)
    assert (made.decision, made.smis_code, made.by) == ("sent_back", "99020002", "สมศรี ใจดี")


def test_a_decision_without_a_name_or_of_no_known_kind_is_refused(own_desk):
    row = own_desk.only(SWAPPED)
    assert own_desk.decide(row, "corrected", by="  ").status_code == 400
    assert own_desk.decide(row, "erased").status_code == 400
    assert own_desk.decide(own_desk.only(SUM), "corrected").status_code == 400  # nothing proposed
    assert corrections(own_desk) == []
    assert read_decisions(own_desk.settings) == []


@pytest.mark.parametrize(
    "changes",
    [{"fingerprint": "0" * 16}, {"problem": "gone"}, {"problem": ""}, {"fingerprint": ""}],
)
def test_a_problem_that_is_not_as_it_was_shown_is_not_decided(own_desk, changes):
    answer = own_desk.decide(own_desk.only(SWAPPED), "corrected", **changes)
    assert answer.status_code == 409
    assert "ไม่ได้บันทึกอะไร" in answer.text
    assert corrections(own_desk) == []


def test_a_file_that_changed_since_the_check_is_checked_first(own_desk):
    book = openpyxl.load_workbook(own_desk.office.sheet("register.xlsx"))
    book.active["D2"] = "บ้านใหม่"
    book.save(own_desk.office.sheet("register.xlsx"))
    assert "ไฟล์เปลี่ยนไปหลังการตรวจครั้งล่าสุด: register.xlsx" in own_desk.page()
    answer = own_desk.decide(own_desk.only(SWAPPED), "corrected")
    assert answer.status_code == 409
    assert "register.xlsx" in answer.text
    assert corrections(own_desk) == []
    # The other file is as it was: what stands in it may be decided.
    assert own_desk.decide(own_desk.only(SUM), "acknowledged", reason="จริง").status_code == 303


def test_the_name_is_asked_for_once(own_desk):
    assert re.search(r'<input class="field" name="by" maxlength="80" required', own_desk.page())
    answer = own_desk.decide(own_desk.only(SWAPPED), "sent_back", by="สมศรี ใจดี")
    cookie = next(c for c in answer.headers.getlist("Set-Cookie") if c.startswith("officer="))
    assert {"HttpOnly", "SameSite=Strict", "Path=/check"} <= set(cookie.split("; "))
    assert "<b>สมศรี ใจดี</b>" in own_desk.page()


# --- the worker is asked


def test_a_check_is_left_for_the_worker_and_shown(own_desk):
    assert own_desk.get(f"/check/job?round={ROUND}").get_json() == {"busy": False, "says": ""}
    answer = own_desk.post(f"/check/job?round={ROUND}", {"step": "check"})
    assert answer.status_code == 303
    job = read_job(own_desk.settings, Round.parse(ROUND))
    assert (job.step, job.state) == (CHECK, "waiting")
    assert own_desk.get(f"/check/job?round={ROUND}").get_json()["busy"] is True
    page = own_desk.page()
    assert "กำลังตรวจ…" in page
    assert 'value="check" disabled' in page


def test_a_round_has_one_job_at_a_time(own_desk):
    ask = f"/check/job?round={ROUND}"
    assert own_desk.post(ask, {"step": "check"}).status_code == 303
    assert own_desk.post(ask, {"step": "check"}).status_code == 409
    take_job(own_desk.settings)
    assert own_desk.post(ask, {"step": "check"}).status_code == 409
    assert own_desk.post(f"/check/job?round={EARLIER}", {"step": "check"}).status_code == 303
    decided = own_desk.decide(own_desk.only(SWAPPED), "corrected")
    assert decided.status_code == 409
    assert corrections(own_desk) == []


def test_a_blocked_round_is_not_asked_to_be_published(own_desk):
    answer = own_desk.post(f"/check/job?round={ROUND}", {"step": "build"})
    assert answer.status_code == 400
    assert "เหลือ 1 เรื่อง" in answer.text
    assert own_desk.post(f"/check/job?round={ROUND}", {"step": "dance"}).status_code == 400
    assert read_job(own_desk.settings, Round.parse(ROUND)) is None


# --- papers and files


def test_the_problem_workbook_is_the_one_that_the_check_wrote(desk):
    answer = desk.get(f"/check/files/problems.xlsx?round={ROUND}")
    assert answer.data == desk.settings.problem_book(ROUND).read_bytes()
    assert "attachment" in answer.headers["Content-Disposition"]


def test_a_marked_copy_is_handed_over_by_its_name(desk):
    page = desk.page(problem=desk.only(SWAPPED)["problem_id"])
    address = html.unescape(re.search(r'href="(/check/files/copies/[^"]+)"', page)[1])
    answer = desk.get(address)
    assert answer.data == (desk.settings.copies_dir(ROUND) / "register.xlsx").read_bytes()


@pytest.mark.parametrize(
    "name",
    [
        "..%2f..%2foffice.toml",
        "..%2f2568-1-problems.xlsx",
        "%2fetc%2fpasswd",
        "..",
        "office.secret",
    ],
)
def test_no_name_leads_out_of_the_folder_of_copies(desk, name):
    for folder in ("copies", "schools"):
        answer = desk.get(f"/check/files/{folder}/{name}?round={ROUND}")
        assert answer.status_code == 404
        assert "area_code" not in answer.text


def test_a_school_has_a_sheet_of_its_own_problems(desk):
    page = desk.get(f"/check/schools/99020001?round={ROUND}").text
    assert str(WRONG_SUM) in page
    assert "BJ5" in page
    # The row below is another school's; the desk shows it, the sheet that goes out does not.
    assert SECOND.name in desk.page(problem=desk.only(SUM)["problem_id"])
    assert SECOND.name not in page
    other = desk.only(SWAPPED)
    assert other["problem_id"] not in page
    assert html.escape(other["value"]) not in page
    assert desk.get(f"/check/schools/99029999?round={ROUND}").status_code == 404


def test_the_file_of_a_school_is_handed_over_until_the_next_check(own_desk):
    address = f"/check/files/schools/99020002.xlsx?round={ROUND}"
    assert own_desk.get(address).status_code == 404
    folder = own_desk.settings.copies_dir(ROUND) / "schools"
    folder.mkdir()
    shutil.copy(own_desk.settings.problem_book(ROUND), folder / "99020002.xlsx")
    now = datetime.datetime.now().timestamp()
    os.utime(folder / "99020002.xlsx", (now + 5, now + 5))
    assert own_desk.get(address).status_code == 200
    assert "ไฟล์ของโรงเรียน" in own_desk.get(f"/check/schools/99020002?round={ROUND}").text
    os.utime(folder / "99020002.xlsx", (now - 9999, now - 9999))
    assert own_desk.get(address).status_code == 404


def test_a_correction_that_was_taken_back_leaves_the_problem_open(own_desk):
    row = own_desk.only(SWAPPED)
    own_desk.decide(row, "corrected")
    assert row["problem_id"] not in listed(own_desk.page())
    own_desk.office.sheet("corrections.csv").unlink()
    own_desk.office.run("check", ROUND)
    assert row["problem_id"] in listed(own_desk.page())
    assert counters(own_desk.page())["ok"] == 0


def test_a_named_problem_brings_its_page_of_the_list(own_desk):
    rows = wide_rows(faulty_schools())
    words = [(row, column) for row in range(FIRST, FIRST + 3) for column in range(3, 40, 4)]
    for row, column in words:
        rows[row][column] = f"คำ {row}/{column}"
    write_wide(own_desk.office.sheet("enrolment.xlsx"), rows)
    own_desk.office.run("check", ROUND)
    first = listed(own_desk.page())
    second = listed(own_desk.page(page="2"))
    assert len(words) > len(first) == PAGE_ROWS
    assert not set(first) & set(second)
    page = own_desk.page(problem=second[-1])
    assert listed(page) == second
    assert f"เรื่องที่ {PAGE_ROWS + len(second)} จาก" in page
    assert listed(own_desk.page(page="99"))[-1] == listed(own_desk.page(page="2", q=""))[-1]
