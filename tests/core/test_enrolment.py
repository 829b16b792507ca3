import numpy as np
import pytest

from gisapp.core.corrections import Correction, apply_corrections
from gisapp.core.enrolment import gather_enrolment, read_enrolment
from gisapp.core.enrolment_long import read_enrolment_long
from gisapp.core.text import clean_text

HEAD = ["รหัสโรงเรียน", "ชื่อโรงเรียน", "ป.1 ชาย", "ป.1 หญิง", "รวมป.1", "ป.1 ห้อง",
        "ป.2 ชาย", "ป.2 หญิง", "รวมป.2", "ป.2 ห้อง", "รวมประถม ชาย", "รวมประถม"]  # fmt: skip
A = ["58010001", "ก", 3, 4, 7, 1, 1, 0, 1, 1, 4, 8]
B = ["58010002", "ข", 2, 2, 4, 1, 5, 5, 10, 1, 7, 14]
TOTAL = ["รวมทั้งสิ้น", None, 5, 6, 11, 2, 6, 5, 11, 2, 11, 22]


@pytest.fixture
def read(read_table):
    def read(*rows, head=HEAD, **kind):
        return read_enrolment([read_table(head, *rows, **kind)], "58010000")

    return read


def changed(row, column, value):
    return [value if place == column else cell for place, cell in enumerate(row)]


def test_pupils_are_read_by_grade_and_sex_and_totals_are_not_added(read):
    enrolment, problems = read(A, B, TOTAL)
    assert problems == []
    assert enrolment.rows["pupils"].tolist() == [8, 14]
    p1 = enrolment.counts[enrolment.counts["grade"] == "p1"]
    assert p1[["male", "female", "students", "class_groups"]].to_numpy().tolist() == [
        [3, 4, 7, 1],
        [2, 2, 4, 1],
    ]


@pytest.mark.parametrize(
    ("row", "column", "cell", "expected"),
    [(0, 4, "E2", 7), (0, 10, "K2", 4), (1, 11, "L3", 14), (2, 2, "C4", 5), (2, 11, "L4", 22)],
)
def test_one_wrong_sum_is_one_problem_at_its_own_cell(read, row, column, cell, expected):
    rows = [A, B, TOTAL]
    rows[row] = changed(rows[row], column, rows[row][column] + 1)
    _, (problem,) = read(*rows)
    assert (problem.kind, problem.severity, problem.cell) == ("total_mismatch", "block", cell)
    assert problem.facts["expected"] == expected
    assert problem.value == str(expected + 1)


def corrected(table, code, **cells):
    """The table after lines of corrections.csv: our column -> the text that counts instead."""
    row = table.frame.index[table.frame["smis_code"] == code][0]
    for column, new in cells.items():
        name = column.replace("_", " ", 1)
        old = clean_text(table.frame.at[row, name])
        made = Correction("", code, name, old, new, "ถาม", "ก", None, 1)
        ([table], _), problems = apply_corrections([table], [made])
        assert problems == []
    return table


def test_a_total_row_sums_up_the_cells_as_they_were_received_too(read_table):
    wrong = changed(A, 5, 0)  # no room in P1; the totals of the sheet know of none
    table = read_table(HEAD, wrong, B, changed(TOTAL, 5, 1))
    assert read_enrolment([table], "58010000")[1] == []
    mended = corrected(table, "58010001", p1_class_groups="1")
    enrolment, problems = read_enrolment([mended], "58010000")
    assert problems == []
    assert enrolment.counts.iloc[0]["class_groups"] == 1
    word = changed(changed(A, 5, "?"), 3, 4)
    table = read_table(HEAD, word, B, changed(TOTAL, 5, 1))
    assert read_enrolment([corrected(table, "58010001", p1_class_groups="1")], "58010000")[1] == []


def test_a_total_row_that_fits_neither_the_received_nor_the_corrected_cells_still_blocks(
    read_table,
):
    table = read_table(HEAD, changed(A, 5, 0), B, changed(TOTAL, 5, 9))
    mended = corrected(table, "58010001", p1_class_groups="1")
    _, (problem,) = read_enrolment([mended], "58010000")
    assert (problem.cell, problem.facts["expected"]) == ("F4", 2)


