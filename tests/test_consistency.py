"""From sheets that disagree to findings and layers: the whole way, with the headings we ship."""

import shutil

import pandas as pd
import pyogrio
import pytest

from tests.office import (
    AREA_CODE,
    FIRST,
    ROUND,
    SCHOOLS,
    SHORT,
    STUDENTS,
    Office,
    dmc_records,
    grade_column,
    register_rows,
    small_office,
    wide_rows,
    write_book,
    write_json,
    write_text,
    write_wide,
)

EARLIER = "2567-1"


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    office = small_office(tmp_path_factory.mktemp("template") / "office")
    built = office.run("build", ROUND)
    assert built.exit_code == 0, built.output
    return office


@pytest.fixture
def office(template, tmp_path):
    """A copy of an office that has published its round once."""
    return Office(shutil.copytree(template.folder, tmp_path / "office"))


def check(office, *kinds):
    result = office.run("check", ROUND)
    assert result.exit_code in (0, 1), result.output
    return office.problems(*kinds)


def build(office, data_round=ROUND):
    result = office.run("build", data_round)
    assert result.exit_code == 0, result.output


def layers(office):
    return set(pyogrio.list_layers(office.published)[:, 0])


def national_rows(schools=SCHOOLS, **more):
    """The national workbook: sums, boys and girls by grade, rooms in all, another office's row."""
    grades = [grade for school in schools for grade in school.pupils]
    grades = list(dict.fromkeys(grades))
    head = ["areacode", "smis", "โรงเรียน", "ชื่อโรงเรียน", "ชื่ออำเภอ", "ชื่อตำบล"]
    for grade in grades:
        label = f"{SHORT[grade[0]]}{grade[1:]}"
        head += [label, f"{label} ชาย", f"{label} หญิง"]
    head += ["lat", "long", "รวมห้อง", "นักเรียนทั้งหมด", "เกณฑ์7ขนาด", "ขยายโอกาส"]
    rows = [head]
    for school in schools:
        row = [AREA_CODE, school.code, f"109902{school.code[-4:]}", school.name, "เมืองทดสอบ",
               school.subdistrict]  # fmt: skip
        rooms = 0
        for grade in grades:
            boys, girls, room = school.pupils.get(grade, (0, 0, 0))
            girls += more.get(f"{grade}_{school.code}", 0)
            rooms += room
            row += [f"{boys + girls:,}", boys, girls]
        students = sum(cell for cell in row[7:] if isinstance(cell, int))
        flag = "ใช่" if "m1" in school.pupils else "ไม่ใช่"
        rows.append([*row, school.lat, school.lon, rooms, f"{students:,}", 1, flag])
    other = ["99010000", "99010001", "1099010001", "อื่น", "อื่น", "อื่น"]
    rows.append([*other, *[1, 1, 0] * len(grades), "19.0", "98.0", 9, len(grades), 1, "ไม่ใช่"])
    return rows


def test_the_national_workbook_beside_the_offices_sheet_is_kept_and_blocks_nothing(office):
    rows = national_rows(p3_99020002=2)
    write_book(office.sheet("DMC681.xlsx"), {"DMC": rows})
    (found,) = check(office, "sources_differ")
    (second,) = [school for school in SCHOOLS if school.code == "99020002"]
    assert found["value"] == f"{second.students} / {second.students + 2}"
    assert (found["file"], found["severity"]) == ("enrolment.xlsx", "warn")
    boys, girls, _ = second.pupils["p3"]
    assert f"ป.3 {boys + girls}/{boys + girls + 2}" in found["message_th"]
    build(office)
    assert office.layer("schools")["students"].sum() == STUDENTS
    other = office.layer("enrolment_other_source")
    assert other["students"].sum() == STUDENTS + 2
    assert set(other["source_file"]) == {"DMC681.xlsx"}
    assert set(other["as_of_date"].astype(str).str[:10]) == {"2025-06-10"}


def test_the_national_workbook_alone_is_the_enrolment_and_its_rooms_are_the_schools(office):
    before = office.layer("schools").set_index("smis_code")["class_groups"]
    office.sheet("enrolment.xlsx").unlink()
    write_book(office.sheet("DMC681.xlsx"), {"DMC": national_rows()})
    build(office)
    schools = office.layer("schools").set_index("smis_code")
    assert schools["students"].sum() == STUDENTS
    assert schools["class_groups"].to_dict() == before.to_dict()
    assert office.layer("enrolment_by_grade")["class_groups"].isna().all()
    assert "enrolment_other_source" not in layers(office)


