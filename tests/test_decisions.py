"""What officers decide: corrections in a file, proposals accepted, blocks acknowledged."""

import json
import shutil
import sqlite3
import threading
from contextlib import closing, contextmanager

import pytest

from gisapp.store.geopackage import replacing
from tests.office import (
    FIRST,
    ROUND,
    SCHOOLS,
    Office,
    grade_column,
    register_rows,
    small_office,
    wide_rows,
    write_book,
    write_text,
    write_wide,
)

FIRST_SCHOOL = SCHOOLS[0]


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    office = small_office(tmp_path_factory.mktemp("template") / "office")
    assert office.run("build", ROUND).exit_code == 0
    return office


@pytest.fixture
def office(template, tmp_path):
    return Office(shutil.copytree(template.folder, tmp_path / "office"))


def swap(office):
    """Swap the coordinates of the first school in the register."""
    rows = register_rows()
    rows[1][6], rows[1][7] = rows[1][7], rows[1][6]
    write_book(office.sheet("register.xlsx"), {"ข้อมูลโรงเรียน": rows})


def break_total(office, value=999):
    """Give the first school a sum that is not the sum of its boys and girls."""
    rows = wide_rows()
    rows[FIRST][grade_column("p1", "รวม")] = value
    write_wide(office.sheet("enrolment.xlsx"), rows)


def schools(office):
    return office.layer("schools").set_index("smis_code")


def test_a_swap_that_an_officer_accepts_puts_the_school_where_it_stands(office):
    swap(office)
    assert office.run("build", ROUND).exit_code == 0
    before = schools(office).loc[FIRST_SCHOOL.code]
    assert before["location_quality"] != "surveyed"
    (problem,) = office.problems("swapped_coordinates")
    accepted = office.run(
        "accept", ROUND, problem["problem_id"], "--by", "เจ้าหน้าที่ ก", "--reason", "ดูแผนที่แล้ว"
    )
    assert accepted.exit_code == 0, accepted.output
    assert office.run("build", ROUND).exit_code == 0
    after = schools(office).loc[FIRST_SCHOOL.code]
    assert after["location_quality"] == "surveyed"
    assert (after.geometry.x, after.geometry.y) == pytest.approx((98.05, 19.05))
    assert after["corrected"] == "lat,lon"
    assert office.problems("swapped_coordinates") == []
    applied = office.layer("corrections")
    assert list(applied["column"]) == ["lat", "lon"]
    assert list(applied["cell"]) == ["G2", "H2"]
    assert set(applied["corrected_by"]) == {"เจ้าหน้าที่ ก"}
    assert set(applied["reason"]) == {"ดูแผนที่แล้ว"}


def test_every_proposal_of_a_kind_is_accepted_at_once(office):
    rows = register_rows()
    for row in rows[1:]:
        row[6], row[7] = row[7], row[6]
    write_book(office.sheet("register.xlsx"), {"ข้อมูลโรงเรียน": rows})
    done = office.run(
        "accept", ROUND, "--kind", "swapped_coordinates", "--by", "เจ้าหน้าที่ ก", "--json"
    )
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout) == {"round": ROUND, "accepted": 3, "blocks_left": 0}
    assert office.run("build", ROUND).exit_code == 0
    assert set(schools(office)["location_quality"]) == {"surveyed"}


def test_the_sheet_as_received_is_never_changed(office):
    swap(office)
    before = office.sheet("register.xlsx").read_bytes()
    office.run("accept", ROUND, "--kind", "swapped_coordinates", "--by", "ก")
    assert office.sheet("register.xlsx").read_bytes() == before
    text = office.sheet("corrections.csv").read_text(encoding="utf-8-sig")
    assert text.splitlines()[0].startswith(
        "problem_id,smis_code,column,old_value,new_value,reason,by,on"
    )
    assert len(text.splitlines()) == 3