def test_a_total_in_the_schools_own_row_must_be_mended_with_its_parts(read_table):
    table = read_table(HEAD, A, B, TOTAL)
    mended = corrected(table, "58010001", p1_male="5")
    _, problems = read_enrolment([mended], "58010000")
    assert [problem.cell for problem in problems] == ["E2", "K2", "L2"]
    whole = corrected(mended, "58010001", p1_students="9", primary_male="6", primary_students="10")
    assert read_enrolment([whole], "58010000")[1] == []


def test_a_word_in_a_cell_of_pupils_blocks_and_no_sum_over_it_is_judged(read):
    _, problems = read(changed(A, 2, "สาม"), B, TOTAL)
    assert [(p.kind, p.cell, p.value, p.key) for p in problems] == [
        ("not_a_number", "C2", "สาม", "58010001")
    ]


@pytest.mark.parametrize("cell", [-1, 1.5, True, "1e400"])
def test_what_is_no_whole_number_of_pupils_blocks(read, cell):
    assert "not_a_number" in {p.kind for p in read(changed(A, 2, cell), B)[1]}


def test_numbers_as_text_are_numbers(read):
    enrolment, problems = read(changed(changed(A, 2, "๓"), 3, " 4 "), B, TOTAL)
    assert problems == []
    assert enrolment.rows["pupils"].tolist() == [8, 14]


def test_a_blank_grade_is_not_taught_and_a_zero_is_taught_without_pupils(read):
    blank = ["58010001", "ก", 3, 4, 7, 1, None, "-", None, None, 3, 7]
    zero = ["58010002", "ข", 2, 2, 4, 1, 0, 0, 0, 0, 2, 4]
    enrolment, problems = read(blank, zero)
    assert problems == []
    by_source = enrolment.counts.groupby("source")["grade"].apply(list)
    assert by_source.tolist() == [["p1"], ["p1", "p2"]]


def test_a_sum_stands_where_the_sexes_are_not_stated(read):
    head = ["รหัสโรงเรียน", "ป.1", "ป.2"]
    enrolment, _ = read(["58010001", 7, 1], head=head)
    assert enrolment.counts["students"].tolist() == [7, 1]
    assert np.isnan(enrolment.counts["male"]).all()


def test_the_last_object_of_dmc_json_is_a_total_because_it_adds_up(read):
    total = ["", "", *TOTAL[2:]]
    enrolment, problems = read(A, B, total, first_row=0)
    assert problems == []
    assert len(enrolment.rows) == 2


def test_a_wrong_total_at_the_end_of_dmc_json_is_still_a_total(read):
    total = ["", "", *changed(TOTAL, 3, 99)[2:]]
    enrolment, (problem,) = read(A, B, total, first_row=0)
    assert (problem.kind, problem.cell, problem.value) == ("total_mismatch", "record 3", "99")
    assert len(enrolment.rows) == 2


def test_a_row_of_pupils_without_a_code_is_kept_as_one_and_never_taken_for_a_total(read):
    stray = ["", "", 9, 9, 18, 1, 8, 8, 16, 1, 17, 34]
    enrolment, _ = read(A, stray, B)
    assert enrolment.rows["smis_code"].tolist() == ["58010001", "", "58010002"]
    assert read(A, B, stray)[0].rows["pupils"].tolist() == [8, 14, 34]


def test_footnotes_are_nobody(read):
    note = ["หมายเหตุ ข้อมูลจาก DMC", *[None] * 11]
    enrolment, problems = read(A, B, TOTAL, note)
    assert problems == []
    assert enrolment.rows["pupils"].sum() == 22


def test_subtotals_between_schools_are_not_added(read):
    district = ["รวม อ.เมือง", None, 3, 4, 7, 1, 1, 0, 1, 1, 4, 8]
    enrolment, problems = read(A, district, B, TOTAL)
    assert problems == []
    assert enrolment.rows["pupils"].sum() == 22


def test_a_district_total_that_is_wrong_is_one_problem_at_its_cell(read):
    first = ["รวม อ.เมือง", None, 3, 4, 7, 1, 1, 0, 1, 1, 4, 8]
    wrong = changed(["รวม อ.ปาย", None, 2, 2, 4, 1, 5, 5, 10, 1, 7, 14], 2, 9)
    _, (problem,) = read(A, first, B, wrong, TOTAL)
    assert (problem.cell, problem.value, problem.facts["expected"]) == ("C5", "9", 2)