def test_a_dmc_download_whose_first_object_is_the_total_loses_nobody(office):
    office.sheet("enrolment.xlsx").unlink()
    *records, total = dmc_records()
    write_json(office.sheet("dmc.json"), [total, *records])
    assert not check(office, "row_without_code", "total_mismatch")
    build(office)
    assert office.layer("schools")["students"].sum() == STUDENTS
    total["ป.3 ชาย"] = str(int(total["ป.3 ชาย"]) + 1)
    write_json(office.sheet("dmc.json"), [total, *records])
    assert [found["kind"] for found in check(office, "row_without_code", "total_mismatch")] == [
        "total_mismatch"
    ]


def test_a_first_school_whose_code_was_forgotten_is_no_total(office):
    office.sheet("enrolment.xlsx").unlink()
    first, *records = dmc_records()
    write_json(office.sheet("dmc.json"), [{**first, "รหัสโรงเรียน": ""}, *records])
    assert len(check(office, "row_without_code")) == 1


def write_six_schools(office, data_round, rows=None):
    """Write a register and pupils of six schools, the title without a year; return the rows."""
    if rows is None:
        rows = wide_rows(total=False)
        rows[0] = ["จำนวนนักเรียน", *rows[0][1:]]
        rows += [[n, f"9902001{n}", f"ใหม่ {n}", *rows[FIRST][3:]] for n in range(4, 7)]
    register = register_rows()
    for n in range(4, 7):
        register.append([f"9902001{n}", "", "", f"ใหม่ {n}", "ห้วยเมฆ", "เมืองทดสอบ", "", ""])
    office.sheet("x", data_round).parent.mkdir(exist_ok=True)
    write_book(office.sheet("register.xlsx", data_round), {"r": register})
    write_wide(office.sheet("enrolment.xlsx", data_round), rows)
    return rows


def test_a_file_of_another_round_sent_again_blocks_until_it_is_acknowledged(office):
    write_six_schools(office, EARLIER)
    rows = write_six_schools(office, ROUND)
    build(office, EARLIER)
    result = office.run("build", ROUND)
    assert result.exit_code == 1, result.output
    (found,) = office.problems("round_repeats")
    assert (found["severity"], found["value"]) == ("block", EARLIER)
    rows[FIRST][grade_column("p1", "ชาย")] += 1
    rows[FIRST][grade_column("p1", "รวม")] += 1
    rows[FIRST][-4] += 1
    rows[FIRST][-2] += 1
    for place in (grade_column("p6", "ห้อง") + 1, grade_column("p6", "ห้อง") + 3):
        rows[FIRST][place] += 1
    write_wide(office.sheet("enrolment.xlsx"), rows)
    assert not check(office, "round_repeats", "total_mismatch")


def test_pupils_taken_over_from_an_earlier_round_repeat_nothing_and_jump_nowhere(office):
    write_six_schools(office, EARLIER)
    build(office, EARLIER)
    for name in ("register.xlsx", "enrolment.xlsx"):
        office.sheet(name).unlink()
    kinds = {found["kind"] for found in check(office)}
    assert "taken_from_earlier_round" in kinds
    # Rows name the round that publishes them, their day is the earlier one.
    build(office)
    grades = office.layer("enrolment_by_grade")
    assert set(grades["data_round"]) == {ROUND}
    assert set(grades["academic_year_be"]) == {2568}
    assert set(grades["as_of_date"].astype(str).str[:10]) == {"2024-06-10"}
    assert not kinds & {"round_repeats", "cohort_jump"}