def test_a_correction_by_hand_is_applied_from_the_contract_s_columns_alone(office):
    office.corrections((FIRST_SCHOOL.code, "schoolname", FIRST_SCHOOL.name, "บ้านห้วยเมฆใหม่"))
    assert office.run("build", ROUND).exit_code == 0
    assert schools(office).at[FIRST_SCHOOL.code, "school_name_th"] == "บ้านห้วยเมฆใหม่"


def test_a_correction_of_a_sum_lets_the_round_be_published(office):
    break_total(office)
    assert office.run("build", ROUND).exit_code == 1
    boys, girls, _ = FIRST_SCHOOL.pupils["p1"]
    office.corrections((FIRST_SCHOOL.code, "p1 students", "999", str(boys + girls)))
    assert office.run("build", ROUND).exit_code == 0


def test_a_new_file_with_another_value_is_not_corrected_by_the_old_line(office):
    swap(office)
    office.run("accept", ROUND, "--kind", "swapped_coordinates", "--by", "ก")
    rows = register_rows()
    rows[1][6], rows[1][7] = "19.06", "98.06"
    write_book(office.sheet("register.xlsx"), {"ข้อมูลโรงเรียน": rows})
    assert office.run("build", ROUND).exit_code == 0
    assert {row["kind"] for row in office.problems()} >= {"correction_stale"}
    point = schools(office).loc[FIRST_SCHOOL.code].geometry
    assert (point.x, point.y) == pytest.approx((98.06, 19.06))


def test_a_register_taken_over_keeps_the_corrections_of_its_round(office):
    swap(office)
    later = "2568-2"
    write_text(
        office.sheet("enrolment.csv", later),
        [
            ["รหัสโรงเรียน", "ชั้น", "ชาย", "หญิง"],
            *[[school.code, "ป.1", *school.pupils["p1"][:2]] for school in SCHOOLS],
        ],
    )
    assert office.run("build", later).exit_code == 0
    (problem,) = office.problems("swapped_coordinates", data_round=later)
    assert problem["file"] == f"{ROUND}/register.xlsx"
    done = office.run("accept", later, problem["problem_id"], "--by", "ก")
    assert done.exit_code == 0, done.output
    assert office.sheet("corrections.csv").is_file()
    assert not office.sheet("corrections.csv", later).is_file()
    assert office.problems("swapped_coordinates", data_round=later) == []


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([["smis_code", "column"]], "new_value"),
        (
            [
                ["smis_code", "column", "old_value", "new_value", "reason", "by", "on"],
                ["99020001", "lat", "1", "2", "", "ก", ""],
            ],
            "reason",
        ),
        (
            [
                ["smis_code", "column", "old_value", "new_value", "reason", "by", "on"],
                ["99020001", "lat", "1", "2", "ใช่", "ก", "วันก่อน"],
            ],
            "วันก่อน",
        ),
    ],
)
def test_a_corrections_file_that_cannot_be_used_is_named_with_its_line(office, lines, words):
    write_text(office.sheet("corrections.csv"), lines)
    done = office.run("build", ROUND)
    assert done.exit_code == 2
    assert "corrections.csv" in done.stderr
    assert words in done.stderr


def test_an_acknowledged_block_lets_the_round_be_published_and_says_who_and_why(office):
    break_total(office)
    assert office.run("check", ROUND).exit_code == 1
    (problem,) = office.problems("total_mismatch")
    done = office.run(
        "acknowledge", ROUND, problem["problem_id"], "--reason", "DMC ปิดแล้ว", "--by", "ผอ. กลุ่มแผน"
    )
    assert done.exit_code == 0, done.output
    assert office.run("build", ROUND).exit_code == 0
    row = office.layer("problems").set_index("problem_id").loc[problem["problem_id"]]
    assert row["severity"] == "block"
    assert row["acknowledged_reason"] == "DMC ปิดแล้ว"
    assert row["acknowledged_by"] == "ผอ. กลุ่มแผน"
    assert row["acknowledged_on"]