def test_two_tables_under_one_header_with_a_total_each_add_up(read):
    first = ["รวม", None, 3, 4, 7, 1, 1, 0, 1, 1, 4, 8]
    second = ["รวม", None, 2, 2, 4, 1, 5, 5, 10, 1, 7, 14]
    enrolment, problems = read(A, first, B, second)
    assert problems == []
    assert enrolment.rows["pupils"].sum() == 22


def test_a_stray_subtotal_without_a_code_does_not_spoil_the_grand_total(read):
    stray = ["", "อำเภอเมือง", 3, 4, 7, 1, 1, 0, 1, 1, 4, 8]
    enrolment, problems = read(A, stray, B, TOTAL)
    assert problems == []
    assert enrolment.rows["smis_code"].tolist() == ["58010001", "", "58010002"]


def test_a_row_with_totals_alone_blocks_with_its_pupils(read):
    bare = ["58010003", "ค", *[None] * 8, 40, 86]
    enrolment, problems = read(A, B, bare)
    assert [(p.kind, p.severity, p.pupils) for p in problems] == [
        ("total_without_grades", "block", 86)
    ]
    assert enrolment.rows["pupils"].sum() == 22


@pytest.mark.parametrize("code", ["0", "58010000"])
def test_a_total_that_carries_the_offices_code_is_no_school(read, code):
    enrolment, problems = read([code, "", *TOTAL[2:]], A, B)
    assert problems == []
    assert enrolment.rows["pupils"].sum() == 22


def test_a_sheet_of_another_office_altogether_blocks(read):
    head = ["รหัสเขต", "รหัสโรงเรียน", "ป.1 ชาย", "ป.1 หญิง"]
    _, (problem,) = read(["50050000", "50050001", 4, 4], head=head)
    assert (problem.kind, problem.severity, problem.pupils) == ("only_other_offices", "block", 8)


def test_rows_of_another_office_are_left_out_and_counted(read):
    head = ["รหัสเขต", "รหัสโรงเรียน", "ป.1 ชาย", "ป.1 หญิง"]
    enrolment, (note,) = read(
        ["58010000", "58010001", 1, 2], ["50050000", "50050001", 4, 4], head=head
    )
    assert enrolment.rows["smis_code"].tolist() == ["58010001"]
    assert (note.kind, note.pupils) == ("rows_of_other_offices", 8)


LONG = ["รหัสโรงเรียน", "ชั้น", "ชาย", "หญิง", "รวม", "ห้อง"]


@pytest.fixture
def read_long(read_table, headings):
    def read(*rows):
        return read_enrolment_long([read_table(LONG, *rows)], headings)

    return read


def test_the_long_form_holds_the_same_as_the_wide_one(read, read_long):
    wide, _ = read(A, B)
    long, problems = read_long(
        ["58010001", "ป.1", 3, 4, 7, 1],
        ["58010001", "ป.2", 1, 0, 1, 1],
        ["58010001", "รวมประถม", 4, 4, 8, 2],
        ["58010002", "ป.1", 2, 2, 4, 1],
        ["58010002", "ป.2", 5, 5, 10, 1],
    )
    assert problems == []
    columns = ["grade", "male", "female", "students", "class_groups"]
    assert sorted(map(tuple, wide.counts[columns].to_numpy().tolist())) == sorted(
        map(tuple, long.counts[columns].to_numpy().tolist())
    )
    assert wide.rows["pupils"].sum() == long.rows["pupils"].sum()


def test_a_wrong_subtotal_row_is_one_problem(read_long):
    _, (problem,) = read_long(["58010001", "ป.1", 3, 4, 7, 1], ["58010001", "รวมประถม", 3, 4, 8, 1])
    assert (problem.kind, problem.cell) == ("total_mismatch", "E3")


def test_an_unknown_grade_blocks_with_its_pupils(read_long):
    enrolment, (problem,) = read_long(["58010001", "เตรียม", 3, 4, 7, 1])
    assert (problem.kind, problem.pupils) == ("unknown_grade", 7)
    assert len(enrolment.rows) == 0


