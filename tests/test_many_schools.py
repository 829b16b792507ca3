"""What spreadsheets and staff do to a whole file, and what a round says of all its schools."""

import dataclasses
import json
import shutil

import pytest

from tests.office import (
    GRADES,
    ROUND,
    SCHOOLS,
    STUDENTS,
    Office,
    dmc_records,
    long_rows,
    register_rows,
    small_office,
    write_book,
    write_text,
)

NEXT = "2569-1"


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    office = small_office(tmp_path_factory.mktemp("template") / "office")
    assert office.run("build", ROUND).exit_code == 0
    return office


@pytest.fixture
def office(template, tmp_path):
    return Office(shutil.copytree(template.folder, tmp_path / "office"))


def send_long(office, rows, name="long.csv"):
    """Replace the enrolment by a long form; without a quotation that the rows do not have."""
    office.sheet("enrolment.xlsx").unlink()
    return write_text(office.sheet(name), rows)


def coded(form, rows=None):
    """The long form with each code written in some way."""
    head, *body = long_rows() if rows is None else rows
    return [head, *([form(row[0]), *row[1:]] for row in body)]


def published_pupils(office):
    result = office.run("build", ROUND)
    assert result.exit_code == 0, result.output
    return int(office.layer("schools")["students"].sum())


@pytest.mark.parametrize("form", ["{}.0", "'{}", '="{}"'])
def test_codes_that_a_spreadsheet_wrote_as_text_or_float_find_their_schools(office, form):
    send_long(office, coded(form.format))
    assert published_pupils(office) == STUDENTS


def test_codes_with_a_stroke_are_proposed_and_accepted_for_every_grade_of_a_school(office):
    send_long(office, coded(lambda code: f"{code[:4]}-{code[4:]}"))
    assert office.run("build", ROUND).exit_code == 1
    found = office.problems("bad_code")
    assert {p["pupils"] for p in found} == {school.students for school in SCHOOLS}
    assert sum(p["pupils"] for p in found) == STUDENTS
    office.run("accept", ROUND, "--kind", "bad_code", "--by", "เจ้าหน้าที่ ก")
    assert published_pupils(office) == STUDENTS
    assert len(office.layer("corrections")) == sum(len(school.pupils) for school in SCHOOLS)


def test_codes_in_first_rows_alone_block_once_with_every_pupil_that_would_be_lost(office):
    seen = set()
    rows = coded(lambda code: None if code in seen else seen.add(code) or code)
    send_long(office, rows)
    assert office.run("build", ROUND).exit_code == 1
    (found,) = office.problems("codes_only_in_first_rows")
    first = sum(sum(school.pupils[GRADES[0]][:2]) for school in SCHOOLS)
    assert found["pupils"] == STUDENTS - first


def test_rooms_of_a_grade_make_the_same_pupils_and_class_groups(office):
    head, *body = long_rows()
    rows = [head]
    for code, grade, boys, girls, _, _ in body:
        rows.append([code, f"ชั้น {grade}/1", boys, 0, boys, None])
        rows.append([code, f"ชั้น {grade}/2", 0, girls, girls, None])
    send_long(office, rows)
    assert published_pupils(office) == STUDENTS
    groups = sum(2 * len(school.pupils) for school in SCHOOLS)
    assert office.layer("schools")["class_groups"].sum() == groups


@pytest.mark.parametrize(
    "write",
    [
        lambda records: json.dumps({"status": "ok", "data": records}, ensure_ascii=False),
        lambda records: "\n".join(json.dumps(r, ensure_ascii=False) for r in records),
    ],
)
def test_the_download_within_an_object_or_one_record_to_a_line_is_read(office, write):
    office.sheet("enrolment.xlsx").unlink()
    office.sheet("dmc.json").write_text(write(dmc_records()), encoding="utf-8")
    assert published_pupils(office) == STUDENTS


def test_a_country_of_unknown_grades_is_told_in_a_few_findings(office):
    codes = [f"9902{number:04}" for number in range(1, 1001)]
    schools = [dataclasses.replace(SCHOOLS[0], code=code, name=f"ร {code}") for code in codes]
    write_book(office.sheet("register.xlsx"), {"ข้อมูลโรงเรียน": register_rows(schools)})
    rows = [["รหัสโรงเรียน", "ชั้น", "ชาย", "หญิง"]]
    rows += [[code, f"Year {n}", 1, 2] for code in codes for n in range(1, 7)]
    send_long(office, rows)
    office.run("check", ROUND)
    (unknown,) = office.problems("unknown_grade")
    assert unknown["pupils"] == 3 * 6 * 1000
    (silent,) = office.problems("no_enrolment")
    assert "1,000" in silent["message_th"]


def test_a_school_that_vanishes_between_two_rounds_is_missed_and_one_that_closed_is_not(office):
    def send(schools, data_round, status):
        head, *body = register_rows(schools)
        rows = [[*head, "status"], *([*row, status.get(row[0])] for row in body)]
        write_book(office.sheet("register.xlsx", data_round), {"ข้อมูลโรงเรียน": rows})

    send(SCHOOLS, ROUND, {SCHOOLS[1].code: "เลิกสถานศึกษา"})
    assert office.run("build", ROUND).exit_code == 0
    send(SCHOOLS[:1], NEXT, {})
    rows = [row for row in long_rows() if row[0] not in (SCHOOLS[1].code, SCHOOLS[2].code)]
    write_text(office.sheet("long.csv", NEXT), rows)
    office.run("check", NEXT)
    (gone,) = office.problems("school_gone", data_round=NEXT)
    assert SCHOOLS[2].code in gone["message_en"]
    assert str(SCHOOLS[2].students) in gone["message_en"]
    (closed,) = office.problems("closed_school_gone", data_round=NEXT)
    assert (closed["severity"], SCHOOLS[1].code in closed["message_th"]) == ("note", True)


def test_test_results_in_the_layers_own_column_names_are_read_again(office):
    head = ["smis_code", "academic_year_be", "test", "grade", "subject", "examinees", "mean_score"]
    write_text(
        office.sheet("tests.csv"),
        [head, [SCHOOLS[0].code, 2567, "onet", "p6", "thai", 12, 55.5]],
    )
    assert published_pupils(office) == STUDENTS
    row = office.layer("test_results").iloc[0]
    assert (row["test_year_be"], row["mean_score"]) == (2567, 55.5)