def test_an_acknowledgement_holds_for_that_value_only(office):
    break_total(office, 999)
    office.run("check", ROUND)
    (problem,) = office.problems("total_mismatch")
    office.run("acknowledge", ROUND, problem["problem_id"], "--reason", "ก", "--by", "ข")
    assert office.run("build", ROUND).exit_code == 0
    break_total(office, 998)
    assert office.run("build", ROUND).exit_code == 1


def test_an_acknowledgement_ends_when_the_parts_change_under_the_same_sum(office):
    break_total(office, 999)
    office.run("check", ROUND)
    (problem,) = office.problems("total_mismatch")
    office.run("acknowledge", ROUND, problem["problem_id"], "--reason", "ก", "--by", "ข")
    rows = wide_rows(total=False)
    rows[FIRST][grade_column("p1", "รวม")] = 999
    rows[FIRST][grade_column("p1", "ชาย")] += 1
    write_wide(office.sheet("enrolment.xlsx"), rows)
    assert office.run("build", ROUND).exit_code == 1
    again = {row["problem_id"]: row for row in office.problems("total_mismatch")}
    assert again[problem["problem_id"]]["acknowledged_reason"] is None


def test_an_acknowledgement_of_one_round_says_nothing_about_another(office):
    break_total(office)
    office.run("check", ROUND)
    (problem,) = office.problems("total_mismatch")
    office.run("acknowledge", ROUND, problem["problem_id"], "--reason", "ก", "--by", "ข")
    shutil.copytree(office.sheet(""), office.sheet("", "2568-2"))
    rows = wide_rows()
    rows[0] = [None] * len(rows[0])  # its title names the other round
    rows[FIRST][grade_column("p1", "รวม")] = 999
    write_wide(office.sheet("enrolment.xlsx", "2568-2"), rows)
    assert office.run("build", "2568-2").exit_code == 1
    assert office.problems("total_mismatch", data_round="2568-2")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("acknowledge", ROUND, "0123456789ab", "--reason", "ก", "--by", "ข"), "0123456789ab"),
        (("accept", ROUND, "0123456789ab", "--by", "ข"), "0123456789ab"),
        (("accept", ROUND, "--kind", "swapped_coordinates", "--by", "ข"), "ไม่มีเรื่อง"),
        (("accept", ROUND, "--by", "ข"), "ไม่มีเรื่อง"),
    ],
)
def test_a_decision_about_nothing_is_refused_in_words(office, arguments, words):
    done = office.run(*arguments)
    assert done.exit_code == 2
    assert words in done.stderr
    assert not (office.folder / "office.sqlite").exists()


def test_a_decision_needs_words(office):
    break_total(office)
    office.run("check", ROUND)
    (problem,) = office.problems("total_mismatch")
    done = office.run("acknowledge", ROUND, problem["problem_id"], "--reason", " ", "--by", "ข")
    assert done.exit_code == 2
    assert office.run("build", ROUND).exit_code == 1


def test_every_decision_is_kept_with_its_time(office):
    break_total(office)
    office.run("check", ROUND)
    (problem,) = office.problems("total_mismatch")
    said = (("acknowledge", "หนึ่ง"), ("recall", "สอง"), ("acknowledge", "สาม"))
    for command, reason in said:
        office.run(command, ROUND, problem["problem_id"], "--reason", reason, "--by", "ข")
    with closing(sqlite3.connect(office.folder / "office.sqlite")) as database:
        rows = database.execute(
            "SELECT reason, decided_by, decided_at, data_round, kind FROM problem_decisions"
        ).fetchall()
    assert [row[0] for row in rows] == ["หนึ่ง", "สอง", "สาม"]
    assert all(row[1] == "ข" and row[2] and row[3:] == (ROUND, "total_mismatch") for row in rows)
    assert office.run("build", ROUND).exit_code == 0
    row = office.layer("problems").set_index("problem_id").loc[problem["problem_id"]]
    assert row["acknowledged_reason"] == "สาม"


@contextmanager
def another_command_writing(path):
    """Write a file in a thread of its own, until the block ends; the file stays as it is."""
    started, end, kept = threading.Event(), threading.Event(), path.read_bytes()

    def write():
        with replacing(path) as part:
            part.write_bytes(kept)
            started.set()
            end.wait()

    writer = threading.Thread(target=write)
    writer.start()
    assert started.wait(10)
    try:
        yield
    finally:
        end.set()
        writer.join()