def test_a_cohort_that_jumps_is_named_with_both_numbers_at_its_cell(office):
    shutil.copytree(office.sheet("x").parent, office.sheet("x", EARLIER).parent)
    rows = wide_rows(total=False)
    rows[0] = ["จำนวนนักเรียน", *rows[0][1:]]
    row = rows[FIRST]
    for measure, number in (("ชาย", 30), ("หญิง", 21), ("รวม", 51)):
        row[grade_column("p2", measure)] = number
    level = grade_column("p6", "ห้อง") + 1
    for place in (level, len(row) - 4):
        row[place : place + 3] = [None] * 3
    write_wide(office.sheet("enrolment.xlsx", EARLIER), rows)
    build(office, EARLIER)
    (found,) = check(office, "cohort_jump")
    boys, girls, _ = SCHOOLS[0].pupils["p3"]
    assert found["value"] == f"51 → {boys + girls}"
    assert (found["file"], found["severity"], found["smis_code"]) == (
        "enrolment.xlsx", "warn", SCHOOLS[0].code
    )  # fmt: skip


STAFF = [
    ["ที่", "รหัสโรงเรียน", "ชื่อโรงเรียน", "จำนวนนักเรียน", "จำนวนที่มี", None, None, None,
     "ขาด/เกินตามเกณฑ์", None, None, None, None],
    [None, None, None, None, "ผอ.", "รอง", "ครู", "รวม", "ผอ.", "รอง", "ครู", "รวม", "ร้อยละ"],
    [1, SCHOOLS[0].code, SCHOOLS[0].name, 90, 1, 0, 5, 6, 0, 0, -1, -1, -14.29],
    [2, SCHOOLS[1].code, SCHOOLS[1].name, 250, 0, 0, 0, 0, -1, 0, -12, -13, -100],
    [3, SCHOOLS[2].code, SCHOOLS[2].name, 60, 1, 0, 4, 6, 0, 0, 1, 1, 25],
    ["รวม", None, None, 400, 2, 0, 9, 12, -1, 0, -12, -13, None],
]  # fmt: skip


def test_the_shortage_report_is_published_as_received_without_any_person(office):
    write_book(office.sheet("amss.xlsx"), {"s": STAFF}, [(0, 4, 0, 7), (0, 8, 0, 12)])
    found = check(office, "staff_total", "no_teachers", "heading_unknown", "heading_twice")
    assert [(p["kind"], p["cell"]) for p in found] == [("no_teachers", "G4"), ("staff_total", "H5")]
    build(office)
    staff = office.layer("staff").set_index("smis_code")
    assert staff["teachers"].to_dict() == {
        s.code: n for s, n in zip(SCHOOLS, (5, 0, 4), strict=True)
    }
    assert staff.at[SCHOOLS[1].code, "balance_percent"] == -100
    assert staff["permanent_employees"].isna().all()
    assert office.layer("schools")["teachers"].tolist() == [6, 0, 5]


J18 = (
    ("ประถม", ("ห้อง", "นร.")),
    ("รวม", ("ห้อง", "นร.")),
    ("ครูตาม จ.18", ("บร.", "ครู", "รวม")),
    ("ครูตามเกณฑ์ ก.ค.", ("บร.", "ครู", "รวม")),
    ("ขาดเกิน", ("บร.", "ครู", "รวม")),
)


@pytest.mark.parametrize("merged", [True, False])
def test_the_j18_report_keeps_posts_requirements_and_balances_apart(office, merged):
    upper, lower = ["ที่", "รหัสโรงเรียน", "ชื่อโรงเรียน"], [None] * 3
    merges = []
    for group, parts in J18:
        merges.append((0, len(upper), 0, len(upper) + len(parts) - 1))
        upper += [group, *[None] * (len(parts) - 1)]
        lower += parts
    upper += ["ร้อยละ", "พนักงานราชการ", "อัตราจ้าง", "ไปช่วยราชการ"]
    lower += [None] * 4
    row = [1, SCHOOLS[0].code, SCHOOLS[0].name, 6, 90, 8, 120, 1, 6, 7, 1, 7, 8, 0, -1, -1, -12.5,
           1, 2, 0]  # fmt: skip
    write_book(office.sheet("j18.xlsx"), {"s": [upper, lower, row]}, merges if merged else ())
    assert not check(office, "heading_unknown", "heading_near", "heading_twice", "staff_total")
    build(office)
    (staff,) = office.layer("staff").to_dict("records")
    assert [staff[name] for name in ("administrators", "teachers", "staff_total")] == [1, 6, 7]
    assert [staff[name] for name in ("teachers_required", "staff_required")] == [7, 8]
    assert [staff[name] for name in ("teacher_balance", "balance_percent")] == [-1, -12.5]
    assert [staff[name] for name in ("temporary_employees", "seconded_out")] == [2, 0]
    assert office.layer("schools")["teachers"].tolist()[0] == 1 + 6 + 1