def test_a_grand_total_under_a_long_sheet_is_no_school(read_long):
    enrolment, problems = read_long(["58010001", "ป.1", 3, 4, 7, 1], ["รวมทั้งสิ้น", "", 3, 4, 7, 1])
    assert problems == []
    assert enrolment.rows["pupils"].sum() == 7


def test_sheets_gathered_keep_every_row_and_its_table(read, read_long):
    wide, _ = read(A, B)
    long, _ = read_long(["58010003", "ป.1", 3, 4, 7, 1])
    both = gather_enrolment(wide, long)
    assert both.rows["pupils"].sum() == wide.rows["pupils"].sum() + long.rows["pupils"].sum()
    last = both.rows.iloc[-1]
    assert both.tables[last["table"]] is long.tables[0]
    assert both.counts["source"].isin(both.rows.index).all()


def test_an_unknown_grade_of_many_schools_is_one_finding_with_all_their_pupils(read_long):
    _, problems = read_long(
        *(["58010001", f"Year {n}", 1, n, None, 1] for n in range(1, 7)),
        *(["58010002", f"Year {n}", 1, n, None, 1] for n in range(1, 7)),
        ["58010002", "เตรียม", 5, 5, 10, 1],
    )
    year, other = problems
    assert (year.kind, year.pupils, year.facts["rows"], year.cell) == (
        "unknown_grade",
        54,
        12,
        "B2",
    )
    assert year.value == "Year 1, Year 2, Year 3, Year 4, Year 5, Year 6"
    assert year.school == ""
    assert (other.pupils, other.school) == (10, "58010002")
    assert "เตรียม,รหัสชั้น" in other.advice("th")


def test_bare_numbers_are_no_grade_because_nobody_says_of_which_level(read_long):
    rows = [["58010001", str(n), 1, 1, 2, 1] for n in range(1, 13)]
    enrolment, (problem,) = read_long(*rows)
    assert (problem.kind, problem.pupils, len(enrolment.rows)) == ("unknown_grade", 24, 0)


@pytest.mark.parametrize("grade", ["ชั้น ป.1", "ระดับชั้น ป.1", "ชั้นป.1", "ป.๑"])
def test_the_word_for_grade_before_a_grade_does_not_count(read_long, grade):
    enrolment, problems = read_long(["58010001", grade, 3, 4, 7, 1])
    assert problems == []
    assert enrolment.counts["grade"].tolist() == ["p1"]


def figures(enrolment):
    columns = ["grade", "male", "female", "students", "class_groups"]
    return [tuple(row) for row in enrolment.counts[columns].itertuples(index=False)]


def test_the_rooms_of_a_grade_are_added_up_one_class_group_each(read_long):
    enrolment, problems = read_long(
        ["58010001", "ป.1/1", 3, 4, 7, None],
        ["58010001", "ป.1/2", 5, 6, 11, None],
        ["58010002", "ป.1/1", 1, 1, 2, 2],
        ["58010001", "ป.2", 1, 0, 1, 1],
    )
    assert problems == []
    assert sorted(figures(enrolment)) == [
        ("p1", 1, 1, 2, 2),
        ("p1", 8, 10, 18, 2),
        ("p2", 1, 0, 1, 1),
    ]
    assert enrolment.rows["pupils"].sum() == 21


def test_a_room_that_does_not_say_its_boys_leaves_the_boys_of_the_grade_unknown(read_long):
    enrolment, _ = read_long(
        ["58010001", "ป.1/1", 3, 4, 7, 1], ["58010001", "ป.1/2", None, None, 11, 1]
    )
    ((_, male, female, students, rooms),) = figures(enrolment)
    assert np.isnan([male, female]).all()
    assert (students, rooms) == (18, 2)


def test_a_room_that_stands_twice_is_not_added_twice(read_long):
    enrolment, _ = read_long(
        ["58010001", "ป.1/1", 3, 4, 7, 1],
        ["58010001", "ป.1/2", 1, 1, 2, 1],
        ["58010001", "ป.1/2", 1, 1, 2, 1],
    )
    assert sorted(row[3] for row in figures(enrolment)) == [2, 9]


def test_subtotals_count_every_room(read_long):
    _, problems = read_long(
        ["58010001", "ป.1/1", 3, 4, 7, 1],
        ["58010001", "ป.1/2", 1, 1, 2, 1],
        ["58010001", "รวมประถม", 4, 5, 9, 2],
    )
    assert problems == []