# --- two who decide, and decisions that are taken back


def acknowledge(office, problem, by, reason="ตรงกับใบลงชื่อ"):
    return office.run("acknowledge", ROUND, problem["problem_id"], "--reason", reason, "--by", by)


@pytest.fixture
def broken(office):
    """An office with one wrong sum, checked; and the problem."""
    break_total(office)
    assert office.run("check", ROUND).exit_code == 1
    (problem,) = office.problems("total_mismatch")
    return office, problem


def test_what_is_acknowledged_is_counted_apart_from_what_must_be_mended(broken):
    office, problem = broken
    found = json.loads(office.run("check", ROUND, "--json").stdout)
    assert (found["problems"]["block"], found["acknowledged"]) == (1, 0)
    assert acknowledge(office, problem, "ก").exit_code == 0
    for command in ("check", "build"):
        found = json.loads(office.run(command, ROUND, "--json").stdout)
        assert (found["problems"]["block"], found["acknowledged"]) == (0, 1)
    said = office.run("check", ROUND).stdout
    assert "ต้องแก้ 0" in said
    assert "รับทราบแล้ว 1" in said


def test_what_somebody_acknowledged_is_not_acknowledged_over_their_head(broken):
    office, problem = broken
    assert acknowledge(office, problem, "สมชาย").exit_code == 0
    again = acknowledge(office, problem, "สมหญิง")
    assert again.exit_code == 2
    assert "สมชาย รับทราบเรื่องนี้แล้วเมื่อ" in again.stderr
    (kept,) = office.problems("total_mismatch")
    assert kept["acknowledged_by"] == "สมชาย"


def test_other_figures_may_be_acknowledged_by_somebody_else(broken):
    office, problem = broken
    acknowledge(office, problem, "สมชาย")
    break_total(office, 998)
    assert office.run("check", ROUND).exit_code == 1
    (other,) = office.problems("total_mismatch")
    assert acknowledge(office, other, "สมหญิง").exit_code == 0


def test_one_that_is_decided_keeps_the_others_of_its_command_from_being_written(office):
    rows = wide_rows()
    for grade in ("p1", "p2"):
        rows[FIRST][grade_column(grade, "รวม")] = 999
    write_wide(office.sheet("enrolment.xlsx"), rows)
    office.run("check", ROUND)
    first, second = office.problems("total_mismatch")[:2]
    acknowledge(office, second, "สมชาย")
    both = office.run(
        "acknowledge", ROUND, first["problem_id"], second["problem_id"],
        "--reason", "ก", "--by", "ข",
    )  # fmt: skip
    assert both.exit_code == 2
    by = {row["problem_id"]: row["acknowledged_by"] for row in office.problems("total_mismatch")}
    assert (by[first["problem_id"]], by[second["problem_id"]]) == (None, "สมชาย")


def test_an_acknowledgement_that_is_recalled_holds_no_more_and_may_be_given_again(broken):
    office, problem = broken
    acknowledge(office, problem, "สมชาย")
    taken = office.run(
        "recall", ROUND, problem["problem_id"], "--reason", "นับใหม่แล้ว", "--by", "สมหญิง", "--json"
    )
    assert json.loads(taken.stdout) == {"round": ROUND, "recalled": 1, "blocks_left": 1}
    assert office.run("build", ROUND).exit_code == 1
    assert acknowledge(office, problem, "สมหญิง").exit_code == 0
    assert office.run("build", ROUND).exit_code == 0
    (kept,) = office.problems("total_mismatch")
    assert kept["acknowledged_by"] == "สมหญิง"


