"""The sample's blocked round, mended in its marked copy as a person would, is published."""

import re
import shutil

import openpyxl

from gisapp.core.rounds import Round
from gisapp.pipeline import build_round, check_round
from gisapp.settings import Settings
from tests.sample.conftest import WHEN

BLOCKED = "2568-2"
FILE = "นักเรียนรายโรง_10พย68.xlsx"
#: In the enrolment sheet: rows of its header, and its columns before the figures.
FIRST_ROW, FIRST_FIGURE = 5, 4


def mend(sheet):
    """Do what each comment on a red cell asks; return how many there were."""
    red = [
        cell
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment and cell.fill.fgColor.rgb == "FFFEEBE6"
    ]
    for cell in red:
        if said := re.search(r"แต่บวกได้ (\d+)", cell.comment.text):
            cell.value = int(said[1])
        elif "ไม่ใช่จำนวนนักเรียน" in cell.comment.text:
            cell.value = 0
        else:  # a row that no school of the office owns, or that stands twice
            for other in sheet[cell.row]:
                other.value = None
    return len(red)


def take_away(paths):
    """Remove the files and folders that no cell can mend: they have to be sent again."""
    for path in paths:
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name != FILE:
            path.unlink()


def add_up_again(sheet):
    """Write the sums of the columns into the last row, as a spreadsheet's formulas would."""
    *rows, total = sheet.iter_rows(min_row=FIRST_ROW, min_col=FIRST_FIGURE)
    for column, cell in enumerate(total):
        figures = [row[column].value for row in rows]
        cell.value = sum(figure for figure in figures if isinstance(figure, (int, float)))


def test_the_blocked_round_is_published_once_its_red_cells_are_mended(office_dir, tmp_path):
    shutil.copytree(office_dir, tmp_path / "office", ignore=shutil.ignore_patterns("layers"))
    settings, data_round = Settings.load(tmp_path / "office"), Round.parse(BLOCKED)
    blocked = check_round(settings, data_round, WHEN)
    book = openpyxl.load_workbook(settings.copies_dir(BLOCKED) / FILE)
    assert mend(book.active) == sum(problem.file == FILE for problem in blocked.blocks) == 7
    add_up_again(book.active)
    book.save(settings.rounds_dir / BLOCKED / FILE)
    take_away({settings.rounds_dir / BLOCKED / problem.file for problem in blocked.blocks})

    mended = build_round(settings, data_round, WHEN)
    assert [problem.kind for problem in mended.blocks] == []
    assert settings.layer_file(BLOCKED).is_file()
    rows = book.active.iter_rows(min_row=FIRST_ROW, values_only=True)
    *_, (*_, total, _) = rows
    assert mended.layers["enrolment_by_grade"]["students"].sum() == total
