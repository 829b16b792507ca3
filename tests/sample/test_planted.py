import csv
import io
from collections import Counter
from pathlib import Path

import openpyxl
import pytest

from gisapp.core.findings import FINDINGS

ROUNDS = ["2563-1", "2564-1", "2565-1", "2566-1", "2567-1", "2567-3", "2568-1", "2568-2"]


def cells(office_dir: Path, round_name: str, file: str) -> list[list[object]]:
    """Rows of a workbook's first sheet, read by another library than wrote it."""
    book = openpyxl.load_workbook(office_dir / "data" / "rounds" / round_name / file)
    return [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]


def planted(office_dir: Path) -> list[dict[str, str]]:
    text = (office_dir / "planted.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_only_2568_2_is_blocked(office_dir):
    rows = planted(office_dir)
    assert list(rows[0]) == ["round", "file", "sheet", "cell", "kind", "severity"]
    assert all(row["severity"] == FINDINGS[row["kind"]].severity for row in rows)
    blocks = Counter(row["kind"] for row in rows if row["severity"] == "block")
    assert {row["round"] for row in rows if row["severity"] == "block"} == {"2568-2"}
    assert blocks == {
        "total_mismatch": 2,
        "unmatched_code": 1,
        "school_twice": 1,
        "not_a_number": 1,
        "row_without_code": 1,
    }


@pytest.mark.parametrize("round_name", ROUNDS)
def test_a_check_finds_what_is_planted_and_nothing_else(office_dir, checked, round_name):
    problems = checked(round_name).problems
    found = Counter((p.file, p.sheet, p.cell, p.kind) for p in problems if p.severity != "note")
    wanted = Counter(
        (row["file"], row["sheet"], row["cell"], row["kind"])
        for row in planted(office_dir)
        if row["round"] == round_name and row["severity"] != "note"
    )
    assert found == wanted
    assert wanted


@pytest.mark.parametrize("round_name", ROUNDS[:-1])
def test_the_layers_hold_the_pupils_that_the_round_was_made_with(checked, material, round_name):
    left_out = material.roles["unreported"].smis_code if round_name == "2568-1" else ""
    pupils = material.enrolment[round_name].pupils.sum(axis=(1, 2))
    wanted = {
        school.smis_code: int(number)
        for school, number in zip(material.schools.schools, pupils, strict=True)
        if school.smis_code != left_out
    }
    rows = checked(round_name).layers["enrolment_by_grade"]
    published = rows.groupby("smis_code")["students"].sum()
    assert published.to_dict() == wanted


def test_in_2568_2_pupils_of_the_sheet_are_in_the_layers_or_in_problems(office_dir, checked):
    rows = cells(office_dir, "2568-2", "นักเรียนรายโรง_10พย68.xlsx")
    heads = [rows[2][3 + 4 * (place // 4)] for place in range(len(rows[2]) - 3)]
    sexes = [3 + p for p, head in enumerate(heads) if p % 4 < 2 and not head.startswith("รวม")]
    in_sheet = sum(row[p] for row in rows[4:-1] for p in sexes if isinstance(row[p], int))
    round_ = checked("2568-2")
    published = int(round_.layers["enrolment_by_grade"]["students"].sum())
    lost = {problem.kind: problem.pupils for problem in round_.blocks if problem.pupils}
    assert set(lost) == {"unmatched_code", "row_without_code", "school_twice"}
    assert published + sum(lost.values()) == in_sheet