def test_an_accepted_value_that_is_recalled_leaves_corrections_csv_and_says_which(office):
    swap(office)
    office.corrections((FIRST_SCHOOL.code, "schoolname", FIRST_SCHOOL.name, "บ้านห้วยเมฆใหม่"))
    office.run("check", ROUND)
    (problem,) = office.problems("swapped_coordinates")
    office.run("accept", ROUND, problem["problem_id"], "--by", "ก")
    text = office.sheet("corrections.csv").read_text(encoding="utf-8-sig")
    assert len(text.splitlines()) == 4
    done = office.run("recall", ROUND, problem["problem_id"], "--reason", "ผิดโรงเรียน", "--by", "ข")
    assert done.exit_code == 0, done.output
    text = office.sheet("corrections.csv").read_text(encoding="utf-8-sig")
    assert [line.split(",")[2] for line in text.splitlines()] == ["column", "schoolname"]
    assert len(office.problems("swapped_coordinates")) == 1
    with closing(sqlite3.connect(office.folder / "office.sqlite")) as database:
        rows = database.execute("SELECT decision, reason FROM problem_decisions").fetchall()
    assert [row[0] for row in rows] == ["corrected", "recalled"]
    assert rows[1][1].startswith("ผิดโรงเรียน")
    assert f"lat “{FIRST_SCHOOL.lon}” → “19.05000”" in rows[1][1]


def test_a_recall_finds_the_line_of_a_register_that_was_taken_over(office):
    swap(office)
    later = "2568-2"
    shutil.copytree(office.sheet(""), office.sheet("", later))
    office.sheet("register.xlsx", later).unlink()
    rows = wide_rows()
    rows[0] = [None] * len(rows[0])
    write_wide(office.sheet("enrolment.xlsx", later), rows)
    office.run("check", later)
    (problem,) = office.problems("swapped_coordinates", data_round=later)
    assert office.run("accept", later, problem["problem_id"], "--by", "ก").exit_code == 0
    assert len(office.sheet("corrections.csv").read_text(encoding="utf-8-sig").splitlines()) == 3
    done = office.run("recall", later, problem["problem_id"], "--reason", "ก", "--by", "ข")
    assert done.exit_code == 0, done.output
    assert len(office.sheet("corrections.csv").read_text(encoding="utf-8-sig").splitlines()) == 1


def test_recalling_an_acknowledgement_leaves_the_line_of_the_same_problem_of_another_round(office):
    swap(office)
    office.run("check", ROUND)
    (problem,) = office.problems("swapped_coordinates")
    later = "2568-2"
    shutil.copytree(office.sheet(""), office.sheet("", later))
    rows = wide_rows()
    rows[0] = [None] * len(rows[0])
    write_wide(office.sheet("enrolment.xlsx", later), rows)
    office.run("accept", ROUND, problem["problem_id"], "--by", "ก")
    same = problem["problem_id"]
    done = office.run("acknowledge", later, same, "--reason", "ก", "--by", "ข")
    assert done.exit_code == 0, done.output
    assert office.run("recall", later, same, "--reason", "ก", "--by", "ข").exit_code == 0
    assert len(office.sheet("corrections.csv").read_text(encoding="utf-8-sig").splitlines()) == 3


def test_what_was_never_decided_cannot_be_recalled(broken):
    office, problem = broken
    done = office.run("recall", ROUND, problem["problem_id"], "--reason", "ก", "--by", "ข")
    assert done.exit_code == 2
    assert problem["problem_id"] in done.stderr
    assert not (office.folder / "office.sqlite").exists()


def test_a_decision_is_said_to_be_kept_where_the_round_cannot_be_checked_again(office):
    swap(office)
    office.run("check", ROUND)
    (problem,) = office.problems("swapped_coordinates")
    with another_command_writing(office.folder / "layers" / f"{ROUND}-check.gpkg"):
        done = office.run("accept", ROUND, problem["problem_id"], "--by", "ก")
    assert done.exit_code == 2
    assert "บันทึกแล้ว 1 เรื่อง แต่ยังตรวจใหม่ไม่ได้" in done.stderr
    assert f"gisapp check {ROUND}" in done.stderr
    assert len(office.sheet("corrections.csv").read_text(encoding="utf-8-sig").splitlines()) == 3
