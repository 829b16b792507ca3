"""Laws that hold for any sheet: no pupil is lost, and only what is written decides.

Every example is written as a file and goes the whole way of `gisapp check`.
"""

import random
import tempfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from gisapp.core.enrolment import read_enrolment
from gisapp.core.match import SchoolKeys
from gisapp.core.pupils import give_to_schools
from gisapp.core.recognise import recognise
from gisapp.core.rounds import Round
from gisapp.core.tables import Sheet
from gisapp.pipeline import join_sheets
from gisapp.settings import Settings
from gisapp.store.tables import read_headings
from tests.office import (
    AREA_CODE,
    GRADES,
    MEASURES,
    ROUND,
    SHORT,
    School,
    bare_office,
    register_rows,
    write_book,
    write_json,
    write_text,
)

GRADES_USED = ("k2", "p1", "p6", "m3")
KNOWN = tuple(
    School(f"9902000{n}", f"บ้านที่ {n}", "ห้วยเมฆ", f"19.0{n}0", f"98.0{n}0", {}) for n in range(1, 6)
)
UNKNOWN = ("99029999", "12345678", "1.02E+09", "abc", "")
#: An example with files takes 0.3 s: making a failing one smaller would take minutes.
LAWFUL = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate),
)
#: Without files an example takes 20 ms.
MANY = settings(LAWFUL, max_examples=100, phases=tuple(Phase))

numbers = st.one_of(st.none(), st.integers(0, 40))
figures = st.fixed_dictionaries(
    {grade: st.tuples(numbers, numbers, numbers) for grade in GRADES_USED}
)
#: Rows of a sheet: (code as written, figures); codes may be unknown, missing or repeated.
any_rows = st.lists(
    st.tuples(st.sampled_from([*(school.code for school in KNOWN), *UNKNOWN]), figures), max_size=7
)
#: Rows of schools that exist, each once.
clean_rows = st.lists(
    st.tuples(st.sampled_from([school.code for school in KNOWN]), figures),
    min_size=1,
    max_size=5,
    unique_by=lambda row: row[0],
)


def pupils_of(rows):
    """Boys and girls of all rows, by hand."""
    return sum((n or 0) for _, grades in rows for pair in grades.values() for n in pair[:2])


def add(*values):
    """Sum of what is known; None where nothing is."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def label(grade):
    return f"{SHORT[grade[0]]}{grade[1:]}"


def wide_cells(rows):
    """One row per school, a sum beside both sexes, a total row."""
    head = ["รหัสโรงเรียน", "ชื่อโรงเรียน"]
    head += [f"{label(grade)} {measure}" for grade in GRADES_USED for measure in MEASURES]
    body = [
        [code or None, f"แถว {n}", *(
            cell for boys, girls, rooms in map(grades.get, GRADES_USED)
            for cell in (boys, girls, add(boys, girls), rooms)
        )]
        for n, (code, grades) in enumerate(rows)
    ]  # fmt: skip
    total = ["รวมทั้งสิ้น", None, *(add(*column) for column in list(zip(*body, strict=True))[2:])]
    return [head, *body, *([total] if body else [])]


def as_wide(rows, folder):
    """The wide layout as a workbook."""
    write_book(folder / "wide.xlsx", {"แผ่น1": wide_cells(rows)})


def as_long(rows, folder):
    """One row per school and grade."""
    lines = [["รหัสโรงเรียน", "ชั้น", "ชาย", "หญิง", "ห้อง"]]
    for code, grades in rows:
        lines += [[code, label(grade), *grades[grade]] for grade in GRADES_USED]
    write_text(folder / "long.csv", lines)


def as_records(rows, folder):
    """DMC's download: text, and a last object that is the total."""
    names = ("ชาย", "หญิง", "ห้อง")
    records = [
        {"รหัสโรงเรียน": code}
        | {
            f"{label(grade)} {name}": "" if value is None else str(value)
            for grade in GRADES_USED
            for name, value in zip(names, grades[grade], strict=True)
        }
        for code, grades in rows
    ]
    total = {"รหัสโรงเรียน": ""}
    for grade in GRADES_USED:
        for place, name in enumerate(names):
            value = add(*(grades[grade][place] for _, grades in rows))
            total[f"{label(grade)} {name}"] = "" if value is None else str(value)
    write_json(folder / "dmc.json", [*records, total] if rows else [])


def checked(write, rows, *, schools=KNOWN):
    """What `gisapp check` makes of these rows."""
    with tempfile.TemporaryDirectory() as folder:
        office = bare_office(Path(folder) / "office")
        write_book(office.sheet("register.xlsx"), {"ทะเบียน": register_rows(schools)})
        write(rows, office.sheet(""))
        return join_sheets(Settings.load(office.folder), Round.parse(ROUND))


@pytest.fixture(scope="module")
def joined():
    """Pupils published, held back, and kinds of problems, without any file in between."""
    with tempfile.TemporaryDirectory() as folder:
        headings = read_headings(Settings.load(bare_office(Path(folder) / "office").folder))
    keys = SchoolKeys.of(
        pd.DataFrame(
            [(school.code, "", "", school.name) for school in KNOWN],
            columns=["smis_code", "ministry_code", "percode", "school_name_th"],
        )
    )

    def join(cells):
        tables, problems = recognise(Sheet("wide.xlsx", "แผ่น1", cells), headings)
        enrolment, found = read_enrolment(tables, AREA_CODE)
        grades, lost = give_to_schools(enrolment, keys, r"\d{8}")
        problems = [*problems, *found, *lost]
        held_back = sum(problem.pupils for problem in problems)
        return grades["students"].sum(), held_back, {problem.kind for problem in problems}

    return join