def test_test_results_are_published_for_the_office_and_few_pupils_are_hidden(office):
    write_text(
        office.sheet("nt.csv"),
        [
            ["รหัสโรงเรียน", "ปีการศึกษา", "การสอบ", "ชั้น", "วิชา", "จำนวนผู้เข้าสอบ", "คะแนนเฉลี่ย"],
            [SCHOOLS[0].code, "2567", "NT", "ป.3", "คณิตศาสตร์", "9", "48.25"],
            [SCHOOLS[1].code, "2567", "NT", "ป.3", "คณิตศาสตร์", "4", "71.00"],
        ],
    )
    kinds = {found["kind"] for found in check(office)}
    assert "score_suppressed" in kinds
    assert "form_not_used" not in kinds
    build(office)
    results = office.layer("test_results").set_index("smis_code")
    assert results.at[SCHOOLS[0].code, "mean_score"] == 48.25
    assert pd.isna(results.at[SCHOOLS[1].code, "mean_score"])
    assert results["examinees"].tolist() == [9, 4]


def test_the_two_level_nt_report_is_read_by_the_headings_we_ship(office):
    rows = [
        ["ผลการประเมินคุณภาพผู้เรียน (NT) ชั้นประถมศึกษาปีที่ 3 ปีการศึกษา 2567", *[None] * 7],
        ["ที่", "รหัสโรงเรียน", "ชื่อโรงเรียน", "จำนวนผู้เข้าสอบ", "คณิตศาสตร์", None, "ภาษาไทย", None],
        [None, None, None, None, "ร้อยละ", "ระดับคุณภาพ", "ร้อยละ", "ระดับคุณภาพ"],
        [1, SCHOOLS[0].code, SCHOOLS[0].name, 12, 48.2, "พอใช้", 61.0, "ดี"],
    ]
    write_book(office.sheet("nt.xlsx"), {"s": rows}, [(1, 4, 1, 5), (1, 6, 1, 7)])
    assert not check(office, "unknown_form", "header_incomplete", "heading_unknown", "heading_near")
    build(office)
    results = office.layer("test_results").set_index("subject")
    assert results.loc["thai", ["mean_score", "quality_level"]].tolist() == [61.0, "good"]
    assert set(results["grade"]) == {"p3"}
    assert set(results["test_year_be"]) == {2567}


def test_basic_information_that_disagrees_is_named_and_the_register_stays(office):
    head = ["รหัส Smis 8 หลัก", "ชื่อสถานศึกษา(ไทย)", "ตำบล", "อำเภอ", "ระดับที่เปิดสอน"]
    rows = [
        head,
        [SCHOOLS[0].code, SCHOOLS[0].name, "ทุ่งดาว", "อ.เมืองทดสอบ", "อนุบาล-ประถมศึกษา"],
        [SCHOOLS[1].code, SCHOOLS[1].name, "ต.ห้วยเมฆ", "เมืองทดสอบ", "อนุบาล-ประถมศึกษา"],
    ]
    write_book(office.sheet("emis.xlsx"), {"s": rows})
    found = check(office, "sources_disagree", "level_not_offered")
    assert {(p["kind"], p["smis_code"], p["file"]) for p in found} == {
        ("sources_disagree", SCHOOLS[0].code, "emis.xlsx"),
        ("level_not_offered", SCHOOLS[1].code, "enrolment.xlsx"),
    }
    build(office)
    assert office.layer("schools")["subdistrict"].tolist()[0] == "ห้วยเมฆ"


def test_a_building_older_than_its_school_is_found_with_the_headings_we_ship(office):
    register = register_rows()
    register[0].append("วันที่ก่อตั้ง")
    for row in register[1:]:
        row.append("16 พ.ค. 2538")
    write_book(office.sheet("register.xlsx"), {"r": register})
    found = check(office, "building_before_school")
    assert [p["value"] for p in found] == ["2535 / 2538"] * len(SCHOOLS)
    assert len({p["problem_id"] for p in found}) == len(SCHOOLS)