def grades_of(found):
    """The layer of pupils by grade, as plain rows."""
    table = found.layers["enrolment_by_grade"]
    return table.astype(object).where(table.notna(), None).to_dict("records")


def test_pupils_are_published_or_held_back_whatever_stands_in_the_rows(joined):
    @MANY
    @given(any_rows.filter(bool))
    def holds(rows):
        published, held_back, _ = joined(wide_cells(rows))
        assert published + held_back == pupils_of(rows)

    holds()


def test_a_last_row_without_code_is_a_total_only_when_it_adds_up(joined):
    """DMC's last object has neither code nor label: a school without its code looks the same."""

    @MANY
    @given(clean_rows, figures)
    def holds(rows, last):
        cells = [[row[0], *row[2:]] for row in wide_cells([*rows, ("", last)])[:-1]]
        published, held_back, kinds = joined(cells)
        total = {g: [add(*(grades[g][n] for _, grades in rows)) for n in range(3)] for g in last}
        if all(list(last[grade]) == total[grade] for grade in last):
            assert published == pupils_of(rows)
        elif pupils_of([("", last)]):
            assert published + held_back == pupils_of([*rows, ("", last)]) or (
                "total_mismatch" in kinds
            )

    holds()


@pytest.mark.parametrize("write", [as_wide, as_long, as_records])
def test_pupils_of_the_sheet_are_pupils_of_the_layers_and_of_the_problems(write):
    @LAWFUL
    @given(any_rows)
    @example([])
    @example([("99020001", dict.fromkeys(GRADES_USED, (1, 2, 1)))] * 2)
    def holds(rows):
        found = checked(write, rows)
        published = found.layers["enrolment_by_grade"]["students"].sum()
        held_back = sum(problem.pupils for problem in found.problems)
        assert published + held_back == pupils_of(rows)
        assert found.layers["schools"]["students"].sum() == published
        if held_back:
            kinds = {problem.kind for problem in found.problems if problem.pupils}
            assert found.blocks or kinds == {"repeated_row"}

    holds()


def test_the_same_rows_give_the_same_layers_in_every_form():
    @LAWFUL
    @given(clean_rows)
    def holds(rows):
        wide, long, records = (checked(write, rows) for write in (as_wide, as_long, as_records))
        assert not wide.blocks
        assert grades_of(wide) == grades_of(long) == grades_of(records)
        schools = [found.layers["schools"].drop(columns="problem_count") for found in (wide, long)]
        pd.testing.assert_frame_equal(*schools)

    holds()


@pytest.mark.parametrize("write", [as_wide, as_long, as_records])
def test_the_order_of_rows_does_not_matter(write):
    @LAWFUL
    @given(clean_rows, st.integers(0, 10_000))
    def holds(rows, seed):
        other = list(rows)
        random.Random(seed).shuffle(other)  # noqa: S311 - an order, not a secret
        first, second = checked(write, rows), checked(write, other)
        for layer in ("schools", "enrolment_by_grade", "districts", "subdistricts"):
            pd.testing.assert_frame_equal(first.layers[layer], second.layers[layer])

    holds()


def test_adding_a_school_changes_no_other_school():
    newcomer = School("99020000", "บ้านใหม่", "ห้วยเมฆ", "19.085", "98.085", {})

    @LAWFUL
    @given(clean_rows, figures)
    def holds(rows, grades):
        before = checked(as_wide, rows)
        after = checked(as_wide, [*rows, (newcomer.code, grades)], schools=(*KNOWN, newcomer))
        for layer in ("schools", "enrolment_by_grade"):
            others = after.layers[layer]
            others = others[others["smis_code"] != newcomer.code].reset_index(drop=True)
            # The row of the same school in the sheet has moved; its columns have not.
            pd.testing.assert_frame_equal(before.layers[layer], others)
        assert (after.layers["schools"]["smis_code"] == newcomer.code).sum() == 1

    holds()


@LAWFUL
@given(any_rows)
def test_schools_of_the_register_are_the_schools_of_the_layer(rows):
    found = checked(as_wide, rows)
    assert list(found.layers["schools"]["smis_code"]) == [school.code for school in KNOWN]
    offered = {row["smis_code"] for row in grades_of(found)}
    assert offered <= {school.code for school in KNOWN}


@LAWFUL
@given(clean_rows)
def test_sexes_levels_and_grades_add_up_to_the_school(rows):
    found = checked(as_wide, rows)
    grades = found.layers["enrolment_by_grade"].set_index("smis_code")
    for school in found.layers["schools"].itertuples():
        own = grades.loc[grades.index == school.smis_code]
        levels = [school.pre_primary, school.primary, school.lower_secondary]
        known = own["students"].notna().any()
        assert pd.isna(school.students) != known  # unknown is not 0
        if known:
            assert school.students == own["students"].sum()
            assert school.students == sum(n for n in levels if not pd.isna(n))
    assert set(GRADES_USED) <= set(GRADES)
